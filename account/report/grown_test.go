package report_test

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/resource/project"
)

// sheet is a book with amounts by measure and year, and what stands beside records.
type sheet struct {
	units       map[string]string // of the measures
	amounts     map[string]*big.Rat
	claims      map[string]report.Claim
	evaluations map[string]report.Evaluation
	withheld    map[string]string
	all         []indicator.Question // that are withheld
	rests       []report.Rest
	projects    []report.Project
	listed      map[string][]string // names by sort
	unverified  map[string]string   // measure and year: what it is called
	booked      map[string]bool     // measures of the accounts that vouchers give
}

func (s sheet) Lookup(code string) (indicator.Measure, bool) {
	unit, ok := figure.UnitOf(s.units[code])
	return indicator.Measure{Code: code, Label: lang.Of(lang.Zh(code), lang.En(code)), Unit: unit, Shape: indicator.Flow}, ok && s.units[code] != ""
}

func (s sheet) Codes() (out []string) {
	for c := range s.units {
		out = append(out, c)
	}
	return out
}

func (s sheet) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for i, a := range asks {
		if v := s.amounts[a.Measure+" "+a.Period.String()]; v != nil {
			out[i] = indicator.Exact(v, 1)
		}
	}
	return out, nil
}

func (s sheet) Provenance(r indicator.Result) (source, edition string) {
	for _, a := range r.Asks() {
		if strings.HasPrefix(a.Measure, "final.") && !s.booked[a.Measure] {
			return "final_accounts", "approved"
		}
	}
	return "records", ""
}

func (s sheet) Withheld(_ context.Context, q indicator.Question) (string, error) {
	return s.withheld[q.Indicator.Code()], nil
}

func (s sheet) Unverified(_ context.Context, r indicator.Result) (out []string, err error) {
	for _, a := range r.Asks() {
		if name := s.unverified[a.Measure+" "+a.Period.String()]; name != "" {
			out = append(out, name)
		}
	}
	return out, nil
}

func (s sheet) AllWithheld(context.Context) (out []indicator.Question, err error) {
	return s.all, nil
}

// Bearers: whatever a sheet has comes from projects.
func (s sheet) Bearers(indicator.Result) []record.Of { return []record.Of{project.Kind} }

func (s sheet) Claim(_ context.Context, code string) (report.Claim, bool, error) {
	c, ok := s.claims[code]
	return c, ok, nil
}

func (s sheet) Evaluation(_ context.Context, of report.Evaluated, _ period.Period, _ place.Unit) (report.Evaluation, bool, error) {
	e, ok := s.evaluations[of.Scheme+of.Project+of.Fund]
	return e, ok, nil
}

func (s sheet) Projects(context.Context, period.Period, place.Unit) ([]report.Project, error) {
	return s.projects, nil
}

func (s sheet) Listed(_ context.Context, sort string, _ period.Period, _ place.Unit) (report.Listed, error) {
	return report.Listed{Names: s.listed[sort], List: "anlan list " + sort}, nil
}

func (s sheet) Rests(context.Context, period.Period, place.Unit) ([]report.Rest, error) {
	return s.rests, nil
}

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

// build builds a template of a folder over the book.
func (s sheet) build(t testing.TB, indicators string, files fstest.MapFS) (*report.Built, error) {
	t.Helper()
	return s.buildAs(t, indicators, files, false)
}

func (s sheet) buildAs(t testing.TB, indicators string, files fstest.MapFS, draft bool) (*report.Built, error) {
	t.Helper()
	file, err := indicator.Parse("a.indicators", []byte(indicators))
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Define(s, file)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := report.Read(files, "a.report")
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Build(context.Background(), set, s, report.Subject{Bureau: "示例局", Unit: "430600", Period: year2023, Day: period.MustDay(2024, 3, 15), Draft: draft,
		Basis: document.Basis{Book: "b", Position: 58, Root: "r"}})
}

const sheetIndicators = `
indicator hazards  "重大隐患"  "major hazards"  in 处  printed 0 grouped
  = hazard.found
indicator basic  "基本支出"  "basic expenditure"  in 万元  printed 2
  = spent.basic
indicator staff  "人员经费"  "staff costs"  in 万元  printed 2
  = spent.staff
indicator running  "公用经费"  "operating costs"  in 万元  printed 2
  = spent.running
`

func sheetOf(found, basic, staff, running string) sheet {
	s := sheet{units: map[string]string{"hazard.found": "处", "spent.basic": "元", "spent.staff": "元", "spent.running": "元"}, amounts: map[string]*big.Rat{}}
	for measure, v := range map[string]string{"hazard.found": found, "spent.basic": basic, "spent.staff": staff, "spent.running": running} {
		if v != "" {
			s.amounts[measure+" 2023"] = rat(v)
		}
	}
	return s
}

func one(text string) fstest.MapFS { return fstest.MapFS{"a.report": {Data: []byte(text)}} }

func TestAWideFormIsPrintedWhereItIsTrue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ declared, found, want, value string }{
		{"as 余 1000", "16424", "16000余处", "16424"},
		{"as 多 100", "16424", "16400多处", "16424"},
		{"as 近 1000", "16424", "近17000处", "16424"},
		{"as 约 1000", "16424", "约16000处", "16424"},
		{"as 约 1000", "16500", "约17000处", "16500"},
		{"as 以上 16000", "16424", "16000处以上", "16424"},
		{"as 以内 20000", "16424", "20000处以内", "16424"},
		{"as 以下 16424", "16424", "16424处以下", "16424"},
		{"in 万处 printed 1", "16424", "1.6万处", "1.6"},
		{"in 万处 printed 4 as exact", "16424", "1.6424万处", "1.6424"},
		{"in 万处 as 余 0.1", "16424", "1.6余万处", "2"},
		{"as exact", "16424", "16,424处", "16424"},
	} {
		b, err := sheetOf(c.found, "", "", "").build(t, sheetIndicators, one("title 标题\nfigure h hazards "+c.declared+"\n共{h}"))
		if err != nil {
			t.Errorf("%s of %s: %v", c.declared, c.found, err)
			continue
		}
		if f := b.Document.Figures()[0]; f.Text != c.want || f.Value != c.value {
			t.Errorf("%s of %s: printed %q for %q, want %q for %q", c.declared, c.found, f.Text, f.Value, c.want, c.value)
		}
	}
}

func TestAFormThatIsUntrueIsRefusedWithTheValueAndTheBound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ declared, found, says string }{
		{"as 余 1000", "16000", "(16000, 17000)"},
		{"as 近 1000", "16000", "(15000, 16000)"},
		{"as 以上 20000", "16424", "[20000, ∞)"},
		{"as 以内 100", "109", "(−∞, 100]"},
		{"in 万处 printed 1 as exact", "16424", "1.6424"},
	} {
		_, err := sheetOf(c.found, "", "", "").build(t, sheetIndicators, one("title 标题\nfigure h hazards "+c.declared+"\n共{h}"))
		if !errors.Is(err, report.ErrUntrueForm) || !strings.Contains(fault.In(err, lang.Chinese), c.says) || !strings.Contains(fault.In(err, lang.Chinese), "a.report 第2行") {
			t.Errorf("%s of %s: got %v, want an untrue form and %s", c.declared, c.found, err, c.says)
		}
	}
}

func TestWhatAWideFormSaysIsTrueOrRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.Int64Range(0, 1_000_000).Draw(r, "n")
		form := rapid.SampledFrom([]string{"余", "多", "近", "约", "以上", "以内", "以下"}).Draw(r, "form")
		step := rapid.SampledFrom([]string{"1", "10", "100", "1000", "250"}).Draw(r, "step")
		b, err := sheetOf(big.NewInt(n).String(), "", "", "").build(t, sheetIndicators, one("title 标题\nfigure h hazards as "+form+" "+step+"\n{h}"))
		if errors.Is(err, report.ErrUntrueForm) {
			return
		}
		if err != nil {
			r.Fatal(err)
		}
		text := b.Document.Figures()[0].Text
		stated, err := figure.Parse(text)
		if err != nil || !stated.Interval().Contains(new(big.Rat).SetInt64(n)) {
			r.Fatalf("%s is printed of %d (%v)", text, n, err)
		}
	})
}

func TestAFigureIsNotPrintedInAUnitOfOtherThings(t *testing.T) {
	t.Parallel()
	_, err := sheetOf("3", "", "", "").build(t, sheetIndicators, one("title 标题\nfigure h hazards in 万元\n{h}"))
	if !errors.Is(err, report.ErrOtherUnit) {
		t.Errorf("got %v, want another unit", err)
	}
}

const sumTemplate = "title 标题\nfigure a basic\nfigure b staff\nfigure c running\nsum a = b + c\n# 基本支出{a}\n共{a}，其中{b}、{c}。"

// notes are the notes of a document.
func notes(d *document.Document) (out []string) {
	for _, b := range d.Blocks {
		if p, ok := b.(document.Paragraph); ok {
			for _, x := range p {
				if n, ok := x.(document.Note); ok {
					out = append(out, document.Inlines(n).String())
				}
			}
		}
	}
	return out
}

func TestRoundedPartsThatDoNotAddUpAreNotedOnceInTheText(t *testing.T) {
	t.Parallel()
	b, err := sheetOf("", "20301830.00", "16046161.00", "4255669.00").build(t, sheetIndicators, one(sumTemplate))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1604.62 + 425.57 = 2030.19，与所列2030.18万元相差0.01万元，系各数分别四舍五入所致。"}, notes(&b.Document)); diff != "" {
		t.Error(diff)
	}
}

func TestRoundedPartsThatAddUpNeedNoNote(t *testing.T) {
	t.Parallel()
	b, err := sheetOf("", "20301900", "16046200", "4255700").build(t, sheetIndicators, one(sumTemplate))
	if err != nil || len(notes(&b.Document)) != 0 {
		t.Errorf("got %v and %v, want no note", notes(&b.Document), err)
	}
}

func TestPartsThatDoNotAddUpExactlyAreRefused(t *testing.T) {
	t.Parallel()
	_, err := sheetOf("", "20301800", "16046200", "4255700").build(t, sheetIndicators, one(sumTemplate))
	if !errors.Is(err, report.ErrPartsDiffer) || !strings.Contains(fault.In(err, lang.Chinese), "相差0.01万元") {
		t.Errorf("got %v, want parts that differ by 0.01万元", err)
	}
}

func TestASumOfWhichAPartIsMissingSaysNothing(t *testing.T) {
	t.Parallel()
	b, err := sheetOf("", "20301800", "16046200", "").build(t, sheetIndicators, one(sumTemplate))
	if err != nil || len(notes(&b.Document)) != 0 {
		t.Errorf("got %v, want neither note nor fault", err)
	}
}

func TestWordingFollowsWhetherAFigureIsZeroSomethingOrMissing(t *testing.T) {
	t.Parallel()
	const template = "title 标题\nfigure h hazards\nwhen h zero\n未发现隐患。\nend\nwhen h some\n发现{h}。\nend\nwhen h missing\n没有记录。\nend\n报告完。"
	for found, want := range map[string]string{"0": "未发现隐患。", "7": "发现7处。", "": "没有记录。"} {
		b, err := sheetOf(found, "", "", "").build(t, sheetIndicators, one(template))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{want, "报告完。"}, prose(b)); diff != "" {
			t.Errorf("%q: %s", found, diff)
		}
	}
}

func TestAWithheldFigureIsNamedAndItsValueIsNowhere(t *testing.T) {
	t.Parallel()
	s := sheetOf("16424", "", "", "")
	s.withheld = map[string]string{"hazards": "保密审查，办公室"}
	b, err := s.build(t, sheetIndicators, one("title 标题\nfigure h hazards as 余 1000\n共{h}。\ntable 表\ncolumns 1 1n\n| 隐患 | {h} |\nend\nwhen h some zero\n有隐患\nend\nwhen h missing\nend"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := b.Render()
	if err != nil {
		t.Fatal(err)
	}
	var xlsx strings.Builder
	if err := b.Document.RenderXLSX(&xlsx); err != nil {
		t.Fatal(err)
	}
	files["report.xlsx"] = []byte(xlsx.String())
	for name, content := range files {
		if s := string(content); strings.Contains(s, "16424") || strings.Contains(s, "16000") || strings.Contains(s, "16,424") || strings.Contains(s, "有隐患") || !strings.Contains(s, "不予公开") {
			t.Errorf("%s gives the withheld figure away, or does not say that it is withheld", name)
		}
	}
}

func TestAClaimIsPrintedWithItsSourceAndRefusedWithout(t *testing.T) {
	t.Parallel()
	s := sheetOf("", "", "", "")
	text := one("title 标题\nclaim rank cited.rank\n综合排名{rank}。{\"631\" | 市防指文件}机制。")
	_, err := s.build(t, sheetIndicators, text)
	if !errors.Is(err, report.ErrNotCited) {
		t.Fatalf("got %v, want a claim that is not cited", err)
	}
	s.claims = map[string]report.Claim{"cited.rank": {Text: "全省第二", Source: "示例厅通报", Quote: "第二名为示例市"}}
	b, err := s.build(t, sheetIndicators, text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"综合排名全省第二。631机制。"}, prose(b)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"出处：示例厅通报：“第二名为示例市”", "出处：市防指文件"}, notes(&b.Document)); diff != "" {
		t.Error(diff)
	}
}

func TestProseAndAttachmentsStandInFilesOfTheirOwn(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"a.report":     {Data: []byte("title 标题\nfigure h hazards\n# 概况\ninclude duties.prose\nattachment one.report")},
		"duties.prose": {Data: []byte("## 职责\n- 排查隐患{h}。\n- 挂牌督办。\n")},
		"one.report":   {Data: []byte("title {period}度|数据表\nfigure h hazards\ntable 表 | 单位：处\ncolumns 3 1n\nhead | 项目 | 数 |\n| 隐患 | {h} |\nend")},
	}
	b, err := sheetOf("3", "", "", "").build(t, sheetIndicators, files)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"标题", "一、概况", "（一）职责", "1.排查隐患3处。", "2.挂牌督办。", "附件：1.2023年度数据表"}, b.Document.Lines()[:6]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"附件1", "2023年度", "数据表", "表", "单位：处", "项目", "数", "隐患", "3"}, b.Attachments[0].Lines()[:9]); diff != "" {
		t.Error(diff)
	}
	if f := b.Attachments[0].Figures()[0]; f.ID != "a1.h" || f.Cell != "B2" {
		t.Errorf("the figure of the attachment is %q in %q, want a1.h in B2", f.ID, f.Cell)
	}
	_, err = report.Read(fstest.MapFS{"a.report": {Data: []byte("title 标题\ninclude b.prose")}, "b.prose": {Data: []byte("共3起\nfigure a x.y\n")}}, "a.report")
	var l fault.List
	if internal := l.Add(err); internal != nil || len(l) != 2 || !errors.Is(l[0], report.ErrTypedNumber) || l[0].Where.File != "b.prose" || !errors.Is(l[1], report.ErrDirectiveInProse) {
		t.Errorf("got %v, want a typed number and a directive, both in b.prose", err)
	}
}

func TestTheLinesOfAnEvaluationAreMergedScoredAndSummed(t *testing.T) {
	t.Parallel()
	s := sheetOf("", "", "", "")
	line := func(one, two, three, score string) report.Line {
		return report.Line{Levels: [3]string{one, two, three}, Target: "≥90%", Actual: report.Stated{Text: "92%", Value: rat("92"), Unit: "%"}, Points: rat("30"), Score: rat(score), Reason: "无"}
	}
	s.evaluations = map[string]report.Evaluation{"s": {Goal: "守住底线", Outcome: "已完成", Points: rat("90"), Score: rat("89.5"),
		Lines: []report.Line{line("产出", "数量", "演练", "30"), line("产出", "数量", "培训", "29.5"), line("效益", "数量", "满意度", "30")}}}
	b, err := s.build(t, sheetIndicators, one("title 标题\nevaluation e s\n{e.goal}：{e.score}、{e.execution-score}\ntable 表\ncolumns 1 1 1 1 1 1n 1n 1\nlines e\n| 总分 | < | < | < | < | {e.points} := SUM({lines.points}) | {e.score} := SUM({lines.score}) | |\nend"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"守住底线：89.5分、—"}, prose(b)); diff != "" {
		t.Error(diff)
	}
	table := b.Document.Blocks[1].(document.Table)
	if got := table.Rows[0][0].RowSpan; got != 2 {
		t.Errorf("the first level spans %d rows, want 2", got)
	}
	if n := len(table.Rows[1]); n != 6 {
		t.Errorf("the second line has %d cells of its own, want 6", n)
	}
	if got := table.Rows[3][2].Formula; got != "SUM({e.line-1.score}:{e.line-3.score})" {
		t.Errorf("the total is computed by %q, want the scores of all lines", got)
	}
	_, err = sheetOf("", "", "", "").build(t, sheetIndicators, one("title 标题\nevaluation e s\n{e.goal}"))
	if !errors.Is(err, report.ErrNotEvaluated) {
		t.Errorf("got %v, want no evaluation", err)
	}
}

func TestAReportWithALineThatNobodyScoredIsNotPublished(t *testing.T) {
	t.Parallel()
	s := sheetOf("", "", "", "")
	s.evaluations = map[string]report.Evaluation{"s": {Points: rat("100"), Lines: []report.Line{
		{Levels: [3]string{"产出", "数量", "演练"}, Points: rat("50"), Score: rat("50")},
		{Levels: [3]string{"效益", "", "风险防范"}, Points: rat("50"), Reason: "尚未认定"}}}}
	b, err := s.build(t, sheetIndicators, one("title 标题\nevaluation e s\n{e.score}"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = (report.Publisher{}).Publish(t.Context(), b, nil, t.TempDir())
	if !errors.Is(err, report.ErrUnscored) || !strings.Contains(fault.In(err, lang.Chinese), "方案“s”的“风险防范”没有得分（尚未认定），报告不能公开") {
		t.Errorf("got %v, want a line without a score", err)
	}
}

func TestAReportWithAnUnexplainedRestIsNotFrozen(t *testing.T) {
	t.Parallel()
	s := sheetOf("3", "", "", "")
	s.rests = []report.Rest{{Line: lang.Of("基本支出", "basic expenditure"), Final: rat("600"), Records: rat("700.5"), Reconciled: rat("0"), Yuan: rat("-100.5")}}
	b, err := s.build(t, sheetIndicators, one("title 标题\nfigure h hazards\n{h}"))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Frozen(); !errors.Is(err, report.ErrUnexplained) || !strings.Contains(fault.In(err, lang.Chinese), "决算“基本支出”为600元，背后的记录合计700.5元、调节0元，相差−100.5元没有说明") {
		t.Errorf("got %v, want an unexplained rest", err)
	}
	dir := t.TempDir()
	if _, err := (report.Publisher{}).Publish(t.Context(), b, nil, dir); !errors.Is(err, report.ErrUnexplained) {
		t.Errorf("it was published: %v", err)
	}
}

func TestWhatCannotBePrintedIsPlacedInTheTemplate(t *testing.T) {
	t.Parallel()
	b, err := sheetOf("3", "", "", "").build(t, sheetIndicators, one("title 标题\nfigure h hazards\n\n共{h}\u200b，\ntable 表\ncolumns 1 1\n| 甲 | 乙\u202e |\nend"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Render()
	said := fault.In(err, lang.Chinese)
	for _, want := range []string{"a.report 第4行 第1字 “共3处□，”：", "a.report 第7行 第7字 “乙□”："} {
		if !strings.Contains(said, want) {
			t.Errorf("got %s, want %s", said, want)
		}
	}
}

// sumIndicators have a whole that is the sum of its parts.
const sumIndicators = sheetIndicators + `
indicator whole  "基本支出合计"  "basic expenditure in all"  in 万元  printed 2
  = spent.staff + spent.running
`

// hide withholds an indicator of sumIndicators.
func (s *sheet) hide(t *testing.T, code string) {
	t.Helper()
	file, err := indicator.Parse("a.indicators", []byte(sumIndicators))
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Define(s, file)
	if err != nil {
		t.Fatal(err)
	}
	i, err := set.Indicator(code)
	if err != nil {
		t.Fatal(err)
	}
	s.withheld = map[string]string{code: "保密审查，办公室"}
	s.all = []indicator.Question{{Indicator: i, Period: year2023, Unit: "430600"}}
}

func TestOnlyWhatIsPrintedGivesAWithheldFigureAway(t *testing.T) {
	t.Parallel()
	const declared = "title 标题\nfigure b whole\nfigure s staff\nfigure r running\n支出{b}，其中人员{s}。\n"
	for name, c := range map[string]struct {
		prose string
		given bool
	}{
		"printed":                       {"公用{r}。", true},
		"behind a condition that holds": {"when b some\n公用{r}。\nend\nwhen b zero missing\nend", true},
		"behind one that does not":      {"when b zero missing\n公用{r}。\nend\nwhen b some\nend", false},
	} {
		s := sheetOf("", "300", "100", "200")
		s.hide(t, "staff")
		_, err := s.build(t, sumIndicators, one(declared+c.prose))
		if errors.Is(err, report.ErrGivesAway) != c.given || err != nil && !c.given {
			t.Errorf("%s: got %v, want it given away: %v", name, err, c.given)
		}
		if c.given && !strings.Contains(fault.In(err, lang.Chinese), "a.report 第") {
			t.Errorf("%s: no place: %v", name, err)
		}
	}
}

// A line of an evaluation prints its value like any other figure, hides it when it is withheld, and may tell it by the score.
func TestTheLinesOfAnEvaluationGiveFiguresAwayToo(t *testing.T) {
	t.Parallel()
	const text = "title 标题\nfigure b whole\nfigure s staff\nevaluation e own\n支出{b}，其中人员{s}。得分{e.score}。\ntable 表\ncolumns 1 1 1 1 1 1 1 1\nlines e\nend\n"
	of := func(s sheet, code string, tells bool) report.Evaluation {
		file, _ := indicator.Parse("a.indicators", []byte(sumIndicators))
		set, _ := indicator.Define(s, file)
		i, err := set.Indicator(code)
		if err != nil {
			t.Fatal(err)
		}
		results, err := indicator.Eval(t.Context(), s, indicator.Question{Indicator: i, Period: year2023, Unit: "430600"})
		if err != nil {
			t.Fatal(err)
		}
		v := results[0].Value()
		return report.Evaluation{Points: rat("100"), Score: rat("90"), Lines: []report.Line{{Levels: [3]string{"甲", "乙", "丙"}, Points: rat("100"), Score: rat("90"),
			Actual: report.Stated{Text: results[0].Text().Zh, Value: v.Rat(), Unit: v.Unit().String()}, Result: &results[0], Tells: tells}}}
	}
	for name, c := range map[string]struct {
		line  string
		tells bool
		given bool
	}{
		"its value with the whole":        {"running", false, true},
		"withheld, of levels":             {"staff", false, false},
		"withheld, and told by its score": {"staff", true, true},
	} {
		s := sheetOf("", "300", "100", "200")
		s.hide(t, "staff")
		s.evaluations = map[string]report.Evaluation{"own": of(s, c.line, c.tells)}
		b, err := s.build(t, sumIndicators, one(text))
		if errors.Is(err, report.ErrGivesAway) != c.given || err != nil && !c.given {
			t.Errorf("%s: got %v, want it given away: %v", name, err, c.given)
			continue
		}
		if c.given {
			continue
		}
		for _, f := range b.Document.Figures() {
			if f.ID == "e.line-1" && (f.Text != "不予公开" || f.Value != "" || f.Withheld == "") {
				t.Errorf("%s: the line prints %+v", name, f.Figure)
			}
		}
	}
}

func TestAReportIsSignedBelowAllElse(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"b.report": {Data: []byte("title 附件标题\n甲\n")}}
	for declared, want := range map[string]string{"signature": "2024年3月15日", "signature 2024-03-20": "2024年3月20日"} {
		files["a.report"] = &fstest.MapFile{Data: []byte("title 标题\nfigure h hazards\n" + declared + "\n{h}\nattachment b.report")}
		b, err := sheetOf("3", "", "", "").build(t, sheetIndicators, files)
		if err != nil {
			t.Fatal(err)
		}
		lines := b.Document.Lines()
		if got := lines[2:5]; !slices.Equal(got, []string{"附件：1.附件标题", "示例局", want}) {
			t.Errorf("%s: the report ends in %q", declared, got)
		}
	}
	for _, bad := range []string{"signature\nsignature", "signature 三月"} {
		if _, err := report.Parse("a.report", "title 标题\n"+bad+"\n甲"); err == nil || !strings.Contains(fault.In(err, lang.Chinese), "a.report 第") {
			t.Errorf("%q: got %v", bad, err)
		}
	}
}
