package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/redpin/redpin/bot"
)

// A menuEntry is a command as Telegram's menus show it.
type menuEntry struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// menuName is what Telegram takes as a command's name: https://core.telegram.org/bots/api#botcommand
var menuName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

// menu is the menu of a language, or the one for all others where that is empty. Names stay, because a command is
// the same for all who read along.
func menu(moderator bool, language string) []menuEntry {
	entries := []menuEntry{}
	for _, c := range bot.Commands() {
		summary := cmp.Or(c.Local[language].Summary, c.Summary)
		if (moderator || !c.Moderator) && menuName.MatchString(c.Name) && summary != "" {
			entries = append(entries, menuEntry{c.Name, summary})
		}
	}
	return entries
}

// languageCode is what Telegram takes as a menu's language: https://core.telegram.org/bots/api#setmycommands
var languageCode = regexp.MustCompile(`^[a-z]{2}$`)

// languages are those in which a command is described, and the empty one.
func languages() []string {
	known := map[string]bool{"": true}
	for _, c := range bot.Commands() {
		for language := range c.Local {
			if languageCode.MatchString(language) {
				known[language] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// registerCommands fills the menus that people see when they type "/". Moderators' commands are shown to groups'
// administrators only, which is a courtesy and no protection.
func (s *session) registerCommands(ctx context.Context) {
	for _, language := range languages() {
		for scope, entries := range map[string][]menuEntry{"default": menu(false, language), "all_chat_administrators": menu(true, language)} {
			err := s.setMenu(ctx, scope, language, entries)
			if isCode(err, http.StatusTooManyRequests) {
				sleep(ctx, pauseFor(err))
				err = s.setMenu(ctx, scope, language, entries)
			}
			if err != nil && ctx.Err() == nil {
				s.log.Warn("a menu of commands could not be set; the commands work without it", "scope", scope, "language", language, "error", err)
			}
		}
	}
}

// setMenu sets one menu, if it is not that already: Telegram limits how often menus are set, and a bot may be
// restarted again and again.
func (s *session) setMenu(ctx context.Context, scope, language string, entries []menuEntry) error {
	params := tgbotapi.Params{}
	params.AddNonEmpty("language_code", language)
	if scope != "default" {
		params["scope"] = `{"type":"` + scope + `"}`
	}
	var current []menuEntry
	if a, err := s.client.call(ctx, "getMyCommands", params, callTimeout); err == nil {
		if json.Unmarshal(a.result, &current) == nil && slices.Equal(current, entries) {
			return nil
		}
	}
	commands, err := json.Marshal(entries)
	if err != nil {
		return fmt.Errorf("write the menu: %w", err)
	}
	params["commands"] = string(commands)
	_, err = s.client.call(ctx, "setMyCommands", params, callTimeout)
	return err
}
