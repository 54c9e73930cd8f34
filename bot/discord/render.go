package discord

// This file dresses a bot.Reply: parts that each fit one of Discord's messages, the escalation first and whole.
//
// Everything goes into a message's content and nothing into embeds: people can switch embeds off, and a server
// can forbid them to the bot.

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"github.com/redpin/redpin/bot"
)

// Discord's limits. Characters are counted as UTF-16 does, which is never less than Discord's own count.
const (
	maxContent  = 2000 // https://discord.com/developers/docs/resources/message#create-message
	maxRows     = 5    // https://discord.com/developers/docs/components/reference#action-row
	maxInRow    = 5
	maxLabel    = 80 // https://discord.com/developers/docs/components/reference#button
	maxCustomID = 100
)

// A part is one message of a reply.
type part struct {
	content string
	buttons []discordgo.MessageComponent // on the last part only
}

// render gives no part for a reply that says nothing.
func render(reply bot.Reply) []part {
	var blocks []block
	blocks = append(blocks, parse(reply.Escalation)...)
	blocks = append(blocks, parse(reply.Text)...)
	for _, a := range reply.Answers {
		blocks = append(blocks, renderAnswer(a)...)
	}
	blocks = append(blocks, parse(reply.Notice)...)
	blocks = append(blocks, small(parse(reply.Disclaimer))...)

	var parts []part
	for _, content := range pack(blocks, maxContent) {
		parts = append(parts, part{content: content})
	}
	rows := renderChoices(reply.Choices)
	if len(rows) > 0 {
		if len(parts) == 0 {
			// A message needs words beside its buttons for those who do not see them.
			parts = []part{{content: "…"}}
		}
		parts[len(parts)-1].buttons = rows
	}
	return parts
}

func renderAnswer(a bot.Answer) []block {
	body := parse(a.Body)
	if a.Title != "" {
		title := line{spans: []span{{text: a.Title, style: bold}}}
		if a.Pages > 1 {
			title.spans = append(title.spans, span{text: fmt.Sprintf(" (%d of %d)", a.Page, a.Pages)})
		}
		body = under(title, body)
	}
	if a.Source.Title != "" || a.Source.URL != "" {
		name := a.Source.Title
		if name == "" {
			name = a.Source.URL
		}
		source := block{lines: []line{{spans: []span{{text: "Source: "}, {text: name, url: webAddress(a.Source.URL)}}}}}
		body = append(body, small([]block{source})...)
	}
	return append(body, parse(a.Disclosure)...)
}

// renderChoices lays choices out as buttons: each in a row of its own while there is room, because labels are whole
// questions and a phone cuts them where two share a row.
func renderChoices(choices []bot.Choice) []discordgo.MessageComponent {
	var buttons []discordgo.MessageComponent
	seen := make(map[string]bool)
	for _, c := range choices {
		// Discord refuses the whole message for one id that is missing, too long or there twice.
		if c.Token == "" || len(c.Token) > maxCustomID || seen[c.Token] || len(buttons) == maxRows*maxInRow {
			continue
		}
		seen[c.Token] = true
		buttons = append(buttons, discordgo.Button{Label: label(c.Label), Style: discordgo.SecondaryButton, CustomID: c.Token})
	}
	perRow := max(1, (len(buttons)+maxRows-1)/maxRows)
	var rows []discordgo.MessageComponent
	for len(buttons) > 0 {
		n := min(perRow, len(buttons))
		rows = append(rows, discordgo.ActionsRow{Components: buttons[:n]})
		buttons = buttons[n:]
	}
	return rows
}

func label(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if text == "" {
		return "…"
	}
	return cut(text, maxLabel)
}

// cut shortens a text to so many characters, the last of which then shows that it goes on. A character is not split.
func cut(text string, limit int) string {
	if length(text) <= limit {
		return text
	}
	n := 0
	for i, c := range text {
		n += utf16.RuneLen(c)
		if n > limit-1 {
			return strings.TrimSpace(text[:i]) + "…"
		}
	}
	return text
}
