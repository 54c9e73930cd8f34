package telegram

// What comes from Telegram, in the fields that redpin reads. Each update is decoded by itself, so that one that
// cannot be read costs no other.

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf16"
)

type user struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	Username  string `json:"username"`
	// Of the bot itself only:
	ReadsAll bool `json:"can_read_all_group_messages"`
	Inline   bool `json:"supports_inline_queries"`
}

type chat struct {
	ID       int64  `json:"id"`
	Type     string `json:"type"`
	Title    string `json:"title"`
	Username string `json:"username"` // of public ones
}

func (c chat) private() bool { return c.Type == "private" }

func (c chat) group() bool { return c.Type == "group" || c.Type == "supergroup" }

type message struct {
	ID              int             `json:"message_id"`
	ThreadID        int             `json:"message_thread_id"`
	IsTopic         bool            `json:"is_topic_message"`
	From            *user           `json:"from"`
	SenderChat      *chat           `json:"sender_chat"`
	Date            int64           `json:"date"`
	EditDate        int64           `json:"edit_date"`
	Chat            chat            `json:"chat"`
	AutoForward     bool            `json:"is_automatic_forward"`
	ReplyTo         *message        `json:"reply_to_message"`
	ViaBot          *user           `json:"via_bot"`
	Text            string          `json:"text"`
	Entities        []entity        `json:"entities"`
	Caption         string          `json:"caption"`
	CaptionEntities []entity        `json:"caption_entities"`
	TopicCreated    json.RawMessage `json:"forum_topic_created"`
	// What a person may send without words.
	Photo     json.RawMessage `json:"photo"`
	Voice     json.RawMessage `json:"voice"`
	Audio     json.RawMessage `json:"audio"`
	Video     json.RawMessage `json:"video"`
	VideoNote json.RawMessage `json:"video_note"`
	Document  json.RawMessage `json:"document"`
	Sticker   json.RawMessage `json:"sticker"`

	MigrateTo   int64 `json:"migrate_to_chat_id"`
	MigrateFrom int64 `json:"migrate_from_chat_id"`
}

// words is what was written: the text, or a picture's caption.
func (m *message) words() (string, []entity) {
	if m.Text != "" {
		return m.Text, m.Entities
	}
	return m.Caption, m.CaptionEntities
}

// wordless says that somebody sent a picture, a voice or the like without words.
func (m *message) wordless() bool {
	for _, part := range []json.RawMessage{m.Photo, m.Voice, m.Audio, m.Video, m.VideoNote, m.Document, m.Sticker} {
		if len(part) > 0 {
			return true
		}
	}
	return false
}

// An entity is a range of a text, in UTF-16 code units.
type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	User   *user  `json:"user"`
}

// A callback is a pressed button. Message may be one that the bot can no longer read (date 0), or be missing.
type callback struct {
	ID      string   `json:"id"`
	From    user     `json:"from"`
	Message *message `json:"message"`
	Data    string   `json:"data"`
}

type update struct {
	ID       int64        `json:"update_id"`
	Message  *message     `json:"message"`
	Edited   *message     `json:"edited_message"`
	Callback *callback    `json:"callback_query"`
	Inline   *inlineQuery `json:"inline_query"`
	Joined   *membership  `json:"my_chat_member"`
}

// A membership is a change of what the bot is in a chat.
type membership struct {
	Chat chat     `json:"chat"`
	Old  standing `json:"old_chat_member"`
	New  standing `json:"new_chat_member"`
}

// kinds are the updates that redpin asks for. It says so at each start: Telegram remembers the last answer.
const kinds = `["message","edited_message","callback_query","inline_query","my_chat_member"]`

// updateID reads the id alone, of an update that may be unreadable otherwise.
func updateID(data json.RawMessage) (int64, bool) {
	var u struct {
		ID *int64 `json:"update_id"`
	}
	if json.Unmarshal(data, &u) != nil || u.ID == nil {
		return 0, false
	}
	return *u.ID, true
}

// chat is where the update belongs; updates of one chat are handled in their order.
func (u *update) chat() int64 {
	switch {
	case u.Message != nil:
		return u.Message.Chat.ID
	case u.Edited != nil:
		return u.Edited.Chat.ID
	case u.Callback != nil && u.Callback.Message != nil:
		return u.Callback.Message.Chat.ID
	case u.Callback != nil:
		return u.Callback.From.ID
	case u.Inline != nil:
		return u.Inline.From.ID
	case u.Joined != nil:
		return u.Joined.Chat.ID
	}
	return 0
}

// A key tells an update from all others. The id alone does not: ids start again, and may do so lower.
type key struct {
	id, chat int64
	message  int
	edited   int64
	callback string // or inline query
}

func (u *update) key() key {
	k := key{id: u.ID, chat: u.chat()}
	if u.Message != nil {
		k.message = u.Message.ID
	}
	if u.Edited != nil {
		k.message, k.edited = u.Edited.ID, u.Edited.EditDate
	}
	if u.Callback != nil {
		k.callback = u.Callback.ID
	}
	if u.Inline != nil {
		k.callback = u.Inline.ID
	}
	return k
}

// age is how long before now a message was written. Telegram keeps messages for 24 hours, so one that seems much
// older comes from a server whose clock means nothing, and counts as new.
func (m *message) age(now time.Time) time.Duration {
	age := now.Sub(time.Unix(m.Date, 0))
	if m.Date == 0 || age < 0 || age > 48*time.Hour {
		return 0
	}
	return age
}

// A text16 is a text that can be cut by entities.
type text16 []uint16

func newText16(s string) text16 { return utf16.Encode([]rune(s)) }

func (t text16) cut(from, to int) string { return string(utf16.Decode(t[from:to])) }

// covers says whether an entity lies within the text: its numbers come from outside.
func (t text16) covers(e entity) bool {
	return e.Offset >= 0 && e.Length > 0 && e.Offset <= len(t) && e.Length <= len(t)-e.Offset
}

// A command is one as it was written: "/Ask@faq_bot" has the name "ask" and the addressee "faq_bot".
type command struct {
	written, name, addressee string
}

// commandOf reads a command at the beginning of a text.
func commandOf(text string, entities []entity) (command, bool) {
	t := newText16(text)
	for _, e := range entities {
		if e.Type == "bot_command" && e.Offset == 0 && t.covers(e) {
			written := t.cut(0, e.Length)
			name, addressee, _ := strings.Cut(strings.TrimPrefix(written, "/"), "@")
			return command{written, strings.ToLower(name), addressee}, true
		}
	}
	return command{}, false
}

// withoutMentions takes the mentions of a bot out of a text, and says whether there were any.
func withoutMentions(text string, entities []entity, self user) (rest string, mentioned bool) {
	t := newText16(text)
	var b strings.Builder
	at := 0
	for _, e := range entities {
		if !t.covers(e) || e.Offset < at {
			continue
		}
		ours := e.Type == "mention" && strings.EqualFold(t.cut(e.Offset, e.Offset+e.Length), "@"+self.Username) ||
			e.Type == "text_mention" && e.User != nil && e.User.ID == self.ID
		if ours {
			b.WriteString(t.cut(at, e.Offset))
			at = e.Offset + e.Length
			mentioned = true
		}
	}
	b.WriteString(t.cut(at, len(t)))
	if !mentioned {
		return text, false
	}
	return strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(b.String()), ",:;")), true
}
