package search

// What a word of the pack is to the question at hand: how alike their n-grams are, and for which term it stands. Where
// entries have many wordings, the candidates hold most words of the pack, of which the question sounds like few: it is
// quicker to go from the question to the words that share an n-gram with it. Where each has one, the candidates hold few
// of the pack's words, and each of those is heard when a wording brings it up.

// manyWordings is how many wordings an entry has, in the mean over the pack, from which on words are heard from the
// question, and wordings that hold none of its words but stop words are passed by. With 95, that saves two fifths of a search
// (BenchmarkSearchShipped); with one, in a pack of 10,000, hearing so would add a half, and with 15, a shop's messages
// lose a point of hit@1 to passing by.
const manyWordings = 40

// unheard marks a word that nothing is known of. A word that stands for no term is noTerm, others are noTerm plus the
// number of their term, from 1.
const unheard, noTerm = 0, 1

// hear works out what one word is to the question, and returns what term it stands for.
func (r *scorer) hear(word uint32) uint8 {
	s := r.s
	likeness := float32(0)
	for _, g := range r.gramsOf.row(word) {
		likeness += s.gram[g]
	}
	s.likeness[word] = likeness
	s.term[word] = noTerm + s.slot[r.stemOf[word]]
	s.words = append(s.words, word)
	return s.term[word]
}

// hearAll works out what all words are that the question sounds like.
func (r *scorer) hearAll() {
	s := r.s
	hear := func(word uint32) {
		if s.term[word] == unheard {
			s.term[word] = noTerm
			s.words = append(s.words, word)
		}
	}
	for _, g := range s.grams {
		for _, word := range r.wordsWith.row(g) {
			hear(word)
			s.likeness[word] += s.gram[g]
		}
	}
	for i := range r.q.terms {
		for _, a := range r.q.terms[i].alternatives {
			if int(s.slot[a.stem]) != i+1 {
				continue
			}
			for _, word := range r.wordsOf.row(a.stem) {
				hear(word)
				s.term[word] = noTerm + uint8(i+1)
			}
		}
	}
}
