package triage_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
)

// message has 80 bytes, as the average chat message does, and raises nothing.
const message = "hi all, we tried the side lying position last night and it was lovely, thank you"

// BenchmarkFind is the cost of a message: of 80 and of 4,000 bytes, calm, urgent and hostile, with the shipped pack
// and with 500 signs. BenchmarkRegexp is its baseline.
func BenchmarkFind(b *testing.B) {
	pack, m := shipped(b)
	urgent := "my back is bad and since this morning I can't feel my legs or my crotch any more"
	for _, c := range []struct{ name, text string }{
		{"80 bytes", message},
		{"80 bytes urgent", urgent[:80]},
		{"4000 bytes", strings.Repeat(message+". ", 49)[:4000]},
		{"4000 bytes in one sentence", strings.Repeat(message+" ", 50)[:4000]},
		{"4000 bytes urgent", strings.Repeat(urgent+". ", 49)[:4000]},
		{"4000 bytes denied", strings.Repeat("no fever, no numb legs, no bladder trouble, not suicidal. ", 70)[:4000]},
		{"4000 bytes of one sign", strings.Repeat("numb crotch legs ", 250)[:4000]},
		{"4000 bytes of slips", strings.Repeat("nubmness incontinense wekness feverrish ", 100)[:4000]},
		{"4000 bytes of letters", strings.Repeat("n u m b l e g s ", 250)[:4000]},
		{"4000 bytes of look-alikes", strings.Repeat("і саnt рее ", 250)[:4000]},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Find(c.text)
			}
		})
	}
	b.Run("80 bytes 500 signs", func(b *testing.B) {
		m := padded(b, pack, 500)
		b.ReportAllocs()
		for b.Loop() {
			m.Find(message)
		}
	})
}

// padded is the pack with invented signs, until there are n.
func padded(b *testing.B, pack *knowledge.Pack, n int) *triage.Matcher {
	have := 0
	for _, f := range pack.RedFlags {
		have += len(f.Signs)
	}
	more := *pack
	more.RedFlags = append([]*knowledge.RedFlag(nil), pack.RedFlags...)
	flag := &knowledge.RedFlag{ID: "invented", Level: knowledge.Specialist}
	verbs := strings.Fields("tried bought lost found took left gave saw had kept told sold")
	nouns := strings.Fields("ring table letter engine ticket bottle candle garden mirror basket ladder window")
	for i := 0; have < n; i++ {
		p := fmt.Sprintf("%s (a | the | his) %s + %s", verbs[i%12], nouns[i/12%12], nouns[(i+i/144)%12])
		flag.Signs = append(flag.Signs, knowledge.Sign{Pattern: p})
		have++
	}
	more.RedFlags = append(more.RedFlags, flag)
	m, err := triage.New([]*knowledge.Pack{&more})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// BenchmarkRegexp is the baseline: the words of the signs as one big regular expression, each two words of a sign
// with at most one between. It reads neither slips nor denials, and no forms of words.
func BenchmarkRegexp(b *testing.B) {
	pack, _ := shipped(b)
	concepts := map[string]string{}
	word := regexp.MustCompile(`[a-z]+`)
	for _, c := range pack.Concepts {
		var all []string
		for _, p := range c.Phrases {
			all = append(all, word.FindAllString(p.Text, -1)...)
		}
		concepts["<"+c.Name+">"] = "(?:" + strings.Join(all, "|") + ")"
	}
	var alts []string
	name := regexp.MustCompile(`<[a-z-]+>|[a-z]+`)
	for _, f := range pack.RedFlags {
		for _, s := range f.Signs {
			if strings.HasPrefix(s.Pattern, "!") {
				continue // an exception for the whole flag
			}
			var seq []string
			for _, w := range name.FindAllString(strings.Split(s.Pattern, "!")[0], 4) {
				if c := concepts[w]; c != "" {
					w = c
				}
				seq = append(seq, w)
			}
			alts = append(alts, strings.Join(seq, `\s+(?:\w+\s+)?`))
		}
	}
	re := regexp.MustCompile(`(?i)\b(?:` + strings.Join(alts, "|") + `)\b`)
	for _, c := range []struct{ name, text string }{{"80 bytes", message}, {"4000 bytes", strings.Repeat(message+". ", 49)[:4000]}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				re.MatchString(c.text)
			}
		})
	}
}

// BenchmarkNew is the cost of compiling the shipped pack, which a start and a reload pay.
func BenchmarkNew(b *testing.B) {
	pack, _ := shipped(b)
	for b.Loop() {
		if _, err := triage.New([]*knowledge.Pack{pack}); err != nil {
			b.Fatal(err)
		}
	}
}
