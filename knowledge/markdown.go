package knowledge

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// ParseMarkdown reads Markdown in the dialect of packs: CommonMark with GitHub's tables and strikethrough.
// Raw HTML is parsed as such and shown by nobody: renderers print it as the text it is.
func ParseMarkdown(source []byte) ast.Node {
	return markdown.Parser().Parse(text.NewReader(source))
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))

// blocks finds headings, paragraphs and lists and leaves the text in them alone. The loader needs no more of an
// article, and a large pack loads several times as fast. Without the transformer of link definitions such a
// definition is a paragraph: one entry's definitions cannot serve another.
var blocks = parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...))

// inlines reads one line of running text, such as a heading's, in which nothing is a block.
var inlines = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 100)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)),
	goldmark.WithExtensions(extension.Strikethrough),
).Parser()

// maxNesting is how many quotes and lists may stand in one another. People use three; the time that a parser needs grows
// with the square of the number (20,000 take seconds).
const maxNesting = 100

// tooDeep is the offset of the first line that begins more than maxNesting quotes and lists, or negative.
func tooDeep(markdown []byte) int {
	offset := 0
	for line := range bytes.Lines(markdown) {
		if len(line) > maxNesting && nesting(line) > maxNesting {
			return offset
		}
		offset += len(line)
	}
	return -1
}

// nesting counts the marks of quotes and lists at the beginning of a line.
func nesting(line []byte) int {
	n, digits := 0, 0
	for i, c := range line {
		spaceNext := i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t')
		switch {
		case c == ' ' || c == '\t':
			digits = 0
		case c == '>', (c == '-' || c == '+' || c == '*') && spaceNext, (c == '.' || c == ')') && digits > 0 && spaceNext:
			n, digits = n+1, 0
		case c >= '0' && c <= '9':
			digits++
		default:
			return n
		}
	}
	return n
}

// plain is the text of a line of Markdown as a reader sees it, without markup, its white space single.
func plain(line string) string {
	if strings.ContainsAny(line, "\\`*_[]<>&~!") {
		source := []byte(strings.TrimSpace(line))
		var b strings.Builder
		writePlain(&b, inlines.Parse(text.NewReader(source)), source)
		line = b.String()
	}
	return strings.Join(strings.Fields(line), " ")
}

func writePlain(b *strings.Builder, n ast.Node, source []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			writeUnescaped(b, c.Value(source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.CodeSpan:
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					b.Write(t.Value(source))
				}
			}
		case *ast.AutoLink:
			b.Write(c.Label(source))
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				b.Write(segment.Value(source))
			}
		default:
			writePlain(b, c, source)
		}
	}
}

// A link is a link in a line of text.
type link struct{ text, url string }

// links lists the links in running text and what is left of the text without them.
func links(line string) (found []link, rest string) {
	source := []byte(strings.TrimSpace(line))
	root := inlines.Parse(text.NewReader(source))
	var others strings.Builder
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Link:
				var b, url strings.Builder
				writePlain(&b, c, source)
				writeUnescaped(&url, c.Destination)
				found = append(found, link{b.String(), url.String()})
			case *ast.AutoLink:
				url := string(c.URL(source))
				found = append(found, link{url, url})
			case *ast.Text:
				writeUnescaped(&others, c.Value(source))
				if c.SoftLineBreak() || c.HardLineBreak() {
					others.WriteByte(' ')
				}
			default:
				walk(c)
			}
		}
	}
	walk(root)
	return found, strings.TrimSpace(others.String())
}

// codeSpan returns the first code span of a line, if the line begins with one.
func codeSpan(line string) (string, bool) {
	source := []byte(strings.TrimSpace(line))
	paragraph := inlines.Parse(text.NewReader(source)).FirstChild()
	if paragraph == nil {
		return "", false
	}
	span, ok := paragraph.FirstChild().(*ast.CodeSpan)
	if !ok {
		return "", false
	}
	var b strings.Builder
	for t := span.FirstChild(); t != nil; t = t.NextSibling() {
		if t, ok := t.(*ast.Text); ok {
			b.Write(t.Value(source))
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), true
}
