package telegram

// An update becomes a bot.Message here, or nothing: what comes from bots, is not addressed to this one, or holds
// no words, goes no further.

import (
	"context"
	"slices"
	"strings"

	"github.com/redpin/redpin/bot"
)

// incoming is a message for the core, and where its reply goes.
type incoming struct {
	message bot.Message
	to      target
	// asker is the private chat of the one who asks, or 0 where Telegram hides them.
	asker int64
	// where says where that is, for moderators; see where.
	where string
	// question is the message that asks, and words what it says, for the time when it is edited.
	question question
	words    string
}

// A target is a place in a chat.
type target struct {
	chat int64
	// thread is a forum's topic, or 0.
	thread int
	// replyTo is the message that is answered, or 0.
	replyTo int
}

// readMessage makes an incoming of a message. ok is false where there is nothing to answer.
func (s *session) readMessage(ctx context.Context, m *message) (in incoming, ok bool) {
	if !s.fromPerson(m) || !m.Chat.private() && !m.Chat.group() {
		return incoming{}, false
	}
	text, entities := m.words()
	if text == "" && !(m.Chat.private() && m.wordless()) {
		return incoming{}, false // a service message
	}
	words, mentioned := withoutMentions(text, entities, s.self)
	name, words, whose := s.command(text, entities, words)
	switch {
	case m.Chat.private() || s.addressed(m, mentioned, name, whose):
		in.message = bot.Message{Text: words, Command: name, Public: m.Chat.group()}
		if name == "start" {
			in.message = starting(words, m.Chat.private())
		}
		if in.message.Choice != "" {
			in.message.Person = person(m)
		}
		if mustVerify(name) {
			in.message.Moderator = s.moderators.may(ctx, m)
		}
	case s.watched(m.Chat.ID):
		in.message = bystander(m, text)
	default:
		return incoming{}, false
	}
	in.where = where(m)
	in.question, in.words = question{m.Chat.ID, m.ID}, text
	in.to = target{chat: m.Chat.ID}
	if m.IsTopic {
		// A thread is also on replies in groups without topics, where to name it is an error.
		in.to.thread = m.ThreadID
	}
	if m.Chat.group() {
		in.to.replyTo = m.ID
	}
	if m.SenderChat == nil {
		in.asker = m.From.ID
	}
	return in, true
}

// notice takes note of what changes the meaning of later updates in other lanes: a group's new id. It logs where the
// bot comes and goes, because there is no easier way to learn the ids that the settings ask for.
func (s *session) notice(u *update) {
	if j := u.Joined; j != nil && !j.Chat.private() {
		log := s.log.With("chat", j.Chat.ID, "title", j.Chat.Title)
		switch was, is := j.Old.present(), j.New.present(); {
		case is && !was:
			log.Info("the bot was added to a chat")
		case was && !is:
			log.Info("the bot was taken out of a chat")
		case j.New.administers() != j.Old.administers():
			log.Info("the bot's rights in a chat have changed", "now", j.New.Status)
		}
	}
	switch m := u.Message; {
	case m == nil:
	case m.MigrateTo != 0:
		s.sender.migrated(m.Chat.ID, m.MigrateTo)
	case m.MigrateFrom != 0:
		s.sender.migrated(m.MigrateFrom, m.Chat.ID)
	}
}

// fromPerson says whether somebody wrote m: a person, under their own name or a chat's (an anonymous administrator,
// a channel), but no bot, not Telegram itself, and not this bot by way of its inline mode.
func (s *session) fromPerson(m *message) bool {
	switch {
	case m.From == nil, m.From.ID == s.self.ID, m.ViaBot != nil, m.AutoForward:
		return false
	case m.From.IsBot:
		return m.SenderChat != nil
	}
	return true
}

// A claim says whose a command is.
type claim int

const (
	nobodys claim = iota // no command, or one that names no bot
	ours                 // it names this bot
	others               // it names another
)

// command reads a command, at the beginning of the text or after the mention of the bot. rest is the text
// without it.
func (s *session) command(text string, entities []entity, words string) (name, rest string, whose claim) {
	if c, found := commandOf(text, entities); found {
		switch {
		case c.addressee == "":
			whose = nobodys
		case equalFold(c.addressee, s.self.Username):
			whose = ours
		default:
			whose = others
		}
		return c.name, strings.TrimSpace(strings.TrimPrefix(words, c.written)), whose
	}
	if name, addressee, rest := bot.ParseCommand(words); isCommand(name) && (addressee == "" || equalFold(addressee, s.self.Username)) {
		return name, rest, nobodys // "@faq_bot /help"
	}
	return "", words, nobodys
}

// addressed says whether a group's message is meant for the bot.
func (s *session) addressed(m *message, mentioned bool, command string, whose claim) bool {
	switch {
	case whose == others:
		return false
	case whose == ours, mentioned:
		return true
	case isCommand(command):
		return true // with privacy mode, Telegram delivers it to the bot that wrote last
	}
	return s.repliesToUs(m)
}

// repliesToUs says whether m answers a message of the bot's. Every message in a forum's topic counts as a reply to
// the one that made the topic, which may have been the bot's.
func (s *session) repliesToUs(m *message) bool {
	r := m.ReplyTo
	return r != nil && r.From != nil && r.From.ID == s.self.ID && len(r.TopicCreated) == 0
}

func (s *session) readCallback(c *callback) (in incoming, ok bool) {
	if c.Message == nil || c.Data == "" || c.From.IsBot {
		return incoming{}, false // a message of inline mode: there is no chat to answer in
	}
	m := c.Message
	in.message = bot.Message{Choice: c.Data, Public: !m.Chat.private(), Person: personID(c.From.ID)}
	in.where = where(m)
	in.to = target{chat: m.Chat.ID}
	if m.IsTopic {
		in.to.thread = m.ThreadID
	}
	if in.message.Public {
		in.to.replyTo = m.ID
	}
	in.asker = c.From.ID
	return in, true
}

// isCommand says whether a name is one of redpin's, or Telegram's own /start.
func isCommand(name string) bool {
	return name == "start" || slices.ContainsFunc(bot.Commands(), func(c bot.Command) bool { return c.Name == name })
}

// mustVerify says whether the core wants to know if a command comes from a moderator.
func mustVerify(name string) bool {
	return slices.ContainsFunc(bot.Commands(), func(c bot.Command) bool { return c.Name == name && c.Verify })
}

func isModeratorCommand(name string) bool {
	return slices.ContainsFunc(bot.Commands(), func(c bot.Command) bool { return c.Name == name && c.Moderator })
}
