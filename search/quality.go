package search

import (
	"cmp"
	"slices"
)

// A Judged question is one whose right answers are known, with what a search made of it.
type Judged struct {
	// Relevant are the ids of the entries that answer it, any one of which is right. None says that nobody can
	// answer it here.
	Relevant []string
	// Ranked are the ids that were found, the best first.
	Ranked []string
	// Confidence is the search's (Result.Confidence), Ties how many hits it has beside the first (Result.Ties).
	Confidence float64
	Ties       int
	// Decided is what was done with it, where that is known: a red flag may stand alone however confident the
	// search is.
	Decided Decision
}

// A Decision is what was done with a question.
type Decision int

const (
	ByConfidence Decision = iota // what Confidence says, by AnswerAt and SuggestAt
	Answer                       // the first hit is the answer
	Suggest                      // hits are shown as choices
	Decline                      // neither
)

func (j *Judged) decision() Decision {
	switch {
	case len(j.Ranked) == 0:
		return Decline
	case j.Decided != ByConfidence:
		return j.Decided
	case j.Confidence >= AnswerAt:
		return Answer
	case j.Confidence >= SuggestAt:
		return Suggest
	}
	return Decline
}

// rank is the place of the first right entry, from 1, or 0.
func (j *Judged) rank() int {
	return 1 + slices.IndexFunc(j.Ranked, func(id string) bool { return slices.Contains(j.Relevant, id) })
}

// Quality says how well a search did on judged questions. Shares are from 0 to 1; those over nothing are 0.
type Quality struct {
	Questions  int // all
	Answerable int // those with a right answer

	// Of the answerable questions: with a right entry among the first 1, 3, 5 hits, and the mean of one over the
	// place of the first right entry among ten.
	Hit1, Hit3, Hit5, MRR float64

	// As decided. Precision: of what was answered, with a right entry first. Recall: of the answerable questions,
	// answered with a right entry first. F1 is their harmonic mean.
	Precision, Recall, F1 float64
	// Declined: of the questions that nobody can answer here, not answered (suggested or abstained). Silent: of
	// these, abstained.
	Declined, Silent float64
	// Helped: of the answerable questions, those with a right entry among what is shown: the answer and its ties,
	// or the first SuggestAtMost suggestions.
	Helped float64
	// AUC is the chance that an answerable question has a higher confidence than an unanswerable one; AUCRight that
	// a question with a right first hit has a higher one than any other.
	AUC, AUCRight float64
}

// Judge measures.
func Judge(questions []Judged) Quality {
	var q Quality
	var in, out, right, wrong []float64
	answered, correct, declined, silent := 0, 0, 0, 0
	for i := range questions {
		j := &questions[i]
		rank := j.rank()
		q.Questions++
		answers, suggests := j.decision() == Answer, j.decision() == Suggest
		if answers {
			answered++
		}
		if rank == 1 {
			right = append(right, j.Confidence)
			if answers {
				correct++
			}
		} else {
			wrong = append(wrong, j.Confidence)
		}
		if len(j.Relevant) == 0 {
			out = append(out, j.Confidence)
			if !answers {
				declined++
			}
			if !answers && !suggests {
				silent++
			}
			continue
		}
		q.Answerable++
		in = append(in, j.Confidence)
		if rank == 1 {
			q.Hit1++
		}
		if rank > 0 && rank <= 3 {
			q.Hit3++
		}
		if rank > 0 && rank <= 5 {
			q.Hit5++
		}
		if rank > 0 && rank <= 10 {
			q.MRR += 1 / float64(rank)
		}
		if answers && rank > 0 && rank <= 1+j.Ties || suggests && rank > 0 && rank <= SuggestAtMost {
			q.Helped++
		}
	}
	for _, share := range []*float64{&q.Hit1, &q.Hit3, &q.Hit5, &q.MRR, &q.Helped} {
		*share = ratio(*share, q.Answerable)
	}
	q.Precision = ratio(float64(correct), answered)
	q.Recall = ratio(float64(correct), q.Answerable)
	q.F1 = ratio(2*float64(correct), answered+q.Answerable)
	q.Declined = ratio(float64(declined), len(out))
	q.Silent = ratio(float64(silent), len(out))
	q.AUC = auc(in, out)
	q.AUCRight = auc(right, wrong)
	return q
}

func ratio(a float64, b int) float64 {
	if b == 0 {
		return 0
	}
	return a / float64(b)
}

// auc is the chance that one of high is above one of low, ties counting half.
func auc(high, low []float64) float64 {
	if len(high) == 0 || len(low) == 0 {
		return 0
	}
	type value struct {
		v    float64
		high bool
	}
	all := make([]value, 0, len(high)+len(low))
	for _, v := range high {
		all = append(all, value{v, true})
	}
	for _, v := range low {
		all = append(all, value{v, false})
	}
	slices.SortFunc(all, func(a, b value) int { return cmp.Compare(a.v, b.v) })
	sum := 0.0
	below := 0
	for i := 0; i < len(all); {
		j, highs := i, 0
		for ; j < len(all) && all[j].v == all[i].v; j++ {
			if all[j].high {
				highs++
			}
		}
		lows := j - i - highs
		sum += float64(highs) * (float64(below) + float64(lows)/2)
		below += lows
		i = j
	}
	return sum / float64(len(high)) / float64(len(low))
}
