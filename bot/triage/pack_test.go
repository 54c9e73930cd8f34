package triage_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
)

// shipped is the pack that is in the binary, with its matcher.
func shipped(t testing.TB) (*knowledge.Pack, *triage.Matcher) {
	t.Helper()
	base, err := knowledge.Load(os.DirFS("../../knowledge/packs/back-pain-intimacy"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := triage.New(base.Packs)
	if err != nil {
		t.Fatal(err)
	}
	return base.Packs[0], m
}

// signsAlone is a matcher of the shipped pack without what was learned from its examples.
func signsAlone(t testing.TB) *triage.Matcher {
	t.Helper()
	pack, _ := shipped(t)
	plain := *pack
	plain.Learned = nil
	m, err := triage.New([]*knowledge.Pack{&plain})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestQuality records what is made of the pack's tests, and every one that is judged wrongly: a change of recall is a
// change of the golden, for review. Nobody who wrote signs or examples has read the tests, so the figures are what to
// expect of new messages. Beside them stand those of the signs alone.
func TestQuality(t *testing.T) {
	pack, m := shipped(t)
	var b strings.Builder
	fmt.Fprintf(&b, "%d messages, signs and examples\n\n", len(pack.Tests.Flags))
	quality(&b, pack, m, pack.Tests.Flags)
	fmt.Fprintf(&b, "signs alone\n\n")
	quality(&b, pack, signsAlone(t), pack.Tests.Flags)
	golden(t, "quality.golden", b.String())
}

// TestLearnedUpToDate fails when signs or examples have changed and nobody has learned from them since: then what the
// examples doubt no longer counts.
func TestLearnedUpToDate(t *testing.T) {
	base, err := knowledge.LoadWithExamples("../../knowledge/packs")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range base.Packs {
		if len(p.Examples) > 0 && !triage.UpToDate(p) {
			t.Errorf("the signs or examples of %s have changed: run go run ./cmd/redpin learn knowledge/packs", p.ID)
		}
	}
}

// quality writes recall by flag, false alarms, and what went wrong.
func quality(b *strings.Builder, pack *knowledge.Pack, m *triage.Matcher, tests []knowledge.FlagTest) {
	type count struct{ found, all int }
	recall := map[string]*count{}
	emergency := map[string]bool{}
	for _, f := range pack.RedFlags {
		recall[f.ID] = &count{}
		emergency[f.ID] = f.Level == knowledge.Emergency
	}
	var urgent, alarms, beside, right, raised count
	var wrong []string
	for _, test := range tests {
		var got []string
		alarm, wantAlarm := false, false
		for _, f := range m.Find(test.Message) {
			got = append(got, f.ID)
			alarm = alarm || emergency[f.ID]
		}
		for _, want := range test.Want {
			c := recall[want]
			c.all++
			wantAlarm = wantAlarm || emergency[want]
			found := slices.Contains(got, want)
			if found {
				c.found++
			} else {
				wrong = append(wrong, fmt.Sprintf("missed %s: %s", want, test.Message))
			}
			if emergency[want] {
				urgent.all++
				if found {
					urgent.found++
				}
			}
		}
		if wantAlarm {
			// A specialist flag beside an emergency is never wrong, but another emergency is.
			beside.all++
			for _, id := range got {
				if emergency[id] && !slices.Contains(test.Want, id) {
					beside.found++
					wrong = append(wrong, fmt.Sprintf("raised %s beside %s: %s", id, strings.Join(test.Want, ", "), test.Message))
				}
			}
			continue
		}
		alarms.all++
		if alarm {
			alarms.found++
		}
		for _, id := range got {
			if !emergency[id] {
				raised.all++
			}
			if slices.Contains(test.Want, id) {
				right.found++
			} else {
				wrong = append(wrong, fmt.Sprintf("raised %s: %s", id, test.Message))
			}
		}
	}
	for _, f := range pack.RedFlags {
		c := recall[f.ID]
		fmt.Fprintf(b, "%-16s %-11s recall %3d of %3d\n", f.ID, f.Level, c.found, c.all)
	}
	fmt.Fprintf(b, "\nemergencies raised                %3d of %3d\n", urgent.found, urgent.all)
	fmt.Fprintf(b, "emergency raised on other messages %2d of %3d\n", alarms.found, alarms.all)
	fmt.Fprintf(b, "wrong emergencies beside the right ones, on messages that are urgent %d of %d\n", beside.found, beside.all)
	fmt.Fprintf(b, "specialist flags raised that are right %d of %d\n\n", right.found, raised.all)
	slices.Sort(wrong)
	for _, w := range wrong {
		b.WriteString(w + "\n")
	}
	b.WriteString("\n")
}

// The shipped pack is clean of signs that do nothing.
func TestShippedWarnings(t *testing.T) {
	_, m := shipped(t)
	for _, p := range m.Warnings() {
		t.Error(p)
	}
}
