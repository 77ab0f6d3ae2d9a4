package store_test

import (
	"testing"

	"anlan/store"
	"anlan/store/storetest"
)

func TestAViewShowsWhatItWasMadeOf(t *testing.T) {
	const query = `SELECT x.id AS "标识", CASE WHEN x.n = 1 THEN '是' END AS "值" FROM thing x`
	columns := []string{"标识", "值"}
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		for name, made := range map[string]struct {
			by   []string
			want bool
		}{
			"as it was made":   {[]string{store.ViewOf("shown", query)}, true},
			"not at all":       {nil, false},
			"fewer rows":       {[]string{store.ViewOf("shown", query+" WHERE x.n > 0")}, false},
			"another value":    {[]string{store.ViewOf("shown", `SELECT x.id AS "标识", CASE WHEN x.n = 2 THEN '是' END AS "值" FROM thing x`)}, false},
			"another name":     {[]string{store.ViewOf("shown", `SELECT x.id AS "标识", CASE WHEN x.n = 1 THEN '是' END AS "数" FROM thing x`)}, false},
			"columns changed":  {[]string{store.ViewOf("shown", `SELECT CASE WHEN x.n = 1 THEN '是' END AS "标识", x.id AS "值" FROM thing x`)}, false},
			"one column more":  {[]string{store.ViewOf("shown", query[:len(query)-len(" FROM thing x")]+", x.n FROM thing x")}, false},
			"of another table": {[]string{"CREATE TABLE other (id text, n integer)", store.ViewOf("shown", `SELECT x.id AS "标识", CASE WHEN x.n = 1 THEN '是' END AS "值" FROM other x`)}, false},
			"a table":          {[]string{`CREATE TABLE shown ("标识" text, "值" text)`}, false},
		} {
			err := db.InTx(t.Context(), func(tx *store.Tx) error {
				for _, s := range append([]string{"DROP VIEW IF EXISTS shown", "DROP TABLE IF EXISTS thing", "CREATE TABLE thing (id text, n integer)", "DROP TABLE IF EXISTS other"}, made.by...) {
					if _, err := tx.Exec(s); err != nil {
						return err
					}
				}
				same, err := store.ShowsAs(tx, "shown", query, columns)
				if same != made.want {
					t.Errorf("%s: %v", name, same)
				}
				if name == "a table" {
					_, err = tx.Exec("DROP TABLE shown")
				}
				return err
			})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
