package search

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/redpin/redpin/knowledge"
)

// evaluation is the folder of the development data, which is not a part of the repository.
func evaluation(t testing.TB) string {
	dir := os.Getenv("REDPIN_EVAL")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "eval")
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no development data at %s: set REDPIN_EVAL to measure the quality of ranking", dir)
	}
	return dir
}

func readLines[T any](t testing.TB, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, v)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

type evalEntry struct {
	ID, Question, Answer, Section string
	Also                          []string
}

type evalQuery struct {
	ID, Query string
	Relevant  []string
}

func readPack(t testing.TB, path string) *knowledge.Pack {
	t.Helper()
	p := &knowledge.Pack{ID: filepath.Base(filepath.Dir(path)), Language: "en"}
	for _, e := range readLines[evalEntry](t, path) {
		p.Entries = append(p.Entries, &knowledge.Entry{ID: e.ID, Title: e.Question, Section: e.Section,
			Questions: append([]string{e.Question}, e.Also...), Body: e.Answer})
	}
	return p
}

// set is one line of the quality golden.
type set struct{ name, entries, queries string }

func evalSets() []set {
	return []set{
		{"stackfaq", "stackfaq/entries.jsonl", "stackfaq/queries.dev.jsonl"},
		{"stackfaq typo", "stackfaq/entries.jsonl", "stackfaq/queries.typo.dev.jsonl"},
		{"stackfaq abstain", "stackfaq/entries.abstain.jsonl", "stackfaq/queries.abstain.dev.jsonl"},
		{"dtc-de", "dtc-de/entries.jsonl", "dtc-de/queries.dev.jsonl"},
		{"dtc-de typo", "dtc-de/entries.jsonl", "dtc-de/queries.typo.dev.jsonl"},
		{"dtc-de abstain", "dtc-de/entries.abstain.jsonl", "dtc-de/queries.abstain.dev.jsonl"},
		{"hint3-sofmattress", "hint3-sofmattress/entries.jsonl", "hint3-sofmattress/queries.dev.jsonl"},
	}
}

func newIndex(t testing.TB, packs ...*knowledge.Pack) *Index {
	t.Helper()
	x, err := New(context.Background(), packs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func judge(t testing.TB, x *Index, queries []evalQuery) []Judged {
	t.Helper()
	var out []Judged
	for _, q := range queries {
		r, err := x.Search(context.Background(), q.Query, 10)
		if err != nil {
			t.Fatal(err)
		}
		j := Judged{Relevant: q.Relevant, Confidence: r.Confidence}
		for _, h := range r.Hits {
			j.Ranked = append(j.Ranked, h.Entry.ID)
		}
		out = append(out, j)
	}
	return out
}

func TestQuality(t *testing.T) {
	dir := evaluation(t)
	for _, s := range evalSets() {
		x := newIndex(t, readPack(t, filepath.Join(dir, s.entries)))
		q := Judge(judge(t, x, readLines[evalQuery](t, filepath.Join(dir, s.queries))))
		t.Logf("%-20s %.3f %.3f %.3f %.3f  F1 %.3f decl %.3f auc %.3f %.3f", s.name, q.Hit1, q.Hit3, q.Hit5, q.MRR, q.F1, q.Declined, q.AUC, q.AUCRight)
	}
}
