package triage_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
)

// small makes a matcher of one flag with the signs given, over the concepts of knowledge/README.md.
func small(t testing.TB, signs ...string) *triage.Matcher {
	t.Helper()
	m, err := triage.New([]*knowledge.Pack{smallPack(signs...)})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func smallPack(signs ...string) *knowledge.Pack {
	p := &knowledge.Pack{ID: "small", Language: "en"}
	for name, phrases := range map[string][]string{
		"pee": {"pee", "wee", "pass water"}, "numb": {"numb", "no feeling", "cant feel"}, "leg": {"leg", "foot", "toe"},
	} {
		c := &knowledge.Concept{Name: name}
		for _, ph := range phrases {
			c.Phrases = append(c.Phrases, knowledge.Phrase{Text: ph})
		}
		p.Concepts = append(p.Concepts, c)
	}
	f := &knowledge.RedFlag{ID: "flag", Level: knowledge.Emergency}
	for i, s := range signs {
		f.Signs = append(f.Signs, knowledge.Sign{Pattern: s, Place: knowledge.Place{File: "flags.md", Line: i + 1}})
	}
	p.RedFlags = []*knowledge.RedFlag{f}
	return p
}

// The page for authors promises what each construct finds and does not find.
func TestReadmePatterns(t *testing.T) {
	page, err := os.ReadFile("../../knowledge/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "<!-- patterns -->")
	section, _, _ := strings.Cut(rest, "<!-- /patterns -->")
	section = strings.ReplaceAll(section, `\|`, "\x00")
	rows := regexp.MustCompile("(?m)^\\| `(.+)` \\| .* \\| (.*) \\| (.*) \\|$").FindAllStringSubmatch(section, -1)
	if len(rows) < 10 {
		t.Fatalf("%d rows of patterns in knowledge/README.md, want at least 10", len(rows))
	}
	for _, row := range rows {
		pattern := strings.ReplaceAll(row[1], "\x00", "|")
		m := small(t, pattern)
		if len(m.Find(row[2])) == 0 {
			t.Errorf("`%s` does not find %q", pattern, row[2])
		}
		if len(m.Find(row[3])) != 0 {
			t.Errorf("`%s` finds %q", pattern, row[3])
		}
	}
	m := small(t, "fever", "chills", "<numb> <leg>", "<leg> <numb>")
	scopes := regexp.MustCompile(`(?m)^\| (denied|over|asked in general) \| (.*) \| (.*) \|$`).FindAllStringSubmatch(section, -1)
	if len(scopes) != 3 {
		t.Fatalf("%d rows of scope, want 3", len(scopes))
	}
	for _, row := range scopes {
		if len(m.Find(row[2])) != 0 {
			t.Errorf("%q counts", row[2])
		}
		if len(m.Find(row[3])) == 0 {
			t.Errorf("%q does not count", row[3])
		}
	}
}
