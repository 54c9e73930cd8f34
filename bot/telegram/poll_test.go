package telegram_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// TestStop ends Run in the middle of a long poll of 50 seconds, which stay far away on the slowest machine (endLimit).
func TestStop(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	r := start(t, server, telegram.Options{}, echo)
	server.Say(telegramtest.Said{From: ann, Text: "how long?"})
	server.MustNext(t)
	server.WaitConfirmed(t) // by the poll that is stopped
	if err := r.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

// TestRestart stops the bot while a queue of questions waits, of one chat and of many, and starts it again: every
// question is answered, and none twice.
func TestRestart(t *testing.T) {
	t.Parallel()
	for name, chats := range map[string]int{"one chat": 1, "seven chats": 7} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{Second: 20 * time.Millisecond})
			const questions = 40
			for i := range questions {
				u := telegramtest.User{ID: int64(1000 + i%chats), FirstName: "P"}
				server.Say(telegramtest.Said{From: u, Text: fmt.Sprintf("question %02d", i)})
			}
			slow := func(ctx context.Context, m bot.Message) bot.Reply {
				time.Sleep(10 * time.Millisecond) // so that some are waiting at each stop
				return echo(ctx, m)
			}
			for run := range 3 {
				r := startWithoutHaste(t, server, telegram.Options{NoLimits: true}, slow)
				server.WaitSent(t, 5*(run+1))
				if err := r.stop(); err != nil {
					t.Fatal(err)
				}
			}
			start(t, server, telegram.Options{NoLimits: true}, slow)
			server.WaitSent(t, questions)
			server.WaitConfirmed(t)
			count := map[string]int{}
			for _, sent := range server.AllSent() {
				count[sent.Text]++
			}
			for i := range questions {
				if n := count[fmt.Sprintf("text question %02d", i)]; n != 1 {
					t.Errorf("question %d was answered %d times", i, n)
				}
			}
		})
	}
}

// TestPoll shows what the loop survives: each case delivers something odd, and then a question.
func TestPoll(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		options telegramtest.Options
		raw     []string // updates that nobody can use
		reset   int64    // where ids start again
		faults  []telegramtest.Fault
		webhook string
		log     string
	}{
		"nothing odd":                       {},
		"updates that cannot be read":       {raw: []string{`"message":"no object"`, `"message":{"message_id":"x"}`, `"callback_query":7`}, log: `"so far"=3`},
		"updates of unknown kinds":          {raw: []string{`"new_thing":{}`, `"message":{}`, `"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}`, `"callback_query":{"id":"x","from":{"id":1}}`}},
		"ids that start again lower":        {reset: 5},
		"ids that start again higher":       {reset: 1 << 40},
		"a server that does not hold polls": {options: telegramtest.Options{IgnoreTimeout: true}},
		"a webhook that was set":            {webhook: "https://example.org/hook"},
		"a bad gateway":                     {faults: []telegramtest.Fault{{Method: "getUpdates", Status: 502, Body: "<html>Bad Gateway</html>"}}},
		"too many polls":                    {faults: []telegramtest.Fault{{Method: "getUpdates", Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}}},
		"no envelope":                       {faults: []telegramtest.Fault{{Method: "getUpdates", Status: 200, Body: "{}"}}},
		"half an answer":                    {faults: []telegramtest.Fault{{Method: "getUpdates", Status: 200, Body: `{"ok":true,"result":[{"upd`}}},
		"a result that is no list":          {faults: []telegramtest.Fault{{Method: "getUpdates", Status: 200, Body: `{"ok":true,"result":{}}`}}},
		"an answer that never ends":         {faults: []telegramtest.Fault{{Method: "getUpdates", Status: 200, Body: strings.Repeat(" ", 9<<20)}}},
		"a lost answer":                     {faults: []telegramtest.Fault{{Method: "getUpdates", Drop: "after"}}},
		"a refusal that passes":             {faults: []telegramtest.Fault{{Method: "getUpdates", Code: 401, Description: "Unauthorized"}}},
		"a redirect":                        {faults: []telegramtest.Fault{{Method: "getUpdates", Status: 302, Location: "http://127.0.0.1:1/elsewhere"}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.options.Second = 20 * time.Millisecond
			server := telegramtest.New(t, c.options)
			server.SetWebhook(c.webhook)
			for _, f := range c.faults {
				server.Fail(f)
			}
			r := start(t, server, telegram.Options{NoLimits: true}, echo)
			server.Say(telegramtest.Said{From: ann, Text: "before " + secret})
			if sent := server.MustNext(t); sent.Text != "text before "+secret {
				t.Errorf("got %v", sent)
			}
			for _, raw := range c.raw {
				server.Raw(raw)
			}
			if c.reset != 0 {
				server.ResetIDs(c.reset)
			}
			server.Say(telegramtest.Said{From: ann, Text: "after"})
			if sent := server.MustNext(t); sent.Text != "text after" {
				t.Errorf("got %v", sent)
			}
			server.Duplicate()
			server.Say(telegramtest.Said{From: ann, Text: "at last"})
			if sent := server.MustNext(t); sent.Text != "text at last" {
				t.Errorf("an update that came twice was answered twice: %v", sent)
			}
			r.waitLog(t, c.log)
		})
	}
}

// TestStopWhileThinking ends Run while the core is at work and heeds nothing but its context. The question is left to
// Telegram, and is answered after the next start.
func TestStopWhileThinking(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 20 * time.Millisecond})
	thinking := make(chan struct{}, 1)
	r := start(t, server, telegram.Options{}, func(ctx context.Context, m bot.Message) bot.Reply {
		thinking <- struct{}{}
		<-ctx.Done()
		return echo(ctx, m)
	})
	server.Say(telegramtest.Said{From: ann, Text: "how long?"})
	<-thinking
	if err := r.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	if sent := server.AllSent(); len(sent) > 0 {
		t.Errorf("after the end: %v", sent)
	}
	start(t, server, telegram.Options{}, echo)
	if sent := server.MustNext(t); sent.Text != "text how long?" {
		t.Errorf("got %v", sent)
	}
}

// TestTwoPollers runs two bots with one token: they disturb each other, and all questions are answered in the end,
// some perhaps by both.
func TestTwoPollers(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 50 * time.Millisecond})
	first := start(t, server, telegram.Options{NoLimits: true}, echo)
	server.WaitPolling(t)
	start(t, server, telegram.Options{NoLimits: true}, echo)
	first.waitLog(t, "another program polls")
	for i := range 3 {
		server.Say(telegramtest.Said{From: ann, Text: fmt.Sprint(i)})
		for server.MustNext(t).Text != fmt.Sprintf("text %d", i) {
		}
	}
}

// TestOutageAtStart starts the bot before its server answers.
func TestOutageAtStart(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Fail(telegramtest.Fault{Method: "getMe", Drop: "before"})
	server.Fail(telegramtest.Fault{Method: "getMe", Status: 503, Body: "down for a moment"})
	server.Say(telegramtest.Said{From: ann, Text: "is anybody there?"})
	start(t, server, telegram.Options{}, echo)
	if sent := server.MustNext(t); sent.Text != "text is anybody there?" {
		t.Errorf("got %v", sent)
	}
}

// TestRefusedAtStart are mistakes that a person must mend: Run says which.
func TestRefusedAtStart(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		token, api string
		fault      telegramtest.Fault
		want       string
	}{
		"a wrong token":          {token: "4242:WRONG_secret-token", want: "copy it again from @BotFather"},
		"a token that is none":   {fault: telegramtest.Fault{Method: "getMe", Code: 404, Description: "Not Found"}, want: "copy it again from @BotFather"},
		"logged out":             {fault: telegramtest.Fault{Method: "getMe", Code: 400, Description: "Logged out"}, want: "TELEGRAM_API"},
		"another server's page":  {fault: telegramtest.Fault{Method: "getMe", Status: 404, Body: "<html>not here</html>"}, want: "TELEGRAM_API"},
		"a redirect":             {fault: telegramtest.Fault{Method: "getMe", Status: 301, Location: "http://127.0.0.1:1/"}, want: "TELEGRAM_API"},
		"revoked while it polls": {fault: telegramtest.Fault{Method: "getUpdates", Code: 401, Description: "Unauthorized"}, want: "copy it again from @BotFather"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			if c.fault.Method == "getUpdates" {
				server.Fail(c.fault)
				c.fault.Method = "getMe"
				server.Fail(telegramtest.Fault{Method: "getMe", Delay: time.Millisecond}) // the first is answered
				c.fault.Times = -1
			}
			if c.fault.Method != "" {
				server.Fail(c.fault)
			}
			r := start(t, server, telegram.Options{Token: c.token, API: c.api}, echo)
			select {
			case <-r.done:
			case <-time.After(telegramtest.Patience):
			}
			err := r.stop()
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Run: %v, want an error with %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "secret-token") {
				t.Errorf("the error shows the token: %v", err)
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string]telegram.Options{
		"no token":                  {},
		"a token with blanks":       {Token: "4242:hidden token"},
		"a token with a percent":    {Token: "4242:hidden%20token"},
		"an address without scheme": {Token: "4242:hidden-token", API: "127.0.0.1:8081"},
		"an address with a query":   {Token: "4242:hidden-token", API: "http://127.0.0.1/?token=hidden-token"},
		"the library's format":      {Token: "4242:hidden-token", API: "https://api.telegram.org/bot%s/%s"},
		"a webhook without a host":  {Token: "4242:hidden-token", Webhook: "/updates"},
		"a webhook over http":       {Token: "4242:hidden-token", Webhook: "http://example.org/"},
		"a webhook's wrong port":    {Token: "4242:hidden-token", Webhook: "https://example.org:8080/"},
		"a webhook with the token":  {Token: "4242:hidden-token", Webhook: "https://example.org/bot4242:hidden-token"},
		"a webhook with a password": {Token: "4242:hidden-token", Webhook: "https://a:hidden@example.org/"},
		"a secret with blanks":      {Token: "4242:hidden-token", Webhook: "https://example.org/", WebhookSecret: "a hidden one"},
		"a secret without webhook":  {Token: "4242:hidden-token", WebhookSecret: "hidden"},
	}
	for name, o := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := telegram.New(o)
			if err == nil || strings.Contains(err.Error(), "hidden") {
				t.Errorf("New: %v, want an error without the token", err)
			}
		})
	}
}

// TestOrder answers the questions of a chat in their order, and lets no slow chat hold up another.
func TestOrder(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	gate := make(chan struct{})
	release := sync.OnceFunc(func() { close(gate) })
	defer release()
	for i := range 5 {
		server.Say(telegramtest.Said{From: ann, Text: fmt.Sprint("slow ", i)})
		server.Say(telegramtest.Said{From: bob, Text: fmt.Sprint("quick ", i)})
	}
	start(t, server, telegram.Options{NoLimits: true}, func(ctx context.Context, m bot.Message) bot.Reply {
		if strings.HasPrefix(m.Text, "slow") {
			select {
			case <-gate:
			case <-ctx.Done():
			}
		}
		return bot.Reply{Outcome: bot.Answered, Text: m.Text}
	})
	for i := range 5 {
		if sent := server.MustNext(t); sent.Text != fmt.Sprint("quick ", i) {
			t.Errorf("got %v", sent)
		}
	}
	server.Say(telegramtest.Said{From: bob, Text: "quick and late"})
	if sent := server.MustNext(t); sent.Text != "quick and late" {
		t.Errorf("got %v", sent)
	}
	release()
	for i := range 5 {
		if sent := server.MustNext(t); sent.Text != fmt.Sprint("slow ", i) {
			t.Errorf("got %v", sent)
		}
	}
}
