// Package console is the terminal as a platform: a chat on standard input and output that needs no token.
//
// A line is a message in a private chat with somebody who may do everything; a number picks a choice of the last
// reply. Without a terminal behind it, each line of input gets its reply and nothing else is printed.
package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/redpin/redpin/bot"
)

// Options describe a terminal.
type Options struct {
	In  io.Reader
	Out io.Writer
	// Interactive says that a person sits there: they get a greeting and a prompt.
	Interactive bool
	// Color allows ANSI styles.
	Color bool
	// Width tells the number of columns, which changes while people pull at the window; 0, or no Width, means 80.
	Width func() int
	// Greeting is Markdown that is shown first where Interactive.
	Greeting string
	// Complete gives at most limit questions that fit what somebody has typed so far, the best first; the Tab key goes
	// through them. Nil gives none.
	Complete func(ctx context.Context, typed string, limit int) []string
}

// A Console is a chat in a terminal.
type Console struct{ o Options }

// New returns a console.
func New(o Options) *Console { return &Console{o} }

// maxLine is how long a line of input may be. A longer one is read to its end and cut there, so that nothing
// typed or piped in can fill the memory.
const maxLine = 1 << 20

// Run chats until the input ends, somebody writes /quit, or ctx is done.
func (c *Console) Run(ctx context.Context, handle bot.Handler) error {
	out, readLine := c.o.Out, reader(c.o.In)
	editor, restore, editing := edit(ctx, c.o)
	if editing {
		defer restore()
		out, readLine = editor, editor.ReadLine
	}
	typed := make(chan input)
	next := make(chan bool)
	defer close(next)
	// A read of a terminal cannot be called off: when ctx ends first, this goroutine stays until its input does.
	go func() {
		for range next {
			line, err := readLine()
			select {
			case typed <- input{line, err}:
			case <-ctx.Done():
			}
		}
	}()
	if c.o.Interactive && c.o.Greeting != "" {
		fmt.Fprintln(out, c.style().markdown(c.o.Greeting, ""))
	}
	var choices []bot.Choice
	for {
		switch {
		case editing:
			resize(editor, c.width())
			fmt.Fprintln(out) // the editor shows the prompt itself
		case c.o.Interactive:
			fmt.Fprint(out, "\n"+prompt)
		}
		next <- true
		select {
		case <-ctx.Done():
			c.leave()
			return nil
		case read := <-typed:
			line := strings.TrimSpace(read.line)
			if read.err != nil && line == "" {
				c.leave()
				if errors.Is(read.err, io.EOF) {
					return nil
				}
				return fmt.Errorf("read the input: %w", read.err)
			}
			if line == "" {
				continue
			}
			if line == "/quit" || line == "/exit" {
				return nil
			}
			if n, err := strconv.Atoi(line); err == nil && len(choices) > 0 && n > len(choices) && n < 100 {
				fmt.Fprintf(out, "There is no choice %d: the last is %d.\n", n, len(choices))
				continue
			}
			reply := handle(ctx, message(line, choices))
			choices = reply.Choices
			if text := c.style().reply(reply); text != "" {
				if c.o.Interactive {
					fmt.Fprintln(out)
				}
				if _, err := fmt.Fprintln(out, text); err != nil {
					return fmt.Errorf("write a reply: %w", err)
				}
				if !c.o.Interactive {
					fmt.Fprintln(out)
				}
			}
		}
	}
}

// leave puts the shell's prompt on a line of its own.
func (c *Console) leave() {
	if c.o.Interactive {
		fmt.Fprintln(c.o.Out)
	}
}

// message makes a message of a line. choices are those of the last reply.
func message(line string, choices []bot.Choice) bot.Message {
	if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(choices) {
		return bot.Message{Choice: choices[n-1].Token, Moderator: true}
	}
	name, _, rest := bot.ParseCommand(line)
	return bot.Message{Command: name, Text: rest, Moderator: true}
}

// input is a line, or why there is none. The last line of an input that ends without a line break comes with io.EOF.
type input struct {
	line string
	err  error
}

// reader returns what reads r line by line.
func reader(r io.Reader) func() (string, error) {
	in := bufio.NewReader(r)
	return func() (string, error) {
		var line []byte
		for {
			part, more, err := in.ReadLine()
			line = append(line, part[:min(len(part), maxLine-len(line))]...)
			if err != nil || !more {
				return string(line), err
			}
		}
	}
}

func (c *Console) style() style { return style{color: c.o.Color, width: c.width()} }

func (c *Console) width() int {
	if c.o.Width == nil {
		return 0
	}
	return c.o.Width()
}

// Render is a reply as a terminal of so many columns (0: 80) shows it.
func Render(r bot.Reply, color bool, width int) string {
	return style{color: color, width: width}.reply(r)
}
