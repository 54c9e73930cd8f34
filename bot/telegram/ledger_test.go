package telegram

import "testing"

// TestLedger shows what is confirmed. A letter is an update, with the ids 9, 3, 4, 5 … (Telegram starts again now
// and then): o open, p waiting for its own chat, t its reply tried, d done with a reply, i ignored.
func TestLedger(t *testing.T) {
	ids := []int64{9, 3, 4, 5, 6}
	for states, want := range map[string]struct{ next, last int64 }{
		"":      {0, 0},
		"o":     {0, 0},
		"d":     {10, 10},
		"i":     {10, 10},
		"doo":   {10, 10},
		"ddo":   {4, 4},
		"odo":   {0, 4}, // at the end nothing is answered twice, though the first may be lost
		"iio":   {4, 4},
		"dioi":  {4, 4},
		"oi":    {0, 0}, // what is ignored can come again
		"pd":    {4, 4}, // who waits for their own chat holds up nobody
		"dp":    {4, 10},
		"to":    {0, 10},
		"ddidd": {7, 7},
	} {
		l := newLedger()
		for i, state := range states {
			e := l.add(key{id: ids[i]})
			switch state {
			case 'p':
				l.begin(e)
				l.pass(e)
				l.leave(e)
			case 't':
				l.begin(e)
			case 'd':
				l.begin(e)
				l.settle(e)
			case 'i':
				l.settle(e)
			}
		}
		next, _, _, _ := l.next()
		last, _ := l.last()
		if next != want.next || last != want.last {
			t.Errorf("%q: the next poll confirms %d and the last %d, want %d and %d", states, next, last, want.next, want.last)
		}
	}
}

// TestLedgerStop holds back what stands after all that was begun, and fills the gaps before.
func TestLedgerStop(t *testing.T) {
	l := newLedger()
	first, second, third := l.add(key{id: 1}), l.add(key{id: 2}), l.add(key{id: 3})
	if !l.begin(second) {
		t.Error("a reply was held back before the stop")
	}
	l.stop()
	if !l.begin(first) {
		t.Error("a gap was left")
	}
	if l.begin(third) {
		t.Error("a reply was begun after the stop that could wait")
	}
}
