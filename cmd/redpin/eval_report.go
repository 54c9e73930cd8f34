package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/redpin/redpin/bot"
)

// An evalReport is what eval found, as --json writes it.
type evalReport struct {
	Pack       string          `json:"pack"`
	Entries    int             `json:"entries"`
	Queries    string          `json:"queries"`
	LeftOut    int             `json:"left_out"` // lines of Queries
	AnswerAt   float64         `json:"answer_at"`
	SuggestAt  float64         `json:"suggest_at"`
	Figures    evalFigures     `json:"figures"`
	MissCount  int             `json:"miss_count"`
	Misses     []evalMiss      `json:"misses"`
	Comparison *evalComparison `json:"comparison,omitempty"`
}

// An evalMiss is a question whose asker got no right entry, or an answer where there is none.
type evalMiss struct {
	ID         evalID      `json:"id"`
	Query      string      `json:"query"`
	Outcome    bot.Outcome `json:"outcome"`
	Confidence float64     `json:"confidence"`
	Wanted     []string    `json:"wanted"`
	Got        string      `json:"got"`
	Mend       string      `json:"mend"`

	told string // what happened, for people
}

// worstMisses are all misses: wrong answers, then those without one, the most confident first.
func worstMisses(results []evalResult) []*evalResult {
	var out []*evalResult
	for i := range results {
		if results[i].standing() <= gotNothing {
			out = append(out, &results[i])
		}
	}
	slices.SortStableFunc(out, func(a, b *evalResult) int {
		return cmp.Or(cmp.Compare(a.standing(), b.standing()), cmp.Compare(b.confidence, a.confidence))
	})
	return out
}

func (e *evaluation) misses(results []*evalResult) []evalMiss {
	out := make([]evalMiss, 0, len(results))
	for _, r := range results {
		out = append(out, evalMiss{ID: r.id, Query: r.text, Outcome: r.outcome, Confidence: r.confidence,
			Wanted: append([]string{}, r.relevant...), Got: r.first(), Mend: e.mend(r), told: e.tell(r)})
	}
	return out
}

// mend says what an author can do about a miss.
func (e *evaluation) mend(r *evalResult) string {
	rank := r.rank()
	wanted := ""
	for _, name := range r.relevant {
		if _, ok := e.titles[name]; ok {
			wanted = name
			break
		}
	}
	if rank > 0 {
		wanted = r.ranked[rank-1]
	}
	switch {
	case r.outcome == bot.Escalated:
		return "a red flag stands alone here; if the message shows no such sign, redpin explain tells which to narrow"
	case r.outcome == bot.Commanded:
		return "it is taken for small talk or a command; no wording changes that"
	case len(r.relevant) == 0:
		return fmt.Sprintf("look for a wording of %q that is too general, or write an entry that answers it", r.first())
	case wanted == "":
		return "write that entry, or mend the id in the questions"
	case rank == 1:
		return fmt.Sprintf("the right entry is found, but not surely: add a wording like it under Also asked of %q", wanted)
	case rank > 1 && r.outcome == bot.Answered:
		return fmt.Sprintf("add a wording like it under Also asked of %q; if %q answers it as well, list both as relevant", wanted, r.first())
	case rank > 1:
		return fmt.Sprintf("add a wording like it under Also asked of %q", wanted)
	}
	return fmt.Sprintf("%q is not among the first ten: add a wording like it under Also asked there, or a synonym to pack.yaml", wanted)
}

// tell says what happened to a question.
func (e *evaluation) tell(r *evalResult) string {
	var b strings.Builder
	switch r.outcome {
	case bot.Answered:
		fmt.Fprintf(&b, "answered with %s, confidence %.2f", e.entry(r.first()), r.confidence)
	case bot.Suggested:
		fmt.Fprintf(&b, "suggested %s first, confidence %.2f", e.entry(r.first()), r.confidence)
	case bot.Abstained:
		b.WriteString("abstained")
		if r.first() != "" {
			fmt.Fprintf(&b, ", %s came first, confidence %.2f", e.entry(r.first()), r.confidence)
		}
	case bot.Escalated:
		b.WriteString("an escalation stood alone")
	default:
		b.WriteString("not searched")
	}
	switch rank := r.rank(); {
	case len(r.relevant) == 0:
		b.WriteString("; wanted no answer")
	case rank > 0:
		fmt.Fprintf(&b, "; wanted %s, which is at place %d", e.entry(r.ranked[rank-1]), rank)
	case len(r.relevant) == 1:
		fmt.Fprintf(&b, "; wanted %s", e.entry(r.relevant[0]))
	default:
		fmt.Fprintf(&b, "; wanted %s", oneOf(r.relevant))
	}
	return b.String()
}

// entry shows an entry to people: its id, and its title where it is known.
func (e *evaluation) entry(name string) string {
	if title, ok := e.titles[name]; ok && title != name {
		return fmt.Sprintf("%q (%s)", name, cut(title, 50))
	}
	return fmt.Sprintf("%q", name)
}

// maxShown is how many characters of a question are listed: it must be known again, not read.
const maxShown = 160

// cut puts a text on one line of at most n characters.
func cut(s string, n int) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > n {
		return strings.TrimRight(string(runes[:n-1]), " ") + "…"
	}
	return string(runes)
}

// print shows the figures to people.
func (r *evalReport) print(out io.Writer) {
	f := &r.Figures
	fmt.Fprintf(out, "%s (%s) asked %s from %s: %s answerable, %s not answerable here", r.Pack, count(r.Entries, "entry", "entries"),
		count(f.Questions, "question", "questions"), r.Queries, number(f.Answerable), number(f.Questions-f.Answerable))
	if r.LeftOut > 0 {
		fmt.Fprintf(out, "; %s left out", count(r.LeftOut, "line", "lines"))
	}
	fmt.Fprintf(out, ".\n\nFinding the right entry, over the answerable questions, whatever was done with it:\n")
	for i, l := range f.finding() {
		fmt.Fprintf(out, "  %-10s %6s  %s", l.label, share(l.value), l.meaning)
		if i == 0 && f.Hit1 != nil {
			fmt.Fprintf(out, " (95%% error bar: %s to %s)", share(f.Hit1Low), share(f.Hit1High))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "\nDeciding: answer from a confidence of %.2f, suggest from %.2f:\n", r.AnswerAt, r.SuggestAt)
	o := &f.Outcomes
	fmt.Fprintf(out, "  %-10s %6s %11s %13s\n", "", "all", "answerable", "unanswerable")
	for _, l := range []struct {
		label string
		evalCount
	}{{"answered", o.Answered}, {"suggested", o.Suggested}, {"abstained", o.Abstained}, {"other", o.Other}} {
		fmt.Fprintf(out, "  %-10s %6s %11s %13s", l.label, number(l.all()), number(l.Answerable), number(l.Unanswerable))
		if l.label == "other" && l.all() > 0 {
			fmt.Fprint(out, "  (small talk, a command, or an escalation alone)")
		}
		fmt.Fprintln(out)
	}
	for _, l := range f.deciding() {
		fmt.Fprintf(out, "  %-10s %6s  %s\n", l.label, share(l.value), l.meaning)
	}
}

// printMisses lists the worst misses.
func (r *evalReport) printMisses(out io.Writer) {
	switch {
	case r.MissCount == 0:
		fmt.Fprintf(out, "\nNo misses.\n")
		return
	case len(r.Misses) == 0:
		return
	case len(r.Misses) < r.MissCount:
		fmt.Fprintf(out, "\nThe worst misses, %s of %s (--misses N lists more):\n", number(len(r.Misses)), number(r.MissCount))
	default:
		fmt.Fprintf(out, "\nThe misses:\n")
	}
	for i, m := range r.Misses {
		fmt.Fprintf(out, "\n%3d. %q (%s)\n     %s\n     mend: %s\n", i+1, cut(m.Query, maxShown), m.ID, m.told, m.Mend)
	}
}

// share is how a figure is shown, or a dash where there is none.
func share(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf("%.3f", *v)
}

// number writes a count with thousands apart.
func number(n int) string { return strings.TrimSuffix(count(n, "", ""), " ") }
