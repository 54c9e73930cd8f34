package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/redpin/redpin/bot"
)

// A session is one Run: who the bot is, and everything that lives as long as it runs.
type session struct {
	client     *client
	log        *slog.Logger
	self       user
	handle     bot.Handler
	sender     *sender
	moderators *moderators
	lanes      *lanes
	ledger     *ledger
	intake     *intake
	webhook    *webhook       // nil: the session polls
	others     sync.WaitGroup // goroutines beside the lanes
	press      *press
	apologies  *apologies
	answers    *answers
	ending     ending
	watch      []int64 // Options.Watch
	alerts     int64   // Options.Alerts
}

func newSession(p *Platform, self user, handle bot.Handler, stopping <-chan struct{}) *session {
	sender := newSender(p.client, p.log, !p.o.NoLimits, stopping)
	return &session{
		client: p.client, log: p.log, self: self, handle: handle,
		sender:     sender,
		moderators: newModerators(p.client, p.log, p.o.Moderators, p.o.ModeratorChats, sender.home),
		lanes:      newLanes(),
		ledger:     newLedger(),
		intake:     newIntake(),
		webhook:    p.webhook,
		press:      newPress(),
		apologies:  newApologies(),
		answers:    newAnswers(),
		ending:     p.ending,
		watch:      p.o.Watch,
		alerts:     p.o.Alerts,
	}
}

// An ending says how the last second is spent: replies under way are sent, then what was handled is confirmed.
type ending struct {
	all     time.Duration // the whole of it
	hurry   time.Duration // after which replies that wait are tried at once
	drain   time.Duration // after which they are called off
	leave   time.Duration // for that
	confirm time.Duration // for one try
	// arrived is when a poll that has no answer yet has surely been received, and has confirmed what it says.
	arrived time.Duration
}

// prompt is the ending that keeps the promise of bot.Platform. Tests that look at more than that have one without
// haste, because no machine is too busy for it.
func prompt() ending {
	return ending{
		all: 900 * time.Millisecond, hurry: 350 * time.Millisecond, drain: 650 * time.Millisecond,
		leave: 50 * time.Millisecond, confirm: 200 * time.Millisecond, arrived: time.Second,
	}
}

// confirmPause is the time between two tries to confirm.
const confirmPause = 20 * time.Millisecond

// handleTimeout is how long the core may think about one message. It needs milliseconds.
const handleTimeout = 10 * time.Second

// serve receives until ctx is done or a person must mend something, and ends in an orderly way.
func (s *session) serve(ctx context.Context) error {
	// Work goes on for a while after ctx is done, so it has a context of its own.
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	s.others.Go(func() {
		s.checkWatch(ctx)
		s.checkAlerts(ctx)
		s.registerCommands(ctx)
		s.describe(ctx)
	})

	receive := s.poll
	if s.webhook != nil {
		receive = s.receive
	}
	err := receive(ctx, work)
	if s.webhook == nil {
		s.ledger.stop() // what is not begun can wait at Telegram
	}
	until := time.Now().Add(s.ending.all)
	hurry := time.AfterFunc(s.ending.hurry, s.sender.hurry)
	defer hurry.Stop()
	if !s.lanes.wait(s.ending.drain) {
		s.log.Warn("stopping with replies unsent")
	}
	cancel()
	s.lanes.wait(s.ending.leave)
	if s.webhook == nil {
		s.confirm(until)
	} else if n := s.ledger.left(); n > 0 {
		s.log.Error("messages that Telegram will not deliver again were left unanswered, because the program ends", "messages", n)
	}
	s.others.Wait()
	return err
}

// job handles an update up to its reply. An escalation is sent at once; other replies wait their turn in the chat.
// It does not panic.
func (s *session) job(ctx context.Context, u *update, now time.Time, e *entry, release func()) (later *task) {
	defer s.recovered(e)
	send, urgent := s.work(ctx, u, now)
	if send != nil && !urgent && s.lanes.full(u.chat()) {
		s.log.Warn("a chat asks faster than it can be answered; a reply was dropped", "waiting", mostReplies)
		send = nil
	}
	if send == nil {
		s.ledger.settle(e)
		return nil
	}
	deliver := func(release func()) *task {
		defer s.recovered(e) // whatever went wrong, it would again
		if !s.ledger.begin(e) {
			return nil
		}
		if send(func() { release(); s.ledger.pass(e) }) {
			s.ledger.settle(e)
		} else {
			s.ledger.leave(e)
		}
		return nil
	}
	if urgent {
		return deliver(release)
	}
	return &task{do: deliver, pass: func() { s.ledger.pass(e) }}
}

// recovered ends a panic. Neither its value nor the update is shown: both may quote what somebody wrote.
func (s *session) recovered(e *entry) {
	if r := recover(); r != nil {
		s.log.Error("handling an update failed", "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
		s.ledger.settle(e)
	}
}

// A sending sends one reply. It calls parked when it has to wait for its chat, and returns false if the reply was
// left unsent because the session ends.
type sending func(parked func()) (settled bool)

// work finds the reply to an update. urgent says that it holds an escalation; nil is no reply.
func (s *session) work(ctx context.Context, u *update, now time.Time) (send sending, urgent bool) {
	switch {
	case u.Edited != nil:
		return s.edited(ctx, u.Edited, now)
	case u.Inline != nil:
		s.inline(ctx, u.Inline)
		return nil, false
	case u.Callback != nil:
		return s.pressed(ctx, u.Callback)
	}
	if u.Message == nil {
		return nil, false
	}
	in, ok := s.readMessage(ctx, u.Message)
	if !ok {
		return nil, false
	}
	var reply bot.Reply
	old := u.Message.age(now) > tooOld
	if !old || !isModeratorCommand(in.message.Command) {
		reply = s.think(ctx, in.message)
	}
	if old {
		reply = s.late(reply, in)
	}
	return func(parked func()) bool { return s.answer(ctx, in, reply, parked) }, reply.Escalation != ""
}

// think asks the core.
func (s *session) think(ctx context.Context, m bot.Message) bot.Reply {
	ctx, cancel := context.WithTimeout(ctx, handleTimeout)
	defer cancel()
	return s.handle(ctx, m)
}

// answer sends a reply where it belongs. It returns false where the reply could not even be tried before the end.
func (s *session) answer(ctx context.Context, in incoming, reply bot.Reply, parked func()) (settled bool) {
	pages := s.dressed(in.message, reply)
	if len(pages) == 0 {
		return true
	}
	s.alert(ctx, in, reply)
	to := in.to
	if reply.Private && in.message.Public {
		to = target{chat: in.asker}
		if in.asker == 0 {
			return s.say(ctx, in.to, textNotPrivate, parked)
		}
	}
	ids, err := s.sender.send(ctx, to, pages, parked)
	if to.chat != in.to.chat && unreachable(err) {
		text := textStartFirst
		if payload(in.message.Choice) != "" {
			text = textStartHere
		}
		return s.say(ctx, in.to, fmt.Sprintf(text, s.link(in.message.Choice)), parked)
	}
	if err == nil && len(ids) == 1 && to.chat == in.to.chat {
		s.remember(in, reply, ids[0])
	}
	return s.report(err)
}

// say sends a text of the adapter's own.
func (s *session) say(ctx context.Context, to target, text string, parked func()) (settled bool) {
	_, err := s.sender.send(ctx, to, s.press.render(bot.Reply{Text: text}), parked)
	return s.report(err)
}

// What the adapter says of its own.
const (
	textNotPrivate = "That answer is for you alone, and here I can't see who you are. Please ask me in a private chat."
	textStartFirst = "That answer is for you alone. Please [open a private chat with me](%s), press Start, and ask again."
	textStartHere  = "That is for you alone. Please [open it in a private chat with me](%s), and press Start there."
	textWasAway    = "I was offline for a while and missed what was written here. If you still need an answer, please ask again."
)

// report logs a reply that was not sent, and says whether anything was tried.
func (s *session) report(err error) (settled bool) {
	if err == nil {
		return true
	}
	if isLeft(err) {
		s.log.Warn("a reply was left unsent, because the program ends")
		return false
	}
	if !cannotWrite(err) { // of which the sender has told
		s.log.Warn("a reply was not sent", "error", err)
	}
	return true
}

// tooOld is the age from which a question is no longer answered: after an outage Telegram delivers all messages of
// up to 24 hours, and by then people have gone on.
const tooOld = 10 * time.Minute

// late is what is left of a reply to a question that is too old: the escalation, which may still matter, or one
// line for each chat.
func (s *session) late(reply bot.Reply, in incoming) bot.Reply {
	switch {
	case reply.Escalation != "":
		return bot.Reply{Outcome: bot.Escalated, Escalation: reply.Escalation, Brief: reply.Brief, Whole: reply.Whole, Flags: reply.Flags}
	case in.message.Watched: // who did not ask misses no answer
	case s.apologies.first(in.to.chat):
		return bot.Reply{Outcome: bot.Commanded, Text: textWasAway}
	}
	return bot.Reply{}
}

// apologies remembers in which chats redpin has said that it was away.
type apologies struct {
	mu   sync.Mutex
	last map[int64]time.Time
}

func newApologies() *apologies { return &apologies{last: map[int64]time.Time{}} }

// first says whether it has not been said in a chat during the last hour.
func (a *apologies) first(chat int64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := time.Now()
	for chat, at := range a.last {
		if now.Sub(at) > time.Hour {
			delete(a.last, chat)
		}
	}
	_, said := a.last[chat]
	if !said {
		a.last[chat] = now
	}
	return !said
}
