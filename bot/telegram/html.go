package telegram

// Styled text becomes the HTML that Telegram's parser accepts. Tags are opened in one order and closed in the
// reverse one, so they nest properly whatever the text.

import (
	"strings"
	"unicode/utf16"
)

// tags are those of a look, the outer first. Code has no other style in Telegram, and a link wins over code.
func (l look) tags() []tag {
	var tags []tag
	add := func(on bool, open, closing string) {
		if on {
			tags = append(tags, tag{open, closing})
		}
	}
	add(l.quote, "<blockquote>", "</blockquote>")
	if l.pre {
		add(l.language == "", "<pre>", "</pre>")
		add(l.language != "", `<pre><code class="language-`+l.language+`">`, "</code></pre>")
		return tags
	}
	add(l.href != "", `<a href="`+escape(l.href)+`">`, "</a>")
	code := l.code && l.href == ""
	add(l.bold && !code, "<b>", "</b>")
	add(l.italic && !code, "<i>", "</i>")
	add(l.strike && !code, "<s>", "</s>")
	add(code, "<code>", "</code>")
	return tags
}

type tag struct{ open, closing string }

func writeHTML(runs []run) string {
	var b strings.Builder
	var open []tag
	closeTo := func(n int) {
		for len(open) > n {
			b.WriteString(open[len(open)-1].closing)
			open = open[:len(open)-1]
		}
	}
	for _, r := range runs {
		if r.text == "" {
			continue
		}
		tags := r.look.tags()
		same := 0
		for same < len(tags) && same < len(open) && tags[same] == open[same] {
			same++
		}
		closeTo(same)
		for _, t := range tags[same:] {
			b.WriteString(t.open)
			open = append(open, t)
		}
		b.WriteString(escape(r.text))
	}
	closeTo(0)
	return b.String()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(s string) string { return escaper.Replace(s) }

// writePlain is the text without markup, for a server that refuses the HTML. Addresses of links stand in brackets.
func writePlain(runs []run) string {
	var b strings.Builder
	for i, r := range runs {
		text := r.text
		if r.look.code || r.look.pre {
			text = hush(text) // in plain text, nothing keeps a name in code from being a mention
		}
		b.WriteString(text)
		linkEnds := r.look.href != "" && (i+1 == len(runs) || runs[i+1].look.href != r.look.href)
		if linkEnds && !strings.Contains(text, strings.TrimSuffix(r.look.href, "/")) {
			b.WriteString(" (" + r.look.href + ")")
		}
	}
	return b.String()
}

// hushed keeps "@name" from being a mention and "tg://" from being an address, unseen: WORD JOINER.
const hushed = "\u2060"

// hush makes sure that text mentions nobody, whatever stands beside it. An "@" after a letter is in an e-mail
// address, which Telegram tells from a mention.
func hush(text string) string {
	if !strings.Contains(text, "@") && !strings.Contains(text, "://") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		b.WriteByte(text[i])
		switch {
		case text[i] == '@' && (i == 0 || !isWord(text[i-1])):
			b.WriteString(hushed)
		case text[i] == ':' && i >= 2 && strings.EqualFold(text[i-2:i], "tg") && strings.HasPrefix(text[i:], "://"):
			b.WriteString(hushed)
		}
	}
	return b.String()
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// units is a text's length in UTF-16 code units. Telegram counts characters against its limit, of which there
// are never more.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
