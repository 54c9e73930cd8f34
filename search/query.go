package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of a question. They bound the work that a message can cause: 4,000 characters cost no more than 2,000, and
// 500 different words no more than 32.
const (
	// maxCharacters is how much of a message is read: its first and its last half, because people ask at either end.
	maxCharacters = 2000
	// maxTerms is how many different words are looked up: those that weigh most.
	maxTerms = 32
)

// A term is one word of a question, or the synonym group that it belongs to.
type term struct {
	weight       float32       // of its part of the message (see sentence.go), times its IDF
	alternatives []alternative // the stems that stand for it; none when the pack does not know it
	stop         bool
	known        bool
	place        int
}

// A parsed question is one as one corpus understands it.
type parsed struct {
	terms []term
	// pairs are the terms that stand side by side, stop words left out.
	pairs       []pair
	words       []queryWord // for the character n-grams
	total       float32     // sum of the weights of terms
	content     int         // terms that are no stop words
	asksContent bool        // some known term is no stop word
}

type pair struct {
	a, b   uint8
	weight float32
}

type queryWord struct {
	text   string
	weight float32
}

// cut shortens a message to maxCharacters.
func cut(message string) string {
	if len(message) <= maxCharacters {
		return message
	}
	head, n := 0, 0
	for head = range message {
		if n == maxCharacters/2 {
			break
		}
		n++
	}
	tail := len(message)
	for n = 0; n < maxCharacters/2 && tail > head; n++ {
		_, size := utf8.DecodeLastRuneInString(message[:tail])
		tail -= size
	}
	if tail <= head {
		return message
	}
	return message[:head] + "\n" + message[tail:]
}

// parse reads a question with the words of the corpus.
func (c *corpus) parse(question string) parsed {
	var q parsed
	var terms []term
	slot := map[uint32]int{} // by stem
	unknown := map[string]int{}
	repaired := 0
	place := 0
	var joined []struct {
		term int
		stem uint32
	}
	type mention struct{ term, sentence int }
	var line []mention
	for n, part := range weigh(question) {
		tokens := tokenise(part.text, c.language)
		stems := make([]string, len(tokens))
		for i, token := range tokens {
			stems[i] = c.language.stem(token)
		}
		skip := 0
		for i, token := range tokens {
			q.words = append(q.words, queryWord{token, part.weight})
			if skip > 0 {
				skip--
				continue
			}
			t := term{weight: part.weight, stop: c.language.stop[token], place: place}
			place++
			var key uint32
			isNew := true
			if matched := c.synonyms.match(stems, i); len(matched) > 0 {
				if id, ok := c.stems.find(matched[0].concept); ok {
					key, t.known, t.stop = id, true, false
					skip = len(matched[0].stems) - 1
				}
			}
			if !t.known {
				key, t.known = c.stems.find(stems[i])
			}
			at := 0
			if t.known {
				t.alternatives = []alternative{{stem: key, weight: 1}}
				if c.tune.x2 > 0 {
					for _, o := range c.equals[stems[i]] {
						if id, ok := c.stems.find(o); ok {
							t.alternatives = append(t.alternatives, alternative{stem: id, weight: float32(c.tune.x2)})
						}
					}
				}
				if at, isNew = slot[key], false; slot[key] == 0 {
					isNew = true
					slot[key] = len(terms) + 1
				} else {
					at--
				}
			} else {
				if k, ok := unknown[stems[i]]; ok {
					at, isNew = k, false
				} else {
					unknown[stems[i]] = len(terms)
					if repaired < repairWords && !t.stop {
						repaired++
						if c.tune.x2 > 0 {
							for _, o := range c.equals[stems[i]] {
								if id, ok := c.stems.find(o); ok {
									t.alternatives = append(t.alternatives, alternative{stem: id, weight: float32(c.tune.x2)})
								}
							}
						}
						if len(t.alternatives) == 0 {
							t.alternatives = c.repair(token, nil)
						}
						if c.tune.x4 > 0 && len(t.alternatives) == 0 {
							for k := 3; k+3 <= len(token); k++ {
								a, ok1 := c.words.find(token[:k])
								b, ok2 := c.words.find(token[k:])
								if ok1 && ok2 {
									t.alternatives = append(t.alternatives, alternative{stem: c.stemOf[a], weight: float32(c.tune.x4)}, alternative{stem: c.stemOf[b], weight: float32(c.tune.x4)})
									break
								}
							}
						}
					}
				}
			}
			if isNew {
				at = len(terms)
				terms = append(terms, t)
			} else if terms[at].weight < t.weight {
				terms[at].weight = t.weight
			}
			if c.tune.x3 > 0 && i+1 < len(tokens) {
				if w, ok := c.words.find(token + tokens[i+1]); ok {
					joined = append(joined, struct {
						term int
						stem uint32
					}{at, c.stemOf[w]})
				}
			}
			if !t.stop {
				line = append(line, mention{at, n})
			}
		}
	}
	for _, j := range joined {
		terms[j.term].alternatives = append(terms[j.term].alternatives, alternative{stem: j.stem, weight: float32(c.tune.x3)})
	}
	for i := range terms {
		t := &terms[i]
		w := c.unknownIDF
		if len(t.alternatives) > 0 {
			w = 0
			for _, a := range t.alternatives {
				w = max(w, c.idf[a.stem])
			}
			if t.alternatives[0].weight == 1 {
				w = c.idf[t.alternatives[0].stem]
			}
		} else if t.stop {
			w *= float32(c.tune.stopWeight)
		}
		t.weight *= w
	}
	order := make([]int, len(terms))
	for i := range order {
		order[i] = i
	}
	if len(terms) > maxTerms {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(terms[b].weight, terms[a].weight) })
		order = order[:maxTerms]
		slices.Sort(order)
	}
	number := make([]int, len(terms))
	for i := range number {
		number[i] = -1
	}
	for i, k := range order {
		number[k] = i
		q.terms = append(q.terms, terms[k])
		q.total += terms[k].weight
		if !terms[k].stop {
			q.content++
			q.asksContent = q.asksContent || len(terms[k].alternatives) > 0
		}
	}
	for i := 1; i < len(line) && len(q.pairs) < 2*maxTerms-1; i++ {
		a, b := number[line[i-1].term], number[line[i].term]
		if line[i-1].sentence != line[i].sentence || a < 0 || b < 0 || a == b {
			continue
		}
		if a > b {
			a, b = b, a
		}
		p := pair{uint8(a), uint8(b), q.terms[a].weight + q.terms[b].weight}
		if !slices.ContainsFunc(q.pairs, func(o pair) bool { return o.a == p.a && o.b == p.b }) {
			q.pairs = append(q.pairs, p)
		}
	}
	return q
}

// known reports whether the corpus knows any word of the question, slips mended.
func (q *parsed) known() bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return len(t.alternatives) > 0 })
}

// A part is a piece of a message and how much its words count.
type part struct {
	text   string // folded
	weight float32
}

// weigh cuts a message into parts.
func weigh(question string) []part {
	return []part{{fold(cut(strings.ToValidUTF8(question, " "))), 1}}
}
