package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/knowledge"
)

const (
	// maxRivals is how many pairs of competing entries are printed: those that take most from each other.
	maxRivals = 10
	// maxWordings is how many wordings are asked at most: some seconds' worth.
	maxWordings = 20_000
)

// A rivalry is an entry whose own wordings find another entry first.
type rivalry struct {
	entry   *knowledge.Entry
	rival   string
	lost    int
	example string
}

// printRivals asks every wording of a pack and prints which entries compete for the same questions.
func printRivals(ctx context.Context, out io.Writer, handle bot.Handler, p *knowledge.Pack) {
	found := make(map[[2]string]*rivalry)
	asked := 0
	for _, e := range p.Entries {
		for _, q := range e.Questions {
			if asked++; asked > maxWordings || ctx.Err() != nil {
				break
			}
			r := handle(ctx, bot.Message{Text: q})
			if len(r.Hits) == 0 || r.Hits[0].Pack != p.ID || r.Hits[0].ID == e.ID {
				continue
			}
			k := [2]string{e.ID, r.Hits[0].ID}
			if found[k] == nil {
				found[k] = &rivalry{entry: e, rival: r.Hits[0].ID, example: q}
			}
			found[k].lost++
		}
	}
	rivals := make([]*rivalry, 0, len(found))
	for _, r := range found {
		rivals = append(rivals, r)
	}
	slices.SortFunc(rivals, func(a, b *rivalry) int {
		return cmp.Or(cmp.Compare(b.lost, a.lost), cmp.Compare(a.entry.ID, b.entry.ID), cmp.Compare(a.rival, b.rival))
	})
	for _, r := range rivals[:min(len(rivals), maxRivals)] {
		finds := "find"
		if r.lost == 1 {
			finds = "finds"
		}
		fmt.Fprintf(out, "  %s:%d: %s of %q %s %q first, such as %q; give each entry its own wordings, or merge the two\n",
			r.entry.File, r.entry.Line, count(r.lost, "wording", "wordings"), r.entry.ID, finds, r.rival, r.example)
	}
	if more := len(rivals) - maxRivals; more > 0 {
		fmt.Fprintf(out, "  and %s that compete\n", count(more, "pair more", "pairs more"))
	}
}
