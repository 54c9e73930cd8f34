package telegram

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// TestAwait shows, on a clock of its own, how long the loop waits after a poll before the next: not at all where all
// is handled, some time where nothing came (a server may not hold polls), and longer while updates are under way.
func TestAwait(t *testing.T) {
	for name, c := range map[string]struct {
		fresh int           // updates that the poll brought
		ready time.Duration // when the last of them is handled
		want  time.Duration
	}{
		"nothing came":          {0, 0, emptyPause},
		"all is handled":        {1, 0, 0},
		"soon all is handled":   {1, slowPoll / 2, slowPoll / 2},
		"one takes for ever":    {1, time.Hour, slowPoll},
		"one of before is slow": {0, slowPoll / 3, emptyPause},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &session{ledger: newLedger()}
				e := s.ledger.add(key{id: 1})
				if c.ready == 0 {
					s.ledger.settle(e)
				} else {
					time.AfterFunc(c.ready, func() { s.ledger.settle(e) })
				}
				begun := time.Now()
				s.await(context.Background(), begun, c.fresh)
				if got := time.Since(begun); got != c.want {
					t.Errorf("waits %v, want %v", got, c.want)
				}
			})
		})
	}
}
