package discord

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/discord/discordtest"
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

// TestSoak asks from all sides while everything fails in turn. What Discord delivers is answered exactly once.
// REDPIN_SOAK lengthens it, such as 30s, with as many more questions.
func TestSoak(t *testing.T) {
	lasts := time.Second
	every := 250 // questions between two disturbances, from each of which the bot needs a second to come back
	long := os.Getenv("REDPIN_SOAK")
	if long != "" {
		var err error
		if lasts, err = time.ParseDuration(long); err != nil {
			t.Fatal(err)
		}
		every *= 4
	} else {
		t.Parallel()
	}
	const shards, pause = 4, 2 * time.Millisecond
	questions := int(lasts / pause)
	// Without the OpenAPI document: holding thousands of requests against it takes longer than to make them.
	server := discordtest.Start(t, discordtest.Config{Shards: shards})
	s := attach(t, server, Options{}, echo, func(d *Discord) {
		d.rest.limits = newLimits(1e6)
		d.rest.pause = 50 * time.Millisecond
	})
	if !s.WaitConnected(shards, patience) {
		t.Fatalf("not connected; the log:\n%s", s.log)
	}
	goroutines := runtime.NumGoroutine()
	soon := map[string]string{"Retry-After": "0.02"}
	const on = "POST /channels"
	// Fewer failures at a time than a request has attempts: one message may get them all.
	faults := [][]discordtest.Fault{
		{{On: on, Status: 429, Header: soon, Times: 5}, {On: on, Status: 500, Times: 2}, {On: on, Done: true, Times: 3}},
		{{On: on, Status: 429, Header: soon, Times: 5}, {On: on, Status: 503, Times: 2}, {On: on, Status: 504, Done: true, Times: 3}},
	}
	began := time.Now()
	expected := make(map[string]bool)
	for n := range questions {
		time.Sleep(time.Until(began.Add(time.Duration(n) * pause)))
		if turn := n / every; n%every == every/2 && s.WaitConnected(shards, patience) {
			s.Add(faults[turn%len(faults)]...)
			switch turn % 3 {
			case 0:
				s.Drop()
			case 1:
				s.Reconnect()
			case 2:
				s.CloseGateway(4000)
			}
		}
		text := fmt.Sprintf("question %d.", n)
		expected["Heard: "+text] = true
		in := discordtest.Written{Guild: fmt.Sprint(uint64(n) << 22), In: fmt.Sprintf("1050000000007%05d", n%50), Text: mention + " " + text}
		in.ID = s.Write(in)
		if n%10 == 0 {
			s.Write(in) // delivered twice
		}
	}
	if !s.WaitMessages(questions, patience) {
		t.Errorf("%d of %d answered; the log:\n%s", len(s.Messages()), questions, s.log)
	}
	for _, m := range s.Messages() {
		if !expected[m.Content] {
			t.Errorf("not expected, or answered twice: %q", m.Content)
		}
		delete(expected, m.Content)
	}
	if n := s.Identifies(); n != shards {
		t.Errorf("%d sessions for %d shards: some were not resumed", n, shards)
	}
	if n := runtime.NumGoroutine(); long != "" && n > goroutines+4*messageWorkers { // a connection has two at each end
		t.Errorf("%d goroutines at the end, %d at the beginning", n, goroutines)
	}
	if log := s.log.String(); strings.Contains(log, "question 1") {
		t.Errorf("the log holds what was asked:\n%s", log)
	}
}

// BenchmarkAnswer is from a message at the gateway to its answer at the interface, with the suite's pack.
func BenchmarkAnswer(b *testing.B) {
	benchmark(b, bottest.NewBot(b).Handle, 1)
}

// BenchmarkThroughput is the same with many at once.
func BenchmarkThroughput(b *testing.B) {
	benchmark(b, bottest.NewBot(b).Handle, 500)
}

func benchmark(b *testing.B, handle bot.Handler, together int) {
	server := discordtest.Start(b, discordtest.Config{})
	d, err := New(Options{Token: discordtest.Token, API: server.URL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	d.rest.limits = newLimits(1e9)
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error)
	go func() { ended <- d.Run(ctx, handle) }()
	server.WaitConnected(1, patience)
	sent := 0
	var written []time.Time
	for b.Loop() {
		for range together {
			sent++
			written = append(written, time.Now())
			server.Write(discordtest.Written{Direct: true, From: fmt.Sprintf("1050000000009%05d", sent%1000), Text: "what's the best time of day to water my tomatoes?"})
		}
		if !server.WaitMessages(sent, patience) {
			b.Fatal("not answered")
		}
	}
	b.ReportMetric(float64(sent)/b.Elapsed().Seconds(), "answers/s")
	if together == 1 {
		var took []time.Duration
		for n, r := range server.Requests("POST /channels") {
			took = append(took, r.At.Sub(written[n]))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs/median")
	}
	cancel()
	<-ended
}
