package telegram_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
	"github.com/redpin/redpin/knowledge"
)

func shippedBot(b *testing.B) bot.Handler {
	b.Helper()
	answers, err := bot.New(context.Background(), bot.Options{
		Load: func() (*knowledge.Base, error) { return knowledge.Load(knowledge.Shipped()) },
		Log:  slog.New(slog.DiscardHandler), PageLength: bot.PageLength,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { answers.Close() })
	return answers.Handle
}

// BenchmarkReply asks one question after the other. The metric median-ms is the time from the moment at which the
// server gives the update to the poll to the one at which the request with the reply is there: both ways over loopback
// are in it. core-ms is what the core takes of it.
func BenchmarkReply(b *testing.B) {
	server := telegramtest.New(b, telegramtest.Options{NoCheck: true})
	core := shippedBot(b)
	var took, thought []time.Duration
	start(b, server, telegram.Options{NoLimits: true}, func(ctx context.Context, m bot.Message) bot.Reply {
		begun := time.Now()
		defer func() { thought = append(thought, time.Since(begun)) }() // one question at a time
		return core(ctx, m)
	})
	questions := []string{"which position hurts my back least?", "do pillows help?", "how long should we wait after surgery", "is it normal to be afraid of the pain"}
	for i := 0; b.Loop(); i++ {
		server.WaitPolling(b)
		server.Say(telegramtest.Said{From: ann, Text: questions[i%len(questions)]})
		took = append(took, server.MustNext(b).At.Sub(server.Given()))
	}
	b.ReportMetric(median(took), "median-ms")
	b.ReportMetric(median(thought), "core-ms")
}

// BenchmarkAdapter is BenchmarkReply without the core, whose one reply is ready: what is the adapter's own.
func BenchmarkAdapter(b *testing.B) {
	const question = "which position hurts my back least?"
	server := telegramtest.New(b, telegramtest.Options{NoCheck: true})
	reply := shippedBot(b)(b.Context(), bot.Message{Text: question})
	start(b, server, telegram.Options{NoLimits: true}, func(context.Context, bot.Message) bot.Reply { return reply })
	var took []time.Duration
	for b.Loop() {
		server.WaitPolling(b)
		server.Say(telegramtest.Said{From: ann, Text: question})
		took = append(took, server.MustNext(b).At.Sub(server.Given()))
	}
	b.ReportMetric(median(took), "median-ms")
}

// median is in milliseconds.
func median(list []time.Duration) float64 {
	slices.Sort(list)
	return float64(list[len(list)/2].Microseconds()) / 1000
}

// BenchmarkStop ends Run in the middle of a poll of 50 seconds.
func BenchmarkStop(b *testing.B) {
	server := telegramtest.New(b, telegramtest.Options{NoCheck: true})
	var took []time.Duration
	for b.Loop() {
		r := start(b, server, telegram.Options{NoLimits: true}, echo)
		server.Say(telegramtest.Said{From: ann, Text: "how long?"})
		server.MustNext(b)
		server.WaitConfirmed(b)
		server.WaitPolling(b)
		begun := time.Now()
		r.stop()
		took = append(took, time.Since(begun))
	}
	b.ReportMetric(median(took), "median-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "slowest-ms")
}

// BenchmarkThroughput keeps 50 chats asking at once; each operation is a question with its answer.
func BenchmarkThroughput(b *testing.B) {
	server := telegramtest.New(b, telegramtest.Options{NoCheck: true})
	start(b, server, telegram.Options{NoLimits: true}, shippedBot(b))
	asked := 0
	begun := time.Now()
	for b.Loop() {
		server.Say(telegramtest.Said{From: telegramtest.User{ID: int64(1000 + asked%50), FirstName: "P"}, Text: fmt.Sprint("which position hurts my back least? ", asked)})
		asked++
		if asked%500 == 0 {
			server.WaitSent(b, asked-250)
		}
	}
	server.WaitSent(b, asked)
	b.ReportMetric(float64(asked)/time.Since(begun).Seconds(), "questions/s")
}
