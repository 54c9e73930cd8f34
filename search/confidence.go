package search

import "math"

// The bands of Result.Confidence, the same for every pack. testdata/quality.golden shows what they do to each
// development set.
const (
	// AnswerAt is the confidence from which the first hit is the answer: it is likelier right than not. It is also the
	// lowest of the steps of 0.05 at which every development pack, measured with weights that were fitted without it,
	// and the shipped one leave at least 92% of everyday chatter unanswered, and 81% of what is near their subject.
	// At 0.40, the F1 of right answers is a point higher on most, and the shipped pack answers one message of chatter in seven.
	AnswerAt = 0.55
	// SuggestAt is the confidence from which hits are worth showing as choices. Below it, redpin says that it does
	// not know. At 0.08, another 1 to 2% of the answerable questions are turned away from a list that holds their entry.
	// The price: half to four fifths of everyday chatter get a "did you mean", and six in seven from the shipped pack.
	SuggestAt = 0.05
	// SuggestAtMost is how many hits are shown as choices.
	SuggestAtMost = 4
)

// confidence is the probability that the first of the ranked entries answers the question: a logistic model over
// the evidence. Bleve's own scores have no part in it, because they do not compare between questions.
func confidence(ranked []scored) float64 {
	if len(ranked) == 0 {
		return 0
	}
	z := confidenceBias
	for i, v := range evidence(ranked) {
		z += confidenceWeights[i] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// The weights were fitted to "the first entry is right" and then rounded: three development families, the shipped pack's
// own tests and half of a set of unseen questions to it; each pack as it is and with a third of its entries taken out in
// three ways; the other families' questions and testdata/chatter.txt as chatter; each family weighted alike. The evidence
// was chosen by the loss on a family that the fit had not seen. With these four it is 0.399, with the former five (score,
// cosine of n-grams, two gaps, and coverage of both sides multiplied) 0.440, with six of fifty tried 0.391, where weights
// turn negative and trade one family for another. The share of unknown words, the likelihood ratio itself and a
// softmax of the scores add nothing to these.
var confidenceWeights = [...]float64{5.1, 2.2, 5.5, 6.3}

const confidenceBias = -4.4

// standing is the most that the first may stand out, as a share of the asked words that it holds. Without it, one rare
// word that only one entry has makes that entry stand out from all others, whatever else was asked.
const standing = 0.3

// evidence is what confidence is computed from.
func evidence(ranked []scored) [len(confidenceWeights)]float64 {
	first := ranked[0]
	second, rest := 0.0, 0.0
	others := ranked[1:min(len(ranked), 10)]
	for i, r := range others {
		if i == 0 {
			second = r.sure
		}
		rest += r.sure / float64(len(others))
	}
	most := standing * first.content
	return [...]float64{
		// Each holds what the other asks: a word too many on either side makes another question.
		first.covers,
		first.content,
		// The first stands out, from the field and from the second. The second alone says nothing where entries say
		// the same.
		min(first.sure-rest, most),
		min(first.sure-second, most),
	}
}
