package discord

// This file reads what people write: a MESSAGE_CREATE event becomes a bot.Message.

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/redpin/redpin/bot"
)

// A user is somebody's account, as far as redpin looks at it.
type user struct {
	ID       string
	Username string
	Bot      bool
	System   bool
}

// A member is a user's standing in a server.
type member struct {
	User  *user
	Roles []string
	// Permissions is a number in decimal; only interactions have it.
	Permissions string
}

// A written message, as far as redpin looks at it. Every other field of Discord's may change without harm.
// https://discord.com/developers/docs/resources/message#message-object
type written struct {
	ID         string
	Type       discordgo.MessageType
	ChannelID  string `json:"channel_id"`
	GuildID    string `json:"guild_id"`
	WebhookID  string `json:"webhook_id"`
	Content    string
	Author     *user
	Member     *member
	Mentions   []user
	Referenced *struct{ Author *user } `json:"referenced_message"`

	// watched says that it is not meant for the bot, in a channel under watch.
	watched bool
}

// read decodes the fields of an event that v names. A field of a wrong type leaves its zero value, so that one
// change of Discord's does not cost the whole message; false means that there is nothing to read at all.
func read(data []byte, v any) bool {
	err := json.Unmarshal(data, v)
	var field *json.UnmarshalTypeError
	return err == nil || errors.As(err, &field)
}

// fromPerson says whether a person wrote w by hand, in a server or to the bot.
func (w *written) fromPerson(self string) bool {
	return w.ID != "" && w.ChannelID != "" && w.Author != nil && w.Author.ID != "" && w.Author.ID != self &&
		!w.Author.Bot && !w.Author.System && w.WebhookID == "" &&
		(w.Type == discordgo.MessageTypeDefault || w.Type == discordgo.MessageTypeReply)
}

// addressed says whether w is meant for the bot. Without the privileged intent Discord leaves out the text of a reply
// that does not notify the bot; such a reply cannot be answered.
func (w *written) addressed(self string) bool {
	if w.GuildID == "" {
		return true
	}
	if slices.ContainsFunc(w.Mentions, func(u user) bool { return u.ID == self }) {
		return true
	}
	return w.Content != "" && w.Type == discordgo.MessageTypeReply &&
		w.Referenced != nil && w.Referenced.Author != nil && w.Referenced.Author.ID == self
}

// message is what the core is asked. A command may be typed as text, because people do; Discord's own arrive as
// interactions.
func (w *written) message(moderators []string) bot.Message {
	m := bot.Message{Text: plain(w.Content), Public: w.GuildID != "", Person: w.Author.ID}
	if name, _, rest := bot.ParseCommand(m.Text); name != "" {
		m.Command, m.Text = name, rest
		m.Moderator = w.GuildID != "" && w.Member.moderates(moderators)
	}
	return m
}

// moderates says whether the member may reload: by a permission in the server, or by one of the roles.
// https://discord.com/developers/docs/topics/permissions
func (m *member) moderates(roles []string) bool {
	if m == nil {
		return false
	}
	if permissions, err := strconv.ParseInt(m.Permissions, 10, 64); err == nil &&
		permissions&(discordgo.PermissionAdministrator|discordgo.PermissionManageGuild) != 0 {
		return true
	}
	return slices.ContainsFunc(m.Roles, func(id string) bool { return slices.Contains(roles, id) })
}

// token matches what Discord puts into a text for a mention, an emoji, a command or a time.
// https://discord.com/developers/docs/reference#message-formatting-formats
var (
	token      = regexp.MustCompile(tokenPattern)
	tokenFirst = regexp.MustCompile(`^` + tokenPattern)
)

const tokenPattern = `<(?:@[!&]?\d+|#\d+|a?:(\w+):\d+|/([^<>:]+):\d+|t:-?\d+(?::\w)?|id:\w+)>`

// plain takes Discord's marks out of a text: those whom it mentions are not part of the question, an emoji is
// its name.
func plain(content string) string {
	text := token.ReplaceAllStringFunc(content, func(t string) string {
		parts := token.FindStringSubmatch(t)
		switch {
		case parts[1] != "":
			return ":" + parts[1] + ":"
		case parts[2] != "":
			return "/" + parts[2]
		}
		return ""
	})
	return strings.TrimSpace(strings.ReplaceAll(text, "  ", " "))
}
