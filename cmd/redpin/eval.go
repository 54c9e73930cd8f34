package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/redpin/redpin/search"
)

type evalCmd struct {
	Dir     string `arg:"" help:"A pack, or a folder of packs."`
	Queries string `required:"" placeholder:"FILE" help:"Judged questions: JSON Lines {\"id\",\"query\",\"relevant\":[entry ids]}, or - for standard input. An empty list says that nobody can answer it here."`
	RunFile string `name:"run" placeholder:"OUT" help:"Write what became of each question to OUT, as JSON Lines."`
	Compare string `placeholder:"OTHER" help:"Show what is different from OTHER: a pack, a folder of packs, or a file that --run wrote."`
	Plot    string `placeholder:"FILE" help:"Draw precision against the share of questions answered, over all thresholds, to FILE.svg, or to the terminal with -."`
	Misses  int    `default:"10" help:"How many of the worst misses are listed (default ${default})."`
	JSON    bool   `name:"json" help:"Write all figures as one JSON object."`
}

// Run asks all questions of the pack, and of OTHER where there is one, and shows how they did.
func (c *evalCmd) Run(ctx context.Context, t *terminal) error {
	if err := c.check(); err != nil {
		return misuse(t, err)
	}
	questions, left, err := c.questions(t)
	if err != nil {
		return err
	}
	pack, err := ask(ctx, t, c.Dir, questions, c.Queries)
	if err != nil {
		return err
	}
	report := evalReport{Pack: c.Dir, Queries: c.Queries, LeftOut: left, Entries: pack.entries,
		AnswerAt: search.AnswerAt, SuggestAt: search.SuggestAt, Figures: measure(pack.results)}
	all := worstMisses(pack.results)
	report.MissCount, report.Misses = len(all), pack.misses(all[:min(len(all), c.Misses)])
	names := names(c.Compare, c.Dir)
	curves := []curve{newCurve(names[1], search.AnswerAt, pack.results)}
	if c.Compare != "" {
		other, err := c.other(ctx, t, questions, pack)
		if err != nil {
			return err
		}
		report.Comparison = compare(c.Compare, other, pack)
		curves = append(curves, newCurve(names[0], search.AnswerAt, other.results))
	}
	if c.RunFile != "" {
		if err := writeRun(c.RunFile, pack.results); err != nil {
			return fmt.Errorf("write the run to %s: %w", c.RunFile, reason(err))
		}
	}
	if c.Plot != "" && c.Plot != "-" {
		if err := os.WriteFile(c.Plot, drawSVG(curves), 0o644); err != nil {
			return fmt.Errorf("draw the plot to %s: %w", c.Plot, reason(err))
		}
	}
	if c.JSON {
		encoder := json.NewEncoder(t.out)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(report)
	}
	_, width := look(t.out)
	var b bytes.Buffer
	report.print(&b)
	if c.Plot == "-" {
		drawText(&b, curves, width)
	}
	if report.Comparison != nil {
		report.Comparison.print(&b, names)
	} else {
		report.printMisses(&b)
	}
	_, err = t.out.Write(b.Bytes())
	return err
}

// check finds arguments that mean nothing, or would overwrite what they read.
func (c *evalCmd) check() error {
	switch {
	case c.Dir == "":
		return errors.New("eval needs a pack, as in: redpin eval ./my-pack --queries questions.jsonl")
	case c.Misses < 0:
		return errors.New("--misses must be 0 or more")
	case c.RunFile == "-":
		return errors.New("--run needs the name of a file")
	case c.Plot == "-" && c.JSON:
		return errors.New("--plot - draws where --json writes; name a file that ends in .svg")
	case c.Plot != "" && c.Plot != "-" && !strings.EqualFold(filepath.Ext(c.Plot), ".svg"):
		return fmt.Errorf("--plot draws SVG: name a file that ends in .svg instead of %s, or - for the terminal", c.Plot)
	case c.RunFile != "" && sameFile(c.RunFile, c.Queries):
		return fmt.Errorf("--run would overwrite the questions in %s; name another file", c.Queries)
	}
	return nil
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// names are two paths as short as they can be told apart.
func names(a, b string) [2]string {
	short := [2]string{a, b}
	for i, path := range short {
		if whole, err := filepath.Abs(path); err == nil { // "." has no name of its own
			short[i] = filepath.Base(whole)
		}
	}
	if short[0] == short[1] {
		return [2]string{a, b}
	}
	return short
}

// questions reads the judged questions. Lines that are none are told and left out.
func (c *evalCmd) questions(t *terminal) ([]evalQuestion, int, error) {
	in := t.in
	if c.Queries != "-" {
		f, err := os.Open(c.Queries)
		if err != nil {
			return nil, 0, fmt.Errorf("read the questions in %s: %w", c.Queries, reason(err))
		}
		defer f.Close()
		in = f
	}
	questions, left, err := readJudged(in, t.err, c.Queries, decodeQuestion)
	if err == nil && len(questions) == 0 {
		err = errors.New(`it has no question; each line should be {"id":"…","query":"…","relevant":["entry-id"]}`)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read the questions in %s: %w", c.Queries, err)
	}
	return questions, left, nil
}

// other is what pack is compared with: the same questions asked of another pack, or a run that was written before.
func (c *evalCmd) other(ctx context.Context, t *terminal, questions []evalQuestion, pack *evaluation) (*evaluation, error) {
	info, err := os.Stat(c.Compare)
	if err != nil {
		return nil, fmt.Errorf("compare with %s: %w", c.Compare, reason(err))
	}
	if info.IsDir() {
		return ask(ctx, t, c.Compare, questions, "")
	}
	other, err := readRun(t, c.Compare, pack)
	if err != nil {
		return nil, fmt.Errorf("compare with the run in %s: %w", c.Compare, err)
	}
	return other, nil
}
