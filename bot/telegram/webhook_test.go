package telegram_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// A gate is a port of this machine that outlives the bots behind it. While there is none, who knocks waits.
type gate struct{ *net.TCPListener }

func newGate(t testing.TB) gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return gate{l.(*net.TCPListener)}
}

// Close ends the one who accepts, and leaves the port open.
func (g gate) Close() error { return g.SetDeadline(time.Unix(1, 0)) }

func (g gate) address() string { return "http://" + g.Addr().String() + "/updates" }

// secretToken is what the tests' webhooks are set with.
const secretToken = "the-webhooks_0wn"

// hooked runs a bot that is delivered to.
func hooked(t testing.TB, server *telegramtest.Server, g gate, handle bot.Handler) *running {
	t.Helper()
	g.SetDeadline(time.Time{})
	return begin(t, server, telegram.Options{Webhook: g.address(), WebhookSecret: secretToken, NoLimits: true}, handle, func(p *telegram.Platform) {
		telegram.WithoutHaste(p)
		telegram.ListeningOn(g)(p)
	})
}

// counted counts the texts that were sent.
func counted(server *telegramtest.Server) map[string]int {
	count := map[string]int{}
	for _, sent := range server.AllSent() {
		count[sent.Text]++
	}
	return count
}

// TestWebhook delivers what waited before the start, and what comes after it, with answers that get lost: each
// question is answered once, in the order of its chat.
func TestWebhook(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 10 * time.Millisecond})
	const questions, chats = 60, 3
	ask := func(from, to int) {
		for i := from; i < to; i++ {
			server.Say(telegramtest.Said{From: telegramtest.User{ID: int64(1000 + i%chats), FirstName: "P"}, Text: fmt.Sprint("question ", i)})
		}
	}
	server.SetWebhook("http://127.0.0.1:1/of/somebody/else")
	ask(0, 20)
	r := hooked(t, server, newGate(t), echo)
	server.WaitSent(t, 20)
	server.LoseAnswers(10)
	ask(20, 40)
	server.Duplicate()
	server.Raw(`"message":"no object"`)
	server.Raw(`"message":"no object"`)
	ask(40, questions)
	server.WaitSent(t, questions)
	server.WaitConfirmed(t)
	last := map[int64]int{}
	for _, sent := range server.AllSent() {
		var n int
		if _, err := fmt.Sscanf(sent.Text, "text question %d", &n); err != nil || n < last[sent.Chat.ID] {
			t.Errorf("%v comes after question %d", sent, last[sent.Chat.ID])
		}
		last[sent.Chat.ID] = n
	}
	for text, n := range counted(server) {
		if n != 1 {
			t.Errorf("%q was sent %d times", text, n)
		}
	}
	for _, line := range []string{"another webhook was set", "could not be read was passed over", `"so far"=2`} {
		r.waitLog(t, line)
	}
	set := server.Calls("setWebhook")
	if len(set) != 1 || set[0].Params["secret_token"] != secretToken || !strings.Contains(set[0].Params["allowed_updates"], "callback_query") {
		t.Errorf("the webhook was set by %v", set)
	}
	if n := len(server.Calls("getUpdates")) + len(server.Calls("deleteWebhook")); n > 0 {
		t.Errorf("%d calls that only polling needs", n)
	}
}

// TestWebhookStays starts a bot again at the same address: the webhook is not set anew, unless its secret has changed,
// which Telegram shows by what it was answered.
func TestWebhookStays(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 10 * time.Millisecond})
	g := newGate(t)
	for i, text := range []string{"how long?", "and at night?"} {
		r := hooked(t, server, g, echo)
		server.Say(telegramtest.Said{From: ann, Text: text})
		if sent := server.MustNext(t); sent.Text != "text "+text {
			t.Errorf("got %v", sent)
		}
		server.WaitCalls(t, "getWebhookInfo", i+1)
		r.stop()
	}
	if n := len(server.Calls("setWebhook")); n != 1 {
		t.Errorf("the webhook was set %d times, want once", n)
	}
	g.SetDeadline(time.Time{})
	changed := telegram.Options{Webhook: g.address(), NoLimits: true} // with the secret that is made of the token
	r := begin(t, server, changed, echo, telegram.ListeningOn(g))
	server.Say(telegramtest.Said{From: ann, Text: "and now?"})
	r.waitLog(t, "without its secret")
	if sent := server.MustNext(t); sent.Text != "text and now?" {
		t.Errorf("got %v", sent)
	}
}

// TestWebhookRefuses knocks at the webhook as Telegram never would.
func TestWebhookRefuses(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	g := newGate(t)
	r := hooked(t, server, g, func(context.Context, bot.Message) bot.Reply {
		t.Error("something reached the core")
		return bot.Reply{}
	})
	server.WaitCalls(t, "setWebhook", 1)
	const question = `{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":101,"type":"private"},"from":{"id":101,"first_name":"Ann"},"text":"` + secret + `"}}`
	for name, c := range map[string]struct {
		method, path, secret, body string
		want                       int
	}{
		"without a secret":     {"POST", "/updates", "", question, 401},
		"with a wrong secret":  {"POST", "/updates", secretToken + "x", question, 401},
		"by GET":               {"GET", "/updates", secretToken, "", 405},
		"at another path":      {"POST", "/", secretToken, question, 404},
		"below the path":       {"POST", "/updates/more", secretToken, question, 404},
		"a body of two MB":     {"POST", "/updates", secretToken, strings.Repeat(" ", 2<<20), 413},
		"no JSON":              {"POST", "/updates", secretToken, secret, 400},
		"no update":            {"POST", "/updates", secretToken, `{"message":{}}`, 400},
		"an update of no kind": {"POST", "/updates", secretToken, `{"update_id":2,"news":{}}`, 200},
		"one that is broken":   {"POST", "/updates", secretToken, `{"update_id":3,"message":"` + secret + `"}`, 200},
	} {
		t.Run(name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), c.method, "http://"+g.Addr().String()+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("X-Telegram-Bot-Api-Secret-Token", c.secret)
			request.Close = true
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, _ := io.ReadAll(response.Body)
			if response.StatusCode != c.want || len(body) > 0 {
				t.Errorf("answered %d %q, want %d and nothing else", response.StatusCode, body, c.want)
			}
		})
	}
	r.stop()
}

// TestWebhookStop ends the bot while it is delivered to: what was acknowledged is answered, what was not comes again
// after the next start, and nothing is answered twice.
func TestWebhookStop(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 10 * time.Millisecond})
	g := newGate(t)
	const questions = 300
	slow := func(ctx context.Context, m bot.Message) bot.Reply {
		time.Sleep(5 * time.Millisecond) // so that some are waiting at each stop
		return echo(ctx, m)
	}
	var asking sync.WaitGroup
	asking.Go(func() {
		for i := range questions {
			server.Say(telegramtest.Said{From: telegramtest.User{ID: int64(1000 + i%20), FirstName: "P"}, Text: fmt.Sprint("question ", i)})
			time.Sleep(time.Millisecond)
		}
	})
	for run := range 3 {
		r := hooked(t, server, g, slow)
		server.WaitSent(t, 60*(run+1))
		if err := r.stop(); err != nil {
			t.Fatal(err)
		}
		if log := r.log.String(); strings.Contains(log, "left unanswered") {
			t.Errorf("something that was acknowledged was not answered:\n%s", log)
		}
	}
	asking.Wait()
	hooked(t, server, g, slow)
	server.WaitSent(t, questions)
	server.WaitConfirmed(t)
	count := counted(server)
	for i := range questions {
		if n := count[fmt.Sprint("text question ", i)]; n != 1 {
			t.Errorf("question %d was answered %d times", i, n)
		}
	}
}

// TestWebhookStopUnanswered ends the bot in the middle of a thought that has no end: it says what it owes.
func TestWebhookStopUnanswered(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 10 * time.Millisecond})
	thinking := make(chan struct{}, 2)
	g := newGate(t)
	r := begin(t, server, telegram.Options{Webhook: g.address()}, func(ctx context.Context, m bot.Message) bot.Reply {
		thinking <- struct{}{}
		<-ctx.Done()
		return echo(ctx, m)
	}, telegram.ListeningOn(g))
	server.Say(telegramtest.Said{From: ann, Text: "how long?"})
	server.Say(telegramtest.Said{From: bob, Text: "how long?"})
	<-thinking
	<-thinking
	server.WaitConfirmed(t) // it has acknowledged them
	if err := r.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	r.waitLog(t, "left unanswered, because the program ends\" platform=telegram messages=2")
}

// TestWebhookCrowded delivers more at once than can be answered before an end: the rest waits at Telegram.
func TestWebhookCrowded(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 200 * time.Millisecond})
	hold := make(chan struct{})
	release := sync.OnceFunc(func() { close(hold) })
	defer release()
	hooked(t, server, newGate(t), func(ctx context.Context, m bot.Message) bot.Reply {
		<-hold
		return echo(ctx, m)
	})
	const questions = 300
	for i := range questions {
		server.Say(telegramtest.Said{From: telegramtest.User{ID: int64(1000 + i), FirstName: "P"}, Text: fmt.Sprint("question ", i)})
	}
	server.Until(t, "one is turned away", func() bool {
		return slices.ContainsFunc(server.Deliveries(), func(d telegramtest.Delivery) bool { return d.Status == 503 })
	})
	if n := server.Pending(); n < questions-200 {
		t.Errorf("%d wait at Telegram, so more than 200 were acknowledged", n)
	}
	release()
	server.WaitSent(t, questions)
	server.WaitConfirmed(t)
	if n := len(counted(server)); n != questions {
		t.Errorf("%d of %d questions were answered", n, questions)
	}
}

// TestWebhookFaults are failures to set the webhook that pass, and those that a person must mend.
func TestWebhookFaults(t *testing.T) {
	t.Parallel()
	const always = -1
	for name, c := range map[string]struct {
		fault telegramtest.Fault
		want  string // Run's error, or empty where it goes on
	}{
		"too often":             {telegramtest.Fault{Method: "setWebhook", Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}, ""},
		"a bad gateway":         {telegramtest.Fault{Method: "getWebhookInfo", Status: 502, Body: "<html>"}, ""},
		"a result that is none": {telegramtest.Fault{Method: "getWebhookInfo", Status: 200, Body: `{"ok":true,"result":[]}`}, ""},
		"a name that is new":    {telegramtest.Fault{Method: "setWebhook", Code: 400, Description: "Bad Request: bad webhook: Failed to resolve host: Name or service not known"}, ""},
		"a private address":     {telegramtest.Fault{Method: "setWebhook", Code: 400, Description: "Bad Request: bad webhook: IP address 10.0.0.1 is reserved", Times: always}, "TELEGRAM_WEBHOOK"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{Second: 10 * time.Millisecond})
			server.Fail(c.fault)
			r := hooked(t, server, newGate(t), echo)
			if c.want != "" {
				select {
				case <-r.done:
				case <-time.After(telegramtest.Patience):
				}
				if err := r.stop(); err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("Run: %v, want an error with %q", err, c.want)
				}
				return
			}
			server.Say(telegramtest.Said{From: ann, Text: "how long?"})
			server.MustNext(t)
		})
	}
}

// TestWebhookPort is taken by another program: Run says so.
func TestWebhookPort(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	r := start(t, server, telegram.Options{Webhook: "http://127.0.0.1/", WebhookListen: newGate(t).Addr().String()}, echo)
	select {
	case <-r.done:
	case <-time.After(telegramtest.Patience):
	}
	if err := r.stop(); err == nil || !strings.Contains(err.Error(), "TELEGRAM_WEBHOOK_LISTEN") {
		t.Errorf("Run: %v", err)
	}
}

// TestPollAfterWebhook goes back from a webhook to polls.
func TestPollAfterWebhook(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 10 * time.Millisecond})
	r := hooked(t, server, newGate(t), echo)
	server.WaitCalls(t, "setWebhook", 1)
	r.stop()
	server.Say(telegramtest.Said{From: ann, Text: "in between"})
	start(t, server, telegram.Options{NoLimits: true}, echo)
	if sent := server.MustNext(t); sent.Text != "text in between" {
		t.Errorf("got %v", sent)
	}
}
