package discord

// This file dresses a bot.Reply: parts that each fit one of Discord's messages, the escalation first and whole.
//
// What must not be missed goes into a message's content: people can switch embeds off, and a server can forbid them
// to the bot. Answers go into embeds (embed.go) where those are permitted, and into the content where they are not.

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

// A setting is where a reply is shown, as far as it changes how.
type setting struct {
	// embeds says that the bot may send them there.
	embeds bool
	// aloud says that others than the asker read along: an escalation is then said without what was noticed.
	aloud bool
	// share offers to post the reply to the channel.
	share bool
}

// A part is one message of a reply.
type part struct {
	content string
	embeds  []embed
	buttons []discordgo.MessageComponent // on the last part only
}

// render gives no part for a reply that says nothing.
func render(reply bot.Reply, in setting) []part {
	escalation := reply.Escalation
	brief := in.aloud && reply.Brief != "" && pressable(reply.Whole)
	if brief {
		escalation = reply.Brief
	}
	said := append(parse(escalation), parse(reply.Text)...)
	var boxes []embed
	if in.embeds && len(reply.Answers) > 0 {
		boxes = renderEmbeds(reply)
	} else {
		for _, a := range reply.Answers {
			said = append(said, under(title(a), renderAnswer(a))...)
		}
		said = append(said, parse(reply.Notice)...)
		said = append(said, small(parse(reply.Disclaimer))...)
	}
	parts := contents(said)
	for n, group := range grouped(boxes) {
		if n > 0 || len(parts) == 0 {
			parts = append(parts, part{})
		}
		parts[len(parts)-1].embeds = group
	}
	var whole []bot.Choice
	if brief {
		whole = []bot.Choice{reply.Whole}
	}
	last := reply.Feedback
	if in.share && len(parts) == 1 && sharable(reply) {
		last = append(last[:len(last):len(last)], bot.Choice{Label: shareLabel, Token: shareToken})
	}
	rows := renderRows(whole, reply.Choices, last)
	if len(rows) > 0 {
		if len(parts) == 0 {
			// A message needs words beside its buttons for those who do not see them.
			parts = []part{{content: "…"}}
		}
		parts[len(parts)-1].buttons = rows
	}
	return parts
}

// contents packs blocks into messages of nothing but content.
func contents(blocks []block) []part {
	var parts []part
	for _, page := range paged(blocks, maxContent) {
		parts = append(parts, part{content: page.text})
	}
	return parts
}

// title is an answer's, as a line of its own.
func title(a bot.Answer) line {
	if a.Title == "" {
		return line{}
	}
	spans := emphasised(text(a.Title))
	if a.Pages > 1 {
		spans = append(spans, span{text: fmt.Sprintf(" (%d of %d)", a.Page, a.Pages)})
	}
	return line{spans: spans}
}

// renderAnswer is what stands under an answer's title.
func renderAnswer(a bot.Answer) []block {
	body := parse(a.Body)
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

// renderRows lays choices out as buttons: the one that leads to an escalation first and bright, then what may be asked
// next, and in one row at the end what is about the answer.
func renderRows(whole, choices, last []bot.Choice) []discordgo.MessageComponent {
	seen := make(map[string]bool)
	first, end := buttons(whole, discordgo.PrimaryButton, seen), buttons(last, discordgo.SecondaryButton, seen)
	room := maxRows
	if len(first) > 0 {
		room--
	}
	if len(end) > 0 {
		room--
	}
	var rows []discordgo.MessageComponent
	row := func(buttons []discordgo.MessageComponent) {
		if len(buttons) > 0 {
			rows = append(rows, discordgo.ActionsRow{Components: buttons[:min(len(buttons), maxInRow)]})
		}
	}
	row(first)
	middle := buttons(choices, discordgo.SecondaryButton, seen)
	middle = middle[:min(len(middle), room*maxInRow)]
	for ; len(middle) > 0; room-- {
		// Labels are whole questions, which a phone cuts where two share a row: the best have rows of their own.
		n := max(1, len(middle)/room)
		row(middle[:n])
		middle = middle[n:]
	}
	row(end)
	return rows
}

// buttons leaves out those for which Discord would refuse the whole message.
func buttons(choices []bot.Choice, style discordgo.ButtonStyle, seen map[string]bool) []discordgo.MessageComponent {
	var out []discordgo.MessageComponent
	for _, c := range choices {
		if !pressable(c) || seen[c.Token] {
			continue
		}
		seen[c.Token] = true
		out = append(out, discordgo.Button{Label: label(c.Label), Style: style, CustomID: c.Token})
	}
	return out
}

func pressable(c bot.Choice) bool { return c.Token != "" && len(c.Token) <= maxCustomID }

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
