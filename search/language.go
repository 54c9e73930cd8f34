package search

import (
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hi"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
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

// A language knows how its words are reduced to stems and which of them only hold a sentence together. The zero
// value keeps every word as it is, which is right for languages that have no stemmer here and for those that are
// written without spaces (their bigrams are made by tokenise).
type language struct {
	reduce func(string) string
	// stop holds words that count half (see stopWeight), folded and without apostrophes.
	stop map[string]bool
	// elides says that an apostrophe ends a word, as in l'eau. In other languages it is left out: don't, dont.
	elides bool
	// english says that questions are known by their beginning, too (see sentence.go).
	english bool
}

// stem reduces one folded word.
func (l *language) stem(word string) string {
	if l.reduce == nil {
		return word
	}
	if s := l.reduce(word); s != "" {
		return s
	}
	return word
}

// languageOf picks the language of a BCP 47 tag by its first subtag.
func languageOf(tag string) *language {
	primary, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	switch primary {
	case "", "en":
		return plainEnglish()
	case "ar":
		return newLanguage(arabic.Stem, ar.ArabicStopWords)
	case "da":
		return newLanguage(danish.Stem, da.DanishStopWords)
	case "de":
		return newLanguage(german.Stem, de.GermanStopWords)
	case "es":
		return newLanguage(spanish.Stem, es.SpanishStopWords)
	case "fi":
		return newLanguage(finnish.Stem, fi.FinnishStopWords)
	case "fr":
		l := newLanguage(french.Stem, fr.FrenchStopWords)
		l.elides = true
		return l
	case "hi":
		l := newLanguage(nil, hi.HindiStopWords)
		l.reduce = hindiStem
		return l
	case "hu":
		return newLanguage(hungarian.Stem, hu.HungarianStopWords)
	case "it":
		l := newLanguage(italian.Stem, it.ItalianStopWords)
		l.elides = true
		return l
	case "nl":
		return newLanguage(dutch.Stem, nl.DutchStopWords)
	case "nb", "nn", "no":
		return newLanguage(norwegian.Stem, no.NorwegianStopWords)
	case "pt":
		return newLanguage(portuguese.Stem, pt.PortugueseStopWords)
	case "ro":
		return newLanguage(romanian.Stem, ro.RomanianStopWords)
	case "ru":
		return newLanguage(russian.Stem, ru.RussianStopWords)
	case "sv":
		return newLanguage(swedish.Stem, sv.SwedishStopWords)
	case "tr":
		return newLanguage(turkish.Stem, tr.TurkishStopWords)
	}
	return &language{}
}

// plainEnglish is made once, because Split has no pack to ask.
var plainEnglish = sync.OnceValue(func() *language {
	l := newLanguage(english.Stem, []byte(englishStopWords))
	l.english = true
	return l
})

// newLanguage makes a language of a Snowball stemmer and a stop list, one word a line as Bleve ships them.
func newLanguage(stem func(*snowballstem.Env) bool, stop []byte) *language {
	l := &language{stop: map[string]bool{}}
	if stem != nil {
		l.reduce = func(word string) string {
			env := snowballstem.NewEnv(word)
			stem(env)
			return env.Current()
		}
	}
	words := analysis.NewTokenMap()
	if words.LoadBytes(stop) == nil { // the lists are compiled in: reading one cannot fail
		for w := range words {
			for _, part := range tokenise(fold(w), l) {
				l.stop[part] = true
			}
		}
	}
	return l
}

// hindiStem runs the normaliser and the stemmer that Bleve has for Hindi (Snowball has none).
func hindiStem(word string) string {
	stream := analysis.TokenStream{{Term: []byte(word)}}
	stream = hi.NewHindiNormalizeFilter().Filter(stream)
	stream = hi.NewHindiStemmerFilter().Filter(stream)
	return string(stream[0].Term)
}

// englishStopWords are function words only. Question words and negations are among them, because they count half
// and are not dropped: an FAQ asks how, when and why on purpose.
const englishStopWords = `
a an the this that these those some any each every both either such
i me my mine myself we us our ours you your yours he him his she her hers it its they them their theirs
one ones someone somebody something anyone anybody anything
who whom whose what which when where why how whats hows wheres whos
am is are was were be been being im ive id ill youre youve hes shes its were theyre thats theres isnt arent wasnt
do does did done doing dont doesnt didnt have has had having havent hasnt
can could may might must shall should will would cant cannot couldnt shouldnt wont wouldnt
not no nor and or but if then than so because as while though although whether
of in on at by for from to with without into onto about after before between during over under up down out off
again also just only very too more most much many few other another same own
there here now still yet already ever never always
get got please hi hello hey thanks thank ok okay
u ur r y wanna gonna gotta pls plz thx ty cuz coz bc btw lol omg idk tho im ima yall
`
