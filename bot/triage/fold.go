package triage

// Folding undoes what hides a sign. It works rune by rune, so that every folded letter still knows its place in
// the message. What stands between runes (tags, dots between letters) is the business of tokens.go.

import (
	"unicode"
	"unicode/utf8"

	"go.mau.fi/util/confusable"
	"golang.org/x/text/unicode/norm"
)

// The classes of a rune, as the tokeniser sees them.
type class uint8

const (
	other  class = iota // ends a word and means nothing: emoji, symbols
	letter              // part of a word
	digit               // part of a number or a word
	space               // ends a word
	hidden              // is not there: zero-width characters, soft hyphens, accents, markup
	quote               // an apostrophe between letters, a quotation mark elsewhere
	dot                 // ends a sentence, or stands in a number, or between split letters
	end                 // ends a sentence: ! ? ; and line breaks
	soft                // ends a clause: , : ( ) and dashes
	tight               // stands between words without a space: - / _ | &
	single              // a letter that is a word by itself, in scripts without spaces
)

// ascii holds the class of every byte below 128, so that plain messages need no Unicode tables.
var ascii = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		case c == '\n' || c == '\r' || c == '!' || c == '?' || c == ';':
			t[c] = end
		case c == ' ' || c == '\t' || c == '\v' || c == '\f':
			t[c] = space
		case c < ' ' || c == 0x7f:
			t[c] = hidden
		case c == ',' || c == ':' || c == '(' || c == ')' || c == '[' || c == ']':
			t[c] = soft
		case c == '-' || c == '/' || c == '_' || c == '|' || c == '&':
			t[c] = tight
		case c == '*' || c == '~':
			t[c] = hidden
		case c == '\'' || c == '`':
			t[c] = quote
		case c == '.':
			t[c] = dot
		}
	}
	return t
}()

// smallCapitals are letters that the library takes for letters of their own, and in which it ends for look-alikes such as
// the Cyrillic т.
var smallCapitals = map[rune]byte{
	'ᴀ': 'a', 'ʙ': 'b', 'ᴅ': 'd', 'ᴇ': 'e', 'ꞓ': 'e', 'ꜰ': 'f', 'ɢ': 'g', 'ʜ': 'h', 'ᴊ': 'j', 'ᴋ': 'k', 'ĸ': 'k', 'ʟ': 'l', 'ᴍ': 'm', 'ʍ': 'm',
	'ɴ': 'n', 'ᴎ': 'n', 'ᴘ': 'p', 'ʀ': 'r', 'ᴛ': 't', 'ᴡ': 'w', 'ʏ': 'y',
}

// foldRune gives the class of r and, for letters and digits, what it is folded to: lower case, without accents,
// and in Latin script when latin is set and it looks like a Latin letter. The folded letters are appended to dst.
func foldRune(dst []byte, r rune, latin bool) ([]byte, class) {
	if r < utf8.RuneSelf {
		c := ascii[r]
		if c == letter {
			return append(dst, byte(r)|0x20), letter
		}
		if c == digit {
			return append(dst, byte(r)), digit
		}
		return dst, c
	}
	switch r {
	case '’', '‘', 'ʼ', '´', '＇', '‛', '′':
		return dst, quote
	case '…', '—', '–', '―', '，', '、', '：':
		return dst, soft
	case '。', '！', '？', '；', '\u2028', '\u2029', '\u0085':
		return dst, end
	case '‐', '‑', '·', '•', '．':
		return dst, tight
	case '\u00ad', '\u115f', '\u1160', '\u3164', '\uffa0', '\u034f':
		return dst, hidden
	}
	switch {
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cc, r):
		return dst, hidden
	case unicode.IsSpace(r):
		return dst, space
	case 0x1f1e6 <= r && r <= 0x1f1ff: // regional indicators
		return append(dst, byte('a'+r-0x1f1e6)), letter
	case 0x1f150 <= r && r <= 0x1f169: // negative circled letters have no decomposition in Unicode
		return append(dst, byte('a'+r-0x1f150)), letter
	case 0x1f170 <= r && r <= 0x1f189: // nor have negative squared ones
		return append(dst, byte('a'+r-0x1f170)), letter
	}
	n := len(dst)
	var raw [utf8.UTFMax]byte
	whole := raw[:utf8.EncodeRune(raw[:], r)]
	if d := norm.NFKD.Properties(whole).Decomposition(); d != nil {
		whole = d
	}
	for len(whole) > 0 {
		p, size := utf8.DecodeRune(whole)
		whole = whole[size:]
		dst = foldPart(dst, p, latin)
	}
	if len(dst) > n {
		if dst[n] >= '0' && dst[n] <= '9' {
			return dst, digit
		}
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer) {
			return dst, single
		}
		return dst, letter
	}
	return dst, other
}

// foldPart folds one rune of a decomposition: nothing of it is left when it is neither letter nor digit.
func foldPart(dst []byte, r rune, latin bool) []byte {
	if r < utf8.RuneSelf {
		switch ascii[r] {
		case letter:
			return append(dst, byte(r)|0x20)
		case digit:
			return append(dst, byte(r))
		}
		return dst
	}
	small := unicode.ToLower(r)
	if small < utf8.RuneSelf {
		return append(dst, byte(small))
	}
	if b, ok := smallCapitals[small]; latin && ok {
		return append(dst, b)
	}
	if latin && !unicode.IsPunct(r) {
		// The library maps plain ASCII as well ("m" to "rn"); that is why ASCII never comes here. Small letters
		// first: it takes a capital I of any script for an l.
		for _, like := range [2]rune{small, r} {
			n := len(dst)
			for _, l := range confusable.GetReplacement(like) {
				if l < utf8.RuneSelf {
					switch ascii[l] {
					case letter:
						dst = append(dst, byte(l)|0x20)
					case digit:
						dst = append(dst, byte(l))
					}
				} else if b, ok := smallCapitals[l]; ok {
					dst = append(dst, b)
				}
			}
			if len(dst) > n {
				return dst
			}
		}
	}
	r = small
	switch {
	case unicode.IsLetter(r):
		return utf8.AppendRune(dst, r)
	case unicode.IsDigit(r):
		return utf8.AppendRune(dst, r)
	}
	return dst
}
