package bot

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/redpin/redpin/knowledge"
)

// A pin is what the red flags of a message add to its reply.
type pin struct {
	flags      []Flag
	escalation string // of the emergencies, or empty
	brief      string // the same for where others read along, or empty
	whole      Choice // leads from brief to escalation
	notice     string // of specialist flags where there is no emergency, or empty
	disclaimer string // for a notice, which is health content like an answer
	alone      bool   // nothing else may be said
}

// find looks for red flags. It fails safe: when the search for signs itself breaks, the packs' safety texts are
// the escalation, so that an error is never silence.
func (e *Edition) find(text string, log *slog.Logger) (p pin) {
	defer func() {
		if r := recover(); r != nil {
			log.Error("looking for red flags failed; sent the safety text", "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			p = pin{escalation: e.safety()}
		}
	}()
	return pinFor(e.matcher.Find(text), e.packOf)
}

func (e *Edition) safety() string {
	var texts []string
	for _, p := range e.Base.Packs {
		if p.Safety != "" {
			texts = append(texts, p.Safety)
		}
	}
	return merge(texts)
}

// pinFor merges the texts of flags, which are emergencies first, into one notice.
func pinFor(flags []*knowledge.RedFlag, packOf map[*knowledge.RedFlag]*knowledge.Pack) pin {
	var p pin
	var emergencies, alone, visits, also, urgent, briefs []string
	for _, f := range flags {
		p.flags = append(p.flags, Flag{ID: f.ID, Level: f.Level})
		if f.Level == knowledge.Emergency {
			urgent, briefs = append(urgent, f.ID), append(briefs, f.Brief)
		}
		switch {
		case f.Alone:
			alone = append(alone, f.Escalation)
		case f.Level == knowledge.Emergency:
			emergencies = append(emergencies, f.Escalation)
		default:
			visits = append(visits, f.Escalation)
			also = append(also, lowerFirst(f.Title))
			if pack := packOf[f]; pack != nil && p.disclaimer == "" {
				p.disclaimer = pack.Disclaimer
			}
		}
	}
	switch {
	case len(alone) > 0:
		// A crisis comes first, and an emergency of the body beside it is still said: nothing urgent is lost.
		p.escalation = merge(append(alone, emergencies...))
		p.alone = true
	case len(emergencies) > 0:
		// What can wait is not advised beside what cannot, but whoever examines the person should hear of it.
		if len(also) > 0 {
			emergencies = append(emergencies, fmt.Sprintf(textAlsoTell, strings.Join(also, "; ")))
		}
		p.escalation = merge(emergencies)
		p.disclaimer = ""
	default:
		p.notice = merge(visits)
	}
	if len(urgent) > 0 && len(urgent) <= maxWhole && !slices.Contains(briefs, "") {
		p.brief = merge(briefs)
		p.whole = Choice{Label: labelWhole, Token: token{kindFlags, flagKeys(urgent), 1}.String()}
	}
	return p
}

// reply is the pin alone.
func (p pin) reply() Reply {
	return Reply{Outcome: Escalated, Escalation: p.escalation, Brief: p.brief, Whole: p.whole, Flags: p.flags}
}

// A token names flags by the beginnings of their keys: with 24 bits, two of eight collide with a probability of two in a
// million. Twelve leave room in a button.
const (
	flagKeyLength = 4
	maxWhole      = 12
)

func flagKeys(ids []string) string {
	var s strings.Builder
	for _, id := range ids {
		s.WriteString(key(id)[:flagKeyLength])
	}
	return s.String()
}

// whole is the full text of the emergencies that keys name. Of keys that mean nothing, such as those of flags that a
// reload took away, it is the safety text: whoever pressed needs something.
func (e *Edition) whole(keys string) Reply {
	r := Reply{Outcome: Escalated, Private: true}
	named := make(map[string]bool)
	for ; len(keys) >= flagKeyLength; keys = keys[flagKeyLength:] {
		named[keys[:flagKeyLength]] = true
	}
	var flags []*knowledge.RedFlag
	for _, p := range e.Base.Packs {
		for _, f := range p.RedFlags {
			if f.Level == knowledge.Emergency && named[flagKeys([]string{f.ID})] {
				flags = append(flags, f)
			}
		}
	}
	if r.Escalation = pinFor(flags, e.packOf).escalation; r.Escalation == "" {
		r.Escalation = e.safety()
	}
	return r
}

// merge joins texts and says each paragraph once, at its last place: what flags share is the advice that stands
// at their ends.
func merge(texts []string) string {
	var all []string
	for _, t := range texts {
		all = append(all, blocks(t)...)
	}
	seen := make(map[string]bool)
	var kept []string
	for _, paragraph := range slices.Backward(all) {
		if !seen[paragraph] {
			seen[paragraph] = true
			kept = append(kept, paragraph)
		}
	}
	slices.Reverse(kept)
	return strings.Join(kept, "\n\n")
}

// lowerFirst makes a title read on inside a sentence.
func lowerFirst(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}
