package knowledge

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// A named is an id that a test expects, and where it is written.
type named struct {
	Place
	id   string
	flag bool
}

// draftTests are the tests of a file, and the ids in them, not yet looked up.
type draftTests struct {
	Tests
	ids []named
}

// readExamples reads messages that red flags are learned from. They are written as tests are.
func (r *packReader) readExamples() {
	var t Tests
	r.readTests(r.examples, &t)
	r.pack.Examples = t.Flags
	for _, a := range t.Answers {
		r.problem(a.Place, "examples are of red flags, and this is a question", "move it into the folder tests")
	}
}

// readTests reads test questions and messages from files into tests.
func (r *packReader) readTests(files []string, tests *Tests) {
	entries, flags := r.ids(), make([]string, len(r.pack.RedFlags))
	isFlag := make(map[string]bool, len(flags))
	for i, flag := range r.pack.RedFlags {
		flags[i], isFlag[flag.ID] = flag.ID, true
	}
	readAll(r, files, readTestFile, func(t draftTests) {
		tests.Answers = append(tests.Answers, t.Answers...)
		tests.Flags = append(tests.Flags, t.Flags...)
		for _, n := range t.ids {
			switch {
			case n.flag && (r.flagsMissing || r.doubtFlags[n.id]), !n.flag && (r.entriesMissing || r.doubtEntries[n.id]):
				// Whether it is there is not known.
			case n.flag && !isFlag[n.id]:
				r.problem(n.Place, fmt.Sprintf("there is no red flag with the id %q", cut(n.id)),
					didYouMean(n.id, flags, "a red flag's id is its heading in small letters with hyphens, or the {#id} at its end"))
			case !n.flag && r.entries[n.id] == nil:
				r.problem(n.Place, fmt.Sprintf("there is no entry with the id %q", cut(n.id)),
					didYouMean(n.id, entries, "an entry's id is its heading in small letters with hyphens, or the {#id} at its end"))
			}
		}
	})
}

func readTestFile(f *file) draftTests {
	var t draftTests
	root := f.yaml()
	want := func(n *yaml.Node, flag bool) []string {
		var ids []string
		for _, n := range f.oneOrMore(n, "\"want\"") {
			if id, ok := f.scalar(n, "an id"); ok {
				ids = append(ids, id)
				t.ids = append(t.ids, named{f.line(n.Line), id, flag})
			}
		}
		return ids
	}
	// pair reads an item that has a text and the ids that it wants.
	pair := func(item *yaml.Node, name string, flag bool) (text string, ids []string) {
		if item.Kind != yaml.MappingNode {
			f.problem(f.line(item.Line), fmt.Sprintf("this is %s, where %q and \"want\" belong", kindOf(item), name), fmt.Sprintf("write - %s: …, and below it want: [an-id]", name))
			return "", nil
		}
		var has [2]bool
		f.mapping(item, "this test", []yamlKey{
			{name, func(_, v *yaml.Node) { has[0] = true; text, _ = f.scalar(v, fmt.Sprintf("%q", name)) }},
			{"want", func(_, v *yaml.Node) { has[1] = true; ids = want(v, flag) }},
		})
		for i, key := range []string{name, "want"} {
			if !has[i] {
				f.problem(f.line(item.Line), fmt.Sprintf("this test has no %q", key), fmt.Sprintf("write - %s: …, and below it want: [an-id]", name))
			}
		}
		return text, ids
	}
	f.mapping(root, "a file of tests", []yamlKey{
		{"answers", func(_, v *yaml.Node) {
			for _, item := range f.list(v, "\"answers\"") {
				if text, ids := pair(item, "question", false); text != "" && len(ids) > 0 {
					t.Answers = append(t.Answers, AnswerTest{text, ids, f.line(item.Line)})
				}
			}
		}},
		{"declines", func(_, v *yaml.Node) {
			for _, n := range f.list(v, "\"declines\"") {
				if text, ok := f.scalar(n, "a question"); ok {
					t.Answers = append(t.Answers, AnswerTest{text, nil, f.line(n.Line)})
				}
			}
		}},
		{"raises", func(_, v *yaml.Node) {
			f.pairs(v, "\"raises\"", func(key, messages *yaml.Node) {
				t.ids = append(t.ids, named{f.line(key.Line), key.Value, true})
				for _, n := range f.list(messages, fmt.Sprintf("the list of messages of %q", cut(key.Value))) {
					if text, ok := f.scalar(n, "a message"); ok {
						t.Flags = append(t.Flags, FlagTest{text, []string{key.Value}, f.line(n.Line)})
					}
				}
			})
		}},
		{"several", func(_, v *yaml.Node) {
			for _, item := range f.list(v, "\"several\"") {
				if text, ids := pair(item, "message", true); text != "" && len(ids) > 0 {
					t.Flags = append(t.Flags, FlagTest{text, ids, f.line(item.Line)})
				}
			}
		}},
		{"calm", func(_, v *yaml.Node) {
			for _, n := range f.list(v, "\"calm\"") {
				if text, ok := f.scalar(n, "a message"); ok {
					t.Flags = append(t.Flags, FlagTest{text, nil, f.line(n.Line)})
				}
			}
		}},
	})
	return t
}
