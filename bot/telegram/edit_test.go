package telegram_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// urgently answers words, and escalates where they hold "urgent".
func urgently(_ context.Context, m bot.Message) bot.Reply {
	r := bot.Reply{Outcome: bot.Answered, Text: "about " + m.Text}
	if m.Command == "reload" {
		r.Text = "reloaded"
	}
	if strings.Contains(m.Text, "urgent") {
		r.Escalation = "**Call 112 now.**"
	}
	if strings.Contains(m.Text, "long") {
		r.Text = strings.Repeat("word ", 1500)
	}
	return r
}

func TestEdits(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		first, second string
		edited        bool   // the answer is edited
		want          string // what the bot's next message begins with, or "" for none
	}{
		"other words":              {"how much?", "how often?", true, "about how often?"},
		"the same words":           {"how much?", "how much?", false, ""},
		"the mention, forgotten":   {"group: how much?", "@faq_bot how much?", false, "about how much?"},
		"still no mention":         {"group: how much?", "how often?", false, ""},
		"a mention, taken away":    {"group: @faq_bot how much?", "how much?", false, ""},
		"now it is urgent":         {"how much?", "how much? urgent", false, "Call 112 now."},
		"still as urgent":          {"urgent", "urgent, and more", true, "Call 112 now."},
		"no longer urgent":         {"urgent", "all is well", false, "about all is well"},
		"a reload is not repeated": {"/reload", "/reload now", false, ""},
		"an answer that is long":   {"a long story", "a short story", false, "about a short story"},
		"becomes long":             {"a short story", "a long story", false, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{ReadsAll: true})
			server.Group(group, "supergroup")
			start(t, server, telegram.Options{NoLimits: true}, urgently)
			said := telegramtest.Said{From: ann, Text: c.first}
			if words, inGroup := strings.CutPrefix(c.first, "group: "); inGroup {
				said.Chat, said.Text = group, words
			}
			asked := server.Say(said)
			server.Say(telegramtest.Said{Chat: said.Chat, From: ann, Text: "/help@faq_bot"}) // answered after it
			for server.MustNext(t).Text != "about" {
			}
			server.Edit(asked.Chat.ID, asked.ID, c.second)
			server.Say(telegramtest.Said{Chat: said.Chat, From: ann, Text: "/help@faq_bot"})
			got := server.MustNext(t)
			if got.Text == "about" {
				got = telegramtest.Sent{}
			}
			if !strings.HasPrefix(got.Text, c.want) || (got.Text == "") != (c.want == "") || got.Edited != c.edited {
				t.Errorf("got %v (edited: %v), want %q (edited: %v)", got, got.Edited, c.want, c.edited)
			}
		})
	}
}

// TestEditAfterRestart is an edit of a question whose answer the bot does not remember: a fresh one is answered, an
// old one is not.
func TestEditAfterRestart(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{Second: 20 * time.Millisecond})
	fresh := server.Say(telegramtest.Said{From: ann, Text: "how much?"})
	old := server.Say(telegramtest.Said{From: bob, Text: "how much?", Ago: time.Hour})
	r := startWithoutHaste(t, server, telegram.Options{NoLimits: true}, urgently)
	server.WaitSent(t, 2)
	r.stop()
	start(t, server, telegram.Options{NoLimits: true}, urgently)
	server.Edit(bob.ID, old.ID, "how often?")
	server.Say(telegramtest.Said{From: bob, Text: "and now?"})
	server.Edit(ann.ID, fresh.ID, "how often?")
	got := map[int64]string{}
	for _, sent := range server.WaitSent(t, 4)[2:] {
		got[sent.Chat.ID] = sent.Text
	}
	if got[ann.ID] != "about how often?" || got[bob.ID] != "about and now?" {
		t.Errorf("got %v", got)
	}
}
