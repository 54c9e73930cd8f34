package telegram

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestBudgets writes as fast as it may for three minutes, on a clock of its own, and counts what goes out in the
// busiest second and the busiest minute, against what Telegram allows (see overallRate).
func TestBudgets(t *testing.T) {
	for name, c := range map[string]struct {
		chats          []int64
		second, minute int // at most
		all            int // at least, in three minutes
	}{
		"a private chat": {[]int64{1}, 4, 63, 180},
		"a group":        {[]int64{-1}, 10, 20, 38},
		"two groups":     {[]int64{-1, -2}, 20, 40, 76},
		"everybody":      {many(200), 30, 1505, 4400},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
				defer cancel()
				s := newSender(nil, slog.New(slog.DiscardHandler), true, nil)
				var mu sync.Mutex
				var at []time.Time
				var writers sync.WaitGroup
				for _, chat := range c.chats {
					writers.Go(func() {
						for s.turn(ctx, chat, false, func() {}) == nil {
							mu.Lock()
							at = append(at, time.Now())
							mu.Unlock()
						}
					})
				}
				writers.Wait()
				if n := busiest(at, time.Second); n > c.second {
					t.Errorf("%d in a second, want at most %d", n, c.second)
				}
				if n := busiest(at, time.Minute); n > c.minute {
					t.Errorf("%d in a minute, want at most %d", n, c.minute)
				}
				if len(at) < c.all {
					t.Errorf("%d in all, want at least %d", len(at), c.all)
				}
			})
		})
	}
}

func many(n int) (chats []int64) {
	for i := range n {
		chats = append(chats, int64(i+1))
	}
	return chats
}

// busiest is the largest number of times within any span, of which the end is not part.
func busiest(at []time.Time, span time.Duration) (most int) {
	slices.SortFunc(at, time.Time.Compare)
	first := 0
	for i := range at {
		for at[i].Sub(at[first]) >= span {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}
