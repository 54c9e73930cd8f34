package search

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/errgroup"

	"github.com/redpin/redpin/knowledge"
)

// A corpus is one pack, read once: Bleve's index, which finds candidates, and the forward index, which the ranker
// reads. The forward index holds numbers in a few long slices, so that an entry costs some hundred bytes and the
// garbage collector has nothing to follow.
type corpus struct {
	pack          *knowledge.Pack
	language      *language
	tune          weights
	bleve         bleve.Index
	reader        index.IndexReader
	entryOf       []uint32  // of a document of Bleve's
	candidateNorm []float32 // of an entry: the denominator of BM25

	// words are the surface forms of titles, questions and answers, stems what they reduce to; concepts (see
	// synonym.go) stand in both and sort first.
	words      dictionary
	stems      dictionary
	stemOf     []uint32  // of a word
	wordFreq   []uint16  // in how many entries' questions a word stands, at most 65535
	idf        []float32 // of a stem, stop words at their weight
	signatures []uint32  // of a word (see spell.go)
	synonyms   phrases
	equals     map[string][]string // everyday synonyms by stem (see english.go)
	concepts   uint32              // how many words, and how many stems, are concepts

	// Texts of questions are words, the highest bit set for stop words; those of answers are stems without stop words.
	questions []uint32
	wordings  []wording
	answers   []uint32
	labels    []uint32 // stems of tags
	entries   []span
	sections  [][]uint32 // stems of each section's name; 0 is empty

	// Character n-grams of the words of questions.
	grams   []uint32 // their hashes, sorted
	gramIDF []float32
	gramsOf rows // of a word, numbers of its n-grams; only where !wordy

	// Whether the entries have many wordings, and then, the other way round: the words of an n-gram, as often as they hold
	// it, and those of a stem (hear.go).
	wordy              bool
	wordsWith, wordsOf rows

	// How often the wordings hold each stem, how many different stems they hold, and what the likelihood ratio weighs
	// (likelihood.go). All are zero where every entry has one wording.
	stemCount   []uint32
	askedStems  int
	ratioWeight float64

	averageQuestion, averageAnswer float64
	unknownIDF, unknownGramIDF     float32

	scratch sync.Pool // *scratch
}

// stopBit marks a stop word in corpus.questions.
const stopBit = 1 << 31

// A wording is one way to ask for an entry; its words end at end in corpus.questions.
type wording struct {
	end      uint32
	norm     float32 // of its TF-IDF vector
	mass     float32 // sum of the IDF of its words
	gramNorm float32 // of its vector of character n-grams
	content  uint64  // its words that are no stop words, each as one of 64 bits
}

// A span says where the parts of an entry end.
type span struct {
	wordings, answer, labels uint32
	section                  uint32
}

// reading is what newCorpus knows of a text before words are numbered.
type reading struct {
	language *language
	ids      map[string]uint32 // provisional numbers, in the order of first sight
	surface  []string
	stem     []uint32 // provisional
	stemIDs  map[string]uint32
	stems    []string
	stop     []bool   // of a word
	line     []string // the stems of the text at hand
}

func (r *reading) word(token string) uint32 {
	if id, ok := r.ids[token]; ok {
		return id
	}
	id := uint32(len(r.surface))
	stem := token
	if !isConcept(token) {
		stem = r.language.stem(token)
	}
	sid, ok := r.stemIDs[stem]
	if !ok {
		sid = uint32(len(r.stems))
		stem = strings.Clone(stem)
		r.stemIDs[stem] = sid
		r.stems = append(r.stems, stem)
	}
	token = strings.Clone(token) // it is a part of a whole text
	r.ids[token] = id
	r.surface = append(r.surface, token)
	r.stem = append(r.stem, sid)
	r.stop = append(r.stop, r.language.stop[token])
	return id
}

// read appends the words of a text, and after the first word of each phrase of a synonym group its concept.
func (c *corpus) read(r *reading, text string, out []uint32) []uint32 {
	return c.readTokens(r, tokenise(fold(text), c.language), out)
}

func (c *corpus) readTokens(r *reading, tokens []string, out []uint32) []uint32 {
	r.line = r.line[:0]
	ids := make([]uint32, len(tokens))
	for i, token := range tokens {
		ids[i] = r.word(token)
		r.line = append(r.line, r.stems[r.stem[ids[i]]])
	}
	for i, id := range ids {
		out = append(out, id)
		for _, ph := range c.synonyms.match(r.line, i) {
			out = append(out, r.word(ph.concept))
		}
	}
	return out
}

// newCorpus reads a pack and builds both of its indexes.
func newCorpus(ctx context.Context, pack *knowledge.Pack) (*corpus, error) {
	c := &corpus{pack: pack, language: languageOf(pack.Language), tune: shipped}
	if c.language.english {
		c.equals = equalsOf(c.language)
	}
	c.synonyms = newPhrases(pack.Synonyms, c.language)
	r := &reading{language: c.language, ids: map[string]uint32{}, stemIDs: map[string]uint32{}}
	c.sections = [][]uint32{nil}
	sectionIDs := map[string]uint32{"": 0}
	for i, e := range pack.Entries {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		asked := map[string]bool{}
		before := len(c.wordings)
		for _, q := range append([]string{e.Title}, e.Questions...) {
			tokens := tokenise(fold(q), c.language)
			key := strings.Join(tokens, " ")
			if key == "" || asked[key] {
				continue
			}
			asked[key] = true
			c.questions = c.readTokens(r, tokens, c.questions)
			c.wordings = append(c.wordings, wording{end: uint32(len(c.questions))})
		}
		if len(c.wordings) == before { // a title without a word, such as "???"
			c.wordings = append(c.wordings, wording{end: uint32(len(c.questions))})
		}
		c.answers = c.read(r, withoutDestinations(e.Body), c.answers)
		for _, tag := range e.Tags {
			c.labels = c.read(r, tag, c.labels)
		}
		section, ok := sectionIDs[e.Section]
		if !ok {
			section = uint32(len(c.sections))
			sectionIDs[e.Section] = section
			c.sections = append(c.sections, c.read(r, e.Section, nil))
		}
		c.entries = append(c.entries, span{uint32(len(c.wordings)), uint32(len(c.answers)), uint32(len(c.labels)), section})
	}
	c.number(r)
	c.count()
	c.countStems()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return c.index(ctx) })
	group.Go(func() error {
		c.gram()
		c.measure()
		return nil
	})
	if err := group.Wait(); err != nil {
		return nil, errors.Join(err, c.close())
	}
	c.scratch.New = func() any { return newScratch(c) }
	return c, nil
}

// number gives words and stems their final numbers, by their order, and renumbers the texts.
func (c *corpus) number(r *reading) {
	c.words = newDictionary(slices.Clone(r.surface))
	c.stems = newDictionary(r.stems)
	for int(c.concepts) < c.words.len() && isConcept(c.words.word(c.concepts)) {
		c.concepts++
	}
	c.signatures = make([]uint32, c.words.len())
	for w := range c.signatures {
		c.signatures[w] = signature(c.words.word(uint32(w)))
	}
	stemTo := make([]uint32, len(r.stems))
	for stem, old := range r.stemIDs {
		stemTo[old], _ = c.stems.find(stem)
	}
	wordTo := make([]uint32, len(r.surface))
	c.stemOf = make([]uint32, len(r.surface))
	for old, word := range r.surface {
		id, _ := c.words.find(word)
		wordTo[old] = id
		c.stemOf[id] = stemTo[r.stem[old]]
	}
	for i, old := range c.questions {
		c.questions[i] = wordTo[old]
		if r.stop[old] {
			c.questions[i] |= stopBit
		}
	}
	// Answers leave stop words out. What a label or a section says counts whole.
	toStems := func(in []uint32, stops bool) []uint32 {
		out := in[:0]
		for _, old := range in {
			if stops || !r.stop[old] {
				out = append(out, stemTo[r.stem[old]])
			}
		}
		return slices.Clip(out)
	}
	answers := c.answers[:0]
	from := uint32(0)
	for i := range c.entries {
		end := c.entries[i].answer
		for _, old := range c.answers[from:end] {
			if !r.stop[old] {
				answers = append(answers, stemTo[r.stem[old]])
			}
		}
		from = end
		c.entries[i].answer = uint32(len(answers))
	}
	c.answers = slices.Clone(answers)
	c.labels = toStems(c.labels, true)
	for i, s := range c.sections {
		c.sections[i] = toStems(s, false)
	}
	c.questions = slices.Clone(c.questions)
	c.wordings = slices.Clone(c.wordings)
	c.entries = slices.Clone(c.entries)

	// The weight of a stop word is a part of its IDF from here on.
	c.idf = make([]float32, len(c.stems.ends))
	for old, stop := range r.stop {
		if stop {
			c.idf[stemTo[r.stem[old]]] = -1
		}
	}
}

// count sets the IDF of stems from the number of entries that hold them.
func (c *corpus) count() {
	df := make([]uint32, c.stems.len())
	seen := make([]uint32, c.stems.len())
	wordSeen := make([]uint32, c.words.len())
	c.wordFreq = make([]uint16, c.words.len())
	for i := range c.entries {
		mark := uint32(i + 1)
		add := func(stem uint32) {
			if seen[stem] != mark {
				seen[stem] = mark
				df[stem]++
			}
		}
		for _, w := range c.entryQuestions(i) {
			w &^= stopBit
			add(c.stemOf[w])
			if wordSeen[w] != mark {
				wordSeen[w] = mark
				if c.wordFreq[w] < math.MaxUint16 {
					c.wordFreq[w]++
				}
			}
		}
		for _, s := range c.answer(i) {
			add(s)
		}
		for _, s := range c.entryLabels(i) {
			add(s)
		}
	}
	n := float64(len(c.entries))
	for s := range c.idf {
		weight := 1.0
		if c.idf[s] < 0 {
			weight = c.tune.stop
		}
		c.idf[s] = float32(weight * idf(n, float64(df[s])))
	}
	c.unknownIDF = float32(idf(n, 0))
	// At least 1, for packs that hold no word at all.
	c.averageQuestion = math.Max(1, float64(len(c.questions))/float64(len(c.wordings)))
	c.averageAnswer = math.Max(1, float64(len(c.answers))/n)
	c.candidateNorm = make([]float32, len(c.entries))
	average := math.Max(1, float64(len(c.questions)+len(c.answers))/n)
	for i := range c.entries {
		length := float64(len(c.entryQuestions(i)) + len(c.answer(i)))
		c.candidateNorm[i] = float32(candidateK1 * (1 - candidateB + candidateB*length/average))
	}
}

// idf is the inverse document frequency of BM25: of n texts, df hold the word.
func idf(n, df float64) float64 { return math.Log(1 + (n-df+.5)/(df+.5)) }

// measure sets the lengths of the vectors of wordings.
func (c *corpus) measure() {
	counts := make([]float32, c.stems.len())
	from := uint32(0)
	for i := range c.wordings {
		w := &c.wordings[i]
		sum, mass := 0.0, 0.0
		text := c.questions[from:w.end]
		for _, word := range text {
			s := c.stemOf[word&^stopBit]
			counts[s]++
			if word&^stopBit >= c.concepts {
				mass += float64(c.idf[s])
			}
			if word&stopBit == 0 {
				w.content |= bitOf(s)
			}
		}
		for _, word := range text {
			s := c.stemOf[word&^stopBit]
			if word&^stopBit >= c.concepts {
				v := float64(c.idf[s] * counts[s])
				sum += v * v
			}
			counts[s] = 0
		}
		w.norm, w.mass = float32(math.Sqrt(sum)), float32(mass)
		from = w.end
	}
}

func (c *corpus) first(i int) span {
	if i == 0 {
		return span{}
	}
	return c.entries[i-1]
}

// wordingStart is where the words of wording w begin.
func (c *corpus) wordingStart(w uint32) uint32 {
	if w == 0 {
		return 0
	}
	return c.wordings[w-1].end
}

func (c *corpus) entryQuestions(i int) []uint32 {
	return c.questions[c.wordingStart(c.first(i).wordings):c.wordingStart(c.entries[i].wordings)]
}

func (c *corpus) answer(i int) []uint32 { return c.answers[c.first(i).answer:c.entries[i].answer] }

func (c *corpus) entryLabels(i int) []uint32 { return c.labels[c.first(i).labels:c.entries[i].labels] }
