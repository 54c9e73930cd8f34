package telegram

// Sending, at the pace that Telegram allows, with what its refusals ask for. An answer is never sent twice; an
// escalation may be, once, when nobody knows whether it arrived.

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"golang.org/x/time/rate"
)

// Telegram's budgets: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this ("about one
// message a second in a chat", "20 messages a minute in a group", "about 30 a second" in all). The bursts keep
// any second below 30 in all, and any minute below 20 in a group.
const (
	overallRate, overallBurst = rate.Limit(25), 5
	chatRate, chatBurst       = rate.Limit(1), 3
	groupRate, groupBurst     = rate.Limit(10.0 / 60), 10
)

const (
	// sendPatience is how long one message is tried when Telegram cannot be reached. Later nobody waits for it.
	sendPatience = 2 * time.Minute
	// longestHold is the longest retry_after that is waited for. Beyond it the question is too old.
	longestHold = tooOld
	// shortWait is what a chat may wait without being counted as waiting for itself alone.
	shortWait = 100 * time.Millisecond
	// rememberedChats is how many chats' budgets are kept before the idle ones are forgotten.
	rememberedChats = 4096
)

// errLeft says that a message was not tried before the end of the session.
var errLeft = errors.New("telegram: not sent before the end")

func isLeft(err error) bool { return errors.Is(err, errLeft) }

type sender struct {
	client   *client
	log      *slog.Logger
	limited  bool
	stopping <-chan struct{}
	hurried  chan struct{} // closed when there is no more time to wait
	hurry    func()        // closes it
	overall  *rate.Limiter

	mu    sync.Mutex
	chats map[int64]*chatState
	moved map[int64]int64 // groups that became supergroups, and their new ids
}

// A chatState is what is known of a chat that was written to.
type chatState struct {
	budget *rate.Limiter
	until  time.Time // Telegram asked to wait until then
	used   time.Time
	told   bool // that the chat cannot be written to is in the log
}

func newSender(c *client, log *slog.Logger, limited bool, stopping <-chan struct{}) *sender {
	hurried := make(chan struct{})
	return &sender{
		client: c, log: log, limited: limited, stopping: stopping,
		hurried: hurried, hurry: sync.OnceFunc(func() { close(hurried) }),
		overall: rate.NewLimiter(overallRate, overallBurst),
		chats:   map[int64]*chatState{}, moved: map[int64]int64{},
	}
}

// send sends pages one after the other. The first is the reply to the question. parked is called when a page has
// to wait for its chat. ids are the new messages'.
func (s *sender) send(ctx context.Context, to target, pages []page, parked func()) (ids []int, err error) {
	for i, p := range pages {
		id, err := s.sendPage(ctx, to, p, parked)
		if err != nil {
			if i > 0 && isLeft(err) {
				return ids, errors.New("telegram: only the beginning of a reply was sent before the end")
			}
			return ids, err
		}
		ids = append(ids, id)
		to.replyTo = 0
	}
	return ids, nil
}

// sendPage sends one message, as often as it is right to try.
func (s *sender) sendPage(ctx context.Context, to target, p page, parked func()) (id int, err error) {
	plain, again, moves := false, false, 0
	wait := newBackOff()
	deadline := time.Now().Add(sendPatience)
	for {
		to.chat = s.home(to.chat)
		if err := s.turn(ctx, to.chat, p.pinned, parked); err != nil {
			return 0, err
		}
		a, err := s.client.call(ctx, "sendMessage", sendParams(to, p, plain), callTimeout)
		var api *apiError
		switch isAPI := errors.As(err, &api); {
		case err == nil:
			return messageID(a.result), nil
		case isAPI && api.code == http.StatusTooManyRequests:
			if api.retryAfter > longestHold {
				return 0, err
			}
			s.hold(to.chat, api.retryAfter)
			parked()
			s.rest(ctx, 0)
			deadline = deadline.Add(api.retryAfter)
		case isAPI && api.migrateTo != 0 && moves < 2:
			s.migrated(to.chat, api.migrateTo)
			moves++
		case isAPI && api.about == cannotParse && !plain:
			s.log.Error("Telegram could not read a message's markup; sending it as plain text")
			plain = true
		case isAPI && (api.about == noReplyTarget || api.about == noReplyTarget2) && to.replyTo != 0:
			to.replyTo = 0
		case isAPI && api.about == noThread && to.thread != 0:
			to.thread = 0
		case isAPI && api.about == badButton && len(p.buttons) > 0:
			s.log.Error("Telegram refused a message's buttons; sending it without them")
			p.buttons = nil
		case isAPI && cannotWrite(err):
			s.lost(to.chat, api)
			return 0, err
		case isAPI && api.code < http.StatusInternalServerError:
			if !p.pinned || plain {
				return 0, err
			}
			// Whatever Telegram dislikes about an escalation: once more, as simple as can be.
			s.log.Error("Telegram refused an escalation; sending it as plain text", "error", err)
			plain, p.buttons, to.replyTo = true, nil, 0
		case ambiguous(err):
			if !p.pinned || again || ctx.Err() != nil {
				return 0, err
			}
			again = true
			s.rest(ctx, wait.NextBackOff())
		case !passing(err):
			return 0, err
		case ctx.Err() != nil:
			return 0, errLeft
		case time.Now().After(deadline):
			return 0, err
		default:
			parked()
			s.rest(ctx, max(wait.NextBackOff(), pauseFor(err)))
		}
	}
}

// passing says whether a failure passes by itself.
func passing(err error) bool {
	var page *httpError
	if errors.As(err, &page) {
		return page.status >= http.StatusInternalServerError || page.status == http.StatusTooManyRequests
	}
	return true
}

// unreachable says that Telegram will not deliver to a person: they have not written to the bot first, or have
// blocked it.
func unreachable(err error) bool {
	var api *apiError
	return errors.As(err, &api) && (api.code == http.StatusForbidden || api.about == noChat)
}

// cannotWrite says that a chat is closed to the bot, which no repetition changes.
func cannotWrite(err error) bool {
	var api *apiError
	if !errors.As(err, &api) {
		return false
	}
	switch api.about {
	case noRightsToText, noWriteAccess, restricted, topicClosed, noChat:
		return true
	}
	return api.code == http.StatusForbidden
}

func isCode(err error, code int) bool {
	var api *apiError
	return errors.As(err, &api) && api.code == code
}

func isProblem(err error, p problem) bool {
	var api *apiError
	return errors.As(err, &api) && api.about == p
}

func sendParams(to target, p page, plain bool) tgbotapi.Params {
	params := tgbotapi.Params{
		"chat_id":              strconv.FormatInt(to.chat, 10),
		"text":                 p.html,
		"parse_mode":           tgbotapi.ModeHTML,
		"link_preview_options": `{"is_disabled":true}`,
	}
	if plain {
		params["text"] = p.plain
		delete(params, "parse_mode")
	}
	params.AddNonZero("message_thread_id", to.thread)
	if to.replyTo != 0 {
		// Somebody may have deleted the question meanwhile.
		params["reply_parameters"] = `{"message_id":` + strconv.Itoa(to.replyTo) + `,"allow_sending_without_reply":true}`
	}
	if len(p.buttons) > 0 {
		// It holds nothing but strings, so it cannot fail.
		markup, _ := json.Marshal(map[string][][]button{"inline_keyboard": p.buttons})
		params["reply_markup"] = string(markup)
	}
	return params
}

// turn waits until a chat may be written to. An escalation waits for nobody's budget, only for what Telegram itself
// asks.
func (s *sender) turn(ctx context.Context, chat int64, pinned bool, parked func()) error {
	if s.limited && !pinned {
		s.pace(ctx, s.state(chat).budget, parked)
		s.pace(ctx, s.overall, func() {})
	}
	for {
		s.mu.Lock()
		left := time.Until(s.stateLocked(chat).until)
		s.mu.Unlock()
		if ctx.Err() != nil {
			return errLeft
		}
		if left <= 0 || s.isHurried() {
			return nil
		}
		parked()
		s.rest(ctx, left)
	}
}

// hurryPause is the time between tries when there is no more time to wait.
const hurryPause = 100 * time.Millisecond

// rest waits for d, or for a moment once there is no more time to wait.
func (s *sender) rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.hurried:
	case <-ctx.Done():
	}
	if s.isHurried() {
		sleep(ctx, hurryPause)
	}
}

func (s *sender) isHurried() bool {
	select {
	case <-s.hurried:
		return true
	default:
		return false
	}
}

// pace waits for a budget. When the session stops, what is under way goes out at once.
func (s *sender) pace(ctx context.Context, budget *rate.Limiter, parked func()) {
	wait := budget.Reserve().Delay()
	if wait <= 0 {
		return
	}
	if wait > shortWait {
		parked()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.stopping:
	case <-ctx.Done():
	}
}

func (s *sender) state(chat int64) *chatState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stateLocked(chat)
}

func (s *sender) stateLocked(chat int64) *chatState {
	now := time.Now()
	state := s.chats[chat]
	if state == nil {
		if len(s.chats) >= rememberedChats {
			for id, old := range s.chats {
				if now.Sub(old.used) > longestHold {
					delete(s.chats, id)
				}
			}
		}
		state = &chatState{budget: rate.NewLimiter(chatRate, chatBurst)}
		if chat < 0 { // groups have negative ids
			state.budget = rate.NewLimiter(groupRate, groupBurst)
		}
		s.chats[chat] = state
	}
	state.used = now
	return state
}

func (s *sender) hold(chat int64, retryAfter time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stateLocked(chat).until = time.Now().Add(max(retryAfter, time.Second))
}

// lost notes that a chat is closed to the bot: once, and without naming a person.
func (s *sender) lost(chat int64, err *apiError) {
	s.mu.Lock()
	state := s.stateLocked(chat)
	told := state.told
	state.told = true
	s.mu.Unlock()
	switch {
	case told:
	case chat < 0:
		s.log.Warn("a group cannot be written to", "chat", chat, "error", err)
	default:
		s.log.Info("somebody cannot be written to", "error", err)
	}
}

// migrated remembers that a group became a supergroup with another id.
func (s *sender) migrated(from, to int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.moved[from] != to && from != to {
		s.moved[from] = to
		s.log.Info("a group became a supergroup and has a new id", "chat", from, "now", to)
	}
}

// home is a chat's id today.
func (s *sender) home(chat int64) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if to, moved := s.moved[chat]; moved {
		return to
	}
	return chat
}
