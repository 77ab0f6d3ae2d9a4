package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"runtime"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"anlan/ground/period"
	"anlan/record/sheet"
)

// ledgerRows is the size of the ledger that goal P8 speaks of.
const ledgerRows = 100_000

var ledgerHeadings = []string{"编号", "隐患描述", "隐患级别", "所属单位", "发生地", "排查日期", "挂牌日期", "销号日期", "企业", "整改投入", "责任人", "备注"}

// ledgerRow is row i of a ledger of hazards: twelve columns, ten of them filled.
func ledgerRow(cells []sheet.Cell, i int) []sheet.Cell {
	return append(cells[:0], sheet.TextCell(fmt.Sprintf("HZ-2023-%06d", i)), sheet.TextCell(fmt.Sprintf("第%d号厂房消防通道堵塞，未按要求设置疏散指示标志", i)),
		sheet.TextCell("重大"), sheet.TextCell("430600-03"), sheet.TextCell("430602"), sheet.DayCell(period.MustDay(2023, 1, 1).Add(i%365)), sheet.DayCell(period.MustDay(2023, 1, 9).Add(i%365)), sheet.Cell{},
		sheet.TextCell("某化工有限公司"), sheet.NumberCell(fmt.Sprintf("%d.25", i)), sheet.TextCell("张三"), sheet.Cell{})
}

func writeLedger(t testing.TB, w io.Writer, format sheet.Format, rows int) {
	t.Helper()
	layout := sheet.Layout{Sheet: "台账"}
	for i, h := range ledgerHeadings {
		layout.Fields = append(layout.Fields, sheet.Field{Heading: h, Key: fmt.Sprintf("f%d", i), Kind: sheet.Text, Decimals: 2})
	}
	out, err := sheet.NewWriter(w, format, layout)
	if err != nil {
		t.Fatal(err)
	}
	var cells []sheet.Cell
	for i := range rows {
		cells = ledgerRow(cells, i)
		if err := out.Row(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// ledgers are made once: in our formats, and as another program writes it, with shared texts.
var ledgers = sync.OnceValue(func() map[string][]byte {
	out := map[string][]byte{}
	for _, format := range formats {
		var b bytes.Buffer
		writeLedger(&testing.B{}, &b, format, ledgerRows)
		out[string(format)] = b.Bytes()
	}
	f := excelize.NewFile()
	day := must(f.NewStyle(&excelize.Style{NumFmt: 14}))
	var cells []sheet.Cell
	for i := range ledgerRows / 10 { // it holds all cells, and is slow: a tenth is enough to compare the forms
		cells = ledgerRow(cells, i)
		row := make([]any, len(cells))
		for j, c := range cells {
			switch c.Kind {
			case sheet.Day:
				n, _ := period.Serial(must(period.ISODay(c.Text)), period.Serials1900)
				row[j] = n
			case sheet.Text:
				row[j] = c.Text
			}
		}
		check(f.SetSheetRow("Sheet1", sheet.Address(0, i+2), &row))
	}
	head := make([]any, len(ledgerHeadings))
	for i, h := range ledgerHeadings {
		head[i] = h
	}
	check(f.SetSheetRow("Sheet1", "A1", &head))
	check(f.SetCellStyle("Sheet1", "F2", sheet.Address(6, ledgerRows/10+1), day))
	var b bytes.Buffer
	check(f.Write(&b))
	out["shared"] = b.Bytes()
	return out
})

func readTable(t testing.TB, name string, content []byte) (rows int) {
	t.Helper()
	var heads []sheet.Heading
	for i, h := range ledgerHeadings {
		heads = append(heads, sheet.Heading{Names: []string{h, fmt.Sprintf("f%d", i)}, Required: i == 0})
	}
	table, err := mustOpen(t, name, content).Table("", heads)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range table.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows++
	}
	return rows
}

func BenchmarkRead(b *testing.B) {
	for _, form := range []string{"xlsx", "shared", "csv", "tsv", "jsonl"} {
		b.Run(form, func(b *testing.B) {
			name, content := "a."+form, ledgers()[form]
			if form == "shared" {
				name = "a.xlsx"
			}
			rows := 0
			for b.Loop() {
				rows += readTable(b, name, content)
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkReadPeers reads the same workbook with what else there is: unpacking alone, the standard library's tokens, and
// excelize's streamed rows. Their ratios to BenchmarkRead/xlsx are what is claimed.
func BenchmarkReadPeers(b *testing.B) {
	content := func() []byte { return ledgers()["xlsx"] }
	part := func(b *testing.B) io.ReadCloser {
		b.Helper()
		z, err := zip.NewReader(bytes.NewReader(content()), int64(len(content())))
		if err != nil {
			b.Fatal(err)
		}
		return must(z.Open("xl/worksheets/sheet1.xml"))
	}
	rate := func(b *testing.B) { b.ReportMetric(float64(b.N*ledgerRows)/b.Elapsed().Seconds(), "rows/s") }
	b.Run("unpack", func(b *testing.B) {
		for b.Loop() {
			must(io.Copy(io.Discard, part(b)))
		}
		rate(b)
	})
	b.Run("encoding_xml", func(b *testing.B) {
		for b.Loop() {
			d := xml.NewDecoder(part(b))
			for {
				if _, err := d.RawToken(); err != nil {
					break
				}
			}
		}
		rate(b)
	})
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			f := must(excelize.OpenReader(bytes.NewReader(content())))
			rows := must(f.Rows("台账"))
			for rows.Next() {
				must(rows.Columns())
			}
			check(f.Close())
		}
		rate(b)
	})
}

func BenchmarkWrite(b *testing.B) {
	for _, format := range formats {
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				writeLedger(b, io.Discard, format, ledgerRows)
			}
			b.ReportMetric(float64(b.N*ledgerRows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// Reading a ledger holds no more than a few buffers, however long it is: the heap in the middle of reading is measured.
func TestReadingDoesNotHoldTheSheet(t *testing.T) {
	const size = 8_000
	var b bytes.Buffer
	writeLedger(t, &b, sheet.XLSX, size)
	content := b.Bytes()
	heap := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before, most, rows := heap(), int64(0), 0
	for _, err := range mustOpen(t, "a.xlsx", content).Rows("") {
		if err != nil {
			t.Fatal(err)
		}
		if rows++; rows%2_000 == 0 {
			most = max(most, heap()-before)
		}
	}
	if rows != size+1 || most > 1<<20 {
		t.Errorf("%d rows, %d bytes held in between", rows, most)
	}
}
