package knowledge

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// open says whether a block at the end of the file was begun and never closed, and so took in all that follows.
func (s *splitter) open(n ast.Node) bool {
	first := s.text[s.lineStart(n.Pos()):s.lineEnd(n.Pos())]
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		if marker := unclosedFence(s.text[s.lineStart(n.Pos()):]); marker != "" {
			s.problem(s.at(n.Pos()), "a code block begins here and never ends, so everything below it belongs to it",
				"write a line "+marker+" behind the code, or delete this line")
			return true
		}
	case *ast.HTMLBlock:
		if end := unclosedHTML(n, s.text[s.lineStart(n.Pos()):]); end != "" {
			s.problem(s.at(n.Pos()), fmt.Sprintf("%q begins here and never ends, so everything below it belongs to it", string(bytes.TrimSpace(first[:min(len(first), 20)]))),
				"write "+end+" behind it, or delete it")
			return true
		}
	}
	return false
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
