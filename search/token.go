package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold makes texts that look alike the same: compatibility forms (full-width letters, ligatures) become plain ones,
// upper case becomes lower case, typographic apostrophes become straight, and format characters (zero-width joiners,
// direction marks, soft hyphens) go.
func fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == '‘' || r == 'ʼ' || r == '＇' || r == '`' || r == '´':
			return '\''
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// tokenise cuts a folded text into words: runs of letters, digits and marks. Apostrophes go, and an 's with them
// (dog's: dog); in a language that elides they end the word. The plus and sharp signs of c++ and c# and the dot of
// .net stay, because nothing else tells these names apart. Scripts without spaces are cut into overlapping pairs of
// characters, for which no dictionary is needed.
func tokenise(folded string, l *language) []string {
	var out []string
	for i := 0; i < len(folded); {
		r, size := utf8.DecodeRuneInString(folded[i:])
		if !wordRune(r) {
			i += size
			continue
		}
		start := i
		if unspaced(r) {
			i, out = bigrams(folded, i, out)
			continue
		}
		apostrophes := 0
		for i < len(folded) {
			r, size = utf8.DecodeRuneInString(folded[i:])
			if r == '\'' && !l.elides {
				next, _ := utf8.DecodeRuneInString(folded[i+1:])
				if !wordRune(next) {
					break
				}
				apostrophes++
			} else if !wordRune(r) || unspaced(r) {
				break
			}
			i += size
		}
		word := folded[start:i]
		if apostrophes > 0 {
			word = strings.ReplaceAll(strings.TrimSuffix(word, "'s"), "'", "")
		}
		for len(word) < 3 && i < len(folded) && (folded[i] == '+' || folded[i] == '#') && apostrophes == 0 {
			i++
			word = folded[start:i]
		}
		if word == "net" && start > 0 && folded[start-1] == '.' && (start == 1 || folded[start-2] == ' ') {
			word = folded[start-1 : i]
		}
		if word != "" {
			out = append(out, word)
		}
	}
	return out
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// unspaced reports whether r belongs to a script that is written without spaces between words. Hangul has spaces,
// but its particles cling to words, so pairs of syllables find more there, too.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// bigrams appends the overlapping pairs of the run of unspaced characters at i, or the character when it is alone,
// and returns where the run ends.
func bigrams(s string, i int, out []string) (int, []string) {
	first := true
	previous := i
	for at := i; ; {
		r, size := utf8.DecodeRuneInString(s[at:])
		if size == 0 || !unspaced(r) && r != 'ー' {
			if at-i > 0 && previous == i && first {
				out = append(out, s[i:at])
			}
			return at, out
		}
		if at > i {
			out = append(out, s[previous:at+size])
			first = false
			previous = at
		}
		at += size
	}
}

// withoutDestinations drops where Markdown links lead: what an author writes between the brackets is the text.
func withoutDestinations(md string) string {
	if !strings.Contains(md, "](") {
		return md
	}
	var b strings.Builder
	for {
		i := strings.Index(md, "](")
		if i < 0 {
			b.WriteString(md)
			return b.String()
		}
		b.WriteString(md[:i+1])
		end := strings.IndexAny(md[i:], ")\n")
		if end < 0 {
			return b.String()
		}
		md = md[i+end:]
	}
}
