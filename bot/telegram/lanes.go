package telegram

import (
	"sync"
	"time"
)

const (
	// workers is how many updates are handled at once, and how many replies are sent at once. The core needs a
	// millisecond for each; the rest is waiting for the network.
	workers = 64
	// mostReplies is how many replies of one chat may wait. Nobody reads the hundredth answer, but an update is looked
	// at all the same: it may be an emergency.
	mostReplies = 100
	// mostUpdates is how many updates of one chat may wait to be looked at, which takes a second at most, unless the
	// core hangs. It bounds the memory.
	mostUpdates = 1000
)

// lanes handle updates: those of one chat one after the other, in their order, those of different chats at once.
// A chat has two belts, one for finding replies and one for sending them, so that a question is looked at while the
// answers before it wait for their chat's budget: it may be an emergency.
type lanes struct {
	thinking, sending chan struct{} // places for workers

	mu     sync.Mutex
	chats  map[int64]*lane // those with a belt that runs
	active int             // belts that run
	idle   chan struct{}   // closed while none does
}

type lane struct {
	chat              int64
	thinking, sending belt
}

type belt struct {
	places chan struct{}
	tasks  []task
	runs   bool
	waits  bool // the task that runs waits for its chat
}

// A task is done once, in the order of its belt.
type task struct {
	// do handles an update, and returns the task of sending its reply, or nil. Either calls release when it is only
	// going to wait for its chat, to free its place among the workers.
	do func(release func()) *task
	// pass is called when the task waits for its chat only, because one before it does.
	pass func()
}

func newLanes() *lanes {
	idle := make(chan struct{})
	close(idle)
	return &lanes{
		thinking: make(chan struct{}, workers), sending: make(chan struct{}, workers),
		chats: map[int64]*lane{}, idle: idle,
	}
}

// add puts a task onto a chat's belt for finding replies. It returns false where too many wait there.
func (l *lanes) add(chat int64, t task) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.chats[chat]
	if c == nil {
		c = &lane{chat: chat, thinking: belt{places: l.thinking}, sending: belt{places: l.sending}}
		l.chats[chat] = c
	}
	if len(c.thinking.tasks) >= mostUpdates {
		return false
	}
	l.put(c, &c.thinking, t)
	return true
}

// full says whether so many replies of a chat wait that another must not.
func (l *lanes) full(chat int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.chats[chat]
	return c != nil && len(c.sending.tasks) >= mostReplies
}

// put puts a task onto a belt, and starts it. The caller holds the lock.
func (l *lanes) put(c *lane, b *belt, t task) {
	b.tasks = append(b.tasks, t)
	if b.waits {
		t.pass()
	}
	if b.runs {
		return
	}
	b.runs = true
	if l.active == 0 {
		l.idle = make(chan struct{})
	}
	l.active++
	go l.run(c, b)
}

// run does a belt's tasks until there are none.
func (l *lanes) run(c *lane, b *belt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(b.tasks) > 0 {
		t := b.tasks[0]
		b.tasks = b.tasks[1:]
		l.mu.Unlock()
		release := take(b.places)
		next := t.do(func() {
			release()
			l.park(b)
		})
		release()
		l.mu.Lock()
		b.waits = false
		if next != nil {
			l.put(c, &c.sending, *next)
		}
	}
	b.runs = false
	if !c.thinking.runs && !c.sending.runs {
		delete(l.chats, c.chat)
	}
	l.active--
	if l.active == 0 {
		close(l.idle)
	}
}

// park says that a belt's task waits for its chat, and all behind it with it.
func (l *lanes) park(b *belt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b.waits {
		return
	}
	b.waits = true
	for _, t := range b.tasks {
		t.pass()
	}
}

// take waits for a place. release gives it back, once.
func take(places chan struct{}) (release func()) {
	places <- struct{}{}
	return sync.OnceFunc(func() { <-places })
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
