package plan

import (
	"anlan/ground/code"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Sort is the sort of a plan.
type Sort string

// Sorts is the list of sorts.
var Sorts = code.NewList("突发事件应急预案管理办法（国办发〔2024〕5号）",
	code.Of(Sort("overall"), "总体预案", "overall"),
	code.Of(Sort("special"), "专项预案", "special"),
	code.Of(Sort("department"), "部门预案", "department"),
	code.Of(Sort("grassroots"), "基层预案", "township and village"),
	code.Of(Sort("event"), "重大活动预案", "event"),
	code.Of(Sort("enterprise"), "单位预案", "enterprise or institution"),
)

// Plan is one edition of an emergency plan (预案).
type Plan struct {
	record.Head
	Number      string
	Name        string
	Sort        Sort
	IssuedOn    period.Day
	Replaces    string // number of the plan that this one replaces
	FiledOn     period.Day
	EvaluatedOn period.Day
	RepealedOn  period.Day
	Files       []field.File
}

// Fields, in the order of the register (预案登记).
var (
	number      = field.Text("number", "预案文号", "plan number", func(p *Plan) *string { return &p.Number }, field.Max(60)).Required()
	name        = field.Text("name", "预案名称", "name", func(p *Plan) *string { return &p.Name }, field.Max(200)).Required()
	sort        = field.Code("sort", "预案类别", "sort", func(p *Plan) *Sort { return &p.Sort }, Sorts).Required()
	issuedOn    = field.Day("issued_on", "印发日期", "issued on", func(p *Plan) *period.Day { return &p.IssuedOn }, field.NotFuture).Required()
	replaces    = field.Text("replaces", "替代的预案文号", "plan it replaces", func(p *Plan) *string { return &p.Replaces }, field.Max(60))
	filedOn     = field.Day("filed_on", "备案日期", "filed on", func(p *Plan) *period.Day { return &p.FiledOn }, field.NotFuture)
	evaluatedOn = field.Day("evaluated_on", "评估日期", "evaluated on", func(p *Plan) *period.Day { return &p.EvaluatedOn }, field.NotFuture)
	repealedOn  = field.Day("repealed_on", "废止日期", "repealed on", func(p *Plan) *period.Day { return &p.RepealedOn }, field.NotFuture)
	files       = field.Attachment("attachment", "附件", "attachments", func(p *Plan) *[]field.File { return &p.Files })
)

// Measures (统计项).
var (
	InForce = measure.StockOf("plan.in_force", "有效预案数", "plans in force", "个", issuedOn, repealedOn)
	Revised = measure.Count("plan.revised", "修订预案数", "plans revised", "个", issuedOn, replaces.Stated())
)

// Kind is the kind of plans.
var Kind = record.Define("plan", "预案", "plan", func(p *Plan) *record.Head { return &p.Head },
	number, name, sort, issuedOn, replaces, filedOn, evaluatedOn, repealedOn, files,
).Key(number).Rule((*Plan).inOrder, number, issuedOn, replaces, filedOn, evaluatedOn, repealedOn).Measures(InForce, Revised)

// The states.
const (
	StateInForce  record.State = "in_force"
	StateRepealed record.State = "repealed"
)

// States of a plan.
var States = code.NewList("突发事件应急预案管理办法（国办发〔2024〕5号）",
	code.Of(StateInForce, "现行", "in force"),
	code.Of(StateRepealed, "废止", "repealed"),
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, StateInForce,
	record.Transition("evaluate", "评估", "evaluate", StateInForce, StateInForce, (*Plan).Evaluate),
	record.Transition("repeal", "废止", "repeal", StateInForce, StateRepealed, (*Plan).Repeal, record.Reasoned),
	record.Deadline(StateInForce, (*Plan).due),
)
