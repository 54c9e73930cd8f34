package knowledge

// What an author meant as structure and people would read as text: none of it keeps a pack from being served,
// and nobody sees it in the file, so each is a warning.

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

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
			if m := linkDefinition.FindSubmatch(line); m != nil && m[1][0] != '^' { // footnotes have a warning of their own
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

// almostLabel warns of a line that lacks what makes it a field: the colon, or the bold.
func (s *splitter) almostLabel(line string, at int) {
	line = strings.TrimSpace(line)
	bare := strings.TrimSpace(strings.Trim(line, "*_"))
	name, rest, colon := strings.Cut(bare, ":")
	named, exact := known(name, s.names)
	switch {
	case !exact || strings.Contains(line, "\\"):
		return
	case !colon && line != bare && (strings.HasPrefix(line, "**") || strings.HasPrefix(line, "__")):
	case colon && line == bare && !strings.ContainsAny(name, "*_") && (named != sourceField || strings.Contains(rest, "](")):
	default:
		return
	}
	s.warning(s.at(at), fmt.Sprintf("people would read this as part of the answer, because it is no label: %q", cut(line)),
		fmt.Sprintf("write **%s:** if it is one", named))
}

// labelsInList warns of labels that are items of a list.
func (s *splitter) labelsInList(list *ast.List) {
	for li := list.FirstChild(); li != nil; li = li.NextSibling() {
		first := li.FirstChild()
		if first == nil || first.Lines().Len() == 0 {
			continue
		}
		segment := first.Lines().At(0)
		if name, _, ok := label(string(segment.Value(s.text))); ok {
			if named, exact := known(name, s.names); exact {
				s.warning(s.at(segment.Start), fmt.Sprintf("people would read %q as part of the answer, because it stands in a list", named),
					fmt.Sprintf("write **%s:** without the \"- \" before it, below an empty line; if it is part of the answer, write **%s\\:**", named, name))
			}
		}
	}
}

func validLevel(text string) bool {
	text = strings.ToLower(text)
	return strings.HasPrefix(text, string(Emergency)) || strings.HasPrefix(text, string(Specialist))
}
