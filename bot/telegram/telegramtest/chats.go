package telegramtest

// Chats, who is in them, and what was said there.

import (
	"fmt"
	"time"
)

type chat struct {
	info     chatInfo
	members  map[int64]member
	messages map[int]*Message
	next     int
	topics   map[int]bool
	muted    bool // for all but administrators
	// refusal answers every call to the chat, such as "bot was blocked by the user".
	refusal *apiError
	// started says, of a private chat, that the person wrote first.
	started bool
}

type member struct {
	User      User
	Status    string // creator, administrator, member
	Anonymous bool
}

// Group makes a group ("group" or "supergroup") that the bot is in.
func (s *Server) Group(id int64, kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[id] = newChat(chatInfo{ID: id, Type: kind, Title: fmt.Sprint("Group ", id)})
	s.chats[id].members[s.Bot.ID] = member{User: s.Bot, Status: "member"}
}

// Invite adds the bot to a new group, and Dismiss takes it out.
func (s *Server) Invite(id int64, kind string) {
	s.Group(id, kind)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.enqueue(s.membership(id, "left", "member"))
}

// Dismiss takes the bot out of a group.
func (s *Server) Dismiss(id int64) {
	s.Kick(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.enqueue(s.membership(id, "member", "left"))
}

// membership is a change of what the bot is in a chat. The caller holds the lock.
func (s *Server) membership(id int64, from, to string) update {
	return update{MyChatMember: map[string]any{
		"chat": s.chats[id].info, "from": User{ID: 1, FirstName: "Owner"}, "date": time.Now().Unix(),
		"old_chat_member": member{User: s.Bot, Status: from}.json(),
		"new_chat_member": member{User: s.Bot, Status: to}.json(),
	}}
}

// Name gives a group a title, and makes it public if it has a username.
func (s *Server) Name(id int64, title, username string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[id].info.Title, s.chats[id].info.Username = title, username
}

// Mute lets only administrators write in a group.
func (s *Server) Mute(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[id].muted = true
}

// Forum makes a supergroup with topics, whose ids are those of their first messages.
func (s *Server) Forum(id int64, topics ...int) {
	s.Group(id, "supergroup")
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[id]
	c.info.IsForum = true
	c.next = 100
	for _, topic := range topics {
		c.topics[topic] = true
		c.next = max(c.next, topic+1)
	}
}

func newChat(info chatInfo) *chat {
	return &chat{info: info, members: map[int64]member{}, messages: map[int]*Message{}, topics: map[int]bool{}, next: 1}
}

// privateChat is a person's chat with the bot. The caller holds the lock.
func (s *Server) privateChat(u User) *chat {
	c := s.chats[u.ID]
	if c == nil {
		c = newChat(chatInfo{ID: u.ID, Type: "private", FirstName: u.FirstName})
		s.chats[u.ID] = c
	}
	return c
}

// Know lets the bot write to a person first, as if they had pressed Start long ago.
func (s *Server) Know(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.privateChat(u).started = true
}

// Promote makes a person an administrator of a group; an anonymous one writes in the group's name.
func (s *Server) Promote(chatID int64, u User, anonymous bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[chatID].members[u.ID] = member{User: u, Status: "administrator", Anonymous: anonymous}
}

// Demote makes them a member again.
func (s *Server) Demote(chatID int64, u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[chatID].members[u.ID] = member{User: u, Status: "member"}
}

// Block ends a private chat from the person's side; Kick puts the bot out of a group.
func (s *Server) Block(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.privateChat(u).refusal = forbidden("bot was blocked by the user")
}

// Kick puts the bot out of a group.
func (s *Server) Kick(chatID int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[chatID].refusal = forbidden("bot was kicked from the supergroup chat")
}

// Migrate turns a group into a supergroup with a new id, and says so in both, as Telegram does.
func (s *Server) Migrate(from, to int64) {
	s.Group(to, "supergroup")
	s.mu.Lock()
	defer s.mu.Unlock()
	old, now := s.chats[from], s.chats[to]
	now.members = old.members
	old.refusal = badRequest("group chat was upgraded to a supergroup chat")
	old.refusal.MigrateTo = to
	s.enqueue(update{Message: s.add(old, Message{MigrateToChatID: to, From: &User{ID: 1, FirstName: "Owner"}})})
	s.enqueue(update{Message: s.add(now, Message{MigrateFromChatID: from, From: &User{ID: 1, FirstName: "Owner"}})})
}

// Delete takes a message away.
func (s *Server) Delete(chatID int64, id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.chats[chatID].messages, id)
}

// add puts a message into a chat and returns it with its id, chat and date. The caller holds the lock.
func (s *Server) add(c *chat, m Message) *Message {
	m.ID, m.Chat = c.next, c.info
	c.next++
	if m.Date == 0 {
		m.Date = time.Now().Unix()
	}
	c.messages[m.ID] = &m
	return &m
}

// chatFor finds the chat that a call names, and refuses as Telegram does. The caller holds the lock.
func (s *Server) chatFor(id int64) (*chat, *apiError) {
	c := s.chats[id]
	switch {
	case c == nil:
		return nil, badRequest("chat not found")
	case c.refusal != nil:
		return nil, c.refusal
	case c.info.Type == "private" && !c.started:
		return nil, forbidden("bot can't initiate conversation with a user")
	}
	return c, nil
}

// Unknow makes a person one who never wrote to the bot.
func (s *Server) Unknow(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.privateChat(User{ID: id, FirstName: "Nobody"}).started = false
}
