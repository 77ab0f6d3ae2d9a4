package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anlan/ground/period"
	"anlan/ground/width"
	"anlan/record/sheet"
)

var formats = []sheet.Format{sheet.XLSX, sheet.CSV, sheet.TSV, sheet.JSONL}

// write gives the bytes of a sheet.
func write(t testing.TB, format sheet.Format, layout sheet.Layout, rows ...[]sheet.Cell) []byte {
	t.Helper()
	b, err := tryWrite(format, layout, rows...)
	if err != nil {
		t.Fatalf("write %s: %v", format, err)
	}
	return b
}

func tryWrite(format sheet.Format, layout sheet.Layout, rows ...[]sheet.Cell) ([]byte, error) {
	var b bytes.Buffer
	w, err := sheet.NewWriter(&b, format, layout)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := w.Row(row); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return b.Bytes(), err
}

// open reads bytes under a name.
func open(name string, content []byte) (*sheet.Book, error) {
	return sheet.Read(name, bytes.NewReader(content), int64(len(content)))
}

func mustOpen(t testing.TB, name string, content []byte) *sheet.Book {
	t.Helper()
	b, err := open(name, content)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// collect gives all rows of a table, their cells copied.
func collect(table *sheet.Table) (rows []sheet.Row, err error) {
	for row, err := range table.Rows() {
		if err != nil {
			return rows, err
		}
		row.Cells = append([]sheet.Cell(nil), row.Cells...)
		rows = append(rows, row)
	}
	return rows, nil
}

// anyText draws texts with everything that a format could trip over.
var anyText = rapid.OneOf(
	rapid.String(),
	rapid.StringOf(rapid.RuneFrom([]rune("a岳😀 　\t\r\n\"',;|<>&=+-@＝_x005F0D\ufeff\u200b\ufffe\uffff\u0001\u001f\u2028]"))),
	rapid.SampledFrom([]string{"_x000D_", "_x005F_x000D_", "__x0041_x0042_", "'=1+1", "''", "'", "=cmd|' /C calc'!A0", "-5", "+5", "'-5", "00123", "2023-05-06", "TRUE", "null", "#N/A", " x ", "\r\n", "]]>", "示例", "430602198001011234"}),
).Filter(func(s string) bool { return !strings.ContainsRune(s, 0) })

var anyCell = rapid.OneOf(
	rapid.Map(anyText, sheet.TextCell),
	rapid.Map(rapid.StringMatching(`-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,9})?`), sheet.NumberCell),
	rapid.Map(rapid.IntRange(-800_000, 2_900_000), func(n int) sheet.Cell { return sheet.DayCell(period.MustDay(1970, 1, 1).Add(n)) }),
	rapid.Map(rapid.Bool(), sheet.BoolCell),
	rapid.Just(sheet.Cell{}),
)

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	for _, format := range formats {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				layout := sheet.Layout{Sheet: "台账", Fields: []sheet.Field{
					{Heading: "编号", Key: "serial", Kind: sheet.Text, Required: rapid.Bool().Draw(t, "required")},
					{Heading: "整改投入", Key: "cost", Kind: sheet.Number, Decimals: 2},
					{Heading: "排查日期", Key: "found_on", Kind: sheet.Day},
				}}
				rows := rapid.SliceOfN(rapid.SliceOfN(anyCell, 3, 3), 0, 6).Draw(t, "rows")
				written, err := tryWrite(format, layout, rows...)
				if err != nil {
					t.Fatal(err)
				}
				book, err := open("a."+string(format), written)
				if err != nil {
					t.Fatal(err)
				}
				table, err := book.Table("", []sheet.Heading{{Names: []string{"编号", "serial"}}, {Names: []string{"整改投入", "cost"}}, {Names: []string{"排查日期", "found_on"}}})
				if err != nil {
					t.Fatal(err)
				}
				read, err := collect(table)
				if err != nil {
					t.Fatal(err)
				}
				for i, row := range rows {
					blank := true
					for _, c := range row {
						blank = blank && width.Trim(c.Text) == ""
					}
					if blank {
						continue // a row of nothing is no row
					}
					number := i + 2
					if format == sheet.JSONL {
						number = i + 1
					}
					if len(read) == 0 || read[0].Number != number {
						t.Fatalf("row %d is missing: %v", number, read)
					}
					for j, want := range row {
						if got := read[0].Cells[j]; !same(format, got, want) {
							t.Fatalf("row %d, cell %d: got %+v, want %+v", number, j, got, want)
						}
					}
					read = read[1:]
				}
				if len(read) > 0 {
					t.Fatalf("rows that were not written: %v", read)
				}
			})
		})
	}
}

// same compares a cell with the one that was written, as far as the format keeps kinds: text files none, JSONL all but days,
// XLSX all but days before March 1900 and numbers longer than a spreadsheet keeps.
func same(format sheet.Format, got, want sheet.Cell) bool {
	kept := want.Kind
	switch {
	case want.Kind == sheet.Empty:
	case format == sheet.CSV || format == sheet.TSV,
		format == sheet.JSONL && want.Kind == sheet.Day,
		want.Kind == sheet.Day && want.Text < "1900-03-01",
		format == sheet.XLSX && want.Kind == sheet.Number && len(want.Text) > 15:
		kept = sheet.Text
	}
	return got == sheet.Cell{Text: want.Text, Kind: kept}
}

func TestSameCallsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	layout := sheet.Layout{Sheet: "台账", Notes: []string{"说明"}, Example: []sheet.Cell{sheet.TextCell("A")}, Fields: []sheet.Field{
		{Heading: "编号", Key: "serial", Note: "唯一", Choices: []string{"甲", "乙"}}, {Heading: "金额", Key: "cost", Kind: sheet.Number, Decimals: 2, Choices: []string{"1"}}}}
	for _, format := range formats {
		first := write(t, format, layout, []sheet.Cell{sheet.TextCell("A"), sheet.NumberCell("1.50")})
		for range 5 {
			if again := write(t, format, layout, []sheet.Cell{sheet.TextCell("A"), sheet.NumberCell("1.50")}); !bytes.Equal(first, again) {
				t.Fatalf("%s differs from call to call", format)
			}
		}
	}
}

func TestTextFilesAreWrittenPlainly(t *testing.T) {
	t.Parallel()
	layout := sheet.Layout{Sheet: "台账", Fields: []sheet.Field{{Heading: "编号", Key: "serial"}, {Heading: "金额（元）", Key: "cost"}, {Heading: "是否", Key: "yes"}}}
	rows := [][]sheet.Cell{
		{sheet.TextCell("=1+1"), sheet.NumberCell("-12.50"), sheet.BoolCell(true)},
		{sheet.TextCell("甲,\"乙\"\r\n丙\t\u0001"), sheet.Cell{}, sheet.BoolCell(false)},
		{sheet.Cell{}, sheet.NumberCell("007")},
	}
	for format, want := range map[sheet.Format]string{
		sheet.CSV: "\ufeff编号,金额（元）,是否\r\n'=1+1,-12.50,TRUE\r\n\"甲,\"\"乙\"\"\r\n丙\t\u0001\",,FALSE\r\n,007,\r\n",
		sheet.TSV: "\ufeff编号\t金额（元）\t是否\r\n'=1+1\t-12.50\tTRUE\r\n\"甲,\"\"乙\"\"\r\n丙\t\u0001\"\t\tFALSE\r\n\t007\t\r\n",
		sheet.JSONL: `{"serial":"=1+1","cost":-12.50,"yes":true}` + "\n" + `{"serial":"甲,\"乙\"\u000d\n丙\u0009\u0001","cost":null,"yes":false}` + "\n" +
			`{"serial":null,"cost":"007"}` + "\n",
	} {
		if diff := cmp.Diff(string(write(t, format, layout, rows...)), want); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
	}
}
