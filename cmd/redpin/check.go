package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search"
)

type checkCmd struct {
	Dir string `arg:"" optional:"" help:"A pack, or a folder of packs (default: the packs in the binary)."`
}

// maxWarnings is how many warnings are printed: an import may bring thousands, of which the first tell enough.
const maxWarnings = 100

// Run prints every problem of the packs, then what their own tests came to.
func (c *checkCmd) Run(ctx context.Context, t *terminal) error {
	k := knowledgeFlags{Knowledge: c.Dir, whole: true}
	base, loadErr := k.load()
	b, err := bot.New(ctx, bot.Options{
		Load: func() (*knowledge.Base, error) { return base, loadErr }, Log: slog.New(slog.DiscardHandler), Version: version(),
	})
	var problems knowledge.Problems
	switch {
	case errors.As(err, &problems):
		fmt.Fprintln(t.out, problems)
		found := count(len(problems), "problem", "problems")
		if base != nil {
			if warnings := bot.Warnings(base); len(warnings) > 0 {
				fmt.Fprintln(t.out)
				printWarnings(t.out, warnings)
				found += " and " + count(len(warnings), "warning", "warnings")
			}
		}
		fmt.Fprintf(t.out, "\n%s.\n", found)
		return exit(exitNo)
	case err != nil:
		return err
	}
	defer b.Close()
	printWarnings(t.out, b.Edition().Warnings())
	wrong := false
	for _, p := range base.Packs {
		fmt.Fprintf(t.out, "%s: %s, %s, no problems\n", p.ID, count(len(p.Entries), "entry", "entries"), count(len(p.RedFlags), "red flag", "red flags"))
		if len(p.Examples) > 0 && !triage.UpToDate(p) {
			if len(p.Learned) == 0 { // there may be too few yet, which harms nothing
				fmt.Fprintf(t.out, "  redpin has not learned from the examples; when there are forty that raise a flag, run redpin learn %s\n", c.Dir)
			} else {
				fmt.Fprintf(t.out, "  the signs or the examples have changed since redpin learned from them; run redpin learn %s\n", c.Dir)
				wrong = true
			}
		}
		printRivals(ctx, t.out, b.Handle, p)
		if !runTests(ctx, t.out, b.Handle, p) {
			wrong = true
		}
	}
	if wrong {
		return exit(exitNo)
	}
	return nil
}

func printWarnings(out io.Writer, warnings knowledge.Problems) {
	for _, w := range warnings[:min(len(warnings), maxWarnings)] {
		fmt.Fprintf(out, "%s (warning)\n", w)
	}
	if more := len(warnings) - maxWarnings; more > 0 {
		fmt.Fprintf(out, "and %s\n", count(more, "warning more", "warnings more"))
	}
}

// runTests runs a pack's own tests, prints those that failed and the sums, and tells whether enough passed.
func runTests(ctx context.Context, out io.Writer, handle bot.Handler, p *knowledge.Pack) bool {
	var failed knowledge.Problems
	answers := 0
	for _, test := range p.Tests.Answers {
		if problem, ok := askTest(handle(ctx, bot.Message{Text: test.Question}), p.ID, test); ok {
			answers++
		} else {
			failed = append(failed, problem)
		}
	}
	flags := 0
	for _, test := range p.Tests.Flags {
		if problem, ok := flagTest(handle(ctx, bot.Message{Text: test.Message}), test, len(p.Learned) > 0); ok {
			flags++
		} else {
			failed = append(failed, problem)
		}
	}
	for _, f := range failed {
		fmt.Fprintln(out, "  "+f.String())
	}
	answersPass := verdict(out, "questions", answers, len(p.Tests.Answers), p.Tests.AnswersPass)
	flagsPass := verdict(out, "red-flag messages", flags, len(p.Tests.Flags), p.Tests.FlagsPass)
	return answersPass && flagsPass
}

// verdict prints a sum and tells whether it is enough: percent of the tests, as the pack demands.
func verdict(out io.Writer, what string, passed, all int, percent float64) bool {
	if all == 0 {
		return true
	}
	ok := float64(passed)*100 >= percent*float64(all)
	word := "enough"
	if !ok {
		word = "too few"
	}
	fmt.Fprintf(out, "  %s: %d of %d passed (%.1f%%), %s: the pack asks for %g%%\n",
		what, passed, all, 100*float64(passed)/float64(all), word, percent)
	return ok
}

// askTest judges the reply to a test question.
func askTest(r bot.Reply, pack string, test knowledge.AnswerTest) (knowledge.Problem, bool) {
	problem := knowledge.Problem{Place: test.Place}
	first, got := "", "an answer"
	switch {
	case len(r.Hits) > 0 && r.Hits[0].Pack == pack:
		first = r.Hits[0].ID
		got = fmt.Sprintf("%q", first)
	case len(r.Hits) > 0:
		got = fmt.Sprintf("%q of the pack %q", r.Hits[0].ID, r.Hits[0].Pack)
	}
	switch {
	case len(test.Want) == 0:
		if r.Outcome != bot.Answered {
			return problem, true
		}
		problem.What = fmt.Sprintf("%q should have no answer and is answered by %s", test.Question, got)
		problem.Remedy = "look for a wording of that entry which is too general"
	case r.Outcome == bot.Answered && slices.Contains(test.Want, first):
		return problem, true
	case r.Outcome == bot.Suggested && offered(r, pack, test.Want):
		return problem, true
	case r.Outcome == bot.Answered:
		problem.What = fmt.Sprintf("%q should be answered by %s and is by %s", test.Question, oneOf(test.Want), got)
		problem.Remedy = "add a wording like it under Also asked of the right entry"
	default:
		problem.What = fmt.Sprintf("%q should be answered by %s and got no answer", test.Question, oneOf(test.Want))
		problem.Remedy = "add a wording like it under Also asked of that entry"
	}
	return problem, false
}

// offered tells whether one of the wanted entries of a pack is among those that a suggestion shows.
func offered(r bot.Reply, pack string, want []string) bool {
	for _, h := range r.Hits[:min(len(r.Hits), search.SuggestAtMost)] {
		if h.Pack == pack && slices.Contains(want, h.ID) {
			return true
		}
	}
	return false
}

// flagTest judges the red flags of a test message: all that are wanted, and none where none is. learned says that the pack's
// examples decide as well as its signs.
func flagTest(r bot.Reply, test knowledge.FlagTest, learned bool) (knowledge.Problem, bool) {
	problem := knowledge.Problem{Place: test.Place}
	var got []string
	for _, f := range r.Flags {
		got = append(got, f.ID)
	}
	if len(test.Want) == 0 {
		if len(got) == 0 {
			return problem, true
		}
		problem.What = fmt.Sprintf("%q should raise nothing and raised %s", test.Message, strings.Join(got, ", "))
		problem.Remedy = "run redpin explain with the message to see which sign fired, and narrow that sign"
		if learned {
			problem.Remedy = "run redpin explain with the message to see whether a sign or the examples raised it; narrow that sign, or add messages like this one, in other words, under calm in examples/ and run redpin learn"
		}
		return problem, false
	}
	var missed []string
	for _, id := range test.Want {
		if !slices.Contains(got, id) {
			missed = append(missed, id)
		}
	}
	if len(missed) == 0 {
		return problem, true
	}
	problem.What = fmt.Sprintf("%q should raise %s and did not", test.Message, strings.Join(missed, ", "))
	problem.Remedy = "add a sign or a wording of a concept that finds it"
	if learned {
		problem.Remedy = "run redpin explain with the message to see what its signs and the examples made of it; add a sign or a wording of a concept that finds it, or messages like this one, in other words, to examples/ and run redpin learn"
	}
	return problem, false
}

func oneOf(ids []string) string {
	if len(ids) == 1 {
		return fmt.Sprintf("%q", ids[0])
	}
	return fmt.Sprintf("one of %q", ids)
}
