package telegram

// What people read about the bot before they press Start, and in its profile. The words of the bot's owner, set at
// @BotFather, are left as they are.

import (
	"context"
	"encoding/json"
	"net/http"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Telegram allows 512 characters for the description and 120 for the short one:
// https://core.telegram.org/bots/api#setmydescription
const (
	textDescription = "Ask me in your own words. I look for an answer that people wrote in advance, and say so when I have none.\n\n" +
		"Press Start to see how. You can also add me to a group, and mention me there."
	textShortDescription = "Ask me in your own words. I answer from texts that people wrote in advance."
)

// describe sets the descriptions that are empty.
func (s *session) describe(ctx context.Context) {
	s.describeAs(ctx, "Description", "description", textDescription)
	s.describeAs(ctx, "ShortDescription", "short_description", textShortDescription)
}

func (s *session) describeAs(ctx context.Context, what, field, text string) {
	a, err := s.client.call(ctx, "getMy"+what, tgbotapi.Params{}, callTimeout)
	var current map[string]string
	if err == nil && json.Unmarshal(a.result, &current) != nil {
		err = &httpError{method: "getMy" + what, status: http.StatusOK}
	}
	if err == nil && current[field] == "" {
		_, err = s.client.call(ctx, "setMy"+what, tgbotapi.Params{field: text}, callTimeout)
	}
	if err != nil && ctx.Err() == nil {
		s.log.Warn("the bot's "+field+" could not be set; the bot works without it", "error", err)
	}
}
