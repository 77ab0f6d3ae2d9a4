package threepublic

import (
	"anlan/ground/classification"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Item is the budget of one of the three publics ("三公"经费预算).
type Item struct {
	record.Head
	Number   string
	GivenOn  period.Day
	Document string
	Expense  classification.ThreePublic
	Amount   money.Fen
}

// Fields, in the order of the budget table of the three publics ("三公"经费预算表).
var (
	number   = field.Text("number", "三公预算编号", "item number", func(i *Item) *string { return &i.Number }, field.Max(40)).Required()
	givenOn  = field.Day("given_on", "批复日期", "given on", func(i *Item) *period.Day { return &i.GivenOn }).Required().Note("计入该日所在年度", "counts in the year of this day")
	document = field.Text("document", "文号", "document number", func(i *Item) *string { return &i.Document }, field.Max(60)).Required()
	expense  = field.Code("expense", "三公项目", "expense", func(i *Item) *classification.ThreePublic { return &i.Expense }, classification.ThreePublics).Required()
	amount   = field.Money("amount", "预算金额", "amount", func(i *Item) *money.Fen { return &i.Amount }, withinReason).Note("调减为负数", "negative for a later cut")
)

// withinReason keeps a budget of the three publics below what a city bureau could ever be given, because an amount in 元
// under a heading in 万元 would pass everywhere else.
var withinReason = field.Rule[money.Fen]{
	Words: lang.Of("不超过1亿元", "at most 1亿元"),
	Holds: func(v money.Fen, _ period.Day) bool { return -money.Yi <= v && v <= money.Yi },
}

// Measures (统计项).
var (
	Budget          = measure.Sum("three_public.budget", "三公经费预算数", "budget of the three publics", amount, givenOn)
	Abroad          = measure.Sum("three_public.budget_abroad", "因公出国（境）费预算数", "budget of travel abroad", amount, givenOn, expense.Is(classification.Abroad))
	VehiclePurchase = measure.Sum("three_public.budget_vehicle_purchase", "公务用车购置费预算数", "budget of vehicle purchase", amount, givenOn, expense.Is(classification.VehiclePurchase))
	VehicleRunning  = measure.Sum("three_public.budget_vehicle_running", "公务用车运行维护费预算数", "budget of vehicle running", amount, givenOn, expense.Is(classification.VehicleRunning))
	Hospitality     = measure.Sum("three_public.budget_hospitality", "公务接待费预算数", "budget of hospitality", amount, givenOn, expense.Is(classification.Hospitality))
)

// Kind is the kind of budgets of the three publics.
var Kind = record.Define("three_public", "三公经费预算", "budget of the three publics", func(i *Item) *record.Head { return &i.Head },
	number, givenOn, document, expense, amount,
).Key(number).Measures(Budget, Abroad, VehiclePurchase, VehicleRunning, Hospitality)
