package search

import (
	"cmp"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Repair of slips: a word that no text of the pack holds is taken for the words of the pack that are one slip away
// (two from eight letters on) and begin with the same letter. Only unknown words are repaired: fuzzy search for
// every word costs six times as much and finds no more.
const (
	repairFrom    = 4   // letters; shorter words are one slip from everything
	repairTwoFrom = 8   // letters from which two slips are allowed
	repairAtMost  = 4   // alternatives of a word
	repairWords   = 8   // unknown words of a question that are repaired
	oneSlip       = 0.8 // weight of an alternative
	twoSlips      = 0.7
	shortSlip     = 0.6 // of one to a word below shortBelow letters: wifi is no wife
	shortBelow    = 6
)

// signature has a bit for each letter of a word. Words that are d slips apart differ in at most 2d bits, which
// rules out nearly all of a dictionary without looking at its letters.
func signature(word string) uint32 {
	var s uint32
	for _, r := range word {
		s |= 1 << (uint32(r) % 32)
	}
	return s
}

// repair returns the words that an unknown one may stand for, the likeliest first.
func (c *corpus) repair(word string) []alternative {
	letters := utf8.RuneCountInString(word)
	first, size := utf8.DecodeRuneInString(word)
	if letters < repairFrom || unspaced(first) || '0' <= first && first <= '9' {
		return nil
	}
	allowed := 1
	if letters >= repairTwoFrom {
		allowed = 2
	}
	type found struct {
		word uint32
		slip int
	}
	var list []found
	sig := signature(word)
	from, to := c.words.prefixed(word[:size])
	for w := from; w < to; w++ {
		if bits.OnesCount32(sig^c.signatures[w]) > 2*allowed {
			continue
		}
		if d := slips(word, c.words.word(w), allowed); d <= allowed {
			list = append(list, found{w, d})
		}
	}
	slices.SortFunc(list, func(a, b found) int {
		return cmp.Or(a.slip-b.slip, int(c.wordFreq[b.word])-int(c.wordFreq[a.word]), int(a.word)-int(b.word))
	})
	var out []alternative
	for _, f := range list[:min(len(list), repairAtMost)] {
		weight := float32(oneSlip)
		switch {
		case f.slip == 2:
			weight = twoSlips
		case letters < shortBelow:
			weight = shortSlip
		}
		out = append(out, alternative{c.stemOf[f.word], weight})
	}
	return out
}

// slips is the number of letters left out, added, changed or swapped with their neighbour between a and b (optimal
// string alignment), or more than most when it is more.
func slips(a, b string, most int) int {
	var x, y [48]rune
	n, m := 0, 0
	for _, r := range a {
		if n == len(x) {
			return most + 1
		}
		x[n] = r
		n++
	}
	for _, r := range b {
		if m == len(y) {
			return most + 1
		}
		y[m] = r
		m++
	}
	if n-m > most || m-n > most {
		return most + 1
	}
	var rows [3][49]int8
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= m; j++ {
		last[j] = int8(j)
	}
	for i := 1; i <= n; i++ {
		row[0] = int8(i)
		least := row[0]
		for j := 1; j <= m; j++ {
			change := int8(1)
			if x[i-1] == y[j-1] {
				change = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if int(least) > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return int(last[m])
}
