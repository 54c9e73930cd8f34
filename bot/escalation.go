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
	var emergencies, alone, visits, also []string
	for _, f := range flags {
		p.flags = append(p.flags, Flag{ID: f.ID, Level: f.Level})
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
	return p
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
