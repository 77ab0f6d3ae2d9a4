package hazard

import (
	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Grade is the grade of a hazard.
type Grade string

// Grades of hazards (总局令16号, art. 3).
const (
	Ordinary Grade = "ordinary"
	Major    Grade = "major"
)

// Grades is the list of grades.
var Grades = code.NewList("安全生产事故隐患排查治理暂行规定（总局令16号）第三条",
	code.Of(Ordinary, "一般事故隐患", "ordinary"),
	code.Of(Major, "重大事故隐患", "major"),
)

// Hazard is a hidden hazard (事故隐患).
type Hazard struct {
	record.Head
	Number     string
	Title      string
	Grade      Grade
	Enterprise string
	FoundOn    period.Day
	ListedOn   period.Day
	RectifyBy  period.Day
	ClosedOn   period.Day
	Cost       maybe.Of[money.Fen] // 0 元 and "not recorded" differ
	Steps      []Step              // own table hazard_step
	Files      []field.File        // photographs, orders, proofs of mending
}

// Step is one step of the mending (整改过程).
type Step struct {
	On   period.Day
	What string
}

// Fields, in the order of the ledger (隐患台账).
var (
	number     = field.Text("number", "隐患编号", "hazard number", func(h *Hazard) *string { return &h.Number }, field.Max(40)).Required()
	title      = field.Text("title", "隐患描述", "description", func(h *Hazard) *string { return &h.Title }, field.Max(500)).Required()
	grade      = field.Code("grade", "隐患级别", "grade", func(h *Hazard) *Grade { return &h.Grade }, Grades).Required()
	enterprise = field.Text("enterprise_name", "隐患单位", "enterprise", func(h *Hazard) *string { return &h.Enterprise }, field.Max(100))
	foundOn    = field.Day("found_on", "排查日期", "found on", func(h *Hazard) *period.Day { return &h.FoundOn }, field.NotFuture).Required()
	listedOn   = field.Day("listed_on", "挂牌日期", "listed on", func(h *Hazard) *period.Day { return &h.ListedOn }, field.NotFuture)
	rectifyBy  = field.Day("rectify_by_on", "整改期限", "to be mended by", func(h *Hazard) *period.Day { return &h.RectifyBy })
	closedOn   = field.Day("closed_on", "销号日期", "closed on", func(h *Hazard) *period.Day { return &h.ClosedOn }, field.NotFuture)
	cost       = field.Money("cost", "整改投入", "cost", func(h *Hazard) *maybe.Of[money.Fen] { return &h.Cost }, field.NotNegative)
	files      = field.Attachment("attachment", "附件", "attachments", func(h *Hazard) *[]field.File { return &h.Files })
	steps      = field.Rows("step", "整改过程", "steps", func(h *Hazard) *[]Step { return &h.Steps }, stepOn, stepWhat)

	stepOn   = field.Day("step_on", "日期", "day", func(s *Step) *period.Day { return &s.On }, field.NotFuture).Required()
	stepWhat = field.Text("what", "内容", "what was done", func(s *Step) *string { return &s.What }, field.Max(500)).Required()
)

// Measures (统计项).
var (
	Found  = measure.Count("hazard.found", "排查重大事故隐患数", "major hazards found", "处", foundOn, grade.Is(Major))
	Listed = measure.Count("hazard.listed", "挂牌督办重大事故隐患数", "major hazards listed", "处", listedOn, grade.Is(Major))
	Open   = measure.StockOf("hazard.open", "未销号事故隐患数", "hazards open", "处", foundOn, closedOn)
	Cost   = measure.Sum("hazard.cost", "整改投入", "cost of rectification", cost, foundOn)
)

// Kind is the kind of hazards.
var Kind = record.Define("hazard", "事故隐患", "hazard", func(h *Hazard) *record.Head { return &h.Head },
	number, title, grade, enterprise, foundOn, listedOn, rectifyBy, closedOn, cost, files, steps,
).Key(number).Rule((*Hazard).inOrder).Measures(Found, Listed, Open, Cost)

// States of a hazard.
var States = code.NewList("安全生产事故隐患排查治理暂行规定（总局令16号）",
	code.Of(StateFound, "已排查", "found"),
	code.Of(StateListed, "挂牌督办", "listed"),
	code.Of(StateRectified, "已整改", "rectified"),
	code.Of(StateClosed, "已销号", "closed"),
)

// The states.
const (
	StateFound     record.State = "found"
	StateListed    record.State = "listed"
	StateRectified record.State = "rectified"
	StateClosed    record.State = "closed"
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, StateFound,
	record.Transition("list", "挂牌", "list", StateFound, StateListed, (*Hazard).List),
	record.Transition("rectify", "整改完成", "rectify", StateFound, StateRectified, (*Hazard).Rectify),
	record.Transition("rectify", "整改完成", "rectify", StateListed, StateRectified, (*Hazard).Rectify),
	record.Transition("return", "退回整改", "return", StateRectified, StateFound, (*Hazard).Reopen, record.Reasoned),
	record.Transition("close", "销号", "close", StateRectified, StateClosed, (*Hazard).Close, record.FourEyes),
	record.Transition("reopen", "重新打开", "reopen", StateClosed, StateFound, (*Hazard).Reopen, record.Reasoned),
	record.Deadline(StateListed, (*Hazard).due),
)
