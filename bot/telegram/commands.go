package telegram

import (
	"context"
	"encoding/json"
	"fmt"
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

func menu(moderator bool) []menuEntry {
	entries := []menuEntry{}
	for _, c := range bot.Commands() {
		if (moderator || !c.Moderator) && menuName.MatchString(c.Name) && c.Summary != "" {
			entries = append(entries, menuEntry{c.Name, c.Summary})
		}
	}
	return entries
}

// registerCommands fills the menus that people see when they type "/". Moderators' commands are shown to groups'
// administrators only, which is a courtesy and no protection.
func (s *session) registerCommands(ctx context.Context) {
	for scope, entries := range map[string][]menuEntry{"default": menu(false), "all_chat_administrators": menu(true)} {
		if err := s.setMenu(ctx, scope, entries); err != nil && ctx.Err() == nil {
			s.log.Warn("a menu of commands could not be set; the commands work without it", "scope", scope, "error", err)
		}
	}
}

// setMenu sets one menu, if it is not that already: Telegram limits how often menus are set, and a bot may be
// restarted again and again.
func (s *session) setMenu(ctx context.Context, scope string, entries []menuEntry) error {
	params := tgbotapi.Params{}
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
