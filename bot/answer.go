package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search"
)

// maxAnswers is how many questions of one message are answered: more would be a wall of text.
const maxAnswers = 3

// maxChoices is how many choices stand under an answer: Discord's limit on a row of buttons.
const maxChoices = 5

// doubtful is the confidence below which a suggestion says that there may be no answer at all. Of 231 unseen questions
// to the shipped pack, 37 of the 47 whose entry is among what is suggested are above it, and 13 of 57 that it cannot answer.
const doubtful = 0.2

// decide makes an outcome of what the search found.
func (b *Bot) decide(e *Edition, result search.Result) Reply {
	r := Reply{Confidence: result.Confidence}
	for _, h := range result.Hits {
		r.Hits = append(r.Hits, Hit{ID: h.Entry.ID, Pack: h.Pack.ID, Score: h.Score})
	}
	choices := entryChoices(result.Hits, search.SuggestAtMost)
	switch {
	case len(result.Hits) > 0 && result.Confidence >= search.AnswerAt:
		r = b.show(e, r, result.Hits[0], 1, result.Ties()...)
		r.Feedback = feedback(result.Hits[0])
		return r
	case len(choices) > 1 && result.Confidence >= search.SuggestAt: // one alone is no choice
		r.Outcome, r.Text = Suggested, textSuggest
		if result.Confidence < doubtful {
			r.Text = textDoubt
		}
		r.Choices = append(choices, topicsChoice())
	case len(result.Hits) > 0:
		r.Outcome, r.Text = Abstained, textNearest
		r.Choices = append(choices[:min(len(choices), search.SuggestAtMost-1)], topicsChoice())
	default:
		r.Outcome, r.Text = Abstained, textAbstain
		r.Choices = []Choice{topicsChoice()}
	}
	return r
}

// parts are the results of those questions of a message that have an answer, no entry twice.
func (b *Bot) parts(ctx context.Context, e *Edition, questions []string) []search.Result {
	var answered []search.Result
	seen := make(map[*knowledge.Entry]bool)
	for _, q := range questions {
		// A reload in between may close the index; the message as a whole has its answer then.
		result, err := e.index.Search(ctx, q, b.limit)
		if err != nil || len(result.Hits) == 0 || result.Confidence < search.AnswerAt || seen[result.Hits[0].Entry] {
			continue
		}
		seen[result.Hits[0].Entry] = true
		if answered = append(answered, result); len(answered) == maxAnswers {
			break
		}
	}
	return answered
}

// answerEach answers several questions of one message.
func (b *Bot) answerEach(e *Edition, results []search.Result) Reply {
	r := Reply{Confidence: 1}
	seen := make(map[Hit]bool)
	for rank := range b.limit { // the first of each, then the second of each
		for _, result := range results {
			if rank < len(result.Hits) {
				h := result.Hits[rank]
				hit := Hit{ID: h.Entry.ID, Pack: h.Pack.ID}
				if !seen[hit] && len(r.Hits) < b.limit {
					seen[hit] = true
					hit.Score = h.Score
					r.Hits = append(r.Hits, hit)
				}
			}
		}
	}
	for _, result := range results {
		r.Confidence = min(r.Confidence, result.Confidence)
		r = b.show(e, r, result.Hits[0], 1)
	}
	return r
}

// show adds an entry's page to a reply, with entries that are as likely meant (ties) and related ones as choices.
func (b *Bot) show(e *Edition, r Reply, h search.Hit, page int, ties ...search.Hit) Reply {
	all := pages(h.Entry.Body, b.pageLength)
	page = min(page, len(all))
	answer := Answer{
		Title:  h.Entry.Title,
		Token:  token{kindEntry, key(h.Pack.ID, h.Entry.ID), page}.String(),
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
	if r.Disclaimer == "" {
		r.Disclaimer = h.Pack.Disclaimer
	}
	if page < len(all) {
		r.Choices = append(r.Choices, Choice{Label: labelMore, Token: token{kindEntry, key(h.Pack.ID, h.Entry.ID), page + 1}.String()})
	}
	next := ties
	for _, id := range h.Entry.Related {
		if other, ok := e.entries[key(h.Pack.ID, id)]; ok {
			next = append(next, other)
		}
	}
	for _, c := range entryChoices(next, maxChoices) {
		if len(r.Choices) < maxChoices && !slices.Contains(r.Choices, c) {
			r.Choices = append(r.Choices, c)
		}
	}
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

// feedback asks whether an answer helped.
func feedback(h search.Hit) []Choice {
	k := key(h.Pack.ID, h.Entry.ID)
	return []Choice{{labelHelpful, token{kindHelped, k, 1}.String()}, {labelNotHelpful, token{kindFailed, k, 1}.String()}}
}

// vote counts what somebody says of an entry, once a day from each.
func (b *Bot) vote(h search.Hit, person string, helpful bool) Reply {
	entry := h.Pack.ID + "/" + h.Entry.ID
	if person == "" || b.voted.first(person, entry) {
		b.tally.vote(entry, helpful)
		b.log.Info("feedback", "entry", entry, "helpful", helpful)
	}
	text := textHelped
	if !helpful {
		text = textFailed
	}
	return Reply{Outcome: Commanded, Text: text, Private: true}
}

// choose answers a pressed choice.
func (b *Bot) choose(e *Edition, m Message) Reply {
	t, ok := parseToken(m.Choice)
	if !ok {
		return Reply{Outcome: Commanded, Text: textGoneChoice}
	}
	switch t.kind {
	case kindEntry:
		if h, ok := e.entries[t.key]; ok {
			r := b.show(e, Reply{Confidence: 1}, h, t.page)
			r.Feedback = feedback(h)
			return r
		}
	case kindFlags:
		return e.whole(t.key)
	case kindHelped, kindFailed:
		if h, ok := e.entries[t.key]; ok {
			return b.vote(h, m.Person, t.kind == kindHelped)
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
