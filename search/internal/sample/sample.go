// Package sample makes the texts of the benchmarks, which must be the same for every engine that is compared.
//
// They come from a seed: words whose frequencies follow Zipf's law as those of a language do, questions of eight words
// and answers of fifty. What is measured on them is cost; quality is measured on real text.
package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/redpin/redpin/knowledge"
)

type generator struct {
	*rand.Rand
	zipf *rand.Zipf
}

// Pack returns a pack of so many entries, and questions to them. The same numbers give the same texts.
func Pack(entries, questions int) (*knowledge.Pack, []string) {
	g := newGenerator(entries)
	p := g.pack(entries)
	return p, g.questions(p, questions)
}

func newGenerator(entries int) *generator {
	r := rand.New(rand.NewPCG(7, uint64(entries)))
	// Some 3, 9 and 29 thousand words in 200, 1,000 and 10,000 entries, as in real FAQs of these sizes.
	return &generator{r, rand.NewZipf(r, 1.05, 8, uint64(290*math.Sqrt(float64(entries))))}
}

// word spells a number in syllables, so that words have stems, n-grams and neighbours.
func (g *generator) word() string {
	n := g.zipf.Uint64()
	if n < uint64(len(functionWords)) {
		return functionWords[n]
	}
	var b strings.Builder
	suffix := []string{"", "s", "ing", "ed", "er", "tion"}[n%6]
	for n = n/3 + 40; n > 0; n /= 40 {
		b.WriteByte("bcdfghlmnprstvwz"[n%16])
		b.WriteString([]string{"a", "e", "i", "o", "u", "ea", "an", "er", "in", "ol"}[n/4%10])
	}
	b.WriteString(suffix)
	return b.String()
}

var functionWords = strings.Fields("the to a and of is in i it you for on with my do can how what when why not are that be or if this from have at")

func (g *generator) text(words int) string {
	list := make([]string, words)
	for i := range list {
		list[i] = g.word()
	}
	return strings.Join(list, " ")
}

func (g *generator) pack(entries int) *knowledge.Pack {
	p := &knowledge.Pack{ID: "made", Language: "en"}
	for i := range entries {
		p.Entries = append(p.Entries, &knowledge.Entry{ID: fmt.Sprintf("e%06d", i), Title: g.text(8) + "?",
			Section: "section " + functionWords[i%len(functionWords)], Body: g.text(50)})
	}
	return p
}

// question asks for an entry: its words in another order, some left out, some others put in, a slip here and there.
func (g *generator) question(p *knowledge.Pack) string {
	words := strings.Fields(p.Entries[g.IntN(len(p.Entries))].Title)
	g.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	words = append(words[:len(words)-1], "hello", "can", "somebody", "help", g.word())
	for i, w := range words {
		if len(w) > 4 && g.IntN(12) == 0 {
			words[i] = w[:2] + w[3:4] + w[2:3] + w[4:]
		}
	}
	return strings.Join(words, " ")
}

func (g *generator) questions(p *knowledge.Pack, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = g.question(p)
	}
	return out
}

// FunctionWord reports whether the texts use a word as a language does its commonest: a search may leave it out.
func FunctionWord(word string) bool { return slices.Contains(functionWords, word) }
