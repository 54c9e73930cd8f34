package telegram_test

import (
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// TestStartLines tells, in one line each, what will not work and how to mend it, and says nothing where all is well.
func TestStartLines(t *testing.T) {
	t.Parallel()
	const privacy, inline, webhook, poller = "send /setprivacy to @BotFather", "send /setinline to @BotFather", "a webhook was set for this bot", "another program polls"
	for name, c := range map[string]struct {
		options telegramtest.Options
		webhook string
		fault   telegramtest.Fault
		want    []string
	}{
		"all is well":                     {telegramtest.Options{ReadsAll: true, Inline: true}, "", telegramtest.Fault{}, nil},
		"privacy mode is on":              {telegramtest.Options{Inline: true}, "", telegramtest.Fault{}, []string{privacy}},
		"inline mode is off":              {telegramtest.Options{ReadsAll: true}, "", telegramtest.Fault{}, []string{inline}},
		"a webhook was set elsewhere":     {telegramtest.Options{ReadsAll: true, Inline: true}, "https://example.org/bot" + secret, telegramtest.Fault{}, []string{webhook}},
		"another program polls":           {telegramtest.Options{ReadsAll: true, Inline: true}, "", conflict, []string{poller}},
		"nothing is as it was made ready": {telegramtest.Options{}, "https://example.org/hook", conflict, []string{privacy, inline, webhook, poller}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.options.Second = 20 * time.Millisecond
			server := telegramtest.New(t, c.options)
			server.SetWebhook(c.webhook)
			if c.fault.Method != "" {
				server.Fail(c.fault)
			}
			r := start(t, server, telegram.Options{}, echo)
			server.Say(telegramtest.Said{From: ann, Text: "how long?"})
			server.MustNext(t)
			for _, line := range []string{privacy, inline, webhook, poller} {
				want := false
				for _, l := range c.want {
					want = want || l == line
				}
				if n := strings.Count(r.log.String(), line); want && n != 1 || !want && n > 0 {
					t.Errorf("%q is told %d times, wanted: %v\n%s", line, n, want, r.log)
				}
			}
		})
	}
}
