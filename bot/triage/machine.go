package triage

// A machine is the signs of all packs of one language, compiled. Everything that a place of a sign may hold (a
// word, a concept, a choice, a range of numbers) is a feature with a number; a sentence is at most 63 tokens, so
// the places where a feature stands are the bits of one word, and following a sign is shifting bits.

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"sort"
	"sync"

	"github.com/redpin/redpin/knowledge"
)

// A step is one place of a compiled sequence.
type step struct {
	feature int32
	skip    uint8 // the words that may stand before it
}

// A phrase is a wording of a concept that has more than one place.
type phrase struct {
	steps   []step
	concept int32
}

// A clauseOf is what one sentence must hold for a part of a sign.
type clauseOf struct {
	with    [][]step
	without [][]step
	sign    int32
	part    int32 // which & of the sign
	anchor  int32 // the feature without which there is nothing to look for
}

type sign struct {
	flag  int32
	first int32 // the clause of its first part; those of the others follow
	parts int32
	src   *knowledge.Sign
}

type machine struct {
	lang     *language
	words    *vocabulary
	features int
	// holds are the features that a feature is part of: itself and each concept that it is a wording of.
	holds [][]int32
	// ranges are the features that are numbers.
	ranges []numberRange
	// phrases are in an order in which each comes after those that it is made of.
	phrases      []phrase
	phrasesAt    [][]int32 // by the feature that starts to make them worth a look
	clauses      []clauseOf
	clausesAt    [][]int32
	alone        []uint64 // clauses that are signs of their own, as bits
	signs        []sign
	writings     []writing // of signs
	flags        []*knowledge.RedFlag
	ranks        []int        // of flags: emergencies first, then the order of the packs
	scope        [kinds]int32 // the features of scope words, or -1
	scopePhrases int          // phrases from this number on are scope's: looked for only where a sign was found
	pool         *sync.Pool   // of *scratch
	classifiers  []*classifier
}

type numberRange struct {
	low, high float64
	feature   int32
}

// A signWord is a word of signs or concepts that is meant in all its forms.
type signWord struct {
	stem    string
	feature int32
	slips   bool // slips are looked for in it
}

// A compiler collects features.
type compiler struct {
	m          *machine
	exact      map[string]int32
	stemmed    map[string]int32
	words      map[string]*signWord
	ranges     map[[2]float64]int32
	choices    map[string]int32
	concepts   map[string]int32  // the concepts of the pack under way
	doubtful   map[string]bool   // those of them that have a problem, or are made of some that have
	size       []int             // how often people may be expected to write a feature, to choose anchors
	known      map[string]*int32 // words of the language and the packs, and how often the latter use them
	slipping   map[string]bool   // the concepts of the pack under way whose words are in slippery
	edges      [][]int32         // by feature: what it is a wording of
	exceptions [][]step          // of the flag under way: what its signs of ! alone name
	parser     parser
	stepsLeft  []step // storage for steps, cut off piece by piece
	key        []byte // of the choice under way
	literal    bool   // every word is meant exactly as it is written: stems blur what scope words tell apart
}

func newCompiler(lang *language) *compiler {
	c := &compiler{
		m: &machine{lang: lang}, exact: map[string]int32{}, stemmed: map[string]int32{}, words: map[string]*signWord{}, ranges: map[[2]float64]int32{},
		choices: map[string]int32{}, known: make(map[string]*int32, 8192), // about as many words as a pack and English have
	}
	counts := make([]int32, len(lang.known))
	for i, w := range lang.known {
		c.known[w] = &counts[i]
	}
	c.parser.words = c.fold
	return c
}

func (c *compiler) feature() int32 {
	c.size, c.edges = append(c.size, 0), append(c.edges, nil)
	return int32(len(c.size) - 1)
}

// often is one more than how often packs use a word.
func (c *compiler) often(word string) int {
	if n := c.known[word]; n != nil {
		return 1 + int(*n)
	}
	return 1
}

// fold splits the text of an author as a message is split.
func (c *compiler) fold(text string) []string {
	if isPlain(text) {
		return []string{text}
	}
	buf, ts := split(text, c.m.lang.latin, nil, nil)
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = string(buf[t.lo:t.hi])
	}
	return out
}

// isPlain tells whether text is a word that folding does not change: most of a pack's are.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < 'a' || text[i] > 'z' {
			return false
		}
	}
	return 0 < len(text) && len(text) <= longest
}

// steps compiles a sequence, whose concepts are known.
func (c *compiler) steps(s sequence) []step {
	if len(c.stepsLeft) < len(s) {
		c.stepsLeft = make([]step, 4096+len(s))
	}
	out := c.stepsLeft[:0:len(s)]
	c.stepsLeft = c.stepsLeft[len(s):]
	for i := range s {
		it := &s[i]
		skip := it.skip
		if c.literal && it.skip == shortGap {
			skip = 0
		}
		out = append(out, step{c.item(it), skip})
	}
	return out
}

func (c *compiler) item(it *item) int32 {
	kind := it.kind
	if kind == aWord && c.literal {
		kind = anExactWord
	}
	switch kind {
	case anExactWord:
		w := it.text
		f, ok := c.exact[w]
		if !ok {
			f = c.feature()
			c.exact[w] = f
			c.size[f] = c.often(w)
		}
		return f
	case aWord:
		w := c.words[it.text]
		if w == nil {
			w = &signWord{stem: c.m.lang.stemOf(it.text)}
			f, ok := c.stemmed[w.stem]
			if !ok {
				f = c.feature()
				c.stemmed[w.stem] = f
			}
			c.size[f] += c.often(it.text)
			w.feature = f
			c.words[it.text] = w
		}
		it.sign = w
		return w.feature
	case aRange:
		f, ok := c.ranges[*it.span]
		if !ok {
			f = c.feature()
			c.ranges[*it.span] = f
			c.m.ranges = append(c.m.ranges, numberRange{it.span[0], it.span[1], f})
			c.size[f] = 3
		}
		return f
	case aConcept:
		return c.concepts[it.text]
	}
	// A choice is a concept without a name.
	parts := make([][]step, 0, len(it.alts))
	for _, alt := range it.alts {
		parts = append(parts, c.steps(alt))
	}
	key := c.key[:0]
	for _, st := range parts {
		for _, s := range st {
			key = append(binary.AppendUvarint(key, uint64(s.feature)+1), s.skip)
		}
		key = append(key, 0)
	}
	c.key = key
	if f, ok := c.choices[string(key)]; ok {
		return f
	}
	f := c.feature()
	c.choices[string(key)] = f
	for _, st := range parts {
		c.wording(f, st)
	}
	return f
}

// wording makes steps a wording of concept f.
func (c *compiler) wording(f int32, st []step) {
	if len(st) == 1 {
		c.edges[st[0].feature] = append(c.edges[st[0].feature], f)
		c.size[f] += c.size[st[0].feature]
		return
	}
	c.m.phrases = append(c.m.phrases, phrase{st, f})
	c.size[f] += 1
}

// noConcept is what is wrong with a pattern that names a concept of the pack under way that does not exist.
func (c *compiler) noConcept(wrong string) mistake {
	return mistake{fmt.Sprintf("there is no concept <%s>", wrong), suggestion(wrong, slices.Sorted(maps.Keys(c.concepts)))}
}

// suggestion names the name that is nearest to the one that is wrong.
func suggestion(wrong string, names []string) string {
	best, least := "", 3
	if len(wrong) <= 5 {
		least = 2 // of words so short, two letters are too many to be a slip: leg is not pee
	}
	for _, n := range names {
		if d := distance(n, []byte(wrong)); d < least && d < len(wrong) {
			best, least = n, d
		}
	}
	if best != "" {
		return fmt.Sprintf("write <%s>, or add %s to concepts.yaml", best, wrong)
	}
	return fmt.Sprintf("add %s to concepts.yaml with its wordings, or write the words themselves", wrong)
}

// addScope compiles the scope words of the language. They come after the phrases of all packs.
func (c *compiler) addScope() error {
	c.m.scopePhrases = len(c.m.phrases)
	c.concepts, c.literal = nil, true
	for i, k := range scopeKinds {
		c.m.scope[i] = -1
		if len(c.m.lang.scope[k]) == 0 {
			continue
		}
		f := c.feature()
		c.m.scope[i] = f
		for _, text := range c.m.lang.scope[k] {
			s, err := c.parser.phrase(text)
			if err != nil {
				return fmt.Errorf("scope %s: %s: %w", k, text, err)
			}
			c.wording(f, c.steps(s))
		}
	}
	return nil
}

// finish orders the phrases and closes the tables.
func (c *compiler) finish() *machine {
	m := c.m
	m.features = len(c.size)
	// What a feature is part of, through concepts in concepts.
	m.holds = make([][]int32, m.features)
	seen := make([]int32, m.features) // the feature, plus one, on whose behalf each was seen last
	var all []int32
	for f := range m.holds {
		start := len(all)
		all = append(all, int32(f))
		for at := start; at < len(all); at++ {
			for _, y := range c.edges[all[at]] {
				if y != int32(f) && seen[y] != int32(f)+1 {
					seen[y] = int32(f) + 1
					all = append(all, y)
				}
			}
		}
		m.holds[f] = all[start:len(all):len(all)]
	}
	c.order()
	m.phrasesAt = make([][]int32, m.features)
	for i, p := range m.phrases {
		a := c.rarest(p.steps)
		m.phrasesAt[a] = append(m.phrasesAt[a], int32(i))
	}
	m.clausesAt = make([][]int32, m.features)
	m.alone = make([]uint64, (len(m.clauses)+63)/64)
	for i := range m.clauses {
		cl := &m.clauses[i]
		if m.signs[cl.sign].parts == 1 {
			m.alone[i>>6] |= 1 << (i & 63)
		}
		best := int32(-1)
		for _, w := range cl.with {
			if a := c.rarest(w); best < 0 || c.size[a] < c.size[best] {
				best = a
			}
		}
		cl.anchor = best
		m.clausesAt[best] = append(m.clausesAt[best], int32(i))
	}
	m.words = newVocabulary(m.lang, c.exact, c.stemmed, c.words, c.known)
	slippery := make([]string, 0, len(c.words))
	for w, sw := range c.words {
		if sw.slips && (!m.lang.light[w] || len(w) > 3) {
			slippery = append(slippery, w)
		}
	}
	sort.Strings(slippery)
	m.words.learnSlips(slippery, c.words)
	m.words.mend(c.exact)
	return m
}

// rarest is the feature of steps that people write least: the best to look for first.
func (c *compiler) rarest(st []step) int32 {
	best := st[0].feature
	for _, s := range st[1:] {
		if c.size[s.feature] < c.size[best] {
			best = s.feature
		}
	}
	return best
}

// order sorts the phrases so that each comes after those that make its steps, scope's last.
func (c *compiler) order() {
	m := c.m
	// The depth of a feature is how many phrases must be found one after another before it can be.
	depth := make([]int, m.features)
	for range len(m.phrases) + 1 {
		changed := false
		for _, p := range m.phrases {
			d := 0
			for _, s := range p.steps {
				d = max(d, depth[s.feature])
			}
			for _, f := range m.holds[p.concept] {
				if depth[f] < d+1 {
					depth[f] = d + 1
					changed = true
				}
			}
		}
		if !changed {
			break
		}
	}
	less := func(a, b phrase) int { return depth[a.concept] - depth[b.concept] }
	slices.SortStableFunc(m.phrases[:m.scopePhrases], less)
	slices.SortStableFunc(m.phrases[m.scopePhrases:], less)
}
