package search

import (
	"slices"
	"strconv"
	"strings"
)

// A group of synonyms is a concept. Where a text holds one of its phrases, the index adds the concept beside it; in a
// question, the concept takes the phrase's place. So "physio" finds "physical therapy" and does not find every
// "therapy", and a text that holds the question's own words still counts once.

// phrases are the synonym groups of a pack by the stem of a phrase's first word, the longest phrase first.
type phrases struct {
	byFirst map[string][]phrase
}

type phrase struct {
	stems   []string
	concept string
}

// conceptMark begins the word that stands for a concept. No text holds it, and it sorts before all words.
const conceptMark = "\x01"

func isConcept(word string) bool { return strings.HasPrefix(word, conceptMark) }

func newPhrases(groups [][]string, l *language) phrases {
	p := phrases{byFirst: map[string][]phrase{}}
	for i, group := range groups {
		concept := conceptMark + strconv.Itoa(i)
		for _, text := range group {
			var stems []string
			for _, token := range tokenise(fold(text), l) {
				stems = append(stems, l.stem(token))
			}
			if len(stems) > 0 {
				p.byFirst[stems[0]] = append(p.byFirst[stems[0]], phrase{stems, concept})
			}
		}
	}
	for _, list := range p.byFirst {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.stems) - len(a.stems) })
	}
	return p
}

// match returns the phrases that begin at stems[i], the longest first.
func (p *phrases) match(stems []string, i int) []phrase {
	if len(p.byFirst) == 0 {
		return nil
	}
	var out []phrase
	for _, ph := range p.byFirst[stems[i]] {
		if i+len(ph.stems) <= len(stems) && slices.Equal(ph.stems, stems[i:i+len(ph.stems)]) {
			out = append(out, ph)
		}
	}
	return out
}
