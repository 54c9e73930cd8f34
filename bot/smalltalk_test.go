package bot

import (
	"flag"
	"maps"
	"os"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write smalltalk.txt")

// smalltalk.txt must hold every word that a phrase may have: without it, the phrase would never be found.
func TestSmallTalkWords(t *testing.T) {
	words := make(map[string]bool)
	for kind, phrases := range smallTalkTable {
		parsed, err := syntax.Parse("(?:"+phrases+") ", syntax.Perl)
		if err != nil {
			t.Fatalf("phrases of kind %d: %v", kind, err)
		}
		prog, err := syntax.Compile(parsed.Simplify())
		if err != nil {
			t.Fatalf("phrases of kind %d: %v", kind, err)
		}
		w := &phraseWords{prog: prog, words: words, begun: make(map[uint32]bool)}
		w.begin(uint32(prog.Start))
	}
	got := strings.Join(slices.Sorted(maps.Keys(words)), "\n") + "\n"
	if *update {
		if err := os.WriteFile("smalltalk.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(smallTalkText, got); diff != "" {
		t.Errorf("smalltalk.txt does not hold the words of the phrases; run: go test ./bot -update\n%s", diff)
	}
}

// phraseWords walks a compiled regular expression for the words that it may match.
type phraseWords struct {
	prog  *syntax.Prog
	words map[string]bool
	begun map[uint32]bool // where words have begun
}

func (w *phraseWords) begin(pc uint32) {
	if !w.begun[pc] {
		w.begun[pc] = true
		w.walk(pc, "")
	}
}

func (w *phraseWords) walk(pc uint32, word string) {
	in := w.prog.Inst[pc]
	switch in.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		w.walk(in.Out, word)
		w.walk(in.Arg, word)
	case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
		w.walk(in.Out, word)
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		for r := ' '; r <= 'z'; r++ {
			switch next := word + string(r); {
			case !in.MatchRune(r), unstretch(next) != next: // no message has a letter three times
			case r == ' ':
				w.words[word] = true
				w.begin(in.Out)
			default:
				w.walk(in.Out, next)
			}
		}
	}
}
