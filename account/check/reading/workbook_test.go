package reading_test

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"anlan/account/check/reading"
	"anlan/account/check/reading/packtest"
)

// workbook makes an XLSX by f.
func workbook(t testing.TB, f func(*excelize.File) error) string {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	if err := f(x); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// rows fills a sheet from A1.
func rows(x *excelize.File, sheet string, all ...[]any) error {
	for i, row := range all {
		if err := x.SetSheetRow(sheet, "A"+string(rune('1'+i)), &row); err != nil {
			return err
		}
	}
	return nil
}

func TestXLSX_reads_as_shown(t *testing.T) {
	t.Parallel()
	file := workbook(t, func(x *excelize.File) error {
		money, err := x.NewStyle(&excelize.Style{NumFmt: 4}) // #,##0.00
		percent, err2 := x.NewStyle(&excelize.Style{NumFmt: 10})
		_, err3 := x.NewSheet("底稿")
		return errors.Join(err, err2, err3, x.SetSheetName("Sheet1", "附件1"),
			rows(x, "附件1",
				[]any{"支出决算表"},
				[]any{"填报单位：某市某局", nil, nil, "单位：万元"},
				[]any{"项目", "决算数", nil, "完成率"},
				[]any{nil, "基本支出", "项目支出"},
				[]any{"人员", 1604.6199999999999, nil, 0.9949},
				[]any{"合计", 1604.62, 1235.34},
				[]any{"注：不含往来款"}),
			x.MergeCell("附件1", "A1", "D1"), x.MergeCell("附件1", "A3", "A4"), x.MergeCell("附件1", "B3", "C3"), x.MergeCell("附件1", "D3", "D4"),
			x.SetCellStyle("附件1", "B5", "C6", money), x.SetCellStyle("附件1", "D5", "D5", percent),
			rows(x, "底稿", []any{"年度", "起数"}, []any{"2023年", "87"}), x.SetSheetVisible("底稿", false))
	})
	d := read(t, "a.xlsx", file)
	const want = `title "支出决算表"
  1 heading1 附件1
  2 title 支出决算表
  3 paragraph 填报单位：某市某局
  4 paragraph 单位：万元
  5 cell [1: 1,1 2×1] 项目
  6 cell [1: 1,2 1×2] 决算数
  7 cell [1: 1,4 2×1] 完成率
  8 cell [1: 2,2] 基本支出
  9 cell [1: 2,3] 项目支出
 10 cell [1: 3,1] 人员
 11 cell [1: 3,2] 1,604.62
 12 cell [1: 3,4] 99.49%
 13 cell [1: 4,1] 合计
 14 cell [1: 4,2] 1,604.62
 15 cell [1: 4,3] 1,235.34
 16 paragraph 注：不含往来款
 17 heading1 底稿（隐藏的工作表）
 18 cell [2: 1,1] 年度
 19 cell [2: 1,2] 起数
 20 cell [2: 2,1] 2023年
 21 cell [2: 2,2] 87
unread at 17: the sheet 底稿 is hidden: it was read, though readers do not see it
`
	if diff := cmp.Diff(want, shape(d)); diff != "" {
		t.Error(diff)
	}
	if d.Format != reading.XLSX || d.Tables[0].At(3, 4).Name != "附件1!D5" {
		t.Errorf("%s %q", d.Format, d.Tables[0].At(3, 4).Name)
	}
}

func TestXLSX_formulas_are_computed_again(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		formula, stored string
		want            string // what it gives where that is not what is stored
	}{
		{"SUM(A1:A3)", "6", ""},
		{"SUM(A1:A3)", "7", "6"},
		{"A1+A2*2-(A3-1)/2", "4", ""},
		{"A1+A2*2-(A3-1)/2", "4.5", "4"},
		{"ROUND(A2/A3,2)", "0.67", ""},
		{"ROUND(A2/A3,2)", "0.66", "67/100"},
		{"$A$1/A3", "0.33333333333333331", ""},
		{"A1/A3", "0.3333", "1/3"},
		{"-A1%", "-0.01", ""},
		{"SUM(A1,A2,MAX(A1:A3),ABS(-A3))", "9", ""},
		{"AVERAGE(A1:A4)", "2", ""}, // a text in a range does not count
		{"A4+1", "7", ""},           // what is no plain arithmetic is not computed
		{"IF(A1>0,1,2)", "7", ""},
		{"VLOOKUP(A1,A1:A3,1)", "7", ""},
		{"A1/A5", "7", ""}, // by a blank cell
		{"SUM(A1:XFD1048576)", "7", ""},
		{"Sheet2!A1+1", "7", ""},
		{strings.Repeat("(", 100) + "A1" + strings.Repeat(")", 100), "7", ""},
		{"1E999*A1", "7", ""},
		{"SUM(A1:A3,B1)", "6", ""},    // a text counts for nothing
		{"SUM(A1:D1)", "1", ""},       // a circle gives nothing
		{"SUM(A1:A3,E1:E2)", "6", ""}, // a number that is kept as text
	} {
		t.Run(c.formula, func(t *testing.T) {
			t.Parallel()
			file := workbook(t, func(x *excelize.File) error {
				return errors.Join(rows(x, "Sheet1", []any{1, "甲"}, []any{2, "乙"}, []any{3, "丙"}, []any{"文字", "丁"}),
					x.SetCellValue("Sheet1", "C1", "数"), x.SetCellStr("Sheet1", "E1", "12"), x.SetCellFormula("Sheet1", "D1", c.formula))
			})
			// the library writes no results; a spreadsheet does
			file = repack(t, file, "xl/worksheets/sheet1.xml", func(xml string) string { return strings.Replace(xml, "</f>", "</f><v>"+c.stored+"</v>", 1) })
			d := read(t, "a.xlsx", file)
			got := ""
			for _, f := range d.Formulas {
				got = f.Computed.RatString()
				if f.Cell.Name != "Sheet1!D1" || d.Line(f.Line).Text == "" || f.Text != "="+c.formula {
					t.Errorf("%+v", f)
				}
			}
			if got != c.want {
				t.Errorf("computed %q, want %q", got, c.want)
			}
		})
	}
}

func TestXLSX_bad_input_is_a_fault(t *testing.T) {
	t.Parallel()
	good := workbook(t, func(x *excelize.File) error { return rows(x, "Sheet1", []any{"项目", "数"}, []any{"甲", 1}) })
	for _, c := range []struct {
		name, content string
		want          error
	}{
		{"a.xlsx", "项目,数\n甲,1\n", reading.ErrDamagedWorkbook},
		{"cut.xlsx", good[:len(good)/2], reading.ErrDamagedDocx},
		{"sheet.xlsx", repack(t, good, "xl/worksheets/sheet1.xml", func(s string) string { return s[:len(s)/2] }), reading.ErrDamagedWorkbook},
		{"bomb.xlsx", repack(t, good, "xl/worksheets/sheet1.xml", func(s string) string { return s + strings.Repeat(" ", 65<<20) }), reading.ErrBomb},
	} {
		if _, err := reading.Read(c.name, strings.NewReader(c.content), -1); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzXLSX(f *testing.F) {
	parts := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
	}
	f.Add(`<row r="1"><c r="A1" t="str"><v>项目</v></c><c r="B1"><f>SUM(B2:B3)</f><v>3</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>`, `<mergeCells><mergeCell ref="A1:A2"/></mergeCells>`)
	f.Add(`<row r="9"><c r="ZZ1"><v>1E308</v></c><c t="e"><v>#REF!</v></c></row>`, `<mergeCells><mergeCell ref="B3:A1"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, rows, after string) {
		parts["xl/worksheets/sheet1.xml"] = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData>` + after + `</worksheet>`
		d, err := reading.Read("a.xlsx", strings.NewReader(pack(parts)), -1)
		if err == nil {
			sound(t, d)
		}
	})
}

func BenchmarkXLSX(b *testing.B) {
	file := workbook(b, func(x *excelize.File) error {
		w, err := x.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		for i := range 2_000 {
			if err := w.SetRow("A"+strconv.Itoa(i+1), []any{"项目" + strconv.Itoa(i), 1604.62 + float64(i), 425.57, 2030.19}); err != nil {
				return err
			}
		}
		return w.Flush()
	})
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, err := reading.Read("a.xlsx", strings.NewReader(file), int64(len(file))); err != nil {
			b.Fatal(err)
		}
	}
}

// repack changes one part of an archive.
func repack(t testing.TB, file, name string, change func(string) string) string {
	t.Helper()
	return string(packtest.Repack(t, []byte(file), func(n, part string) string {
		if n == name {
			return change(part)
		}
		return part
	}))
}
