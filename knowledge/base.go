// Package knowledge loads packs: folders of Markdown that hold a community's answers and red flags.
package knowledge

// A Base is everything that one edition serves: one pack or several, without a fault. It does not change
// once it is loaded. What Load returns beside an error is only to be looked at: it holds what could be read.
type Base struct {
	// Packs are in the order of their ids, and never empty.
	Packs []*Pack
	// Warnings are what an author should look at but what does not keep the packs from being served, such as
	// two entries that claim the same question.
	Warnings Problems
}

// Entries is the number of entries in all packs.
func (b *Base) Entries() int {
	n := 0
	for _, p := range b.Packs {
		n += len(p.Entries)
	}
	return n
}

// RedFlags is the number of red flags in all packs.
func (b *Base) RedFlags() int {
	n := 0
	for _, p := range b.Packs {
		n += len(p.RedFlags)
	}
	return n
}
