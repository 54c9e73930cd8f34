package knowledge

import (
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
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value))))
}
