package search

import (
	"context"
	"runtime"
	"testing"

	"github.com/redpin/redpin/knowledge"
)

// heap is how many bytes the index of a pack keeps.
func heap(t testing.TB, p *knowledge.Pack) int {
	t.Helper()
	live := func() int {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	before := live()
	x, err := New(context.Background(), []*knowledge.Pack{p})
	if err != nil {
		t.Fatal(err)
	}
	after := live()
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(x)
	return after - before
}
