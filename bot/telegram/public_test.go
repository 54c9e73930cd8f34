package telegram_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// readWhole is on the button that leads to the whole escalation.
const readWhole = "Read more in private"

// TestShortInGroups says in a group what to do and not what was noticed, and the rest where nobody reads along.
func TestShortInGroups(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{NoLimits: true}, bottest.NewBot(t).Handle)

	said := server.Say(telegramtest.Said{Chat: group, From: ann, Text: "@faq_bot " + emergency})
	inGroup := server.MustNext(t)
	if inGroup.Text != brief || inGroup.ReplyTo == nil || inGroup.ReplyTo.ID != said.ID {
		t.Errorf("in the group: %v", inGroup)
	}
	words, isLink := strings.CutPrefix(address(inGroup.Message, readWhole), "https://t.me/faq_bot?start=")
	if !isLink {
		t.Fatalf("%v leads nowhere", inGroup)
	}
	server.Say(telegramtest.Said{From: ann, Text: "/start " + words})
	if sent := server.MustNext(t); sent.Chat.ID != ann.ID || !strings.HasPrefix(sent.Text, pinned) {
		t.Errorf("in private, by the link: %v", sent)
	}
	server.Say(telegramtest.Said{From: ann, Text: emergency})
	if sent := server.MustNext(t); !strings.HasPrefix(sent.Text, pinned) || len(sent.Labels()) > 0 {
		t.Errorf("in private, at once: %v", sent)
	}
}

// TestShortOrWhole shows when a group's escalation is short.
func TestShortOrWhole(t *testing.T) {
	t.Parallel()
	whole := bot.Choice{Label: "Read more", Token: "1.f.abcd.1"}
	reply := bot.Reply{Outcome: bot.Escalated, Escalation: "Fever with back pain: call 112.", Brief: "Please call 112.", Whole: whole}
	change := func(f func(*bot.Reply)) bot.Reply {
		r := reply
		f(&r)
		return r
	}
	answer := bot.Answer{Title: "How?", Token: "1.e.abc.1", Body: "So.", Page: 1, Pages: 1}
	for name, c := range map[string]struct {
		reply bot.Reply
		want  string
		rows  []string
	}{
		"short":                   {reply, "Please call 112.", []string{"Read more"}},
		"no short form":           {change(func(r *bot.Reply) { r.Brief = "" }), "Fever", nil},
		"no way to the whole":     {change(func(r *bot.Reply) { r.Whole = bot.Choice{} }), "Fever", nil},
		"a way that fits no link": {change(func(r *bot.Reply) { r.Whole.Token = strings.Repeat("-", 40) }), "Fever", nil},
		"above an answer": {change(func(r *bot.Reply) {
			r.Answers, r.Choices = []bot.Answer{answer}, []bot.Choice{{Label: "Related", Token: "1.e.x.1"}}
		}), "Please call 112.", []string{"Read more", "Open the answer in a private chat"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			server.Group(group, "supergroup")
			start(t, server, telegram.Options{NoLimits: true}, func(context.Context, bot.Message) bot.Reply { return c.reply })
			server.Say(telegramtest.Said{Chat: group, From: ann, Text: "@faq_bot how?"})
			if sent := server.MustNext(t); !strings.HasPrefix(sent.Text, c.want) || strings.Contains(sent.Text, "So.") || !slices.Equal(sent.Labels(), c.rows) {
				t.Errorf("in the group: %v, want %q %q", sent, c.want, c.rows)
			}
			server.Say(telegramtest.Said{From: ann, Text: "how?"})
			if sent := server.MustNext(t); !strings.HasPrefix(sent.Text, "Fever") {
				t.Errorf("in private: %v", sent)
			}
		})
	}
}
