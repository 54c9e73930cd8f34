package discord

// This file is the one way to Discord's HTTP interface: each request is bounded by its context, repeated where
// that does no harm, and fails with an error that holds no secret.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxResponse bounds the body of an answer, in bytes. The largest that redpin asks for is the list of its own
// commands: at most 130 of 8,000 characters.
const maxResponse = 8 << 20

// attempts is how often a request is sent in all when Discord fails to serve it: with the pauses between them over
// about 15 s. Rate limits do not count: they are waited for as long as the context allows.
const attempts = 6

// userAgent has the form that Discord requires: https://discord.com/developers/docs/reference#user-agent
const userAgent = "DiscordBot (https://github.com/redpin/redpin, 1)"

type rest struct {
	client *http.Client
	base   string // such as https://discord.com/api/v9
	token  string
	limits *limits
	// invalid counts what Discord refuses; full is called when it stops all requests for a while.
	invalid invalid
	full    func()
	// pause is the wait before the first repeat, doubled for each further one, with jitter.
	pause time.Duration
}

// A request is one call of Discord's HTTP interface.
type request struct {
	method string
	// route is the path with {} for each of args. It names the request in errors, because the path itself may
	// hold an interaction's token.
	route string
	args  []string
	query string
	body  any
	// repeatable says that doing it twice does no harm, so that it is repeated even where it may have been done.
	repeatable bool
}

func (q request) path() string {
	path := q.route
	for _, arg := range q.args {
		path = strings.Replace(path, "{}", url.PathEscape(arg), 1)
	}
	if q.query != "" {
		path += "?" + q.query
	}
	return path
}

func (q request) String() string { return q.method + " " + q.route }

// key is what Discord counts the request under: the route and, in it, the channel.
// https://discord.com/developers/docs/topics/rate-limits#rate-limits
func (q request) key() string {
	if len(q.args) == 0 {
		return q.String()
	}
	return q.String() + " " + q.args[0]
}

// ofInteraction says that the request is authorised by an interaction's token. Such requests are neither under
// the global limit nor worth a limit of their own: each interaction has its own, and makes a handful.
func (q request) ofInteraction() bool {
	return strings.HasPrefix(q.route, "/interactions/") || strings.HasPrefix(q.route, "/webhooks/")
}

// A restError is a request that Discord refused.
type restError struct {
	request string
	// status is HTTP's, code is Discord's own or 0:
	// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
	status, code int
	// repeated says that an earlier attempt may have been carried out.
	repeated bool
}

func (e *restError) Error() string {
	if e.code != 0 {
		return fmt.Sprintf("%s: HTTP %d, Discord's error %d", e.request, e.status, e.code)
	}
	return fmt.Sprintf("%s: HTTP %d", e.request, e.status)
}

// errorCode is Discord's code in err, or 0.
func errorCode(err error) int {
	var e *restError
	if errors.As(err, &e) {
		return e.code
	}
	return 0
}

// errorStatus is HTTP's status in err, or 0.
func errorStatus(err error) int {
	var e *restError
	if errors.As(err, &e) {
		return e.status
	}
	return 0
}

// do sends q and reads the answer into out, which may be nil. It waits for rate limits and repeats what failed
// by itself, as long as ctx allows.
func (r *rest) do(ctx context.Context, q request, out any) error {
	var body []byte
	if q.body != nil {
		var err error
		if body, err = json.Marshal(q.body); err != nil {
			return fmt.Errorf("%s: writing the request: %w", q, err)
		}
	}
	repeated := false
	for attempt := 1; ; {
		a, err := r.once(ctx, q, body)
		if err == nil && a.status/100 == 2 {
			if out == nil || len(a.body) == 0 {
				return nil
			}
			if err := json.Unmarshal(a.body, out); err != nil {
				return fmt.Errorf("%s: the answer is not the JSON that it should be: %T", q, err)
			}
			return nil
		}
		if err == nil {
			err = &restError{request: q.String(), status: a.status, code: a.code(), repeated: repeated}
		}
		var wait time.Duration
		switch {
		case a.status == http.StatusTooManyRequests:
			wait = a.retryAfter()
		case attempt < attempts && a.worthRepeating(q):
			wait = r.pause << (attempt - 1)
			wait = wait/2 + rand.N(wait) //nolint:gosec // jitter, not a secret
			attempt++
			repeated = true
		default:
			return err
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return err
		}
		if !sleep(ctx, wait) {
			return err
		}
	}
}

// once sends q a single time. An error holds neither the address, which may hold a token, nor what was sent.
func (r *rest) once(ctx context.Context, q request, body []byte) (answer, error) {
	if err := r.invalid.pass(ctx); err != nil {
		return answer{}, fmt.Errorf("%s: waiting so that Discord does not ban this address: %w", q, err)
	}
	if !q.ofInteraction() {
		if err := r.limits.enter(ctx, q.key()); err != nil {
			return answer{}, fmt.Errorf("%s: waiting for Discord's rate limit: %w", q, err)
		}
	}
	a, err := r.send(ctx, q, body)
	if r.invalid.note(a, time.Now()) && r.full != nil {
		r.full()
	}
	if !q.ofInteraction() {
		r.limits.leave(q.key(), a)
	}
	if err != nil {
		var where *url.Error
		if errors.As(err, &where) {
			err = where.Err
		}
		return answer{}, fmt.Errorf("%s: %w", q, err)
	}
	return a, nil
}

func (r *rest) send(ctx context.Context, q request, body []byte) (answer, error) {
	var reader io.Reader
	if body != nil {
		reader = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, q.method, r.base+q.path(), reader)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Authorization", "Bot "+r.token)
	req.Header.Set("User-Agent", userAgent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	a := answer{status: resp.StatusCode, header: resp.Header}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	if err != nil {
		// Cut off in the middle: whether it was done is as unknown as with no answer at all.
		return answer{}, err
	}
	return a, nil
}

// An answer is what Discord said to a request; the zero value is no answer.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) code() int {
	var e struct{ Code int }
	_ = json.Unmarshal(a.body, &e) // a proxy's page has no code
	return e.Code
}

// worthRepeating says whether q may succeed when it is sent again, and does no harm if it succeeded already.
// 502 and 503 come from Discord's edge, before the request is carried out.
func (a answer) worthRepeating(q request) bool {
	switch a.status {
	case http.StatusBadGateway, http.StatusServiceUnavailable:
		return true
	case 0, http.StatusInternalServerError, http.StatusGatewayTimeout:
		return q.repeatable
	}
	return false
}

// defaultRetryAfter is for a 429 that does not say how long to wait, such as a page of Cloudflare's.
const defaultRetryAfter = 5 * time.Second

func (a answer) retryAfter() time.Duration {
	var e struct {
		RetryAfter float64 `json:"retry_after"`
	}
	if json.Unmarshal(a.body, &e) == nil && e.RetryAfter > 0 {
		return seconds(e.RetryAfter)
	}
	if d, ok := headerSeconds(a.header, "Retry-After"); ok && d > 0 {
		return d
	}
	return defaultRetryAfter
}

// sleep waits, and says false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
