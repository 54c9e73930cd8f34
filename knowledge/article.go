package knowledge

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// article is what one file of articles holds.
type article struct {
	entries []*draft
	groups  map[string]Place
	doubt   []string // ids that links may rightly use once a problem of their heading is mended
}

// A draft is an entry whose links are not yet looked up.
type draft struct {
	*Entry
	related    []relatedLink
	disclosure Place
}

// readArticle makes entries of the headings of a file. Topics of entries without a first-level heading above
// them are left empty.
func readArticle(f *file) article {
	a := article{groups: make(map[string]Place)}
	var above [7]string // titles of the headings above, by level
	for _, sec := range f.sections(articleFields()) {
		parent := ""
		for level := sec.level - 1; level > 0 && parent == ""; level-- {
			parent = above[level]
		}
		above[sec.level] = sec.title
		clear(above[sec.level+1:])
		if sec.meant != "" {
			a.doubt = append(a.doubt, sec.meant)
		}
		switch {
		case sec.group:
			a.groups[sec.id] = sec.Place
			continue
		case !sec.text && len(sec.fields) == 0: // it may be meant as an entry or be left over
			a.doubt = append(a.doubt, sec.id)
			continue
		}
		d := &draft{Entry: &Entry{ID: sec.id, Title: sec.title, Section: parent, Topic: above[1], Body: sec.body, Place: sec.Place}}
		if isQuestion(sec.title) {
			d.Questions = append(d.Questions, sec.title)
		}
		f.readFields(d, &sec)
		a.entries = append(a.entries, d)
	}
	return a
}

func (f *file) readFields(d *draft, sec *section) {
	for _, fl := range sec.fields {
		if fl.empty {
			continue
		}
		switch fl.name {
		case alsoAsked:
			seen := make(map[string]bool, len(fl.items)+1)
			for _, q := range d.Questions {
				seen[q] = true
			}
			for _, it := range fl.items {
				if q := plain(it.text); q != "" && !seen[q] {
					seen[q] = true
					d.Questions = append(d.Questions, q)
				}
			}
		case tagsField:
			d.Tags = f.tags(fl)
		case relatedField:
			d.related = f.related(fl)
		case sourceField:
			d.Source = f.source(fl)
		case disclosureField:
			switch strings.ToLower(plain(fl.text)) {
			case "yes":
				d.Discloses, d.disclosure = true, fl.Place
			case "no":
			default:
				f.problem(fl.Place, fmt.Sprintf("\"Disclosure\" is yes or no, not %q", cut(fl.text)), "write **Disclosure:** yes, or delete the line")
			}
		}
	}
}

func (f *file) tags(fl field) []string {
	var tags []string
	for _, it := range append([]item{{fl.Place, fl.text}}, fl.items...) {
		for t := range strings.SplitSeq(it.text, ",") {
			if t = plain(t); t != "" {
				tags = append(tags, t)
			}
		}
	}
	if len(tags) == 0 {
		f.problem(fl.Place, "\"Tags\" is empty", "write words with commas between them, or delete it")
	}
	return tags
}

func (f *file) source(fl field) Source {
	const remedy = "write **Source:** [title](https://example.org), or a title alone"
	ls, _ := links(fl.text)
	src := Source{Title: plain(fl.text)}
	switch {
	case len(ls) > 1:
		f.problem(fl.Place, "\"Source\" holds more than one link", "name one source; links to others can stand in the answer")
	case len(ls) == 1:
		src.URL = ls[0].url
	case webAddress(src.Title):
		src.URL = src.Title
	}
	for _, l := range ls {
		if !webAddress(l.url) {
			f.problem(fl.Place, fmt.Sprintf("%q is no web address", cut(l.url)), "write one that begins with https://")
		}
	}
	if src.Title == "" {
		f.problem(fl.Place, "the source has no title", remedy)
	}
	return src
}

// webAddress says whether s is an absolute http or https URL.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
}

// readArticles reads all articles of the pack and checks what only the whole pack shows.
func (r *packReader) readArticles() {
	r.entries = make(map[string]*Entry)
	r.groups = make(map[string]Place)
	var drafts []*draft
	whole := readAll(r, r.articles, readArticle, func(a article) {
		for id, at := range a.groups {
			r.groups[id] = at
		}
		for _, id := range a.doubt {
			r.doubtEntries[id] = true
		}
		for _, d := range a.entries {
			if first, twice := r.entries[d.ID]; twice && d.ID != "" {
				r.problem(d.Place, fmt.Sprintf("the id %q is taken by %q (%s, line %d)", d.ID, cut(first.Title), first.File, first.Line),
					"give this heading an id of its own at its end, such as {#"+freeID(d.ID, r.entries)+"}")
			} else {
				r.entries[d.ID] = d.Entry
			}
			drafts = append(drafts, d)
			r.pack.Entries = append(r.pack.Entries, d.Entry)
			if d.Topic == "" {
				d.Topic = r.pack.Title
			}
			if d.Source == (Source{}) {
				d.Source = r.pack.Source
			}
			if d.Discloses && !r.said.disclosure && !r.said.broken {
				r.problem(d.disclosure, "this entry asks for the pack's disclosure, and pack.yaml has none",
					"write it in pack.yaml, such as \"disclosure: We may earn money when you buy through these links.\", or delete this line")
			}
		}
	})
	r.entriesMissing = !whole
	files := make(map[string]bool, len(r.articles))
	for _, name := range r.articles {
		files[name] = true
	}
	for _, d := range drafts {
		for _, l := range d.related {
			r.relate(d, l, files)
		}
	}
	r.sameQuestions()
}
