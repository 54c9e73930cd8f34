package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search"
)

// evalHits is how many ranked entries are looked at: as many as MRR@10 needs.
const evalHits = 10

// An evaluation is what became of all questions.
type evaluation struct {
	results []evalResult
	entries int
	titles  map[string]string // of entries, by name
}

// An evalResult is what became of a question.
type evalResult struct {
	evalQuestion
	ranked     []string // names of entries, the best first
	ties       int      // how many of them are offered beside the answer
	confidence float64
	outcome    bot.Outcome
}

// ask puts the questions to the packs in dir, as people would. Relevant ids that no entry has are told to t.err,
// as lines of file, unless that is empty.
func ask(ctx context.Context, t *terminal, dir string, questions []evalQuestion, file string) (*evaluation, error) {
	k := knowledgeFlags{Knowledge: dir}
	b, err := k.open(ctx, bot.Options{Log: slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: slog.LevelError})), Limit: evalHits})
	if err != nil {
		return nil, refuse(t, err)
	}
	defer b.Close()
	base := b.Edition().Base
	names := nameEntries(base)
	e := &evaluation{entries: base.Entries(), titles: names.titles, results: make([]evalResult, len(questions))}
	unknown := 0
	for i, q := range questions {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r := evalResult{evalQuestion: q}
		r.relevant = nil
		for _, id := range q.relevant {
			found := names.of[id]
			if len(found) == 0 {
				found = []string{id} // such a question stays answerable: it is a miss that an author must mend
				if unknown++; file != "" && unknown <= maxWarnings {
					fmt.Fprintf(t.err, "%s:%d: no entry has the id %q; mend the id, or write the entry\n", file, q.line, id)
				}
			}
			r.relevant = append(r.relevant, found...)
		}
		reply := b.Handle(ctx, parse(q.text))
		r.outcome, r.confidence = reply.Outcome, reply.Confidence
		found := search.Result{Confidence: reply.Confidence}
		for _, h := range reply.Hits {
			r.ranked = append(r.ranked, names.name(h.Pack, h.ID))
			found.Hits = append(found.Hits, search.Hit{Score: h.Score})
		}
		r.ties = len(found.Ties())
		e.results[i] = r
	}
	return e, nil
}

// entryNames tell the entries of several packs apart. The name of an entry is its id, or pack/id where another pack
// has the id, too.
type entryNames struct {
	titles map[string]string
	of     map[string][]string // the names of the entries that an id or pack/id means
}

func nameEntries(base *knowledge.Base) entryNames {
	n := entryNames{make(map[string]string), make(map[string][]string)}
	packs := make(map[string]int) // how many have the id
	for _, p := range base.Packs {
		for _, e := range p.Entries {
			packs[e.ID]++
		}
	}
	for _, p := range base.Packs {
		for _, e := range p.Entries {
			name, long := e.ID, p.ID+"/"+e.ID
			if packs[e.ID] > 1 {
				name = long
			}
			n.titles[name] = e.Title
			n.of[e.ID] = append(n.of[e.ID], name)
			n.of[long] = append(n.of[long], name)
		}
	}
	return n
}

func (n *entryNames) name(pack, id string) string {
	if len(n.of[id]) > 1 {
		return pack + "/" + id
	}
	return id
}

// rank is the place of the first right entry, from 1, or 0.
func (r *evalResult) rank() int {
	return 1 + slices.IndexFunc(r.ranked, func(name string) bool { return slices.Contains(r.relevant, name) })
}

// first is the name of the best entry, or empty.
func (r *evalResult) first() string {
	if len(r.ranked) == 0 {
		return ""
	}
	return r.ranked[0]
}

// judged is the result as package search judges it.
func (r *evalResult) judged() search.Judged {
	j := search.Judged{Relevant: r.relevant, Ranked: r.ranked, Confidence: r.confidence, Ties: r.ties, Decided: search.Decline}
	switch r.outcome {
	case bot.Answered:
		j.Decided = search.Answer
	case bot.Suggested:
		j.Decided = search.Suggest
	}
	return j
}

// A standing says what a result was worth to its asker; the greater, the better.
type standing int

const (
	gotWrong   standing = iota // answered with a wrong entry, or although nobody can answer it here
	gotNothing                 // shown no right entry
	gotChoice                  // offered a right entry among the suggestions
	gotRight                   // answered with a right entry, or rightly not answered
)

func (r *evalResult) standing() standing {
	rank := r.rank()
	switch {
	case len(r.relevant) == 0 && r.outcome != bot.Answered, r.outcome == bot.Answered && rank == 1:
		return gotRight
	case r.outcome == bot.Answered:
		return gotWrong
	case r.outcome == bot.Suggested && rank > 0 && rank <= search.SuggestAtMost:
		return gotChoice
	}
	return gotNothing
}
