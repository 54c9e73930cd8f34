package console

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/knowledge"
)

// A style is how a terminal shows text.
type style struct {
	color bool
	width int
}

// The select-graphic-rendition codes that a style uses (ECMA-48, section 8.3.117).
const (
	bold      = "1"
	dim       = "2"
	italic    = "3"
	underline = "4"
	boldRed   = "1;31"
	cyan      = "36"
)

// maxWidth keeps lines readable on wide terminals.
const maxWidth = 80

func (s style) columns() int {
	if s.width <= 0 || s.width > maxWidth {
		return maxWidth
	}
	return max(s.width, 20)
}

// sgr wraps text in a code. Codes inside are reopened by the caller's order: inner text is styled first.
func (s style) sgr(code, text string) string {
	if !s.color || text == "" {
		return text
	}
	on := "\x1b[" + code + "m"
	return on + strings.ReplaceAll(text, "\x1b[0m", "\x1b[0m"+on) + "\x1b[0m"
}

// reply shows the parts of a reply in their order.
func (s style) reply(r bot.Reply) string {
	var parts []string
	add := func(part string) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	add(s.markdown(r.Escalation, s.sgr(boldRed, "┃ ")))
	add(s.markdown(r.Text, ""))
	for _, a := range r.Answers {
		add(s.markdown(a.Markdown(), ""))
	}
	add(s.markdown(r.Notice, s.sgr(cyan, "│ ")))
	if r.Disclaimer != "" {
		add(s.sgr(dim, s.markdown(r.Disclaimer, "")))
	}
	if len(r.Choices) > 0 {
		lines := make([]string, len(r.Choices))
		for i, c := range r.Choices {
			lines[i] = fmt.Sprintf("%s %s", s.sgr(cyan, fmt.Sprintf("%3d", i+1)), printable(c.Label))
		}
		add(strings.Join(lines, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// markdown shows Markdown, with prefix before each line.
func (s style) markdown(source, prefix string) string {
	if strings.TrimSpace(source) == "" {
		return ""
	}
	p := printer{style: s, source: []byte(source)}
	p.blocks(knowledge.ParseMarkdown(p.source), prefix, prefix)
	return strings.Join(p.lines, "\n")
}

// A printer walks Markdown's blocks and collects lines.
type printer struct {
	style
	source []byte
	lines  []string
}

// blocks prints the children of n. first is put before the first line, rest before all others.
func (p *printer) blocks(n ast.Node, first, rest string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() && !tight(n) {
			p.lines = append(p.lines, strings.TrimRight(rest, " "))
		}
		p.block(c, first, rest)
		first = rest
	}
}

// tight says that nothing stands between a node's children: an item of a list without blank lines.
func tight(n ast.Node) bool {
	if item, ok := n.(*ast.ListItem); ok {
		list, ok := item.Parent().(*ast.List)
		return ok && list.IsTight
	}
	return false
}

func (p *printer) block(n ast.Node, first, rest string) {
	switch n := n.(type) {
	case *ast.Heading:
		p.wrap(p.sgr(bold, p.inline(n)), first, rest)
	case *ast.List:
		number := n.Start
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			mark := "• "
			if n.IsOrdered() {
				mark = fmt.Sprintf("%d. ", number)
				number++
			}
			p.blocks(item, first+mark, rest+strings.Repeat(" ", uniseg.StringWidth(mark)))
			first = rest
			if item.NextSibling() != nil && !n.IsTight {
				p.lines = append(p.lines, strings.TrimRight(rest, " "))
			}
		}
	case *ast.Blockquote:
		bar := p.sgr(dim, "│ ")
		p.blocks(n, first+bar, rest+bar)
	case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
		for line := range strings.SplitSeq(strings.TrimRight(string(n.Lines().Value(p.source)), "\n"), "\n") {
			p.lines = append(p.lines, first+"  "+printable(line))
			first = rest
		}
	case *ast.ThematicBreak:
		p.lines = append(p.lines, first+p.sgr(dim, strings.Repeat("─", p.columns()/2)))
	case *extension.Table:
		p.table(n, first, rest)
	default: // paragraphs and text blocks
		p.wrap(p.inline(n), first, rest)
	}
}

// table prints a row as an item: the first cell, then the others, named by their columns where there are
// several. Columns side by side need more room than a phone or half a screen has.
func (p *printer) table(n ast.Node, first, rest string) {
	var heads []string
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, p.inline(cell))
		}
		if _, ok := row.(*extension.TableHeader); ok {
			heads = cells
			continue
		}
		text := p.sgr(bold, cells[0])
		for i, cell := range cells[1:] {
			switch {
			case cell == "":
			case len(cells) > 2 && i+1 < len(heads):
				text += "; " + heads[i+1] + ": " + cell
			default:
				text += ": " + cell
			}
		}
		p.wrap(text, first+"• ", rest+"  ")
		first = rest
	}
}

// inline is the text of n's children with its styles.
func (p *printer) inline(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.WriteString(printable(knowledge.ReadText(c, p.source)))
			if c.HardLineBreak() {
				b.WriteString("\n")
			} else if c.SoftLineBreak() {
				b.WriteString(" ")
			}
		case *ast.String:
			b.WriteString(printable(string(c.Value)))
		case *ast.Emphasis:
			code := italic
			if c.Level == 2 {
				code = bold
			}
			b.WriteString(p.sgr(code, p.inline(c)))
		case *ast.CodeSpan:
			b.WriteString(p.sgr(cyan, p.inline(c)))
		case *ast.Link:
			text := p.inline(c)
			b.WriteString(text)
			if url := printable(string(c.Destination)); web(url) && url != text {
				b.WriteString(" (" + p.sgr(underline, url) + ")")
			}
		case *ast.AutoLink:
			b.WriteString(p.sgr(underline, printable(string(c.Label(p.source)))))
		case *ast.RawHTML:
			b.WriteString(printable(string(c.Segments.Value(p.source))))
		default: // strikethrough, images: their text
			b.WriteString(p.inline(c))
		}
	}
	return b.String()
}

// web says that a link leads somewhere from a terminal; links inside a pack do not.
func web(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "mailto:")
}

// wrap breaks text between words.
func (p *printer) wrap(text, first, rest string) {
	for paragraph := range strings.SplitSeq(text, "\n") {
		line, used := first, width(first)
		empty := true
		for word := range strings.FieldsSeq(paragraph) {
			w := width(word)
			if !empty && used+1+w > p.columns() {
				p.lines = append(p.lines, line)
				line, used, empty = rest, width(rest), true
			}
			if !empty {
				line += " "
				used++
			}
			line += word
			used += w
			empty = false
		}
		p.lines = append(p.lines, line)
		first = rest
	}
}

var codes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// width is the number of columns that text takes.
func width(text string) int { return uniseg.StringWidth(codes.ReplaceAllString(text, "")) }

// printable drops what could command the terminal: control characters and those that turn the direction of
// writing. Knowledge may come from strangers.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, text)
}
