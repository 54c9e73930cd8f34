package telegram_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

var soakTime = flag.Duration("soak", 0, "how long TestSoak lasts, with 2,000 questions; 0 asks 120 as fast as it can")

// TestSoak asks in 50 chats while the server slows chats down, fails, drops polls, starts its ids again and
// delivers twice, and while the bot is started anew: every question is answered once. Messages that were sent into
// a connection that broke are left out, because there nobody can know (see TestSendFaults).
//
// The faults are mended before the restart: what fails in the last second cannot be repeated for ever.
func TestSoak(t *testing.T) { // alone: it asks for the machine
	questions, cycle, pause := 120, 40, time.Duration(0)
	if *soakTime > 0 {
		questions, cycle = 2000, 250
		pause = *soakTime / time.Duration(questions)
	}
	const chats = 50
	server := telegramtest.New(t, telegramtest.Options{NoCheck: *soakTime > 0, Second: 100 * time.Millisecond})
	random := rand.New(rand.NewPCG(1, 2))
	r := start(t, server, telegram.Options{NoLimits: true}, echo)
	for i := range questions {
		u := telegramtest.User{ID: int64(1000 + random.IntN(chats)), FirstName: "P"}
		server.Say(telegramtest.Said{From: u, Text: fmt.Sprint("question ", i)})
		time.Sleep(pause)
		switch i % cycle {
		case 5:
			server.Fail(telegramtest.Fault{Method: "sendMessage", Chat: u.ID, Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1})
		case 10:
			server.Fail(telegramtest.Fault{Method: "sendMessage", Code: 500, Description: "Internal Server Error"})
		case 15:
			server.Fail(telegramtest.Fault{Method: "getUpdates", Drop: "before"})
		case 20:
			server.Fail(telegramtest.Fault{Method: "getUpdates", Drop: "after"})
		case 25:
			server.Fail(telegramtest.Fault{Method: "getUpdates", Status: 502, Body: "<html>Bad Gateway</html>"})
		case 30:
			server.Duplicate()
		case 39:
			server.WaitSent(20*time.Second, i-20) // lest failures follow each other until the bot waits long
		}
		switch i {
		case questions / 2:
			server.Mend()
			if err := r.stop(); err != nil {
				t.Fatal(err)
			}
			t.Logf("the log before the restart:\n%s", r.log)
			r = start(t, server, telegram.Options{NoLimits: true}, echo)
		case questions * 3 / 4:
			server.WaitSent(20*time.Second, i+1) // a quiet week
			server.WaitConfirmed(t)
			server.ResetIDs(7)
		}
	}
	server.WaitSent(20*time.Second, questions)
	server.WaitConfirmed(t)
	count := map[string]int{}
	for _, sent := range server.AllSent() {
		count[sent.Text]++
	}
	for i := range questions {
		if n := count[fmt.Sprint("text question ", i)]; n != 1 {
			t.Errorf("question %d was answered %d times", i, n)
		}
	}
	if err := r.stop(); err != nil || t.Failed() {
		t.Errorf("Run: %v, its log:\n%s", err, r.log)
	}
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	t.Logf("%d goroutines, %d MB", runtime.NumGoroutine(), memory.HeapAlloc>>20)
}
