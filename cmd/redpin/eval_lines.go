package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/redpin/redpin/bot"
)

// An evalQuestion is a question with the entries that answer it, any one of which is right.
type evalQuestion struct {
	id       evalID
	text     string
	relevant []string // none: nobody can answer it here
	line     int
}

// An evalRow is a line of a run: what became of a question. Other programs write them, too; redpin adds the outcome
// and the ties.
type evalRow struct {
	ID       evalID      `json:"id"`
	Ranked   []string    `json:"ranked"`
	Score    float64     `json:"score"`
	Answered *bool       `json:"answered"`
	Outcome  bot.Outcome `json:"outcome,omitempty"`
	Ties     int         `json:"ties,omitempty"` // how many of Ranked are offered beside the answer
}

// An evalID is a text or a whole number as JSON: "q1" is another id than 1. The zero value is none.
type evalID string

func (id *evalID) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) == nil && b[0] == '"' {
		// Written anew, because JSON can write the same text in several ways.
		encoded, err := json.Marshal(text)
		*id = evalID(encoded)
		return err
	}
	if _, err := strconv.ParseInt(string(b), 10, 64); err != nil {
		return errors.New(`"id" is neither a text in quotes nor a whole number`)
	}
	*id = evalID(b)
	return nil
}

// MarshalJSON writes the id as it came.
func (id evalID) MarshalJSON() ([]byte, error) { return []byte(id), nil }

// readJudged reads one T a line with decode. A line that is none, or whose id an earlier one has, is told to out
// with its number and counted.
func readJudged[T any](in io.Reader, out io.Writer, name string, decode func([]byte, int) (T, evalID, error)) (kept []T, left int, err error) {
	lines := &lineReader{in: newReader(in)}
	seen := make(map[evalID]int)
	for {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return kept, left, nil
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return nil, 0, fmt.Errorf("line %d: %w", lines.number, reason(err))
		}
		var v T
		if err == nil {
			if line = bytes.TrimSpace(line); len(line) == 0 {
				continue
			}
			var id evalID
			if v, id, err = decode(line, lines.number); err == nil {
				if first := seen[id]; first > 0 {
					err = fmt.Errorf("the id %s is that of line %d", id, first)
				}
				seen[id] = lines.number
			}
		}
		if err != nil {
			if left++; left <= maxWarnings {
				fmt.Fprintf(out, "%s:%d: left out: %v\n", name, lines.number, err)
			}
			continue
		}
		kept = append(kept, v)
	}
}

// decodeQuestion reads a line of judged questions. Its errors are for people who never saw Go.
func decodeQuestion(line []byte, number int) (evalQuestion, evalID, error) {
	var q struct {
		ID       evalID   `json:"id"`
		Query    *string  `json:"query"`
		Relevant []string `json:"relevant"`
	}
	switch err := json.Unmarshal(line, &q); {
	case !json.Valid(line) || line[0] != '{':
		return evalQuestion{}, "", errors.New(`it is no JSON object such as {"id":"…","query":"…","relevant":["entry-id"]}`)
	case err != nil:
		return evalQuestion{}, "", errors.New(`it is not {"id":"…","query":"…","relevant":["entry-id"]}: ` + misfit(err))
	case q.ID == "" || q.Query == nil:
		return evalQuestion{}, "", errors.New(`it needs an "id" and a "query"`)
	case q.Relevant == nil:
		return evalQuestion{}, "", errors.New(`it has no "relevant"; write "relevant":[] where nobody can answer it here`)
	}
	return evalQuestion{q.ID, *q.Query, q.Relevant, number}, q.ID, nil
}

// decodeRow reads a line of a run.
func decodeRow(line []byte, _ int) (evalRow, evalID, error) {
	var r evalRow
	switch err := json.Unmarshal(line, &r); {
	case !json.Valid(line) || line[0] != '{':
		return r, "", errors.New(`it is no JSON object such as {"id":"…","ranked":["entry-id"],"score":0.7,"answered":true}`)
	case err != nil:
		return r, "", errors.New(`it is not {"id":"…","ranked":["entry-id"],"score":0.7,"answered":true}: ` + misfit(err))
	case r.ID == "":
		return r, "", errors.New(`it has no "id"`)
	}
	return r, r.ID, nil
}

// misfit says which part of an object is of the wrong kind.
func misfit(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("%q is a %s there", wrong.Field, wrong.Value)
	}
	return err.Error()
}

// writeRun writes a line for each question, in order.
func writeRun(file string, results []evalResult) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for _, r := range results {
		answered := r.outcome == bot.Answered
		ranked := r.ranked
		if ranked == nil {
			ranked = []string{}
		}
		if err := encoder.Encode(evalRow{r.id, ranked, r.confidence, &answered, r.outcome, r.ties}); err != nil {
			return err
		}
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// readRun reads a run and puts its rows to the questions of pack.
func readRun(t *terminal, file string, pack *evaluation) (*evaluation, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	rows, _, err := readJudged(f, t.err, file, decodeRow)
	if err != nil {
		return nil, err
	}
	byID := make(map[evalID]evalRow, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	other := &evaluation{titles: pack.titles}
	for _, r := range pack.results {
		if row, ok := byID[r.id]; ok {
			other.results = append(other.results, row.result(r))
		}
	}
	switch missing := len(pack.results) - len(other.results); {
	case len(other.results) == 0:
		return nil, errors.New("it has none of these questions; write it anew with --run and the same --queries")
	case missing > 0:
		fmt.Fprintf(t.err, "%s not in %s, and so not compared\n", count(missing, "question is", "questions are"), file)
	}
	return other, nil
}

// result is what the row says of the question of r.
func (row evalRow) result(r evalResult) evalResult {
	r.ranked, r.confidence, r.outcome, r.ties = row.Ranked, row.Score, row.Outcome, row.Ties
	if r.outcome != bot.Silence {
		return r
	}
	// Programs that have no outcomes answer or do not, and may leave even that out.
	r.outcome = bot.Abstained
	if len(row.Ranked) > 0 && (row.Answered == nil || *row.Answered) {
		r.outcome = bot.Answered
	}
	return r
}
