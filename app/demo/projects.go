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

// purposeOf is what a project is for: two targets of quantity, one of quality and one of social benefit. What a register of the
// book counts is what the register says: the bureau's own drills and trainings, the publicity of the whole city.
func purposeOf(code string) (goals [4]goal) {
	const number, quality, social = "数量指标", "质量指标", "社会效益指标"
	drills := goal{project.Output, number, "开展应急演练", project.AtLeast, 10, 8, ownDrills, "次", 15, "演练台账"}
	trainings := goal{project.Output, number, "组织安全培训", project.AtLeast, 20, 18, ownTrainings, "次", 10, "培训台账"}
	passed := goal{project.Output, quality, "培训考核合格率", project.AtLeast, 90, 93, 98, "%", 10, "培训台账"}
	accepted := goal{project.Output, quality, "验收合格率", project.AtLeast, 100, 100, 100, "%", 10, "验收资料"}
	accidents := goal{project.Benefit, social, "较大及以上事故", project.AtMost, 0, 0, 0, "起", 15, "事故台账"}
	unhurt := goal{project.Benefit, social, "降雨过程伤亡人数", project.AtMost, 0, 0, 0, "人", 15, "降雨过程登记"}
	things := func(third string, points, planned, before, reached int64, unit, source string) goal {
		return goal{project.Output, number, third, project.AtLeast, planned, before, reached, unit, points, source}
	}
	benefit := func(third string, planned, before, reached int64, unit, source string) goal {
		return goal{project.Benefit, social, third, project.AtLeast, planned, before, reached, unit, 15, source}
	}
	switch code {
	case "disaster":
		return [4]goal{drills, trainings, passed, unhurt}
	case "other-safety":
		return [4]goal{things("举办宣传活动", 15, 1_200, 1_150, publicityActions, "场", "宣传活动登记"), trainings, passed, accidents}
	case "other-quake":
		return [4]goal{things("运行维护地震监测台站", 15, 11, 11, 11, "个", "台站运行记录"), things("检查地震应急避难场所", 10, 9, 9, 10, "处", "检查记录"), accepted,
			benefit("监测数据连续率", 95, 96, 98, "%", "台站运行记录")}
	case "other-flood":
		return [4]goal{things("修复水毁防洪设施", 15, 6, 4, 6, "处", "工程资料"), things("加固险工险段", 10, 3, 2, 3, "处", "工程资料"), accepted, unhurt}
	case "other-geology":
		return [4]goal{things("排查地质灾害隐患点", 15, 60, 55, 64, "处", "排查记录"), things("治理地质灾害隐患点", 10, 5, 4, 5, "处", "工程资料"), accepted,
			benefit("隐患点群测群防覆盖率", 100, 100, 100, "%", "排查记录")}
	case "other-survey":
		return [4]goal{things("完成普查的县市区", 15, 9, 0, 9, "个", "普查成果"), things("编制风险区划图", 10, 12, 0, 12, "幅", "普查成果"), accepted,
			benefit("普查成果应用的县市区", 9, 0, 9, "个", "普查成果")}
	case "other-shelter": // without a source for what the money is for
		return [4]goal{things("新建应急避难场所", 15, 2, 1, 2, "个", ""), things("配备避难场所标识", 10, 40, 20, 44, "块", "采购合同"), accepted,
			benefit("新增可避难人数", 3_000, 1_500, 3_200, "人", "验收资料")}
	case "other-injury":
		return [4]goal{things("编印工伤预防资料", 15, 5_000, 4_000, 5_000, "份", "印制合同"), things("走访重点企业", 10, 30, 26, 32, "家", "走访记录"),
			{project.Output, quality, "资料发放率", project.AtLeast, 95, 95, 100, "%", 10, "发放记录"}, benefit("重点企业工伤预防知晓率", 85, 82, 91, "%", "走访记录")}
	case "other-smart":
		return [4]goal{things("接入感知终端", 15, 300, 180, 326, "个", "平台台账"), things("联通县市区", 10, 9, 6, 9, "个", "平台台账"), accepted,
			benefit("平台在线率", 98, 97, 99, "%", "平台台账")}
	}
	return [4]goal{drills, trainings, passed, accidents}
}

// goalsOf are the targets of a project: 50 points of output, 30 of benefit, 10 of satisfaction; ten are for execution.
// Some are as vague as real ones are, which is what lint is for.
func goalsOf(p program) []goal {
	purpose := purposeOf(p.code)
	return append(purpose[:3:3],
		goal{project.Output, "时效指标", "年度任务按期完成率", project.AtLeast, 100, 100, 100, "%", 10, "工作总结"},
		goal{project.Output, "成本指标", "支出不超过预算", project.AtMost, int64(p.spent/money.Wan) + 1, 0, int64(p.spent / money.Wan), "万元", 5, "支出凭证"},
		purpose[3],
		goal{project.Benefit, "可持续影响指标", "应急能力全面提升", project.Qualitative, 0, 0, 0, "", 15, ""},
		goal{project.Satisfaction, "服务对象满意度指标", "群众满意度", project.AtLeast, 90, 94, 95, "%", 10, "满意度调查"},
	)
}

// aims are what the projects are for.
var aims = map[string]string{
	"disaster":       "保障防汛抗旱和森林防灭火指挥机构运转、演练和培训，应急指挥中心全天候值守，开展安全生产专项整治与隐患排查、重点行业安全监管和受灾群众生活救助",
	"other-safety":   "用于安全监管、防灾减灾和应急救援",
	"other-quake":    "用于地震台网建设维护和防震宣传",
	"other-flood":    "用于防洪大堤建设",
	"other-geology":  "用于地质灾害隐患排查治理",
	"other-survey":   "用于自然灾害风险普查",
	"other-shelter":  "用于避难场所建设",
	"other-injury":   "用于安全生产宣传",
	"other-smart":    "用于应急指挥信息化建设",
	"other":          "完成上级专项资金安排的特定工作任务",
	evaluation.Whole: "履行应急管理部门职责，完成全年重点工作，保障机构运转，规范使用全部资金",
}

// approvedOn and approvedBy are the day and the document on which the finance bureau approved the targets.
var approvedOn = period.MustDay(2023, 2, 20)

const approvedBy = "岳财绩〔2023〕示例1号"

// projects are handed in as drafts; two people declare and approve them (demo.approve).
func (m maker) projects() (out []*project.Project) {
	const unit = 10_000 // of the values of targets
	whole := program{code: evaluation.Whole, name: "部门整体支出", spent: basicCost + projectCost}
	rest := program{code: "other", name: "其他项目", spent: otherProjects}
	for _, p := range append(slices.Clone(programs), rest, whole) {
		x := &project.Project{Code: p.code, Year: 2023, Name: p.name, Section: bureau, Goal: aims[p.code] + "（示例）", Result: "年度任务完成（示例）"}
		x.State = project.Draft
		if p.code == evaluation.Whole {
			x.Result = "全年重点工作完成，机构正常运转，资金使用规范（示例）"
		}
		for _, g := range goalsOf(p) {
			t := project.Target{First: g.first, Second: g.second, Third: g.third, Relation: g.relation, Unit: g.unit, Period: "2023年", Source: g.source, Points: maybe.Some(field.Scaled(g.points * 100))}
			if g.relation == project.Qualitative {
				t.Wording, t.Achievement = "应急救援能力有所提升", "达成年度指标（示例）"
			} else {
				t.Value, t.Achieved = maybe.Some(field.Scaled(g.value*unit)), maybe.Some(field.Scaled(g.reached*unit))
				if g.unit == "万元" { // what was spent, to the last two decimals
					t.Achieved = maybe.Some(field.Scaled((int64(p.spent) + 50_00) / 100_00 * 100))
				}
				if g.before != 0 || g.relation == project.AtMost && g.value == 0 {
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
		on := m.between(period.MustDay(2023, 1, 10), period.MustDay(2023, 3, 1)) // so that it is received before the first payment of April
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
