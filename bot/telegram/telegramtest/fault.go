package telegramtest

// The ways in which calls fail, as data.

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// A Fault is what happens to calls instead of, or beside, what should.
type Fault struct {
	// Method and Chat choose the calls; the zero values choose all.
	Method string
	Chat   int64
	// Text chooses calls whose text is this; empty chooses all.
	Text string
	// Times is how many calls it hits; 0 means one, and a negative number all.
	Times int

	// Delay passes before anything else.
	Delay time.Duration
	// Code refuses in Telegram's envelope, with the description and parameters.
	Code        int
	Description string
	RetryAfter  int
	MigrateTo   int64
	// Status answers with Body as it is, such as a proxy's page; Location makes it a redirect.
	Status   int
	Body     string
	Location string
	// Drop closes the connection: "before" the call has its effect, or "after" it, so that the answer is lost.
	Drop string
	// Raw is written to the connection instead of an answer of HTTP, and ends it.
	Raw string
	// Drip writes the answer of Body this slowly, a byte at a time.
	Drip time.Duration
}

// Fail arms a fault.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults = append(s.faults, &f)
}

// Mend takes all faults back.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// fault finds the first armed fault for a call and uses it up. The caller holds the lock.
func (s *Server) fault(method string, params map[string]string) *Fault {
	for _, f := range s.faults {
		if f.Times == 0 || f.Method != "" && f.Method != method || f.Text != "" && f.Text != params["text"] {
			continue
		}
		if f.Chat != 0 && params["chat_id"] != strconv.FormatInt(f.Chat, 10) {
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		return f
	}
	return nil
}

// before says whether the call goes on.
func (f *Fault) before(s *Server, w http.ResponseWriter, r *http.Request) bool {
	if f.Delay > 0 {
		select {
		case <-time.After(f.Delay):
		case <-r.Context().Done():
			return false
		case <-s.done:
			return false
		}
	}
	switch {
	case f.Code != 0:
		s.envelope(w, "", nil, &apiError{Code: f.Code, Description: f.Description, RetryAfter: f.RetryAfter, MigrateTo: f.MigrateTo})
		return false
	case f.Status != 0:
		w.Header().Set("Content-Type", "text/html")
		if f.Location != "" {
			w.Header().Set("Location", f.Location)
		}
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
		}
		w.WriteHeader(f.Status)
		if f.Drip == 0 {
			io.WriteString(w, f.Body)
			return false
		}
		for i := range len(f.Body) {
			io.WriteString(w, f.Body[i:i+1])
			w.(http.Flusher).Flush()
			select {
			case <-time.After(f.Drip):
			case <-r.Context().Done():
				return false
			case <-s.done:
				return false
			}
		}
		return false
	case f.Drop == "before":
		hangUp(w, "")
		return false
	case f.Raw != "":
		hangUp(w, f.Raw)
		return false
	}
	return true
}

// after says whether the answer is given.
func (f *Fault) after(_ *Server, w http.ResponseWriter) bool {
	if f.Drop == "after" {
		hangUp(w, "")
		return false
	}
	return true
}

func hangUp(w http.ResponseWriter, last string) {
	if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
		io.WriteString(conn, last)
		conn.Close()
	}
}
