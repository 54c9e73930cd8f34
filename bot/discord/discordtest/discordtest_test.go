package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestSpec catches what Discord would refuse, so that a test of the bot can.
func TestSpec(t *testing.T) {
	spec := LoadSpec(t, "../../..")
	if spec == nil {
		t.Skip("there is no OpenAPI document to hold requests against")
	}
	long := strings.Repeat("x", 101)
	for _, c := range []struct {
		method, path, body string
		wrong              bool
	}{
		{"POST", "/channels/1/messages", `{"content":"hi","allowed_mentions":{"parse":[],"replied_user":true},"flags":4}`, false},
		{"POST", "/channels/1/messages", `{"content":5}`, true},
		{"POST", "/channels/1/messages", `{"content":"hi","allowed_mentions":{"parse":["nobody"]}}`, true},
		{"POST", "/channels/1/messages", `{"content":"hi","components":[{"type":1,"components":[{"type":2,"style":2,"label":"x","custom_id":"` + long + `"}]}]}`, true},
		{"POST", "/interactions/1/t/callback", `{"type":4,"data":{"content":"hi","flags":64}}`, false},
		{"POST", "/interactions/1/t/callback", `{"type":44}`, true},
		{"PATCH", "/webhooks/1/t/messages/@original", `{"content":"hi"}`, false},
		{"PUT", "/applications/1/commands", `[{"type":1,"name":"ask","description":"Ask","default_member_permissions":"32"}]`, false},
		{"PUT", "/applications/1/commands", `[{"type":1,"name":"ask","description":"` + long + `"}]`, true},
		{"POST", "/channels/1/messages", `{"content":"hi","embeds":[{"title":"t","description":"d","footer":{"text":"f"}}]}`, false},
		{"POST", "/channels/1/messages", `{"content":"hi","embeds":[{"titel":"t"}]}`, true},
		{"POST", "/channels/1/messages", `{"contents":"hi"}`, true},
		{"POST", "/channels/1/messages", `{"content":"hi","allowed_mentions":{"parsed":[]}}`, true},
		{"POST", "/channels/1/messages", `{"content":"hi","sticker_ids":null,"nothing":null}`, false},
		{"POST", "/interactions/1/t/callback", `{"type":4,"data":{"content":"hi","ephemeral":true}}`, true},
		{"PUT", "/applications/1/commands", `[{"type":1,"name":"ask","description":"Ask","name_localizations":{"de":"fragen"}}]`, false},
		{"POST", "/no/such/path", `{}`, true},
	} {
		if err := spec.checkRequest(c.method, c.path, []byte(c.body)); (err != nil) != c.wrong {
			t.Errorf("%s %s %s: %v", c.method, c.path, c.body, err)
		}
	}
	if err := spec.checkAnswer("GET", "/gateway/bot", 200, []byte(`{"url":"wss://x","shards":1}`)); err == nil {
		t.Error("an answer without session_start_limit should be wrong")
	}
}

// TestRefused refuses what Discord refuses although its document allows it.
func TestRefused(t *testing.T) {
	t.Parallel()
	s := Start(t, Config{})
	button := func(id string) string { return `{"type":2,"style":2,"label":"x","custom_id":"` + id + `"}` }
	rows := func(n int) string {
		var out []string
		for i := range n {
			out = append(out, `{"type":1,"components":[`+button(fmt.Sprint(i))+`]}`)
		}
		return strings.Join(out, ",")
	}
	embeds := func(n, length int) string {
		return strings.TrimSuffix(strings.Repeat(`{"description":"`+strings.Repeat("x", length)+`"},`, n), ",")
	}
	command := func(name string) string { return `[{"type":1,"name":"` + name + `","description":"x"}]` }
	const messages, commands = "POST /channels/1/messages", "PUT /applications/1/commands"
	for _, c := range []struct {
		name, on, body string
		status, code   int
	}{
		{"a message", messages, `{"content":"hi"}`, 200, 0},
		{"2,000 characters", messages, `{"content":"` + strings.Repeat("é", 2000) + `"}`, 200, 0},
		{"2,001 characters", messages, `{"content":"` + strings.Repeat("é", 2001) + `"}`, 400, 50035},
		{"nothing", messages, `{}`, 400, 50006},
		{"blanks", messages, `{"content":" \n "}`, 400, 50006},
		{"5 rows", messages, `{"content":"hi","components":[` + rows(5) + `]}`, 200, 0},
		{"6 rows", messages, `{"content":"hi","components":[` + rows(6) + `]}`, 400, 50035},
		{"6 buttons in a row", messages, `{"content":"hi","components":[{"type":1,"components":[` + strings.Join([]string{button("1"), button("2"), button("3"), button("4"), button("5"), button("6")}, ",") + `]}]}`, 400, 50035},
		{"one id twice", messages, `{"content":"hi","components":[{"type":1,"components":[` + button("1") + "," + button("1") + `]}]}`, 400, 50035},
		{"6,000 characters in embeds", messages, `{"embeds":[` + embeds(2, 3000) + `]}`, 200, 0},
		{"6,002 characters in embeds", messages, `{"embeds":[` + embeds(2, 3001) + `]}`, 400, 50035},
		{"11 embeds", messages, `{"embeds":[` + embeds(11, 1) + `]}`, 400, 50035},
		{"an empty embed", messages, `{"embeds":[{}]}`, 400, 50035},
		{"a command", commands, command("ask"), 200, 0},
		{"a command in Hindi", commands, command("पूछें"), 200, 0},
		{"a command with a capital", commands, command("Ask"), 400, 50035},
		{"a command with a blank", commands, command("a b"), 400, 50035},
		{"a command in no language", commands, `[{"type":1,"name":"ask","description":"x","name_localizations":{"xx":"ask"}}]`, 400, 50035},
		{"no JSON", messages, `{`, 400, 50109},
	} {
		method, path, _ := strings.Cut(c.on, " ")
		r, err := http.NewRequest(method, s.URL+"/api/v9"+path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bot "+Token)
		r.Header.Set("User-Agent", "DiscordBot (test, 1)")
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		var said struct{ Code int }
		_ = json.NewDecoder(resp.Body).Decode(&said)
		resp.Body.Close()
		if resp.StatusCode != c.status || said.Code != c.code {
			t.Errorf("%s: HTTP %d, code %d; want %d and %d", c.name, resp.StatusCode, said.Code, c.status, c.code)
		}
	}
}

func TestVisible(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"**bold** *italic* ***both*** __under__ _too_ ~~struck~~ ||hidden||", "bold italic both under too struck hidden"},
		{`\*not\* 2 * 3 * 4 snake_case`, "*not* 2 * 3 * 4 snake_case"},
		{"`code *x*` ``a`b``", "code *x* a`b"},
		{"[text](<https://x.y>) <https://x.y> [no](javascript:1)", "text https://x.y [no](javascript:1)"},
		{"# head\n- item\n> quote\n-# small\n1. one", "head\n• item\nquote\nsmall\n1. one"},
		{"```go\nx := *y*\n```", "\nx := *y*\n"},
	} {
		if got := Visible(c.content); got != c.want {
			t.Errorf("%q is seen as %q, want %q", c.content, got, c.want)
		}
	}
}

func TestNamed(t *testing.T) {
	for _, c := range []struct {
		content string
		want    int
	}{
		{"@everyone", 1}, {"@here", 1}, {"<@1> <@!2> <@&3>", 3}, {"@\u200beveryone <\u200b@1> me@example.org", 0},
	} {
		if got := Named(c.content); len(got) != c.want {
			t.Errorf("%q names %q", c.content, got)
		}
	}
}
