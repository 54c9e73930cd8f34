package telegram

import (
	"context"
	"encoding/json"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// adminsFor is how long a group's list of administrators is believed. Somebody who lost their rights keeps them
// here so long at most.
const adminsFor = 2 * time.Minute

// moderators knows who may reload: listed users anywhere, and the administrators of listed groups in their group.
type moderators struct {
	client *client
	log    *slog.Logger
	users  map[int64]bool
	chats  []int64
	// home is a chat's id today: a group that became a supergroup has a new one.
	home func(int64) int64

	mu     sync.Mutex
	admins map[int64]adminList
}

type adminList struct {
	ids   map[int64]bool
	until time.Time
}

func newModerators(c *client, log *slog.Logger, users, chats []int64, home func(int64) int64) *moderators {
	m := &moderators{client: c, log: log, users: map[int64]bool{}, chats: chats, home: home, admins: map[int64]adminList{}}
	for _, id := range users {
		m.users[id] = true
	}
	return m
}

// may says whether the one who wrote a message may reload. When in doubt, they may not.
func (m *moderators) may(ctx context.Context, in *message) bool {
	if in.SenderChat == nil && m.users[in.From.ID] {
		return true
	}
	if !in.Chat.group() || !listed(m.chats, in.Chat.ID, m.home) {
		return false
	}
	if in.SenderChat != nil {
		// Only an administrator can write in the group's own name. A channel's name says nothing about rights.
		return in.SenderChat.ID == in.Chat.ID
	}
	return m.administrators(ctx, in.Chat.ID)[in.From.ID]
}

func (m *moderators) administrators(ctx context.Context, chat int64) map[int64]bool {
	m.mu.Lock()
	list, known := m.admins[chat]
	m.mu.Unlock()
	if known && time.Now().Before(list.until) {
		return list.ids
	}
	a, err := m.client.call(ctx, "getChatAdministrators", tgbotapi.Params{"chat_id": strconv.FormatInt(chat, 10)}, callTimeout)
	if err != nil {
		m.log.Warn("the administrators of a moderators' chat could not be read; nobody there may reload", "chat", chat, "error", err)
		return nil
	}
	var members []struct {
		Status string `json:"status"`
		User   user   `json:"user"`
	}
	if err := json.Unmarshal(a.result, &members); err != nil {
		m.log.Warn("the administrators of a moderators' chat could not be read; nobody there may reload", "chat", chat)
		return nil
	}
	ids := map[int64]bool{}
	for _, member := range members {
		if !member.User.IsBot && (member.Status == "creator" || member.Status == "administrator") {
			ids[member.User.ID] = true
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.admins[chat] = adminList{ids, time.Now().Add(adminsFor)}
	return ids
}

func equalFold(a, b string) bool { return a != "" && strings.EqualFold(a, b) }
