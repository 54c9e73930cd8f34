package knowledge

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// ParseMarkdown reads Markdown in the dialect of packs: CommonMark with GitHub's tables and strikethrough.
// Raw HTML is parsed as such and shown by nobody: renderers print it as the text it is.
func ParseMarkdown(source []byte) ast.Node {
	return markdown.Parser().Parse(text.NewReader(source))
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
