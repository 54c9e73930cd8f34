package telegram

import (
	"context"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
	"github.com/redpin/redpin/knowledge"
)

// FuzzUpdate reads whatever a server may send, as an update and as HTML markup of what comes back.
func FuzzUpdate(f *testing.F) {
	for _, seed := range []string{
		`{"update_id":1,"message":{"message_id":2,"from":{"id":3},"date":4,"chat":{"id":3,"type":"private"},"text":"/ask@faq_bot x","entities":[{"type":"bot_command","offset":0,"length":12}]}}`,
		`{"update_id":1,"message":{"message_id":2,"from":{"id":3},"chat":{"id":-3,"type":"group"},"caption":"😀 @faq_bot","caption_entities":[{"type":"mention","offset":3,"length":8},{"type":"mention","offset":-1,"length":9223372036854775807}],"reply_to_message":{}}}`,
		`{"update_id":1,"callback_query":{"id":"x","from":{"id":3},"data":"1.e.a.1","message":{"message_id":2,"date":0,"chat":{"id":-3,"type":"supergroup"}}}}`,
		`{"update_id":9223372036854775807,"message":{"migrate_to_chat_id":-1,"sender_chat":{},"from":{"is_bot":true}}}`,
		`[]`, `null`, `{"update_id":null}`,
	} {
		f.Add([]byte(seed))
	}
	log := slog.New(slog.DiscardHandler)
	c, err := newClient(telegramtest.DefaultToken, "http://127.0.0.1:1")
	if err != nil {
		f.Fatal(err)
	}
	s := newSession(&Platform{client: c, log: log}, user{ID: 4242, Username: "faq_bot"}, nil, nil)
	f.Fuzz(func(t *testing.T, data []byte) {
		id, known := updateID(data)
		var u update
		if json.Unmarshal(data, &u) != nil {
			return
		}
		if known && u.ID != id {
			t.Errorf("the id is %d, and %d read alone", u.ID, id)
		}
		u.key()
		var in incoming
		ok := false
		switch {
		case u.Message != nil:
			in, ok = s.readMessage(context.Background(), u.Message)
		case u.Callback != nil:
			in, ok = s.readCallback(u.Callback)
		}
		if ok && in.to.chat == 0 && u.chat() != 0 {
			t.Error("a message without a place for its reply")
		}
		if ok && in.message.Moderator {
			t.Error("a moderator out of nothing")
		}
	})
}

// TestShippedPacks renders everything that the shipped packs can say, and holds it to what Telegram accepts.
func TestShippedPacks(t *testing.T) {
	base, err := knowledge.Load(knowledge.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range base.Packs {
		for _, e := range p.Entries {
			checkPages(t, render(bot.Reply{
				Answers:    []bot.Answer{{Title: e.Title, Body: e.Body, Page: 1, Pages: 1, Source: e.Source, Disclosure: p.Disclosure}},
				Disclaimer: p.Disclaimer,
			}))
		}
		for _, f := range p.RedFlags {
			checkPages(t, render(bot.Reply{Escalation: f.Brief}))
			if f.Level == knowledge.Emergency && f.Brief == "" {
				t.Errorf("the emergency %s has no text for groups", f.ID)
			}
			pages := render(bot.Reply{Escalation: f.Escalation})
			checkPages(t, pages)
			checkWords(t, bot.Reply{Escalation: f.Escalation}, pages)
			if len(pages) != 1 {
				t.Errorf("the escalation of %s takes %d messages", f.ID, len(pages))
			}
		}
	}
}

func TestAge(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for name, c := range map[string]struct {
		date int64
		want time.Duration
	}{
		"now":                           {now.Unix(), 0},
		"a clock that is ahead of ours": {now.Unix() + 3600, 0},
		"an hour old":                   {now.Unix() - 3600, time.Hour},
		"no date":                       {0, 0},
		"a date that means nothing":     {1441645532, 0},
	} {
		if got := (&message{Date: c.date}).age(now); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
