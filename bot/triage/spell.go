package triage

// Other spellings of a word: letters repeated, swapped or written as digits.

import "slices"

// unrepeat looks for w with letters that stand three times or more in a row taken down to two or to one, and, as a last
// resort, with all that stand more than once taken down to one: "bumm"; two of a letter are common.
func (v *vocabulary) unrepeat(w []byte) []byte {
	for _, keep := range [3][2]int{{2, 2}, {1, 2}, {1, 1}} { // of long runs, of pairs
		var room [longest]byte
		out, changed := room[:0], false
		for i := 0; i < len(w); {
			run := 1
			for i+run < len(w) && w[i+run] == w[i] {
				run++
			}
			n := run
			switch {
			case run > 2:
				n = keep[0]
			case run == 2:
				n = keep[1]
			}
			changed = changed || n != run
			for range n {
				out = append(out, w[i])
			}
			i += run
		}
		if !changed {
			continue
		}
		if v.right(out) != nil || v.stemmed(out) != nil {
			return out
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
		if e := v.right(out); e != nil {
			return e
		}
		if e := v.stemmed(out); e != nil {
			return e
		}
		out[i-1], out[i] = out[i], out[i-1]
	}
	return nil
}

// mend gives words that authors quote with two letters swapped ("wakse") what the right word means, too: being in the
// vocabulary, they would pass for right.
func (v *vocabulary) mend(exact map[string]int32) {
	meant := map[*entry][]int32{}
	for w := range exact {
		if _, ok := v.known[w]; ok || v.lang.light[w] || v.lang.spell(w) != w {
			continue
		}
		if e := v.swapped([]byte(w)); e != nil {
			meant[v.forms[w]] = e.atoms
		}
	}
	for own, atoms := range meant {
		for _, a := range atoms {
			if !slices.Contains(own.atoms, a) {
				own.atoms = append(own.atoms[:len(own.atoms):len(own.atoms)], a)
			}
		}
	}
}

// unleet reads the digits of w as the letters that they look like, where that makes a word of a sign, or of a word that
// begins with a letter and is too long for a name such as L5 any word.
func (v *vocabulary) unleet(w []byte) []byte {
	digits := 0
	for _, b := range w {
		if isDigit(b) {
			digits++
		}
	}
	if digits == 0 || digits == len(w) {
		return nil
	}
	plain := make([]byte, len(w))
	for _, one := range []byte("il") {
		for i, b := range w {
			switch {
			case b == '1':
				b = one
			case isDigit(b):
				b = "oizeasgtbg"[b-'0']
			}
			plain[i] = b
		}
		if e := v.right(plain); e != nil && (len(e.atoms) > 0 || len(w) > 3 && !isDigit(w[0])) {
			return plain
		}
		if v.stemmed(plain) != nil {
			return plain
		}
	}
	return nil
}
