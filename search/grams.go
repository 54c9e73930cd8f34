package search

import (
	"math"
	"slices"
	"unicode/utf8"
)

// Character n-grams compare words that have no stem in common: slips of the pen, compounds, forms that a stemmer
// does not know. A text's vector is the sum of its words' vectors, so the index keeps the n-grams of each word once,
// and a question is compared with each word of the candidates once.

// eachGram calls yield with the hash of each 3- and 4-gram of a word between two spaces.
func eachGram(word string, yield func(hash uint32)) {
	var runes [34]rune // longer words are numbers and accidents: their beginning will do
	n := 1
	runes[0] = ' '
	for i := 0; i < len(word) && n < len(runes)-1; {
		r, size := utf8.DecodeRuneInString(word[i:])
		runes[n] = r
		n++
		i += size
	}
	runes[n] = ' '
	n++
	for i := 0; i+3 <= n; i++ {
		h := uint32(2166136261) // FNV-1a
		for j := i; j < n && j < i+4; j++ {
			h = (h ^ uint32(runes[j])) * 16777619
			if j == i+2 || j == i+3 {
				yield(h ^ uint32(j-i))
			}
		}
	}
}

// gram builds the n-grams of all words that stand in questions.
func (c *corpus) gram() {
	asked := make([]bool, c.words.len())
	for _, w := range c.questions {
		if w &^= stopBit; w >= c.concepts {
			asked[w] = true
		}
	}
	var all []uint32
	c.gramEnds = make([]uint32, c.words.len())
	for w := range asked {
		if asked[w] {
			eachGram(c.words.word(uint32(w)), func(h uint32) { all = append(all, h) })
		}
		c.gramEnds[w] = uint32(len(all))
	}
	c.grams = slices.Clone(all)
	slices.Sort(c.grams)
	c.grams = slices.Clip(slices.Compact(c.grams))
	c.wordGrams = slices.Clip(all)
	for i, h := range all {
		n, _ := slices.BinarySearch(c.grams, h)
		c.wordGrams[i] = uint32(n)
	}

	df := make([]uint32, len(c.grams))
	seen := make([]uint32, len(c.grams))
	from := uint32(0)
	for i, w := range c.wordings {
		for _, word := range c.questions[from:w.end] {
			for _, g := range c.gramsOf(word &^ stopBit) {
				if seen[g] != uint32(i+1) {
					seen[g] = uint32(i + 1)
					df[g]++
				}
			}
		}
		from = w.end
	}
	n := float64(len(c.wordings))
	c.gramIDF = make([]float32, len(c.grams))
	for g := range df {
		c.gramIDF[g] = float32(idf(n, float64(df[g])))
	}
	c.unknownGramIDF = float32(idf(n, 0))

	counts := make([]float32, len(c.grams))
	from = 0
	for i := range c.wordings {
		w := &c.wordings[i]
		text := c.questions[from:w.end]
		for _, word := range text {
			for _, g := range c.gramsOf(word &^ stopBit) {
				counts[g]++
			}
		}
		sum := 0.0
		for _, word := range text {
			for _, g := range c.gramsOf(word &^ stopBit) {
				v := float64(counts[g] * c.gramIDF[g])
				sum += v * v
				counts[g] = 0
			}
		}
		w.gramNorm = float32(math.Sqrt(sum))
		from = w.end
	}
}

// gramsOf are the n-grams of a word.
func (c *corpus) gramsOf(word uint32) []uint32 {
	from := uint32(0)
	if word > 0 {
		from = c.gramEnds[word-1]
	}
	return c.wordGrams[from:c.gramEnds[word]]
}

// gramNumber finds the number of an n-gram by its hash.
func (c *corpus) gramNumber(hash uint32) (uint32, bool) {
	n, ok := slices.BinarySearch(c.grams, hash)
	return uint32(n), ok
}
