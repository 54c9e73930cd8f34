package knowledge

import (
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

// nearest returns the one of names that got was probably meant to be, or nothing. One or two slips of the
// fingers are forgiven, in a name of up to five letters only one.
func nearest[S ~[]string](got string, names S) string {
	got = strings.ToLower(strings.TrimSpace(got))
	best, bestSlips := "", 3
	for _, name := range names {
		if d := slips(got, strings.ToLower(name)); d < bestSlips && d < 3 {
			best, bestSlips = name, d
		}
	}
	return best
}

// slips counts the letters by which two words differ, or says 3 when that is too many to be a slip.
func slips(got, name string) int {
	allowed := 2
	if utf8.RuneCountInString(name) <= 5 {
		allowed = 1
	}
	if d := len(got) - len(name); d > allowed || -d > allowed || len(got) > 100 {
		return 3
	}
	if n := levenshtein.Distance(got, name, nil); n <= allowed {
		return n
	}
	if transposed(got, name) {
		return 1
	}
	return 3
}

// transposed says whether two neighbouring letters changed places, which the distance counts as two slips.
func transposed(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i+1 < len(a); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// didYouMean is a remedy that names the nearest of names, or all of them.
func didYouMean[S ~[]string](got string, names S, all string) string {
	if name := nearest(got, names); name != "" {
		return "did you mean \"" + name + "\"?"
	}
	return all
}
