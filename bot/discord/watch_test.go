package discord

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// Of the suite's pack.
const (
	emergency = "my son ate some berries"
	pinned    = "This may be poisoning."
	inPublic  = "Please call 112 now."
)

const (
	threadID   = "105000000000000077"
	elsewhere  = "105000000000000012"
	moderators = "105000000000000088" // their channel
)

// TestWatch answers emergencies in watched channels and their threads, and nothing else there.
func TestWatch(t *testing.T) {
	t.Parallel()
	somebodys := &discordtest.Message{ID: "105000000000000500", Channel: discordtest.Channel}
	byOther := map[string]any{"referenced_message": map[string]any{"author": map[string]any{"id": "105000000000000033"}}}
	for _, c := range []struct {
		name string
		in   discordtest.Written
		want bool
	}{
		{"an emergency", discordtest.Written{Text: emergency}, true},
		{"a question", discordtest.Written{Text: "when should I water tomatoes?"}, false},
		{"a specialist flag", discordtest.Written{Text: "a rash that stays"}, false},
		{"a command", discordtest.Written{Text: "/help"}, false},
		{"no words", discordtest.Written{}, false},
		{"a reply to somebody", discordtest.Written{Text: emergency, ReplyTo: somebodys, Extra: byOther}, true},
		{"in a thread", discordtest.Written{Text: emergency, In: threadID}, true},
		{"in a thread from before", discordtest.Written{Text: emergency, In: threadID + "1"}, true},
		{"in a thread of another channel", discordtest.Written{Text: emergency, In: threadID + "2"}, false},
		{"in another channel", discordtest.Written{Text: emergency, In: elsewhere}, false},
		{"a webhook's", discordtest.Written{Text: emergency, Webhook: true}, false},
		{"another bot's", discordtest.Written{Text: emergency, From: discordtest.OtherBot}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{MessageContent: true}, Options{Watch: []string{discordtest.Channel}}, bottest.NewBot(t).Handle)
			type object = map[string]any
			s.Emit("THREAD_CREATE", discordtest.Guild, object{"id": threadID, "parent_id": discordtest.Channel, "type": 11})
			s.Emit("GUILD_CREATE", discordtest.Guild, object{"id": discordtest.Guild, "threads": []any{
				object{"id": threadID + "1", "parent_id": discordtest.Channel}, object{"id": threadID + "2", "parent_id": elsewhere},
			}})
			id := s.Write(c.in)
			// Asked directly, the same person is answered, and in full.
			s.Write(discordtest.Written{Direct: true, Text: "when should I water tomatoes? my son ate some berries"})
			want := 1
			if c.want {
				want = 2
			}
			if !s.WaitMessages(want, patience) {
				t.Fatalf("%d of %d messages; the log:\n%s", len(s.Messages()), want, s.log)
			}
			time.Sleep(glimpse)
			messages := s.Messages()
			if len(messages) != want {
				t.Errorf("%d messages, want %d", len(messages), want)
			}
			for _, m := range messages {
				text := m.Seen()
				direct := m.Channel == discordtest.DirectChannel(discordtest.Person)
				if direct && (!strings.HasPrefix(text, pinned) || !strings.Contains(text, "early morning")) || !direct && text != inPublic {
					t.Errorf("answered in %s: %s", m.Channel, text)
				}
				if !direct && (m.ReplyTo != id || !m.NotifiesAuthor || len(m.Notifies) > 0 || len(m.Buttons) != 1) {
					t.Errorf("answered with %+v", m)
				}
			}
			if log := s.log.String(); strings.Contains(log, "berries") || !strings.Contains(log, "Message Content") {
				t.Errorf("the log should name the intent, and no words:\n%s", log)
			}
		})
	}
}

// TestWatchRefused leaves bystanders alone where it may not write.
func TestWatchRefused(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{MessageContent: true}, Options{Watch: []string{discordtest.Channel}}, bottest.NewBot(t).Handle)
	const on = "POST /channels/" + discordtest.Channel
	s.Add(discordtest.Fault{On: on, Status: http.StatusForbidden, Code: 50013, Times: 2})
	for n, from := range []string{"105000000000000041", "105000000000000042", "105000000000000043"} {
		s.Write(discordtest.Written{From: from, Text: emergency})
		// An emergency is tried even in a channel that refused the one before.
		if !s.WaitRequests(on, n+1, patience) {
			t.Fatalf("%d requests; the log:\n%s", n, s.log)
		}
	}
	if m, ok := s.Next(patience); !ok || m.Channel != discordtest.Channel {
		t.Errorf("got %+v", m)
	}
	if n := s.log.lines("could not send a reply", 1); n != 1 || len(s.Requests("POST /users/@me/channels")) > 0 {
		t.Errorf("%d lines in the log, and somebody was written to:\n%s", n, s.log)
	}
}

// TestPrivileged asks for the privileged intent only to watch.
func TestPrivileged(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, echo) // the application does not have it
	s.Write(discordtest.Written{Text: emergency})
	s.Write(discordtest.Written{Direct: true, Text: "hello"})
	if m, ok := s.Next(patience); !ok || m.Content != "Heard: hello" {
		t.Errorf("got %q", m.Content)
	}
	if log := s.log.String(); strings.Contains(log, "Message Content") {
		t.Errorf("the log should not name the intent:\n%s", log)
	}
}

// TestThreads bounds the memory, and keeps the threads of watched channels alone.
func TestThreads(t *testing.T) {
	w := watch{channels: []string{"1"}}
	w.learn(thread{"2", "1"}, thread{"2", "1"}, thread{"3", "9"}, thread{"", "1"})
	if !w.covers("1") || !w.covers("2") || w.covers("3") || w.covers("") || len(w.order) != 1 {
		t.Errorf("watches %v of %v", w.order, w.channels)
	}
	for n := range maxThreads {
		w.learn(thread{time.Duration(n).String(), "1"})
	}
	if w.covers("2") || len(w.threads) != maxThreads || len(w.order) != maxThreads {
		t.Errorf("%d threads are kept", len(w.threads))
	}
}
