package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"math/big"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/account/report/shipped"
	"anlan/ground/period"
)

var update = flag.Bool("update", false, "write the golden files anew")

// published is a book that gives the figures of the published report of 2023.
func published(t testing.TB) sheet {
	t.Helper()
	text, err := os.ReadFile("testdata/published.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := sheet{units: map[string]string{}, amounts: map[string]*big.Rat{}}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] == "#" {
			continue
		}
		s.units[f[0]] = f[1]
		for i, year := range []string{"2023", "2022"} {
			if len(f) > 2+i && f[2+i] != "-" {
				s.amounts[f[0]+" "+year] = rat(f[2+i])
			}
		}
	}
	s.unverified = map[string]string{"statistic.gdp 2023": "2023年地区生产总值"}
	s.claims = map[string]report.Claim{
		"deaths_first":     {Text: "首次", Source: "示例市安委会年度通报"},
		"enforcement_rank": {Text: "全省第二", Source: "示例省应急管理厅通报", Quote: "综合排名第二"},
		"province_award":   {Text: "全省安全生产工作优秀市州", Source: "示例省安委会通报"},
		"six_battles":      {Text: "打好“发展六仗”表现优异单位", Source: "示例省政府通报"},
		"only_bureau":      {Text: "唯一", Source: "示例省政府办公厅通报"},
	}
	line := func(one, two, three, target, actual, value, unit, points, score string) report.Line {
		l := report.Line{Levels: [3]string{one, two, three}, Target: target, Actual: report.Stated{Text: actual, Unit: unit}, Points: rat(points), Score: rat(score), Reason: "无偏差"}
		if value != "" {
			l.Actual.Value = rat(value)
		}
		return l
	}
	s.evaluations = map[string]report.Evaluation{
		"department": {Goal: "保障机关运转，防范化解重大安全风险，事故起数和死亡人数双下降。", Outcome: "各项任务完成，事故起数和死亡人数双下降。", Points: rat("100"), Score: rat("99"),
			Lines: []report.Line{
				line("预算配置", "预算配置", "在职人员控制率", "≤100%", "92%", "92", "%", "10", "10"),
				line("预算执行", "预算执行", "预算完成率", "≥100%", "99.49%", "99.49", "%", "20", "19"),
				line("预算执行", "预算执行", "“三公”经费控制率", "≤100%", "63.61%", "63.61", "%", "20", "20"),
				line("履职效益", "满意度", "社会公众满意度", "≥90%", "97%", "97", "%", "50", "50"),
			}},
		"projectdisaster": {Goal: "保障防汛、森防指挥机构运转。", Outcome: "按计划完成。", Points: rat("100"), Score: rat("98.5"),
			Execution: &report.Line{Points: rat("10"), Score: rat("10")}, Money: report.Money{Initial: rat("4000000"), Budget: rat("3892700"), Paid: rat("3892700")},
			Funds: report.Funds{Appropriated: report.Money{Initial: rat("4000000"), Budget: rat("3792655"), Paid: rat("3792655")},
				CarriedIn: report.Money{Initial: rat("0"), Budget: rat("100045"), Paid: rat("100045")}, Other: report.Money{Initial: rat("0"), Budget: rat("0"), Paid: rat("0")},
				Apart: "上年结转资金执行数 = 上年结转100045.00元 − 年末仍结转0.00元 = 100045.00元"},
			Lines: []report.Line{
				line("产出指标", "数量指标", "防汛应急演练", "≥4场", "5场", "5", "场", "50", "50"),
				line("效益指标", "社会效益", "险情处置及时", "及时", "及时", "", "", "30", "28.5"),
				line("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "95%", "95", "%", "10", "10"),
			}},
		"projectother": {Goal: "完成上级专项任务。", Outcome: "基本完成。", Points: rat("100"), Score: rat("97"),
			Execution: &report.Line{Points: rat("10"), Score: rat("10")}, Money: report.Money{Budget: rat("8460700"), Paid: rat("8460700")},
			Lines: []report.Line{line("产出指标", "数量指标", "新建消防队", "≥50个", "52个", "52", "个", "90", "87")}},
	}
	return s
}

// ofYear builds a shipped template over the published figures.
func ofYear(t testing.TB, name string) *report.Built {
	t.Helper()
	s := published(t)
	var files []*indicator.File
	for _, name := range []string{"spine.indicators", "account.indicators"} {
		text, err := os.ReadFile("../indicator/shipped/" + name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := indicator.Parse(name, text)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	set, err := indicator.Define(s, files...)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := report.Read(shipped.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := parsed.Build(context.Background(), set, s, report.Subject{Bureau: "示例市应急管理局", Unit: "430600", Period: year2023, Day: period.MustDay(2024, 3, 15), Synthetic: true,
		Basis: document.Basis{Book: "示例", Position: 45678, Root: "qNNYg8ysbTOIa2w1hnMkIlmJlUbFz1wLXWxqkQZSfBE="}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}

// text is the text of a document with its notes, a paragraph a line.
func text(d *document.Document) string { return strings.Join(d.Lines(), "\n") + "\n" }

func TestTheReportOfTheYearReads(t *testing.T) {
	t.Parallel()
	b := ofYear(t, "department.report")
	golden(t, "testdata/department.txt", text(&b.Document))
	for i := range b.Attachments {
		golden(t, "testdata/"+report.AttachmentName(i+1)+".txt", text(&b.Attachments[i]))
	}
}

func TestTheReportOfTheEarmarkReads(t *testing.T) {
	t.Parallel()
	b := ofYear(t, "earmark.report")
	golden(t, "testdata/earmark.txt", text(&b.Document))
}

// TestEachPublishedFigureIsAFigureOfTheReport has the figures that the published report prints and its sources give; the
// deaths per GDP are not among them, because the published ones do not follow from the published deaths.
func TestEachPublishedFigureIsAFigureOfTheReport(t *testing.T) {
	t.Parallel()
	printed := map[string]bool{}
	b := ofYear(t, "department.report")
	for _, f := range b.Document.Figures() {
		printed[f.Text] = true
	}
	for _, want := range strings.Fields(`100人 42人 58人 92人 17人 2030.18万元 1604.62万元 79.04% 425.57万元 20.96% 1235.34万元 389.27万元 846.07万元 534.73万元 29.07万元
		20.00万元 50.00万元 25.00万元 152.28万元 87起 97人 15.5% 11% 100人以下 15轮 92% 10.62万元 1685.91万元 1585.62万元 3282.14万元 3265.52万元 16.61万元 99.49%
		62.10万元 39.50万元 63.61% 16424处 6682处 1165起 1801.7万元 11个 15期 4个 10个 21个 52个 560万元 4家 20家 2.3亿元 3437万元 5个
		2.05亿元 2.56亿元 55.59% 0.023人/亿元 0.020人/亿元 16起 12人 97% 95% 99分`) {
		if !printed[want] {
			t.Errorf("the report does not print %s", want)
		}
	}
}

func TestTheSameDataAndPositionGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"department.report", "earmark.report"} {
		one, err := ofYear(t, name).Render()
		if err != nil {
			t.Fatal(err)
		}
		two, err := ofYear(t, name).Render()
		if err != nil {
			t.Fatal(err)
		}
		for file := range one {
			if !bytes.Equal(one[file], two[file]) {
				t.Errorf("%s: %s differs", name, file)
			}
		}
		if name == "department.report" && len(one) != 3+2*4 {
			t.Errorf("%d files are written, want report.docx, report.html, figures.json and four attachments twice", len(one))
		}
	}
}

var calculated = regexp.MustCompile(`^[0-9.,%−-]+`)

func TestWhatASpreadsheetComputesIsWhatIsPrinted(t *testing.T) {
	t.Parallel()
	files, err := ofYear(t, "department.report").Render()
	if err != nil {
		t.Fatal(err)
	}
	formulas := 0
	for name, content := range files {
		if !strings.HasSuffix(name, ".xlsx") {
			continue
		}
		f, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		sheet := f.GetSheetList()[0]
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r := range rows {
			for c := range 9 {
				at := document.CellAddress(c+1, r+1)
				formula, _ := f.GetCellFormula(sheet, at)
				if formula == "" {
					continue
				}
				formulas++
				stored, _ := f.GetCellValue(sheet, at)
				if got, err := f.CalcCellValue(sheet, at); err != nil || calculated.FindString(got) != calculated.FindString(stored) {
					t.Errorf("%s %s: =%s gives %q, and %q is printed (%v)", name, at, formula, got, stored, err)
				}
			}
		}
		f.Close()
	}
	if formulas < 18 {
		t.Errorf("the attachments have %d formulas", formulas)
	}
}

func TestFiguresJSONHasTheFiguresOfTheAttachmentsWithTheirFile(t *testing.T) {
	t.Parallel()
	files, err := ofYear(t, "department.report").Render()
	if err != nil {
		t.Fatal(err)
	}
	var f report.FiguresFile
	if err := json.Unmarshal(files[report.Figures], &f); err != nil {
		t.Fatal(err)
	}
	ids, of := map[string]bool{}, map[string]int{}
	for _, x := range f.Figures {
		if ids[x.ID] {
			t.Errorf("%s stands twice", x.ID)
		}
		ids[x.ID] = true
		of[x.File]++
	}
	for _, name := range []string{"", "attachment-1", "attachment-2", "attachment-3", "attachment-4"} {
		if of[name] == 0 {
			t.Errorf("no figure of %q", name)
		}
	}
}

func TestAFigureSaysOnceWhatBehindItNobodyHasVerified(t *testing.T) {
	t.Parallel()
	b := ofYear(t, "department.report")
	if n := strings.Count(text(&b.Document), "所用的2023年地区生产总值尚未核对原文。"); n != 1 {
		t.Errorf("the report says it %d times", n)
	}
	marked := map[string]string{}
	for _, f := range b.Document.Figures() {
		if f.Unverified != "" {
			marked[f.Code+" "+f.Period] = f.Unverified
		}
	}
	want := map[string]string{"work_safety.deaths_per_gdp 2023": "2023年地区生产总值", "work_safety.deaths_per_gdp_change 2023": "2023年地区生产总值"}
	if diff := cmp.Diff(want, marked); diff != "" {
		t.Error(diff)
	}
}
