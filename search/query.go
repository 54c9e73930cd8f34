package search

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Limits of a question. They bound the work that a message can cause: 4,000 characters cost no more than 2,000, and
// 500 different words no more than 32.
const (
	// maxCharacters is how much of a message is read: its first and its last half, because people ask at either end.
	maxCharacters = 2000
	// maxTerms is how many different words are looked up: those that weigh most.
	maxTerms = 32
	// maxPairs is how many pairs of neighbours are looked for.
	maxPairs = 63
)

// Weights of words that stand for one of the question, against the word itself.
const (
	// equalWeight is that of the everyday synonyms in english.go.
	equalWeight = 0.5
	// compoundWeight is that of "bookmark" for "book mark", and of "side" and "lying" for an unknown "sidelying".
	compoundWeight = 0.8
	// compoundPart is the least length of a word's part, in bytes.
	compoundPart = 3
)

// A parsed question is one as a corpus understands it.
type parsed struct {
	terms []term
	pairs []pair
	words []spoken
	// total is the sum of the weights of the terms, known to the pack or not: what a perfect entry would get.
	total float32
	// asksContent says that a known term is no stop word.
	asksContent bool
}

// A term is one word of a question, or the synonym group that it belongs to.
type term struct {
	// weight is how much its part of the message counts, times its IDF.
	weight float32
	// alternatives are the stems that stand for it, the word itself first. An unknown word may have none.
	alternatives []alternative
	stop         bool
}

// An alternative is a stem that stands for a term, and how much it counts against the term's own word.
type alternative struct {
	stem   uint32
	weight float32
}

// A pair is two terms that stand side by side, stop words left out; a is before b in parsed.terms.
type pair struct {
	a, b   uint8
	weight float32
}

// spoken is a word of a question as it was written, for the character n-grams.
type spoken struct {
	text   string
	weight float32
}

// cut shortens a message to maxCharacters.
func cut(message string) string {
	const half = maxCharacters / 2
	if len(message) <= maxCharacters || utf8.RuneCountInString(message) <= maxCharacters {
		return message
	}
	head, tail := 0, len(message)
	for range half {
		_, size := utf8.DecodeRuneInString(message[head:])
		head += size
		_, size = utf8.DecodeLastRuneInString(message[:tail])
		tail -= size
	}
	return message[:head] + "\n" + message[tail:]
}

// A parser gathers the terms of one question.
type parser struct {
	*corpus
	terms []term
	// number is the term of each stem, by its text, because unknown words have none in the corpus.
	number map[string]int
	// beside are the places in the text that make pairs: terms in their order, -1 between sentences.
	beside  []int
	repairs int
}

// parse reads a question with the words of the corpus.
func (c *corpus) parse(question string) parsed {
	p := &parser{corpus: c, number: map[string]int{}}
	var q parsed
	for _, part := range c.language.weigh(cut(question)) {
		q.words = slices.Grow(q.words, len(part.tokens))
		for _, token := range part.tokens {
			q.words = append(q.words, spoken{token, part.weight})
		}
		p.read(part)
		p.beside = append(p.beside, -1)
	}
	p.finish(&q)
	return q
}

// read adds the terms of one part.
func (p *parser) read(part part) {
	stems := make([]string, len(part.tokens))
	for i, token := range part.tokens {
		if w, ok := p.words.find(token); ok {
			stems[i] = p.stems.word(p.stemOf[w])
		} else {
			stems[i] = p.language.stem(token)
		}
	}
	for i := 0; i < len(stems); i++ {
		token, stem := part.tokens[i], stems[i]
		stop := p.language.stop[token]
		for _, ph := range p.synonyms.match(stems, i) {
			if _, ok := p.stems.find(ph.concept); ok { // some entry holds a phrase of the group
				stem, stop = ph.concept, false
				i += len(ph.stems) - 1
				break
			}
		}
		n, seen := p.number[stem]
		if !seen {
			n = len(p.terms)
			p.number[stem] = n
			p.terms = append(p.terms, term{stop: stop})
			p.stand(&p.terms[n], token, stem)
		}
		p.terms[n].weight = max(p.terms[n].weight, part.weight)
		if i+1 < len(stems) && stem == stems[i] {
			if w, ok := p.words.find(token + part.tokens[i+1]); ok {
				p.terms[n].alternatives = append(p.terms[n].alternatives, alternative{p.stemOf[w], compoundWeight})
			}
		}
		if !stop {
			p.beside = append(p.beside, n)
		}
	}
}

// stand finds what stands for a new term: its own stem, its everyday synonyms, and when there is neither, words that
// are a slip away or the two words that it is made of.
func (p *parser) stand(t *term, token, stem string) {
	if id, ok := p.stems.find(stem); ok {
		t.alternatives = append(t.alternatives, alternative{id, 1})
	}
	for _, equal := range p.equals[stem] {
		if id, ok := p.stems.find(equal); ok {
			t.alternatives = append(t.alternatives, alternative{id, equalWeight})
		}
	}
	if len(t.alternatives) > 0 || t.stop || p.repairs == repairWords {
		return
	}
	p.repairs++
	if t.alternatives = p.repair(token); len(t.alternatives) > 0 {
		return
	}
	for k := compoundPart; k <= len(token)-compoundPart; k++ {
		a, first := p.words.find(token[:k])
		b, second := p.words.find(token[k:])
		if first && second {
			t.alternatives = []alternative{{p.stemOf[a], compoundWeight}, {p.stemOf[b], compoundWeight}}
			return
		}
	}
}

// finish weighs the terms, keeps the heaviest and pairs them.
func (p *parser) finish(q *parsed) {
	for i := range p.terms {
		t := &p.terms[i]
		idf := p.unknownIDF
		if t.stop {
			idf *= float32(p.tune.stop)
		}
		if len(t.alternatives) > 0 {
			// A guess is as rare as what it is taken for, as far as it can be trusted, and as an unknown word for
			// the rest: so guesses make no question sure.
			guess, rarest := t.alternatives[0].weight, p.idf[t.alternatives[0].stem]
			if guess < 1 {
				for _, a := range t.alternatives {
					rarest = max(rarest, p.idf[a.stem])
				}
			}
			idf = guess*rarest + (1-guess)*idf
		}
		t.weight *= idf
	}
	kept := make([]int, len(p.terms))
	for i := range kept {
		kept[i] = i
	}
	if len(kept) > maxTerms {
		slices.SortStableFunc(kept, func(a, b int) int { return cmp.Compare(p.terms[b].weight, p.terms[a].weight) })
		kept = kept[:maxTerms]
		slices.Sort(kept)
	}
	place := make([]int, len(p.terms)) // in q.terms, from 1
	for i, k := range kept {
		t := p.terms[k]
		place[k] = i + 1
		q.terms = append(q.terms, t)
		q.total += t.weight
		q.asksContent = q.asksContent || !t.stop && len(t.alternatives) > 0
	}
	for i := 1; i < len(p.beside) && len(q.pairs) < maxPairs; i++ {
		if p.beside[i-1] < 0 || p.beside[i] < 0 {
			continue
		}
		a, b := place[p.beside[i-1]]-1, place[p.beside[i]]-1
		if a > b {
			a, b = b, a
		}
		if a < 0 || a == b || slices.ContainsFunc(q.pairs, func(o pair) bool { return int(o.a) == a && int(o.b) == b }) {
			continue
		}
		q.pairs = append(q.pairs, pair{uint8(a), uint8(b), q.terms[a].weight + q.terms[b].weight})
	}
}

// known reports whether the corpus knows any word of the question, slips mended.
func (q *parsed) known() bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return len(t.alternatives) > 0 })
}
