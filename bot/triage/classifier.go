package triage

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/redpin/redpin/knowledge"
)

// Signs say in so many words what is urgent, and people find other words. So a pack may also bring examples: messages
// that raise a flag and messages that are calm. From them "redpin learn" fits a classifier, a logistic regression over
// the words of a message, and writes it into the pack. It adds what signs miss, and takes back what they find by
// accident: each sees what the other does not, because one knows the words that an author thought of, and the other
// the company that words keep.
//
// testdata/quality.golden has what signs alone find of messages by writers whom no author of signs or examples has read, and
// what both do.

// limits are the probabilities at which examples decide on a flag of a level. Of four sets of messages (1,750 together, two
// fifths of what is calm in them written to sound urgent), each looked at by a classifier that did not know its writer, they
// raise 98% of the emergencies, and one on 2.4% of the others.
type limits struct {
	// raise raises a flag without a sign.
	raise float32
	// doubt takes a sign that was found for an accident: where the message is less likely to raise the flag, and the sentence
	// of the sign and the sign itself, with the rest of its clause, are less likely than alone.
	doubt, alone float32
}

var (
	urgent  = limits{raise: 0.90, doubt: 0.32, alone: 0.73}
	canWait = limits{raise: 0.60, doubt: 0.20, alone: 0.20} // of these more is missed than raised wrongly
)

func limitsOf(f *knowledge.RedFlag) limits {
	if f.Level == knowledge.Emergency {
		return urgent
	}
	return canWait
}

const (
	// besides are the odds of its own (as their logarithm; the probability is 0.88) at which an emergency is raised that is not
	// the likeliest. At even odds, 77 of 775 urgent messages raise one that they do not tell of; so, 52, most of them by signs.
	besides = 2
	// enough are the odds of its own at which an emergency is raised where any emergency is likelier than none.
	enough = 1.5
	// leastWords is how many words it takes to raise a flag without a sign: shorter messages say too little of themselves.
	leastWords = 4
	// mostLooks is how many signs of a flag are looked at before they all count: nobody has so many accidents.
	mostLooks = 8
	// mostDoubted is how many words a message may have for its signs to be doubted, which takes a second look at all of them.
	mostDoubted = 300
	// before is how many words before a sign are looked at with it: "I" or "my", and not all of "any pillow tips I can't pee".
	// What comes after it in its clause tells more of how it is meant, as in "I peed myself when grandma danced".
	before = 1
	// passage is how many tokens of a long message are looked at together, beside the whole of it, so that a sign is
	// not lost among three hundred other words.
	passage = 40
)

// A classifier tells how likely messages raise each flag of a pack. It does not change.
type classifier struct {
	// flags are those of its columns, nil for one that the pack does not have. The last column is of all emergencies
	// together.
	flags []*knowledge.RedFlag
	// sameSigns says that the pack's signs are those that were there when it was fitted. If not, what it doubts counts: a
	// sign that somebody has written since is none that it could know.
	sameSigns bool

	bias  []float32
	table []uint32  // rows by hash, from 1; 0 is none
	check []uint32  // of a row: the upper half of its hash
	mass  []float32 // of a row: the square of how rare it is among the examples
	// unheard is the mass of a word, or a piece of one, that is no row (unheardShare).
	unheard float32
	// weights are those of a row's flags, already times its rarity.
	weights []float32
	// pieces has, for each row that is a single word, its mass and weights summed over the word's pieces, so that a known
	// word costs one look; pieceAt is where.
	pieces  []float32
	pieceAt []int32
}

// row finds a feature, or gives -1.
func (c *classifier) row(hash uint64) int {
	mask := uint64(len(c.table) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		n := c.table[at]
		if n == 0 {
			return -1
		}
		if c.check[n-1] == uint32(hash>>32) {
			return int(n - 1)
		}
	}
}

// insert adds a row.
func (c *classifier) insert(hash uint64, row int) {
	mask := uint64(len(c.table) - 1)
	at := hash & mask
	for c.table[at] != 0 {
		at = (at + 1) & mask
	}
	c.table[at] = uint32(row + 1)
	c.check[row] = uint32(hash >> 32)
}

// addPieces sums the pieces of a row that is a single word.
func (c *classifier) addPieces(row int, word []byte, scratch []byte) []byte {
	n := len(c.flags)
	c.pieceAt[row] = int32(len(c.pieces))
	c.pieces = append(c.pieces, make([]float32, n+1)...)
	sums := c.pieces[len(c.pieces)-n-1:]
	return c.sumPieces(word, scratch, sums, &sums[0])
}

// sumPieces adds the pieces of a word to sums: the mass, then the weights. The mass of those that are unheard goes to extra.
func (c *classifier) sumPieces(word, scratch []byte, sums []float32, extra *float32) []byte {
	n := len(c.flags)
	return eachPiece(word, scratch, func(text []byte) {
		if row := c.row(featureHash(pieceFeature, text)); row >= 0 {
			sums[0] += c.mass[row]
			for i, w := range c.weights[row*n : row*n+n] {
				sums[i+1] += w
			}
		} else {
			*extra += c.unheard
		}
	})
}

// A reading is the working memory of a classifier.
type reading struct {
	seen  []uint32 // by row: the passage in which it was seen last
	turn  uint32
	text  []byte
	piece []byte
	sums  [featureKinds][]float32 // the mass, then the weights
	extra [featureKinds]float32   // the mass of what is unheard
	odds  []float32               // of the columns, in the passage at hand: the logarithms of what they are
	likes []float32               // of the flags, how likely they are, the most in any passage
	says  []bool                  // of the flags, whether any passage says enough to raise them without a sign
	heard []float32               // of the flags, how likely they are by what is heard alone, the most in any passage
	// What heard and says are for the message, while its signs are looked at by themselves.
	whole  []float32
	raises []bool
}

func newReading(c *classifier) *reading {
	n := len(c.flags) - 1
	r := &reading{seen: make([]uint32, len(c.mass)), odds: make([]float32, n+1), likes: make([]float32, n), says: make([]bool, n), heard: make([]float32, n)}
	for k := range r.sums {
		r.sums[k] = make([]float32, len(c.flags)+1)
	}
	return r
}

// probabilities returns how likely a message raises each flag: the whole of it or, where it is long, any passage.
func (c *classifier) probabilities(r *reading, buf []byte, tokens []token) []float32 {
	clear(r.likes)
	clear(r.says)
	clear(r.heard)
	c.look(r, buf, tokens)
	if len(tokens) <= passage+passage/2 {
		return r.likes
	}
	for from := 0; from < len(tokens); {
		to := from
		// Whole sentences, as many as fit, and one at least, which is cut where it is longer.
		for end := from + 1; end <= len(tokens) && end-from <= passage; end++ {
			if end == len(tokens) || tokens[end].before == sentence {
				to = end
			}
		}
		if to == from {
			to = min(from+passage, len(tokens))
		}
		c.look(r, buf, tokens[from:to])
		from = to
	}
	return r.likes
}

// look raises likes to the probabilities of one passage, and notes what that says.
func (c *classifier) look(r *reading, buf []byte, tokens []token) {
	r.turn++
	clear(r.extra[:])
	for k := range r.sums {
		clear(r.sums[k])
	}
	n := len(c.flags)
	words, pieces := r.sums[wordFeature], r.sums[pieceFeature]
	r.text = eachWord(buf, tokens, r.text, func(text []byte, pair bool) {
		row := c.row(featureHash(wordFeature, text))
		switch {
		case row < 0:
			if !pair {
				r.extra[wordFeature] += c.unheard
				r.piece = c.sumPieces(text, r.piece, pieces, &r.extra[pieceFeature])
			}
			return
		case r.seen[row] == r.turn:
			return
		}
		r.seen[row] = r.turn
		words[0] += c.mass[row]
		for i, w := range c.weights[row*n : row*n+n] {
			words[i+1] += w
		}
		if at := c.pieceAt[row]; at >= 0 {
			for i, w := range c.pieces[at : int(at)+n+1] {
				pieces[i] += w
			}
		}
	})
	c.weigh(r, false)
	for i := range r.heard {
		r.heard[i] = max(r.heard[i], c.probability(i, r.odds))
	}
	if r.extra != [featureKinds]float32{} {
		c.weigh(r, true)
	}
	any, likeliest := r.odds[n-1], c.likeliest(r.odds)
	for i, f := range c.flags[:n-1] {
		own, p := r.odds[i], c.probability(i, r.odds)
		r.likes[i] = max(r.likes[i], p)
		switch {
		case f == nil:
		case f.Level == knowledge.Emergency:
			// That something is urgent does not make it everything that could be.
			r.says[i] = r.says[i] || p >= urgent.raise && (own >= besides || i == likeliest) || own >= enough && any >= 0
		default:
			r.says[i] = r.says[i] || p >= canWait.raise
		}
	}
}

// weigh sets the odds of the passage at hand, by what is heard of it alone or by all of it.
func (c *classifier) weigh(r *reading, all bool) {
	copy(r.odds, c.bias)
	for k, sums := range r.sums {
		mass := sums[0]
		if all {
			mass += r.extra[k]
		}
		if sums[0] > 0 {
			norm := 1 / float32(math.Sqrt(float64(mass)))
			for i := range r.odds {
				r.odds[i] += sums[i+1] * norm
			}
		}
	}
}

// probability is how likely the flag of a column is.
func (c *classifier) probability(column int, odds []float32) float32 {
	z := odds[column]
	if f := c.flags[column]; f != nil && f.Level == knowledge.Emergency {
		z = ownShare*z + (1-ownShare)*odds[len(odds)-1]
	}
	return float32(1 / (1 + math.Exp(-float64(z))))
}

// likeliest is the column of the emergency with the best odds of its own, or -1.
func (c *classifier) likeliest(odds []float32) int {
	best := -1
	for i, f := range c.flags[:len(odds)-1] {
		if f != nil && f.Level == knowledge.Emergency && (best < 0 || odds[i] > odds[best]) {
			best = i
		}
	}
	return best
}

// unheardShare is the mass of a word that hardly an example has, against that of the rarest which some have. What a message
// says in such words makes everything else in it say less: of 1,948 questions about software, a course and a shop, 26 raised
// an emergency without, because "I'd like to" and "I don't want" were all that was heard, and 17 with all of it. Half does as
// well since there are examples of such questions (10 both), and hears more of slips of the finger.
const unheardShare = 0.5

// ownShare is what the odds of an emergency by itself count, against those of all emergencies together. Many words tell that
// something is urgent and few what it is, so an emergency is told best by both. On the sets of limits, own odds alone
// raise an emergency on twice as many calm messages at the recall that 0.3 has.
const ownShare = 0.3

// classify adds to done the flags that the examples raise, and takes away those of which they doubt that the signs were
// meant.
func (s *scratch) classify(text string) {
	again := false
	for k, c := range s.m.classifiers {
		if k == len(s.readings) {
			s.readings = append(s.readings, newReading(c))
		}
		r := s.readings[k]
		c.probabilities(r, s.buf, s.tokens)
		r.whole = append(r.whole[:0], r.heard...)
		r.raises = append(r.raises[:0], r.says...)
		again = again || s.mayDoubt(c) && s.doubtful(c, r.whole)
	}
	if again {
		s.findAll(text) // one sign may be an accident and another not
	}
	for k, c := range s.m.classifiers {
		r := s.readings[k]
		for i, f := range s.m.flags {
			column := slices.Index(c.flags[:len(r.whole)], f)
			switch {
			case column < 0:
			case s.done[i]:
				s.done[i] = !s.mayDoubt(c) || !s.doubted(c, r, int32(i), column)
			case len(s.tokens) >= leastWords:
				s.done[i] = r.raises[column]
			}
		}
	}
}

// mayDoubt tells whether a classifier may doubt the signs of the message that was read.
func (s *scratch) mayDoubt(c *classifier) bool { return c.sameSigns && len(s.tokens) <= mostDoubted }

// doubtful tells whether a message as a whole makes any flag that fires unlikely.
func (s *scratch) doubtful(c *classifier, whole []float32) bool {
	for i, f := range s.m.flags {
		if column := slices.Index(c.flags[:len(whole)], f); s.done[i] && column >= 0 && whole[column] < limitsOf(f).doubt {
			return true
		}
	}
	return false
}

// doubted tells whether the examples hold all signs of a flag that fire for accidents: neither the message, nor the
// sentence of any of them, nor the sign and what follows it is like those that raise the flag. What else people tell or
// ask beside a sign makes nobody doubt it, and neither does what is unheard: "i cant pee desde ayer, que hago".
func (s *scratch) doubted(c *classifier, r *reading, flag int32, column int) bool {
	limit := limitsOf(s.m.flags[flag])
	if r.whole[column] >= limit.doubt {
		return false
	}
	clear(r.heard)
	looks := 0
	for i := 0; i < len(s.founds) && r.heard[column] < limit.alone; i++ {
		f := &s.founds[i]
		cl := &s.m.clauses[f.clause]
		if s.m.signs[cl.sign].flag != flag || f.over || s.partial(cl) {
			continue
		}
		if looks++; looks > mostLooks {
			return false
		}
		from, to := int(f.first), int(f.first)+int(f.n)
		c.look(r, s.buf, s.tokens[from:to])
		all := f.whole()
		first, end := max(from, from+int(all.start)-before), from+int(all.end)
		for end < to && s.tokens[end].before < clause {
			end++
		}
		c.look(r, s.buf, s.tokens[first:end])
	}
	return r.heard[column] < limit.alone
}

// strongest are the words and pairs of words of a message that speak for the flag of a column, the strongest first.
func (c *classifier) strongest(buf []byte, tokens []token, column int) []string {
	weights := make(map[string]float32)
	eachWord(buf, tokens, nil, func(text []byte, _ bool) {
		if row := c.row(featureHash(wordFeature, text)); row >= 0 {
			if w := c.weights[row*len(c.flags)+column]; w > 0 {
				weights[strings.Replace(string(text), " _ ", " … ", 1)] = w
			}
		}
	})
	return slices.SortedFunc(maps.Keys(weights), func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
}
