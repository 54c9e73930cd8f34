package bottest

import (
	"bufio"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/knowledge"
)

//go:embed testdata
var testdata embed.FS

// Run holds a platform to every conversation in testdata, each with a platform and a bot of its own. without
// names conversations that make no sense there: a terminal has no groups.
func Run(t *testing.T, open Open, without ...string) {
	files, err := fs.Glob(testdata, "testdata/conversations/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations found (%v)", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".txt")
		if slices.Contains(without, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel() // they wait for silence most of the time
			c := conversation{client: open(t, NewBot(t).Handle), file: path.Base(file)}
			c.play(t, file)
		})
	}
}

// NewBot is a bot over the pack garden, which is small and has everything: several topics, links, a table, a
// long answer, and red flags of each kind.
func NewBot(t testing.TB) *bot.Bot {
	t.Helper()
	pack, err := fs.Sub(testdata, "testdata/garden")
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(context.Background(), bot.Options{
		Load:       func() (*knowledge.Base, error) { return knowledge.Load(pack) },
		Log:        slog.New(slog.DiscardHandler),
		Version:    "v0.0.0-test",
		PageLength: bot.PageLength,
	})
	if err != nil {
		t.Fatalf("load the pack garden: %v", err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

const (
	// patience is how long a reply may take before the test gives up: far above what a loaded machine needs.
	patience = time.Minute
	// settled is how long nothing must come for a reply to be complete, or for silence.
	settled = 300 * time.Millisecond
)

// A conversation is a file being played.
type conversation struct {
	client  Client
	file    string
	line    int
	waiting bool   // something was sent, and its reply not yet received
	shown   string // what the bot said since the last step, as a reader sees it
	from    int    // how far expectations have read in shown
	choices []string
}

func (c *conversation) play(t *testing.T, file string) {
	f, err := testdata.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		c.line++
		line := strings.TrimRight(lines.Text(), " ")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		c.step(t, line)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// speakers are the steps in which somebody writes.
var speakers = map[string]Incoming{
	"private":   {},
	"group":     {Group: true},
	"mention":   {Group: true, Addressed: true},
	"moderator": {Moderator: true},
	"otherbot":  {From: OtherBot},
	"itself":    {From: Itself},
}

func (c *conversation) step(t *testing.T, line string) {
	t.Helper()
	at := fmt.Sprintf("%s:%d", c.file, c.line)
	if who, words, ok := strings.Cut(line, ": "); ok {
		in, known := speakers[who]
		in.Text = words
		if who == "press" {
			in, known = Incoming{Press: words}, true
		}
		if known {
			c.client.Send(t, in)
			c.waiting, c.shown, c.from, c.choices = true, "", 0, nil
			return
		}
	}
	want := ""
	if len(line) > 2 {
		want = fold(line[2:])
	}
	switch {
	case line == "silence":
		if sent, ok := c.client.Receive(t, settled); ok {
			t.Errorf("%s: the bot should be silent and said %q", at, sent.Text)
		}
		c.waiting = false
		return
	case line[0] == '<':
		c.receive(t, at)
		i := strings.Index(c.shown[c.from:], want)
		if i < 0 {
			t.Fatalf("%s: the bot should say %q and said:\n%s", at, want, c.shown)
		}
		c.from += i + len(want)
	case line[0] == '!':
		c.receive(t, at)
		if strings.Contains(c.shown, want) {
			t.Errorf("%s: the bot must not say %q and said:\n%s", at, want, c.shown)
		}
	case line[0] == '[':
		c.receive(t, at)
		if !slices.ContainsFunc(c.choices, func(choice string) bool { return fold(choice) == want }) {
			t.Fatalf("%s: the bot should offer %q and offered %q", at, want, c.choices)
		}
	default:
		t.Fatalf("%s: not a step: %q", at, line)
	}
}

// receive collects the reply to the last step, which may be several messages.
func (c *conversation) receive(t *testing.T, at string) {
	t.Helper()
	if !c.waiting {
		return
	}
	c.waiting = false
	wait := patience
	for {
		sent, ok := c.client.Receive(t, wait)
		if !ok {
			break
		}
		if len(sent.Mentions) > 0 {
			t.Errorf("%s: the bot's message notifies %q", at, sent.Mentions)
		}
		c.shown = fold(c.shown + " " + sent.Text)
		c.choices = append(c.choices, sent.Choices...)
		wait = settled
	}
	if wait == patience {
		t.Fatalf("%s: the bot said nothing within %v", at, patience)
	}
}

// fold makes one blank of every run of them, as readers do.
func fold(text string) string { return strings.Join(strings.Fields(text), " ") }
