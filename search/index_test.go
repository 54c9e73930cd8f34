package search

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/redpin/redpin/knowledge"
)

// entry makes an entry of an id, a question, an answer and other wordings.
func entry(id, question, answer string, also ...string) *knowledge.Entry {
	return &knowledge.Entry{ID: id, Title: question, Questions: append([]string{question}, also...), Body: answer}
}

func library() *knowledge.Pack {
	return &knowledge.Pack{ID: "library", Language: "en",
		Synonyms: [][]string{{"librarian", "desk clerk", "member of staff"}, {"e-book", "ebook", "digital book"}},
		Entries: []*knowledge.Entry{
			entry("hours", "When is the library open?", "Monday to Saturday, nine to six.", "opening hours", "are you open on Sunday"),
			entry("card", "How do I get a library card?", "Bring proof of address and two pounds.", "can I become a member"),
			entry("renew", "How can I renew a book?", "Online, by phone, or at the counter, up to three times.", "extend my loan", "keep a book longer"),
			entry("fine", "What does it cost to bring a book back late?", "Twenty pence a day for each item.", "overdue fee"),
			entry("ask", "Whom can I ask for help?", "Any librarian will help you find what you need."),
			{ID: "reader", Title: "Reading on a screen", Body: "We lend ebooks for six weeks.", Tags: []string{"kindle", "tablet"}, Section: "Digital"},
			entry("print", "Can I print here?", "Yes: [the printer](https://example.org/tariff) takes coins."),
		}}
}

func ids(hits []Hit) []string {
	out := []string{}
	for _, h := range hits {
		out = append(out, h.Entry.ID)
	}
	return out
}

func TestSearchFinds(t *testing.T) {
	x := newIndex(t, library())
	for question, want := range map[string]string{
		"when do you open": "hours",
		"OPENING HOURS???": "hours",
		"ｗｈｅｎ ａｒｅ ｙｏｕ ｏｐｅｎ":                    "hours", // full-width letters
		"open\u200bing ho\u00adurs":            "hours", // letters that cannot be seen
		"how do i get a card":                  "card",
		"becoming a member":                    "card",
		"I'd like to extend my loans":          "renew",
		"renwe my bok":                         "renew", // slips
		"overdue":                              "fine",
		"what's the overdue-fee?":              "fine",
		"is there a desk clerk":                "ask",    // a synonym of several words
		"digital books":                        "reader", // the same, inflected
		"does it work with my kindle":          "reader", // only in a tag
		"where is the printer":                 "print",
		"hello, I am new. Can I print things?": "print",
	} {
		r, err := x.Search(context.Background(), question, 3)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(r.Hits); len(got) == 0 || got[0] != want {
			t.Errorf("%q: got %v, want %s first", question, got, want)
		}
		if !(r.Confidence > 0 && r.Confidence < 1) {
			t.Errorf("%q: confidence %v is not between 0 and 1", question, r.Confidence)
		}
	}
}

func TestSearchFindsNothing(t *testing.T) {
	x := newIndex(t, library())
	for _, question := range []string{"", " \n\t", "?!", "\x00\xff\xfe", "🙂🙂🙂", "https", "привет, как дела", "xyzzy plugh", "今日は", strings.Repeat("#", 5000)} {
		r, err := x.Search(context.Background(), question, 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) > 0 || r.Confidence != 0 {
			t.Errorf("%q: got %v with confidence %v, want nothing", question, ids(r.Hits), r.Confidence)
		}
	}
}

func TestSearchConfidenceTellsRightFromWrong(t *testing.T) {
	x := newIndex(t, library())
	sure := func(question string) float64 {
		r, err := x.Search(context.Background(), question, 1)
		if err != nil {
			t.Fatal(err)
		}
		return r.Confidence
	}
	for _, question := range []string{"When is the library open?", "how can I renew a book", "overdue fee"} {
		if c := sure(question); c < AnswerAt {
			t.Errorf("%q: confidence %.2f, want an answer", question, c)
		}
	}
	for _, question := range []string{"can you recommend a restaurant near the station", "how do I train my dog to sit", "I love you"} {
		if c := sure(question); c >= AnswerAt {
			t.Errorf("%q: confidence %.2f, want none", question, c)
		}
	}
}

func TestSearchLimits(t *testing.T) {
	x := newIndex(t, library())
	for _, limit := range []int{-1, 0, 1, 3, 1000} {
		r, err := x.Search(context.Background(), "book library open", limit)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) > max(0, limit) {
			t.Errorf("limit %d: %d hits", limit, len(r.Hits))
		}
		if r.Confidence == 0 {
			t.Errorf("limit %d: no confidence", limit)
		}
	}
}

func TestSearchOrdersTiesByID(t *testing.T) {
	var want []string
	packs := []*knowledge.Pack{{ID: "b", Language: "en"}, {ID: "a", Language: "en"}}
	for i := 79; i >= 0; i-- { // more than there are candidates
		id := fmt.Sprintf("e%02d", i)
		for _, p := range packs {
			p.Entries = append(p.Entries, entry(id, "How do I reset it?", "Press the button."))
		}
	}
	for range 3 {
		x := newIndex(t, packs...)
		r, err := x.Search(context.Background(), "reset", 10)
		if err != nil {
			t.Fatal(err)
		}
		got := ids(r.Hits)
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) || !slices.IsSorted(got) || r.Hits[0].Pack.ID != "a" {
			t.Errorf("got %v from pack %s, want %v from pack a", got, r.Hits[0].Pack.ID, want)
		}
	}
}

func TestTies(t *testing.T) {
	hit := func(score float64) Hit { return Hit{Score: score} }
	for _, test := range []struct {
		hits []Hit
		want int
	}{
		{nil, 0}, {[]Hit{hit(1)}, 0}, {[]Hit{hit(1), hit(0.5)}, 0}, {[]Hit{hit(1), hit(0.9), hit(0.5)}, 1},
		{[]Hit{hit(1), hit(1), hit(1), hit(1), hit(1), hit(1)}, SuggestAtMost - 1},
	} {
		if got := len(Result{Hits: test.hits}.Ties()); got != test.want {
			t.Errorf("%v: %d ties, want %d", test.hits, got, test.want)
		}
	}
}

func TestSearchMergesPacks(t *testing.T) {
	garden := &knowledge.Pack{ID: "garden", Language: "en", Entries: []*knowledge.Entry{
		entry("roses", "When do I prune roses?", "In late winter."),
		entry("lawn", "How often do I mow the lawn?", "Every week in summer."),
	}}
	empty := &knowledge.Pack{ID: "empty", Language: "en"}
	x := newIndex(t, library(), garden, empty)
	for question, want := range map[string]string{"prune my roses": "garden/roses", "renew a book": "library/renew", "how often to mow": "garden/lawn"} {
		r, err := x.Search(context.Background(), question, 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) == 0 || r.Hits[0].Pack.ID+"/"+r.Hits[0].Entry.ID != want {
			t.Errorf("%q: got %v, want %s", question, ids(r.Hits), want)
		}
	}
}

func TestNewSurvivesOddEntries(t *testing.T) {
	x := newIndex(t, &knowledge.Pack{ID: "odd", Language: "en", Synonyms: [][]string{{}, {""}, {"?!", "word"}, {"word"}},
		Entries: []*knowledge.Entry{
			{ID: "nothing"},
			{ID: "marks", Title: "???", Questions: []string{"", "!"}, Body: "Only the answer says zebra."},
			{ID: "long", Title: strings.Repeat("a", 100000), Body: strings.Repeat("b", 100000)},
			{ID: "bytes", Title: "\xff\xfe", Body: "\x00"},
			{ID: "words", Title: strings.Repeat("word ", 5000), Body: "word"},
		}})
	r, err := x.Search(context.Background(), "zebra", 5)
	if err != nil || len(r.Hits) != 1 || r.Hits[0].Entry.ID != "marks" {
		t.Errorf("got %v, %v, want the entry that has only an answer", ids(r.Hits), err)
	}
	for _, question := range []string{"word", "word word word", "a", "nothing"} {
		r, err := x.Search(context.Background(), question, 5)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Hits {
			if math.IsNaN(h.Score) || math.IsInf(h.Score, 0) || math.IsNaN(r.Confidence) {
				t.Errorf("%q: score %v, confidence %v", question, h.Score, r.Confidence)
			}
		}
	}
}

func TestNewSurvivesAPackWithoutWords(t *testing.T) {
	x := newIndex(t, &knowledge.Pack{ID: "mute", Language: "en", Entries: []*knowledge.Entry{{ID: "a", Title: "?", Tags: []string{"zebra"}}, {ID: "b"}}})
	r, err := x.Search(context.Background(), "zebra", 5)
	if err != nil || !slices.Equal(ids(r.Hits), []string{"a"}) || math.IsNaN(r.Hits[0].Score) {
		t.Errorf("got %v, %v, want the entry with the tag", r.Hits, err)
	}
}

func TestNewStopsWithItsContext(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := New(ctx, []*knowledge.Pack{library()}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestSearchStopsWithItsContext(t *testing.T) {
	x := newIndex(t, library())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, "renew a book", 5); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
	if r, err := x.Search(context.Background(), "renew a book", 5); err != nil || len(r.Hits) == 0 {
		t.Errorf("after a search that was ended: %v, %v", ids(r.Hits), err)
	}
}

func TestClose(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	x, err := New(context.Background(), []*knowledge.Pack{library()})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := x.Search(context.Background(), "book", 5); !errors.Is(err, ErrClosed) {
		t.Errorf("a search after Close: %v, want ErrClosed", err)
	}
	if _, err := x.Complete(context.Background(), "bo", 5); !errors.Is(err, ErrClosed) {
		t.Errorf("a completion after Close: %v, want ErrClosed", err)
	}
}

// TestReloadUnderLoad swaps and closes indexes while others search: no question may be lost, and nothing may be left
// running.
func TestReloadUnderLoad(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	const reloads, searchers = 400, 4
	open := func() *Index {
		x, err := New(context.Background(), []*knowledge.Pack{library()})
		if err != nil {
			t.Error(err)
		}
		return x
	}
	var current atomic.Pointer[Index]
	current.Store(open())
	var done atomic.Bool
	var asked, again atomic.Int64
	var group sync.WaitGroup
	for range searchers {
		group.Go(func() {
			for !done.Load() {
				for try := 0; ; try++ {
					r, err := current.Load().Search(context.Background(), "how can I renew my book", 3)
					if errors.Is(err, ErrClosed) && try < 100 {
						again.Add(1)
						continue
					}
					if err != nil || len(r.Hits) == 0 || r.Hits[0].Entry.ID != "renew" {
						t.Errorf("lost a question: %v, %v", ids(r.Hits), err)
					}
					break
				}
				asked.Add(1)
				time.Sleep(20 * time.Microsecond) // leaves the reloads a processor
			}
		})
	}
	for range reloads {
		next := open()
		if err := current.Swap(next).Close(); err != nil {
			t.Error(err)
		}
	}
	done.Store(true)
	group.Wait()
	if err := current.Load().Close(); err != nil {
		t.Error(err)
	}
	t.Logf("%d questions during %d reloads, %d asked again", asked.Load(), reloads, again.Load())
	if asked.Load() < reloads/10 {
		t.Errorf("only %d questions were asked", asked.Load())
	}
}

func TestComplete(t *testing.T) {
	x := newIndex(t, library())
	for text, want := range map[string]string{"ren": "renew", "renew my bo": "renew", "OPENING H": "hours", "libr": "hours", "how do I get a ca": "card", "over": "fine", "kind": "reader"} {
		hits, err := x.Complete(context.Background(), text, 3)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(hits); !slices.Contains(got[:min(len(got), 2)], want) {
			t.Errorf("%q: got %v, want %s among the first two", text, got, want)
		}
	}
	if hits, err := x.Complete(context.Background(), "", 3); err != nil || !slices.Equal(ids(hits), []string{"hours", "card", "renew"}) {
		t.Errorf("nothing typed: got %v, %v, want the first entries in their order", ids(hits), err)
	}
	if hits, err := x.Complete(context.Background(), "zzzz", 3); err != nil || len(hits) != 0 {
		t.Errorf("nothing fits: got %v, %v", ids(hits), err)
	}
}
