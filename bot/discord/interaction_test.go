package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

func TestInteractions(t *testing.T) {
	t.Parallel()
	question := map[string]any{"question": "how long?"}
	for _, c := range []struct {
		name   string
		public bool
		in     discordtest.Used
		want   string
		hidden bool
	}{
		{"in a server", false, discordtest.Used{Command: "ask", Options: question}, `text="how long?" command="ask" choice="" moderator=false public=false`, true},
		{"in a server, public", true, discordtest.Used{Command: "ask", Options: question}, `text="how long?" command="ask" choice="" moderator=false public=true`, false},
		{"direct", false, discordtest.Used{Command: "ask", Options: question, Direct: true}, `text="how long?" command="ask" choice="" moderator=false public=false`, false},
		{"among people", true, discordtest.Used{Command: "ask", Options: question, Private: true}, `text="how long?" command="ask" choice="" moderator=false public=false`, true},
		{"a server that does not say where", false, discordtest.Used{Command: "ask", Direct: true, Extra: map[string]any{"context": nil}}, `text="" command="ask" choice="" moderator=false public=false`, false},
		{"on a message", false, discordtest.Used{Command: answerThis, Target: "<@1> how long?"}, `text="how long?" command="ask" choice="" moderator=false public=false`, true},
		{"button", false, discordtest.Used{Press: "1.e.abc.2"}, `text="" command="" choice="1.e.abc.2" moderator=false public=false`, true},
		{"moderator", true, discordtest.Used{Command: "reload", From: discordtest.Moderator}, `text="" command="reload" choice="" moderator=true public=false`, true},
		{"administrator", false, discordtest.Used{Command: "reload", Permissions: 8}, `text="" command="reload" choice="" moderator=true public=false`, true},
		{"role", false, discordtest.Used{Command: "reload", Roles: []string{discordtest.ModeratorRole}}, `text="" command="reload" choice="" moderator=true public=false`, true},
		{"not a moderator", false, discordtest.Used{Command: "reload", Permissions: 1<<62 | 1<<4, Roles: []string{"9"}}, `text="" command="reload" choice="" moderator=false public=false`, true},
		{"in a server where the bot is not", true, discordtest.Used{Command: "ask", Options: question, OwnInstall: true}, `text="how long?" command="ask" choice="" moderator=false public=false`, true},
		{"nobody moderates by their own installation", false, discordtest.Used{Command: "reload", From: discordtest.Moderator, OwnInstall: true}, `text="" command="reload" choice="" moderator=false public=false`, true},
		{"moderator's status", true, discordtest.Used{Command: "status", From: discordtest.Moderator}, `text="" command="status" choice="" moderator=true public=true`, false},
		{"in a thread", false, discordtest.Used{Command: "ask", Options: question, In: "105000000000000077"}, `text="how long?" command="ask" choice="" moderator=false public=false`, true},
		{"nobody moderates a direct message", false, discordtest.Used{Command: "reload", Direct: true, From: discordtest.Moderator}, `text="" command="reload" choice="" moderator=false public=false`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{}, Options{Public: c.public, ModeratorRoles: []string{discordtest.ModeratorRole}}, telling)
			s.Use(c.in)
			m, ok := s.Next(patience)
			if !ok {
				t.Fatalf("no answer; the log:\n%s", s.log)
			}
			if text := discordtest.Visible(m.Content); text != c.want {
				t.Errorf("asked %s\nwant  %s", text, c.want)
			}
			if m.Ephemeral != c.hidden && !c.in.Direct {
				t.Errorf("shown to the asker alone: %v", m.Ephemeral)
			}
			if len(m.Notifies) > 0 {
				t.Errorf("notifies %v", m.Notifies)
			}
		})
	}
}

// TestSlow answers what takes longer than Discord waits, and what says nothing.
func TestSlow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		// slow takes longer than an interaction may wait for its first word.
		slow    bool
		reply   bot.Reply
		press   bool
		foreign bool
		// want is what is shown; callbacks are the requests of the interaction.
		want      string
		callbacks string
	}{
		{"at once", false, bot.Reply{Text: "done"}, false, false, "done", "POST /interactions"},
		{"later", true, bot.Reply{Text: "done"}, false, false, "done", "POST /interactions, PATCH /webhooks"},
		{"later, in parts", true, bot.Reply{Text: strings.Repeat("word ", 500) + "\n\nend"}, false, false, "end", "POST /interactions, PATCH /webhooks, POST /webhooks"},
		{"nothing", false, bot.Reply{}, false, false, "", "POST /interactions, DELETE /webhooks"},
		{"nothing, later", true, bot.Reply{}, false, false, "", "POST /interactions, DELETE /webhooks"},
		{"nothing for a button", false, bot.Reply{}, true, false, "", "POST /interactions"},
		{"later, where there is no later", true, bot.Reply{Text: "done"}, false, true, "done", "POST /interactions, POST /interactions, PATCH /webhooks"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := discordtest.Start(t, withSpec(t, discordtest.Config{Foreign: c.foreign}))
			s := attach(t, server, Options{}, func(context.Context, bot.Message) bot.Reply {
				if c.slow {
					server.WaitRequests("POST /interactions", 1, patience)
				}
				return c.reply
			}, func(d *Discord) {
				if c.slow {
					d.pace.deferAfter = time.Millisecond
				}
			})
			s.WaitConnected(1, patience)
			used := discordtest.Used{Command: "ask", Options: map[string]any{"question": "how?"}}
			if c.press {
				used = discordtest.Used{Press: "1.e.abc.1"}
			}
			s.Use(used)
			want := strings.Split(c.callbacks, ", ")
			last := want[len(want)-1]
			if !s.WaitRequests(last, strings.Count(c.callbacks, last), patience) {
				t.Errorf("no %s; the log:\n%s", last, s.log)
			}
			if c.want != "" {
				s.WaitMessages(1, patience)
			}
			time.Sleep(glimpse)
			var got []string
			for _, r := range append(s.Requests("POST /interactions"), append(s.Requests("PATCH /webhooks"), append(s.Requests("DELETE /webhooks"), s.Requests("POST /webhooks")...)...)...) {
				got = append(got, r.Method+" /"+strings.Split(r.Path, "/")[1])
			}
			if g := strings.Join(got, ", "); g != c.callbacks {
				t.Errorf("requests %s, want %s", g, c.callbacks)
			}
			messages := s.Messages()
			shown := ""
			for _, m := range messages {
				shown = m.Content
				if !m.Ephemeral {
					t.Errorf("a part is shown to all")
				}
			}
			if !strings.HasSuffix(shown, c.want) || c.want == "" && shown != "" {
				t.Errorf("shown %q", shown)
			}
		})
	}
}

// TestLate answers an interaction that Discord has given up in a direct message, because only the asker may read it.
func TestLate(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{FirstWord: time.Nanosecond}, Options{}, echo)
	s.Use(discordtest.Used{Command: "ask", Options: map[string]any{"question": "how?"}})
	if m, ok := s.Next(patience); !ok || m.Content != "Heard: how?" || m.Channel != discordtest.DirectChannel(discordtest.Person) {
		t.Errorf("got %+v; the log:\n%s", m, s.log)
	}
	if n := len(s.Requests("POST /interactions")); n != 1 {
		t.Errorf("%d attempts at what cannot succeed", n)
	}
}

// TestTooLate does the same for an answer that takes longer than an interaction's token lasts.
func TestTooLate(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{TokenLasts: time.Nanosecond}))
	s := attach(t, server, Options{}, func(context.Context, bot.Message) bot.Reply {
		server.WaitRequests("POST /interactions", 1, patience)
		return bot.Reply{Text: "done"}
	}, func(d *Discord) { d.pace.deferAfter = time.Millisecond })
	s.WaitConnected(1, patience)
	s.Use(discordtest.Used{Command: "reload", From: discordtest.Moderator})
	if !s.WaitMessages(1, patience) {
		t.Fatalf("no answer; the log:\n%s", s.log)
	}
	if m := s.Messages()[0]; m.Content != "done" || m.Channel != discordtest.DirectChannel(discordtest.Moderator) {
		t.Errorf("got %+v; the log:\n%s", m, s.log)
	}
	select {
	case <-s.ended:
		t.Error("an interaction's token that is over ended the bot")
	default:
	}
}

// TestShare posts a private answer to the channel, without the question and without who asked.
func TestShare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		reply bot.Reply
		offer bool
	}{
		{"an answer", bot.Reply{Outcome: bot.Answered, Text: "**The** answer"}, true},
		{"with an escalation", bot.Reply{Outcome: bot.Answered, Text: "The answer", Escalation: "Call 112."}, false},
		{"with a flag", bot.Reply{Outcome: bot.Answered, Text: "The answer", Flags: []bot.Flag{{ID: "rash"}}}, false},
		{"no answer", bot.Reply{Outcome: bot.Abstained, Text: "I don't know."}, false},
		{"for moderators", bot.Reply{Outcome: bot.Answered, Text: "The answer", Private: true}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{}, Options{}, func(context.Context, bot.Message) bot.Reply { return c.reply })
			s.Use(discordtest.Used{Command: "ask", Options: map[string]any{"question": "how long?"}})
			m, ok := s.Next(patience)
			if !ok || !m.Ephemeral {
				t.Fatalf("got %+v; the log:\n%s", m, s.log)
			}
			if offered := len(m.Buttons) == 1 && m.Buttons[0].Label == shareLabel; offered != c.offer {
				t.Fatalf("the buttons are %v", m.Buttons)
			}
			if !c.offer {
				return
			}
			s.Use(discordtest.Used{Press: m.Buttons[0].CustomID, On: &m})
			shared, ok := s.Next(patience)
			if !ok || shared.Ephemeral || shared.Content != m.Content || len(shared.Buttons) > 0 {
				t.Errorf("shared %+v", shared)
			}
		})
	}
	s := serve(t, discordtest.Config{}, Options{}, echo)
	s.Use(discordtest.Used{Press: shareToken}) // forged: under no message
	if !s.WaitRequests("POST /interactions", 1, patience) || len(s.Messages()) > 0 {
		t.Errorf("shared %v", s.Messages())
	}
}

// TestGuilds serves only the servers on the list, direct messages, and who has installed the bot for themselves.
func TestGuilds(t *testing.T) {
	t.Parallel()
	const friends = "105000000000000444"
	s := serve(t, discordtest.Config{}, Options{Guilds: []string{friends}}, echo)
	ask := map[string]any{"question": "stranger"}
	if n := s.log.lines("not on the list", 1); n != 1 {
		t.Errorf("the log does not tell of the server before anybody asks:\n%s", s.log)
	}
	for range 3 {
		s.Write(discordtest.Written{Text: mention + " stranger"})
		s.Use(discordtest.Used{Command: "ask", Options: ask})
		if m, ok := s.Next(patience); !ok || !m.Ephemeral || m.Content != textStranger {
			t.Errorf("a stranger reads %+v", m)
		}
	}
	s.Use(discordtest.Used{Command: "ask", Options: ask, Typing: "question"})
	if offers, ok := s.NextOffers(patience); !ok || len(offers) > 0 {
		t.Errorf("a stranger is offered %v", offers)
	}
	friend := map[string]any{"question": "friend"}
	for _, do := range []func(){
		func() { s.Write(discordtest.Written{Guild: friends, Text: mention + " friend"}) },
		func() { s.Write(discordtest.Written{Direct: true, Text: "friend"}) },
		func() { s.Use(discordtest.Used{Guild: friends, Command: "ask", Options: friend}) },
		func() { s.Use(discordtest.Used{Command: "ask", Options: friend, OwnInstall: true}) },
		func() { s.Use(discordtest.Used{Command: "ask", Options: friend, Private: true}) },
	} {
		do()
		if m, ok := s.Next(patience); !ok || m.Content != "Heard: friend" {
			t.Errorf("got %+v; the log:\n%s", m, s.log)
		}
	}
	if n := strings.Count(s.log.String(), "not on the list"); n != 1 {
		t.Errorf("%d lines about one server:\n%s", n, s.log)
	}
}
