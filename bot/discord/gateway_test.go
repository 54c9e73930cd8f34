package discord

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// echo answers every message with itself.
func echo(_ context.Context, m bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.Answered, Text: "Heard: " + m.Text + m.Choice}
}

// hasty shortens the wait for a gateway that does not let the bot in.
func hasty(d *Discord) { d.timing.open = 3 * time.Second }

// watchful shortens the wait for a gateway that says nothing any more, to three heartbeats. discordgo itself waits for five.
func watchful(d *Discord) { d.timing.idle = 3 * heartbeat }

const heartbeat = time.Second

// often is how often at most something happens that a slow machine does more often than once: too short a limit is met again.
const often = 9

// TestGateway holds the supervisor against every way in which discordgo alone would hang, storm or die. After each
// the bot answers again, and answers what was written meanwhile once where the gateway allows it.
func TestGateway(t *testing.T) {
	t.Parallel()
	type opening = discordtest.Opening
	var cases sync.WaitGroup
	for _, c := range []struct {
		name     string
		openings []opening
		// then is what happens once the bot is connected.
		then string
		// resumes and identifies are how often the bot does each, at least and at most.
		resumes, identifies [2]int
		// gap says that a message written while the bot is away must be answered.
		gap bool
	}{
		{name: "calm", identifies: [2]int{1, 1}},
		{name: "no hello", openings: []opening{{NoHello: true}}, identifies: [2]int{1, often}},
		{name: "no ready", openings: []opening{{NoReady: true}}, identifies: [2]int{2, often}},
		{name: "reconnect in place of hello", openings: []opening{{Reconnect: "hello"}}, identifies: [2]int{1, 1}},
		{name: "reconnect in place of ready", openings: []opening{{Reconnect: "ready"}}, identifies: [2]int{2, 2}},
		{name: "acknowledgement before ready", openings: []opening{{AckFirst: true}}, identifies: [2]int{2, 2}},
		{name: "invalid session at once", openings: []opening{{Invalid: true}, {Invalid: true}}, identifies: [2]int{3, 3}},
		{name: "not let in", openings: []opening{{Refuse: true}, {Refuse: true}}, identifies: [2]int{1, 1}},
		{name: "invalid session at once, resumable", openings: []opening{{Invalid: true, Resumable: true}}, identifies: [2]int{2, 2}},
		{name: "no acknowledgements", openings: []opening{{NoAck: true}}, then: "nothing", resumes: [2]int{1, often}, identifies: [2]int{1, 1}, gap: true},
		{name: "network fails", then: "drop", resumes: [2]int{1, 1}, identifies: [2]int{1, 1}, gap: true},
		{name: "reconnect asked for", then: "reconnect", resumes: [2]int{1, 1}, identifies: [2]int{1, 1}, gap: true},
		{name: "session ends", then: "invalidate", identifies: [2]int{2, 2}},
		{name: "session unknown at resume", then: "forget", resumes: [2]int{1, 1}, identifies: [2]int{2, 2}},
		{name: "half open", then: "silence", resumes: [2]int{1, often}, identifies: [2]int{1, 1}, gap: true},
		{name: "closed 4000", then: "close 4000", resumes: [2]int{1, 1}, identifies: [2]int{1, 1}, gap: true},
		{name: "resume refused 4009", then: "close 4009 twice", resumes: [2]int{1, 1}, identifies: [2]int{2, 2}},
		{name: "resume refused 4007", then: "close 4007 twice", resumes: [2]int{1, 1}, identifies: [2]int{2, 2}},
		{name: "session invalid, resumable", then: "resume", resumes: [2]int{1, 1}, identifies: [2]int{1, 1}, gap: true},
		{name: "invalid while resuming, resumable", then: "resume while resuming", resumes: [2]int{2, 2}, identifies: [2]int{1, 1}, gap: true},
		{name: "server restarts", then: "restart", resumes: [2]int{1, 1}, identifies: [2]int{2, 2}},
		{name: "reconnect in place of resumed", then: "reconnect while resuming", resumes: [2]int{2, 2}, identifies: [2]int{1, 1}, gap: true},
	} {
		// All at once: each mostly waits for the second that discordgo sleeps when it closes.
		cases.Go(func() {
			t.Run(c.name, func(t *testing.T) {
				adjust := func(*Discord) {}
				var config discordtest.Config
				switch {
				case len(c.openings) > 0 && (c.openings[0].NoHello || c.openings[0].NoReady):
					adjust = hasty
				case c.then == "silence", c.then == "nothing":
					adjust = watchful
					config.Heartbeat = heartbeat
				}
				server := discordtest.Start(t, withSpec(t, config))
				server.Open(c.openings...)
				s := attach(t, server, Options{}, echo, adjust)
				if c.then == "" {
					s.WaitSessions(c.identifies[0], patience)
				}
				if !s.WaitConnected(1, patience) {
					t.Fatalf("not connected; the log:\n%s", s.log)
				}
				before := s.Identifies() + s.Resumes()
				verb, rest, _ := strings.Cut(c.then, " ")
				switch verb {
				case "drop":
					s.Drop()
				case "reconnect":
					if rest != "" {
						s.Open(opening{Reconnect: "ready"})
					}
					s.Reconnect()
				case "resume":
					if rest != "" {
						s.Open(opening{Invalid: true, Resumable: true})
					}
					s.AskResume()
				case "restart":
					s.Open(opening{Refuse: true}, opening{Refuse: true})
					s.Forget()
					s.Drop()
					s.WaitRefused(2, patience)
				case "invalidate":
					s.Invalidate()
				case "forget":
					s.Forget()
					s.Drop()
				case "silence":
					s.Silence()
				case "close":
					code, twice := 0, ""
					_, _ = fmt.Sscanf(rest, "%d %s", &code, &twice)
					if twice != "" {
						s.Open(opening{Close: code})
					}
					s.CloseGateway(code)
				}
				if c.gap {
					s.Write(discordtest.Written{Direct: true, Text: "in the gap"})
				}
				if c.then != "" && !s.WaitSessions(before+1, patience) {
					t.Fatalf("the bot did not come back; the log:\n%s", s.log)
				}
				if c.then != "" && c.identifies[0] > 1 {
					s.WaitSessions(before+c.resumes[0]+1, patience)
				}
				if !s.WaitConnected(1, patience) {
					t.Fatalf("not connected again; the log:\n%s", s.log)
				}
				if c.gap {
					if m, ok := s.Next(patience); !ok || m.Content != "Heard: in the gap" {
						t.Errorf("what was written meanwhile was answered with %q; the log:\n%s", m.Content, s.log)
					}
				}
				s.Write(discordtest.Written{Direct: true, Text: "after all"})
				if m, ok := s.Next(patience); !ok || m.Content != "Heard: after all" {
					t.Errorf("what was written afterwards was answered with %q; the log:\n%s", m.Content, s.log)
				}
				if m, ok := s.Next(glimpse); ok {
					t.Errorf("a second answer: %q", m.Content)
				}
				if log := s.log.String(); strings.Contains(log, "the gap") || strings.Contains(log, "after all") {
					t.Errorf("the log holds what was written:\n%s", log)
				}
				within(t, "identified", s.Identifies(), c.identifies)
				within(t, "resumed", s.Resumes(), c.resumes)
				if err := s.stop(); err != nil {
					t.Errorf("Run gave %v", err)
				}
			})
		})
	}
	cases.Wait()
}

func within(t *testing.T, what string, got int, want [2]int) {
	t.Helper()
	if got < want[0] || got > want[1] {
		t.Errorf("%s %d times, want %d to %d", what, got, want[0], want[1])
	}
}

// TestInvalidSessions shows that a gateway which calls every session invalid is not stormed: discordgo alone
// identifies as fast as it is answered.
func TestInvalidSessions(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	server.Open(slices.Repeat([]discordtest.Opening{{Invalid: true}}, 1000)...)
	const each = 100 * time.Millisecond
	began := time.Now()
	s := attach(t, server, Options{}, echo, func(d *Discord) { d.timing.identify = each })
	if !s.WaitSessions(6, patience) {
		t.Fatal("the bot gave up")
	}
	if n := s.Identifies(); time.Since(began) < time.Duration(n-1)*each {
		t.Errorf("%d IDENTIFYs within %v, although one in %v is allowed", n, time.Since(began), each)
	}
}

// TestRefused names what only a person can mend: Run ends, and says what to do.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name    string
		token   string
		watch   []string
		opening discordtest.Opening
		fault   discordtest.Fault
		// later refuses only once the bot is connected.
		later bool
		want  string
	}{
		{name: "token at the interface", token: "wrong.token", want: "DISCORD_TOKEN"},
		{name: "token at the gateway", opening: discordtest.Opening{Close: 4004}, want: "DISCORD_TOKEN"},
		{name: "token reset meanwhile", opening: discordtest.Opening{Close: 4004}, later: true, want: "DISCORD_TOKEN"},
		{name: "token reset before an answer", fault: discordtest.Fault{On: "POST /channels", Status: 401}, later: true, want: "DISCORD_TOKEN"},
		{name: "intent withdrawn meanwhile", opening: discordtest.Opening{Close: 4014}, later: true, want: "4014"},
		{name: "wrong shard meanwhile", opening: discordtest.Opening{Close: 4010}, later: true, want: "4010"},
		{name: "too few shards meanwhile", opening: discordtest.Opening{Close: 4011}, later: true, want: "shards"},
		{name: "version withdrawn meanwhile", opening: discordtest.Opening{Close: 4012}, later: true, want: "4012"},
		{name: "no intent", watch: []string{discordtest.Channel}, want: "Message Content Intent"},
		{name: "an intent that needs no permission", opening: discordtest.Opening{Close: 4014}, want: "report"},
		{name: "too few shards", opening: discordtest.Opening{Close: 4011}, want: "shards"},
		{name: "intents", opening: discordtest.Opening{Close: 4013}, want: "4013"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
			if !c.later && c.opening.Close != 0 {
				server.Open(c.opening)
			}
			s := attach(t, server, Options{Token: c.token, Watch: c.watch}, echo)
			if c.later {
				s.WaitConnected(1, patience)
				if c.opening.Close != 0 {
					s.Open(c.opening)
					s.Drop()
				} else {
					s.Add(c.fault)
					s.Write(discordtest.Written{Direct: true, Text: "hello"})
				}
			}
			select {
			case <-s.ended:
				err := s.stop()
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("Run gave %v; it should say %q", err, c.want)
				}
				if err != nil && (c.token != "" && strings.Contains(err.Error(), c.token) || strings.Contains(err.Error(), discordtest.Token)) {
					t.Errorf("the error holds the token: %v", err)
				}
			case <-time.After(patience):
				t.Errorf("Run goes on; the log:\n%s", s.log)
			}
		})
	}
}

// TestShards spreads the servers over connections, and everything is answered once.
func TestShards(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{Shards: 3}, Options{}, echo)
	if !s.WaitConnected(3, patience) {
		t.Fatalf("not all shards are connected; the log:\n%s", s.log)
	}
	for n := range 12 {
		guild := fmt.Sprint(uint64(n) << 22)
		s.Write(discordtest.Written{Guild: guild, Text: fmt.Sprintf("<@%s> question %d", discordtest.Bot, n)})
	}
	s.Write(discordtest.Written{Direct: true, Text: "directly"})
	if !s.WaitMessages(13, patience) {
		t.Errorf("only %d of 13 answered", len(s.Messages()))
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

// TestOtherShard answers once what is delivered to a shard that it is not for.
func TestOtherShard(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{Shards: 3}, Options{}, echo)
	if !s.WaitConnected(3, patience) {
		t.Fatalf("not all shards are connected; the log:\n%s", s.log)
	}
	type object = map[string]any
	s.EmitEverywhere("MESSAGE_CREATE", object{
		"id": "105000000000000900", "type": 0, "channel_id": discordtest.Channel, "guild_id": discordtest.Guild, "content": mention + " hello",
		"author": object{"id": discordtest.Person}, "mentions": []any{object{"id": discordtest.Bot}},
	})
	s.Write(discordtest.Written{Direct: true, Text: "last"})
	s.WaitMessages(2, patience)
	time.Sleep(glimpse)
	if n := len(s.Messages()); n != 2 {
		t.Errorf("%d answers to 2 messages", n)
	}
}

// TestIdentifies lets shards identify together as far as Discord allows it, and no more of them.
func TestIdentifies(t *testing.T) {
	for _, c := range []struct {
		concurrency int
		want        []time.Duration // when shards 0 to 4 identify
	}{
		{1, []time.Duration{0, 5 * time.Second, 10 * time.Second, 15 * time.Second, 20 * time.Second}},
		{2, []time.Duration{0, 0, 5 * time.Second, 5 * time.Second, 10 * time.Second}},
		{16, []time.Duration{0, 0, 0, 0, 0}},
	} {
		synctest.Test(t, func(t *testing.T) {
			starts := newIdentifies(5*time.Second, c.concurrency)
			began := time.Now()
			for shard, want := range c.want {
				if err := starts.wait(t.Context(), shard); err != nil {
					t.Fatal(err)
				}
				if at := time.Since(began); at.Round(time.Millisecond) != want {
					t.Errorf("of %d together, shard %d identifies after %v, want %v", c.concurrency, shard, at, want)
				}
			}
			// A storm ends before Discord resets the token, which it does at 1,000 a day.
			n := len(c.want)
			for ; time.Since(began) < 24*time.Hour; n++ {
				if err := starts.wait(t.Context(), n); err != nil {
					t.Fatal(err)
				}
			}
			if n > 1000+1 { // the last was let in after the day
				t.Errorf("%d IDENTIFYs in a day", n)
			}
		})
	}
}

// TestNoSessionsLeft waits for the day's next sessions, and says so.
func TestNoSessionsLeft(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	gateway := "ws" + strings.TrimPrefix(server.URL, "http") + discordtest.GatewayPath
	server.Add(discordtest.Fault{On: "GET /gateway/bot", Status: 200, Body: `{"url":"` + gateway + `","shards":1,
		"session_start_limit":{"total":1000,"remaining":0,"reset_after":100,"max_concurrency":1}}`})
	s := attach(t, server, Options{}, echo)
	if !s.WaitConnected(1, patience) || s.log.lines("allows no more for now", 1) != 1 {
		t.Errorf("the log:\n%s", s.log)
	}
}

// TestEnd ends Run while discordgo is in each of its states. Nothing of it may be left running for longer than
// discordgo's own Close sleeps.
func TestEnd(t *testing.T) {
	for _, c := range []struct {
		name    string
		opening discordtest.Opening
		wait    int // sessions
	}{
		{"connected", discordtest.Opening{}, 1},
		{"before hello", discordtest.Opening{NoHello: true}, 0},
		{"before ready", discordtest.Opening{NoReady: true}, 1},
		{"in discordgo's deadlock", discordtest.Opening{Reconnect: "ready"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
			server.Open(c.opening)
			s := attach(t, server, Options{}, echo)
			server.WaitSessions(c.wait, patience)
			time.Sleep(glimpse)
			if err := s.stop(); err != nil {
				t.Errorf("Run gave %v", err)
			}
		})
	}
}

// TestSilence ends a connection that is silent for too long, and resumes. discordgo would wait for five heartbeats.
func TestSilence(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{Heartbeat: patience}, Options{}, echo, func(d *Discord) { d.timing.idle = heartbeat })
	s.Silence()
	if !s.WaitSessions(2, patience) || s.Resumes() == 0 {
		t.Errorf("the bot did not resume; the log:\n%s", s.log)
	}
}

// TestGoodbye tells the gateway when the bot goes, so that it is not shown as online any more. A connection that is
// only cut is not told so, because that would end its session.
func TestGoodbye(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{Heartbeat: heartbeat}, Options{}, echo, watchful)
	before := s.Identifies() + s.Resumes()
	s.Silence()
	if !s.WaitSessions(before+1, patience) || !s.WaitConnected(1, patience) {
		t.Fatalf("the bot did not come back; the log:\n%s", s.log)
	}
	if s.WaitGoodbye(1000, glimpse) {
		t.Error("a silent gateway was told goodbye")
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if !s.WaitGoodbye(1000, patience) {
		t.Error("the gateway was not told goodbye")
	}
}

// TestNoServer starts with nothing there, and connects when there is.
func TestNoServer(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	server.Add(discordtest.Fault{On: "GET /gateway", Times: 6}, discordtest.Fault{On: "GET /gateway", Times: 2, Status: 503})
	s := attach(t, server, Options{}, echo)
	if !s.WaitConnected(1, patience) {
		t.Errorf("not connected; the log:\n%s", s.log)
	}
}

// TestMoved asks for the gateway's address again when nobody is there any more.
func TestMoved(t *testing.T) {
	t.Parallel()
	server := discordtest.Start(t, withSpec(t, discordtest.Config{}))
	server.Add(discordtest.Fault{On: "GET /gateway", Status: 200, Body: `{"url":"ws://127.0.0.1:1","shards":1}`})
	s := attach(t, server, Options{}, echo)
	if !s.WaitConnected(1, patience) {
		t.Errorf("not connected; the log:\n%s", s.log)
	}
}

func TestResumable(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{nil, true},
		{errors.New("dial tcp: connection refused"), true},
		{errTimeout, false},
	} {
		if got := resumable(c.err); got != c.want {
			t.Errorf("resumable(%v) = %v", c.err, got)
		}
	}
}
