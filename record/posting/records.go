package posting

import (
	"strings"

	"anlan/store"
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

// netted sums postings by record, by index posting_day; bounded by the postings of the days asked for.
func (q Question) netted(after int64) (string, []any) {
	var alternatives []string
	var args []any
	for _, p := range q.parts() {
		var w store.Where
		w.And("on_day BETWEEN ? AND ?", p.first.String(), p.last.String())
		inCodes(&w, string(q.Axis), p.codes)
		alternatives, args = append(alternatives, strings.TrimPrefix(w.SQL(), " WHERE ")), append(args, w.Args()...)
	}
	var w store.Where
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
	return "SELECT record_no, CAST(sum(count) AS bigint) AS c, CAST(sum(value) AS bigint) AS v FROM posting" + w.SQL() +
		" GROUP BY record_no HAVING sum(count) <> 0 OR sum(value) <> 0", w.Args()
}
