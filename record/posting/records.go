package posting

import (
	"strings"

	"anlan/ground/period"
	"anlan/record/measure"
	"anlan/store"
	"anlan/store/journal"
)

// Item is what one record contributes to a balance, netted over all its postings.
type Item struct {
	Record int64 // row number
	Balance
}

// Records gives the records behind a balance: postings netted by record, those that cancel left out, in order of the
// record's birth, after the row number given, at most limit. Their counts and values add up to the balance.
func Records(tx *store.Tx, q Question, after int64, limit int) ([]Item, error) {
	inner, args := q.netted(after)
	rows, err := tx.Query(inner+" ORDER BY record_no LIMIT ?", append(args, int64(limit))...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Item
	for rows.Next() {
		var x Item
		if err := rows.Scan(&x.Record, &x.Count, &x.Value); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// CountRecords says how many records stand behind a balance.
func CountRecords(tx *store.Tx, q Question) (n int64, err error) {
	inner, args := q.netted(0)
	_, err = tx.QueryRow([]any{&n}, "SELECT count(*) FROM ("+inner+") q", args...)
	return n, err
}

// CountEver says how many records count in an account at all: on whatever day, under whatever unit, as of a position (0: now). What was
// reversed does not count. It reads all postings of the account.
func CountEver(tx *store.Tx, a Account, asOf journal.Position) (n int64, err error) {
	var w store.Where
	w.And("account_no = ?", a.No)
	if asOf > 0 {
		w.And("position <= ?", int64(asOf))
	}
	_, err = tx.QueryRow([]any{&n}, "SELECT count(DISTINCT record_no) FROM (SELECT record_no FROM posting"+w.SQL()+
		" GROUP BY record_no, on_day, unit, place HAVING sum(count) <> 0 OR sum(value) <> 0) q", w.Args()...)
	return n, err
}

// Share is what one record contributes on one day under one unit and place, netted over its postings. Of a stock there is no
// day: it counts as of one.
type Share struct {
	Record      int64 // row number
	Day         period.Day
	Unit, Place string
	Balance
}

// Shares gives what stands behind a balance in order of the records' birth; what cancels is left out. Counts and values add
// up to the balance.
func Shares(tx *store.Tx, q Question, do func(Share) error) error {
	day := "on_day"
	if q.Shape == measure.Stock {
		day = "''"
	}
	w := q.where(0)
	rows, err := tx.Query("SELECT record_no, "+day+" AS d, unit, place, CAST(sum(count) AS bigint) AS c, CAST(sum(value) AS bigint) AS v FROM posting"+w.SQL()+
		" GROUP BY record_no, d, unit, place HAVING sum(count) <> 0 OR sum(value) <> 0 ORDER BY record_no, d, unit, place", w.Args()...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var x Share
		var on string
		if err := rows.Scan(&x.Record, &on, &x.Unit, &x.Place, &x.Count, &x.Value); err != nil {
			return err
		}
		if on != "" {
			if x.Day, err = period.ISODay(on); err != nil {
				return err
			}
		}
		if err := do(x); err != nil {
			return err
		}
	}
	return rows.Err()
}

// netted sums postings by record, by index posting_day; bounded by the postings of the days asked for.
func (q Question) netted(after int64) (string, []any) {
	w := q.where(after)
	return "SELECT record_no, CAST(sum(count) AS bigint) AS c, CAST(sum(value) AS bigint) AS v FROM posting" + w.SQL() +
		" GROUP BY record_no HAVING sum(count) <> 0 OR sum(value) <> 0", w.Args()
}

// where finds the postings asked for of the records after a row number.
func (q Question) where(after int64) (w store.Where) {
	var alternatives []string
	var args []any
	for _, p := range q.parts() {
		var one store.Where
		one.And("on_day BETWEEN ? AND ?", p.first.String(), p.last.String())
		inCodes(&one, string(q.Axis), p.codes)
		alternatives, args = append(alternatives, strings.TrimPrefix(one.SQL(), " WHERE ")), append(args, one.Args()...)
	}
	w.And("account_no = ?", q.Account.No)
	if len(alternatives) == 0 {
		w.And("1 = 0")
	} else {
		w.And("("+strings.Join(alternatives, ") OR (")+")", args...)
	}
	inCodes(&w, string(ByUnit), q.Within)
	if after > 0 {
		w.And("record_no > ?", after)
	}
	if q.AsOf > 0 {
		w.And("position + 0 <= ?", int64(q.AsOf)) // nearly all postings lie before a position: the days find them
	}
	return w
}
