package telegram_test

import (
	"context"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// TestSendFaults arms faults and asks. sent is how often the reply arrives in the chat, calls how often it is sent.
func TestSendFaults(t *testing.T) {
	t.Parallel()
	answer := bot.Reply{Outcome: bot.Answered, Text: "An **answer**, " + secret}
	escalation := bot.Reply{Outcome: bot.Escalated, Escalation: "**Call 112 now**, " + secret}
	cases := map[string]struct {
		reply       bot.Reply
		fault       telegramtest.Fault
		sent, calls int
	}{
		"too many requests":                 {answer, telegramtest.Fault{Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}, 1, 2},
		"too many requests, a proxy's page": {answer, telegramtest.Fault{Status: 429, RetryAfter: 1, Body: "slow down"}, 1, 2},
		"an internal error":                 {answer, telegramtest.Fault{Code: 500, Description: "Internal Server Error", Times: 2}, 1, 3},
		"a bad gateway":                     {answer, telegramtest.Fault{Status: 502, Body: "<html>"}, 1, 2},
		"markup that cannot be read":        {answer, telegramtest.Fault{Code: 400, Description: `Bad Request: can't parse entities: Unsupported start tag "` + secret + `" at byte offset 3`}, 1, 2},
		"markup that cannot be read, twice": {answer, telegramtest.Fault{Code: 400, Description: "Bad Request: can't parse entities", Times: -1}, 0, 2},
		"buttons that are refused":          {bot.Reply{Outcome: bot.Answered, Text: "x", Choices: []bot.Choice{{Label: "More", Token: "1"}}}, telegramtest.Fault{Code: 400, Description: "Bad Request: BUTTON_DATA_INVALID"}, 1, 2},
		"blocked":                           {answer, telegramtest.Fault{Code: 403, Description: "Forbidden: bot was blocked by the user", Times: -1}, 0, 1},
		"no right to write":                 {answer, telegramtest.Fault{Code: 400, Description: "Bad Request: not enough rights to send text messages to the chat", Times: -1}, 0, 1},
		"any other refusal":                 {answer, telegramtest.Fault{Code: 400, Description: "Bad Request: " + secret, Times: -1}, 0, 1},
		"an escalation, refused":            {escalation, telegramtest.Fault{Code: 400, Description: "Bad Request: for no good reason"}, 1, 2},
		"an escalation, refused for ever":   {escalation, telegramtest.Fault{Code: 400, Description: "Bad Request: for no good reason", Times: -1}, 0, 2},
		"lost before":                       {answer, telegramtest.Fault{Drop: "before"}, 0, 1},
		"lost after":                        {answer, telegramtest.Fault{Drop: "after"}, 1, 1},
		"an answer that cannot be read":     {answer, telegramtest.Fault{Status: 200, Body: "{}"}, 0, 1},
		"an escalation, lost before":        {escalation, telegramtest.Fault{Drop: "before"}, 1, 2},
		"an escalation, lost after":         {escalation, telegramtest.Fault{Drop: "after", Times: -1}, 2, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			c.fault.Method, c.fault.Chat = "sendMessage", ann.ID
			server.Fail(c.fault)
			start(t, server, telegram.Options{}, func(_ context.Context, m bot.Message) bot.Reply {
				if m.Text == "and that is all" {
					return bot.Reply{Outcome: bot.Answered, Text: m.Text}
				}
				return c.reply
			})
			server.Say(telegramtest.Said{From: ann, Text: "how long? " + secret})
			server.WaitCalls(t, "sendMessage", c.calls)
			// What comes next in the chat is answered when the first reply is done with.
			server.Say(telegramtest.Said{From: bob, Text: "and that is all"})
			server.WaitCalls(t, "sendMessage", c.calls+1)
			server.Mend()
			server.Say(telegramtest.Said{From: ann, Text: "and that is all"})
			server.WaitCalls(t, "sendMessage", c.calls+2)
			server.WaitSent(t, c.sent+2)
			sent, calls := 0, 0
			for _, m := range server.AllSent() {
				if m.Chat.ID == ann.ID && m.Text != "and that is all" {
					sent++
				}
			}
			for _, call := range server.Calls("sendMessage") {
				if call.Params["chat_id"] == "101" && call.Params["text"] != "and that is all" {
					calls++
				}
			}
			if sent != c.sent || calls != c.calls {
				t.Errorf("the reply arrived %d times in %d calls, want %d in %d", sent, calls, c.sent, c.calls)
			}
		})
	}
}

// TestHoldIsTheChatsOwn asks in two chats, one of which Telegram has slowed down. At the end its replies are tried at
// once.
func TestHoldIsTheChatsOwn(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{NoCheck: true})
	server.Fail(telegramtest.Fault{Method: "sendMessage", Chat: ann.ID, Code: 429, Description: "Too Many Requests: retry after 300", RetryAfter: 300})
	r := startWithoutHaste(t, server, telegram.Options{}, echo)
	for range 120 { // more than one poll brings
		server.Say(telegramtest.Said{From: ann, Text: "how long?"})
	}
	server.WaitCalls(t, "sendMessage", 1)
	for range 3 {
		server.Say(telegramtest.Said{From: bob, Text: "how long?"})
	}
	for range 3 {
		if sent := server.MustNext(t); sent.Chat.ID != bob.ID {
			t.Fatalf("got %v", sent)
		}
	}
	r.stop()
	if sent := server.MustNext(t); sent.Chat.ID != ann.ID {
		t.Errorf("got %v", sent)
	}
}

// TestEscalationOvertakes writes so much in a group that Telegram's budget for it is spent: answers wait, and an
// escalation does not.
func TestEscalationOvertakes(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{}, urgently)
	const questions = 30 // the budget of a burst is 10, and the rest would take two minutes
	for range questions {
		server.Say(telegramtest.Said{Chat: group, From: ann, Text: "/ask@faq_bot how much?"})
	}
	server.Say(telegramtest.Said{Chat: group, From: bob, Text: "/ask@faq_bot urgent"})
	for range questions {
		if strings.HasPrefix(server.MustNext(t).Text, "Call 112 now.") {
			return
		}
	}
	t.Error("the escalation has waited for all answers before it")
}

func TestMigration(t *testing.T) {
	t.Parallel()
	const old, now = -11, -1011
	for name, told := range map[string]bool{"told by a refusal": false, "told by a message": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			server.Group(old, "group")
			server.Promote(old, ann, false)
			ask := telegramtest.Said{Chat: old, From: ann, Text: "/reload@faq_bot"}
			if !told {
				server.Say(ask)
			}
			server.Migrate(old, now)
			start(t, server, telegram.Options{ModeratorChats: []int64{old}, NoLimits: true}, echo)
			if !told {
				if sent := server.MustNext(t); sent.Chat.ID != now {
					t.Errorf("got %v", sent)
				}
			}
			ask.Chat = now
			server.Say(ask)
			if sent := server.MustNext(t); sent.Chat.ID != now || !strings.Contains(sent.Text, "moderator") {
				t.Errorf("an administrator of the listed group, after its move: %v", sent)
			}
		})
	}
}

// TestDeletedQuestion answers although the question is gone.
func TestDeletedQuestion(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	asked := server.Say(telegramtest.Said{Chat: group, From: ann, Text: "/ask@faq_bot how long?"})
	server.Delete(group, asked.ID)
	start(t, server, telegram.Options{}, echo)
	if sent := server.MustNext(t); sent.ReplyTo != nil {
		t.Errorf("got %v", sent)
	}
}

// TestLongReply sends an escalation of its own length first and whole, and buttons last.
func TestLongReply(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	paragraph := strings.Repeat("Lie on your side, and put a pillow between your knees. ", 40) + "\n\n"
	start(t, server, telegram.Options{}, func(context.Context, bot.Message) bot.Reply {
		return bot.Reply{Outcome: bot.Answered, Escalation: "**Call 112 now.**", Text: strings.Repeat(paragraph, 3), Choices: []bot.Choice{{Label: "More", Token: "1"}}}
	})
	server.Say(telegramtest.Said{From: ann, Text: "how long?"})
	var all []telegramtest.Sent
	for range 3 {
		all = append(all, server.MustNext(t))
	}
	if !strings.HasPrefix(all[0].Text, "Call 112 now.") || len(all[0].Labels())+len(all[1].Labels()) > 0 || len(all[2].Labels()) != 1 {
		t.Errorf("got %v", all)
	}
}

// TestPanic is a core that fails: the bot goes on, and nothing of the message is logged.
func TestPanic(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	r := start(t, server, telegram.Options{}, func(ctx context.Context, m bot.Message) bot.Reply {
		if strings.Contains(m.Text, secret) {
			panic(m.Text)
		}
		return echo(ctx, m)
	})
	server.Say(telegramtest.Said{From: ann, Text: secret})
	server.Say(telegramtest.Said{From: ann, Text: "how long?"})
	if sent := server.MustNext(t); sent.Text != "text how long?" {
		t.Errorf("got %v", sent)
	}
	if !strings.Contains(r.log.String(), "panic") {
		t.Error("the log does not tell of the panic")
	}
}
