// Package sqlite compares the cost of redpin's search with that of SQLite's full-text index, FTS5, through
// modernc.org/sqlite, on the same texts and questions. It is a module of its own so that redpin does not depend on SQLite.
//
//	cd search/sqlite && go test -bench .
package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search"
	"github.com/redpin/redpin/search/internal/sample"
)

const (
	questions = 500
	hits      = 5
)

var sizes = []int{1000, 10000}

func BenchmarkSearch(b *testing.B) {
	for _, entries := range sizes {
		pack, asked := sample.Pack(entries, questions)
		b.Run(fmt.Sprintf("redpin/%d", entries), func(b *testing.B) {
			x, err := search.New(b.Context(), []*knowledge.Pack{pack})
			if err != nil {
				b.Fatal(err)
			}
			defer x.Close()
			for i := 0; b.Loop(); i++ {
				if _, err := x.Search(b.Context(), asked[i%len(asked)], hits); err != nil {
					b.Fatal(err)
				}
			}
		})
		find := prepare(b, pack)
		for _, all := range []bool{true, false} {
			name := "sqlite"
			if !all {
				name = "sqlite-content-words"
			}
			b.Run(fmt.Sprintf("%s/%d", name, entries), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					if _, err := find(b.Context(), match(asked[i%len(asked)], all)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// TestSQLiteFinds makes sure that SQLite does the work that it is measured by: most questions have their entry among
// its hits, as they have among redpin's.
func TestSQLiteFinds(t *testing.T) {
	pack, _ := sample.Pack(1000, 0)
	find := prepare(t, pack)
	found := 0
	for _, e := range pack.Entries[:100] {
		ids, err := find(t.Context(), match(e.Title, true))
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) > 0 && ids[0] == e.ID {
			found++
		}
	}
	if found < 95 {
		t.Errorf("only %d of 100 questions find their entry", found)
	}
}

// prepare fills an FTS5 table in memory and returns a search of it: the best by BM25 with the answer at half the weight,
// through one prepared statement.
func prepare(t testing.TB, pack *knowledge.Pack) func(ctx context.Context, query string) ([]string, error) {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	db.SetMaxOpenConns(1) // each connection would have a database of its own
	ctx := t.Context()
	if _, err := db.ExecContext(ctx, `CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, question, answer, tokenize = 'porter unicode61')`); err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range pack.Entries {
		if _, err := tx.ExecContext(ctx, `INSERT INTO entry VALUES (?, ?, ?)`, e.ID, e.Title, e.Body); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO entry(entry) VALUES ('optimize')`); err != nil {
		t.Fatal(err)
	}
	statement, err := db.PrepareContext(ctx, fmt.Sprintf(`SELECT id FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 0, 1, 0.5) LIMIT %d`, hits))
	if err != nil {
		t.Fatal(err)
	}
	return func(ctx context.Context, query string) ([]string, error) {
		rows, err := statement.QueryContext(ctx, query)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var ids []string
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return nil, err
			}
			ids = append(ids, id)
		}
		return ids, rows.Err()
	}
}

// match writes a question as an FTS5 query for any of its words. The words that half of the entries hold are what costs
// SQLite most, and redpin finds candidates without them: so it is measured both with all words, which FAQ questions
// need (how, when, why), and without the function words.
func match(question string, all bool) string {
	var words []string
	for _, word := range strings.Fields(question) {
		if all || !sample.FunctionWord(word) {
			words = append(words, `"`+word+`"`)
		}
	}
	return strings.Join(words, " OR ")
}
