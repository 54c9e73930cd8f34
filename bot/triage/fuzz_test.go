package triage_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
)

// FuzzFind: no message makes the matcher panic, name words outside of the message, or contradict its explanation.
func FuzzFind(f *testing.F) {
	pack, m := shipped(f)
	for i, test := range pack.Tests.Flags {
		if i%20 == 0 {
			f.Add(test.Message)
		}
	}
	for _, s := range []string{"\xff\x00", "n.u.m.b", "<b", "<b>nu</b>mb", "38,4,4.4..", "🇳🇺🇲🇧", "w/o", "a\u0300\u0301", strings.Repeat("no fever, ", 40), "ﷺ ﬁ ǆ", "٣٨ fever"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e := m.Explain(text)
		fires := map[string]bool{}
		for _, match := range e.Matches {
			for _, w := range append(match.Words, match.Because) {
				if w.From < 0 || w.To > len(text) || w.From > w.To {
					t.Fatalf("span %v of a message of %d bytes", w, len(text))
				}
			}
			if match.Decision == triage.Fires {
				fires[match.Flag.ID] = true
			}
		}
		raised, learned := map[string]bool{}, map[string]bool{}
		for _, l := range e.Likely {
			learned[l.Flag.ID] = true
		}
		for _, flag := range e.Flags {
			raised[flag.ID] = true
			if !fires[flag.ID] && !learned[flag.ID] {
				t.Fatalf("%s is raised and nothing explains it", flag.ID)
			}
		}
		for id := range fires {
			if !raised[id] {
				t.Fatalf("a sign of %s fires, and the flag is not raised", id)
			}
		}
	})
}

// FuzzPattern: no sign and no wording of a concept makes the compiler panic; a sign that compiles can be looked for, and is in
// valid UTF-8.
func FuzzPattern(f *testing.F) {
	for _, s := range []string{"wet myself", "<numb> ... <leg> + (a|b c) & 38-42 !x", `"a b`, "((((", "a...b", "!a", "1-2-3", "“x”", "<a>", "(<leg>|<leg>)", "<fuzz>", "foot (<a> | b)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		concept := smallPack("<fuzz>", "<leg> <fuzz>")
		concept.Concepts = append(concept.Concepts, &knowledge.Concept{Name: "fuzz", Phrases: []knowledge.Phrase{{Text: pattern}, {Text: "a <leg>"}}})
		m, _ := triage.New([]*knowledge.Pack{concept})
		m.Find(pattern)
		m.Warnings()
		m, err := triage.New([]*knowledge.Pack{smallPack(pattern)})
		if err != nil {
			if !strings.Contains(err.Error(), "flags.md:1: ") || utf8.ValidString(pattern) && !utf8.ValidString(err.Error()) {
				t.Fatalf("problem without a place: %v", err)
			}
			return
		}
		m.Find(pattern)
		m.Warnings()
	})
}
