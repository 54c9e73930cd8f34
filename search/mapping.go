package search

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
)

// Bleve holds the inverted index. It is given the stems that our own analysis made, joined by spaces, and is asked for
// stems: so a text and a question are analysed in one way, ours.

const (
	// fieldText holds the stems of all wordings, tags, the answer and the section. One field finds as many as
	// question and answer apart do, at half the cost.
	fieldText = "text"

	// batchSize keeps the peak of memory at half a gigabyte when 100,000 entries are indexed. Every batch stays a
	// segment of its own for ever, so smaller ones would slow each search.
	batchSize = 20000
)

// newMapping describes the one field: nothing stored, no positions, no doc values, no catch-all field.
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
	entry.AddFieldMappingsAt(fieldText, field)
	entry.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	m.DefaultMapping = entry
	m.DefaultAnalyzer = stems
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
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
		for _, list := range [][]uint32{c.answer(i), c.sections[c.entries[i].section]} {
			for _, s := range list {
				b.WriteString(c.stems.word(s))
				b.WriteByte(' ')
			}
		}
		if err := batch.Index(strconv.Itoa(i), map[string]any{fieldText: b.String()}); err != nil {
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
	return c.open()
}

// open takes the reader that all searches share, and notes which entry each document is: Bleve numbers documents
// anew with every building.
func (c *corpus) open() error {
	advanced, err := c.bleve.Advanced()
	if err != nil {
		return fmt.Errorf("opening the index: %w", err)
	}
	if c.reader, err = advanced.Reader(); err != nil {
		return fmt.Errorf("reading the index: %w", err)
	}
	all, err := c.reader.DocIDReaderAll()
	if err != nil {
		return fmt.Errorf("listing documents: %w", err)
	}
	defer all.Close()
	c.entryOf = make([]uint32, len(c.entries))
	for range c.entries {
		id, err := all.Next()
		if err != nil || id == nil {
			return fmt.Errorf("listing documents: the index holds fewer than %d: %w", len(c.entries), err)
		}
		name, err := c.reader.ExternalID(id)
		if err != nil {
			return fmt.Errorf("naming a document: %w", err)
		}
		entry, err := strconv.Atoi(name)
		if err != nil || id.Value() >= uint64(len(c.entries)) {
			return fmt.Errorf("document %q has number %d of %d: %w", name, id.Value(), len(c.entries), err)
		}
		c.entryOf[id.Value()] = uint32(entry)
	}
	return nil
}

// close frees the index. It must be called once.
func (c *corpus) close() error {
	var errs []error
	if c.reader != nil {
		errs = append(errs, c.reader.Close())
	}
	if c.bleve != nil {
		errs = append(errs, c.bleve.Close())
	}
	return errors.Join(errs...)
}
