package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/redpin/redpin/bot"
)

// An evalComparison says what is different in the pack from what it is compared with.
type evalComparison struct {
	Other string `json:"other"`
	// Over the questions that both were asked.
	OtherFigures evalFigures `json:"other_figures"`
	Figures      evalFigures `json:"figures"`
	// Gained and Lost: askers are better or worse served than by Other. Changed: no better and no worse, but otherwise.
	Gained  []evalChange `json:"gained"`
	Lost    []evalChange `json:"lost"`
	Changed []evalChange `json:"changed"`
}

// An evalChange is a question with another outcome.
type evalChange struct {
	ID     evalID   `json:"id"`
	Query  string   `json:"query"`
	Wanted []string `json:"wanted"`
	Other  evalGot  `json:"other"`
	Now    evalGot  `json:"now"`
}

// An evalGot is what one of both made of a question.
type evalGot struct {
	Outcome    bot.Outcome `json:"outcome"`
	First      string      `json:"first"`
	Confidence float64     `json:"confidence"`
	Rank       int         `json:"rank"` // of the first right entry, from 1, or 0
}

// compare puts the results of pack beside those of other, whose name is given. Other may lack some.
func compare(name string, other, pack *evaluation) *evalComparison {
	c := &evalComparison{Other: name, Gained: []evalChange{}, Lost: []evalChange{}, Changed: []evalChange{}}
	before := make(map[evalID]*evalResult, len(other.results))
	for i := range other.results {
		before[other.results[i].id] = &other.results[i]
	}
	var common []evalResult
	for i := range pack.results {
		now := &pack.results[i]
		old := before[now.id]
		if old == nil {
			continue
		}
		common = append(common, *now)
		change := evalChange{now.id, now.text, append([]string{}, now.relevant...), old.got(), now.got()}
		switch was, is := old.standing(), now.standing(); {
		case is > was:
			c.Gained = append(c.Gained, change)
		case is < was:
			c.Lost = append(c.Lost, change)
		case old.outcome != now.outcome, now.outcome == bot.Answered && old.first() != now.first():
			c.Changed = append(c.Changed, change)
		}
	}
	c.OtherFigures, c.Figures = measure(other.results), measure(common)
	return c
}

func (r *evalResult) got() evalGot {
	return evalGot{r.outcome, r.first(), r.confidence, r.rank()}
}

// print shows both sets of figures and what changed, with the names of other and pack.
func (c *evalComparison) print(out io.Writer, names [2]string) {
	names[0], names[1] = cut(names[0], maxName), cut(names[1], maxName)
	widths := [2]int{max(7, utf8.RuneCountInString(names[0])), max(7, utf8.RuneCountInString(names[1]))}
	row := func(label, a, b, difference string) {
		line := fmt.Sprintf("  %-10s  %*s  %*s  %10s", label, widths[0], a, widths[1], b, difference)
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
	fmt.Fprintf(out, "\nCompared with %s, over %s:\n", c.Other, count(c.Figures.Questions, "question", "questions"))
	row("", names[0], names[1], "difference")
	old, now := &c.OtherFigures, &c.Figures
	lines := append(old.finding(), old.deciding()...)
	for i, l := range append(now.finding(), now.deciding()...) {
		difference := ""
		if l.value != nil && lines[i].value != nil {
			difference = fmt.Sprintf("%+.3f", *l.value-*lines[i].value)
		}
		row(l.label, share(lines[i].value), share(l.value), difference)
	}
	for _, outcome := range []struct {
		label string
		bot.Outcome
	}{{"answered", bot.Answered}, {"suggested", bot.Suggested}, {"abstained", bot.Abstained}, {"other", bot.Commanded}} {
		a, b := old.Outcomes.of(outcome.Outcome).all(), now.Outcomes.of(outcome.Outcome).all()
		row(outcome.label, number(a), number(b), fmt.Sprintf("%+d", b-a))
	}
	if len(c.Gained)+len(c.Lost)+len(c.Changed) == 0 {
		fmt.Fprintf(out, "\nNo question is answered otherwise.\n")
		return
	}
	fmt.Fprintf(out, "\nBelow, what became of a question in %s → in %s.\n", names[0], names[1])
	for _, group := range []struct {
		title   string
		changes []evalChange
	}{{"Gained", c.Gained}, {"Lost", c.Lost}, {"Changed, no better and no worse", c.Changed}} {
		fmt.Fprintf(out, "\n%s: %s\n", group.title, number(len(group.changes)))
		for _, change := range group.changes {
			fmt.Fprintf(out, "  %q (%s)\n     %s → %s; wanted %s\n", cut(change.Query, maxShown), change.ID, change.Other, change.Now, wanted(change.Wanted))
		}
	}
}

// maxName is the widest heading of a column, in characters.
const maxName = 24

func wanted(names []string) string {
	if len(names) == 0 {
		return "no answer"
	}
	return oneOf(names)
}

// String is a result in few words: answer "fee" 0.83.
func (g evalGot) String() string {
	switch {
	case g.Outcome == bot.Commanded || g.Outcome == bot.Escalated || g.First == "":
		return string(g.Outcome)
	case g.Rank > 1:
		return fmt.Sprintf("%s %q %.2f (right: place %d)", g.Outcome, g.First, g.Confidence, g.Rank)
	}
	return fmt.Sprintf("%s %q %.2f", g.Outcome, g.First, g.Confidence)
}
