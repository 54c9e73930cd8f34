package main

import (
	"context"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot/discord/discordtest"
)

// TestShards reads the number of connections to Discord.
func TestShards(t *testing.T) {
	for _, tt := range []struct {
		text  string
		want  shards
		wrong bool
	}{
		{text: "auto"}, {text: ""}, {text: "1", want: 1}, {text: "16", want: 16},
		{text: "0", wrong: true}, {text: "-1", wrong: true}, {text: "many", wrong: true}, {text: "70000", wrong: true},
	} {
		s := shards(7)
		err := s.UnmarshalText([]byte(tt.text))
		if (err != nil) != tt.wrong || err == nil && s != tt.want {
			t.Errorf("%q is %d, %v", tt.text, s, err)
		}
	}
}

// TestDiscordFlags starts the program with Discord's settings from the environment, and sees each at work.
func TestDiscordFlags(t *testing.T) {
	const watched, moderators = "105000000000000012", "105000000000000088"
	server := discordtest.Start(t, discordtest.Config{MessageContent: true})
	for name, value := range map[string]string{
		"DISCORD_TOKEN": discordtest.Token, "DISCORD_API": server.URL, "DISCORD_SHARDS": "2",
		"DISCORD_GUILDS": discordtest.Guild, "DISCORD_COMMAND_GUILD": discordtest.Guild,
		"DISCORD_WATCH": watched + ", 105000000000000013", "DISCORD_ALERTS": moderators,
	} {
		t.Setenv(name, value)
	}
	var out, log transcript
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, nil, strings.NewReader(""), &out, &log) }()
	defer func() {
		stop()
		if code := <-ended; code != exitOK {
			t.Errorf("exit status %d", code)
		}
	}()
	if !server.WaitConnected(2, patience) {
		t.Fatalf("there are not two connections; the log:\n%s", &log)
	}
	if !server.WaitRequests("PUT /applications/"+discordtest.Bot+"/guilds/"+discordtest.Guild, 1, patience) {
		t.Errorf("no commands in the server; the log:\n%s", &log)
	}
	server.Write(discordtest.Written{Guild: "105000000004194304", Text: "<@" + discordtest.Bot + "> in a server that is not served"})
	server.Use(discordtest.Used{Command: "ask", Options: map[string]any{"question": "posit"}, Typing: "question"})
	if offers, ok := server.NextOffers(patience); !ok || len(offers) == 0 {
		t.Errorf("nothing is offered; the log:\n%s", &log)
	}
	server.Write(discordtest.Written{In: watched, Text: "I have back pain and I can't hold my pee"})
	alerted := false
	for range 2 {
		m, ok := server.Next(patience)
		if !ok || m.Channel != watched && m.Channel != moderators {
			t.Errorf("got %+v; the log:\n%s", m, &log)
		}
		alerted = alerted || m.Channel == moderators && strings.Contains(m.Content, "flag")
	}
	if !alerted {
		t.Error("the moderators were not told")
	}
}
