package knowledge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The words that a pack need not define. They are right in any country, and a pack for one country says it
// more simply.
const (
	emergencyNumberWord = "emergency-number"
	crisisLineWord      = "crisis-line"

	// 112 is the European Union's number and works on mobile phones in most of the world (GSM standard
	// TS 22.101); 911, 999 and 000 are those of North America, the United Kingdom and Australia.
	emergencyNumber = "your local emergency number (112 in Europe and on most mobile phones, 911 in the US and Canada, 999 in the UK, 000 in Australia)"

	// 988 has reached the suicide lifelines of the United States since 2022 (988lifeline.org) and of Canada since
	// 2023 (988.ca); 116 123 is Samaritans in the United Kingdom and Ireland (samaritans.org). Find A Helpline
	// (findahelpline.com) lists lines by country.
	crisisLine = "a crisis line (call or text 988 in the US and Canada, call Samaritans on 116 123 in the UK and Ireland; [findahelpline.com](https://findahelpline.com) lists lines in other countries)"
)

const maxWord = 4 << 10 // bytes in a word's text

// words are a pack's {{words}}.
type words struct {
	own   map[string]*word // as written in pack.yaml
	broke map[string]bool  // names whose definition has a problem of its own

	unread  bool // no definition could be read
	missing bool // a text uses a word that does not exist
}

// A word is one definition in pack.yaml.
type word struct {
	Place
	text   string
	line   int // where the text begins
	state  int
	filled string
}

// States of a word that is being filled in.
const (
	unfilled = iota
	filling
	filledIn
)

var (
	wordUse  = regexp.MustCompile(`\{\{([^{}\n]*)\}\}`)
	wordOpen = regexp.MustCompile(`\{\{`)
)

func wordName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// names are all words that may be used.
func (w *words) names() []string {
	names := []string{emergencyNumberWord, crisisLineWord}
	for name := range w.own {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// fill puts words into text, which begins at a line of f. A word that does not exist is a problem there.
func (w *words) fill(f *file, text string, line int) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	var b strings.Builder
	rest := 0
	for _, m := range wordUse.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[rest:m[0]])
		rest = m[1]
		at := f.line(line + strings.Count(text[:m[0]], "\n"))
		value, ok := w.value(f, strings.TrimSpace(text[m[2]:m[3]]), at)
		if !ok {
			value = text[m[0]:m[1]]
		}
		b.WriteString(value)
	}
	b.WriteString(text[rest:])
	without := wordUse.ReplaceAllString(text, "")
	for _, i := range wordOpen.FindAllStringIndex(without, -1) {
		f.problem(f.line(line+strings.Count(without[:i[0]], "\n")), "a word that begins with {{ is not closed in the same line", "write {{name}}")
	}
	return b.String()
}

// value is the text of one word, the words in it filled in.
func (w *words) value(f *file, name string, at Place) (string, bool) {
	own := w.own[name]
	switch {
	case own != nil:
	case name == emergencyNumberWord:
		return emergencyNumber, true
	case name == crisisLineWord:
		return crisisLine, true
	case w.broke[name], w.unread:
		return "", false
	default:
		w.missing = true
		f.problem(at, fmt.Sprintf("there is no word {{%s}}", cut(name)),
			didYouMean(name, w.names(), fmt.Sprintf("define it under \"words:\" in pack.yaml, or use one of: %s", strings.Join(w.names(), ", "))))
		return "", false
	}
	switch own.state {
	case filledIn:
		return own.filled, true
	case filling:
		f.problem(at, fmt.Sprintf("the word {{%s}} is defined in a circle: its text needs itself", name), "write one of the texts out")
		return "", false
	}
	own.state = filling
	defined := &file{name: own.File}
	own.filled = w.fill(defined, own.text, own.line)
	own.state = filledIn
	f.add(defined.reports)
	if len(own.filled) > 4*maxWord {
		f.problem(own.Place, fmt.Sprintf("the word %q grows to %d bytes with the words in it", name, len(own.filled)), "make it shorter")
		own.filled = ""
	}
	return own.filled, true
}
