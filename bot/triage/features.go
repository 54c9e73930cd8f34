package triage

// What the classifier sees of a message: its words, pairs of words that stand side by side or with one between, and
// runs of three and four letters in a word, which are what slips and other forms of a word have in common with it.

import "unicode/utf8"

// A featureKind is one of two groups of features, each of which counts as much as the other.
type featureKind uint8

const (
	wordFeature featureKind = iota
	pieceFeature
	featureKinds
)

// A feature is one thing that a message may hold.
type feature struct {
	kind featureKind
	text string
}

// eachWord calls yield with every word of tokens and every pair, as often as they are there. text is good until yield
// returns. It returns its working memory, for the next call.
func eachWord(buf []byte, tokens []token, scratch []byte, yield func(text []byte, pair bool)) []byte {
	for i := range tokens {
		t := &tokens[i]
		word := buf[t.lo:t.hi]
		yield(word, false)
		if i == 0 || t.before == sentence {
			continue
		}
		before := &tokens[i-1]
		scratch = append(append(append(scratch[:0], buf[before.lo:before.hi]...), ' '), word...)
		yield(scratch, true)
		if i > 1 && before.before != sentence {
			before = &tokens[i-2]
			scratch = append(append(append(scratch[:0], buf[before.lo:before.hi]...), " _ "...), word...)
			yield(scratch, true)
		}
	}
	return scratch
}

// eachPiece calls yield with every run of three and four letters in a word. Its ends count as letters, so that "urine"
// and "our" share less.
func eachPiece(word []byte, scratch []byte, yield func(text []byte)) []byte {
	scratch = append(append(append(scratch[:0], '_'), word...), '_')
	starts := [4]int{} // of the last four letters
	for at, n := 0, 0; at < len(scratch); n++ {
		copy(starts[:], starts[1:])
		starts[3] = at
		at += letterLength(scratch[at:])
		if n >= 2 {
			yield(scratch[starts[1]:at])
		}
		if n >= 3 {
			yield(scratch[starts[0]:at])
		}
	}
	return scratch
}

func letterLength(text []byte) int {
	if text[0] < utf8.RuneSelf {
		return 1
	}
	_, n := utf8.DecodeRune(text)
	return n
}

// featureHash is FNV-1a over the kind and the text: http://www.isthe.com/chongo/tech/comp/fnv
func featureHash(kind featureKind, text []byte) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := (uint64(offset) ^ uint64(kind)) * prime
	for _, b := range text {
		h = (h ^ uint64(b)) * prime
	}
	return h
}
