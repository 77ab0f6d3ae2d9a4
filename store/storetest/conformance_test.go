package storetest_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// sample is a table with each kind of column, made in both dialects' own words.
func sample(t *testing.T, db *store.DB) {
	t.Helper()
	types := map[store.Dialect]string{
		store.SQLite: `CREATE TABLE sample (id integer PRIMARY KEY, name text, n integer, flag integer, content blob, ext text, note text,
			CONSTRAINT sample_flag_is_bool CHECK (flag IN (0, 1)), CONSTRAINT sample_name_once UNIQUE (name)) STRICT`,
		store.PostgreSQL: `CREATE TABLE sample (id bigint PRIMARY KEY, name text COLLATE "C", n bigint, flag smallint, content bytea, ext jsonb, note text COLLATE "C",
			CONSTRAINT sample_flag_is_bool CHECK (flag IN (0, 1)), CONSTRAINT sample_name_once UNIQUE (name))`,
	}
	write(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec(types[db.Dialect()])
		return err
	})
}

func write(t *testing.T, db *store.DB, do func(*store.Tx) error) {
	t.Helper()
	if err := db.InTx(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// rows runs a query and gives what it reads.
func rows(t *testing.T, db *store.DB, query string, args ...any) (out [][]any) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		r, err := tx.Query(query, args...)
		if err != nil {
			return err
		}
		defer r.Close()
		for r.Next() {
			row := make([]any, len(r.Columns()))
			dest := make([]any, len(row))
			for i := range row {
				dest[i] = &row[i]
			}
			if err := r.Scan(dest...); err != nil {
				return err
			}
			out = append(out, row)
		}
		return r.Err()
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return out
}

type row = []any

// TestTheDatabasesGiveTheSame is the promise of package store: one text, the same bytes.
func TestTheDatabasesGiveTheSame(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长文", 1<<18)
	insert := func(id int64, name, n, flag, content any) row { return row{id, name, n, flag, content} }
	data := []row{
		insert(1, "b", math.MaxInt64, 1, []byte{}),
		insert(2, "B", math.MinInt64, 0, []byte{0, 255, 0}),
		insert(3, "", 0, nil, nil),
		insert(4, nil, nil, 1, []byte("z")),
		insert(5, "é", -7, 0, []byte{0}),
		insert(6, "中", 7, 1, []byte{0, 1}),
		insert(7, "一", 1, 0, []byte{1}),
		insert(8, "𠮷", 2, 0, []byte("\xff")),
		insert(9, "￥", 3, 0, nil),
		insert(10, "a ", 4, 0, nil),
		insert(11, "a", 5, 0, nil),
		insert(12, "it's \"?\" \\ %_", 6, 0, nil),
	}
	cases := []struct {
		name  string
		query string
		args  []any
		want  []row
	}{
		{"a value comes back as it went", "SELECT name, n, flag, content FROM sample WHERE id <= 4 ORDER BY id", nil,
			[]row{{"b", int64(math.MaxInt64), int64(1), []byte{}}, {"B", int64(math.MinInt64), int64(0), []byte{0, 255, 0}},
				{"", int64(0), nil, nil}, {nil, nil, int64(1), []byte("z")}}},
		{"a long text is whole", "SELECT note FROM sample WHERE id = 1", nil, []row{{long}}},
		{"texts are ordered by their bytes", "SELECT id FROM sample WHERE id <> 4 AND id <> 12 ORDER BY name", nil,
			[]row{{int64(3)}, {int64(2)}, {int64(11)}, {int64(10)}, {int64(1)}, {int64(5)}, {int64(7)}, {int64(6)}, {int64(9)}, {int64(8)}}},
		{"blobs are ordered by their bytes", "SELECT id FROM sample WHERE content IS NOT NULL ORDER BY content", nil,
			[]row{{int64(1)}, {int64(5)}, {int64(6)}, {int64(2)}, {int64(7)}, {int64(4)}, {int64(8)}}},
		{"NULLS LAST puts the absent last", "SELECT id FROM sample WHERE id <= 4 ORDER BY n NULLS LAST", nil,
			[]row{{int64(2)}, {int64(3)}, {int64(1)}, {int64(4)}}},
		{"NULLS LAST holds downwards too", "SELECT id FROM sample WHERE id <= 4 ORDER BY n DESC NULLS LAST", nil,
			[]row{{int64(1)}, {int64(3)}, {int64(2)}, {int64(4)}}},
		{"the empty text is not NULL", "SELECT id FROM sample WHERE name IS NULL", nil, []row{{int64(4)}}},
		{"a trailing blank counts", "SELECT id FROM sample WHERE name = ?", []any{"a"}, []row{{int64(11)}}},
		{"texts that differ in case differ", "SELECT count(DISTINCT name) FROM sample WHERE id <= 2", nil, []row{{int64(2)}}},
		{"LIKE tells capitals from small letters", "SELECT id FROM sample WHERE name LIKE 'b%'", nil, []row{{int64(1)}}},
		{"LIKE takes an escape", `SELECT id FROM sample WHERE name LIKE '%\%\_' ESCAPE '\'`, nil, []row{{int64(12)}}},
		{"lower folds A to Z and nothing else", "SELECT lower('AÉ中Ａ')", nil, []row{{"aÉ中Ａ"}}},
		{"length counts characters", "SELECT length(name) FROM sample WHERE id IN (8, 6) ORDER BY id", nil, []row{{int64(1)}, {int64(1)}}},
		{"substr counts characters", "SELECT substr('中华人民', 2, 2)", nil, []row{{"华人"}}},
		{"NULL swallows a concatenation", "SELECT id FROM sample WHERE name || 'x' IS NULL", nil, []row{{int64(4)}}},
		{"a sum is a bigint", "SELECT CAST(sum(n) AS bigint) FROM sample WHERE id > 4", nil, []row{{int64(21)}}},
		{"a sum of nothing is NULL", "SELECT CAST(sum(n) AS bigint) FROM sample WHERE id > 100", nil, []row{{nil}}},
		{"a count of nothing is 0", "SELECT count(*) FROM sample WHERE id > 100", nil, []row{{int64(0)}}},
		{"a count leaves NULL out", "SELECT count(n) FROM sample WHERE id IN (3, 4)", nil, []row{{int64(1)}}},
		{"integers are divided towards zero", "SELECT n / 2, n % 2 FROM sample WHERE id IN (5, 6) ORDER BY id", nil,
			[]row{{int64(-3), int64(-1)}, {int64(3), int64(1)}}},
		{"a comparison is 0 or 1", "SELECT n > 0, n < 0 FROM sample WHERE id = 6", nil, []row{{int64(1), int64(0)}}},
		{"a condition on a flag compares with 1", "SELECT count(*) FROM sample WHERE flag = 1", nil, []row{{int64(3)}}},
		{"IS DISTINCT FROM knows NULL", "SELECT id FROM sample WHERE id <= 4 AND flag IS DISTINCT FROM 1 ORDER BY id", nil,
			[]row{{int64(2)}, {int64(3)}}},
		{"LIMIT and OFFSET take values", "SELECT id FROM sample ORDER BY id LIMIT ? OFFSET ?", []any{2, 1}, []row{{int64(2)}, {int64(3)}}},
		{"keyset paging compares rows", "SELECT id FROM sample WHERE (flag, id) > (?, ?) ORDER BY flag, id", []any{1, 1},
			[]row{{int64(4)}, {int64(6)}}},
		{"a case is coalesced", "SELECT coalesce(name, '无') FROM sample WHERE id = 4", nil, []row{{"无"}}},
		{"a member of JSON is cast", `SELECT CAST(ext ->> 'n' AS bigint), CAST(ext ->> 'who' AS text) FROM sample WHERE id <= 2 ORDER BY id`, nil,
			[]row{{int64(5), "王"}, {nil, nil}}},
		{"a recursive query walks a tree", "WITH RECURSIVE up (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM up WHERE i < 4) SELECT count(*) FROM up", nil,
			[]row{{int64(4)}}},
		{"a window function counts along", "SELECT id, row_number() OVER (ORDER BY id DESC) FROM sample WHERE id <= 2 ORDER BY id", nil,
			[]row{{int64(1), int64(2)}, {int64(2), int64(1)}}},
	}
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		sample(t, db)
		write(t, db, func(tx *store.Tx) error {
			for _, r := range data {
				if _, err := tx.Exec("INSERT INTO sample (id, name, n, flag, content) VALUES (?, ?, ?, ?, ?)", r...); err != nil {
					return err
				}
			}
			_, err := tx.Exec(`UPDATE sample SET ext = '{"who": "王", "n": 5}', note = ? WHERE id = 1`, long)
			return err
		})
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				if diff := cmp.Diff(c.want, rows(t, db, c.query, c.args...)); diff != "" {
					t.Errorf("%s (-want +got)\n%s", c.query, diff)
				}
			})
		}
	})
}

func TestWritingIsTheSame(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		sample(t, db)
		write(t, db, func(tx *store.Tx) error {
			const upsert = `INSERT INTO sample (id, name, n) VALUES (?, ?, ?)
				ON CONFLICT (id) DO UPDATE SET n = excluded.n WHERE sample.n < excluded.n`
			for _, c := range []struct {
				n       int64
				changed int64
			}{{5, 1}, {5, 0}, {6, 1}} {
				if got, err := tx.Exec(upsert, 1, "a", c.n); err != nil || got != c.changed {
					t.Errorf("upsert %d: got %d rows, %v, want %d", c.n, got, err, c.changed)
				}
			}
			var id, n int64
			if found, err := tx.QueryRow([]any{&id, &n}, "UPDATE sample SET n = n + 1 WHERE id = 1 RETURNING id, n"); err != nil || !found || n != 7 {
				t.Errorf("RETURNING: got %d, %v, %v, want 7", n, found, err)
			}
			if got, err := tx.Exec("UPDATE sample SET n = n WHERE id = 1"); err != nil || got != 1 {
				t.Errorf("an update to the same counts: got %d, %v", got, err)
			}
			if got, err := tx.Exec("DELETE FROM sample WHERE id = 99"); err != nil || got != 0 {
				t.Errorf("a delete of nothing: got %d, %v", got, err)
			}
			return nil
		})
		for _, c := range []struct {
			name string
			stmt string
			args []any
			want error
			v    store.Violation
		}{
			{"the same key twice", "INSERT INTO sample (id) VALUES (?)", []any{1}, store.ErrUnique, store.Violation{Table: "sample"}},
			{"the same unique text twice", "INSERT INTO sample (id, name) VALUES (2, 'a')", nil, store.ErrUnique,
				store.Violation{Table: "sample", Constraint: "sample_name_once"}},
			{"a broken check", "INSERT INTO sample (id, flag) VALUES (2, 2)", nil, store.ErrCheck,
				store.Violation{Table: "sample", Constraint: "sample_flag_is_bool"}},
			{"a missing column", "INSERT INTO book_head (id) VALUES (1)", nil, store.ErrNotNull,
				store.Violation{Table: "book_head", Constraint: "book_id"}},
		} {
			t.Run(c.name, func(t *testing.T) {
				err := db.InTx(t.Context(), func(tx *store.Tx) error {
					_, err := tx.Exec(c.stmt, c.args...)
					return err
				})
				if !errors.Is(err, c.want) {
					t.Fatalf("got %v, want %v", err, c.want)
				}
				v, ok := store.ViolationOf(err)
				if !ok || v.Table != c.v.Table || c.v.Constraint != "" && v.Constraint != c.v.Constraint {
					t.Errorf("got %+v, want %+v", v, c.v)
				}
			})
		}
		t.Run("a text in an integer column", func(t *testing.T) {
			err := db.InTx(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec("INSERT INTO sample (id, n) VALUES (3, ?)", "七")
				return err
			})
			if err == nil {
				t.Error("accepted")
			}
		})
	})
}

func TestEachMigratedPlaceIsItsOwnAndNeedsNoMigration(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			one, other := storetest.Open(t, d), storetest.Open(t, d)
			before, err := one.SchemaVersion(t.Context())
			if err != nil || before == 0 {
				t.Fatalf("version %d, %v", before, err)
			}
			if err := one.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if after, err := one.SchemaVersion(t.Context()); err != nil || after != before {
				t.Errorf("version %d before and %d after migrating again, %v", before, after, err)
			}
			sample(t, one)
			sample(t, other) // as if nobody else had made it
		})
	}
}
