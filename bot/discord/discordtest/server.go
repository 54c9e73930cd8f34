package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Ids of what every server begins with.
const (
	Token         = "MTA1.fake-token.for-tests-only"
	Bot           = "105000000000000001" // the bot's account and application
	OtherBot      = "105000000000000002"
	Guild         = "105000000000000010"
	Channel       = "105000000000000011" // in Guild
	Person        = "105000000000000020"
	Moderator     = "105000000000000021" // may manage Guild
	ModeratorRole = "105000000000000030"
)

// Config says how a Server differs from the usual. The zero value is the usual.
type Config struct {
	// Spec holds requests and answers against Discord's OpenAPI document; nil does not.
	Spec *Spec
	// Heartbeat is the interval that HELLO asks for; 0 is Discord's 41.25 s.
	Heartbeat time.Duration
	// Shards is what /gateway/bot recommends; 0 is 1.
	Shards int
	// IdentifyEvery is the least time between two IDENTIFYs; sooner, the session is invalid. 0 allows any. Shards of
	// different numbers modulo Concurrency, which is 1 where it is 0, do not wait for each other.
	IdentifyEvery time.Duration
	Concurrency   int
	// FirstWord is how long an interaction may stay unanswered; 0 is Discord's 3 s.
	FirstWord time.Duration
	// TokenLasts is how long after that it can be answered further; 0 is Discord's 15 minutes.
	TokenLasts time.Duration
	// Limit is how many messages a channel takes in a Window; 0 is no limit. Window 0 is Discord's 5 s.
	Limit  int
	Window time.Duration
	// PerSecond is how many requests a second the bot may make in all, those about interactions apart; 0 is no limit.
	PerSecond int
	// MessageContent grants the application the privileged intent of that name.
	MessageContent bool
	// Foreign makes the server one of those that are only like Discord: it knows no deferring and no follow-ups.
	Foreign bool
}

// A Server is a Discord of its own. Its methods are safe for concurrent use.
type Server struct {
	URL    string
	config Config
	t      testing.TB
	http   *httptest.Server

	mu           sync.Mutex
	lastID       uint64
	changed      chan struct{} // closed at every change that somebody may wait for
	sessions     map[string]*session
	connections  map[*connection]bool
	openings     []Opening
	identifies   []time.Time
	identified   map[int]time.Time // the last, by bucket
	early        int
	refused      int // connections
	resumes      int
	goodbyes     []int // close codes that the bot sent
	faults       []*Fault
	requests     []Request
	commands     []map[string]any
	overwrites   int
	messages     []*Message
	read         int // messages that Next has given
	nonces       map[string]*Message
	interactions map[string]*interaction // by token
	offers       [][]Offer               // that NextOffers has not given
	windows      map[string]*window
	denied       map[string]int64 // permissions, by channel
}

// Start starts a server that stops at the test's end.
func Start(t testing.TB, c Config) *Server {
	if c.Heartbeat == 0 {
		c.Heartbeat = 41250 * time.Millisecond
	}
	if c.FirstWord == 0 {
		c.FirstWord = 3 * time.Second
	}
	if c.TokenLasts == 0 {
		c.TokenLasts = 15 * time.Minute
	}
	if c.Window == 0 {
		c.Window = 5 * time.Second
	}
	s := &Server{
		config: c, t: t,
		lastID:       105_000_000_000_001_000,
		changed:      make(chan struct{}),
		sessions:     make(map[string]*session),
		connections:  make(map[*connection]bool),
		nonces:       make(map[string]*Message),
		interactions: make(map[string]*interaction),
		windows:      make(map[string]*window),
		identified:   make(map[int]time.Time),
		denied:       make(map[string]int64),
	}
	s.http = httptest.NewServer(s.routes())
	s.URL = s.http.URL
	t.Cleanup(s.Stop)
	return s
}

// Stop ends the server before the test does.
func (s *Server) Stop() {
	s.mu.Lock()
	open := make([]*connection, 0, len(s.connections))
	for c := range s.connections {
		open = append(open, c)
	}
	s.mu.Unlock()
	for _, c := range open {
		c.drop()
	}
	s.http.Close()
}

// id makes a new snowflake. The caller holds the lock.
func (s *Server) id() string {
	s.lastID++
	return strconv.FormatUint(s.lastID, 10)
}

// change wakes those who wait. The caller holds the lock.
func (s *Server) change() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// waitFor waits until done says true, at most so long, and says whether it did. done runs with the lock held.
func (s *Server) waitFor(wait time.Duration, done func() bool) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		s.mu.Lock()
		ok, changed := done(), s.changed
		s.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-changed:
		case <-timer.C:
			return false
		}
	}
}

// A Request is one that the bot made, answered or not.
type Request struct {
	Method string
	// Path is without the version: /channels/1/messages.
	Path   string
	Body   []byte
	Status int
	At     time.Time
}

// Requests are those whose method and path begin so, such as "PUT /applications", in the order in which they came.
func (s *Server) Requests(prefix string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Request
	for _, r := range s.requests {
		if strings.HasPrefix(r.Method+" "+r.Path, prefix) {
			out = append(out, r)
		}
	}
	return out
}

// Clear forgets what was sent either way, so that it takes no memory. Events in flight are not told of again.
func (s *Server) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests, s.messages, s.read = nil, nil, 0
	clear(s.nonces)
	clear(s.interactions)
	for _, se := range s.sessions {
		for i := range se.sent {
			se.sent[i] = nil
		}
	}
}

// WaitRequests waits for n requests that begin so.
func (s *Server) WaitRequests(prefix string, n int, wait time.Duration) bool {
	return s.waitFor(wait, func() bool {
		found := 0
		for _, r := range s.requests {
			if strings.HasPrefix(r.Method+" "+r.Path, prefix) {
				found++
			}
		}
		return found >= n
	})
}

// A Fault makes HTTP requests fail. Faults are tried in the order in which they were added.
type Fault struct {
	// On is how the request's method and path begin, such as "POST /channels".
	On string
	// Skip lets so many requests pass first; then Times of them fail, 0 meaning one and -1 all.
	Skip, Times int
	// Status is HTTP's and Code is Discord's own. Without a status the connection ends without an answer, or, with
	// a Delay, the request is only slow.
	Status, Code int
	Header       map[string]string
	// Body replaces Discord's usual JSON.
	Body string
	// Delay is how long the answer takes.
	Delay time.Duration
	// Done carries the request out before it fails.
	Done bool
	// Cut ends the connection in the middle of the answer.
	Cut bool
}

// Add adds faults.
func (s *Server) Add(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		if f.Times == 0 {
			f.Times = 1
		}
		s.faults = append(s.faults, &f)
	}
}

// WaitFaults waits until the faults on requests that begin so are used up.
func (s *Server) WaitFaults(on string, wait time.Duration) bool {
	return s.waitFor(wait, func() bool {
		for _, f := range s.faults {
			if strings.HasPrefix(f.On, on) && f.Times != 0 {
				return false
			}
		}
		return true
	})
}

// fault finds the fault for a request, and counts it. The caller holds the lock.
func (s *Server) fault(method, path string) *Fault {
	for _, f := range s.faults {
		if !strings.HasPrefix(method+" "+path, f.On) || f.Times == 0 {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		return f
	}
	return nil
}

// Overwrites is how often the commands were overwritten, and Commands what they are.
func (s *Server) Overwrites() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.overwrites
}

// Commands are those registered, as Discord would list them.
func (s *Server) Commands() []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commands
}

// A refusal is an answer that is an error.
type refusal struct {
	status, code int
	message      string
}

func (r *refusal) body() map[string]any {
	return map[string]any{"message": r.message, "code": r.code}
}

func refuse(status, code int, format string, args ...any) *refusal {
	return &refusal{status, code, fmt.Sprintf(format, args...)}
}

// problem tells the test that the bot did what it never may.
func (s *Server) problem(format string, args ...any) {
	s.t.Errorf("discordtest: "+format, args...)
}

func reply(w http.ResponseWriter, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
