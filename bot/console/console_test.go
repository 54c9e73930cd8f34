package console_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/console"
)

var update = flag.Bool("update", false, "write the golden files")

func TestConversations(t *testing.T) {
	// One person sits at a terminal, and may do everything.
	bottest.Run(t, open, "group", "bots", "reload")
}

// A screen is what the console has printed and nobody has read yet.
type screen struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *screen) take() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.buf.Reset()
	return s.buf.String()
}

// A client types on the console's input and reads its screen.
type client struct {
	keyboard io.Writer
	screen   *screen
	choices  []string
}

func open(t *testing.T, handle bot.Handler) bottest.Client {
	in, keyboard := io.Pipe()
	c := &client{keyboard: keyboard, screen: &screen{}}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- console.New(console.Options{In: in, Out: c.screen}).Run(ctx, handle) }()
	t.Cleanup(func() {
		stop()
		keyboard.Close()
		if err := <-ended; err != nil {
			t.Errorf("Run returned %v", err)
		}
	})
	return c
}

func (c *client) Send(t *testing.T, in bottest.Incoming) {
	text := in.Text
	if in.Press != "" {
		text = ""
		for i, label := range c.choices {
			if label == in.Press {
				text = fmt.Sprint(i + 1)
			}
		}
		if text == "" {
			t.Fatalf("no choice %q among %q", in.Press, c.choices)
		}
	}
	if _, err := fmt.Fprintln(c.keyboard, text); err != nil {
		t.Fatal(err)
	}
}

var choice = regexp.MustCompile(`(?m)^ {0,2}\d+ (.+)$`)

func (c *client) Receive(t *testing.T, wait time.Duration) (bottest.Sent, bool) {
	for end := time.Now().Add(wait); time.Now().Before(end); time.Sleep(time.Millisecond) {
		text := c.screen.take()
		if text == "" {
			continue
		}
		for !strings.HasSuffix(text, "\n\n") { // a blank line ends a reply
			text += c.screen.take()
		}
		sent := bottest.Sent{Text: strings.NewReplacer("┃ ", "", "│ ", "").Replace(text), Private: true}
		for _, m := range choice.FindAllStringSubmatch(text, -1) {
			sent.Choices = append(sent.Choices, m[1])
		}
		c.choices = sent.Choices
		return sent, true
	}
	return bottest.Sent{}, false
}

// TestRender holds what a terminal shows of a reply with everything in it to golden files.
func TestRender(t *testing.T) {
	reply := bot.Reply{
		Escalation: "**This may be an emergency.** Call 112 *now*.\n\nDo not wait.",
		Text:       "Here is what I know:",
		Answers: []bot.Answer{{
			Title: "Everything * at once",
			Body: "A paragraph that is long enough to need a second line on a terminal of eighty columns, with **bold**, *italic*, `code` and ~~struck~~ words.\n\n" +
				"- one\n- two\n  - nested [link](https://example.org/a)\n- three\n\n1. first\n2. second\n\n" +
				"| Tool | Use | Care |\n|---|---|---|\n| Spade | digs | oil it |\n| Rake | levels | |\n\n> quoted\n> words\n\n```\ncode  block\n```\n\n" +
				"<b>raw</b> &amp; \\*escaped\\* \x1b[31mred\x1b[0m [inside](#other)\n\n---\n\n## A heading",
			Page: 1, Pages: 2,
			Disclosure: "Paid links.",
		}},
		Notice:     "**Worth a visit:** see someone soon.",
		Disclaimer: "Not advice.",
		Choices:    []bot.Choice{{Label: "More", Token: "1.e.x.2"}, {Label: "Something else"}},
	}
	reply.Answers[0].Source.Title, reply.Answers[0].Source.URL = "A book", "https://example.org/book"
	for _, tt := range []struct {
		name  string
		color bool
		width int
	}{
		{"plain", false, 0},
		{"color", true, 0},
		{"narrow", false, 32},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := console.Render(reply, tt.color, tt.width) + "\n"
			golden := filepath.Join("testdata", tt.name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant (run with -update after a look):\n%s", got, want)
			}
		})
	}
}

// FuzzRender checks that no text can command the terminal, and that nothing is lost of an escalation.
func FuzzRender(f *testing.F) {
	f.Add("**bold** \x1b[2J | a | b |\n|---|---|\n| 1 | 2 |", 40)
	f.Add("\u202eevil\r\n\x07<script>", 0)
	f.Fuzz(func(t *testing.T, text string, width int) {
		got := console.Render(bot.Reply{Escalation: text, Text: text, Answers: []bot.Answer{{Title: text, Body: text}}}, false, width)
		for _, r := range got {
			if r != '\n' && (r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0) {
				t.Fatalf("control character %q in %q", r, got)
			}
		}
	})
}

// TestStop checks that a console waiting for its user ends with its context.
func TestStop(t *testing.T) {
	in, keyboard := io.Pipe()
	defer keyboard.Close()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := console.New(console.Options{In: in, Out: io.Discard, Interactive: true}).Run(ctx, nil); err != nil {
		t.Errorf("Run = %v, want nil", err)
	}
}
