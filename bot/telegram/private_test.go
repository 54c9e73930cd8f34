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

const openPrivate = "Open in a private chat"

// address is where a button of the bot's message leads, or empty.
func address(m telegramtest.Message, label string) string {
	if m.ReplyMarkup != nil {
		for _, row := range m.ReplyMarkup.Rows {
			for _, b := range row {
				if b.Text == label {
					return b.URL
				}
			}
		}
	}
	return ""
}

// TestOpenInPrivate takes an answer from a group to a private chat.
func TestOpenInPrivate(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{NoLimits: true}, bottest.NewBot(t).Handle)

	server.Say(telegramtest.Said{Chat: group, From: ann, Text: "@faq_bot when should I water tomatoes?"})
	inGroup := server.MustNext(t)
	link := address(inGroup.Message, openPrivate)
	words, isLink := strings.CutPrefix(link, "https://t.me/faq_bot?start=")
	if !isLink {
		t.Fatalf("%v leads to %q", inGroup, link)
	}
	server.Say(telegramtest.Said{From: bob, Text: "/start " + words})
	inPrivate := server.MustNext(t)
	if inPrivate.Chat.ID != bob.ID || inPrivate.Text != inGroup.Text {
		t.Errorf("in private: %v, want %v", inPrivate, inGroup)
	}
	if address(inPrivate.Message, openPrivate) != "" {
		t.Errorf("the private chat leads to itself: %v", inPrivate)
	}
	server.Say(telegramtest.Said{From: bob, Text: "/start 1--e--gone--1"})
	if sent := server.MustNext(t); !strings.Contains(sent.Text, "/topics") {
		t.Errorf("an entry that is gone: %v", sent)
	}
	server.Say(telegramtest.Said{From: bob, Text: "/start " + emergency})
	if sent := server.MustNext(t); !strings.HasPrefix(sent.Text, pinned) {
		t.Errorf("an emergency after /start: %v", sent)
	}
}

// TestPrivateChoice presses, in a group, what is for one person, who has not written to the bot yet: a link leads there.
func TestPrivateChoice(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{NoLimits: true}, func(_ context.Context, m bot.Message) bot.Reply {
		if m.Choice == "" {
			return bot.Reply{Text: "Here.", Choices: []bot.Choice{{Label: "All of it", Token: "1.f.abcd.1"}}}
		}
		return bot.Reply{Escalation: "Call 112.", Private: true}
	})
	server.Say(telegramtest.Said{Chat: group, From: ann, Text: "@faq_bot how?"})
	server.Press(group, server.MustNext(t).ID, bob, "All of it")
	sent := server.MustNext(t)
	if sent.Chat.ID != group || strings.Contains(sent.Text, "112") || len(sent.Entities) != 1 || sent.Entities[0].URL != "https://t.me/faq_bot?start=1--f--abcd--1" {
		t.Errorf("in the group: %v %v", sent, sent.Entities)
	}
	server.Say(telegramtest.Said{From: bob, Text: "/start 1--f--abcd--1"})
	if sent := server.MustNext(t); sent.Chat.ID != bob.ID || sent.Text != "Call 112." {
		t.Errorf("in private: %v", sent)
	}
}

// TestPrivateButton shows which of a group's replies lead to a private chat.
func TestPrivateButton(t *testing.T) {
	t.Parallel()
	answer := bot.Answer{Title: "How?", Token: "1.e.abc.1", Body: "So.", Page: 1, Pages: 1}
	foreign := answer
	foreign.Token = "what is this"
	for name, c := range map[string]struct {
		reply bot.Reply
		want  bool
	}{
		"an answer":                      {bot.Reply{Outcome: bot.Answered, Answers: []bot.Answer{answer}}, true},
		"an answer below an escalation":  {bot.Reply{Outcome: bot.Answered, Escalation: "Call 112.", Answers: []bot.Answer{answer}}, true},
		"two answers":                    {bot.Reply{Outcome: bot.Answered, Answers: []bot.Answer{answer, answer}}, false},
		"a token that fits no link":      {bot.Reply{Outcome: bot.Answered, Answers: []bot.Answer{foreign}}, false},
		"no answer":                      {bot.Reply{Outcome: bot.Abstained, Text: "I don't know."}, false},
		"an escalation and nothing else": {bot.Reply{Outcome: bot.Escalated, Escalation: "Call 112."}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			server.Group(group, "supergroup")
			start(t, server, telegram.Options{NoLimits: true}, func(context.Context, bot.Message) bot.Reply { return c.reply })
			asked := server.Say(telegramtest.Said{Chat: group, From: ann, Text: "@faq_bot how?"})
			sent := server.MustNext(t)
			if got := address(sent.Message, openPrivate) != ""; got != c.want {
				t.Errorf("%v leads to a private chat: %v, want %v", sent, got, c.want)
			}
			if sent.ReplyTo == nil || sent.ReplyTo.ID != asked.ID {
				t.Errorf("%v is no reply to the message", sent)
			}
		})
	}
}
