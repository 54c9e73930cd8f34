package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/redpin/redpin/knowledge"
)

const (
	// maxRecord is the longest line that import reads, in bytes. An entry must fit into a file of a pack (8 MiB), and
	// JSON may write a character with six.
	maxRecord = 48 << 20

	// barAfter is how long an import runs before it shows a progress bar: below it, a bar only flickers.
	barAfter = time.Second
)

// importPack makes a pack in dir of JSON Lines. Lines that cannot be imported are left out and reported to out
// with their numbers and reasons, and once each the keys that mean nothing; the last line of the report says what was
// imported, and the error is exit(exitNo) when lines were left out. dir must be empty or not exist, and appears only when the
// pack is whole and loads: after any other error, and when there was nothing to import (which is one), nothing is left
// behind but folders above dir. size is the length of the input in bytes, or negative when it is not known; progress is
// where a bar is drawn when it takes long, or nil.
func importPack(ctx context.Context, in io.Reader, size int64, dir string, progress, out io.Writer) error {
	dir = filepath.Clean(dir)
	if files, err := os.ReadDir(dir); err == nil && len(files) > 0 {
		return fmt.Errorf("import into %s: the folder is not empty; name a new one, or delete what is in it", dir)
	} else if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("import into %s: %w; name a new folder", dir, err)
	}
	buffered := newReader(in)
	if what := notJSONLines(buffered); what != "" {
		return errors.New("nothing was imported: " + what)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("import into %s: %w", dir, err)
	}
	draft, err := os.MkdirTemp(filepath.Dir(dir), ".redpin-import-")
	if err != nil {
		return fmt.Errorf("import into %s: %w", dir, err)
	}
	defer os.RemoveAll(draft) // once it is renamed, there is nothing to remove

	imp := &importer{out: out, progress: progress, size: size, seen: make(map[string]int), unknown: make(map[string]bool)}
	if err := imp.write(ctx, buffered, draft, filepath.Base(dir)); err != nil {
		return fmt.Errorf("import into %s: %w", dir, err)
	}
	if imp.kept == 0 {
		if imp.left == 0 {
			return errors.New(`nothing was imported: the input is empty; each line should be ` + recordForm)
		}
		return fmt.Errorf("nothing was imported: %s left out, for the reasons above", count(imp.left, "line was", "lines were"))
	}
	base, err := knowledge.LoadDir(draft)
	if err != nil {
		return fmt.Errorf("import into %s: the pack was written but does not load, which is a fault of redpin: %w", dir, err)
	}
	if n := base.Entries(); n != imp.kept {
		return fmt.Errorf("import into %s: %d entries were written and %d came back, which is a fault of redpin", dir, imp.kept, n)
	}
	if err := publish(draft, dir); err != nil {
		return fmt.Errorf("import into %s: %w", dir, err)
	}
	if n := len(base.Warnings); n > 0 {
		fmt.Fprintf(out, "%s worth a look: redpin check %s\n", count(n, "thing is", "things are"), dir)
	}
	if _, err := fmt.Fprintf(out, "Imported %s into %s, left out %s.\n", count(imp.kept, "entry", "entries"), dir, count(imp.left, "line", "lines")); err != nil {
		return err
	}
	if imp.left > 0 {
		return exit(exitNo)
	}
	return nil
}

// recordForm is what a line should look like.
const recordForm = `{"id":"…","question":"…","answer":"…"}`

// publish gives the finished pack its name.
func publish(draft, dir string) error {
	if err := os.Chmod(draft, 0o755); err != nil { // MkdirTemp makes folders that only their owner may read
		return err
	}
	// Some systems do not rename onto a folder, even an empty one. Remove fails if it is no longer empty.
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(draft, dir)
}

type importer struct {
	out        io.Writer
	progress   io.Writer
	size       int64
	kept, left int
	seen       map[string]int  // the line of each id
	unknown    map[string]bool // keys that mean nothing and have been told
}

// write makes the pack's files.
func (imp *importer) write(ctx context.Context, in io.Reader, draft, title string) error {
	root, err := os.OpenRoot(draft)
	if err != nil {
		return err
	}
	defer root.Close() // its files are closed and checked by the writer
	create := func(name string) (io.WriteCloser, error) { return root.Create(name) }
	w, err := knowledge.NewWriter(create, title, "")
	if err != nil {
		return err
	}
	err = imp.records(ctx, in, w)
	return errors.Join(err, w.Close())
}

// records writes one record a line.
func (imp *importer) records(ctx context.Context, in io.Reader, w *knowledge.Writer) error {
	start := time.Now()
	var bar *progressbar.ProgressBar
	defer func() {
		if bar != nil {
			_ = bar.Finish() // it is only drawn
			fmt.Fprintln(imp.progress)
		}
	}()
	lines := &lineReader{in: newReader(in)}
	for {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped at line %d: %w", lines.number, err)
		}
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return fmt.Errorf("read line %d: %w", lines.number, err)
		}
		if imp.progress != nil && bar == nil && time.Since(start) > barAfter {
			bar = progressbar.NewOptions64(imp.size, progressbar.OptionSetWriter(imp.progress),
				progressbar.OptionSetDescription("importing"), progressbar.OptionShowBytes(true), progressbar.OptionThrottle(100*time.Millisecond))
		}
		if bar != nil {
			_ = bar.Set64(lines.bytes) // a file that grew while it was read is longer than the bar, which only looks odd
		}
		var record knowledge.Record
		if err == nil {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			var unknown []string
			record, unknown, err = decode(line)
			if err := imp.tell(lines.number, unknown); err != nil {
				return err
			}
		}
		if err == nil {
			if first := imp.seen[record.ID]; first > 0 {
				err = fmt.Errorf("the id %q is that of line %d", record.ID, first)
			} else {
				err = w.Write(record)
				if _, refused := errors.AsType[*knowledge.RecordError](err); err != nil && !refused {
					return err
				}
			}
		}
		if err != nil {
			imp.left++
			if _, err := fmt.Fprintf(imp.out, "line %d is left out: %v\n", lines.number, err); err != nil {
				return err
			}
			continue
		}
		imp.kept++
		imp.seen[record.ID] = lines.number
	}
}

// tell reports keys that mean nothing, each in the first line that has it.
func (imp *importer) tell(line int, keys []string) error {
	const most = 100 // keys: a file of other shape may have one of its own in each line
	for _, key := range keys {
		if imp.unknown[key] || len(imp.unknown) == most {
			continue
		}
		imp.unknown[key] = true
		if _, err := fmt.Fprintf(imp.out, "line %d: the key %.60q means nothing here and is passed over, in later lines as well; the keys are id, question, answer, section and also\n", line, key); err != nil {
			return err
		}
	}
	return nil
}

// decode reads a record, and the keys that mean nothing. Its errors are for people who never saw Go.
func decode(line []byte) (r knowledge.Record, unknown []string, err error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(line, &object); err != nil || object == nil {
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte("[")) {
			return r, nil, errors.New("it is a JSON list; write each object on a line of its own, without [ and ]")
		}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return r, nil, fmt.Errorf("it is not JSON from byte %d on", syntax.Offset)
		}
		return r, nil, errors.New("it is not a JSON object such as " + recordForm)
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if !slices.Contains([]string{"id", "question", "answer", "section", "also"}, key) {
			unknown = append(unknown, key)
		}
	}
	for _, f := range []struct {
		name     string
		into     *string
		required bool
	}{{"id", &r.ID, true}, {"question", &r.Question, true}, {"answer", &r.Answer, true}, {"section", &r.Section, false}} {
		raw, ok := object[f.name]
		if !ok && f.required {
			return r, unknown, fmt.Errorf("it has no %q", f.name)
		}
		if ok && json.Unmarshal(raw, f.into) != nil {
			return r, unknown, fmt.Errorf("%q is not a text in quotes", f.name)
		}
	}
	if raw, ok := object["also"]; ok && json.Unmarshal(raw, &r.Also) != nil {
		return r, unknown, errors.New(`"also" is not a list of texts such as ["one","two"]`)
	}
	return r, unknown, nil
}

// count writes a number with its noun, and thousands apart.
func count(n int, one, many string) string {
	digits := fmt.Sprint(n)
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	if n == 1 {
		return b.String() + " " + one
	}
	return b.String() + " " + many
}
