// Package search finds and ranks the entries that answer a question, and says how sure it is.
package search

import (
	"context"
	"errors"

	"github.com/redpin/redpin/knowledge"
)

// ErrClosed is returned by a search on an index that was closed, before or under its hands. The caller takes
// the new index and searches again.
var ErrClosed = errors.New("search: index is closed")

// An Index searches packs. It does not change once it is built and is safe for concurrent use.
type Index struct{}

// A Hit is an entry that may answer a question. Scores compare within one result only.
type Hit struct {
	Pack  *knowledge.Pack
	Entry *knowledge.Entry
	Score float64
}

// A Result is what a search found: the best first, ties in the order of pack and entry id.
type Result struct {
	Hits []Hit
	// Confidence is the probability, from 0 to 1, that the first hit answers the question. It compares
	// across questions and packs.
	Confidence float64
}

// New builds the index of packs. ctx ends the building early.
func New(ctx context.Context, packs []*knowledge.Pack) (*Index, error) { return &Index{}, nil }

// Search ranks the entries for one question and returns at most limit hits. A question without a known word has no hits.
func (x *Index) Search(ctx context.Context, question string, limit int) (Result, error) {
	return Result{}, nil
}

// Close frees the index after the searches that are under way. It may be called more than once.
func (x *Index) Close() error { return nil }
