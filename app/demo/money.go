package demo

import (
	"fmt"
	"time"

	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/resource/budgetline"
	"anlan/resource/carryover"
	"anlan/resource/establishment"
	"anlan/resource/income"
	"anlan/resource/threepublic"
	"anlan/resource/voucher"
)

// split cuts an amount into n parts, none below half of the mean, so that they come to it to the fen.
func (m maker) split(total money.Fen, n int) []money.Fen {
	parts := make([]money.Fen, n)
	least := total / money.Fen(2*n)
	left := total - least*money.Fen(n)
	for i := range parts {
		part := left
		if i < n-1 {
			part = money.Fen(m.Int64N(int64(left)/int64(n-i)*2 + 1))
		}
		parts[i] = least + part
		left -= part
	}
	return parts
}

func (m maker) establishment() []*establishment.Establishment {
	approved := func(number string, sort classification.Establishment, posts int64) *establishment.Establishment {
		x := &establishment.Establishment{Number: number, Sort: sort, Posts: posts, Document: "岳编办发〔2019〕示例1号", From: period.MustDay(2019, 3, 11)}
		x.Unit, x.Place = bureauCode, bureauCode
		return x
	}
	return []*establishment.Establishment{
		approved("RYBZ-01", classification.Administrative, administrativePosts),
		approved("RYBZ-02", classification.Institution, institutionPosts),
	}
}

// program is a project of the year with the money that it was given and where that came from.
type program struct {
	code, name string
	spent      money.Fen
	function   classification.Function
	economics  []classification.Economic
	fund       string // 文号 of the earmark; empty: the city's own money
	vouchers   int
}

var programs = []program{
	{"disaster", "自然灾害处置经费", disasterFund, "2240106", []classification.Economic{"30201", "30202", "30211", "30213", "30216", "30218", "30226", "30227"}, "", 1_100},
	{"other-safety", "省级安全生产预防及应急专项资金", safetyFund, "2240106", []classification.Economic{"30202", "30216", "30218", "30226", "30227", "31003"}, "湘财企指〔2023〕示例11号", 1_200},
	{"other-quake", "省级地震事务专项", quakeFund, "2240504", []classification.Economic{"30213", "30218", "30226", "30227"}, "湘财建指〔2023〕示例12号", 160},
	{"other-flood", "中央自然灾害救灾补助资金（洪涝）", floodFund, "2240703", []classification.Economic{"30905"}, "湘财建指〔2023〕示例13号", 12},
	{"other-geology", "中央自然灾害救助资金（地质灾害）", geologyFund, "2240601", []classification.Economic{"30218", "30226", "30227"}, "湘财建指〔2023〕示例14号", 90},
	{"other-survey", "省级风险普查专项经费", surveyFund, "2240104", []classification.Economic{"30226", "30227"}, "湘财建指〔2023〕示例15号", 40},
	{"other-shelter", "省级应急避难场所建设资金", shelterFund, "2240199", []classification.Economic{"30227", "31003"}, "湘财建指〔2023〕示例16号", 30},
	{"other-injury", "工伤保险预防经费", injuryFund, "2240106", []classification.Economic{"30202", "30216", "30227"}, "岳人社函〔2023〕示例17号", 48},
	{"other-smart", "智慧应急建设资金", smartFund, "2240109", []classification.Economic{"31007", "30227"}, "", 60},
}

// notYetBooked lies between the vouchers and the final accounts: operating costs of December, paid in January.
const notYetBooked money.Fen = 3_260_00

// addedOperating is the part of what was added to basic expenditure that is for operating costs.
const addedOperating money.Fen = 1_060_000_00

// budget is the lines of the year: what was carried in, the initial budget, and what came during the year.
func (m maker) budget() (out []*budgetline.Line) {
	add := func(stage budgetline.Stage, on period.Day, document string, c classification.Category, f classification.Function, e classification.Economic, project string, amount money.Fen, summary string) {
		x := &budgetline.Line{Number: fmt.Sprintf("YS2023-%03d", len(out)+1), GivenOn: on, Document: document, Budget: classification.GeneralPublic,
			Stage: stage, Function: string(f), Economic: e, Category: c, Project: project, Amount: amount, Summary: summary + "（示例）"}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	january := period.MustDay(2023, 1, 20)
	add(budgetline.CarriedIn, period.MustDay(2023, 1, 5), "岳财预〔2023〕示例1号", classification.Basic, "2240101", "30201", "", carriedIn, "上年结转")
	staff := money.Fen(9_800_000_00)
	operating := money.Fen(3_100_000_00)
	for i, part := range m.split(staff, 8) {
		add(budgetline.Initial, january, "岳财预〔2023〕示例2号", classification.Basic, "2240101", staffClasses[i], "", part, "人员经费")
	}
	for i, part := range m.split(operating, 10) {
		add(budgetline.Initial, january, "岳财预〔2023〕示例2号", classification.Basic, "2240101", officeClasses[i], "", part, "公用经费")
	}
	add(budgetline.Initial, january, "岳财预〔2023〕示例2号", classification.Project, "2240106", "", "disaster", initialBudget-staff-operating, "自然灾害处置经费")
	rest := addedBudget
	for _, p := range programs[1:] {
		given := p.spent
		add(budgetline.Supplement, m.between(period.MustDay(2023, 3, 1), period.MustDay(2023, 10, 31)), document(p), classification.Project, p.function, "", p.code, given, p.name)
		rest -= given
	}
	add(budgetline.Supplement, period.MustDay(2023, 6, 30), "岳财预〔2023〕示例30号", classification.Basic, "2240101", "30103", "", rest-addedOperating, "年中追加人员经费")
	add(budgetline.Supplement, period.MustDay(2023, 6, 30), "岳财预〔2023〕示例30号", classification.Basic, "2240101", otherGoods, "", addedOperating, "年中追加公用经费")
	return out
}

func document(p program) string {
	if p.fund == "" {
		return "岳财预〔2023〕示例31号"
	}
	return p.fund
}

// Economic classes of basic expenditure.
var (
	staffClasses  = []classification.Economic{"30101", "30102", "30103", "30108", "30109", "30110", "30113", "30302"}
	officeClasses = []classification.Economic{"30201", "30202", "30205", "30206", "30207", "30209", "30211", "30213", "30216", "30228", "30229", "30239", "30299"}
)

// otherGoods are the goods and services that have no class of their own.
const otherGoods classification.Economic = "30299"

// income is what was received: appropriations month by month.
func (m maker) income() (out []*income.Income) {
	for i, part := range m.split(initialBudget+addedBudget, 24) {
		month := i/2 + 1
		x := &income.Income{Number: fmt.Sprintf("SR2023-%03d", i+1), ReceivedOn: m.between(day23(month, 5), day23(month, 25)),
			Source: income.Appropriation, Budget: classification.GeneralPublic, Document: "岳财预〔2023〕示例2号", Amount: part, Summary: "财政拨款（示例）"}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}

// carryOver is what was left at the ends of two years.
func (m maker) carryOver() []*carryover.Balance {
	left := func(number string, amount money.Fen, from, until period.Day) *carryover.Balance {
		x := &carryover.Balance{Number: number, Sort: carryover.CarryOver, Budget: classification.GeneralPublic, Category: classification.Basic, Amount: amount, From: from, Until: until}
		x.Unit, x.Place = bureauCode, bureauCode
		return x
	}
	return []*carryover.Balance{
		left("JZ2022-01", carriedIn, eve22, newYearEve),
		left("JZ2023-01", carriedOut, newYearEve, period.Day{}),
	}
}

func (m maker) threePublic() []*threepublic.Item {
	item := func(number string, e classification.ThreePublic, amount money.Fen) *threepublic.Item {
		x := &threepublic.Item{Number: number, GivenOn: period.MustDay(2023, 1, 20), Document: "岳财预〔2023〕示例2号", Expense: e, Amount: amount}
		x.Unit, x.Place = bureauCode, bureauCode
		return x
	}
	return []*threepublic.Item{
		item("SG2023-1", classification.Hospitality, 201_000_00),
		item("SG2023-2", classification.VehicleRunning, threePublicBudget-201_000_00),
	}
}

// vouchers are the payments of the year: staff costs month by month, operating costs, and those of each project.
func (m maker) vouchers() (out []*voucher.Voucher) {
	add := func(on period.Day, c classification.Category, f classification.Function, e classification.Economic, project, fund string, amount money.Fen, summary string) {
		_, month, _ := on.Date()
		x := &voucher.Voucher{Number: fmt.Sprintf("记2023%02d-%05d", month, len(out)+1), PaidOn: on, Summary: summary + "（示例）", Budget: classification.GeneralPublic,
			Function: string(f), Economic: e, Category: c, Project: project, Fund: fund, Amount: amount, Payee: fmt.Sprintf("示例收款单位%03d", m.IntN(600)+1)}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	monthly := func(total money.Fen, each int, f func() classification.Function, e classification.Economic, summary string) {
		for i, part := range m.split(total, 12*each) {
			month := i/each + 1
			add(m.between(day23(month, 3), day23(month, 27)), classification.Basic, f(), e, "", "", part, summary)
		}
	}
	administration := func() classification.Function {
		if m.IntN(100) < administrativePosts {
			return "2240101"
		}
		return "2240150"
	}
	for i, part := range m.split(staffCost, len(staffClasses)) {
		monthly(part, 14, administration, staffClasses[i], "人员经费")
	}
	for i, part := range m.split(operatingCost-notYetBooked-hospitality-vehicleRunning, len(officeClasses)) {
		monthly(part, 6, administration, officeClasses[i], "公用经费")
	}
	monthly(hospitality, 4, administration, "30217", "公务接待")
	monthly(vehicleRunning, 9, administration, "30231", "公务用车运行维护")
	for _, p := range programs {
		for _, part := range m.split(p.spent, p.vouchers) {
			add(m.between(period.MustDay(2023, 4, 1), period.MustDay(2023, 12, 28)), classification.Project, p.function, p.economics[m.IntN(len(p.economics))], p.code, p.fund, part, p.name)
		}
	}
	return out
}

// day23 is a day of 2023.
func day23(month, day int) period.Day { return period.MustDay(2023, time.Month(month), day) }
