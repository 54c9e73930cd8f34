package telegram_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
	"github.com/redpin/redpin/knowledge"
)

const moderators = -1008 // their group

// flagged answers with the flags that the text names.
func flagged(_ context.Context, m bot.Message) bot.Reply {
	reply := bot.Reply{Outcome: bot.Answered, Text: "the answer"}
	if m.Watched {
		reply = bot.Reply{}
	}
	for _, f := range []bot.Flag{{ID: "fever", Level: knowledge.Emergency}, {ID: "leg-weakness", Level: knowledge.Emergency}, {ID: "rash", Level: knowledge.Specialist}} {
		if strings.Contains(m.Text, f.ID) {
			reply.Flags = append(reply.Flags, f)
			if f.Level == knowledge.Emergency {
				reply.Outcome, reply.Escalation = bot.Escalated, "Call 112."
			}
		}
	}
	return reply
}

// TestAlerts tells moderators which flag fired and where, and neither the words nor whose they are.
func TestAlerts(t *testing.T) {
	t.Parallel()
	const private, public, small, topics = -1001234567, -1007654321, -77, -1002222222
	for name, c := range map[string]struct {
		said telegramtest.Said
		want string // the alert, with % for the message's id, or empty
	}{
		"in private":                     {telegramtest.Said{Text: "fever " + secret}, "An emergency flag fired: fever, in a private chat"},
		"several, and a specialist flag": {telegramtest.Said{Text: "fever, leg-weakness, rash " + secret}, "Emergency flags fired: fever, leg-weakness, in a private chat"},
		"in a private group":             {telegramtest.Said{Chat: private, Text: "@faq_bot fever"}, "An emergency flag fired: fever, in The *Circle* @\u2060ann_asks: https://t.me/c/1234567/%"},
		"in a public group":              {telegramtest.Said{Chat: public, Text: "@faq_bot fever"}, "An emergency flag fired: fever, in Open House: https://t.me/open_house/%"},
		"in a topic":                     {telegramtest.Said{Chat: topics, Text: "@faq_bot fever", Topic: 50}, "An emergency flag fired: fever, in Group -1002222222: https://t.me/c/2222222/50/%"},
		"in a basic group":               {telegramtest.Said{Chat: small, Text: "@faq_bot fever"}, "An emergency flag fired: fever, in Group -77"},
		"of a bystander":                 {telegramtest.Said{Chat: public, Text: "fever " + secret}, "An emergency flag fired: fever, in Open House: https://t.me/open_house/%"},
		"a specialist flag":              {telegramtest.Said{Text: "rash " + secret}, ""},
		"no flag":                        {telegramtest.Said{Text: "all is well"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{ReadsAll: true})
			for _, id := range []int64{private, public, moderators} {
				server.Group(id, "supergroup")
			}
			server.Group(small, "group")
			server.Forum(topics, 50)
			server.Name(private, "The *Circle*\n@ann_asks", "")
			server.Name(public, "Open House", "open_house")
			start(t, server, telegram.Options{Watch: []int64{public}, Alerts: moderators}, flagged)
			c.said.From = ann
			said := server.Say(c.said)
			// The edit is not told anew: it brings no other escalation.
			server.Edit(said.Chat.ID, said.ID, c.said.Text+", and more")
			server.Say(telegramtest.Said{From: bob, Text: "leg-weakness"})
			want := []string{strings.Replace(c.want, "%", fmt.Sprint(said.ID), 1), "An emergency flag fired: leg-weakness, in a private chat"}
			if c.want == "" {
				want = want[1:]
			}
			var got []string
			server.Until(t, "the alerts", func() bool {
				got = nil
				for _, sent := range server.AllSent() {
					if sent.Chat.ID == moderators {
						got = append(got, sent.Text)
					}
				}
				return len(got) >= len(want)
			})
			// Of two chats, either may be first.
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			for _, sent := range server.AllSent() {
				for _, e := range sent.Entities {
					if e.Type == "mention" {
						t.Errorf("%v mentions somebody", sent)
					}
				}
			}
		})
	}
}

// TestAlertsFail is a chat for alerts that is closed, for a time or for good: replies go out all the same, and what
// is not told is in the log.
func TestAlertsFail(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault telegramtest.Fault
		log   string
	}{
		"for a time": {telegramtest.Fault{Code: 429, Description: "Too Many Requests: retry after 300", RetryAfter: 300}, "connected"},
		"for good":   {telegramtest.Fault{Code: 403, Description: "Forbidden: bot was kicked from the supergroup chat"}, "moderators were not told"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			server.Group(moderators, "supergroup")
			c.fault.Method, c.fault.Chat, c.fault.Times = "sendMessage", moderators, -1
			server.Fail(c.fault)
			r := start(t, server, telegram.Options{Alerts: moderators}, flagged)
			for range 3 {
				server.Say(telegramtest.Said{From: ann, Text: "fever"})
				if sent := server.MustNext(t); sent.Chat.ID != ann.ID || !strings.HasPrefix(sent.Text, "Call 112.") {
					t.Errorf("got %v", sent)
				}
			}
			r.waitLog(t, c.log)
		})
	}
}

// TestAlertsAtStart tells whether alerts will arrive.
func TestAlertsAtStart(t *testing.T) {
	t.Parallel()
	const fine, muted, kicked, news = -1001, -1002, -1003, -1004
	for name, c := range map[string]struct {
		alerts int64
		want   string
	}{
		"a group":                           {fine, "moderators are told"},
		"a moderator's private chat":        {mod.ID, "moderators are told"},
		"somebody who never pressed Start":  {ann.ID, "press Start"},
		"a group that is none":              {-1099, "correct the id in TELEGRAM_ALERTS"},
		"a group where only some may write": {muted, "cannot be written to"},
		"a group that has put the bot out":  {kicked, "cannot be written to"},
		"a channel that the bot reads":      {news, "cannot be written to"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			for _, id := range []int64{fine, muted, kicked} {
				server.Group(id, "supergroup")
			}
			server.Group(news, "channel")
			server.Mute(muted)
			server.Kick(kicked)
			server.Know(mod)
			start(t, server, telegram.Options{Alerts: c.alerts}, echo).waitLog(t, c.want)
		})
	}
}
