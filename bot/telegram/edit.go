package telegram

// Somebody edits their question: the answer changes with it, where it still stands alone. An escalation that the
// edited words call for is a message of its own, because an edit notifies nobody.

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"net/http"
	"strconv"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/redpin/redpin/bot"
)

// rememberedAnswers is how many answers can still be changed: some hours of a busy group, in about 100 KB.
const rememberedAnswers = 1000

// answers remembers which message answered which, and nothing of what they said.
type answers struct {
	seed maphash.Seed

	mu   sync.Mutex
	of   map[question]given
	ring []question
	next int
}

type question struct {
	chat    int64
	message int
}

// given is an answer: where it stands, and marks of what was asked and of the escalation that it showed.
type given struct {
	place            target
	message          int
	asked, escalated uint64
}

func newAnswers() *answers {
	return &answers{seed: maphash.MakeSeed(), of: map[question]given{}, ring: make([]question, rememberedAnswers)}
}

func (a *answers) mark(text string) uint64 { return maphash.String(a.seed, text) }

func (a *answers) get(q question) (given, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	g, known := a.of[q]
	return g, known
}

func (a *answers) put(q question, g given) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, known := a.of[q]; !known {
		delete(a.of, a.ring[a.next])
		a.ring[a.next] = q
		a.next = (a.next + 1) % len(a.ring)
	}
	a.of[q] = g
}

// edited handles an edited message. One that was not answered counts as new, for somebody who forgot to mention the
// bot; so does one whose answer is forgotten, while it is fresh.
func (s *session) edited(ctx context.Context, m *message, now time.Time) (send sending, urgent bool) {
	in, ok := s.readMessage(ctx, m)
	if !ok || isModeratorCommand(in.message.Command) {
		return nil, false // nothing is reloaded by an edit
	}
	reply := s.think(ctx, in.message)
	return func(parked func()) bool {
		// Only now, in its turn: the answer to the words before may just have been sent.
		old, known := s.answers.get(in.question)
		pages := s.dressed(in.message, reply)
		switch {
		case known && old.asked == s.answers.mark(in.words):
			return true // Telegram also reports edits that changed no words
		case !known && m.age(now) > tooOld:
			return true
		case !known || old.escalated != s.answers.mark(reply.Escalation):
			// A new escalation is a message of its own, and an edit takes none back.
			return s.answer(ctx, in, reply, parked)
		case len(pages) != 1:
			return true // what became long stays as it is
		}
		if err := s.sender.edit(ctx, old, pages[0], parked); err != nil {
			return s.report(err)
		}
		s.remember(in, reply, old.message)
		return true
	}, reply.Escalation != ""
}

// remember keeps an answer of one message for the time when its question is edited.
func (s *session) remember(in incoming, reply bot.Reply, message int) {
	if in.question.message != 0 && message != 0 {
		s.answers.put(in.question, given{
			place: in.to, message: message,
			asked: s.answers.mark(in.words), escalated: s.answers.mark(reply.Escalation),
		})
	}
}

// edit changes a message that was sent. A second try does no harm, so it needs no more care than that.
func (s *sender) edit(ctx context.Context, old given, p page, parked func()) error {
	if err := s.turn(ctx, old.place.chat, p.pinned, parked); err != nil {
		return err
	}
	params := sendParams(target{chat: old.place.chat}, p, false)
	params["message_id"] = strconv.Itoa(old.message)
	_, err := s.client.call(ctx, "editMessageText", params, callTimeout)
	switch {
	case isProblem(err, cannotParse):
		params = sendParams(target{chat: old.place.chat}, p, true)
		params["message_id"] = strconv.Itoa(old.message)
		_, err = s.client.call(ctx, "editMessageText", params, callTimeout)
	case isCode(err, http.StatusTooManyRequests):
		s.hold(old.place.chat, pauseFor(err))
		return s.editOnce(ctx, old, params, parked)
	}
	if isProblem(err, notModified) || isProblem(err, messageGone) {
		return nil
	}
	return err
}

// editOnce waits for the chat and tries an edit a last time.
func (s *sender) editOnce(ctx context.Context, old given, params tgbotapi.Params, parked func()) error {
	if err := s.turn(ctx, old.place.chat, true, parked); err != nil {
		return err
	}
	_, err := s.client.call(ctx, "editMessageText", params, callTimeout)
	return err
}

// messageID reads the id of a message that was sent, or 0 where a server does not tell.
func messageID(result json.RawMessage) int {
	var m struct {
		ID int `json:"message_id"`
	}
	if json.Unmarshal(result, &m) != nil {
		return 0
	}
	return m.ID
}
