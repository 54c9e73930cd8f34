package search

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search/internal/sample"
)

// BenchmarkSearch compares a whole search with Bleve's plain match of question and answer over the same texts.
func BenchmarkSearch(b *testing.B) {
	for _, entries := range []int{200, 1000, 10000} {
		p, questions := sample.Pack(entries, 500)
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
		p, _ := sample.Pack(entries, 0)
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
