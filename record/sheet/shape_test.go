package sheet_test

import (
	"errors"
	"slices"
	"testing"

	"anlan/record/sheet"
)

func TestAShapeProposesWhatEachColumnIs(t *testing.T) {
	t.Parallel()
	const text = "2023年台账,,\n单位：万元,,\n编号,级别,投入,备注,\nA,重大,1,x\nB,一般,2,y\n"
	x, err := csv(t, text).Shape("", 0, wanted, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []sheet.Guess{{Text: "编号", Wanted: 0}, {Text: "级别", Wanted: 1, Near: true}, {Text: "投入", Wanted: 2, Near: true}, {Text: "备注", Wanted: -1}}
	if x.Row != 3 || !slices.Equal(x.Headings, want) || len(x.First) != 1 || x.First[0].Number != 4 || x.First[0].Cells[1] != "重大" {
		t.Errorf("got %+v", x)
	}
	other, err := csv(t, "编号, 级别,投入,备注\nC,重大,3,z").Shape("", 1, wanted, 1)
	if err != nil || other.Sum() != x.Sum() {
		t.Errorf("the same headings have another sum (%v)", err)
	}
	if none, err := csv(t, "甲地\n一,二\n1,2").Shape("", 0, wanted, 5); err != nil || none.Row != 2 || none.Headings[0].Wanted != -1 {
		t.Errorf("a sheet without any of the headings: %+v, %v", none, err)
	}
	if _, err := csv(t, text).Shape("", 99, wanted, 1); !errors.Is(err, sheet.ErrNoHeading) {
		t.Errorf("headings below the end: %v", err)
	}
	if _, err := mustOpen(t, "a.jsonl", []byte(`{"serial":"1"}`)).Shape("", 0, wanted, 1); !errors.Is(err, sheet.ErrNotTabular) {
		t.Errorf("JSONL: %v", err)
	}
}

func TestATableIsReadByTheColumnsThatWereSaid(t *testing.T) {
	t.Parallel()
	b := csv(t, "台账（金额单位：万元）\n甲,乙,丙（元）,丁\nA,重大,1,x\n")
	table, err := b.TableAt("", 2, wanted, []int{0, 1, 2, -1})
	if err != nil {
		t.Fatal(err)
	}
	if table.Unit != "万元" || table.Columns[2].Unit != "元" || table.Columns[3].Index != -1 || len(table.Extras) != 1 || table.Extras[0].Heading != "丁" {
		t.Errorf("got %+v", table)
	}
	for row, err := range table.Rows() {
		if err != nil || row.Cells[0].Text != "A" || row.Cells[3].Kind != sheet.Absent {
			t.Errorf("got %+v, %v", row, err)
		}
	}
	if w := table.Where(3, 1); w.Cell != "B3" || w.Column != "乙" {
		t.Errorf("a fault stands at %+v", w)
	}
	if _, err := b.TableAt("", 2, wanted, []int{0, -1, 0, -1}); !errors.Is(err, sheet.ErrMissingColumn) {
		t.Errorf("without a column that must be there: %v", err)
	}
}
