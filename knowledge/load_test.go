package knowledge

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the tests got as what they want")

// archive is the folder that a txtar archive holds. "\x" and two hexadecimal digits stand for a byte that a text file cannot hold.
func archive(t testing.TB, a *txtar.Archive) fstest.MapFS {
	t.Helper()
	dir := fstest.MapFS{}
	for _, f := range a.Files {
		if f.Name == "problems" || f.Name == "warnings" {
			continue
		}
		data := f.Data
		if name, raw := strings.CutSuffix(f.Name, ".quoted"); raw {
			f.Name = name
			data = nil
			for line := range bytes.Lines(f.Data) {
				var unquoted string
				if _, err := fmt.Sscanf(`"`+strings.TrimSuffix(string(line), "\n")+`"`, "%q", &unquoted); err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
				data = append(data, unquoted...)
			}
		}
		dir[f.Name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	return dir
}

// TestBroken loads packs with mistakes and compares what their authors are told. Each archive in testdata/broken
// ends with the problems, the warnings, or both, one a line.
func TestBroken(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			base, err := Load(archive(t, a))
			var got []txtar.File
			var problems Problems
			if err != nil && !errors.As(err, &problems) {
				t.Fatalf("the error is no Problems: %v", err)
			}
			if err != nil {
				got = append(got, txtar.File{Name: "problems", Data: []byte(problems.Error() + "\n")})
			}
			if len(base.Warnings) > 0 {
				got = append(got, txtar.File{Name: "warnings", Data: []byte(base.Warnings.Error() + "\n")})
			}
			told := string(txtar.Format(&txtar.Archive{Files: got}))
			noJargon(t, told)
			first := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "problems" || f.Name == "warnings" })
			if first < 0 {
				first = len(a.Files)
			}
			if *update {
				a.Files = append(a.Files[:first], got...)
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(txtar.Format(&txtar.Archive{Files: a.Files[first:]})), told); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// noJargon fails when a problem speaks of what an author has never heard of.
func noJargon(t *testing.T, problems string) {
	t.Helper()
	for _, word := range []string{"unmarshal", "!!", "struct", "go-yaml", "<nil>", "%!", "scalar", "mapping values", "mapping node", "sequence", "parse", "EOF", "token"} {
		if strings.Contains(problems, word) {
			t.Errorf("problems speak of %q:\n%s", word, problems)
		}
	}
}

func TestLoadReadsEverything(t *testing.T) {
	base, err := Load(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	if len(base.Packs) != 1 || base.Packs[0].ID != "example" {
		t.Fatalf("packs: %+v", base.Packs)
	}
	golden(t, "testdata/example.golden", describe(base))
}

// golden compares a text with a file, or writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// describe writes all that a base holds.
func describe(base *Base) string {
	var b strings.Builder
	for _, p := range base.Packs {
		fmt.Fprintf(&b, "pack %s: %q, %q, language %s\n", p.ID, p.Title, p.Description, p.Language)
		fmt.Fprintf(&b, "disclaimer %q\ndisclosure %q\nsafety %q\nsource %q\nsynonyms %q\n", p.Disclaimer, p.Disclosure, p.Safety, p.Source, p.Synonyms)
		for _, e := range p.Entries {
			fmt.Fprintf(&b, "\nentry %s (%s:%d)\n  title %q\n  section %q, topic %q\n  questions %q\n  tags %q\n  related %q\n  source %q\n  discloses %v\n  body %q\n",
				e.ID, e.File, e.Line, e.Title, e.Section, e.Topic, e.Questions, e.Tags, e.Related, e.Source, e.Discloses, e.Body)
		}
		for _, f := range p.RedFlags {
			fmt.Fprintf(&b, "\nred flag %s (%s:%d)\n  title %q\n  level %s, alone %v\n  escalation %q\n", f.ID, f.File, f.Line, f.Title, f.Level, f.Alone, f.Escalation)
			for _, s := range f.Signs {
				fmt.Fprintf(&b, "  sign %s (%s:%d)\n", s.Pattern, s.File, s.Line)
			}
		}
		for _, c := range p.Concepts {
			fmt.Fprintf(&b, "\nconcept %s (%s:%d)", c.Name, c.File, c.Line)
			for _, ph := range c.Phrases {
				fmt.Fprintf(&b, ", %s (%d)", ph.Text, ph.Line)
			}
		}
		b.WriteString("\n\n")
		for _, a := range p.Tests.Answers {
			fmt.Fprintf(&b, "answer test %q wants %q (%s:%d)\n", a.Question, a.Want, a.File, a.Line)
		}
		for _, f := range p.Tests.Flags {
			fmt.Fprintf(&b, "flag test %q wants %q (%s:%d)\n", f.Message, f.Want, f.File, f.Line)
		}
		fmt.Fprintf(&b, "pass %v %v\n", p.Tests.AnswersPass, p.Tests.FlagsPass)
	}
	return b.String()
}

// TestReadmeShowsTheExample keeps the example in README.md and the one that is loaded the same.
func TestReadmeShowsTheExample(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(os.DirFS("testdata/example"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path.Join("testdata/example", name))
		if err != nil {
			return err
		}
		shown := fmt.Sprintf("`%s`:\n\n````%s\n%s````\n", path.Join("example", name), strings.TrimPrefix(strings.Replace(path.Ext(name), ".md", ".markdown", 1), "."), data)
		if !strings.Contains(string(readme), shown) {
			t.Errorf("README.md does not show the example's %s as it is:\n%s", name, shown)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestShippedPacksLoad(t *testing.T) {
	base, err := Load(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	if base.Entries() == 0 || len(base.Warnings) > 0 {
		t.Errorf("%d entries, warnings: %v", base.Entries(), base.Warnings)
	}
}

func TestLoadDir(t *testing.T) {
	tmp := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(tmp, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("My Pack!/pack.yaml", "title: Mine\n")
	write("My Pack!/a.md", "# A\n\nText.\n")
	write("a-file", "x")
	write("nothing/.keep", "")
	write("linked/pack.yaml", "title: Linked\n")
	write("linked/inside.md", "# B\n\nText.\n")
	if err := os.Symlink("inside.md", filepath.Join(tmp, "linked", "again.md")); err != nil {
		t.Skip("no links here:", err)
	}
	if err := os.Symlink(filepath.Join(tmp, "My Pack!", "a.md"), filepath.Join(tmp, "linked", "outside.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(".", filepath.Join(tmp, "linked", "loop")); err != nil {
		t.Fatal(err)
	}

	base, err := LoadDir(filepath.Join(tmp, "My Pack!"))
	if err != nil || base.Packs[0].ID != "my-pack" {
		t.Errorf("a pack is named after its folder: got %+v, %v", base, err)
	}
	for dir, want := range map[string][]string{
		"missing": {"there is no folder ", "; a pack is a folder that holds a file pack.yaml"},
		"a-file":  {"is a file, not a folder", "; a pack is a folder that holds a file pack.yaml"},
		"nothing": {"has no pack.yaml, and neither has a folder in it", "; a pack is a folder"},
		"linked": {`inside.md:1: the id "b" is taken by "B" (again.md, line 1)`, "loop: this is a link to a folder",
			"outside.md: this file cannot be read"},
	} {
		_, err := LoadDir(filepath.Join(tmp, dir))
		var problems Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s: got %v, want problems", dir, err)
			continue
		}
		for _, w := range want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: got\n%v\nwant %q in it", dir, err, w)
			}
		}
	}
}

// FuzzLoad loads a pack with a file of each kind. The seeds are the files of the broken packs and of the example.
func FuzzLoad(f *testing.F) {
	example := os.DirFS("testdata/example")
	names := []string{"pack.yaml", "repairs.md", "red-flags/battery.md", "red-flags/concepts.yaml", "tests/questions.yaml"}
	seed := func(at int, text []byte) {
		files := make([][]byte, len(names))
		for i, name := range names {
			data, err := fs.ReadFile(example, name)
			if err != nil {
				f.Fatal(err)
			}
			files[i] = data
		}
		files[at] = text
		f.Add(files[0], files[1], files[2], files[3], files[4])
	}
	archives, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for name, file := range archive(f, a) {
			switch {
			case path.Base(name) == "pack.yaml":
				seed(0, file.Data)
			case path.Base(name) == "concepts.yaml":
				seed(3, file.Data)
			case path.Ext(name) == ".yaml":
				seed(4, file.Data)
			case strings.HasPrefix(name, "red-flags/"):
				seed(2, file.Data)
			case path.Ext(name) == ".md":
				seed(1, file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, settings, article, flags, concepts, tests []byte) {
		dir := fstest.MapFS{"always.md": {Data: []byte("# Always\n\nText.\n")}}
		for i, data := range [][]byte{settings, article, flags, concepts, tests} {
			dir[names[i]] = &fstest.MapFile{Data: data, Mode: 0o644}
		}
		base, err := Load(dir)
		var problems Problems
		switch {
		case err == nil && (base == nil || len(base.Packs) == 0):
			t.Fatal("no error and no pack")
		case err != nil && (!errors.As(err, &problems) || len(problems) == 0):
			t.Fatalf("the error is no Problems: %v", err)
		}
		for _, p := range problems {
			if p.What == "" || p.Remedy == "" {
				t.Errorf("a problem without a word or a remedy: %+v", p)
			}
		}
		if err != nil {
			return
		}
		for _, p := range base.Packs {
			for _, e := range p.Entries {
				if e.ID == "" || e.Title == "" || e.Body == "" || e.File == "" || e.Line < 1 {
					t.Errorf("half an entry: %+v", e)
				}
			}
			for _, r := range p.RedFlags {
				if r.ID == "" || r.Escalation == "" || r.Level == "" || len(r.Signs) == 0 {
					t.Errorf("half a red flag: %+v", r)
				}
			}
		}
	})
}
