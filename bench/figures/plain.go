package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/ground/period"
	"anlan/store"
)

// peer is a database that is asked by plain SQL. It gives the first column of each query, row by row.
type peer interface {
	ask(ctx context.Context, queries []string) ([][]int64, error)
}

// tables asks the book's own database.
type tables struct{ db *store.DB }

func (t tables) ask(ctx context.Context, queries []string) (out [][]int64, err error) {
	err = t.db.Read(ctx, func(tx *store.Tx) error {
		for _, q := range queries {
			rows, err := tx.Query(q)
			if err != nil {
				return err
			}
			var column []int64
			for rows.Next() {
				for _, v := range rows.Values() {
					if n, ok := v.(int64); ok {
						column = append(column, n)
					}
				}
			}
			if err := rows.Close(); err != nil {
				return err
			}
			out = append(out, column)
		}
		return nil
	})
	return out, err
}

const grave = "grade IN ('major', 'exceptional')"

// clauses are the condition in time of a measure, and what it sums; the grave ones add a condition.
var clauses = map[string]struct{ sum, when string }{
	"count":  {"count(*)", "on_day BETWEEN '%[1]s' AND '%[2]s'"},
	"amount": {"CAST(coalesce(sum(amount_fen), 0) AS bigint)", "on_day BETWEEN '%[1]s' AND '%[2]s'"},
	"closed": {"count(*)", "closed_on BETWEEN '%[1]s' AND '%[2]s'"},
	"open":   {"count(*)", "on_day <= '%[2]s' AND (closed_on IS NULL OR closed_on > '%[2]s')"},
}

// singly is a query for each figure.
func singly(asks []indicator.Ask) (queries []string) {
	for _, a := range asks {
		noun, what, _ := strings.Cut(a.Measure, ".")
		isGrave := strings.HasPrefix(what, "grave")
		what = strings.TrimPrefix(strings.TrimPrefix(what, "grave"), "_")
		if what == "" {
			what = "count"
		}
		c := clauses[what]
		q := "SELECT " + c.sum + " FROM bench_case WHERE sort = '" + strings.TrimPrefix(noun, "case_") + "' AND " + during(c.when, a.Period)
		if isGrave {
			q += " AND " + grave
		}
		queries = append(queries, q)
	}
	return queries
}

func during(condition string, p period.Period) string {
	return fmt.Sprintf("("+condition+")", p.First(), p.Last())
}

// grouped is a query for each span: all sorts, all that is asked of it.
func grouped() (queries []string) {
	of := func(condition string, p period.Period, sums ...string) {
		queries = append(queries, "SELECT "+strings.Join(sums, ", ")+" FROM bench_case WHERE "+during(condition, p)+" GROUP BY sort ORDER BY sort")
	}
	graver := "CAST(sum(CASE WHEN " + grave + " THEN 1 ELSE 0 END) AS bigint)"
	amount := "CAST(coalesce(sum(amount_fen), 0) AS bigint)"
	graverAmount := "CAST(coalesce(sum(CASE WHEN " + grave + " THEN amount_fen END), 0) AS bigint)"
	last := year.LastYear()
	of(clauses["count"].when, year, "count(*)", graver, amount, graverAmount)
	of(clauses["count"].when, last, "count(*)", amount)
	of(clauses["closed"].when, year, "count(*)", graver)
	of(clauses["open"].when, year, "count(*)", graver)
	of(clauses["open"].when, last, graver)
	return queries
}

// inGroups gives the answers of grouped in the order of the asks.
func inGroups(asks []indicator.Ask, answers [][]int64) []int64 {
	columns := [][]string{{"count", "grave", "amount", "grave_amount"}, {"count", "amount"}, {"closed", "grave_closed"}, {"open", "grave_open"}, {"grave_open"}}
	thisYear := []bool{true, false, true, true, false}
	out := make([]int64, len(asks))
	for i, a := range asks {
		noun, what, _ := strings.Cut(a.Measure, ".")
		var n int
		fmt.Sscanf(noun, "case_s%d", &n)
		for g, names := range columns {
			if c := slices.Index(names, what); c >= 0 && thisYear[g] == (a.Period.Last() == year.Last()) {
				out[i] = answers[g][n*len(names)+c]
			}
		}
	}
	return out
}

// indexes are made for these queries and no others.
var indexes = []string{
	"CREATE INDEX bench_case_by_day ON bench_case (sort, on_day, closed_on, grade, amount_fen)",
	"CREATE INDEX bench_case_by_closing ON bench_case (sort, closed_on, on_day, grade)",
}
