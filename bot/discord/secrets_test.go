package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// everyFault is each way in which Discord's interface fails, for each request that redpin makes. Only a refused token is left
// out, which ends the run.
func everyFault() []discordtest.Fault {
	type fault = discordtest.Fault
	soon := map[string]string{"Retry-After": "0.01"}
	global := map[string]string{"Retry-After": "0.01", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
	kinds := []fault{
		{}, {Done: true}, {Cut: true}, {Status: 200, Body: "<html>"}, {Status: 200, Body: "{"}, {Delay: glimpse},
		{Status: 429, Header: soon}, {Status: 429, Header: global}, {Status: 429, Header: soon, Body: "<html>banned</html>"},
		{Status: 500}, {Status: 502, Body: "<html>"}, {Status: 503, Code: 130000}, {Status: 504, Done: true}, {Status: 400}, {Status: 403}, {Status: 404},
	}
	for _, code := range []int{50006, 50035, 40060, 50083, 20016, 20028, 200000, 240000} {
		kinds = append(kinds, fault{Status: 400, Code: code})
	}
	for _, code := range []int{50001, 50007, 50013, 160002} {
		kinds = append(kinds, fault{Status: 403, Code: code})
	}
	for _, code := range []int{10003, 10008, 10015, 10062} {
		kinds = append(kinds, fault{Status: 404, Code: code})
	}
	// Elsewhere it would close the route for an hour.
	all := []fault{{On: "POST /interactions", Status: 429, Header: map[string]string{"Retry-After": "3600"}}}
	for _, on := range []string{
		"GET /applications", "PUT /applications", "POST /channels", "POST /users", "POST /interactions",
		"GET /webhooks", "PATCH /webhooks", "DELETE /webhooks", "POST /webhooks",
	} {
		for _, kind := range kinds {
			kind.On = on
			all = append(all, kind)
		}
	}
	return all
}

// TestSecrets lets everything fail, and reads the log at its lowest level and every error: none holds a token, what
// somebody wrote or was answered, or who they are.
func TestSecrets(t *testing.T) {
	t.Parallel()
	const words = "zebra"
	server := discordtest.Start(t, discordtest.Config{FirstWord: patience})
	server.Add(discordtest.Fault{On: "POST /channels/" + moderators, Status: 403, Code: 50013})
	server.Add(everyFault()...)
	s := attach(t, server, Options{
		Public: true, Alerts: moderators, Guilds: []string{discordtest.Guild},
		Complete: func(_ context.Context, typed string, _ int) []string { return []string{typed} },
	}, func(ctx context.Context, m bot.Message) bot.Reply {
		switch {
		case strings.Contains(m.Text, "panic"):
			panic(m.Text)
		case strings.Contains(m.Text, "slow"):
			time.Sleep(2 * glimpse)
		}
		reply := flagged(ctx, m)
		reply.Text += m.Text + words
		reply.Private = strings.Contains(m.Text, "private")
		reply.Answers = []bot.Answer{{Title: words, Body: strings.Repeat(words+" ", 1000)}}
		return reply
	}, func(d *Discord) {
		d.pace.deferAfter = glimpse
		d.rest.limits = newLimits(1e6)
		d.rest.pause = time.Millisecond
	})
	s.WaitConnected(1, patience)
	// What the gateway can do is in TestGateway, which reads the log, too.
	const rounds = 12
	for n := range rounds {
		for i, kind := range []string{"", "fever", "slow", "private 1", "private 2", "private 3", "panic"} {
			text := fmt.Sprintf("%s %s %d", kind, words, n)
			ask := map[string]any{"question": text}
			// One that refuses the bot is left alone, so there are many.
			in, from := fmt.Sprintf("1050000000006%05d", 10*n+i), fmt.Sprintf("10500000007%05d20", 10*n+i)
			s.Write(discordtest.Written{From: from, Direct: true, Text: text})
			s.Write(discordtest.Written{From: from, In: in, Text: mention + " " + text})
			s.Write(discordtest.Written{From: from, Guild: "105000000000000444", Text: mention + " " + text})
			s.Use(discordtest.Used{From: from, In: in, Command: "ask", Options: ask})
			s.Use(discordtest.Used{From: from, Direct: true, Command: "ask", Options: ask})
			s.Use(discordtest.Used{From: from, Command: "ask", Options: ask, Typing: "question"})
			s.Use(discordtest.Used{From: from, Command: answerThis, Target: text})
			s.Use(discordtest.Used{From: from, Press: shareToken, On: &discordtest.Message{ID: "1", Channel: discordtest.Channel, Content: text}})
		}
		for _, data := range []string{`"zebra"`, `{"id":5,"content":"zebra"}`, `{"id":"6","content":["zebra"],"author":{"id":7},"token":"interaction-token-x"}`} {
			s.EmitRaw("MESSAGE_CREATE", "", json.RawMessage(data))
			s.EmitRaw("INTERACTION_CREATE", "", json.RawMessage(data))
			s.EmitRaw("AN_EVENT_OF_TOMORROW", "", json.RawMessage(data))
		}
	}
	for _, on := range []string{"POST /users", "POST /channels", "POST /interactions", "POST /webhooks", "PATCH"} {
		if !s.WaitFaults(on, patience) {
			t.Errorf("not every fault on %s was met", on)
		}
	}
	// At last the token is refused.
	s.Add(discordtest.Fault{On: "POST /channels", Status: 401, Times: -1})
	var err error
	for ended := false; !ended; {
		s.Write(discordtest.Written{Direct: true, Text: words})
		select {
		case <-s.ended:
			err, ended = s.stop(), true
		case <-time.After(glimpse):
		}
	}
	if err == nil || !strings.Contains(err.Error(), "DISCORD_TOKEN") {
		t.Errorf("Run gave %v", err)
	}
	log := s.log.String() + err.Error()
	for _, secret := range []string{words, discordtest.Token, "interaction-token-", "user20", "fever "} {
		if strings.Contains(log, secret) {
			i := strings.Index(log, secret)
			t.Errorf("%q is told: …%s", secret, log[max(0, i-300):min(len(log), i+100)])
		}
	}
	for _, told := range []string{"could not send a reply", "an interaction could not be answered in its place", "could not answer an interaction",
		"answering failed", "could not tell moderators", "could not open a direct channel", "not on the list"} {
		if !strings.Contains(log, told) {
			t.Errorf("the faults should make the log say %q", told)
		}
	}
}
