package search

import (
	"math"
	"math/bits"
)

// The second stage scores each candidate by what it shares with the question, wording by wording. Scores are sums of
// shares (of the asked words, of the asked pairs of words, of n-grams), so they compare between packs; they do not
// compare between questions, which is what confidence is for.

// weights are what the ranker is tuned by. There are few, they are round, and they were fixed by looking at all
// development sets at once: weights learnt from question-like FAQs lose on article-like packs, and the reverse.
// testdata/quality.golden changes with each of them.
type weights struct {
	// stop is what a function word counts against another of the same IDF. Dropping them loses "how" and "when".
	stop float64

	// BM25: how soon repeating a word stops counting, and how much a text's length does.
	k1, bQuestion, bAnswer float64
	// What a word counts in the answer and in a tag, against one in the question. An answer as heavy as the
	// question lets long answers win.
	answer, label float64

	// What other evidence adds to BM25; see features.
	char, cosine, covered, pairs, answerPairs, section float64

	// near is what the mean of the nearest wordings counts against the best one. An entry with several wordings
	// near the question is a better bet than one with a single accident (hit@1 of 126 messages to a shop: 0.73 without, 0.83).
	near float64

	// ratio is what the likelihood ratio of an entry's wordings adds where there are very many; see likelihood.go. Of 231
	// unseen questions to the shipped pack, it puts 0.926 right at this weight, 0.91 at a third, 0.88 at a seventh.
	ratio float64
}

var shipped = weights{
	stop: .5,
	k1:   1.2, bQuestion: .9, bAnswer: .75,
	answer: .5, label: .5,
	char: .20, cosine: .05, covered: .05, pairs: .05, answerPairs: .20, section: .30,
	near: .65, ratio: 1.2,
}

// nearest is how many of an entry's wordings are averaged.
const nearest = 8

// features are what a question and a wording of an entry have in common, each a share from 0 to 1.
type features struct {
	bm          float64 // BM25 over question and answer, of what a perfect entry would get
	char        float64 // cosine of character n-grams
	cosine      float64 // cosine of TF-IDF
	covered     float64 // of the asked words, those in the wording
	covers      float64 // of the wording's words, those asked
	pairs       float64 // of the asked neighbours, those that are neighbours in the wording
	answerPairs float64 // the same in the answer
	section     float64 // of the asked words, those in the section's name
}

func (w *weights) score(f *features) float64 {
	return f.bm + w.char*f.char + w.cosine*f.cosine + w.covered*f.covered + w.pairs*f.pairs +
		w.answerPairs*f.answerPairs + w.section*f.section
}

// A scored entry is a candidate with its score and what confidence asks of it. Score and covers are those of its nearest
// wordings together: the best one for one part, the mean of all for the other (weights.near), so that a single accidental
// wording convinces nobody.
type scored struct {
	entry   uint32
	score   float64
	ratio   float64 // the likelihood ratio's part of the score
	sure    float64 // the score with a small part of the ratio, which is what confidence compares
	covers  float64 // of the words of a wording, those asked
	content float64 // of the asked words that are no stop words, those that stand anywhere in the entry
}

// slots are the terms of a question from 1; 0 is no term.
type slots [maxTerms + 1]float32

// A scorer scores entries for one question.
type scorer struct {
	*corpus
	q *parsed
	s *scratch

	weight    [maxTerms + 1]float64             // of a slot's term, as a share of the question
	pairAt    [maxTerms + 1][maxTerms + 1]uint8 // pairs from 1, by their slots
	pairShare [maxPairs + 1]float64
	asks      uint64  // the stems that stand for its terms, stop words left out, each as one of 64 bits
	norm      float64 // of the question's TF-IDF vector
	gramNorm  float64 // of its n-gram vector
}

// rank scores candidates, in their order.
func (c *corpus) rank(q *parsed, candidates []uint32, s *scratch) []scored {
	r := &scorer{corpus: c, q: q, s: s}
	r.prepare()
	defer r.clean()
	out := s.scored[:0]
	for i, entry := range candidates {
		s.tallies[i] = tally{}
		out = append(out, r.entry(entry, &s.tallies[i]))
	}
	if r.ratioWeight > 0 {
		r.ratios(out, s.tallies)
	}
	s.scored = out
	return out
}

// entry scores one entry and counts what its wordings hold.
func (r *scorer) entry(entry uint32, t *tally) scored {
	var inAnswer, inLabels slots
	var shared features // what all wordings have in common
	answer := r.answer(int(entry))
	shared.answerPairs = r.stems(answer, &inAnswer)
	for _, stem := range r.entryLabels(int(entry)) {
		if slot := r.s.slot[stem]; slot != 0 {
			inLabels[slot] = max(inLabels[slot], r.s.share[stem])
		}
	}
	if section := r.sections[r.entries[entry].section]; len(section) > 0 {
		var in slots
		r.stems(section, &in)
		for i := range r.q.terms {
			shared.section += r.weight[i+1] * float64(min(1, in[i+1]))
		}
	}
	answerNorm := r.tune.answer / (1 - r.tune.bAnswer + r.tune.bAnswer*float64(len(answer))/r.averageAnswer)
	base := baseline{}
	for i := 1; i <= len(r.q.terms); i++ {
		// From here on what a wording adds to.
		inLabels[i] = float32(float64(inAnswer[i])*answerNorm + float64(inLabels[i])*r.tune.label)
		base.terms[i] = float64(inLabels[i])
		base.bm += r.saturated(i, base.terms[i])
	}

	// The nearest wordings, the best first.
	var top [nearest]near
	wordings := r.wordings[r.first(int(entry)).wordings:r.entries[entry].wordings]
	start := r.wordingStart(r.first(int(entry)).wordings)
	looked := 0
	for n := range wordings {
		w := &wordings[n]
		text := r.questions[start:w.end]
		start = w.end
		t.length += float32(len(text))
		if r.wordy && r.asks != 0 && w.content&r.asks == 0 {
			r.pass(text, t)
			continue
		}
		looked++
		f := shared
		r.wording(w, text, &base, &f, t)
		v := near{r.tune.score(&f), f.covers}
		if looked > nearest && v.score <= top[nearest-1].score {
			continue
		}
		for i := range top[:min(looked, nearest)] {
			if i == looked-1 || v.score > top[i].score {
				v, top[i] = top[i], v
			}
		}
	}
	out := scored{entry: entry}
	n := min(len(wordings), nearest)
	for i := looked; i < n; i++ { // those that were passed by
		f := shared
		f.bm = base.bm
		top[i] = near{score: r.tune.score(&f)}
	}
	for i, v := range top[:n] {
		share := r.tune.near / float64(n)
		if i == 0 {
			share += 1 - r.tune.near
		}
		out.score += share * v.score
		out.covers += share * v.covers
	}
	out.sure = out.score
	out.content = r.content(&t.terms, &inAnswer, &inLabels)
	return out
}

// content is the share of the asked content words that an entry holds in its wordings, its answer or its tags. labels is
// above zero where one of the latter two has the word.
func (r *scorer) content(wordings, answer, labels *slots) float64 {
	var all, found float32
	for i := range r.q.terms {
		t := &r.q.terms[i]
		if t.stop {
			continue
		}
		all += t.weight
		switch in := wordings[i+1] + answer[i+1]; {
		case in > 0:
			found += t.weight * min(1, in)
		case labels[i+1] > 0:
			found += t.weight // only a tag holds it, which an author wrote for this
		}
	}
	if all == 0 {
		return 0
	}
	return float64(found / all)
}

// A near wording's score and the share of its words that were asked.
type near struct{ score, covers float64 }

// A baseline is what an entry's answer and tags alone add to each term of BM25, and make of it.
type baseline struct {
	terms [maxTerms + 1]float64
	bm    float64
}

// saturated is what x occurrences of the term of a slot add to BM25.
func (r *scorer) saturated(slot int, x float64) float64 {
	return r.weight[slot] * x / (r.tune.k1 + x)
}

// stems counts the question's terms in a text of stems and returns the share of its pairs that are there.
func (r *scorer) stems(text []uint32, in *slots) float64 {
	var pairs uint64
	previous := uint8(0)
	for _, stem := range text {
		slot := r.s.slot[stem]
		if slot == 0 {
			if stem >= r.concepts { // a concept stands beside its phrase and parts nobody
				previous = 0
			}
			continue
		}
		in[slot] += r.s.share[stem]
		pairs |= 1 << r.pairAt[previous][slot]
		previous = slot
	}
	return r.pairsShare(pairs)
}

// pairsShare sums the shares of a set of pairs. Bit 0 stands for neighbours that are no pair.
func (r *scorer) pairsShare(pairs uint64) float64 {
	share := 0.0
	for i := 1; pairs>>i != 0; i++ {
		if pairs>>i&1 == 1 {
			share += r.pairShare[i]
		}
	}
	return share
}

// pass counts a wording that holds no word of the question but stop words. Where entries have many wordings, there are
// enough others, and to compare all takes half as long again.
func (r *scorer) pass(text []uint32, t *tally) {
	for _, token := range text {
		word := token &^ stopBit
		if term := r.s.term[word]; term > noTerm {
			t.terms[term-noTerm] += r.s.share[r.stemOf[word]]
		}
	}
}

// wording compares the question with one wording, sets what depends on it and counts it in the tally.
func (r *scorer) wording(w *wording, text []uint32, base *baseline, f *features, t *tally) {
	var in slots
	var hit, pairs uint64 // sets of slots and of pairs
	var dot, gramDot, asked float32
	previous := uint8(0)
	for _, token := range text {
		word, stop := token&^stopBit, token&stopBit != 0
		term := r.s.term[word]
		if term == unheard && !r.wordy {
			term = r.hear(word)
		}
		gramDot += r.s.likeness[word]
		if term <= noTerm {
			if !stop && word >= r.concepts {
				previous = 0
			}
			continue
		}
		slot := term - noTerm
		stem := r.stemOf[word]
		share := r.s.share[stem]
		mass := r.idf[stem] * share
		hit |= 1 << slot
		in[slot] += share
		t.terms[slot] += share
		asked += mass
		dot += r.q.terms[slot-1].weight * mass
		if !stop {
			pair := r.pairAt[previous][slot]
			pairs |= 1 << pair
			t.pairs[pair]++
			previous = slot
		}
	}
	f.bm = base.bm
	length := 1 / (1 - r.tune.bQuestion + r.tune.bQuestion*float64(len(text))/r.averageQuestion)
	for ; hit != 0; hit &= hit - 1 {
		i := bits.TrailingZeros64(hit)
		f.bm += r.saturated(i, base.terms[i]+float64(in[i])*length) - r.saturated(i, base.terms[i])
		f.covered += r.weight[i] * float64(min(1, in[i]))
	}
	if w.norm > 0 {
		f.cosine = min(1, float64(dot)/(float64(w.norm)*r.norm))
	}
	if w.mass > 0 {
		f.covers = float64(min(1, asked/w.mass))
	}
	if w.gramNorm > 0 && r.gramNorm > 0 {
		f.char = min(1, float64(gramDot)/(float64(w.gramNorm)*r.gramNorm))
	}
	f.pairs = r.pairsShare(pairs)
}

// prepare writes the question into the working memory.
func (r *scorer) prepare() {
	s := r.s
	sum, pairs := 0.0, float32(0)
	// A word that was asked stands for itself and not for another that it could be a synonym of.
	for _, exact := range []bool{true, false} {
		for i := range r.q.terms {
			for _, a := range r.q.terms[i].alternatives {
				if exact == (a.weight == 1) && s.slot[a.stem] == 0 {
					s.slot[a.stem], s.share[a.stem] = uint8(i+1), a.weight
				}
			}
		}
	}
	for i := range r.q.terms {
		if t := &r.q.terms[i]; !t.stop {
			for _, a := range t.alternatives {
				r.asks |= bitOf(a.stem)
			}
		}
		weight := float64(r.q.terms[i].weight)
		sum += weight * weight
		r.weight[i+1] = weight / float64(r.q.total)
	}
	r.norm = math.Sqrt(sum)
	for i, p := range r.q.pairs {
		r.pairAt[p.a+1][p.b+1], r.pairAt[p.b+1][p.a+1] = uint8(i+1), uint8(i+1)
		pairs += p.weight
	}
	for i, p := range r.q.pairs {
		r.pairShare[i+1] = float64(p.weight / pairs)
	}

	sum = 0
	unknown := map[uint32]float32{}
	for _, w := range r.q.words {
		eachGram(w.text, func(hash uint32) {
			g, ok := r.gramNumber(hash)
			if !ok {
				unknown[hash] += w.weight
				return
			}
			if s.gram[g] == 0 {
				s.grams = append(s.grams, g)
			}
			s.gram[g] += w.weight
		})
	}
	for _, g := range s.grams {
		v := s.gram[g] * r.gramIDF[g]
		sum += float64(v * v)
		s.gram[g] = v * r.gramIDF[g] // ready for a dot product with counts
	}
	for _, n := range unknown {
		sum += float64(n * r.unknownGramIDF * n * r.unknownGramIDF)
	}
	r.gramNorm = math.Sqrt(sum)
	if r.wordy {
		r.hearAll()
	}
}

// bitOf is the bit of a stem in a set of 64. Stems share bits, so a set may seem to hold one that it does not.
func bitOf(stem uint32) uint64 { return 1 << (stem * 0x9E3779B1 >> 26) }
