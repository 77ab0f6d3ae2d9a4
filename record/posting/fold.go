package posting

import (
	"strings"

	"anlan/store"
	"anlan/store/journal"
)

// fold is one of the ways in which cells sum postings: by what, and by how many characters of the day.
type fold struct {
	axis  Axis
	code  string
	grain string
	width string
}

// folds are by unit, by place and of everything, of months and of years.
var folds = []fold{
	{ByUnit, "unit", grainMonth, "7"}, {ByUnit, "unit", grainYear, "4"},
	{ByPlace, "place", grainMonth, "7"}, {ByPlace, "place", grainYear, "4"},
	{everything, "''", grainMonth, "7"}, {everything, "''", grainYear, "4"},
}

// fill replaces {axis}, {code}, {grain} and {width} in a text.
func (f fold) fill(text string) string {
	return strings.NewReplacer("{axis}", string(f.axis), "{code}", f.code, "{grain}", f.grain, "{width}", f.width).Replace(text)
}

// foldCells adds the postings of one account between two positions to all its cells: they are summed once by unit, place and
// month, and these sums are summed further. The primary key of posting finds them; the bound is the number of postings
// since the last fold.
var foldCells = func() string {
	var ways []string
	for _, f := range folds {
		ways = append(ways, f.fill("SELECT '{axis}' AS axis, '{grain}' AS grain, {code} AS code, substr(month, 1, {width}) AS span, n, v FROM sums"))
	}
	return `
WITH sums AS (
  SELECT unit, place, substr(on_day, 1, 7) AS month, sum(count) AS n, sum(value) AS v
  FROM posting
  WHERE account_no = ? AND position > ? AND position <= ?
  GROUP BY unit, place, substr(on_day, 1, 7))
INSERT INTO cell (account_no, axis, grain, code, span, count, value)
SELECT CAST(? AS bigint), axis, grain, code, span, CAST(sum(n) AS bigint), CAST(sum(v) AS bigint)
FROM (
  ` + strings.Join(ways, " UNION ALL\n  ") + `) q
WHERE 1 = 1
GROUP BY axis, grain, code, span
ON CONFLICT (account_no, axis, grain, code, span)
DO UPDATE SET count = cell.count + excluded.count, value = cell.value + excluded.value`
}()

// foldLeaves notes the units and places that the same postings name.
const foldLeaves = `
WITH fresh AS (
  SELECT DISTINCT unit, place
  FROM posting
  WHERE account_no = ? AND position > ? AND position <= ?)
INSERT INTO cell_leaf (axis, code)
SELECT axis, code
FROM (SELECT 'unit' AS axis, unit AS code FROM fresh UNION SELECT 'place', place FROM fresh) q
WHERE 1 = 1
ON CONFLICT (axis, code) DO NOTHING`

// news says in which accounts there is something to fold, by the primary key of posting.
const news = `
SELECT account_no
FROM account a
WHERE current_from IS NOT NULL
  AND EXISTS (SELECT 1 FROM posting p WHERE p.account_no = a.account_no AND p.position > ? AND p.position <= ?)
ORDER BY account_no`

const (
	grainMonth = "month"
	grainYear  = "year"
)

// FoldedThrough is the position up to which cells hold the postings. On PostgreSQL lock keeps two folds apart.
func FoldedThrough(tx *store.Tx, lock bool) (journal.Position, error) {
	query := "SELECT folded_through FROM fold WHERE id = 1"
	if lock {
		query += tx.Dialect().ForUpdate()
	}
	var at journal.Position
	_, err := tx.QueryRow([]any{&at}, query)
	return at, err
}

// Fold adds all postings up to a position to the cells. It runs in a transaction of its own, after the changes; until then
// balances read the postings themselves. Accounts that are still being filled wait until they become current.
func Fold(tx *store.Tx, upTo journal.Position) error {
	from, err := FoldedThrough(tx, true)
	if err != nil || upTo <= from {
		return err
	}
	accounts, err := listed[int64](tx, news, int64(from), int64(upTo))
	if err != nil {
		return err
	}
	for _, no := range accounts {
		if err := foldAccount(tx, no, from, upTo); err != nil {
			return err
		}
	}
	_, err = tx.Exec("UPDATE fold SET folded_through = ? WHERE id = 1", int64(upTo))
	return err
}

func foldAccount(tx *store.Tx, account int64, from, upTo journal.Position) error {
	if _, err := tx.Exec(foldCells, account, int64(from), int64(upTo), account); err != nil {
		return err
	}
	_, err := tx.Exec(foldLeaves, account, int64(from), int64(upTo))
	return err
}

// leaves lists the units or places that cells have been made for, some hundreds; withdrawn ones among them.
func leaves(tx *store.Tx, axis Axis) ([]string, error) {
	return listed[string](tx, "SELECT code FROM cell_leaf WHERE axis = ? ORDER BY code", string(axis))
}

// listed reads a query of one column.
func listed[V any](tx *store.Tx, query string, args ...any) (out []V, err error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v V
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
