package knowledge

import (
	"fmt"
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
