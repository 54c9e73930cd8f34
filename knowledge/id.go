package knowledge

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
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
			sec.meant = slug(strings.TrimSpace(id))
		}
	} else if strings.Contains(raw, "{#") && strayID.MatchString(strings.ReplaceAll(raw, "`", "")) {
		s.problem(sec.Place, "the id of a heading is the last thing in its line, closed with }", "write ## Title {#the-id}; a brace that is part of the title is written \\{")
		if m := innerID.FindStringSubmatch(raw); m != nil {
			sec.meant = m[1]
		}
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
