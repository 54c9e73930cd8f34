package telegram

// A pressed button. Telegram shows it spinning until the press is answered, so each is, whatever becomes of it.

import (
	"context"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/redpin/redpin/bot"
)

// maxToast is Telegram's limit on what an answer to a press shows, in characters:
// https://core.telegram.org/bots/api#answercallbackquery
const maxToast = 200

// pressed finds the reply to a pressed button, and answers the press: with the reply, where that is a few words for
// the one who pressed, or else with nothing, because the reply is a message.
func (s *session) pressed(ctx context.Context, c *callback) (send sending, urgent bool) {
	words := ""
	defer func() { s.others.Go(func() { s.answerCallback(ctx, c.ID, words) }) }() // also after a panic
	in, ok := s.readCallback(c)
	if !ok {
		return nil, false
	}
	reply := s.think(ctx, in.message)
	if words = s.toast(reply); words != "" {
		return nil, false
	}
	return func(parked func()) bool { return s.answer(ctx, in, reply, parked) }, reply.Escalation != ""
}

// toast is a private reply of few words, or empty for any other.
func (s *session) toast(r bot.Reply) string {
	if !r.Private || r.Escalation != "" || r.Notice != "" || len(r.Answers)+len(r.Choices)+len(r.Feedback) > 0 {
		return ""
	}
	pages := s.press.render(r)
	if len(pages) != 1 || utf8.RuneCountInString(pages[0].plain) > maxToast {
		return ""
	}
	return pages[0].plain
}

// answerCallback stops the button's spinning, and shows words over the chat if there are any.
func (s *session) answerCallback(ctx context.Context, id, words string) {
	params := tgbotapi.Params{"callback_query_id": id}
	params.AddNonEmpty("text", words)
	_, err := s.client.call(ctx, "answerCallbackQuery", params, callTimeout)
	if err != nil && ctx.Err() == nil && !isProblem(err, queryTooOld) {
		s.log.Warn("a pressed button was not answered", "error", err)
	}
}
