package triage

// Denials: "no fever", "numb? no", "the nurse asked about numbness and I said no".

import "math/bits"

// reach is how many words that mean something may stand between a denial and what it denies; measured on the back
// pain pack, 5 finds "don't have any of the really scary numbness" and spares the next thought.
const reach = 5

// negated looks for a denial in the words between those of the sign, and before it, back to where its thought begins.
func (s *scratch) negated(f *found, pl place, core uint64, sc *scopes) (place, bool) {
	denials := sc.of[kNone] | sc.of[kNot]
	if gap := denials & pl.bits() &^ core; gap != 0 {
		return placeOf(gap, bits.TrailingZeros64(gap)), true
	}
	personal := pl.bits()&(sc.of[kSubject]|sc.of[kWhose]) != 0
	words, commas, lists := 0, 0, false
	for p := int(pl.start) - 1; p >= 0 && words <= reach; p-- {
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
		case sc.of[kAffirm]&bit != 0:
			words++
		case core&bit != 0:
		case sc.of[kNone]&bit != 0:
			return placeOf(bit, p), !s.interjects(f, p, sc)
		case sc.of[kNot]&bit != 0:
			return placeOf(bit, p), commas == 0 || lists
		case sc.of[kTurn]&bit != 0:
			return place{}, false
		case sc.of[kSubject]&bit != 0:
			if p == 0 || sc.of[kOpinion]&(bit>>1) == 0 {
				return place{}, false
			}
		case sc.of[kWhose]&bit != 0:
			if sc.opens&bit != 0 {
				return place{}, false
			}
		case s.light&bit == 0:
			words++
		}
	}
	return place{}, false
}

// unsaid looks before the sign for words that take back a whole thought, also one that itself says "can't": "it's not
// like I can't hold it", "far from incontinent".
func (s *scratch) unsaid(f *found, start int, core uint64, sc *scopes) (place, bool) {
	if in := sc.of[kUnsaid] & core; in != 0 {
		return placeOf(sc.of[kUnsaid], bits.TrailingZeros64(in)), true // "no loss of feeling"
	}
	words := 0
	for p := start - 1; p >= 0 && words <= reach; p-- {
		bit := uint64(1) << p
		if sc.of[kUnsaid]&bit != 0 {
			return placeOf(sc.of[kUnsaid], p), true
		}
		if sc.of[kContrast]&bit != 0 || s.at(f, p+1).before == clause && sc.opens&(1<<(p+1)) != 0 {
			break
		}
		if s.light&bit == 0 {
			words++
		}
	}
	return place{}, false
}

// well tells whether a part that the sign names is said to be well: "bladder's fine, legs grand". Where a "but" parts
// it from the rest of the sign, something is the matter all the same.
func (s *scratch) well(f *found, core uint64, sc *scopes) (place, bool) {
	if sc.of[kWell]&^core == 0 {
		return place{}, false
	}
	for i := range int(f.count) {
		end, words := int(f.places[i].end), 0
		for p := end; p < int(f.n) && p <= end+3 && (s.at(f, p).before < clause || s.at(f, p).colon); p++ {
			bit := uint64(1) << p
			if sc.of[kWell]&bit&^core != 0 {
				at := placeOf(sc.of[kWell], p)
				for j := range int(f.count) {
					if sc.of[kContrast]&between(int(at.end), int(f.places[j].start)) != 0 {
						return place{}, false
					}
				}
				return at, sc.of[kTurn]&(1<<at.end) == 0
			}
			if s.light&bit == 0 {
				if words++; words > 1 { // "bladder control: fine"
					break
				}
			}
		}
	}
	return place{}, false
}

// interjects tells whether the "no" at position p only answers: "no, an actual fever", "nah my legs are numb".
func (s *scratch) interjects(f *found, p int, sc *scopes) bool {
	if p+1 >= int(f.n) {
		return false
	}
	if s.at(f, p+1).before == clause {
		return true
	}
	t := s.at(f, p)
	return s.m.lang.answers[string(s.buf[t.lo:t.hi])] && (sc.of[kSubject]|sc.of[kOwner]|sc.of[kAffirm]|sc.of[kNot])&(1<<(p+1)) != 0
}

// refused tells whether a denial stands right before a place: "no back pain", but not "never off my feet since the
// procedure on my back".
func (s *scratch) refused(f *found, pl place, core uint64, sc *scopes) (place, bool) {
	for p := int(pl.start) - 1; p >= 0; p-- {
		bit := uint64(1) << p
		if s.at(f, p+1).before == clause || core&sc.no != 0 {
			break
		}
		if (sc.of[kNone]|sc.of[kNot])&bit != 0 {
			return placeOf(bit, p), !s.interjects(f, p, sc)
		}
		if s.light&bit == 0 || (sc.of[kSubject]|sc.of[kTurn])&bit != 0 {
			break
		}
	}
	return place{}, false
}

// torn tells whether a denial that the sign itself names belongs to another clause: "no weakness, I have feeling in
// my legs" does not say "no feeling".
func (s *scratch) torn(f *found, core uint64, sc *scopes) (place, bool) {
	for todo := core & sc.no &^ sc.of[kUnable]; todo != 0; {
		at := placeOf(core&sc.no, bits.TrailingZeros64(todo))
		todo &^= at.bits()
		rest := core >> at.end << at.end
		if rest == 0 {
			continue
		}
		opens := sc.opens & between(int(at.end), bits.TrailingZeros64(rest))
		start := int(at.start)
		for start > 0 && s.at(f, start).before != clause {
			start--
		}
		if opens != 0 && core&between(start, bits.TrailingZeros64(opens))&^at.bits() == 0 {
			return at, true
		}
	}
	return place{}, false
}

// answered tells whether the sign is a heading or a question to which the next word says no: "fever: no", "numbness
// or weak legs? nope", "fever no, chills no".
func (s *scratch) answered(f *found, end int) (place, bool) {
	const far = 6 // tokens of the question behind the sign
	for p := end; p < end+far && int(f.first)+p < len(s.tokens); p++ {
		t := s.at(f, p)
		if t.colon || p == end && t.before == spaced {
			i := int(f.first) + p + 1
			if s.m.lang.answers[string(s.buf[t.lo:t.hi])] && p < most && (i == len(s.tokens) || s.tokens[i].before >= clause) {
				return place{uint8(p), uint8(p + 1)}, true
			}
		}
		if t.before == sentence {
			break
		}
	}
	return place{}, false
}

// replied looks behind the sign for words that deny what was named: "they asked about numbness and I said no".
func (s *scratch) replied(f *found, end int, core uint64, sc *scopes) (place, bool) {
	for todo := sc.of[kReply]; todo != 0; {
		at := placeOf(sc.of[kReply], bits.TrailingZeros64(todo))
		todo &^= at.bits()
		if !s.last(f, int(at.end), sc) || s.again(f, int(at.end), sc) {
			continue
		}
		spoken := at.start > 0 && sc.of[kSubject]&(1<<(at.start-1)) != 0        // "I said no", but "my legs said no"
		within := at.bits()&core&sc.no != 0 && (spoken || at.bits()&^core != 0) // "asked about my bladder and I said no" is not "bladder + no"
		if within || int(at.start) >= end && sc.of[kTurn]&between(end, int(at.start)) == 0 {
			return at, true
		}
	}
	return place{}, false
}
