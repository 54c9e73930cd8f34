package telegram

import (
	"slices"
	"sync"
)

// A ledger holds the updates that Telegram has delivered and that are not confirmed yet, in the order of their
// delivery, and how far each has come. It decides what the next poll confirms: what was handled, and no more.
type ledger struct {
	mu       sync.Mutex
	entries  []*entry
	stopping bool
	changed  chan struct{} // closed, and made anew, when an entry has passed
}

// An entry is one update's.
type entry struct {
	key key
	// underWay says that it was given to a lane. It belongs to the intake.
	underWay bool

	settled bool // nothing is left to do
	passed  bool // settled, or waiting for its own chat only
	tried   bool // its reply was sent, or may have been
}

func newLedger() *ledger { return &ledger{changed: make(chan struct{})} }

// add enters an update, unless it is there: Telegram delivers again what is not confirmed.
func (l *ledger) add(k key) *entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries {
		if e.key == k {
			return e
		}
	}
	e := &entry{key: k}
	l.entries = append(l.entries, e)
	return e
}

// begin says whether the reply to e may be sent. After a stop only those may that stand before one already begun:
// Telegram confirms no gaps, and the others can wait there for the next start.
func (l *ledger) begin(e *entry) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopping && !l.before(e) {
		return false
	}
	e.tried = true
	return true
}

// before says whether e stands before an entry whose reply was begun. One that is confirmed already does, because
// Telegram will not deliver it again. The caller holds the lock.
func (l *ledger) before(e *entry) bool {
	found := false
	for _, other := range l.entries {
		if other == e {
			found = true
		} else if found && other.tried {
			return true
		}
	}
	return !found
}

// leave says that the reply to e was surely not sent.
func (l *ledger) leave(e *entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.tried = false
}

// pass says that e waits for its own chat only, and must not hold up others.
func (l *ledger) pass(e *entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.passLocked(e)
}

func (l *ledger) passLocked(e *entry) {
	if !e.passed {
		e.passed = true
		close(l.changed)
		l.changed = make(chan struct{})
	}
}

// settle says that nothing is left to do about e.
func (l *ledger) settle(e *entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.settled = true
	l.passLocked(e)
}

// stop holds back replies that are not begun.
func (l *ledger) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopping = true
}

// next is what a poll may confirm: how many entries from the first on have passed, and the id after the last of
// them. Whatever the ids: after a quiet week Telegram starts again anywhere, also lower. all says that no entry
// is left, and changed is closed when there is more to confirm.
func (l *ledger) next() (offset int64, n int, all bool, changed <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for n < len(l.entries) && l.entries[n].passed {
		offset = l.entries[n].key.id + 1
		n++
	}
	return offset, n, n == len(l.entries), l.changed
}

// last is what is confirmed at the end: all up to the last update that was replied to, because Telegram knows no
// gaps, and what needed no reply after it. n is how many that are.
func (l *ledger) last() (offset int64, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, e := range l.entries {
		if e.tried {
			n = i + 1
		}
	}
	for n < len(l.entries) && l.entries[n].settled {
		n++
	}
	if n > 0 {
		offset = l.entries[n-1].key.id + 1
	}
	return offset, n
}

// confirmed forgets the first n entries.
func (l *ledger) confirmed(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = l.entries[n:]
}

// sweep forgets what is settled, where nothing is left to confirm: what came by webhook was acknowledged at once.
func (l *ledger) sweep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = slices.DeleteFunc(l.entries, func(e *entry) bool { return e.settled })
}

// busy counts what has not passed, and left what is not settled.
func (l *ledger) busy() int { return l.count(func(e *entry) bool { return !e.passed }) }

func (l *ledger) left() int { return l.count(func(e *entry) bool { return !e.settled }) }

func (l *ledger) count(counts func(*entry) bool) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries {
		if counts(e) {
			n++
		}
	}
	return n
}
