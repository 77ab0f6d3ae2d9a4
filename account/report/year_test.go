package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/big"
	"os"
	"regexp"
	"strconv"
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
		"deaths_first":     {Text: "生产安全事故死亡人数首次控制在100人以下", Source: "示例市安委会年度通报"},
		"enforcement_rank": {Text: "全省第二", Source: "示例省应急管理厅通报", Quote: "综合排名第二"},
		"province_award":   {Text: "全省安全生产工作优秀市州", Source: "示例省安委会通报"},
		"six_battles":      {Text: "打好“发展六仗”表现优异单位", Source: "示例省政府通报"},
		"only_bureau":      {Text: "全省系统内唯一获得全部真抓实干奖励的市州局", Source: "示例省政府办公厅通报"},
	}
	for _, x := range []struct{ code, name, goal string }{
		{"disaster", "自然灾害处置经费", "保障防汛抗旱和森林防灭火指挥机构运转，应急指挥中心全天候值守，受灾群众生活救助"},
		{"other", "其他项目", "完成上级专项资金安排的特定工作任务"},
		{"other-flood", "中央自然灾害救灾（洪涝）资金", "用于防洪大堤建设"},
		{"other-geology", "中央自然灾害救助（地质灾害）资金", "用于地质灾害隐患排查治理"},
		{"other-injury", "工伤保险预防费", "用于安全生产宣传"},
		{"other-quake", "省级地震事务专项", "用于地震台网建设维护和防震宣传"},
		{"other-safety", "省级安全生产预防及应急专项资金", "用于安全监管、防灾减灾和应急救援"},
		{"other-shelter", "省级应急避难场所建设资金", "用于避难场所建设"},
		{"other-smart", "智慧应急建设资金", "用于应急指挥信息化建设"},
		{"other-survey", "省级风险普查专项经费", "用于自然灾害风险普查"},
	} {
		p := report.Project{Code: x.code, ID: x.code, Name: x.name, Goal: x.goal, Result: "已完成", Spent: indicatorOf(x.code, "spent"), Initial: indicatorOf(x.code, "initial")}
		if strings.HasPrefix(x.code, "other-") {
			p.Level = 1
		}
		s.projects = append(s.projects, p)
	}
	s.listed = map[string][]string{"sections": strings.Fields("办公室 指挥中心 调查统计科 火灾防治科 防汛抗旱科 危化科 非煤矿山科 工贸科 综合协调科 综合减灾科 行政审批科 政策法规科 规划财务科 人事宣教科"),
		"subordinates": {"市地震局", "市综合行政执法支队", "市应急救援事务中心"}, "thrift": {"从严控制会议和培训", "公务接待只减不增", "压减水电和办公开支"}}
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
			Execution: &report.Line{Points: rat("10"), Score: rat("10")}, Money: s.money("disaster", [3]string{"4000000", "3892700", "3892700"}),
			Funds: report.Funds{Appropriated: s.money("disaster_a", [3]string{"4000000", "3792655", "3792655"}),
				CarriedIn: s.money("disaster_c", [3]string{"0", "100045", "100045"}), Other: s.money("disaster_o", [3]string{"0", "0", "0"}),
				Apart: "上年结转资金执行数 = 上年结转100045.00元 − 年末仍结转0.00元 = 100045.00元"},
			Lines: []report.Line{
				line("产出指标", "数量指标", "防汛应急演练", "≥4场", "5场", "5", "场", "50", "50"),
				line("效益指标", "社会效益", "险情处置及时", "及时", "及时", "", "", "30", "28.5"),
				line("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "95%", "95", "%", "10", "10"),
			}},
		"projectsafety": {Goal: "用于安全监管、防灾减灾和应急救援", Outcome: "已完成", Points: rat("100"), Score: rat("96"),
			Execution: &report.Line{Points: rat("10"), Score: rat("10")}, Money: s.money("safety", [3]string{"0", "5347300", "5347300"}),
			Funds: report.Funds{Appropriated: s.money("safety_a", [3]string{"0", "5347300", "5347300"}),
				CarriedIn: s.money("safety_c", [3]string{"0", "0", "0"}), Other: s.money("safety_o", [3]string{"0", "0", "0"})},
			Lines: []report.Line{line("产出指标", "数量指标", "宣传活动", "≥1200场", "1250场", "1250", "场", "90", "86")}},
		"projectother": {Goal: "完成上级专项任务。", Outcome: "基本完成。", Points: rat("100"), Score: rat("97"),
			Execution: &report.Line{Points: rat("10"), Score: rat("10")}, Money: s.money("other", [3]string{"", "8460700", "8460700"}),
			Lines: []report.Line{line("产出指标", "数量指标", "新建消防队", "≥50个", "52个", "52", "个", "90", "87")}},
	}
	safety := s.evaluations["projectsafety"]
	safety.Code, safety.Project = "other-safety", "省级安全生产预防及应急专项资金"
	s.evaluations["projectsafety"], s.evaluations["projectother-safety"] = safety, safety
	return s
}

// indicatorOf is the indicator of what a project spent or was given.
func indicatorOf(project, of string) string {
	return "project." + strings.ReplaceAll(project, "-", "_") + "." + of
}

// ofProjects defines what each project spent and was given.
func (s sheet) ofProjects() string {
	var b strings.Builder
	for _, x := range s.projects {
		slug := strings.ReplaceAll(x.Code, "-", "_")
		fmt.Fprintf(&b, "indicator %s \"%s\" \"%s\" in 万元 printed 2 = final.project.%s\n", x.Spent, x.Name, x.Code, slug)
		fmt.Fprintf(&b, "indicator %s \"%s年初预算数\" \"initial budget of %s\" in 万元 printed 2 = budget.project.%s\n", x.Initial, x.Name, x.Code, slug)
	}
	return b.String() + s.moneyIndicators()
}

// ofYear builds a shipped template over the published figures.
func ofYear(t testing.TB, name string) *report.Built {
	t.Helper()
	return published(t).ofYear(t, name, "示例市应急管理局")
}

// ofYear builds a shipped template over the figures of a bureau.
func (s sheet) ofYear(t testing.TB, name, bureau string) *report.Built {
	t.Helper()
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
	projects, err := indicator.Parse("projects", []byte(s.ofProjects()))
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Define(s, append(files, projects)...)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := report.Read(shipped.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := parsed.Build(context.Background(), set, s, report.Subject{Bureau: bureau, Unit: "430600", Period: year2023, Day: period.MustDay(2024, 3, 15), Synthetic: true,
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
	golden(t, "testdata/earmark.txt", text(&b.Document)+text(&b.Attachments[0]))
	files, err := b.Render()
	if err != nil {
		t.Fatal(err)
	}
	if files["attachment-1.xlsx"] == nil || len(b.Attachments) != 1 {
		t.Errorf("the form of the earmark is no workbook: %d attachments", len(b.Attachments))
	}
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
		20.00万元 50.00万元 25.00万元 152.28万元 87起 97人 15.5% 11% 14个 3个 15轮 92% 10.62万元 1685.91万元 1585.62万元 3282.14万元 3265.52万元 16.61万元 99.49%
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

// TestTheAmountsOfProjectsAreSumsInEveryColumnWhereTheyComeToThem: last year's and the initial budget as well as this year's.
func TestTheAmountsOfProjectsAreSumsInEveryColumnWhereTheyComeToThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, measure, amount string
		want                  string // the columns with a formula, of the projects and of the project with parts
	}{
		{"all come to it", "", "", "BCD BCD"},
		{"money before of no project", "final.project 2022", "9834601", "CD BCD"},
		{"a budget of no project", "budget.project.disaster 2023", "3999999", "BD BCD"},
	} {
		s := published(t)
		if c.measure != "" {
			s.amounts[c.measure] = rat(c.amount)
		}
		files, err := s.ofYear(t, "department.report", "示例市应急管理局").Render()
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(files["attachment-1.xlsx"]))
		if err != nil {
			t.Fatal(err)
		}
		sheet := f.GetSheetList()[0]
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for r, row := range rows {
			if len(row) == 0 || row[0] != "项目支出" && row[0] != "　其他项目" {
				continue
			}
			for _, column := range "BCD" {
				if formula, _ := f.GetCellFormula(sheet, string(column)+strconv.Itoa(r+1)); formula != "" {
					got[row[0]] += string(column)
				}
			}
		}
		f.Close()
		if both := got["项目支出"] + " " + got["　其他项目"]; both != c.want {
			t.Errorf("%s: formulas in %s, want %s", c.name, both, c.want)
		}
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
