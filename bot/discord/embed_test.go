package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// knowing answers everything with one answer, and what names a berry with an escalation above it.
func knowing(_ context.Context, m bot.Message) bot.Reply {
	reply := bot.Reply{
		Outcome:    bot.Answered,
		Answers:    []bot.Answer{{Title: "Which *pillow*?", Body: "A **firm** one.", Page: 1, Pages: 1}},
		Disclaimer: "*General* information.",
		Choices:    []bot.Choice{{Label: "Related", Token: "1.e.abc.1"}},
		Feedback:   []bot.Choice{{Label: "Helpful", Token: "1.y.abc.1"}, {Label: "Not helpful", Token: "1.n.abc.1"}},
	}
	if strings.Contains(m.Text, "berry") {
		reply.Escalation, reply.Feedback = "**Call 112.** Now.", nil
	}
	return reply
}

// inEmbed and inPlain are how knowing's answer is seen.
const (
	inEmbed = "Which *pillow*?\nA firm one.\nGeneral information."
	inPlain = "Which *pillow*?\nA firm one.\n\nGeneral information."
)

// TestEmbeds answers in embeds where the bot may send them, and in plain text where it may not.
func TestEmbeds(t *testing.T) {
	t.Parallel()
	ask := map[string]any{"question": "which pillow?"}
	bare := map[string]any{"app_permissions": fmt.Sprint(discordtest.SendMessages)}
	for _, c := range []struct {
		name    string
		denied  int64
		written *discordtest.Written
		used    *discordtest.Used
		// want is what is seen of each of two answers, and embeds how many there are in each.
		want   string
		embeds int
		direct bool
		// requests are those to the channel, and lines those in the log about embeds.
		requests, lines int
	}{
		{name: "in a channel", written: &discordtest.Written{Text: mention + " which pillow?"}, want: inEmbed, embeds: 1, requests: 2},
		{name: "where embeds are not permitted", denied: discordtest.EmbedLinks, written: &discordtest.Written{Text: mention + " which pillow?"}, want: inPlain, requests: 3, lines: 1},
		{name: "below an escalation", written: &discordtest.Written{Text: mention + " berry"}, want: "Call 112. Now.\n" + inEmbed, embeds: 1, requests: 2},
		{name: "below an escalation, plain", denied: discordtest.EmbedLinks, written: &discordtest.Written{Text: mention + " berry"}, want: "Call 112. Now.\n\n" + inPlain, requests: 3, lines: 1},
		{name: "where nothing is permitted", denied: discordtest.SendMessages, written: &discordtest.Written{Text: mention + " which pillow?"}, want: inEmbed, embeds: 1, direct: true, requests: 2},
		{name: "direct", written: &discordtest.Written{Direct: true, Text: "which pillow?"}, want: inEmbed, embeds: 1, direct: true},
		{name: "command", denied: discordtest.EmbedLinks | discordtest.SendMessages, used: &discordtest.Used{Command: "ask", Options: ask}, want: inEmbed, embeds: 1},
		{name: "command, without the permission", used: &discordtest.Used{Command: "ask", Options: ask, Extra: bare}, want: inPlain},
		{name: "command, from a server that does not say", used: &discordtest.Used{Command: "ask", Options: ask, Extra: map[string]any{"app_permissions": nil}}, want: inEmbed, embeds: 1},
		{name: "command among people", used: &discordtest.Used{Command: "ask", Options: ask, Private: true}, want: inEmbed, embeds: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{}, Options{}, knowing)
			s.Deny(discordtest.Channel, c.denied)
			for range 2 {
				if c.written != nil {
					s.Write(*c.written)
				} else {
					s.Use(*c.used)
				}
				m, ok := s.Next(patience)
				if !ok || m.Seen() != c.want || len(m.Embeds) != c.embeds {
					t.Fatalf("seen %q in %d embeds; the log:\n%s", m.Seen(), len(m.Embeds), s.log)
				}
				if c.direct != (m.Channel == discordtest.DirectChannel(discordtest.Person)) {
					t.Errorf("answered in %s", m.Channel)
				}
				s.log.lines("embed", c.lines) // by then it is remembered
				if len(m.Notifies)+len(m.Names) > 0 || len(m.Buttons) == 0 {
					t.Errorf("notifies %v, names %v, buttons %v", m.Notifies, m.Names, m.Buttons)
				}
			}
			s.WaitRequests("POST /channels/"+discordtest.Channel, c.requests, patience)
			if n := len(s.Requests("POST /channels/" + discordtest.Channel)); n != c.requests {
				t.Errorf("%d requests to the channel, want %d", n, c.requests)
			}
			if n := s.log.lines("embed", c.lines); n != c.lines {
				t.Errorf("%d lines about embeds, want %d:\n%s", n, c.lines, s.log)
			}
		})
	}
}

// TestEmbedsAgain embeds again when the bot may, after a while.
func TestEmbedsAgain(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, knowing, func(d *Discord) { d.pace.plain = time.Nanosecond })
	s.Deny(discordtest.Channel, discordtest.EmbedLinks)
	for _, embeds := range []int{0, 1} {
		s.Write(discordtest.Written{Text: mention + " which pillow?"})
		if m, ok := s.Next(patience); !ok || len(m.Embeds) != embeds {
			t.Fatalf("answered with %d embeds: %q", len(m.Embeds), m.Seen())
		}
		s.log.lines("embed", 1)
		s.Deny(discordtest.Channel, 0)
	}
}

// TestEmbedLimits sends answers of every size to the fake, which counts as Discord does.
func TestEmbedLimits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 2000)
	many := strings.Repeat("x\n\n", 30)
	wide := strings.Repeat("😀", 300)
	for _, c := range []struct {
		name    string
		reply   bot.Reply
		without bool // embeds
		n       int  // messages
	}{
		{"a long title", bot.Reply{Answers: []bot.Answer{{Title: wide, Body: "x"}}}, false, 1},
		{"no body", bot.Reply{Answers: []bot.Answer{{Title: "A title"}}}, false, 1},
		{"a long answer", bot.Reply{Answers: []bot.Answer{{Title: "A title", Body: long}}}, false, 2},
		{"a long answer, plain", bot.Reply{Answers: []bot.Answer{{Title: "A title", Body: long}}}, true, 7},
		{"a long disclaimer", bot.Reply{Answers: []bot.Answer{{Title: "A title", Body: "x"}}, Disclaimer: long}, false, 2},
		{"full to the brim", bot.Reply{Answers: []bot.Answer{{Title: strings.Repeat("t", 256), Body: strings.Repeat("b", 4096)}}, Disclaimer: strings.Repeat("d", 2048)}, false, 2},
		{"twelve answers", bot.Reply{Answers: make([]bot.Answer, 12)}, false, 2},
		{"three long answers below a long escalation", bot.Reply{Escalation: long, Answers: []bot.Answer{{Body: long[:1800]}, {Body: long[:1800]}, {Body: many}}}, false, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for i := range c.reply.Answers {
				if c.reply.Answers[i].Body == "" && c.reply.Answers[i].Title == "" {
					c.reply.Answers[i].Body = fmt.Sprint("Answer ", i)
				}
			}
			c.reply.Choices = []bot.Choice{{Label: "More", Token: "1.e.abc.1"}}
			s := serve(t, discordtest.Config{}, Options{}, func(context.Context, bot.Message) bot.Reply { return c.reply })
			if c.without {
				s.Deny(discordtest.Channel, discordtest.EmbedLinks)
			}
			s.Write(discordtest.Written{Text: mention + " hello"})
			if !s.WaitMessages(c.n, patience) {
				t.Fatalf("%d messages; the log:\n%s", len(s.Messages()), s.log)
			}
			time.Sleep(glimpse)
			messages := s.Messages()
			if len(messages) != c.n {
				t.Errorf("%d messages, want %d", len(messages), c.n)
			}
			for n, m := range messages {
				if last := n == len(messages)-1; last != (len(m.Buttons) > 0) {
					t.Errorf("message %d of %d has the buttons %v", n+1, len(messages), m.Buttons)
				}
				if c.reply.Escalation != "" && n > 0 && m.Content != "" && len(messages[n-1].Embeds) > 0 {
					t.Errorf("words of the escalation stand below an embed")
				}
			}
		})
	}
}

// TestShareEmbed posts the answer alone, and says so where it may not.
func TestShareEmbed(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, knowing)
	s.Use(discordtest.Used{Command: "ask", Options: map[string]any{"question": "which pillow?"}})
	m, ok := s.Next(patience)
	if !ok || !m.Ephemeral {
		t.Fatalf("got %+v; the log:\n%s", m, s.log)
	}
	var labels []string
	for _, b := range m.Buttons {
		labels = append(labels, fmt.Sprintf("%d %s", b.Row, b.Label))
	}
	if got := strings.Join(labels, ", "); got != "0 Related, 1 Helpful, 1 Not helpful, 1 "+shareLabel {
		t.Errorf("the buttons are %s", got)
	}
	press := discordtest.Used{Press: shareToken, On: &m}
	s.Use(press)
	if shared, ok := s.Next(patience); !ok || shared.Ephemeral || shared.Seen() != inEmbed || len(shared.Embeds) != 1 || len(shared.Buttons) > 0 {
		t.Errorf("shared %+v", shared)
	}
	s.Add(discordtest.Fault{On: "POST /interactions", Status: 403, Code: 50013})
	s.Use(press)
	if said, ok := s.Next(patience); !ok || !said.Ephemeral || said.Content != textNotShared {
		t.Errorf("said %+v; the log:\n%s", said, s.log)
	}
}
