package app_test

import (
	"slices"
	"strings"
	"testing"

	"anlan/app"
	"anlan/record"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/storetest"

	"github.com/google/go-cmp/cmp"
)

// TestTheMigratedSchemaIsWhatTheKindsDeclare makes the tables of every kind a second time, from its definition, and
// compares them with what the migrations made: columns, keys, indexes and constraints, as sets. When it fails, the text
// it prints is what the kind's migration should hold.
func TestTheMigratedSchemaIsWhatTheKindsDeclare(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			migrated := schemaOf(t, storetest.Open(t, d))
			declared := schemaOf(t, declaredOnly(t, d, app.Kinds()))
			for _, k := range app.Kinds() {
				for _, table := range tablesOf(k) {
					got, ok := migrated.Table(table)
					if !ok {
						t.Errorf("no migration makes table %s. The kind declares:\n%s", table, record.DDL(k))
						continue
					}
					want, _ := declared.Table(table)
					if diff := cmp.Diff(asSet(got), asSet(want)); diff != "" {
						t.Errorf("table %s (-migrated +declared):\n%s\nThe kind declares:\n%s", table, diff, record.DDL(k))
					}
				}
			}
		})
	}
}

func TestTheReadableViewsOfEveryKindCanBeRead(t *testing.T) {
	onBoth(t, func(w *world) {
		w.must(create("hazard", newHazard(1, "430602", "2023-05-06")), create("accident", newAccident(1, "430621", "2023-05-06", 1)))
		err := w.app.DB.Read(w.ctx, func(tx *store.Tx) error {
			for _, k := range app.Kinds() {
				for _, v := range record.Readable(k) {
					var n int64
					if _, err := tx.QueryRow([]any{&n}, "SELECT count(*) FROM (SELECT * FROM "+v.Name+") q"); err != nil {
						return err
					}
					if want := map[string]int64{"hazard_readable": 1, "accident_casualty_readable": 1}; want[v.Name] > 0 && n != want[v.Name] {
						w.Errorf("%s shows %d rows, want %d", v.Name, n, want[v.Name])
					}
				}
			}
			return nil
		})
		if err != nil {
			w.Fatal(err)
		}
	})
}

// declaredOnly is a database with the tables that the kinds declare and nothing else.
func declaredOnly(t *testing.T, d store.Dialect, kinds []record.Of) *store.DB {
	t.Helper()
	o := storetest.Options(t, d)
	db := storetest.OpenAt(t, o)
	recordtest.MakeSchema(t, db, o)
	recordtest.Make(t, db, kinds...)
	return db
}

func schemaOf(t *testing.T, db *store.DB) (s *store.Schema) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) { s, err = tx.Schema(); return err })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tablesOf names every table of a kind.
func tablesOf(k record.Of) []string {
	out := []string{k.Code(), k.Code() + "_past"}
	for _, l := range k.Tables() {
		out = append(out, l.Name, l.Name+"_past")
	}
	return out
}

// asSet puts the columns in order of name: a column that a later migration added stands last in its table.
func asSet(t store.Table) store.Table {
	t.Columns = slices.Clone(t.Columns)
	slices.SortFunc(t.Columns, func(a, b store.Column) int { return strings.Compare(a.Name, b.Name) })
	return t
}
