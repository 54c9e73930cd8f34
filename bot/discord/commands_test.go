package discord

import (
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// TestCommands registers in one request, and only when something differs.
func TestCommands(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	for _, c := range []struct {
		options    Options
		overwrites int // in all
		permission any // that reload needs
	}{
		{Options{}, 1, "32"},
		{Options{}, 1, "32"},
		{Options{ModeratorRoles: []string{discordtest.ModeratorRole}}, 2, nil},
		{Options{ModeratorRoles: []string{discordtest.ModeratorRole}}, 2, nil},
	} {
		gets := len(server.Requests("GET /applications"))
		s := attach(t, server, c.options, echo)
		s.WaitRequests("GET /applications", gets+1, patience)
		s.WaitRequests("PUT /applications", c.overwrites, patience)
		time.Sleep(glimpse)
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		if n := s.Overwrites(); n != c.overwrites {
			t.Errorf("overwritten %d times, want %d", n, c.overwrites)
		}
		commands := s.Commands()
		if len(commands) != len(bot.Commands())+1 || commands[len(commands)-1]["name"] != answerThis {
			t.Fatalf("the commands are %v", commands)
		}
		for n, want := range bot.Commands() {
			got := commands[n]
			if got["name"] != want.Name || got["description"] != want.Summary {
				t.Errorf("command %v, want %v", got, want)
			}
			if want.Moderator && got["default_member_permissions"] != c.permission {
				t.Errorf("%s needs the permission %v, want %v", want.Name, got["default_member_permissions"], c.permission)
			}
		}
	}
}

// TestCommandGuild registers in one server alone.
func TestCommandGuild(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{CommandGuild: discordtest.Guild}, echo)
	if !s.WaitRequests("PUT /applications/"+discordtest.Bot+"/guilds/"+discordtest.Guild+"/commands", 1, patience) {
		t.Errorf("not registered; the log:\n%s", s.log)
	}
}

// TestNoCommands shows that the bot answers although its commands cannot be registered.
func TestNoCommands(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	server.Add(discordtest.Fault{On: "PUT /applications", Status: 403, Code: 50001, Times: -1})
	s := attach(t, server, Options{}, echo)
	s.WaitRequests("PUT /applications", 1, patience)
	s.Write(discordtest.Written{Direct: true, Text: "hello"})
	if m, ok := s.Next(patience); !ok || m.Content != "Heard: hello" {
		t.Errorf("got %q; the log:\n%s", m.Content, s.log)
	}
}
