package search

import (
	"math"
)

// weights are what the ranker is tuned by. There are few, they are round, and they were fixed by looking at all
// development sets at once: weights learnt from one kind of FAQ lose on the other (see testdata/quality.golden,
// which changes with any of them).
type weights struct {
	stopWeight float64 // of a function word against another word of the same IDF

	k1, bQuestion, bAnswer float64 // BM25: how soon repeating a word stops counting, and how much length does
	answer                 float64 // of a word in the answer against one in the question
	label                  float64 // of a word in a tag
	others                 float64 // of a word that only other wordings of the entry hold

	char, cosine, covered, pairs, answerPairs, section float64
	near                                               float64
	nearN                                              int
	idfMode                                            int
	x1, x2, x3, x4                                     float64
}

var shipped = weights{
	stopWeight: .5,
	k1:         1.2, bQuestion: .9, bAnswer: .75,
	answer: .5, label: .5, others: 0,
	char: .20, cosine: .05, covered: .05, pairs: .05, answerPairs: .20, section: .50, near: .5, nearN: 8, x2: .5, x3: .8, x4: .8,
}

// A scored entry is a candidate and what the ranker found in its best wording.
type scored struct {
	entry    int
	score    float64
	features features
}

// features are the parts of a score, each from 0 to 1.
type features struct {
	bm          float64 // BM25 over question and answer, as a share of what a perfect entry would get
	char        float64 // cosine of character n-grams
	cosine      float64 // TF-IDF cosine of the question
	covered     float64 // share of the asked words that the entry's question holds
	coveredAll  float64 // the same with the answer
	covers      float64 // share of the entry's question that was asked
	pairs       float64 // share of the asked pairs in the question
	answerPairs float64
	section     float64
}

// scratch is the working memory of one search. It is as long as the vocabulary and is cleaned by what was set.
type scratch struct {
	slot     []uint8   // of a stem: the term that it stands for, from 1
	share    []float32 // of a stem: its weight as an alternative
	gram     []float32 // of an n-gram: the question's weight
	likeness []float32 // of a word: its part of the dot product with the question
	seen     []bool    // whether likeness is set
	touched  []uint32  // words in likeness
	grams    []uint32  // n-grams in gram
	out      []scored
	match    []float32 // of an entry: its score as a candidate
	matched  []uint32  // entries in match
	best     []uint32
}

func newScratch(c *corpus) *scratch {
	return &scratch{
		slot: make([]uint8, c.stems.len()), share: make([]float32, c.stems.len()),
		match: make([]float32, len(c.entries)), best: make([]uint32, 0, maxCandidates),
		gram:     make([]float32, len(c.grams)),
		likeness: make([]float32, c.words.len()), seen: make([]bool, c.words.len()),
	}
}

// prepare writes the question into the scratch and returns the length of its n-gram vector.
func (c *corpus) prepare(q *parsed, s *scratch) float64 {
	for i := range q.terms {
		for _, a := range q.terms[i].alternatives {
			if a.weight == 1 {
				s.slot[a.stem] = uint8(i + 1)
				s.share[a.stem] = a.weight
			}
		}
	}
	for i := range q.terms {
		for _, a := range q.terms[i].alternatives {
			if s.slot[a.stem] == 0 {
				s.slot[a.stem] = uint8(i + 1)
				s.share[a.stem] = a.weight
			}
		}
	}
	unknown := map[uint32]float32{}
	for _, w := range q.words {
		eachGram(w.text, func(h uint32) {
			if g, ok := c.gramNumber(h); ok {
				if s.gram[g] == 0 {
					s.grams = append(s.grams, g)
				}
				s.gram[g] += w.weight
			} else {
				unknown[h] += w.weight
			}
		})
	}
	sum := 0.0
	for _, g := range s.grams {
		v := s.gram[g] * c.gramIDF[g]
		sum += float64(v * v)
		s.gram[g] = v * c.gramIDF[g] // ready for the dot product with counts
	}
	for _, n := range unknown {
		v := n * c.unknownGramIDF
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
}

func (c *corpus) clean(q *parsed, s *scratch) {
	for i := range q.terms {
		for _, a := range q.terms[i].alternatives {
			s.slot[a.stem] = 0
		}
	}
	for _, g := range s.grams {
		s.gram[g] = 0
	}
	for _, w := range s.touched {
		s.seen[w] = false
	}
	s.grams, s.touched, s.out = s.grams[:0], s.touched[:0], s.out[:0]
}

// likenessOf is the dot product of a word's n-grams with the question's.
func (c *corpus) likenessOf(word uint32, s *scratch) float32 {
	if s.seen[word] {
		return s.likeness[word]
	}
	sum := float32(0)
	for _, g := range c.gramsOf(word) {
		sum += s.gram[g]
	}
	s.seen[word] = true
	s.likeness[word] = sum
	s.touched = append(s.touched, word)
	return sum
}

// rank scores candidates, in no order.
func (c *corpus) rank(q *parsed, candidates []uint32, s *scratch) []scored {
	gramNorm := c.prepare(q, s)
	t := &c.tune
	n := len(q.terms)
	var pairAt [maxTerms + 1][maxTerms + 1]uint8
	pairTotal := 0.0
	for i, p := range q.pairs {
		pairAt[p.a+1][p.b+1], pairAt[p.b+1][p.a+1] = uint8(i+1), uint8(i+1)
		pairTotal += float64(p.weight)
	}
	pairShare := func(found uint64) float64 {
		if found == 0 || pairTotal == 0 {
			return 0
		}
		sum := 0.0
		for i, p := range q.pairs {
			if found>>i&1 == 1 {
				sum += float64(p.weight)
			}
		}
		return sum / pairTotal
	}
	total := float64(q.total)
	norm := 0.0
	for i := range q.terms {
		norm += float64(q.terms[i].weight) * float64(q.terms[i].weight)
	}
	norm = math.Sqrt(norm)

	for _, number := range candidates {
		entry := int(number)
		var inAnswer, inLabels, inQuestion, inAny [maxTerms + 1]float32
		var answerPairs uint64
		answer := c.answer(entry)
		previous := uint8(0)
		for _, stem := range answer {
			slot := s.slot[stem]
			if slot == 0 {
				if stem >= c.concepts {
					previous = 0
				}
				continue
			}
			inAnswer[slot] += s.share[stem]
			if previous != 0 {
				if p := pairAt[previous][slot]; p != 0 {
					answerPairs |= 1 << (p - 1)
				}
			}
			previous = slot
		}
		for _, stem := range c.entryLabels(entry) {
			if slot := s.slot[stem]; slot != 0 {
				inLabels[slot] = max(inLabels[slot], s.share[stem])
			}
		}
		if t.others > 0 {
			for _, w := range c.entryQuestions(entry) {
				stem := c.stemOf[w&^stopBit]
				if slot := s.slot[stem]; slot != 0 {
					inAny[slot] = max(inAny[slot], s.share[stem])
				}
			}
		}
		var shared features // what does not depend on the wording
		shared.answerPairs = pairShare(answerPairs)
		if section := c.sections[c.entries[entry].section]; len(section) > 0 && total > 0 {
			var seen [maxTerms + 1]bool
			for _, stem := range section {
				if slot := s.slot[stem]; slot != 0 && !seen[slot] {
					seen[slot] = true
					shared.section += float64(q.terms[slot-1].weight*s.share[stem]) / total
				}
			}
		}
		answerNorm := t.answer / (1 - t.bAnswer + t.bAnswer*float64(len(answer))/c.averageAnswer)

		best := scored{entry: entry, score: math.Inf(-1)}
		var top [8]float64
		nTop := 0
		start := c.wordingStart(c.first(entry).wordings)
		for w := c.first(entry).wordings; w < c.entries[entry].wordings; w++ {
			wd := &c.wordings[w]
			text := c.questions[start:wd.end]
			start = wd.end
			for i := 1; i <= n; i++ {
				inQuestion[i] = 0
			}
			f := shared
			var found uint64
			previous := uint8(0)
			dot, gramDot, asked := float32(0), float32(0), float32(0)
			for _, token := range text {
				word := token &^ stopBit
				gramDot += c.likenessOf(word, s)
				stem := c.stemOf[word]
				slot := s.slot[stem]
				if slot == 0 {
					if token&stopBit == 0 && word >= c.concepts {
						previous = 0
					}
					continue
				}
				inQuestion[slot] += s.share[stem]
				asked += c.idf[stem] * s.share[stem]
				dot += q.terms[slot-1].weight * c.idf[stem] * s.share[stem]
				if token&stopBit == 0 {
					if previous != 0 {
						if p := pairAt[previous][slot]; p != 0 {
							found |= 1 << (p - 1)
						}
					}
					previous = slot
				}
			}
			questionNorm := 1 / (1 - t.bQuestion + t.bQuestion*float64(len(text))/c.averageQuestion)
			for i := 1; i <= n; i++ {
				x := float64(inQuestion[i])*questionNorm + float64(inAnswer[i])*answerNorm + float64(inLabels[i])*t.label
				if inQuestion[i] == 0 {
					x += float64(inAny[i]) * t.others
				}
				weight := float64(q.terms[i-1].weight)
				if x == 0 {
					continue
				}
				f.bm += weight * x / (t.k1 + x)
				if inQuestion[i] > 0 {
					f.covered += weight * min(1, float64(inQuestion[i]))
				}
				f.coveredAll += weight * min(1, float64(inQuestion[i]+inAnswer[i]+inLabels[i]))
			}
			f.bm, f.covered, f.coveredAll = f.bm/total, f.covered/total, f.coveredAll/total
			if wd.norm > 0 && norm > 0 {
				f.cosine = min(1, float64(dot)/(float64(wd.norm)*norm))
			}
			if wd.mass > 0 {
				f.covers = min(1, float64(asked/wd.mass))
			}
			if wd.gramNorm > 0 && gramNorm > 0 {
				f.char = float64(gramDot) / (float64(wd.gramNorm) * gramNorm)
			}
			f.pairs = pairShare(found)
			score := f.bm + t.char*f.char + t.cosine*f.cosine + t.covered*f.covered + t.pairs*f.pairs +
				t.answerPairs*f.answerPairs + t.section*f.section
			if score > best.score {
				best.score, best.features = score, f
			}
			if t.near > 0 {
				v := score
				for k := 0; k < nTop; k++ {
					if v > top[k] {
						v, top[k] = top[k], v
					}
				}
				if nTop < t.nearN {
					top[nTop] = v
					nTop++
				}
			}
		}
		if t.near > 0 && nTop > 0 {
			sum := 0.0
			for _, v := range top[:nTop] {
				sum += v
			}
			if t.x1 > 0 {
				best.score = best.score*(1-t.near) + t.near*(sum+float64(t.nearN-nTop)*t.x1*top[nTop-1])/float64(t.nearN)
			} else {
				best.score = best.score*(1-t.near) + t.near*sum/float64(nTop)
			}
		}
		s.out = append(s.out, best)
	}
	return s.out
}
