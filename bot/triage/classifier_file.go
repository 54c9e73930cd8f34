package triage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"

	"github.com/redpin/redpin/knowledge"
)

// A classifier is kept as text, a line a feature, so that a person can look up what a word counts:
//
//	# a remark
//	signs 5d41402abc4b2a76
//	examples 6498 b9719d911017c592
//	flags fever leg-weakness *
//	bias -31 -40 -21
//	w numb feet	51	-3	84	60
//	c _fev	43	51	-2	31
//
// w is a word or two, c a piece of a word; then come its rarity and its weight for each flag and for all emergencies
// together, all in tenths.
const tenth = 10

// allEmergencies is the name of the last column. No id of a flag begins with an asterisk.
const allEmergencies = "*"

const learnedHead = "# What \"redpin learn\" made of the messages in examples/. Do not edit it: change these, and run it again.\n"

// kindMarks are how the file names the kinds.
var kindMarks = [featureKinds]string{"w", "c"}

// write gives the text of a classifier. features are those of its rows.
func (c *classifier) write(ids []string, signs, examples string, features []feature) []byte {
	var b bytes.Buffer
	b.WriteString(learnedHead)
	fmt.Fprintf(&b, "signs %s\nexamples %s\nflags %s\nbias", signs, examples, strings.Join(ids, " "))
	for _, v := range c.bias {
		fmt.Fprintf(&b, " %d", tenths(v))
	}
	b.WriteByte('\n')
	n := len(ids)
	for row, f := range features {
		fmt.Fprintf(&b, "%s %s\t%d", kindMarks[f.kind], f.text, tenths(float32(math.Sqrt(float64(c.mass[row])))))
		for _, w := range c.weights[row*n : row*n+n] {
			fmt.Fprintf(&b, "\t%d", tenths(w))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func tenths(v float32) int { return int(math.Round(float64(v) * tenth)) }

// readClassifier reads what a pack has learned.
func readClassifier(p *knowledge.Pack) (*classifier, knowledge.Problems) {
	c := &classifier{}
	byID := make(map[string]*knowledge.RedFlag)
	for _, f := range p.RedFlags {
		byID[f.ID] = f
	}
	text := string(p.Learned)
	rows := strings.Count(text, "\n")
	c.table = make([]uint32, 1<<bits.Len(uint(rows*2)))
	c.check, c.mass = make([]uint32, 0, rows), make([]float32, 0, rows)
	var words []string // by row: those that are single words
	line := 0
	for l := range strings.Lines(text) {
		line++
		l = strings.TrimSuffix(l, "\n")
		head, rest, _ := strings.Cut(l, " ")
		ok := true
		switch head {
		case "#", "examples":
		case "signs":
			c.sameSigns = rest == signsDigest(p)
		case "flags":
			c.flags = nil
			for id := range strings.FieldsSeq(rest) {
				c.flags = append(c.flags, byID[id])
			}
			ok = strings.HasSuffix(rest, " "+allEmergencies) && len(c.bias) == 0
			c.weights = make([]float32, 0, min((rows+1)*len(c.flags), len(text)/2)) // a weight is a tab and a digit at least
		case "bias":
			c.bias, ok = numbers(nil, strings.ReplaceAll(rest, " ", "\t"))
			ok = ok && len(c.bias) == len(c.flags) && len(words) == 0
		case kindMarks[wordFeature], kindMarks[pieceFeature]:
			kind := wordFeature
			if head == kindMarks[pieceFeature] {
				kind = pieceFeature
			}
			var text string
			text, ok = c.add(kind, rest)
			ok = ok && len(c.bias) > 0
			if kind == pieceFeature || strings.Contains(text, " ") {
				text = ""
			}
			words = append(words, text)
		default:
			ok = false
		}
		if !ok {
			return nil, notLearned(p, line)
		}
	}
	if len(c.bias) == 0 {
		return nil, notLearned(p, line)
	}
	if len(c.mass) > 0 {
		c.unheard = unheardShare * slices.Max(c.mass)
	}
	c.pieceAt = make([]int32, len(words))
	var scratch []byte
	for row, word := range words {
		c.pieceAt[row] = -1
		if word != "" {
			scratch = c.addPieces(row, []byte(word), scratch)
		}
	}
	return c, nil
}

// notLearned is the problem of a line.
func notLearned(p *knowledge.Pack, line int) knowledge.Problems {
	return knowledge.Problems{{
		Place: knowledge.Place{File: p.LearnedFile, Line: line}, What: "this is not what redpin learn writes",
		Remedy: "run redpin learn on the pack again, or delete the file",
	}}
}

// add reads the line of a row behind its kind, and returns the row's text.
func (c *classifier) add(kind featureKind, line string) (text string, ok bool) {
	text, rest, ok := strings.Cut(line, "\t")
	if !ok || text == "" {
		return "", false
	}
	before := len(c.weights)
	if c.weights, ok = numbers(c.weights, rest); !ok || len(c.weights)-before != 1+len(c.flags) || c.weights[before] <= 0 {
		return "", false
	}
	rare := c.weights[before]
	c.weights = append(c.weights[:before], c.weights[before+1:]...)
	c.mass, c.check = append(c.mass, rare*rare), append(c.check, 0)
	c.insert(featureHash(kind, []byte(text)), len(c.mass)-1)
	return text, true
}

// numbers appends tenths that tabs part. There are a quarter of a million of them in a file, and every start reads them, so
// it does without strconv.
func numbers(out []float32, text string) ([]float32, bool) {
	const mostDigits = 7
	value, digits, negative := int32(0), 0, false
	for i := 0; ; i++ {
		switch {
		case i == len(text) || text[i] == '\t':
			if digits == 0 || digits > mostDigits {
				return out, false
			}
			if negative {
				value = -value
			}
			out = append(out, float32(value)/tenth)
			if i == len(text) {
				return out, true
			}
			value, digits, negative = 0, 0, false
		case text[i] == '-' && digits == 0 && !negative:
			negative = true
		case '0' <= text[i] && text[i] <= '9' && digits <= mostDigits:
			value, digits = 10*value+int32(text[i]-'0'), digits+1
		default:
			return out, false
		}
	}
}

// signsDigest tells apart the signs of a pack from those of an earlier state of it.
func signsDigest(p *knowledge.Pack) string {
	h := sha256.New()
	for _, f := range p.RedFlags {
		fmt.Fprintf(h, "%s %s\n", f.ID, f.Level)
		for _, s := range f.Signs {
			fmt.Fprintf(h, "  %s\n", s.Pattern)
		}
	}
	for _, c := range p.Concepts {
		fmt.Fprintf(h, "<%s>\n", c.Name)
		for _, ph := range c.Phrases {
			fmt.Fprintf(h, "  %s\n", ph.Text)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
