package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// yaml reads the file as one YAML mapping; what is wrong with it becomes problems. An empty file is a mapping
// without keys. The walk over the nodes is ours because the library's own errors speak of Go types and stop
// at the first key that occurs twice.
func (f *file) yaml() *yaml.Node {
	empty := &yaml.Node{Kind: yaml.MappingNode, Line: 1}
	if blankYAML(f.text) {
		return empty
	}
	var doc yaml.Node
	if err := yaml.Load(f.text, &doc); err != nil {
		f.yamlFault(err)
		f.partial = true
		return nil
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return empty
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		f.problem(f.line(root.Line), "this file does not consist of lines \"name: value\"", "see the example in knowledge/README.md")
		f.partial = true
		return nil
	}
	return root
}

// blankYAML says whether there is nothing but comments and empty lines.
func blankYAML(text []byte) bool {
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' && !bytes.Equal(line, []byte("---")) {
			return false
		}
	}
	return true
}

// yamlFault says in an author's words why the library could not read a file.
func (f *file) yamlFault(err error) {
	line, message := 1, err.Error()
	if fault, ok := errors.AsType[*yaml.LoadError](err); ok {
		message = fault.Message
		line = fault.Mark.Line
		unclosed := strings.Contains(message, "end of stream") || strings.Contains(message, "expected ','")
		if line == 0 || unclosed && fault.ContextMark.Line > 0 {
			line = fault.ContextMark.Line // where it was opened says more than where that is noticed
		}
	}
	switch {
	case strings.Contains(message, "found multiple"):
		line = f.secondDocument()
	case strings.Contains(message, "control characters"):
		line = f.at(max(bytes.IndexFunc(f.text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }), 0)).Line
	}
	line = min(max(line, 1), len(f.lines))
	text := f.text[f.lines[line-1]:]
	if indent := text[:len(text)-len(bytes.TrimLeft(text, " \t"))]; bytes.IndexByte(indent, '\t') >= 0 {
		message = "tab" // whatever else the library makes of it
	}
	if strings.Contains(message, "mapping values") && bytes.HasPrefix(text, []byte(" ")) {
		f.problem(f.line(line), "this line begins further to the right than the lines it belongs to, or holds a colon that YAML takes for the end of a name",
			"begin it in the same column as its neighbours, or put quotes around the text: name: \"one: two\"")
		return
	}
	for _, known := range yamlFaults {
		if strings.Contains(message, known.message) {
			f.problem(f.line(line), known.what, known.remedy)
			return
		}
	}
	f.problem(f.line(line), "this line, or the one above it, is not YAML", "compare it with the example in knowledge/README.md; most often a text needs quotes (\"…\"), or its lines begin in different columns")
}

// secondDocument is the line that divides a file into two documents.
func (f *file) secondDocument() int {
	content := false
	for i, start := range f.lines {
		line := string(bytes.TrimRight(f.text[start:f.lineEnd(start)], " \t\n"))
		if content && (line == "..." || line == "---" || strings.HasPrefix(line, "--- ")) {
			return i + 1
		}
		content = content || line != "" && line != "---" && line[0] != '#'
	}
	return 1
}

// yamlFaults are the library's messages that authors cause most often, and what they mean.
var yamlFaults = []struct{ message, what, remedy string }{
	{"tab", "this line is indented with a tab", "use spaces"},
	{"mapping values are not allowed", "this line holds a colon that YAML takes for the end of a name", "put quotes around the text: name: \"one: two\""},
	{"found multiple", "this line divides the file into two documents, of which only one could be read", "delete it"},
	{"did not find expected key", "this line does not begin in the same column as the lines it belongs to, or a quote was closed before the end of the text", "begin it in the same column as its neighbours; put a text that holds quotes into the other kind of quotes"},
	{"did not find expected '-'", "this line does not begin in the same column as the \"- \" above it", "indent all items of a list alike"},
	{"did not find expected ',' or ']'", "a list that was opened with [ is not closed, or lacks a comma", "write [one, two, three]"},
	{"did not find expected ',' or '}'", "a { is not closed, or lacks a comma", "write {title: My site, url: https://example.org}; put quotes around a text that begins with {"},
	{"unexpected end of stream", "a quote is opened here and never closed", "close it at the end of the text"},
	{"unexpected document indicator", "a quote is opened above and never closed", "close it at the end of the text"},
	{"cannot start any token", "a text begins with a character that YAML keeps for itself (such as @, % or `)", "put quotes around the text"},
	{"unknown escape", "a text in double quotes holds a backslash", "put it in single quotes, or write two backslashes"},
	{"anchor", "a text begins with * or &, which YAML keeps for itself", "put quotes around the text"},
	{"alias", "a text begins with * or &, which YAML keeps for itself", "put quotes around the text"},
	{"tag", "a text begins with !, which YAML keeps for itself", "put quotes around the text"},
	{"could not find expected ':'", "this line is no \"name: value\"", "write a colon and a space behind the name; put quotes around a text of several lines, or write it below \"name: |\", indented"},
	{"control characters are not allowed", "this line holds a character that cannot be seen", "delete the line and type it again"},
	{"document start", "this file holds more than one document, or text behind its end", "delete lines that are only --- or ..."},
}

// A yamlKey is one name that a mapping may hold, and what to do with its value.
type yamlKey struct {
	name string
	read func(key, value *yaml.Node)
}

// mapping reads a mapping whose names are known. what names it in problems, such as "pack.yaml". What stands under a slip
// of a name is read as what was meant, so that its own mistakes are told and it is not called missing.
func (f *file) mapping(n *yaml.Node, what string, keys []yamlKey) {
	if n == nil {
		return
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	f.pairs(n, what, func(key, value *yaml.Node) {
		for _, k := range keys {
			if k.name == key.Value {
				k.read(key, value)
				return
			}
		}
		f.problem(f.line(key.Line), fmt.Sprintf("%s has no setting %q", what, cut(key.Value)),
			didYouMean(key.Value, names, "it may hold: "+strings.Join(names, ", ")))
		if i := slices.Index(names, nearest(key.Value, names)); i >= 0 {
			keys[i].read(key, value)
		}
	})
}

// pairs reads a mapping with any names; a name that comes twice is a problem.
func (f *file) pairs(n *yaml.Node, what string, read func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		f.problem(f.line(n.Line), fmt.Sprintf("%s is %s, where lines \"name: value\" belong", what, kindOf(n)), "see the example in knowledge/README.md")
		return
	}
	seen := make(map[string]int)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			f.problem(f.line(key.Line), "a name must be a word", "write name: value; put quotes around a text that begins with [ or {")
			continue
		}
		if first, twice := seen[key.Value]; twice {
			f.problem(f.line(key.Line), fmt.Sprintf("%q is here twice; the first is in line %d", cut(key.Value), first), "keep one of them")
		} else {
			seen[key.Value] = key.Line
		}
		read(key, value)
	}
}

// scalar is the text of a value exactly as written, so that no, 39 and on stay words.
func (f *file) scalar(n *yaml.Node, what string) (string, bool) {
	switch {
	case n.Style&yaml.TaggedStyle != 0:
		f.problem(f.line(n.Line), what+" begins with !, which YAML keeps for itself", "put quotes around the text")
		return "", false
	case n.Kind != yaml.ScalarNode:
		remedy := "put it in quotes: \"…\""
		if n.Kind == yaml.SequenceNode && n.Style&yaml.FlowStyle == 0 {
			remedy = "write one text, without \"- \" before it"
		}
		f.problem(f.line(n.Line), fmt.Sprintf("%s is %s, where a text belongs", what, kindOf(n)), remedy)
		return "", false
	case strings.TrimSpace(n.Value) == "" || n.Tag == "!!null" && n.Value == "~":
		f.problem(f.line(n.Line), what+" is empty", "write something, or delete the line")
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}

// list is the items of a list.
func (f *file) list(n *yaml.Node, what string) []*yaml.Node {
	if n.Kind == yaml.SequenceNode {
		if len(n.Content) == 0 {
			f.problem(f.line(n.Line), what+" is empty", "write an item, or delete the line")
		}
		return n.Content
	}
	if n.Kind == yaml.ScalarNode && n.Value == "" {
		f.problem(f.line(n.Line), what+" is empty", "write a list, each line beginning with \"- \", or delete the line")
		return nil
	}
	f.problem(f.line(n.Line), fmt.Sprintf("%s is %s, where a list belongs", what, kindOf(n)), "write [one, two], or each on a line of its own that begins with \"- \"")
	return nil
}

// oneOrMore is the items of a list, or a text that stands alone.
func (f *file) oneOrMore(n *yaml.Node, what string) []*yaml.Node {
	if n.Kind == yaml.ScalarNode && n.Value != "" {
		return []*yaml.Node{n}
	}
	return f.list(n, what)
}

// kindOf names a value in an author's words.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "\"name: value\""
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "a reference (*" + cut(n.Value) + ")"
	}
	if n.Value == "" {
		return "empty"
	}
	return "a text"
}

// firstLine is the line in which a value's text begins.
func firstLine(n *yaml.Node) int {
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return n.Line + 1
	}
	return n.Line
}
