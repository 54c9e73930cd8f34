package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
)

type learnCmd struct {
	Dir string `arg:"" help:"A pack, or a folder of packs, with messages in examples/."`
}

// Run learns red flags from the examples of each pack that has some, and writes what it learned into the pack.
func (c *learnCmd) Run(t *terminal) error {
	base, err := knowledge.LoadWithExamples(c.Dir)
	if err != nil {
		return refuse(t, err)
	}
	found, few := false, false
	for _, p := range base.Packs {
		if len(p.Examples) == 0 {
			continue
		}
		found = true
		fmt.Fprintf(t.err, "learning from %s of %s; a thousand take some five seconds …\n", count(len(p.Examples), "example", "examples"), p.ID)
		text, learned, err := triage.Learn(p)
		if errors.Is(err, triage.ErrFewExamples) { // the others may have enough
			fmt.Fprintf(t.err, "redpin: %s has too few examples: write forty messages or more that raise a flag, and as many that are calm\n", p.ID)
			few = true
			continue
		}
		if err != nil {
			return err
		}
		dir := c.Dir
		if _, err := os.Stat(filepath.Join(dir, "pack.yaml")); err != nil {
			dir = filepath.Join(dir, p.ID)
		}
		name := filepath.Join(dir, filepath.FromSlash(knowledge.LearnedFile))
		if err := replaceFile(name, text); err != nil {
			return fmt.Errorf("write what was learned to %s: %w", name, reason(err))
		}
		fmt.Fprintf(t.out, "%s: learned %s from %s; wrote %s\n", p.ID, strings.Join(learned, ", "), count(len(p.Examples), "example", "examples"), name)
	}
	if !found {
		fmt.Fprintln(t.err, "redpin: no pack there has examples: write messages into examples/*.yaml, in the form of tests")
	}
	if few || !found {
		return exit(exitNo)
	}
	return nil
}

// replaceFile writes a file whole or not at all: half of what was learned would load, and nobody would know.
func replaceFile(name string, text []byte) error {
	draft, err := os.CreateTemp(filepath.Dir(name), ".redpin-learn-")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // once it is renamed, there is nothing to remove
	_, err = draft.Write(text)
	if err := errors.Join(err, draft.Chmod(0o644), draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), name)
}
