package demo

import (
	"fmt"
	"slices"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/source"
	"anlan/ground/classification"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/resource/voucher"
)

// unitOfReturns is how many parts of a whole the values of returns are kept in.
const unitOfReturns = 1_000_000

// caseItems are the parts of a county's cases, as the form asks for them.
var caseItems = []string{"cases_chemical", "cases_mine", "cases_firework", "cases_trade", "cases_other"}

// returns are what the counties and zones send of their cases: with the bureau's own they come to the figures.
func (m maker) returns() (out []*source.Return) {
	filed := m.split(cases-ownCases, len(owners)) // of cases, not of fen
	fined := m.split((fines-ownFines)/money.Yuan, len(owners))
	value := func(item string, n int64) source.ReturnValue {
		return source.ReturnValue{Item: item, Value: maybe.Some(field.Scaled(n * unitOfReturns))}
	}
	for i, o := range owners {
		x := &source.Return{Form: "enforcement", Reporter: o.unit, Period: year, Edition: source.Annual, SignedBy: "示例签发人", FiledOn: period.MustDay(2024, 1, 12)}
		x.Values = append(x.Values, value("cases", int64(filed[i])))
		for k, part := range m.split(filed[i], len(caseItems)) {
			x.Values = append(x.Values, value(caseItems[k], int64(part)))
		}
		x.Values = append(x.Values, value("fined", int64(fined[i])))
		x.Unit, x.Place = o.unit, o.place
		out = append(out, x)
	}
	return out
}

// coverages say that cases of the counties and zones come by return, and the accidents, deaths and losses of 2022 from what
// was published.
func (m maker) coverages() (out []*source.Coverage) {
	add := func(measure string, o owner, from, until period.Day, sort source.Sort, item string) {
		x := &source.Coverage{Measure: measure, Covered: o.unit, From: from, Until: until, Source: sort, Item: item}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	for _, o := range owners {
		add("case.filed", o, newYear23, newYear24, source.Returns, "enforcement.cases")
		add("case.fined", o, newYear23, newYear24, source.Returns, "enforcement.fined")
	}
	for _, measure := range []string{"accident.count", "accident.deaths", "disaster.direct_loss"} {
		add(measure, owner{unit: bureauCode}, newYear22, newYear23, source.Published, "")
	}
	return out
}

// finalAccounts are the lines that the published money comes from: those of 2023, operating costs by economic class as the vouchers
// have them, and of the year before what the forms ask.
func (m maker) finalAccounts(vouchers []*voucher.Voucher) (out []*source.FinalLine) {
	year := int64(2023)
	add := func(table source.Table, item, name string, amount money.Fen) {
		line := int64(1)
		for _, x := range out {
			if x.Table == table && x.Year == year {
				line++
			}
		}
		x := &source.FinalLine{Entity: bureauCode, Year: year, Table: table, Line: line, Item: item, Name: name, Amount: amount, Edition: source.Approved}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	add(source.Public01, "income", "本年收入合计", initialBudget+addedBudget)
	add(source.Public01, "carry_in", "年初结转和结余", carriedIn)
	add(source.Public01, "expenditure", "本年支出合计", basicCost+projectCost)
	add(source.Public01, "carry_out", "年末结转和结余", carriedOut)
	add(source.Public03, "basic", "基本支出", basicCost)
	add(source.Public03, "project", "项目支出", projectCost)
	for i, item := range []string{"project_disaster", "project_safety", "project_quake", "project_flood", "project_geology", "project_survey", "project_shelter", "project_injury", "project_smart"} {
		add(source.Public03, item, programs[i].name, programs[i].spent)
		out[len(out)-1].Project = programs[i].code
	}
	add(source.Public03, "project_other_total", "其他项目", otherProjects)
	add(source.Public07, "government_fund", "政府性基金预算支出", 0)
	add(source.Public08, "state_capital", "国有资本经营预算支出", 0)
	add(source.Public01, "social_insurance", "社会保险基金预算支出", 0)
	add(source.Public06, "staff_cost", "人员经费合计", staffCost)
	add(source.Public06, "operating_cost", "公用经费合计", operatingCost)
	inDetail := func(class classification.Economic, amount money.Fen) {
		label, _ := classification.Economics.Find(class)
		add(source.Public06, "", strings.TrimPrefix(label.Label.Zh, string(class)+" "), amount)
		out[len(out)-1].Economic = string(class)
	}
	spent := map[classification.Economic]money.Fen{otherGoods: notYetBooked}
	for _, v := range vouchers {
		if v.Category == classification.Basic {
			spent[v.Economic] += v.Amount
		}
	}
	for _, class := range append(slices.Clone(officeClasses), "30217", "30231") {
		inDetail(class, spent[class])
	}
	add(source.Public09, "three_public", "“三公”经费支出合计", hospitality+vehicleRunning)
	add(source.Public09, "abroad", "因公出国（境）费", 0)
	add(source.Public09, "vehicle_purchase", "公务用车购置费", 0)
	add(source.Public09, "vehicle_running", "公务用车运行维护费", vehicleRunning)
	add(source.Public09, "hospitality", "公务接待费", hospitality)
	year = 2022
	add(source.Public03, "basic", "基本支出", 19_384_200_00)
	add(source.Public03, "project", "项目支出", 9_834_600_00)
	for _, before := range []struct {
		program int
		amount  money.Fen
	}{{0, 3_712_000_00}, {1, 4_021_600_00}, {8, 2_101_000_00}} {
		add(source.Public03, []string{"project_disaster", "project_safety", 8: "project_smart"}[before.program], programs[before.program].name, before.amount)
		out[len(out)-1].Project = programs[before.program].code
	}
	add(source.Public06, "operating_cost", "公用经费合计", 4_162_500_00)
	for _, before := range []struct {
		class  classification.Economic
		amount money.Fen
	}{{"30201", 402_700_00}, {"30205", 58_300_00}, {"30206", 296_400_00}, {"30211", 371_200_00}, {"30215", 42_600_00}, {"30216", 318_900_00}} {
		inDetail(before.class, before.amount)
	}
	add(source.Public09, "three_public", "“三公”经费支出合计", 431_800_00)
	add(source.Public09, "abroad", "因公出国（境）费", 0)
	add(source.Public09, "vehicle_purchase", "公务用车购置费", 0)
	add(source.Public09, "vehicle_running", "公务用车运行维护费", 316_600_00)
	add(source.Public09, "hospitality", "公务接待费", 115_200_00)
	return out
}

// reconciliations say what lies between final accounts and vouchers.
func (m maker) reconciliations() []*source.Reconciliation {
	between := func(number, item string, reason source.Between, amount money.Fen, note string) *source.Reconciliation {
		x := &source.Reconciliation{Number: number, Entity: bureauCode, Year: 2023, Item: item, Reason: reason, Amount: amount, Document: "示例调节单", Note: note}
		x.Unit, x.Place = bureauCode, bureauCode
		return x
	}
	return []*source.Reconciliation{
		between("TJ2023-1", "operating_cost", source.Accrual, notYetBooked, "十二月发生、次年一月支付的公用经费（示例）"),
	}
}

// published are figures of 2022 as they were printed then.
func (m maker) published() (out []*source.PublishedFigure) {
	add := func(measure string, value int64, unit string) {
		x := &source.PublishedFigure{Measure: measure, Subject: bureauCode, Period: lastYear, Value: field.Scaled(value), Measured: unit, Basis: source.AsPublished, Document: "2022年度部门整体支出绩效自评报告（示例）", Page: fmt.Sprintf("第%d页", len(out)/8+2)}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	add("accident.count", accidentsLastYear*unitOfReturns, "起")
	add("accident.deaths", deathsLast*unitOfReturns, "人")
	add("disaster.direct_loss", 46_051*unitOfReturns, "万元")
	return out
}

// cited are figures and claims that rest on documents of others.
func (m maker) cited() (out []*source.CitedFigure) {
	add := func(code, claim, issuer, document, quote string) {
		x := &source.CitedFigure{Code: code, Period: year, Subject: bureauCode, Claim: claim, Issuer: issuer, Document: document, Page: "1", Quote: quote, IssuedOn: period.MustDay(2024, 1, 20)}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	add("enforcement_rank", "全省第二", "省应急管理厅（示例）", "示例通报〔2024〕1号", "执法和“打非治违”综合排名第二（示例）")
	add("province_award", "全省安全生产工作优秀市州", "省安委会（示例）", "示例通报〔2024〕2号", "评为安全生产工作优秀市州（示例）")
	add("six_battles", "打好“发展六仗”表现优异单位", "省人民政府（示例）", "示例通报〔2024〕3号", "“发展六仗”表现优异单位（示例）")
	add("only_bureau", "全省系统内唯一获得全部真抓实干奖励的市州局", "省应急管理厅（示例）", "示例通报〔2024〕4号", "系统内唯一获得全部真抓实干奖励的市州局（示例）")
	add("deaths_first", "生产安全事故死亡人数首次控制在100人以下", "市安委办（示例）", "示例统计资料〔2024〕1号", "有统计以来事故死亡人数首次少于一百人（示例）")
	return out
}

// lastYear is the year before the one that the demo reports on.
var lastYear = year.LastYear()

// judgements are what people decided of the lines that no figure scores: a section proposes, the group decides.
func (m maker) judgements() (out []*evaluation.Judgement) {
	add := func(scheme, about, line string, stage evaluation.Stage, by string, set func(*evaluation.Judgement)) {
		x := &evaluation.Judgement{Scheme: scheme, Year: 2023, About: about, Line: line, Stage: stage, By: by, On: period.MustDay(2024, 2, 20), Reason: "对照年度工作总结和佐证材料认定（示例）", Evidence: "年度工作总结（示例）"}
		set(x)
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	both := func(scheme, about, line string, set func(*evaluation.Judgement)) {
		add(scheme, about, line, evaluation.Proposal, "示例科长", set)
		add(scheme, about, line, evaluation.Decision, "示例组长", set)
	}
	for _, p := range []string{"disaster", "other", "other-safety"} {
		both("project", p, "应急能力全面提升", func(x *evaluation.Judgement) {
			x.Level, x.Points = "达成年度指标", maybe.Some(field.Scaled(14_00))
			x.Deviation = "能力提升没有量化的依据，下年申报时写明数值和来源（示例）"
		})
	}
	both("department", evaluation.Whole, "rules_complete", func(x *evaluation.Judgement) { x.Items = "1、2、3、4" })
	for _, l := range []struct {
		line              string
		proposed, decided field.Scaled // hundredths of a point
		deviation         string
	}{
		{"risk_prevention", 9_00, 8_60, "少数企业的隐患没有按期整改，下年逐月督办（示例）"},
		{"disaster_relief", 8_00, 7_80, "个别乡镇灾情初报偏迟，已组织灾害信息员再培训（示例）"},
		{"grassroots", 7_80, 7_60, "部分村（社区）装备没有配齐，下年分批补齐（示例）"},
		{"lasting", 4_00, 3_60, "救援装备更新慢于计划，下年提前采购（示例）"},
	} {
		both("department", evaluation.Whole, l.line, func(x *evaluation.Judgement) {
			x.Level, x.Points, x.Deviation = "达成年度指标", maybe.Some(l.proposed), l.deviation
			if x.Stage == evaluation.Decision {
				x.Points = maybe.Some(l.decided)
			}
		})
	}
	add("project", "disaster", "execution", evaluation.Proposal, "示例科长", func(x *evaluation.Judgement) {
		x.Deviation = "年底到位的资金结转下年使用，下年提前储备项目（示例）"
	})
	add("department", evaluation.Whole, "budget_completion", evaluation.Proposal, "示例科长", func(x *evaluation.Judgement) {
		x.Deviation = "年底到位的专项资金结转下年使用，下年提前储备项目、按季监控执行进度（示例）"
	})
	return out
}
