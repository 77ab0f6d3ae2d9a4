package posting

import (
	"flag"
	"os"
	"strings"
	"testing"

	"anlan/ground/period"
	"anlan/store"
	"anlan/store/storetest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/plans.txt again")

// TestFiguresAreFoundByTheirIndexes keeps the plans of the statements that every report runs: a lost index shows in the diff.
func TestFiguresAreFoundByTheirIndexes(t *testing.T) {
	t.Parallel()
	const golden = "testdata/plans.txt"
	d := days{period.MustDay(2023, 1, 1), period.MustDay(2023, 12, 31)}
	accounts, codes := []any{int64(1), int64(2), int64(3)}, []string{"430602", "430621"}
	var got strings.Builder
	year := Question{Account: Account{No: 1}, Axis: ByUnit, Nodes: []Node{{Code: "430602"}}, First: d.first, Last: d.last, AsOf: 2000}
	behind, behindArgs := year.netted(0)
	db := storetest.Open(t, store.SQLite)
	type question struct {
		what, table string
		where       store.Where
		column      string
		codes       []string
	}
	explain := func(what, query string, args []any) {
		got.WriteString(what + "\n")
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			rows, err := tx.Query("EXPLAIN QUERY PLAN "+query, args...)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				got.WriteString("  " + rows.Values()[3].(string) + "\n")
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []question{
		{"a year of some units", "cell", spans(d)[0].where(ByUnit), "code", codes},
		{"a year of everything", "cell", spans(d)[0].where(everything), "code", []string{""}},
		{"what is not folded yet", "posting", d.where(1000, 0), "unit", codes},
		{"what came after a position", "posting", d.where(1000, 2000), "unit", codes},
		{"ragged days", "posting", d.where(0, 0), "unit", codes},
		{"ragged days as of a position", "posting", d.where(0, 2000), "place", nil},
	} {
		query, args := statement(s.table, s.where, accounts, s.column, s.codes)
		explain(s.what, query, args)
	}
	explain("the records behind a year, as of a position", behind, behindArgs)
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got.String(), string(want)); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
