package telegram

import (
	"sync"
	"time"
)

const (
	// workers is how many updates are handled at once, and how many replies are sent at once. The core needs a
	// millisecond for each; the rest is waiting for the network.
	workers = 64
	// laneLength is how many updates of one chat may wait. Nobody reads the hundredth answer.
	laneLength = 100
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
	jobs          []job
	replies       []delivery
	thinks, sends bool // which belts run
}

// A job handles an update. What it returns is run later, in the order of the chat's jobs; nil is nothing.
type job func(release func()) delivery

// A delivery sends a reply. Like a job, it calls release when it is only going to wait, to free its place among the
// workers.
type delivery func(release func())

func newLanes() *lanes {
	idle := make(chan struct{})
	close(idle)
	return &lanes{
		thinking: make(chan struct{}, workers), sending: make(chan struct{}, workers),
		chats: map[int64]*lane{}, idle: idle,
	}
}

// add puts a job into a chat's lane. It returns false where too many wait there.
func (l *lanes) add(chat int64, j job) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.chats[chat]
	if c == nil {
		c = &lane{}
		l.chats[chat] = c
	}
	if len(c.jobs)+len(c.replies) >= laneLength {
		return false
	}
	c.jobs = append(c.jobs, j)
	if !c.thinks {
		c.thinks = true
		l.started()
		go l.think(chat, c)
	}
	return true
}

// started counts a belt that begins to run. The caller holds the lock.
func (l *lanes) started() {
	if l.active == 0 {
		l.idle = make(chan struct{})
	}
	l.active++
}

// ended counts a belt that has stopped. The caller holds the lock.
func (l *lanes) ended(chat int64, c *lane) {
	if !c.thinks && !c.sends {
		delete(l.chats, chat)
	}
	l.active--
	if l.active == 0 {
		close(l.idle)
	}
}

// think runs a chat's jobs until there are none.
func (l *lanes) think(chat int64, c *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(c.jobs) > 0 {
		j := c.jobs[0]
		c.jobs = c.jobs[1:]
		l.mu.Unlock()
		release := take(l.thinking)
		d := j(release)
		release()
		l.mu.Lock()
		if d == nil {
			continue
		}
		c.replies = append(c.replies, d)
		if !c.sends {
			c.sends = true
			l.started()
			go l.send(chat, c)
		}
	}
	c.thinks = false
	l.ended(chat, c)
}

// send runs a chat's deliveries until there are none.
func (l *lanes) send(chat int64, c *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(c.replies) > 0 {
		d := c.replies[0]
		c.replies = c.replies[1:]
		l.mu.Unlock()
		release := take(l.sending)
		d(release)
		release()
		l.mu.Lock()
	}
	c.sends = false
	l.ended(chat, c)
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
