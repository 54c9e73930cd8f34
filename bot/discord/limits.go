package discord

// This file keeps Discord's rate limits before Discord has to: a refused request counts towards a ban of the
// address (10,000 in 10 minutes), a waiting one does not.
// https://discord.com/developers/docs/topics/rate-limits

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// perSecond and burst together stay within the 50 requests a second that Discord grants a bot over all routes, with
	// room for those that arrive closer together than they were sent.
	perSecond, burst = 45, 1
	// maxWindows bounds the memory: above it, windows that are over are forgotten.
	maxWindows = 1024
	// unlimited stands for a route whose answers name no limit.
	unlimited = 1 << 30
)

type limits struct {
	all *rate.Limiter

	mu      sync.Mutex
	until   time.Time // no request before, after a 429 that was global
	windows map[string]*window
}

// A window is what one route allows until a moment.
type window struct {
	limit     int // of a whole window
	remaining int
	reset     time.Time
	// resetThere is the same moment by Discord's clock, in seconds, or 0. It tells windows apart however late an answer is.
	resetThere float64
	inFlight   int
	changed    chan struct{} // closed when a waiter should look again
}

func newLimits(each rate.Limit) *limits {
	return &limits{all: rate.NewLimiter(each, burst), windows: make(map[string]*window)}
}

// enter waits until a request under key may be sent. Who enters must leave.
func (l *limits) enter(ctx context.Context, key string) error {
	for {
		wait, changed := l.try(key)
		if changed == nil {
			break
		}
		// Discord's clock and ours tick apart by the time of a round trip, so a waiter looks again a moment later.
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-changed:
			timer.Stop()
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
	if err := l.all.Wait(ctx); err != nil {
		l.leave(key, answer{})
		return err
	}
	return nil
}

// try takes a place under key, or says how long to wait at most and what to watch meanwhile.
func (l *limits) try(key string) (time.Duration, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	w := l.windows[key]
	if w == nil {
		l.sweep(now)
		// How much a route allows is known after its first answer, so one request goes ahead.
		w = &window{limit: 1, changed: make(chan struct{})}
		l.windows[key] = w
	}
	if now.Before(l.until) {
		return l.until.Sub(now), w.changed
	}
	if now.After(w.reset) {
		w.remaining = w.limit
	}
	if w.remaining-w.inFlight > 0 {
		w.inFlight++
		return 0, nil
	}
	if now.Before(w.reset) {
		return w.reset.Sub(now) + time.Millisecond, w.changed
	}
	return time.Minute, w.changed
}

// leave gives the place back and learns from the answer, which is the zero value where there was none.
func (l *limits) leave(key string, a answer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.windows[key]
	w.inFlight--
	w.learn(a, time.Now())
	if a.status == http.StatusTooManyRequests {
		until := time.Now().Add(a.retryAfter())
		if a.global() {
			l.until = until
		} else {
			w.remaining, w.reset = 0, until
		}
	}
	close(w.changed)
	w.changed = make(chan struct{})
}

func (w *window) learn(a answer, now time.Time) {
	if a.status == 0 {
		return
	}
	limit, err := strconv.Atoi(a.header.Get("X-RateLimit-Limit"))
	if err != nil {
		if w.reset.IsZero() {
			w.limit, w.remaining = unlimited, unlimited
		}
		return
	}
	remaining, err := strconv.Atoi(a.header.Get("X-RateLimit-Remaining"))
	after, ok := headerSeconds(a.header, "X-RateLimit-Reset-After")
	if err != nil || !ok {
		return
	}
	reset := now.Add(after)
	there, _ := strconv.ParseFloat(a.header.Get("X-RateLimit-Reset"), 64)
	apart := reset.Sub(w.reset)
	if there > 0 && w.resetThere > 0 {
		apart = seconds(there - w.resetThere)
	}
	// Answers overtake each other; within one window what remains only shrinks.
	const sameWindow = 250 * time.Millisecond
	switch {
	case apart <= -sameWindow:
		return // of a window that is over
	case apart < sameWindow:
		remaining = min(remaining, w.remaining)
	}
	w.limit = max(limit, 1)
	w.resetThere = there
	w.remaining, w.reset = remaining, reset
}

// global says that a 429 is for all routes. One that is no JSON comes from the network in front of Discord and is
// about our address.
func (a answer) global() bool {
	return a.header.Get("X-RateLimit-Global") != "" || a.header.Get("X-RateLimit-Scope") == "global" || !json.Valid(a.body)
}

// sweep forgets windows that are over and that nobody waits for.
func (l *limits) sweep(now time.Time) {
	if len(l.windows) < maxWindows {
		return
	}
	for key, w := range l.windows {
		if w.inFlight == 0 && now.After(w.reset) {
			delete(l.windows, key)
		}
	}
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func headerSeconds(h http.Header, name string) (time.Duration, bool) {
	s, err := strconv.ParseFloat(h.Get(name), 64)
	if err != nil || s < 0 {
		return 0, false
	}
	return seconds(s), true
}
