package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search"
)

// An Edition is knowledge ready to serve: packs, their index and their red flags, loaded together. It does not
// change; a reload makes a new one.
type Edition struct {
	Base *knowledge.Base
	// Since is when the edition was loaded.
	Since time.Time

	index   *search.Index
	matcher *triage.Matcher
	packOf  map[*knowledge.RedFlag]*knowledge.Pack
	entries map[string]search.Hit // by the key of a choice
	topics  []topic
	topicAt map[string]int // into topics, by the key of a choice
}

// NewEdition checks the signs of base's red flags and indexes its entries. Its error is a knowledge.Problems where an author
// can mend it.
func NewEdition(ctx context.Context, base *knowledge.Base) (*Edition, error) {
	e := &Edition{
		Base:    base,
		Since:   time.Now(),
		packOf:  make(map[*knowledge.RedFlag]*knowledge.Pack),
		entries: make(map[string]search.Hit, base.Entries()),
	}
	// Signs compile while the index is built: half the wait of whoever starts the program.
	var compiling errgroup.Group
	compiling.Go(func() (err error) {
		e.matcher, err = triage.New(base.Packs)
		return err
	})
	var err error
	e.index, err = search.New(ctx, base.Packs)
	if problems := compiling.Wait(); problems != nil {
		if err == nil {
			err = e.index.Close()
		}
		return nil, errors.Join(problems, err)
	}
	if err != nil {
		return nil, fmt.Errorf("index the packs: %w", err)
	}
	for _, p := range base.Packs {
		for _, f := range p.RedFlags {
			e.packOf[f] = p
		}
		for _, entry := range p.Entries {
			e.entries[key(p.ID, entry.ID)] = search.Hit{Pack: p, Entry: entry}
		}
	}
	e.topics, e.topicAt = topicsOf(base)
	return e, nil
}

// Explain tells which signs of red flags text holds and what is decided about each.
func (e *Edition) Explain(text string) triage.Explanation { return e.matcher.Explain(text) }

// Warnings are what authors should look at but what does not keep the edition from being served. It takes some tenths
// of a second: signs are tried out, also on the packs' own tests.
func (e *Edition) Warnings() knowledge.Problems {
	out := append(slices.Clone(e.Base.Warnings), e.matcher.Warnings()...)
	for _, p := range e.Base.Packs {
		out = append(out, e.matcher.Alarms(p.Tests.Flags)...)
	}
	return out
}

// Close frees the index once the searches under way are done.
func (e *Edition) Close() error { return e.index.Close() }

// search looks in e, or in what has replaced it.
func (b *Bot) search(ctx context.Context, e *Edition, question string) (*Edition, search.Result, error) {
	return inUse(b, e, func(e *Edition) (search.Result, error) { return e.index.Search(ctx, question, b.limit) })
}

// inUse asks e. Where a reload closes its index under the search's hands, it asks the edition that is in use then, and
// returns that.
func inUse[T any](b *Bot, e *Edition, ask func(*Edition) (T, error)) (*Edition, T, error) {
	for {
		found, err := ask(e)
		next := b.edition.Load()
		if !errors.Is(err, search.ErrClosed) || next == e { // closed for good: the program is ending
			return e, found, err
		}
		e = next
	}
}
