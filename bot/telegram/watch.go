package telegram

// Bystanders: in groups that a moderator has put under watch, the core also sees messages that are not meant for the
// bot. It answers emergencies among them and nothing else, and is told who wrote, so that nobody is told the same
// again and again.

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/redpin/redpin/bot"
)

// watched says whether messages in a chat are looked at that are not meant for the bot.
func (s *session) watched(chat int64) bool { return listed(s.watch, chat, s.sender.home) }

// listed says whether a chat is one of those in the settings, which may name a group by the id that it had before it
// became a supergroup.
func listed(chats []int64, chat int64, home func(int64) int64) bool {
	return slices.ContainsFunc(chats, func(id int64) bool { return id == chat || home(id) == chat })
}

// bystander is what the core sees of a message that is not meant for the bot: all of its words, also those that
// command another bot.
func bystander(m *message, text string) bot.Message {
	return bot.Message{Text: text, Public: true, Watched: true, Person: person(m)}
}

// person is who wrote a message, in an opaque form.
func person(m *message) string {
	if m.SenderChat != nil {
		return personID(m.SenderChat.ID) // who hides behind a group or a channel
	}
	return personID(m.From.ID)
}

func personID(id int64) string { return "telegram " + strconv.FormatInt(id, 10) }

// A standing is what the bot is in a chat, and may do there:
// https://core.telegram.org/bots/api#chatmember
type standing struct {
	Status string `json:"status"`
	// IsMember and CanSend are of restricted members.
	IsMember bool `json:"is_member"`
	CanSend  bool `json:"can_send_messages"`
	// CanPost is of administrators of channels.
	CanPost bool `json:"can_post_messages"`
}

func (m standing) administers() bool { return m.Status == "administrator" || m.Status == "creator" }

func (m standing) present() bool {
	return m.administers() || m.Status == "member" || m.Status == "restricted" && m.IsMember
}

// standing asks what the bot is in a chat.
func (s *session) standing(ctx context.Context, chat int64) (standing, error) {
	a, err := s.client.call(ctx, "getChatMember", tgbotapi.Params{
		"chat_id": strconv.FormatInt(chat, 10), "user_id": strconv.FormatInt(s.self.ID, 10),
	}, callTimeout)
	var m standing
	if err == nil && json.Unmarshal(a.result, &m) != nil {
		err = &httpError{method: "getChatMember", status: http.StatusOK}
	}
	return m, err
}

// checkWatch tells at the start what will keep the bot from seeing or answering in the groups under watch.
func (s *session) checkWatch(ctx context.Context) {
	for _, chat := range s.watch {
		m, err := s.standing(ctx, s.sender.home(chat))
		log := s.log.With("chat", chat)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && isRefusal(err), err == nil && !m.present():
			log.Warn("a group under watch is closed to the bot, so nobody there is helped: add the bot to it, or correct the id in TELEGRAM_WATCH", "error", err)
		case err != nil:
			log.Warn("whether the bot sees what is written in a group under watch could not be found out", "error", err)
		case !s.self.ReadsAll && !m.administers():
			log.Warn("privacy mode is on and hides the messages of a group under watch: make the bot an administrator there, or send /setprivacy to @BotFather and add the bot to the group anew")
		case m.Status == "restricted" && !m.CanSend:
			log.Warn("the bot may not write in a group under watch: lift its restriction there")
		default:
			log.Info("watching a group: emergencies are answered there even when nobody asks the bot")
		}
	}
}

// isRefusal says that Telegram itself refused a call, so that to repeat it changes nothing.
func isRefusal(err error) bool { return isCode(err, 400) || isCode(err, 403) }
