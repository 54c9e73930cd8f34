package telegram

import (
	"sync"
	"time"
)

const (
	// workers is how many updates are handled at once. The core needs a millisecond for each; the rest is waiting
	// for the network.
	workers = 64
	// laneLength is how many updates of one chat may wait. Nobody reads the hundredth answer.
	laneLength = 100
)

// lanes run jobs: those of one chat one after the other, in their order, those of different chats at once.
type lanes struct {
	slots chan struct{}

	mu     sync.Mutex
	queues map[int64][]func(release func()) // a chat has a queue while its lane runs
	idle   chan struct{}                    // closed while no lane runs
}

func newLanes() *lanes {
	idle := make(chan struct{})
	close(idle)
	return &lanes{slots: make(chan struct{}, workers), queues: map[int64][]func(func()){}, idle: idle}
}

// add puts a job into a chat's lane. It returns false where too many wait there. The job gets a function with which
// it frees its place among the workers early, because it is only going to wait.
func (l *lanes) add(chat int64, job func(release func())) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue, running := l.queues[chat]
	if len(queue) >= laneLength {
		return false
	}
	l.queues[chat] = append(queue, job)
	if !running {
		if len(l.queues) == 1 {
			l.idle = make(chan struct{})
		}
		go l.run(chat)
	}
	return true
}

func (l *lanes) run(chat int64) {
	for {
		l.mu.Lock()
		queue := l.queues[chat]
		if len(queue) == 0 {
			delete(l.queues, chat)
			if len(l.queues) == 0 {
				close(l.idle)
			}
			l.mu.Unlock()
			return
		}
		job := queue[0]
		l.queues[chat] = queue[1:]
		l.mu.Unlock()

		l.slots <- struct{}{}
		release := sync.OnceFunc(func() { <-l.slots })
		job(release)
		release()
	}
}

// wait waits until no lane runs, at most so long.
func (l *lanes) wait(limit time.Duration) bool {
	l.mu.Lock()
	idle := l.idle
	l.mu.Unlock()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-idle:
		return true
	case <-timer.C:
		return false
	}
}

// A batch is what one poll brought, and how far its handling has come. It decides what the next poll confirms.
type batch struct {
	ids []int64

	mu       sync.Mutex
	settled  []bool // handled, replies and all
	passed   []bool // settled, or waiting for its chat alone
	open     int    // how many have not passed
	begun    int    // index of the last that was begun, or -1
	stopping bool
	done     chan struct{} // closed when all have passed
}

func newBatch(n int) *batch {
	b := &batch{settled: make([]bool, n), passed: make([]bool, n), ids: make([]int64, n), open: n, begun: -1, done: make(chan struct{})}
	if n == 0 {
		close(b.done)
	}
	return b
}

// begin says whether the update i may be handled. After a stop only those may that stand before one already begun:
// the others stay with Telegram, for the next start.
func (b *batch) begin(i int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopping && i > b.begun {
		return false
	}
	b.begun = max(b.begun, i)
	return true
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

// settle says that i is handled.
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

// offset confirms the last settled update, and with it, because Telegram knows nothing else, those before it. ok
// is false where there is nothing to confirm.
func (b *batch) offset() (offset int64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := len(b.ids) - 1; i >= 0; i-- {
		if b.settled[i] {
			return b.ids[i] + 1, true
		}
	}
	return 0, false
}
