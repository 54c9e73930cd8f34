package telegramtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// A listener is a bot's webhook that answers each text with the statuses that it is told, and then with 200.
type listener struct {
	mu     sync.Mutex
	status map[string][]int
	heard  map[int64][]string // by chat, each try
	secret string
}

func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var u struct {
		Message struct {
			Text string `json:"text"`
			Chat struct {
				ID int64 `json:"id"`
			} `json:"chat"`
		} `json:"message"`
	}
	json.NewDecoder(r.Body).Decode(&u)
	l.mu.Lock()
	defer l.mu.Unlock()
	text := u.Message.Text
	l.heard[u.Message.Chat.ID] = append(l.heard[u.Message.Chat.ID], text)
	l.secret = r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
	if left := l.status[text]; len(left) > 0 {
		l.status[text] = left[1:]
		if left[0] == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "2")
		}
		w.WriteHeader(left[0])
		return
	}
	if text == "call back" {
		io.WriteString(w, `{"method":"sendMessage","chat_id":102,"text":"called"}`)
	}
}

// TestWebhook pushes to a webhook that fails: one chat's updates wait for each other, others do not wait for them.
func TestWebhook(t *testing.T) {
	t.Parallel()
	const second = 20 * time.Millisecond
	s := telegramtest.New(t, telegramtest.Options{Second: second})
	l := &listener{heard: map[int64][]string{}, status: map[string][]int{"first": {500, 404, 503}}}
	hook := httptest.NewServer(l)
	t.Cleanup(hook.Close)
	s.Say(telegramtest.Said{From: ann, Text: "first"})
	s.Say(telegramtest.Said{From: ann, Text: "second"})
	s.Say(telegramtest.Said{From: telegramtest.User{ID: 102, FirstName: "Bob"}, Text: "call back"})
	if got := call(t, s, "setWebhook", "secret_token=s3&allowed_updates=[\"message\"]&url="+hook.URL); !got.OK {
		t.Fatalf("%+v", got)
	}
	if got := call(t, s, "getUpdates", ""); got.Code != 409 {
		t.Errorf("a poll beside the webhook: %+v", got)
	}
	s.WaitConfirmed(t)
	l.mu.Lock()
	if want := []string{"first", "first", "first", "first", "second"}; !slices.Equal(l.heard[ann.ID], want) || len(l.heard[102]) != 1 || l.secret != "s3" {
		t.Errorf("heard %v with the secret %q, want %q", l.heard, l.secret, want)
	}
	l.mu.Unlock()
	if sent := s.MustNext(t); sent.Text != "called" {
		t.Errorf("the call in the answer: %v", sent)
	}
	var first []telegramtest.Delivery
	for _, d := range s.Deliveries() {
		if d.Update == 1000 {
			first = append(first, d)
		}
	}
	// Never a time's upper bound: the second try is at once, the others wait for one second and for two.
	if first[2].At.Sub(first[1].At) < second || first[3].At.Sub(first[2].At) < 2*second {
		t.Errorf("the tries are too close: %v", first)
	}
	var info struct {
		URL     string   `json:"url"`
		Failure string   `json:"last_error_message"`
		Kinds   []string `json:"allowed_updates"`
	}
	json.Unmarshal(call(t, s, "getWebhookInfo", "").Result, &info)
	if info.URL != hook.URL || info.Failure != "Wrong response from the webhook: 503 Service Unavailable" || !slices.Equal(info.Kinds, []string{"message"}) {
		t.Errorf("getWebhookInfo: %+v", info)
	}
	s.LoseAnswers(1)
	s.Say(telegramtest.Said{From: ann, Text: "twice"})
	s.WaitConfirmed(t)
	l.mu.Lock()
	if n := len(l.heard[ann.ID]); n != 7 {
		t.Errorf("with a lost answer, %d tries were heard, want 7: %q", n, l.heard[ann.ID])
	}
	l.mu.Unlock()
	call(t, s, "deleteWebhook", "")
	s.Say(telegramtest.Said{From: ann, Text: "waits"})
	if s.Pending() != 1 {
		t.Error("delivered to a webhook that was deleted")
	}
}

func TestWebhookRefused(t *testing.T) {
	t.Parallel()
	s := telegramtest.New(t, telegramtest.Options{Second: time.Minute})
	for _, c := range []struct {
		query string
		code  int
	}{
		{"url=not an address", 400},
		{"url=http://127.0.0.1:1/&secret_token=a%20b", 400},
		{"url=http://127.0.0.1:1/", 0},
		{"url=http://127.0.0.1:2/", 429}, // twice in a second
	} {
		if got := call(t, s, "setWebhook", c.query); got.Code != c.code {
			t.Errorf("setWebhook?%s: %+v, want %d", c.query, got, c.code)
		}
	}
}
