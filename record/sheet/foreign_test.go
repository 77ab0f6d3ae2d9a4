package sheet_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"anlan/ground/period"
	"anlan/record/sheet"
)

// foreign makes a workbook with another program.
func foreign(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// rowsOf gives all rows of a sheet as texts with the kind before them, "n 12.5".
func rowsOf(t testing.TB, b *sheet.Book, name string) (out [][]string, numbers []int) {
	t.Helper()
	for row, err := range b.Rows(name) {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			s := [...]string{"-", "t ", "n ", "d ", "i ", "c ", "b ", "! ", "? ", "~ "}[c.Kind] + c.Text
			if c.Merged {
				s = "m" + s
			}
			if c.Formula {
				s = "f" + s
			}
			cells = append(cells, s)
		}
		out, numbers = append(out, cells), append(numbers, row.Number)
	}
	return out, numbers
}

func TestCellsOfAnotherProgram(t *testing.T) {
	t.Parallel()
	content := foreign(t, func(f *excelize.File) {
		style := func(format string) int { return must(f.NewStyle(&excelize.Style{CustomNumFmt: &format})) }
		builtin := func(id int) int { return must(f.NewStyle(&excelize.Style{NumFmt: id})) }
		styled := func(cell string, v any, id int) {
			check(f.SetCellValue("Sheet1", cell, v))
			check(f.SetCellStyle("Sheet1", cell, cell, id))
		}
		check(f.SetSheetRow("Sheet1", "A1", &[]any{"文字", 12, 12.5, true, false, nil, " 空格 ", "１２３", "00123"}))
		styled("A2", 45052, builtin(14))
		styled("B2", 45052, style(`yyyy"年"m"月"d"日"`))
		styled("C2", 45052.5, style(`yyyy\-mm\-dd hh:mm`))
		styled("D2", 0.604166666666667, style("h:mm"))
		styled("E2", 45052, style(`[$-804]yyyy"年"m"月"d"日" aaaa`))
		styled("F2", 0.155, builtin(10))
		styled("G2", 7, style("000"))
		styled("H2", 1234.5, style(`"¥"#,##0.00;[Red]\-"¥"#,##0.00`))
		styled("I2", 45052, builtin(31))
		styled("J2", 1.5, style("[h]:mm"))
		styled("K2", 45052, style("General"))
		styled("L2", 0.999999999, builtin(21))
		styled("M2", 45051.9999999, builtin(22))
		styled("N2", 60, builtin(14))
		check(f.SetCellFormula("Sheet1", "A4", "=1+1")) // never calculated
		check(f.SetCellValue("Sheet1", "A6", 0.1+0.2))
		check(f.SetCellValue("Sheet1", "B6", 1e-7))
		check(f.SetCellValue("Sheet1", "C6", -2030.18))
		check(f.SetCellValue("Sheet1", "D6", int64(430602198001011234)))
		check(f.SetCellValue("Sheet1", "E6", "第一行\n第二行"))
		check(f.SetCellRichText("Sheet1", "F6", []excelize.RichTextRun{{Text: "粗", Font: &excelize.Font{Bold: true}}, {Text: "细 "}}))
		check(f.SetCellValue("Sheet1", "A7", "合并"))
		check(f.SetCellValue("Sheet1", "C7", "一"))
		check(f.SetCellValue("Sheet1", "C8", "二"))
		check(f.SetCellValue("Sheet1", "C11", "三"))
		check(f.MergeCell("Sheet1", "A7", "B9"))
		check(f.MergeCell("Sheet1", "D7", "E7"))
	})
	b := mustOpen(t, "a.xlsx", content)
	got, numbers := rowsOf(t, b, "Sheet1")
	want := [][]string{
		{"t 文字", "n 12", "n 12.5", "b TRUE", "b FALSE", "-", "t  空格 ", "t １２３", "t 00123"},
		{"d 2023-05-06", "d 2023-05-06", "i 2023-05-06 12:00:00", "c 14:30:00", "d 2023-05-06", "n 15.5%", "n 007", "n 1234.5", "d 2023-05-06", "n 1.5", "n 45052", "n 0.999999999", "d 2023-05-06", "n 60"},
		{"f? "},
		{"n 0.3", "n 0.0000001", "n -2030.18", "n 430602198001011234", "t 第一行\n第二行", "t 粗细 "},
		{"t 合并", "mt 合并", "t 一"},
		{"mt 合并", "mt 合并", "t 二"},
		{"-", "-", "t 三"},
	}
	want[1][11] = "d 1900-01-01" // a second before midnight, to the nearest second, is the next day
	if diff := cmp.Diff(got, want); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(numbers, []int{1, 2, 4, 6, 7, 8, 11}); diff != "" {
		t.Error(diff)
	}
}

func TestBookThatCountsFrom1904(t *testing.T) {
	t.Parallel()
	content := foreign(t, func(f *excelize.File) {
		on := true
		check(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}))
		check(f.SetCellValue("Sheet1", "A1", 43590))
		check(f.SetCellStyle("Sheet1", "A1", "A1", must(f.NewStyle(&excelize.Style{NumFmt: 14}))))
		check(f.SetCellValue("Sheet1", "B1", 43590))
	})
	b := mustOpen(t, "a.xlsx", content)
	got, _ := rowsOf(t, b, "")
	if diff := cmp.Diff(got, [][]string{{"d 2023-05-06", "n 43590"}}); diff != "" {
		t.Error(diff)
	}
	if d, ok := b.Day(sheet.NumberCell("43590")); !ok || d != period.MustDay(2023, 5, 6) {
		t.Errorf("a bare serial is read as %s, %v", d, ok)
	}
}

func TestHiddenSheetsAreNamedButNotChosen(t *testing.T) {
	t.Parallel()
	content := foreign(t, func(f *excelize.File) {
		must(f.NewSheet("台账"))
		must(f.NewSheet("底稿"))
		check(f.SetCellValue("Sheet1", "A1", "说明"))
		check(f.SetCellValue("台账", "A1", "编号"))
		check(f.SetCellValue("底稿", "A1", "编号"))
		check(f.SetSheetVisible("底稿", false, true))
	})
	b := mustOpen(t, "a.xlsx", content)
	if diff := cmp.Diff(b.Sheets(), []sheet.Info{{Name: "Sheet1"}, {Name: "台账"}, {Name: "底稿", Hidden: true}}); diff != "" {
		t.Error(diff)
	}
	table, err := b.Table("", []sheet.Heading{{Names: []string{"编号"}, Required: true}})
	if err != nil || table.Sheet != "台账" {
		t.Errorf("got %v, %v", table, err)
	}
	if table, err = b.Table(" 底稿 ", []sheet.Heading{{Names: []string{"编号"}, Required: true}}); err != nil || table.Sheet != "底稿" {
		t.Errorf("a hidden sheet may be named: %v, %v", table, err)
	}
}

// template has everything that the writer can put around rows.
var template = sheet.Layout{
	Sheet: "事故隐患",
	Fields: []sheet.Field{
		{Heading: "编号", Key: "serial", Kind: sheet.Text, Note: "全市唯一", Required: true},
		{Heading: "隐患级别", Key: "grade", Kind: sheet.Text, Choices: []string{"一般", "重大, <特殊>"}, Required: true},
		{Heading: "排查日期", Key: "found_on", Kind: sheet.Day, Note: "如2023-05-06"},
		{Heading: "整改投入（元）", Key: "cost", Kind: sheet.Number, Decimals: 2, Choices: []string{"0"}},
		{Heading: "处数", Key: "count", Kind: sheet.Number},
	},
	Example: []sheet.Cell{sheet.TextCell("HZ-0001"), sheet.TextCell("重大"), sheet.DayCell(period.MustDay(2023, 5, 6)), sheet.NumberCell("12.50"), {}},
	Notes:   []string{"一、带*的列必填。", "二、示例行不会导入。"},
}

func TestOurWorkbookIsReadByAnotherProgram(t *testing.T) {
	t.Parallel()
	content := write(t, sheet.XLSX, template, []sheet.Cell{sheet.TextCell("=1+1 <&>\"\r\n_x000D_"), sheet.TextCell("一般"), sheet.DayCell(period.MustDay(2023, 5, 6)), sheet.NumberCell("-12.50"), sheet.NumberCell("3")})
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f.GetSheetList(), []string{"事故隐患", "填写说明", "选项"}); diff != "" {
		t.Error(diff)
	}
	if visible, err := f.GetSheetVisible("选项"); err != nil || visible {
		t.Errorf("the sheet of choices is visible, %v", err)
	}
	rows, err := f.GetRows("事故隐患")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"编号*", "隐患级别*", "排查日期", "整改投入（元）", "处数"},
		{"示例：HZ-0001", "重大", "2023-05-06", "12.50"},
		{"=1+1 <&>\"\r\n_x000D_", "一般", "2023-05-06", "-12.50", "3"},
	}
	if diff := cmp.Diff(rows, want); diff != "" {
		t.Error(diff)
	}
	comments, err := f.GetComments("事故隐患")
	if err != nil || len(comments) != 2 || comments[0].Cell != "A1" || comments[1].Text != "如2023-05-06" {
		t.Errorf("got comments %v, %v", comments, err)
	}
	lists, err := f.GetDataValidations("事故隐患")
	if err != nil || len(lists) != 2 || lists[0].Sqref != "B2:B1048576" || lists[0].Formula1 != "'选项'!$A$1:$A$2" || lists[1].Formula1 != "'选项'!$B$1:$B$1" {
		t.Errorf("got lists %v, %v", lists, err)
	}
	choices, err := f.GetRows("选项")
	if diff := cmp.Diff(choices, [][]string{{"一般", "0"}, {"重大, <特殊>"}}); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if page, err := f.GetPageLayout("事故隐患"); err != nil || *page.Orientation != "landscape" || *page.FitToWidth != 1 {
		t.Errorf("the page is not fitted to the table: %v, %v", page, err)
	}
	if names := f.GetDefinedName(); len(names) != 1 || names[0].RefersTo != "'事故隐患'!$1:$1" {
		t.Errorf("the headings are not repeated on each page: %v", names)
	}
	if panes, err := f.GetPanes("事故隐患"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the headings are not frozen: %v, %v", panes, err)
	}
}

// office converts a file with LibreOffice.
func office(t *testing.T, content []byte, to string) []byte {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		if slices.Contains(strings.Split(os.Getenv("ANLAN_REQUIRE"), ","), "soffice") {
			t.Fatal("soffice is required and not installed")
		}
		t.Skip("SKIPPED: soffice is not installed: what LibreOffice reads of our workbook is not compared")
	}
	dir := t.TempDir()
	check(os.WriteFile(filepath.Join(dir, "a.xlsx"), content, 0o600))
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	format, _, _ := strings.Cut(to, ":")
	cmd := exec.CommandContext(ctx, program, "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", to, "--outdir", dir+"/out", dir+"/a.xlsx")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	return must(os.ReadFile(filepath.Join(dir, "out", "a."+format)))
}

func TestOurWorkbookSurvivesLibreOffice(t *testing.T) {
	t.Parallel()
	rows := [][]sheet.Cell{
		{sheet.TextCell("HZ-0002"), sheet.TextCell("一般"), sheet.DayCell(period.MustDay(2023, 5, 6)), sheet.NumberCell("-12.50"), sheet.NumberCell("3")},
		{sheet.TextCell("=1+1"), sheet.TextCell("甲\n乙 <&>"), sheet.DayCell(period.MustDay(1900, 3, 1)), sheet.NumberCell("2030.18"), {}},
	}
	again := office(t, write(t, sheet.XLSX, template, rows...), "xlsx")
	table, err := mustOpen(t, "a.xlsx", again).Table("", []sheet.Heading{{Names: []string{"编号"}}, {Names: []string{"隐患级别"}}, {Names: []string{"排查日期"}}, {Names: []string{"整改投入"}}, {Names: []string{"处数"}}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := collect(table)
	if err != nil || len(got) != 3 || !got[0].Example {
		t.Fatalf("got %v, %v", got, err)
	}
	rows[0][3].Text = "-12.5" // a number, which has no trailing zeros
	for i, row := range got[1:] {
		if diff := cmp.Diff(row.Cells, rows[i]); diff != "" {
			t.Error(diff)
		}
	}
	if table.Columns[3].Unit != "元" {
		t.Errorf("the unit of the heading is %q", table.Columns[3].Unit)
	}
}
