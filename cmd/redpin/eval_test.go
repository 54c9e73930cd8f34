package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/redpin/redpin/bot"
)

// The evaluations of the goldens are written by hand, so that these hold however search ranks and
// decides.
func evaluations() (old, now *evaluation) {
	row := func(id, text string, relevant []string, outcome bot.Outcome, confidence float64, ranked ...string) evalResult {
		return evalResult{evalQuestion{id: evalID(`"` + id + `"`), text: text, relevant: relevant}, ranked, 0, confidence, outcome}
	}
	titles := map[string]string{"fee": "What does membership cost?", "meet": "When do we meet?", "mow": "How often is the lawn mown, and who does it in the long weeks of summer?"}
	fee, meet := []string{"fee"}, []string{"meet"}
	old = &evaluation{entries: 3, titles: titles, results: []evalResult{
		row("q1", "what does it cost", fee, bot.Answered, 0.92, "fee", "meet"),
		row("q2", "what does   a year\ncost", fee, bot.Abstained, 0.04, "mow", "meet", "fee"),
		row("q3", "when", meet, bot.Suggested, 0.31, "mow", "meet"),
		row("q4", "where can I park <here>", nil, bot.Answered, 0.55, "mow"),
		row("q5", "who won the match", nil, bot.Abstained, 0),
		row("q6", "hello there", meet, bot.Commanded, 0),
		row("q7", "which days", meet, bot.Answered, 0.71, "fee", "mow"),
		row("q8", "may I bring a dog", []string{"dogs"}, bot.Suggested, 0.2, "fee"),
	}}
	now = &evaluation{entries: 3, titles: titles, results: []evalResult{
		row("q1", "what does it cost", fee, bot.Answered, 0.93, "fee", "meet"),
		row("q2", "what does   a year\ncost", fee, bot.Answered, 0.66, "fee", "meet"),
		row("q3", "when", meet, bot.Answered, 0.44, "mow", "meet"),
		row("q4", "where can I park <here>", nil, bot.Suggested, 0.39, "mow"),
		row("q5", "who won the match", nil, bot.Suggested, 0.15, "meet"),
		row("q6", "hello there", meet, bot.Commanded, 0),
		row("q7", "which days", meet, bot.Answered, 0.72, "mow", "fee"),
		row("q8", "may I bring a dog", []string{"dogs"}, bot.Suggested, 0.2, "fee"),
	}}
	return old, now
}

func TestEvalReport(t *testing.T) {
	old, now := evaluations()
	misses := worstMisses(old.results)
	report := evalReport{Pack: "garden", Entries: 3, Queries: "q.jsonl", LeftOut: 1, AnswerAt: 0.4, SuggestAt: 0.1,
		Figures: measure(old.results), MissCount: len(misses), Misses: old.misses(misses)}
	var b bytes.Buffer
	report.print(&b)
	report.printMisses(&b)
	golden(t, "report.txt", b.Bytes())
	b.Reset()
	compare("old/garden", old, now).print(&b, [2]string{"old/garden", "garden"})
	golden(t, "compare.txt", b.Bytes())
}

func TestEvalPlot(t *testing.T) {
	old, now := evaluations()
	curves := []curve{newCurve("garden", 0.4, now.results), newCurve("<before> & run.jsonl", 0.4, old.results)}
	golden(t, "plot.svg", drawSVG(curves))
	var b bytes.Buffer
	drawText(&b, curves, 0)
	drawText(&b, curves[:1], 40)
	nothing := []curve{newCurve("nothing", 0.4, nil)}
	drawText(&b, nothing, 1)
	golden(t, "plot.txt", b.Bytes())
	golden(t, "nothing.svg", drawSVG(nothing))
}

// golden compares got with a file in testdata/eval, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "eval", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); if the change is meant, run: go test ./cmd/redpin -update\n%s", path, diff)
	}
}

// TestEvalFiguresOfNothing checks that what cannot be measured has no figure, which a program would take for a bad one.
func TestEvalFiguresOfNothing(t *testing.T) {
	nobody := []evalResult{{outcome: bot.Abstained}}
	encoded, err := json.Marshal(measure(nobody))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"hit1":null`, `"precision":null`, `"f1":null`, `"auc":null`, `"declined":1,`} {
		if !strings.Contains(string(encoded), want) {
			t.Errorf("no %s in %s", want, encoded)
		}
	}
}

// The wanted figures are from the table of examples in R. G. Newcombe, Two-sided confidence intervals for the single
// proportion (1998), method 3.
func TestErrorBar(t *testing.T) {
	for _, tt := range []struct {
		right, all int
		low, high  float64
	}{
		{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718},
	} {
		low, high := errorBar(float64(tt.right)/float64(tt.all), tt.all)
		if math.Abs(low-tt.low) > 5e-5 || math.Abs(high-tt.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.right, tt.all, low, high, tt.low, tt.high)
		}
	}
}

// FuzzReadJudged checks that any file is read to its end, and that what is kept can be written and read again.
func FuzzReadJudged(f *testing.F) {
	for _, seed := range []string{
		`{"id":"a","query":"what","relevant":["x"]}` + "\n" + `{"id":1,"query":"","relevant":[]}`,
		"\ufeff" + `{"id":"\u0061","query":"x","relevant":[]}` + "\n\n" + `{"id":"a","query":"x","relevant":[]}`,
		`[1]`, `null`, `{"id":null,"query":"x","relevant":[]}`, `{"id":1.5}`, `{"id":"a","ranked":["x"],"score":1e400}`, "\xff\n\x00", `{"ID":"a","id":"b"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		lines := 0
		for _, line := range strings.Split(strings.TrimPrefix(file, "\ufeff"), "\n") {
			if len(bytes.TrimSpace([]byte(line))) > 0 {
				lines++
			}
		}
		questions, left, err := readJudged(strings.NewReader(file), io.Discard, "f", decodeQuestion)
		if err != nil || len(questions)+left != lines {
			t.Fatalf("%d kept and %d left out of %d lines, %v", len(questions), left, lines, err)
		}
		rows, left, err := readJudged(strings.NewReader(file), io.Discard, "f", decodeRow)
		if err != nil || len(rows)+left != lines {
			t.Fatalf("%d kept and %d left out of %d lines, %v", len(rows), left, lines, err)
		}
		var again bytes.Buffer
		for _, r := range rows {
			line, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&again, "%s\n", line)
		}
		if kept, left, err := readJudged(&again, io.Discard, "f", decodeRow); err != nil || left > 0 || !cmp.Equal(kept, rows) {
			t.Fatalf("rows came back as %v (%d left out, %v), were %v", kept, left, err, rows)
		}
	})
}
