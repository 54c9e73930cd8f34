package telegram_test

import (
	"context"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// TestFeedback presses the buttons that call an answer helpful or not, some of them twice and after a restart. What
// comes of it is in the moderators' /status.
func TestFeedback(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	garden := bottest.NewBot(t)
	o := telegram.Options{Moderators: []int64{mod.ID}, NoLimits: true}
	r := start(t, server, o, garden.Handle)
	server.Say(telegramtest.Said{Chat: group, From: ann, Text: "@faq_bot when should I water tomatoes?"})
	answer := server.MustNext(t)
	rows := answer.ReplyMarkup.Rows
	pair := -1
	for i, row := range rows {
		if len(row) == 2 && row[0].Text == "Helpful" && row[1].Text == "Not helpful" {
			pair = i
		}
	}
	if pair < 0 {
		t.Fatalf("no row of two under %v", answer)
	}
	server.Press(group, answer.ID, ann, "Helpful")
	server.Press(group, answer.ID, bob, "Helpful")
	server.WaitCalls(t, "answerCallbackQuery", 2)
	r.stop()
	start(t, server, o, garden.Handle)
	server.Press(group, answer.ID, bob, "Helpful")
	server.Press(group, answer.ID, mod, "Not helpful")
	for i, call := range server.WaitCalls(t, "answerCallbackQuery", 4) {
		if words := call.Params["text"]; !strings.HasPrefix(words, "Thank you") || len([]rune(words)) > 200 {
			t.Errorf("press %d was answered with %q", i, words)
		}
	}
	server.Say(telegramtest.Said{From: mod, Text: "/status"})
	status := server.MustNext(t) // and nothing before it: thanks are no messages
	if status.Chat.ID != mod.ID || !strings.Contains(status.Text, "2 of 3") {
		t.Errorf("the status: %v", status)
	}
	server.Say(telegramtest.Said{From: bob, Text: "/status"})
	if sent := server.MustNext(t); strings.Contains(sent.Text, "2 of 3") {
		t.Errorf("the status that everybody gets: %v", sent)
	}
}

// TestPressAnswered shows what becomes of a press: words over the chat, or a message.
func TestPressAnswered(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply bot.Reply
		toast string
		sent  bool
	}{
		"a few words for one person":  {bot.Reply{Text: "Thank you, *Ann*.", Private: true}, "Thank you, Ann.", false},
		"many words for one person":   {bot.Reply{Text: strings.Repeat("word ", 50), Private: true}, "", true},
		"an escalation for one":       {bot.Reply{Escalation: "Call 112.", Private: true}, "", true},
		"words with a choice for one": {bot.Reply{Text: "Which?", Choices: []bot.Choice{{Label: "A", Token: "a"}}, Private: true}, "", true},
		"words for all":               {bot.Reply{Text: "An answer."}, "", true},
		"silence":                     {bot.Reply{}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			server.Know(ann)
			server.Know(bob)
			start(t, server, telegram.Options{NoLimits: true}, func(_ context.Context, m bot.Message) bot.Reply {
				if m.Choice == "" {
					return bot.Reply{Text: "marker"}
				}
				if m.Person != "telegram 101" {
					t.Errorf("the person is %q", m.Person)
				}
				return c.reply
			})
			server.PressOld(ann.ID, 1, ann, "1.y.abc.1")
			server.Say(telegramtest.Said{From: ann, Text: "and then"})
			sent := false
			for server.MustNext(t).Text != "marker" {
				sent = true
			}
			if call := server.WaitCalls(t, "answerCallbackQuery", 1)[0]; call.Params["text"] != c.toast || sent != c.sent {
				t.Errorf("answered with %q, and a message: %v; want %q, %v", call.Params["text"], sent, c.toast, c.sent)
			}
			server.Until(t, "the button stops spinning", server.Answered)
		})
	}
}
