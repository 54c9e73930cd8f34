package search

// scratch is the working memory of a search. Its slices are as long as the corpus, so it is kept for the next search
// and cleaned by what was set.
type scratch struct {
	// of entries (candidates.go)
	match   []float32 // the score as a candidate
	matched []uint32  // entries with a match
	best    []uint32

	// of stems (rank.go)
	slot  []uint8   // the question's term that the stem stands for, from 1
	share []float32 // its weight as an alternative

	// of n-grams
	gram  []float32 // the question's weight
	grams []uint32  // n-grams with a weight

	// of words
	likeness []float32 // the dot product of its n-grams with the question's
	term     []uint8   // what it stands for (hear.go)
	words    []uint32  // words that are heard

	scored  []scored
	tallies []tally // of the candidates (likelihood.go)
}

func newScratch(c *corpus) *scratch {
	return &scratch{
		match:    make([]float32, len(c.entries)),
		best:     make([]uint32, 0, maxCandidates),
		slot:     make([]uint8, c.stems.len()),
		share:    make([]float32, c.stems.len()),
		gram:     make([]float32, len(c.grams)),
		likeness: make([]float32, c.words.len()),
		term:     make([]uint8, c.words.len()),
		scored:   make([]scored, 0, maxCandidates),
		tallies:  make([]tally, maxCandidates),
	}
}

// clean makes the working memory of the ranker as new.
func (r *scorer) clean() {
	s := r.s
	for i := range r.q.terms {
		for _, a := range r.q.terms[i].alternatives {
			s.slot[a.stem] = 0
		}
	}
	for _, g := range s.grams {
		s.gram[g] = 0
	}
	for _, w := range s.words {
		s.likeness[w], s.term[w] = 0, unheard
	}
	s.grams, s.words = s.grams[:0], s.words[:0]
}
