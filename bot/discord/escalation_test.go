package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// TestEscalations says among others what to do, and to the asker alone what was noticed, too.
func TestEscalations(t *testing.T) {
	t.Parallel()
	ask := map[string]any{"question": emergency}
	ours := &discordtest.Message{ID: "105000000000000500", Channel: discordtest.Channel}
	for _, c := range []struct {
		name    string
		public  bool
		written *discordtest.Written
		used    *discordtest.Used
		denied  int64
		// whole says that it comes in full.
		whole bool
	}{
		{name: "mention", written: &discordtest.Written{Text: mention + " " + emergency}},
		{name: "mention in a thread", written: &discordtest.Written{Text: mention + " " + emergency, In: threadID}},
		{name: "reply", written: &discordtest.Written{Text: emergency, ReplyTo: ours, Ping: true}},
		{name: "bystander", written: &discordtest.Written{Text: emergency}},
		{name: "without a short form", written: &discordtest.Written{Text: mention + " he fell from the ladder"}, whole: true},
		{name: "mention where the bot may not write", written: &discordtest.Written{Text: mention + " " + emergency}, denied: discordtest.SendMessages, whole: true},
		{name: "direct", written: &discordtest.Written{Direct: true, Text: emergency}, whole: true},
		{name: "command", used: &discordtest.Used{Command: "ask", Options: ask}, whole: true},
		{name: "command, direct", used: &discordtest.Used{Command: "ask", Options: ask, Direct: true}, whole: true},
		{name: "command, public", public: true, used: &discordtest.Used{Command: "ask", Options: ask}},
		{name: "command among people, public", public: true, used: &discordtest.Used{Command: "ask", Options: ask, Private: true}, whole: true},
		{name: "message command", used: &discordtest.Used{Command: answerThis, Target: emergency}, whole: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{MessageContent: true}, Options{Public: c.public, Watch: []string{discordtest.Channel}}, bottest.NewBot(t).Handle)
			s.Deny(discordtest.Channel, c.denied)
			if c.written != nil {
				s.Write(*c.written)
			} else {
				s.Use(*c.used)
			}
			m, ok := s.Next(patience)
			if !ok {
				t.Fatalf("no answer; the log:\n%s", s.log)
			}
			seen := m.Seen()
			for _, word := range []string{"berries", "ate", "son"} { // the asker's
				if !c.whole && strings.Contains(seen, word) {
					t.Errorf("what was asked is said aloud: %s", seen)
				}
			}
			if c.whole {
				if strings.Contains(seen, inPublic) || len(m.Buttons) > 0 || !strings.HasPrefix(seen, "This may be") && !strings.HasPrefix(seen, "A fall") {
					t.Errorf("said %q with %v", seen, m.Buttons)
				}
				return
			}
			if seen != inPublic || len(m.Buttons) != 1 || m.Ephemeral {
				t.Fatalf("said %q with %v", seen, m.Buttons)
			}
			// Anybody may read the rest, each for themselves.
			s.Use(discordtest.Used{Press: m.Buttons[0].CustomID, On: &m, From: "105000000000000444"})
			whole, ok := s.Next(patience)
			if !ok || !whole.Ephemeral || !strings.HasPrefix(whole.Seen(), pinned) || len(whole.Buttons) > 0 {
				t.Errorf("the button gives %+v", whole)
			}
		})
	}
}

// TestPrivateAfterPublic keeps a private reply private that comes so late that a public one was announced.
func TestPrivateAfterPublic(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		faults []discordtest.Fault
		direct bool
	}{
		{name: "as it should be"},
		{name: "the interaction is gone", faults: []discordtest.Fault{{On: "DELETE /webhooks", Status: 404, Code: 10015}, {On: "GET /webhooks", Status: 404, Code: 10015}}, direct: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
			s := attach(t, server, Options{Public: true}, func(context.Context, bot.Message) bot.Reply {
				server.WaitRequests("POST /interactions", 1, patience)
				return bot.Reply{Escalation: "for you alone", Private: true}
			}, func(d *Discord) { d.pace.deferAfter = time.Millisecond })
			s.WaitConnected(1, patience)
			s.Add(c.faults...)
			s.Use(discordtest.Used{Press: "1.f.abcd.1"})
			if !s.WaitMessages(1, patience) {
				t.Fatalf("no answer; the log:\n%s", s.log)
			}
			m := s.Messages()[0]
			if m.Content != "for you alone" || !m.Ephemeral && !c.direct || c.direct != (m.Channel == discordtest.DirectChannel(discordtest.Person)) {
				t.Errorf("got %+v; the log:\n%s", m, s.log)
			}
		})
	}
}

// TestFeedback counts what people say of an answer, each of them once, and thanks them privately.
func TestFeedback(t *testing.T) {
	t.Parallel()
	b := bottest.NewBot(t)
	s := serve(t, discordtest.Config{}, Options{Public: true}, b.Handle)
	s.Write(discordtest.Written{Text: mention + " when should I water tomatoes?"})
	answer, ok := s.Next(patience)
	if !ok {
		t.Fatalf("no answer; the log:\n%s", s.log)
	}
	ids := make(map[string]string)
	rows := make(map[int]int)
	for _, button := range answer.Buttons {
		ids[button.Label] = button.CustomID
		rows[button.Row]++
	}
	last := answer.Buttons[len(answer.Buttons)-1]
	if ids["Helpful"] == "" || ids["Not helpful"] == "" || last.Label != "Not helpful" || rows[last.Row] != 2 {
		t.Fatalf("the buttons are %v", answer.Buttons)
	}
	for _, p := range []struct{ label, from string }{
		{"Helpful", discordtest.Person}, {"Helpful", discordtest.Person}, {"Not helpful", discordtest.Person},
		{"Helpful", "105000000000000041"}, {"Not helpful", "105000000000000042"},
	} {
		s.Use(discordtest.Used{Press: ids[p.label], On: &answer, From: p.from})
		if m, ok := s.Next(patience); !ok || !m.Ephemeral || !strings.HasPrefix(m.Content, "Thank you") || len(m.Buttons) > 0 {
			t.Errorf("thanked with %+v", m)
		}
	}
	s.Use(discordtest.Used{Command: "status", From: discordtest.Moderator})
	if m, ok := s.Next(patience); !ok || !m.Ephemeral || !strings.Contains(m.Seen(), "water 2 of 3") {
		t.Errorf("moderators read %q", m.Seen())
	}
	// Others read what is loaded, and no counts.
	s.Use(discordtest.Used{Command: "status"})
	if m, ok := s.Next(patience); !ok || strings.Contains(m.Seen(), "elpful") {
		t.Errorf("others read %q", m.Seen())
	}
}

// TestRestart presses every button of messages from before the bot was started anew.
func TestRestart(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	s := attach(t, server, Options{}, bottest.NewBot(t).Handle)
	s.WaitConnected(1, patience)
	s.Write(discordtest.Written{Text: mention + " when should I water tomatoes?"})
	s.Write(discordtest.Written{From: "105000000000000041", Text: mention + " " + emergency})
	s.Use(discordtest.Used{Command: "ask", Options: map[string]any{"question": "garden calendar for the whole year"}})
	s.Use(discordtest.Used{Command: "topics"})
	if !s.WaitMessages(4, patience) {
		t.Fatalf("not answered; the log:\n%s", s.log)
	}
	before := s.Messages()
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	// Else the server may still take the old connection for the bot's, and send the first press there.
	if !s.WaitGoodbye(websocket.CloseNormalClosure, patience) {
		t.Fatalf("no goodbye; the log:\n%s", s.log)
	}
	s = attach(t, server, Options{}, bottest.NewBot(t).Handle)
	s.WaitConnected(1, patience)
	n := len(before)
	pressed := make(map[string]bool)
	for _, m := range before {
		for _, b := range m.Buttons {
			pressed[b.Label] = true
			s.Use(discordtest.Used{Press: b.CustomID, On: &m})
			if n++; !s.WaitMessages(n, patience) {
				t.Fatalf("%q is not answered; the log:\n%s", b.Label, s.log)
			}
			if seen := s.Messages()[n-1].Seen(); strings.Contains(seen, "has changed since") {
				t.Errorf("%q gives %q", b.Label, seen)
			}
		}
	}
	for _, label := range []string{"Helpful", "Not helpful", shareLabel, "Read more in private", "More", "Tomatoes", "Which fertiliser feeds tomatoes?"} {
		if !pressed[label] {
			t.Errorf("there was no button %q among %v", label, pressed)
		}
	}
}
