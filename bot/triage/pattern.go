package triage

// The pattern language of signs and concepts. Its page for authors is in knowledge/README.md:
//
//	wet myself          these words in this order, in any form, with at most one other word between
//	"wet herself"       exactly these words, side by side
//	<groin>             any wording of the concept groin
//	(numb | no feeling) any one of these
//	38-42               a number from 38 to 42
//	a ... b             as a b, with up to six words between
//	a + b               both in one sentence, in any order, at most twelve words apart
//	a & b               both anywhere in the message
//	!a                  but not when a is in the sentence; alone: this holds for every sign of the red flag

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The node types of a parsed pattern.
type (
	// A pattern is what must all be somewhere in the message: joined by &.
	pattern []clausePattern
	// A clausePattern is what must all be in one sentence: joined by +, and what must not be in it.
	clausePattern struct {
		with    []sequence
		without []sequence
	}
	// A sequence is items in order.
	sequence []item
	// An item is one place of a sequence.
	item struct {
		kind kind
		skip uint8       // how many words may stand before it, counted from the item before
		text string      // a word, as written, or the name of a concept
		alts []sequence  // of alternatives
		span *[2]float64 // of a range: lowest and highest
		sign *signWord   // of a word: what the compiler knows of it
	}
)

type kind uint8

const (
	aWord kind = iota
	anExactWord
	aConcept
	alternatives
	aRange
)

// How many words that mean something may stand between two items of a sequence, and between the parts of a +.
// One word finds "leaking a little urine"; measured on the back pain pack, two raise the false alarms by a half
// without finding more.
const (
	shortGap = 1
	longGap  = 6
	window   = 12
)

// maxPattern is the length in bytes of the longest pattern; a longer one is a pasted text, not a sign.
const maxPattern = 1000

// A mistake is why a pattern cannot be read, in words for its author, and what to write instead.
type mistake struct{ what, remedy string }

func (m mistake) Error() string { return m.what + "; " + m.remedy }

var (
	isRange = regexp.MustCompile(`^\d+(\.\d+)?-\d+(\.\d+)?$`)
	isName  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
)

// lex cuts a pattern into its words and signs. out is storage to use again.
func lex(text string, out []string) ([]string, error) {
	for i := 0; i < len(text); {
		if n := word(text[i:]); n > 0 {
			out = append(out, text[i:i+n])
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r):
			i += size
		case strings.HasPrefix(text[i:], "..."):
			out = append(out, "...")
			i += 3
		case r == '…':
			out = append(out, "...")
			i += size
		case strings.ContainsRune("()|+&!", r):
			out = append(out, text[i:i+1])
			i++
		case r == '<' || r == '"' || r == '“' || r == '”':
			closing, what := ">", "<"
			if r != '<' {
				closing, what = `"`, `"`
			}
			rest := text[i+size:]
			j := strings.Index(rest, closing)
			n := len(closing)
			if r == '“' || r == '”' {
				if k := strings.IndexAny(rest, "”“"); k >= 0 && (j < 0 || k < j) {
					j = k
					n = len("”")
				}
			}
			if j < 0 {
				return nil, mistake{fmt.Sprintf("%s opens and does not close", what), "close it with " + closing}
			}
			out = append(out, what+rest[:j])
			i += size + j + n
		case r == '>' || r == '*' || r == '=' || r == '[' || r == ']' || r == '{' || r == '}' || r == '\\' || r == '^':
			return nil, mistake{fmt.Sprintf("%q means nothing in a sign", r), "write words; <name> for a concept, (a | b) for a choice"}
		default:
			j := i
			for j < len(text) {
				r, size := utf8.DecodeRuneInString(text[j:])
				if unicode.IsSpace(r) || strings.ContainsRune(`()|+&!<>"“”*=[]{}\^…`, r) || strings.HasPrefix(text[j:], "...") {
					break
				}
				j += size
			}
			out = append(out, text[i:j])
			i = j
		}
	}
	return out, nil
}

// word is the length of the plain word at the start of text, or 0 where it is not plain or something sticks to it.
func word(text string) int {
	i := 0
	for i < len(text) && 'a' <= text[i] && text[i] <= 'z' {
		i++
	}
	if i == len(text) || text[i] == ' ' || text[i] == ')' {
		return i
	}
	return 0
}

// A parser reads patterns. words splits and folds the text of a word as messages are. What it returns shares no
// storage that it uses again.
type parser struct {
	words func(string) []string
	toks  []string
	at    int
	items []item     // of the sequences under way
	alts  []sequence // of the choices under way
}

// parse reads the pattern of a sign.
func (p *parser) parse(text string) (pattern, error) {
	if len(text) > maxPattern {
		return nil, mistake{fmt.Sprintf("the sign has %d characters, more than %d", len(text), maxPattern), "write several short signs"}
	}
	var err error
	if p.toks, err = lex(text, p.toks[:0]); err != nil {
		return nil, err
	}
	p.at, p.items, p.alts = 0, p.items[:0], p.alts[:0]
	var out pattern
	for {
		c, err := p.clause()
		if err != nil {
			return nil, err
		}
		out = append(out, c)
		if len(c.with) == 0 && (len(out) > 1 || p.at < len(p.toks)) {
			return nil, mistake{"a part of the sign only says what must not be there", "write what must be there before the !"}
		}
		if p.at == len(p.toks) {
			break
		}
		if p.toks[p.at] != "&" {
			return nil, mistake{fmt.Sprintf("%q stands where it closes nothing", p.toks[p.at]), "take it away or write its other half"}
		}
		p.at++
	}
	return out, nil
}

// parsePhrase reads a wording of a concept: a sequence.
func (p *parser) phrase(text string) (sequence, error) {
	out, err := p.parse(text)
	if err != nil {
		return nil, err
	}
	if len(out) != 1 || len(out[0].with) != 1 || len(out[0].without) != 0 {
		return nil, mistake{"a concept's wording holds +, & or !", "use these in signs only; a wording is words in order"}
	}
	return out[0].with[0], nil
}

func (p *parser) peek() string {
	if p.at < len(p.toks) {
		return p.toks[p.at]
	}
	return ""
}

func (p *parser) clause() (clausePattern, error) {
	var c clausePattern
	for {
		not := false
		if p.peek() == "!" {
			not = true
			p.at++
		}
		s, err := p.sequence(0)
		if err != nil {
			return c, err
		}
		if len(s) == 0 {
			at := p.peek()
			if at == "" {
				at = "the end"
			}
			return c, mistake{"nothing stands before " + at, "write a word, a <concept> or a choice (a | b) there"}
		}
		if not {
			c.without = append(c.without, s)
		} else {
			c.with = append(c.with, s)
		}
		if p.peek() == "!" {
			continue // "a !b" is "a + !b"
		}
		if p.peek() != "+" {
			break
		}
		p.at++
	}
	return c, nil
}

func (p *parser) sequence(depth int) (sequence, error) {
	start := len(p.items)
	defer func() { p.items = p.items[:start] }()
	skip := uint8(shortGap)
	for {
		t := p.peek()
		switch {
		case t == "" || t == "|" || t == "+" || t == "&" || t == "!" || t == ")":
			if skip == longGap {
				return nil, mistake{"nothing follows ...", "write what comes after the gap, or take ... away"}
			}
			return slices.Clone(sequence(p.items[start:])), nil
		case t == "...":
			p.at++
			if len(p.items) == start {
				return nil, mistake{"nothing stands before ...", "write what comes before the gap, or take ... away"}
			}
			skip = longGap
			continue
		case t == "(":
			p.at++
			if depth > 4 {
				return nil, mistake{"parentheses stand in parentheses more than four deep", "make a concept of the inner choice"}
			}
			first := len(p.alts)
			for {
				s, err := p.sequence(depth + 1)
				if err != nil {
					return nil, err
				}
				if len(s) == 0 {
					return nil, mistake{"a choice in parentheses is empty", "write words on both sides of |"}
				}
				p.alts = append(p.alts, s)
				sep := p.peek()
				p.at++
				if sep == ")" {
					break
				}
				if sep != "|" {
					if sep == "" {
						return nil, mistake{"( opens and does not close", "close it with )"}
					}
					return nil, mistake{sep + " stands in parentheses", "use + & and ! outside of parentheses only"}
				}
			}
			p.items = append(p.items, item{kind: alternatives, skip: skip, alts: slices.Clone(p.alts[first:])})
			p.alts = p.alts[:first]
		case t[0] == '<':
			p.at++
			name := t[1:]
			if !isPlain(name) && !isName.MatchString(name) {
				return nil, mistake{fmt.Sprintf("<%s> is no name of a concept", name), "names have small letters, digits and hyphens: <back-pain>"}
			}
			p.items = append(p.items, item{kind: aConcept, text: name, skip: skip})
		case t[0] == '"':
			p.at++
			ws := p.words(t[1:])
			if len(ws) == 0 {
				return nil, mistake{"a quotation holds no word", "write words between the quotation marks"}
			}
			for i, w := range ws {
				it := item{kind: anExactWord, text: w, skip: skip}
				if i > 0 {
					it.skip = 0
				}
				p.items = append(p.items, number(it))
			}
		case isDigit(t[0]) && isRange.MatchString(t):
			p.at++
			lo, hi, _ := strings.Cut(t, "-")
			low, _ := strconv.ParseFloat(lo, 64)
			high, _ := strconv.ParseFloat(hi, 64)
			if low > high {
				return nil, mistake{fmt.Sprintf("the range %s runs downwards", t), fmt.Sprintf("write %s-%s", hi, lo)}
			}
			p.items = append(p.items, item{kind: aRange, text: t, skip: skip, span: &[2]float64{low, high}})
		default:
			p.at++
			if isPlain(t) {
				p.items = append(p.items, item{kind: aWord, text: t, skip: skip})
				break
			}
			ws := p.words(t)
			if len(ws) == 0 {
				return nil, mistake{fmt.Sprintf("%q holds no word", t), "write a word or take it away"}
			}
			for i, w := range ws {
				it := item{kind: aWord, text: w, skip: skip}
				if i > 0 {
					it.skip = 0
				}
				p.items = append(p.items, number(it))
			}
		}
		skip = shortGap
	}
}

// number makes a range of a word that is a number.
func number(it item) item {
	if !isDigit(it.text[0]) {
		return it
	}
	if v, ok := parseNumber([]byte(it.text)); ok {
		it.kind, it.span = aRange, &[2]float64{v, v}
	}
	return it
}
