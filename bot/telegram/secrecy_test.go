package telegram_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
	"github.com/redpin/redpin/knowledge"
)

// TestFaultsTellNothing lets every method fail in every way that the fake server knows, with answers that quote the
// token and what was written, while people write, press and edit. Nothing of that is in a log line of any level, which
// each test's end looks at, nor in Run's error.
func TestFaultsTellNothing(t *testing.T) {
	t.Parallel()
	const quote = secret + " bot" + telegramtest.DefaultToken
	methods := []string{
		"getMe", "getUpdates", "getWebhookInfo", "setWebhook", "sendMessage", "editMessageText", "answerCallbackQuery", "answerInlineQuery",
		"getMyCommands", "setMyCommands", "getMyDescription", "setMyDescription", "getChat", "getChatMember", "getChatAdministrators",
	}
	faults := map[string]telegramtest.Fault{
		"a refusal":              {Code: 400, Description: "Bad Request: can't parse entities: " + quote},
		"forbidden":              {Code: 403, Description: "Forbidden: " + quote},
		"conflict":               {Code: 409, Description: "Conflict: " + quote},
		"too many requests":      {Code: 429, Description: "Too Many Requests: " + quote, RetryAfter: 1},
		"an internal error":      {Code: 500, Description: "Internal Server Error: " + quote},
		"migrated":               {Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat " + quote, MigrateTo: forum},
		"a page":                 {Status: 502, Body: "<html>" + quote},
		"a page, slowly":         {Status: 503, Body: quote, Drip: time.Millisecond},
		"half an answer":         {Status: 200, Body: `{"ok":true,"result":[{"text":"` + quote},
		"an empty object":        {Status: 200, Body: `{}`},
		"a wrong type":           {Status: 200, Body: `{"ok":true,"result":"` + quote + `"}`},
		"a wrong envelope":       {Status: 400, Body: `{"ok":false,"error_code":"` + quote + `"}`},
		"a redirect":             {Status: 302, Location: "http://127.0.0.1:1/" + quote},
		"dropped before":         {Drop: "before"},
		"dropped after":          {Drop: "after"},
		"no HTTP":                {Raw: quote + "\r\n\r\n"},
		"a status that is none":  {Raw: "HTTP/1.1 " + quote + "\r\n\r\n"},
		"a header that is none":  {Raw: "HTTP/1.1 200 OK\r\n" + quote + "\r\n\r\n"},
		"a length that is wrong": {Raw: "HTTP/1.1 200 OK\r\nContent-Length: " + quote + "\r\n\r\n"},
	}
	core := func(_ context.Context, m bot.Message) bot.Reply {
		if strings.Contains(m.Text, "panic") {
			panic(m.Text)
		}
		r := bot.Reply{Outcome: bot.Answered, Text: m.Text + m.Choice}
		if strings.Contains(m.Text, "urgent") {
			r.Escalation, r.Flags = "Call 112, "+m.Text, []bot.Flag{{ID: "fever", Level: knowledge.Emergency}}
		}
		return r
	}
	for name, f := range faults {
		for _, hook := range []bool{false, true} {
			name := "polls, " + name
			if hook {
				name = "webhook, " + strings.TrimPrefix(name, "polls, ")
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				f := f
				server := telegramtest.New(t, telegramtest.Options{ReadsAll: true, NoCheck: true, Second: 50 * time.Millisecond})
				for _, id := range []int64{group, moderators} {
					server.Group(id, "supergroup")
				}
				server.Forum(forum, 50)
				server.Know(ann)
				for _, method := range methods {
					if f.Location != "" && method == "getMe" {
						continue // a redirect at the start is a wrong address, which ends Run
					}
					f.Method, f.Times = method, 1
					if method == "sendMessage" {
						f.Times = 3
					}
					server.Fail(f)
				}
				o := telegram.Options{ModeratorChats: []int64{group}, Watch: []int64{group}, Alerts: moderators, NoLimits: true}
				change := telegram.WithoutHaste
				if hook {
					g := newGate(t)
					o.Webhook, o.WebhookSecret = g.address(), secretToken
					change = func(p *telegram.Platform) { telegram.WithoutHaste(p); telegram.ListeningOn(g)(p) }
				}
				r := begin(t, server, o, core, change)
				for _, text := range []string{secret, "urgent " + secret, "panic " + secret, "/reload " + secret, "@faq_bot " + secret} {
					for _, chat := range []int64{ann.ID, group} {
						said := server.Say(telegramtest.Said{Chat: chat, From: ann, Text: text})
						server.Edit(chat, said.ID, text+" and more")
					}
				}
				server.PressOld(ann.ID, 1, ann, secret)
				server.Inline(ann, secret)
				server.Raw(`"message":"` + quote + `"`)
				r.waitLog(t, "could not be read was passed over")
				server.Mend()
				server.Say(telegramtest.Said{From: bob, Text: "marker"})
				server.Until(t, "what comes last is answered", func() bool { return counted(server)["marker"] > 0 })
				if err := r.stop(); err != nil {
					t.Errorf("Run: %v", err)
				}
			})
		}
	}
}
