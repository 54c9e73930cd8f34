package knowledge

// What a git host shows and a chat does not: pictures, HTML, footnotes, cells that no column has, links inside the pack. The
// platforms show a picture's description alone, HTML as the text it is, and drop surplus cells, as GitHub does.

import (
	"bytes"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
)

// shown looks at the answers as people would see them. Most hold nothing that needs a look.
func (s *splitter) shown() {
	for i := range s.sections {
		if sec := &s.sections[i]; sec.text && !sec.cutOff && suspicious(sec.body) {
			a := answer{splitter: s, sec: sec, source: []byte(sec.body)}
			for i, c := range a.source {
				if c == '\n' {
					a.lines = append(a.lines, i+1)
				}
			}
			a.look(ParseMarkdown(a.source))
		}
	}
}

// suspicious says, without reading the Markdown, whether a text may hold something that chats do not show.
func suspicious(body string) bool {
	return strings.ContainsAny(body, "<|") || strings.Contains(body, "![") || strings.Contains(body, "[^") || strings.Contains(body, "]:") ||
		suspiciousLink(body) || !strings.ContainsFunc(body, wordLike)
}

func wordLike(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// An answer is the text of a section while it is looked at.
type answer struct {
	*splitter
	sec    *section
	source []byte
	lines  []int // where its lines begin, but for the first
	last   Place // of the last warning of HTML or footnotes: one a line is enough
}

func (a *answer) look(root ast.Node) {
	running := bytes.Clone(a.source) // without code, in which nothing means anything
	blank := func(from, to int) {
		for i := range running[from:to] {
			running[from+i] = ' '
		}
	}
	visible, before := false, len(a.warnings)
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker returns no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			segment := n.Segment
			visible = visible || bytes.ContainsFunc(segment.Value(a.source), graphic)
			if _, code := n.Parent().(*ast.CodeSpan); code {
				blank(segment.Start, segment.Stop)
			}
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			visible = true
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				blank(line.Start, line.Stop)
			}
		case *ast.AutoLink:
			visible = true
		case *ast.Link:
			a.link(n)
		case *ast.Image:
			a.picture(n)
		case *ast.RawHTML:
			visible = true
			a.html(n.Segments.At(0).Start, n.Segments.Value(a.source))
		case *ast.HTMLBlock:
			visible = true
			if n.HTMLBlockType != ast.HTMLBlockType2 { // comments have been told
				a.html(n.Pos(), n.Lines().Value(a.source))
			}
		case *ast.Paragraph, *ast.TextBlock:
			a.noTable(n)
		case *extension.Table:
			a.table(n)
		}
		return ast.WalkContinue, nil
	})
	for _, at := range footnote.FindAllSubmatchIndex(running, -1) {
		a.once(at[2], fmt.Sprintf("%q makes no footnote in a chat", running[at[2]:at[3]]), "write the note where it belongs, in parentheses")
	}
	if !visible { // which is all there is to say of it
		a.warnings = a.warnings[:before]
		a.problem(a.sec.Place, fmt.Sprintf("nothing under %q is text that people would see", cut(a.sec.title)),
			"write the answer in words; of a picture, say what it shows, or write a link to it: [text](https://example.org)")
	}
}

// at is the place of a byte of the answer.
func (a *answer) at(offset int) Place {
	return a.line(a.sec.bodyAt + sort.SearchInts(a.lines, offset+1))
}

func (a *answer) once(offset int, what, remedy string) {
	if at := a.at(offset); at != a.last {
		a.last = at
		a.warning(at, what, remedy)
	}
}

// link warns of a link that leads nowhere in a chat.
func (a *answer) link(l *ast.Link) {
	if l.Reference != nil || reachable(string(l.Destination)) {
		return
	}
	remedy := "write an address that begins with https://"
	if dest := string(l.Destination); strings.Contains(dest, "#") && !strings.Contains(dest, ":") {
		remedy = "a link to another entry belongs under **" + relatedField + ":**"
	}
	a.warning(a.at(l.Pos()), fmt.Sprintf("the link to %q leads nowhere in a chat", cut(string(l.Destination))), remedy)
}

// picture warns of a picture that is not at least a link with a text.
func (a *answer) picture(i *ast.Image) {
	var description strings.Builder
	writePlain(&description, i, a.source)
	text := strings.TrimSpace(description.String())
	what := fmt.Sprintf("people would not see this picture: chats show its description alone, %q", cut(text))
	switch {
	case text == "":
		what = "people would not see this picture: chats show its description alone, and it has none"
	case webAddress(string(i.Destination)):
		return
	}
	a.warning(a.at(i.Pos()), what, "say in words what it shows, or write a link to it: [text](https://example.org)")
}

// html warns of HTML. What only looks like it, such as <name>, is meant to be read.
func (a *answer) html(offset int, text []byte) {
	if bytes.HasPrefix(text, []byte("<!--")) {
		a.once(offset, "people would read this comment: chats show HTML as the text it is", "delete it, or move it behind the bold labels")
	} else if tag := htmlTag.Find(text); tag != nil {
		a.once(offset, fmt.Sprintf("people would read %q: chats show HTML as the text it is", cut(string(bytes.TrimSpace(tag)))),
			"write it in Markdown (**bold**, \"- \" before the items of a list, an empty line between paragraphs), or between backquotes if it is to be read")
	}
}

// table warns of cells to the right of the last column.
func (a *answer) table(t *extension.Table) {
	columns := len(t.Alignments)
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		if _, head := row.(*extension.TableHeader); head {
			continue
		}
		line, _, _ := bytes.Cut(a.source[row.Pos():], []byte("\n"))
		if all := cells(line); len(all) > columns && len(bytes.TrimSpace(bytes.Join(all[columns:], nil))) > 0 {
			a.warning(a.at(row.Pos()), fmt.Sprintf("people would not see %q: this row has %d cells and its table %d columns", cut(string(bytes.TrimSpace(all[columns]))), len(all), columns),
				"add a column to the head of the table, or write \\| for a bar that is part of a text")
		}
	}
}

// cells cuts a row of a table as Markdown does, at each bar without a backslash before it.
func cells(row []byte) [][]byte {
	row = bytes.TrimSpace(row)
	row = bytes.TrimPrefix(row, []byte("|"))
	row = bytes.TrimSuffix(row, []byte("|"))
	var out [][]byte
	start := 0
	for i, c := range row {
		if c == '|' && (i == 0 || row[i-1] != '\\') {
			out = append(out, row[start:i])
			start = i + 1
		}
	}
	return append(out, row[start:])
}

// noTable warns of the line under the head of a table that is none.
func (a *answer) noTable(p ast.Node) {
	for i := range p.Lines().Len() {
		segment := p.Lines().At(i)
		line := segment.Value(a.source)
		if bytes.IndexByte(line, '|') >= 0 && underHead.Match(line) {
			a.warning(a.at(segment.Start), "people would read this line, because it makes no table: the line above it, its head, has another number of cells",
				fmt.Sprintf("write %d cells above it, or one --- for each cell of the head", len(cells(line))))
			return
		}
	}
}

func graphic(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }

var (
	footnote  = regexp.MustCompile(`(?:^|[^\\!])(\[\^[^\[\]\s]+\])`)
	underHead = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)
	// htmlTag knows the elements that people write in Markdown.
	htmlTag = regexp.MustCompile(`(?i)</?(a|abbr|b|big|blockquote|br|caption|center|code|dd|del|details|div|dl|dt|em|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|picture|pre|s|script|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|video)(\s[^<>]*)?/?>`)
)
