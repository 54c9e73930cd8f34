package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// telling answers with what the core was asked.
func telling(_ context.Context, m bot.Message) bot.Reply {
	return bot.Reply{Text: fmt.Sprintf("text=%q command=%q choice=%q moderator=%v public=%v", m.Text, m.Command, m.Choice, m.Moderator, m.Public)}
}

const mention = "<@" + discordtest.Bot + ">"

func TestMessages(t *testing.T) {
	t.Parallel()
	ours := &discordtest.Message{ID: "105000000000000500", Channel: discordtest.Channel, Content: "an answer"}
	unknown := map[string]any{"components": []any{map[string]any{"type": 99, "new": map[string]any{}}}}
	ofReferenced := map[string]any{"referenced_message": map[string]any{
		"id": ours.ID, "author": map[string]any{"id": discordtest.Bot}, "components": []any{map[string]any{"type": 17, "components": []any{map[string]any{"type": 99}}}},
	}}
	for _, c := range []struct {
		name string
		in   discordtest.Written
		// want is what the core was asked, or empty for silence.
		want string
	}{
		{"direct", discordtest.Written{Direct: true, Text: "how long?"}, `text="how long?" command="" choice="" moderator=false public=false`},
		{"not addressed", discordtest.Written{Text: "how long?"}, ""},
		{"mention first", discordtest.Written{Text: mention + " how long?"}, `text="how long?" command="" choice="" moderator=false public=true`},
		{"mention last", discordtest.Written{Text: "how long, <@!" + discordtest.Bot + ">"}, `text="how long," command="" choice="" moderator=false public=true`},
		{"mention inside", discordtest.Written{Text: "and " + mention + " how?\nsoon?"}, `text="and how?\nsoon?" command="" choice="" moderator=false public=true`},
		{"nothing but a mention", discordtest.Written{Text: mention}, `text="" command="" choice="" moderator=false public=true`},
		{"in a thread", discordtest.Written{Text: mention + " hi", In: "105000000000000077"}, `text="hi" command="" choice="" moderator=false public=true`},
		{"somebody else is mentioned", discordtest.Written{Text: "<@123456> how long?"}, ""},
		{"everybody is mentioned", discordtest.Written{Text: "@everyone how long?"}, ""},
		{"Discord's marks", discordtest.Written{Direct: true, Text: "<@123> <:ouch:456> in <#789>, use </ask:12> <t:1700000000:R> <3"}, `text=":ouch: in , use /ask <3" command="" choice="" moderator=false public=false`},
		{"reply that notifies", discordtest.Written{Text: "and then?", ReplyTo: ours, Ping: true}, `text="and then?" command="" choice="" moderator=false public=true`},
		{"reply that does not", discordtest.Written{Text: "and then?", ReplyTo: ours}, ""},
		{"reply to a component of a new kind", discordtest.Written{Text: "and then?", ReplyTo: ours, Ping: true, Extra: ofReferenced}, `text="and then?" command="" choice="" moderator=false public=true`},
		{"a post in a forum", discordtest.Written{ID: "105000000000000078", In: "105000000000000078", Text: mention + " hi"}, `text="hi" command="" choice="" moderator=false public=true`},
		{"reply with a component of a new kind", discordtest.Written{Text: "and then?", ReplyTo: ours, Ping: true, Extra: unknown}, `text="and then?" command="" choice="" moderator=false public=true`},
		{"typed command", discordtest.Written{Direct: true, Text: "/ask how long?"}, `text="how long?" command="ask" choice="" moderator=false public=false`},
		{"typed reload", discordtest.Written{Text: mention + " /reload", Roles: []string{"1"}}, `text="" command="reload" choice="" moderator=false public=true`},
		{"typed reload with the role", discordtest.Written{Text: mention + " /reload", Roles: []string{"1", discordtest.ModeratorRole}}, `text="" command="reload" choice="" moderator=true public=true`},
		{"another bot", discordtest.Written{From: discordtest.OtherBot, Direct: true, Text: "hi"}, ""},
		{"itself", discordtest.Written{From: discordtest.Bot, Direct: true, Text: "hi"}, ""},
		{"webhook", discordtest.Written{Text: mention + " hi", Webhook: true}, ""},
		{"somebody joined", discordtest.Written{Direct: true, Text: "hi", Extra: map[string]any{"type": 7}}, ""},
		{"no author", discordtest.Written{Direct: true, Text: "hi", Extra: map[string]any{"author": nil}}, ""},
		{"a field of another type", discordtest.Written{Direct: true, Text: "hi", Extra: map[string]any{"member": 5, "mentions": "none"}}, `text="hi" command="" choice="" moderator=false public=false`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{}, Options{ModeratorRoles: []string{discordtest.ModeratorRole}}, telling)
			id := s.Write(c.in)
			s.Write(discordtest.Written{From: "105000000000000555", Direct: true, Text: "the end"})
			want := 1
			if c.want != "" {
				want = 2
			}
			if !s.WaitMessages(want, patience) {
				t.Fatalf("%d of %d messages answered; the log:\n%s", len(s.Messages()), want, s.log)
			}
			var m discordtest.Message
			for _, sent := range s.Messages() {
				if !strings.Contains(sent.Content, "the end") {
					m = sent
				}
			}
			if c.want == "" {
				if m.Content != "" {
					t.Errorf("answered: %s", m.Content)
				}
				return
			}
			if text := discordtest.Visible(m.Content); text != c.want {
				t.Errorf("asked %s\nwant  %s", text, c.want)
			}
			if replied := m.ReplyTo == id && m.NotifiesAuthor; replied == c.in.Direct {
				t.Errorf("replied to %q, notifying: %v", m.ReplyTo, m.NotifiesAuthor)
			}
			if len(m.Notifies) > 0 {
				t.Errorf("notifies %v", m.Notifies)
			}
		})
	}
}

// TestOnce delivers every event twice, as servers do, and an edited message: each is answered once.
func TestOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, echo)
	id := s.Write(discordtest.Written{Direct: true, Text: "once"})
	s.Write(discordtest.Written{ID: id, Direct: true, Text: "once"})
	// Who edits a message has been answered already, or did not ask.
	s.Emit("MESSAGE_UPDATE", "", map[string]any{
		"id": id, "channel_id": discordtest.DirectChannel(discordtest.Person), "type": 0, "content": "twice", "author": map[string]any{"id": discordtest.Person},
	})
	s.Use(discordtest.Used{Command: "help", Times: 2})
	s.Write(discordtest.Written{Direct: true, Text: "last"})
	s.WaitMessages(3, patience)
	s.WaitRequests("POST /channels", 2, patience) // which are noted behind their messages
	s.WaitRequests("POST /interactions", 1, patience)
	time.Sleep(glimpse)
	if n := len(s.Messages()); n != 3 {
		t.Errorf("%d answers to 3 events", n)
	}
	if n := len(s.Requests("POST /channels")); n != 2 { // of which Discord would take two for one
		t.Errorf("%d requests for 2 messages", n)
	}
	if n := len(s.Requests("POST /interactions")); n != 1 {
		t.Errorf("the interaction was answered %d times", n)
	}
}

// TestMalformed sends events that are not what they should be. The bot goes on.
func TestMalformed(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, echo)
	for _, data := range []string{`null`, `[]`, `"text"`, `5`, `{}`, `{"author":5}`, `{"id":5,"type":"x"}`, `{"data":[],"type":2}`, `{"type":3,"id":"1","token":"t","user":{"id":"2"},"data":null}`} {
		s.EmitRaw("MESSAGE_CREATE", "", json.RawMessage(data))
		s.EmitRaw("INTERACTION_CREATE", "", json.RawMessage(data))
		s.EmitRaw("AN_EVENT_OF_TOMORROW", "", json.RawMessage(data))
	}
	s.Write(discordtest.Written{Direct: true, Text: "still there?"})
	if m, ok := s.Next(patience); !ok || m.Content != "Heard: still there?" {
		t.Errorf("got %q; the log:\n%s", m.Content, s.log)
	}
}

// TestPanic shows that a fault in one answer costs that answer alone.
func TestPanic(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, func(_ context.Context, m bot.Message) bot.Reply {
		if m.Text == "secret words" {
			panic(m.Text)
		}
		return bot.Reply{Text: m.Text}
	})
	s.Write(discordtest.Written{Direct: true, Text: "secret words"})
	if m, ok := s.Next(patience); !ok || m.Content != textTrouble {
		t.Errorf("got %q", m.Content)
	}
	s.Write(discordtest.Written{Direct: true, Text: "again"})
	if m, ok := s.Next(patience); !ok || m.Content != "again" {
		t.Errorf("got %q", m.Content)
	}
	if log := s.log.String(); strings.Contains(log, "secret words") || !strings.Contains(log, "level=ERROR") {
		t.Errorf("the log should tell of the panic and not of the words:\n%s", log)
	}
}

// TestDispatchPanic shows that a fault before a worker has a message does not end the program either.
func TestDispatchPanic(t *testing.T) {
	log := new(logged)
	r := &run{Discord: &Discord{log: slog.New(slog.NewTextHandler(log, nil))}} // it has no queues
	r.self.Store(&identity{user: discordtest.Bot})
	r.dispatch(&discordgo.Event{Type: "MESSAGE_CREATE", RawData: []byte(`{"id":"1","channel_id":"2","author":{"id":"3"},"content":"secret words"}`)})
	if text := log.String(); !strings.Contains(text, "never should") || strings.Contains(text, "secret words") {
		t.Errorf("the log:\n%s", text)
	}
}

// TestBurst sends more than fits the queue. All are answered, and no more at a time than there are workers.
func TestBurst(t *testing.T) {
	t.Parallel()
	const burst = waitingMessages + messageWorkers + 100
	var now, most atomic.Int64
	s := attach(t, discordtest.Start(t, discordtest.Config{}), Options{}, func(ctx context.Context, m bot.Message) bot.Reply {
		for n := now.Add(1); n > most.Load(); {
			most.Store(n)
		}
		defer now.Add(-1)
		time.Sleep(time.Millisecond)
		return echo(ctx, m)
	}, func(d *Discord) { d.rest.limits = newLimits(1e6) })
	s.WaitConnected(1, patience)
	for n := range burst {
		s.Write(discordtest.Written{Direct: true, From: fmt.Sprintf("1050000000001%05d", n), Text: "hello"})
	}
	if !s.WaitMessages(burst, patience) {
		t.Errorf("%d of %d answered", len(s.Messages()), burst)
	}
	if n := most.Load(); n > messageWorkers {
		t.Errorf("%d messages were answered at a time", n)
	}
}

// TestDrain ends Run while all workers are busy: their replies are still sent.
func TestDrain(t *testing.T) {
	t.Parallel()
	var asked sync.WaitGroup
	asked.Add(messageWorkers)
	release := make(chan struct{})
	s := serve(t, discordtest.Config{}, Options{}, func(_ context.Context, m bot.Message) bot.Reply {
		asked.Done()
		<-release
		return bot.Reply{Text: m.Text}
	}, func(d *Discord) {
		d.rest.limits = newLimits(1e6)
		d.pace.drain = patience
	})
	for n := range messageWorkers {
		s.Write(discordtest.Written{Direct: true, From: fmt.Sprintf("10500000000010%04d", n), Text: "hello"})
	}
	asked.Wait()
	s.cancel()
	close(release)
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if n := len(s.Messages()); n != messageWorkers {
		t.Errorf("%d of %d answered", n, messageWorkers)
	}
}

// TestQueue serves what was put in before the end.
func TestQueue(t *testing.T) {
	stop := make(chan struct{})
	var served []int
	q := start(t.Context(), stop, 3, 1, slog.New(slog.DiscardHandler), func(_ context.Context, n int) {
		<-stop
		served = append(served, n)
	})
	for n := range 4 { // one is being served
		q.put(n, nil)
	}
	close(stop)
	q.workers.Wait()
	if !slices.Equal(served, []int{0, 1, 2, 3}) {
		t.Errorf("served %v", served)
	}
	q.waiting <- 0
	for range 3 {
		q.put(5, stop) // does not hang although nobody serves
	}
}

// TestReloadDuring reloads again and again while people ask: everybody is answered.
func TestReloadDuring(t *testing.T) {
	t.Parallel()
	b := bottest.NewBot(t)
	s := serve(t, discordtest.Config{}, Options{}, b.Handle, func(d *Discord) { d.rest.limits = newLimits(1e6) })
	const questions = 100
	for n := range questions {
		s.Write(discordtest.Written{Direct: true, From: fmt.Sprintf("10500000000020%04d", n), Text: "when should I water tomatoes?"})
		if n%50 == 0 {
			s.Use(discordtest.Used{Command: reloadCommand, From: discordtest.Moderator})
		}
	}
	s.WaitMessages(questions+questions/50, patience)
	answered := 0
	for _, m := range s.Messages() {
		if strings.Contains(m.Seen(), "early morning") {
			answered++
		}
	}
	if answered != questions {
		t.Errorf("%d of %d answered; the log:\n%s", answered, questions, s.log)
	}
}

// TestDeaf ends Run although the core does not heed its context.
func TestDeaf(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	asked := make(chan struct{})
	s := serve(t, discordtest.Config{}, Options{}, func(context.Context, bot.Message) bot.Reply {
		close(asked)
		<-release
		return bot.Reply{}
	})
	s.Write(discordtest.Written{Direct: true, Text: "hello"})
	<-asked
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

func TestPrivateReply(t *testing.T) {
	t.Parallel()
	secret := func(context.Context, bot.Message) bot.Reply { return bot.Reply{Text: "for you alone", Private: true} }
	s := serve(t, discordtest.Config{}, Options{}, secret)
	s.Write(discordtest.Written{Text: mention + " /reload"})
	if m, ok := s.Next(patience); !ok || m.Channel != discordtest.DirectChannel(discordtest.Person) || m.Content != "for you alone" {
		t.Errorf("got %+v", m)
	}
	s.Add(discordtest.Fault{On: "POST /users/@me/channels", Status: 403, Code: 50007})
	s.Write(discordtest.Written{Text: mention + " /reload"})
	if m, ok := s.Next(patience); !ok || m.Channel != discordtest.Channel || m.Content != textNoDirect {
		t.Errorf("got %+v", m)
	}
}

// FuzzEvent reads anything as an event: it never panics, and passes on nothing of a bot's.
func FuzzEvent(f *testing.F) {
	f.Add([]byte(`{"id":"1","type":19,"channel_id":"2","guild_id":"3","content":"<@9> hi","author":{"id":"4"},"member":{"roles":["5"]},"mentions":[{"id":"9"}],"referenced_message":{"author":{"id":"9"}}}`))
	f.Add([]byte(`{"id":"1","type":2,"token":"t","guild_id":"3","member":{"user":{"id":"4"},"permissions":"32"},"data":{"name":"ask","type":1,"options":[{"name":"question","value":"hi"}]}}`))
	f.Add([]byte(`{"id":"1","type":3,"token":"t","context":1,"user":{"id":"4"},"data":{"custom_id":"1.e.x.1"},"message":{"content":"x"}}`))
	f.Add([]byte(`{"id":"1","type":2,"token":"t","user":{"id":"4"},"data":{"name":"x","type":3,"target_id":"7","resolved":{"messages":{"7":null}}}}`))
	f.Add([]byte(`{"id":"1","type":4,"token":"t","user":{"id":"4"},"data":{"name":"ask","type":1,"options":[{"name":"question","value":"hi","focused":true}]}}`))
	f.Add([]byte(`{"id":"5","parent_id":"3","threads":[{"id":"6","parent_id":"3"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		w := new(written)
		if read(data, w) && w.fromPerson("9") && w.addressed("9") {
			if w.Author.ID == "9" || w.Author.Bot {
				t.Error("a bot's message is passed on")
			}
			w.message([]string{"5"})
		}
		i := new(interaction)
		if read(data, i) && i.valid() {
			i.message([]string{"5"}, false)
			i.place()
			i.typed()
		}
	})
}
