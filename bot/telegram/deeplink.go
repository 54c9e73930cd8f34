package telegram

// Deep links: https://t.me/BOT?start=PAYLOAD opens a private chat, and pressing Start there sends "/start PAYLOAD".
// The payload is a choice's token, so the link opens an entry: https://core.telegram.org/bots/features#deep-linking

import (
	"cmp"
	"strings"

	"github.com/redpin/redpin/bot"
)

// maxPayload is Telegram's limit, in characters.
const maxPayload = 64

// textOpenPrivate is on the button under a group's answer.
const textOpenPrivate = "Open in a private chat"

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

// dressed renders the reply to a message. Where others can read it, an escalation is short and says nothing of what
// was noticed, and a button leads to the whole of it in a private chat; so does one under a single answer, because
// somebody may want to read on there.
func (s *session) dressed(m bot.Message, reply bot.Reply) []page {
	if !m.Public || reply.Private {
		return s.press.render(reply)
	}
	var way button
	switch {
	case reply.Brief != "" && payload(reply.Whole.Token) != "":
		reply.Escalation = reply.Brief
		way = button{Text: cmp.Or(buttonLabel(reply.Whole.Label), textOpenPrivate), URL: s.link(reply.Whole.Token)}
	case len(reply.Answers) == 1 && payload(reply.Answers[0].Token) != "":
		way = button{Text: textOpenPrivate, URL: s.link(reply.Answers[0].Token)}
	}
	pages := s.press.render(reply)
	if way.URL != "" && len(pages) > 0 {
		last := &pages[len(pages)-1]
		last.buttons = append([][]button{{way}}, last.buttons...)
		if reply.Brief == "" {
			last.buttons = append(last.buttons[1:], last.buttons[0]) // the choices matter more
		}
	}
	return pages
}
