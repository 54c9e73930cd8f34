package triage

// Scope decides what a sign that was found means: is it so, or denied, over, asked in general? The field's
// algorithms (NegEx, ConText) look for trigger words before and after and end their reach at the clause; so does
// this. Which words these are is a matter of the language (english.go). In doubt a sign fires: a pin too many costs
// a smile, one too few may cost a life.

import (
	"bytes"
	"math/bits"
)

// A Decision says what became of a sign that was found.
type Decision string

// The decisions, as "redpin explain" prints them.
const (
	Fires    Decision = "fires"
	Negated  Decision = "negated"  // denied: "no fever"
	Past     Decision = "past"     // over: "ten years ago", "fine now"
	General  Decision = "general"  // asked of everyone, or of what may come: "is fever a red flag?"
	Excepted Decision = "excepted" // the sign's own exception is in the sentence: !hay
	Partial  Decision = "partial"  // other parts of the sign are nowhere in the message
)

// reach is how many words that mean something may stand between a denial and what it denies; measured on the back
// pain pack, 5 finds "don't have any of the really scary numbness" and spares the next thought.
const reach = 5

// The kinds of scope words: the keys of language.scope.
var scopeKinds = [...]string{"none", "not", "unable", "affirm", "turn", "subject", "whose", "owner", "opinion", "past", "over", "went", "present", "still", "general", "supposed"}

const (
	kNone = iota
	kNot
	kUnable
	kAffirm
	kTurn
	kSubject
	kWhose
	kOwner
	kOpinion
	kPast
	kOver
	kWent
	kPresent
	kStill
	kGeneral
	kSupposed
	kinds
)

// scopes are the tokens of a window that scope words of each kind cover.
type scopes [kinds]uint64

// scoped finds the scope words of the sentence under way.
func (s *scratch) scoped() (out scopes) {
	s.complete(s.m.scopePhrases, len(s.m.phrases))
	for k, f := range s.m.scope {
		if f < 0 {
			continue
		}
		out[k] = s.mask[f]
		for i := s.head[f]; i != 0; i = s.spans[i-1].next {
			out[k] |= s.spans[i-1].bits()
		}
	}
	return out
}

func (p place) bits() uint64 { return (1<<p.end - 1) &^ (1<<p.start - 1) }

// placeOf is the run of bits of mask around position at.
func placeOf(mask uint64, at int) place {
	lo, hi := at, at+1
	for lo > 0 && mask&(1<<(lo-1)) != 0 {
		lo--
	}
	for hi < most && mask&(1<<hi) != 0 {
		hi++
	}
	return place{uint8(lo), uint8(hi)}
}

// core gives the tokens of place p that the steps themselves name, without the words between.
func (s *scratch) core(steps []step, p place) uint64 {
	var room [64]uint64
	ends := room[:0]
	e := s.pass(steps[0].feature, 1<<p.start)
	ends = append(ends, e)
	for _, st := range steps[1:] {
		if len(ends) == cap(room[:]) {
			return p.bits()
		}
		e = s.pass(st.feature, s.widen(e, st.skip))
		ends = append(ends, e)
	}
	out, target := uint64(0), int(p.end)
	for i := len(steps) - 1; i >= 0; i-- {
		from := uint64(1) << p.start
		if i > 0 {
			from = s.widen(ends[i-1], steps[i].skip)
		}
		start := -1
		for c := from & (1<<target - 1); c != 0; c &= c - 1 {
			if at := bits.TrailingZeros64(c); s.pass(steps[i].feature, 1<<at)&(1<<target) != 0 {
				start = at
			}
		}
		if start < 0 {
			return p.bits()
		}
		out |= place{uint8(start), uint8(target)}.bits()
		if i == 0 {
			break
		}
		before := -1
		for c := ends[i-1] & (1<<(start+1) - 1); c != 0; c &= c - 1 {
			if at := bits.TrailingZeros64(c); s.widen(1<<at, steps[i].skip)&(1<<start) != 0 {
				before = at
			}
		}
		if before < 0 {
			return p.bits()
		}
		target = before
	}
	return out
}

// decide tells what a found clause means, and the tokens of the window that say so.
func (s *scratch) decide(f *found, sc *scopes) (Decision, place) {
	cl := &s.m.clauses[f.clause]
	if p, yes := s.excepted(cl); yes {
		return Excepted, p
	}
	alone := s.m.flags[s.m.signs[cl.sign].flag].Alone
	core, start, end := uint64(0), uint8(most), uint8(0)
	for i := range int(f.count) {
		core |= s.core(cl.with[i], f.places[i])
		start, end = min(start, f.places[i].start), max(end, f.places[i].end)
	}
	// A sign that itself says "can't" or "no feeling" is hardly ever denied, and in doubt it fires. What else is
	// denied beside it is another matter: "it isn't painful down there, it just has no feeling".
	denies := core&(sc[kNone]|sc[kNot]|sc[kUnable]) != 0
	for i := range int(f.count) {
		if denies {
			break
		}
		if why, yes := s.negated(f, f.places[i], core, sc); yes {
			return Negated, why
		}
	}
	if s.answered(f, end) {
		return Negated, place{end, end}
	}
	if why, yes := s.past(f, place{start, end}, core, sc); yes {
		return Past, why
	}
	if !alone {
		if g := sc[kGeneral] &^ core; g != 0 && sc[kSubject]&^sc[kGeneral]&^s.its(f) == 0 && sc[kWhose] == 0 && bits.TrailingZeros64(g) < int(end) {
			return General, placeOf(g, bits.TrailingZeros64(g))
		}
		if why, yes := s.supposed(f, start, core, sc); yes {
			return General, why
		}
	}
	return Fires, place{}
}

// its are the tokens that say "it": a subject that may be the sign itself.
func (s *scratch) its(f *found) (mask uint64) {
	for i := range int(f.n) {
		t := &s.tokens[int(f.first)+i]
		switch string(s.buf[t.lo:t.hi]) {
		case "it", "its", "they", "theres":
			mask |= 1 << i
		}
	}
	return mask
}

// at is the token at position p of the window of f.
func (s *scratch) at(f *found, p int) *token { return &s.tokens[int(f.first)+p] }

// negated looks for a denial in the words between those of the sign, and before it, back to where its thought begins.
func (s *scratch) negated(f *found, pl place, core uint64, sc *scopes) (place, bool) {
	denials := (sc[kNone] | sc[kNot]) &^ sc[kAffirm]
	if gap := denials & pl.bits() &^ core; gap != 0 {
		return placeOf(gap, bits.TrailingZeros64(gap)), true
	}
	personal := pl.bits()&(sc[kSubject]|sc[kWhose]) != 0
	words, commas, lists := 0, 0, false
	for p := int(pl.start) - 1; p >= 0; p-- {
		bit := uint64(1) << p
		follower := s.at(f, p+1)
		if follower.before == clause {
			if personal || commas > 5 {
				break
			}
			if commas == 0 {
				lists = s.joins(follower)
			}
			commas++
			words = 0
		}
		switch {
		case sc[kAffirm]&bit != 0:
			words++
			continue
		case core&bit != 0:
			continue
		case sc[kNone]&bit != 0:
			if follower.before == clause {
				return place{}, false // "no, an actual fever" answers something else
			}
			return placeOf(bit, p), true
		case sc[kNot]&bit != 0:
			if commas == 0 || lists {
				return placeOf(bit, p), true
			}
			return place{}, false
		case sc[kTurn]&bit != 0:
			return place{}, false
		case sc[kSubject]&bit != 0:
			if p == 0 || sc[kOpinion]&(bit>>1) == 0 {
				return place{}, false
			}
		case sc[kWhose]&bit != 0:
			if p > 0 && (s.at(f, p).before == clause || s.joins(s.at(f, p-1))) {
				return place{}, false
			}
		case s.light&bit == 0:
			words++
		}
		if words > reach {
			break
		}
	}
	return place{}, false
}

// joins tells whether a token is an and, or, nor.
func (s *scratch) joins(t *token) bool { return s.m.lang.joins[string(s.buf[t.lo:t.hi])] }

// answered tells whether the sign is a heading or a question to which the next word says no: "fever: no".
func (s *scratch) answered(f *found, end uint8) bool {
	i := int(f.first) + int(end)
	if i >= len(s.tokens) || !s.tokens[i].colon {
		return false
	}
	t := &s.tokens[i]
	if !s.m.lang.answers[string(s.buf[t.lo:t.hi])] {
		return false
	}
	return i+1 == len(s.tokens) || s.tokens[i+1].before >= clause
}

// past looks for words that say that the sign is over or was long ago.
func (s *scratch) past(f *found, pl place, core uint64, sc *scopes) (place, bool) {
	stop := (sc[kTurn] | sc[kPresent] | sc[kStill]) &^ sc[kOver]
	for todo := sc[kWent] &^ core; todo != 0; {
		at := placeOf(sc[kWent], bits.TrailingZeros64(todo))
		todo &^= at.bits()
		if at.start >= pl.end && s.last(f, int(at.end), sc) && s.about(f, int(pl.end), int(at.start), sc) && !s.again(f, int(at.end), sc) {
			return at, true
		}
	}
	for _, k := range [2]int{kPast, kOver} {
		for todo := sc[k] &^ core; todo != 0; {
			at := placeOf(sc[k], bits.TrailingZeros64(todo))
			todo &^= at.bits()
			if core&^at.bits() == 0 {
				return at, true // "ex sciatica sufferer"
			}
			if k == kPast && core&at.bits() != 0 || at.bits()&^core == 0 {
				continue // "months ago" that the sign itself names
			}
			switch {
			case at.start >= pl.end: // after the sign
				between := (1<<at.start - 1) &^ (1<<pl.end - 1) & ^s.light
				if k == kOver {
					if s.about(f, int(pl.end), int(at.start), sc) && !s.again(f, int(at.end), sc) {
						return at, true
					}
					continue
				}
				broken := false
				for p := int(pl.end); p <= int(at.start); p++ {
					if s.at(f, min(p, int(f.n)-1)).before == clause && p > int(pl.end) {
						broken = true
					}
				}
				if bits.OnesCount64(uint64(between)) <= 5 && !broken && stop&uint64(between) == 0 && !s.again(f, int(at.end), sc) {
					return at, true
				}
			case at.end <= pl.start: // before it
				between := (uint64(1)<<pl.start - 1) &^ (1<<at.end - 1)
				if stop&between != 0 || stop&pl.bits()&^core != 0 || s.again(f, int(pl.end), sc) {
					continue
				}
				blocked := false
				for p := int(at.end); p < int(pl.start); p++ {
					if sc[kSubject]&(1<<p) != 0 && p > 0 && s.joins(s.at(f, p-1)) {
						blocked = true
					}
				}
				if blocked || k == kOver && bits.OnesCount64(between&^s.light) > 2 {
					continue
				}
				return at, true
			default: // among the words of the sign
				return at, true
			}
		}
	}
	return place{}, false
}

// last tells whether a thought ends before position p.
func (s *scratch) last(f *found, p int, sc *scopes) bool {
	if p >= int(f.n) || s.at(f, p).before == clause || s.joins(s.at(f, p)) {
		return true
	}
	return sc[kTurn]&(1<<p) != 0
}

// about tells whether words from..to only speak of the sign itself: "numb, but it's all fine now" and not "numb,
// the pain has gone".
func (s *scratch) about(f *found, from, to int, sc *scopes) bool {
	if to < int(f.n) && s.at(f, to).before == clause {
		return true // ", all fine now"
	}
	words := 0
	for p := to - 1; p >= from; p-- {
		bit := uint64(1) << p
		if sc[kTurn]&bit != 0 || s.joins(s.at(f, p)) || sc[kPast]&bit != 0 {
			return words == 0
		}
		if s.light&bit == 0 && sc[kSubject]&bit == 0 {
			if words == 0 && p > 0 && sc[kOwner]&(bit>>1) != 0 && !s.named(f, p) {
				return false // "the pain has gone"
			}
			words++
		}
		if s.at(f, p).before == clause {
			return words == 0
		}
	}
	return words <= 2
}

// named tells whether the sign itself holds the word at position p.
func (s *scratch) named(f *found, p int) bool {
	t := s.at(f, p)
	word := s.buf[t.lo:t.hi]
	for _, pl := range f.places[:f.count] {
		for q := pl.start; q < pl.end; q++ {
			o := &s.tokens[int(f.home)+int(q)]
			if bytes.Equal(word, s.buf[o.lo:o.hi]) {
				return true
			}
		}
	}
	return false
}

// again tells whether the words from position on, up to the second comma, say that it is so now: "gone, but back
// again today".
func (s *scratch) again(f *found, from int, sc *scopes) bool {
	commas := 0
	for p := from; p < int(f.n); p++ {
		if s.at(f, p).before == clause {
			if commas++; commas > 1 {
				return false
			}
		}
		if sc[kPresent]&^sc[kOver]&(1<<p) != 0 || commas == 0 && sc[kStill]&(1<<p) != 0 {
			return true // after a comma, "we still laugh" is another matter
		}
	}
	return false
}

// supposed looks before the sign for words that make it a mere possibility.
func (s *scratch) supposed(f *found, start uint8, core uint64, sc *scopes) (place, bool) {
	if s.again(f, int(start), sc) {
		return place{}, false // "told to watch for numbness and now I have it"
	}
	words := 0
	for p := int(start) - 1; p >= 0 && words <= 3; p-- {
		bit := uint64(1) << p
		if sc[kSupposed]&bit&^core != 0 {
			return placeOf(sc[kSupposed], p), true
		}
		if sc[kTurn]&bit != 0 || s.at(f, p+1).before == clause {
			break
		}
		if s.light&bit == 0 {
			words++
		}
	}
	return place{}, false
}

// closed tells whether the sentence under way, the one after that of a sign, begins by saying that it is over.
func (s *scratch) closed(f *found, sc *scopes) (place, bool) {
	for _, k := range [3]int{kOver, kWent, kPast} {
		if sc[k] == 0 {
			continue
		}
		at := placeOf(sc[k], bits.TrailingZeros64(sc[k]))
		if k == kWent && !s.last(f, int(at.end), sc) {
			continue
		}
		if at.start > 6 || !s.about(f, 0, int(at.start), sc) || s.again(f, 0, sc) {
			continue
		}
		words := 0
		for p := range int(at.start) {
			if s.light&(1<<p) == 0 && sc[kSubject]&(1<<p) == 0 && !s.named(f, p) {
				words++
			}
		}
		if words == 0 {
			return at, true
		}
	}
	return place{}, false
}
