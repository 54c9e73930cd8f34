package discord

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
	"github.com/redpin/redpin/knowledge"
)

// TestNoLeak shows that nothing is left running a moment after Run. discordgo sleeps a second when it closes.
func TestNoLeak(t *testing.T) {
	before := goleak.IgnoreCurrent()
	server := discordtest.Start(t, discordtest.Config{})
	ctx, cancel := context.WithCancel(t.Context())
	d, err := New(Options{Token: discordtest.Token, API: server.URL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	quick(d)
	ended := make(chan error)
	go func() { ended <- d.Run(ctx, echo) }()
	server.WaitConnected(1, patience)
	server.Write(discordtest.Written{Direct: true, Text: "hello"})
	server.Use(discordtest.Used{Command: "help"})
	if !server.WaitMessages(2, patience) {
		t.Error("not answered")
	}
	server.Drop()
	server.WaitSessions(2, patience)
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	server.Stop()
	var leak error
	for began := time.Now(); time.Since(began) < patience; {
		if leak = goleak.Find(before); leak == nil { // tries for a while itself
			return
		}
	}
	t.Error(leak)
}

// TestSoak asks from all sides while everything fails in turn. Every question is answered exactly once, in the server and
// the channel in which it was asked. REDPIN_SOAK lengthens it, such as 30s, with as many more questions; then it also holds
// goroutines and memory to what they were.
func TestSoak(t *testing.T) {
	lasts := time.Second
	every, burst := 250, 200 // questions between two disturbances, from each of which the bot needs a second to come back
	long := os.Getenv("REDPIN_SOAK")
	if long != "" {
		var err error
		if lasts, err = time.ParseDuration(long); err != nil {
			t.Fatal(err)
		}
		every, burst = 1000, 2000
	} else {
		t.Parallel()
	}
	const shards, pause = 4, 2 * time.Millisecond
	questions := max(int(lasts/pause), every) + burst
	// Without the OpenAPI document: holding thousands of requests against it takes longer than to make them.
	server := discordtest.Start(t, discordtest.Config{Shards: shards})
	var d *Discord
	s := attach(t, server, Options{}, echo, func(made *Discord) {
		d = made
		d.rest.limits = newLimits(1e6)
		d.rest.pause = 50 * time.Millisecond
	})
	if !s.WaitConnected(shards, patience) {
		t.Fatalf("not connected; the log:\n%s", s.log)
	}
	goroutines, memory := level(s, d)
	soon := map[string]string{"Retry-After": "0.02"}
	global := map[string]string{"Retry-After": "0.02", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
	const on = "POST /channels"
	// Fewer failures at a time than a request has attempts: one message may get them all.
	faults := [][]discordtest.Fault{
		{{On: on, Status: 429, Header: soon, Times: 5}, {On: on, Status: 500, Times: 2}, {On: on, Done: true, Times: 3}},
		{{On: on, Status: 429, Header: global}, {On: on, Status: 503, Times: 2}, {On: on, Status: 504, Done: true, Times: 2}, {On: on, Cut: true}},
		{{On: on, Status: 429, Header: soon, Body: "<html>"}, {On: on, Status: 502, Times: 2}, {On: on, Status: 500, Done: true, Times: 3}},
	}
	asked := make(map[string]string) // the channel, by answer
	ask := func(n int) {
		text := fmt.Sprintf("question %d.", n)
		in := discordtest.Written{Guild: fmt.Sprint(uint64(n) << 22), In: fmt.Sprintf("1050000000007%05d", n%50), Text: mention + " " + text}
		asked["Heard: "+text] = in.In
		in.ID = s.Write(in)
		if n%10 == 0 {
			s.Write(in) // delivered twice
		}
	}
	invalid, turn := 0, 0
	began := time.Now()
	for n := 0; n < questions; n++ {
		time.Sleep(time.Until(began.Add(time.Duration(n) * pause)))
		if n%every == every/2 && s.WaitConnected(shards, patience) {
			s.Add(faults[turn%len(faults)]...)
			switch turn % 5 {
			case 0:
				s.Drop()
			case 1:
				s.Reconnect()
			case 2:
				s.CloseGateway(4000)
			case 3:
				s.AskResume()
			case 4:
				// What is written before the bot has identified again reaches no session: Discord does not deliver it.
				s.Invalidate()
				s.WaitConnected(shards, patience)
				invalid++
			}
			turn++
			if turn == 1 {
				for range burst { // to connections that are gone
					ask(n)
					n++
				}
			}
		}
		ask(n)
	}
	if !s.WaitMessages(len(asked), patience) {
		t.Errorf("%d of %d answered; the log:\n%s", len(s.Messages()), len(asked), s.log)
	}
	t.Logf("%d questions with %d disturbances in %v", len(asked), turn, time.Since(began).Round(time.Second))
	for _, m := range s.Messages() {
		if asked[m.Content] != m.Channel {
			t.Errorf("not expected, answered twice, or in the wrong channel: %q", m.Content)
		}
		delete(asked, m.Content)
	}
	if n := s.Identifies(); n != shards*(1+invalid) {
		t.Errorf("%d sessions for %d shards, %d times: some were not resumed", n, shards, 1+invalid)
	}
	if log := s.log.String(); strings.Contains(log, "question 1") {
		t.Errorf("the log holds what was asked:\n%s", log)
	}
	if long == "" {
		return // other tests run at the same time
	}
	clear(asked)
	goroutinesNow, memoryNow := 0, uint64(0)
	for began := time.Now(); time.Since(began) < patience; time.Sleep(glimpse) {
		goroutinesNow, memoryNow = level(s, d)
		if goroutinesNow <= goroutines+extraGoroutines && memoryNow <= memory+extraMemory {
			break
		}
	}
	t.Logf("%d goroutines, %d at the beginning; %d kB on the heap, %d at the beginning", goroutinesNow, goroutines, memoryNow>>10, memory>>10)
	if goroutinesNow > goroutines+extraGoroutines || memoryNow > memory+extraMemory {
		t.Error("they should be level")
	}
}

// What a soak may leave: a connection or two with two goroutines at each end, and the ids of the last events (seen.go),
// the windows of limits and the log, which is a buffer here.
const (
	extraGoroutines = 16
	extraMemory     = 8 << 20
)

// level is how many goroutines and bytes are in use when nothing is under way, without what the fake has kept.
func level(s served, d *Discord) (goroutines int, memory uint64) {
	s.Clear()
	d.rest.client.CloseIdleConnections()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return runtime.NumGoroutine(), m.HeapAlloc
}

// BenchmarkAnswer is from a message at the gateway to its answer at the interface, one after the other, with the shipped
// pack. Of that it also reports the core's share: looking for red flags and the answer.
func BenchmarkAnswer(b *testing.B) {
	f := bench(b)
	var took []time.Duration
	for b.Loop() {
		sent := f.ask(len(took))
		m, ok := f.server.Next(patience)
		if !ok {
			b.Fatal("not answered")
		}
		took = append(took, m.At.Sub(sent))
	}
	report(b, took)
	slices.Sort(f.core.took)
	b.ReportMetric(float64(f.core.took[len(f.core.took)/2].Microseconds()), "µs/core")
}

// BenchmarkSustained asks 1,000 questions a second, and counts those that are not answered.
func BenchmarkSustained(b *testing.B) {
	const perSecond = 1000
	f := bench(b)
	began := time.Now()
	sent := make(map[string]time.Time)
	b.ResetTimer()
	for n := range b.N {
		time.Sleep(time.Until(began.Add(time.Duration(n) * time.Second / perSecond)))
		at := f.ask(n)
		sent[discordtest.DirectChannel(asker(n))] = at
	}
	f.server.WaitMessages(b.N, patience)
	b.StopTimer()
	var took []time.Duration
	for _, r := range f.server.Requests("POST /channels") {
		channel := strings.Split(r.Path, "/")[2]
		took = append(took, r.At.Sub(sent[channel]))
		delete(sent, channel)
	}
	b.ReportMetric(float64(len(sent)), "lost")
	report(b, took)
}

// BenchmarkThroughput asks as fast as it can.
func BenchmarkThroughput(b *testing.B) {
	f := bench(b)
	b.ResetTimer()
	for n := range b.N {
		f.ask(n)
	}
	if !f.server.WaitMessages(b.N, patience) {
		b.Fatalf("%d of %d answered", len(f.server.Messages()), b.N)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}

// A benched Discord answers from the shipped pack, without limits.
type benched struct {
	server    *discordtest.Server
	questions []string
	core      *timed
}

// timed measures what a bot takes for itself.
type timed struct {
	*bot.Bot
	mu   sync.Mutex
	took []time.Duration
}

func (t *timed) handle(ctx context.Context, m bot.Message) bot.Reply {
	began := time.Now()
	reply := t.Handle(ctx, m)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.took = append(t.took, time.Since(began))
	return reply
}

func bench(b *testing.B) benched {
	core, err := bot.New(b.Context(), bot.Options{
		Load: func() (*knowledge.Base, error) { return knowledge.Load(knowledge.Shipped()) }, Log: slog.New(slog.DiscardHandler), PageLength: bot.PageLength,
	})
	if err != nil {
		b.Fatal(err)
	}
	f := benched{server: discordtest.Start(b, discordtest.Config{}), core: &timed{Bot: core}}
	for _, p := range core.Edition().Base.Packs {
		for _, e := range p.Entries {
			f.questions = append(f.questions, e.Title)
		}
	}
	d, err := New(Options{Token: discordtest.Token, API: f.server.URL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	d.rest.limits = newLimits(1e9)
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error)
	go func() { ended <- d.Run(ctx, f.core.handle) }()
	b.Cleanup(func() {
		cancel()
		<-ended
		core.Close()
	})
	f.server.WaitConnected(1, patience)
	return f
}

// asker is somebody else each time: a channel has a limit of its own.
func asker(n int) string { return fmt.Sprintf("1050000001%08d", n) }

// ask asks the next question, and says when the gateway had sent it.
func (f benched) ask(n int) time.Time {
	f.server.Write(discordtest.Written{Direct: true, From: asker(n), Text: f.questions[n%len(f.questions)]})
	return time.Now()
}

func report(b *testing.B, took []time.Duration) {
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs/median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs/99%")
}
