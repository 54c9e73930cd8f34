package telegramtest

// Pushing updates to a webhook, as the official server's WebhookActor does: in parallel, but one at a time for each
// chat; again until it is told 2xx, at once the first time and then after a pause that doubles or that the webhook
// asks for.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// webhook is where updates are pushed, if anywhere.
type webhook struct {
	url, secret string
	connections int
	set         time.Time
	cancel      context.CancelFunc // ends the deliveries to it
	ctx         context.Context
	busy        map[int64]bool // chats with a delivery under way
	places      chan struct{}
	failure     string
	failedAt    int64
	lose        int // answers that will be lost
}

// A Delivery is one try to push an update.
type Delivery struct {
	Update int64
	At     time.Time
	// Status is the webhook's answer, or 0 if there was none, or it was lost.
	Status int
}

// Numbers of the official server's WebhookActor, in its seconds.
const (
	defaultConnections = 40
	firstPause         = 1
	longestPause       = 60
	longestRetryAfter  = 3600
	deliveryTimeout    = 75 * time.Second // of ours: it is far above what an answer takes
)

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// SetWebhook sets a webhook as somebody else would.
func (s *Server) SetWebhook(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook(address, "", defaultConnections)
}

// LoseAnswers makes the next n answers of the webhook get lost, so that what they acknowledge comes again.
func (s *Server) LoseAnswers(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.lose = n
}

// Deliveries are the tries so far to push updates.
func (s *Server) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.deliveries)
}

// WaitDeliveries waits until n tries were made. It fails the test if that takes longer than Patience.
func (s *Server) WaitDeliveries(t testing.TB, n int) []Delivery {
	t.Helper()
	if !s.wait(Patience, func() bool { return len(s.deliveries) >= n }) {
		t.Fatalf("%d deliveries were tried, want %d", len(s.Deliveries()), n)
	}
	return s.Deliveries()
}

// hook makes an address the webhook; an empty one ends it. The caller holds the lock.
func (s *Server) hook(address, secret string, connections int) {
	if s.webhook.cancel != nil {
		s.webhook.cancel()
	}
	s.webhook = webhook{url: address, set: s.webhook.set, lose: s.webhook.lose}
	if address != "" {
		s.webhook.secret, s.webhook.connections = secret, connections
		s.webhook.ctx, s.webhook.cancel = context.WithCancel(context.Background())
		s.webhook.busy, s.webhook.places = map[int64]bool{}, make(chan struct{}, connections)
	}
	s.push()
}

func (s *Server) setWebhook(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.webhook.set) < s.o.Second {
		return nil, &apiError{Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}
	}
	address, secret := q.params["url"], q.params["secret_token"]
	u, err := url.Parse(address)
	switch {
	case err != nil || address != "" && (u.Scheme != "http" && u.Scheme != "https" || u.Host == ""): // as a local server
		return nil, badRequest("invalid webhook URL specified")
	case secret != "" && !secretToken.MatchString(secret):
		return nil, badRequest("secret token contains unallowed characters")
	}
	s.webhook.set = time.Now()
	s.allow(q.params["allowed_updates"])
	if q.params["drop_pending_updates"] == "true" {
		s.queue.items = nil
	}
	connections := int(q.int("max_connections"))
	if connections < 1 || connections > 100 {
		connections = defaultConnections
	}
	s.hook(address, secret, connections)
	return true, nil
}

func (s *Server) deleteWebhook(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook("", "", 0)
	if q.params["drop_pending_updates"] == "true" {
		s.queue.items = nil
	}
	return true, nil
}

func (s *Server) getWebhookInfo(request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info := map[string]any{"url": s.webhook.url, "has_custom_certificate": false, "pending_update_count": len(s.queue.items)}
	if s.webhook.url != "" {
		info["max_connections"] = s.webhook.connections
	}
	if len(s.queue.allowed) > 0 {
		info["allowed_updates"] = s.queue.allowed
	}
	if s.webhook.failure != "" {
		info["last_error_message"], info["last_error_date"] = s.webhook.failure, s.webhook.failedAt
	}
	return info, nil
}

// push starts the delivery of what waits, one update for each chat. The caller holds the lock.
func (s *Server) push() {
	if s.webhook.url == "" || s.stopped {
		return
	}
	for _, item := range s.queue.items {
		if !s.webhook.busy[item.chat] {
			s.webhook.busy[item.chat] = true
			s.pushing.Go(s.delivery(s.webhook, item.chat))
		}
	}
}

// delivery delivers what waits for a chat, one after the other.
func (s *Server) delivery(hook webhook, chat int64) func() {
	return func() {
		for {
			s.mu.Lock()
			i := slices.IndexFunc(s.queue.items, func(item queued) bool { return item.chat == chat })
			if i < 0 || hook.ctx.Err() != nil {
				delete(hook.busy, chat)
				s.mu.Unlock()
				return
			}
			item := s.queue.items[i]
			s.mu.Unlock()
			if !s.deliver(hook, item) {
				continue // the webhook is another, or none
			}
			s.mu.Lock()
			if i := slices.IndexFunc(s.queue.items, func(other queued) bool { return other.serial == item.serial }); i >= 0 {
				s.queue.items = slices.Delete(s.queue.items, i, i+1)
			}
			s.notifyLocked()
			s.mu.Unlock()
		}
	}
}

// deliver pushes one update until it is acknowledged. It returns false if the webhook ends before.
func (s *Server) deliver(hook webhook, item queued) bool {
	pause := time.Duration(0)
	for hook.ctx.Err() == nil {
		hook.places <- struct{}{}
		status, wait, reply := s.post(hook, item)
		<-hook.places
		s.mu.Lock()
		if s.webhook.lose > 0 && status != 0 {
			s.webhook.lose--
			status, reply = 0, nil
		}
		s.deliveries = append(s.deliveries, Delivery{Update: item.id, At: time.Now(), Status: status})
		done := status >= 200 && status < 300
		if !done && hook.ctx.Err() == nil && s.webhook.url == hook.url {
			s.webhook.failure, s.webhook.failedAt = "Connection timed out", time.Now().Unix()
			if status != 0 {
				s.webhook.failure = fmt.Sprintf("Wrong response from the webhook: %d %s", status, http.StatusText(status))
			}
		}
		s.notifyLocked()
		s.mu.Unlock()
		if done {
			s.callBack(reply)
			return true
		}
		select {
		case <-time.After(max(pause, wait)):
		case <-hook.ctx.Done():
		}
		pause = min(max(2*pause, firstPause*s.o.Second), longestPause*s.o.Second)
	}
	return false
}

// post makes one try. wait is what the webhook asks for.
func (s *Server) post(hook webhook, item queued) (status int, wait time.Duration, reply []byte) {
	ctx, cancel := context.WithTimeout(hook.ctx, deliveryTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.url, bytes.NewReader(item.data))
	if err != nil {
		s.t.Errorf("telegramtest: %v", err)
		return 0, 0, nil
	}
	request.Header.Set("Content-Type", "application/json")
	if hook.secret != "" {
		request.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.secret)
	}
	response, err := s.pusher.Do(request)
	if err != nil {
		return 0, 0, nil
	}
	defer response.Body.Close()
	if reply, err = io.ReadAll(response.Body); err != nil {
		return 0, 0, nil
	}
	seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
	return response.StatusCode, time.Duration(min(seconds, longestRetryAfter)) * s.o.Second, reply
}

// callBack makes the call that a webhook's answer may hold. What comes of it nobody learns.
func (s *Server) callBack(reply []byte) {
	var object map[string]json.RawMessage
	if json.Unmarshal(reply, &object) != nil {
		return
	}
	params := texts(object)
	name, run := s.method(params["method"])
	delete(params, "method")
	ignored := strings.HasPrefix(name, "get") || name == "setWebhook" || name == "deleteWebhook"
	if run == nil || ignored {
		return
	}
	s.mu.Lock()
	s.calls = append(s.calls, Call{Method: name, Params: params, At: time.Now()})
	s.mu.Unlock()
	run(request{params: params, at: time.Now()})
	s.notify()
}
