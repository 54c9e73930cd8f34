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

// openEdition loads knowledge and makes an edition of it. Where the knowledge has problems, those of its signs are told as
// well: authors mend all of them in one round.
func openEdition(ctx context.Context, load func() (*knowledge.Base, error)) (*Edition, error) {
	base, err := load()
	if err == nil {
		return NewEdition(ctx, base)
	}
	var problems, signs knowledge.Problems
	if base == nil || !errors.As(err, &problems) {
		return nil, err
	}
	if _, err := triage.New(base.Packs); errors.As(err, &signs) {
		problems = append(problems, signs...).Sorted()
	}
	return nil, problems
}

// Explain tells which signs of red flags text holds and what is decided about each.
func (e *Edition) Explain(text string) triage.Explanation { return e.matcher.Explain(text) }

// Warnings are what authors should look at but what does not keep the edition from being served. It takes some tenths
// of a second: signs are tried out, also on the packs' own tests.
func (e *Edition) Warnings() knowledge.Problems { return warnings(e.Base, e.matcher) }

// Warnings are those of knowledge that has problems, and so makes no edition: the ones that hold whatever is wrong.
func Warnings(base *knowledge.Base) knowledge.Problems {
	m, _ := triage.New(base.Packs) // the problems have been told
	return warnings(base, m)
}

func warnings(base *knowledge.Base, m *triage.Matcher) knowledge.Problems {
	out := append(slices.Clone(base.Warnings), m.Warnings()...)
	for _, p := range base.Packs {
		out = append(out, m.Alarms(p.Tests.Flags)...)
	}
	return out.Sorted()
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
