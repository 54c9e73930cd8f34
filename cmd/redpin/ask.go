package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/console"
)

type askCmd struct {
	knowledgeFlags

	JSON     bool     `name:"json" help:"Read JSON Lines {\"id\",\"text\"} from standard input and write a JSON object for each, in order."`
	Limit    int      `default:"5" help:"How many ranked entries a JSON object lists (default ${default})."`
	Question []string `arg:"" optional:"" help:"The question."`
}

// Run answers one question as the terminal shows it, or a stream of them as JSON Lines.
func (c *askCmd) Run(ctx context.Context, t *terminal) error {
	question := strings.TrimSpace(strings.Join(c.Question, " "))
	switch {
	case c.JSON && question != "":
		return misuse(t, errors.New("ask --json reads questions from standard input; leave the question out of the command"))
	case !c.JSON && question == "":
		return misuse(t, errors.New(`ask needs a question, as in: redpin ask "which position is best?"`))
	case c.Limit < 1 || c.Limit > maxLimit:
		return misuse(t, fmt.Errorf("--limit must be from 1 to %d", maxLimit))
	}
	log := slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	b, err := c.open(ctx, bot.Options{Log: log, Limit: c.Limit})
	if err != nil {
		return refuse(t, err)
	}
	defer b.Close()
	if c.JSON {
		return askLines(ctx, b.Handle, t.in, t.out)
	}
	reply := b.Handle(ctx, parse(question))
	color, width := look(t.out)
	fmt.Fprintln(t.out, console.Render(reply, color, width))
	if reply.Outcome == bot.Abstained && reply.Escalation == "" {
		return exit(exitNo)
	}
	return nil
}

// maxLimit bounds --limit to what search returns from its candidates.
const maxLimit = 50

// parse makes a message of a text as somebody would type it in a private chat. Commands that are for
// moderators are not theirs.
func parse(text string) bot.Message {
	name, _, rest := bot.ParseCommand(text)
	return bot.Message{Command: name, Text: rest}
}

// asked and answered are the lines of --json.
type asked struct {
	ID   json.RawMessage `json:"id"` // any JSON, given back as it came
	Text *string         `json:"text"`
}

type answered struct {
	ID         json.RawMessage `json:"id"`
	Outcome    bot.Outcome     `json:"outcome"`
	Confidence float64         `json:"confidence"`
	Flags      []bot.Flag      `json:"flags"`
	Answers    []bot.Hit       `json:"answers"`
	Reply      string          `json:"reply"`
}

type failed struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Line  int             `json:"line"`
	Error string          `json:"error"`
}

// maxAskLine is how long a line of --json may be, in bytes.
const maxAskLine = 1 << 20

// askLines answers each line of in with a line on out.
func askLines(ctx context.Context, handle bot.Handler, in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, maxAskLine)
	w := bufio.NewWriter(out)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for n := 1; ctx.Err() == nil; n++ {
		line, err := lines.ReadSlice('\n')
		tooLong := errors.Is(err, bufio.ErrBufferFull)
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = lines.ReadSlice('\n')
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("read line %d: %w", n, err)
		}
		last := err == io.EOF
		var object any
		if tooLong {
			object = failed{Line: n, Error: fmt.Sprintf("the line is longer than %d bytes", maxAskLine)}
		} else if len(bytes.TrimSpace(line)) > 0 {
			object = askLine(ctx, handle, n, line)
		}
		if object != nil {
			if err := encoder.Encode(object); err != nil {
				return fmt.Errorf("write the answer to line %d: %w", n, err)
			}
			// A program that asks one line at a time waits for this answer.
			if err := w.Flush(); err != nil {
				return fmt.Errorf("write the answer to line %d: %w", n, err)
			}
		}
		if last {
			return nil
		}
	}
	return ctx.Err()
}

func askLine(ctx context.Context, handle bot.Handler, n int, line []byte) any {
	var q asked
	if err := json.Unmarshal(line, &q); err != nil {
		what := `the line is not a JSON object such as {"id":"q1","text":"…"}`
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			what += fmt.Sprintf("; JSON ends or breaks at byte %d", syntax.Offset)
		}
		return failed{Line: n, Error: what}
	}
	if q.Text == nil {
		return failed{ID: q.ID, Line: n, Error: `the object has no "text"`}
	}
	r := handle(ctx, parse(*q.Text))
	a := answered{ID: q.ID, Outcome: r.Outcome, Confidence: r.Confidence, Flags: r.Flags, Answers: r.Hits, Reply: r.Markdown()}
	if a.Flags == nil {
		a.Flags = []bot.Flag{}
	}
	if a.Answers == nil {
		a.Answers = []bot.Hit{}
	}
	return a
}
