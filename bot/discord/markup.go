package discord

// This file writes blocks in Discord's dialect of Markdown, so that every character is shown as what it is and
// none of it notifies anybody, and cuts them to messages.
// https://support.discord.com/hc/en-us/articles/210298617

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// zeroWidth is a space that is not seen. It breaks what Discord would take for a mention, whatever the server
// does with allowed_mentions, and keeps markers apart that would be read as one.
const zeroWidth = "\u200b"

// length counts as UTF-16 does, which is never less than Discord counts.
func length(s string) int {
	n := 0
	for _, c := range s {
		n++
		if c > 0xFFFF {
			n++
		}
	}
	return n
}

func (b block) String() string {
	lines := make([]string, len(b.lines))
	for i, l := range b.lines {
		if b.fenced {
			lines[i] = fencedLine(plainLine(l))
		} else {
			lines[i] = l.String()
		}
	}
	text := strings.Join(lines, "\n")
	if b.fenced {
		return fence + "\n" + text + "\n" + fence
	}
	return text
}

const fence = "```"

// fencedLine keeps code from ending its fence or naming anybody.
func fencedLine(text string) string {
	return disarmed(strings.ReplaceAll(text, "``", "`"+zeroWidth+"`"))
}

func plainLine(l line) string {
	var b strings.Builder
	for _, s := range l.spans {
		b.WriteString(s.text)
	}
	return b.String()
}

func (l line) String() string { return l.prefix + write(l.spans) }

// write writes spans as one line.
func write(spans []span) string {
	var b strings.Builder
	for i := 0; i < len(spans); {
		j := i + 1
		for j < len(spans) && spans[j].url == spans[i].url {
			j++
		}
		piece := styled(spans[i:j], b.Len() == 0)
		if url := spans[i].url; url != "" {
			shown := plainText(spans[i:j])
			switch {
			case shown == "" || shown == url:
				piece = "<" + url + ">"
			default:
				piece = "[" + piece + "](<" + url + ">)"
			}
		}
		if touches(b.String(), piece) {
			b.WriteString(zeroWidth)
		}
		b.WriteString(piece)
		i = j
	}
	return b.String()
}

// touches says whether the markers at the end of one text and the beginning of the next would be read together.
func touches(before, after string) bool {
	if before == "" || after == "" {
		return false
	}
	const markers = "*~`"
	last, first := before[len(before)-1], after[0]
	return strings.IndexByte(markers, last) >= 0 && strings.IndexByte(markers, first) >= 0
}

// styled writes spans with their markers, each span on its own, so that a text can be cut between any two.
func styled(spans []span, start bool) string {
	var b strings.Builder
	for _, s := range merged(spans) {
		words := strings.TrimSpace(s.text)
		if words == "" {
			b.WriteString(s.text)
			continue
		}
		// Markers bind to words: the spaces stay outside.
		at := strings.Index(s.text, words)
		before, after := s.text[:at], s.text[at+len(words):]
		b.WriteString(before)
		isCode := s.style&code != 0
		if isCode && s.url != "" && strings.ContainsAny(words, `[]\`) {
			isCode = false // a bracket would end the link's text
		}
		open := ""
		for _, m := range []struct {
			style  style
			marker string
		}{{struck, "~~"}, {bold, "**"}, {italic, "*"}} {
			// Discord looks for the end of bold before it looks for code.
			if s.style&m.style != 0 && !(isCode && strings.ContainsAny(words, `*~\`)) {
				open += m.marker
			}
		}
		piece := ""
		if isCode {
			piece = codeSpan(words)
		} else {
			piece = escape(words, start && strings.TrimSpace(b.String()) == "" && open == "", s.url == "")
		}
		piece = open + piece + reversed(open)
		if touches(b.String(), piece) {
			b.WriteString(zeroWidth)
		}
		b.WriteString(piece)
		b.WriteString(after)
	}
	return b.String()
}

// merged joins neighbours of one style. A line that is being cut has a span for each word.
func merged(spans []span) []span {
	var out []span
	for i := 0; i < len(spans); {
		j := i + 1
		for j < len(spans) && spans[j].style == spans[i].style && spans[j].url == spans[i].url {
			j++
		}
		s := spans[i]
		if j > i+1 {
			var text strings.Builder
			for _, part := range spans[i:j] {
				text.WriteString(part.text)
			}
			s.text = text.String()
		}
		if s.text != "" {
			out = append(out, s)
		}
		i = j
	}
	return out
}

func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// codeSpan puts text between backticks, more of them than the text has in a row.
func codeSpan(text string) string {
	text = disarmed(text)
	longest, row := 0, 0
	for i := range len(text) {
		if text[i] == '`' {
			row++
			longest = max(longest, row)
		} else {
			row = 0
		}
	}
	ticks := strings.Repeat("`", longest+1)
	if longest == 0 {
		return ticks + text + ticks
	}
	return ticks + " " + text + " " + ticks
}

// disarmed breaks what Discord would take for a mention, for text between backticks, where no backslash helps.
func disarmed(text string) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if mentions(text[i:]) {
			b.WriteString(zeroWidth)
		}
	}
	return b.String()
}

// mentions says whether text begins with what Discord would take for a mention, an emoji, a time or a command.
func mentions(text string) bool {
	switch text[0] {
	case '@':
		rest := strings.ToLower(text[1:min(len(text), 1+len("everyone"))])
		return strings.HasPrefix(rest, "everyone") || strings.HasPrefix(rest, "here")
	case '<':
		return tokenFirst.MatchString(text)
	}
	return false
}

// special are the characters that mean something to Discord wherever they stand.
const special = "\\*_~`|[]<"

// escape writes text so that it is shown as it is. start says that it begins a line, links that an address of the
// web in it may stay one.
func escape(text string, start, links bool) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		if links {
			if address := addressAt(text, i); address != "" {
				b.WriteString("<" + strings.NewReplacer("@", "%40", "`", "%60", "|", "%7C", "\\", "%5C").Replace(address) + ">")
				i += len(address)
				continue
			}
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case c < utf8.RuneSelf && strings.ContainsRune(special, c),
			start && i == 0 && strings.ContainsRune("#->+", c),
			start && c == '.' && i > 0 && digits(text[:i]):
			b.WriteByte('\\')
		}
		b.WriteString(text[i : i+size])
		if mentions(text[i:]) {
			b.WriteString(zeroWidth)
		}
		i += size
	}
	return b.String()
}

func digits(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return c < '0' || c > '9' })
}

// addressAt gives the address of the web that begins at text[i], or "". It leaves out punctuation at its end.
func addressAt(text string, i int) string {
	rest := text[i:]
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") {
		return ""
	}
	if before, _ := utf8.DecodeLastRuneInString(text[:i]); i > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before)) {
		return ""
	}
	end := strings.IndexFunc(rest, func(c rune) bool { return unicode.IsSpace(c) || c == '<' || c == '>' || c == '*' || c == '"' })
	if end < 0 {
		end = len(rest)
	}
	address := strings.TrimRight(rest[:end], ".,;:!?)]}'_~|`\\")
	if len(address) > maxURL || webAddress(address) == "" {
		return ""
	}
	return address
}

// between stands between two blocks.
const between = "\n\n"

// A page is what one message or embed holds.
type page struct {
	blocks []block
	text   string // of the blocks
}

// paged fills pages of at most limit characters. A block goes onto the next page when it does not fit this one, and is
// cut only when it does not fit any.
func paged(blocks []block, limit int) []page {
	var out []page
	size := 0 // of the last page
	add := func(b block, text string) {
		n := length(text)
		if len(out) == 0 || size+len(between)+n > limit {
			out, size = append(out, page{[]block{b}, text}), n
			return
		}
		last := &out[len(out)-1]
		last.blocks = append(last.blocks, b)
		last.text += between + text
		size += len(between) + n
	}
	for _, b := range blocks {
		if !visible(b.lines) {
			continue
		}
		if text := b.String(); length(text) <= limit {
			add(b, text)
			continue
		}
		for _, piece := range b.pieces(limit) {
			add(piece, piece.String())
		}
	}
	return out
}

// pieces cuts a block that is too long so that each piece fits: between lines, else between words, else inside a word.
func (b block) pieces(limit int) []block {
	with := func(lines ...line) block { return block{lines: lines, fenced: b.fenced} }
	fits := func(lines ...line) bool { return length(with(lines...).String()) <= limit }
	var lines []line
	for _, l := range b.lines {
		lines = append(lines, l.pieces(func(l line) bool { return fits(l) })...)
	}
	var out []block
	for len(lines) > 0 {
		n := most(len(lines), func(n int) bool { return fits(lines[:n]...) })
		if visible(lines[:n]) {
			out = append(out, with(lines[:n]...))
		}
		lines = lines[n:]
	}
	return out
}

// pieces cuts a line so that each piece fits.
func (l line) pieces(fits func(line) bool) []line {
	if fits(l) {
		return []line{l}
	}
	var parts []span
	for _, s := range l.spans {
		for _, word := range words(s) {
			parts = append(parts, word.pieces(func(s span) bool { return fits(line{prefix: l.prefix, spans: []span{s}}) })...)
		}
	}
	var out []line
	prefix := l.prefix
	for len(parts) > 0 {
		n := most(len(parts), func(n int) bool { return fits(line{prefix: prefix, spans: parts[:n]}) })
		out = append(out, line{prefix: prefix, spans: parts[:n]})
		parts = parts[n:]
		prefix = continued(l.prefix)
	}
	return out
}

// most finds how many of all fit together, at least one. It doubles and then halves, because measuring is writing.
func most(all int, fits func(int) bool) int {
	low, high := 1, 2
	for high <= all && fits(high) {
		low, high = high, 2*high
	}
	high = min(high, all+1)
	for high-low > 1 {
		if middle := (low + high) / 2; fits(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// continued is the prefix of what goes on from a line: a bullet is not repeated.
func continued(prefix string) string {
	if rest, ok := strings.CutPrefix(prefix, quote); ok {
		return quote + continued(rest)
	}
	if strings.HasPrefix(prefix, "-# ") {
		return prefix
	}
	return strings.Repeat(" ", len(prefix))
}

// words splits a span behind each space.
func words(s span) []span {
	var out []span
	for word := range strings.SplitAfterSeq(s.text, " ") {
		if word != "" {
			w := s
			w.text = word
			out = append(out, w)
		}
	}
	return out
}

// pieces halves a word that does not fit until it does.
func (s span) pieces(fits func(span) bool) []span {
	if fits(s) || utf8.RuneCountInString(s.text) < 2 {
		return []span{s}
	}
	head, tail := splitAt(s.text, utf8.RuneCountInString(s.text)/2)
	a, b := s, s
	a.text, b.text = head, tail
	return append(a.pieces(fits), b.pieces(fits)...)
}

// splitAt splits a text behind its first n characters.
func splitAt(text string, n int) (head, tail string) {
	for i := range text {
		if n == 0 {
			return text[:i], text[i:]
		}
		n--
	}
	return text, ""
}
