package knowledge

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
