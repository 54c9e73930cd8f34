package bot

import (
	"fmt"

	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search"
)

// topicsAPage is how many choices a page of topics or entries shows: few enough to read on a phone.
const topicsAPage = 10

// A topic is a heading of a pack and the entries under it.
type topic struct {
	key   string
	title string
	hits  []search.Hit
}

// topicsOf groups the entries of base by their topics, in the authors' order.
func topicsOf(base *knowledge.Base) ([]topic, map[string]int) {
	var topics []topic
	at := make(map[string]int)
	for _, p := range base.Packs {
		for _, entry := range p.Entries {
			title := entry.Topic
			if title == "" {
				title = p.Title
			}
			k := key(p.ID, title)
			i, ok := at[k]
			if !ok {
				i = len(topics)
				at[k] = i
				topics = append(topics, topic{key: k, title: title})
			}
			topics[i].hits = append(topics[i].hits, search.Hit{Pack: p, Entry: entry})
		}
	}
	return topics, at
}

// topicsChoice leads from any dead end to the list of topics.
func topicsChoice() Choice {
	return Choice{Label: labelTopics, Token: token{kindTopics, "", 1}.String()}
}

// listTopics is a page of all topics. A base with one topic shows its entries at once.
func (e *Edition) listTopics(page int) Reply {
	switch len(e.topics) {
	case 0:
		return Reply{Outcome: Commanded, Text: textNoTopics}
	case 1:
		return e.listEntries(0, page)
	}
	var choices []Choice
	for _, t := range e.topics {
		choices = append(choices, Choice{Label: label(t.title), Token: token{kindTopics, t.key, 1}.String()})
	}
	return Reply{Outcome: Commanded, Text: textTopics, Choices: pageOf(choices, page, "")}
}

// listEntries is a page of the entries of one topic.
func (e *Edition) listEntries(topic, page int) Reply {
	t := e.topics[topic]
	choices := entryChoices(t.hits, len(t.hits))
	return Reply{Outcome: Commanded, Text: fmt.Sprintf(textTopic, escape(t.title)), Choices: pageOf(choices, page, t.key)}
}

// pageOf cuts a page out of choices and adds "More" where there are more. A page that does not exist is the last.
func pageOf(choices []Choice, page int, key string) []Choice {
	last := max((len(choices)+topicsAPage-1)/topicsAPage, 1)
	page = min(page, last)
	from := (page - 1) * topicsAPage
	to := min(from+topicsAPage, len(choices))
	out := append([]Choice(nil), choices[from:to]...)
	if page < last {
		out = append(out, Choice{Label: labelMore, Token: token{kindTopics, key, page + 1}.String()})
	}
	return out
}
