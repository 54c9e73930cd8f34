package knowledge

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// manyEntries is a pack of n entries that look like those of a help page: 600 bytes with a list, other wordings and tags.
func manyEntries(n int) fs.FS {
	dir := fstest.MapFS{"pack.yaml": {Data: []byte("title: Many\n")}}
	var b strings.Builder
	for i := range n {
		if i%500 == 0 {
			b.Reset()
			fmt.Fprintf(&b, "# Topic %d\n\n", i/500)
		}
		fmt.Fprintf(&b, "## How do I mend thing number %d? {#thing-%d}\n\n%s\n\n- first *this*\n- then [that](https://example.org/%d)\n\n", i, i, strings.Repeat("Some words of advice. ", 15), i)
		fmt.Fprintf(&b, "**Also asked:**\n\n- thing %d is broken\n- what to do about `thing` %d\n\n**Related:** [next](#thing-%d)\n\n**Tags:** a%d, b\n\n", i, i, (i+1)%n, i)
		if i%500 == 499 || i == n-1 {
			dir[fmt.Sprintf("entries-%04d.md", i/500)] = &fstest.MapFile{Data: []byte(b.String())}
		}
	}
	return dir
}

func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := manyEntries(n)
			b.ReportAllocs()
			for b.Loop() {
				base, err := Load(dir)
				if err != nil || base.Entries() != n {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("shipped", func(b *testing.B) {
		for b.Loop() {
			if _, err := Load(Shipped()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		w, err := NewWriter(memory{}.create, "Many", "")
		if err != nil {
			b.Fatal(err)
		}
		for i := range 10_000 {
			if err := w.Write(Record{ID: fmt.Sprint(i), Question: "How do I mend it?", Answer: strings.Repeat("Some words of advice.\n\n", 20)}); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
