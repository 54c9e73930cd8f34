package bot

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/redpin/redpin/knowledge"
)

// ErrReloading is returned by Reload while another reload runs.
var ErrReloading = errors.New("a reload is already running")

// A Change is what a reload changes, or a dry run would.
type Change struct {
	// RedFlags are those that say something else or are found in another way: by other signs, or other words of their concepts.
	Entries, RedFlags Difference
	// Settings are packs, by what pack.yaml says of them (such as synonyms), and Learned by what "redpin learn" made of their
	// examples, which may decide about all their red flags.
	Settings, Learned Difference
	// Took is the time for loading, checking and indexing.
	Took time.Duration
	// Warnings are the new edition's.
	Warnings knowledge.Problems
}

// A Difference names what was added, changed and removed, by id.
type Difference struct {
	Added, Changed, Removed []string
}

// Reload loads the knowledge again and serves it from then on. The slow work comes first: only when it was
// faultless is the edition in use replaced. On an error (a knowledge.Problems where an author can mend it), or
// with dryRun, nothing changes. While one reload runs, another returns ErrReloading at once.
func (b *Bot) Reload(ctx context.Context, dryRun bool) (Change, error) {
	if !b.reloading.TryLock() {
		return Change{}, ErrReloading
	}
	defer b.reloading.Unlock()
	start := time.Now()
	next, err := openEdition(ctx, b.load)
	if err != nil {
		return Change{}, err
	}
	old, base := b.edition.Load(), next.Base
	c := Change{
		Entries:  difference(entriesOf(old.Base), entriesOf(base)),
		RedFlags: difference(flagsOf(old.Base), flagsOf(base)),
		Settings: difference(settingsOf(old.Base), settingsOf(base)),
		Learned:  difference(learnedOf(old.Base), learnedOf(base)),
		Took:     time.Since(start),
		Warnings: base.Warnings,
	}
	if dryRun {
		return c, next.Close()
	}
	b.edition.Store(next)
	b.log.Info("knowledge reloaded", "packs", len(base.Packs), "entries", base.Entries(), "flags", base.RedFlags(), "took", c.Took)
	if err := old.Close(); err != nil {
		b.log.Warn("closing the old index failed", "error", err)
	}
	return c, nil
}

// An item is an entry, a red flag or a pack's settings without places, so that moving text is no change.
type item struct {
	id    string
	value any
}

func entriesOf(base *knowledge.Base) []item {
	var out []item
	for _, p := range base.Packs {
		for _, e := range p.Entries {
			value := *e
			value.Place = knowledge.Place{}
			out = append(out, item{p.ID + "/" + e.ID, value})
		}
	}
	return out
}

func flagsOf(base *knowledge.Base) []item {
	var out []item
	for _, p := range base.Packs {
		for _, f := range p.RedFlags {
			value := *f
			value.Place = knowledge.Place{}
			value.Signs = nil
			for _, s := range f.Signs {
				value.Signs = append(value.Signs, knowledge.Sign{Pattern: s.Pattern})
			}
			wordings := make(map[string][]string)
			for _, s := range f.Signs {
				addWordings(wordings, p, s.Pattern)
			}
			out = append(out, item{p.ID + "/" + f.ID, []any{value, wordings}})
		}
	}
	return out
}

// addWordings adds the concepts that a pattern names with <>, and those that they name in turn.
func addWordings(wordings map[string][]string, p *knowledge.Pack, pattern string) {
	for _, c := range p.Concepts {
		if _, there := wordings[c.Name]; there || !strings.Contains(pattern, "<"+c.Name+">") {
			continue
		}
		wordings[c.Name] = make([]string, len(c.Phrases))
		for i, ph := range c.Phrases {
			wordings[c.Name][i] = ph.Text
			addWordings(wordings, p, ph.Text)
		}
	}
}

func settingsOf(base *knowledge.Base) []item {
	var out []item
	for _, p := range base.Packs {
		value := *p
		value.Entries, value.RedFlags, value.Concepts, value.Examples = nil, nil, nil, nil
		value.Learned, value.LearnedFile, value.Tests = nil, "", knowledge.Tests{}
		out = append(out, item{p.ID, value})
	}
	return out
}

func learnedOf(base *knowledge.Base) []item {
	var out []item
	for _, p := range base.Packs {
		if len(p.Learned) > 0 {
			out = append(out, item{p.ID, string(p.Learned)})
		}
	}
	return out
}

func difference(before, after []item) Difference {
	var d Difference
	old := make(map[string]any, len(before))
	for _, i := range before {
		old[i.id] = i.value
	}
	for _, i := range after {
		was, ok := old[i.id]
		switch {
		case !ok:
			d.Added = append(d.Added, i.id)
		case !reflect.DeepEqual(was, i.value):
			d.Changed = append(d.Changed, i.id)
		}
		delete(old, i.id)
	}
	for _, i := range before {
		if _, ok := old[i.id]; ok {
			d.Removed = append(d.Removed, i.id)
		}
	}
	return d
}

// maxListed is how many ids or problems a reload's report names before it only counts: a screen of a phone.
const maxListed = 15

// reload answers the command.
func (b *Bot) reload(ctx context.Context, m Message) Reply {
	if !m.Moderator {
		return Reply{Outcome: Commanded, Text: textNotAllowed, Private: true}
	}
	dryRun := strings.HasPrefix(strings.ToLower(m.Text), "dry")
	if m.Text != "" && !dryRun {
		return Reply{Outcome: Commanded, Text: textReloadMode, Private: true}
	}
	c, err := b.Reload(ctx, dryRun)
	return Reply{Outcome: Commanded, Text: b.report(c, err, dryRun), Private: true}
}

// report tells a moderator how a reload went.
func (b *Bot) report(c Change, err error, dryRun bool) string {
	var problems knowledge.Problems
	switch {
	case errors.Is(err, ErrReloading):
		return textReloading
	case errors.As(err, &problems):
		return fmt.Sprintf("Nothing has changed: the knowledge has %s.\n\n%s", count(len(problems), "problem"), listProblems(problems))
	case err != nil:
		b.log.Error("reload failed", "error", err)
		return textReloadFail
	}
	var s strings.Builder
	if dryRun {
		fmt.Fprintf(&s, "Dry run: the knowledge is in order (checked in %s). A reload would change this:\n", round(c.Took))
	} else {
		fmt.Fprintf(&s, "Reloaded in %s.\n", round(c.Took))
	}
	describe(&s, "Entries", c.Entries)
	describe(&s, "Red flags", c.RedFlags)
	if !c.Settings.none() { // most reloads are of texts alone
		describe(&s, "Settings of packs (pack.yaml)", c.Settings)
	}
	if !c.Learned.none() {
		describe(&s, "Learned from examples, which may decide about any red flag of the pack", c.Learned)
	}
	if len(c.Warnings) > 0 {
		fmt.Fprintf(&s, "\n\nWith %s:\n\n%s", count(len(c.Warnings), "warning"), listProblems(c.Warnings))
	}
	return s.String()
}

func (d Difference) none() bool { return len(d.Added)+len(d.Changed)+len(d.Removed) == 0 }

func describe(s *strings.Builder, what string, d Difference) {
	if d.none() {
		fmt.Fprintf(s, "\n- %s: no change", what)
		return
	}
	fmt.Fprintf(s, "\n- %s: %d added, %d changed, %d removed", what, len(d.Added), len(d.Changed), len(d.Removed))
	for _, part := range []struct {
		name string
		ids  []string
	}{{"added", d.Added}, {"changed", d.Changed}, {"removed", d.Removed}} {
		if len(part.ids) == 0 {
			continue
		}
		ids := part.ids
		rest := ""
		if len(ids) > maxListed {
			ids, rest = ids[:maxListed], fmt.Sprintf(" and %d more", len(part.ids)-maxListed)
		}
		fmt.Fprintf(s, "\n  - %s: %s%s", part.name, escape(strings.Join(ids, ", ")), rest)
	}
}

func listProblems(problems knowledge.Problems) string {
	var s strings.Builder
	for i, p := range problems {
		if i == maxListed {
			fmt.Fprintf(&s, "- and %d more; `redpin check` lists them all\n", len(problems)-i)
			break
		}
		fmt.Fprintf(&s, "- %s\n", escape(p.String()))
	}
	return s.String()
}

// round shows a duration as people say it.
func round(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}

// count is "1 problem" or "2 problems".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
