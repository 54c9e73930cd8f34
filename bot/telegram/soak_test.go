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

var soakTime = flag.Duration("soak", 0, "how long TestSoak asks its 2,000 questions; 0 asks 80 as fast as it can")

// TestSoak asks in 50 chats while the server slows chats down, fails, drops polls, starts its ids again and
// delivers twice, and while the bot is started anew with questions waiting: every question is answered once.
//
// Each fault ends before something at which it would leave open what is right. A message sent into a connection that
// breaks may have arrived (see TestSendFaults); an update that came twice may be handled twice after a restart,
// because only the running bot remembers it.
func TestSoak(t *testing.T) { // alone: it asks for the machine
	questions, cycle, pause := 80, 40, time.Duration(0)
	if *soakTime > 0 {
		questions, cycle = 2000, 250
		pause = *soakTime / time.Duration(questions)
	}
	const chats = 50
	server := telegramtest.New(t, telegramtest.Options{NoCheck: *soakTime > 0, Second: 100 * time.Millisecond})
	random := rand.New(rand.NewPCG(1, 2))
	r := startWithoutHaste(t, server, telegram.Options{NoLimits: true}, echo)
	allAnswered := func(asked int) {
		t.Helper()
		server.Mend()
		server.WaitSent(t, asked)
		server.WaitConfirmed(t)
	}
	restart := questions / 2
	for i := range questions {
		u := telegramtest.User{ID: int64(1000 + random.IntN(chats)), FirstName: "P"}
		server.Say(telegramtest.Said{From: u, Text: fmt.Sprint("question ", i)})
		time.Sleep(pause)
		asked := i + 1
		switch asked {
		case restart - 5:
			allAnswered(asked)
		case restart: // with up to five questions in any state
			if err := r.stop(); err != nil {
				t.Fatal(err)
			}
			t.Logf("the log before the restart:\n%s", r.log)
			r = startWithoutHaste(t, server, telegram.Options{NoLimits: true}, echo)
		case questions * 3 / 4: // a quiet week
			allAnswered(asked)
			server.ResetIDs(7)
		}
		switch asked % cycle {
		case 5:
			server.Fail(telegramtest.Fault{Method: "sendMessage", Chat: u.ID, Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1})
		case 8:
			server.Fail(telegramtest.Fault{Method: "sendMessage", Code: 500, Description: "Internal Server Error"})
		case 11:
			server.Fail(telegramtest.Fault{Method: "getUpdates", Drop: "before"})
		case 16:
			server.Fail(telegramtest.Fault{Method: "getUpdates", Drop: "after"})
		case 21:
			server.Fail(telegramtest.Fault{Method: "getUpdates", Status: 502, Body: "<html>Bad Gateway</html>"})
		case 26:
			server.Duplicate()
		}
		if asked%cycle%5 == 0 && asked > 20 && asked != restart {
			server.WaitSent(t, asked-20) // lest failures follow each other until the bot waits long
		}
	}
	allAnswered(questions)
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
