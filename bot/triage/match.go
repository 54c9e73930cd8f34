package triage

// Matching: the tokens of a sentence light up features, features complete phrases, and phrases and words complete
// the signs. Work is bounded by the length of the message: a sentence is at most 63 tokens, longer ones are looked
// at in windows that overlap.

import (
	"hash/maphash"
	"math/bits"
)

const (
	most    = 63 // tokens looked at together: positions and the ends after them are bits of a uint64
	overlap = 31 // tokens that two windows on a long sentence share: longer than any sign that people write
)

// A glance remembers, for one message, what was found for a word that is in no list: the dear ones to look up. It
// holds a hash with a seed of this process, not the word: nobody's words outlive the reply.
type glance struct {
	look, hash uint64
	entry      *entry
}

var seed = maphash.MakeSeed()

// entry is what is known of a folded word.
func (s *scratch) entry(w []byte) *entry {
	if e := s.m.words.forms[string(w)]; e != nil || len(w) < 2 {
		return e
	}
	h := maphash.Bytes(seed, w)
	g := &s.seen[h%uint64(len(s.seen))]
	if g.look != s.looks || g.hash != h {
		*g = glance{s.looks, h, s.m.words.look(w)}
	}
	return g.entry
}

// A place is where something stands in a sentence: tokens from start up to end.
type place struct{ start, end uint8 }

// A span is a place of a feature that is longer than one token.
type span struct {
	place
	next int32
}

// A found is a clause of a sign that a sentence holds.
type found struct {
	clause int32
	home   int32 // token of the message from which places count
	first  int32 // token of the message where the window that is looked at starts: home's, or that of what follows it
	n      uint8 // tokens of the window
	places [4]place
	count  uint8 // of places

	told     bool // as something that was
	over     bool // a later sentence says so, with the words why, counted from token whyFirst
	why      place
	whyFirst int32
}

// whole is the place from the first word of the sign to its last.
func (f *found) whole() place {
	all := place{most, 0}
	for _, p := range f.places[:f.count] {
		all.start, all.end = min(all.start, p.start), max(all.end, p.end)
	}
	return all
}

// next is the token behind the window that f was found in.
func (f *found) next() int32 { return f.home + int32(f.n) }

// scratch is the working memory of one look at one message.
type scratch struct {
	m *machine

	buf    []byte
	raw    []token
	tokens []token

	entries []*entry // what is known of each token
	seen    [256]glance
	looks   uint64 // counts messages

	// Of the sentence under way:
	light   uint64   // tokens that do not count as words between
	begins  uint64   // joins before a subject: "and I"
	valid   uint64   // positions up to the end of the sentence
	mask    []uint64 // by feature: single tokens where it stands
	head    []int32  // by feature: its spans, as an index of spans plus one
	here    []uint64 // features that stand in it, as bits: small, so that most questions are answered from the nearest cache
	touched []int32
	spans   []span
	queue   []uint64 // phrases to look at, as bits
	wanted  []uint64 // clauses to look at, as bits

	under  found // the one that is looked at
	founds []found
	done   []bool   // by flag: it fires already
	parts  []uint32 // by sign: which of its parts were found, as bits
	lists  [4][]place

	readings []*reading // by classifier
}

func newScratch(m *machine) *scratch {
	return &scratch{
		m: m, mask: make([]uint64, m.features), head: make([]int32, m.features), here: make([]uint64, m.features/64+1),
		queue: make([]uint64, (len(m.phrases)+63)/64), wanted: make([]uint64, (len(m.clauses)+63)/64),
		done: make([]bool, len(m.flags)), parts: make([]uint32, len(m.signs)),
	}
}

// read splits a message into tokens and looks each of them up.
func (s *scratch) read(text string) {
	s.buf, s.raw = split(text, s.m.lang.latin, s.buf, s.raw)
	s.buf, s.tokens = s.m.words.tidy(s.buf, s.raw, s.tokens)
	s.entries = s.entries[:0]
	s.looks++
	for i := range s.tokens {
		t := &s.tokens[i]
		e := s.entry(s.buf[t.lo:t.hi])
		if e != nil && e.number {
			t.number, t.value = true, e.value
		}
		s.entries = append(s.entries, e)
	}
	s.column()
}

// column reads words that stand in lines or sentences of their own as one sentence, where there are at least three:
// "my\nlegs\nare\nnumb".
func (s *scratch) column() {
	const least = 3
	for lo := 0; lo < len(s.tokens); {
		hi := lo + 1
		for hi < len(s.tokens) && s.tokens[hi].before == sentence && !s.tokens[hi].asked {
			hi++
		}
		// The last of them begins a sentence of more words, unless the message ends there.
		if hi < len(s.tokens) && !s.tokens[hi].asked {
			hi--
		}
		if hi-lo >= least && s.tokens[lo].before == sentence {
			for i := lo + 1; i < hi; i++ {
				s.tokens[i].before = spaced
			}
		}
		lo = max(hi, lo+1)
	}
}

// windows calls yield with each sentence of the message, in parts where it is long.
func (s *scratch) windows(yield func(first, n int)) {
	for first := 0; first < len(s.tokens); {
		end := first + 1
		for end < len(s.tokens) && s.tokens[end].before != sentence {
			end++
		}
		for at := first; ; at += most - overlap {
			n := min(end-at, most)
			yield(at, n)
			if at+n >= end {
				break
			}
		}
		first = end
	}
}

// enter makes the sentence of n tokens from first the one under way, and finds the features that it holds.
func (s *scratch) enter(first, n int) {
	s.leave()
	s.light, s.begins, s.valid = 0, 0, 1<<(n+1)-1
	for i := range n {
		bit := uint64(1) << i
		t := &s.tokens[first+i]
		if e := s.entries[first+i]; e != nil {
			if e.light {
				s.light |= bit
				if i > 0 && e.speaks && s.joins(&s.tokens[first+i-1]) {
					s.begins |= bit >> 1
				}
			}
			for _, a := range e.atoms {
				s.lit(a, bit)
			}
			if i > 0 && e.not {
				s.contract(first, i)
			}
		}
		if t.number {
			for _, r := range s.m.ranges {
				if r.low <= t.value && t.value <= r.high {
					s.lit(r.feature, bit)
				}
			}
		}
	}
	s.complete(0, s.m.scopePhrases)
}

// contract reads "did not" as "didnt", too, where the "not" stands at position i.
func (s *scratch) contract(first, i int) {
	p := &s.tokens[first+i-1]
	short, ok := s.m.lang.contracts[string(s.buf[p.lo:p.hi])]
	if !ok || s.tokens[first+i].before > spaced {
		return
	}
	if e := s.m.words.forms[short]; e != nil {
		for _, a := range e.atoms {
			s.spanned(a, place{uint8(i - 1), uint8(i + 1)})
		}
	}
}

// spanned notes that feature f stands at a place of several tokens.
func (s *scratch) spanned(f int32, pl place) {
	for _, h := range s.m.holds[f] {
		if s.here[h>>6]&(1<<(h&63)) == 0 {
			s.touch(h)
		}
		s.spans = append(s.spans, span{pl, s.head[h]})
		s.head[h] = int32(len(s.spans))
	}
}

// leave forgets the sentence under way.
func (s *scratch) leave() {
	for _, f := range s.touched {
		s.mask[f], s.head[f], s.here[f>>6] = 0, 0, 0
	}
	s.touched, s.spans = s.touched[:0], s.spans[:0]
	clear(s.queue)
	clear(s.wanted)
}

// lit notes that feature f stands at one token.
func (s *scratch) lit(f int32, bit uint64) {
	for _, h := range s.m.holds[f] {
		if s.here[h>>6]&(1<<(h&63)) == 0 {
			s.touch(h)
		}
		s.mask[h] |= bit
	}
}

// touch wakes what may need feature f, which stands in the sentence for the first time.
func (s *scratch) touch(f int32) {
	s.touched = append(s.touched, f)
	s.here[f>>6] |= 1 << (f & 63)
	for _, p := range s.m.phrasesAt[f] {
		s.queue[p>>6] |= 1 << (p & 63)
	}
	for _, c := range s.m.clausesAt[f] {
		s.wanted[c>>6] |= 1 << (c & 63)
	}
}

// complete looks at the phrases of [from, to) that are in the queue. A phrase found may put later ones there.
func (s *scratch) complete(from, to int) {
	for w := from >> 6; w<<6 < to; w++ {
		for {
			todo := s.queue[w]
			if w == from>>6 {
				todo &= ^uint64(0) << (from & 63)
			}
			if (w+1)<<6 > to {
				todo &= 1<<(to&63) - 1
			}
			if todo == 0 {
				break
			}
			i := bits.TrailingZeros64(todo)
			s.queue[w] &^= 1 << i
			s.phrase(&s.m.phrases[w<<6+i])
		}
	}
}

func (s *scratch) phrase(p *phrase) {
	if !s.holds(p.steps) {
		return
	}
	// A wording is one thought: in "not numb and I can walk", "and I" parts "not" from "can".
	light, valid := s.light, s.valid
	s.light, s.valid = light&^s.begins, valid&^(s.begins<<1)
	for starts := s.starts(p.steps[0].feature); starts != 0; starts &= starts - 1 {
		at := bits.TrailingZeros64(starts)
		ends := s.follow(p.steps, 1<<at)
		if ends == 0 {
			continue
		}
		pl := place{uint8(at), uint8(bits.TrailingZeros64(ends))}
		s.spanned(p.concept, pl)
	}
	s.light, s.valid = light, valid
}

// holds tells whether every feature of steps stands somewhere.
func (s *scratch) holds(steps []step) bool {
	for _, st := range steps {
		if s.here[st.feature>>6]&(1<<(st.feature&63)) == 0 {
			return false
		}
	}
	return true
}

// starts are the positions where feature f begins.
func (s *scratch) starts(f int32) uint64 {
	at := s.mask[f]
	for i := s.head[f]; i != 0; i = s.spans[i-1].next {
		at |= 1 << s.spans[i-1].start
	}
	return at
}

// follow gives the positions after steps, begun at any of starts.
func (s *scratch) follow(steps []step, starts uint64) uint64 {
	ends := s.pass(steps[0].feature, starts)
	for _, st := range steps[1:] {
		if ends == 0 {
			return 0
		}
		ends = s.pass(st.feature, s.widen(ends, st.skip))
	}
	return ends
}

// pass gives the positions after feature f where it begins at one of starts.
func (s *scratch) pass(f int32, starts uint64) uint64 {
	ends := (s.mask[f] & starts) << 1
	for i := s.head[f]; i != 0; i = s.spans[i-1].next {
		if sp := s.spans[i-1]; starts&(1<<sp.start) != 0 {
			ends |= 1 << sp.end
		}
	}
	return ends
}

// widen adds to positions those behind light words and behind skip other words.
func (s *scratch) widen(at uint64, skip uint8) uint64 {
	if skip == 0 {
		return at
	}
	at = s.lighten(at)
	for range skip {
		at = s.lighten(at | at<<1&s.valid)
	}
	return at
}

func (s *scratch) lighten(at uint64) uint64 {
	for {
		wider := at | (at&s.light)<<1
		if wider == at {
			return at
		}
		at = wider
	}
}

// list gives the places of steps, at most 16: no sentence that means something says a thing more often.
func (s *scratch) list(steps []step, out []place) []place {
	out = out[:0]
	if !s.holds(steps) {
		return out
	}
	for starts := s.starts(steps[0].feature); starts != 0 && len(out) < 16; starts &= starts - 1 {
		at := bits.TrailingZeros64(starts)
		if ends := s.follow(steps, 1<<at); ends != 0 {
			out = append(out, place{uint8(at), uint8(bits.TrailingZeros64(ends))})
		}
	}
	return out
}

// search finds the clauses that the sentence under way holds, except those of flags that fire already: first those that
// are signs of their own, because one of them settles its flag.
func (s *scratch) search(settled func(clause int32) bool, first, n int, yield func(*found)) {
	for _, skip := range [2]uint64{0, ^uint64(0)} {
		for w := range s.wanted {
			for todo := s.wanted[w] & (s.m.alone[w] ^ skip); todo != 0; todo &= todo - 1 {
				c := int32(w<<6 + bits.TrailingZeros64(todo))
				if settled(c) {
					continue
				}
				s.clause(c, &s.m.clauses[c], first, n, yield)
			}
		}
	}
}

func (s *scratch) clause(c int32, cl *clauseOf, first, n int, yield func(*found)) {
	for _, st := range cl.with {
		if !s.holds(st) {
			return
		}
	}
	for i, st := range cl.with {
		s.lists[i] = s.list(st, s.lists[i])
		if len(s.lists[i]) == 0 {
			return
		}
	}
	for _, lead := range s.lists[0] {
		s.under = found{clause: c, home: int32(first), first: int32(first), n: uint8(n), count: uint8(len(cl.with))}
		s.under.places[0] = lead
		if s.near(&s.under, 1, len(cl.with)) {
			yield(&s.under)
		}
	}
}

// near fills the places of f from i on: each the nearest to the ones before, within the window and beside them.
func (s *scratch) near(f *found, i, n int) bool {
	for ; i < n; i++ {
		best, least := place{}, 1<<10
		for _, p := range s.lists[i] {
			d := 0
			for _, q := range f.places[:i] {
				switch {
				case p.start >= q.end:
					d = max(d, int(p.start-q.end))
				case q.start >= p.end:
					d = max(d, int(q.start-p.end))
				}
			}
			if d < least {
				best, least = p, d
			}
		}
		if least > window {
			return false
		}
		f.places[i] = best
	}
	return true
}
