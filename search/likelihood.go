package search

import "math"

// With many wordings an entry, how rare a word is over entries tells little: in a pack about pain, some wording of
// every entry says "hurt". How often an entry's wordings say it, against all others', still does. So each candidate
// also gets the likelihood ratio of the question's words and neighbours: how much likelier they are when somebody asks
// for this entry than when somebody asks for another (complement naive Bayes, Rennie et al. 2003, in which the rest of
// the pack is the alternative). An entry with one wording has nothing to count, so the ratio's weight grows with the
// wordings of the pack.
//
// Tried and left out, because no set gained beyond its error: character n-grams in the ratio, the answer's words, bounds
// on a single word's ratio, and IDF over wordings instead of entries.

const (
	// pseudo is added to every count, so that a word that an entry's wordings do not hold is unlikely and not
	// impossible. From 0.1 to 1 hit@1 moves by less than two points; short lists of wordings prefer more.
	pseudo = 0.3
	// pairRatio is what a pair of neighbours counts against a word, of which it is made.
	pairRatio = 0.5
	// shrink is how many more terms that say nothing are averaged in, so that one or two words convince less than a
	// sentence does.
	shrink = 3
	// halfWordings is how many further wordings, in the mean over the pack's entries, give the ratio half of its
	// weight; of fewer, the square of their share counts, because what a handful of wordings happens to say is chance. A
	// shop's messages (15 wordings an entry) lose eight points when they get a fifth of the weight.
	halfWordings = 60.0
	// sureRatio is the ratio's weight where entries are compared for confidence, the same for every pack, so that the
	// weight in ranking, which differs between packs, makes none of them surer of itself.
	sureRatio = 0.1
)

// A tally is what the wordings of one candidate hold of the question.
type tally struct {
	length float32               // how many words they have
	terms  slots                 // how often they hold each term, alternatives by their share
	pairs  [maxPairs + 1]float32 // how often each pair stands in them; 0 is no pair
}

// countStems counts what the ratio needs of the whole pack. Where every entry has one wording, there is nothing to
// compare, and no table is kept.
func (c *corpus) countStems() {
	further := float64(len(c.wordings))/float64(len(c.entries)) - 1
	if further == 0 {
		return
	}
	c.ratioWeight = c.tune.ratio * further * further / (further*further + halfWordings*halfWordings)
	c.stemCount = make([]uint32, c.stems.len())
	for _, word := range c.questions {
		stem := c.stemOf[word&^stopBit]
		if c.stemCount[stem] == 0 {
			c.askedStems++
		}
		c.stemCount[stem]++
	}
}

// ratios adds the likelihood ratio to the score of each candidate. tallies are theirs, in the same order. A pair's
// total is counted over the candidates, because hardly another entry holds both of its words.
func (r *scorer) ratios(candidates []scored, tallies []tally) {
	var termTotal slots
	for i := range r.q.terms {
		for _, a := range r.q.terms[i].alternatives {
			if int(r.s.slot[a.stem]) == i+1 {
				termTotal[i+1] += a.weight * float32(r.stemCount[a.stem])
			}
		}
	}
	var pairTotal [maxPairs + 1]float32
	for i := range candidates {
		for p := range r.q.pairs {
			pairTotal[p+1] += tallies[i].pairs[p+1]
		}
	}
	smooth := pseudo * float64(r.askedStems)
	for i := range candidates {
		t := &tallies[i]
		rest := float64(len(r.questions)) - float64(t.length)
		// What an unheard-of word would be worth by the lengths alone.
		lengths := math.Log((rest + smooth) / (float64(t.length) + smooth))
		sum, n := 0.0, 0.0
		for k := 1; k <= len(r.q.terms); k++ {
			if termTotal[k] > 0 {
				sum += logOdds(t.terms[k], termTotal[k]) + lengths
				n++
			}
		}
		for k := 1; k <= len(r.q.pairs); k++ {
			if pairTotal[k] > 0 {
				sum += pairRatio * (logOdds(t.pairs[k], pairTotal[k]) + lengths)
				n += pairRatio
			}
		}
		ratio := sum / (n + shrink)
		candidates[i].ratio = r.ratioWeight * ratio
		candidates[i].score += candidates[i].ratio
		candidates[i].sure += sureRatio * ratio
	}
}

// logOdds compares how often an entry holds something with how often the others do.
func logOdds(here, everywhere float32) float64 {
	return math.Log((float64(here) + pseudo) / (max(0, float64(everywhere)-float64(here)) + pseudo))
}
