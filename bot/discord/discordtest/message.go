package discordtest

// This file is about messages: those that the bot sends, and how their readers see them.

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A Message is one that the bot sent.
type Message struct {
	ID      string
	Channel string
	Content string
	Embeds  []Embed
	Flags   int
	Buttons []Button
	// ReplyTo is the id of the message that it answers, or empty.
	ReplyTo string
	// Ephemeral is shown to the one alone who did the interaction.
	Ephemeral bool
	// Notifies are the accounts that Discord would notify beside the author of ReplyTo; "everyone" is one, too.
	Notifies []string
	// Names are those whom a server that ignores allowed_mentions would notify, for the embeds, too.
	Names []string
	// NotifiesAuthor says that the author of ReplyTo is notified.
	NotifiesAuthor bool
	// Loading says that it stands for an answer that comes later.
	Loading bool
	Deleted bool
	Nonce   string
	At      time.Time
}

// A Button is one under a message.
type Button struct {
	Label, CustomID string
	Style           int
	// Row counts from 0.
	Row int
}

// An Offer is a row below what somebody types.
type Offer struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// payload is what all requests that make a message have in common.
type payload struct {
	Content    string  `json:"content"`
	Embeds     []embed `json:"embeds"`
	Flags      int     `json:"flags"`
	Components []struct {
		Type       int
		Components []struct {
			Type     int
			Style    int
			Label    string
			CustomID string `json:"custom_id"`
		}
	} `json:"components"`
	Choices         []Offer `json:"choices"`
	AllowedMentions *struct {
		Parse       []string `json:"parse"`
		Users       []string `json:"users"`
		Roles       []string `json:"roles"`
		RepliedUser bool     `json:"replied_user"`
	} `json:"allowed_mentions"`
	Reference *struct {
		MessageID       string `json:"message_id"`
		FailIfNotExists *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
	Nonce        string `json:"nonce"`
	EnforceNonce bool   `json:"enforce_nonce"`
}

const (
	flagEphemeral = 1 << 6
	flagLoading   = 1 << 7
)

// check refuses what Discord refuses and its OpenAPI document does not say.
func (p *payload) check() *refusal {
	content := strings.TrimSpace(p.Content)
	buttons := 0
	ids := make(map[string]bool)
	for _, row := range p.Components {
		if row.Type != 1 || len(row.Components) == 0 || len(row.Components) > 5 {
			return refuse(400, 50035, "Invalid Form Body: a row")
		}
		for _, b := range row.Components {
			buttons++
			n := utf8.RuneCountInString(b.Label)
			if b.Type != 2 || b.CustomID == "" || utf8.RuneCountInString(b.CustomID) > 100 || ids[b.CustomID] || n == 0 || n > 80 {
				return refuse(400, 50035, "Invalid Form Body: a button")
			}
			ids[b.CustomID] = true
		}
	}
	switch {
	case utf8.RuneCountInString(content) > 2000:
		return refuse(400, 50035, "Invalid Form Body: content has more than 2000 characters")
	case len(p.Components) > 5:
		return refuse(400, 50035, "Invalid Form Body: more than 5 rows")
	case content == "" && buttons == 0 && len(p.Embeds) == 0:
		return refuse(400, 50006, "Cannot send an empty message")
	}
	return checkEmbeds(p.Embeds)
}

// message makes the message. The caller holds the lock.
func (s *Server) message(p *payload, channel string, usual []string) *Message {
	m := &Message{
		ID: s.id(), Channel: channel, Content: strings.TrimSpace(p.Content), Flags: p.Flags,
		Ephemeral: p.Flags&flagEphemeral != 0, Nonce: p.Nonce, At: time.Now(),
	}
	m.dress(p, usual)
	return m
}

func (m *Message) dress(p *payload, usual []string) {
	m.Buttons, m.Embeds = nil, nil
	for n, row := range p.Components {
		for _, b := range row.Components {
			m.Buttons = append(m.Buttons, Button{b.Label, b.CustomID, b.Style, n})
		}
	}
	m.Names = Named(m.Content)
	for _, e := range p.Embeds {
		foot := ""
		if e.Footer != nil {
			foot = e.Footer.Text
		}
		m.Embeds = append(m.Embeds, Embed{e.Title, e.Description, foot})
		m.Names = append(m.Names, Named(e.Title+" "+e.Description+" "+foot)...)
	}
	parse, author := usual, true
	var users []string
	if p.AllowedMentions != nil {
		parse, users, author = p.AllowedMentions.Parse, p.AllowedMentions.Users, p.AllowedMentions.RepliedUser
	}
	m.Notifies = named(m.Content, parse, users)
	if p.Reference != nil {
		m.ReplyTo, m.NotifiesAuthor = p.Reference.MessageID, author
	}
}

var (
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
	everyone    = regexp.MustCompile(`@(everyone|here)`)
)

// named are those whom a content notifies when such mentions are allowed.
func named(content string, parse, users []string) []string {
	var out []string
	for _, found := range userMention.FindAllStringSubmatch(content, -1) {
		if slices.Contains(parse, "users") || slices.Contains(users, found[1]) {
			out = append(out, found[1])
		}
	}
	if slices.Contains(parse, "roles") {
		for _, found := range roleMention.FindAllStringSubmatch(content, -1) {
			out = append(out, found[1])
		}
	}
	if slices.Contains(parse, "everyone") && everyone.MatchString(content) {
		out = append(out, "everyone")
	}
	return out
}

func (s *Server) postMessage(w http.ResponseWriter, r *http.Request) {
	var p payload
	if json.NewDecoder(r.Body).Decode(&p) != nil {
		reply(w, http.StatusBadRequest, refuse(400, 50109, "The request body contains invalid JSON.").body())
		return
	}
	if why := p.check(); why != nil {
		reply(w, why.status, why.body())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if why := s.denies(r.PathValue("channel"), &p); why != nil {
		reply(w, why.status, why.body())
		return
	}
	m := s.nonces[p.Nonce]
	if !p.EnforceNonce || p.Nonce == "" || m == nil {
		m = s.message(&p, r.PathValue("channel"), []string{"users", "roles", "everyone"})
		m.Ephemeral = false // only interactions can hide
		s.messages = append(s.messages, m)
		if p.Nonce != "" {
			s.nonces[p.Nonce] = m
		}
		s.change()
	}
	reply(w, http.StatusOK, m.response())
}

// response is the message as Discord returns it.
func (m *Message) response() map[string]any {
	rows := []any{}
	number := 0
	for _, b := range m.Buttons {
		number += 2
		rows = append(rows, map[string]any{"type": 1, "id": number, "components": []any{
			map[string]any{"type": 2, "id": number + 1, "style": 2, "label": b.Label, "custom_id": b.CustomID},
		}})
	}
	embeds := []embed{}
	for _, e := range m.Embeds {
		sent := embed{Type: "rich", Title: e.Title, Description: e.Description}
		if e.Footer != "" {
			sent.Footer = &footer{e.Footer}
		}
		embeds = append(embeds, sent)
	}
	flags := m.Flags
	if m.Loading {
		flags |= flagLoading
	}
	out := map[string]any{
		"type": 0, "content": m.Content, "mentions": []any{}, "mention_roles": []any{}, "attachments": []any{}, "embeds": embeds,
		"timestamp": m.At.UTC().Format(time.RFC3339Nano), "edited_timestamp": nil, "flags": flags, "components": rows,
		"id": m.ID, "channel_id": m.Channel, "author": account(Bot), "pinned": false, "mention_everyone": false, "tts": false,
	}
	if m.Nonce != "" {
		out["nonce"] = m.Nonce
	}
	if m.ReplyTo != "" {
		out["type"] = 19
		out["message_reference"] = map[string]any{"type": 0, "channel_id": m.Channel, "message_id": m.ReplyTo}
	}
	return out
}

// Next gives the next message that the bot sent, in the order in which they became visible, and waits for it at most
// so long.
func (s *Server) Next(wait time.Duration) (Message, bool) {
	var m Message
	ok := s.waitFor(wait, func() bool {
		for s.read < len(s.messages) {
			next := s.messages[s.read]
			if next.Loading {
				return false
			}
			s.read++
			if !next.Deleted {
				m = *next
				return true
			}
		}
		return false
	})
	return m, ok
}

// Messages are all that the bot sent so far.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.messages {
		if !m.Deleted && !m.Loading {
			out = append(out, *m)
		}
	}
	return out
}

// WaitMessages waits until the bot has sent n messages.
func (s *Server) WaitMessages(n int, wait time.Duration) bool {
	return s.waitFor(wait, func() bool {
		if len(s.messages) < n {
			return false
		}
		found := 0
		for _, m := range s.messages {
			if !m.Deleted && !m.Loading {
				found++
			}
		}
		return found >= n
	})
}

// Named are those whom a content names in a way that would notify them if nothing forbade it.
func Named(content string) []string {
	return named(content, []string{"users", "roles", "everyone"}, nil)
}
