package search

import (
	"slices"
	"sort"
	"strings"
)

// A dictionary numbers words in their order. It is one text and the places in it, which costs a quarter of what a
// map does and gives the words with a common beginning as a range.
type dictionary struct {
	text string
	ends []uint32
}

// newDictionary sorts words, which are distinct.
func newDictionary(words []string) dictionary {
	slices.Sort(words)
	d := dictionary{ends: make([]uint32, len(words))}
	var b strings.Builder
	for i, w := range words {
		b.WriteString(w)
		d.ends[i] = uint32(b.Len())
	}
	d.text = b.String()
	return d
}

func (d *dictionary) len() int { return len(d.ends) }

func (d *dictionary) word(id uint32) string {
	if id == 0 {
		return d.text[:d.ends[0]]
	}
	return d.text[d.ends[id-1]:d.ends[id]]
}

// find returns the number of a word.
func (d *dictionary) find(word string) (uint32, bool) {
	i := d.search(word)
	return i, i < uint32(len(d.ends)) && d.word(i) == word
}

// search returns the number of the first word that does not sort before word.
func (d *dictionary) search(word string) uint32 {
	return uint32(sort.Search(len(d.ends), func(i int) bool { return d.word(uint32(i)) >= word }))
}

// prefixed returns the range of the words that begin with prefix.
func (d *dictionary) prefixed(prefix string) (from, to uint32) {
	from = d.search(prefix)
	n := sort.Search(len(d.ends)-int(from), func(i int) bool { return !strings.HasPrefix(d.word(from+uint32(i)), prefix) })
	return from, from + uint32(n)
}
