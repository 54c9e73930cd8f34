package telegramtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Options are how a server differs from the usual. The zero value is a good one.
type Options struct {
	// Token is the one that the server accepts; by default DefaultToken.
	Token string
	// Second is how long a second of the server's own waits lasts (long polls, holds); by default a second.
	Second time.Duration
	// ReadsAll says that the bot's privacy mode is off: it gets every message of its groups.
	ReadsAll bool
	// Inline says that inline mode is on.
	Inline bool
	// IgnoreTimeout makes getUpdates answer at once, as simple emulators do.
	IgnoreTimeout bool
	// Legacy lets parameters pass that today's document no longer has.
	Legacy bool
	// NoCheck leaves out the check against the Bot API document, for benchmarks.
	NoCheck bool
}

// DefaultToken is the token that a server accepts unless told otherwise.
const DefaultToken = "4242:TEST_secret-token-of-a-fake-bot-00001"

// BotName is the bot's username.
const BotName = "faq_bot"

// A Server is one Bot API server and the one bot that lives there.
type Server struct {
	// URL is the base address, for the adapter's option API.
	URL string
	// Token is the one that the server accepts.
	Token string
	// Bot is the bot itself.
	Bot User

	t    testing.TB
	o    Options
	spec *Spec
	http *httptest.Server
	done chan struct{} // closed when the test ends

	mu      sync.Mutex
	changed chan struct{} // closed, and made anew, whenever something changes
	chats   map[int64]*chat
	queue   queue
	calls   []Call
	sent    []Sent
	read    int // how many of sent Next has returned
	faults  []*Fault
	menus   map[string][]Command
	texts   map[string]string // setMyDescription and its like
	webhook webhook
	// deliveries are the tries to push updates to it, pusher makes them, and pushing waits for their end.
	deliveries []Delivery
	pusher     *http.Client
	pushing    sync.WaitGroup
	stopped    bool
	// open are the callback and inline queries that wait for an answer.
	open   map[string]bool
	serial int
}

// A Call is one request to the server.
type Call struct {
	Method string
	Params map[string]string
	At     time.Time
	// Refused is the description of the refusal, or empty.
	Refused string
}

// Sent is what the bot sent or edited.
type Sent struct {
	Message
	Edited bool
	// At is when the request came in.
	At time.Time
}

// New starts a server that lives as long as the test.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	o.Token = cmp.Or(o.Token, DefaultToken)
	o.Second = cmp.Or(o.Second, time.Second)
	s := &Server{
		Token: o.Token, t: t, o: o,
		Bot:     User{ID: 4242, IsBot: true, FirstName: "FAQ", Username: BotName},
		done:    make(chan struct{}),
		changed: make(chan struct{}),
		chats:   map[int64]*chat{},
		queue:   queue{next: 1000},
		menus:   map[string][]Command{},
		texts:   map[string]string{},
		open:    map[string]bool{},
		pusher: &http.Client{
			Transport:     http.DefaultTransport.(*http.Transport).Clone(),
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	if !o.NoCheck {
		spec, err := LoadSpec()
		if err != nil {
			t.Fatal(err)
		}
		s.spec = spec
	}
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	s.URL = s.http.URL
	t.Cleanup(func() {
		close(s.done)
		s.mu.Lock()
		s.stopped = true
		s.hook("", "", 0)
		s.mu.Unlock()
		s.pushing.Wait()
		s.pusher.CloseIdleConnections()
		s.http.CloseClientConnections()
		s.http.Close()
	})
	return s
}

// serve answers /bot<token>/<method>.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	at := time.Now()
	rest, isBot := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, hasMethod := strings.Cut(rest, "/")
	if !isBot || !hasMethod || r.Method != http.MethodGet && r.Method != http.MethodPost {
		s.envelope(w, "", nil, &apiError{Code: 404, Description: "Not Found"})
		return
	}
	if token != s.o.Token {
		s.envelope(w, "", nil, &apiError{Code: 401, Description: "Unauthorized"})
		return
	}
	params, err := readParams(r)
	if err != nil {
		s.envelope(w, "", nil, badRequest("can't parse the request: "+err.Error()))
		return
	}
	name, run := s.method(method)
	if run == nil {
		s.envelope(w, "", nil, &apiError{Code: 404, Description: "Not Found: method not found"})
		return
	}
	if err := s.spec.CheckRequest(name, params); err != nil && !s.o.Legacy {
		s.t.Errorf("a request that the Bot API document does not allow: %v", err)
	}
	s.mu.Lock()
	call := len(s.calls)
	s.calls = append(s.calls, Call{Method: name, Params: maps.Clone(params), At: at})
	fault := s.fault(name, params)
	s.notifyLocked()
	s.mu.Unlock()
	defer s.notify()

	if fault != nil && !fault.before(s, w, r) {
		s.refused(call, "fault")
		return
	}
	result, failure := run(request{r: r, params: params, at: at})
	if failure != nil {
		s.refused(call, failure.Description)
	}
	if fault != nil && !fault.after(s, w) {
		return
	}
	s.envelope(w, name, result, failure)
}

func (s *Server) refused(call int, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[call].Refused = why
}

// A request is one method's call.
type request struct {
	r      *http.Request
	params map[string]string
	at     time.Time
}

func (q request) int(name string) int64 {
	n, _ := strconv.ParseInt(q.params[name], 10, 64)
	return n
}

// readParams reads the query, and a form, a multipart form or a JSON object.
func readParams(r *http.Request) (map[string]string, error) {
	params := map[string]string{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		var object map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&object); err != nil {
			return nil, err
		}
		return texts(object), nil
	}
	if kind == "multipart/form-data" {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return nil, err
		}
	} else if err := r.ParseForm(); err != nil {
		return nil, err
	}
	for name := range r.Form {
		params[name] = r.Form.Get(name)
	}
	return params, nil
}

// texts are the parameters of a JSON object as a form would hold them.
func texts(object map[string]json.RawMessage) map[string]string {
	params := map[string]string{}
	for name, value := range object {
		var text string
		if json.Unmarshal(value, &text) == nil {
			params[name] = text
		} else {
			params[name] = string(value)
		}
	}
	return params
}

// envelope writes a result or a refusal. name is the method, for the check of its result.
func (s *Server) envelope(w http.ResponseWriter, name string, result any, failure *apiError) {
	w.Header().Set("Content-Type", "application/json")
	if failure == nil {
		data, err := json.Marshal(result)
		if err != nil {
			s.t.Errorf("telegramtest: %s: %v", name, err)
		}
		// Updates are checked when they are made, but for those that are wrong on purpose.
		if err := s.spec.CheckResult(name, data); err != nil && name != "getUpdates" {
			s.t.Errorf("telegramtest answers what the Bot API document does not allow: %v", err)
		}
		fmt.Fprintf(w, `{"ok":true,"result":%s}`, data)
		return
	}
	body := map[string]any{"ok": false, "error_code": failure.Code, "description": failure.Description}
	parameters := map[string]any{}
	if failure.RetryAfter > 0 {
		parameters["retry_after"] = failure.RetryAfter
		w.Header().Set("Retry-After", strconv.Itoa(failure.RetryAfter))
	}
	if failure.MigrateTo != 0 {
		parameters["migrate_to_chat_id"] = failure.MigrateTo
	}
	if len(parameters) > 0 {
		body["parameters"] = parameters
	}
	w.WriteHeader(failure.Code)
	json.NewEncoder(w).Encode(body)
	io.WriteString(w, "\n")
}

// notify wakes everybody who waits for something to change.
func (s *Server) notify() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notifyLocked()
}

func (s *Server) notifyLocked() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// wait calls ready, under the lock, until it is true or the time is over.
func (s *Server) wait(limit time.Duration, ready func() bool) bool {
	timeout := time.NewTimer(limit)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		ok, changed := ready(), s.changed
		s.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-changed:
		case <-timeout.C:
			return false
		case <-s.done:
			return false
		}
	}
}

// Patience is how long a test waits for what must come: far more than it takes on a busy machine, and less than the
// ten minutes after which go test gives up.
const Patience = 2 * time.Minute

// Until waits until ready is true, which is asked again whenever something has changed on the server. It fails the
// test if that takes longer than Patience; what says what is missing then.
func (s *Server) Until(t testing.TB, what string, ready func() bool) {
	t.Helper()
	timeout := time.NewTimer(Patience)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if ready() {
			return
		}
		select {
		case <-changed:
		case <-timeout.C:
			t.Fatalf("still waiting after %v: %s", Patience, what)
		}
	}
}

// Calls are the requests so far of a method, or of all if it is empty.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.callsLocked(method)
}

func (s *Server) callsLocked(method string) []Call {
	var calls []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			calls = append(calls, c)
		}
	}
	return calls
}

// WaitCalls waits until a method was called n times and returns the calls, whose effects may still be to come. It
// fails the test if that takes longer than Patience.
func (s *Server) WaitCalls(t testing.TB, method string, n int) []Call {
	t.Helper()
	var calls []Call
	if !s.wait(Patience, func() bool { calls = s.callsLocked(method); return len(calls) >= n }) {
		t.Fatalf("%s was called %d times, want %d", method, len(calls), n)
	}
	return calls
}

// Next returns the next message that the bot sent or edited, and waits for it at most so long.
func (s *Server) Next(limit time.Duration) (Sent, bool) {
	var next Sent
	ok := s.wait(limit, func() bool {
		if s.read >= len(s.sent) {
			return false
		}
		next = s.sent[s.read]
		s.read++
		return true
	})
	return next, ok
}

// MustNext is Next within Patience, or the end of the test.
func (s *Server) MustNext(t testing.TB) Sent {
	t.Helper()
	next, ok := s.Next(Patience)
	if !ok {
		t.Fatalf("the bot sent nothing for %v", Patience)
	}
	return next
}

// AllSent is everything that the bot sent or edited so far.
func (s *Server) AllSent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Sent(nil), s.sent...)
}

// WaitSent waits until the bot has sent n messages and returns all. It fails the test if that takes longer than
// Patience.
func (s *Server) WaitSent(t testing.TB, n int) []Sent {
	t.Helper()
	if !s.wait(Patience, func() bool { return len(s.sent) >= n }) {
		t.Fatalf("the bot sent %d messages, want %d", len(s.AllSent()), n)
	}
	return s.AllSent()
}

// Forget drops what the server remembers of calls, deliveries and messages.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls, s.sent, s.read, s.deliveries = nil, nil, 0, nil
	s.queue.items, s.queue.last = nil, queued{}
	for _, c := range s.chats {
		c.messages = map[int]*Message{}
	}
}

// Menu is the list of commands that was set for a scope, as JSON of the scope ("" for the default one).
func (s *Server) Menu(scope string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.menus[scope]
}

// Answered says whether all callback and inline queries got their answers.
func (s *Server) Answered() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open) == 0
}

// CutConnections closes every connection, with whatever is under way on it.
func (s *Server) CutConnections() { s.http.CloseClientConnections() }
