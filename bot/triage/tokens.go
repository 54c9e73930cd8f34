package triage

// Tokens are the folded words of a message, with what stands before each of them and their place in the message.

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// A gap is what stands before a token.
type gap uint8

const (
	joined   gap = iota // a hyphen, slash or emoji, or a digit followed by letters; no space
	spaced              // white space
	clause              // the end of a clause: comma, colon, dash, parenthesis, dots
	sentence            // the end of a sentence
)

// A token is one word or number.
type token struct {
	lo, hi   int32 // in the folded text
	from, to int32 // in the message, in bytes
	before   gap
	asked    bool // a question mark stands before it
	colon    bool // a colon, a dash or a question mark stands before it: "fever: no"
	dotted   bool // only dots, dashes or symbols stand before it, as between split letters
	camel    bool // it holds a capital behind a small letter: "MyLegs"
	wide     bool // more than one space stands before it, as between words of "n u m b  l e g s"
	number   bool
	value    float64 // of a number
}

// longest is the length in bytes beyond which a folded word is cut. No word of any language that signs are
// written in comes near it; hostile messages do.
const longest = 64

// split folds text and splits it into tokens. buf and tokens are storage to use again.
func split(text string, latin bool, buf []byte, tokens []token) ([]byte, []token) {
	buf, tokens = buf[:0], tokens[:0]
	var t token // the token under way
	in := false // whether there is one
	before, asked, colon, dotted := sentence, false, false, false
	spaces := 0 // since the last token
	finish := func(at int) {
		if !in {
			return
		}
		in = false
		t.hi = int32(len(buf))
		tokens = append(tokens, t)
		before, asked, colon, dotted, spaces = joined, false, false, true, 0
	}
	mark := func(g gap) {
		if g > before {
			before = g
		}
	}
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		n := len(buf)
		var c class
		buf, c = foldRune(buf, r, latin)
		switch c {
		case letter, digit, single:
			if in && c == single {
				folded := append([]byte(nil), buf[n:]...)
				buf = buf[:n]
				finish(i)
				n = len(buf)
				buf = append(buf, folded...)
			}
			// Digits followed by letters are a number and its unit, unless letters went before: "6wks", "l3gs".
			if !in {
				in = true
				t = token{lo: int32(n), from: int32(i), before: before, asked: asked, colon: colon, dotted: dotted, wide: spaces > 1}
			}
			t.to = int32(i + size)
			t.camel = t.camel || 'A' <= r && r <= 'Z' && i > int(t.from) && 'a' <= text[i-1] && text[i-1] <= 'z'
			if c == single {
				finish(i + size)
			} else if len(buf)-int(t.lo) > longest {
				buf = buf[:n]
			}
		case hidden: // the word goes on behind it
		case quote:
			if after := follows(text, i+size); in && (after == letter || after == digit) || after != space && before == joined && dotted {
				break // can't = cant, c.a.n.'.t, can'7
			}
			finish(i)
			dotted = false
			mark(spaced)
		case dot:
			after := next(text, i+size)
			if in && after == digit && isDigit(buf[len(buf)-1]) {
				buf = append(buf, '.')
				break
			}
			finish(i)
			switch {
			case i+1 < len(text) && text[i+1] == '.' || i > 0 && text[i-1] == '.':
				mark(clause)
			default:
				mark(sentence)
			}
		case end:
			finish(i)
			mark(sentence)
			asked = asked || r == '?' || r == '？'
			colon = colon || asked
			dotted = false
		case soft:
			if r == ',' && in && isDigit(buf[len(buf)-1]) && next(text, i+1) == digit {
				// 38,4 is a decimal; 1,000 a thousand.
				if i+4 > len(text) || next(text, i+2) != digit || next(text, i+3) != digit {
					buf = append(buf, '.')
				}
				break
			}
			finish(i)
			mark(clause)
			colon = colon || r != ',' && r != '(' && r != ')'
			dotted = false
		case tight:
			if r == '/' && in && len(buf)-int(t.lo) == 1 && buf[len(buf)-1] == 'w' && i+1 < len(text) && text[i+1]|0x20 == 'o' {
				break // w/out, w/o
			}
			finish(i)
			if r == '-' && (i == 0 || text[i-1] == ' ') && i+1 < len(text) && text[i+1] == ' ' {
				mark(clause)
				colon, dotted = true, false
			}
		case space:
			finish(i)
			mark(spaced)
			spaces++
		default:
			if in && (r == '@' || r == '$') && next(text, i+1) == letter {
				buf = append(buf, map[rune]byte{'@': 'a', '$': 's'}[r])
				t.to = int32(i + 1)
				break
			}
			finish(i)
			if r == '<' {
				if skip, breaks := tag(text[i:]); skip > 0 {
					if !breaks && len(tokens) > 0 && i > 0 && int(tokens[len(tokens)-1].to) == i && next(text, i+skip) == letter {
						// <b>nu</b>mb: take the token up again.
						t, in = tokens[len(tokens)-1], true
						tokens = tokens[:len(tokens)-1]
					} else if breaks {
						mark(spaced)
					}
					size = skip
				} else {
					mark(spaced)
				}
			}
		}
		i += size
	}
	finish(len(text))
	return buf, tokens
}

// next is the class of the rune at i.
func next(text string, i int) class {
	if i >= len(text) {
		return space
	}
	if text[i] < utf8.RuneSelf {
		return ascii[text[i]]
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	_, c := foldRune(nil, r, false)
	return c
}

// follows is the class of what is seen at i, past what is hidden there.
func follows(text string, i int) class {
	const most = 16 // hidden runes: more on one letter are no writing
	for range most {
		c := next(text, i)
		if c != hidden || i >= len(text) {
			return c
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return space
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// tag tells how many bytes the HTML tag at the start of text has, and whether it separates words as a line
// break does. Only tags that chats know are taken away: "<cant feel my legs>" is somebody's words.
func tag(text string) (size int, breaks bool) {
	i := 1
	if i < len(text) && text[i] == '/' {
		i++
	}
	name := i
	for i < len(text) && i-name < 12 && (ascii[text[i]&0x7f] == letter || isDigit(text[i]) || text[i] == '-') {
		i++
	}
	breaks = false
	switch text[name:i] {
	case "b", "i", "u", "s", "em", "strong", "span", "a", "code", "del", "ins", "sub", "sup", "font", "mark", "small", "tg-spoiler":
	case "p", "br", "div", "li", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3":
		breaks = true
	default:
		return 0, false
	}
	if i < len(text) && text[i] != '>' && text[i] != ' ' && text[i] != '/' {
		return 0, false
	}
	// 200 bytes hold any tag with its attributes; a lone "<b" does not swallow the message.
	for j := i; j < len(text) && j-i < 200; j++ {
		switch text[j] {
		case '>':
			return j + 1, breaks
		case '<', '\n':
			return 0, false
		}
	}
	return 0, false
}

// parseNumber reads a folded word that is a number.
func parseNumber(word []byte) (float64, bool) {
	if len(word) == 0 || len(word) > 12 || !isDigit(word[0]) {
		return 0, false
	}
	for _, b := range word {
		if !isDigit(b) && b != '.' {
			return 0, false
		}
	}
	if i := bytes.IndexByte(word, '.'); i >= 0 {
		if j := bytes.IndexByte(word[i+1:], '.'); j >= 0 {
			word = word[:i+1+j] // a date or an address
		}
	}
	v, err := strconv.ParseFloat(string(word), 64)
	return v, err == nil
}
