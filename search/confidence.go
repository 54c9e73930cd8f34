package search

import "math"

// The bands of Result.Confidence. They are the same for every pack.
const (
	// AnswerAt is the confidence from which the first hit is the answer.
	AnswerAt = 0.5
	// SuggestAt is the confidence from which hits are worth showing as choices. Below it, redpin says that it does
	// not know.
	SuggestAt = 0.25
	// SuggestAtMost is how many hits are shown as choices.
	SuggestAtMost = 4
)

// confidence is the probability that the first of the ranked entries answers the question.
func confidence(q *parsed, ranked []scored) float64 {
	if len(ranked) == 0 {
		return 0
	}
	v := evidence(q, ranked)
	z := confidenceBias
	for i, w := range confidenceWeights {
		z += w * v[i]
	}
	return 1 / (1 + math.Exp(-z))
}

const evidences = 8

// evidence is what confidence is computed from.
func evidence(q *parsed, ranked []scored) [evidences]float64 {
	first := ranked[0]
	f := first.features
	rest, n := 0.0, 0.0
	for _, r := range ranked[1:min(len(ranked), 10)] {
		rest += r.score
		n++
	}
	if n > 0 {
		rest /= n
	}
	second := 0.0
	if len(ranked) > 1 {
		second = ranked[1].score
	}
	return [evidences]float64{
		math.Sqrt(f.coveredAll * f.covers),
		first.score,
		f.char,
		f.cosine,
		first.score - rest,
		first.score - second,
		f.coveredAll,
		f.covers,
	}
}

var (
	confidenceWeights = [evidences]float64{2, 2, 1, 1, 2, 0, 0, 0}
	confidenceBias    = -3.0
)
