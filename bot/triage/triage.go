// Package triage finds red flags in a message.
//
// A message is folded (fold.go), cut into tokens (tokens.go) that are mended (tidy.go), and looked up word by word, with other
// spellings and small slips (words.go, spell.go, slips.go). Signs are short patterns over words (pattern.go), compiled
// (compile.go) to a machine (machine.go) that each sentence runs through (match.go). What is found is then judged by what
// stands around it: is it so, or denied, over, asked in general (scope.go, negation.go, past.go)? What a language brings to
// that is in language.go and english.go.
//
// A pack may also bring examples (learn.go), from which a classifier learns what no sign says and which signs are accidents
// (features.go, classifier.go, classifier_file.go). For authors, explain.go tells what was made of a message, and check.go
// which signs do nothing. The package knows no medicine and no platform: medical words are in packs.
package triage

import (
	"slices"
	"sort"
	"sync"

	"github.com/redpin/redpin/knowledge"
)

// A Matcher finds the red flags of packs in messages. It does not change once it is made and is safe for
// concurrent use.
type Matcher struct {
	machines []*machine
	unused   knowledge.Problems // concepts that no sign uses
	unsure   bool               // some signs are not here, or not all that they find
}

// New compiles the signs of packs. Its error is a knowledge.Problems with file and line of every bad sign. Beside problems,
// the matcher holds the signs that are whole, for Warnings and Alarms alone. The packs may be what knowledge.Load returns
// beside problems of its own, which are not told again.
func New(packs []*knowledge.Pack) (*Matcher, error) {
	m := &Matcher{}
	var problems knowledge.Problems
	rank := map[*knowledge.RedFlag]int{}
	compilers := map[string]*compiler{}
	classifiers := make([]*classifier, len(packs))
	misread := make([]knowledge.Problems, len(packs))
	var reading sync.WaitGroup // of classifiers, while signs compile: a tenth of the wait of whoever starts the program
	defer reading.Wait()
	var order []string
	for i, p := range packs {
		for _, f := range p.RedFlags {
			rank[f] = len(rank)
		}
		m.unsure = m.unsure || p.Missing != (knowledge.Missing{})
		if !hasSigns(p) {
			continue
		}
		if len(p.Learned) > 0 {
			reading.Go(func() { classifiers[i], misread[i] = readClassifier(p) })
		}
		if compilers[p.Language] == nil {
			compilers[p.Language] = newCompiler(languageOf(p.Language))
			order = append(order, p.Language)
		}
		compilers[p.Language].trust(p)
	}
	for _, p := range packs {
		if !hasSigns(p) {
			continue
		}
		c := compilers[p.Language]
		wrong, unused := c.add(p)
		problems = append(problems, wrong...)
		m.unused = append(m.unused, unused...)
		m.unsure = m.unsure || len(c.doubtful) > 0
	}
	for _, l := range order {
		c := compilers[l]
		if err := c.addScope(); err != nil {
			return m, err
		}
		mach := c.finish()
		for _, f := range mach.flags {
			r := rank[f]
			if f.Level != knowledge.Emergency {
				r += len(rank)
			}
			mach.ranks = append(mach.ranks, r)
		}
		mach.pool = &sync.Pool{New: func() any { return newScratch(mach) }}
		m.machines = append(m.machines, mach)
	}
	reading.Wait()
	for i, p := range packs {
		problems = append(problems, misread[i]...)
		if classifiers[i] != nil {
			mach := m.machines[slices.Index(order, p.Language)]
			mach.classifiers = append(mach.classifiers, classifiers[i])
		}
	}
	if len(problems) > 0 {
		m.unsure = true
		return m, problems.Sorted()
	}
	return m, nil
}

// hasSigns tells whether a pack has signs, or had some that could not be read.
func hasSigns(p *knowledge.Pack) bool { return len(p.RedFlags) > 0 || p.Missing.Signs }

// trust counts the words of a pack's own texts: its author spells them right, so they are slips in nothing.
func (c *compiler) trust(p *knowledge.Pack) {
	var buf []byte
	var tokens []token
	count := func(text string) {
		buf, tokens = split(text, c.m.lang.latin, buf, tokens)
		for _, t := range tokens {
			n := c.known[string(buf[t.lo:t.hi])]
			if n == nil {
				n = new(int32)
				c.known[string(buf[t.lo:t.hi])] = n
			}
			*n++
		}
	}
	for _, e := range p.Entries {
		count(e.Title)
		count(e.Body)
		for _, q := range e.Questions {
			count(q)
		}
	}
}

// Find returns the red flags that text raises: emergencies before specialist, then in the order of the packs,
// no id twice. Its time is bounded whatever the text.
func (m *Matcher) Find(text string) []*knowledge.RedFlag {
	var out []*knowledge.RedFlag
	var ranks []int
	for _, mach := range m.machines {
		s := mach.pool.Get().(*scratch)
		s.find(text, nil)
		s.classify(text)
		for i, yes := range s.done {
			if yes {
				out = append(out, mach.flags[i])
				ranks = append(ranks, mach.ranks[i])
			}
		}
		mach.pool.Put(s)
	}
	if len(out) < 2 {
		return out
	}
	sort.Sort(byRank{out, ranks})
	n := 0
	for _, f := range out { // the same id in two packs means the same matter
		if !has(out[:n], f.ID) {
			out[n] = f
			n++
		}
	}
	return out[:n]
}

func has(flags []*knowledge.RedFlag, id string) bool {
	for _, f := range flags {
		if f.ID == id {
			return true
		}
	}
	return false
}

type byRank struct {
	flags []*knowledge.RedFlag
	ranks []int
}

func (b byRank) Len() int           { return len(b.flags) }
func (b byRank) Less(i, j int) bool { return b.ranks[i] < b.ranks[j] }
func (b byRank) Swap(i, j int) {
	b.flags[i], b.flags[j] = b.flags[j], b.flags[i]
	b.ranks[i], b.ranks[j] = b.ranks[j], b.ranks[i]
}

// A judged is a found clause with what became of it. why is a place in the window that begins at token first.
type judged struct {
	found
	decision Decision
	why      place
	whyFirst int32
}

// find looks at a message and sets done for each flag that it raises. Where tell is given, nothing is skipped, and
// tell hears of everything that was found.
func (s *scratch) find(text string, tell func(judged)) {
	s.read(text)
	clear(s.done)
	clear(s.parts)
	s.founds = s.founds[:0]
	whole := s.oneSentence()
	s.windows(func(first, n int) {
		s.enter(first, n)
		var sc scopes
		ready := false
		s.search(func(c int32) bool {
			if tell != nil {
				return false
			}
			cl := &s.m.clauses[c]
			sg := &s.m.signs[cl.sign]
			// One clause of a flag that fires settles the window; a sign of several parts goes on to its others.
			return s.done[sg.flag] || s.parts[cl.sign]&(1<<cl.part) != 0 || whole && !s.wants(sg)
		}, first, n, func(f *found) {
			if !ready {
				sc, ready = s.scoped(first, n), true
			}
			cl := &s.m.clauses[f.clause]
			sg := &s.m.signs[cl.sign]
			d, why := s.decide(f, &sc)
			if d != Fires {
				if tell != nil {
					tell(judged{*f, d, why, f.first})
				}
				return
			}
			f.told = s.told(f, f.whole(), &sc)
			s.founds = append(s.founds, *f)
			if tell == nil && sg.parts == 1 {
				s.done[sg.flag] = true // until the next sentence says otherwise
			}
			s.parts[cl.sign] |= 1 << cl.part
		})
		if tell == nil {
			clear(s.done)
		}
	})
	if over := s.settle(tell); over && tell == nil {
		// What was found first turned out to be over. Others that were passed over because of it may be of now.
		s.findAll(text)
	}
}

// oneSentence tells whether the message is one sentence that is looked at as a whole: all parts of a sign are in it, or none count.
func (s *scratch) oneSentence() bool {
	for i := range s.tokens {
		if i > 0 && s.tokens[i].before == sentence {
			return false
		}
	}
	return len(s.tokens) <= most
}

// wants tells whether there is something to look for in each part of a sign.
func (s *scratch) wants(sg *sign) bool {
	for c := sg.first; c < sg.first+sg.parts; c++ {
		if s.wanted[c>>6]&(1<<(c&63)) == 0 {
			return false
		}
	}
	return true
}

// findAll is find without passing anything over.
func (s *scratch) findAll(text string) { s.find(text, func(judged) {}) }

// settle judges the clauses that fired in their own sentence by what comes after it, and by their other parts. It
// tells whether any of them is over.
func (s *scratch) settle(tell func(judged)) (over bool) {
	for lo, hi := 0, 0; lo < len(s.founds); lo = hi {
		next := s.founds[lo].next()
		todo := false
		for hi = lo; hi < len(s.founds) && s.founds[hi].next() == next; hi++ {
			sg := &s.m.signs[s.m.clauses[s.founds[hi].clause].sign]
			todo = todo || tell != nil || !s.done[sg.flag]
		}
		if !todo {
			continue
		}
		s.close(s.founds[lo:hi], next)
		for i := lo; i < hi; i++ {
			f := &s.founds[i]
			cl := &s.m.clauses[f.clause]
			j := judged{*f, Fires, f.why, f.whyFirst}
			if s.partial(cl) {
				j.decision = Partial
			} else if f.over {
				j.decision = Past
				over = true
			}
			if j.decision == Fires && cl.part == 0 {
				s.done[s.m.signs[cl.sign].flag] = true
			}
			if tell != nil {
				tell(j)
			}
		}
	}
	return over
}

// partial tells whether other parts of the sign of cl are nowhere in the message.
func (s *scratch) partial(cl *clauseOf) bool {
	return s.parts[cl.sign] != 1<<s.m.signs[cl.sign].parts-1
}

// close marks those of founds, which one sentence holds, that the next sentence says are over, or the one after that
// where the next only breathes: "Numb for days, lol. Wore off fine."
func (s *scratch) close(founds []found, next int32) {
	const breath = 2 // tokens
	told, further := false, false
	for i := range founds {
		told = told || founds[i].told
	}
	for range 3 {
		if int(next) >= len(s.tokens) || s.tokens[next].before != sentence {
			return
		}
		end := next + 1
		for int(end) < len(s.tokens) && end-next < most && s.tokens[end].before != sentence {
			end++
		}
		s.enter(int(next), int(end-next))
		sc := s.scoped(int(next), int(end-next))
		for i := range founds {
			f := &founds[i]
			if f.over || further && !f.told || s.partial(&s.m.clauses[f.clause]) {
				continue
			}
			after := *f
			after.first, after.n = next, uint8(end-next)
			if f.why, f.over = s.closed(&after, &sc); f.over {
				f.whyFirst = next
			}
		}
		if sc.of[kReturn]&^(sc.of[kOver]|sc.of[kWent]) != 0 {
			return // "Gone by Easter. It's back. Otherwise all fine."
		}
		if end-next > breath {
			if !told {
				return
			}
			further = true
		}
		next = end
	}
}
