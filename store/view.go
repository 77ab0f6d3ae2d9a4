package store

import "slices"

// ShowsAs says whether a view of the database shows, column for column, what a query shows: whether it is the view that was made of it.
// SQLite keeps the text of a view; PostgreSQL is asked how it would compute either, because it keeps what the text meant. False where there is
// no such view.
func ShowsAs(tx *Tx, view, query string, columns []string) (bool, error) {
	if tx.Dialect() != PostgreSQL {
		rows, err := tx.all(`SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?`, view)
		return len(rows) == 1 && textOf(rows[0][0]) == ViewOf(view, query), err
	}
	rows, err := tx.all(`SELECT a.attname::text, (c.relkind = 'v' AND c.reloptions IS NULL)::int FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relname = ? AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 ORDER BY a.attnum`, view)
	if err != nil {
		return false, err
	}
	var names []string
	for _, r := range rows {
		if plain, _ := r[1].(int64); plain == 1 {
			names = append(names, textOf(r[0]))
		}
	}
	if !slices.Equal(names, columns) {
		return false, nil
	}
	var plans [2]string
	for i, from := range []string{view, "(" + query + ")"} {
		rows, err := tx.all(`EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM ` + from + ` shown`)
		if err != nil {
			return false, err
		}
		for _, r := range rows {
			plans[i] += textOf(r[0]) + "\n"
		}
	}
	return plans[0] == plans[1], nil
}

// ViewOf is the statement that makes a view of a query.
func ViewOf(view, query string) string {
	return "CREATE VIEW " + view + " AS " + query
}
