package triage

// What an author should look at: signs that can never fire, signs that another covers, signs that fire on calm
// messages, concepts that nothing uses. It is found by trying: each sign is written out as sentences that it should
// find, and these are looked at.

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/redpin/redpin/knowledge"
)

// tries is how many sentences a sign is written out as. A sign that another covers in that many is not worth its
// place, even if some rare wording of it were not covered.
const tries = 40

// A writing is what is needed to write a sign out.
type writing struct {
	pattern  pattern
	concepts map[string][]sequence
	whole    bool // all that it finds is known, so that it can be tried
}

// Warnings are signs that an author should look at: those that can never fire, and those that another sign of the
// same flag covers. It takes some tenths of a second for a large pack: it is for "redpin check", not for a start.
func (m *Matcher) Warnings() knowledge.Problems {
	out := append(knowledge.Problems(nil), m.unused...)
	for _, mach := range m.machines {
		s := newScratch(mach)
		for i := range mach.signs {
			out = append(out, mach.try(s, int32(i))...)
		}
	}
	return out
}

// Alarms are the signs that fire on messages of tests that must raise nothing. Where signs have problems there are none: what
// keeps another sign from firing may be among those.
func (m *Matcher) Alarms(tests []knowledge.FlagTest) knowledge.Problems {
	if m.unsure {
		return nil
	}
	var out knowledge.Problems
	for _, test := range tests {
		if len(test.Want) > 0 || len(m.Find(test.Message)) == 0 {
			continue
		}
		seen := map[knowledge.Place]bool{} // a sign may be found at several places of a message
		for _, match := range m.Explain(test.Message).Matches {
			if match.Decision != Fires || seen[match.Sign.Place] {
				continue
			}
			seen[match.Sign.Place] = true
			out = append(out, knowledge.Problem{
				Place:  match.Sign.Place,
				What:   fmt.Sprintf("sign `%s` of %s fires on a calm message, %q (%s:%d)", match.Sign.Pattern, match.Flag.ID, test.Message, test.File, test.Line),
				Remedy: "make it narrower, or say with ! what must not be there",
			})
		}
	}
	return out
}

// try looks at what becomes of the sentences of one sign.
func (m *machine) try(s *scratch, number int32) knowledge.Problems {
	sg := &m.signs[number]
	w := m.writings[number]
	if !w.whole {
		return nil
	}
	dice := rand.New(rand.NewPCG(1, uint64(number))) // the same sentences every time
	fires := 0
	var why Decision
	covers := map[int32]int{}
	for range tries {
		found := map[int32]bool{}
		fired := false
		s.find(w.write(dice), func(j judged) {
			cl := &m.clauses[j.clause]
			if j.decision == Fires {
				found[cl.sign] = true
			}
			if cl.sign == number {
				fired = fired || j.decision == Fires
				why = j.decision
			}
		})
		if fired {
			fires++
		}
		for o := range found {
			if o != number && m.signs[o].flag == sg.flag {
				covers[o]++
			}
		}
	}
	if fires == 0 {
		what := "no sentence was found in which it fires"
		remedy := "look at its words with \"redpin explain\""
		switch why {
		case Excepted:
			what, remedy = "its own exceptions (!) always apply", "take away the exception that its words contain"
		case Negated:
			what, remedy = "its words read as a denial", "write the denial as a part of the sign, such as (no | not) before the word"
		case Past, General:
			what, remedy = "its words read as "+string(why), "take the words that say so out of the sign"
		}
		return knowledge.Problems{{Place: sg.src.Place, What: fmt.Sprintf("sign `%s` can never fire: %s", sg.src.Pattern, what), Remedy: remedy}}
	}
	for o, n := range covers {
		// Of two signs that cover each other, the later one is too many.
		if n == tries && fires == tries && m.broader(o, number) && (o < number || !m.covered(s, o, number)) {
			return knowledge.Problems{{
				Place:  sg.src.Place,
				What:   fmt.Sprintf("sign `%s` is covered by `%s` (line %d)", sg.src.Pattern, m.signs[o].src.Pattern, m.signs[o].src.Line),
				Remedy: "take it away, or make the other one narrower",
			}}
		}
	}
	return nil
}

// broader tells whether sign a has no exception that sign b lacks.
func (m *machine) broader(a, b int32) bool {
	has := map[string]bool{}
	for _, cl := range m.clauses {
		if cl.sign == b {
			for _, st := range cl.without {
				has[fmt.Sprint(st)] = true
			}
		}
	}
	for _, cl := range m.clauses {
		if cl.sign == a {
			for _, st := range cl.without {
				if !has[fmt.Sprint(st)] {
					return false
				}
			}
		}
	}
	return true
}

// covered tells whether sign number is found wherever sign by is.
func (m *machine) covered(s *scratch, number, by int32) bool {
	dice := rand.New(rand.NewPCG(1, uint64(number)))
	for range tries {
		found := false
		s.find(m.writings[number].write(dice), func(j judged) {
			found = found || m.clauses[j.clause].sign == by && j.decision == Fires
		})
		if !found {
			return false
		}
	}
	return true
}

// filler is a word that means nothing to any sign.
const filler = " zzz"

// write writes the sign out as a sentence, or several where it has parts in any sentence, with other words in its
// gaps and the parts of a + in any order.
func (w writing) write(dice *rand.Rand) string {
	var b strings.Builder
	for i, c := range w.pattern {
		if i > 0 {
			b.WriteString(". ")
		}
		for j, k := range dice.Perm(len(c.with)) {
			if j > 0 {
				b.WriteString(strings.Repeat(filler, dice.IntN(window/2)))
				b.WriteString(" ")
			}
			w.sequence(&b, c.with[k], dice, 0)
		}
	}
	return b.String()
}

func (w writing) sequence(b *strings.Builder, s sequence, dice *rand.Rand, depth int) {
	for i, it := range s {
		if i > 0 {
			if it.skip > 0 {
				b.WriteString(strings.Repeat(filler, dice.IntN(int(it.skip)+1)))
			}
			b.WriteString(" ")
		}
		switch it.kind {
		case aWord, anExactWord:
			b.WriteString(it.text)
		case aRange:
			b.WriteString(strconv.FormatFloat(it.span[0], 'g', -1, 64))
		case alternatives:
			w.sequence(b, it.alts[dice.IntN(len(it.alts))], dice, depth+1)
		case aConcept:
			if all := w.concepts[it.text]; len(all) > 0 && depth < 20 {
				w.sequence(b, all[dice.IntN(len(all))], dice, depth+1)
			}
		}
	}
}
