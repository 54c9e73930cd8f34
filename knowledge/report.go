package knowledge

import (
	"cmp"
	"slices"
)

// reports collect what is wrong while files are read.
type reports struct{ problems, warnings Problems }

func (r *reports) problem(at Place, what, remedy string) {
	r.problems = append(r.problems, Problem{at, what, remedy})
}

func (r *reports) warning(at Place, what, remedy string) {
	r.warnings = append(r.warnings, Problem{at, what, remedy})
}

func (r *reports) add(other reports) {
	r.problems = append(r.problems, other.problems...)
	r.warnings = append(r.warnings, other.warnings...)
}

// sort puts reports in the order in which an author meets them.
func (r *reports) sort() {
	order := func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	}
	slices.SortStableFunc(r.problems, order)
	slices.SortStableFunc(r.warnings, order)
}
