package triage

// What Find saw and why it decided as it did, for authors and moderators.

import (
	"slices"
	"sort"

	"github.com/redpin/redpin/knowledge"
)

// An Explanation is everything that a message gave rise to.
type Explanation struct {
	// Flags are what Find returns.
	Flags []*knowledge.RedFlag
	// Matches are the signs that were found, in the order of the message.
	Matches []Match
	// Likely is what the pack's examples say of each flag that was learned, the likeliest first.
	Likely []Likelihood
}

// A Likelihood is how likely a message raises a flag, going by the examples.
type Likelihood struct {
	Flag        *knowledge.RedFlag
	Probability float64
	// Words are those of the message that speak most for the flag, as the classifier reads them, the strongest first.
	Words []string
}

// A Match is a sign that stands in a message, and what became of it.
type Match struct {
	Flag *knowledge.RedFlag
	Sign knowledge.Sign
	// Words are the places of the message that the sign was found in.
	Words []Span
	// Decision says whether it counts; Because are the words that decided where it does not.
	Decision Decision
	Because  Span
}

// A Span is a part of a message, in bytes. The zero value is nowhere.
type Span struct{ From, To int }

// Explain looks at text as Find does and tells everything that was found in it.
func (m *Matcher) Explain(text string) Explanation {
	var e Explanation
	e.Flags = m.Find(text)
	for _, mach := range m.machines {
		s := newScratch(mach)
		var flags []int32 // of the matches
		s.find(text, func(j judged) {
			cl := &mach.clauses[j.clause]
			sg := &mach.signs[cl.sign]
			match := Match{Flag: mach.flags[sg.flag], Sign: *sg.src, Decision: j.decision}
			for _, p := range j.places[:j.count] {
				match.Words = append(match.Words, s.span(j.first, p))
			}
			if j.decision != Fires && j.decision != Partial {
				match.Because = s.span(j.whyFirst, j.why)
			}
			e.Matches, flags = append(e.Matches, match), append(flags, sg.flag)
		})
		fired := slices.Clone(s.done)
		s.classify(text)
		found := e.Matches[len(e.Matches)-len(flags):]
		for i, flag := range flags {
			if found[i].Decision == Fires && fired[flag] && !s.done[flag] {
				found[i].Decision = Doubted // by the examples
			}
		}
		e.Likely = append(e.Likely, s.likely()...)
	}
	sort.SliceStable(e.Likely, func(i, j int) bool { return e.Likely[i].Probability > e.Likely[j].Probability })
	sort.SliceStable(e.Matches, func(i, j int) bool { return e.Matches[i].Words[0].From < e.Matches[j].Words[0].From })
	return e
}

// likely tells what the classifiers make of the message that was read.
func (s *scratch) likely() (out []Likelihood) {
	const mostWords = 6
	for _, c := range s.m.classifiers {
		r := newReading(c)
		for column, p := range c.probabilities(r, s.buf, s.tokens) {
			if c.flags[column] != nil {
				words := c.strongest(s.buf, s.tokens, column)
				out = append(out, Likelihood{c.flags[column], float64(p), words[:min(len(words), mostWords)]})
			}
		}
	}
	return out
}

// span gives the bytes of the message that the tokens of p, counted from first, stand for.
func (s *scratch) span(first int32, p place) Span {
	from, to := int(first)+int(p.start), int(first)+int(p.end)-1
	to = max(from, to)
	if from >= len(s.tokens) {
		return Span{}
	}
	to = min(to, len(s.tokens)-1)
	return Span{int(s.tokens[from].from), int(s.tokens[to].to)}
}
