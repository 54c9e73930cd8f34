package telegram

// What Telegram delivers, by poll or by webhook, is taken in here: each update once, into the lane of its chat.

import (
	"context"
	"encoding/json"
	"sync"
	"time"
)

// An intake remembers what came in. One update is taken in at a time, so that those of a chat keep their order.
type intake struct {
	mu         sync.Mutex
	seen       *recent
	unreadable int
	closed     bool // deliveries are turned away, because the session ends
}

func newIntake() *intake { return &intake{seen: newRecent()} }

// close turns deliveries away from now on.
func (i *intake) close() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.closed = true
}

// An admission says what became of an update.
type admission int

const (
	taken      admission = iota // it is in its chat's lane
	repeated                    // it was taken in before
	unreadable                  // it has an id, and nothing else that can be read
	foreign                     // it is no update at all
	crowded                     // too much is under way for it
)

// take takes in the updates of one poll. fresh counts those that are new.
func (s *session) take(ctx context.Context, list []json.RawMessage, now time.Time) (fresh int) {
	s.intake.mu.Lock()
	defer s.intake.mu.Unlock()
	for _, data := range list {
		switch s.admit(ctx, data, now) {
		case repeated, foreign:
			continue
		case crowded:
			s.log.Warn("a chat writes faster than it can be answered; an update was dropped", "waiting", mostUpdates)
		}
		fresh++
	}
	return fresh
}

// deliver takes in the update of one delivery, which is acknowledged by anything but foreign and crowded.
func (s *session) deliver(ctx context.Context, data json.RawMessage, now time.Time) admission {
	s.intake.mu.Lock()
	defer s.intake.mu.Unlock()
	s.ledger.sweep()
	if s.intake.closed || s.ledger.busy() >= mostUnhandled {
		return crowded
	}
	return s.admit(ctx, data, now)
}

// admit enters an update into the ledger and hands it, if it is new, to the lane of its chat. The caller holds the
// intake's lock.
func (s *session) admit(ctx context.Context, data json.RawMessage, now time.Time) admission {
	var u update
	err := json.Unmarshal(data, &u)
	if err != nil || u.ID == 0 {
		id, ok := updateID(data)
		if !ok {
			s.log.Error("an update without an id was passed over")
			return foreign
		}
		u.ID = id
	}
	if err != nil {
		u = update{ID: u.ID}
	}
	e := s.ledger.add(u.key())
	if s.intake.seen.has(u.key()) {
		if !e.underWay {
			s.ledger.settle(e) // it was handled before, and is delivered again
		}
		return repeated
	}
	if err != nil {
		// The error's text may quote the update, so it is not shown.
		s.intake.unreadable++
		s.log.Error("an update that could not be read was passed over", "update", u.ID, "so far", s.intake.unreadable)
		s.intake.seen.add(u.key())
		s.ledger.settle(e)
		return unreadable
	}
	s.notice(&u)
	e.underWay = true
	if !s.lanes.add(u.chat(), task{
		do:   func(release func()) *task { return s.job(ctx, &u, now, e, release) },
		pass: func() { s.ledger.pass(e) },
	}) {
		s.ledger.settle(e)
		if u.Callback != nil {
			s.others.Go(func() { s.answerCallback(ctx, u.Callback.ID, "") })
		}
		return crowded
	}
	s.intake.seen.add(u.key())
	return taken
}

// remembered is how many updates are known again: more than one poll brings, by far, and some 300 KB.
const remembered = 4096

// recent is the set of the last updates. Telegram delivers an update again when its confirmation was lost.
type recent struct {
	keys map[key]bool
	ring []key
	next int
}

func newRecent() *recent { return &recent{keys: map[key]bool{}, ring: make([]key, remembered)} }

func (r *recent) has(k key) bool { return r.keys[k] }

func (r *recent) add(k key) {
	delete(r.keys, r.ring[r.next])
	r.ring[r.next], r.keys[k] = k, true
	r.next = (r.next + 1) % len(r.ring)
}
