package telegram_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// TestAddressed shows what the core is given of a message, if anything, and that privacy mode changes nothing of it.
// The core echoes; a message for which it is not called is answered by nobody.
func TestAddressed(t *testing.T) {
	t.Parallel()
	channel := int64(-1009)
	bot := telegramtest.User{ID: 301, IsBot: true, FirstName: "Other", Username: "other_bot"}
	cases := []struct {
		name string
		said telegramtest.Said
		want string // the echo, or "" for silence
	}{
		{"words in private", telegramtest.Said{Text: "how long?"}, "text how long?"},
		{"a command in private", telegramtest.Said{Text: "/ask how long?"}, "command ask, text how long?"},
		{"a command with a new line", telegramtest.Said{Text: "/ask\nhow long?"}, "command ask, text how long?"},
		{"a command in capitals", telegramtest.Said{Text: "/TOPICS"}, "command topics"},
		{"an unknown command in private", telegramtest.Said{Text: "/weather"}, "command weather"},
		{"a command in the middle is words", telegramtest.Said{Text: "what does /ask do"}, "text what does /ask do"},
		{"start is help", telegramtest.Said{Text: "/start"}, "command help"},
		{"start with a payload that nobody knows", telegramtest.Said{Text: "/start from-a-friend"}, "command help, text from-a-friend"},
		{"start with an entry", telegramtest.Said{Text: "/start 1--e--a-_c--2"}, "choice 1.e.a-c.2"},
		{"a caption in private", telegramtest.Said{Text: "/ask is this right?", Caption: true}, "command ask, text is this right?"},
		{"a picture without words", telegramtest.Said{Caption: true}, "nothing"},
		{"a picture without words in a group", telegramtest.Said{Chat: group, Caption: true}, ""},
		{"entities that lie", telegramtest.Said{Text: "hi 😀", Entities: []telegramtest.Entity{{Type: "bot_command", Offset: 0, Length: 99}, {Type: "mention", Offset: -5, Length: 3}, {Type: "bot_command", Length: 0}}}, "text hi 😀"},

		{"words in a group", telegramtest.Said{Chat: group, Text: "how long?"}, ""},
		{"a mention", telegramtest.Said{Chat: group, Text: "@faq_bot how long?"}, "text how long?"},
		{"a mention after emoji, in capitals", telegramtest.Said{Chat: group, Text: "😀😀 @FAQ_Bot, how long?"}, "text 😀😀 , how long?"},
		{"a mention at the end", telegramtest.Said{Chat: group, Text: "how long, @faq_bot"}, "text how long,"},
		{"a mention and nothing else", telegramtest.Said{Chat: group, Text: "@faq_bot"}, "nothing"},
		{"a mention in a caption", telegramtest.Said{Chat: group, Text: "@faq_bot is this right?", Caption: true}, "text is this right?"},
		{"a mention by name without a username", telegramtest.Said{Chat: group, Text: "FAQ how long?", Entities: []telegramtest.Entity{{Type: "text_mention", Length: 3, User: &telegramtest.User{ID: 4242, IsBot: true, FirstName: "FAQ"}}}}, "text how long?"},
		{"another's name that begins alike", telegramtest.Said{Chat: group, Text: "@faq_botanist how long?"}, ""},
		{"the name in an address", telegramtest.Said{Chat: group, Text: "see https://e.org/@faq_bot"}, ""},
		{"the name in a mail address", telegramtest.Said{Chat: group, Text: "mail@faq_bot.org"}, ""},
		{"a command for us", telegramtest.Said{Chat: group, Text: "/ask@FAQ_bot how long?"}, "command ask, text how long?"},
		{"a command for another bot", telegramtest.Said{Chat: group, Text: "/ask@other_bot how long?"}, ""},
		{"a command for another bot that mentions us", telegramtest.Said{Chat: group, Text: "/ask@other_bot @faq_bot how long?"}, ""},
		{"a command for nobody that we know", telegramtest.Said{Chat: group, Text: "/topics"}, "command topics"},
		{"a command for nobody that we do not know", telegramtest.Said{Chat: group, Text: "/weather"}, ""},
		{"a command for us that we do not know", telegramtest.Said{Chat: group, Text: "/weather@faq_bot"}, "command weather"},
		{"a mention before a command", telegramtest.Said{Chat: group, Text: "@faq_bot /ask how long?"}, "command ask, text how long?"},
		{"a mention within a command", telegramtest.Said{Chat: group, Text: "/ask @faq_bot how long?"}, "command ask, text how long?"},
		{"start in a group, with a payload", telegramtest.Said{Chat: group, Text: "/start@faq_bot hello"}, "command help, text hello"},

		{"another bot", telegramtest.Said{Chat: group, From: bot, Text: "@faq_bot how long?"}, ""},
		{"a message of another bot's inline mode", telegramtest.Said{Chat: group, Text: "@faq_bot how long?", Via: 55}, ""},
		{"a message of our own inline mode", telegramtest.Said{Text: "Call 112 now.", Via: 4242}, ""},
		{"a post that Telegram forwards from the channel", telegramtest.Said{Chat: group, Text: "@faq_bot how long?", As: channel, Forwarded: true}, ""},
		{"an anonymous administrator", telegramtest.Said{Chat: group, Text: "@faq_bot how long?", As: group}, "text how long?"},
		{"somebody in a channel's name", telegramtest.Said{Chat: group, Text: "@faq_bot how long?", As: channel}, "text how long?"},
		{"every message of a topic that the bot made", telegramtest.Said{Chat: forum, Text: "how long?", Topic: 50}, ""},
	}
	for mode, readsAll := range map[string]bool{"privacy mode": false, "no privacy mode": true} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{ReadsAll: readsAll})
			server.Group(group, "supergroup")
			server.Forum(forum, 50)
			start(t, server, telegram.Options{NoLimits: true}, echo)
			for _, c := range cases {
				t.Run(c.name, func(t *testing.T) {
					if c.said.From.ID == 0 {
						c.said.From = ann
					}
					server.Say(c.said)
					// In the order of a chat, the answer to what follows comes next if there was silence.
					marker := telegramtest.Said{Chat: c.said.Chat, From: ann, Text: "/ask@faq_bot marker", Topic: c.said.Topic}
					const markerEcho = "command ask, text marker"
					server.Say(marker)
					got := server.MustNext(t).Text
					if got == markerEcho {
						got = ""
					} else if next := server.MustNext(t).Text; next != markerEcho {
						t.Errorf("a second answer: %q", next)
					}
					if got != c.want {
						t.Errorf("the core got %q, want %q", got, c.want)
					}
				})
			}
		})
	}
}

func TestReplyToTheBot(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{NoLimits: true}, echo)
	server.Say(telegramtest.Said{Chat: group, From: ann, Text: "@faq_bot how long?"})
	first := server.MustNext(t)
	answer := server.Say(telegramtest.Said{Chat: group, From: bob, Text: "and at night?", ReplyTo: first.ID})
	second := server.MustNext(t)
	if second.Text != "text and at night?" || second.ReplyTo == nil || second.ReplyTo.ID != answer.ID {
		t.Errorf("got %v", second)
	}
	server.Say(telegramtest.Said{Chat: group, From: ann, Text: "thanks Bob", ReplyTo: answer.ID})
	if sent, any := server.Next(200 * time.Millisecond); any {
		t.Errorf("a reply to a person was answered: %v", sent)
	}
}

// TestPlace shows where answers go: to the question in groups, and into the topic in forums.
func TestPlace(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		said    telegramtest.Said
		thread  int
		isReply bool
	}{
		"private":                        {telegramtest.Said{Text: "/help"}, 0, false},
		"group":                          {telegramtest.Said{Chat: group, Text: "/help"}, 0, true},
		"a topic":                        {telegramtest.Said{Chat: forum, Text: "/help", Topic: 50}, 50, true},
		"the topic General":              {telegramtest.Said{Chat: forum, Text: "/help"}, 0, true},
		"a thread that is none, a reply": {telegramtest.Said{Chat: group, Text: "/help", ReplyTo: 1}, 0, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			server.Group(group, "supergroup")
			server.Forum(forum, 50)
			start(t, server, telegram.Options{NoLimits: true}, echo)
			server.Say(telegramtest.Said{Chat: group, From: bob, Text: "good morning"})
			c.said.From = ann
			asked := server.Say(c.said)
			sent := server.MustNext(t)
			if sent.Chat.ID != asked.Chat.ID || sent.ThreadID != c.thread {
				t.Errorf("sent to chat %d, thread %d; want %d, %d", sent.Chat.ID, sent.ThreadID, asked.Chat.ID, c.thread)
			}
			if got := sent.ReplyTo != nil && sent.ReplyTo.ID == asked.ID; got != c.isReply {
				t.Errorf("is a reply to the question: %v, want %v", got, c.isReply)
			}
		})
	}
}

func TestButtons(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	server.Forum(forum, 50)
	start(t, server, telegram.Options{NoLimits: true}, echo)

	server.Say(telegramtest.Said{From: ann, Text: "how long?"})
	asked := server.MustNext(t)
	server.Press(ann.ID, asked.ID, ann, "More")
	if sent := server.MustNext(t); sent.Text != "choice 1.e.abc.2" || sent.ReplyTo != nil {
		t.Errorf("in private: %v", sent)
	}
	server.Say(telegramtest.Said{Chat: forum, From: ann, Text: "/help", Topic: 50})
	asked = server.MustNext(t)
	server.Press(forum, asked.ID, bob, "More")
	if sent := server.MustNext(t); sent.Text != "choice 1.e.abc.2" || sent.ThreadID != 50 || sent.ReplyTo == nil || sent.ReplyTo.ID != asked.ID {
		t.Errorf("in a topic: %v", sent)
	}
	// A message that can no longer be read, foreign data, and a message of inline mode.
	server.PressOld(ann.ID, 1, ann, "1.e.old.1")
	if sent := server.MustNext(t); sent.Text != "choice 1.e.old.1" {
		t.Errorf("under an old message: %v", sent)
	}
	server.PressOld(ann.ID, 1, ann, strings.Repeat("\x00ä", 30))
	server.MustNext(t)
	server.PressOld(0, 0, ann, "1.e.abc.1")
	if sent, any := server.Next(200 * time.Millisecond); any {
		t.Errorf("a press without a chat was answered: %v", sent)
	}
	server.WaitCalls(t, "answerCallbackQuery", 5)
	server.Until(t, "all buttons stop spinning", server.Answered)
}

// TestButtonOfSilence is pressed for an answer of the core that shows nothing: it must stop spinning all the same.
func TestButtonOfSilence(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Know(ann)
	start(t, server, telegram.Options{}, func(context.Context, bot.Message) bot.Reply { panic("at the disco, with " + secret) })
	server.PressOld(ann.ID, 1, ann, "1.e.abc.1")
	server.WaitCalls(t, "answerCallbackQuery", 1)
	server.Until(t, "the button stops spinning", server.Answered)
}

func TestModerators(t *testing.T) {
	t.Parallel()
	const listed, strangers, channel = -1001, -1003, -1009
	cases := map[string]struct {
		said telegramtest.Said
		want bool
	}{
		"a listed user in private":                {telegramtest.Said{From: mod}, true},
		"a listed user in a strangers' group":     {telegramtest.Said{From: mod, Chat: strangers}, true},
		"anybody in private":                      {telegramtest.Said{From: bob}, false},
		"an administrator in a listed group":      {telegramtest.Said{From: ann, Chat: listed}, true},
		"an administrator of it, but in private":  {telegramtest.Said{From: ann}, false},
		"an administrator in a strangers' group":  {telegramtest.Said{From: bob, Chat: strangers}, false},
		"a member of a listed group":              {telegramtest.Said{From: bob, Chat: listed}, false},
		"an anonymous administrator":              {telegramtest.Said{From: bob, Chat: listed, As: listed}, true},
		"an anonymous administrator of strangers": {telegramtest.Said{From: bob, Chat: strangers, As: strangers}, false},
		"somebody in a channel's name":            {telegramtest.Said{From: bob, Chat: listed, As: channel}, false},
		"a listed user in a channel's name":       {telegramtest.Said{From: mod, Chat: listed, As: channel}, false},
	}
	server := telegramtest.New(t, telegramtest.Options{ReadsAll: true})
	server.Group(listed, "supergroup")
	server.Group(strangers, "supergroup")
	server.Promote(listed, ann, false)
	server.Promote(strangers, bob, false)
	start(t, server, telegram.Options{Moderators: []int64{mod.ID}, ModeratorChats: []int64{listed}, NoLimits: true}, echo)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.said.Text = "/reload"
			server.Say(c.said)
			sent := server.MustNext(t)
			if got := strings.Contains(sent.Text, "moderator"); got != c.want {
				t.Errorf("may reload: %v, want %v", got, c.want)
			}
		})
	}
	if n := len(server.Calls("getChatAdministrators")); n != 1 {
		t.Errorf("the administrators were asked for %d times, want once for all", n)
	}
}

// TestModeratorsUnknown makes the list of administrators unreadable: nobody may reload then.
func TestModeratorsUnknown(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	server.Promote(group, ann, false)
	server.Fail(telegramtest.Fault{Method: "getChatAdministrators", Code: 400, Description: "Bad Request: member list is inaccessible"})
	start(t, server, telegram.Options{ModeratorChats: []int64{group}, NoLimits: true}, echo)
	for _, want := range []bool{false, true} {
		server.Say(telegramtest.Said{Chat: group, From: ann, Text: "/reload"})
		if got := strings.Contains(server.MustNext(t).Text, "moderator"); got != want {
			t.Errorf("may reload: %v, want %v", got, want)
		}
	}
}

// TestPrivateReply sends what is for one person to their private chat, or asks them to open one.
func TestPrivateReply(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Group(group, "supergroup")
	start(t, server, telegram.Options{NoLimits: true}, func(context.Context, bot.Message) bot.Reply {
		return bot.Reply{Outcome: bot.Commanded, Text: "42 entries", Private: true}
	})
	reload := telegramtest.Said{Chat: group, From: ann, Text: "/reload"}

	server.Say(reload)
	sent := server.MustNext(t)
	if sent.Chat.ID != group || strings.Contains(sent.Text, "42") || !strings.Contains(sent.Text, "private chat") {
		t.Errorf("to somebody who never wrote to the bot: %v", sent)
	}
	server.Know(ann)
	server.Say(reload)
	if sent := server.MustNext(t); sent.Chat.ID != ann.ID || sent.Text != "42 entries" {
		t.Errorf("to somebody who did: %v", sent)
	}
	server.Block(ann)
	server.Say(reload)
	if sent := server.MustNext(t); sent.Chat.ID != group || strings.Contains(sent.Text, "42") {
		t.Errorf("to somebody who blocked the bot: %v", sent)
	}
	server.Say(telegramtest.Said{Chat: group, From: ann, Text: "/reload", As: group})
	if sent := server.MustNext(t); sent.Chat.ID != group || strings.Contains(sent.Text, "42") {
		t.Errorf("to an anonymous administrator: %v", sent)
	}
	server.Say(telegramtest.Said{From: bob, Text: "/reload"})
	if sent := server.MustNext(t); sent.Chat.ID != bob.ID || sent.Text != "42 entries" {
		t.Errorf("in a private chat: %v", sent)
	}
}

// TestOldQuestions are from before an outage: they get one line for each chat, and an escalation if there is one.
func TestOldQuestions(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	old := 20 * time.Minute
	server.Say(telegramtest.Said{From: ann, Text: "how long?", Ago: old})
	server.Say(telegramtest.Said{From: ann, Text: "and at night?", Ago: old})
	server.Say(telegramtest.Said{From: ann, Text: "urgent", Ago: old})
	server.Say(telegramtest.Said{From: ann, Text: "and now?"})
	server.Say(telegramtest.Said{From: ann, Text: "from a clock that stands still", Ago: 10 * 365 * 24 * time.Hour})
	start(t, server, telegram.Options{NoLimits: true}, func(_ context.Context, m bot.Message) bot.Reply {
		r := bot.Reply{Outcome: bot.Answered, Text: "about " + m.Text}
		if m.Text == "urgent" {
			r.Escalation = "**Call 112 now.**"
		}
		return r
	})
	var got []string
	for range 4 {
		got = append(got, server.MustNext(t).Text)
	}
	slices.Sort(got) // an escalation does not wait for its turn
	for i, want := range []string{"Call 112 now.", "I was offline", "about and now?", "about from a clock"} {
		if !strings.HasPrefix(got[i], want) {
			t.Errorf("got %q, want %q", got[i], want)
		}
	}
	if sent, any := server.Next(100 * time.Millisecond); any {
		t.Errorf("an old question was answered: %v", sent)
	}
}

func TestMenus(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	r := start(t, server, telegram.Options{}, echo)
	has := func(scope, name string) bool {
		for _, c := range server.Menu(scope) {
			if c.Command == name && c.Description != "" {
				return true
			}
		}
		return false
	}
	const menus = 2 * 7 // for two scopes, in six languages and one for the rest
	server.Until(t, "all menus", func() bool { return server.Menu("") != nil && server.Menu("all_chat_administrators pt") != nil })
	for _, c := range bot.Commands() {
		for _, language := range []string{"", " de", " fr"} {
			everybody, administrators := strings.TrimSpace(language), "all_chat_administrators"+language
			if has(everybody, c.Name) == c.Moderator || !has(administrators, c.Name) {
				t.Errorf("/%s%s: in everybody's menu %v, in the administrators' %v", c.Name, language, has(everybody, c.Name), has(administrators, c.Name))
			}
		}
	}
	if menu := server.Menu("de"); menu[0].Command != "ask" || menu[0].Description != "Eine Frage stellen" {
		t.Errorf("the German menu begins with %v", menu[0])
	}
	server.WaitCalls(t, "setMyCommands", menus)
	r.stop()
	described := len(server.Calls("getMyDescription"))
	start(t, server, telegram.Options{}, echo)
	server.WaitCalls(t, "getMyCommands", 2*menus)
	server.WaitCalls(t, "getMyDescription", described+1) // after the menus
	if n := len(server.Calls("setMyCommands")); n != menus {
		t.Errorf("menus were set %d times, want once each", n)
	}
}

// TestDescriptions describes the bot to those who do not know it, and leaves its owner's words as they are.
func TestDescriptions(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Describe("short_description", "the owner's words")
	start(t, server, telegram.Options{}, echo)
	server.Until(t, "a description", func() bool { return server.Description("description") != "" })
	server.WaitCalls(t, "getMyShortDescription", 1)
	server.Say(telegramtest.Said{From: ann, Text: "so that some time passes"})
	server.MustNext(t)
	if got := server.Description("short_description"); got != "the owner's words" {
		t.Errorf("the short description became %q", got)
	}
}

// TestMenusRefused is a server that fails at menus, with an answer that is not the Bot API's.
func TestMenusRefused(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Fail(telegramtest.Fault{Method: "setMyCommands", Times: -1, Status: 500, Body: "Internal Server Error"})
	start(t, server, telegram.Options{}, echo)
	server.WaitCalls(t, "setMyCommands", 2)
	server.Say(telegramtest.Said{From: ann, Text: "how long?"})
	if sent := server.MustNext(t); sent.Text != "text how long?" {
		t.Errorf("got %v", sent)
	}
}
