package triage

// Which words of a sentence a sign itself names.

import "math/bits"

// core gives the tokens of place p that the steps themselves name, without the words between.
func (s *scratch) core(steps []step, p place) uint64 {
	var room [64]uint64
	ends := room[:0]
	e := s.pass(steps[0].feature, 1<<p.start)
	ends = append(ends, e)
	for _, st := range steps[1:] {
		if len(ends) == cap(room[:]) {
			return p.bits()
		}
		e = s.pass(st.feature, s.widen(e, st.skip))
		ends = append(ends, e)
	}
	out, target := uint64(0), int(p.end)
	for i := len(steps) - 1; i >= 0; i-- {
		from := uint64(1) << p.start
		if i > 0 {
			from = s.widen(ends[i-1], steps[i].skip)
		}
		start := -1
		for c := from & (1<<target - 1); c != 0; c &= c - 1 {
			if at := bits.TrailingZeros64(c); s.pass(steps[i].feature, 1<<at)&(1<<target) != 0 {
				start = at
			}
		}
		if start < 0 {
			return p.bits()
		}
		out |= place{uint8(start), uint8(target)}.bits()
		if i == 0 {
			break
		}
		before := -1
		for c := ends[i-1] & (1<<(start+1) - 1); c != 0; c &= c - 1 {
			if at := bits.TrailingZeros64(c); s.widen(1<<at, steps[i].skip)&(1<<start) != 0 {
				before = at
			}
		}
		if before < 0 {
			return p.bits()
		}
		target = before
	}
	return out
}
