package demo

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"anlan/app"
	"anlan/ground/classification"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/resource/staff"
)

// Sheet is one file that is handed in.
type Sheet struct {
	Kind    record.Of
	Name    string // without the ending
	Records iter.Seq[any]
	Rows    int
}

// sheetOf is a sheet of a kind, by its code: taking each kind from its own package has the compiler make all kinds once more, half a
// minute of its time.
func sheetOf[T any](kind, name string, records []*T) Sheet {
	kinds := app.Kinds()
	k := kinds[slices.IndexFunc(kinds, func(k record.Of) bool { return k.Code() == kind })]
	return Sheet{Kind: k, Name: name, Rows: len(records), Records: func(yield func(any) bool) {
		for _, r := range records {
			if !yield(r) {
				return
			}
		}
	}}
}

// owner is a unit that reports, with the place where its records happen and its share of them.
type owner struct {
	unit  place.Unit
	place place.Code
	name  string
	share int
}

// owners are the nine counties and four zones. A zone without a place code reports under the district around it.
var owners = []owner{
	{"430602", "430602", "岳阳楼区", 14}, {"430603", "430603", "云溪区", 9}, {"430611", "430611", "君山区", 6},
	{"430621", "430621", "岳阳县", 10}, {"430623", "430623", "华容县", 10}, {"430624", "430624", "湘阴县", 10},
	{"430626", "430626", "平江县", 12}, {"430681", "430681", "汨罗市", 9}, {"430682", "430682", "临湘市", 8},
	{"430600-91", "430602", "经开区", 5}, {"430600-92", "430602", "新港区", 3}, {"430600-93", "430602", "南湖新区", 2}, {"430671", "430671", "屈原管理区", 2},
}

// theBureau is the owner of what the bureau itself does.
var theBureau = owner{bureauCode, bureauCode, "市本级", 0}

// maker makes records by chance.
type maker struct{ *rand.Rand }

// owner picks a unit by its share.
func (m maker) owner() owner {
	n := m.IntN(100)
	for _, o := range owners {
		if n -= o.share; n < 0 {
			return o
		}
	}
	panic("demo: shares do not add up to 100")
}

// between is a day from first to last.
func (m maker) between(first, last period.Day) period.Day {
	return first.Add(m.IntN(last.Sub(first) + 1))
}

// Year is the synthetic year in the files that come in: what sections, counties and the finance section hand in, with the
// trouble that is in it, and the corrected files that follow.
type Year struct {
	First    []Sheet
	Refused  []Sheet // files of which the import must refuse every row
	Mended   []Sheet
	LateNews []Sheet // what comes after the report went out
}

// NewYear makes the year from a seeded source: the same source gives the same year.
func NewYear(random *rand.Rand) *Year {
	m := maker{random}
	rain := m.rainfall()
	events, losses := m.disasters()
	towns, villages := m.townships()
	accidents, vouchers, returns, projects, assets := m.accidents(), m.vouchers(), m.returns(), m.projects(), m.assets()
	takes := m.stockTakes(assets, lost)
	late := diedLater(accidents)
	mended := m.plant(returns, &accidents, vouchers, assets, takes)
	y := &Year{First: []Sheet{
		sheetOf("establishment", "编制核定表", m.establishment()),
		sheetOf("staff", "人员名册", m.staff()),
		sheetOf("budget_line", "预算指标", m.budget()),
		sheetOf("income", "收入", m.income()),
		sheetOf("carry_over", "结转结余", m.carryOver()),
		sheetOf("three_public", "三公经费预算", m.threePublic()),
		sheetOf("project", "项目绩效目标", projects),
		sheetOf("fund", "专项资金", m.funds()),
		sheetOf("procurement", "政府采购", m.procurements()),
		sheetOf("internal_rule", "内部管理制度", m.internalRules()),
		sheetOf("disclosure_item", "公开事项", m.disclosures()),
		sheetOf("thrift", "厉行节约措施", m.thrift()),
		sheetOf("asset", "固定资产卡片", assets),
		sheetOf("stock_take", "固定资产盘点", takes),
		sheetOf("voucher", "支出凭证", vouchers),
		sheetOf("enterprise", "生产经营单位", m.enterprises()),
		sheetOf("hazard", "事故隐患台账", m.hazards()),
		sheetOf("accident", "生产安全事故台账", accidents),
		sheetOf("enforcement_case", "行政执法案件", m.cases()),
		sheetOf("warning_bulletin", "安全风险预警", m.bulletins()),
		sheetOf("public_notice", "公开信息", notices()),
		sheetOf("rainfall_process", "降雨过程", rain),
		sheetOf("call_out", "叫应登记", m.calls(rain)),
		sheetOf("evacuation", "人员转移", m.evacuations(rain)),
		sheetOf("disaster_event", "灾害事件", events),
		sheetOf("loss_report", "灾情报告", losses),
		sheetOf("plan", "应急预案", m.plans()),
		sheetOf("drill", "应急演练", m.drills()),
		sheetOf("training", "培训", m.trainings()),
		sheetOf("publicity", "宣传活动", m.publicity()),
		sheetOf("public_report", "举报登记", m.publicReports()),
		sheetOf("survey", "满意度调查", m.surveys()),
		sheetOf("township_standard", "乡镇六有", towns),
		sheetOf("village_standard", "村三有", villages),
		sheetOf("demonstration", "示范创建", m.demonstrations()),
		sheetOf("fire_team", "乡镇专职消防队", m.fireTeams()),
		sheetOf("industrial_pilot", "工业互联网试点", m.pilots()),
		sheetOf("recognition", "表彰奖励", m.recognitions()),
		sheetOf("investment", "投资计划", m.investments()),
		sheetOf("statistic", "社会经济数据", m.statistics()),
		sheetOf("compliance_finding", "合规性问题", m.complianceFindings()),
		sheetOf("building", "楼堂馆所", m.buildings()),
		sheetOf("judgement", "评分认定", m.judgements()),
		sheetOf("stat_return", "县区执法报表", returns),
		sheetOf("coverage", "数据来源范围", m.coverages()),
		sheetOf("final_accounts_line", "部门决算", m.finalAccounts(vouchers)),
		sheetOf("reconciliation", "决算与账务调节", m.reconciliations()),
		sheetOf("published_figure", "已公布数据", m.published()),
		sheetOf("cited_figure", "引用数据", m.cited()),
	}, Refused: []Sheet{
		sheetOf("project", "项目绩效目标（改）", softened(projects)),
	}, Mended: []Sheet{
		sheetOf("stat_return", "县区执法报表（更正）", mended.returns),
		sheetOf("accident", "生产安全事故台账（更正）", mended.accidents),
		sheetOf("voucher", "支出凭证（更正）", mended.vouchers),
		sheetOf("asset", "固定资产卡片（更正）", mended.assets),
		sheetOf("stock_take", "固定资产盘点（更正）", mended.takes),
	}, LateNews: []Sheet{
		sheetOf("accident", "生产安全事故台账（补报）", late),
	}}
	return y
}

// staff: 92 in post and 17 retired at the end of 2023, and some who are neither on that day.
func (m maker) staff() (out []*staff.Member) {
	add := func(from, to, retiredOn, removedOn period.Day) {
		n := len(out) + 1
		x := &staff.Member{Number: fmt.Sprintf("RY%04d", n), Name: fmt.Sprintf("示例人员%04d", n), Establishment: classification.Administrative,
			InPostFrom: from, InPostTo: to, RetiredOn: retiredOn, RemovedOn: removedOn}
		if n%100 >= 40 {
			x.Establishment = classification.Institution
		}
		x.Unit, x.Place = place.Unit(fmt.Sprintf("430600-%02d", 1+n%14)), bureauCode
		out = append(out, x)
	}
	none := period.Day{}
	came := func() period.Day { return m.between(period.MustDay(1988, 7, 1), period.MustDay(2019, 3, 11)) }
	for range inPost {
		add(came(), none, none, none)
	}
	for range retired {
		left := m.between(period.MustDay(2019, 4, 1), period.MustDay(2023, 11, 30))
		add(came(), left, left.Add(1), none)
	}
	for range 3 { // moved away
		add(came(), m.between(period.MustDay(2021, 1, 1), eve22), none, none)
	}
	for range 2 { // pensioners who died before the year ended
		left := m.between(period.MustDay(2019, 4, 1), period.MustDay(2020, 12, 31))
		add(came(), left, left.Add(1), m.between(newYear22, newYearEve))
	}
	for range 4 { // came after the year ended
		add(m.between(period.MustDay(2024, 1, 2), period.MustDay(2024, 2, 20)), none, none, none)
	}
	return out
}
