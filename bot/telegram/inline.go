package telegram

// Inline mode: "@bot words" in any chat offers the best answers, for the one who types to post. It works once
// /setinline was sent to @BotFather.

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/redpin/redpin/bot"
)

const (
	// shortestQuery is the fewest characters that are looked up: every key that is pressed is a query.
	shortestQuery = 3
	// mostArticles is how many answers are offered.
	mostArticles = 5
	// inlineCache is how long Telegram may answer the same words by itself, in seconds. A reload should show soon.
	inlineCache = 10
	// maxTitle is what a phone shows of an article's title, in characters, and more.
	maxTitle = 80
)

type inlineQuery struct {
	ID    string `json:"id"`
	From  user   `json:"from"`
	Query string `json:"query"`
}

// An article is a result of inline mode: https://core.telegram.org/bots/api#inlinequeryresultarticle
type article struct {
	Type    string         `json:"type"`
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	Content articleContent `json:"input_message_content"`
}

type articleContent struct {
	Text      string          `json:"message_text"`
	ParseMode string          `json:"parse_mode"`
	Preview   json.RawMessage `json:"link_preview_options"`
}

// inline answers an inline query, also with nothing: Telegram waits for it.
func (s *session) inline(ctx context.Context, q *inlineQuery) {
	list := []article{}
	if words := strings.TrimSpace(q.Query); utf8.RuneCountInString(words) >= shortestQuery && !q.From.IsBot {
		list = s.articles(ctx, words)
	}
	results, err := json.Marshal(list)
	if err == nil {
		_, err = s.client.call(ctx, "answerInlineQuery", tgbotapi.Params{
			"inline_query_id": q.ID, "results": string(results), "cache_time": strconv.Itoa(inlineCache),
		}, callTimeout)
	}
	if err != nil && ctx.Err() == nil && !isProblem(err, queryTooOld) {
		s.log.Warn("an inline query was not answered", "error", err)
	}
}

// articles are the answers to words, or to what they may mean. An escalation stands at the top of the first.
func (s *session) articles(ctx context.Context, words string) []article {
	reply := s.think(ctx, bot.Message{Text: words, Public: true})
	list := []article{} // nil would be null, which Telegram refuses
	add := func(title string, r bot.Reply) {
		r.Choices, r.Feedback = nil, nil // a posted message has no chat in which a press could be answered
		pages := s.press.render(r)
		title = strings.Join(strings.Fields(clean(title)), " ")
		if runes := []rune(title); len(runes) > maxTitle {
			title = string(runes[:maxTitle-1]) + "…"
		}
		if len(pages) > 0 && title != "" && len(list) < mostArticles {
			list = append(list, article{
				Type: "article", ID: strconv.Itoa(len(list) + 1), Title: title,
				Content: articleContent{Text: pages[0].html, ParseMode: tgbotapi.ModeHTML, Preview: json.RawMessage(`{"is_disabled":true}`)},
			})
		}
	}
	switch {
	case reply.Escalation != "":
		add(firstLine(reply.Escalation), reply)
	case len(reply.Answers) > 0:
		add(reply.Answers[0].Title, reply)
	case reply.Outcome == bot.Suggested:
		for _, c := range reply.Choices {
			if meant := s.think(ctx, bot.Message{Choice: c.Token, Public: true}); len(meant.Answers) > 0 {
				add(meant.Answers[0].Title, meant)
			}
		}
	}
	return list
}

// firstLine is the first paragraph of Markdown as plain text.
func firstLine(source string) string {
	for _, b := range markdownBlocks(source, look{}) {
		return plainText(b.runs)
	}
	return ""
}
