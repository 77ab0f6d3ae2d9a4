package building

import (
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Building is an office building (楼堂馆所).
type Building struct {
	record.Head
	Number       string
	Name         string
	Document     string
	ApprovedArea field.Scaled // 平方米, two decimals
	ActualArea   maybe.Of[field.Scaled]
	ApprovedCost money.Fen
	ActualCost   maybe.Of[money.Fen]
	CompletedOn  period.Day
}

// Fields, in the order of the form (楼堂馆所控制情况).
var (
	number       = field.Text("number", "工程编号", "building number", func(b *Building) *string { return &b.Number }, field.Max(40)).Required()
	name         = field.Text("name", "工程名称", "name", func(b *Building) *string { return &b.Name }, field.Max(100)).Required()
	document     = field.Text("document", "批复文号", "approved by", func(b *Building) *string { return &b.Document }, field.Max(60)).Required()
	approvedArea = field.Quantity("approved_area", "批复规模", "approved area", "平方米", 2, func(b *Building) *field.Scaled { return &b.ApprovedArea }, notNegative)
	actualArea   = field.Quantity("actual_area", "实际规模", "actual area", "平方米", 2, func(b *Building) *maybe.Of[field.Scaled] { return &b.ActualArea }, notNegative)
	approvedCost = field.Money("approved_cost", "预算投资", "approved cost", func(b *Building) *money.Fen { return &b.ApprovedCost }, field.NotNegative)
	actualCost   = field.Money("actual_cost", "实际投资", "actual cost", func(b *Building) *maybe.Of[money.Fen] { return &b.ActualCost }, field.NotNegative)
	completedOn  = field.Day("completed_on", "完工日期", "completed on", func(b *Building) *period.Day { return &b.CompletedOn }, field.NotFuture)
)

var notNegative = field.Rule[field.Scaled]{
	Words: lang.Of("不小于0", "zero or more"),
	Holds: func(v field.Scaled, _ period.Day) bool { return v >= 0 },
}

// Measures (统计项).
var (
	ApprovedArea = measure.Sum("building.approved_area", "完工楼堂馆所批复规模", "approved area", approvedArea, completedOn)
	ActualArea   = measure.Sum("building.actual_area", "完工楼堂馆所实际规模", "actual area", actualArea, completedOn)
	ApprovedCost = measure.Sum("building.approved_cost", "完工楼堂馆所预算投资", "approved cost", approvedCost, completedOn)
	ActualCost   = measure.Sum("building.actual_cost", "完工楼堂馆所实际投资", "actual cost", actualCost, completedOn)
)

// Kind is the kind of office buildings.
var Kind = record.Define("building", "楼堂馆所", "office building", func(b *Building) *record.Head { return &b.Head },
	number, name, document, approvedArea, actualArea, approvedCost, actualCost, completedOn,
).Key(number).Rule((*Building).whole, number, completedOn, actualArea, actualCost).Measures(ApprovedArea, ActualArea, ApprovedCost, ActualCost)

// Faults of buildings.
var (
	ErrNotMeasured = fault.Define("building.not_measured", fault.Invalid,
		"工程%s已完工，应有实际规模和实际投资", "building %s is completed and needs its actual area and cost")
	ErrTooLarge = fault.Define("building.too_large", fault.Conflict,
		"工程%s批复规模%s平方米，实际%s平方米，超批复规模", "building %s was approved at %s 平方米 and has %s 平方米: more than was approved")
	ErrTooDear = fault.Define("building.too_dear", fault.Conflict,
		"工程%s预算投资%s元，实际%s元，超概算", "building %s was approved at %s 元 and cost %s 元: more than was approved")
)

func (b *Building) whole() error {
	if !b.CompletedOn.IsZero() && (!b.ActualArea.OK || !b.ActualCost.OK) {
		return ErrNotMeasured.With(b.Number)
	}
	return nil
}

// Doubts are what a reader should look at, though the building is kept as it came.
func (b *Building) Doubts() (faults fault.List) {
	if b.ActualArea.OK && b.ActualArea.V > b.ApprovedArea {
		faults = append(faults, ErrTooLarge.With(b.Number, approvedArea.Text(b), actualArea.Text(b)))
	}
	if b.ActualCost.OK && b.ActualCost.V > b.ApprovedCost {
		faults = append(faults, ErrTooDear.With(b.Number, b.ApprovedCost, b.ActualCost.V))
	}
	return faults
}
