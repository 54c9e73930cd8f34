package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A long message tells a story and asks in a sentence or two, mostly at its end. What is asked counts whole; the
// story still helps to tell like entries apart, but never outweighs the question.

const (
	// rambleFrom is how many words make a message long. Shorter ones are read as a whole.
	rambleFrom = 35
	// rambleWeight is the most that a word beside the question counts, and rambleShare the most that all of them
	// count together, against those of the question.
	rambleWeight = 0.4
	rambleShare  = 0.5
)

// A part is a sentence of a message, its words, and how much they count.
type part struct {
	text   string // as it was written
	tokens []string
	asks   bool
	weight float32
}

// weigh cuts a message into its sentences, those that ask first.
func (l *language) weigh(message string) []part {
	parts := l.sentences(message)
	words, asking := 0, 0
	for _, p := range parts {
		words += len(p.tokens)
		if p.asks {
			asking += len(p.tokens)
		}
	}
	if words < rambleFrom || asking == 0 || asking == words {
		return parts
	}
	weight := min(rambleWeight, rambleShare*float32(asking)/float32(words-asking))
	for i := range parts {
		if !parts[i].asks {
			parts[i].weight = weight
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int {
		switch {
		case a.asks == b.asks:
			return 0
		case a.asks:
			return -1
		}
		return 1
	})
	return parts
}

// sentences cuts a text at line ends and at the marks that end a sentence before a space.
func (l *language) sentences(message string) []part {
	var out []part
	add := func(text string) {
		folded := fold(text)
		if tokens := tokenise(folded, l); len(tokens) > 0 {
			out = append(out, part{text, tokens, l.asks(folded, tokens), 1})
		}
	}
	start := 0
	for i, r := range message {
		end := i + utf8.RuneLen(r)
		switch r {
		case '\n', '。', '？', '！', '؟', '।':
		case '.', '!', '?', ';':
			if end < len(message) && !strings.ContainsRune(" \t\n\"')", rune(message[end])) {
				continue
			}
		default:
			continue
		}
		add(message[start:end])
		start = end
	}
	add(message[start:])
	return out
}

// asks reports whether a folded sentence is a question: by its mark, or (in English) by how it begins.
func (l *language) asks(text string, tokens []string) bool {
	if strings.ContainsAny(text[max(0, len(text)-4):], "?？؟") {
		return true
	}
	if !l.english {
		return false
	}
	for _, token := range tokens[:min(len(tokens), 3)] { // so how do I, and what about, but can we
		if strings.Contains(englishAskers, " "+token+" ") {
			return true
		}
		if !strings.Contains(" so and but or also then ok okay hi hello hey please well ", " "+token+" ") {
			break
		}
	}
	return slices.ContainsFunc(englishAsks, func(phrase string) bool { return strings.Contains(text, phrase) })
}

// englishAskers are words that a question begins with, englishAsks what people write who ask without a question.
const englishAskers = " how what which when where who whom whose why whats hows wheres can could should would is are am do does did will may has have any anyone anybody "

var englishAsks = []string{
	"tell me", "help me", "advice on", "advice for", "any advice", "any tips", "wondering", "wonder if", "need to know",
	"want to know", "like to know", "looking for", "explain", "recommend", "suggestions",
}

// Split returns the questions of a message that asks several, each as it was written. It splits only where each part
// stands on its own: it asks, it has a word that means something, and it points back at nothing ("does it", "and that
// one"). Any other message comes back whole. Beside question marks it knows the beginnings of English questions.
func Split(message string) []string {
	l := plainEnglish()
	var questions []string
	for _, p := range l.sentences(cut(message)) {
		if !p.asks {
			continue
		}
		for _, q := range l.conjoined(p) {
			if q = l.begun(q); !l.standsAlone(q) {
				return []string{message}
			}
			questions = append(questions, q)
		}
	}
	if len(questions) < 2 || len(questions) > maxQuestions {
		return []string{message}
	}
	return questions
}

// Asked returns the one question of a message that says other things as well, as it was written, or "" where there is
// not one alone or it does not stand on its own.
func Asked(message string) string {
	l := plainEnglish()
	parts := l.sentences(cut(message))
	asked := ""
	for _, p := range parts {
		if !p.asks {
			continue
		}
		if asked != "" {
			return ""
		}
		asked = strings.TrimSpace(p.text)
	}
	if len(parts) < 2 || !l.standsAlone(asked) {
		return ""
	}
	return asked
}

// maxQuestions is how many questions of one message are answered apart. More are a list that nobody reads.
const maxQuestions = 3

// mostCuts is how many places conjoined tries. Each costs a reading of the text, and nobody joins two questions behind
// sixteen commas.
const mostCuts = 16

// conjoined cuts "what … and which …" between the two questions.
func (l *language) conjoined(p part) []string {
	tries := 0
	for _, and := range []string{" and also ", " and ", ", ", " also "} {
		for at := 0; ; {
			i := strings.Index(p.text[at:], and)
			if i < 0 {
				break
			}
			if tries++; tries > mostCuts {
				return []string{strings.TrimSpace(p.text)}
			}
			first, second := p.text[:at+i], p.text[at+i+len(and):]
			at += i + len(and)
			if l.opens(first) && l.opens(second) && l.standsAlone(first) && l.standsAlone(second) {
				return []string{strings.TrimSpace(first), strings.TrimSpace(second)}
			}
		}
	}
	return []string{strings.TrimSpace(p.text)}
}

// begun is a question without the word that joins it to the one before: "And can massage help?"
func (l *language) begun(question string) string {
	for _, joint := range []string{"and ", "also ", "also, ", "and also ", "but "} {
		if len(question) > len(joint) && strings.EqualFold(question[:len(joint)], joint) && l.opens(question[len(joint):]) {
			return question[len(joint):]
		}
	}
	return question
}

// opens reports whether a text begins as a question does and goes on with more than "how to".
func (l *language) opens(text string) bool {
	tokens := tokenise(fold(text), l)
	return len(tokens) > 2 && strings.Contains(englishAskers, " "+tokens[0]+" ") && tokens[1] != "to"
}

// courtesies are words of questions that only ask for leave to ask.
const courtesies = " help question questions ask know tell explain idea ideas advice please "

// standsAlone reports whether a text says enough by itself: three words, one of which means something, and none that
// points to another text.
func (l *language) standsAlone(text string) bool {
	tokens := tokenise(fold(text), l)
	if len(tokens) < 3 || strings.Contains(" and or but also for ", " "+tokens[0]+" ") {
		return false
	}
	content := false
	for _, token := range tokens {
		if strings.Contains(" it its that this these those they them one ones then there else other another instead ", " "+token+" ") {
			return false
		}
		content = content || !l.stop[token] && !strings.Contains(courtesies, " "+token+" ")
	}
	return content
}
