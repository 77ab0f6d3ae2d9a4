package book_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"anlan/ground/period"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"
)

// asked gives what a query with plain SQL reads, as text.
func asked(w *recordtest.World, query string) (out [][]string) {
	w.Helper()
	err := w.DB.Read(w.Ctx, func(tx *store.Tx) error {
		rows, err := tx.Query(query)
		if err != nil {
			return err
		}
		defer rows.Close()
		out = append(out, slices.Clone(rows.Columns()))
		for rows.Next() {
			var row []string
			for _, v := range rows.Values() {
				if v == nil {
					v = "∅"
				}
				row = append(row, fmt.Sprint(v))
			}
			out = append(out, row)
		}
		return rows.Err()
	})
	if err != nil {
		w.Fatalf("%s: %v", query, err)
	}
	return out
}

func TestAnAuditorReadsLabelsYuanAndTheBureausTimeWithPlainSQL(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		s := secretive("1", "430602")
		s.Colour, s.Paid, s.Open = "blue", -105, true
		s.Level.V, s.Level.OK = -5, true
		s.Share.V, s.Share.OK = 9750, true
		w.Must(recordtest.Create("sample", s))
		for range 2 { // made twice is made anew
			if err := w.DB.InTx(w.Ctx, func(tx *store.Tx) error { return record.MakeReadable(tx, w.Book.Kinds()) }); err != nil {
				t.Fatal(err)
			}
		}
		got := asked(w, `SELECT "编号", "颜色", "状态", "已付", "费用", "水位", "占比", "开放", "参保", "记录时间", "所属单位" FROM sample_readable`)
		want := []string{"1", "蓝（深）", "有效", "-1.05", "∅", "-0.005", "97.50", "是", "∅", got[1][9], "430602"}
		if !slices.Equal(got[1], want) {
			t.Errorf("got %v, want %v", got[1], want)
		}
		if !strings.HasPrefix(got[1][9], "2024-01-31 09:00:00") { // 01:00 UTC
			t.Errorf("recorded at %s", got[1][9])
		}
		if got := asked(w, `SELECT "行", "日期", "颜色" FROM sample_line_readable ORDER BY "行"`); len(got) != 3 || !slices.Equal(got[2], []string{"2", "2023-05-06", "红"}) {
			t.Errorf("lines: %v", got)
		}
		for _, view := range []string{"sample_readable", "sample_line_readable", "journal_entry_readable"} {
			said := fmt.Sprint(asked(w, "SELECT * FROM "+view))
			for _, word := range append([]string{"联系人", "举报人", "谁"}, secrets...) {
				if strings.Contains(said, word) {
					t.Errorf("%s tells %s", view, word)
				}
			}
		}
	})
}

func TestTheTimeOfAViewIsThatOfTheBureau(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		err := w.DB.InTx(w.Ctx, func(tx *store.Tx) error {
			if err := record.MakeReadable(tx, nil); err != nil {
				return err
			}
			_, err := tx.Exec("DELETE FROM journal_entry")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		err = w.DB.InTx(w.Ctx, func(tx *store.Tx) error {
			at := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
			for i := range 3_000 { // odd steps over 150 years, through every month, leap days and the ends of centuries
				_, err := tx.Exec("INSERT INTO journal_entry (position, recorded_at, kind, version, action, hashes, body) VALUES (?, ?, 'x', 0, 'x', ?, ?)", int64(i+1), at.UnixMicro(), []byte{}, []byte{})
				if err != nil {
					return err
				}
				want = append(want, at.In(period.Shanghai).Format(time.DateTime))
				at = at.Add(18*24*time.Hour + 5*time.Hour + 59*time.Minute + 59*time.Second + 999999*time.Microsecond)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range asked(w, "SELECT recorded FROM journal_entry_readable ORDER BY position")[1:] {
			if row[0] != want[i] {
				t.Fatalf("got %s, want %s", row[0], want[i])
			}
		}
	})
}
