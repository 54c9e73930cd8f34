package bot

import (
	"context"
	"strings"

	"github.com/redpin/redpin/search"
)

// Complete returns the titles of at most limit entries that fit a question which is still being typed, the best
// first and none twice; asked as a question, a title finds its entry. With nothing typed it gives the first
// entries in their authors' order. A search that fails gives none: the person can still type on.
func (b *Bot) Complete(ctx context.Context, typed string, limit int) []string {
	_, hits, err := inUse(b, b.edition.Load(), func(e *Edition) ([]search.Hit, error) { return e.index.Complete(ctx, typed, limit) })
	if err != nil {
		b.log.Error("completing failed", "error", err)
		return nil
	}
	var titles []string
	seen := make(map[string]bool)
	for _, h := range hits {
		if title := h.Entry.Title; !seen[strings.ToLower(title)] {
			seen[strings.ToLower(title)] = true
			titles = append(titles, title)
		}
	}
	return titles
}
