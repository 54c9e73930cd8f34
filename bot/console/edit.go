package console

import (
	"context"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/redpin/redpin/bot"
)

// prompt stands before what a person types.
const prompt = "> "

// mostTitles is how many titles the Tab key goes through before it begins again: more than anybody presses it for.
const mostTitles = 8

// edit prepares a terminal for typing with the arrow keys, a history and the Tab key, which completes. It returns the
// terminal, and what puts it back as it was. Where in is no terminal, ok is false.
func edit(ctx context.Context, o Options) (t *term.Terminal, restore func(), ok bool) {
	in, isFile := o.In.(*os.File)
	if !o.Interactive || !isFile || !term.IsTerminal(int(in.Fd())) {
		return nil, nil, false
	}
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, nil, false
	}
	return newEditor(ctx, in, o), func() { _ = term.Restore(int(in.Fd()), before) }, true
}

// newEditor edits lines that come from in as single keys.
func newEditor(ctx context.Context, in io.Reader, o Options) *term.Terminal {
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, o.Out}, prompt)
	c := &completer{titles: func(typed string) []string {
		if o.Complete == nil {
			return nil
		}
		return o.Complete(ctx, typed, mostTitles)
	}}
	t.AutoCompleteCallback = func(line string, _ int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		line = c.next(line)
		return line, len(line), true
	}
	return t
}

// resize tells an editor how wide its terminal is; of 0 columns, nothing is known.
func resize(t *term.Terminal, width int) {
	if width > 0 {
		_ = t.SetSize(width, 1) // an unknown height does not matter; a width that is wrong would only wrap oddly
	}
}

// A completer goes through what a line may become, one at each press of the Tab key, and then back to the line itself.
type completer struct {
	titles  func(typed string) []string
	offered []string // the line as typed comes last
	at      int
}

// next is what follows line: the first completion where somebody typed it, the next where it is one itself.
func (c *completer) next(line string) string {
	if len(c.offered) == 0 || line != c.offered[c.at] {
		c.offered, c.at = append(c.completions(line), line), -1
	}
	c.at = (c.at + 1) % len(c.offered)
	return c.offered[c.at]
}

func (c *completer) completions(line string) []string {
	typed, isCommand := strings.CutPrefix(line, "/")
	if !isCommand {
		return c.titles(line)
	}
	var names []string
	for _, command := range bot.Commands() {
		if strings.HasPrefix(command.Name, strings.ToLower(typed)) {
			names = append(names, "/"+command.Name)
		}
	}
	return names
}
