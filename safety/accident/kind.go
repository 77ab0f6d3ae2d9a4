package accident

import (
	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Fate is what became of a casualty.
type Fate string

// Fates of casualties.
const (
	Death   Fate = "death"
	Missing Fate = "missing"
	Serious Fate = "serious"
	Minor   Fate = "minor"
)

// Fates is the list of fates.
var Fates = code.NewList("生产安全事故统计调查制度",
	code.Of(Death, "死亡", "death"),
	code.Of(Missing, "下落不明", "missing"),
	code.Of(Serious, "重伤", "serious injury"),
	code.Of(Minor, "轻伤", "minor injury"),
)

// Accident is a work-safety accident (生产安全事故).
type Accident struct {
	record.Head
	Number     string
	OccurredOn period.Day
	Enterprise string
	Summary    string
	Casualties []Casualty
	Loss       maybe.Of[money.Fen] // direct economic loss (GB 6721)
	Grade      Grade               // derived
}

// Casualty is a person killed, missing or hurt.
type Casualty struct {
	Name string
	Fate Fate
}

// Fields, in the order of the ledger (事故台账).
var (
	number     = field.Text("number", "事故编号", "accident number", func(a *Accident) *string { return &a.Number }, field.Max(40)).Required()
	occurredOn = field.Day("occurred_on", "发生日期", "occurred on", func(a *Accident) *period.Day { return &a.OccurredOn }, field.NotFuture).Required()
	enterprise = field.Text("enterprise_name", "事故单位", "enterprise", func(a *Accident) *string { return &a.Enterprise }, field.Max(100))
	summary    = field.Text("summary", "事故概况", "summary", func(a *Accident) *string { return &a.Summary }, field.Max(2000))
	casualties = field.Rows("casualty", "伤亡人员", "casualties", func(a *Accident) *[]Casualty { return &a.Casualties }, name, fate)
	loss       = field.Money("loss", "直接经济损失", "direct loss", func(a *Accident) *maybe.Of[money.Fen] { return &a.Loss }, field.NotNegative)
	grade      = field.Code("grade", "事故等级", "grade", func(a *Accident) *Grade { return &a.Grade }, Grades).
			Note("由伤亡人数和直接经济损失算出，不必填写", "computed from casualties and loss; need not be given")

	name = field.Person("name", "姓名", "name", func(c *Casualty) *string { return &c.Name }, field.Max(50))
	fate = field.Code("fate", "伤亡情况", "fate", func(c *Casualty) *Fate { return &c.Fate }, Fates).Required()
)

// Measures (统计项).
var (
	Count        = measure.Count("accident.count", "事故起数", "accidents", "起", occurredOn)
	Deaths       = measure.CountRows("accident.deaths", "死亡人数", "deaths", "人", casualties, occurredOn, fate.Is(Death))
	SeriousCount = measure.Count("accident.serious_count", "较大及以上事故起数", "serious and graver accidents", "起", occurredOn, grade.In(GradeSerious, GradeMajor, GradeExceptional))
	Loss         = measure.Sum("accident.loss", "直接经济损失", "direct loss", loss, occurredOn)
)

// Kind is the kind of accidents.
var Kind = record.Define("accident", "生产安全事故", "accident", func(a *Accident) *record.Head { return &a.Head },
	number, occurredOn, enterprise, summary, casualties, loss, grade,
).Key(number).Derive((*Accident).grade).Measures(Count, Deaths, SeriousCount, Loss)
