package triage

// What is over: "ten years ago", "fine now", and the sentence that closes a story.

import (
	"bytes"
	"math/bits"
)

// told tells whether the clause of the sign is told as something that was: its verbs say so and none speaks of now.
func (s *scratch) told(f *found, pl place, sc *scopes) bool {
	lo, hi := int(pl.start), int(pl.end)
	for lo > 0 && s.at(f, lo).before != clause && sc.of[kContrast]&(1<<lo) == 0 {
		lo--
	}
	for hi < int(f.n) && s.at(f, hi).before != clause && sc.of[kContrast]&(1<<hi) == 0 {
		hi++
	}
	in := between(lo, hi)
	return (sc.of[kWas]|sc.of[kOnce])&in != 0 && (sc.of[kIs]|sc.of[kPresent]|sc.of[kReturn])&in == 0
}

// past looks for words that say that the sign is over or was long ago.
func (s *scratch) past(f *found, pl place, core uint64, sc *scopes) (place, bool) {
	for _, k := range [4]int{kWent, kOver, kPast, kOnce} {
		for todo := sc.of[k] &^ core; todo != 0; {
			at := placeOf(sc.of[k], bits.TrailingZeros64(todo))
			todo &^= at.bits()
			if s.ends(k, f, pl, at, core, sc) {
				return at, true
			}
		}
	}
	return place{}, false
}

// ends tells whether words of kind k at a place say that the sign at pl is over.
func (s *scratch) ends(k int, f *found, pl, at place, core uint64, sc *scopes) bool {
	stop := (sc.of[kTurn] | sc.of[kPresent] | sc.of[kReturn]) &^ (sc.of[kOver] | sc.of[kWent])
	if s.told(f, pl, sc) {
		stop &^= sc.of[kTurn] &^ sc.of[kContrast] // "last winter it hurt so much that my knees would buckle"
	}
	switch {
	case (k == kOver || k == kWent) && s.isnot(k, f, int(at.start), sc):
		return false // "the physio hasn't shifted it"
	case k == kWent:
		return at.start >= pl.end && s.last(f, int(at.end), sc) && s.about(f, int(pl.end), int(at.start), sc) && !s.again(f, int(at.end), sc)
	case core&^at.bits() == 0:
		return true // "ex sciatica sufferer"
	case core&at.bits() != 0:
		return false // "months ago" that the sign itself names; "feel nothing since" is not "nothing since"
	case at.start >= pl.end && k == kOver && s.mends(f, at, sc):
		return !s.again(f, int(at.end), sc)
	case at.start >= pl.end && k == kPast && sc.of[kIs]&pl.bits() == 0 && s.thatWas(f, int(at.start), sc):
		return !s.again(f, int(at.end), sc)
	case at.start >= pl.end && k == kOver:
		return s.about(f, int(pl.end), int(at.start), sc) && !s.again(f, int(at.end), sc)
	case k == kOnce && at.start >= pl.end:
		return false // "it leaks, it used to be fine"
	case k == kPast && core&sc.of[kPresent] != 0:
		return false // "pain since I retired, that was in 2016"
	case at.start >= pl.end:
		gap := between(int(pl.end), int(at.start))
		if bits.OnesCount64(gap&^s.light) > 5 || stop&gap != 0 {
			return false
		}
		for p := int(pl.end); p <= int(at.start); p++ {
			// "numb, that was years ago" speaks of it, "numb, he slipped a disc years ago" does not.
			if s.at(f, p).before == clause && (bits.OnesCount64(between(int(pl.end), p)&^s.light) > 1 || sc.opens&^s.its(f)&(1<<p) != 0) {
				return false
			}
		}
		return !s.again(f, int(at.end), sc)
	case at.end <= pl.start && k == kOver && s.from(f, int(at.start), sc):
		return false // "since the epidural wore off"
	case at.end <= pl.start:
		gap := between(int(at.end), int(pl.start))
		if stop&gap != 0 || stop&pl.bits()&^core != 0 || s.again(f, int(pl.end), sc) {
			return false
		}
		for todo := sc.opens & (gap | 1<<pl.start); todo != 0; todo &= todo - 1 {
			// "Years ago, I was numb" is one thought; "I slipped years ago, I am numb" is two.
			p := bits.TrailingZeros64(todo)
			if s.joins(s.at(f, p-1)) || between(int(at.end), p)&^s.light != 0 || sc.of[kSubject]&between(0, int(at.start)) != 0 {
				return false
			}
		}
		return k != kOver || bits.OnesCount64(gap&^s.light) <= 2
	}
	// Among the words of the sign; "it used to be a stream and since Monday it is a drip" is so now.
	return k == kOver || !s.again(f, int(pl.end), sc)
}

// mends tells whether words that say that something is over do so of "it": "surgery cured it", "that's all behind me".
func (s *scratch) mends(f *found, at place, sc *scopes) bool {
	it := s.its(f)
	if it&at.bits() == 0 {
		return false
	}
	words := 0
	for p := int(at.start); p > 0; p-- {
		if s.at(f, p).before == clause || s.joins(s.at(f, p)) {
			return words <= 2
		}
		if s.light&(1<<(p-1)) == 0 {
			words++
		}
	}
	return words <= 2
}

// isnot tells whether a denial stands right before the words of kind k at position p.
func (s *scratch) isnot(k int, f *found, p int, sc *scopes) bool {
	for p > 0 && sc.of[k]&(1<<(p-1)) != 0 {
		p--
	}
	for p--; p >= 0 && s.at(f, p+1).before != clause; p-- {
		if sc.no&(1<<p) != 0 {
			return true
		}
		if s.light&(1<<p) == 0 {
			break
		}
	}
	return false
}

// from tells whether what ends before position p is where something else began: "since it cleared up", "when it healed".
func (s *scratch) from(f *found, p int, sc *scopes) bool {
	for p--; p >= 0 && s.at(f, p+1).before != clause; p-- {
		if sc.of[kTurn]&(1<<p) != 0 && sc.of[kContrast]&(1<<p) == 0 {
			return true
		}
	}
	return false
}

// thatWas tells whether a time behind the sign is the time of all that was said: ", that was six years ago".
func (s *scratch) thatWas(f *found, at int, sc *scopes) bool {
	it := s.its(f)
	for p := at - 1; p >= 0 && at-p <= 4; p-- {
		if it&(1<<p) != 0 && (s.at(f, p).before == clause || p > 0 && sc.of[kTurn]&(1<<(p-1)) != 0) {
			return true
		}
	}
	return false
}

// last tells whether a thought ends before position p.
func (s *scratch) last(f *found, p int, sc *scopes) bool {
	if p >= int(f.n) || s.at(f, p).before == clause || s.joins(s.at(f, p)) {
		return true
	}
	return sc.of[kTurn]&(1<<p) != 0
}

// about tells whether words from..to only speak of the sign itself: "numb, but it's all fine now" and not "numb,
// the pain has gone".
func (s *scratch) about(f *found, from, to int, sc *scopes) bool {
	if to < int(f.n) && s.at(f, to).before == clause {
		return true // ", all fine now"
	}
	if to > from && s.helps(f, to-1) && sc.of[kOwner]&between(from, to) == 0 && s.sameClause(f, from, to) {
		return true // "the weakness I wrote about in March has resolved"
	}
	words := 0
	for p := to - 1; p >= from; p-- {
		bit := uint64(1) << p
		if (sc.of[kTurn]|sc.of[kPast])&bit != 0 || s.joins(s.at(f, p)) {
			return words == 0
		}
		if s.light&bit == 0 && sc.of[kSubject]&bit == 0 {
			if words == 0 && p > 0 && sc.of[kOwner]&(bit>>1) != 0 && !s.named(f, p) {
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

// begin is where the clause begins that position p is in: behind a comma, a join or a turn.
func (s *scratch) begin(f *found, p int, sc *scopes) int {
	for ; p > 0 && s.at(f, p).before != clause; p-- {
		if s.joins(s.at(f, p-1)) || sc.of[kTurn]&(1<<(p-1)) != 0 {
			break
		}
	}
	return p
}

// helps tells whether a helping verb stands at position p: has, is, was.
func (s *scratch) helps(f *found, p int) bool {
	t := s.at(f, p)
	return s.m.lang.contracts[string(s.buf[t.lo:t.hi])] != ""
}

// sameClause tells whether no clause ends between positions from and to.
func (s *scratch) sameClause(f *found, from, to int) bool {
	for p := from; p <= to && p < int(f.n); p++ {
		if s.at(f, p).before == clause {
			return false
		}
	}
	return true
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
// again today". Behind a comma, "we still laugh" and "I run now" are other matters.
func (s *scratch) again(f *found, from int, sc *scopes) bool {
	commas := 0
	for p := from; p < int(f.n); p++ {
		if s.at(f, p).before == clause {
			if commas++; commas > 1 {
				return false
			}
		}
		bit := uint64(1) << p &^ (sc.of[kOver] | sc.of[kWent])
		if sc.of[kReturn]&bit != 0 || commas == 0 && sc.of[kPresent]&bit != 0 {
			return true
		}
	}
	return false
}

// closed tells whether the sentence under way, one after that of a sign, says that it is over: "That was in 2018",
// "Antibiotics sorted it", "Never again".
func (s *scratch) closed(f *found, sc *scopes) (place, bool) {
	const early = 14 // tokens before the words that close
	if sc.of[kReturn]&^(sc.of[kOver]|sc.of[kWent]) != 0 {
		return place{}, false
	}
	for _, k := range [3]int{kOver, kWent, kPast} {
		for todo := sc.of[k]; todo != 0; {
			at := placeOf(sc.of[k], bits.TrailingZeros64(todo))
			todo &^= at.bits()
			if at.start <= early && s.closes(k, f, at, sc) {
				return at, true
			}
		}
	}
	return place{}, false
}

// closes tells whether words of kind k at a place of a later sentence say that the sign is over.
func (s *scratch) closes(k int, f *found, at place, sc *scopes) bool {
	if k == kWent && !s.last(f, int(at.end), sc) || k != kPast && s.isnot(k, f, int(at.start), sc) {
		return false
	}
	it := s.its(f)
	if k == kOver && it&(1<<(at.end-1)) != 0 && bits.OnesCount64(between(0, int(at.start))&^s.light) <= 2 {
		return true // "antibiotics sorted it"
	}
	if !s.about(f, 0, int(at.start), sc) {
		return false
	}
	if k == kOver && at.start > 0 && it&(1<<(at.start-1)) != 0 {
		return true // "two years on it's back to normal"
	}
	before, others := between(s.begin(f, int(at.start), sc), int(at.start)), sc.of[kSubject]&^it
	if k == kPast {
		before = between(0, int(at.start))
	}
	if k == kPast && others&^at.bits() != 0 && (it&before == 0 || others&before != 0) {
		return false // "Last year I could still walk" closes nothing, "That was last year" does
	}
	words := 0
	for todo := before &^ (s.light | sc.of[kSubject] | it); todo != 0; todo &= todo - 1 {
		if !s.named(f, bits.TrailingZeros64(todo)) {
			words++
		}
	}
	return words == 0 || k == kOver && words <= 3 && (s.at(f, int(at.start)).before == clause || s.joins(s.at(f, int(at.start)-1)))
}
