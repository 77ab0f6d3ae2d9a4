package posting

import (
	"anlan/store"
	"anlan/store/journal"
)

// foldCells adds the postings of one account between two positions to the cells of one axis and grain. The primary key
// of posting finds them; the bound is the number of postings since the last fold.
const foldCells = `
INSERT INTO cell (account_no, axis, grain, code, span, count, value)
SELECT account_no, ?, ?, {code}, substr(on_day, 1, {width}), CAST(sum(count) AS bigint), CAST(sum(value) AS bigint)
FROM posting
WHERE account_no = ? AND position > ? AND position <= ?
GROUP BY account_no, {code}, substr(on_day, 1, {width})
ON CONFLICT (account_no, axis, grain, code, span)
DO UPDATE SET count = cell.count + excluded.count, value = cell.value + excluded.value`

// axes are the ways in which cells sum postings: the texts are built once.
var axes = func() (out []struct{ axis, grain, query string }) {
	for _, axis := range []string{"unit", "place"} {
		for _, g := range []struct{ grain, width string }{{"month", "7"}, {"year", "4"}} {
			out = append(out, struct{ axis, grain, query string }{axis, g.grain, fill(foldCells, "{code}", axis, "{width}", g.width)})
		}
	}
	return out
}()

// FoldedThrough is the position up to which cells hold the postings. On PostgreSQL lock keeps two folds apart.
func FoldedThrough(tx *store.Tx, lock bool) (journal.Position, error) {
	query := "SELECT folded_through FROM fold WHERE id = 1"
	if lock {
		query += tx.Dialect().ForUpdate()
	}
	var at int64
	_, err := tx.QueryRow([]any{&at}, query)
	return journal.Position(at), err
}

// Fold adds all postings up to a position to the cells. It runs in a transaction of its own, after the changes; until then
// balances read the postings themselves.
func Fold(tx *store.Tx, upTo journal.Position) error {
	from, err := FoldedThrough(tx, true)
	if err != nil || upTo <= from {
		return err
	}
	accounts, err := Load(tx)
	if err != nil {
		return err
	}
	for _, a := range accounts.definition {
		if err := foldAccount(tx, a.No, from, upTo); err != nil {
			return err
		}
	}
	_, err = tx.Exec("UPDATE fold SET folded_through = ? WHERE id = 1", int64(upTo))
	return err
}

// FoldNew folds all postings of a freshly filled account up to where the others are folded.
func FoldNew(tx *store.Tx, a Account) error {
	upTo, err := FoldedThrough(tx, true)
	if err != nil {
		return err
	}
	return foldAccount(tx, a.No, 0, upTo)
}

func foldAccount(tx *store.Tx, account int64, from, upTo journal.Position) error {
	for _, x := range axes {
		if _, err := tx.Exec(x.query, x.axis, x.grain, account, int64(from), int64(upTo)); err != nil {
			return err
		}
	}
	return nil
}
