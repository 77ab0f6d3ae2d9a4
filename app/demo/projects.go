package demo

import (
	"fmt"
	"slices"

	"anlan/account/evaluation"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/resource/fund"
	"anlan/resource/procurement"
	"anlan/resource/project"
)

// goal is a target as the demo writes it: relation, value, what the year before gave, what was reached, points.
type goal struct {
	first         project.Level
	second, third string
	relation      project.Relation
	value, before int64
	reached       int64
	unit          string
	points        int64
	source        string
}

// goalsOf are the targets of a project: 50 points of output, 30 of benefit, 10 of satisfaction; ten are for execution.
// Some are as vague as real ones are, which is what lint is for.
func goalsOf(p program) []goal {
	goals := []goal{
		{project.Output, "数量指标", "开展应急演练", project.AtLeast, 10, 8, 12, "次", 15, "演练台账"},
		{project.Output, "数量指标", "组织安全培训", project.AtLeast, 20, 18, 26, "次", 10, "培训台账"},
		{project.Output, "质量指标", "培训考核合格率", project.AtLeast, 90, 93, 98, "%", 10, "培训台账"},
		{project.Output, "时效指标", "年度任务按期完成率", project.AtLeast, 100, 100, 100, "%", 10, "工作总结"},
		{project.Output, "成本指标", "支出不超过预算", project.AtMost, int64(p.spent/money.Wan) + 1, 0, int64(p.spent / money.Wan), "万元", 5, "支出凭证"},
		{project.Benefit, "社会效益指标", "较大及以上事故", project.AtMost, 0, 0, 0, "起", 15, "事故台账"},
		{project.Benefit, "可持续影响指标", "应急能力全面提升", project.Qualitative, 0, 0, 0, "", 15, ""},
		{project.Satisfaction, "服务对象满意度指标", "群众满意度", project.AtLeast, 90, 94, 95, "%", 10, "满意度调查"},
	}
	if p.code == "other-shelter" { // without a value for what the money is for
		goals[0].third, goals[0].source = "新建应急避难场所", ""
	}
	return goals
}

func (m maker) projects() (out []*project.Project) {
	const unit = 10_000 // of the values of targets
	whole := program{code: evaluation.Whole, name: "部门整体支出", spent: basicCost + projectCost}
	rest := program{code: "other", name: "其他项目", spent: otherProjects}
	for _, p := range append(slices.Clone(programs), rest, whole) {
		x := &project.Project{Code: p.code, Year: 2023, Name: p.name, Section: bureau, Goal: "完成本项目年度任务，保障资金规范使用（示例）", Result: "年度任务完成（示例）",
			ApprovedOn: period.MustDay(2023, 2, 20), Document: "岳财绩〔2023〕示例1号"}
		x.State = project.Approved
		if p.code == evaluation.Whole {
			x.Goal, x.Result = "履行应急管理部门职责，完成全年重点工作，保障机构运转，规范使用全部资金（示例）", "全年重点工作完成，机构正常运转，资金使用规范（示例）"
		}
		for _, g := range goalsOf(p) {
			t := project.Target{First: g.first, Second: g.second, Third: g.third, Relation: g.relation, Unit: g.unit, Period: "2023年", Source: g.source, Points: maybe.Some(field.Scaled(g.points * 100))}
			if g.relation == project.Qualitative {
				t.Wording, t.Achievement = "应急救援能力有所提升", "达成年度指标（示例）"
			} else {
				t.Value, t.Achieved = maybe.Some(field.Scaled(g.value*unit)), maybe.Some(field.Scaled(g.reached*unit))
				if g.before != 0 || g.third == "较大及以上事故" {
					t.Baseline = maybe.Some(field.Scaled(g.before * unit))
				}
			}
			x.Targets = append(x.Targets, t)
		}
		for _, e := range p.economics {
			x.Uses = append(x.Uses, project.Use{Function: string(p.function), Economic: e})
		}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}

// funds are the earmarks, received in full.
func (m maker) funds() (out []*fund.Fund) {
	programmes := map[string]fund.Programme{"other-safety": fund.Safety, "other-quake": fund.Earthquake, "other-flood": fund.Flood, "other-geology": fund.Geology, "other-survey": fund.Survey, "other-shelter": fund.Shelter, "other-injury": fund.Injury}
	levels := map[string]fund.Level{"other-flood": "central", "other-geology": "central", "other-injury": "municipal"}
	for _, p := range programs {
		if p.fund == "" {
			continue
		}
		on := m.between(period.MustDay(2023, 3, 1), period.MustDay(2023, 6, 30))
		x := &fund.Fund{Document: p.fund, Name: p.name, Level: "provincial", Programme: programmes[p.code], AllottedOn: on, Allotted: p.spent, ReceivedOn: on.Add(20), Received: maybe.Some(p.spent)}
		if level, ok := levels[p.code]; ok {
			x.Level = level
		}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}

func (m maker) procurements() (out []*procurement.Procurement) {
	for i, part := range m.split(2_860_000_00, 36) {
		planned := m.between(period.MustDay(2023, 1, 10), period.MustDay(2023, 6, 30))
		x := &procurement.Procurement{Number: fmt.Sprintf("CG2023-%02d", i+1), Name: fmt.Sprintf("示例采购%02d", i+1), Sort: "goods", Method: "mall",
			PlannedOn: planned, Planned: part, ContractedOn: planned.Add(40 + m.IntN(100)), Actual: maybe.Some(part - part/50), Supplier: fmt.Sprintf("示例供应商%02d", m.IntN(30)+1)}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}
