package triage

// The vocabulary knows every word that a sign may need: as written, in its other forms, and with a small slip of
// the finger. It is made once and only read afterwards.

import "bytes"

// An entry is what is known of a word.
type entry struct {
	atoms  []int32 // the words of patterns that it is a form of
	light  bool    // it may stand between the words of a pattern without counting
	speaks bool    // it is a subject: I, she
	not    bool    // it makes one word with a verb before it: did not, didnt
	number bool
	value  float64
}

type vocabulary struct {
	lang  *language
	forms map[string]*entry // the words of signs and of the language, as they stand
	known map[string]*int32 // words that are right as they stand, and so slips in nothing: how often packs use them
	stems map[string]*entry // by stem, for words that are in neither
	// heads holds the first two bytes of every stem: most words need no stemming.
	heads map[[2]byte]bool

	// slippery holds the words that slips are looked for in, by their first byte.
	slippery [256][]slippery
}

// plain is what is known of a word that is right and means nothing to any sign.
var plain = &entry{}

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

// newVocabulary makes the vocabulary of the atoms of a machine: exact words, and stems with the words that they are the
// stems of. known are words that are right as they stand.
func newVocabulary(lang *language, exact, stemmed map[string]int32, words map[string]*signWord, known map[string]*int32) *vocabulary {
	v := &vocabulary{
		lang: lang, forms: make(map[string]*entry, len(exact)+5*len(words)+len(lang.spelled)+len(lang.forms)), known: known,
		stems: make(map[string]*entry, len(stemmed)), heads: map[[2]byte]bool{},
	}
	stems := make([]entry, 0, len(stemmed))
	for s, a := range stemmed {
		stems = append(stems, entry{atoms: []int32{a}})
		v.stems[s] = &stems[len(stems)-1]
		v.heads[head([]byte(s))] = true
	}
	add := func(w string) {
		if w == "" || v.forms[w] != nil {
			return
		}
		e := &entry{light: lang.light[w], speaks: lang.speaks[w], not: lang.not[w]}
		if n, ok := lang.numbers[w]; ok {
			e.number, e.value = true, n
		}
		if a, ok := exact[w]; ok {
			e.atoms = append(e.atoms, a)
		}
		c := lang.spell(w)
		if c != w {
			if a, ok := exact[c]; ok {
				e.atoms = append(e.atoms, a)
			}
			e.light = e.light || lang.light[c]
		}
		stem, met := "", false
		if sw := words[w]; sw != nil {
			stem, met = sw.stem, true
		}
		// A stem begins as its word does, unless the word is irregular: most need no stemming.
		if _, odd := lang.forms[c]; !met && (odd || v.heads[head([]byte(c))]) {
			stem, met = lang.stemOf(w), true
		}
		if s := v.stems[stem]; met && s != nil {
			e.atoms = append(e.atoms, s.atoms...)
		}
		v.forms[w] = e
	}
	for w := range exact {
		add(w)
	}
	for w := range words {
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
	return v
}

func head(w []byte) (h [2]byte) {
	copy(h[:], w)
	return h
}

// right is what is known of a word that needs no mending. nil: the word is not known.
func (v *vocabulary) right(w []byte) *entry {
	if e := v.forms[string(w)]; e != nil {
		return e
	}
	if _, ok := v.known[string(w)]; !ok {
		return nil
	}
	if e := v.stemmed(w); e != nil {
		return e
	}
	return plain
}

// look finds what is known of a folded word. nil: nothing.
func (v *vocabulary) look(w []byte) *entry {
	if e := v.right(w); e != nil || len(w) < 3 {
		return e
	}
	if e := v.stemmed(w); e != nil {
		return e
	}
	if e := v.swapped(w); e != nil {
		return e
	}
	for _, c := range v.lang.clipped {
		if bytes.HasSuffix(w, []byte(c[0])) && len(w) < longest {
			var room [longest + 8]byte
			full := append(append(room[:0], w[:len(w)-len(c[0])]...), c[1]...)
			if e := v.right(full); e != nil {
				return e
			}
			if e := v.stemmed(full); e != nil {
				return e
			}
		}
	}
	if e := v.bony(w); e != nil {
		return e
	}
	if v.form(w) {
		return plain
	}
	return v.slip(w)
}

// form tells whether w is a regular form of a word that is right and means nothing to any sign: "ships" is no slip in
// "shins".
func (v *vocabulary) form(w []byte) bool {
	for _, ending := range v.lang.endings {
		if bytes.HasSuffix(w, []byte(ending)) && len(w)-len(ending) >= 3 {
			base := w[:len(w)-len(ending)]
			if _, ok := v.known[string(base)]; ok && v.forms[string(base)] == nil {
				return true
			}
		}
	}
	return false
}

func (v *vocabulary) stemmed(w []byte) *entry {
	if v.lang.stem == nil || !v.heads[head(w)] {
		return nil
	}
	return v.stems[v.lang.stemOf(string(w))]
}
