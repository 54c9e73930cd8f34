package main

import (
	"cmp"
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
)

type explainCmd struct {
	knowledgeFlags

	All     bool     `help:"Show also the signs of which only a part is in the message."`
	Message []string `arg:"" help:"The message to look at."`
}

// Run shows which signs matched which words of a message, and what was decided.
func (c *explainCmd) Run(ctx context.Context, t *terminal) error {
	text := strings.TrimSpace(strings.Join(c.Message, " "))
	if text == "" {
		return misuse(t, errors.New(`explain needs a message, as in: redpin explain "no fever, but my legs give way"`))
	}
	b, err := c.open(ctx, bot.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return refuse(t, err)
	}
	defer b.Close()
	color, _ := look(t.out)
	explain(t.out, text, b.Edition().Explain(text), c.All, color)
	return nil
}

// leastLikely is the probability from which explain shows what the examples say of a flag.
const leastLikely = 0.05

// explain prints the message with its matched words marked, each match, and the outcome. Signs found in part are many
// in a large pack and decide nothing, so without all they are only counted.
func explain(out io.Writer, text string, e triage.Explanation, all, color bool) {
	shown, partial := e.Matches, 0
	if !all {
		shown = nil
		seen := make(map[knowledge.Sign]triage.Decision)
		for _, m := range e.Matches {
			if m.Decision == triage.Partial {
				partial++
				continue
			}
			if d, ok := seen[m.Sign]; ok && d == m.Decision {
				continue // the same again, a few words on
			}
			seen[m.Sign] = m.Decision
			shown = append(shown, m)
		}
	}
	fmt.Fprintf(out, "%s\n", mark(text, shown, color))
	for _, m := range shown {
		fmt.Fprintf(out, "\n%s (%s): %s\n", m.Flag.ID, m.Flag.Level, decision(text, m))
		fmt.Fprintf(out, "  words: %s\n", quote(text, m.Words))
		fmt.Fprintf(out, "  sign:  %s\n", m.Sign.Pattern)
		fmt.Fprintf(out, "         %s:%d\n", m.Sign.File, m.Sign.Line)
	}
	fmt.Fprintln(out)
	likely := e.Likely
	if few := slices.IndexFunc(likely, func(l triage.Likelihood) bool { return l.Probability < leastLikely }); few >= 0 && !all {
		likely = likely[:few]
	}
	if len(likely) > 0 {
		fmt.Fprintln(out, "How likely the pack's examples make it:")
		for _, l := range likely {
			fmt.Fprintf(out, "  %3.0f%% %s", 100*l.Probability, l.Flag.ID)
			if len(l.Words) > 0 {
				fmt.Fprintf(out, ", going by: %s", strings.Join(l.Words, ", "))
			}
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out)
	}
	if partial > 0 {
		fmt.Fprintf(out, "%s only in part, which decides nothing; --all shows them.\n", count(partial, "sign was found", "signs were found"))
	}
	if len(e.Flags) == 0 {
		fmt.Fprintln(out, "No red flag is raised.")
		return
	}
	names := make([]string, len(e.Flags))
	for i, f := range e.Flags {
		names[i] = fmt.Sprintf("%s (%s)", f.ID, f.Level)
	}
	fmt.Fprintf(out, "Raised: %s.\n", strings.Join(names, ", "))
}

// decision says what became of a match, and which words decided it.
func decision(text string, m triage.Match) string {
	if m.Because == (triage.Span{}) {
		return string(m.Decision)
	}
	return fmt.Sprintf("%s, because of %q", m.Decision, text[m.Because.From:m.Because.To])
}

// quote shows the words of a match in the order of the message.
func quote(text string, words []triage.Span) string {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b triage.Span) int { return cmp.Compare(a.From, b.From) })
	var parts []string
	for _, w := range words {
		if part := fmt.Sprintf("%q", text[w.From:w.To]); w.To > w.From && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " … ")
}

// mark shows where the signs were found: in reverse where there are colours, else in brackets.
func mark(text string, matches []triage.Match, color bool) string {
	on, off := "[", "]"
	if color {
		on, off = "\x1b[7m", "\x1b[0m"
	}
	marked := make([]bool, len(text)+1)
	for _, m := range matches {
		for _, w := range m.Words {
			for i := w.From; i < w.To; i++ {
				marked[i] = true
			}
		}
	}
	var b strings.Builder
	for i := range len(text) {
		switch {
		case marked[i] && (i == 0 || !marked[i-1]):
			b.WriteString(on)
		case !marked[i] && i > 0 && marked[i-1]:
			b.WriteString(off)
		}
		b.WriteByte(text[i])
	}
	if len(text) > 0 && marked[len(text)-1] {
		b.WriteString(off)
	}
	return b.String()
}
