package search

import (
	"context"
	"fmt"
	"testing"

	"github.com/redpin/redpin/knowledge"
)

// worded is an entry with a wording for each of the things asked about, and one more.
func worded(id string, things []string, format, more string) *knowledge.Entry {
	e := &knowledge.Entry{ID: id, Title: more, Questions: []string{more}, Body: "An answer."}
	for _, thing := range things {
		e.Questions = append(e.Questions, fmt.Sprintf(format, thing))
	}
	return e
}

var things = []string{"roses", "tulips", "lawns", "hedges", "ferns", "beans", "peas", "apples", "plums", "pears", "herbs", "figs"}

func garden() *knowledge.Pack {
	return &knowledge.Pack{ID: "garden", Language: "en", Entries: []*knowledge.Entry{
		worded("water", things, "how often do %s need water", "my soil is dry"),
		worded("cut", things, "when do I cut my %s", "how much water is in a cut stem"),
		worded("plant", things, "where do I plant %s", "is there a book about soil"),
	}}
}

// What an entry's wordings say again and again counts against what another one says by accident, however near.
func TestRatioPrefersWhatWordingsSayOften(t *testing.T) {
	c, err := newCorpus(context.Background(), garden())
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	first := func() (string, float64) {
		q := c.parse("how much water in summer")
		ranked, err := c.find(context.Background(), &q, 5)
		if err != nil || len(ranked) == 0 {
			t.Fatal(ranked, err)
		}
		return c.pack.Entries[ranked[0].entry].ID, ranked[0].ratio
	}
	if id, ratio := first(); id != "water" || ratio <= 0 {
		t.Errorf("got %s with a ratio of %v, want water and one above 0", id, ratio)
	}
	c.ratioWeight = 0
	if id, _ := first(); id != "cut" {
		t.Errorf("without the ratio %s is first: the test no longer shows what it does", id)
	}
}

// Where every entry has one wording there is nothing to count, and nothing is kept for it.
func TestRatioNeedsSeveralWordings(t *testing.T) {
	p := garden()
	for _, e := range p.Entries {
		e.Questions = nil
	}
	c, err := newCorpus(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	q := c.parse("how much water for dry soil")
	ranked, err := c.find(context.Background(), &q, 5)
	if err != nil || len(ranked) < 2 {
		t.Fatal(ranked, err)
	}
	for _, r := range ranked {
		if r.ratio != 0 {
			t.Errorf("%s has a ratio of %v", c.pack.Entries[r.entry].ID, r.ratio)
		}
	}
	if len(c.stemCount) > 0 {
		t.Errorf("%d counts are kept", len(c.stemCount))
	}
}

// A pack with many wordings must not outbid one with few by its ratio.
func TestRatioLeavesPacksComparable(t *testing.T) {
	rich := garden()
	for _, age := range []string{"young", "old", "new", "tall", "sick"} {
		for _, thing := range things {
			rich.Entries[0].Questions = append(rich.Entries[0].Questions, fmt.Sprintf("how often do my %s %s need water", age, thing))
		}
	}
	pool := &knowledge.Pack{ID: "pool", Language: "en", Entries: []*knowledge.Entry{
		entry("water", "Is the water warm?", "Yes."), entry("hours", "When do you open?", "At six."),
	}}
	x := newIndex(t, rich, pool)
	for question, want := range map[string]string{
		"how often is the water warm": "pool/water", "how often do hedges need water": "garden/water", "when do you open": "pool/hours",
	} {
		r, err := x.Search(context.Background(), question, 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) == 0 || r.Hits[0].Pack.ID+"/"+r.Hits[0].Entry.ID != want {
			t.Errorf("%q: got %v, want %s", question, ids(r.Hits), want)
		}
	}
}
