package knowledge

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Record is an entry that comes from somewhere else, its texts of any shape.
type Record struct {
	ID       string
	Question string
	// Answer is Markdown or plain text.
	Answer string
	// Section is the heading under which the entry stands; it may be empty.
	Section string
	// Also are other wordings of the question.
	Also []string
}

// A RecordError says why a record cannot be part of a pack. The writer goes on with the next.
type RecordError struct {
	ID   string
	What string // such as "the answer is empty"
}

func (e *RecordError) Error() string { return e.What }

// A Writer writes a pack. Load gives back what was written: the ids, the questions (each record's Question is
// the title and the first question of its entry, whether it ends in a question mark or not: one that does not
// is listed under "Also asked" as well), the other wordings, the sections, and answers that read the same.
// What is Markdown in an answer stays Markdown; only what would break the pack is changed: headings become
// bold lines, "**Tags:**" and other labels that mean something become mere bold text, open code blocks are closed.
type Writer struct {
	create func(name string) (io.WriteCloser, error)
	ids    map[string]bool
	files  int
	parts  [2]part // records with a section, and those without
}

// part is one of the two files that are being written at a time.
type part struct {
	out     *bufio.Writer
	close   func() error
	section string
	entries int
	bytes   int
}

// A git host shows a Markdown file as a page only up to some size (GitHub and GitLab: a few hundred KiB), and people
// read no page of a thousand questions.
const (
	entriesPerFile = 500
	bytesPerFile   = 256 << 10
)

// NewWriter begins a pack with a title, in a language (BCP 47; empty for English). create makes the file of a
// path in the pack's folder.
func NewWriter(create func(name string) (io.WriteCloser, error), title, language string) (*Writer, error) {
	settings := struct {
		Title    string `yaml:"title"`
		Language string `yaml:"language,omitempty"`
	}{strings.Join(strings.Fields(clean(title)), " "), language}
	if settings.Title == "" {
		return nil, errors.New("write a pack: it has no title")
	}
	text, err := yaml.Dump(settings)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", packFile, err)
	}
	out, err := create(packFile)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", packFile, err)
	}
	_, err = out.Write(text)
	if err = errors.Join(err, out.Close()); err != nil {
		return nil, fmt.Errorf("write %s: %w", packFile, err)
	}
	return &Writer{create: create, ids: make(map[string]bool)}, nil
}

// Write adds a record. Its error is a *RecordError when the record is at fault and was left out; after any other
// error the writer is of no further use.
func (w *Writer) Write(r Record) error {
	title := strings.Join(strings.Fields(clean(r.Question)), " ")
	answer, what := "", ""
	if tooDeep([]byte(clean(r.Answer))) >= 0 {
		return &RecordError{r.ID, fmt.Sprintf("more than %d quotes and lists stand in one another in its answer", maxNesting)}
	}
	if len(r.Answer) <= maxFile/2 {
		answer = embeddable(r.Answer)
	} else {
		answer = r.Answer // too long, as is said below
	}
	switch fault := faultOfID(r.ID); {
	case r.ID == "":
		what = "the id is empty"
	case fault != "":
		what = fmt.Sprintf("the id %q %s", cut(r.ID), fault)
	case w.ids[r.ID]:
		what = fmt.Sprintf("the id %q was there before", r.ID)
	case title == "":
		what = "the question is empty"
	case answer == "":
		what = "the answer is empty"
	case len(answer)+len(title) > maxFile/2:
		what = fmt.Sprintf("the question and its answer have %d bytes, where %d are the most", len(answer)+len(title), maxFile/2)
	case len(w.ids) == maxEntries:
		what = fmt.Sprintf("the pack is full: it has %d entries", maxEntries)
	}
	if what != "" {
		return &RecordError{r.ID, what}
	}
	text := entryText(r.ID, title, answer, r.Also)
	if len(text) > maxFile/2 {
		return &RecordError{r.ID, fmt.Sprintf("the entry has %d bytes, where %d are the most", len(text), maxFile/2)}
	}
	w.ids[r.ID] = true
	if err := w.write(strings.Join(strings.Fields(clean(r.Section)), " "), text); err != nil {
		return fmt.Errorf("write the entry %q: %w", r.ID, err)
	}
	return nil
}

func entryText(id, title, answer string, also []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s {#%s}\n\n%s\n", escapeLine(title), id, answer)
	seen := map[string]bool{"": true}
	var questions []string
	if !isQuestion(title) {
		// Only a title with a question mark is a question by itself.
		questions = append(questions, title)
	}
	seen[title] = true
	for _, q := range also {
		if q = strings.Join(strings.Fields(clean(q)), " "); !seen[q] {
			seen[q] = true
			questions = append(questions, q)
		}
	}
	if len(questions) > 0 {
		b.WriteString("\n**" + alsoAsked + ":**\n\n")
		for _, q := range questions {
			b.WriteString("- " + escapeLine(q) + "\n")
		}
	}
	return b.String()
}

// write adds an entry to the file of its kind. Entries without a section have files of their own, because a
// heading's section ends only with the file.
func (w *Writer) write(section, entry string) error {
	p := &w.parts[0]
	if section == "" {
		p = &w.parts[1]
	}
	if p.out != nil && (p.entries >= entriesPerFile || p.bytes+len(entry) > bytesPerFile) {
		if err := p.end(); err != nil {
			return err
		}
	}
	if p.out == nil {
		w.files++
		file, err := w.create(fmt.Sprintf("entries-%04d.md", w.files))
		if err != nil {
			return err
		}
		*p = part{out: bufio.NewWriter(file), close: file.Close}
	}
	text := entry
	if p.bytes > 0 {
		text = "\n" + text
	}
	if section != p.section {
		heading := "# " + escapeLine(section) + "\n\n"
		if p.bytes > 0 {
			heading = "\n" + heading
		}
		p.section, text = section, heading+entry
	}
	p.entries++
	p.bytes += len(text)
	_, err := p.out.WriteString(text)
	return err
}

func (p *part) end() error {
	if p.out == nil {
		return nil
	}
	err := errors.Join(p.out.Flush(), p.close())
	p.out = nil
	return err
}

// Close ends the pack's files.
func (w *Writer) Close() error {
	if err := errors.Join(w.parts[0].end(), w.parts[1].end()); err != nil {
		return fmt.Errorf("end the pack's files: %w", err)
	}
	return nil
}
