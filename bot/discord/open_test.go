package discord

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// patience is how long a test waits for what must come. It is far more than it takes, even on a machine that is busy with
// something else; only a test that fails waits so long.
const patience = time.Minute

// glimpse is how long a test looks for what must not come. A slow machine may hide a fault in it, and never makes one.
const glimpse = 30 * time.Millisecond

// TestMain lets more tests run at once than there are processors: they mostly wait.
func TestMain(m *testing.M) {
	flag.Parse()
	if fuzz := flag.Lookup("test.fuzz"); fuzz.Value.String() == "" {
		if err := flag.Set("test.parallel", "16"); err != nil {
			panic(err)
		}
	}
	// What discordgo logs goes there, too. It logs tokens and people's words, and is told not to.
	library := new(logged)
	log.SetOutput(io.MultiWriter(os.Stderr, library))
	code := m.Run()
	if strings.Contains(library.String(), "[DG") {
		fmt.Fprintln(os.Stderr, "discordgo has logged something by itself, see above")
		code = 1
	}
	os.Exit(code)
}

// spec is loaded once, because that takes a tenth of a second under -race.
var spec struct {
	once   sync.Once
	loaded *discordtest.Spec
}

func withSpec(t testing.TB, c discordtest.Config) discordtest.Config {
	spec.once.Do(func() { spec.loaded = discordtest.LoadSpec(t, "../..") })
	if !c.Foreign {
		c.Spec = spec.loaded
	}
	if c.FirstWord == 0 {
		c.FirstWord = patience
	}
	return c
}

// A served Discord is connected to a server of its own until the test ends.
type served struct {
	*discordtest.Server
	log *logged
	// cancel tells Run to end; stop also waits, and gives what Run returned.
	cancel func()
	stop   func() error
	// ended is closed when Run has returned.
	ended <-chan struct{}
}

// logged keeps what is logged.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// lines waits until the log has n lines that hold text, and gives how many it has.
func (l *logged) lines(text string, n int) int {
	for began := time.Now(); strings.Count(l.String(), text) < n && time.Since(began) < patience; {
		time.Sleep(time.Millisecond)
	}
	return strings.Count(l.String(), text)
}

// quick shortens every wait to what loopback needs, and lengthens every limit: how long something takes here says nothing.
func quick(d *Discord) {
	d.timing.identify = 10 * time.Millisecond
	d.timing.pause, d.timing.pauseMax = 20*time.Millisecond, 100*time.Millisecond
	d.timing.stable = 0
	d.timing.settle = 50 * time.Millisecond
	d.rest.pause = 10 * time.Millisecond
	d.timing.open = patience
	d.rest.client.Transport.(*http.Transport).ResponseHeaderTimeout = patience
	d.pace.answer, d.pace.deferAfter, d.pace.first = patience, patience, patience
}

// serve runs a Discord with o against a server with c. handle answers; adjust may change the waits.
func serve(t *testing.T, c discordtest.Config, o Options, handle bot.Handler, adjust ...func(*Discord)) served {
	t.Helper()
	s := attach(t, discordtest.Start(t, withSpec(t, c)), o, handle, adjust...)
	if !s.WaitConnected(1, patience) {
		t.Fatalf("not connected; the log:\n%s", s.log)
	}
	return s
}

// attach runs a Discord against a server and does not wait for it to be connected.
func attach(t *testing.T, server *discordtest.Server, o Options, handle bot.Handler, adjust ...func(*Discord)) served {
	t.Helper()
	log := new(logged)
	if o.Token == "" {
		o.Token = discordtest.Token
	}
	if o.API == "" {
		o.API = server.URL
	}
	o.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	d, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	quick(d)
	for _, a := range adjust {
		a(d)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	var result error
	go func() {
		defer close(ended)
		result = d.Run(ctx, handle)
	}()
	stop := func() error {
		cancel()
		select {
		case <-ended:
			return result
		case <-time.After(patience):
			return errors.New("Run does not end")
		}
	}
	t.Cleanup(func() {
		_ = stop()
		if strings.Contains(log.String(), discordtest.Token) || strings.Contains(log.String(), "interaction-token-") {
			t.Errorf("the log holds a token:\n%s", log)
		}
		if t.Failed() && os.Getenv("REDPIN_LOG") != "" {
			t.Logf("the log:\n%s", log)
		}
	})
	return served{Server: server, log: log, cancel: cancel, stop: stop, ended: ended}
}

// client is a person on Discord, for the suite that all platforms pass.
type client struct {
	served
	seen discordtest.Message // the last message with choices

	received int
	mu       sync.Mutex
	due      int // messages of all replies so far
}

// counted counts the messages that replies need, so that Receive knows what is still to come.
func (c *client) counted(handle bot.Handler) bot.Handler {
	return func(ctx context.Context, m bot.Message) bot.Reply {
		reply := handle(ctx, m)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.due += len(render(reply, setting{embeds: true, aloud: m.Public}))
		return reply
	}
}

func (c *client) Send(t *testing.T, in bottest.Incoming) {
	t.Helper()
	from := discordtest.Person
	switch {
	case in.Moderator:
		from = discordtest.Moderator
	case in.From == bottest.OtherBot:
		from = discordtest.OtherBot
	case in.From == bottest.Itself:
		from = discordtest.Bot
	}
	if in.Press != "" {
		for _, b := range c.seen.Buttons {
			if b.Label == in.Press {
				c.Use(discordtest.Used{From: from, Press: b.CustomID, On: &c.seen, Direct: c.seen.Channel != discordtest.Channel})
				return
			}
		}
		t.Fatalf("the bot's last message has no button %q: %v", in.Press, c.seen.Buttons)
	}
	// People pick commands from Discord's menu; only in a server there are moderators.
	direct := !in.Group && !in.Moderator
	if name, _, rest := bot.ParseCommand(in.Text); name != "" && in.From == bottest.Person {
		for _, command := range bot.Commands() {
			if command.Name == name {
				options := map[string]any{}
				if rest != "" {
					options[command.Argument] = rest
				}
				if command.Moderator {
					direct = false // Discord offers it nowhere else
				}
				c.Use(discordtest.Used{From: from, Direct: direct, Command: name, Options: options})
				return
			}
		}
	}
	text := in.Text
	if in.Addressed {
		text = "<@" + discordtest.Bot + "> " + text
	}
	c.Write(discordtest.Written{From: from, Direct: direct, Text: text})
}

func (c *client) Receive(t *testing.T, wait time.Duration) (bottest.Sent, bool) {
	t.Helper()
	c.mu.Lock()
	// A machine that is busy may take long: wait for what is to come, and only for silence as long as the suite says.
	if wait > time.Second || c.received < c.due {
		wait = patience
	}
	c.mu.Unlock()
	m, ok := c.Next(wait)
	if !ok {
		return bottest.Sent{}, false
	}
	c.received++
	sent := bottest.Sent{
		Text: m.Seen(), Private: m.Ephemeral || m.Channel != discordtest.Channel,
		Mentions: append(m.Notifies, m.Names...),
	}
	for _, b := range m.Buttons {
		sent.Choices = append(sent.Choices, b.Label)
	}
	if len(m.Buttons) > 0 {
		c.seen = m
	}
	return sent, true
}

func TestPlatform(t *testing.T) {
	t.Parallel()
	bottest.Run(t, func(t *testing.T, handle bot.Handler) bottest.Client {
		c := new(client)
		c.served = serve(t, discordtest.Config{}, Options{}, c.counted(handle))
		return c
	})
}
