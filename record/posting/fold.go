package posting

import (
	"strings"

	"anlan/store"
	"anlan/store/journal"
)

// foldCells adds the postings of one account between two positions to the cells of one axis and grain. The primary key
// of posting finds them; the bound is the number of postings since the last fold.
const foldCells = `
INSERT INTO cell (account_no, axis, grain, code, span, count, value)
SELECT account_no, '{axis}', '{grain}', {code}, substr(on_day, 1, {width}), CAST(sum(count) AS bigint), CAST(sum(value) AS bigint)
FROM posting
WHERE account_no = ? AND position > ? AND position <= ?
GROUP BY 1, 4, 5
ON CONFLICT (account_no, axis, grain, code, span)
DO UPDATE SET count = cell.count + excluded.count, value = cell.value + excluded.value`

// foldLeaves notes the units or places that the same postings name.
const foldLeaves = `
INSERT INTO cell_leaf (axis, code)
SELECT DISTINCT '{axis}', {code}
FROM posting
WHERE account_no = ? AND position > ? AND position <= ?
ON CONFLICT (axis, code) DO NOTHING`

// fold is one of the ways in which cells sum postings.
type fold struct {
	axis  Axis
	grain string
	names *strings.Replacer
}

// folds are by unit, by place and of everything, of months and of years.
var folds = func() (out []fold) {
	for _, x := range []struct {
		axis Axis
		code string
	}{{ByUnit, "unit"}, {ByPlace, "place"}, {everything, "''"}} {
		for _, g := range []struct{ grain, width string }{{grainMonth, "7"}, {grainYear, "4"}} {
			out = append(out, fold{x.axis, g.grain, strings.NewReplacer("{axis}", string(x.axis), "{code}", x.code, "{grain}", g.grain, "{width}", g.width)})
		}
	}
	return out
}()

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
	for _, f := range folds {
		for _, query := range f.queries() {
			if _, err := tx.Exec(f.names.Replace(query), account, int64(from), int64(upTo)); err != nil {
				return err
			}
		}
	}
	return nil
}

// queries are what a fold runs; leaves are noted with the years of their axis.
func (f fold) queries() []string {
	if f.axis == everything || f.grain != grainYear {
		return []string{foldCells}
	}
	return []string{foldCells, foldLeaves}
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
