package telegram

// The long poll. The library's own loop confirms updates before they are handled, goes deaf when ids start again,
// stops for ever at an update that it cannot decode, and cannot be stopped; see issue #156 and others there.

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	// pollSeconds is how long Telegram may hold a poll that has nothing to bring. It allows no more than 50.
	pollSeconds = 50
	// pollLimit is how many updates one poll may bring: https://core.telegram.org/bots/api#getupdates
	pollLimit = 100
	// emptyPause is the least time between two polls that brought nothing new, for servers that do not hold them.
	emptyPause = 300 * time.Millisecond
	// slowPoll is how long updates under way may hold up the next poll, and the least time between polls while some
	// are. It lies above the half second in which Telegram thins out the answers to repeated polls.
	slowPoll = 600 * time.Millisecond
	// conflictPause is the time between polls while another program polls for the same bot.
	conflictPause = 4 * time.Second
	// conflictAlarm is how long that is normal: while a new version replaces an old one.
	conflictAlarm = time.Minute
)

// poll receives updates until ctx is done or the token is refused. Updates are handled under work.
func (s *session) poll(ctx, work context.Context) error {
	var offset int64 // 0 is the oldest that Telegram has
	trouble := newTrouble(s)
	for {
		next, n, _, _ := s.ledger.next()
		if n > 0 {
			offset = next
		}
		begun := time.Now()
		list, now, err := s.updates(ctx, offset)
		if err == nil || ctx.Err() != nil && time.Since(begun) > s.ending.arrived {
			s.ledger.confirmed(n) // also by a poll that is called off while Telegram holds it
		}
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			pause, fatal := trouble.after(ctx, err)
			if fatal != nil {
				return fatal
			}
			sleep(ctx, pause)
			continue
		}
		trouble.over()
		fresh := s.take(work, list, now)
		s.await(ctx, begun, fresh)
	}
}

// await waits until the next poll is due: when all updates have passed, or the slow ones have held it up enough.
func (s *session) await(ctx context.Context, begun time.Time, fresh int) {
	ctx, cancel := context.WithDeadline(ctx, begun.Add(slowPoll))
	defer cancel()
	for {
		_, _, all, changed := s.ledger.next()
		if all {
			break
		}
		select {
		case <-changed:
			continue
		case <-ctx.Done():
		}
		return
	}
	if fresh == 0 {
		sleep(ctx, time.Until(begun.Add(emptyPause)))
	}
}

// updates polls once. now is the server's time, or ours if it does not tell.
func (s *session) updates(ctx context.Context, offset int64) (list []json.RawMessage, now time.Time, err error) {
	params := tgbotapi.Params{
		"timeout": strconv.Itoa(pollSeconds), "limit": strconv.Itoa(pollLimit), "allowed_updates": kinds,
	}
	params.AddNonZero64("offset", offset)
	a, err := s.client.call(ctx, "getUpdates", params, pollSeconds*time.Second+pollSlack)
	if err != nil {
		return nil, time.Time{}, err
	}
	if err := json.Unmarshal(a.result, &list); err != nil {
		return nil, time.Time{}, &httpError{method: "getUpdates", status: http.StatusOK}
	}
	if now = a.date; now.IsZero() {
		now = time.Now()
	}
	return list, now, nil
}

// confirm tells Telegram, at the end, what was handled, and again until it worked or time is up.
func (s *session) confirm(until time.Time) {
	offset, n := s.ledger.last()
	if n == 0 {
		return
	}
	params := tgbotapi.Params{"offset": strconv.FormatInt(offset, 10), "limit": "1", "timeout": "0"}
	again := false
	for {
		_, err := s.client.call(context.Background(), "getUpdates", params, min(s.ending.confirm, time.Until(until)))
		// Telegram holds the answer to a poll that repeats one so soon, but confirms first.
		held := errors.Is(err, context.DeadlineExceeded) && ambiguous(err)
		if err == nil || held && again {
			return
		}
		again = again || held
		if time.Until(until) < confirmPause {
			s.log.Warn("the last updates may come again: their confirmation got no answer", "error", err)
			return
		}
		time.Sleep(confirmPause)
	}
}

// trouble is a row of failed polls: what to do about each, and what to tell whom.
type trouble struct {
	s     *session
	wait  interface{ NextBackOff() time.Duration }
	since time.Time
	// Conflicts make a row of their own: two programs that poll in turns both succeed now and then.
	conflictSince, conflictLast time.Time
	alarmed                     bool
}

func newTrouble(s *session) *trouble { return &trouble{s: s, wait: newBackOff()} }

// over ends the row, with a line where there was one that began it.
func (t *trouble) over() {
	if !t.since.IsZero() {
		t.s.log.Info("Telegram answers again", "after", time.Since(t.since).Round(time.Second))
		t.since, t.wait = time.Time{}, newBackOff()
	}
}

// after says how long to pause after a failed poll, or that Run ends, and logs what an operator wants to know.
func (t *trouble) after(ctx context.Context, err error) (pause time.Duration, fatal error) {
	var api *apiError
	if errors.As(err, &api) && api.code == http.StatusConflict {
		if api.about == webhookActive {
			return t.webhook(ctx), nil
		}
		return t.conflict(time.Now()), nil
	}
	if refusal(err) != nil {
		// Once more, and by another method: a hiccup must not end a bot that has run for months.
		if _, again := t.s.client.getMe(ctx); refusal(again) != nil {
			return 0, refusal(again)
		}
	}
	if t.since.IsZero() {
		t.since = time.Now()
		t.s.log.Warn("receiving from Telegram failed; trying again until it works", "error", err)
	}
	return max(t.wait.NextBackOff(), pauseFor(err)), nil
}

// webhook removes a webhook, which keeps polls from working. What waits for it is not dropped.
func (t *trouble) webhook(ctx context.Context) time.Duration {
	t.s.log.Warn("a webhook was set for this bot, by another program or an earlier setup; removing it, because redpin polls")
	_, err := t.s.client.call(ctx, "deleteWebhook", tgbotapi.Params{"drop_pending_updates": "false"}, callTimeout)
	if err != nil && ctx.Err() == nil {
		t.s.log.Warn("the webhook could not be removed", "error", err)
	}
	return t.wait.NextBackOff()
}

func (t *trouble) conflict(now time.Time) time.Duration {
	if now.Sub(t.conflictLast) > conflictAlarm {
		t.conflictSince, t.alarmed = now, false
		t.s.log.Info("another program polls for this bot; that is normal for a moment while a new version starts")
	}
	t.conflictLast = now
	if !t.alarmed && now.Sub(t.conflictSince) > conflictAlarm {
		t.alarmed = true
		t.s.log.Error("another program has polled for this bot for over a minute, and each gets a part of the messages: stop it, or revoke the token at @BotFather if it is not yours")
	}
	return conflictPause
}
