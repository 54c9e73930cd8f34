package telegram

// Deep links: https://t.me/BOT?start=PAYLOAD opens a private chat, and pressing Start there sends "/start PAYLOAD".
// The payload is a choice's token, so the link opens an entry: https://core.telegram.org/bots/features#deep-linking

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/redpin/redpin/bot"
)

// maxPayload is Telegram's limit, in characters.
const maxPayload = 64

// What is on buttons under a group's answer, and under an emergency's short form where there is an answer too.
const (
	textOpenPrivate = "Open in a private chat"
	textOpenAnswer  = "Open the answer in a private chat"
)

// payload writes a token in the characters of a payload, which are those of a token but for the dot. "-" begins what
// stands for another: "--" is a dot, and "-_" is "-" itself. It is empty where the token does not fit.
func payload(token string) string {
	p := strings.NewReplacer(".", "--", "-", "-_").Replace(token)
	if len(p) > maxPayload {
		return ""
	}
	for i := range len(p) {
		if !isWord(p[i]) && p[i] != '-' {
			return ""
		}
	}
	return p
}

// tokenOf reads a payload, which anybody may have written. ok is false for one that is no token.
func tokenOf(payload string) (token string, ok bool) {
	if payload == "" || len(payload) > maxPayload {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(payload); i++ {
		switch c := payload[i]; {
		case isWord(c):
			b.WriteByte(c)
		case c != '-' || i+1 == len(payload):
			return "", false
		case payload[i+1] == '-':
			b.WriteByte('.')
			i++
		case payload[i+1] == '_':
			b.WriteByte('-')
			i++
		default:
			return "", false
		}
	}
	token = b.String()
	return token, strings.Contains(token, ".") // of which every token has some, and a campaign's word has none
}

// starting is what "/start" asks for: the entry of a deep link, or help. Other words stay, because somebody in need
// may write any.
func starting(words string, private bool) bot.Message {
	if token, ok := tokenOf(words); ok && private {
		return bot.Message{Choice: token}
	}
	return bot.Message{Command: "help", Text: words, Public: !private}
}

// link is the address that opens the bot's private chat, at a token's entry if there is one.
func (s *session) link(token string) string {
	link := "https://t.me/" + s.self.Username
	if p := payload(token); p != "" {
		link += "?start=" + p
	}
	return link
}

// dressed renders the reply to a message. Where others read along, an emergency gets its short form alone; under a
// single answer stands the way to a private chat, where somebody may want to read on.
func (s *session) dressed(m bot.Message, reply bot.Reply) []page {
	if !m.Public || reply.Private {
		return s.press.render(reply)
	}
	if pages := s.brief(reply); len(pages) > 0 {
		return pages
	}
	pages := s.press.render(reply)
	if len(pages) > 0 && len(reply.Answers) == 1 {
		last := &pages[len(pages)-1]
		last.buttons = append(last.buttons, s.way(textOpenPrivate, reply.Answers[0].Token)...)
	}
	return pages
}

// brief is what a group reads of an emergency: what to do, and nothing of what was noticed, which the answers below
// would give away too. Buttons lead to all of it in a private chat. There are no pages where no way leads there.
func (s *session) brief(reply bot.Reply) []page {
	way := s.way(cmp.Or(buttonLabel(reply.Whole.Label), textOpenPrivate), reply.Whole.Token)
	if reply.Brief == "" || way == nil {
		return nil
	}
	pages := s.press.render(bot.Reply{Escalation: reply.Brief})
	for i, a := range reply.Answers {
		label := textOpenAnswer
		if len(reply.Answers) > 1 {
			label += fmt.Sprintf(" (%d)", i+1)
		}
		way = append(way, s.way(label, a.Token)...)
	}
	if n := len(pages); n > 0 {
		pages[n-1].buttons = way
	}
	return pages
}

// way is a row with a button that opens the private chat at a token's entry, or nothing where the token fits no link.
func (s *session) way(label, token string) [][]button {
	if payload(token) == "" {
		return nil
	}
	return [][]button{{{Text: label, URL: s.link(token)}}}
}
