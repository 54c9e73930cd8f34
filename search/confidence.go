package search

import "math"

// The bands of Result.Confidence, the same for every pack. testdata/quality.golden shows what they do to each
// development set.
const (
	// AnswerAt is the confidence from which the first hit is the answer. It is the lowest of the steps of 0.05 at
	// which at least 72% of the unanswerable questions of every development family are not answered, each family
	// measured with weights that were fitted without it. The F1 of right answers alone would choose 0.25 (mean of
	// four families 0.72 against 0.70), and answer up to half of what nobody can answer.
	AnswerAt = 0.40
	// SuggestAt is the confidence from which hits are worth showing as choices. Below it, redpin says that it does
	// not know. At 0.12, 2 to 8 in 100 answerable questions more are turned away from a list that holds their entry; at
	// 0.05, the chatter of another world gets a "did you mean" two times out of three.
	SuggestAt = 0.08
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

// The weights were fitted to "the first entry is right" over the three development families and the shipped pack's
// own tests, with a third of the entries taken out in three ways and the other families' questions as chatter, each
// set weighted alike, and then rounded. Five pieces of evidence
// were kept: eighteen did better on the two sets of long questions and lost a tenth and more of F1 on a shop's short
// messages, when these were left out of the fit.
var confidenceWeights = [...]float64{2.8, 2.7, 1.8, 2.1, 2.9}

const confidenceBias = -4.4

// evidence is what confidence is computed from.
func evidence(ranked []scored) [len(confidenceWeights)]float64 {
	first := ranked[0]
	rest := 0.0
	others := ranked[1:min(len(ranked), 10)]
	for _, r := range others {
		rest += r.score / float64(len(others))
	}
	gap := first.score - rest
	return [...]float64{
		// Both hold what the other asks: a word too many on either side makes another question.
		math.Sqrt(first.coveredAll * first.covers),
		first.score,
		first.char,
		// The first stands out. The distance to the second alone says nothing where entries say the same.
		gap,
		gap / (first.score + 0.1),
	}
}
