package telegram

import "sync"

// A batch is what one poll brought, and how far its handling has come. It decides when the next poll may come, and
// what is confirmed at the end.
type batch struct {
	ids []int64

	mu       sync.Mutex
	settled  []bool // nothing is left to do
	passed   []bool // settled, or waiting for its chat alone
	tried    []bool // its reply was sent, or may have been
	open     int    // how many have not passed
	last     int    // index of the last whose reply was begun, or -1
	stopping bool
	done     chan struct{} // closed when all have passed
}

func newBatch(ids []int64) *batch {
	n := len(ids)
	b := &batch{
		ids: ids, settled: make([]bool, n), passed: make([]bool, n), tried: make([]bool, n),
		open: n, last: -1, done: make(chan struct{}),
	}
	if n == 0 {
		close(b.done)
	}
	return b
}

// begin says whether the reply to update i may be sent. After a stop only those may that stand before one already
// begun: Telegram confirms no gaps, and the others can wait there for the next start.
func (b *batch) begin(i int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopping && i > b.last {
		return false
	}
	b.last = max(b.last, i)
	b.tried[i] = true
	return true
}

// leave says that the reply to i was surely not sent.
func (b *batch) leave(i int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tried[i] = false
}

// pass says that i waits for its own chat only, and must not hold up others.
func (b *batch) pass(i int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.passed[i] {
		b.passed[i] = true
		b.open--
		if b.open == 0 {
			close(b.done)
		}
	}
}

// settle says that nothing is left to do about i.
func (b *batch) settle(i int) {
	b.mu.Lock()
	b.settled[i] = true
	b.mu.Unlock()
	b.pass(i)
}

func (b *batch) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopping = true
}

// offset confirms the last update that was replied to, what needed no reply after it, and, because Telegram knows
// nothing else, all before. ok is false where there is nothing to confirm.
func (b *batch) offset() (offset int64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	end := 0
	for i, tried := range b.tried {
		if tried {
			end = i + 1
		}
	}
	for end < len(b.ids) && b.settled[end] {
		end++
	}
	if end == 0 {
		return 0, false
	}
	return b.ids[end-1] + 1, true
}
