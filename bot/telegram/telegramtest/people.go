package telegramtest

// What people do.

import (
	"fmt"
	"strings"
	"time"
)

// Said is something that somebody writes. The zero values are the usual.
type Said struct {
	// Chat is where: the writer's private chat with the bot, or a group's id.
	Chat int64
	From User
	Text string
	// Entities are those of a text that the writer marked up; by default those that Telegram finds.
	Entities []Entity
	// Caption makes the text a photo's caption.
	Caption bool
	// ReplyTo is the id of the message that it answers.
	ReplyTo int
	// Topic is the forum topic; 0 is none, or "General".
	Topic int
	// As is the chat in whose name it is written: the group's own id for an anonymous administrator, a
	// channel's for a channel identity.
	As int64
	// Forwarded says that Telegram itself forwarded it from the group's channel.
	Forwarded bool
	// Via says that another bot's inline mode made it; the bot's own if Via is its id.
	Via int64
	// Ago is how long ago it was written.
	Ago time.Duration
}

// Say delivers what somebody writes and returns the message. Privacy mode decides whether the bot gets it.
func (s *Server) Say(said Said) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.compose(said)
	if s.visible(m) {
		s.enqueue(update{Message: m})
	}
	return *m
}

// Edit changes what somebody wrote.
func (s *Server) Edit(chatID int64, id int, text string) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := *s.chats[chatID].messages[id]
	m.Text, m.Entities, m.EditDate = text, FindEntities(text), time.Now().Unix()
	s.chats[chatID].messages[id] = &m
	if s.visible(&m) {
		s.enqueue(update{EditedMessage: &m})
	}
	return m
}

// Ids of the accounts that stand for those who write in a chat's name, and for Telegram itself.
const (
	groupAnonymousBot = 1087968824
	channelBot        = 136817688
	telegramItself    = 777000
)

// compose makes the message. The caller holds the lock.
func (s *Server) compose(said Said) *Message {
	from := said.From
	c := s.chats[said.Chat]
	if said.Chat == 0 || said.Chat == from.ID {
		c = s.privateChat(from)
		c.started, c.refusal = true, nil
	}
	if c == nil {
		s.t.Errorf("telegramtest: nobody can write in chat %d, which does not exist", said.Chat)
		c = s.privateChat(from)
	}
	m := Message{From: &from}
	if said.Entities == nil {
		said.Entities = FindEntities(said.Text)
	}
	if said.Caption {
		m.Caption, m.CaptionEntities = said.Text, said.Entities
		m.Photo = []photo{{FileID: "photo", FileUniqueID: "photo", Width: 1, Height: 1}}
	} else {
		m.Text, m.Entities = said.Text, said.Entities
	}
	if said.Ago > 0 {
		m.Date = time.Now().Add(-said.Ago).Unix()
	}
	if said.Topic != 0 {
		m.ThreadID, m.IsTopic = said.Topic, true
		// A message in a topic counts as a reply to the message that made the topic.
		m.ReplyTo = &Message{ID: said.Topic, ThreadID: said.Topic, IsTopic: true, From: &s.Bot, Date: 1, Chat: c.info,
			TopicCreated: []byte(`{"name":"A topic","icon_color":7322096}`)}
	}
	if said.ReplyTo != 0 {
		if target := c.messages[said.ReplyTo]; target != nil {
			copied := *target
			copied.ReplyTo = nil
			m.ReplyTo = &copied
			if m.ThreadID == 0 && c.info.Type == "supergroup" {
				m.ThreadID = target.ID // replies in ordinary supergroups carry a thread that is no topic
			}
		}
	}
	if said.As != 0 {
		as := chatInfo{ID: said.As, Type: "channel", Title: "A channel"}
		m.From = &User{ID: channelBot, IsBot: true, FirstName: "Channel", Username: "Channel_Bot"}
		if said.As == c.info.ID {
			as = c.info
			m.From = &User{ID: groupAnonymousBot, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}
		}
		m.SenderChat = &as
	}
	if said.Forwarded {
		m.From, m.IsAutomaticForward = &User{ID: telegramItself, FirstName: "Telegram"}, true
	}
	if said.Via == s.Bot.ID {
		m.ViaBot = &s.Bot
	} else if said.Via != 0 {
		m.ViaBot = &User{ID: said.Via, IsBot: true, FirstName: "Another", Username: "another_bot"}
	}
	return s.add(c, m)
}

// visible says whether privacy mode lets the bot see a message: in groups, commands for it or for nobody, replies
// to it, mentions of it. The caller holds the lock.
func (s *Server) visible(m *Message) bool {
	if m.Chat.Type == "private" || s.o.ReadsAll || s.chats[m.Chat.ID].members[s.Bot.ID].Status == "administrator" {
		return true
	}
	if m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == s.Bot.ID {
		return true
	}
	text, entities := m.Text, m.Entities
	if m.Caption != "" {
		text, entities = m.Caption, m.CaptionEntities
	}
	for _, e := range entities {
		words := strings.ToLower(e.Cut(text))
		_, addressee, hasAddressee := strings.Cut(words, "@")
		switch {
		case e.Type == "mention" && words == "@"+BotName,
			e.Type == "bot_command" && e.Offset == 0 && (!hasAddressee || addressee == BotName),
			e.Type == "text_mention" && e.User != nil && e.User.ID == s.Bot.ID:
			return true
		}
	}
	return false
}

// Press presses the button with a label under a message of the bot's.
func (s *Server) Press(chatID int64, messageID int, from User, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[chatID]
	if c == nil || c.messages[messageID] == nil || c.messages[messageID].Data(label) == "" {
		s.t.Errorf("telegramtest: message %d in chat %d has no button %q", messageID, chatID, label)
		return
	}
	s.enqueue(update{CallbackQuery: s.callback(from, c.messages[messageID], c.messages[messageID].Data(label))})
}

// PressOld presses a button of a message that the bot can no longer read; with chat 0, of a message that was
// sent by inline mode.
func (s *Server) PressOld(chatID int64, messageID int, from User, data string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if chatID == 0 {
		q := s.callback(from, nil, data)
		q.Message, q.InlineMessageID = nil, "inline-1"
		s.enqueue(update{CallbackQuery: q})
		return
	}
	s.enqueue(update{CallbackQuery: s.callback(from, inaccessible{Chat: s.chats[chatID].info, MessageID: messageID}, data)})
}

// callback makes a query that waits for its answer. The caller holds the lock.
func (s *Server) callback(from User, message any, data string) *callbackQuery {
	s.serial++
	id := fmt.Sprint("callback-", s.serial)
	s.open[id] = true
	return &callbackQuery{ID: id, From: from, Message: message, ChatInstance: "1", Data: data}
}

// Inline types words after the bot's name in any chat. The answer is the call of answerInlineQuery.
func (s *Server) Inline(from User, words string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	id := fmt.Sprint("inline-", s.serial)
	s.open[id] = true
	s.enqueue(update{InlineQuery: &inlineQuery{ID: id, From: from, Query: words}})
}

// Describe is what the bot's owner says of it at @BotFather: its "description" or "short_description".
func (s *Server) Describe(which, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.texts[which] = text
}

// Post writes in a channel that the bot is in: nobody is its sender.
func (s *Server) Post(channelID int64, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[channelID]
	if c == nil {
		c = newChat(chatInfo{ID: channelID, Type: "channel", Title: "A channel"})
		s.chats[channelID] = c
	}
	s.enqueue(update{ChannelPost: s.add(c, Message{Text: text, Entities: FindEntities(text), SenderChat: &c.info})})
}
