package triage

// Compiling a pack: concepts in the order in which they refer to each other, then signs.

import (
	"errors"
	"fmt"

	"github.com/redpin/redpin/knowledge"
)

const (
	maxParts      = 3 // of a sign: joined by + in a sentence, or by & in a message
	maxExceptions = 8 // of a part of a sign
)

// add compiles the concepts and signs of a pack. Concepts are a pack's own: two packs may use the same name. What has a
// problem is left out, and nothing that may only follow from a problem is called one.
func (c *compiler) add(p *knowledge.Pack) (problems, unused knowledge.Problems) {
	wrong := func(at knowledge.Place, what string, err error) {
		var m mistake
		if !errors.As(err, &m) {
			m = mistake{err.Error(), ""}
		}
		problems = append(problems, knowledge.Problem{Place: at, What: what + ": " + m.what, Remedy: m.remedy})
	}
	c.concepts, c.slipping, c.doubtful = map[string]int32{}, map[string]bool{}, map[string]bool{}
	parsed, places := map[string][]sequence{}, map[string][]knowledge.Place{} // the phrases of each concept
	byName := map[string]*knowledge.Concept{}
	for _, con := range p.Concepts {
		c.concepts[con.Name] = c.feature()
		byName[con.Name] = con
		if con.Incomplete {
			c.doubtful[con.Name] = true
		}
		for _, ph := range con.Phrases {
			s, err := c.parser.phrase(ph.Text)
			if err != nil {
				wrong(ph.Place, fmt.Sprintf("concept %s, %q", con.Name, ph.Text), err)
				c.doubtful[con.Name] = true
				continue
			}
			parsed[con.Name], places[con.Name] = append(parsed[con.Name], s), append(places[con.Name], ph.Place)
		}
	}
	// known says whether all concepts that a sequence names are there, and tells of each that is not.
	known := func(at knowledge.Place, what string, s sequence) bool {
		good := true
		for _, ref := range refs(s, nil) {
			if _, ok := c.concepts[ref]; !ok {
				good = false
				if !p.Missing.Concepts {
					wrong(at, what, c.noConcept(ref))
				}
			}
		}
		return good
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
				if !good || c.doubtful[ref] {
					c.doubtful[name] = true
				}
			}
		}
		state[name] = ready
		var whole []sequence
		for i, s := range parsed[name] {
			if known(places[name][i], "concept "+name, s) {
				c.wording(c.concepts[name], c.steps(s))
				whole = append(whole, s)
			}
		}
		if len(whole) < len(parsed[name]) {
			c.doubtful[name] = true
		}
		parsed[name] = whole
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
		finds := false
		pats := make([]pattern, len(f.Signs)) // nil where there is none
		for i, src := range f.Signs {
			what := fmt.Sprintf("sign `%s` of %s", src.Pattern, f.ID)
			pat, err := c.parser.parse(src.Pattern)
			finds = finds || err != nil || len(pat[0].with) > 0
			if err == nil && len(pat[0].with) > 0 {
				err = fits(pat)
			}
			if err != nil {
				wrong(src.Place, what, err)
			}
			good := err == nil
			for _, cl := range pat {
				for _, s := range append(cl.with[:len(cl.with):len(cl.with)], cl.without...) {
					used = refs(s, used)
					good = known(src.Place, what, s) && good
				}
			}
			if !good {
				continue
			}
			if len(pat[0].with) > 0 {
				pats[i] = pat
				continue
			}
			for _, s := range pat[0].without {
				c.exceptions = append(c.exceptions, c.steps(s))
			}
		}
		for i, pat := range pats {
			if pat == nil {
				continue
			}
			c.sign(flag, &f.Signs[i], pat)
			c.m.writings = append(c.m.writings, writing{pat, parsed, !p.Missing.Language && !c.doubts(pat)})
			for _, cl := range pat {
				for _, s := range cl.with {
					c.mayslip(s, parsed, 0)
				}
			}
		}
		if len(f.Signs) > 0 && !finds && !p.Missing.Signs {
			wrong(f.Signs[0].Place, "red flag "+f.ID, mistake{"its signs only say what must not be there", "add a sign that says what raises it"})
		}
	}
	if len(problems) > 0 || len(c.doubtful) > 0 || p.Missing.Signs || p.Missing.Concepts {
		return problems, nil // what cannot be read may use any concept
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

// doubts tells whether a pattern names a concept that has a problem, so that what it finds is not known.
func (c *compiler) doubts(pat pattern) bool {
	if len(c.doubtful) == 0 {
		return false
	}
	for _, cl := range pat {
		for _, s := range append(cl.with[:len(cl.with):len(cl.with)], cl.without...) {
			for _, ref := range refs(s, nil) {
				if c.doubtful[ref] {
					return true
				}
			}
		}
	}
	return false
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

// fits says what keeps a pattern from being compiled.
func fits(pat pattern) error {
	if len(pat) > maxParts {
		return mistake{fmt.Sprintf("it has %d parts joined by &", len(pat)), fmt.Sprintf("use at most %d", maxParts)}
	}
	for _, cp := range pat {
		if len(cp.with) > maxParts {
			return mistake{fmt.Sprintf("it has %d parts joined by +", len(cp.with)), fmt.Sprintf("use at most %d", maxParts)}
		}
		if len(cp.without) > maxExceptions {
			return mistake{fmt.Sprintf("it has %d exceptions (!)", len(cp.without)), fmt.Sprintf("use at most %d, or join them: !(one | two)", maxExceptions)}
		}
		for _, s := range cp.with {
			if len(s) > most/2 {
				return mistake{"it is longer than any sentence that it could find", "write a shorter sign"}
			}
		}
	}
	return nil
}

// sign compiles one sign, which fits.
func (c *compiler) sign(flag int32, src *knowledge.Sign, pat pattern) {
	number, first := int32(len(c.m.signs)), int32(len(c.m.clauses))
	for i, cp := range pat {
		cl := clauseOf{sign: number, part: int32(i)}
		for _, s := range cp.with {
			cl.with = append(cl.with, c.steps(s))
		}
		for _, s := range cp.without {
			cl.without = append(cl.without, c.steps(s))
		}
		if i == 0 { // those of the whole flag are no matter of what only gives the sign its setting
			cl.without = append(cl.without, c.exceptions...)
		}
		c.m.clauses = append(c.m.clauses, cl)
	}
	c.m.signs = append(c.m.signs, sign{flag: flag, first: first, parts: int32(len(pat)), src: src})
}
