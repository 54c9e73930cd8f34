package triage_test

import (
	"os"
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

func TestShipped(t *testing.T) {
	_, m := shipped(t)
	for _, f := range m.Find("i cant feel my legs and i wet myself") {
		t.Log(f.ID)
	}
}
