package discord

// This file keeps the address from being banned: Discord shuts one out that makes 10,000 requests in 10 minutes which it
// refuses with 401, 403 or 429. Limits and shortages avoid them one by one; this is for what they miss.
// https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans

import (
	"context"
	"net/http"
	"sync"
	"time"
)

const (
	// maxInvalid leaves room for other programs behind the same address, and for the requests under way.
	maxInvalid = 8000
	// invalidSpan is a tenth of Discord's window: requests are counted by it.
	invalidSpan  = time.Minute
	invalidSpans = 10
)

// invalid counts refused requests. The zero value is ready.
type invalid struct {
	mu     sync.Mutex
	counts [invalidSpans + 1]int // the last is the span that has begun
	began  time.Time             // the last span
}

// note counts an answer, and says whether it is the one after which no more requests may be made for now.
func (i *invalid) note(a answer, now time.Time) bool {
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden:
	case http.StatusTooManyRequests:
		if a.header.Get("X-RateLimit-Scope") == "shared" {
			return false // the fault of others
		}
	default:
		return false
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.turn(now)
	i.counts[invalidSpans]++
	return i.sum() == maxInvalid
}

// wait says how long to make no request.
func (i *invalid) wait(now time.Time) time.Duration {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.turn(now)
	if i.sum() < maxInvalid {
		return 0
	}
	return i.began.Add(invalidSpan).Sub(now)
}

// turn forgets the spans that are over. The caller holds the lock, and so it does of sum.
func (i *invalid) turn(now time.Time) {
	if spans := int64(now.Sub(i.began) / invalidSpan); spans > int64(len(i.counts)) {
		i.counts = [len(i.counts)]int{}
		i.began = now
	}
	for now.Sub(i.began) >= invalidSpan {
		copy(i.counts[:], i.counts[1:])
		i.counts[invalidSpans] = 0
		i.began = i.began.Add(invalidSpan)
	}
}

func (i *invalid) sum() int {
	n := 0
	for _, c := range i.counts {
		n += c
	}
	return n
}

// pass waits until a request may be made.
func (i *invalid) pass(ctx context.Context) error {
	for {
		wait := i.wait(time.Now())
		if wait <= 0 {
			return nil
		}
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}
