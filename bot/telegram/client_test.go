package telegram

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// TestCall shows what comes of a call that fails: never the token, never the library's or net/http's own error, and
// whether it may have had its effect.
func TestCall(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a redirect was followed to %s with the referer %q", r.URL, r.Referer())
	}))
	t.Cleanup(elsewhere.Close)
	cases := map[string]struct {
		fault     telegramtest.Fault
		want      string
		ambiguous bool
	}{
		"a redirect":               {telegramtest.Fault{Status: 307, Location: elsewhere.URL}, "redirect", false},
		"a page with the token":    {telegramtest.Fault{Status: 503, Body: "no upstream for /bot" + telegramtest.DefaultToken + "/getMe"}, "status 503", false},
		"a gateway's time-out":     {telegramtest.Fault{Status: 504, Body: "<html>"}, "status 504", true},
		"an empty answer":          {telegramtest.Fault{Status: 200, Body: ""}, "status 200", true},
		"an empty object":          {telegramtest.Fault{Status: 200, Body: "{}"}, "status 200", true},
		"half an answer":           {telegramtest.Fault{Status: 200, Body: `{"ok":tr`}, "status 200", true},
		"too long an answer":       {telegramtest.Fault{Status: 200, Body: `{"ok":true}` + strings.Repeat(" ", maxBody)}, "status 200", true},
		"a refusal with the token": {telegramtest.Fault{Code: 400, Description: "Bad Request: " + telegramtest.DefaultToken}, "400 (Bad Request)", false},
		"a known refusal":          {telegramtest.Fault{Code: 400, Description: "Bad Request: can't parse entities: Unsupported start tag \"s3cret\""}, "400 (can't parse entities)", false},
		"dropped":                  {telegramtest.Fault{Drop: "before"}, "EOF", true},
		"no answer":                {telegramtest.Fault{Delay: time.Hour}, "no answer in time", true},
		"a slow drip":              {telegramtest.Fault{Status: 200, Body: strings.Repeat("x", 1000), Drip: time.Hour}, "no answer in time", true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := telegramtest.New(t, telegramtest.Options{})
			server.Fail(c.fault)
			api, err := newClient(server.Token, server.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer api.close()
			ctx := &runningOut{Context: context.Background(), over: make(chan struct{})}
			done := make(chan error, 1)
			go func() {
				_, err := api.call(ctx, "getMe", nil, time.Minute)
				done <- err
			}()
			if c.fault.Delay+c.fault.Drip > 0 {
				server.WaitCalls(t, "getMe", 1)
				close(ctx.over)
			}
			err = <-done
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want an error with %q", err, c.want)
			}
			if ambiguous(err) != c.ambiguous {
				t.Errorf("may have had its effect: %v, want %v", ambiguous(err), c.ambiguous)
			}
			for e := err; e != nil; e = errors.Unwrap(e) {
				if text := e.Error(); strings.Contains(text, "secret-token") || strings.Contains(text, "s3cret") || strings.Contains(text, "%3A") {
					t.Errorf("the error shows what it must not: %v", e)
				}
			}
		})
	}
}

// A runningOut is a context whose deadline passes when over is closed, so that no test waits for one.
type runningOut struct {
	context.Context
	over chan struct{}
}

func (r *runningOut) Done() <-chan struct{} { return r.over }

func (r *runningOut) Err() error {
	select {
	case <-r.over:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// TestCallNobody calls where nobody listens: the request surely had no effect.
func TestCallNobody(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	api, err := newClient(telegramtest.DefaultToken, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, err = api.call(context.Background(), "sendMessage", nil, time.Minute)
	if err == nil || ambiguous(err) || strings.Contains(err.Error(), "secret-token") {
		t.Errorf("got %v", err)
	}
}

// TestCallDeadline ends a call with its context, and says why.
func TestCallDeadline(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	server.Fail(telegramtest.Fault{Delay: time.Hour})
	api, err := newClient(server.Token, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer api.close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := api.call(ctx, "getMe", nil, time.Minute)
		done <- err
	}()
	server.WaitCalls(t, "getMe", 1)
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestRedact(t *testing.T) {
	t.Parallel()
	c, err := newClient("4242:TEST_secret-token", "http://127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"http://h/bot4242:TEST_secret-token/getMe", "bot4242%3ATEST_secret-token", "only TEST_secret-token"} {
		if got := c.redact(text); strings.Contains(got, "secret") {
			t.Errorf("redact(%q) = %q", text, got)
		}
	}
}
