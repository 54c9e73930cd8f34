package bot

import (
	"strings"

	"github.com/redpin/redpin/search"
)

// maxRelated is how many related entries stand under an answer.
const maxRelated = 4

// decide makes an outcome of what the search found.
func (b *Bot) decide(e *Edition, result search.Result) Reply {
	r := Reply{Confidence: result.Confidence}
	for _, h := range result.Hits {
		r.Hits = append(r.Hits, Hit{ID: h.Entry.ID, Pack: h.Pack.ID, Score: h.Score})
	}
	switch {
	case len(result.Hits) > 0 && result.Confidence >= search.AnswerAt:
		return b.show(e, r, result.Hits[0], 1)
	case len(result.Hits) > 0 && result.Confidence >= search.SuggestAt:
		r.Outcome, r.Text = Suggested, textSuggest
		r.Choices = append(entryChoices(result.Hits, search.SuggestAtMost), topicsChoice())
	case len(result.Hits) > 0:
		r.Outcome, r.Text = Abstained, textNearest
		r.Choices = append(entryChoices(result.Hits, search.SuggestAtMost-1), topicsChoice())
	default:
		r.Outcome, r.Text = Abstained, textAbstain
		r.Choices = []Choice{topicsChoice()}
	}
	return r
}

// show puts an entry's page into a reply, with its related entries as choices.
func (b *Bot) show(e *Edition, r Reply, h search.Hit, page int) Reply {
	all := pages(h.Entry.Body, b.pageLength)
	page = min(page, len(all))
	answer := Answer{
		Title:  h.Entry.Title,
		Body:   all[page-1],
		Page:   page,
		Pages:  len(all),
		Source: h.Entry.Source,
	}
	if h.Entry.Discloses {
		answer.Disclosure = h.Pack.Disclosure
	}
	r.Outcome = Answered
	r.Answers = append(r.Answers, answer)
	r.Disclaimer = h.Pack.Disclaimer
	if page < len(all) {
		r.Choices = append(r.Choices, Choice{Label: labelMore, Token: token{kindEntry, key(h.Pack.ID, h.Entry.ID), page + 1}.String()})
	}
	var related []search.Hit
	for _, id := range h.Entry.Related {
		if other, ok := e.entries[key(h.Pack.ID, id)]; ok {
			related = append(related, other)
		}
	}
	r.Choices = append(r.Choices, entryChoices(related, maxRelated)...)
	return r
}

// entryChoices offers entries by title, at most n, and no two that read the same.
func entryChoices(hits []search.Hit, n int) []Choice {
	var out []Choice
	seen := make(map[string]bool)
	for _, h := range hits {
		l := label(h.Entry.Title)
		if seen[strings.ToLower(l)] || len(out) == n {
			continue
		}
		seen[strings.ToLower(l)] = true
		out = append(out, Choice{Label: l, Token: token{kindEntry, key(h.Pack.ID, h.Entry.ID), 1}.String()})
	}
	return out
}

// choose answers a pressed choice.
func (b *Bot) choose(e *Edition, pressed string) Reply {
	t, ok := parseToken(pressed)
	if !ok {
		return Reply{Outcome: Commanded, Text: textGoneChoice}
	}
	switch t.kind {
	case kindEntry:
		if h, ok := e.entries[t.key]; ok {
			return b.show(e, Reply{Confidence: 1}, h, t.page)
		}
	case kindTopics:
		if t.key == "" {
			return e.listTopics(t.page)
		}
		if i, ok := e.topicAt[t.key]; ok {
			return e.listEntries(i, t.page)
		}
	}
	return Reply{Outcome: Commanded, Text: textGoneChoice, Choices: []Choice{topicsChoice()}}
}
