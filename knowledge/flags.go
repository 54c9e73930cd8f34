package knowledge

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// draftFlag is a red flag whose words are not yet filled in.
type draftFlag struct {
	*RedFlag
	line      int // where the escalation begins
	briefLine int
}

// readFlagFile makes red flags of the headings of a file.
func readFlagFile(f *file) []draftFlag {
	var flags []draftFlag
	for _, sec := range f.sections(flagFields()) {
		if !sec.text {
			continue
		}
		flag := &RedFlag{ID: sec.id, Title: sec.title, Escalation: sec.body, Place: sec.Place}
		level, ok := sec.field(levelField)
		if !ok {
			f.problem(sec.Place, fmt.Sprintf("the red flag %q has no level", cut(sec.title)), "write **Level:** emergency or **Level:** specialist under its text")
		} else {
			f.level(flag, level)
		}
		signs, ok := sec.field(signsField)
		if !ok {
			f.problem(sec.Place, fmt.Sprintf("the red flag %q has no signs, so no message would raise it", cut(sec.title)),
				"write **Signs:** under its text and a list below it, each line like - `pattern`")
		}
		f.signs(flag, signs)
		brief, ok := sec.field(briefField)
		if flag.Brief = brief.text; ok && flag.Level == Specialist {
			f.problem(brief.Place, "only an emergency has a text for where others read along", "delete the line: what can wait is not pinned")
		}
		flags = append(flags, draftFlag{flag, sec.bodyAt, brief.Line})
	}
	return flags
}

func (f *file) level(flag *RedFlag, fl field) {
	level, more, _ := strings.Cut(strings.ToLower(plain(fl.text)), ",")
	more = strings.TrimSpace(more)
	switch Level(strings.TrimSpace(level)) {
	case Emergency:
		flag.Level = Emergency
	case Specialist:
		flag.Level = Specialist
	default:
		f.problem(fl.Place, fmt.Sprintf("there is no level %q", cut(fl.text)),
			didYouMean(level, []string{string(Emergency), string(Specialist)}, "write emergency (act now), specialist (see someone soon), or emergency, alone (no answer under it)"))
		return
	}
	switch {
	case more == "":
	case more == "alone" && flag.Level == Emergency:
		flag.Alone = true
	case more == "alone":
		f.problem(fl.Place, "only an emergency can stand alone", "write **Level:** emergency, alone, or **Level:** specialist")
	default:
		f.problem(fl.Place, fmt.Sprintf("the level is followed by %q", cut(more)), didYouMean(more, []string{"alone"}, "behind the level nothing but \", alone\" may stand"))
	}
}

func (f *file) signs(flag *RedFlag, fl field) {
	seen := make(map[string]Place)
	for _, it := range fl.items {
		pattern, ok := codeSpan(it.text)
		if !ok || pattern == "" {
			f.problem(it.Place, fmt.Sprintf("the sign %q is not between backquotes", cut(it.text)), "write - `pattern`; a remark for readers may follow")
			continue
		}
		if strings.Count(it.text, "`") > 2 {
			f.warning(it.Place, fmt.Sprintf("behind the sign `%s` stands another between backquotes, which is a remark and finds nothing", cut(pattern)), "write one sign a line")
		}
		if first, twice := seen[pattern]; twice {
			f.problem(it.Place, fmt.Sprintf("the sign `%s` is here twice; the first is in line %d", cut(pattern), first.Line), "delete one of them")
			continue
		}
		seen[pattern] = it.Place
		flag.Signs = append(flag.Signs, Sign{pattern, it.Place})
	}
}

// readFlags reads the red flags of the pack.
func (r *packReader) readFlags() {
	byID := make(map[string]*RedFlag)
	readAll(r, r.flags, readFlagFile, func(flags []draftFlag) {
		for _, d := range flags {
			if first, twice := byID[d.ID]; twice {
				r.problem(d.Place, fmt.Sprintf("the id %q is taken by %q (%s, line %d)", d.ID, cut(first.Title), first.File, first.Line),
					"give this heading an id of its own at its end, such as {#"+d.ID+"-2}")
				continue
			}
			byID[d.ID] = d.RedFlag
			at := &file{name: d.File}
			d.Escalation = r.settings.fill(at, d.Escalation, d.line)
			d.Brief = r.settings.fill(at, d.Brief, d.briefLine)
			r.add(at.reports)
			r.pack.RedFlags = append(r.pack.RedFlags, d.RedFlag)
		}
	})
	if len(r.pack.RedFlags) > 0 && r.pack.Safety == "" && !r.settings.broken {
		r.problem(r.settings.line(1), "the pack has red flags and no \"safety\" in pack.yaml: what people are told when looking for red flags failed",
			"write safety: and a text such as \"I could not check this message. If you feel unwell, call {{emergency-number}}.\"")
	}
}

// readConcepts reads the words that signs refer to.
func (r *packReader) readConcepts() {
	readAll(r, r.concepts, func(f *file) []*Concept {
		root := f.yaml()
		if root == nil {
			return nil
		}
		var concepts []*Concept
		f.pairs(root, "concepts.yaml", func(key, value *yaml.Node) {
			if !wordName(key.Value) {
				f.problem(f.line(key.Line), fmt.Sprintf("%q cannot be the name of a concept", cut(key.Value)), "use small letters, digits and hyphens, such as lower-back")
				return
			}
			c := &Concept{Name: key.Value, Place: f.line(key.Line)}
			seen := make(map[string]int)
			for _, n := range f.list(value, fmt.Sprintf("the concept %q", key.Value)) {
				phrase, ok := f.scalar(n, fmt.Sprintf("a phrase of %q", key.Value))
				if !ok {
					continue
				}
				if first, twice := seen[phrase]; twice {
					f.problem(f.line(n.Line), fmt.Sprintf("%q is in %q twice; the first is in line %d", cut(phrase), key.Value, first), "delete one of them")
					continue
				}
				seen[phrase] = n.Line
				c.Phrases = append(c.Phrases, Phrase{phrase, f.line(n.Line)})
			}
			concepts = append(concepts, c)
		})
		return concepts
	}, func(concepts []*Concept) { r.pack.Concepts = append(r.pack.Concepts, concepts...) })
}
