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

// BenchmarkReply asks one question after the other. The metric median-ms is the time from the question's delivery
// to the server's receipt of the reply, which includes two requests over loopback.
func BenchmarkReply(b *testing.B) {
	server := telegramtest.New(b, telegramtest.Options{NoCheck: true})
	start(b, server, telegram.Options{NoLimits: true}, shippedBot(b))
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		asked := time.Now()
		server.Say(telegramtest.Said{From: ann, Text: "which position hurts my back least?"})
		took = append(took, server.MustNext(b).At.Sub(asked))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
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
