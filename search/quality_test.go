package search

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

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
		j := Judged{Relevant: q.Relevant, Confidence: r.Confidence, Ties: len(r.Ties())}
		for _, h := range r.Hits {
			j.Ranked = append(j.Ranked, h.Entry.ID)
		}
		out = append(out, j)
	}
	return out
}

// TestQuality compares the quality of ranking and of deciding with testdata/quality.golden, so that a change of
// either is a diff. The development data is no part of the repository; the figures are.
func TestQuality(t *testing.T) {
	dir := evaluation(t)
	table := newTable()
	foreign := map[string][]evalQuery{} // by family, to be asked of the others
	indexes := map[string]*Index{}
	var families []string
	for _, s := range evalSets() {
		x := newIndex(t, readPack(t, filepath.Join(dir, s.entries)))
		queries := readLines[evalQuery](t, filepath.Join(dir, s.queries))
		table.add(s.name, judge(t, x, queries))
		if !strings.Contains(s.name, " ") {
			families = append(families, s.name)
			foreign[s.name], indexes[s.name] = queries, x
		}
	}
	everyday := everydayChatter(t)
	for _, family := range families {
		table.add(family+" everyday", judge(t, indexes[family], everyday))
		var chatter []evalQuery
		for _, other := range families {
			if other == family {
				continue
			}
			for i, q := range foreign[other] {
				if i%5 == 0 {
					chatter = append(chatter, evalQuery{ID: q.ID, Query: q.Query})
				}
			}
		}
		table.add(family+" chatter", judge(t, indexes[family], chatter))
	}
	golden(t, "quality.golden", table.String())
}

// everydayChatter is what people type on a chat platform that no pack here has to do with.
func everydayChatter(t testing.TB) []evalQuery {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "chatter.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out []evalQuery
	for line := range strings.Lines(string(text)) {
		out = append(out, evalQuery{Query: strings.TrimSpace(line)})
	}
	return out
}

// TestPackQuality does the same for the packs that redpin ships and the questions that they bring along. Whoever
// changes a pack sees here what that changes for those who ask, and updates the golden.
func TestPackQuality(t *testing.T) {
	base, err := knowledge.Load(os.DirFS(filepath.Join("..", "knowledge", "packs")))
	if err != nil {
		t.Fatal(err)
	}
	table := newTable()
	for _, p := range base.Packs {
		byFile := map[string][]evalQuery{}
		for _, a := range p.Tests.Answers {
			name := path.Base(a.File)
			byFile[name] = append(byFile[name], evalQuery{Query: a.Question, Relevant: a.Want})
		}
		x := newIndex(t, p)
		for _, name := range slices.Sorted(maps.Keys(byFile)) {
			table.add(p.ID+"/"+name, judge(t, x, byFile[name]))
		}
		table.add(p.ID+" everyday", judge(t, x, everydayChatter(t)))
	}
	golden(t, "packs.golden", table.String())
}

// TestBackpain logs how the shipped pack does on questions that its authors must not see. No golden: the pack's own
// questions hold it.
func TestBackpain(t *testing.T) {
	dir := evaluation(t)
	base, err := knowledge.Load(os.DirFS(filepath.Join("..", "knowledge", "packs")))
	if err != nil {
		t.Fatal(err)
	}
	type question struct {
		Query, Kind string
		Gold        []string
	}
	var inside, oos []evalQuery
	for _, q := range readLines[question](t, filepath.Join(dir, "backpain", "answers.jsonl")) {
		switch {
		case strings.HasPrefix(q.Kind, "oos"):
			oos = append(oos, evalQuery{Query: q.Query})
		case q.Kind != "meta": // small talk is not searched
			inside = append(inside, evalQuery{Query: q.Query, Relevant: q.Gold})
		}
	}
	table := newTable()
	x := newIndex(t, base.Packs...)
	table.add("backpain", judge(t, x, inside))
	table.add("backpain oos", judge(t, x, oos))
	t.Log("\n" + table.String())
}

type table struct{ b strings.Builder }

func newTable() *table {
	t := &table{}
	fmt.Fprintf(&t.b, "%-33s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s\n", "set", "asked", "hit@1", "hit@3", "hit@5",
		"MRR", "prec", "recall", "F1", "declin", "silent", "helped", "AUC", "AUCrgt")
	return t
}

func (t *table) add(name string, questions []Judged) {
	q := Judge(questions)
	fmt.Fprintf(&t.b, "%-33s %6d", name, q.Questions)
	for _, v := range []float64{q.Hit1, q.Hit3, q.Hit5, q.MRR, q.Precision, q.Recall, q.F1, q.Declined, q.Silent, q.Helped, q.AUC, q.AUCRight} {
		fmt.Fprintf(&t.b, " %6.3f", v)
	}
	t.b.WriteByte('\n')
}

func (t *table) String() string { return t.b.String() }

var update = flag.Bool("update", false, "write the goldens in testdata instead of comparing with them")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got); if the change is meant, run: go test ./search -update\n%s", path, diff)
	}
}

func TestJudge(t *testing.T) {
	got := Judge([]Judged{
		{Relevant: []string{"a"}, Ranked: []string{"a", "b"}, Confidence: 0.9},      // answered, right
		{Relevant: []string{"a", "b"}, Ranked: []string{"c", "b"}, Confidence: 0.8}, // answered, wrong
		{Relevant: []string{"a"}, Ranked: []string{"b", "c", "a"}, Confidence: 0.3}, // suggested
		{Relevant: []string{"a"}},                 // nothing found
		{Ranked: []string{"a"}, Confidence: 0.7},  // unanswerable, answered
		{Ranked: []string{"a"}, Confidence: 0.2},  // suggested
		{Ranked: []string{"a"}, Confidence: 0.01}, // silent
	})
	want := Quality{Questions: 7, Answerable: 4, Hit1: .25, Hit3: .75, Hit5: .75, MRR: (1 + .5 + 1./3) / 4,
		Precision: 1. / 3, Recall: .25, F1: 2. / 7, Declined: 2. / 3, Silent: 1. / 3, Helped: .5, AUC: 8. / 12, AUCRight: 1}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Quality{}, Judge(nil)); diff != "" {
		t.Error(diff)
	}
	// What was decided counts, whatever the confidence.
	got = Judge([]Judged{
		{Relevant: []string{"a"}, Ranked: []string{"a"}, Confidence: 0.1, Decided: Answer},
		{Relevant: []string{"a"}, Ranked: []string{"b", "a"}, Confidence: 0.9, Decided: Suggest},
		{Ranked: []string{"a"}, Confidence: 0.9, Decided: Decline},
	})
	want = Quality{Questions: 3, Answerable: 2, Hit1: .5, Hit3: 1, Hit5: 1, MRR: .75, Precision: 1, Recall: .5, F1: 2. / 3,
		Declined: 1, Silent: 1, Helped: 1, AUC: .25}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
}

func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"how do I renew a book?", "", "l'été c++ .net 'tis", "a'b'c'", "密码 renew", "\xff\xfe.", "What? When. Who!", strings.Repeat("renew bok ", 500), "librarian member of staff desk clerk"} {
		f.Add(seed)
	}
	x := newIndex(f, library())
	f.Fuzz(func(t *testing.T, question string) {
		r, err := x.Search(context.Background(), question, 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) > 5 || !(r.Confidence >= 0 && r.Confidence <= 1) || len(r.Hits) == 0 && r.Confidence != 0 {
			t.Errorf("%d hits with confidence %v", len(r.Hits), r.Confidence)
		}
		again, err := x.Search(context.Background(), question, 5)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(ids(r.Hits), ids(again.Hits)); diff != "" || r.Confidence != again.Confidence {
			t.Errorf("asked twice: confidence %v and %v\n%s", r.Confidence, again.Confidence, diff)
		}
		if _, err := x.Complete(context.Background(), question, 5); err != nil {
			t.Fatal(err)
		}
		if parts := Split(question); len(parts) == 0 || len(parts) > maxQuestions {
			t.Errorf("split into %d parts", len(parts))
		}
	})
}
