package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
)

// memory is a folder to write into.
type memory fstest.MapFS

type memoryFile struct {
	bytes.Buffer
	name string
	dir  memory
}

func (m memory) create(name string) (io.WriteCloser, error) {
	return &memoryFile{name: name, dir: m}, nil
}

func (f *memoryFile) Close() error {
	f.dir[f.name] = &fstest.MapFile{Data: f.Bytes(), Mode: 0o644}
	return nil
}

// writePack writes records and returns the folder, and what became of those that were left out.
func writePack(t testing.TB, records []Record) (fs.FS, []error) {
	t.Helper()
	dir := memory{}
	w, err := NewWriter(dir.create, "Imported", "")
	if err != nil {
		t.Fatal(err)
	}
	var left []error
	for _, r := range records {
		if err := w.Write(r); err != nil {
			if _, ok := errors.AsType[*RecordError](err); !ok {
				t.Fatal(err)
			}
			left = append(left, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS(dir), left
}

// words is what a reader sees of Markdown: its letters and digits, whatever they are dressed in.
func readerSees(markdown string) string {
	source := []byte(clean(markdown))
	var b strings.Builder
	_ = ast.Walk(ParseMarkdown(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			writeUnescaped(&b, n.Value(source))
		case *ast.AutoLink:
			b.Write(n.Label(source))
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				segment := n.Segments.At(i)
				b.Write(segment.Value(source))
			}
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			for i := range n.Lines().Len() {
				segment := n.Lines().At(i)
				b.Write(segment.Value(source))
			}
			if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
				b.Write(h.ClosureLine.Value(source))
			}
		}
		b.WriteByte(' ')
		return ast.WalkContinue, nil
	})
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, b.String())
}

// answers are Markdown of the shapes that break a naive writer.
var answers = []string{
	"Plain.",
	"Two\nlines.",
	"# A heading\n\ntext",
	"####### no heading",
	"#",
	"## ##",
	"# *Not* `safe` [x](y)\n\ntext",
	"# Tags:\n\ntext",
	"text\n\n## {#best-position}\n\nmore",
	"Setext\n======\n\ntext",
	"Two line\nsetext\n---\ntext",
	"Set *ext*\n---\ntext",
	"text\n\n---\n\ntext",
	"---\ntitle: x\n---\ntext",
	"---",
	"**Tags:** a, b",
	"**Tagz:** a, b",
	"text\n**Tags:** a, b",
	"text\n\n**Also asked:**\n\n- a\n- b",
	"__Source__: [x](https://example.org)",
	"**Source:** x\n\ntext behind",
	"**disclosure :** yes",
	"   **Level:** emergency",
	"- list\n\n  **Tags:** in a list",
	"> **Tags:** in a quote\n\n> # heading in a quote",
	"```\nopen fence\n# not a heading",
	"~~~~ go\nopen\n~~~\nstill",
	"```",
	"text\n\n```\n",
	"<!-- open comment\n\n# heading\n\ntext",
	"<!-- closed -->",
	"<!-- closed --> and text",
	"<script>\nalert(1)\n\n# x\n\n</script>",
	"<pre>\nopen\n\n# x",
	"<?php\n\n# x",
	"<![CDATA[\n\nx",
	"<!DOCTYPE\n\nx",
	"<div>\n\n# heading\n\n</div>",
	"[ref]: https://example.org",
	"See [ref].\n\n[ref]: https://example.org",
	"    indented code\n    # not a heading",
	"\tcode by tab\n\ntext",
	"  two spaces\n   # heading with spaces",
	"CRLF\r\n# heading\r\n\r\ntext\r\n",
	"CR\r# heading\rtext",
	"NUL \x00 and \xff\xfe bad bytes",
	"\x00",
	"| a | b |\n|---|---|\n| **Tags:** | x |",
	"**Tags:** | b\n---|---\nx | y",
	"1. one\n2. two\n\n   # in a list\n\ntext",
	"- a\n-\n- b",
	"\\# escaped\n\n\\*\\*Tags:\\*\\* x",
	"&lt;b&gt; &amp; &#35; heading",
	"trailing backslash\\",
	"trailing spaces  \nand text",
	strings.Repeat("huge ", 50_000),
	strings.Repeat("> ", 90) + "deep",
	"-\n# x",
	"- \n\n      code\n# x",
	"{{emergency-number}}",
	"* * *\n\n***\n\n___",
	"a\n\n===\n\nb",
	"\u00a0# nbsp\n\n\u2028# line separator",
	"\ufeff# bom",
	"# **Tags:** in a heading",
	"**Tags:**\\\n# x",
	"```\n```\n```\n",
	"``` `\n# x",
	"<a\n\n# x",
	"<textarea>\n\n# open",
	"text <!-- inline\n\n# heading -->",
	"**Tags\\:** x",
	"**Also asked**\n\n- a\n\nSource: x",
	"- **Tags:** a\n- **Source:** b",
	"##tight\n\n[a](#b)",
	"**Related**  : [x](#y)",
	"\v# vt\n\f# ff",
}

func TestWriteThenLoad(t *testing.T) {
	questions := []string{"Is it?", "No question mark", "Two\nlines?", "# hash #", "Title {#x}", "{#y}", "*a* _b_ `c` [d](e) <f> &amp; \\ ~~g~~",
		"1. one", "1) one", "- dash", "+ plus", "> quote", "===", "---", "**Tags:** x", "a\tb\x00c\xff", "Ist das gut？", "!", "![x](y)", ": x", "| a |", "[ ] todo"}
	var records []Record
	for i, a := range answers {
		q := questions[i%len(questions)]
		r := Record{ID: fmt.Sprintf("id %d `*_#", i), Question: fmt.Sprintf("%s %d?", q, i), Answer: a, Also: []string{q, "", "  spaced  out ", q, q + "\n# x"}}
		if i%2 == 0 {
			r.Question = q
		}
		if i%5 < 3 {
			r.Section = questions[(i/7)%len(questions)]
		}
		records = append(records, r)
	}
	checkRoundTrip(t, records)
}

// checkRoundTrip writes records and loads them again.
func checkRoundTrip(t *testing.T, records []Record) {
	t.Helper()
	dir, left := writePack(t, records)
	if len(left) > 0 {
		t.Fatalf("left out: %v", left)
	}
	base, err := Load(dir)
	if err != nil {
		for name := range dir.(fstest.MapFS) {
			if data, _ := fs.ReadFile(dir, name); len(data) < 5000 {
				t.Logf("%s:\n%s", name, data)
			}
		}
		t.Fatalf("what was written does not load: %v", err)
	}
	got := make(map[string]*Entry)
	for _, e := range base.Packs[0].Entries {
		got[e.ID] = e
	}
	if len(got) != len(records) {
		t.Errorf("%d entries came back of %d", len(got), len(records))
	}
	for _, r := range records {
		e := got[r.ID]
		if e == nil {
			t.Errorf("%q did not come back", r.ID)
			continue
		}
		line := func(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
		want := []string{line(r.Question)}
		for _, q := range r.Also {
			if q := line(q); q != "" && !slices.Contains(want, q) {
				want = append(want, q)
			}
		}
		if diff := cmp.Diff(want, e.Questions); diff != "" {
			t.Errorf("%q: questions (-want +got):\n%s", r.ID, diff)
		}
		if e.Title != want[0] {
			t.Errorf("%q: title %q, want %q", r.ID, e.Title, want[0])
		}
		if e.Section != line(r.Section) {
			t.Errorf("%q: section %q, want %q", r.ID, e.Section, line(r.Section))
		}
		if got, want := readerSees(e.Body), readerSees(r.Answer); got != want && got != readerSees("```\n"+r.Answer) && got != letters(r.Answer) {
			t.Errorf("%q: a reader sees\n%q of\n%q, should see\n%q of\n%q", r.ID, got, e.Body, want, r.Answer)
		}
	}
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, clean(s))
}

func FuzzWriteThenLoad(f *testing.F) {
	for i, a := range answers {
		if len(a) < 1000 {
			f.Add("id", "Question {#x} # "+fmt.Sprint(i), a, "Section", "also")
		}
	}
	f.Fuzz(func(t *testing.T, id, question, answer, section, also string) {
		records := []Record{
			{ID: "first-of-all", Question: "First?", Answer: "First.", Section: section},
			{ID: id, Question: question, Answer: answer, Section: section, Also: []string{also}},
			{ID: "last-of-all", Question: "Last?", Answer: "Last."},
		}
		dir := memory{}
		w, err := NewWriter(dir.create, "t", "")
		if err != nil {
			t.Fatal(err)
		}
		var kept []Record
		for _, r := range records {
			if w.Write(r) == nil {
				kept = append(kept, r)
			}
		}
		checkRoundTrip(t, kept)
	})
}

func TestWriteRefuses(t *testing.T) {
	tests := map[string]Record{
		"the id is empty":                                                   {Question: "q?", Answer: "a"},
		`the id "a{b" holds a brace`:                                        {ID: "a{b", Question: "q?", Answer: "a"},
		`the id " a" begins or ends with a space`:                           {ID: " a", Question: "q?", Answer: "a"},
		"more than 100 quotes and lists stand in one another in its answer": {ID: "deep", Question: "q?", Answer: "x\n" + strings.Repeat("1. ", 101)},
		"the question is empty":                                             {ID: "q", Question: " \n\t", Answer: "a"},
		"the answer is empty":                                               {ID: "a", Question: "q?", Answer: "\r\n \t"},
		`the id "first" was there before`:                                   {ID: "first", Question: "q?", Answer: "a"},
		"the question and its answer have 5000002 bytes, where 4194304 are the most": {ID: "long", Question: "q?", Answer: strings.Repeat("a", 5_000_000)},
	}
	for want, r := range tests {
		_, left := writePack(t, []Record{{ID: "first", Question: "First?", Answer: "First."}, r})
		if len(left) != 1 || left[0].Error() != want {
			t.Errorf("%+.60v: left out because of %q, want %q", r, left, want)
		}
	}
}
