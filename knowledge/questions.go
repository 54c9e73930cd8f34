package knowledge

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// isQuestion says whether a title ends in a question mark, of any script.
func isQuestion(title string) bool {
	for _, mark := range []string{"?", "？", "؟", "\u037e", "՞"} {
		if strings.HasSuffix(title, mark) {
			return true
		}
	}
	return false
}

// sameQuestions warns of entries that claim the same question: only one of them can be the answer.
func (r *packReader) sameQuestions() {
	claimed := make(map[string]*Entry, 2*len(r.pack.Entries))
	for _, e := range r.pack.Entries {
		for _, q := range e.Questions {
			key := foldQuestion(q)
			if key == "" {
				continue
			}
			switch first := claimed[key]; first {
			case nil:
				claimed[key] = e
			case e:
			default:
				r.warning(e.Place, fmt.Sprintf("%q is asked by this entry and by %q (%s, line %d)", cut(q), cut(first.Title), first.File, first.Line),
					"keep the question in the entry that answers it best")
			}
		}
	}
}

// foldQuestion leaves of a question what makes it different from others: its letters and digits in small, and the borders between words.
func foldQuestion(q string) string {
	var b strings.Builder
	b.Grow(len(q))
	gap := false
	for _, c := range norm.NFKC.String(q) {
		switch {
		case unicode.In(c, unicode.L, unicode.M, unicode.N):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(c))
		case c == '\'' || c == '’':
		default:
			gap = true
		}
	}
	return b.String()
}
