package bot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// A tally counts what redpin did since the program started, for moderators (/status): outcomes, red flags and how
// helpful people call an entry. It knows entries and flags by their ids, and nothing about who asked.
type tally struct {
	mu       sync.Mutex
	outcomes map[Outcome]int
	flags    map[string]int
	votes    map[string]votes // by pack/entry
}

type votes struct{ helpful, not int }

func newTally() *tally {
	return &tally{outcomes: make(map[Outcome]int), flags: make(map[string]int), votes: make(map[string]votes)}
}

func (t *tally) add(r Reply) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.outcomes[r.Outcome]++
	for _, f := range r.Flags {
		t.flags[f.ID]++
	}
}

func (t *tally) vote(entry string, helpful bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	v := t.votes[entry]
	if helpful {
		v.helpful++
	} else {
		v.not++
	}
	t.votes[entry] = v
}

// Markdown is what moderators read: the entries that help least come first, because these are what to mend.
func (t *tally) Markdown() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var s strings.Builder
	fmt.Fprintf(&s, "Since the program started: %s, %s, %s, %s.\n",
		count(t.outcomes[Answered], "answer"), count(t.outcomes[Suggested], "suggestion"),
		count(t.outcomes[Abstained], "question")+" without an answer", count(t.outcomes[Escalated], "escalation")+" alone")
	s.WriteString("\n- Red flags raised: ")
	if len(t.flags) == 0 {
		s.WriteString("none")
	}
	for i, id := range slices.Sorted(maps.Keys(t.flags)) {
		if i > 0 {
			s.WriteString(", ")
		}
		fmt.Fprintf(&s, "%s %d", escape(id), t.flags[id])
	}
	s.WriteString("\n- Called helpful: ")
	if len(t.votes) == 0 {
		s.WriteString("nobody has said yet")
	}
	worst := slices.SortedFunc(maps.Keys(t.votes), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.votes[b].not, t.votes[a].not), cmp.Compare(t.votes[b].helpful, t.votes[a].helpful), cmp.Compare(a, b))
	})
	for i, entry := range worst {
		if i == maxListed {
			fmt.Fprintf(&s, " and %d more", len(worst)-i)
			break
		}
		if i > 0 {
			s.WriteString(", ")
		}
		v := t.votes[entry]
		fmt.Fprintf(&s, "%s %d of %d", escape(entry), v.helpful, v.helpful+v.not)
	}
	return s.String()
}
