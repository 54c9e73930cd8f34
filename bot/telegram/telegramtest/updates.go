package telegramtest

// The queue of updates, and getUpdates as the official server does it.

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"
)

type queue struct {
	items  []queued
	next   int64
	serial int
	last   queued // the one that was queued last
	given  time.Time
	// allowed are the kinds that are queued; empty means all of the usual.
	allowed []string
	// offset and at are the last poll's, for the holds on impatient pollers.
	offset int64
	at     time.Time
	// cut ends the poll that waits, when another comes.
	cut        chan struct{}
	conflictAt time.Time
}

type queued struct {
	id     int64
	data   json.RawMessage
	chat   int64 // whose updates a webhook gets in their order
	serial int   // of this copy: one update may be queued twice
}

// Raw queues an update's fields as they are, such as one that no bot can decode. It gets the next id.
func (s *Server) Raw(fields string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.queue.next
	s.queue.next++
	data, _ := json.Marshal(id)
	s.enqueueLocked(queued{id: id, data: json.RawMessage(`{"update_id":` + string(data) + `,` + fields + `}`)})
	return id
}

// enqueue gives an update its id and queues it if the bot wants its kind. The caller holds the lock.
func (s *Server) enqueue(u update) {
	if len(s.queue.allowed) > 0 && !slices.Contains(s.queue.allowed, u.kind()) {
		return
	}
	u.ID = s.queue.next
	s.queue.next++
	data, err := json.Marshal(u)
	if err != nil {
		s.t.Errorf("telegramtest: %v", err)
		return
	}
	if err := s.spec.CheckValue("Update", data); err != nil {
		s.t.Errorf("telegramtest makes an update that the Bot API document does not allow: %v", err)
	}
	s.enqueueLocked(queued{id: u.ID, data: data, chat: u.chat()})
}

func (s *Server) enqueueLocked(item queued) {
	s.queue.serial++
	item.serial = s.queue.serial
	s.queue.items = append(s.queue.items, item)
	s.queue.last = item
	s.push()
	s.notifyLocked()
}

// ResetIDs makes update ids go on from next, as Telegram does after a week without updates.
func (s *Server) ResetIDs(next int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.next = next
}

// Duplicate queues the last update again under its own id, as a lost confirmation does. It does nothing where there
// was none.
func (s *Server) Duplicate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue.last.data != nil {
		s.enqueueLocked(s.queue.last)
	}
}

// Given is when a poll last got updates.
func (s *Server) Given() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queue.given
}

// Pending is the number of updates that are not confirmed.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue.items)
}

// WaitConfirmed waits until no update is left that is not confirmed. It fails the test if that takes longer
// than Patience.
func (s *Server) WaitConfirmed(t testing.TB) {
	t.Helper()
	if !s.wait(Patience, func() bool { return len(s.queue.items) == 0 }) {
		t.Fatalf("%d updates were not confirmed", s.Pending())
	}
}

// WaitPolling waits until a poll waits for updates. It fails the test if that takes longer
// than Patience.
func (s *Server) WaitPolling(t testing.TB) {
	t.Helper()
	if !s.wait(Patience, func() bool { return s.queue.cut != nil }) {
		t.Fatal("nobody polls")
	}
}

// Numbers of the official server's getUpdates (Client.cpp; see the facts in the tests' documentation).
const (
	maxTimeout      = 50 // seconds
	holdSeconds     = 3  // for a second poll with the same offset, and between 409s
	limitOneDivisor = 2  // half a second, within which a repeated poll gets one update
	tailSlack       = 10 // how far an offset may lie beyond the queue's end
)

func (s *Server) getUpdates(q request) (any, *apiError) {
	timeout, limit := min(max(q.int("timeout"), 0), maxTimeout), q.int("limit")
	if limit < 1 || limit > 100 {
		limit = 100
	}
	s.mu.Lock()
	if s.webhook.url != "" {
		s.mu.Unlock()
		return nil, &apiError{Code: 409, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	}
	s.allow(q.params["allowed_updates"])
	offset, now := q.int("offset"), time.Now()
	if offset == s.queue.offset && now.Sub(s.queue.at) < s.o.Second/limitOneDivisor {
		limit = 1
	}
	if offset == s.queue.offset && now.Sub(s.queue.at) < holdSeconds*s.o.Second && timeout < holdSeconds && !s.o.IgnoreTimeout {
		timeout = holdSeconds
	}
	s.queue.offset, s.queue.at = offset, now
	s.confirm(offset)
	if s.queue.cut != nil {
		close(s.queue.cut)
	}
	cut := make(chan struct{})
	s.queue.cut = cut
	s.notifyLocked() // what the offset has confirmed
	s.mu.Unlock()

	if !s.o.IgnoreTimeout {
		s.poll(q.r, cut, time.Duration(timeout)*s.o.Second)
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue.cut != cut {
		return nil, s.conflict()
	}
	s.queue.cut = nil
	batch := []json.RawMessage{}
	if len(s.queue.items) > 0 {
		s.queue.given = time.Now()
	}
	for _, item := range s.queue.items[:min(int(limit), len(s.queue.items))] {
		batch = append(batch, item.data)
	}
	return batch, nil
}

// allow sets the kinds of updates that the bot wants; without a list they stay as they are. The caller holds the lock.
func (s *Server) allow(list string) {
	if list != "" && list != "null" {
		s.queue.allowed = nil
		json.Unmarshal([]byte(list), &s.queue.allowed)
	}
}

// confirm forgets what lies below an offset. An offset far beyond the end is no offset of this queue: ids have
// started again, or it belongs to another bot. The caller holds the lock.
func (s *Server) confirm(offset int64) {
	items := s.queue.items
	switch {
	case offset < 0:
		s.queue.items = items[max(0, len(items)+int(offset)):]
	case offset > 0 && offset <= s.queue.next+tailSlack:
		for len(s.queue.items) > 0 && s.queue.items[0].id < offset {
			s.queue.items = s.queue.items[1:]
		}
	}
}

// poll waits until there is an update, or the time is over, or another poll or the client ends it.
func (s *Server) poll(r *http.Request, cut chan struct{}, timeout time.Duration) {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		s.mu.Lock()
		ready, changed := len(s.queue.items) > 0, s.changed
		s.mu.Unlock()
		if ready {
			return
		}
		select {
		case <-changed:
		case <-cut:
			return
		case <-timer.C:
			return
		case <-r.Context().Done():
			return
		case <-s.done:
			return
		}
	}
}

// conflict is the refusal of a poll that another one ended: the first at once, the next ones held. The caller
// holds the lock.
func (s *Server) conflict() *apiError {
	hold := holdSeconds*s.o.Second - time.Since(s.queue.conflictAt)
	s.queue.conflictAt = time.Now()
	if hold > 0 {
		s.mu.Unlock()
		select {
		case <-time.After(hold):
		case <-s.done:
		}
		s.mu.Lock()
	}
	return &apiError{Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
}
