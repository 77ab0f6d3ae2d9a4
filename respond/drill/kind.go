package drill

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Form is how a drill is held.
type Form string

// Forms is the list of forms.
var Forms = code.NewList("AQ/T 9007 生产安全事故应急演练基本规范",
	code.Of(Form("tabletop"), "桌面演练", "tabletop"),
	code.Of(Form("live"), "实战演练", "live"),
)

// Scope is how much a drill exercises.
type Scope string

// Scopes is the list of scopes.
var Scopes = code.NewList("AQ/T 9007 生产安全事故应急演练基本规范",
	code.Of(Scope("single"), "单项演练", "one function"),
	code.Of(Scope("whole"), "综合演练", "several functions"),
)

// Drill is one drill (演练).
type Drill struct {
	record.Head
	Number       string
	Name         string
	PlanID       ident.ID
	HeldOn       period.Day
	Form         Form
	Scope        Scope
	Unannounced  maybe.Of[bool]
	Scenario     string
	Participants maybe.Of[int64]
	Evaluation   string
	Problems     []Problem
	Files        []field.File
}

// Problem is what went wrong in a drill.
type Problem struct {
	What     string
	MendBy   period.Day
	MendedOn period.Day // the day on which it was tried again and held
}

// Fields, in the order of the register (演练登记).
var (
	number       = field.Text("number", "演练编号", "drill number", func(d *Drill) *string { return &d.Number }, field.Max(40)).Required()
	name         = field.Text("name", "演练名称", "name", func(d *Drill) *string { return &d.Name }, field.Max(200)).Required()
	plan         = field.Ref("plan", "plan", "所依据的预案", "plan exercised", func(d *Drill) *ident.ID { return &d.PlanID })
	heldOn       = field.Day("held_on", "演练日期", "held on", func(d *Drill) *period.Day { return &d.HeldOn }, field.NotFuture).Required()
	form         = field.Code("form", "演练形式", "form", func(d *Drill) *Form { return &d.Form }, Forms)
	scope        = field.Code("scope", "演练内容", "scope", func(d *Drill) *Scope { return &d.Scope }, Scopes)
	unannounced  = field.YesNo("unannounced", "双盲演练", "unannounced", func(d *Drill) *maybe.Of[bool] { return &d.Unannounced })
	scenario     = field.Text("scenario", "演练情景", "scenario", func(d *Drill) *string { return &d.Scenario }, field.Max(1000))
	participants = field.Number("participants", "参演人次", "participants", func(d *Drill) *maybe.Of[int64] { return &d.Participants }, field.Between(0, 10_000_000)).Counts("人次")
	evaluation   = field.Text("evaluation", "评估结论", "evaluation", func(d *Drill) *string { return &d.Evaluation }, field.Max(1000))
	problems     = field.Rows("problem", "发现问题", "problems", func(d *Drill) *[]Problem { return &d.Problems }, what, mendBy, mendedOn)
	files        = field.Attachment("attachment", "附件", "attachments", func(d *Drill) *[]field.File { return &d.Files })

	what     = field.Text("what", "问题", "problem", func(p *Problem) *string { return &p.What }, field.Max(500)).Required()
	mendBy   = field.Day("mend_by_on", "整改期限", "to be mended by", func(p *Problem) *period.Day { return &p.MendBy })
	mendedOn = field.Day("mended_on", "复验合格日期", "tried again on", func(p *Problem) *period.Day { return &p.MendedOn }, field.NotFuture)
)

// Measures (统计项).
var (
	Held         = measure.Count("drill.held", "演练次数", "drills held", "次", heldOn)
	Participants = measure.Sum("drill.participants", "参演人次", "participants of drills", participants, heldOn)
)

// Kind is the kind of drills.
var Kind = record.Define("drill", "演练", "drill", func(d *Drill) *record.Head { return &d.Head },
	number, name, plan, heldOn, form, scope, unannounced, scenario, participants, evaluation, problems, files,
).Key(number).Measures(Held, Participants)

// What a drill may be doubted for, though it is recorded as it came.
var (
	ErrNotEvaluated = fault.Define("drill.not_evaluated", fault.Conflict,
		"%s没有评估结论", "%s has no evaluation")
	ErrMendedBefore = fault.Define("drill.mended_before", fault.Conflict,
		"%s的第%d个问题在演练（%s）之前就已整改（%s）", "%s: problem %d was mended before the drill of %s, on %s")
	ErrNotMended = fault.Define("drill.not_mended", fault.Conflict,
		"%s的第%d个问题应于%s前整改，尚未复验", "%s: problem %d was to be mended by %s and has not been tried again")
)

// Doubts lists what about the drill does not fit together; none is a reason not to record it.
func (d *Drill) Doubts() (doubts []error) {
	if d.Evaluation == "" {
		doubts = append(doubts, ErrNotEvaluated.With(d.Number))
	}
	for i, p := range d.Problems {
		if !p.MendedOn.IsZero() && p.MendedOn.Before(d.HeldOn) {
			doubts = append(doubts, ErrMendedBefore.With(d.Number, i+1, d.HeldOn, p.MendedOn))
		}
	}
	return doubts
}

// Overdue lists the problems that should have been mended before a day and were not.
func (d *Drill) Overdue(on period.Day) (doubts []error) {
	for i, p := range d.Problems {
		if !p.MendBy.IsZero() && p.MendBy.Before(on) && (p.MendedOn.IsZero() || !p.MendedOn.Before(on)) {
			doubts = append(doubts, ErrNotMended.With(d.Number, i+1, p.MendBy))
		}
	}
	return doubts
}
