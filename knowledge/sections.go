package knowledge

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A section is a heading with what stands under it, up to the next heading.
type section struct {
	Place
	level   int
	title   string // plain text
	id      string
	slugged bool // the id is made of the title
	text    bool // there is an answer; else the heading is a group of deeper ones
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
}

// An item is one line of a field's list.
type item struct {
	Place
	text string // Markdown
}

// field returns the field of a name, the zero field if there is none.
func (s *section) field(name string) (field, bool) {
	for _, f := range s.fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
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
}

func (s *splitter) split() {
	if at := tooDeep(s.text); at >= 0 {
		s.problem(s.at(at), fmt.Sprintf("more than %d quotes and lists stand in one another here", maxNesting), "write the line without the marks at its beginning")
		return
	}
	if s.frontMatter() {
		return
	}
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
		if n.NextSibling() == nil {
			s.open(n)
		}
		if heading != nil {
			under = append(under, n)
			continue
		}
		if !s.comment(n) && !early {
			early = true
			what, remedy := "this text stands before the first heading, so no entry holds it",
				"write a heading above it, such as \"# About this page\", or delete it"
			if tightHeading.Match(s.text[s.lineStart(n.Pos()):s.lineEnd(n.Pos())]) {
				what, remedy = "this is no heading, because there is no space behind the #", "write a space between the # and the title"
			}
			s.problem(s.at(n.Pos()), what, remedy)
		}
	}
	if heading != nil {
		s.section(heading, under, len(s.text))
	} else if !early {
		s.problem(s.line(1), "this file holds no heading, so it has no entry", "write \"## A question?\", an empty line and the answer, or delete the file")
	}
	s.groups()
	s.strayReferences()
	s.deadLinks()
}

// frontMatter finds the block of settings that site generators put above a page.
func (s *splitter) frontMatter() bool {
	line := string(bytes.TrimRight(s.text[:s.lineEnd(0)], " \t\n"))
	if line != "---" && line != "+++" {
		return false
	}
	for i, l := range bytes.Split(s.text, []byte("\n")) {
		if i > 0 && string(bytes.TrimRight(l, " \t")) == line {
			if i > 1 {
				s.problem(s.line(1), "the file begins with settings between \""+line+"\" lines, as site generators use them; redpin has none in articles",
					"delete these lines, or put what they say under a heading")
				return true
			}
			break
		}
	}
	return false
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

// open finds a block at the end of the file that was begun and never closed, and so took in all that follows.
func (s *splitter) open(n ast.Node) {
	first := s.text[s.lineStart(n.Pos()):s.lineEnd(n.Pos())]
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		if marker := unclosedFence(s.text[s.lineStart(n.Pos()):]); marker != "" {
			s.problem(s.at(n.Pos()), "a code block begins here and never ends, so everything below it belongs to it",
				"write a line "+marker+" behind the code, or delete this line")
		}
	case *ast.HTMLBlock:
		if end := unclosedHTML(n, s.text[s.lineStart(n.Pos()):]); end != "" {
			s.problem(s.at(n.Pos()), fmt.Sprintf("%q begins here and never ends, so everything below it belongs to it", string(bytes.TrimSpace(first[:min(len(first), 20)]))),
				"write "+end+" behind it, or delete it")
		}
	}
}

// unclosedFence returns the line that is missing at the end of text, which begins with a code fence.
func unclosedFence(text []byte) string {
	lines := bytes.Split(bytes.TrimRight(text, "\n \t"), []byte("\n"))
	open := bytes.TrimLeft(lines[0], " ")
	if len(open) == 0 {
		return ""
	}
	marker := open[:len(open)-len(bytes.TrimLeft(open, string(open[:1])))]
	last := bytes.TrimRight(lines[len(lines)-1], " \t")
	trimmed := bytes.TrimLeft(last, " ")
	if len(lines) > 1 && len(last)-len(trimmed) < 4 && len(trimmed) >= len(marker) && len(bytes.Trim(trimmed, string(marker[:1]))) == 0 {
		return ""
	}
	return string(marker)
}

// unclosedHTML returns what is missing at the end of text, which begins with a block of HTML.
func unclosedHTML(n *ast.HTMLBlock, text []byte) string {
	end := ""
	switch n.HTMLBlockType {
	case ast.HTMLBlockType1:
		name := rawElement.FindSubmatch(text)
		if name == nil {
			return ""
		}
		if anyRawEnd.Match(text) {
			return ""
		}
		return "</" + string(bytes.ToLower(name[1])) + ">"
	case ast.HTMLBlockType2:
		end = "-->"
	case ast.HTMLBlockType3:
		end = "?>"
	case ast.HTMLBlockType4:
		end = ">"
	case ast.HTMLBlockType5:
		end = "]]>"
	}
	if bytes.Contains(text, []byte(end)) {
		return ""
	}
	return end
}

var (
	rawElement = regexp.MustCompile(`(?i)^ {0,3}<(script|pre|style|textarea)`)
	anyRawEnd  = regexp.MustCompile(`(?i)</(script|pre|style|textarea)>`)
)

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
			if s.paragraph(&sec, n, current != nil) {
				if current == nil {
					bodyEnd = s.lineStart(n.Pos())
				}
				continue
			}
		case *ast.List:
			if current != nil && takesList(current.name) {
				s.list(current, n)
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
		case !told:
			told = true
			what, remedy := fmt.Sprintf("this text stands behind %q and belongs to no entry", current.name),
				"move it above the bold labels, or write a heading above it if it is an entry of its own"
			if p, ok := n.(*ast.Paragraph); ok && linkDefinition.Match(s.text[s.lineStart(p.Pos()):s.lineEnd(p.Pos())]) {
				what, remedy = "link addresses cannot be collected at the end of a file, because each entry is sent alone",
					"write the address where the link is: [text](https://example.org)"
			}
			s.problem(s.at(n.Pos()), what, remedy)
		}
	}
	body := s.text[min(start, bodyEnd):bodyEnd]
	for { // blank lines, but not the spaces that make code of the first line
		i := bytes.IndexByte(body, '\n')
		if i < 0 || len(bytes.TrimSpace(body[:i])) > 0 {
			break
		}
		body = body[i+1:]
	}
	sec.bodyAt = s.at(bodyEnd - len(body)).Line
	sec.body = string(bytes.TrimRightFunc(body, unicode.IsSpace))
	if sec.text && sec.body == "" {
		sec.text = false
	}
	s.fieldFaults(&sec)
	s.sections = append(s.sections, sec)
}

// slipsInText warns of what people would read although it was meant as structure, and notes link definitions.
func (s *splitter) slipsInText(p *ast.Paragraph) {
	lines := p.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		line := segment.Value(s.text)
		if i == 0 {
			s.almostLabel(string(line), segment.Start)
		}
		switch {
		case bytes.HasPrefix(line, []byte("##")) && tightHeading.Match(line):
			s.warning(s.at(segment.Start), fmt.Sprintf("people would read %q as part of the answer: a heading has a space behind the #", cut(string(bytes.TrimSpace(line)))),
				"write the space, or \\# if it is part of the answer")
		case bytes.HasPrefix(line, []byte("[")):
			if m := linkDefinition.FindSubmatch(line); m != nil {
				if s.definitions == nil {
					s.definitions = make(map[string]int)
				}
				s.definitions[strings.ToLower(string(m[1]))] = len(s.sections)
			}
		}
	}
}

// strayReferences warns of links whose addresses stand in another entry: each entry is sent alone.
func (s *splitter) strayReferences() {
	if len(s.definitions) == 0 {
		return
	}
	for i, sec := range s.sections {
		for _, m := range reference.FindAllStringSubmatchIndex(sec.body, -1) {
			label := sec.body[m[2]:m[3]]
			if at, defined := s.definitions[strings.ToLower(label)]; defined && at != i {
				s.warning(s.line(sec.bodyAt+strings.Count(sec.body[:m[0]], "\n")), fmt.Sprintf("the address of [%s] stands in another entry (line %d), and each entry is sent alone", cut(label), s.sections[at].Line),
					"write the address where the link is: [text](https://example.org)")
			}
		}
	}
}

// deadLinks warns of links in answers that lead nowhere in a chat.
func (s *splitter) deadLinks() {
	for _, sec := range s.sections {
		if !sec.text || !suspiciousLink(sec.body) {
			continue
		}
		source := []byte(sec.body)
		_ = ast.Walk(ParseMarkdown(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker returns no error
			l, ok := n.(*ast.Link)
			if !ok || !entering || l.Reference != nil || reachable(string(l.Destination)) {
				return ast.WalkContinue, nil
			}
			remedy := "write an address that begins with https://"
			if dest := string(l.Destination); strings.Contains(dest, "#") && !strings.Contains(dest, ":") {
				remedy = "a link to another entry belongs under **" + relatedField + ":**"
			}
			line := sec.bodyAt + bytes.Count(source[:max(l.Pos(), 0)], []byte("\n"))
			s.warning(s.line(line), fmt.Sprintf("the link to %q leads nowhere in a chat", cut(string(l.Destination))), remedy)
			return ast.WalkContinue, nil
		})
	}
}

// suspiciousLink says, without reading the Markdown, whether a text may hold a link that is not reachable.
func suspiciousLink(body string) bool {
	for {
		_, rest, found := strings.Cut(body, "](")
		if !found {
			return false
		}
		if !reachable(strings.TrimLeft(rest, "< \n")) {
			return true
		}
		body = rest
	}
}

// reachable says whether a link's destination is one that chats can open.
func reachable(destination string) bool {
	for _, scheme := range []string{"http://", "https://", "mailto:", "tel:"} {
		if len(destination) >= len(scheme) && strings.EqualFold(destination[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

var (
	reference    = regexp.MustCompile(`\[([^\[\]\n]+)\]`)
	tightHeading = regexp.MustCompile(`^ {0,3}#{1,6}[^#\s]`)
)

var linkDefinition = regexp.MustCompile(`^ {0,3}\[([^\]]+)\]:`)

// fieldFaults finds fields that are empty or there twice.
func (s *splitter) fieldFaults(sec *section) {
	kept := sec.fields[:0]
	seen := make(map[string]Place)
	for _, f := range sec.fields {
		if first, twice := seen[f.name]; twice {
			s.problem(f.Place, fmt.Sprintf("%q is here twice; the first is in line %d", f.name, first.Line), "write all of it under the first")
			continue
		}
		seen[f.name] = f.Place
		if onlyList(f.name) && f.text != "" {
			s.problem(f.Place, fmt.Sprintf("%q takes a list", f.name), "write each on a line of its own that begins with \"- \"")
		} else if f.text == "" && len(f.items) == 0 {
			s.problem(f.Place, fmt.Sprintf("%q is empty", f.name), emptyRemedy(f.name))
			continue
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
)

// explicitID takes the {#id} from the end of a heading.
func explicitID(raw string) (rest, id string, ok bool) {
	inner, closed := strings.CutSuffix(strings.TrimRight(raw, " \t"), "}")
	open := strings.LastIndex(inner, "{#")
	if !closed || open < 0 || strings.ContainsAny(inner[open+1:], "{}\n") {
		return raw, "", false
	}
	if rest = inner[:open]; strings.HasSuffix(rest, "\\") {
		return raw, "", false
	}
	return rest, inner[open+2:], true
}

const maxID = 100 // bytes

// title takes the id out of a heading and makes plain text of the rest.
func (s *splitter) title(sec *section, raw string) {
	rest, id, explicit := explicitID(raw)
	if explicit {
		sec.id, raw = id, rest
		if what := faultOfID(sec.id); what != "" {
			s.problem(sec.Place, fmt.Sprintf("the id {#%s} %s", strings.ToValidUTF8(cut(sec.id), ""), what),
				"write an id such as {#best-position}: small letters, digits and hyphens are best")
		}
	} else if strings.Contains(raw, "{#") && strayID.MatchString(strings.ReplaceAll(raw, "`", "")) {
		s.problem(sec.Place, "the id of a heading is the last thing in its line, closed with }", "write ## Title {#the-id}; a brace that is part of the title is written \\{")
	}
	sec.title = plain(raw)
	if sec.title == "" {
		s.problem(sec.Place, "this heading has no words", "write a title or a question behind the #")
	}
	if !explicit {
		sec.id = slug(sec.title)
		sec.slugged = true
	}
}

// slugFaults finds headings that make no good id. A group needs none.
func (s *splitter) slugFaults(sec *section) {
	switch {
	case !sec.slugged || sec.title == "":
	case sec.id == "":
		s.problem(sec.Place, fmt.Sprintf("the heading %q has no letters to make an id of", cut(sec.title)), "give it one: ## Title {#the-id}")
	case len(sec.id) > maxID:
		s.problem(sec.Place, fmt.Sprintf("the heading is too long to be an id: %d bytes, where %d are the most", len(sec.id), maxID),
			fmt.Sprintf("give it a short id at its end, such as {#%s}", shorten(sec.id)))
	}
}

// faultOfID says what keeps a text from being an id, or nothing.
func faultOfID(id string) string {
	switch {
	case id == "":
		return "is empty"
	case strings.TrimSpace(id) != id:
		return "begins or ends with a space"
	case len(id) > maxID:
		return fmt.Sprintf("has %d bytes, where %d are the most", len(id), maxID)
	case strings.ContainsAny(id, "{}"):
		return "holds a brace"
	case strings.ContainsFunc(id, unicode.IsControl):
		return "holds a line break or another character that cannot be seen"
	case !utf8.ValidString(id):
		return "is not UTF-8"
	}
	return ""
}

// slug is the name that GitHub gives to a heading's anchor: small letters, hyphens for spaces, no punctuation.
func slug(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return '-'
		case unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Pc):
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

// shorten keeps the first words of a slug.
func shorten(slug string) string {
	short := strings.ToValidUTF8(slug[:min(len(slug), 40)], "")
	if i := strings.LastIndexByte(short, '-'); i > 0 {
		short = short[:i]
	}
	return short
}

// cut keeps a message readable when the text in it is not.
func cut(s string) string {
	const most = 60 // bytes
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
