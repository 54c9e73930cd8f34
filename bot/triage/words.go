package triage

// The vocabulary knows every word that a sign may need: as written, in its other forms, and with a small slip of
// the finger. It is made once and only read afterwards.

import (
	"bytes"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// An entry is what is known of a word.
type entry struct {
	atoms  []int32 // the words of patterns that it is a form of
	light  bool    // it may stand between the words of a pattern without counting
	speaks bool    // it is a subject: I, she
	number bool
	value  float64
}

type vocabulary struct {
	lang  *language
	forms map[string]*entry // every word known as it stands
	stems map[string]*entry // by stem, for forms that are not known as they stand
	// heads holds the first two bytes of every stem: most unknown words need no stemming.
	heads map[[2]byte]bool

	// slippery holds the words that slips are looked for in, by their first byte.
	slippery [256][]slippery
}

// A slippery word is one that a word with a slip may stand for.
type slippery struct {
	word    string
	letters uint32 // the set of its letters: two words that differ in more than two letters a slip need no closer look
}

// spell is w in its common spelling.
func (l *language) spell(w string) string {
	if c, ok := l.spelled[w]; ok {
		return c
	}
	return w
}

// stemOf reduces a folded word to its stem.
func (l *language) stemOf(w string) string {
	w = l.spell(w)
	if c, ok := l.forms[w]; ok {
		w = c
	}
	if l.stem == nil || len(w) < 3 || len(w) > longest {
		return w
	}
	if s := l.stem(w); len(s) >= 3 {
		return s
	}
	return w // "off", "ring": what two letters are left of means nothing
}

// newVocabulary makes the vocabulary of the atoms of a machine. known are words that are right as they stand.
func newVocabulary(lang *language, exact, stemmed map[string]int32, known []string) *vocabulary {
	v := &vocabulary{
		lang: lang, forms: map[string]*entry{}, stems: map[string]*entry{}, heads: map[[2]byte]bool{},
	}
	for s, a := range stemmed {
		v.stems[s] = &entry{atoms: []int32{a}}
		v.heads[head([]byte(s))] = true
	}
	add := func(w string) {
		if w == "" || v.forms[w] != nil {
			return
		}
		e := &entry{light: lang.light[w], speaks: lang.speaks[w]}
		if n, ok := lang.numbers[w]; ok {
			e.number, e.value = true, n
		}
		if a, ok := exact[w]; ok {
			e.atoms = append(e.atoms, a)
		}
		if c := lang.spell(w); c != w {
			if a, ok := exact[c]; ok {
				e.atoms = append(e.atoms, a)
			}
			e.light = e.light || lang.light[c]
		}
		// A stem begins as its word does, unless the word is irregular: most need no stemming.
		if _, odd := lang.forms[lang.spell(w)]; odd || v.heads[head([]byte(lang.spell(w)))] {
			if s, ok := v.stems[lang.stemOf(w)]; ok {
				e.atoms = append(e.atoms, s.atoms...)
			}
		}
		v.forms[w] = e
	}
	for w := range exact {
		add(w)
	}
	for w := range stemmed { // most stems are words
		add(w)
	}
	for _, group := range []map[string]string{lang.spelled, lang.forms} {
		for w, c := range group {
			add(w)
			add(c)
		}
	}
	for w := range lang.light {
		add(w)
	}
	for w := range lang.numbers {
		add(w)
	}
	for _, w := range known {
		add(w)
	}
	return v
}

// learnSlips prepares for small slips in words, each of which must be a form of an atom. It also learns their
// regular endings, so that a slip in "spreading" is found where "spread" is written.
func (v *vocabulary) learnSlips(words []string) {
	seen := map[string]bool{}
	learn := func(w string) {
		if seen[w] || len(w) < 4 || len(w) > maxSlip || !isWord(w) {
			return
		}
		seen[w] = true
		v.slippery[w[0]] = append(v.slippery[w[0]], slippery{w, letters([]byte(w))})
	}
	for _, w := range words {
		learn(w)
		if len(w) < 3 || slices.ContainsFunc(v.lang.endings, func(s string) bool { return strings.HasSuffix(w, s) }) {
			continue
		}
		stem := v.lang.stemOf(w)
		e := v.stems[stem]
		if e == nil {
			continue
		}
		for _, suffix := range v.lang.endings {
			forms := [3]string{w + suffix}
			if strings.HasSuffix(w, "e") {
				forms[1] = w[:len(w)-1] + suffix
			} else if n := len(w); vowel(w[n-2]) && !vowel(w[n-1]) && vowel(suffix[0]) {
				forms[2] = w + w[n-1:] + suffix // "wet", "wetting"
			}
			for _, form := range forms {
				if len(form) < 5 || v.forms[form] != nil || v.lang.stemOf(form) != stem {
					continue
				}
				v.forms[form] = e
				learn(form)
			}
		}
	}
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

func head(w []byte) (h [2]byte) {
	copy(h[:], w)
	return h
}

// look finds what is known of a folded word. nil: nothing.
func (v *vocabulary) look(w []byte) *entry {
	if e := v.forms[string(w)]; e != nil {
		return e
	}
	if len(w) < 3 {
		return nil
	}
	if e := v.stemmed(w); e != nil {
		return e
	}
	if short := v.unrepeat(w); short != nil {
		return short
	}
	if e := v.unleet(w); e != nil {
		return e
	}
	if e := v.swapped(w); e != nil {
		return e
	}
	for _, c := range v.lang.clipped {
		if bytes.HasSuffix(w, []byte(c[0])) && len(w) < longest {
			var room [longest + 8]byte
			full := append(append(room[:0], w[:len(w)-len(c[0])]...), c[1]...)
			if e := v.forms[string(full)]; e != nil {
				return e
			}
			if e := v.stemmed(full); e != nil {
				return e
			}
		}
	}
	return v.slip(w)
}

func (v *vocabulary) stemmed(w []byte) *entry {
	if v.lang.stem == nil || !v.heads[head(w)] {
		return nil
	}
	return v.stems[v.lang.stemOf(string(w))]
}

// unrepeat looks for w with letters that stand three times or more in a row taken down to two, and with all that
// stand more than once taken down to one.
func (v *vocabulary) unrepeat(w []byte) *entry {
	for _, keep := range [2]int{2, 1} {
		var room [longest]byte
		out, run, long := room[:0], 0, false
		for i, b := range w {
			if i > 0 && w[i-1] == b {
				run++
			} else {
				run = 1
			}
			if run >= 3 || run == 2 && keep == 1 {
				long = true // "bumm"; two of a letter are common, so they are taken for one only as a last resort
			}
			if run <= keep {
				out = append(out, b)
			}
		}
		if !long {
			continue
		}
		if e := v.forms[string(out)]; e != nil {
			return e
		}
		if e := v.stemmed(out); e != nil {
			return e
		}
	}
	return nil
}

// swapped looks for w with two neighbouring letters in the other order: the commonest slip of a fast hand, and
// "donw" is "down" rather than "dont".
func (v *vocabulary) swapped(w []byte) *entry {
	if len(w) < 4 || len(w) > maxSlip {
		return nil
	}
	var room [maxSlip]byte
	out := room[:copy(room[:], w)]
	for i := 2; i < len(out); i++ { // hardly anyone gets the first letter wrong: "agin" is "again", not "gain"
		if out[i-1] == out[i] {
			continue
		}
		out[i-1], out[i] = out[i], out[i-1]
		if e := v.forms[string(out)]; e != nil {
			return e
		}
		if e := v.stemmed(out); e != nil {
			return e
		}
		out[i-1], out[i] = out[i], out[i-1]
	}
	return nil
}

// unleet looks for w with its digits read as the letters that they look like.
func (v *vocabulary) unleet(w []byte) *entry {
	var room [longest]byte
	out, any, letters := room[:0], false, false
	for _, b := range w {
		if isDigit(b) {
			any = true
			b = "oizeasgtbg"[b-'0']
		} else {
			letters = true
		}
		out = append(out, b)
	}
	if !any || !letters {
		return nil
	}
	for range 2 {
		if e := v.forms[string(out)]; e != nil && len(e.atoms) > 0 {
			return e
		}
		if e := v.stemmed(out); e != nil {
			return e
		}
		for i := range w { // 1 is i or l
			if w[i] == '1' {
				out[i] = 'l'
			}
		}
	}
	return nil
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
	switch n {
	case 0:
		return nil
	case 1:
		return v.forms[best[0]]
	}
	e := &entry{}
	for _, name := range best[:n] {
		for _, a := range v.forms[name].atoms {
			if !slices.Contains(e.atoms, a) {
				e.atoms = append(e.atoms, a)
			}
		}
		e.light = e.light || v.forms[name].light
	}
	return e
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

// tidy mends tokens that folding alone cannot: letters that stand apart are put together, numbers are taken
// from their units, and two halves of a word that only a sign parts are joined. It returns the folded text,
// which grows by the words put together, and the tokens in out.
func (v *vocabulary) tidy(buf []byte, in, out []token) ([]byte, []token) {
	out = out[:0]
	for i := 0; i < len(in); i++ {
		t := in[i]
		if run := apart(in[i:]); run >= 3 {
			buf, out = v.together(buf, in[i:i+run], out)
			i += run - 1
			continue
		}
		w := buf[t.lo:t.hi]
		if isDigit(w[0]) {
			n := 0
			for n < len(w) && (isDigit(w[n]) || w[n] == '.') {
				n++
			}
			if e := v.forms[string(w)]; n < len(w) && e == nil {
				if e = v.unleet(w); e == nil {
					// "6wks": a number and its unit
					unit := t
					unit.lo += int32(n)
					unit.before, unit.asked, unit.colon = joined, false, false
					t.hi = unit.lo
					t.number = true
					t.value, _ = parseNumber(buf[t.lo:t.hi])
					out = append(out, t, unit)
					continue
				}
			} else if n == len(w) {
				t.value, t.number = parseNumber(w)
			}
			out = append(out, t)
			continue
		}
		if i+1 < len(in) && in[i+1].before == joined && len(w) >= 2 && !isDigit(buf[in[i+1].lo]) {
			u := in[i+1]
			if a := v.forms[string(w)]; a == nil || len(a.atoms) == 0 {
				n := len(buf)
				buf = append(append(buf, buf[t.lo:t.hi]...), buf[u.lo:u.hi]...)
				if e := v.forms[string(buf[n:])]; e != nil && len(buf)-n >= 4 {
					t.lo, t.hi, t.to = int32(n), int32(len(buf)), u.to
					out = append(out, t)
					i++
					continue
				}
				buf = buf[:n]
			}
		}
		out = append(out, t)
	}
	return buf, out
}

// apart counts how many tokens from the first are single letters.
func apart(ts []token) int {
	n := 0
	for n < len(ts) && ts[n].hi-ts[n].lo == 1 {
		n++
	}
	return n
}

// together puts single letters together to words: to those of the vocabulary where the run is made of them, to
// one word otherwise.
func (v *vocabulary) together(buf []byte, run, out []token) ([]byte, []token) {
	// Where some gaps are wider than others ("n.u.m.b  l.e.g.s"), the wide ones part words.
	if wide := 0; true {
		tightest := spaced
		for _, t := range run[1:] {
			tightest = min(tightest, t.before)
		}
		for i, t := range run[1:] {
			if tightest == joined && t.before >= spaced {
				buf, out = v.one(buf, run[wide:i+1], out)
				wide = i + 1
			}
		}
		run = run[wide:]
	}
	return v.one(buf, run, out)
}

// one puts the letters of run together, cutting them into words of the vocabulary if that is possible.
func (v *vocabulary) one(buf []byte, run, out []token) ([]byte, []token) {
	const most = 48 // letters that are cut into words; more are one word, which means nothing
	lo := int32(len(buf))
	for _, t := range run {
		buf = append(buf, buf[t.lo:t.hi]...)
	}
	word := func(i, j int) token {
		t := run[i]
		t.lo, t.hi, t.to = lo+int32(i), lo+int32(j), run[j-1].to
		if v, ok := parseNumber(buf[t.lo:t.hi]); ok {
			t.number, t.value = true, v
		}
		return t
	}
	cuts := v.cut(bytes.TrimSpace(buf[lo:]))
	if len(run) > most || cuts == nil {
		if len(run) > longest {
			run = run[:longest]
			buf = buf[:lo+longest]
		}
		return buf, append(out, word(0, len(run)))
	}
	at := 0
	for _, n := range cuts {
		out = append(out, word(at, at+n))
		at += n
	}
	return buf, out
}

// cut divides letters into the fewest words of the vocabulary, or returns nil where that cannot be done.
func (v *vocabulary) cut(letters []byte) []int {
	if len(letters) > 48 {
		return nil
	}
	type step struct{ words, from int }
	best := make([]step, len(letters)+1)
	for i := 1; i <= len(letters); i++ {
		best[i] = step{1 << 20, 0}
		for j := max(0, i-maxSlip); j < i; j++ {
			e := v.forms[string(letters[j:i])]
			if e == nil || i-j == 1 && letters[j] != 'i' && letters[j] != 'a' {
				continue
			}
			if n := best[j].words + 1; n < best[i].words {
				best[i] = step{n, j}
			}
		}
	}
	if best[len(letters)].words >= 1<<20 {
		return nil
	}
	cuts := make([]int, best[len(letters)].words)
	for i, k := len(letters), len(cuts)-1; i > 0; k-- {
		cuts[k] = i - best[i].from
		i = best[i].from
	}
	return cuts
}
