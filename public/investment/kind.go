package investment

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Programme is what an investment belongs to.
type Programme string

// Programmes that are counted apart.
const (
	SmartEmergency Programme = "smart_emergency"
	RescueBase     Programme = "rescue_base"
	FireStation    Programme = "fire_station"
)

// Programmes is the list of programmes.
var Programmes = code.NewList("投资计划台账",
	code.Of(SmartEmergency, "智慧应急", "smart emergency management"),
	code.Of(RescueBase, "综合救援基地", "rescue base"),
	code.Of(FireStation, "森林防火重点县营站", "forest fire station of a key county"),
	code.Of(Programme("command_centre"), "应急指挥中心", "command centre"),
	code.Of(Programme("shelter"), "应急避难场所", "shelter"),
	code.Of(Programme("other"), "其他", "other"),
)

// Funding is who pays.
type Funding string

// Fundings is the list of those who pay.
var Fundings = code.NewList("投资计划台账",
	code.Of(Funding("central"), "中央资金", "central"),
	code.Of(Funding("province"), "省级资金", "province"),
	code.Of(Funding("city"), "市本级资金", "city"),
	code.Of(Funding("county"), "县级资金", "county"),
	code.Of(Funding("mixed"), "多级配套", "several levels"),
)

// Investment is one planned investment (投资计划).
type Investment struct {
	record.Head
	Number    string
	Name      string
	Programme Programme
	Amount    money.Fen
	Funding   Funding
	PlannedOn period.Day
	Document  string
	Progress  string
}

// Fields, in the order of the register (投资计划台账).
var (
	number    = field.Text("number", "计划编号", "plan number", func(i *Investment) *string { return &i.Number }, field.Max(40)).Required()
	name      = field.Text("name", "项目名称", "name", func(i *Investment) *string { return &i.Name }, field.Max(200)).Required()
	programme = field.Code("programme", "投资方向", "programme", func(i *Investment) *Programme { return &i.Programme }, Programmes).Required()
	amount    = field.Money("amount", "计划投资", "amount planned", func(i *Investment) *money.Fen { return &i.Amount }, field.NotNegative)
	funding   = field.Code("funding", "资金来源", "funding", func(i *Investment) *Funding { return &i.Funding }, Fundings)
	plannedOn = field.Day("planned_on", "下达日期", "planned on", func(i *Investment) *period.Day { return &i.PlannedOn }, field.NotFuture).Required()
	document  = field.Text("document", "计划文号", "document", func(i *Investment) *string { return &i.Document }, field.Max(100))
	progress  = field.Text("progress", "进展情况", "progress", func(i *Investment) *string { return &i.Progress }, field.Max(500))
)

// Measures (统计项).
var (
	Planned       = measure.Sum("investment.planned", "计划投资额", "investment planned", amount, plannedOn)
	Smart         = measure.Sum("investment.smart_emergency", "智慧应急计划投资额", "investment in smart emergency management", amount, plannedOn, programme.Is(SmartEmergency))
	Base          = measure.Sum("investment.rescue_base", "综合救援基地计划投资额", "investment in rescue bases", amount, plannedOn, programme.Is(RescueBase))
	Stations      = measure.Sum("investment.fire_stations", "森林防火重点县营站计划投资额", "investment in forest fire stations", amount, plannedOn, programme.Is(FireStation))
	StationCounty = measure.Count("investment.fire_station_counties", "建设森林防火营站的重点县数", "key counties with a forest fire station", "个", plannedOn, programme.Is(FireStation))
)

// Kind is the kind of planned investments.
var Kind = record.Define("investment", "投资计划", "planned investment", func(i *Investment) *record.Head { return &i.Head },
	number, name, programme, amount, funding, plannedOn, document, progress,
).Key(number).Measures(Planned, Smart, Base, Stations, StationCounty)

// What investments may be doubted for, though they are recorded as they came.
var (
	ErrWithoutDocument = fault.Define("investment.without_document", fault.Conflict,
		"%s的计划投资%s元没有计划文号", "%s: the %s 元 planned rest on no document")
	ErrStationNowhere = fault.Define("investment.station_nowhere", fault.Conflict,
		"森林防火营站%s没有填写发生地，不知道属于哪个县", "the forest fire station %s has no place, so its county is not known")
	ErrTwoInOneCounty = fault.Define("investment.two_in_one_county", fault.Conflict,
		"%s和%s是同一个县（%s）的森林防火营站，一个县计了两次", "%s and %s are forest fire stations of one county, %s, which is counted twice")
)

// Doubts lists what about the investment does not fit together; none is a reason not to record it.
func (i *Investment) Doubts() (doubts []error) {
	if i.Document == "" {
		doubts = append(doubts, ErrWithoutDocument.With(i.Name, i.Amount))
	}
	if i.Programme == FireStation && i.Place == "" {
		doubts = append(doubts, ErrStationNowhere.With(i.Name))
	}
	return doubts
}

// CountedTwice finds counties with more than one forest fire station in one year.
func CountedTwice(all []*Investment) (doubts []error) {
	type stands struct {
		county place.Code
		year   int
	}
	first := map[stands]*Investment{}
	for _, i := range all {
		if i.Programme != FireStation || i.Place == "" {
			continue
		}
		at := stands{i.Place[:min(len(i.Place), countyDigits)], i.PlannedOn.Year()}
		if other := first[at]; other != nil {
			doubts = append(doubts, ErrTwoInOneCounty.With(other.Number, i.Number, string(at.county)))
			continue
		}
		first[at] = i
	}
	return doubts
}

// countyDigits is the length of the code of a county, with which the codes of all places in it begin (GB/T 2260).
const countyDigits = 6
