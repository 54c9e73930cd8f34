package triage

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/optimize"

	"github.com/redpin/redpin/knowledge"
)

const (
	// rarest is in how many examples a feature must be to count: what only one or two people wrote says nothing of others.
	rarest = 8
	// fewest is how many examples a flag needs, of messages that raise it and of others, to be learned at all.
	fewest = 40
	// never is a bias that no message overcomes.
	never = -30
	// fit is how much the examples count against keeping the weights small. From 5 to 100, little changes.
	fit = 20
)

// ErrFewExamples is returned by Learn when no flag has enough examples, or all emergencies together leave too few others.
var ErrFewExamples = errors.New("too few examples")

// Learn fits a classifier to the examples of a pack, and to the questions of its entries, and returns it as the text of red-flags/learned.txt, with the ids of
// the flags that it knows. Each needs forty examples that raise it. The same pack gives the same text.
func Learn(p *knowledge.Pack) (text []byte, learned []string, err error) {
	plain := *p
	plain.Learned = nil
	m, err := New([]*knowledge.Pack{&plain})
	if err != nil {
		return nil, nil, err
	}
	if len(m.machines) == 0 {
		return nil, nil, ErrFewExamples
	}
	s := newScratch(m.machines[0])
	t := newTrainer(s, withQuestions(p, m))
	c := t.classifier()
	var columns [][]float64
	var emergencies []string
	for _, f := range p.RedFlags {
		w, err := t.fit(f.ID)
		if errors.Is(err, ErrFewExamples) {
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("learning the red flag %q: %w", f.ID, err)
		}
		columns, learned = append(columns, w), append(learned, f.ID)
		if f.Level == knowledge.Emergency {
			emergencies = append(emergencies, f.ID)
		}
	}
	if len(columns) == 0 {
		return nil, nil, ErrFewExamples
	}
	features := len(t.features)
	urgent := make([]float64, features+1) // all emergencies together
	if len(emergencies) == 0 {
		urgent[features] = never
	} else if urgent, err = t.fit(emergencies...); err != nil {
		return nil, nil, fmt.Errorf("learning all emergencies: %w", err)
	}
	columns = append(columns, urgent)
	for _, w := range columns {
		c.bias = append(c.bias, float32(w[features]))
	}
	for row := range features {
		for _, w := range columns {
			c.weights = append(c.weights, float32(w[row]*t.rarity[row]))
		}
	}
	return c.write(append(learned, allEmergencies), signsDigest(p), examplesDigest(p), t.features), learned, nil
}

// withQuestions adds to the examples of a pack what its entries are asked: messages that raise nothing, in the words of
// those who come with no sign at all. And people tell and ask in one breath, so some examples are there a second time with a
// question before or behind them, and some messages are long: what stands beside a sign says nothing of it.
func withQuestions(p *knowledge.Pack, m *Matcher) []knowledge.FlagTest {
	var questions []string
	for _, e := range p.Entries {
		for _, q := range e.Questions {
			if len(m.Find(q)) == 0 {
				questions = append(questions, q)
			}
		}
	}
	all := slices.Clone(p.Examples)
	if len(questions) == 0 {
		return all
	}
	for _, q := range questions {
		all = append(all, knowledge.FlagTest{Message: q})
	}
	next := 0
	question := func() string {
		next += 7919 // a prime: neighbours in the list ask for the same entry
		return questions[next%len(questions)]
	}
	for i, e := range p.Examples {
		switch i % 6 {
		case 0:
			all = append(all, knowledge.FlagTest{Message: e.Message + ". " + question(), Want: e.Want})
		case 2:
			all = append(all, knowledge.FlagTest{Message: question() + " " + e.Message, Want: e.Want})
		case 4:
			all = append(all, knowledge.FlagTest{Message: question() + "? " + e.Message, Want: e.Want})
		}
	}
	const long, sentences = 200, 10
	for range long {
		var text []string
		for range sentences {
			text = append(text, question())
		}
		all = append(all, knowledge.FlagTest{Message: strings.Join(text, ". ")})
	}
	return all
}

// UpToDate tells whether what a pack has learned is of its signs and examples as they are now.
func UpToDate(p *knowledge.Pack) bool {
	signs, examples := "\nsigns "+signsDigest(p)+"\n", "\nexamples "+examplesDigest(p)+"\n"
	return strings.Contains(string(p.Learned), signs) && strings.Contains(string(p.Learned), examples)
}

// examplesDigest tells apart the examples of a pack from those of an earlier state of it.
func examplesDigest(p *knowledge.Pack) string {
	h := sha256.New()
	for _, e := range p.Examples {
		fmt.Fprintf(h, "%q %q\n", e.Message, e.Want)
	}
	return fmt.Sprintf("%d %s", len(p.Examples), hex.EncodeToString(h.Sum(nil)[:8]))
}

// A trainer holds the examples as vectors.
type trainer struct {
	examples []knowledge.FlagTest
	features []feature // in order
	rarity   []float64
	rows     [][]int32   // of each example
	values   [][]float64 // of the same features: how often a word or a word with the piece is there, times its rarity
}

func newTrainer(s *scratch, examples []knowledge.FlagTest) *trainer {
	t := &trainer{examples: examples}
	words := make([][]string, len(examples)) // and pairs, none twice
	single := make(map[string]bool)
	count := make(map[feature]int)
	var text, piece []byte
	for i, e := range examples {
		s.read(e.Message)
		seen := make(map[feature]bool)
		add := func(f feature) {
			if !seen[f] {
				seen[f] = true
				count[f]++
			}
		}
		text = eachWord(s.buf, s.tokens, text, func(b []byte, pair bool) {
			word := string(b)
			if !seen[feature{wordFeature, word}] {
				words[i] = append(words[i], word)
			}
			add(feature{wordFeature, word})
			if !pair {
				single[word] = true
				piece = eachPiece(b, piece, func(b []byte) { add(feature{pieceFeature, string(b)}) })
			}
		})
	}
	number := t.number(count)
	unheard := 0.0
	if len(t.rarity) > 0 {
		unheard = unheardShare * slices.Max(t.rarity) * slices.Max(t.rarity)
	}
	for i := range examples {
		counts := make(map[int32]float64)
		var mass [featureKinds]float64
		add := func(f feature, alone bool) {
			if row, ok := number[f]; ok {
				counts[row]++
				mass[f.kind] += t.rarity[row] * t.rarity[row]
			} else if alone {
				mass[f.kind] += unheard
			}
		}
		for _, word := range words[i] {
			add(feature{wordFeature, word}, single[word])
			if single[word] {
				piece = eachPiece([]byte(word), piece, func(b []byte) { add(feature{pieceFeature, string(b)}, true) })
			}
		}
		rows := slices.Sorted(maps.Keys(counts)) // in order, so that sums come out the same each time
		values := make([]float64, len(rows))
		for k, row := range rows {
			values[k] = counts[row] * t.rarity[row] / math.Sqrt(mass[t.features[row].kind])
		}
		t.rows, t.values = append(t.rows, rows), append(t.values, values)
	}
	return t
}

// number keeps the features that are not too rare, in order, and returns their rows.
func (t *trainer) number(count map[feature]int) map[feature]int32 {
	for f, n := range count {
		if n >= rarest && !strings.ContainsAny(f.text, "\t\n") {
			t.features = append(t.features, f)
		}
	}
	slices.SortFunc(t.features, func(a, b feature) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.text, b.text))
	})
	rows := make(map[feature]int32, len(t.features))
	for i, f := range t.features {
		rows[f] = int32(i)
		t.rarity = append(t.rarity, 1+math.Log(float64(1+len(t.examples))/float64(1+count[f])))
	}
	return rows
}

// classifier is one that knows the features, and no flag yet.
func (t *trainer) classifier() *classifier {
	c := &classifier{}
	for _, v := range t.rarity {
		c.mass = append(c.mass, float32(v*v))
	}
	return c
}

// fit finds the weights of the features for messages that raise one of flags, and behind them the bias: those that make
// the examples likeliest, each side of them weighing the same, with small weights.
func (t *trainer) fit(flags ...string) ([]float64, error) {
	dim := len(t.features)
	label, weight := make([]float64, len(t.examples)), make([]float64, len(t.examples))
	sides := map[float64]int{}
	for i, e := range t.examples {
		label[i] = -1
		if slices.ContainsFunc(e.Want, func(id string) bool { return slices.Contains(flags, id) }) {
			label[i] = 1
		}
		sides[label[i]]++
	}
	if sides[1] < fewest || sides[-1] < fewest {
		return nil, ErrFewExamples
	}
	for i := range weight {
		weight[i] = fit * float64(len(t.examples)) / float64(2*sides[label[i]])
	}
	margin := func(x []float64, i int) float64 {
		z := x[dim]
		for k, row := range t.rows[i] {
			z += x[row] * t.values[i][k]
		}
		return z * label[i]
	}
	problem := optimize.Problem{
		Func: func(x []float64) float64 {
			loss := 0.0
			for _, v := range x[:dim] {
				loss += v * v / 2
			}
			for i := range t.rows {
				loss += weight[i] * softplus(-margin(x, i))
			}
			return loss
		},
		Grad: func(grad, x []float64) {
			copy(grad, x)
			grad[dim] = 0
			for i, rows := range t.rows {
				g := -weight[i] * label[i] / (1 + math.Exp(margin(x, i)))
				grad[dim] += g
				for k, row := range rows {
					grad[row] += g * t.values[i][k]
				}
			}
		},
	}
	settings := &optimize.Settings{MajorIterations: 200, GradientThreshold: 1e-2, Concurrent: 1}
	result, err := optimize.Minimize(problem, make([]float64, dim+1), settings, &optimize.LBFGS{})
	if err != nil {
		return nil, err
	}
	return result.X, nil
}

// softplus is log(1+exp(x)) without overflow.
func softplus(x float64) float64 {
	if x > 30 {
		return x
	}
	return math.Log1p(math.Exp(x))
}
