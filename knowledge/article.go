package knowledge

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// article is what one file of articles holds.
type article struct {
	entries []*draft
	groups  map[string]Place
}

// A draft is an entry whose links are not yet looked up.
type draft struct {
	*Entry
	related    []relatedLink
	disclosure Place
}

// A relatedLink is a link under Related: an id, and the file that the author wrote before it, if any.
type relatedLink struct {
	Place
	text, file, id string
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
		if !sec.text {
			a.groups[sec.id] = sec.Place
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

func (f *file) related(fl field) []relatedLink {
	var found []relatedLink
	const remedy = "write links with commas between them: [Pillows](#pillows), or [Pillows](products.md#pillows) for an entry in another file"
	for _, it := range append([]item{{fl.Place, fl.text}}, fl.items...) {
		if it.text == "" {
			continue
		}
		ls, rest := links(it.text)
		if strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) && rest != "and" {
			f.problem(it.Place, fmt.Sprintf("\"Related\" takes links to entries, and %q is none", cut(rest)), remedy)
		} else if len(ls) == 0 {
			f.problem(it.Place, "\"Related\" takes links to entries, and there is none", remedy)
		}
		for _, l := range ls {
			target, id, hash := strings.Cut(l.url, "#")
			if u, err := url.PathUnescape(target); err == nil {
				target = u
			}
			switch {
			case strings.Contains(l.url, "://") || strings.HasPrefix(l.url, "//") || strings.HasPrefix(l.url, "mailto:"):
				f.problem(it.Place, fmt.Sprintf("\"Related\" is for entries of the same pack, and %s is elsewhere", cut(l.url)), "move the link into the answer, or write **Source:** if the answer comes from there")
			case !hash || id == "":
				f.problem(it.Place, fmt.Sprintf("the link (%s) names no entry", cut(l.url)), "add # and the entry's id: [Pillows](products.md#pillows)")
			default:
				if target != "" {
					target = path.Join(path.Dir(f.name), target)
				}
				found = append(found, relatedLink{it.Place, l.text, target, id})
			}
		}
	}
	return found
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
	if src.URL != "" && !webAddress(src.URL) {
		f.problem(fl.Place, fmt.Sprintf("%q is no web address", cut(src.URL)), "write one that begins with https://")
	} else if src.Title == "" {
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

// isQuestion says whether a title ends in a question mark, of any script.
func isQuestion(title string) bool {
	for _, mark := range []string{"?", "？", "؟", "\u037e", "՞"} {
		if strings.HasSuffix(title, mark) {
			return true
		}
	}
	return false
}

// readArticles reads all articles of the pack and checks what only the whole pack shows.
func (r *packReader) readArticles() {
	r.entries = make(map[string]*Entry)
	r.groups = make(map[string]Place)
	var drafts []*draft
	readAll(r, r.articles, readArticle, func(a article) {
		for id, at := range a.groups {
			r.groups[id] = at
		}
		for _, d := range a.entries {
			if first, twice := r.entries[d.ID]; twice && d.ID != "" {
				r.problem(d.Place, fmt.Sprintf("the id %q is taken by %q (%s, line %d)", d.ID, cut(first.Title), first.File, first.Line),
					"give this heading an id of its own at its end, such as {#"+freeID(d.ID, r.entries)+"}")
				continue
			}
			r.entries[d.ID] = d.Entry
			drafts = append(drafts, d)
			r.pack.Entries = append(r.pack.Entries, d.Entry)
			if d.Topic == "" {
				d.Topic = r.pack.Title
			}
			if d.Source == (Source{}) {
				d.Source = r.pack.Source
			}
			if d.Discloses && r.pack.Disclosure == "" && !r.settings.broken {
				r.problem(d.disclosure, "this entry asks for the pack's disclosure, and pack.yaml has none",
					"write it in pack.yaml, such as \"disclosure: We may earn money when you buy through these links.\", or delete this line")
			}
		}
	})
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

// relate looks up one link under Related.
func (r *packReader) relate(d *draft, l relatedLink, files map[string]bool) {
	e := r.entries[l.id]
	if e == nil {
		if id, err := url.PathUnescape(l.id); err == nil {
			e = r.entries[id]
		}
	}
	switch {
	case e == nil && l.file != "" && !files[l.file]:
		r.problem(l.Place, fmt.Sprintf("there is no article %s", l.file), "write the path from this file's folder to the other file, such as products.md#"+l.id)
	case e == nil:
		if at, group := r.groups[l.id]; group {
			r.problem(l.Place, fmt.Sprintf("the heading with the id %q (%s, line %d) is no entry, because no text stands under it", l.id, at.File, at.Line),
				"link to an entry under it, or write a text under it")
			return
		}
		r.problem(l.Place, fmt.Sprintf("there is no entry with the id %q", cut(l.id)),
			didYouMean(l.id, r.ids(), "an entry's id is its heading in small letters with hyphens, or the {#id} at its end"))
	case e == d.Entry:
		r.problem(l.Place, fmt.Sprintf("%q names itself as related", cut(d.Title)), "delete the link, or correct its id")
	case l.file != "" && l.file != e.File:
		r.problem(l.Place, fmt.Sprintf("the entry %q is not in %s but in %s", l.id, l.file, e.File), "correct the file's name before the #")
	default:
		for _, id := range d.Related {
			if id == e.ID {
				return
			}
		}
		d.Related = append(d.Related, e.ID)
	}
}

// ids are the ids of all entries, or none where comparing with all would take long.
func (r *packReader) ids() []string {
	const most = 5000
	if len(r.pack.Entries) > most {
		return nil
	}
	ids := make([]string, len(r.pack.Entries))
	for i, e := range r.pack.Entries {
		ids[i] = e.ID
	}
	return ids
}

func freeID(id string, taken map[string]*Entry) string {
	for n := 2; ; n++ {
		free := fmt.Sprintf("%s-%d", id, n)
		if taken[free] == nil {
			return free
		}
	}
}

// sameQuestions warns of entries that claim the same question: only one of them can be the answer.
func (r *packReader) sameQuestions() {
	claimed := make(map[string]*Entry, 2*len(r.pack.Entries))
	for _, e := range r.pack.Entries {
		for _, q := range e.Questions {
			key := foldQuestion(q)
			if key == "" {
				continue
			}
			switch first := claimed[key]; first {
			case nil:
				claimed[key] = e
			case e:
			default:
				r.warning(e.Place, fmt.Sprintf("%q is asked by this entry and by %q (%s, line %d)", cut(q), cut(first.Title), first.File, first.Line),
					"keep the question in the entry that answers it best")
			}
		}
	}
}

// foldQuestion leaves of a question what makes it different from others: its letters and digits in small, and the borders between words.
func foldQuestion(q string) string {
	var b strings.Builder
	b.Grow(len(q))
	gap := false
	for _, c := range norm.NFKC.String(q) {
		switch {
		case unicode.In(c, unicode.L, unicode.M, unicode.N):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(c))
		case c == '\'' || c == '’':
		default:
			gap = true
		}
	}
	return b.String()
}
