package telegram_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// Of the suite's pack.
const (
	emergency = "my son ate some berries"
	pinned    = "This may be poisoning."
	brief     = "Please call 112 now." // where others read along
)

// TestWatch answers emergencies in watched groups, as replies, and nothing else there.
func TestWatch(t *testing.T) {
	t.Parallel()
	const unwatched, channel = -1005, -1009
	cases := map[string]struct {
		said telegramtest.Said
		want bool
	}{
		"an emergency":                    {telegramtest.Said{Text: emergency}, true},
		"an emergency in a caption":       {telegramtest.Said{Text: emergency, Caption: true}, true},
		"an emergency in a topic":         {telegramtest.Said{Chat: forum, Text: emergency, Topic: 50}, true},
		"a command to another bot":        {telegramtest.Said{Text: "/note@other_bot " + emergency}, true},
		"a reply to somebody":             {telegramtest.Said{Text: emergency, ReplyTo: 1}, true},
		"an anonymous administrator":      {telegramtest.Said{Text: emergency, As: group}, true},
		"in a channel's name":             {telegramtest.Said{Text: emergency, As: channel}, true},
		"written before an outage":        {telegramtest.Said{Text: emergency, Ago: time.Hour}, true},
		"a question":                      {telegramtest.Said{Text: "when should I water tomatoes?"}, false},
		"a question from before":          {telegramtest.Said{Text: "when should I water tomatoes?", Ago: time.Hour}, false},
		"a specialist flag":               {telegramtest.Said{Text: "a rash that stays"}, false},
		"no words":                        {telegramtest.Said{Caption: true}, false},
		"in a group that is not watched":  {telegramtest.Said{Chat: unwatched, Text: emergency}, false},
		"another bot's":                   {telegramtest.Said{Text: emergency, From: telegramtest.User{ID: 301, IsBot: true, FirstName: "Other", Username: "other_bot"}}, false},
		"the bot's own":                   {telegramtest.Said{Text: emergency, From: telegramtest.User{ID: 4242, IsBot: true, FirstName: "FAQ", Username: telegramtest.BotName}}, false},
		"made by a bot's inline mode":     {telegramtest.Said{Text: emergency, Via: 301}, false},
		"forwarded from the channel":      {telegramtest.Said{Text: emergency, Forwarded: true}, false},
		"a group that became another one": {telegramtest.Said{Chat: -1012, Text: emergency}, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{ReadsAll: true})
			for _, id := range []int64{group, unwatched, -12} {
				server.Group(id, "supergroup")
			}
			server.Forum(forum, 50)
			server.Migrate(-12, -1012)
			start(t, server, telegram.Options{Watch: []int64{group, forum, -12}, NoLimits: true}, bottest.NewBot(t).Handle)
			if c.said.Chat == 0 {
				c.said.Chat = group
			}
			if c.said.From.ID == 0 {
				c.said.From = ann
			}
			server.Say(telegramtest.Said{Chat: group, From: bob, Text: "good morning"})
			said := server.Say(c.said)
			// In the order of a chat, the answer to what follows comes next if there was silence.
			server.Say(telegramtest.Said{Chat: c.said.Chat, From: bob, Text: "@faq_bot /about"})
			sent := server.MustNext(t)
			if !c.want {
				if !strings.HasPrefix(sent.Text, "I'm redpin") {
					t.Errorf("got %v", sent)
				}
				return
			}
			if sent.Text != brief || !slices.Equal(sent.Labels(), []string{readWhole}) {
				t.Errorf("got %v, want the pin alone", sent)
			}
			if sent.ReplyTo == nil || sent.ReplyTo.ID != said.ID || sent.ThreadID != said.ThreadID && said.IsTopic {
				t.Errorf("%v is no reply to message %d", sent, said.ID)
			}
		})
	}
}

// TestWatchQuiet tells nobody the same twice, but everybody once, and answers who asks directly.
func TestWatchQuiet(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{ReadsAll: true})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{Watch: []int64{group}, NoLimits: true}, bottest.NewBot(t).Handle)
	for i, step := range []struct {
		from telegramtest.User
		text string
		want bool
	}{
		{ann, emergency, true},
		{ann, emergency + ", what now?", false},
		{bob, emergency, true},
		{ann, "@faq_bot " + emergency, true},
	} {
		said := server.Say(telegramtest.Said{Chat: group, From: step.from, Text: step.text})
		marker := server.Say(telegramtest.Said{Chat: group, From: mod, Text: "@faq_bot /about"})
		replies := 0
		for {
			sent := server.MustNext(t)
			if sent.ReplyTo.ID == marker.ID {
				break
			}
			if sent.ReplyTo.ID == said.ID && sent.Text == brief {
				replies++
			}
		}
		if (replies == 1) != step.want || replies > 1 {
			t.Errorf("step %d got %d replies, want any: %v", i, replies, step.want)
		}
	}
}

// TestWatchEdited is an emergency that comes with an edit.
func TestWatchEdited(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{ReadsAll: true})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{Watch: []int64{group}, NoLimits: true}, bottest.NewBot(t).Handle)
	said := server.Say(telegramtest.Said{Chat: group, From: ann, Text: "my son ate some cake"})
	server.Edit(group, said.ID, emergency)
	sent := server.MustNext(t)
	if sent.Text != brief || sent.ReplyTo == nil || sent.ReplyTo.ID != said.ID {
		t.Errorf("got %v", sent)
	}
}

// TestFloodedEmergency asks so much that replies are dropped: an emergency among it is answered, watched or asked.
func TestFloodedEmergency(t *testing.T) {
	t.Parallel()
	for name, mention := range map[string]string{"watched": "", "asked": "@faq_bot "} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{ReadsAll: true, NoCheck: true})
			server.Group(group, "supergroup")
			r := start(t, server, telegram.Options{Watch: []int64{group}}, flagged)
			for range 130 { // the budget lets 10 pass, and 100 wait
				server.Say(telegramtest.Said{Chat: group, From: bob, Text: "@faq_bot how long?"})
			}
			r.waitLog(t, "a reply was dropped")
			server.Say(telegramtest.Said{Chat: group, From: ann, Text: mention + "fever"})
			for !strings.HasPrefix(server.MustNext(t).Text, "Call 112.") {
			}
		})
	}
}

// TestJoin logs the ids of the groups that the bot comes into, for the settings.
func TestJoin(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	r := start(t, server, telegram.Options{}, echo)
	server.WaitPolling(t) // which tells the kinds of updates that it wants
	server.Invite(group, "supergroup")
	r.waitLog(t, `"the bot was added to a chat" platform=telegram chat=-1001 title="Group -1001"`)
	server.Dismiss(group)
	r.waitLog(t, "the bot was taken out of a chat")
}

// TestWatchAtStart tells what will keep the bot from helping in a watched group.
func TestWatchAtStart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		readsAll, administers bool
		watch                 int64
		want                  string
	}{
		"privacy mode is off":               {true, false, group, "watching a group"},
		"privacy mode, but administrator":   {false, true, group, "watching a group"},
		"privacy mode":                      {false, false, group, "/setprivacy"},
		"a group that the bot is not in":    {true, false, -1077, "correct the id in TELEGRAM_WATCH"},
		"a group that has put the bot out":  {true, false, forum, "correct the id in TELEGRAM_WATCH"},
		"an id without the sign of a group": {true, false, 1001, "correct the id in TELEGRAM_WATCH"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{ReadsAll: c.readsAll})
			server.Group(group, "supergroup")
			server.Forum(forum)
			server.Kick(forum)
			if c.administers {
				server.Promote(group, server.Bot, false)
			}
			r := start(t, server, telegram.Options{Watch: []int64{c.watch}}, echo)
			r.waitLog(t, c.want)
		})
	}
}
