package triage

// Mending tokens: letters that stand apart, digits in words, numbers and their units, words in two halves.

import "bytes"

// tidy mends tokens that folding alone cannot: letters that stand apart are put together, digits in words become letters,
// numbers are taken from their units, and two halves of a word that only a sign parts are joined. It returns the folded
// text, which grows by the words put together, and the tokens in out.
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
		if plain := v.plain(w); plain != nil {
			n := int32(len(buf))
			buf = append(buf, plain...)
			t.lo, t.hi = n, int32(len(buf))
			out = append(out, t)
			continue
		}
		if isDigit(w[0]) {
			n := 0
			for n < len(w) && (isDigit(w[n]) || w[n] == '.') {
				n++
			}
			if n < len(w) && v.right(w) == nil {
				// "6wks": a number and its unit
				unit := t
				unit.lo += int32(n)
				unit.before, unit.asked, unit.colon = joined, false, false
				t.hi = unit.lo
				t.number = true
				t.value, _ = parseNumber(buf[t.lo:t.hi])
				out = append(out, t, unit)
				continue
			} else if n == len(w) {
				t.value, t.number = parseNumber(w)
			}
			out = append(out, t)
			continue
		}
		if i+1 < len(in) && in[i+1].before == joined && len(w) >= 2 && !isDigit(buf[in[i+1].lo]) {
			u := in[i+1]
			n := len(buf)
			buf = append(append(buf, buf[t.lo:t.hi]...), buf[u.lo:u.hi]...)
			a, e := v.right(w), v.right(buf[n:])
			if e != nil && len(buf)-n >= 4 && (len(e.atoms) > 0 || a == nil || len(a.atoms) == 0) {
				t.lo, t.hi, t.to = int32(n), int32(len(buf)), u.to
				out = append(out, t)
				i++
				continue
			}
			buf = buf[:n]
		}
		if t.camel && v.right(w) == nil {
			if cuts := v.cut(w); len(cuts) > 1 { // "CantFeelMyLegs"
				for at := t.lo; len(cuts) > 0; cuts = cuts[1:] {
					part := t
					part.lo, part.hi = at, at+int32(cuts[0])
					at = part.hi
					out = append(out, part)
					t.before, t.asked, t.colon = joined, false, false
				}
				continue
			}
		}
		out = append(out, t)
	}
	return buf, out
}

// plain is a word without the letters that it repeats and with letters for its digits, or nil where it is right as it stands
// or nothing is known of it.
func (v *vocabulary) plain(w []byte) []byte {
	odd := false
	for i := range w {
		odd = odd || isDigit(w[i]) || i > 0 && w[i] == w[i-1]
	}
	if !odd || len(w) < 3 || v.right(w) != nil || v.stemmed(w) != nil {
		return nil
	}
	if plain := v.unrepeat(w); plain != nil {
		return plain
	}
	return v.unleet(w)
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
	// Where some gaps are wider than others ("n.u.m.b  l.e.g.s"), the wide ones part words. Where all are spaces, one of them
	// may have slipped in ("d i  e"), so what makes words as a whole is not parted.
	tightest := 2
	for _, t := range run[1:] {
		tightest = min(tightest, width(t))
	}
	if tightest > 0 && v.made(buf, run) {
		return v.one(buf, run, out)
	}
	first := 0
	for i, t := range run[1:] {
		if width(t) > tightest {
			buf, out = v.one(buf, run[first:i+1], out)
			first = i + 1
		}
	}
	return v.one(buf, run[first:], out)
}

// made tells whether letters are made of words of the vocabulary.
func (v *vocabulary) made(buf []byte, run []token) bool {
	if len(run) > maxCut {
		return false
	}
	var room [maxCut]byte
	letters := room[:0]
	for _, t := range run {
		letters = append(letters, buf[t.lo])
	}
	return v.cut(letters) != nil
}

// width is how far a token stands from the one before it: 0 without a space, 2 with several.
func width(t token) int {
	switch {
	case t.before == joined:
		return 0
	case t.wide:
		return 2
	}
	return 1
}

// maxCut is how many letters are cut into words; more are one word, which means nothing.
const maxCut = 48

// one puts the letters of run together, cutting them into words of the vocabulary if that is possible.
func (v *vocabulary) one(buf []byte, run, out []token) ([]byte, []token) {
	lo := int32(len(buf))
	for _, t := range run {
		buf = append(buf, buf[t.lo:t.hi]...)
	}
	word := func(i, j int) token {
		t := run[i]
		t.lo, t.hi, t.to = lo+int32(i), lo+int32(j), run[j-1].to
		if value, ok := parseNumber(buf[t.lo:t.hi]); ok {
			t.number, t.value = true, value
		}
		return t
	}
	cuts := v.cut(bytes.TrimSpace(buf[lo:]))
	if len(run) > maxCut || cuts == nil {
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
	if len(letters) > maxCut {
		return nil
	}
	type step struct{ words, from int }
	best := make([]step, len(letters)+1)
	for i := 1; i <= len(letters); i++ {
		best[i] = step{1 << 20, 0}
		for j := max(0, i-maxSlip); j < i; j++ {
			e := v.right(letters[j:i])
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
