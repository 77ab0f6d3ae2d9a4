package report_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/resource/project"
)

// TestADraftIsWrittenWithTheGapWhereItStands: what forbids a report to be built is, in a draft, marked where it stands, listed, and
// in the way of a publication.
func TestADraftIsWrittenWithTheGapWhereItStands(t *testing.T) {
	t.Parallel()
	withheld := sheetOf("", "", "100", "200")
	withheld.hide(t, "staff")
	for _, c := range []struct {
		name     string
		sheet    sheet
		template string
		want     error
		says     string // in the text of the draft
	}{
		{"parts that do not add up", sheetOf("", "20301800", "16046200", "4255700"), sumTemplate, report.ErrPartsDiffer, "〔请核实：“基本支出”应等于1604.62 + 425.57：2030.18万元，相差0.01万元〕"},
		{"parts that are off by what rounding hides", sheetOf("", "20301900", "16046200", "4255701"), sumTemplate, report.ErrPartsDiffer, "〔请核实：“基本支出”应等于1604.62 + 425.5701：2030.19万元，相差0.0001万元〕"},
		{"an untrue form", sheetOf("16000", "", "", ""), "title 标题\nfigure h hazards as 余 1000\n共{h}。", report.ErrUntrueForm, "共16,000处。〔请核实：“重大隐患”不能印作“16000余处”：实际数为16000处"},
		{"a claim that nobody cited", sheetOf("", "", "", ""), "title 标题\nclaim rank cited.rank\n综合排名{rank}。", report.ErrNotCited, "综合排名〔请核实：说法“rank”没有引用来源"},
		{"a scheme without result", sheetOf("", "", "", ""), "title 标题\nevaluation e s\n得{e.score}，满分{e.points}。", report.ErrNotEvaluated, "得〔请核实：没有方案“s”在2023年的评分结果，请先评分〕，满分—。"},
		{"a figure that gives a withheld one away", withheld, "title 标题\nfigure b whole\nfigure r running\n支出{b}，公用{r}。", report.ErrGivesAway, "支出0.03万元，公用0.02万元。"},
	} {
		if _, err := c.sheet.build(t, sumIndicators, one(c.template)); !errors.Is(err, c.want) {
			t.Errorf("%s: to be published: got %v, want %v", c.name, err, c.want)
		}
		b, err := c.sheet.buildAs(t, sumIndicators, one(c.template), true)
		if err != nil {
			t.Errorf("%s: the draft is refused: %v", c.name, err)
			continue
		}
		if got := strings.Join(prose(b), "") + strings.Join(notes(&b.Document), ""); !strings.Contains(got, c.says) {
			t.Errorf("%s: the draft says %q and not %q", c.name, got, c.says)
		}
		if len(b.Gaps) != 1 || !errors.Is(b.Gaps, c.want) || !errors.Is(b.Frozen(), c.want) || b.Gaps[0].Where.Line == 0 {
			t.Errorf("%s: the gaps are %v, want %v with its place", c.name, b.Gaps, c.want)
		}
	}
}

func TestTargetsThatNobodyApprovedAreMarkedAndInTheWayOfAPublication(t *testing.T) {
	t.Parallel()
	gap := project.ErrTargetsNotApproved.With(lang.Of("项目", "project"), lang.Of("草稿", "draft"), "project/a/2023")
	s := ofProjects()
	s.projects[0].Unapproved, s.projects[0].Gaps = "草稿", fault.List{gap}
	s.evaluations = map[string]report.Evaluation{"sa": {Goal: "开展演练", Points: rat("100"), Score: rat("90"), Unapproved: "草稿", Gaps: fault.List{gap}}, "sb": {Points: rat("100"), Score: rat("95")}}
	files := fstest.MapFS{"a.report": {Data: []byte("title 标题\nprojects p\neach p\n{p.name}：{p.goal}。\nend\nattachment form.report of p")},
		"form.report": {Data: []byte("title {project-name}自评表\nevaluation e s of each\n目标{e.goal}得分{e.score}")}}
	b, err := s.build(t, ofProjectsIndicators+s.ofProjects(), files)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(append(b.Document.Lines(), b.Attachments[0].Lines()...), "\n")
	for _, want := range []string{"演练经费：开展演练〔绩效目标没有批复：草稿〕。", "目标开展演练〔绩效目标没有批复：草稿〕得分90分"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if len(b.Gaps) != 1 || !errors.Is(b.Frozen(), project.ErrTargetsNotApproved) {
		t.Errorf("the gaps are %v, want one of the project", b.Gaps)
	}
}

func TestWhatVouchersGiveInPlaceOfTheAccountsIsNamedOnce(t *testing.T) {
	t.Parallel()
	s := ofProjects()
	s.booked = map[string]bool{"final.project.a": true, "final.project.b_1": true}
	b, err := s.build(t, ofProjectsIndicators+s.ofProjects(), one(projectsTemplate))
	if err != nil {
		t.Fatal(err)
	}
	const want = "部门决算没有列明下列各项，按支出凭证计：演练经费、2022年演练经费、普查经费。"
	if got := strings.Join(b.Document.Lines(), "\n"); strings.Count(got, want) != 1 {
		t.Errorf("no single %q in\n%s", want, got)
	}
}

func TestLinesThatLostPointsAreNamedWithTheirReason(t *testing.T) {
	t.Parallel()
	const text = "title 标题\nevaluation e s\nlosses lost of e\n得分{e.score}。\nwhen lost some\neach lost\n- {lost.name}：{lost.against}，满分{lost.points}，扣{lost.lost}。{lost.reason}。\nend\nend\nwhen lost missing\n没有扣分。\nend\n"
	s := sheetOf("", "", "", "")
	full := report.Line{Levels: [3]string{"一", "二", "满意度"}, Points: rat("90"), Score: rat("90")}
	s.evaluations = map[string]report.Evaluation{"s": {Points: rat("100"), Score: rat("99.5"), Lines: []report.Line{full,
		{Levels: [3]string{"一", "二", "完成率"}, Target: "≥100%", Actual: report.Stated{Text: "95%", Value: rat("95"), Unit: "%"}, Points: rat("10"), Score: rat("9.5"), Reason: "资金年底到位。"}}}}
	for want, lines := range map[string][]report.Line{"得分99.5分。|完成率：年度指标值≥100%，实际完成值95%，满分10分，扣0.5分。资金年底到位。": s.evaluations["s"].Lines, "得分99.5分。|没有扣分。": {full}} {
		e := s.evaluations["s"]
		e.Lines = lines
		s.evaluations["s"] = e
		b, err := s.build(t, sheetIndicators, one(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(b.Document.Lines(), "|"); !strings.Contains(strings.ReplaceAll(got, "（一）", ""), want) && !strings.Contains(strings.ReplaceAll(got, "一、", ""), want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

// TestAReportOfWhichNothingIsRecordedIsNotPublished: one figure is enough, and words without any say what they say.
func TestAReportOfWhichNothingIsRecordedIsNotPublished(t *testing.T) {
	t.Parallel()
	const two = "title 标题\nfigure h hazards\nfigure b basic\n排查{h}，支出{b}。"
	for _, c := range []struct {
		name, found, template string
		want                  error
	}{
		{"nothing", "", two, report.ErrNothingRecorded},
		{"one figure of two", "0", two, nil},
		{"no figure at all", "", "title 标题\n本年没有开展工作。", nil},
	} {
		b, err := sheetOf(c.found, "", "", "").build(t, sheetIndicators, one(c.template))
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Frozen(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		} else if c.want != nil && !strings.Contains(fault.In(err, lang.Chinese), "报告的2个数据在2023年都是无记录") || c.want != nil && !strings.HasSuffix(fault.In(err, lang.Chinese), "这些数据出自：项目（project）") {
			t.Errorf("%s: says %q", c.name, fault.In(err, lang.Chinese))
		}
	}
}

func TestProseThatIsLeftOpenIsNotPublished(t *testing.T) {
	t.Parallel()
	b, err := sheetOf("", "", "", "").build(t, sheetIndicators, one("title 标题\n改进措施：〔待填写：措施〕。按〔示例〕办理。"))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Gaps) != 1 || !errors.Is(b.Frozen(), report.ErrLeftOpen) || b.Gaps[0].Where.Line != 2 || !strings.Contains(b.Gaps[0].In(lang.Chinese), "“〔待填写：措施〕”") {
		t.Errorf("the gaps are %v", b.Gaps)
	}
}

// TestAnUnknownFigureOfAnOptionalSentenceIsAFault: a sentence that may be left out is no reason to pass over a code that does not exist.
func TestAnUnknownFigureOfAnOptionalSentenceIsAFault(t *testing.T) {
	t.Parallel()
	for _, draft := range []bool{false, true} {
		_, err := sheetOf("1", "", "", "").buildAs(t, sumIndicators, one("title 标题\nfigure a no.such\n? 全年{a}。"), draft)
		if !errors.Is(err, indicator.ErrNotDefined) || !strings.Contains(fault.In(err, lang.Chinese), "第2行") {
			t.Errorf("draft %v: %v", draft, err)
		}
	}
}
