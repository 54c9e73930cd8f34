package knowledge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Problem is a mistake in a pack, told to its author.
type Problem struct {
	Place
	// What is wrong, in words that an author understands who has never seen Go.
	What string
	// Remedy says what to write instead.
	Remedy string
}

// String gives "file:line: what is wrong; what to write instead".
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		b.WriteString(": ")
	}
	b.WriteString(p.What)
	if p.Remedy != "" {
		b.WriteString("; ")
		b.WriteString(p.Remedy)
	}
	return b.String()
}

// Problems are all mistakes that one look found. As an error it prints one a line.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Sorted are the problems in the order in which an author meets them, none twice.
func (ps Problems) Sorted() Problems {
	seen := make(map[Problem]bool, len(ps))
	var out Problems
	for _, p := range ps {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return out
}
