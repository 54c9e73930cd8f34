package telegramtest

// What the server sends, in the fields that a bot of redpin's kind meets.

import "encoding/json"

// A User is a person or a bot.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// A chatInfo is a chat as messages carry it.
type chatInfo struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

// A Message is one in a chat, of a person or of the bot.
type Message struct {
	ID                 int             `json:"message_id"`
	ThreadID           int             `json:"message_thread_id,omitempty"`
	IsTopic            bool            `json:"is_topic_message,omitempty"`
	From               *User           `json:"from,omitempty"`
	SenderChat         *chatInfo       `json:"sender_chat,omitempty"`
	Date               int64           `json:"date"`
	EditDate           int64           `json:"edit_date,omitempty"`
	Chat               chatInfo        `json:"chat"`
	IsAutomaticForward bool            `json:"is_automatic_forward,omitempty"`
	ReplyTo            *Message        `json:"reply_to_message,omitempty"`
	ViaBot             *User           `json:"via_bot,omitempty"`
	Text               string          `json:"text,omitempty"`
	Entities           []Entity        `json:"entities,omitempty"`
	Photo              []photo         `json:"photo,omitempty"`
	Caption            string          `json:"caption,omitempty"`
	CaptionEntities    []Entity        `json:"caption_entities,omitempty"`
	ReplyMarkup        *Keyboard       `json:"reply_markup,omitempty"`
	TopicCreated       json.RawMessage `json:"forum_topic_created,omitempty"`
	MigrateToChatID    int64           `json:"migrate_to_chat_id,omitempty"`
	MigrateFromChatID  int64           `json:"migrate_from_chat_id,omitempty"`
}

type photo struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
}

// A Keyboard is the buttons under a message, by row.
type Keyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// A Button carries Data or URL.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Labels are the texts of the buttons, in the order of reading.
func (m Message) Labels() []string {
	var labels []string
	if m.ReplyMarkup != nil {
		for _, row := range m.ReplyMarkup.Rows {
			for _, b := range row {
				labels = append(labels, b.Text)
			}
		}
	}
	return labels
}

// Data is the callback data of the button with a label.
func (m Message) Data(label string) string {
	if m.ReplyMarkup != nil {
		for _, row := range m.ReplyMarkup.Rows {
			for _, b := range row {
				if b.Text == label {
					return b.Data
				}
			}
		}
	}
	return ""
}

type callbackQuery struct {
	ID              string `json:"id"`
	From            User   `json:"from"`
	Message         any    `json:"message,omitempty"`
	InlineMessageID string `json:"inline_message_id,omitempty"`
	ChatInstance    string `json:"chat_instance"`
	Data            string `json:"data,omitempty"`
}

// inaccessible is what stands for a message that the bot can no longer read.
type inaccessible struct {
	Chat      chatInfo `json:"chat"`
	MessageID int      `json:"message_id"`
	Date      int      `json:"date"`
}

type inlineQuery struct {
	ID     string `json:"id"`
	From   User   `json:"from"`
	Query  string `json:"query"`
	Offset string `json:"offset"`
}

// An update has exactly one of its parts beside the id.
type update struct {
	ID            int64          `json:"update_id"`
	Message       *Message       `json:"message,omitempty"`
	EditedMessage *Message       `json:"edited_message,omitempty"`
	ChannelPost   *Message       `json:"channel_post,omitempty"`
	CallbackQuery *callbackQuery `json:"callback_query,omitempty"`
	InlineQuery   *inlineQuery   `json:"inline_query,omitempty"`
	MyChatMember  map[string]any `json:"my_chat_member,omitempty"`
}

func (u update) kind() string {
	switch {
	case u.Message != nil:
		return "message"
	case u.EditedMessage != nil:
		return "edited_message"
	case u.ChannelPost != nil:
		return "channel_post"
	case u.CallbackQuery != nil:
		return "callback_query"
	case u.InlineQuery != nil:
		return "inline_query"
	}
	return "my_chat_member"
}

// chat is the one, or the person, whose updates keep their order at a webhook.
func (u update) chat() int64 {
	for _, m := range []*Message{u.Message, u.EditedMessage, u.ChannelPost} {
		if m != nil {
			return m.Chat.ID
		}
	}
	switch {
	case u.CallbackQuery != nil:
		return u.CallbackQuery.From.ID
	case u.InlineQuery != nil:
		return u.InlineQuery.From.ID
	}
	return 0
}

// A Command is a row of a menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// An apiError is a refusal in Telegram's envelope.
type apiError struct {
	Code        int
	Description string
	RetryAfter  int
	MigrateTo   int64
}

func (e *apiError) Error() string { return e.Description }

func badRequest(description string) *apiError {
	return &apiError{Code: 400, Description: "Bad Request: " + description}
}

func forbidden(description string) *apiError {
	return &apiError{Code: 403, Description: "Forbidden: " + description}
}
