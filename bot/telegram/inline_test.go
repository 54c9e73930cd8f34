package telegram_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// TestInline types words after the bot's name and looks at what is offered.
func TestInline(t *testing.T) {
	t.Parallel()
	answer := func(title string) bot.Answer {
		return bot.Answer{Title: title, Body: "Lie on your **side**.", Page: 1, Pages: 1}
	}
	replies := map[string]bot.Reply{
		"position":  {Outcome: bot.Answered, Answers: []bot.Answer{answer("Which position?")}, Choices: []bot.Choice{{Label: "More", Token: "1"}}},
		"pos":       {Outcome: bot.Suggested, Text: "Did you mean", Choices: []bot.Choice{{Label: "A", Token: "a"}, {Label: "B", Token: "b"}, {Label: "gone", Token: "c"}}},
		"choice a":  {Outcome: bot.Answered, Answers: []bot.Answer{answer("A?")}},
		"choice b":  {Outcome: bot.Answered, Answers: []bot.Answer{answer("B? " + strings.Repeat("long ", 50))}},
		"choice c":  {Outcome: bot.Abstained, Text: "gone"},
		"emergency": {Outcome: bot.Answered, Escalation: "**Call 112 now.**\n\nDo not wait.", Answers: []bot.Answer{answer("Which position?")}},
		"weather":   {Outcome: bot.Abstained, Text: "I don't know"},
	}
	cases := map[string]struct {
		words  string
		titles []string // beginnings
		text   string   // that the first posts
	}{
		"an answer":            {"position", []string{"Which position?"}, "<b>Which position?</b>"},
		"what it may mean":     {" pos ", []string{"A?", "B? long"}, "<b>A?</b>"},
		"an emergency":         {"emergency", []string{"Call 112 now."}, "<b>Call 112 now.</b>\n\nDo not wait."},
		"nothing":              {"weather", nil, ""},
		"too short to look up": {"po", nil, ""},
		"no words":             {"", nil, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{Inline: true})
			start(t, server, telegram.Options{}, func(_ context.Context, m bot.Message) bot.Reply {
				if m.Choice != "" {
					return replies["choice "+m.Choice]
				}
				return replies[m.Text]
			})
			server.Inline(ann, c.words)
			call := server.WaitCalls(t, "answerInlineQuery", 1)[0]
			var offered []struct {
				Title   string `json:"title"`
				Content struct {
					Text string `json:"message_text"`
				} `json:"input_message_content"`
			}
			if err := json.Unmarshal([]byte(call.Params["results"]), &offered); err != nil {
				t.Fatal(err)
			}
			if len(offered) != len(c.titles) {
				t.Fatalf("%d articles are offered, want %d", len(offered), len(c.titles))
			}
			for i, title := range c.titles {
				if !strings.HasPrefix(offered[i].Title, title) || len([]rune(offered[i].Title)) > 80 {
					t.Errorf("article %d is %q, want %q", i, offered[i].Title, title)
				}
			}
			if len(offered) > 0 && !strings.HasPrefix(offered[0].Content.Text, c.text) {
				t.Errorf("posts %q, want %q", offered[0].Content.Text, c.text)
			}
			server.Until(t, "the query is answered", server.Answered)
		})
	}
}
