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
		return (&knowledgeFlags{}).refuse(t, err)
	}
	any := false
	for _, p := range base.Packs {
		if len(p.Examples) == 0 {
			continue
		}
		any = true
		text, learned, err := triage.Learn(p)
		if errors.Is(err, triage.ErrFewExamples) {
			fmt.Fprintf(t.err, "redpin: %s has too few examples: write forty messages or more that raise a flag, and as many that are calm\n", p.ID)
			return exit(exitNo)
		}
		if err != nil {
			return err
		}
		dir := c.Dir
		if _, err := os.Stat(filepath.Join(dir, "pack.yaml")); err != nil {
			dir = filepath.Join(dir, p.ID)
		}
		name := filepath.Join(dir, filepath.FromSlash(knowledge.LearnedFile))
		if err := os.WriteFile(name, text, 0o644); err != nil {
			return fmt.Errorf("write what was learned to %s: %w", name, reason(err))
		}
		fmt.Fprintf(t.out, "%s: learned %s from %s; wrote %s\n", p.ID, strings.Join(learned, ", "), count(len(p.Examples), "example", "examples"), name)
	}
	if !any {
		fmt.Fprintln(t.err, "redpin: no pack there has examples: write messages into examples/*.yaml, in the form of tests")
		return exit(exitNo)
	}
	return nil
}
