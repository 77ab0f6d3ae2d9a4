package store_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
)

type grade string

func TestScan(t *testing.T) {
	t.Parallel()
	id := ident.ID{1, 2, 3}
	pointer := func(v int64) *int64 { return &v }
	cases := []struct {
		name  string
		value any
		dest  any // pointer to a zero value
		want  any // what it points to afterwards
	}{
		{"an integer", 7, new(int64), int64(7)},
		{"an int", 7, new(int), 7},
		{"a small integer", 7, new(int8), int8(7)},
		{"an unsigned integer", 7, new(uint16), uint16(7)},
		{"a flag", 1, new(bool), true},
		{"a text", "隐患", new(string), "隐患"},
		{"a named text", "重大", new(grade), grade("重大")},
		{"bytes", []byte{1, 2}, new([]byte), []byte{1, 2}},
		{"a text as bytes", "ab", new([]byte), []byte("ab")},
		{"bytes of a fixed number", []byte{1, 2}, new([2]byte), [2]byte{1, 2}},
		{"NULL bytes", []byte(nil), new([]byte), []byte(nil)},
		{"an integer that may be absent", 7, new(*int64), pointer(7)},
		{"an absent integer", (*int64)(nil), new(*int64), (*int64)(nil)},
		{"anything", "x", new(any), "x"},
		{"an id", id, new(ident.ID), id},
		{"no id", ident.ID{}, new(ident.ID), ident.ID{}},
	}
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				dest := reflect.New(reflect.TypeOf(c.dest).Elem()).Interface()
				read(t, db, func(tx *store.Tx) error {
					_, err := tx.QueryRow([]any{dest}, typed(c.value), c.value)
					return err
				})
				if diff := cmp.Diff(c.want, reflect.ValueOf(dest).Elem().Interface()); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			})
		}
	})
}

// typed is a query that gives its argument back; PostgreSQL wants to know of which type it is.
func typed(value any) string {
	switch value.(type) {
	case string, ident.ID:
		return "SELECT CAST(? AS text)"
	case []byte:
		return "SELECT coalesce(?, (SELECT body FROM outbox WHERE line = 99))"
	}
	return "SELECT CAST(? AS bigint)"
}

func TestScanRefuses(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		for _, c := range []struct {
			name, query string
			dest        any
			want        string
		}{
			{"NULL where nothing may be absent", "SELECT CAST(NULL AS bigint)", new(int64), "NULL does not fit"},
			{"NULL into a text", "SELECT CAST(NULL AS text)", new(string), "NULL does not fit"},
			{"a text into an integer", "SELECT '7'", new(int64), "does not fit"},
			{"an integer into a text", "SELECT 7", new(string), "does not fit"},
			{"an integer that is too large", "SELECT 300", new(int8), "300 does not fit"},
			{"a negative integer into an unsigned one", "SELECT -1", new(uint8), "-1 does not fit"},
			{"2 into a flag", "SELECT 2", new(bool), "2 does not fit"},
			{"what is no pointer", "SELECT 2", 3, "no destination"},
		} {
			t.Run(c.name, func(t *testing.T) {
				err := db.Read(t.Context(), func(tx *store.Tx) error {
					_, err := tx.QueryRow([]any{c.dest}, c.query)
					return err
				})
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
			})
		}
	})
}

func TestSelect(t *testing.T) {
	t.Parallel()
	type line struct {
		Topic string `db:"topic"`
		Line  int    `db:"line"`
		Other string // no column
	}
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		inTx(t, db, func(tx *store.Tx) error {
			_, err := tx.InsertRows("outbox", []string{"position", "line", "topic", "body"}, func(yield func([]any) bool) {
				for i := range 3 {
					yield([]any{int64(1), int64(i), fmt.Sprint("t", i), []byte{}})
				}
			})
			return err
		})
		read(t, db, func(tx *store.Tx) error {
			got, err := store.Select[line](tx, "SELECT line, topic FROM outbox WHERE line > ? ORDER BY line", 0)
			if want := []line{{"t1", 1, ""}, {"t2", 2, ""}}; err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, %v, want %v", got, err, want)
			}
			names, err := store.Select[string](tx, "SELECT topic FROM outbox ORDER BY line DESC")
			if want := []string{"t2", "t1", "t0"}; err != nil || !reflect.DeepEqual(names, want) {
				t.Errorf("got %v, %v, want %v", names, err, want)
			}
			none, err := store.Select[line](tx, "SELECT line, topic FROM outbox WHERE line > 9")
			if err != nil || none != nil {
				t.Errorf("got %v, %v, want nothing", none, err)
			}
			return nil
		})
		for _, c := range []struct{ name, query, want string }{
			{"a column without a field", "SELECT line, position FROM outbox", "no field"},
			{"a field without a column", "SELECT line FROM outbox", "1 columns and 2 fields"},
		} {
			t.Run(c.name, func(t *testing.T) {
				err := db.Read(t.Context(), func(tx *store.Tx) error { _, err := store.Select[line](tx, c.query); return err })
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
			})
		}
	})
}
