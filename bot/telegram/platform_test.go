package telegram_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

func TestMain(m *testing.M) {
	// These tests wait for the network far more than they compute.
	flag.Parse()
	flag.Set("test.parallel", "16")
	code := m.Run()
	if err := leak(); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// leak looks for goroutines that are left over. goleak itself waits half a second for those that are about to end,
// which is little on a busy machine.
func leak() (err error) {
	for end := time.Now().Add(telegramtest.Patience); time.Now().Before(end); {
		// The search library's workers live as long as the program.
		if err = goleak.Find(goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker")); err == nil {
			return nil
		}
	}
	return err
}

// People of the tests. Ids of users and of groups are never the same numbers.
var (
	ann = telegramtest.User{ID: 101, FirstName: "Ann", Username: "ann_asks"}
	bob = telegramtest.User{ID: 102, FirstName: "Bob"}
	mod = telegramtest.User{ID: 103, FirstName: "Mo"}
)

const group, forum = -1001, -1002

// A logbook keeps what is logged, and checks that it holds neither the token nor what people wrote.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// secret is in every message of these tests that must not be seen in a log.
const secret = "s3cret-words"

// endLimit is when a test takes it that Run does not end: long after the second that it promises, and before the
// end of a poll that was not broken off.
const endLimit = 40 * time.Second

// A running is a platform that serves until the test ends or stop is called.
type running struct {
	log  *logbook
	stop func() error
	done chan struct{}
}

// start runs a platform against a server. o's Token, API and Log are filled in.
func start(t testing.TB, server *telegramtest.Server, o telegram.Options, handle bot.Handler) *running {
	t.Helper()
	return begin(t, server, o, handle, func(*telegram.Platform) {})
}

// startWithoutHaste is start for tests of what is sent and confirmed at the end, which prompt ends may cut short.
func startWithoutHaste(t testing.TB, server *telegramtest.Server, o telegram.Options, handle bot.Handler) *running {
	t.Helper()
	return begin(t, server, o, handle, telegram.WithoutHaste)
}

func begin(t testing.TB, server *telegramtest.Server, o telegram.Options, handle bot.Handler, change func(*telegram.Platform)) *running {
	t.Helper()
	r := &running{log: &logbook{}, done: make(chan struct{})}
	if o.Token == "" {
		o.Token = server.Token
	}
	if o.API == "" {
		o.API = server.URL
	}
	o.Log = slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	p, err := telegram.New(o)
	if err != nil {
		t.Fatal(err)
	}
	change(p)
	ctx, cancel := context.WithCancel(context.Background())
	var failure error
	go func() {
		defer close(r.done)
		failure = p.Run(ctx, handle)
	}()
	r.stop = func() error {
		cancel()
		select {
		case <-r.done:
		case <-time.After(endLimit):
			t.Errorf("Run did not return within %v", endLimit)
		}
		return failure
	}
	t.Cleanup(func() {
		r.stop()
		for _, hidden := range []string{server.Token, "secret-token", secret} {
			if strings.Contains(r.log.String(), hidden) {
				t.Errorf("the log shows %q:\n%s", hidden, r.log)
			}
		}
	})
	return r
}

// waitLog waits until the log holds a text.
func (r *running) waitLog(t testing.TB, text string) {
	t.Helper()
	for end := time.Now().Add(telegramtest.Patience); !strings.Contains(r.log.String(), text); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the log does not tell of %q:\n%s", text, r.log)
		}
	}
}

// echo answers every message with its own text, command or choice.
func echo(_ context.Context, m bot.Message) bot.Reply {
	var parts []string
	for name, value := range map[string]string{"text": m.Text, "command": m.Command, "choice": m.Choice} {
		if value != "" {
			parts = append(parts, name+" "+value)
		}
	}
	// In the order of the alphabet: command before text.
	if len(parts) == 2 && parts[0] > parts[1] {
		parts[0], parts[1] = parts[1], parts[0]
	}
	if m.Moderator {
		parts = append(parts, "moderator")
	}
	if len(parts) == 0 {
		parts = []string{"nothing"}
	}
	return bot.Reply{Outcome: bot.Answered, Text: strings.Join(parts, ", "), Choices: []bot.Choice{{Label: "More", Token: "1.e.abc.2"}}}
}

func TestSuite(t *testing.T) {
	t.Parallel()
	bottest.Run(t, open)
}

func open(t *testing.T, handle bot.Handler) bottest.Client {
	server := telegramtest.New(t, telegramtest.Options{ReadsAll: true})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{Moderators: []int64{mod.ID}, NoLimits: true}, handle)
	return &client{server: server}
}

// A client is a person with Telegram's app, for bottest.
type client struct {
	server *telegramtest.Server
	chat   int64 // of the last message
	asker  telegramtest.User
	last   telegramtest.Message // of the bot's that showed choices
}

func (c *client) Send(t *testing.T, in bottest.Incoming) {
	t.Helper()
	if in.Press != "" {
		c.server.Press(c.last.Chat.ID, c.last.ID, c.asker, in.Press)
		return
	}
	c.asker = ann
	if in.Moderator {
		c.asker = mod
	}
	from := c.asker
	switch in.From {
	case bottest.OtherBot:
		from = telegramtest.User{ID: 201, IsBot: true, FirstName: "Other", Username: "other_bot"}
	case bottest.Itself:
		from = c.server.Bot
	}
	c.chat = c.asker.ID
	if in.Group {
		c.chat = group
	}
	text := in.Text
	if in.Addressed {
		text = "@" + telegramtest.BotName + " " + text
	}
	if in.From != bottest.Person {
		c.chat = c.asker.ID
		c.server.Know(c.asker)
	}
	c.server.Say(telegramtest.Said{Chat: c.chat, From: from, Text: text})
}

func (c *client) Receive(t *testing.T, wait time.Duration) (bottest.Sent, bool) {
	t.Helper()
	sent, ok := c.server.Next(wait)
	if !ok {
		return bottest.Sent{}, false
	}
	var choices []string
	for _, label := range sent.Labels() {
		if sent.Data(label) != "" { // and not an address to open
			choices = append(choices, label)
		}
	}
	if len(choices) > 0 {
		c.last = sent.Message
	}
	s := bottest.Sent{Text: sent.Text, Choices: choices, Private: c.chat == group && sent.Chat.ID != group}
	for _, e := range sent.Entities {
		if e.Type == "mention" || e.Type == "text_mention" {
			s.Mentions = append(s.Mentions, e.Cut(sent.Text))
		}
	}
	return s, true
}
