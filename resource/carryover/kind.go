package carryover

import (
	"anlan/ground/classification"
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Sort tells the carry-over from the surplus.
type Sort string

// The sorts.
const (
	CarryOver Sort = "carry_over"
	Surplus   Sort = "surplus"
)

// Sorts is the list of sorts.
var Sorts = code.NewList("财政拨款结转和结余资金管理",
	code.Of(CarryOver, "结转", "carry-over"),
	code.Of(Surplus, "结余", "surplus"),
)

// Balance is money carried over (结转结余).
type Balance struct {
	record.Head
	Number   string
	Sort     Sort
	Budget   classification.Budget
	Category classification.Category
	Project  string // code of the project
	Amount   money.Fen
	From     period.Day
	Until    period.Day // the first day on which it no longer stands
	Document string
}

// Fields, in the order of the register (结转结余台账).
var (
	number   = field.Text("number", "结转结余编号", "balance number", func(b *Balance) *string { return &b.Number }, field.Max(40)).Required()
	sort     = field.Code("sort", "资金性质", "sort", func(b *Balance) *Sort { return &b.Sort }, Sorts).Required()
	budget   = field.Code("budget", "预算类型", "budget", func(b *Balance) *classification.Budget { return &b.Budget }, classification.Budgets).Required()
	category = field.Code("category", "支出类别", "category", func(b *Balance) *classification.Category { return &b.Category }, classification.Categories).Required()
	project  = field.Text("project_code", "项目编码", "project code", func(b *Balance) *string { return &b.Project }, field.Max(40))
	amount   = field.Money("amount", "金额", "amount", func(b *Balance) *money.Fen { return &b.Amount }, field.NotNegative)
	from     = field.Day("from_on", "形成日期", "stands from", func(b *Balance) *period.Day { return &b.From }).Required().Note("年末结转结余填12月31日", "31 December for a balance at the end of the year")
	until    = field.Day("until_on", "结清日期", "settled on", func(b *Balance) *period.Day { return &b.Until }).Note("结清当日起不再计入", "no longer counted from this day on")
	document = field.Text("document", "文号", "document number", func(b *Balance) *string { return &b.Document }, field.Max(60))
)

// Standing is what is carried over at the end of a period.
var Standing = measure.ValueStock("carry_over.balance", "结转结余", "carry-over and surplus", amount, from, until)

// Kind is the kind of balances carried over.
var Kind = record.Define("carry_over", "结转结余", "balance carried over", func(b *Balance) *record.Head { return &b.Head },
	number, sort, budget, category, project, amount, from, until, document,
).Key(number).Rule((*Balance).inOrder, from, until).Measures(Standing)

// ErrSettledBeforeStanding: a balance is not settled before it stands.
var ErrSettledBeforeStanding = fault.Define("carry_over.settled_before_standing", fault.Invalid,
	"结清日期%s早于形成日期%s", "settled on %s is before it stands from %s")

func (b *Balance) inOrder() error {
	if !b.Until.IsZero() && b.Until.Before(b.From) {
		return ErrSettledBeforeStanding.With(b.Until, b.From)
	}
	return nil
}
