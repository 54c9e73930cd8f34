package discord

// This file turns a reply's Markdown into blocks of lines of spans: what is said, free of any markup's rules.
// markup.go writes them in Discord's dialect.

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"github.com/redpin/redpin/knowledge"
)

// A style is a set of the ways in which text can stand out.
type style uint8

const (
	bold style = 1 << iota
	italic
	struck
	code
)

// A span is text of one style, without line breaks.
type span struct {
	text string
	style
	url string // where it links to, or empty
}

// A line is a prefix in Discord's markup, such as a bullet, and what stands behind it.
type line struct {
	prefix string
	spans  []span
}

// A block is what stays in one message where it can: a paragraph, a list, a row of a table.
type block struct {
	lines []line
	// fenced says that the lines are code: each has one span at most, and its style does not matter.
	fenced bool
}

// parse reads Markdown.
func parse(markdown string) []block {
	if strings.TrimSpace(markdown) == "" {
		return nil
	}
	source := []byte(strings.ToValidUTF8(markdown, "\uFFFD"))
	r := reader{source}
	return r.blocks(knowledge.ParseMarkdown(source))
}

type reader struct{ source []byte }

func (r reader) blocks(parent ast.Node) []block {
	var out []block
	var title []line // headings that wait for what stands under them, so that no message ends with one
	add := func(b block) {
		if len(title) > 0 && b.fenced {
			out = append(out, block{lines: title})
		} else {
			b.lines = append(title, b.lines...)
		}
		title = nil
		out = append(out, b)
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			title = append(title, r.lines(n)...)
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			add(block{fenced: true, lines: r.raw(n)})
		case *extension.Table:
			for _, b := range r.table(n) {
				add(b)
			}
		default:
			if lines := r.lines(n); visible(lines) {
				add(block{lines: lines})
			}
		}
	}
	if visible(title) {
		out = append(out, block{lines: title})
	}
	return out
}

// lines reads one block node as lines, whatever it holds.
func (r reader) lines(n ast.Node) []line {
	switch n := n.(type) {
	case *ast.Heading:
		return broken(r.inline(n, span{style: bold}))
	case *ast.List:
		return r.list(n)
	case *ast.Blockquote:
		var out []line
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			if len(out) > 0 {
				out = append(out, line{})
			}
			out = append(out, r.lines(child)...)
		}
		// Discord has no quotes in quotes.
		for i := range out {
			if !strings.HasPrefix(out[i].prefix, quote) {
				out[i].prefix = quote + out[i].prefix
			}
		}
		return out
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		out := r.raw(n)
		for i := range out {
			for j := range out[i].spans {
				out[i].spans[j].style = code
			}
		}
		return out
	case *ast.HTMLBlock:
		out := r.raw(n)
		if n.HasClosure() {
			out = append(out, line{spans: text(string(n.ClosureLine.Value(r.source)))})
		}
		return out
	case *ast.ThematicBreak:
		return []line{{spans: text("———")}}
	case *extension.Table:
		var out []line
		for _, b := range r.table(n) {
			out = append(out, b.lines...)
		}
		return out
	case *ast.Paragraph, *ast.TextBlock:
		return broken(r.inline(n, span{}))
	case *ast.LinkReferenceDefinition:
		return nil
	default:
		var out []line
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			if child.Type() == ast.TypeInline {
				return broken(r.inline(n, span{}))
			}
			out = append(out, r.lines(child)...)
		}
		return out
	}
}

const (
	quote  = "> "
	bullet = "- "
)

func (r reader) list(n *ast.List) []line {
	var out []line
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		marker := bullet
		if n.IsOrdered() {
			marker = strconv.Itoa(number) + ". "
			number++
		}
		indent := strings.Repeat(" ", len(marker))
		var inner []line
		for child := item.FirstChild(); child != nil; child = child.NextSibling() {
			inner = append(inner, r.lines(child)...)
		}
		if len(inner) == 0 {
			inner = []line{{}}
		}
		if strings.TrimSpace(inner[0].prefix) != "" {
			// A bullet has nothing but another list or a quote behind it: it stands on a line of its own.
			inner = append([]line{{}}, inner...)
		}
		for i := range inner {
			before := indent
			if i == 0 {
				before = marker
			}
			// So deep nobody can read, and each line would be full before its first word.
			const deepest = 40
			if len(inner[i].prefix) < deepest {
				inner[i].prefix = before + inner[i].prefix
			}
		}
		out = append(out, inner...)
	}
	return out
}

// table makes of each row what reads well on a phone: "first: second", or with more columns the first cell and
// under it every other with its column's name.
func (r reader) table(n *extension.Table) []block {
	var names []string
	var rows []block
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells [][]span
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, joined(r.inline(cell, span{})))
		}
		if _, head := row.(*extension.TableHeader); head {
			for _, cell := range cells {
				names = append(names, plainText(cell))
			}
			if row.NextSibling() == nil { // a table of nothing but names
				rows = append(rows, block{lines: []line{{spans: text(strings.Join(names, " · "))}}})
			}
			continue
		}
		if len(cells) == 0 {
			continue
		}
		first := emphasised(cells[0])
		if len(names) <= 2 {
			l := line{prefix: bullet, spans: first}
			if len(cells) > 1 && visible([]line{{spans: cells[1]}}) {
				l.spans = append(append(l.spans, text(": ")...), cells[1]...)
			}
			if len(rows) == 0 {
				rows = append(rows, block{})
			}
			rows[0].lines = append(rows[0].lines, l)
			continue
		}
		b := block{lines: []line{{spans: first}}}
		for i, cell := range cells[1:] {
			if !visible([]line{{spans: cell}}) {
				continue
			}
			l := line{prefix: bullet}
			if name := names[i+1]; name != "" {
				l.spans = text(name + ": ")
			}
			l.spans = append(l.spans, cell...)
			b.lines = append(b.lines, l)
		}
		rows = append(rows, b)
	}
	return rows
}

// raw gives the lines of a block as they were written.
func (r reader) raw(n ast.Node) []line {
	var out []line
	segments := n.Lines()
	for i := range segments.Len() {
		segment := segments.At(i)
		out = append(out, line{spans: text(strings.TrimRight(string(segment.Value(r.source)), "\r\n"))})
	}
	return out
}

// inline reads the text under n, in the style of as. A hard line break is a span of its own.
func (r reader) inline(n ast.Node, as span) []span {
	var out []span
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch c := child.(type) {
		case *ast.Text:
			value := c.Value(r.source)
			if !c.IsRaw() {
				value = resolve(value)
			}
			out = append(out, as.with(string(value)))
			switch {
			case c.HardLineBreak():
				out = append(out, lineBreak)
			case c.SoftLineBreak():
				out = append(out, as.with(" "))
			}
		case *ast.String:
			out = append(out, as.with(string(c.Value)))
		case *ast.CodeSpan:
			inner := as
			inner.style |= code
			out = append(out, joined(r.inline(c, inner))...)
		case *ast.Emphasis:
			inner := as
			if c.Level == 2 {
				inner.style |= bold
			} else {
				inner.style |= italic
			}
			out = append(out, r.inline(c, inner)...)
		case *extension.Strikethrough:
			inner := as
			inner.style |= struck
			out = append(out, r.inline(c, inner)...)
		case *ast.Link:
			out = append(out, r.link(c, string(resolve(c.Destination)), as)...)
		case *ast.Image:
			out = append(out, r.link(c, string(resolve(c.Destination)), as)...)
		case *ast.AutoLink:
			inner := as
			inner.url = webAddress(string(c.URL(r.source)))
			out = append(out, inner.with(string(c.Label(r.source))))
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				out = append(out, as.with(string(segment.Value(r.source))))
			}
		default:
			out = append(out, r.inline(c, as)...)
		}
	}
	return out
}

// link shows a link's text, and with it the address where people can follow it.
func (r reader) link(n ast.Node, address string, as span) []span {
	inner := as
	if inner.url == "" {
		inner.url = webAddress(address)
	}
	shown := r.inline(n, inner)
	name := plainText(shown)
	mail, isMail := strings.CutPrefix(address, "mailto:")
	switch {
	case isMail && !strings.Contains(name, mail):
		// Discord makes no links to addresses of mail.
		shown = append(shown, as.with(" ("+mail+")"))
	case inner.url != "" && name != inner.url && strings.Contains(name, "://"):
		// Discord does not hide one address behind another.
		for i := range shown {
			shown[i].url = ""
		}
		inner.style = as.style
		shown = append(shown, as.with(" ("), inner.with(inner.url), as.with(")"))
	}
	return shown
}

// resolve undoes Markdown's backslashes and HTML's entities.
func resolve(source []byte) []byte {
	var out []byte
	for {
		i := bytes.IndexByte(source, '\\')
		for i >= 0 && (i+1 == len(source) || !util.IsPunct(source[i+1])) {
			next := bytes.IndexByte(source[i+1:], '\\')
			if next < 0 {
				i = -1
				break
			}
			i += 1 + next
		}
		// What a backslash stands before begins no entity.
		before := source
		if i >= 0 {
			before = source[:i]
		}
		out = append(out, util.ResolveEntityNames(util.ResolveNumericReferences(before))...)
		if i < 0 {
			return out
		}
		out = append(out, source[i+1])
		source = source[i+2:]
	}
}

// maxURL bounds a link's address in characters, so that its line can always be cut to fit. It is Discord's own
// limit on a link button: https://discord.com/developers/docs/components/reference#button
const maxURL = 512

// webAddress gives an address of the web in a form that ends a link in Discord's markup nowhere but at its end, or
// "" for any other.
func webAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	escaped := strings.NewReplacer("<", "%3C", ">", "%3E", "(", "%28", ")", "%29", "@", "%40", "\\", "%5C", "`", "%60", "|", "%7C").Replace(u.String())
	if len(escaped) > maxURL || strings.ContainsFunc(escaped, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }) {
		return ""
	}
	return escaped
}

// lineBreak stands between two lines of one paragraph.
var lineBreak = span{text: "\n"}

// with gives a span of the same style with other words.
func (s span) with(words string) span {
	s.text = oneLine(words)
	return s
}

// text is words of no style.
func text(words string) []span { return []span{{text: oneLine(words)}} }

// oneLine makes a text one line of characters that are shown.
func oneLine(words string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\r' || c == '\t' || c == '\u2028' || c == '\u2029':
			return ' '
		case unicode.IsControl(c):
			return -1
		}
		return c
	}, strings.ToValidUTF8(words, "\uFFFD"))
}

// broken splits spans into lines at line breaks.
func broken(spans []span) []line {
	lines := []line{{}}
	for _, s := range spans {
		if s == lineBreak {
			lines = append(lines, line{})
			continue
		}
		l := &lines[len(lines)-1]
		l.spans = append(l.spans, s)
	}
	return lines
}

// joined makes line breaks spaces.
func joined(spans []span) []span {
	for i, s := range spans {
		if s == lineBreak {
			spans[i].text = " "
		}
	}
	return spans
}

func emphasised(spans []span) []span {
	out := make([]span, len(spans))
	for i, s := range spans {
		s.style |= bold
		out[i] = s
	}
	return out
}

func plainText(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return strings.TrimSpace(b.String())
}

// visible says whether there is anything to see: Discord refuses a message of nothing but spaces.
func visible(lines []line) bool {
	for _, l := range lines {
		for _, s := range l.spans {
			if strings.ContainsFunc(s.text, func(c rune) bool { return unicode.IsGraphic(c) && !unicode.IsSpace(c) }) {
				return true
			}
		}
	}
	return false
}

// under puts a title over blocks, where there is one.
func under(title line, blocks []block) []block {
	if len(title.spans) == 0 {
		return blocks
	}
	if len(blocks) == 0 || blocks[0].fenced {
		return append([]block{{lines: []line{title}}}, blocks...)
	}
	first := block{lines: append([]line{title}, blocks[0].lines...)}
	return append([]block{first}, blocks[1:]...)
}

// small marks blocks as what need not be read first.
func small(blocks []block) []block {
	for _, b := range blocks {
		for i := range b.lines {
			if !b.fenced && b.lines[i].prefix == "" {
				b.lines[i].prefix = "-# "
			}
		}
	}
	return blocks
}
