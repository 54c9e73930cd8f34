package telegram_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// Faults of the soak. A message that is sent into a connection that breaks before it arrives is lost for good, because
// an answer is never sent twice (TestSendFaults); such a fault would leave open what is right, and is not among them.
var (
	slowDown     = telegramtest.Fault{Method: "sendMessage", Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}
	failure      = telegramtest.Fault{Method: "sendMessage", Code: 500, Description: "Internal Server Error"}
	badGateway   = telegramtest.Fault{Method: "sendMessage", Status: 502, Body: "<html>Bad Gateway</html>"}
	lostAnswer   = telegramtest.Fault{Method: "sendMessage", Drop: "after"}
	droppedPoll  = telegramtest.Fault{Method: "getUpdates", Drop: "before"}
	lostUpdates  = telegramtest.Fault{Method: "getUpdates", Drop: "after"}
	gatewayPoll  = telegramtest.Fault{Method: "getUpdates", Status: 502, Body: "<html>Bad Gateway</html>"}
	conflict     = telegramtest.Fault{Method: "getUpdates", Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
	droppedStart = telegramtest.Fault{Method: "getMe", Drop: "before"}
	brokenStart  = telegramtest.Fault{Method: "getMe", Status: 503, Body: "down for a moment"}
)

// soaked are the faults in each round of questions, by the question that they follow.
func soaked() map[int]telegramtest.Fault {
	return map[int]telegramtest.Fault{
		3: slowDown, 6: failure, 9: droppedPoll, 12: lostAnswer, 15: lostUpdates, 18: badGateway, 21: gatewayPoll,
	}
}

// TestSoak asks in 50 chats while the server slows chats down, fails, drops connections, starts its ids again and
// delivers twice, and while the bot is started anew in the midst of faults with questions waiting: every question is
// answered once. REDPIN_SOAK=30s asks 2,000 questions in that time instead of 80, alone, and looks for what piles up.
func TestSoak(t *testing.T) {
	questions, round, pause := 80, 80, time.Duration(0)
	starting := []telegramtest.Fault{droppedStart, brokenStart, lostUpdates, failure}
	long := os.Getenv("REDPIN_SOAK")
	if long == "" {
		t.Parallel()
	} else {
		lasts, err := time.ParseDuration(long)
		if err != nil {
			t.Fatal(err)
		}
		const each = 15 * time.Millisecond
		questions, round, pause = max(int(lasts/each), 80), 200, each
		starting = append(starting, conflict) // which costs four seconds
	}
	goroutines, heap := level()
	server := telegramtest.New(t, telegramtest.Options{NoCheck: pause > 0, Second: 100 * time.Millisecond})
	open := func() *running { return startWithoutHaste(t, server, telegram.Options{NoLimits: true}, echo) }
	s := soak{server: server, random: rand.New(rand.NewPCG(1, 2)), questions: questions, running: open()}
	begun := time.Now()
	for i := range questions {
		time.Sleep(time.Until(begun.Add(time.Duration(i) * pause)))
		s.ask(i)
		asked := i + 1
		switch asked {
		case questions / 2: // with questions in any state
			for _, f := range []telegramtest.Fault{failure, slowDown, lostUpdates, droppedPoll, gatewayPoll} {
				server.Fail(f)
			}
			s.stop(t)
			for _, f := range starting {
				server.Fail(f)
			}
			s.running = open()
			s.settle(t, asked)
		case questions / 4, questions * 3 / 4: // a quiet week
			s.settle(t, asked)
			server.ResetIDs(int64(7 + s.random.IntN(500)))
		}
		if f, due := soaked()[asked%round]; due {
			server.Fail(f)
		}
		if asked%round == 24 {
			server.Duplicate()
		}
		if asked%round%6 == 0 && asked > 30 {
			server.WaitSent(t, asked-30) // lest failures follow each other until the bot waits long
		}
	}
	s.settle(t, questions)
	s.check(t)
	s.stop(t)
	if long == "" {
		return
	}
	s.server.Forget() // what it remembers is not the bot's
	after, heapAfter := level()
	for end := time.Now().Add(telegramtest.Patience); after > goroutines+serving && time.Now().Before(end); after, heapAfter = level() {
		time.Sleep(10 * time.Millisecond) // connections end a moment after their last use
	}
	t.Logf("%d questions in %v; goroutines: %d before, %d after; heap: %d KB before, %d KB after",
		questions, time.Since(begun).Round(time.Second), goroutines, after, heap>>10, heapAfter>>10)
	if after > goroutines+serving {
		t.Errorf("%d goroutines are left over", after-goroutines)
	}
	if heapAfter > heap+mostHeap {
		t.Errorf("the heap has grown from %d KB to %d KB", heap>>10, heapAfter>>10)
	}
}

const (
	// serving are the goroutines of the fake server itself.
	serving = 1
	// mostHeap is what may be kept of 2,000 questions: what the libraries keep for the next, and the log.
	mostHeap = 4 << 20
)

// level is how much there is of what could pile up.
func level() (goroutines int, heap uint64) {
	var memory runtime.MemStats
	runtime.GC()
	runtime.GC() // what pools hold goes at the second
	runtime.ReadMemStats(&memory)
	return runtime.NumGoroutine(), memory.HeapAlloc
}

// A soak is one run of questions against one server.
type soak struct {
	server    *telegramtest.Server
	random    *rand.Rand
	questions int
	running   *running
}

// ask asks one question in one of 50 chats.
func (s *soak) ask(i int) {
	u := telegramtest.User{ID: int64(1000 + s.random.IntN(50)), FirstName: "P"}
	s.server.Say(telegramtest.Said{From: u, Text: fmt.Sprint("question ", i)})
}

// settle waits until all is quiet.
func (s *soak) settle(t *testing.T, asked int) {
	t.Helper()
	s.server.WaitSent(t, asked)
	s.server.WaitConfirmed(t)
}

func (s *soak) stop(t *testing.T) {
	t.Helper()
	if err := s.running.stop(); err != nil {
		t.Fatal(err)
	}
	if log := s.running.log.String(); strings.Contains(log, "question ") {
		t.Errorf("the log shows what was asked:\n%s", log)
	}
}

// check looks for an answer to each question, and for a second one to any.
func (s *soak) check(t *testing.T) {
	t.Helper()
	count := counted(s.server)
	for i := range s.questions {
		if n := count[fmt.Sprint("text question ", i)]; n != 1 {
			t.Errorf("question %d was answered %d times", i, n)
		}
	}
	if t.Failed() {
		t.Logf("the log:\n%s", s.running.log)
	}
}

// TestSoakWebhook is TestSoak's way by webhook: with answers that get lost, and a new start in the middle.
func TestSoakWebhook(t *testing.T) {
	t.Parallel()
	const questions = 160
	server := telegramtest.New(t, telegramtest.Options{Second: 100 * time.Millisecond})
	g := newGate(t)
	s := soak{server: server, random: rand.New(rand.NewPCG(3, 4)), questions: questions, running: hooked(t, server, g, echo)}
	for i := range questions {
		s.ask(i)
		if f := soaked()[(i+1)%40]; f.Method == "sendMessage" {
			server.Fail(f)
		}
		switch i + 1 {
		case 10, 90:
			server.LoseAnswers(5)
		case 35, 130:
			server.Duplicate()
		case questions / 4, questions * 3 / 4:
			s.settle(t, i+1)
			server.ResetIDs(7)
		case questions / 2:
			server.Fail(failure)
			server.Fail(slowDown)
			s.stop(t)
			server.Fail(droppedStart)
			server.Fail(telegramtest.Fault{Method: "getWebhookInfo", Status: 502, Body: "<html>"})
			s.running = hooked(t, server, g, echo)
		}
	}
	s.settle(t, questions)
	s.check(t)
	s.stop(t)
}
