package discordtest

// This file is about embeds: their limits, and how their readers see them.
// https://discord.com/developers/docs/resources/message#embed-object-embed-limits

import (
	"strings"
	"unicode/utf8"
)

// An Embed is a box under a message's content.
type Embed struct {
	Title, Description, Footer string
}

// embed is one as it is sent.
type embed struct {
	Type        string  `json:"type,omitempty"`
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	Color       int     `json:"color,omitempty"`
	Footer      *footer `json:"footer,omitempty"`
}

type footer struct {
	Text string `json:"text"`
}

// checkEmbeds refuses what Discord refuses. Its OpenAPI document has each limit but that on the sum.
func checkEmbeds(embeds []embed) *refusal {
	sum := 0
	for _, e := range embeds {
		title, description, foot := len16(e.Title), len16(e.Description), 0
		if e.Footer != nil {
			foot = len16(e.Footer.Text)
		}
		if title > 256 || description > 4096 || foot > 2048 || title+description+foot == 0 {
			return refuse(400, 50035, "Invalid Form Body: an embed")
		}
		sum += title + description + foot
	}
	if sum > 6000 || len(embeds) > 10 {
		return refuse(400, 50035, "Invalid Form Body: embeds have more than 6000 characters in all, or are more than 10")
	}
	return nil
}

// len16 counts characters as the strictest count there is does.
func len16(s string) int {
	n := utf8.RuneCountInString(s)
	for _, c := range s {
		if c > 0xFFFF {
			n++
		}
	}
	return n
}

// Seen is the message as its reader sees it, from top to bottom, without markup.
func (m Message) Seen() string {
	parts := []string{Visible(m.Content)}
	const suppressed = 1 << 2
	if m.Flags&suppressed == 0 {
		for _, e := range m.Embeds {
			// A footer has no markup.
			parts = append(parts, Visible(e.Title), Visible(e.Description), e.Footer)
		}
	}
	var seen []string
	for _, p := range parts {
		if p != "" {
			seen = append(seen, p)
		}
	}
	return strings.ReplaceAll(strings.Join(seen, "\n"), "\u200b", "")
}
