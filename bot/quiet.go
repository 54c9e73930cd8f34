package bot

import (
	"sync"
	"time"
)

// A quiet remembers which red flags a bystander was answered for, so that somebody who writes on about the same
// matter is not told the same again with every message. It holds opaque ids and times, no words, in memory only.
type quiet struct {
	time time.Duration
	now  func() time.Time

	mu   sync.Mutex
	told map[string]time.Time // by person and flag
}

// maxTold bounds what is remembered. A crowd that raises more flags within one quiet time is told again: better
// twice than never.
const maxTold = 10_000

// first tells whether person was not told of one of flags within the quiet time, and remembers that they are now.
func (q *quiet) first(person string, flags []Flag) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.now()
	first := false
	for _, f := range flags {
		k := key(person, f.ID)
		if at, ok := q.told[k]; !ok || now.Sub(at) >= q.time {
			first = true
		}
	}
	if !first {
		return false
	}
	if len(q.told)+len(flags) > maxTold {
		for k, at := range q.told {
			if now.Sub(at) >= q.time {
				delete(q.told, k)
			}
		}
		if len(q.told)+len(flags) > maxTold {
			clear(q.told)
		}
	}
	for _, f := range flags {
		q.told[key(person, f.ID)] = now
	}
	return true
}
