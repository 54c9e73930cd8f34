package triage_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares got with testdata/name, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", path, d)
	}
}

// Each mistake in a sign is told with its line and a remedy.
func TestMistakes(t *testing.T) {
	p := smallPack(
		"", "   ", "fever +", "+ fever", "! fever", "fever & ", "fever ...", "... fever", "(fever", "fever)", "(fever | )", "(fever + cold)", "(a (b (c (d (e (f))))))",
		"<numb", "numb>", "<Numb>", "<>", "<nub>", "<peg>", "<cold>", `"fever`, `""`, "fever*", "[fever]", "42-38 fever", "a + b + c + d", "a & b & c & d", "😭",
		strings.Repeat("long ", 300), strings.Repeat("long ", 40),
	)
	p.Concepts = append(p.Concepts,
		&knowledge.Concept{Name: "ring", Phrases: []knowledge.Phrase{{Text: "<round>", Place: knowledge.Place{File: "concepts.yaml", Line: 8}}}, Place: knowledge.Place{File: "concepts.yaml", Line: 7}},
		&knowledge.Concept{Name: "round", Phrases: []knowledge.Phrase{{Text: "a <ring>"}}, Place: knowledge.Place{File: "concepts.yaml", Line: 9}},
		&knowledge.Concept{Name: "sum", Phrases: []knowledge.Phrase{{Text: "a + b", Place: knowledge.Place{File: "concepts.yaml", Line: 12}}}, Place: knowledge.Place{File: "concepts.yaml", Line: 11}},
	)
	_, err := triage.New([]*knowledge.Pack{p})
	if err == nil {
		t.Fatal("no problem found")
	}
	golden(t, "mistakes.golden", strings.ReplaceAll(err.Error(), strings.Repeat("long ", 30), "long … ")+"\n")
}

// What may only follow from another problem is no problem: of a pack that could not be read whole, the signs that do not depend
// on what is missing are checked and tried, and no others.
func TestMistakesInPart(t *testing.T) {
	incomplete := func(p *knowledge.Pack) {
		p.Concepts = append(p.Concepts,
			&knowledge.Concept{Name: "half", Incomplete: true, Place: knowledge.Place{File: "concepts.yaml", Line: 1}},
			&knowledge.Concept{Name: "through", Phrases: []knowledge.Phrase{{Text: "<half>"}}, Place: knowledge.Place{File: "concepts.yaml", Line: 2}})
	}
	var out strings.Builder
	for _, tt := range []struct {
		name    string
		missing knowledge.Missing
	}{
		{"a concept has a problem of its own", knowledge.Missing{}},
		{"and concepts could not be read", knowledge.Missing{Concepts: true}},
		{"and signs could not be read", knowledge.Missing{Signs: true}},
		{"and the language is not known", knowledge.Missing{Language: true}},
	} {
		p := smallPack("<half>", "half <through>", "fever !fever", "numb toe", "<numb> <leg>", "<gone> + <lost>", "hot")
		incomplete(p)
		p.Missing = tt.missing
		m, err := triage.New([]*knowledge.Pack{p})
		fmt.Fprintf(&out, "# %s\n", tt.name)
		if err != nil {
			fmt.Fprintln(&out, err)
		}
		for _, w := range append(m.Warnings(), m.Alarms([]knowledge.FlagTest{{Message: "it is hot"}})...) {
			fmt.Fprintf(&out, "%s (warning)\n", w)
		}
	}
	golden(t, "part.golden", out.String())
}

// Signs that do nothing are told of, and so are concepts.
func TestWarnings(t *testing.T) {
	m := small(t, "fever", "high fever", "cold !cold", "<numb> <leg>", "numb toe", "no cold")
	var lines []string
	for _, p := range m.Warnings() {
		lines = append(lines, p.String())
	}
	golden(t, "warnings.golden", strings.Join(lines, "\n")+"\n")
}

// Two packs may name concepts alike, and the same flag in both is one matter.
func TestPacks(t *testing.T) {
	a, b := smallPack("<leg> hurts"), smallPack("<leg> hurts")
	b.Concepts = []*knowledge.Concept{{Name: "leg", Phrases: []knowledge.Phrase{{Text: "arm"}}}}
	c := smallPack("beine taub")
	c.Language = "de"
	c.RedFlags[0].ID = "bein"
	c.RedFlags[0].Level = knowledge.Specialist
	m, err := triage.New([]*knowledge.Pack{c, a, b})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"my leg hurts", "flag"}, {"my arm hurts", "flag"}, {"my arm hurts and my leg hurts", "flag"}, {"my head hurts", ""}, {"meine Beine sind taub", "bein"}, {"Beine taub", "bein"},
		{"Bein taub, my leg hurts", "flag bein"},
	} {
		var ids []string
		for _, f := range m.Find(c.text) {
			ids = append(ids, f.ID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%q raises %q, want %q", c.text, got, c.want)
		}
	}
	empty, err := triage.New(nil)
	if err != nil || len(empty.Find("fever")) != 0 || len(empty.Explain("fever").Matches) != 0 {
		t.Errorf("no packs: %v", err)
	}
}
