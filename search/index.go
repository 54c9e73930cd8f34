// Package search finds and ranks the entries that answer a question, and says how sure it is.
package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/redpin/redpin/knowledge"
)

// ErrClosed is returned by a search on an index that was closed, before or under its hands. The caller takes
// the new index and searches again.
var ErrClosed = errors.New("search: index is closed")

// An Index searches packs. It does not change once it is built and is safe for concurrent use.
type Index struct {
	corpora []*corpus
	closed  atomic.Bool
	// users counts the searches under way, and the owner until Close. Who takes it to zero frees the index, so that
	// Bleve is closed once (it panics when it is closed twice) and never under a search.
	users atomic.Int64
}

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

// tieShare is the share of the first hit's score from which another hit may as well be the answer. One answer in five of
// the shipped pack's gets a tie so, and of its own questions 98.9% see a right entry instead of 97.7%.
const tieShare = 0.75

// Ties are the hits after the first that come so close to it that they may be what was meant, the best first, so
// that all shown are at most SuggestAtMost. An answer offers them as choices.
func (r Result) Ties() []Hit {
	if len(r.Hits) == 0 {
		return nil
	}
	n := 1
	for n < min(len(r.Hits), SuggestAtMost) && r.Hits[n].Score >= tieShare*r.Hits[0].Score {
		n++
	}
	return r.Hits[1:n]
}

// New builds the index of packs. ctx ends the building early. A pack without entries is not searched.
func New(ctx context.Context, packs []*knowledge.Pack) (*Index, error) {
	x := &Index{}
	x.users.Store(1)
	for _, pack := range packs {
		if len(pack.Entries) == 0 {
			continue
		}
		c, err := newCorpus(ctx, pack)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("indexing pack %q: %w", pack.ID, err), x.Close())
		}
		x.corpora = append(x.corpora, c)
	}
	return x, nil
}

// Search ranks the entries for one question and returns at most limit hits. A question without a known word has no hits.
func (x *Index) Search(ctx context.Context, question string, limit int) (Result, error) {
	if !x.enter() {
		return Result{}, ErrClosed
	}
	defer func() { _ = x.leave() }() // nothing is lost when freeing memory fails
	var best Result
	var all []Hit
	for _, c := range x.corpora {
		hits, sure, err := c.search(ctx, question, max(1, limit))
		if err != nil {
			return Result{}, fmt.Errorf("searching pack %q: %w", c.pack.ID, err)
		}
		if len(hits) > 0 && (len(best.Hits) == 0 || compareHits(hits[0], best.Hits[0]) < 0) {
			best = Result{hits, sure}
		}
		all = append(all, hits...)
	}
	slices.SortFunc(all, compareHits)
	best.Hits = all[:min(len(all), max(0, limit))]
	return best, nil
}

// compareHits orders the better first, and equals by the ids of pack and entry.
func compareHits(a, b Hit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Pack.ID, b.Pack.ID), cmp.Compare(a.Entry.ID, b.Entry.ID))
}

// search ranks the entries of one pack.
func (c *corpus) search(ctx context.Context, question string, limit int) ([]Hit, float64, error) {
	q := c.parse(question)
	ranked, err := c.find(ctx, &q, limit)
	if err != nil {
		return nil, 0, err
	}
	hits := make([]Hit, min(len(ranked), limit))
	for i := range hits {
		hits[i] = Hit{c.pack, c.pack.Entries[ranked[i].entry], ranked[i].score}
	}
	return hits, confidence(ranked), nil
}

// find runs both stages and returns the candidates, the best first, ties by id: limit of them, or a few more.
func (c *corpus) find(ctx context.Context, q *parsed, limit int) ([]scored, error) {
	if !q.known() {
		return nil, nil
	}
	s := c.scratch.Get().(*scratch)
	candidates, err := c.candidates(ctx, q, min(max(limit, usualCandidates), maxCandidates), s)
	if err != nil {
		return nil, err // the working memory goes, too
	}
	ranked := slices.Clone(c.rank(q, candidates, s))
	c.scratch.Put(s) // not deferred: after a panic it would hold half a question
	slices.SortFunc(ranked, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(c.pack.Entries[a.entry].ID, c.pack.Entries[b.entry].ID))
	})
	// The likelihood ratio only says which entry of this pack is meant. Taken from all scores alike, that of the first
	// leaves them comparable with those of a pack that has none.
	if len(ranked) > 0 {
		first := ranked[0]
		plain := first.score - first.ratio
		for i := range ranked {
			ranked[i].score -= first.ratio
			ranked[i].sure -= first.sure - plain
		}
	}
	return ranked, nil
}

// enter counts a search in, unless the index is closed.
func (x *Index) enter() bool {
	for {
		n := x.users.Load()
		if n == 0 || x.closed.Load() {
			return false
		}
		if x.users.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// leave counts it out.
func (x *Index) leave() error {
	if x.users.Add(-1) > 0 {
		return nil
	}
	var errs []error
	for _, c := range x.corpora {
		errs = append(errs, c.close())
	}
	return errors.Join(errs...)
}

// Close frees the index after the searches that are under way; it does not wait for them. Searches that come after
// it get ErrClosed. It may be called more than once.
func (x *Index) Close() error {
	if x.closed.Swap(true) {
		return nil
	}
	return x.leave()
}
