package telegramtest

// The entities that Telegram finds in plain text by itself, as its answers to 294 inputs show them
// (telegram-entities-golden.jsonl). Addresses, hashtags and cashtags are found in their plain forms only: what
// matters to a bot is that commands and mentions inside them are none.

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// FindEntities returns what Telegram marks in text that nobody marked up, in the order of the text.
func FindEntities(text string) []Entity {
	var taken []byteRange
	add := func(kind string, from, to int) {
		for _, t := range taken {
			if from < t.to && t.from < to {
				return
			}
		}
		taken = append(taken, byteRange{kind, from, to})
	}
	// Without a slash there is no address, and without an at sign none of mail; most texts have neither.
	for _, m := range find(urlPattern, "/", text) {
		add("url", m[0], m[0]+len(strings.TrimRight(text[m[0]:m[1]], ".,;:!?()\"'")))
	}
	for _, m := range find(emailPattern, "@", text) {
		if !wordBefore(text, m[0]) && !wordAfter(text, m[1]) {
			add("email", m[0], m[1])
		}
	}
	for at := 0; at < len(text); at++ {
		switch text[at] {
		case '@':
			if to, ok := mentionAt(text, at); ok {
				add("mention", at, to)
			}
		case '/':
			if to, ok := commandAt(text, at); ok {
				add("bot_command", at, to)
			}
		case '#':
			if to, ok := tagAt(text, at, unicode.IsLetter); ok {
				add("hashtag", at, to)
			}
		case '$':
			if to, ok := tagAt(text, at, func(r rune) bool { return r >= 'A' && r <= 'Z' }); ok && to-at <= 9 {
				add("cashtag", at, to)
			}
		}
	}
	slices.SortFunc(taken, func(a, b byteRange) int { return a.from - b.from })
	entities := make([]Entity, len(taken))
	for i, t := range taken {
		entities[i] = Entity{Type: t.kind, Offset: UTF16Len(text[:t.from]), Length: UTF16Len(text[t.from:t.to])}
	}
	return entities
}

// find is where a pattern that needs a sign matches.
func find(pattern *regexp.Regexp, sign, text string) [][]int {
	if !strings.Contains(text, sign) {
		return nil
	}
	return pattern.FindAllStringIndex(text, -1)
}

type byteRange struct {
	kind     string
	from, to int
}

var (
	urlPattern   = regexp.MustCompile(`(?i)(?:(?:https?|tg|ton)://[^\s<>"]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|me|io|dev|info|de|uk)/[^\s<>"]*)`)
	emailPattern = regexp.MustCompile(`(?i)[a-z0-9_.+-]+@[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.[a-z]{2,}`)
)

// mentionAt finds "@name" of 4 to 32 word characters that no word character touches.
func mentionAt(text string, at int) (to int, ok bool) {
	to = at + 1
	for to < len(text) && isWord(text[to]) {
		to++
	}
	n := to - at - 1
	return to, n >= 4 && n <= 32 && !wordBefore(text, at) && !wordAfter(text, to)
}

// commandAt finds "/name" of 1 to 64 word characters, with "@name" of 3 to 32 or without. Neither words nor
// slashes nor angle brackets may touch it.
func commandAt(text string, at int) (to int, ok bool) {
	if wordBefore(text, at) || at > 0 && strings.IndexByte("/<>", text[at-1]) >= 0 {
		return 0, false
	}
	to = at + 1
	for to < len(text) && isWord(text[to]) {
		to++
	}
	if n := to - at - 1; n < 1 || n > 64 {
		return 0, false
	}
	if to < len(text) && text[to] == '@' {
		name := to + 1
		for to = name; to < len(text) && isWord(text[to]); {
			to++
		}
		if n := to - name; n < 3 || n > 32 {
			return 0, false
		}
	}
	if wordAfter(text, to) || to < len(text) && strings.IndexByte("/<>", text[to]) >= 0 {
		return 0, false
	}
	return to, true
}

func tagAt(text string, at int, first func(rune) bool) (to int, ok bool) {
	r, _ := utf8.DecodeRuneInString(text[at+1:])
	if wordBefore(text, at) || !first(r) {
		return 0, false
	}
	for i, r := range text[at+1:] {
		if !wordRune(r) {
			return at + 1 + i, true
		}
	}
	return len(text), true
}

func wordBefore(text string, at int) bool {
	r, size := utf8.DecodeLastRuneInString(text[:at])
	return size > 0 && wordRune(r)
}

func wordAfter(text string, at int) bool {
	r, size := utf8.DecodeRuneInString(text[at:])
	return size > 0 && wordRune(r)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// UTF16Len is the length of s in UTF-16 code units, in which Telegram counts.
func UTF16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// Cut returns the part of text that an entity covers.
func (e Entity) Cut(text string) string {
	units := utf16.Encode([]rune(text))
	if e.Offset < 0 || e.Length < 0 || e.Offset+e.Length > len(units) {
		return ""
	}
	return string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
}
