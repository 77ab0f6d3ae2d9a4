package exchange_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
)

// said is a request for a sheet whose columns somebody has named.
var said = exchange.Request{Row: 2, Columns: []string{"number", "", "name", "cost"}, Show: true}

const strange = "金额单位：万元\n甲,乙,丙,丁\nZZ-001,x,甲装置,1.5\nZZ-002,y,,abc\nZZ-003,z,丙装置,2\n"

func TestColumnsAreReadAsSomebodyHasSaid(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		o, err := w.try(said, "表.csv", strange)
		if !errors.Is(err, field.ErrMissing) || len(o.Refused) != 1 || o.Applied {
			t.Fatalf("got %+v, %v", o, err)
		}
		row := o.Refused[0]
		if row.Row != 4 || len(row.Cells) != 3 || row.Cells[0].Code != "number" || len(row.Cells[0].Faults) != 0 || len(row.Cells[1].Faults) != 1 || row.Cells[2].Text != "abc" || len(row.Cells[2].Faults) != 1 {
			t.Errorf("refused: %+v", row)
		}

		// A correction goes through the parser of its field and the unit of its column, and is counted.
		q := said
		q.Corrections = []exchange.Correction{{Row: 4, Code: "name", Text: "乙装置"}, {Row: 4, Code: "cost", Text: "0.3"}, {Row: 4, Code: "no_such", Text: "1"}, {Row: 99, Code: "name", Text: "1"}}
		o, err = w.try(q, "表.csv", strange)
		if err != nil || o.New != 3 || o.Corrected != 2 || w.plant("ZZ-002").Cost.V != 3_000_00 || w.plant("ZZ-001").Cost.V != 15_000_00 {
			t.Fatalf("corrected: %+v, %v", o, err)
		}
		w.read(func(v *book.View) {
			r, err := v.Get(exchange.Kind.Code(), o.Run)
			if err != nil {
				t.Fatal(err)
			}
			if run := r.(*exchange.Run); run.Corrected.V != 2 || run.LeftOut.OK {
				t.Errorf("the record of the import: %+v", run)
			}
		})
	})
}

func TestRowsAreLeftOutByName(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		q := said
		q.LeaveOut = []int{3}
		if o, err := w.try(q, "表.csv", strange); err == nil || o.Applied {
			t.Errorf("a row with faults that was not named: %+v, %v", o, err)
		}
		q.LeaveOut = []int{4}
		o, err := w.try(q, "表.csv", strange)
		if err != nil || o.New != 2 || o.LeftOut != 1 || o.Rows != 3 {
			t.Fatalf("got %+v, %v", o, err)
		}
		q.LeaveOut, q.RowsMax = nil, 2
		if _, err := w.try(q, "表.csv", strange); !errors.Is(err, exchange.ErrTooManyRows) {
			t.Errorf("too many rows: %v", err)
		}
	})
}

func TestRefusedRowsComeInAgainWhenTheyAreCorrected(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		q := said
		q.Kind, q.Path, q.Content = "plant", "表.csv", []byte(strange)
		var out bytes.Buffer
		n, err := exchange.WriteRefused(t.Context(), w.book, w.admin, q, &out, "zh")
		if err != nil || n != 1 {
			t.Fatalf("%d rows, %v", n, err)
		}
		o, err := w.try(exchange.Request{Show: true, Corrections: []exchange.Correction{{Row: 2, Code: "name", Text: "乙装置"}, {Row: 2, Code: "cost", Text: "3"}}}, "有错的行.xlsx", out.String())
		if err != nil || o.New != 1 || w.plant("ZZ-002").Cost.V != 30_000_00 {
			t.Errorf("got %+v, %v", o, err)
		}
		if !slices.Equal(o.Ignored, []string{"错误", "原行号"}) {
			t.Errorf("ignored: %s", strings.Join(o.Ignored, " "))
		}
	})
}
