package main

import (
	"math"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/search"
)

// evalFigures are what was measured. Shares are from 0 to 1, and nil where there is nothing to measure them on.
type evalFigures struct {
	Questions  int `json:"questions"`
	Answerable int `json:"answerable"`

	Hit1     *float64 `json:"hit1"`
	Hit1Low  *float64 `json:"hit1_low"`
	Hit1High *float64 `json:"hit1_high"`
	Hit3     *float64 `json:"hit3"`
	Hit5     *float64 `json:"hit5"`
	MRR      *float64 `json:"mrr10"`

	Precision *float64 `json:"precision"`
	Recall    *float64 `json:"recall"`
	F1        *float64 `json:"f1"`
	Helped    *float64 `json:"helped"`
	Declined  *float64 `json:"declined"`
	Silent    *float64 `json:"silent"`
	AUC       *float64 `json:"auc"`
	AUCRight  *float64 `json:"auc_right"`

	Outcomes evalOutcomes `json:"outcomes"`
}

// evalOutcomes count what became of the questions. Other is small talk, a command, or an escalation that stands alone.
type evalOutcomes struct {
	Answered  evalCount `json:"answered"`
	Suggested evalCount `json:"suggested"`
	Abstained evalCount `json:"abstained"`
	Other     evalCount `json:"other"`
}

type evalCount struct {
	Answerable   int `json:"answerable"`
	Unanswerable int `json:"unanswerable"`
}

func (c evalCount) all() int { return c.Answerable + c.Unanswerable }

// of is where an outcome is counted.
func (o *evalOutcomes) of(outcome bot.Outcome) *evalCount {
	switch outcome {
	case bot.Answered:
		return &o.Answered
	case bot.Suggested:
		return &o.Suggested
	case bot.Abstained:
		return &o.Abstained
	}
	return &o.Other
}

// measure measures.
func measure(results []evalResult) evalFigures {
	judged := make([]search.Judged, len(results))
	var f evalFigures
	right := 0
	for i := range results {
		r := &results[i]
		judged[i] = r.judged()
		counted := f.Outcomes.of(r.outcome)
		if len(r.relevant) > 0 {
			counted.Answerable++
		} else {
			counted.Unanswerable++
		}
		if r.rank() == 1 {
			right++
		}
	}
	q := search.Judge(judged)
	f.Questions, f.Answerable = q.Questions, q.Answerable
	unanswerable := q.Questions - q.Answerable
	if q.Answerable > 0 {
		low, high := errorBar(q.Hit1, q.Answerable)
		f.Hit1, f.Hit1Low, f.Hit1High, f.Hit3, f.Hit5, f.MRR = &q.Hit1, &low, &high, &q.Hit3, &q.Hit5, &q.MRR
		f.Recall, f.F1, f.Helped = &q.Recall, &q.F1, &q.Helped
	}
	if f.Outcomes.Answered.all() > 0 {
		f.Precision = &q.Precision
	}
	if unanswerable > 0 {
		f.Declined, f.Silent = &q.Declined, &q.Silent
	}
	if unanswerable > 0 && q.Answerable > 0 {
		f.AUC = &q.AUC
	}
	if right > 0 && right < q.Questions {
		f.AUCRight = &q.AUCRight
	}
	return f
}

// errorBar is Wilson's 95% interval of a share over n. Unlike the simpler p ± 1.96·sqrt(p(1-p)/n) it stays right for
// few questions, and when all or none of them are right.
func errorBar(share float64, n int) (low, high float64) {
	const z = 1.96 // standard deviations that hold 95% of a normal distribution
	size := float64(n)
	middle := share + z*z/(2*size)
	spread := z * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	scale := 1 + z*z/size
	return max(0, (middle-spread)/scale), min(1, (middle+spread)/scale)
}

// An evalLine is a figure as people read it.
type evalLine struct {
	label   string
	value   *float64
	meaning string
}

func (f *evalFigures) finding() []evalLine {
	return []evalLine{
		{"hit@1", f.Hit1, "the first entry is right"},
		{"hit@3", f.Hit3, "one of the first three is"},
		{"hit@5", f.Hit5, "one of the first five is"},
		{"MRR@10", f.MRR, "mean of 1/place of the first right entry among ten"},
	}
}

func (f *evalFigures) deciding() []evalLine {
	return []evalLine{
		{"precision", f.Precision, "of what was answered, with a right entry"},
		{"recall", f.Recall, "of the answerable questions, answered with a right entry"},
		{"F1", f.F1, "both in one figure, their harmonic mean"},
		{"helped", f.Helped, "of the answerable questions, shown a right entry as answer or choice"},
		{"declined", f.Declined, "of the unanswerable questions, not answered"},
		{"silent", f.Silent, "of the unanswerable questions, neither answered nor suggested"},
		{"AUC", f.AUC, "chance that confidence tells an answerable question from an unanswerable"},
		{"AUC right", f.AUCRight, "chance that confidence tells a right first entry from anything else"},
	}
}
