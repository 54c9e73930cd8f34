package search

// Rows list numbers by number, such as words by stem, in two slices.
type rows struct {
	ends []uint32 // of a row, in all
	all  []uint32
}

// newRows makes rows of n pairs: value(i) stands in the row key(i), in the order of i.
func newRows(count, n int, key, value func(i int) uint32) rows {
	t := rows{make([]uint32, count), make([]uint32, n)}
	for i := range n {
		t.ends[key(i)]++
	}
	sum := uint32(0)
	for row, size := range t.ends { // where each begins, which filling moves to where it ends
		t.ends[row] = sum
		sum += size
	}
	for i := range n {
		at := &t.ends[key(i)]
		t.all[*at] = value(i)
		*at++
	}
	return t
}

func (t *rows) row(i uint32) []uint32 {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.all[from:t.ends[i]]
}
