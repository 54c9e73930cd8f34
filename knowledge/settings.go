package knowledge

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/language"
)

// settings are what pack.yaml says beyond the fields of a Pack.
type settings struct {
	*file
	pack   *Pack
	words  words
	broken bool // pack.yaml could not be read, so that what is missing in it is not known

	disclosure, safety bool // they are there, right or wrong
}

// readSettings reads pack.yaml.
func (r *packReader) readSettings() {
	f := openFile(r.fsys, path.Join(r.dir, r.settings))
	s := &settings{file: f, pack: r.pack, words: words{own: map[string]*word{}, broke: map[string]bool{}}}
	r.said = s
	r.pack.Language = "en"
	r.pack.Tests.AnswersPass, r.pack.Tests.FlagsPass = 100, 100
	var root *yaml.Node
	if f.ok {
		root = f.yaml()
	}
	if root == nil {
		s.broken, s.words.unread, r.pack.Missing.Language = true, true, true
		r.pack.Title = r.pack.ID
		r.add(f.reports)
		return
	}
	s.read(root)
	r.add(f.reports)
	f.reports = reports{}
}

func (s *settings) read(root *yaml.Node) {
	var disclaimer, disclosure, safety *yaml.Node
	text := func(into *string) func(key, value *yaml.Node) {
		return func(key, value *yaml.Node) { *into, _ = s.scalar(value, fmt.Sprintf("%q", key.Value)) }
	}
	later := func(into **yaml.Node) func(key, value *yaml.Node) {
		return func(_, value *yaml.Node) { *into = value }
	}
	hasTitle := false
	s.mapping(root, packFile, []yamlKey{
		{"title", func(key, value *yaml.Node) { hasTitle = true; text(&s.pack.Title)(key, value) }},
		{"description", text(&s.pack.Description)},
		{"language", s.language},
		{"disclaimer", later(&disclaimer)},
		{"disclosure", later(&disclosure)},
		{"safety", later(&safety)},
		{"source", s.source},
		{"words", s.readWords},
		{"synonyms", s.synonyms},
		{"tests", s.tests},
	})
	if !hasTitle {
		s.problem(s.line(1), "the pack has no title", "write a line such as \"title: Back pain and intimacy\"")
	}
	if strings.Contains(s.pack.Title, "\n") {
		s.problem(s.line(root.Line), "\"title\" has more than one line", "write it in one line")
	}
	s.disclosure, s.safety = disclosure != nil, safety != nil
	// Words come last in many files and are needed in these, so these are read when all words are known.
	for _, t := range []struct {
		name string
		node *yaml.Node
		into *string
	}{{"disclaimer", disclaimer, &s.pack.Disclaimer}, {"disclosure", disclosure, &s.pack.Disclosure}, {"safety", safety, &s.pack.Safety}} {
		if t.node == nil {
			continue
		}
		value, ok := s.scalar(t.node, fmt.Sprintf("%q", t.name))
		if !ok {
			continue
		}
		*t.into = s.words.fill(s.file, value, firstLine(t.node))
		if t.name == "disclaimer" && strings.Contains(*t.into, "\n") {
			s.problem(s.line(t.node.Line), "\"disclaimer\" has more than one line", "write it in one line: it stands under every answer")
		}
	}
}

// fill puts the pack's words into a text of a file.
func (s *settings) fill(f *file, text string, line int) string { return s.words.fill(f, text, line) }

// unused tells of words that nothing uses, which is most often a slip in a name, and of their own mistakes. Where some
// texts are missing, or a slip has been told from the other side, nothing is called unused.
func (s *settings) unused(textsMissing bool) reports {
	f := &file{name: s.name}
	for _, name := range s.words.names() {
		w := s.words.own[name]
		if w == nil || w.state != unfilled {
			continue
		}
		s.words.value(f, name, w.Place)
		if name != emergencyNumberWord && name != crisisLineWord && !textsMissing && !s.words.missing {
			f.warning(w.Place, fmt.Sprintf("no text uses the word {{%s}}", name), "use it in an escalation, or delete it")
		}
	}
	return f.reports
}

func (s *settings) language(_, value *yaml.Node) {
	tag, ok := s.scalar(value, "\"language\"")
	if !ok {
		s.pack.Missing.Language = true
		return
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		s.problem(s.line(value.Line), fmt.Sprintf("%q is no language", cut(tag)), "write its code, such as en, de or pt-BR")
		s.pack.Missing.Language = true
		return
	}
	s.pack.Language = parsed.String()
}

// tests reads how many of the pack's own tests must pass, in percent.
func (s *settings) tests(_, value *yaml.Node) {
	percent := func(into *float64) func(key, v *yaml.Node) {
		return func(key, v *yaml.Node) {
			text, ok := s.scalar(v, fmt.Sprintf("%q", key.Value))
			if !ok {
				return
			}
			n, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
			if err != nil || !(n >= 0 && n <= 100) {
				s.problem(s.line(v.Line), fmt.Sprintf("%q is no share of the tests", cut(text)), "write a number from 0 to 100, such as 95: the percentage of the tests that must pass")
				return
			}
			*into = n
		}
	}
	s.mapping(value, "\"tests\"", []yamlKey{
		{"answers", percent(&s.pack.Tests.AnswersPass)},
		{"flags", percent(&s.pack.Tests.FlagsPass)},
	})
}

func (s *settings) source(_, value *yaml.Node) {
	const remedy = "write source: {title: My site, url: https://example.org}"
	if value.Kind == yaml.ScalarNode && value.Value != "" {
		s.problem(s.line(value.Line), "\"source\" is a text, where a title and an address belong", remedy)
		return
	}
	at, hasTitle := value.Line, false
	s.mapping(value, "\"source\"", []yamlKey{
		{"title", func(_, v *yaml.Node) { hasTitle = true; s.pack.Source.Title, _ = s.scalar(v, "the source's title") }},
		{"url", func(_, v *yaml.Node) {
			address, ok := s.scalar(v, "the source's url")
			if ok && !webAddress(address) {
				s.problem(s.line(v.Line), fmt.Sprintf("%q is no web address", cut(address)), "write one that begins with https://")
			}
			s.pack.Source.URL = address
		}},
	})
	if value.Kind == yaml.MappingNode && !hasTitle && s.pack.Source.URL != "" {
		s.problem(s.line(at), "the source has no title", remedy)
	}
}

func (s *settings) readWords(_, value *yaml.Node) {
	s.words.unread = value.Kind != yaml.MappingNode
	s.pairs(value, "\"words\"", func(key, v *yaml.Node) {
		named := wordName(key.Value)
		if !named {
			s.problem(s.line(key.Line), fmt.Sprintf("%q cannot be the name of a word", cut(key.Value)), "use small letters, digits and hyphens, such as emergency-number")
			s.words.broke[slug(key.Value)] = true // texts may use the right name
		}
		text, ok := s.scalar(v, fmt.Sprintf("the word %q", key.Value))
		if ok && len(text) > maxWord {
			s.problem(s.line(key.Line), fmt.Sprintf("the word %q has %d bytes, where %d are the most", key.Value, len(text), maxWord), "make it shorter, or move text into the red flags")
			ok = false
		}
		if !ok {
			s.words.broke[key.Value] = true
		}
		if !ok || !named {
			return
		}
		s.words.own[key.Value] = &word{Place: s.line(key.Line), text: text, line: firstLine(v)}
	})
}

func (s *settings) synonyms(_, value *yaml.Node) {
	for _, group := range s.list(value, "\"synonyms\"") {
		if group.Kind != yaml.SequenceNode {
			s.problem(s.line(group.Line), fmt.Sprintf("a group of synonyms is %s, where a list belongs", kindOf(group)), "write - [physio, physical therapy]")
			continue
		}
		var words []string
		whole := true
		for _, n := range group.Content {
			word, ok := s.scalar(n, "a synonym")
			whole = whole && ok
			if ok && !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		if whole && len(words) < 2 {
			s.problem(s.line(group.Line), "a group of synonyms needs two words or phrases at least", "add one, or delete the group")
			continue
		}
		s.pack.Synonyms = append(s.pack.Synonyms, words)
	}
}
