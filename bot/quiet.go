package bot

import (
	"sync"
	"time"
)

// A quiet remembers for a while what a person was told or said, so that somebody who writes on about the same matter
// is not told the same again with every message, and no button counts twice. It holds hashes of opaque ids and
// times, no words, in memory only.
type quiet struct {
	time time.Duration
	now  func() time.Time

	mu   sync.Mutex
	told map[string]time.Time // by person and matter
}

func newQuiet(d time.Duration) *quiet {
	return &quiet{time: d, now: time.Now, told: make(map[string]time.Time)}
}

// maxTold bounds what is remembered. A crowd that raises more flags within one quiet time is told again: better
// twice than never.
const maxTold = 10_000

// first tells whether one of matters is new for person within the quiet time, and remembers them all.
func (q *quiet) first(person string, matters ...string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.now()
	first := false
	for _, matter := range matters {
		if at, ok := q.told[key(person, matter)]; !ok || now.Sub(at) >= q.time {
			first = true
		}
	}
	if !first {
		return false
	}
	if len(q.told)+len(matters) > maxTold {
		for k, at := range q.told {
			if now.Sub(at) >= q.time {
				delete(q.told, k)
			}
		}
		if len(q.told)+len(matters) > maxTold {
			clear(q.told)
		}
	}
	for _, matter := range matters {
		q.told[key(person, matter)] = now
	}
	return true
}
