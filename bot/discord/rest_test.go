package discord

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// TestFaults answers a message through every way in which Discord's interface fails. A message is sent once, even where
// it is not known whether the first attempt was carried out.
func TestFaults(t *testing.T) {
	t.Parallel()
	type fault = discordtest.Fault
	const on = "POST /channels"
	soon := map[string]string{"Retry-After": "0.05"}
	shared := map[string]string{"Retry-After": "0.05", "X-RateLimit-Scope": "shared"}
	never := map[string]string{"Retry-After": "3600"}
	global := map[string]string{"Retry-After": "0.05", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
	for _, c := range []struct {
		name     string
		fault    fault
		requests int // to send the message
		lost     bool
		// reply says that the message still refers to what it answers.
		reply bool
	}{
		{"rate limit", fault{On: on, Status: 429, Header: soon}, 2, false, true},
		{"rate limit, seven times", fault{On: on, Status: 429, Header: soon, Times: 7}, 8, false, true},
		{"global rate limit", fault{On: on, Status: 429, Header: global}, 2, false, true},
		{"a page of Cloudflare's", fault{On: on, Status: 429, Header: soon, Body: "<html>banned</html>"}, 2, false, true},
		{"500", fault{On: on, Status: 500}, 2, false, true},
		{"502", fault{On: on, Status: 502, Body: "<html>"}, 2, false, true},
		{"503", fault{On: on, Status: 503}, 2, false, true},
		{"504 after it was done", fault{On: on, Status: 504, Done: true}, 2, false, true},
		{"no answer", fault{On: on}, 2, false, true},
		{"no answer after it was done", fault{On: on, Done: true}, 2, false, true},
		{"cut off after it was done", fault{On: on, Cut: true}, 2, false, true},
		{"a rate limit that others used up", fault{On: on, Status: 429, Header: shared}, 2, false, true},
		{"a rate limit beyond the deadline", fault{On: on, Status: 429, Header: never, Times: -1}, 1, true, true},
		{"overloaded", fault{On: on, Status: 503, Code: 130000}, 2, false, true},
		{"the question is gone, says another code", fault{On: on, Status: 404, Code: 10008}, 2, false, false},
		{"500 for ever", fault{On: on, Status: 500, Times: -1}, attempts, true, true},
		{"slow", fault{On: on, Delay: 200 * time.Millisecond}, 1, false, true},
		{"may not read the history", fault{On: on, Status: 403, Code: 160002}, 2, false, false},
		{"the question is gone", fault{On: on, Status: 400, Code: 50035}, 2, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{}, Options{}, echo)
			s.Add(c.fault)
			id := s.Write(discordtest.Written{Text: mention + " words of the asker"})
			if !s.WaitRequests(on, c.requests, patience) {
				t.Fatalf("%d requests, want %d; the log:\n%s", len(s.Requests(on)), c.requests, s.log)
			}
			if !c.lost {
				m, ok := s.Next(patience)
				if !ok || m.Content != "Heard: words of the asker" {
					t.Errorf("got %q", m.Content)
				}
				if replied := m.ReplyTo == id; replied != c.reply {
					t.Errorf("replies to %q", m.ReplyTo)
				}
			}
			time.Sleep(glimpse)
			if n := len(s.Requests(on)); n != c.requests {
				t.Errorf("%d requests, want %d", n, c.requests)
			}
			if n := len(s.Messages()); !c.lost && n != 1 {
				t.Errorf("%d messages", n)
			}
			lines := 0
			if c.lost {
				lines = 1
			}
			if requests := s.Requests(on); c.fault.Status == 500 && c.lost {
				// Half of each pause is jitter, and each is twice the one before.
				const least = 10 * time.Millisecond / 2 * (1<<(attempts-1) - 1)
				if took := requests[len(requests)-1].At.Sub(requests[0].At); took < least {
					t.Errorf("%d attempts within %v, want at least %v", len(requests), took, least)
				}
			}
			if n := s.log.lines("could not send a reply", lines); n != lines {
				t.Errorf("%d lines about it, want %d:\n%s", n, lines, s.log)
			}
			if log := s.log.String(); strings.Contains(log, "words of the asker") {
				t.Errorf("the log holds what was asked:\n%s", log)
			}
		})
	}
}

// TestShortages answers directly when the channel refuses the bot, with one line in the log for each channel.
func TestShortages(t *testing.T) {
	t.Parallel()
	type fault = discordtest.Fault
	const on = "POST /channels/" + discordtest.Channel
	for _, c := range []struct {
		name   string
		faults []fault
		// requests are those to the channel, for two messages, and asks those for a direct channel.
		requests, answers int
		lines, asks       int
	}{
		{"may not write", []fault{{On: on, Status: 403, Code: 50013, Times: -1}}, 1, 2, 1, 2},
		{"may not see", []fault{{On: on, Status: 403, Code: 50001, Times: -1}}, 1, 2, 1, 2},
		{"channel gone", []fault{{On: on, Status: 404, Code: 10003, Times: -1}}, 1, 2, 1, 2},
		{"thread locked", []fault{{On: on, Status: 400, Code: 50083, Times: -1}}, 1, 2, 1, 2},
		{"AutoMod", []fault{{On: on, Status: 400, Code: 200000, Times: -1}}, 2, 2, 2, 2},
		{"a harmful link", []fault{{On: on, Status: 400, Code: 240000, Times: -1}}, 2, 2, 2, 2},
		{"slow mode", []fault{{On: on, Status: 400, Code: 20016, Times: -1}}, 2, 2, 2, 2},
		{"no way at all", []fault{{On: on, Status: 403, Code: 50013, Times: -1}, {On: "POST /users/@me/channels", Status: 403, Code: 50007, Times: -1}}, 1, 0, 1, 1},
		{"direct messages closed", []fault{{On: on, Status: 403, Code: 50013, Times: -1}, {On: "POST /channels", Status: 403, Code: 50007, Times: -1}}, 1, 0, 2, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{}, Options{}, echo)
			s.Add(c.faults...)
			for n := range 2 {
				s.Write(discordtest.Written{Text: mention + " hello"})
				s.WaitRequests("POST /users/@me/channels", min(n+1, c.asks), patience)
				if c.answers > 0 {
					s.WaitMessages(n+1, patience)
				}
				time.Sleep(glimpse)
			}
			if n := len(s.Requests(on)); n != c.requests {
				t.Errorf("%d requests to the channel, want %d", n, c.requests)
			}
			if n := len(s.Messages()); n != c.answers {
				t.Errorf("%d answers, want %d; the log:\n%s", n, c.answers, s.log)
			}
			for _, m := range s.Messages() {
				if m.Channel != discordtest.DirectChannel(discordtest.Person) || m.ReplyTo != "" {
					t.Errorf("answered with %+v", m)
				}
			}
			if n := s.log.lines("could not send a reply", c.lines); n != c.lines {
				t.Errorf("%d lines in the log, want %d:\n%s", n, c.lines, s.log)
			}
		})
	}
}

// TestShortageMeanwhile sends the whole of a reply directly whose second part the channel refuses.
func TestShortageMeanwhile(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, func(context.Context, bot.Message) bot.Reply {
		return bot.Reply{Text: strings.Repeat("word ", 500)}
	})
	s.Add(discordtest.Fault{On: "POST /channels/" + discordtest.Channel, Skip: 1, Status: 403, Code: 50013})
	s.Write(discordtest.Written{Text: mention + " hello"})
	if !s.WaitMessages(3, patience) {
		t.Fatalf("%d messages; the log:\n%s", len(s.Messages()), s.log)
	}
	for n, m := range s.Messages() {
		if direct := m.Channel == discordtest.DirectChannel(discordtest.Person); direct != (n > 0) {
			t.Errorf("part %d was sent to %s", n, m.Channel)
		}
	}
}

// TestCallbackFaults does the same for interactions, whose tokens no log may hold.
func TestCallbackFaults(t *testing.T) {
	t.Parallel()
	type fault = discordtest.Fault
	const on = "POST /interactions"
	for _, c := range []struct {
		name     string
		fault    fault
		requests int
		answers  int
		lines    int // in the log, of failing
	}{
		{"500", fault{On: on, Status: 500}, 2, 1, 0},
		{"500 after it was done", fault{On: on, Status: 500, Done: true}, 2, 1, 0},
		{"no answer", fault{On: on}, 2, 1, 0},
		{"no answer after it was done", fault{On: on, Done: true}, 2, 1, 0},
		{"rate limit", fault{On: on, Status: 429, Header: map[string]string{"Retry-After": "0.05"}}, 2, 1, 0},
		{"rate limit beyond the deadline", fault{On: on, Status: 429, Header: map[string]string{"Retry-After": "3600"}, Times: -1}, 1, 1, 1},
		{"500 for ever", fault{On: on, Status: 500, Times: -1}, attempts, 1, 1},
		{"500 for ever after it was done", fault{On: on, Status: 500, Done: true, Times: -1}, attempts, 1, 1},
		{"answered by somebody else", fault{On: on, Status: 400, Code: 40060, Times: -1}, 1, 0, 0},
		{"unknown", fault{On: on, Status: 404, Code: 10062, Times: -1}, 1, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{}, Options{}, echo)
			s.Add(c.fault)
			s.Use(discordtest.Used{Command: "ask", Options: map[string]any{"question": "words of the asker"}})
			if !s.WaitRequests(on, c.requests, patience) || !s.WaitMessages(c.answers, patience) {
				t.Errorf("%d requests, %d answers; the log:\n%s", len(s.Requests(on)), len(s.Messages()), s.log)
			}
			time.Sleep(glimpse)
			if n := len(s.Requests(on)); n != c.requests {
				t.Errorf("%d requests, want %d", n, c.requests)
			}
			if n := len(s.Messages()); n != c.answers {
				t.Errorf("%d answers, want %d", n, c.answers)
			}
			if n := s.log.lines("an interaction", c.lines); n != c.lines {
				t.Errorf("%d lines about it, want %d:\n%s", n, c.lines, s.log)
			}
			if log := s.log.String(); strings.Contains(log, "words of the asker") {
				t.Errorf("the log holds what was asked:\n%s", log)
			}
		})
	}
}

// TestLimits sends more to one channel than it takes at a time. The bot waits, and is never refused.
func TestLimits(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{Limit: 3, Window: 400 * time.Millisecond}, Options{}, echo)
	const questions = 10
	for range questions {
		s.Write(discordtest.Written{Text: mention + " hello"})
	}
	if !s.WaitMessages(questions, patience) {
		t.Errorf("%d of %d answered", len(s.Messages()), questions)
	}
	for _, r := range s.Requests("POST /channels") {
		if r.Status == http.StatusTooManyRequests {
			t.Error("the bot went over the limit")
		}
	}
}

// TestPace makes no more requests in a second than a bot may.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimits(perSecond)
		var at []time.Time
		for n := range 200 {
			key := fmt.Sprint("POST /channels/{}/messages ", n)
			if err := l.enter(t.Context(), key); err != nil {
				t.Fatal(err)
			}
			l.leave(key, answer{status: http.StatusOK})
			at = append(at, time.Now())
			if n >= 50 && at[n].Sub(at[n-50]) < time.Second {
				t.Fatalf("requests %d to %d are made within %v", n-50, n, at[n].Sub(at[n-50]))
			}
		}
	})
}

// TestPatience gives up waiting for a limit when its context ends: discordgo waits on.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimits(perSecond)
		if err := l.enter(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		// The first answer says how much the route allows; until then others wait for it.
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := l.enter(ctx, "a"); err == nil || time.Since(began) != time.Second {
			t.Errorf("waited %v for an answer: %v", time.Since(began), err)
		}
		l.leave("a", answer{status: http.StatusTooManyRequests, header: http.Header{"Retry-After": {"60"}}})
		began = time.Now()
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := l.enter(ctx, "a"); err == nil || time.Since(began) != time.Second {
			t.Errorf("waited %v for a limit: %v", time.Since(began), err)
		}
	})
}

// TestAllLimits answers everybody although Discord takes fewer requests than there are.
func TestAllLimits(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{PerSecond: 20}, Options{}, echo)
	const questions = 50
	for n := range questions {
		s.Write(discordtest.Written{Direct: true, From: fmt.Sprintf("10500000000030%04d", n), Text: "hello"})
	}
	if !s.WaitMessages(questions, patience) {
		t.Errorf("%d of %d answered", len(s.Messages()), questions)
	}
}

// TestGlobalLimit leaves all channels alone when Discord says so in one.
func TestGlobalLimit(t *testing.T) {
	t.Parallel()
	var d *Discord
	s := serve(t, discordtest.Config{}, Options{}, echo, func(made *Discord) { d = made })
	s.WaitRequests("PUT /applications", 1, patience)
	const wait = 500 * time.Millisecond
	const one, other = "POST /channels/" + discordtest.Channel, "POST /channels/" + elsewhere
	s.Add(discordtest.Fault{On: one, Status: 429, Header: map[string]string{"Retry-After": "0.5", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}})
	s.Write(discordtest.Written{Text: mention + " hello"})
	for began, heard := time.Now(), false; !heard; time.Sleep(time.Millisecond) {
		d.rest.limits.mu.Lock()
		heard = !d.rest.limits.until.IsZero()
		d.rest.limits.mu.Unlock()
		if time.Since(began) > patience {
			t.Fatal("the limit is not taken for all channels")
		}
	}
	s.Write(discordtest.Written{Text: mention + " hello", In: elsewhere})
	if !s.WaitMessages(2, patience) || !s.WaitRequests(other, 1, patience) {
		t.Fatalf("not answered; the log:\n%s", s.log)
	}
	if pause := s.Requests(other)[0].At.Sub(s.Requests(one)[0].At); pause < wait {
		t.Errorf("another channel was left alone for %v, want %v", pause, wait)
	}
}

// TestEditsApart shows that an answer which Discord is slow to take holds up no other, and that interactions leave
// nothing behind in the limits.
func TestEditsApart(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	server.Add(discordtest.Fault{On: "PATCH /webhooks", Delay: time.Hour})
	var d *Discord
	s := attach(t, server, Options{}, func(context.Context, bot.Message) bot.Reply {
		server.WaitRequests("POST /interactions", 1, patience)
		return bot.Reply{Text: "done"}
	}, func(made *Discord) { d, made.pace.deferAfter = made, time.Millisecond })
	s.WaitConnected(1, patience)
	s.WaitRequests("PUT /applications", 1, patience)
	const used = 20
	for range used {
		s.Use(discordtest.Used{Command: "help"})
	}
	if !s.WaitMessages(used-1, patience) {
		t.Errorf("%d of %d answered; the log:\n%s", len(s.Messages()), used-1, s.log)
	}
	d.rest.limits.mu.Lock()
	defer d.rest.limits.mu.Unlock()
	for key := range d.rest.limits.windows {
		if strings.Contains(key, "interactions") || strings.Contains(key, "webhooks") {
			t.Errorf("remembers %s", key)
		}
	}
}

// TestWindows bounds the memory of limits.
func TestWindows(t *testing.T) {
	l := newLimits(1e6)
	for n := range 10 * maxWindows {
		key := "POST /channels/{}/messages " + strings.Repeat("1", n%50) + string(rune('a'+n%26)) + time.Duration(n).String()
		if err := l.enter(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		l.leave(key, answer{status: 200, header: http.Header{"X-Ratelimit-Limit": {"5"}, "X-Ratelimit-Remaining": {"4"}, "X-Ratelimit-Reset-After": {"0"}}})
	}
	if n := len(l.windows); n > maxWindows {
		t.Errorf("%d windows are kept", n)
	}
}

func TestNew(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	for _, c := range []struct {
		options Options
		base    string
		wrong   string // what an error says
	}{
		{Options{Token: "Bot abc"}, "https://discord.com/api/v9", ""},
		{Options{Token: " abc\n", API: "http://127.0.0.1:8081"}, "http://127.0.0.1:8081/api/v9", ""},
		{Options{Token: "abc", API: "http://127.0.0.1:8081/"}, "http://127.0.0.1:8081/api/v9", ""},
		{Options{Token: "abc", API: "https://proxy.example/discord/api/v10/"}, "https://proxy.example/discord/api/v9", ""},
		{Options{Token: ""}, "", "token"},
		{Options{Token: "a b"}, "", "token"},
		{Options{Token: "abc", API: "127.0.0.1:8081"}, "", "base URL"},
		{Options{Token: "abc", API: "ftp://discord.com"}, "", "base URL"},
		{Options{Token: "abc", ModeratorRoles: []string{"Moderators"}}, "", `"Moderators"`},
		{Options{Token: "abc", Shards: -1}, "", "shards"},
		{Options{Token: "abc", Guilds: []string{"1", " 2", ""}, Watch: []string{" 3 "}, Alerts: "4"}, "https://discord.com/api/v9", ""},
		{Options{Token: "abc", Guilds: []string{"my server"}}, "", `server "my server"`},
		{Options{Token: "abc", CommandGuild: "x"}, "", `server "x"`},
		{Options{Token: "abc", Watch: []string{"1", "general"}}, "", `channel "general"`},
		{Options{Token: "abc", Alerts: "#mods"}, "", `channel "#mods"`},
	} {
		c.options.Log = log
		d, err := New(c.options)
		switch {
		case c.wrong != "":
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("New(%+v) gave %v, want an error that says %q", c.options, err, c.wrong)
			}
		case err != nil:
			t.Errorf("New(%+v): %v", c.options, err)
		case d.rest.base != c.base || d.rest.token != "abc":
			t.Errorf("New(%+v) asks %s with %q", c.options, d.rest.base, d.rest.token)
		}
	}
}

// TestOpensSession recognises discordgo's IDENTIFY and RESUME among what it writes.
func TestOpensSession(t *testing.T) {
	frame := func(payload string, extended bool) []byte {
		mask := []byte{1, 2, 3, 4}
		f := []byte{0x81, 0x80 | byte(len(payload))}
		if extended {
			f = []byte{0x81, 0x80 | 126, byte(len(payload) >> 8), byte(len(payload))}
		}
		f = append(f, mask...)
		for i := range len(payload) {
			f = append(f, payload[i]^mask[i%4])
		}
		return f
	}
	for _, c := range []struct {
		payload string
		want    bool
	}{
		{`{"op":2,"d":{"token":"x"}}`, true},
		{`{"op":6,"d":{"token":"x"}}`, true},
		{`{"op":1,"d":251}`, false},
		{`{"op":2`, false},
		{``, false},
	} {
		for _, extended := range []bool{false, true} {
			if got := opensSession(frame(c.payload, extended)); got != c.want {
				t.Errorf("%s: %v", c.payload, got)
			}
		}
	}
	whole := frame(`{"op":2,"d":{}}`, true)
	for n := range whole {
		if opensSession(whole[:n]) != (n >= 16) {
			t.Errorf("wrong about the first %d bytes", n)
		}
	}
	for _, other := range [][]byte{[]byte("GET / HTTP/1.1\r\n"), {0x88, 0x82, 0, 0, 0, 0, 3, 232}} {
		if opensSession(other) {
			t.Errorf("% x opens no session", other)
		}
	}
}

// TestFrames gives the opcodes of small frames, wherever the stream is cut.
func TestFrames(t *testing.T) {
	server := func(payload string, first byte) string {
		switch n := len(payload); {
		case n < 126:
			return string([]byte{first, byte(n)}) + payload
		case n < 1<<16:
			return string([]byte{first, 126, byte(n >> 8), byte(n)}) + payload
		default:
			return string([]byte{first, 127, 0, 0, 0, 0, 0, byte(n >> 16), byte(n >> 8), byte(n)}) + payload
		}
	}
	stream := "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n" +
		server(`{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250}}`, 0x81) +
		server(`{"op":0,"d":"`+strings.Repeat(`{\"op\":7}`, 100)+`"}`, 0x81) +
		server(`{"op":0,"d":"`+strings.Repeat("x", 70_000)+`"}`, 0x81) +
		server("\x03\xe8", 0x88) + server(`{"op":11}`, 0x82) + server(`not JSON`, 0x81) + server(``, 0x81) + server(`{"d":{"op":7}}`, 0x81) +
		server(`{"op":11}`, 0x81) + server(`{"op":7,"d":null}`, 0x81)
	for _, chunk := range []int{1, 2, 3, 7, 100, 4096, len(stream)} {
		var f frames
		var ops []int
		for rest := stream; rest != ""; {
			n := min(chunk, len(rest))
			for _, c := range f.read([]byte(rest[:n])) {
				ops = append(ops, c.op)
				if at := strings.Index(rest[:n], "\x81"); chunk == len(stream) && c.op == 10 && c.at != at {
					t.Errorf("the first frame is at %d, not %d", at, c.at)
				}
			}
			rest = rest[n:]
		}
		if !slices.Equal(ops, []int{10, 11, 7}) {
			t.Errorf("in chunks of %d: %v", chunk, ops)
		}
	}
}

func TestSeen(t *testing.T) {
	var s seen
	ids := []string{"1", "2", "1", "3", "2"}
	var fresh []string
	for _, id := range ids {
		if !s.before(id) {
			fresh = append(fresh, id)
		}
	}
	if !slices.Equal(fresh, []string{"1", "2", "3"}) {
		t.Errorf("%v are new among %v", fresh, ids)
	}
	for n := range 3 * remembered {
		s.before(time.Duration(n).String())
	}
	if len(s.ids) != remembered {
		t.Errorf("%d ids are kept, want %d", len(s.ids), remembered)
	}
	if s.before("1") {
		t.Error("1 should be forgotten")
	}
}
