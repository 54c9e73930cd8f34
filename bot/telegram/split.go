package telegram

// A reply that is too long for one message becomes several, cut between paragraphs where that is possible.

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// maxUnits is Telegram's limit on a message's text after its markup is parsed:
	// https://core.telegram.org/bots/api#sendmessage (characters there; UTF-16 code units are the stricter count).
	maxUnits = 4096
	// maxBytes keeps the text with its markup under 32,768 bytes, above which the official server refuses it
	// unparsed (Client.cpp, "text is too long").
	maxBytes = 32000
	// maxStyles keeps a message below the about 100 formatted ranges beyond which Telegram drops them.
	maxStyles = 90
)

// A size is what limits a message. Sizes add up.
type size struct{ units, bytes, styles int }

func messageLimits() size { return size{maxUnits, maxBytes, maxStyles} }

func (s size) plus(t size) size {
	return size{s.units + t.units, s.bytes + t.bytes, s.styles + t.styles}
}

func (s size) within(t size) bool {
	return s.units <= t.units && s.bytes <= t.bytes && s.styles <= t.styles
}

// measure is an upper bound: it counts each run's tags as if they were opened and closed for it alone.
func (r run) measure() size {
	s := size{units: units(r.text), bytes: len(r.text)}
	for i := range len(r.text) {
		switch r.text[i] {
		case '&', '<', '>', '"':
			s.bytes += len("&quot;") - 1
		}
	}
	for _, t := range r.look.tags() {
		s.bytes += len(t.open) + len(t.closing)
		s.styles++
	}
	return s
}

func measure(runs []run) size {
	var s size
	for _, r := range runs {
		s = s.plus(r.measure())
	}
	return s
}

// A sheet is what one message shows.
type sheet struct {
	runs []run
	// pinned says that some of it is the escalation's.
	pinned bool
}

// split lays blocks out as messages, each within limits.
func split(blocks []block, limits size) []sheet {
	var messages []sheet
	var current []block
	var used size
	flush := func() {
		if runs := join(current); strings.TrimSpace(plainText(runs)) != "" {
			pinned := slices.ContainsFunc(current, func(b block) bool { return b.pinned })
			messages = append(messages, sheet{runs, pinned})
		}
		current, used = nil, size{}
	}
	add := func(b block) {
		current = append(current, b)
		used = used.plus(measure(b.runs)).plus(gap())
	}
	for _, b := range blocks {
		b.runs = hushRuns(b.runs)
		for !used.plus(measure(b.runs)).plus(gap()).within(limits) {
			if len(current) > 0 {
				// A heading goes with what it heads, unless it is all there is.
				var headings []block
				for len(current) > 1 && current[len(current)-1].heading {
					headings = append([]block{current[len(current)-1]}, headings...)
					current = current[:len(current)-1]
				}
				flush()
				for _, h := range headings {
					add(h)
				}
				if len(headings) > 0 && !used.plus(measure(b.runs)).plus(gap()).within(limits) {
					flush()
				}
				continue
			}
			var head []run
			head, b.runs = cut(b.runs, limits)
			add(block{runs: head, pinned: b.pinned})
			flush()
		}
		add(b)
	}
	flush()
	return messages
}

// gap is what may stand between two blocks: a blank line, in a quotation.
func gap() size { return run{"\n\n", look{quote: true}}.measure() }

// join puts blocks under each other. Space between two quoted blocks is quoted too, so that they stay one.
func join(blocks []block) []run {
	var runs []run
	for i, b := range blocks {
		if i > 0 {
			space := run{text: "\n\n"}
			if b.tight {
				space.text = "\n"
			}
			last := runs[len(runs)-1].look
			space.look.quote = last.quote && len(b.runs) > 0 && b.runs[0].look.quote
			runs = append(runs, space)
		}
		runs = append(runs, b.runs...)
	}
	return runs
}

// hushRuns makes sure that no run mentions anybody, alone or together with the next.
func hushRuns(runs []run) []run {
	var quiet []run
	for _, r := range runs {
		if r.text == "" {
			continue
		}
		if r.look.pre || r.look.code && r.look.href == "" {
			// Telegram finds no mentions in code, which people copy. At its end it may touch a name.
			if strings.HasSuffix(r.text, "@") {
				r.text += hushed
			}
		} else {
			r.text = hush(r.text)
		}
		quiet = append(quiet, r)
	}
	return quiet
}

// cut takes the longest beginning of a block that is within limits, and ends it at a line, a sentence or a word
// where one ends not too far back.
func cut(runs []run, limits size) (head, tail []run) {
	var used size
	for i, r := range runs {
		whole := r.measure()
		if used.plus(whole).within(limits) {
			used = used.plus(whole)
			head = append(head, r)
			continue
		}
		n := fitting(r, used, limits)
		if n == 0 && len(head) == 0 {
			// Not even one character fits beside the tags: they go, the text stays.
			runs[i].look = look{}
			n = fitting(runs[i], used, limits)
			r = runs[i]
		}
		before := len(r.text)
		n = border(r.text, n, len(head) > 0)
		if n > 0 {
			head = append(head, run{r.text[:n], r.look})
		}
		if n < before {
			tail = append(tail, run{strings.TrimLeft(r.text[n:], " \n"), r.look})
		}
		return head, append(tail, runs[i+1:]...)
	}
	return head, nil
}

// fitting is how many bytes of a run's text fit beside what is used.
func fitting(r run, used, limits size) int {
	tags := run{"", r.look}.measure()
	used = used.plus(tags)
	if !used.within(limits) {
		return 0
	}
	for i, c := range r.text {
		one := run{text: string(c)}.measure()
		if !used.plus(one).within(limits) {
			return i
		}
		used = used.plus(one)
	}
	return len(r.text)
}

// border moves a cut at byte n back to a border of text, if one is in the last quarter before it. more says that
// a message would hold something even if the cut moved to the text's beginning.
func border(text string, n int, more bool) int {
	if n >= len(text) {
		return len(text)
	}
	for _, at := range []int{
		strings.LastIndex(text[:n], "\n") + 1,
		strings.LastIndex(text[:n], ". ") + 2,
		strings.LastIndex(text[:n], " ") + 1,
	} {
		if at > 2 && at > n-max(n/4, 200) {
			return at
		}
	}
	if more && n < 200 {
		return 0 // the word belongs on the next message as a whole
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}
