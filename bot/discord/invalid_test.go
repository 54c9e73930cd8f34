package discord

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/discord/discordtest"
)

// TestInvalid stops before Discord bans the address, and goes on when the ten minutes are over.
func TestInvalid(t *testing.T) {
	var i invalid
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	harmless := []answer{
		{}, {status: 200}, {status: 404}, {status: 500},
		{status: 429, header: http.Header{"X-Ratelimit-Scope": {"shared"}}},
	}
	refused := []int{401, 403, 429}
	for n := range maxInvalid {
		if i.wait(now) > 0 {
			t.Fatalf("stopped after %d", n)
		}
		for _, a := range harmless {
			if i.note(a, now) {
				t.Fatalf("%d is no refusal", a.status)
			}
		}
		last := n == maxInvalid-1
		if i.note(answer{status: refused[n%3]}, now) != last {
			t.Fatalf("request %d is said to be the last: %v", n, !last)
		}
		if n%2000 == 0 {
			now = now.Add(time.Minute)
		}
	}
	for began := now; ; {
		wait := i.wait(now)
		if wait == 0 {
			if past := now.Sub(began); past < 6*time.Minute || past > 11*time.Minute {
				t.Errorf("went on after %v", past)
			}
			break
		}
		if wait < 0 || wait > invalidSpan {
			t.Fatalf("waits %v", wait)
		}
		now = now.Add(wait)
	}
	now = now.Add(24 * time.Hour)
	if i.wait(now) != 0 || i.sum() != 0 {
		t.Errorf("%d requests are remembered for a day", i.sum())
	}
}

// TestInvalidStops makes no request, and says so once.
func TestInvalidStops(t *testing.T) {
	t.Parallel()
	var d *Discord
	s := serve(t, discordtest.Config{}, Options{}, echo, func(made *Discord) { d = made })
	s.WaitRequests("PUT /applications", 1, patience)
	s.Add(discordtest.Fault{On: "POST /channels", Status: http.StatusForbidden, Code: 50013})
	for range maxInvalid - 1 {
		d.rest.invalid.note(answer{status: http.StatusForbidden}, time.Now())
	}
	s.Write(discordtest.Written{Direct: true, Text: "hello"})
	if n := s.log.lines("ban", 1); n != 1 {
		t.Errorf("%d lines in the log:\n%s", n, s.log)
	}
	ctx, cancel := context.WithTimeout(t.Context(), glimpse)
	defer cancel()
	before := len(s.Requests(""))
	if err := d.rest.do(ctx, request{method: http.MethodGet, route: "/gateway"}, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if n := len(s.Requests("")); n != before {
		t.Errorf("%d requests were made", n-before)
	}
}
