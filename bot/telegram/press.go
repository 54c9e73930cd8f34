package telegram

import (
	"slices"
	"sync"
)

// keptTexts is how many texts a press keeps: the answers of a pack that are asked for, in some 2 MB.
const keptTexts = 500

// A press sets Markdown, and keeps what it has set. Packs say the same again and again, and to read Markdown is half
// the work of dressing a reply. A nil press keeps nothing.
type press struct {
	mu   sync.Mutex
	kept map[manuscript][]block
}

// A manuscript is what is set.
type manuscript struct {
	source string
	base   look
}

func newPress() *press { return &press{kept: map[manuscript][]block{}} }

// blocks are source as markdownBlocks sets it. Their runs are shared, and stay as they are.
func (p *press) blocks(source string, base look) []block {
	if p == nil || source == "" {
		return markdownBlocks(source, base)
	}
	m := manuscript{source, base}
	p.mu.Lock()
	set, known := p.kept[m]
	p.mu.Unlock()
	if !known {
		set = markdownBlocks(source, base)
		p.mu.Lock()
		if len(p.kept) >= keptTexts {
			clear(p.kept)
		}
		p.kept[m] = set
		p.mu.Unlock()
	}
	return slices.Clone(set)
}
