package discord

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
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

// TestCommandDetails registers what menus need, and notices a change of each.
func TestCommandDetails(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	start := func(overwrites int) map[string]map[string]any {
		t.Helper()
		gets := len(server.Requests("GET /applications"))
		s := attach(t, server, Options{}, echo)
		s.WaitRequests("GET /applications", gets+1, patience)
		s.WaitRequests("PUT /applications", overwrites, patience)
		time.Sleep(glimpse)
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		if n := s.Overwrites(); n != overwrites {
			t.Fatalf("overwritten %d times, want %d", n, overwrites)
		}
		commands := make(map[string]map[string]any)
		for _, c := range s.Commands() {
			commands[c["name"].(string)] = c
		}
		return commands
	}
	commands := start(1)
	for _, c := range []struct{ command, field, want string }{
		{"ask", "contexts", "[0 1 2]"},
		{"ask", "integration_types", "[0 1]"},
		{answerThis, "contexts", "[0 1 2]"},
		{answerThis, "integration_types", "[0 1]"},
		{"reload", "contexts", "[0]"},
		{"reload", "integration_types", "[0]"},
		{"ask", "name_localizations", "map[de:fragen es-419:preguntar es-ES:preguntar fr:demander it:chiedi nl:vragen pt-BR:perguntar]"},
		{answerThis, "name_localizations", "<nil>"},
	} {
		if got := fmt.Sprint(commands[c.command][c.field]); got != c.want {
			t.Errorf("%s of %s is %s, want %s", c.field, c.command, got, c.want)
		}
	}
	if n := len(commands["reload"]["description_localizations"].(map[string]any)); n != 7 {
		t.Errorf("reload is described in %d languages", n)
	}
	// Somebody has changed them meanwhile.
	overwrites := 1
	for _, change := range []func(){
		func() { commands["ask"]["name_localizations"].(map[string]any)["de"] = "frag" },
		func() { commands["help"]["description_localizations"] = nil },
		func() { commands["topics"]["integration_types"] = []any{0} },
		func() { commands["reload"]["options"].([]any)[0].(map[string]any)["choices"] = []any{} },
		func() { commands["about"]["contexts"] = []any{0} },
		func() { commands["ask"]["options"].([]any)[0].(map[string]any)["autocomplete"] = true },
	} {
		change()
		overwrites++
		commands = start(overwrites)
	}
	start(overwrites)
}

// TestNoOwnInstall registers all the same for an application that people cannot install for themselves.
func TestNoOwnInstall(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	server.Add(discordtest.Fault{On: "PUT /applications", Status: 400, Code: 50035})
	s := attach(t, server, Options{}, echo)
	if !s.WaitRequests("PUT /applications", 2, patience) || s.log.lines("told Discord the commands", 1) != 1 {
		t.Fatalf("not registered; the log:\n%s", s.log)
	}
	if c := s.Commands()[0]; fmt.Sprint(c["contexts"]) != "[0 1 2]" || fmt.Sprint(c["integration_types"]) != "[0]" {
		t.Errorf("registered %v", c)
	}
}

func TestLocales(t *testing.T) {
	for tag, want := range map[string]string{
		"de": "[de]", "es": "[es-419 es-ES]", "es-419": "[es-419]", "pt": "[pt-BR]", "pt-br": "[pt-BR]", "id": "[id]", "sv": "[sv-SE]",
		"zh": "[zh-CN zh-TW]", "es-MX": "[]", "tlh": "[]", "": "[]",
	} {
		var got []string
		for _, locale := range locales(tag) {
			got = append(got, string(locale))
		}
		slices.Sort(got)
		if fmt.Sprint(got) != want {
			t.Errorf("%q is shown in %v, want %s", tag, got, want)
		}
	}
	names, descriptions := localised(map[string]bot.Local{
		"de": {Name: "fragen", Summary: "Fragen"}, "fr": {Name: "Demander", Summary: strings.Repeat("é", 101)}, "it": {Name: "a b", Summary: ""},
		"hi": {Name: "पूछें", Summary: strings.Repeat("é", 100)}, "th": {Name: "ถาม", Summary: "x"}, "nl": {Name: strings.Repeat("n", 33), Summary: "x"},
	})
	if len(names) != 3 || names["de"] != "fragen" || names["hi"] != "पूछें" || names["th"] != "ถาม" || len(descriptions) != 4 {
		t.Errorf("names %v, descriptions %v", names, descriptions)
	}
	// Nothing of the table is left out.
	for _, c := range bot.Commands() {
		names, descriptions := localised(c.Local)
		if len(names) < len(c.Local) || len(descriptions) != len(names) {
			t.Errorf("%s has %d languages, %d names and %d descriptions", c.Name, len(c.Local), len(names), len(descriptions))
		}
	}
}

// TestCommandGuild registers in one server alone, once.
func TestCommandGuild(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	for starts := range 2 {
		s := attach(t, server, Options{CommandGuild: discordtest.Guild}, echo)
		const path = "/applications/" + discordtest.Bot + "/guilds/" + discordtest.Guild + "/commands"
		if !s.WaitRequests("GET "+path, starts+1, patience) || !s.WaitRequests("PUT "+path, 1, patience) {
			t.Errorf("not registered; the log:\n%s", s.log)
		}
		time.Sleep(glimpse)
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(server.Requests("PUT /applications")); n != 1 {
		t.Errorf("registered %d times", n)
	}
}

// TestDryRun reloads, or only shows what a reload would change, as it was picked from the menu.
func TestDryRun(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, bottest.NewBot(t).Handle)
	s.WaitRequests("PUT /applications", 1, patience)
	commands := s.Commands()
	reload := commands[slices.IndexFunc(commands, func(c map[string]any) bool { return c["name"] == reloadCommand })]
	option := reload["options"].([]any)[0].(map[string]any)
	picked := option["choices"].([]any)[0].(map[string]any)["value"].(string)
	for _, c := range []struct {
		options map[string]any
		want    string
	}{
		{map[string]any{option["name"].(string): picked}, "Dry run"},
		{nil, "Reloaded in"},
	} {
		s.Use(discordtest.Used{Command: reloadCommand, Options: c.options, From: discordtest.Moderator})
		if m, ok := s.Next(patience); !ok || !m.Ephemeral || !strings.HasPrefix(m.Seen(), c.want) {
			t.Errorf("with %v: %q", c.options, m.Seen())
		}
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
