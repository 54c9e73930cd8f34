package triage

// Compiling a pack: concepts in the order in which they refer to each other, then signs.

import (
	"errors"
	"fmt"

	"github.com/redpin/redpin/knowledge"
)

// maxParts is how many parts a sign may have: joined by + in a sentence, or by & in a message.
const maxParts = 3

// add compiles the concepts and signs of a pack. Concepts are a pack's own: two packs may use the same name.
func (c *compiler) add(p *knowledge.Pack) (problems, unused knowledge.Problems) {
	wrong := func(at knowledge.Place, what string, err error) {
		var m mistake
		if !errors.As(err, &m) {
			m = mistake{err.Error(), ""}
		}
		problems = append(problems, knowledge.Problem{Place: at, What: what + ": " + m.what, Remedy: m.remedy})
	}
	c.concepts, c.slipping = map[string]int32{}, map[string]bool{}
	parsed := map[string][]sequence{}
	byName := map[string]*knowledge.Concept{}
	for _, con := range p.Concepts {
		c.concepts[con.Name] = c.feature()
		byName[con.Name] = con
		for _, ph := range con.Phrases {
			s, err := c.parser.phrase(ph.Text)
			if err != nil {
				wrong(ph.Place, fmt.Sprintf("concept %s, %q", con.Name, ph.Text), err)
				continue
			}
			parsed[con.Name] = append(parsed[con.Name], s)
		}
	}
	// Sizes choose anchors, so a concept is compiled after those that it refers to.
	const (
		fresh = iota
		under
		ready
	)
	state := map[string]int{}
	var compile func(name string) bool
	compile = func(name string) bool {
		con := byName[name]
		if con == nil || state[name] == ready {
			return true
		}
		if state[name] == under {
			return false
		}
		state[name] = under
		good := true
		for _, s := range parsed[name] {
			for _, ref := range refs(s, nil) {
				if !compile(ref) && good {
					good = false
					wrong(con.Place, "concept "+name, mistake{fmt.Sprintf("it refers to itself through <%s>", ref), "break the circle: move the shared words to a concept of their own"})
				}
			}
		}
		state[name] = ready
		for _, s := range parsed[name] {
			st, err := c.steps(s)
			if err != nil {
				wrong(con.Place, "concept "+name, err)
				continue
			}
			c.wording(c.concepts[name], st)
		}
		return true
	}
	for _, con := range p.Concepts {
		compile(con.Name)
	}
	var used []string
	for _, f := range p.RedFlags {
		flag := int32(len(c.m.flags))
		c.m.flags = append(c.m.flags, f)
		c.exceptions = nil
		pats, errs := make([]pattern, len(f.Signs)), make([]error, len(f.Signs))
		for i := range f.Signs {
			pats[i], errs[i] = c.parser.parse(f.Signs[i].Pattern)
			if pat := pats[i]; errs[i] == nil && len(pat[0].with) == 0 {
				for _, s := range pat[0].without {
					used = refs(s, used)
					st, err := c.steps(s)
					if err != nil {
						wrong(f.Signs[i].Place, fmt.Sprintf("sign `%s` of %s", f.Signs[i].Pattern, f.ID), err)
						continue
					}
					c.exceptions = append(c.exceptions, st)
				}
			}
		}
		finds := false
		for i := range f.Signs {
			src := &f.Signs[i]
			pat, err := pats[i], errs[i]
			if err == nil && len(pat[0].with) == 0 {
				continue
			}
			finds = true
			if err == nil {
				err = c.sign(flag, src, pat)
			}
			if err != nil {
				wrong(src.Place, fmt.Sprintf("sign `%s` of %s", src.Pattern, f.ID), err)
				continue
			}
			c.m.writings = append(c.m.writings, writing{pat, parsed})
			for _, cl := range pat {
				for _, s := range cl.with {
					c.mayslip(s, parsed, 0)
				}
			}
			for _, cl := range pat {
				for _, s := range append(cl.with[:len(cl.with):len(cl.with)], cl.without...) {
					used = refs(s, used)
				}
			}
		}
		if len(f.Signs) > 0 && !finds {
			wrong(f.Signs[0].Place, "red flag "+f.ID, mistake{"its signs only say what must not be there", "add a sign that says what raises it"})
		}
	}
	seen := map[string]bool{}
	for len(used) > 0 {
		name := used[len(used)-1]
		used = used[:len(used)-1]
		if !seen[name] {
			seen[name] = true
			for _, s := range parsed[name] {
				used = refs(s, used)
			}
		}
	}
	for _, con := range p.Concepts {
		if !seen[con.Name] {
			unused = append(unused, knowledge.Problem{Place: con.Place, What: fmt.Sprintf("no sign uses the concept %s", con.Name), Remedy: fmt.Sprintf("use <%s> in a sign or take it away", con.Name)})
		}
	}
	return problems, unused
}

// mayslip notes the words that s is made of as words that slips are looked for in. The words of exceptions are not
// among them: a slip must not take a sign away.
func (c *compiler) mayslip(s sequence, concepts map[string][]sequence, depth int) {
	if depth > 50 {
		return // concepts in a circle; a problem says so
	}
	for _, it := range s {
		switch it.kind {
		case aWord:
			it.sign.slips = true
		case aConcept:
			if !c.slipping[it.text] {
				c.slipping[it.text] = true
				for _, ph := range concepts[it.text] {
					c.mayslip(ph, concepts, depth+1)
				}
			}
		case alternatives:
			for _, a := range it.alts {
				c.mayslip(a, concepts, depth+1)
			}
		}
	}
}

// refs are the concepts that a sequence names.
func refs(s sequence, out []string) []string {
	for _, it := range s {
		if it.kind == aConcept {
			out = append(out, it.text)
		}
		for _, a := range it.alts {
			out = refs(a, out)
		}
	}
	return out
}

// sign compiles one sign.
func (c *compiler) sign(flag int32, src *knowledge.Sign, pat pattern) error {
	if len(pat) > maxParts {
		return mistake{fmt.Sprintf("it has %d parts joined by &", len(pat)), fmt.Sprintf("use at most %d", maxParts)}
	}
	number := int32(len(c.m.signs))
	var clauses []clauseOf
	for i, cp := range pat {
		if len(cp.with) > maxParts || len(cp.without) > 8 {
			return mistake{fmt.Sprintf("it has %d parts joined by +", len(cp.with)), fmt.Sprintf("use at most %d, and at most 8 with !", maxParts)}
		}
		cl := clauseOf{sign: number, part: int32(i)}
		for _, s := range cp.with {
			st, err := c.steps(s)
			if err != nil {
				return err
			}
			if len(st) > most/2 {
				return mistake{"it is longer than any sentence that it could find", "write a shorter sign"}
			}
			cl.with = append(cl.with, st)
		}
		for _, s := range cp.without {
			st, err := c.steps(s)
			if err != nil {
				return err
			}
			cl.without = append(cl.without, st)
		}
		if i == 0 { // those of the whole flag are no matter of what only gives the sign its setting
			cl.without = append(cl.without, c.exceptions...)
		}
		clauses = append(clauses, cl)
	}
	c.m.signs = append(c.m.signs, sign{flag: flag, parts: int32(len(pat)), src: src})
	c.m.clauses = append(c.m.clauses, clauses...)
	return nil
}
