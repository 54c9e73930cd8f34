package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/redpin/redpin/bot"
)

// A curve is precision against the share of questions answered, over all thresholds.
type curve struct {
	name    string
	shipped float64 // the threshold that is marked
	points  []point // from the highest threshold to the lowest, so from few answers to many
}

// A point is what answering from a threshold on comes to.
type point struct {
	threshold float64
	answered  float64 // share of all questions
	precision float64 // share of what is answered, with a right entry first
}

// newCurve takes every confidence as a threshold. What is not searched (small talk, commands) or stands alone
// (an escalation) has no answer at any.
func newCurve(name string, shipped float64, results []evalResult) curve {
	c := curve{name: name, shipped: shipped}
	var searched []*evalResult
	for i := range results {
		r := &results[i]
		if len(r.ranked) > 0 && r.outcome != bot.Commanded && r.outcome != bot.Escalated {
			searched = append(searched, r)
		}
	}
	slices.SortStableFunc(searched, func(a, b *evalResult) int { return cmp.Compare(b.confidence, a.confidence) })
	right := 0
	for i, r := range searched {
		if r.rank() == 1 {
			right++
		}
		if i+1 < len(searched) && searched[i+1].confidence == r.confidence {
			continue // a threshold answers both or none
		}
		c.points = append(c.points, point{r.confidence, float64(i+1) / float64(len(results)), float64(right) / float64(i+1)})
	}
	return c
}

// at is the point of a threshold; false says that nothing is answered there.
func (c *curve) at(threshold float64) (point, bool) {
	n, _ := slices.BinarySearchFunc(c.points, threshold, func(p point, t float64) int {
		if p.threshold >= t {
			return -1
		}
		return 1
	})
	if n == 0 {
		return point{}, false
	}
	return c.points[n-1], true
}

// precision is that of answering a share of the questions, between the points where there is none; false says that
// so many cannot be answered.
func (c *curve) precision(answered float64) (float64, bool) {
	n, _ := slices.BinarySearchFunc(c.points, answered, func(p point, a float64) int { return cmp.Compare(p.answered, a) })
	switch {
	case n == len(c.points):
		return 0, false
	case n == 0:
		return c.points[0].precision, true
	}
	a, b := c.points[n-1], c.points[n]
	return a.precision + (b.precision-a.precision)*(answered-a.answered)/(b.answered-a.answered), true
}

// legend says in words what the mark of the shipped threshold shows.
func (c *curve) legend() string {
	p, ok := c.at(c.shipped)
	if !ok {
		return fmt.Sprintf("%s: at the shipped threshold %.2f nothing is answered", c.name, c.shipped)
	}
	return fmt.Sprintf("%s: at the shipped threshold %.2f, %.0f%% answered, %.0f%% of these right", c.name, c.shipped, 100*p.answered, 100*p.precision)
}
