package discordtest

import (
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
