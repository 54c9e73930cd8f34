package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

var ann = telegramtest.User{ID: 101, FirstName: "Ann"}

// An envelope is what the server answers.
type envelope struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

func call(t *testing.T, s *telegramtest.Server, method, query string) envelope {
	t.Helper()
	e, err := post(s, method, query)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func post(s *telegramtest.Server, method, query string) (e envelope, err error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return e, err
	}
	response, err := http.PostForm(s.URL+"/bot"+s.Token+"/"+method, values)
	if err != nil {
		return e, err
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&e); err != nil {
		return e, err
	}
	if !e.OK && e.Code != response.StatusCode {
		return e, fmt.Errorf("%s: status %d and error_code %d", method, response.StatusCode, e.Code)
	}
	return e, nil
}

// ids are those of a batch of updates.
func ids(t *testing.T, e envelope) []int64 {
	t.Helper()
	var updates []struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(e.Result, &updates); err != nil {
		t.Fatalf("%v: %s", err, e.Description)
	}
	list := []int64{}
	for _, u := range updates {
		list = append(list, u.ID)
	}
	return list
}

// TestGetUpdates polls a queue of the updates 1000 to 1004 with one offset after another, each time anew.
func TestGetUpdates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query string
		want  []int64
		left  int // not confirmed afterwards
	}{
		"no offset":               {"", []int64{1000, 1001, 1002, 1003, 1004}, 5},
		"a limit":                 {"limit=2", []int64{1000, 1001}, 5},
		"an offset confirms":      {"offset=1002", []int64{1002, 1003, 1004}, 3},
		"an offset at the end":    {"offset=1005", []int64{}, 0},
		"an offset far beyond it": {"offset=5000", []int64{1000, 1001, 1002, 1003, 1004}, 5},
		"an offset below":         {"offset=7", []int64{1000, 1001, 1002, 1003, 1004}, 5},
		"a negative offset":       {"offset=-2", []int64{1003, 1004}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := telegramtest.New(t, telegramtest.Options{})
			for range 5 {
				s.Say(telegramtest.Said{From: ann, Text: "hello"})
			}
			if got := ids(t, call(t, s, "getUpdates", c.query)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if s.Pending() != c.left {
				t.Errorf("%d are left, want %d", s.Pending(), c.left)
			}
		})
	}
}

// TestGetUpdatesAgain repeats a poll at once: it gets one update, as pollers do that go in circles.
func TestGetUpdatesAgain(t *testing.T) {
	t.Parallel()
	s := telegramtest.New(t, telegramtest.Options{Second: time.Minute}) // which makes "at once" half of that
	for range 3 {
		s.Say(telegramtest.Said{From: ann, Text: "hello"})
	}
	call(t, s, "getUpdates", "offset=1000")
	if got := ids(t, call(t, s, "getUpdates", "offset=1000")); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestAllowedUpdates(t *testing.T) {
	t.Parallel()
	s := telegramtest.New(t, telegramtest.Options{})
	call(t, s, "getUpdates", `allowed_updates=["callback_query"]`)
	s.Say(telegramtest.Said{From: ann, Text: "not wanted"})
	call(t, s, "getUpdates", "offset=1") // keeps the setting
	s.Say(telegramtest.Said{From: ann, Text: "not wanted"})
	call(t, s, "getUpdates", "offset=2&allowed_updates=[]") // the usual ones again
	s.Say(telegramtest.Said{From: ann, Text: "wanted"})
	if s.Pending() != 1 {
		t.Errorf("%d updates are queued, want 1", s.Pending())
	}
}

// TestConflict lets a second poll end the first.
func TestConflict(t *testing.T) {
	t.Parallel()
	s := telegramtest.New(t, telegramtest.Options{})
	type result struct {
		envelope
		err error
	}
	poll := func(query string) chan result {
		done := make(chan result, 1)
		go func() {
			e, err := post(s, "getUpdates", query)
			done <- result{e, err}
		}()
		return done
	}
	first := poll("timeout=50")
	s.WaitPolling(t)
	second := poll("timeout=50&offset=1")
	if got := <-first; got.err != nil || got.Code != 409 || !strings.Contains(got.Description, "terminated by other getUpdates") {
		t.Errorf("the first poll got %+v", got)
	}
	s.Say(telegramtest.Said{From: ann, Text: "for the second"})
	if got := <-second; got.err != nil || len(ids(t, got.envelope)) != 1 {
		t.Errorf("the second poll got %+v", got)
	}
}

// TestSendMessage shows what is refused, in Telegram's words and in the order of its checks.
func TestSendMessage(t *testing.T) {
	t.Parallel()
	const group, forum = -1, -2
	for name, c := range map[string]struct {
		query string
		code  int
		want  string
	}{
		"a text":                     {"chat_id=101&text=hello", 0, ""},
		"no text":                    {"chat_id=101&text=", 400, "message text is empty"},
		"only blanks":                {"chat_id=101&text=+%0A", 400, "text must be non-empty"},
		"nothing but markup":         {"chat_id=101&parse_mode=HTML&text=<b></b>", 400, "text must be non-empty"},
		"a foreign tag":              {"chat_id=101&parse_mode=HTML&text=a<br>", 400, `can't parse entities: Unsupported start tag "br" at byte offset 1`},
		"the longest text":           {"chat_id=101&text=" + strings.Repeat("x", 4096), 0, ""},
		"too long a text":            {"chat_id=101&text=" + strings.Repeat("x", 4097), 400, "message is too long"},
		"far too long a text":        {"chat_id=101&text=" + strings.Repeat("x", 32769), 400, "text is too long"},
		"a chat that is none":        {"chat_id=7&text=hello", 400, "chat not found"},
		"somebody who never wrote":   {"chat_id=102&text=hello", 403, "bot can't initiate conversation with a user"},
		"a button with much data":    {`chat_id=101&text=x&reply_markup={"inline_keyboard":[[{"text":"a","callback_data":"` + strings.Repeat("x", 65) + `"}]]}`, 400, "BUTTON_DATA_INVALID"},
		"a reply to nothing":         {`chat_id=101&text=x&reply_parameters={"message_id":99}`, 400, "message to be replied not found"},
		"a reply to nothing, if so":  {`chat_id=101&text=x&reply_parameters={"message_id":99,"allow_sending_without_reply":true}`, 0, ""},
		"a topic":                    {"chat_id=-2&text=x&message_thread_id=50", 0, ""},
		"the topic General, by name": {"chat_id=-2&text=x&message_thread_id=1", 400, "message thread not found"},
		"a topic in a usual group":   {"chat_id=-1&text=x&message_thread_id=50", 400, "message thread not found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Texts beyond the document's limits are sent on purpose.
			s := telegramtest.New(t, telegramtest.Options{Legacy: true})
			s.Know(ann)
			s.Group(group, "supergroup")
			s.Forum(forum, 50)
			s.Say(telegramtest.Said{From: telegramtest.User{ID: 102, FirstName: "Bob"}, Chat: group, Text: "hello"})
			if strings.HasPrefix(c.query, "chat_id=102") {
				s.Unknow(102)
			}
			got := call(t, s, "sendMessage", c.query)
			if got.Code != c.code || !strings.HasSuffix(got.Description, c.want) {
				t.Errorf("got %d %q, want %d %q", got.Code, got.Description, c.code, c.want)
			}
		})
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	s := telegramtest.New(t, telegramtest.Options{})
	if got := call(t, s, "GETME", ""); !got.OK {
		t.Errorf("a method in capitals: %+v", got)
	}
	if got := call(t, s, "getNothing", ""); got.Code != 404 {
		t.Errorf("a method that is none: %+v", got)
	}
	s.Token = "wrong"
	if got := call(t, s, "getMe", ""); got.Code != 401 {
		t.Errorf("a wrong token: %+v", got)
	}
}

// TestFaults are data: each hits the calls that it names, so often as it says.
func TestFaults(t *testing.T) {
	t.Parallel()
	s := telegramtest.New(t, telegramtest.Options{})
	s.Know(ann)
	s.Fail(telegramtest.Fault{Method: "sendMessage", Chat: ann.ID, Times: 2, Code: 429, Description: "Too Many Requests: retry after 3", RetryAfter: 3})
	for i, want := range []int{429, 429, 0} {
		if got := call(t, s, "sendMessage", "chat_id=101&text=hello"); got.Code != want || want != 0 && got.Parameters.RetryAfter != 3 {
			t.Errorf("call %d: %+v", i, got)
		}
	}
	if sent := s.AllSent(); len(sent) != 1 {
		t.Errorf("sent %s", strconv.Itoa(len(sent)))
	}
}
