package triage

// A language holds what matching needs to know of a language and no pack should have to say: stems, little words,
// spellings of chats, numbers in words, and the words that decide what a sign means (scope.go).

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

type language struct {
	latin     bool                // its letters are Latin, so letters of other scripts are look-alikes
	stem      func(string) string // nil: words are compared as they stand
	light     map[string]bool     // words that may stand between the words of a sign without counting
	spelled   map[string]string   // how chats write words: the word that each stands for
	forms     map[string]string   // irregular forms: the word that each is a form of
	joins     map[string]bool     // and, or
	answers   map[string]bool     // no, none
	speaks    map[string]bool     // I, she
	its       map[string]bool     // it, that: a subject that may be the sign itself
	not       map[string]bool     // not, which verbs contract with
	contracts map[string]string   // verbs with a not behind them: did, didnt
	numbers   map[string]float64
	endings   []string            // regular endings, for slips in words that carry them
	clipped   [][2]string         // endings that chats shorten, and what they stand for
	known     []string            // common words that are never a slip in another
	scope     map[string][]string // the wordings of each kind of scope, as patterns
}

// languageOf gives the language of a BCP 47 tag. A language of which nothing is known is matched as it is
// written, and every sign counts as meant.
func languageOf(tag string) *language {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if base == "en" || base == "" {
		return newEnglish()
	}
	stemmer, ok := map[string]func(*snowballstem.Env) bool{
		"da": danish.Stem, "de": german.Stem, "es": spanish.Stem, "fi": finnish.Stem, "fr": french.Stem,
		"hu": hungarian.Stem, "it": italian.Stem, "nb": norwegian.Stem, "nl": dutch.Stem, "nn": norwegian.Stem,
		"no": norwegian.Stem, "pt": portuguese.Stem, "ro": romanian.Stem, "ru": russian.Stem, "sv": swedish.Stem,
		"tr": turkish.Stem,
	}[base]
	l := &language{latin: true}
	switch base {
	case "ru", "uk", "be", "bg", "sr", "mk", "el", "he", "ar", "fa", "ur", "hi", "bn", "ta", "th", "zh", "ja", "ko", "hy", "ka":
		l.latin = false
	}
	if ok {
		l.stem = snowball(stemmer)
	}
	return l
}

func snowball(stem func(*snowballstem.Env) bool) func(string) string {
	return func(word string) string {
		env := snowballstem.NewEnv(word)
		stem(env)
		return env.Current()
	}
}

func newEnglish() *language {
	l := &language{
		latin: true, stem: snowball(english.Stem), light: set(englishLight), joins: set(englishJoins), answers: set(englishAnswers), its: set(englishIts), speaks: set(englishSubjects), spelled: groups(englishSpellings), forms: groups(englishIrregular), numbers: englishNumbers(),
		not: set(englishNot), contracts: pairs(englishContracts),
		endings: []string{"s", "ed", "ing", "ness"}, clipped: [][2]string{{"in", "ing"}}, known: strings.Fields(englishKnown), scope: englishScope(),
	}
	return l
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// pairs reads words, each with what it becomes.
func pairs(words string) map[string]string {
	m := map[string]string{}
	ws := strings.Fields(words)
	for i := 0; i+1 < len(ws); i += 2 {
		m[ws[i]] = ws[i+1]
	}
	return m
}

// groups reads lines of words, the first of which stands for the others.
func groups(lines string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		ws := strings.Fields(line)
		for _, w := range ws[1:] {
			m[w] = ws[0]
		}
	}
	return m
}
