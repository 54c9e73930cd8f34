package knowledge

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A section is a heading with what stands under it, up to the next heading.
type section struct {
	Place
	level   int
	title   string // plain text
	id      string
	slugged bool   // the id is made of the title
	meant   string // what an id with a problem was probably meant to be
	text    bool   // there is an answer
	group   bool   // there is none, because the heading is for the deeper ones below it
	cutOff  bool   // something that was never closed took in what may have belonged to it
	body    string
	bodyAt  int // line
	fields  []field
}

// A field is a bold label with what belongs to it.
type field struct {
	Place
	name  string // as in the list of known names
	text  string // Markdown behind the label
	items []item
	slip  bool // its label is not quite the name, which is a problem already, or it is text and no label
	empty bool // which is a problem already
}

// An item is one line of a field's list.
type item struct {
	Place
	text string // Markdown
}

// sections splits a Markdown file at its headings and takes the named fields out of the text. Fields take
// their list, other text behind a field is a problem.
func (f *file) sections(names []string) []section {
	s := &splitter{file: f, names: names}
	s.split()
	return s.sections
}

type splitter struct {
	*file
	names    []string
	sections []section

	definitions map[string]int // labels of link definitions, and the sections that they stand in
	unclosed    ast.Node       // what takes in all that follows it, or nil
}

func (s *splitter) split() {
	if at := tooDeep(s.text); at >= 0 {
		s.problem(s.at(at), fmt.Sprintf("more than %d quotes and lists stand in one another here", maxNesting), "write the line without the marks at its beginning")
		s.ok = false
		return
	}
	s.frontMatter()
	root := blocks.Parse(text.NewReader(s.text))
	var under []ast.Node
	var heading *ast.Heading
	early := false // text before the first heading has been told
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			if heading != nil {
				s.section(heading, under, s.lineStart(h.Pos()))
			}
			heading, under = h, under[:0]
			continue
		}
		if n.NextSibling() == nil && s.open(n) {
			s.unclosed, s.partial = n, true
		}
		if heading != nil {
			under = append(under, n)
			continue
		}
		if !s.comment(n) && !early && n != s.unclosed {
			early = true
			what, remedy := "this text stands before the first heading, so no entry holds it",
				"write a heading above it, such as \"# About this page\", or delete it"
			if tightHeading.Match(s.text[s.lineStart(n.Pos()):s.lineEnd(n.Pos())]) {
				what, remedy = noSpace, addSpace
			}
			s.problem(s.at(n.Pos()), what, remedy)
		}
	}
	if heading != nil {
		s.section(heading, under, len(s.text))
		s.sections[len(s.sections)-1].cutOff = s.unclosed != nil
	} else if !early && s.unclosed == nil {
		s.problem(s.line(1), "this file holds no heading, so it has no entry", "write \"## A question?\", an empty line and the answer, or delete the file")
	}
	s.groups()
	s.strayReferences()
	s.shown()
}

// frontMatter finds the block of settings that site generators put above a page, and blanks it out.
func (s *splitter) frontMatter() {
	line := string(bytes.TrimRight(s.text[:s.lineEnd(0)], " \t\n"))
	if line != "---" && line != "+++" {
		return
	}
	for i, start := range s.lines {
		end := s.lineEnd(start)
		if i == 0 || string(bytes.TrimRight(s.text[start:end], " \t\n")) != line {
			continue
		}
		if i > 1 {
			s.problem(s.line(1), "the file begins with settings between \""+line+"\" lines, as site generators use them; redpin has none in articles",
				"delete these lines, or put what they say under a heading")
			for at := range s.text[:end] {
				if s.text[at] != '\n' {
					s.text[at] = ' '
				}
			}
		}
		return
	}
}

// groups gives a heading without text its meaning, or its problem.
func (s *splitter) groups() {
	for i := range s.sections {
		sec := &s.sections[i]
		if sec.text {
			s.slugFaults(sec)
			continue
		}
		deeper := i+1 < len(s.sections) && s.sections[i+1].level > sec.level
		sec.group = deeper && len(sec.fields) == 0
		if !sec.group {
			s.slugFaults(sec)
		}
		switch {
		case len(sec.fields) > 0:
			s.problem(sec.Place, fmt.Sprintf("the heading %q has no text of its own above %q", sec.title, sec.fields[0].name),
				"write the text between the heading and the first bold label")
		case deeper:
		default:
			s.problem(sec.Place, fmt.Sprintf("the heading %q has no text under it", sec.title),
				"write the text under it, or delete the heading")
		}
	}
}

// comment says whether a block is an HTML comment and nothing else.
func (s *splitter) comment(n ast.Node) bool {
	h, ok := n.(*ast.HTMLBlock)
	if !ok || h.HTMLBlockType != ast.HTMLBlockType2 {
		return false
	}
	all := bytes.TrimSpace(s.text[s.lineStart(h.Pos()):s.blockEnd(n)])
	return bytes.HasSuffix(all, []byte("-->"))
}

// blockEnd is where the block behind n begins, or the end of the text.
func (s *splitter) blockEnd(n ast.Node) int {
	if next := n.NextSibling(); next != nil {
		return s.lineStart(next.Pos())
	}
	return len(s.text)
}

// section makes a section of a heading and the blocks under it; end is where the next heading begins.
func (s *splitter) section(h *ast.Heading, under []ast.Node, end int) {
	sec := section{Place: s.at(h.Pos()), level: h.Level}
	raw := s.heading(h)
	s.title(&sec, raw)

	start := s.headingEnd(h)
	bodyEnd := end
	told := false // text behind a field has been told
	for _, n := range under {
		var current *field
		if len(sec.fields) > 0 {
			current = &sec.fields[len(sec.fields)-1]
		}
		switch n := n.(type) {
		case *ast.Paragraph:
			if at := s.paragraph(&sec, n); at >= 0 {
				told = false
				if current == nil {
					bodyEnd = s.lineStart(at)
				}
				if s.lineStart(at) == s.lineStart(n.Pos()) {
					continue
				}
			}
		case *ast.List:
			if current != nil && takesList(current.name) {
				s.list(&sec, n)
				continue
			}
		case *ast.ThematicBreak: // a line between entries
			if current != nil {
				continue
			}
		}
		switch {
		case s.comment(n):
			if current == nil && !sec.text {
				start = s.blockEnd(n) // a comment above the answer is for authors
			} else if current == nil {
				s.warning(s.at(n.Pos()), "people would read this comment: chats show HTML as the text it is", "delete it, or move it behind the bold labels")
			}
		case current == nil:
			sec.text = true
			switch n := n.(type) {
			case *ast.Paragraph:
				s.slipsInText(n)
			case *ast.List:
				s.labelsInList(n)
			}
		case !told && !current.slip && n != s.unclosed:
			told = true
			s.strayText(n, current)
		}
	}
	body := s.text[min(start, bodyEnd):bodyEnd]
	body = withoutBlankLines(body)
	sec.bodyAt = s.at(bodyEnd - len(body)).Line
	sec.body = string(bytes.TrimRightFunc(body, unicode.IsSpace))
	if sec.text && sec.body == "" {
		sec.text = false
	}
	s.fieldFaults(&sec)
	s.sections = append(s.sections, sec)
}

// strayText is text behind a field, which no entry holds.
func (s *splitter) strayText(n ast.Node, behind *field) {
	what, remedy := fmt.Sprintf("this text stands behind %q and belongs to no entry", behind.name),
		"move it above the bold labels, or write a heading above it if it is an entry of its own"
	if p, ok := n.(*ast.Paragraph); ok && linkDefinition.Match(s.text[s.lineStart(p.Pos()):s.lineEnd(p.Pos())]) {
		what, remedy = "link addresses cannot be collected at the end of a file, because each entry is sent alone",
			"write the address where the link is: [text](https://example.org)"
		if bytes.Contains(s.text[s.lineStart(p.Pos()):s.lineEnd(p.Pos())], []byte("[^")) {
			what, remedy = "footnotes cannot be collected at the end of a file, because each entry is sent alone",
				"write the note where it belongs, in parentheses"
		}
	}
	if tightHeading.Match(s.text[s.lineStart(n.Pos()):s.lineEnd(n.Pos())]) {
		what, remedy = noSpace, addSpace
	}
	s.problem(s.at(n.Pos()), what, remedy)
}

// What is told of a line that was meant as a heading.
const (
	noSpace  = "this is no heading, because there is no space behind the #"
	addSpace = "write a space between the # and the title"
)

// withoutBlankLines drops blank lines at the beginning, but not the spaces that make code of the first line.
func withoutBlankLines(body []byte) []byte {
	for {
		i := bytes.IndexByte(body, '\n')
		if i < 0 || len(bytes.TrimSpace(body[:i])) > 0 {
			return body
		}
		body = body[i+1:]
	}
}

// fieldFaults finds fields that are empty or there twice. Of two, the one without a problem of its own is kept.
func (s *splitter) fieldFaults(sec *section) {
	seen := make(map[string]Place)
	for _, f := range sec.fields {
		if _, twice := seen[f.name]; !twice && !f.slip {
			seen[f.name] = f.Place
		}
	}
	kept := sec.fields[:0]
	for _, f := range sec.fields {
		first, there := seen[f.name]
		if there && first != f.Place {
			if !f.slip {
				s.problem(f.Place, fmt.Sprintf("%q is here twice; the first is in line %d", f.name, first.Line), "write all of it under the first")
			}
			continue
		}
		if !slices.Contains(s.names, f.name) {
			continue
		}
		if onlyList(f.name) && f.text != "" {
			s.problem(f.Place, fmt.Sprintf("%q takes a list", f.name), "write each on a line of its own that begins with \"- \"")
		} else if f.text == "" && len(f.items) == 0 {
			s.problem(f.Place, fmt.Sprintf("%q is empty", f.name), emptyRemedy(f.name))
			f.empty = true
		}
		kept = append(kept, f)
	}
	sec.fields = kept
}

func emptyRemedy(name string) string {
	if onlyList(name) {
		return "write a list under it, each line beginning with \"- \", or delete it"
	}
	return "write what belongs behind it, or delete it"
}

// heading is a heading's text as written.
func (s *splitter) heading(h *ast.Heading) string {
	var b strings.Builder
	for i := range h.Lines().Len() {
		segment := h.Lines().At(i)
		b.Write(segment.Value(s.text))
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// headingEnd is where the text under a heading begins.
func (s *splitter) headingEnd(h *ast.Heading) int {
	line := s.text[s.lineStart(h.Pos()):s.lineEnd(h.Pos())]
	if atxHeading.Match(line) || h.Lines().Len() == 0 {
		return s.lineEnd(h.Pos())
	}
	last := h.Lines().At(h.Lines().Len() - 1)
	return s.lineEnd(s.lineEnd(last.Start)) // behind the line under the title
}

var (
	atxHeading = regexp.MustCompile(`^ {0,3}#{1,6}([ \t\n]|$)`)
	strayID    = regexp.MustCompile(`(^|[^\\])\{#`)
	innerID    = regexp.MustCompile(`\{#\s*([^\s{}]+)`)
)

// cut keeps a message readable when the text in it is not.
func cut(s string) string {
	const most = 60 // bytes
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
