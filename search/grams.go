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
	var all, holders []uint32 // n-grams, and the words that they stand in
	ends := make([]uint32, c.words.len())
	for w := range asked {
		if asked[w] {
			eachGram(c.words.word(uint32(w)), func(h uint32) { all, holders = append(all, h), append(holders, uint32(w)) })
		}
		ends[w] = uint32(len(all))
	}
	c.grams = slices.Clone(all)
	slices.Sort(c.grams)
	c.grams = slices.Clip(slices.Compact(c.grams))
	for i, h := range all {
		n, _ := slices.BinarySearch(c.grams, h)
		all[i] = uint32(n) // numbers from here on
	}
	gramsOf := rows{ends, all}
	if c.wordy = len(c.wordings) >= manyWordings*len(c.entries); c.wordy {
		c.wordsWith = newRows(len(c.grams), len(all), func(i int) uint32 { return all[i] }, func(i int) uint32 { return holders[i] })
		c.wordsOf = newRows(c.stems.len(), len(c.stemOf), func(word int) uint32 { return c.stemOf[word] }, func(word int) uint32 { return uint32(word) })
	} else {
		c.gramsOf = rows{ends, slices.Clip(all)}
	}

	// How often the grams of a wording stand in it.
	counts := make([]float32, len(c.grams))
	eachWording := func(see func(w *wording, seen []uint32)) {
		var seen []uint32
		from := uint32(0)
		for i := range c.wordings {
			w := &c.wordings[i]
			for _, word := range c.questions[from:w.end] {
				for _, g := range gramsOf.row(word &^ stopBit) {
					if counts[g] == 0 {
						seen = append(seen, g)
					}
					counts[g]++
				}
			}
			see(w, seen)
			for _, g := range seen {
				counts[g] = 0
			}
			seen, from = seen[:0], w.end
		}
	}
	c.gramIDF = make([]float32, len(c.grams))
	eachWording(func(_ *wording, seen []uint32) {
		for _, g := range seen {
			c.gramIDF[g]++
		}
	})
	n := float64(len(c.wordings))
	for g, df := range c.gramIDF {
		c.gramIDF[g] = float32(idf(n, float64(df)))
	}
	c.unknownGramIDF = float32(idf(n, 0))
	eachWording(func(w *wording, seen []uint32) {
		sum := 0.0
		for _, g := range seen {
			v := float64(counts[g] * c.gramIDF[g])
			sum += v * v
		}
		w.gramNorm = float32(math.Sqrt(sum))
	})
}

// gramNumber finds the number of an n-gram by its hash.
func (c *corpus) gramNumber(hash uint32) (uint32, bool) {
	n, ok := slices.BinarySearch(c.grams, hash)
	return uint32(n), ok
}
