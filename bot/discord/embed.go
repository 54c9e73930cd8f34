package discord

// This file puts answers into embeds, the boxes under a message's content.
// https://discord.com/developers/docs/resources/message#embed-object-embed-limits

import (
	"slices"
	"strings"

	"github.com/redpin/redpin/bot"
)

// Discord's limits on embeds, in characters.
const (
	maxTitle       = 256
	maxDescription = 4096
	maxFooter      = 2048
	maxSum         = 6000 // over all embeds of a message
	maxEmbeds      = 10
)

// noticeColor is of the stripe beside what should be seen by somebody soon.
const noticeColor = 0xF0B232

// An embed holds one answer, or a part of one that is too long.
type embed struct {
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	Color       int     `json:"color,omitempty"`
	Footer      *footer `json:"footer,omitempty"`

	// said is the same for where embeds are not permitted.
	said []block
}

// A footer has no markup.
type footer struct {
	Text string `json:"text"`
}

func (e embed) length() int {
	n := length(e.Title) + length(e.Description)
	if e.Footer != nil {
		n += length(e.Footer.Text)
	}
	return n
}

// renderEmbeds gives each answer an embed, and so the notice below them. The last has the disclaimer.
func renderEmbeds(reply bot.Reply) []embed {
	var out []embed
	for _, a := range reply.Answers {
		out = append(out, embedsOf(title(a), renderAnswer(a))...)
	}
	for _, e := range embedsOf(line{}, parse(reply.Notice)) {
		e.Color = noticeColor
		out = append(out, e)
	}
	disclaimer := parse(reply.Disclaimer)
	text := footerOf(disclaimer)
	dim := small(disclaimer)
	if n := len(out); n > 0 && text != "" && length(text) <= maxFooter && out[n-1].length()+length(text) <= maxSum {
		out[n-1].Footer = &footer{text}
		out[n-1].said = append(out[n-1].said, dim...)
		return out
	}
	return append(out, embedsOf(line{}, dim)...)
}

// embedsOf fills embeds with blocks, the first under the title.
func embedsOf(title line, body []block) []embed {
	name := ""
	var top embed
	if visible([]line{title}) {
		plain := slices.Clone(title.spans)
		for i := range plain {
			plain[i].style &^= bold // Discord shows it so by itself
		}
		if name = write(plain); length(name) <= maxTitle {
			top.Title = name
		} else {
			body, name = under(title, body), ""
		}
	}
	var out []embed
	for _, page := range paged(body, maxDescription) {
		out = append(out, embed{Description: page.text, said: page.blocks})
	}
	if name == "" {
		return out
	}
	if len(out) == 0 {
		out = []embed{top}
	}
	out[0].Title, out[0].said = name, under(title, out[0].said)
	return out
}

// footerOf is what a footer can hold of blocks, which have no markup there: all of it, or nothing.
func footerOf(blocks []block) string {
	var lines []string
	for _, b := range blocks {
		for _, l := range b.lines {
			if b.fenced || slices.ContainsFunc(l.spans, func(s span) bool { return s.url != "" }) {
				return ""
			}
			lines = append(lines, l.prefix+plainLine(l))
		}
	}
	return disarmed(strings.TrimSpace(strings.Join(lines, "\n")))
}

// grouped spreads embeds over messages.
func grouped(embeds []embed) [][]embed {
	var out [][]embed
	sum := 0 // of the last group
	for _, e := range embeds {
		n := e.length()
		if len(out) == 0 || sum+n > maxSum || len(out[len(out)-1]) == maxEmbeds {
			out, sum = append(out, nil), 0
		}
		out[len(out)-1] = append(out[len(out)-1], e)
		sum += n
	}
	return out
}

// plain is the part without embeds: in several messages where one does not hold it.
func (p part) plain() []part {
	var said []block
	for _, e := range p.embeds {
		said = append(said, e.said...)
	}
	parts := contents(said)
	switch {
	case p.content == "":
	case len(parts) > 0 && length(p.content)+len(between)+length(parts[0].content) <= maxContent:
		parts[0].content = p.content + between + parts[0].content
	default:
		parts = append([]part{{content: p.content}}, parts...)
	}
	if len(parts) > 0 {
		parts[len(parts)-1].buttons = p.buttons
	}
	return parts
}

// plainly is parts without embeds.
func plainly(parts []part) []part {
	var out []part
	for _, p := range parts {
		if len(p.embeds) > 0 {
			out = append(out, p.plain()...)
		} else {
			out = append(out, p)
		}
	}
	return out
}
