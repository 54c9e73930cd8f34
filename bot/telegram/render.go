package telegram

// A reply becomes messages: the escalation first and whole, then everything else in the order of bot.Reply.

import (
	"fmt"
	"strings"

	"github.com/redpin/redpin/bot"
)

// A page is one message of a reply.
type page struct {
	// html is for parse_mode HTML, plain for when Telegram refuses that.
	html, plain string
	buttons     [][]button
	// pinned says that the message shows the escalation, or a part of it.
	pinned bool
}

type button struct {
	Text string `json:"text"`
	// Data comes back when it is pressed, or URL is opened.
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// render dresses a reply for Telegram. A reply with nothing to show has no pages.
func (p *press) render(r bot.Reply) []page {
	pinned := p.blocks(r.Escalation, look{})
	for i := range pinned {
		pinned[i].pinned = true
	}
	var rest []block
	rest = append(rest, p.blocks(r.Text, look{})...)
	for _, a := range r.Answers {
		rest = append(rest, p.answer(a)...)
	}
	rest = append(rest, p.blocks(r.Notice, look{})...)
	rest = append(rest, p.blocks(r.Disclaimer, look{italic: true})...)
	buttons := append(keyboard(r.Choices), feedback(r.Feedback)...)
	if len(buttons) > 0 && len(pinned)+len(rest) == 0 {
		rest = []block{{runs: []run{{text: "…"}}}} // buttons need a message to stand under
	}
	blocks := pinned
	if len(pinned) > 0 && len(rest) > 0 {
		blocks = append(blocks, block{runs: []run{{text: rule}}, heading: true})
	}
	pages := dress(append(blocks, rest...))
	if n := len(pages); n > 0 {
		pages[n-1].buttons = buttons
	}
	return pages
}

// dress makes messages of blocks, as many as their length asks for.
func dress(blocks []block) []page {
	var pages []page
	for _, s := range split(blocks, messageLimits()) {
		p := page{html: writeHTML(s.runs), plain: writePlain(s.runs), pinned: s.pinned}
		if units(p.plain) > maxUnits {
			p.plain = hush(plainText(s.runs)) // without the links' addresses it is as long as the HTML's text
		}
		pages = append(pages, p)
	}
	return pages
}

func (p *press) answer(a bot.Answer) []block {
	var blocks []block
	if title := strings.Join(strings.Fields(clean(a.Title)), " "); title != "" {
		if a.Pages > 1 {
			title += fmt.Sprintf(" (%d of %d)", a.Page, a.Pages)
		}
		blocks = append(blocks, block{runs: []run{{title, look{bold: true}}}, heading: true})
	}
	blocks = append(blocks, p.blocks(a.Body, look{})...)
	blocks = append(blocks, p.blocks(a.SourceLine(), look{})...)
	return append(blocks, p.blocks(a.Disclosure, look{italic: true})...)
}

const (
	// maxLabel is how much of a choice's label a button shows, in characters (bot.Choice.Label).
	maxLabel = 80
	// maxData is Telegram's limit on callback data, in bytes: https://core.telegram.org/bots/api#inlinekeyboardbutton
	maxData = 64
	// maxButtons is more than a phone's screen shows. Telegram's own limit is 100.
	maxButtons = 30
	// maxRow is Telegram's limit on a row's buttons.
	maxRow = 8
)

// keyboard has a row for each choice: labels are sentences, and a phone is narrow. What Telegram would refuse is
// left out, so that one bad choice does not cost the reply.
func keyboard(choices []bot.Choice) [][]button {
	var rows [][]button
	for _, c := range choices {
		if b := choiceButton(c); b.Text != "" && b.Data != "" && len(rows) < maxButtons {
			rows = append(rows, []button{b})
		}
	}
	return rows
}

// feedback is one row, below the choices: its labels are short.
func feedback(choices []bot.Choice) [][]button {
	var row []button
	for _, c := range choices {
		if b := choiceButton(c); b.Text != "" && b.Data != "" && len(row) < maxRow {
			row = append(row, b)
		}
	}
	if len(row) == 0 {
		return nil
	}
	return [][]button{row}
}

// choiceButton is a choice as a button, without data where it is longer than Telegram's limit.
func choiceButton(c bot.Choice) button {
	b := button{Text: buttonLabel(c.Label), Data: c.Token}
	if len(b.Data) > maxData {
		b.Data = ""
	}
	return b
}

func buttonLabel(label string) string {
	runes := []rune(strings.Join(strings.Fields(clean(label)), " "))
	if len(runes) > maxLabel {
		runes = append(runes[:maxLabel-1], '…')
	}
	return string(runes)
}
