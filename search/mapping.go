package search

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	bsearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Bleve finds candidates for the ranker. It is given the stems that our own analysis made, joined by spaces, and is
// asked for stems: so a question is analysed once, in one way.

const (
	// fieldQuestion holds the stems of all wordings and tags, fieldText those and the answer's and section's.
	// One field with all of a text finds more than question and answer apart; the small field breaks its ties.
	fieldQuestion = "question"
	fieldText     = "text"
	questionBoost = 0.5

	// maxCandidates is how many entries of a pack the ranker looks at. Ranking all of them moves hit@1 by less than
	// half a point.
	maxCandidates = 50
	// batchSize keeps the peak of memory at half a gigabyte when 100,000 entries are indexed. Every batch stays a
	// segment of its own for ever, so smaller ones would slow each search.
	batchSize = 20000
	// maxTermSearchers stops a query that outgrew all limits above before Bleve builds it.
	maxTermSearchers = 512
)

// newMapping describes the two fields: nothing stored, no positions, no doc values, no catch-all field.
func newMapping() (mapping.IndexMapping, error) {
	const stems = "stems"
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer(stems, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	field := bleve.NewTextFieldMapping()
	field.Analyzer = stems
	field.Store, field.IncludeTermVectors, field.IncludeInAll, field.DocValues = false, false, false, false
	entry := bleve.NewDocumentStaticMapping()
	entry.AddFieldMappingsAt(fieldQuestion, field)
	entry.AddFieldMappingsAt(fieldText, field)
	entry.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	m.DefaultMapping = entry
	m.DefaultAnalyzer = stems
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.ScoringModel = "bm25" // ignored without a word by Bleve's older in-memory index, one more reason against it
	return m, nil
}

// index fills Bleve with the entries of the corpus.
func (c *corpus) index(ctx context.Context) error {
	m, err := newMapping()
	if err != nil {
		return fmt.Errorf("describing the index: %w", err)
	}
	// An empty path keeps scorch in memory.
	c.bleve, err = bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return fmt.Errorf("making an index in memory: %w", err)
	}
	c.bleve.SetName(c.pack.ID)
	var b strings.Builder
	batch := c.bleve.NewBatch()
	for i := range c.entries {
		b.Reset()
		for _, w := range c.entryQuestions(i) {
			b.WriteString(c.stems.word(c.stemOf[w&^stopBit]))
			b.WriteByte(' ')
		}
		for _, s := range c.entryLabels(i) {
			b.WriteString(c.stems.word(s))
			b.WriteByte(' ')
		}
		question := b.String()
		for _, list := range [][]uint32{c.answer(i), c.sections[c.entries[i].section]} {
			for _, s := range list {
				b.WriteString(c.stems.word(s))
				b.WriteByte(' ')
			}
		}
		if err := batch.Index(documentID(i), map[string]any{fieldQuestion: question, fieldText: b.String()}); err != nil {
			return fmt.Errorf("indexing entry %q: %w", c.pack.Entries[i].ID, err)
		}
		if batch.Size() == batchSize || i == len(c.entries)-1 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := c.bleve.Batch(batch); err != nil {
				return fmt.Errorf("indexing %d entries: %w", batch.Size(), err)
			}
			batch.Reset()
		}
	}
	return nil
}

// documentID makes ids that sort as their numbers do, so that equal scores keep the order of the pack.
func documentID(entry int) string { return fmt.Sprintf("%07d", entry) }

// candidates asks Bleve for the entries that hold the most of the question. Stop words are asked for only when there
// is nothing else: they match half of a pack, and the ranker weighs them anyway.
func (c *corpus) candidates(ctx context.Context, q *parsed) ([]int, error) {
	var clauses []query.Query
	for i := range q.terms {
		t := &q.terms[i]
		if t.stop && q.asksContent {
			continue
		}
		for _, a := range t.alternatives {
			for _, field := range []string{fieldText, fieldQuestion} {
				clause := query.NewTermQuery(c.stems.word(a.stem))
				clause.SetField(field)
				boost := float64(a.weight)
				if field == fieldQuestion {
					boost *= questionBoost
				}
				clause.SetBoost(boost)
				clauses = append(clauses, clause)
			}
		}
	}
	if len(clauses) == 0 {
		return nil, nil
	}
	request := bleve.NewSearchRequestOptions(query.NewDisjunctionQuery(clauses), maxCandidates, 0, false)
	request.SortBy([]string{"-_score", "_id"}) // Bleve's own order of equal scores changes with every building
	ctx = context.WithValue(ctx, bsearch.MaxTermSearchersKey, maxTermSearchers)
	found, err := c.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, err
	}
	out := make([]int, 0, len(found.Hits))
	for _, hit := range found.Hits {
		i, err := strconv.Atoi(hit.ID)
		if err != nil {
			return nil, fmt.Errorf("reading the index's document id %q: %w", hit.ID, err)
		}
		out = append(out, i)
	}
	return out, nil
}
