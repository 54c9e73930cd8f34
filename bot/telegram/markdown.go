package telegram

// Markdown becomes paragraphs of styled text here, before anything is HTML: text of one look can be measured,
// cut and nested rightly, tags cannot.

import (
	"bytes"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"github.com/redpin/redpin/knowledge"
)

// A look is how text is shown.
type look struct {
	quote, bold, italic, strike, code bool
	// pre makes a block of code, in language where that is known.
	pre      bool
	language string
	// href is the address that the text leads to.
	href string
}

// A run is text of one look.
type run struct {
	text string
	look look
}

// A block is a paragraph, a heading, an item of a list or a row of a table.
type block struct {
	runs []run
	// tight blocks follow the one before on the next line, others after a blank line.
	tight bool
	// heading blocks stay with what follows.
	heading bool
	// pinned blocks are the escalation's.
	pinned bool
}

// maxHref is the longest address that becomes a link, in bytes. A longer one would fill the message unseen.
const maxHref = 2000

// markdownBlocks reads Markdown in the dialect of packs. All of it gets base's look beside its own.
func markdownBlocks(source string, base look) []block {
	m := markdown{source: []byte(clean(source))}
	m.children(knowledge.ParseMarkdown(m.source), base)
	return m.blocks
}

type markdown struct {
	source []byte
	blocks []block
	// marker stands before the next block: a list item's bullet. indent stands before the others of the item.
	marker, indent string
	// depth counts the lists around, and tight says that the innermost is a tight one.
	depth int
	tight bool
	// within counts the blocks of the current list, so that its first is set off from what stands above.
	within int
}

func (m *markdown) children(n ast.Node, l look) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		m.block(c, l)
	}
}

func (m *markdown) block(n ast.Node, l look) {
	switch n := n.(type) {
	case *ast.Heading:
		l.bold = true
		m.add(block{runs: m.inlines(n, l), heading: true})
	case *ast.Paragraph, *ast.TextBlock:
		m.add(block{runs: m.inlines(n, l)})
	case *ast.Blockquote:
		l.quote = true
		m.children(n, l)
	case *ast.List:
		m.list(n, l)
	case *ast.FencedCodeBlock:
		l.pre, l.language = true, languageName(string(n.Language(m.source)))
		m.add(block{runs: []run{{m.lines(n), l}}})
	case *ast.CodeBlock:
		l.pre = true
		m.add(block{runs: []run{{m.lines(n), l}}})
	case *ast.HTMLBlock:
		text := m.lines(n)
		if n.HasClosure() {
			text += "\n" + string(n.ClosureLine.Value(m.source))
		}
		m.add(block{runs: []run{{strings.TrimRight(text, "\n"), l}}})
	case *ast.ThematicBreak:
		m.add(block{runs: []run{{rule, look{}}}})
	case *east.Table:
		m.table(n, l)
	default:
		m.children(n, l)
	}
}

// rule stands between parts of a reply. Telegram has no line of its own.
const rule = "———"

func (m *markdown) add(b block) {
	b.runs = withLinks(merge(b.runs))
	blank := true
	for _, r := range b.runs {
		blank = blank && strings.TrimSpace(r.text) == ""
	}
	if blank && m.marker == "" {
		return
	}
	lead := m.indent
	if m.marker != "" {
		lead, m.marker = m.marker, ""
	}
	if lead != "" {
		b.runs = append([]run{{text: lead}}, b.runs...)
		if len(b.runs) > 1 {
			b.runs[0].look.quote = b.runs[1].look.quote
		}
	}
	if m.depth > 0 {
		b.tight = b.tight || m.tight && m.within > 0
		m.within++
	}
	m.blocks = append(m.blocks, b)
}

// maxIndent is how many lists within lists are indented: a phone shows about 35 characters in a line.
const maxIndent = 4

func (m *markdown) list(n *ast.List, l look) {
	indent, tight := m.indent, m.tight
	m.depth++
	m.tight = n.IsTight
	if m.depth == 1 {
		m.within = 0
	}
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		bullet := "• "
		if n.IsOrdered() {
			bullet = strconv.Itoa(number) + ". "
			number++
		}
		margin := strings.Repeat("    ", min(m.depth-1, maxIndent))
		m.marker, m.indent = margin+bullet, margin+"    "
		m.children(item, l)
		m.marker = ""
	}
	m.indent, m.tight = indent, tight
	m.depth--
}

// table shows each row as a paragraph: a phone is too narrow for columns. The first cell is bold; the others
// follow it, with their columns' names where there are more than two.
func (m *markdown) table(n *east.Table, l look) {
	var names []string
	rows := 0
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if _, header := row.(*east.TableHeader); header {
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				names = append(names, strings.TrimSpace(plainText(m.inlines(cell, look{}))))
			}
			continue
		}
		b := block{tight: rows > 0 && len(names) <= 2}
		rows++
		column := 0
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cellLook := l
			cellLook.bold = l.bold || column == 0
			runs := m.inlines(cell, cellLook)
			if strings.TrimSpace(plainText(runs)) != "" {
				b.runs = append(b.runs, separate(b.runs, names, column, l)...)
				b.runs = append(b.runs, runs...)
			}
			column++
		}
		m.add(b)
	}
	if rows == 0 {
		m.add(block{runs: []run{{strings.Join(names, " · "), look{quote: l.quote, bold: true}}}})
	}
}

// separate is what stands before a cell.
func separate(before []run, names []string, column int, l look) []run {
	l.bold = false
	var runs []run
	switch {
	case len(before) == 0:
	case len(names) > 2:
		runs = append(runs, run{"\n", l})
	default:
		runs = append(runs, run{": ", l})
	}
	if len(names) > 2 && column > 0 && column < len(names) && names[column] != "" {
		l.italic = true
		runs = append(runs, run{names[column] + ":", l}, run{" ", look{quote: l.quote}})
	}
	return runs
}

// lines is the raw text of a block of code or HTML.
func (m *markdown) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(m.source))
	}
	return strings.TrimRight(b.String(), "\n")
}

// inlines is the running text in n.
func (m *markdown) inlines(n ast.Node, l look) []run {
	var runs []run
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			text := unescape(c.Value(m.source))
			if c.HardLineBreak() {
				text += "\n"
			} else if c.SoftLineBreak() {
				text += " "
			}
			runs = append(runs, run{text, l})
		case *ast.String:
			runs = append(runs, run{string(c.Value), l})
		case *ast.CodeSpan:
			code := l
			code.code = true
			runs = append(runs, run{strings.ReplaceAll(m.code(c), "\n", " "), code})
		case *ast.Emphasis:
			stressed := l
			if c.Level == 1 {
				stressed.italic = true
			} else {
				stressed.bold = true
			}
			runs = append(runs, m.inlines(c, stressed)...)
		case *east.Strikethrough:
			struck := l
			struck.strike = true
			runs = append(runs, m.inlines(c, struck)...)
		case *ast.Link:
			runs = append(runs, m.link(c, unescape(c.Destination), l)...)
		case *ast.Image:
			runs = append(runs, m.link(c, unescape(c.Destination), l)...)
		case *ast.AutoLink:
			linked := l
			if c.AutoLinkType == ast.AutoLinkURL {
				linked.href = webAddress(string(c.URL(m.source)))
			}
			runs = append(runs, run{string(c.Label(m.source)), linked})
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				runs = append(runs, run{string(segment.Value(m.source)), l})
			}
		default:
			runs = append(runs, m.inlines(c, l)...)
		}
	}
	return runs
}

// code is the text of a code span, in which nothing is markup.
func (m *markdown) code(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(m.source))
		}
	}
	return b.String()
}

// link shows a web address as a link, an e-mail address as text that Telegram links by itself (it turns mailto
// links into broken web addresses), and anything else as its text alone.
func (m *markdown) link(n ast.Node, target string, l look) []run {
	linked := l
	linked.href = webAddress(target)
	runs := m.inlines(n, linked)
	text := strings.TrimSpace(plainText(runs))
	if text == "" && linked.href != "" {
		return []run{{linked.href, linked}}
	}
	if address, isMail := strings.CutPrefix(target, "mailto:"); isMail {
		address, _, _ = strings.Cut(address, "?")
		if decoded, err := url.PathUnescape(address); err == nil {
			address = clean(decoded)
		}
		if address != text && address != "" {
			runs = append(runs, run{" (" + address + ")", l})
		}
	}
	return runs
}

// webAddress returns an address that Telegram accepts as a link, or nothing.
func webAddress(target string) string {
	target = strings.ReplaceAll(strings.TrimSpace(target), " ", "%20")
	u, err := url.Parse(target)
	if err != nil || len(target) > maxHref || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	return target
}

var bareAddress = regexp.MustCompile(`https?://[^\s<>"]+[^\s<>".,;:!?)]`)

// withLinks gives web addresses in running text their link: the text may have to be changed to mention nobody
// (https://example.org/@name), and Telegram would link what it then reads.
func withLinks(runs []run) []run {
	var linked []run
	for _, r := range runs {
		if r.look.href != "" || r.look.code || r.look.pre || !strings.Contains(r.text, "://") {
			linked = append(linked, r)
			continue
		}
		at := 0
		for _, found := range bareAddress.FindAllStringIndex(r.text, -1) {
			l := r.look
			l.href = webAddress(r.text[found[0]:found[1]])
			linked = append(linked, run{r.text[at:found[0]], r.look}, run{r.text[found[0]:found[1]], l})
			at = found[1]
		}
		linked = append(linked, run{r.text[at:], r.look})
	}
	return merge(linked)
}

// merge joins neighbours of the same look and drops empty runs.
func merge(runs []run) []run {
	var merged []run
	for _, r := range runs {
		if n := len(merged); n > 0 && merged[n-1].look == r.look {
			merged[n-1].text += r.text
		} else if r.text != "" {
			merged = append(merged, r)
		}
	}
	return merged
}

// languageName is the name of a programming language as the class of a block of code may hold it.
func languageName(name string) string {
	for _, r := range name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+-#_", r)) {
			return ""
		}
	}
	return name[:min(len(name), 32)]
}

// unescape resolves backslash escapes and character references, which goldmark leaves to renderers.
func unescape(s []byte) string {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return string(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]) {
			i++
		} else if s[i] == '&' {
			// The longest name of a character has 33 bytes with "&" and ";":
			// https://html.spec.whatwg.org/multipage/named-characters.html
			if end := bytes.IndexByte(s[i:min(len(s), i+33)], ';'); end > 1 {
				b.WriteString(clean(html.UnescapeString(string(s[i : i+end+1]))))
				i += end
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// clean takes away what Telegram's server would take away itself, before it counts: control characters, and marks
// that turn the direction of text, with which words can be made to look like others.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u2028', r == '\u2029', r == '\v', r == '\f':
			return '\n'
		case r < ' ', r >= 0x7F && r < 0xA0, r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\uFEFF':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func plainText(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return b.String()
}
