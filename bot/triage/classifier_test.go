package triage_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
)

// aboutLeaks is a pack with one sign, and examples that say more.
func aboutLeaks() *knowledge.Pack {
	p := smallPack("roof ... leaking")
	add := func(message string, want ...string) {
		p.Examples = append(p.Examples, knowledge.FlagTest{Message: message, Want: want})
	}
	rooms := []string{"kitchen", "hall", "attic", "cellar", "bathroom", "porch", "study", "nursery"}
	for i := range 48 {
		room := rooms[i%len(rooms)]
		add([]string{"water drips from the ceiling of the %s", "a puddle spreads over the floor of the %s", "the ceiling of the %s is dripping wet",
			"the roof is leaking and it drips into the %s"}[i/8%4], "flag")
		add([]string{"which paint suits the %s", "a song about a roof leaking, played in the %s", "we danced in the %s to the song about the leaking roof",
			"how big is the %s"}[i/8%4])
		for k := len(p.Examples) - 2; k < len(p.Examples); k++ {
			p.Examples[k].Message = fmt.Sprintf(p.Examples[k].Message, room)
		}
	}
	return p
}

// learnt is p with what its examples teach, and a matcher of it.
func learnt(t *testing.T, p *knowledge.Pack) *triage.Matcher {
	t.Helper()
	text, ids, err := triage.Learn(p)
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) != 1 || ids[0] != "flag" {
		t.Fatalf("learned %q", ids)
	}
	p.Learned, p.LearnedFile = text, knowledge.LearnedFile
	m, err := triage.New([]*knowledge.Pack{p})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLearn(t *testing.T) {
	p := aboutLeaks()
	m := learnt(t, p)
	for _, test := range []struct {
		message string
		raised  bool
	}{
		{"a puddle drips from the ceiling of our garage", true}, // no sign says so
		{"the roof is leaking, water drips from the ceiling", true},
		{"the roof is leaking", true}, // the examples are not sure, and a sign counts
		{"we danced to the song about a roof leaking, in the hall", false},
		{"which paint for the garage", false},
		{"", false},
	} {
		if got := len(m.Find(test.message)) > 0; got != test.raised {
			t.Errorf("%q raised %v, want %v", test.message, got, test.raised)
		}
	}
	if !triage.UpToDate(p) {
		t.Error("what was just learned is not up to date")
	}

	again, _, err := triage.Learn(p)
	if err != nil || !bytes.Equal(again, p.Learned) {
		t.Errorf("learning again gives something else (%v)", err)
	}

	// A sign that is newer than what was learned is never doubted.
	p.RedFlags[0].Signs = append(p.RedFlags[0].Signs, knowledge.Sign{Pattern: "song about"})
	newer, err := triage.New([]*knowledge.Pack{p})
	if err != nil {
		t.Fatal(err)
	}
	if len(newer.Find("we danced to the song about a roof leaking, in the hall")) == 0 {
		t.Error("a new sign is doubted by examples that do not know it")
	}
	if triage.UpToDate(p) {
		t.Error("a new sign leaves what was learned up to date")
	}
}

func TestLearnedExplains(t *testing.T) {
	m := learnt(t, aboutLeaks())
	e := m.Explain("a puddle on the ceiling of our garage")
	if len(e.Likely) != 1 || e.Likely[0].Probability < 0.5 || !strings.Contains(strings.Join(e.Likely[0].Words, " "), "puddle") {
		t.Errorf("likely: %+v", e.Likely)
	}
	e = m.Explain("we danced to the song about a roof leaking, in the hall")
	if len(e.Matches) == 0 || e.Matches[0].Decision != triage.Doubted {
		t.Errorf("matches: %+v", e.Matches)
	}
}

// TestDoubtOneSign checks that a sign is doubted for its own surroundings, and not for those of another.
func TestDoubtOneSign(t *testing.T) {
	m := learnt(t, aboutLeaks())
	once, now := "We heard the song about a roof leaking. ", "The roof is leaking again, a puddle spreads. "
	if len(m.Find(once+once)) > 0 {
		t.Error("raised by a song")
	}
	for _, message := range []string{now + once, once + now} {
		if len(m.Find(message)) == 0 {
			t.Errorf("%q raised nothing", message)
		}
	}
}

// TestPassages checks that a sign is found between other words, however many.
func TestPassages(t *testing.T) {
	m := learnt(t, aboutLeaks())
	idle := strings.Repeat("Which paint suits the study. How big is the nursery. ", 40)
	if len(m.Find(idle+"Water drips from the ceiling of the attic, a puddle spreads over the floor, the ceiling is dripping wet. "+idle)) == 0 {
		t.Error("not found in a long message")
	}
	if len(m.Find(idle)) > 0 {
		t.Error("a long message of nothing raises the flag")
	}
}

func TestFewExamples(t *testing.T) {
	p := aboutLeaks()
	p.Examples = p.Examples[:60]
	if _, _, err := triage.Learn(p); !errors.Is(err, triage.ErrFewExamples) {
		t.Errorf("learning from 30 examples a side: %v", err)
	}
}

// TestFewCalmExamples checks that nothing is learned from emergencies alone: what is calm would be unknown, and every
// sign an accident.
func TestFewCalmExamples(t *testing.T) {
	p := aboutLeaks()
	other := *p.RedFlags[0]
	other.ID = "other"
	p.RedFlags = append(p.RedFlags, &other)
	for i, e := range p.Examples {
		if len(e.Want) == 0 {
			p.Examples[i].Want = []string{"other"}
		}
	}
	if _, _, err := triage.Learn(p); !errors.Is(err, triage.ErrFewExamples) {
		t.Errorf("learning from emergencies alone: %v", err)
	}
}

// TestBrokenLearned checks that whoever edited what was learned is told where.
func TestBrokenLearned(t *testing.T) {
	for name, text := range map[string]string{
		"no weights":       "signs x\nexamples 1 y\nflags flag *\nbias 1 2\nw word\t12\n",
		"no numbers":       "signs x\nexamples 1 y\nflags flag *\nbias one two\n",
		"too few":          "signs x\nexamples 1 y\nflags flag *\nbias 1\n\n",
		"rows first":       "signs x\nexamples 1 y\nw word\t12\t1\t2\nflags flag *\n",
		"something else":   "signs x\nexamples 1 y\n\nhello\n",
		"no last column":   "signs x\nexamples 1 y\nflags flag\n",
		"nothing":          "# a remark\n",
		"a rarity of zero": "signs x\nexamples 1 y\nflags flag *\nbias 1 2\nw word\t0\t1\t2\n",
	} {
		p := smallPack("wet myself")
		p.Learned, p.LearnedFile = []byte(text), "pack/red-flags/learned.txt"
		_, err := triage.New([]*knowledge.Pack{p})
		var problems knowledge.Problems
		if !errors.As(err, &problems) || problems[0].File != p.LearnedFile || problems[0].Line < 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzLearned: no text of a learned file makes the matcher panic.
func FuzzLearned(f *testing.F) {
	f.Add("signs x\nexamples 1 y\nflags flag *\nbias 1 2\nw word\t12\t1\t2\nc _wo\t3\t-1\t2\n", "a word")
	f.Add("flags *\nbias 1\nw \t1\t1\n", "")
	f.Add("flags a b *\nbias -1 9999999999999 1\n", "x")
	f.Fuzz(func(t *testing.T, text, message string) {
		p := smallPack("wet myself")
		p.Learned = []byte(text)
		if m, err := triage.New([]*knowledge.Pack{p}); err == nil {
			m.Find(message)
			m.Explain(message)
		}
	})
}

// TestLearnedBesideAnother checks that the doubts of one pack take nothing from what another has learned.
func TestLearnedBesideAnother(t *testing.T) {
	leaks := aboutLeaks()
	learnt(t, leaks)
	smoke := smallPack("puddle")
	smoke.ID = "smoke"
	for i, e := range aboutLeaks().Examples {
		message, want := e.Message, []string(nil) // here, puddles are calm
		if i%2 == 1 {
			message, want = fmt.Sprintf("thick smoke comes out of box %d and it burns", i), []string{"flag"}
		}
		smoke.Examples = append(smoke.Examples, knowledge.FlagTest{Message: message, Want: want})
	}
	const message = "a puddle drips from the ceiling of our garage"
	if found := learnt(t, smoke).Find(message); len(found) > 0 {
		t.Fatal("the second pack does not doubt its sign, so this shows nothing")
	}
	for _, packs := range [][]*knowledge.Pack{{leaks, smoke}, {smoke, leaks}} {
		m, err := triage.New(packs)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Find(message)) != 1 {
			t.Errorf("%s first: the flag that %s has learned is not raised", packs[0].ID, leaks.ID)
		}
	}
}
