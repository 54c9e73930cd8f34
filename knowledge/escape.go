package knowledge

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// escapeLine writes plain text as one line of Markdown that reads as that text wherever it stands: in a
// heading, in an item of a list. White space becomes single spaces.
func escapeLine(s string) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	var b strings.Builder
	b.Grow(len(s) + 8)
	digits := 0
	for i, c := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>&~#{}", c),
			i == 0 && strings.ContainsRune("-+=|:", c),
			digits > 0 && digits == i && (c == '.' || c == ')'): // "1." would begin a list
			b.WriteByte('\\')
		}
		if c >= '0' && c <= '9' && digits == i {
			digits++
		}
		b.WriteRune(c)
	}
	return b.String()
}

// clean makes foreign text UTF-8 with newlines as line ends. Zero bytes become the sign that CommonMark shows
// for them.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.ReplaceAll(s, "\x00", "\ufffd")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.ReplaceAll(s, "\r", "\n")
}

// embeddable changes Markdown of any shape as little as is needed for it to stand under a heading of a pack:
// its own headings become bold lines, its labels that would be fields become bold text, what it left open is
// closed. It returns an empty text when there is nothing to show.
func embeddable(answer string) string {
	answer = trimBlankLines(clean(answer))
	if answer == "" {
		return ""
	}
	// A change can show what was hidden before, such as the text behind a comment that was never closed. Each
	// round ends the change of one kind of thing, and three have been enough for all that a fuzzer found.
	for range 8 {
		changed := escapeStructure(answer)
		if changed == answer {
			break
		}
		answer = trimBlankLines(changed)
	}
	if intact(answer) {
		return answer
	}
	return fence(answer)
}

func trimBlankLines(s string) string {
	return strings.TrimRightFunc(string(withoutBlankLines([]byte(s))), unicode.IsSpace)
}

// intact says whether an answer comes back as it is when it stands between headings.
func intact(answer string) bool {
	f := &file{name: "x.md"}
	f.setText([]byte("## a {#a}\n\n" + answer + "\n\n**Tags:** t\n\n## b {#b}\n\nb\n"))
	secs := f.sections(articleFields())
	return len(f.problems) == 0 && len(secs) == 2 && secs[0].text && secs[0].body == answer && len(secs[0].fields) == 1
}

// fence shows a text as it is, as code: the last resort, when nothing else keeps it whole.
func fence(answer string) string {
	longest, run := 2, 0
	for i := range len(answer) {
		if answer[i] == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	marker := strings.Repeat("`", longest+1)
	return marker + "\n" + answer + "\n" + marker
}

// An edit replaces the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// escapeStructure changes what would be read as part of the pack's structure.
func escapeStructure(answer string) string {
	f := &file{}
	f.setText([]byte(answer))
	s := &splitter{file: f, names: articleFields()}
	var edits []edit
	root := blocks.Parse(text.NewReader(f.text))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			edits = append(edits, s.headingEdits(n)...)
		case *ast.Paragraph:
			for i := range n.Lines().Len() {
				segment := n.Lines().At(i)
				line := string(segment.Value(f.text))
				if name, _, ok := label(line); ok && s.reserved(name) {
					colon := segment.Start + labelColon(line)
					edits = append(edits, edit{colon, colon, "\\"})
				}
			}
		case *ast.FencedCodeBlock:
			if n.NextSibling() == nil {
				if marker := unclosedFence(f.text[f.lineStart(n.Pos()):]); marker != "" {
					edits = append(edits, edit{len(f.text), len(f.text), "\n" + marker})
				}
			}
		case *ast.HTMLBlock:
			start := f.lineStart(n.Pos())
			// A comment would be dropped above the answer and be a warning in it. As text it is what renderers make of it.
			if n.HTMLBlockType == ast.HTMLBlockType2 || n.NextSibling() == nil && unclosedHTML(n, f.text[start:]) != "" {
				at := start + bytes.IndexByte(f.text[start:], '<')
				edits = append(edits, edit{at, at, "\\"})
			}
		}
	}
	var b strings.Builder
	done := 0
	slices.SortStableFunc(edits, func(a, b edit) int { return a.start - b.start })
	for _, e := range edits {
		b.WriteString(answer[done:e.start])
		b.WriteString(e.text)
		done = e.end
	}
	b.WriteString(answer[done:])
	return b.String()
}

// reserved says whether a label would be read as a field, or as a slip in one.
func (s *splitter) reserved(name string) bool {
	field, _ := known(name, s.names)
	return field != ""
}

// labelColon is the offset of the colon of a label.
func labelColon(line string) int {
	open := len(line) - len(strings.TrimLeft(line, " ")) + 2
	end := open + strings.Index(line[open:], line[open-2:open])
	if i := strings.LastIndexByte(line[open:end], ':'); i >= 0 && strings.TrimSpace(line[open+i+1:end]) == "" {
		return open + i
	}
	return end + strings.IndexByte(line[end:], ':')
}

// headingEdits make bold text of a heading, or plain text where bold could be misread.
func (s *splitter) headingEdits(h *ast.Heading) []edit {
	start, end := s.lineStart(h.Pos()), s.headingEnd(h)
	raw := s.heading(h)
	line := s.text[start:end]
	if boldable(raw) {
		before, after := "", "\n"
		if start > 0 && len(bytes.TrimSpace(s.text[s.lineStart(start-1):start])) > 0 {
			before = "\n"
		}
		if end < len(s.text) && len(bytes.TrimSpace(s.text[end:s.lineEnd(end)])) > 0 {
			after = "\n\n"
		}
		return []edit{{start, end, before + "**" + raw + "**" + after}}
	}
	if at := bytes.IndexByte(line, '#'); atxHeading.Match(line) {
		return []edit{{start + at, start + at, "\\"}}
	}
	last := h.Lines().At(h.Lines().Len() - 1)
	under := s.lineEnd(last.Start) // the line of - or =
	at := under + bytes.IndexAny(s.text[under:end], "-=")
	return []edit{{at, at, "\\"}}
}

// boldable says whether a heading's text can be put between asterisks and read the same.
func boldable(raw string) bool {
	if raw == "" || strings.ContainsAny(raw, "\\`*_[]<>&~\n{}") || strings.HasSuffix(raw, ":") {
		return false
	}
	// CommonMark does not take asterisks beside Unicode white space for bold.
	first, _ := utf8.DecodeRuneInString(raw)
	last, _ := utf8.DecodeLastRuneInString(raw)
	return strings.TrimSpace(string(first)) != "" && strings.TrimSpace(string(last)) != ""
}
