package kehoach

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"

	"kehoach/normalize"
)

// The peers have each document whole, its title and its text, as the program itself reads them from the files, and are asked as their
// own manuals say: each query as a match of any of its words. What gives them less (all words wanted, as SQLite does
// by itself) is left out.

// bleveOf is plain bleve: its standard analyzer, or, where fold is not nil, words that went through it.
func bleveOf(t testing.TB, s *shelf, fold func(string) string) found {
	t.Helper()
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = standard.Name
	if fold != nil {
		if err := m.AddCustomAnalyzer("folded", map[string]any{"type": custom.Name, "tokenizer": unicode.Name,
			"token_filters": []string{lowercase.Name}}); err != nil {
			t.Fatal(err)
		}
		m.DefaultAnalyzer = "folded"
	} else {
		fold = func(s string) string { return s }
	}
	x, err := bleve.NewMemOnly(m)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	batch := x.NewBatch()
	for name, p := range s.plans {
		if err := batch.Index(name, map[string]any{"title": fold(p.Title), "text": fold(p.Text)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Batch(batch); err != nil {
		t.Fatal(err)
	}
	return func(query string) ([]string, error) {
		res, err := x.Search(bleve.NewSearchRequestOptions(bleve.NewMatchQuery(fold(query)), 20, 0, false))
		if err != nil {
			return nil, err
		}
		var list []string
		for _, h := range res.Hits {
			list = append(list, h.ID)
		}
		return list, nil
	}
}

// fts5 is SQLite's full-text search with its own BM25; marks says what its tokenizer does with diacritics.
func fts5(t testing.TB, s *shelf, marks int) found {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	if _, err := db.Exec(fmt.Sprintf(`CREATE VIRTUAL TABLE d USING fts5(name UNINDEXED, title, text, tokenize = "unicode61 remove_diacritics %d")`, marks)); err != nil {
		t.Fatal(err)
	}
	for name, p := range s.plans {
		if _, err := db.Exec(`INSERT INTO d VALUES (?, ?, ?)`, name, p.Title, p.Text); err != nil {
			t.Fatal(err)
		}
	}
	return func(query string) ([]string, error) {
		var words []string
		for w := range normalize.Words(query) {
			words = append(words, `"`+query[w.Start:w.End]+`"`)
		}
		rows, err := db.Query(`SELECT name FROM d WHERE d MATCH ? ORDER BY rank, name LIMIT 20`, strings.Join(words, " OR "))
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var list []string
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return nil, err
			}
			list = append(list, name)
		}
		return list, rows.Err()
	}
}
