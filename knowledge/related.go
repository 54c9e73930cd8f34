package knowledge

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode"
)

// A relatedLink is a link under Related: an id, and the file that the author wrote before it, if any.
type relatedLink struct {
	Place
	text, file, id string
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

// relate looks up one link under Related.
func (r *packReader) relate(d *draft, l relatedLink, files map[string]bool) {
	e := r.entries[l.id]
	if e == nil {
		if id, err := url.PathUnescape(l.id); err == nil {
			e = r.entries[id]
		}
	}
	switch {
	case e == nil && (r.doubtEntries[l.id] || r.partial[l.file] || r.entriesMissing && l.file == ""):
		// Whether it is there is not known.
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
