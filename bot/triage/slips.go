package triage

// Small slips of the finger: which words they are looked for in, and how a word is found by one.

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// A slippery word is one that a word with a slip may stand for.
type slippery struct {
	word    string
	letters uint32 // the set of its letters: two words that differ in more than two letters a slip need no closer look
}

// learnSlips prepares for small slips in words, each with its stem. It also learns their regular endings, so that
// a slip in "spreading" is found where "spread" is written.
func (v *vocabulary) learnSlips(words []string, stems map[string]*signWord) {
	learn := func(w string) {
		if len(w) < 4 || len(w) > maxSlip || !isWord(w) {
			return
		}
		v.slippery[w[0]] = append(v.slippery[w[0]], slippery{w, letters([]byte(w))})
	}
	for _, w := range words {
		learn(w)
		if _, irregular := v.lang.forms[w]; irregular || len(w) < 3 || slices.ContainsFunc(v.lang.endings, func(s string) bool { return strings.HasSuffix(w, s) }) {
			continue
		}
		e := v.stems[stems[w].stem]
		for _, suffix := range v.lang.endings {
			form := inflect(w, suffix)
			if _, known := v.known[form]; known || len(form) < 5 || v.forms[form] != nil {
				continue
			}
			v.forms[form] = e
			learn(form)
		}
	}
}

// bony looks for a word written without its vowels, as in haste: "drp", "nmb", "bck".
func (v *vocabulary) bony(w []byte) *entry {
	const most = 4 // words: which of several was meant, nobody can say
	var found [most]string
	n := 0
	for i := range v.slippery[w[0]] {
		if s := &v.slippery[w[0]][i]; n < most && boneOf(s.word, w) && !slices.Contains(found[:n], s.word) {
			found[n] = s.word
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return v.any(found[:n])
}

// boneOf tells whether w is what is left of word without its vowels.
func boneOf(word string, w []byte) bool {
	if len(w) < 3 || len(w) >= len(word) {
		return false
	}
	at := 0
	for i := range len(word) {
		if vowel(word[i]) {
			continue
		}
		if at == len(w) || w[at] != word[i] {
			return false
		}
		at++
	}
	return at == len(w)
}

// lacking looks for words of four letters of which w lacks one: "fel", "les".
func (v *vocabulary) lacking(w []byte) *entry {
	var found [3]string
	n := 0
	for i := range v.slippery[w[0]] {
		word := v.slippery[w[0]][i].word
		if len(word) != 4 || slices.Contains(found[:n], word) {
			continue
		}
		if word[1] == w[1] && (word[2] == w[2] || word[3] == w[2]) || word[2] == w[1] && word[3] == w[2] {
			if n == len(found) {
				return nil // it may be anything
			}
			found[n] = word
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return v.any(found[:n])
}

// any is what is known of words together.
func (v *vocabulary) any(words []string) *entry {
	if len(words) == 1 {
		return v.forms[words[0]]
	}
	e := &entry{}
	for _, name := range words {
		for _, a := range v.forms[name].atoms {
			if !slices.Contains(e.atoms, a) {
				e.atoms = append(e.atoms, a)
			}
		}
		e.light = e.light || v.forms[name].light
	}
	return e
}

// inflect puts a regular ending on w: leaked, waking, wetting. That a form is no word does no harm.
func inflect(w, suffix string) string {
	n := len(w)
	switch {
	case !vowel(suffix[0]):
	case w[n-1] == 'e':
		return w[:n-1] + suffix
	case n <= 4 && vowel(w[n-2]) && strings.IndexByte("bdfgmnprt", w[n-1]) >= 0 && !vowel(w[n-3]): // those that double
		return w + w[n-1:] + suffix
	}
	return w + suffix
}

func vowel(b byte) bool { return b == 'a' || b == 'e' || b == 'i' || b == 'o' || b == 'u' }

func isWord(w string) bool {
	for _, r := range w {
		if r < utf8.RuneSelf && ascii[r] != letter {
			return false
		}
	}
	return true
}

// slips is how many slips a word of n bytes may have: none below four, where every slip is another word.
func slips(n int) int {
	switch {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// maxSlip is the length of the longest word that slips are looked for in.
const maxSlip = 18

// slip looks for a word that w is a small slip away from: a letter too much, too few, changed or swapped; two of
// these in words of eight letters or more. The first letter is right or swapped with the second.
func (v *vocabulary) slip(w []byte) *entry {
	if len(w) == 3 {
		return v.lacking(w)
	}
	if len(w) < 4 || len(w) > maxSlip {
		return nil
	}
	var best [3]string // the nearest; which of several as near was meant, nobody can say
	n, least := 0, 3
	set := letters(w)
	look := func(first, second byte) {
		for i := range v.slippery[first] {
			s := &v.slippery[first][i]
			most := min(slips(len(s.word)), least)
			if len(s.word)-len(w) > most || len(w)-len(s.word) > most || bits.OnesCount32(s.letters^set) > 2*most || second != 0 && s.word[1] != second {
				continue
			}
			d := distance(s.word, w)
			if d > most {
				continue
			}
			if d < least {
				n, least = 0, d
			}
			if n < len(best) && !slices.Contains(best[:n], s.word) {
				best[n] = s.word
				n++
			}
		}
	}
	look(w[0], 0)
	if w[1] != w[0] {
		look(w[1], w[0])
	}
	if n == 0 {
		return nil
	}
	return v.any(best[:n])
}

// letters is the set of the letters of w.
func letters(w []byte) (set uint32) {
	for _, b := range w {
		if 'a' <= b && b <= 'z' {
			set |= 1 << (b - 'a')
		} else {
			set |= 1 << (26 + b%6)
		}
	}
	return set
}

// distance is the number of slips between a and b (Damerau's optimal string alignment), at most 3.
func distance(a string, b []byte) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 || len(a) > maxSlip+2 || len(b) > maxSlip+2 {
		return 3
	}
	var rows [3][maxSlip + 3]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], 3)
}
