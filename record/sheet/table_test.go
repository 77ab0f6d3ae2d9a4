package sheet_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/sheet"
)

var wanted = []sheet.Heading{
	{Names: []string{"编号", "serial no.", "serial"}, Required: true},
	{Names: []string{"隐患级别", "grade", "grade"}, Required: true},
	{Names: []string{"整改投入", "cost of rectification", "cost"}},
	{Names: []string{"坐标（度）", "point", "point"}},
}

func csv(t testing.TB, text string) *sheet.Book {
	t.Helper()
	return mustOpen(t, "a.csv", []byte(text))
}

func TestHeadingsAreFoundBelowWhatStandsAbove(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text  string
		row   int
		units []string // of the table, and of each wanted column, "-" where it is absent
		above []string
	}{
		"at once":            {"编号,隐患级别,整改投入\nA,重大,1", 1, []string{"", "", "", "", "-"}, nil},
		"by code":            {"serial,grade,cost\nA,重大,1", 1, []string{"", "", "", "", "-"}, nil},
		"by English label":   {"Serial No.,GRADE,Cost of Rectification\nA,重大,1", 1, []string{"", "", "", "", "-"}, nil},
		"in another order":   {"整改投入,编号,备注,隐患级别\n1,A,x,重大", 1, []string{"", "", "", "", "-"}, nil},
		"as people decorate": {"* 编号(必填),隐患\u3000级别：,整改投入（万元）,坐标(度)\nA,重大,1", 1, []string{"", "", "", "万元", ""}, nil},
		"unit behind a bar":  {"编号,隐患级别,整改投入/万元\nA,重大,1", 1, []string{"", "", "", "万元", "-"}, nil},
		"below title and unit": {"2023年事故隐患台账,,\n填报单位：示例市应急管理局,,单位：万元\n\n编号,隐患级别,整改投入\nA,重大,1", 4, []string{"万元", "", "", "", "-"},
			[]string{"2023年事故隐患台账", "填报单位：示例市应急管理局 单位：万元"}},
		"own unit wins":          {"（金额单位：万元）\n编号,隐患级别,整改投入（元）\nA,重大,1", 2, []string{"万元", "", "", "元", "-"}, []string{"（金额单位：万元）"}},
		"an organisation's unit": {"填报单位：万元镇\n编号,隐患级别,整改投入\nA,重大,1", 2, []string{"", "", "", "", "-"}, []string{"填报单位：万元镇"}},
		"full width":             {"２０２３年\nｓｅｒｉａｌ,ｇｒａｄｅ,ｃｏｓｔ\nA,重大,1", 2, []string{"", "", "", "", "-"}, []string{"２０２３年"}},
		"a title that is a name": {"编号\n编号,隐患级别\nA,重大", 2, []string{"", "", "", "-", "-"}, []string{"编号"}},
	} {
		table, err := csv(t, c.text).Table("", wanted)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		units := []string{table.Unit}
		for _, column := range table.Columns {
			u := column.Unit
			if column.Index < 0 {
				u = "-"
			}
			units = append(units, u)
		}
		if diff := cmp.Diff([]any{table.Row, units, table.Above}, []any{c.row, c.units, c.above}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		rows, err := collect(table)
		if err != nil || len(rows) != 1 || rows[0].Cells[0].Text != "A" || rows[0].Cells[1].Text != "重大" {
			t.Errorf("%s: got rows %v, %v", name, rows, err)
		}
	}
}

func TestHeadingFaultsAreAnsweredAtOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text   string
		faults []string
	}{
		"nothing like it": {"甲,乙\n1,2", []string{"a.csv：没有找到表头，应有这些列：编号、隐患级别"}},
		"one missing":     {"编号,整改投入,备注\nA,1", []string{"a.csv 第1行：缺少“隐患级别”列"}},
		"one like it":     {"编号,整改投入,隐患等级\nA,1", []string{"a.csv 第1行：缺少“隐患级别”列，表里的“隐患等级”是不是它？"}},
		"twice and missing": {"编号,编号,整改投入,备注,serial\nA,B,1", []string{
			"a.csv 第1行：“编号”列出现了两次：A1和B1", "a.csv 第1行：“编号”列出现了两次：A1和E1", "a.csv 第1行：缺少“隐患级别”列"}},
		"empty": {"\n,,\n", []string{"a.csv：没有找到表头，应有这些列：编号、隐患级别"}},
	} {
		_, err := csv(t, c.text).Table("", wanted)
		if err == nil {
			t.Errorf("%s: no fault", name)
			continue
		}
		if diff := cmp.Diff(strings.Split(fault.In(err, lang.Chinese), "\n"), c.faults); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestColumnsThatNobodyExpectsAreTold(t *testing.T) {
	t.Parallel()
	table, err := csv(t, "序号,编号,,隐患级别,备注\n1,A,x,重大,y\n").Table("", wanted)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(table.Extras, []sheet.Extra{{Cell: "A1", Heading: "序号"}, {Cell: "E1", Heading: "备注"}}); diff != "" {
		t.Error(diff)
	}
}

func TestRowsThatAreNoRecordsArePassedOver(t *testing.T) {
	t.Parallel()
	table, err := csv(t, "编号,隐患级别,整改投入,备注\n甲,乙,1,2\n示例：A,重大,1\n\n,,,只有备注\nB,一般\n示例:C,重大\n甲,乙\n").Table("", wanted)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := collect(table)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		mark := ""
		if r.Example {
			mark = " example"
		}
		got = append(got, sheet.Address(0, r.Number)+" "+r.Cells[0].Text+mark)
	}
	if diff := cmp.Diff(got, []string{"A3 示例：A example", "A6 B", "A7 示例:C example", "A8 甲"}); diff != "" {
		t.Error(diff)
	}
}

func TestPlaceOfACellNamesFileSheetRowColumn(t *testing.T) {
	t.Parallel()
	content := foreign(t, func(f *excelize.File) {
		check(f.SetSheetName("Sheet1", "台账"))
		check(f.SetSheetRow("台账", "B3", &[]any{"隐患级别", "编号*"}))
		check(f.SetSheetRow("台账", "B4", &[]any{"重大", "A"}))
	})
	table, err := mustOpen(t, "隐患.xlsx", content).Table("", wanted)
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[int]fault.Where{
		0:  {File: "隐患.xlsx", Sheet: "台账", Row: 4, Column: "编号*", Cell: "C4"},
		1:  {File: "隐患.xlsx", Sheet: "台账", Row: 4, Column: "隐患级别", Cell: "B4"},
		2:  {File: "隐患.xlsx", Sheet: "台账", Row: 4, Column: "整改投入"}, // not in the sheet
		-1: {File: "隐患.xlsx", Sheet: "台账", Row: 4},
	} {
		if diff := cmp.Diff(table.Where(4, column), want); diff != "" {
			t.Errorf("column %d: %s", column, diff)
		}
	}
}

func TestHeadingOfTwoRowsIsReadByItsLowest(t *testing.T) {
	t.Parallel()
	heads := []sheet.Heading{{Names: []string{"编号"}, Required: true}, {Names: []string{"死亡"}, Required: true}, {Names: []string{"重伤"}}, {Names: []string{"地点"}}}
	content := foreign(t, func(f *excelize.File) {
		check(f.SetCellValue("Sheet1", "A1", "2023年事故台账"))
		check(f.SetSheetRow("Sheet1", "A2", &[]any{"编号", "伤亡人数", nil, "地点"}))
		check(f.SetSheetRow("Sheet1", "B3", &[]any{"死亡", "重伤"}))
		check(f.SetSheetRow("Sheet1", "A4", &[]any{"S1", 1, 2, "430602"}))
		check(f.SetSheetRow("Sheet1", "B5", &[]any{3, 4}))
		for _, m := range [][2]string{{"A1", "D1"}, {"A2", "A3"}, {"B2", "C2"}, {"D2", "D3"}, {"A4", "A5"}, {"D4", "D5"}} {
			check(f.MergeCell("Sheet1", m[0], m[1]))
		}
	})
	table, err := mustOpen(t, "a.xlsx", content).Table("", heads)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := collect(table)
	if err != nil || table.Row != 3 || len(rows) != 2 {
		t.Fatalf("heading in row %d, rows %v, %v", table.Row, rows, err)
	}
	want := []sheet.Cell{{Text: "S1", Kind: sheet.Text, Merged: true}, {Text: "3", Kind: sheet.Number}, {Text: "4", Kind: sheet.Number}, {Text: "430602", Kind: sheet.Text, Merged: true}}
	if diff := cmp.Diff(rows[1].Cells, want); diff != "" {
		t.Error(diff)
	}
}

func TestSheetIsChosenByNameOrByItsHeadings(t *testing.T) {
	t.Parallel()
	content := foreign(t, func(f *excelize.File) {
		for _, name := range []string{"一", "二", "三"} {
			must(f.NewSheet(name))
		}
		check(f.SetSheetRow("二", "A1", &[]any{"编号", "隐患级别"}))
	})
	b := mustOpen(t, "a.xlsx", content)
	if table, err := b.Table("", wanted); err != nil || table.Sheet != "二" {
		t.Errorf("got %v, %v", table, err)
	}
	for name, want := range map[string]error{"四": sheet.ErrNoSuchSheet, "一": sheet.ErrNoHeading} {
		if _, err := b.Table(name, wanted); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
	_, err := b.Table("四", wanted)
	if got, want := fault.In(err, lang.Chinese), "a.xlsx：没有名为“四”的工作表，现有：“Sheet1”、“一”、“二”、“三”"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, err := range b.Rows("") {
		if !errors.Is(err, sheet.ErrWhichSheet) {
			t.Errorf("rows of no named sheet among four: %v", err)
		}
	}
	both := mustOpen(t, "a.xlsx", foreign(t, func(f *excelize.File) {
		must(f.NewSheet("二"))
		check(f.SetSheetRow("Sheet1", "A1", &[]any{"编号", "隐患级别"}))
		check(f.SetSheetRow("二", "A1", &[]any{"编号", "隐患级别"}))
	}))
	if _, err := both.Table("", wanted); !errors.Is(err, sheet.ErrWhichSheet) {
		t.Errorf("two sheets have the headings: %v", err)
	}
}

func TestLinesOfObjectsAreReadByTheirKeys(t *testing.T) {
	t.Parallel()
	b := mustOpen(t, "a.jsonl", []byte(`{"serial":"A","cost":12.50,"grade":"重大"}`+"\n\n"+`{"grade":null,"编号":"B","cost":1.5e3}`+"\n"+`{"cost":null}`))
	table, err := b.Table("", wanted)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := collect(table)
	if err != nil || len(rows) != 2 || rows[1].Number != 3 {
		t.Fatalf("got %v, %v", rows, err)
	}
	for i, want := range [][]sheet.Cell{
		{sheet.TextCell("A"), sheet.TextCell("重大"), sheet.NumberCell("12.50"), {Kind: sheet.Absent}},
		{sheet.TextCell("B"), {}, sheet.NumberCell("1500"), {Kind: sheet.Absent}},
	} {
		if diff := cmp.Diff(rows[i].Cells, want); diff != "" {
			t.Error(diff)
		}
	}
	for text, want := range map[string]string{
		`{"serial":"A","seriel":"B"}`:   "a.jsonl 第1行：不认识的字段“seriel”，最接近的是“serial”",
		`{"serial":"A","编号":"B"}`:       "a.jsonl 第1行：“编号”在同一行出现了两次",
		`{"serial":"A","serial":"B"}`:   "a.jsonl 第1行：“serial”在同一行出现了两次",
		`["A"]`:                         "a.jsonl 第1行：这一行不是一个JSON对象",
		`{"serial":["A"]}`:              "a.jsonl 第1行 “serial”列：这一行不是一个JSON对象：值应是",
		`{"serial":{"a":1}}`:            "a.jsonl 第1行 “serial”列：这一行不是一个JSON对象：值应是",
		`{"serial":"A"} {"serial":"B"}`: "a.jsonl 第1行：这一行不是一个JSON对象",
		`{"serial":"A"`:                 "a.jsonl 第1行：这一行不是一个JSON对象：没有写完",
		`{"serial":A}`:                  "a.jsonl 第1行 “serial”列：这一行不是一个JSON对象：语法错误",
		`{"serial":"\ud83d"}`:           "a.jsonl 第1行 “serial”列：文字编码无法识别",
		"{\"serial\":\"\xff\"}":         "a.jsonl 第1行：文字编码无法识别",
		`{,}`:                           "a.jsonl 第1行：这一行不是一个JSON对象",
	} {
		table, err := mustOpen(t, "a.jsonl", []byte(text)).Table("", wanted)
		if err != nil {
			t.Fatal(err)
		}
		_, err = collect(table)
		got := fault.In(errOrNone(err), lang.Chinese)
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func errOrNone(err error) error {
	if err == nil {
		return errors.New("no fault")
	}
	return err
}

func TestBareSerialsAreDaysOnlyWhenTheyAreAskedFor(t *testing.T) {
	t.Parallel()
	b := csv(t, "编号\nA")
	for cell, want := range map[sheet.Cell]string{
		sheet.NumberCell("45052"): "2023-05-06", sheet.NumberCell("10000"): "1927-05-18", sheet.NumberCell("2023"): "", sheet.NumberCell("45052.5"): "",
		sheet.NumberCell("20230506"): "", sheet.NumberCell("-45052"): "", sheet.TextCell("45052"): "", {}: "",
	} {
		if d, ok := b.Day(cell); ok != (want != "") || ok && d.String() != want {
			t.Errorf("%v: got %s, %v, want %q", cell, d, ok, want)
		}
	}
}
