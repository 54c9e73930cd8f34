package telegram

// Moderators are told that an emergency flag fired: which, and where, but neither the words nor whose they are.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/knowledge"
)

// alert tells the chat for alerts of the emergencies in the reply to in, if there are any. The reply does not wait
// for it.
func (s *session) alert(ctx context.Context, in incoming, reply bot.Reply) {
	var flags []string
	for _, f := range reply.Flags {
		if f.Level == knowledge.Emergency && !slices.Contains(flags, f.ID) {
			flags = append(flags, f.ID)
		}
	}
	if s.alerts == 0 || len(flags) == 0 {
		return
	}
	what := "An emergency flag fired"
	if len(flags) > 1 {
		what = "Emergency flags fired"
	}
	text := fmt.Sprintf("%s: %s, %s", what, strings.Join(flags, ", "), in.where)
	// Not Markdown: a group's title may look like it. The splitting silences what would mention somebody.
	// Like an escalation, an alert waits for no budget.
	pages := dress([]block{{runs: []run{{text: clean(text)}}, pinned: true}})
	send := func(release func()) *task {
		if _, err := s.sender.send(ctx, target{chat: s.alerts}, pages, release); err != nil {
			s.log.Warn("moderators were not told of an emergency flag", "chat", s.alerts, "error", err)
		}
		return nil
	}
	if !s.lanes.add(s.alerts, task{do: send, pass: func() {}}) {
		s.log.Warn("moderators were not told of an emergency flag: too many alerts wait", "chat", s.alerts)
	}
}

// where says in which chat a message stands, with a link to it that those can follow who may read it. Basic groups
// have no links to their messages: https://core.telegram.org/api/links#message-links
func where(m *message) string {
	c := m.Chat
	if c.private() {
		return "in a private chat"
	}
	place := "in " + strings.Join(strings.Fields(clean(c.Title)), " ")
	if c.Title == "" {
		place = "in a group"
	}
	internal, isSuper := strings.CutPrefix(strconv.FormatInt(c.ID, 10), "-100")
	link := "https://t.me/c/" + internal
	switch {
	case m.ID == 0 || c.Type != "supergroup":
		return place
	case c.Username != "":
		link = "https://t.me/" + c.Username
	case !isSuper:
		return place
	}
	if m.IsTopic && m.ThreadID != 0 {
		link += "/" + strconv.Itoa(m.ThreadID)
	}
	return place + ": " + link + "/" + strconv.Itoa(m.ID)
}

// checkAlerts tells at the start if alerts cannot be sent.
func (s *session) checkAlerts(ctx context.Context) {
	if s.alerts == 0 {
		return
	}
	log := s.log.With("chat", s.alerts)
	a, err := s.client.call(ctx, "getChat", tgbotapi.Params{"chat_id": strconv.FormatInt(s.alerts, 10)}, callTimeout)
	var c struct {
		chat
		Permissions struct {
			CanSend *bool `json:"can_send_messages"`
		} `json:"permissions"` // of members
	}
	if err == nil && json.Unmarshal(a.result, &c) != nil {
		err = &httpError{method: "getChat", status: http.StatusOK}
	}
	closed := false
	if err == nil && !c.private() {
		var m standing
		m, err = s.standing(ctx, s.alerts)
		switch {
		case c.Type == "channel":
			closed = !m.administers() || !m.CanPost
		case m.Status == "restricted":
			closed = !m.IsMember || !m.CanSend
		default:
			everybody := c.Permissions.CanSend
			closed = !m.present() || !m.administers() && everybody != nil && !*everybody
		}
	}
	switch {
	case ctx.Err() != nil:
	case err != nil && isRefusal(err), err == nil && closed:
		log.Warn("the chat for alerts cannot be written to, so moderators will hear of no emergency: add the bot to it with the right to write (in a private chat, press Start), or correct the id in TELEGRAM_ALERTS", "error", err)
	case err != nil:
		log.Warn("whether alerts can be sent could not be found out", "error", err)
	default:
		log.Info("moderators are told of emergency flags in the chat for alerts")
	}
}
