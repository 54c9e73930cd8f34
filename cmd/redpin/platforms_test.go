package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redpin/redpin/bot/discord/discordtest"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// patience is how long a test waits for what must come: far more than it takes.
const patience = 20 * time.Second

// A transcript is what the program prints, read while it still runs.
type transcript struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *transcript) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *transcript) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// TestPlatforms runs the whole program on both platforms at once: an urgent question on each gets the pin and
// the answer of the embedded pack, and the end comes within a second.
func TestPlatforms(t *testing.T) {
	onDiscord := discordtest.Start(t, discordtest.Config{})
	onTelegram := telegramtest.New(t, telegramtest.Options{})
	t.Setenv("DISCORD_TOKEN", "Bot "+discordtest.Token)
	t.Setenv("DISCORD_API", onDiscord.URL)
	t.Setenv("TELEGRAM_BOT_TOKEN", onTelegram.Token)
	t.Setenv("TELEGRAM_API", onTelegram.URL)

	var out, log transcript
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, nil, strings.NewReader(""), &out, &log) }()
	defer stop()

	const question = "my legs gave way and i have a fever. which position is best for a bad back?"
	if !onDiscord.WaitConnected(1, patience) {
		t.Fatalf("not connected to Discord; the log:\n%s", &log)
	}
	onDiscord.Write(discordtest.Written{Direct: true, Text: question})
	onTelegram.Say(telegramtest.Said{From: telegramtest.User{ID: 7, FirstName: "Ann"}, Text: question})
	checkReply := func(platform, text string, ok bool) {
		t.Helper()
		if !ok {
			t.Fatalf("no reply on %s; the log:\n%s", platform, &log)
		}
		if !strings.Contains(text, "emergency") || !strings.Contains(text, "fever") && !strings.Contains(text, "Fever") {
			t.Errorf("%s: the red flags are not pinned on top:\n%s", platform, text)
		}
	}
	m, ok := onDiscord.Next(patience)
	checkReply("Discord", m.Content, ok)
	s, ok := onTelegram.Next(patience)
	checkReply("Telegram", s.Text, ok)

	stop()
	select {
	case code := <-ended:
		if code != exitOK {
			t.Errorf("exit status %d; the log:\n%s", code, &log)
		}
	case <-time.After(patience):
		t.Fatal("the program does not end")
	}
	for _, secret := range []string{discordtest.Token, onTelegram.Token, "gave way"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, &log)
		}
	}
}

// TestRefusedToken checks that a token that a platform refuses ends the program with what to mend.
func TestRefusedToken(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	t.Setenv("TELEGRAM_TOKEN", "1:wrong")
	t.Setenv("TELEGRAM_API", server.URL)
	var out, log transcript
	if code := run(t.Context(), nil, strings.NewReader(""), &out, &log); code != exitNo {
		t.Errorf("exit status %d, want %d", code, exitNo)
	}
	if text := log.String(); !strings.Contains(text, "BotFather") || strings.Contains(text, "1:wrong") {
		t.Errorf("the error should name what to mend and not the token:\n%s", text)
	}
}

// TestTelegramWebhook runs the program with a webhook whose secret stands in a file.
func TestTelegramWebhook(t *testing.T) {
	server := telegramtest.New(t, telegramtest.Options{})
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close() // and hope that nobody takes it now
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("a-webhooks_secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TELEGRAM_TOKEN", server.Token)
	t.Setenv("TELEGRAM_API", server.URL)
	t.Setenv("TELEGRAM_WEBHOOK", "http://"+free.Addr().String()+"/updates")
	t.Setenv("TELEGRAM_WEBHOOK_LISTEN", free.Addr().String())
	t.Setenv("TELEGRAM_WEBHOOK_SECRET_FILE", secret)

	var out, log transcript
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, nil, strings.NewReader(""), &out, &log) }()
	server.Say(telegramtest.Said{From: telegramtest.User{ID: 7, FirstName: "Ann"}, Text: "/help"})
	if sent, ok := server.Next(patience); !ok || !strings.Contains(sent.Text, "/topics") {
		t.Errorf("sent %v; the log:\n%s", sent, &log)
	}
	if set := server.Calls("setWebhook"); len(set) != 1 || set[0].Params["secret_token"] != "a-webhooks_secret" {
		t.Errorf("the webhook was set by %v", set)
	}
	stop()
	if code := <-ended; code != exitOK || strings.Contains(log.String(), "webhooks_secret") {
		t.Errorf("exit status %d; the log:\n%s", code, &log)
	}
}
