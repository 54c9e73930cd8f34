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
	partial   bool // some of its signs could not be read
}

// flagFile is what one file of red flags holds.
type flagFile struct {
	flags []draftFlag
	doubt []string // ids that tests may rightly use once a problem of their heading is mended
}

// readFlagFile makes red flags of the headings of a file.
func readFlagFile(f *file) flagFile {
	var all flagFile
	for _, sec := range f.sections(flagFields()) {
		if sec.meant != "" {
			all.doubt = append(all.doubt, sec.meant)
		}
		switch {
		case sec.group:
			continue
		case !sec.text && len(sec.fields) == 0: // it may be meant as a red flag or be left over
			all.doubt = append(all.doubt, sec.id)
			continue
		}
		flag := draftFlag{RedFlag: &RedFlag{ID: sec.id, Title: sec.title, Escalation: sec.body, Place: sec.Place}, line: sec.bodyAt}
		f.readFlagFields(&flag, &sec)
		all.flags = append(all.flags, flag)
	}
	return all
}

func (f *file) readFlagFields(flag *draftFlag, sec *section) {
	var level, signs bool
	var brief field
	for _, fl := range sec.fields {
		switch fl.name {
		case levelField:
			level = true
			if !fl.empty {
				f.level(flag.RedFlag, fl)
			}
		case signsField:
			signs = true
			f.signs(flag, fl)
		case briefField:
			brief = fl
			flag.Brief, flag.briefLine = fl.text, fl.Line
		}
	}
	if !level && !sec.cutOff {
		f.problem(sec.Place, fmt.Sprintf("the red flag %q has no level", cut(sec.title)), "write **Level:** emergency or **Level:** specialist under its text")
	}
	if !signs && !sec.cutOff {
		f.problem(sec.Place, fmt.Sprintf("the red flag %q has no signs, so no message would raise it", cut(sec.title)),
			"write **Signs:** under its text and a list below it, each line like - `pattern`")
	}
	flag.partial = flag.partial || !signs
	if brief.text != "" && flag.Level == Specialist {
		f.problem(brief.Place, "only an emergency has a text for where others read along", "delete the line: what can wait is not pinned")
	}
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
		written, _, _ := strings.Cut(fl.text, ",")
		f.problem(fl.Place, fmt.Sprintf("there is no level %q", cut(written)),
			didYouMean(level, []string{string(Emergency), string(Specialist)}, "write emergency (act now), specialist (see someone soon), or emergency, alone (no answer under it)"))
	}
	switch {
	case more == "":
	case more == "alone" && flag.Level == Specialist:
		f.problem(fl.Place, "only an emergency can stand alone", "write **Level:** emergency, alone, or **Level:** specialist")
	case more == "alone":
		flag.Alone = true
	default:
		f.problem(fl.Place, fmt.Sprintf("the level is followed by %q", cut(more)), didYouMean(more, []string{"alone"}, "behind the level nothing but \", alone\" may stand"))
	}
}

func (f *file) signs(flag *draftFlag, fl field) {
	flag.partial = fl.text != "" || fl.empty
	seen := make(map[string]Place)
	for _, it := range fl.items {
		pattern, ok := codeSpan(it.text)
		if !ok || pattern == "" {
			f.problem(it.Place, fmt.Sprintf("the sign %q is not between backquotes", cut(it.text)), "write - `pattern`; a remark for readers may follow")
			flag.partial = true
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
	whole := readAll(r, r.flags, readFlagFile, func(all flagFile) {
		for _, id := range all.doubt {
			r.doubtFlags[id] = true
		}
		for _, d := range all.flags {
			if first, twice := byID[d.ID]; twice && d.ID != "" {
				r.problem(d.Place, fmt.Sprintf("the id %q is taken by %q (%s, line %d)", d.ID, cut(first.Title), first.File, first.Line),
					"give this heading an id of its own at its end, such as {#"+d.ID+"-2}")
			} else {
				byID[d.ID] = d.RedFlag
			}
			at := &file{name: d.File}
			d.Escalation = r.said.fill(at, d.Escalation, d.line)
			d.Brief = r.said.fill(at, d.Brief, d.briefLine)
			r.add(at.reports)
			r.pack.RedFlags = append(r.pack.RedFlags, d.RedFlag)
			r.pack.Missing.Signs = r.pack.Missing.Signs || d.partial
		}
	})
	r.flagsMissing = !whole
	r.pack.Missing.Signs = r.pack.Missing.Signs || !whole
	if len(r.flags) > 0 && !r.said.safety && !r.said.broken {
		r.problem(r.said.line(1), "the pack has red flags and no \"safety\" in pack.yaml: what people are told when looking for red flags failed",
			"write safety: and a text such as \"I could not check this message. If you feel unwell, call {{emergency-number}}.\"")
	}
}

// readConcepts reads the words that signs refer to.
func (r *packReader) readConcepts() {
	whole := readAll(r, r.concepts, func(f *file) []*Concept {
		root := f.yaml()
		if root == nil {
			return nil
		}
		var concepts []*Concept
		f.pairs(root, "concepts.yaml", func(key, value *yaml.Node) {
			c := &Concept{Name: key.Value, Place: f.line(key.Line)}
			if !wordName(key.Value) {
				f.problem(f.line(key.Line), fmt.Sprintf("%q cannot be the name of a concept", cut(key.Value)), "use small letters, digits and hyphens, such as lower-back")
				// Signs may use the right name already.
				c.Name, c.Incomplete = strings.ReplaceAll(slug(key.Value), "_", "-"), true
			}
			seen := make(map[string]int)
			for _, n := range f.list(value, fmt.Sprintf("the concept %q", key.Value)) {
				phrase, ok := f.scalar(n, fmt.Sprintf("a phrase of %q", key.Value))
				if !ok {
					c.Incomplete = true
					continue
				}
				if first, twice := seen[phrase]; twice {
					f.problem(f.line(n.Line), fmt.Sprintf("%q is in %q twice; the first is in line %d", cut(phrase), key.Value, first), "delete one of them")
					continue
				}
				seen[phrase] = n.Line
				c.Phrases = append(c.Phrases, Phrase{phrase, f.line(n.Line)})
			}
			c.Incomplete = c.Incomplete || len(c.Phrases) == 0
			concepts = append(concepts, c)
		})
		return concepts
	}, func(concepts []*Concept) { r.pack.Concepts = append(r.pack.Concepts, concepts...) })
	r.pack.Missing.Concepts = !whole
}
