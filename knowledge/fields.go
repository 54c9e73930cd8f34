package knowledge

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// The fields, by the names that problems print.
const (
	alsoAsked       = "Also asked"
	relatedField    = "Related"
	tagsField       = "Tags"
	sourceField     = "Source"
	disclosureField = "Disclosure"
	levelField      = "Level"
	signsField      = "Signs"
	briefField      = "In public"
)

func articleFields() []string {
	return []string{alsoAsked, relatedField, tagsField, sourceField, disclosureField}
}

func flagFields() []string { return []string{levelField, signsField, briefField} }

// onlyList says that a field is nothing but a list, takesList that it may be one.
func onlyList(name string) bool { return name == alsoAsked || name == signsField }

func takesList(name string) bool {
	return onlyList(name) || name == relatedField || name == tagsField
}

// label takes the bold label from the beginning of a line: "**Tags:** a, b" or "**Tags**: a, b". A label with
// a backslash in it ("**Tags\:**") is text.
func label(line string) (name, rest string, ok bool) {
	trimmed := strings.TrimLeft(line, " ")
	if len(line)-len(trimmed) > 3 || len(trimmed) < 2 {
		return "", "", false
	}
	marker := trimmed[:2]
	if marker != "**" && marker != "__" {
		return "", "", false
	}
	inner, rest, found := strings.Cut(trimmed[2:], marker)
	if !found || strings.ContainsAny(inner, "\\*_`[<") {
		return "", "", false
	}
	inner = strings.TrimSpace(inner)
	if before, colon := strings.CutSuffix(inner, ":"); colon {
		inner = before
	} else if rest, colon = strings.CutPrefix(strings.TrimLeft(rest, " \t"), ":"); !colon {
		return "", "", false
	}
	inner = strings.TrimSpace(inner)
	return inner, strings.TrimSpace(rest), inner != ""
}

// known returns the one of names that a label is (exact) or nearly is.
func known(label string, names []string) (name string, exact bool) {
	folded := strings.Join(strings.Fields(label), " ")
	for _, n := range names {
		if strings.EqualFold(folded, n) {
			return n, true
		}
	}
	name = nearest(folded, names)
	if len(name) <= 5 && name != "" && !strings.EqualFold(name[:1], folded[:1]) {
		return "", false // "Bags" is a word, not a slip of "Tags"
	}
	return name, false
}

// paragraph reads the fields of a paragraph and returns where the first of them begins, or -1: at its beginning, or further
// down, where a field has no empty line above it.
func (s *splitter) paragraph(sec *section, p *ast.Paragraph) int {
	first := -1
	lines := p.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		line := strings.TrimRight(string(segment.Value(s.text)), "\n")
		if fl, ok := s.labelled(line, s.at(segment.Start), i == 0 || first >= 0); ok {
			sec.fields = append(sec.fields, fl)
			if first < 0 {
				first = segment.Start
			}
		} else if first >= 0 {
			f := &sec.fields[len(sec.fields)-1]
			f.text = strings.TrimSpace(f.text + "\n" + unbreak(line))
		}
	}
	return first
}

// labelled reads a line that begins with a label, and says whether it is one of a field. begins says that a field may begin there.
func (s *splitter) labelled(line string, at Place, begins bool) (fl field, ok bool) {
	name, rest, ok := label(line)
	if !ok {
		return fl, false
	}
	named, exact := known(name, s.names)
	fl = field{Place: at, name: named, text: unbreak(rest), slip: !exact}
	foreign, wrong := s.foreign(name)
	switch {
	case exact && begins:
	case exact:
		s.problem(at, fmt.Sprintf("%q does not begin a paragraph, so it would be sent as part of the answer", named), "write an empty line above it")
	case !begins:
		return fl, false
	case named != "":
		s.problem(at, fmt.Sprintf("redpin does not know the label %q", name),
			fmt.Sprintf("did you mean \"**%s:**\"? If it is part of the text, write **%s\\:**", named, name))
	case wrong != "":
		fl.name = foreign
		s.problem(at, wrong, fmt.Sprintf("delete the line; if it is part of the text, write **%s\\:**", name))
	default:
		if strings.EqualFold(name, levelField) && validLevel(rest) {
			s.warning(at, "this looks like a red flag, but red flags stand in the folder red-flags", fmt.Sprintf("move the heading there; if it is part of the text, write **%s\\:**", name))
		}
		return fl, false
	}
	return fl, true
}

// foreign says that a label belongs to the other kind of file, and what is wrong with that.
func (s *splitter) foreign(name string) (field, wrong string) {
	if len(s.names) == len(flagFields()) {
		if field, exact := known(name, articleFields()); exact {
			return field, fmt.Sprintf("a red flag has no %q, so this would be sent as part of its text", field)
		}
	}
	return "", ""
}

// unbreak drops the marks of a hard line break at the end of a line.
func unbreak(line string) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line), "\\"))
}

// list reads the list of a section's last field. A label in it begins another field, after it was told that it stands there.
func (s *splitter) list(sec *section, list *ast.List) {
	into := len(sec.fields) - 1
	for li := list.FirstChild(); li != nil; li = li.NextSibling() {
		at, name := s.at(li.Pos()), sec.fields[into].name
		first := li.FirstChild()
		if first == nil {
			s.problem(at, fmt.Sprintf("an item of %q is empty", name), "write something behind the \"-\", or delete the line")
			continue
		}
		switch first.(type) {
		case *ast.TextBlock, *ast.Paragraph:
		default:
			s.problem(at, fmt.Sprintf("an item of %q is no plain text", name), "write one line of text behind the \"- \"; put a backslash before a # or > that begins it")
			continue
		}
		if first.NextSibling() != nil {
			s.problem(s.at(first.Lines().At(0).Start), fmt.Sprintf("an item of %q holds more than one line of text", name), "write each on a line of its own that begins with \"- \", with no spaces before it")
		}
		var text *string // of the item, or of the field inside it
		for i := range first.Lines().Len() {
			segment := first.Lines().At(i)
			line := unbreak(string(segment.Value(s.text)))
			at := s.at(segment.Start)
			if name, rest, ok := label(line); ok {
				if named, exact := known(name, s.names); exact {
					s.problem(at, fmt.Sprintf("%q stands inside the list above it", named), "write an empty line above it")
					sec.fields = append(sec.fields, field{Place: at, name: named, text: rest})
					text = &sec.fields[len(sec.fields)-1].text
					if takesList(named) {
						into = len(sec.fields) - 1
					}
					continue
				}
			}
			if text == nil {
				f := &sec.fields[into]
				f.items = append(f.items, item{at, line})
				text = &f.items[len(f.items)-1].text
			} else {
				*text = strings.TrimSpace(*text + "\n" + line)
			}
		}
	}
}
