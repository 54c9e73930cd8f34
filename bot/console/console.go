// Package console is the terminal as a platform: a chat on standard input and output that needs no token.
//
// A line is a message in a private chat with somebody who may do everything; a number picks a choice of the last
// reply. Without a terminal behind it, each line of input gets its reply and nothing else is printed.
package console

import (
	"bufio"
	"context"
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
	// Width is the number of columns; 0 means 80.
	Width int
	// Greeting is Markdown that is shown first where Interactive.
	Greeting string
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
	lines := make(chan string)
	failed := make(chan error, 1)
	// A read of a terminal cannot be called off: when ctx ends first, this goroutine stays until its input does.
	go func() {
		failed <- read(ctx, c.o.In, lines)
		close(lines)
	}()
	if c.o.Interactive && c.o.Greeting != "" {
		fmt.Fprintln(c.o.Out, c.style().markdown(c.o.Greeting, ""))
	}
	var choices []bot.Choice
	for {
		if c.o.Interactive {
			fmt.Fprint(c.o.Out, "\n> ")
		}
		select {
		case <-ctx.Done():
			c.leave()
			return nil
		case line, more := <-lines:
			if !more {
				c.leave()
				return <-failed
			}
			line = strings.TrimSpace(line)
			if line == "" {
				continue
			}
			if line == "/quit" || line == "/exit" {
				return nil
			}
			reply := handle(ctx, message(line, choices))
			choices = reply.Choices
			if text := c.style().reply(reply); text != "" {
				if c.o.Interactive {
					fmt.Fprintln(c.o.Out)
				}
				if _, err := fmt.Fprintln(c.o.Out, text); err != nil {
					return fmt.Errorf("write a reply: %w", err)
				}
				if !c.o.Interactive {
					fmt.Fprintln(c.o.Out)
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

// read sends the lines of r until it ends or ctx is done.
func read(ctx context.Context, r io.Reader, lines chan<- string) error {
	in := bufio.NewReader(r)
	for {
		var line []byte
		var err error
		for more := true; more && err == nil; {
			var part []byte
			part, more, err = in.ReadLine()
			line = append(line, part[:min(len(part), maxLine-len(line))]...)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the input: %w", err)
		}
		select {
		case lines <- string(line):
		case <-ctx.Done():
			return nil
		}
	}
}

func (c *Console) style() style { return style{color: c.o.Color, width: c.o.Width} }

// Render is a reply as a terminal of so many columns (0: 80) shows it.
func Render(r bot.Reply, color bool, width int) string {
	return style{color: color, width: width}.reply(r)
}
