package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode/utf8"
)

// maxCompletions is how many words a beginning may stand for: those that most entries hold.
const maxCompletions = 24

// Complete ranks the entries for a question that is still being typed, for autocomplete: its last word may be the
// beginning of one. An empty text gives the first entries as their authors ordered them. Nothing that fits gives no
// hits.
func (x *Index) Complete(ctx context.Context, text string, limit int) ([]Hit, error) {
	if !x.enter() {
		return nil, ErrClosed
	}
	defer func() { _ = x.leave() }() // nothing is lost when freeing memory fails
	var all []Hit
	for _, c := range x.corpora {
		q := c.parseTyped(text)
		if len(q.words) == 0 {
			for _, e := range c.pack.Entries[:min(len(c.pack.Entries), max(0, limit-len(all)))] {
				all = append(all, Hit{Pack: c.pack, Entry: e})
			}
			continue
		}
		ranked, err := c.find(ctx, &q, limit)
		if err != nil {
			return nil, fmt.Errorf("completing from pack %q: %w", c.pack.ID, err)
		}
		for _, r := range ranked {
			all = append(all, Hit{c.pack, c.pack.Entries[r.entry], r.score})
		}
	}
	slices.SortStableFunc(all, func(a, b Hit) int {
		if a.Score == 0 && b.Score == 0 {
			return 0
		}
		return compareHits(a, b)
	})
	return all[:min(len(all), max(0, limit))], nil
}

// parseTyped reads a question whose last word may be the beginning of one.
func (c *corpus) parseTyped(text string) parsed {
	p := &parser{corpus: c, number: map[string]int{}}
	folded := fold(cut(text))
	tokens := tokenise(folded, c.language)
	var q parsed
	for _, token := range tokens {
		q.words = append(q.words, spoken{token, 1})
	}
	if n := len(tokens); n > 0 && c.typing(folded) {
		if words := c.completions(tokens[n-1]); len(words) > 0 {
			t := term{weight: 1}
			for _, w := range words {
				t.alternatives = append(t.alternatives, alternative{c.stemOf[w], 1})
			}
			p.terms = append(p.terms, t)
			tokens = tokens[:n-1]
		}
	}
	p.read(part{tokens: tokens, weight: 1})
	p.finish(&q)
	return q
}

// typing reports whether a text ends inside a word.
func (c *corpus) typing(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return wordRune(r)
}

// completions are the words that begin with a text, those in most entries first.
func (c *corpus) completions(beginning string) []uint32 {
	from, to := c.words.prefixed(beginning)
	words := make([]uint32, 0, maxCompletions+1)
	for w := from; w < to; w++ {
		at, _ := slices.BinarySearchFunc(words, w, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(c.wordFreq[b], c.wordFreq[a]), cmp.Compare(a, b))
		})
		if at < maxCompletions {
			words = slices.Insert(words, at, w)
			words = words[:min(len(words), maxCompletions)]
		}
	}
	return words
}
