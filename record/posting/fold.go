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
SELECT account_no, '{axis}', '{grain}', {axis}, substr(on_day, 1, {width}), CAST(sum(count) AS bigint), CAST(sum(value) AS bigint)
FROM posting
WHERE account_no = ? AND position > ? AND position <= ?
GROUP BY account_no, {axis}, substr(on_day, 1, {width})
ON CONFLICT (account_no, axis, grain, code, span)
DO UPDATE SET count = cell.count + excluded.count, value = cell.value + excluded.value`

// fold is one of the ways in which cells sum postings.
type fold struct{ names *strings.Replacer }

// folds are by unit and by place, of months and of years.
var folds = func() (out []fold) {
	for _, axis := range []Axis{ByUnit, ByPlace} {
		for _, g := range []struct{ grain, width string }{{grainMonth, "7"}, {grainYear, "4"}} {
			out = append(out, fold{strings.NewReplacer("{axis}", string(axis), "{grain}", g.grain, "{width}", g.width)})
		}
	}
	return out
}()

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
	accounts, err := Load(tx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if a.Current == 0 || a.IsClosed && a.Closed <= from {
			continue
		}
		if err := foldAccount(tx, a.No, from, upTo); err != nil {
			return err
		}
	}
	_, err = tx.Exec("UPDATE fold SET folded_through = ? WHERE id = 1", int64(upTo))
	return err
}

func foldAccount(tx *store.Tx, account int64, from, upTo journal.Position) error {
	for _, f := range folds {
		if _, err := tx.Exec(f.names.Replace(foldCells), account, int64(from), int64(upTo)); err != nil {
			return err
		}
	}
	return nil
}
