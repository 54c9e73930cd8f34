package triage

// Scope decides what a sign that was found means: is it so, or denied, over, asked in general? The field's
// algorithms (NegEx, ConText) look for trigger words before and after and end their reach at the clause; so does
// this. What is denied is in negation.go, what is over in past.go; which words say so is a matter of the language
// (english_scope.go). In doubt a sign fires: a pin too many costs a smile, one too few may cost a life.

import "math/bits"

// A Decision says what became of a sign that was found.
type Decision string

// The decisions, as "redpin explain" prints them.
const (
	Fires     Decision = "fires"
	Negated   Decision = "negated"   // denied: "no fever"
	Past      Decision = "past"      // over: "ten years ago", "fine now"
	General   Decision = "general"   // asked of everyone, or of what may come: "is fever a red flag?"
	Elsewhere Decision = "elsewhere" // said of something else: "the dog drags its legs"
	Excepted  Decision = "excepted"  // the sign's own exception is in the sentence: !hay
	Partial   Decision = "partial"   // other parts of the sign are nowhere in the message
	Doubted   Decision = "doubted"   // the pack's examples hold it to be an accident
)

// The kinds of scope words: the keys of language.scope.
var scopeKinds = [...]string{
	"none", "not", "unable", "unsaid", "well", "thing", "story", "affirm", "reply", "turn", "contrast", "subject", "whose", "owner", "opinion",
	"past", "once", "over", "went", "present", "return", "was", "is", "general", "supposed",
}

const (
	kNone = iota
	kNot
	kUnable
	kUnsaid
	kWell
	kThing
	kStory
	kAffirm
	kReply
	kTurn
	kContrast
	kSubject
	kWhose
	kOwner
	kOpinion
	kPast
	kOnce
	kOver
	kWent
	kPresent
	kReturn
	kWas
	kIs
	kGeneral
	kSupposed
	kinds
)

// scopes are the tokens of a window that scope words of each kind cover.
type scopes struct {
	of    [kinds]uint64
	no    uint64 // every word that denies, also where it is part of the sign or of "no idea"
	opens uint64 // subjects that begin a clause of their own: "and I …", ", she …"
}

// scoped finds the scope words of the sentence under way.
func (s *scratch) scoped(first, n int) (sc scopes) {
	s.complete(s.m.scopePhrases, len(s.m.phrases))
	for k, f := range s.m.scope {
		if f < 0 {
			continue
		}
		sc.of[k] = s.mask[f]
		for i := s.head[f]; i != 0; i = s.spans[i-1].next {
			sc.of[k] |= s.spans[i-1].bits()
		}
	}
	sc.no = sc.of[kNone] | sc.of[kNot] | sc.of[kUnable]
	sc.of[kNone] &^= sc.of[kAffirm] | sc.of[kUnable]
	sc.of[kNot] &^= sc.of[kAffirm] | sc.of[kUnable]
	sc.of[kTurn] &^= sc.of[kAffirm]                                            // "so much as"
	sc.of[kWell] &^= sc.of[kAffirm]                                            // "fine all day"
	sc.drop(kPast, sc.of[kAffirm])                                             // "since last summer", "worse than before the op"
	sc.of[kOver] &^= sc.of[kAffirm]                                            // "can no longer"
	sc.of[kOnce] &^= sc.of[kAffirm]                                            // "the way I used to"
	sc.drop(kReturn, sc.of[kOver])                                             // "never again since"
	sc.of[kIs] &^= sc.of[kOver] | sc.of[kWent] | sc.of[kWell] | sc.of[kWas]<<1 // "couldn't feel" is no present
	for todo := sc.of[kSubject] | sc.of[kWhose]; todo != 0; todo &= todo - 1 {
		p := bits.TrailingZeros64(todo)
		if t := &s.tokens[first+p]; p > 0 && p < n && (t.before == clause || s.joins(&s.tokens[first+p-1])) {
			sc.opens |= 1 << p
		}
	}
	return sc
}

// drop takes away the words of kind k that hold any of mask.
func (sc *scopes) drop(k int, mask uint64) {
	for todo := sc.of[k] & mask; todo != 0; {
		at := placeOf(sc.of[k], bits.TrailingZeros64(todo)).bits()
		todo &^= at
		sc.of[k] &^= at
	}
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

// between are the positions from a up to b.
func between(a, b int) uint64 {
	if a >= b {
		return 0
	}
	return (1<<b - 1) &^ (1<<a - 1)
}

// at is the token at position p of the window of f.
func (s *scratch) at(f *found, p int) *token { return &s.tokens[int(f.first)+p] }

// joins tells whether a token is an and, or, nor.
func (s *scratch) joins(t *token) bool { return s.m.lang.joins[string(s.buf[t.lo:t.hi])] }

// decide tells what a found clause means, and the tokens of the window that say so.
func (s *scratch) decide(f *found, sc *scopes) (Decision, place) {
	cl := &s.m.clauses[f.clause]
	if p, yes := s.excepted(f, cl, sc); yes {
		return Excepted, p
	}
	if cl.part > 0 && sc.of[kNone]|sc.of[kNot] == 0 {
		return Fires, place{}
	}
	core, all := uint64(0), f.whole()
	for i := range int(f.count) {
		core |= s.core(cl.with[i], f.places[i])
	}
	if p, yes := s.torn(f, core, sc); yes {
		return Negated, p
	}
	if cl.part > 0 {
		// What only gives the sign its setting ("& back") may be long ago or in a question.
		for i := range int(f.count) {
			if p, yes := s.refused(f, f.places[i], core, sc); yes {
				return Negated, p
			}
		}
		return Fires, place{}
	}
	// A sign that itself says "can't" or "no feeling" is hardly ever denied, and in doubt it fires. What else is
	// denied beside it is another matter: "it isn't painful down there, it just has no feeling".
	if core&sc.no == 0 {
		for i := range int(f.count) {
			if why, yes := s.negated(f, f.places[i], core, sc); yes {
				return Negated, why
			}
		}
		if why, yes := s.answered(f, int(all.end)); yes {
			return Negated, why
		}
	}
	alone := s.m.flags[s.m.signs[cl.sign].flag].Alone
	if !alone {
		if why, yes := s.unsaid(f, int(all.start), core, sc); yes {
			return Negated, why
		}
		if why, yes := s.well(f, core, sc); yes {
			return Negated, why
		}
		if why, yes := s.elsewhere(f, all, core, sc); yes {
			return Elsewhere, why
		}
	}
	if why, yes := s.replied(f, int(all.end), core, sc); yes {
		return Negated, why
	}
	if why, yes := s.past(f, all, core, sc); yes {
		return Past, why
	}
	if alone {
		return Fires, place{}
	}
	if why, yes := s.general(f, all, core, sc); yes {
		return General, why
	}
	if sc.opens&between(int(all.start), int(all.end)) != 0 {
		return Fires, place{} // "she asked if I can feel my legs and I can't"
	}
	if why, yes := s.supposed(f, all.start, core, sc); yes {
		return General, why
	}
	return Fires, place{}
}

// excepted tells whether the sentence holds what a clause must not have beside it. What stands before a "but" takes
// nothing from a sign behind it ("I did squats, but now I can't feel my feet"), nor does what is denied ("not sweat").
func (s *scratch) excepted(f *found, cl *clauseOf, sc *scopes) (place, bool) {
	start := int(f.places[0].start)
	for _, p := range f.places[:f.count] {
		start = min(start, int(p.start))
	}
	for _, st := range cl.without {
		s.lists[3] = s.list(st, s.lists[3])
		for _, p := range s.lists[3] {
			if sc.of[kContrast]&between(int(p.end), start) == 0 && !s.isnt(f, p, sc) {
				return p, true
			}
		}
	}
	return place{}, false
}

// isnt tells whether a denial that is no part of the sign stands right before a place.
func (s *scratch) isnt(f *found, pl place, sc *scopes) bool {
	no := sc.no &^ sc.of[kUnable]
	for _, own := range f.places[:f.count] {
		no &^= own.bits()
	}
	for p := int(pl.start) - 1; p >= 0 && s.at(f, p+1).before != clause; p-- {
		if no&(1<<p) != 0 {
			return true
		}
		if s.light&(1<<p) == 0 {
			break
		}
	}
	return false
}

// elsewhere tells whether a sign is said of an animal, a small child or a thing, or happens in a story: the clause begins
// with it, and nobody else comes before the sign. "I fell over the dog and my leg gave way" is not said of the dog.
func (s *scratch) elsewhere(f *found, all place, core uint64, sc *scopes) (place, bool) {
	const far = 6 // words that mean something between the thing and the sign
	people := sc.of[kSubject]&^s.its(f) | sc.of[kWhose]
	if told := sc.of[kStory] &^ core; told != 0 {
		at := placeOf(told, bits.TrailingZeros64(told))
		if people&between(int(at.end), int(all.start))&^sc.of[kStory] == 0 {
			return at, true
		}
	}
	for todo := core & sc.of[kThing]; todo != 0; {
		at := placeOf(sc.of[kThing], bits.TrailingZeros64(todo)) // "the leg of the table", "bed leg"
		todo &^= at.bits()
		if at.bits()&^core&^s.light != 0 {
			return at, true
		}
	}
	words := 0
	for p := int(all.start) - 1; p >= 0 && words <= far && s.at(f, p+1).before != clause; p-- {
		bit := uint64(1) << p
		switch {
		case sc.of[kThing]&bit&^core != 0:
			at := placeOf(sc.of[kThing], p)
			others := 0
			for q := int(at.start); q > 0 && s.at(f, q).before != clause; q-- {
				if before := uint64(1) << (q - 1); sc.of[kTurn]&before != 0 || s.joins(s.at(f, q-1)) {
					break
				} else if s.light&before == 0 && sc.of[kWhose]&before == 0 || sc.of[kSubject]&before != 0 {
					others++
				}
			}
			return at, others <= 1 && sc.of[kThing]&(1<<at.start) != 0
		case people&bit != 0, sc.of[kTurn]&bit != 0:
			return place{}, false
		case s.light&bit == 0:
			words++
		}
	}
	return place{}, false
}

// general looks for words that ask of everyone, where nobody in the sentence is spoken of.
func (s *scratch) general(f *found, all place, core uint64, sc *scopes) (place, bool) {
	g := sc.of[kGeneral] &^ core
	if g == 0 || bits.TrailingZeros64(g) >= int(all.end) {
		return place{}, false
	}
	if sc.of[kSubject]&^sc.of[kGeneral]&^s.its(f) != 0 || sc.of[kWhose]&^sc.of[kGeneral] != 0 {
		return place{}, false
	}
	return placeOf(g, bits.TrailingZeros64(g)), true
}

// its are the tokens that say "it": a subject that may be the sign itself.
func (s *scratch) its(f *found) (mask uint64) {
	for i := range int(f.n) {
		t := &s.tokens[int(f.first)+i]
		if s.m.lang.its[string(s.buf[t.lo:t.hi])] {
			mask |= 1 << i
		}
	}
	return mask
}

// supposed looks before the sign for words that make it a mere possibility.
func (s *scratch) supposed(f *found, start uint8, core uint64, sc *scopes) (place, bool) {
	if s.again(f, int(start), sc) {
		return place{}, false // "told to watch for numbness and now I have it"
	}
	words := 0
	for p := int(start) - 1; p >= 0 && words <= 3; p-- {
		bit := uint64(1) << p
		if sc.of[kSupposed]&bit&^core != 0 {
			return placeOf(sc.of[kSupposed], p), true
		}
		if sc.of[kTurn]&bit != 0 || s.at(f, p+1).before == clause {
			break
		}
		if s.light&bit == 0 {
			words++
		}
	}
	return place{}, false
}
