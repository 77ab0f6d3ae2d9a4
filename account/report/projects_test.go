package report_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// ofProjects is a book with projects of a year: one alone, and one that is two parts.
func ofProjects() sheet {
	s := sheetOf("3", "", "", "")
	s.projects = []report.Project{
		{Code: "a", ID: "a", Name: "演练经费", Goal: "开展演练。", Spent: "project.a.spent", Initial: "project.a.initial"},
		{Code: "b", ID: "b", Name: "上级专项", Goal: "", Spent: "project.b.spent", Initial: "project.b.initial"},
		{Code: "b-1", ID: "b-1", Level: 1, Name: "普查经费", Goal: "完成普查", Spent: "project.b_1.spent", Initial: "project.b_1.initial"},
		{Code: "b-2", ID: "b-2", Level: 1, Name: "避难场所", Goal: "建成场所", Spent: "project.b_2.spent", Initial: "project.b_2.initial"},
	}
	for _, x := range s.projects {
		slug := strings.ReplaceAll(x.Code, "-", "_")
		s.units["final.project."+slug], s.units["budget.project."+slug] = "元", "元"
	}
	for code, amounts := range map[string][2]string{"a": {"400000", "300000"}, "b": {"500000", ""}, "b_1": {"200000", ""}, "b_2": {"300000", ""}} {
		s.amounts["final.project."+code+" 2023"] = rat(amounts[0])
		if amounts[1] != "" {
			s.amounts["final.project."+code+" 2022"] = rat(amounts[1])
		}
		s.amounts["budget.project."+code+" 2023"] = rat("0")
	}
	s.units["spent.project"], s.amounts["spent.project 2023"] = "元", rat("900000")
	return s
}

const ofProjectsIndicators = sheetIndicators + `
indicator project  "项目支出"  "project expenditure"  in 万元  printed 2
  = spent.project
`

const projectsTemplate = `title 标题
figure all project
projects p
sum all = p.spent
table 项目 | 单位：万元
columns 4 1n 1n
head | 项目 | 上年 | 本年 |
each p
| {p.name} | {p.before} | {p.spent} |
end
| 合计 | | {all} := SUM({p.spent}) |
end
# 项目支出
each p
- {p.name}{p.spent}：{p.goal}。
end
`

func TestRowsAndItemsAreMadeOfTheProjectsOfTheYear(t *testing.T) {
	t.Parallel()
	s := ofProjects()
	b, err := s.build(t, ofProjectsIndicators+s.ofProjects(), one(projectsTemplate))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"标题", "项目", "单位：万元", "项目", "上年", "本年", "演练经费", "30.00", "40.00", "上级专项", "—", "50.00", "　其中：普查经费", "—", "20.00", "　　　　避难场所", "—", "30.00", "合计", "90.00",
		"一、项目支出", "（一）演练经费40.00万元：开展演练。", "（二）上级专项50.00万元：没有登记。", "1.普查经费20.00万元：完成普查。", "2.避难场所30.00万元：建成场所。"}
	if diff := cmp.Diff(want, b.Document.Lines()[:len(want)]); diff != "" {
		t.Error(diff)
	}
	table := b.Document.Blocks[0].(document.Table)
	for row, formula := range map[int]string{0: "", 1: "SUM({p.b-1.spent},{p.b-2.spent})", 4: "SUM({p.a.spent},{p.b.spent})"} {
		if got := table.Rows[row][2].Formula; got != formula {
			t.Errorf("row %d is computed by %q, want %q", row+1, got, formula)
		}
	}
	f := b.Document.Figures()[0]
	if f.ID != "p.a.before" || f.Code != "project.a.spent" || f.Period != "2022" || f.Recompute != "anlan indicator project.a.spent --period 2022 --unit 430600 --as-of 58" {
		t.Errorf("the figure of a row is %+v", f.Figure)
	}
}

func TestTheAmountsOfProjectsAreSummedExactly(t *testing.T) {
	t.Parallel()
	s := ofProjects()
	s.amounts["spent.project 2023"] = rat("900100")
	_, err := s.build(t, ofProjectsIndicators+s.ofProjects(), one(projectsTemplate))
	if !errors.Is(err, report.ErrPartsDiffer) || !strings.Contains(fault.In(err, lang.Chinese), "40.00 + 50.00") {
		t.Errorf("got %v, want projects that do not come to the whole", err)
	}
}

func TestABookWithoutProjectsHasNoRowsAndNoSum(t *testing.T) {
	t.Parallel()
	s := ofProjects()
	s.projects = nil
	b, err := s.build(t, ofProjectsIndicators, one(projectsTemplate))
	if err != nil {
		t.Fatal(err)
	}
	if table := b.Document.Blocks[0].(document.Table); len(table.Rows) != 1 || table.Rows[0][2].Formula != "" {
		t.Errorf("the table has %+v, want the total alone, without a formula", table.Rows)
	}
}

func TestAnAttachmentIsPrintedForEachProjectThatIsNoPart(t *testing.T) {
	t.Parallel()
	s := ofProjects()
	s.evaluations = map[string]report.Evaluation{"sa": {Points: rat("100"), Score: rat("90")}, "sb": {Points: rat("100"), Score: rat("95")}}
	files := fstest.MapFS{"a.report": {Data: []byte("title 标题\nprojects p\nattachment form.report of p")},
		"form.report": {Data: []byte("title {project-name}自评表\nevaluation e s of each\n得分{e.score}")}}
	b, err := s.build(t, ofProjectsIndicators+s.ofProjects(), files)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range b.Attachments {
		got = append(got, b.Attachments[i].Lines()[:3]...)
	}
	if diff := cmp.Diff([]string{"附件1", "演练经费自评表", "得分90分", "附件2", "上级专项自评表", "得分95分"}, got); diff != "" {
		t.Error(diff)
	}
	if f := b.Attachments[1].Figures()[0]; f.ID != "a2.e.score" || !strings.Contains(f.Recompute, "--project b ") {
		t.Errorf("the score of the second is %+v", f.Figure)
	}
	delete(s.evaluations, "sb")
	if _, err := s.build(t, ofProjectsIndicators+s.ofProjects(), files); !errors.Is(err, report.ErrNotEvaluated) || !strings.Contains(fault.In(err, lang.Chinese), "项目“上级专项”（b）按方案“s”") {
		t.Errorf("got %v, want a project that nobody evaluated, by its name", err)
	}
	files["a.report"] = &fstest.MapFile{Data: []byte("title 标题\nattachment form.report")}
	if _, err := report.Read(files, "a.report"); !errors.Is(err, report.ErrOfOneProject) {
		t.Errorf("got %v, want an attachment of one project", err)
	}
	if _, err := s.build(t, ofProjectsIndicators+s.ofProjects(), fstest.MapFS{"a.report": files["form.report"]}); !errors.Is(err, report.ErrOfOneProject) {
		t.Errorf("got %v, want a template of one project that stands alone", err)
	}
}

func TestWhatHasNothingToSayIsLeftOut(t *testing.T) {
	t.Parallel()
	const template = `title 标题
figure h hazards
figure f hazards as fewer
claim  rank cited.rank
list units sections
- 整治。开展排查。
?+ 排查{h}。
?+ 排名{rank}。
? - 机构{units.count}：{units}。
?+ 另有说明{rank}。
? 比上年{f}。
报告完。
`
	for name, c := range map[string]struct {
		found  string
		claims map[string]report.Claim
		units  []string
		want   []string
		lacks  int
	}{
		"nothing known":   {"", nil, nil, []string{"一、整治。开展排查。", "报告完。"}, 5},
		"nothing found":   {"0", nil, nil, []string{"一、整治。开展排查。", "比上年持平（0处）。", "报告完。"}, 3},
		"found, no claim": {"7", nil, []string{"一科", "二科"}, []string{"一、整治。开展排查。排查7处。", "二、机构2个：一科、二科。", "比上年减少7处。", "报告完。"}, 2},
		"all of it": {"7", map[string]report.Claim{"cited.rank": {Text: "第二", Source: "通报"}}, []string{"一科"},
			[]string{"一、整治。开展排查。排查7处。排名第二。", "二、机构1个：一科。另有说明第二。", "比上年减少7处。", "报告完。"}, 0},
		"what goes on stands alone where it begins": {"", map[string]report.Claim{"cited.rank": {Text: "第二", Source: "通报"}}, nil,
			[]string{"一、整治。开展排查。排名第二。", "二、另有说明第二。", "报告完。"}, 3},
	} {
		s := sheetOf(c.found, "", "", "")
		s.claims, s.listed = c.claims, map[string][]string{"sections": c.units}
		b, err := s.build(t, sheetIndicators, one(template))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(c.want, b.Document.Lines()[1:1+len(c.want)]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if len(b.Omitted) != c.lacks {
			t.Errorf("%s: %d sentences are said to be left out, want %d: %v", name, len(b.Omitted), c.lacks, b.Omitted)
		}
	}
}

func TestWordingFollowsWhetherAClaimIsCited(t *testing.T) {
	t.Parallel()
	const template = "title 标题\nclaim rank cited.rank\ninclude b.prose\n报告完。"
	files := fstest.MapFS{"a.report": {Data: []byte(template)}, "b.prose": {Data: []byte("when rank some\n排名{rank}。\nend\nwhen rank missing\n没有排名。\nend\n")}}
	s := sheetOf("", "", "", "")
	for _, want := range []string{"没有排名。", "排名第二。"} {
		b, err := s.build(t, sheetIndicators, files)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{want, "报告完。"}, prose(b)); diff != "" {
			t.Error(diff)
		}
		s.claims = map[string]report.Claim{"cited.rank": {Text: "第二", Source: "通报"}}
	}
}

func TestWhatDoesNotFitTogetherInATemplateIsRefused(t *testing.T) {
	t.Parallel()
	const begin = "title 标题\nprojects p\nclaim c x.y\n"
	for name, c := range map[string]struct {
		text string
		line int
		want error
	}{
		"a project outside each":                  {begin + "{c}{p.name}\neach p\n{p.name}\nend", 4, report.ErrOutsideEach},
		"each of what is no projects":             {begin + "{c}\neach q\n一句\nend\neach p\n{p.name}\nend", 5, report.ErrNoSuchProjects},
		"each in each":                            {begin + "{c}\neach p\n{p.name}\neach p\nend\nend", 7, report.ErrNestedEach},
		"a condition in each":                     {begin + "{c}\neach p\n{p.name}\nwhen c some\nend\nend", 7, report.ErrNestedEach},
		"a table in each":                         {begin + "{c}\neach p\n{p.name}\ntable\nend", 7, report.ErrNestedEach},
		"each without end":                        {begin + "{c}\neach p\n{p.name}", 5, report.ErrNotClosed},
		"a claim that is 0":                       {begin + "when c some zero missing\n{c}\nend\neach p\n{p.name}\nend", 4, report.ErrNoSuchState},
		"a claim with half its wordings":          {begin + "when c some\n{c}\nend\neach p\n{p.name}\nend", 4, report.ErrConditionGap},
		"a list of what is none":                  {begin + "{c}\nlist l assets\neach p\n{p.name}\nend", 5, report.ErrNoSuchList},
		"a sentence that goes on below a heading": {begin + "# {c}\n+ 后面。\neach p\n{p.name}\nend", 5, report.ErrNothingAbove},
		"an empty sentence":                       {begin + "{c}\n?+\neach p\n{p.name}\nend", 5, report.ErrBadLine},
		"a sum of one figure":                     {begin + "figure h x.z\nsum h = h\n{c}{h}\neach p\n{p.name}\nend", 5, report.ErrBadLine},
		"an attachment of no projects":            {begin + "{c}\neach p\n{p.name}\nend\nattachment b.report of q", 8, report.ErrNoSuchProjects},
	} {
		_, err := report.Read(fstest.MapFS{"a.report": {Data: []byte(c.text)}, "b.report": {Data: []byte("title 附件\n一句\n")}}, "a.report")
		var all fault.List
		if internal := all.Add(err); internal != nil || len(all) == 0 || !errors.Is(all[0], c.want) || all[0].Where.Line != c.line {
			t.Errorf("%s: got %v, want %v in line %d", name, err, c.want, c.line)
		}
	}
	for name, prose := range map[string]string{"left open": "when c some\n{c}", "closed though the template opened it": "end\n"} {
		files := fstest.MapFS{"a.report": {Data: []byte("title 标题\nclaim c x.y\nwhen c missing\ninclude b.prose\nend\nwhen c some\n{c}\nend")}, "b.prose": {Data: []byte(prose)}}
		if _, err := report.Read(files, "a.report"); err == nil || !strings.Contains(fault.In(err, lang.Chinese), "b.prose 第1行") {
			t.Errorf("%s: got %v, want a fault in the file of prose", name, err)
		}
	}
}

// another is a book of another bureau: projects of its own, nothing cited, and nothing of what it does not do.
func another(t *testing.T) sheet {
	t.Helper()
	s := published(t)
	s.claims, s.listed = nil, nil
	for key := range s.amounts {
		for _, foreign := range []string{"project.", "recognition.", "demonstration.", "investment.", "pilot.", "township.", "village.", "fire_team.", "survey.", "stocktake.", "statistic.", "disaster."} {
			if strings.Contains(key, foreign) || strings.HasSuffix(key, " 2022") {
				delete(s.amounts, key)
			}
		}
	}
	s.projects = []report.Project{
		{Code: "p01", ID: "p01", Name: "隐患治理专项", Goal: "完成重点隐患治理", Result: "已完成", Spent: "project.p01.spent", Initial: "project.p01.initial"},
		{Code: "p02", ID: "p02", Name: "救援装备购置", Goal: "更新救援装备", Result: "已完成", Spent: "project.p02.spent", Initial: "project.p02.initial"},
	}
	for code, amount := range map[string]string{"p01": "10000000", "p02": "2353400"} {
		s.units["final.project."+code], s.amounts["final.project."+code+" 2023"] = "元", rat(amount)
		s.units["budget.project."+code], s.amounts["budget.project."+code+" 2023"] = "元", rat("0")
	}
	s.evaluations["projectp01"], s.evaluations["projectp02"] = s.evaluations["projectdisaster"], s.evaluations["projectother"]
	return s
}

func TestAnotherBureauReportsByTheShippedTemplateAsItStands(t *testing.T) {
	t.Parallel()
	b := another(t).ofYear(t, "department.report", "示例县应急管理局")
	got := text(&b.Document)
	for i := range b.Attachments {
		got += text(&b.Attachments[i])
	}
	golden(t, "testdata/another.txt", got)
	for _, foreign := range []string{"岳阳", "全市", "本市", "市委", "自然灾害处置经费", "其他项目", "六仗", "真抓实干", "首次", "唯一", "排名", "地震局"} {
		if strings.Contains(got, foreign) {
			t.Errorf("the report of another bureau prints %q", foreign)
		}
	}
	for _, gap := range []string{"无记录", "无法计算"} {
		if strings.Contains(text(&b.Document), gap) {
			t.Errorf("a sentence of the report of another bureau says %q", gap)
		}
	}
	for _, own := range []string{"隐患治理专项", "救援装备购置", "全县发生各类生产安全事故87起", "附件4", "救援装备购置绩效自评表"} {
		if !strings.Contains(got, own) {
			t.Errorf("the report of another bureau does not print %q", own)
		}
	}
}
