package search

import (
	"context"
	"fmt"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// The first stage walks the postings that Bleve has for the question's stems and keeps the entries with the highest
// BM25. It reads postings itself, and does not send Bleve a query, for three reasons that were measured: Bleve 2.6
// gets the average length of BM25 wrong, it multiplies by the share of clauses that matched, and its order of equal
// scores changes with every building unless each match is also sorted by id. This way costs a quarter of that one.

const (
	// usualCandidates is how many entries of a pack the ranker looks at: with 50, no set gains half a point of hit@1, and
	// a search of the shipped pack takes twice as long. maxCandidates is for those who ask for longer lists.
	usualCandidates, maxCandidates = 20, 50
	// candidateK1 and candidateB are BM25's. A low b keeps long answers among the candidates.
	candidateK1 = 1.2
	candidateB  = 0.4
)

// candidates returns the numbers of at most n entries, those that hold most of the question. Stop words are asked for
// only when there is nothing else: they match half of a pack, and the ranker weighs them anyway.
func (c *corpus) candidates(ctx context.Context, q *parsed, n int, s *scratch) ([]uint32, error) {
	defer func() {
		for _, e := range s.matched {
			s.match[e] = 0
		}
		s.matched = s.matched[:0]
	}()
	var posting index.TermFieldDoc
	for i := range q.terms {
		t := &q.terms[i]
		if t.stop && q.asksContent {
			continue
		}
		for _, a := range t.alternatives {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			postings, err := c.reader.TermFieldReader(ctx, []byte(c.stems.word(a.stem)), fieldText, true, false, false)
			if err != nil {
				return nil, fmt.Errorf("reading the postings of a word: %w", err)
			}
			weight := t.weight * a.weight
			for {
				p, err := postings.Next(posting.Reset())
				if err != nil {
					return nil, fmt.Errorf("reading the postings of a word: %w", err)
				}
				if p == nil {
					break
				}
				e := c.entryOf[p.ID.Value()]
				if s.match[e] == 0 {
					s.matched = append(s.matched, e)
				}
				frequency := float32(p.Freq)
				s.match[e] += weight * frequency / (frequency + c.candidateNorm[e])
			}
			if err := postings.Close(); err != nil {
				return nil, fmt.Errorf("closing the postings of a word: %w", err)
			}
		}
	}

	// The best are kept in order; most entries fall below the last of them at the first look.
	better := func(a, b uint32) bool { return s.match[a] > s.match[b] || s.match[a] == s.match[b] && a < b }
	best := s.best[:0]
	for _, e := range s.matched {
		if len(best) == n {
			if !better(e, best[len(best)-1]) {
				continue
			}
			best = best[:len(best)-1]
		}
		at, _ := slices.BinarySearchFunc(best, e, func(a, b uint32) int {
			if better(a, b) {
				return -1
			}
			return 1
		})
		best = slices.Insert(best, at, e)
	}
	s.best = best
	return best, nil
}
