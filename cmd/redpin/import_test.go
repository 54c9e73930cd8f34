package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/redpin/redpin/knowledge"
)

func TestImportPack(t *testing.T) {
	input := "\ufeff" + `{"id":"1","question":"When are you open?","answer":"On Tuesdays.","section":"Visit","also":["opening hours"]}
{"id":"1","question":"Again?","answer":"Yes."}

not json
["a list"]
{"question":"No id?","answer":"x"}
{"id":7,"question":"A number?","answer":"x"}
{"id":"a{b}","question":"Braces?","answer":"x"}
{"id":"2","question":"","answer":"x"}
{"id":"3","question":"Empty?","answer":" \n "}
{"id":"4","question":"Also?","answer":"x","also":"one"}
null
{"id":"5","question":"Null?","answer":null,"more":1,"Answer":"x"}
{"id":"7","question":"More?","answer":"Yes.","more":2}
{"id":"Ünï 6","question":"Anything else","answer":"# No\n\n` + "```" + `\nopen"}`
	dir := filepath.Join(t.TempDir(), "new", "help")
	var out strings.Builder
	if err := importPack(t.Context(), strings.NewReader(input), int64(len(input)), dir, nil, &out); !errors.Is(err, exit(exitNo)) {
		t.Fatalf("got %v, want exit status 1, because lines were left out", err)
	}
	want := `line 2 is left out: the id "1" is that of line 1
line 4 is left out: it is not JSON from byte 2 on
line 5 is left out: it is a JSON list; write each object on a line of its own, without [ and ]
line 6 is left out: it has no "id"
line 7 is left out: "id" is not a text in quotes
line 8 is left out: the id "a{b}" holds a brace
line 9 is left out: the question is empty
line 10 is left out: the answer is empty
line 11 is left out: "also" is not a list of texts such as ["one","two"]
line 12 is left out: it is not a JSON object such as {"id":"…","question":"…","answer":"…"}
line 13: the key "Answer" means nothing here and is passed over, in later lines as well; the keys are id, question, answer, section and also
line 13: the key "more" means nothing here and is passed over, in later lines as well; the keys are id, question, answer, section and also
line 13 is left out: the answer is empty
Imported 3 entries into ` + dir + `, left out 11 lines.
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	base, err := knowledge.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, e := range base.Packs[0].Entries {
		got[e.ID] = append([]string{e.Section, e.Body}, e.Questions...)
	}
	if diff := cmp.Diff(map[string][]string{
		"1":     {"Visit", "On Tuesdays.", "When are you open?", "opening hours"},
		"7":     {"", "Yes.", "More?"},
		"Ünï 6": {"", "**No**\n\n```\nopen\n```", "Anything else"},
	}, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if base.Packs[0].ID != "help" || base.Packs[0].Title != "help" {
		t.Errorf("the pack is %q, titled %q", base.Packs[0].ID, base.Packs[0].Title)
	}
	if err := importPack(t.Context(), strings.NewReader(input), -1, dir, nil, io.Discard); err == nil || !strings.Contains(err.Error(), "the folder is not empty") {
		t.Errorf("a folder that is not empty: got %v", err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("the disk is on fire") }

// TestImportPackLeavesNothing checks that after a failure there is neither a folder nor a draft of one.
func TestImportPackLeavesNothing(t *testing.T) {
	done, cancel := context.WithCancel(t.Context())
	cancel()
	good := `{"id":"1","question":"q?","answer":"a"}` + "\n"
	tests := []struct {
		name string
		ctx  context.Context
		in   io.Reader
		want string
	}{
		{"empty", t.Context(), strings.NewReader("\n \n"), "nothing was imported: the input is empty"},
		{"all bad", t.Context(), strings.NewReader("x\n"), "nothing was imported: 1 line was left out"},
		{"a table", t.Context(), strings.NewReader("\ufeff\nid;question;answer\n1;Why?;So.\n"), "nothing was imported: the input looks like a table (CSV), not JSON Lines; write each row"},
		{"UTF-16", t.Context(), strings.NewReader("\xff\xfe{\x00\"\x00"), "nothing was imported: the input is UTF-16, as some Windows programs save text; save it as UTF-8"},
		{"UTF-16 without a mark", t.Context(), strings.NewReader("{\x00\"\x00i\x00d\x00"), "nothing was imported: the input is UTF-16"},
		{"a workbook", t.Context(), strings.NewReader("PK\x03\x04\x14\x00"), "nothing was imported: the input is a workbook"},
		{"bad lines with commas before a good one, and no disk", t.Context(), io.MultiReader(strings.NewReader("a, b\n"+good), brokenReader{}), "read line 3: the disk is on fire"},
		{"stopped", done, strings.NewReader(good), "stopped at line 0: context canceled"},
		{"broken", t.Context(), io.MultiReader(strings.NewReader(good), brokenReader{}), "read line 2: the disk is on fire"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			parent := t.TempDir()
			var out strings.Builder
			err := importPack(test.ctx, test.in, -1, filepath.Join(parent, "pack"), nil, &out)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if strings.Contains(out.String(), "Imported") {
				t.Errorf("it says done: %q", out.String())
			}
			left, err := os.ReadDir(parent)
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// slowReader gives a line at a time and takes its time, so that an import of a few lines takes long.
type slowReader struct {
	lines []string
	wait  time.Duration
}

func (r *slowReader) Read(p []byte) (int, error) {
	if len(r.lines) == 0 {
		return 0, io.EOF
	}
	time.Sleep(r.wait)
	n := copy(p, r.lines[0])
	r.lines = r.lines[1:]
	return n, nil
}

func TestImportPackShowsProgress(t *testing.T) {
	var lines []string
	for i := range 4 {
		lines = append(lines, fmt.Sprintf(`{"id":"%d","question":"q%d?","answer":"a"}`+"\n", i, i))
	}
	size := int64(len(strings.Join(lines, "")))
	var fast, slow bytes.Buffer
	if err := importPack(t.Context(), strings.NewReader(strings.Join(lines, "")), size, filepath.Join(t.TempDir(), "p"), &fast, io.Discard); err != nil {
		t.Fatal(err)
	}
	if fast.Len() > 0 {
		t.Errorf("a bar for an import that takes no time: %q", fast.String())
	}
	if err := importPack(t.Context(), &slowReader{lines, barAfter * 2 / 5}, size, filepath.Join(t.TempDir(), "p"), &slow, io.Discard); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(slow.String(), "importing") || !strings.Contains(slow.String(), "100%") {
		t.Errorf("no bar: %q", slow.String())
	}
}

func TestLineReader(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	r := &lineReader{in: newReader(strings.NewReader("a\r\n\n" + long + "\nlast"))}
	for i, want := range []string{"a\r\n", "\n", long + "\n", "last"} {
		line, err := r.next()
		if err != nil || string(line) != want || r.number != i+1 {
			t.Errorf("line %d: got %d bytes, %v, as line %d", i+1, len(line), err, r.number)
		}
	}
	if _, err := r.next(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}

	r = &lineReader{in: newReader(io.MultiReader(strings.NewReader("a\n"), io.LimitReader(zeros{}, maxRecord+1), strings.NewReader("\nlast\n")))}
	for i, want := range []error{nil, errLongLine, nil, io.EOF} {
		if _, err := r.next(); !errors.Is(err, want) {
			t.Errorf("line %d: got %v, want %v", i+1, err, want)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}
