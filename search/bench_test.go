package search

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/redpin/redpin/knowledge"
)

// The texts of the benchmarks are made from a seed: words whose frequencies follow Zipf's law as those of a language
// do, questions of eight words and answers of fifty. What is measured is cost; quality is measured on real text.

type generator struct {
	*rand.Rand
	zipf *rand.Zipf
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

// BenchmarkSearch compares a whole search with Bleve's plain match of question and answer over the same texts.
func BenchmarkSearch(b *testing.B) {
	for _, entries := range []int{200, 1000, 10000} {
		g := newGenerator(entries)
		p := g.pack(entries)
		questions := g.questions(p, 500)
		b.Run(fmt.Sprintf("redpin/%d", entries), func(b *testing.B) {
			x := newIndex(b, p)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := x.Search(context.Background(), questions[i%len(questions)], 5); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("plain/%d", entries), func(b *testing.B) {
			index := plainIndex(b, p)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				text := questions[i%len(questions)]
				title, body := query.NewMatchQuery(text), query.NewMatchQuery(text)
				title.SetField("Title")
				body.SetField("Body")
				if _, err := index.Search(bleve.NewSearchRequestOptions(query.NewDisjunctionQuery([]query.Query{title, body}), 5, 0, false)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSearchShipped asks the shipped pack, which has sixty wordings an entry, its own questions.
func BenchmarkSearchShipped(b *testing.B) {
	base, err := knowledge.Load(os.DirFS(filepath.Join("..", "knowledge", "packs")))
	if err != nil {
		b.Fatal(err)
	}
	x := newIndex(b, base.Packs...)
	tests := base.Packs[0].Tests.Answers
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := x.Search(context.Background(), tests[i%len(tests)].Question, 5); err != nil {
			b.Fatal(err)
		}
	}
}

// plainIndex is what a program would do that uses Bleve's analyser and nothing of ours.
func plainIndex(b *testing.B, p *knowledge.Pack) bleve.Index {
	b.Helper()
	m := bleve.NewIndexMapping()
	field := bleve.NewTextFieldMapping()
	field.Analyzer = en.AnalyzerName
	field.Store, field.IncludeTermVectors, field.IncludeInAll, field.DocValues = false, false, false, false
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	m.DefaultMapping.AddFieldMappingsAt("Title", field)
	m.DefaultMapping.AddFieldMappingsAt("Body", field)
	m.ScoringModel = "bm25"
	index, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := index.Close(); err != nil {
			b.Error(err)
		}
	})
	batch := index.NewBatch()
	for _, e := range p.Entries {
		if err := batch.Index(e.ID, map[string]any{"Title": e.Title, "Body": e.Body}); err != nil {
			b.Fatal(err)
		}
	}
	if err := index.Batch(batch); err != nil {
		b.Fatal(err)
	}
	return index
}

// BenchmarkNew measures building, and what an index holds.
func BenchmarkNew(b *testing.B) {
	for _, entries := range []int{43, 1000, 10000} {
		p := newGenerator(entries).pack(entries)
		b.Run(fmt.Sprint(entries), func(b *testing.B) {
			for b.Loop() {
				x, err := New(context.Background(), []*knowledge.Pack{p})
				if err != nil {
					b.Fatal(err)
				}
				if err := x.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(heap(b, p))/float64(entries), "B/entry")
		})
	}
}
