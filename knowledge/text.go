package knowledge

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// ReadText is what a text node of ParseMarkdown reads as: backslash escapes and entities are resolved, except
// inside code, where they stand for themselves.
func ReadText(n *ast.Text, source []byte) string {
	value := n.Value(source)
	if n.IsRaw() {
		return string(value)
	}
	if _, code := n.Parent().(*ast.CodeSpan); code {
		return string(value)
	}
	var b strings.Builder
	writeUnescaped(&b, value)
	return b.String()
}

// writeUnescaped resolves backslash escapes and entities in one pass: "\&amp;" reads as "&amp;".
func writeUnescaped(b *strings.Builder, s []byte) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			if end := bytes.IndexByte(s[i:], ';'); end > 1 && end < 40 {
				b.WriteString(html.UnescapeString(string(s[i : i+end+1])))
				i += end
				continue
			}
			b.WriteByte('&')
		default:
			b.WriteByte(s[i])
		}
	}
}
