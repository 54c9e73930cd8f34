package discord

import "sync"

// remembered is how many events are told apart. A gateway that resumes repeats at most what came in the seconds
// before, so this is many times more than it needs, for about a megabyte.
const remembered = 10_000

// seen remembers the ids of the last events, because a gateway may deliver one twice. The zero value is ready.
type seen struct {
	mu   sync.Mutex
	ids  map[string]struct{}
	ring []string
	next int
}

// before says whether id was seen before, and remembers it.
func (s *seen) before(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ids == nil {
		s.ids = make(map[string]struct{}, remembered)
		s.ring = make([]string, remembered)
	}
	if _, ok := s.ids[id]; ok {
		return true
	}
	delete(s.ids, s.ring[s.next])
	s.ring[s.next] = id
	s.ids[id] = struct{}{}
	s.next = (s.next + 1) % remembered
	return false
}
