package project

import (
	"fmt"
	"time"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Faults of projects.
var (
	ErrNothingPromised = fault.Define("project.nothing_promised", fault.Conflict,
		"项目%s没有年度总体目标或绩效指标，不能申报", "project %s has no annual goal or no target and cannot be declared")
	ErrNotSeenApproved = fault.Define("project.not_seen_approved", fault.Conflict,
		"项目%s由%s直接登记为“%s”（批复文号“%s”），没有经过申报、批复两人办理：请与批复原件核对", "project %s was entered by %s as %q (document %q) and did not pass the two persons who declare and approve: compare it with the document")
	// ErrTargetsNotApproved names a project that is scored by targets which nobody has approved.
	ErrTargetsNotApproved = fault.Define("project.targets_not_approved", fault.Conflict,
		"项目%s的绩效目标是“%s”，没有批复：目标未批复，不能据以公开评分；请由一人申报、另一人批复（anlan step '%s' declare、approve）", "project %s: its targets are in the state %q and not approved, and no score by them can be published; have one person declare and another approve them (anlan step '%s' declare, approve)")
	ErrNotApproved = fault.Define("project.not_approved", fault.Invalid,
		"项目%s没有批复日期或批复文号：已批复的项目必须都有", "project %s lacks the day or the document of approval: an approved project has both")
	ErrApprovedEarly = fault.Define("project.approved_early", fault.Invalid,
		"项目%s还没有申报，不应有批复日期", "project %s is not declared and should have no day of approval")
	ErrValueOfRelation = fault.Define("project.value_of_relation", fault.Invalid,
		"第%d个绩效指标“%s”：定性指标填“定性目标”，其余填“指标值”", "target %d, %q: a qualitative target has a wording, any other a target value")
	ErrTargetNoUnit = fault.Define("project.target_no_unit", fault.Invalid,
		"第%d个绩效指标“%s”的指标值%s没有计量单位，不能申报或批复：请填写“计量单位”", "target %d, %q: its value %s has no unit of measure, and it cannot be declared or approved; give the unit")
	ErrTargetTwice = fault.Define("project.target_twice", fault.Invalid,
		"绩效指标“%s”出现两次", "the target %q stands twice")
	ErrApprovedTarget = fault.Define("project.approved_target", fault.Conflict,
		"项目%s的绩效指标“%s”已批复为“%s”，不能改为“%s”：批复后的绩效目标须凭文号办理“调整绩效目标”", "project %s: the target %q is approved as %q and cannot be changed to %q: after approval a target changes only by the step adjust, with the number of a document")
	ErrApprovedGoal = fault.Define("project.approved_goal", fault.Conflict,
		"项目%s的“%s”已批复为“%s”，不能改为“%s”：批复后的绩效目标须凭文号办理“调整绩效目标”", "project %s: %q is approved as %q and cannot be changed to %q: after approval it changes only by the step adjust, with the number of a document")
	ErrNoDocument = fault.Define("project.no_document", fault.Invalid,
		"项目%s调整绩效目标，须新增一条“绩效目标调整”（日期、文号、原因），且不得改动原有各条", "project %s: to adjust its targets add a row of adjustments (day, document, reason) and leave the former rows as they are")
	ErrAdjustmentByEdit = fault.Define("project.adjustment_by_edit", fault.Conflict,
		"项目%s的“绩效目标调整”只能在办理“调整绩效目标”时登记", "project %s: a row of adjustments is entered only with the step adjust")
)

// Named is the project as a sentence names it: “示例项目”（P1）.
func (p *Project) Named() lang.Text { return lang.Named(lang.Text{Zh: p.Name, En: p.Name}, p.Code) }

// Unapproved is the fault of a goal and targets that nobody has approved (批复); nil where they are approved, and where nothing is
// promised.
func (p *Project) Unapproved() *fault.Fault {
	if p.State == Approved || p.Goal == "" && len(p.Targets) == 0 {
		return nil
	}
	state, _ := States.Find(p.State)
	return ErrTargetsNotApproved.With(p.Named(), state.Label, fmt.Sprintf("project/%s/%d", p.Code, p.Year))
}

// derive computes which targets were reached and on which day the project counts.
func (p *Project) derive() {
	for i := range p.Targets {
		p.Targets[i].reach()
	}
	p.CountedOn = period.Day{}
	if !p.ApprovedOn.IsZero() && p.State == Approved {
		p.CountedOn, _ = period.DayOf(int(p.Year), time.January, 1)
	}
}

// inOrder: a target is measurable or worded, none stands twice, what is declared has units of measure, and an approval has its
// document, which may be entered before the second person approves.
func (p *Project) inOrder() error {
	if (p.ApprovedOn.IsZero()) != (p.Document == "") {
		return ErrNotApproved.With(p.Named())
	}
	seen := map[string]bool{}
	for i := range p.Targets {
		t := &p.Targets[i]
		if qualitative := t.Relation == Qualitative; qualitative == t.Value.OK || qualitative && t.Wording == "" {
			return ErrValueOfRelation.With(i+1, t.name())
		}
		if t.Value.OK && t.Unit == "" && (p.State == Declared || p.State == Approved) {
			return ErrTargetNoUnit.With(i+1, t.name(), plain(value.Text(t)))
		}
		if seen[t.name()] {
			return ErrTargetTwice.With(t.name())
		}
		seen[t.name()] = true
	}
	switch {
	case p.State == Approved && p.ApprovedOn.IsZero():
		return ErrNotApproved.With(p.Named())
	case p.State == Draft && !p.ApprovedOn.IsZero():
		return ErrApprovedEarly.With(p.Named())
	}
	return nil
}

// Declare sends goal and targets to the finance bureau (申报); there must be some.
func (p *Project) Declare(record.Moment) error {
	if p.Goal == "" || len(p.Targets) == 0 {
		return ErrNothingPromised.With(p.Named())
	}
	return nil
}

// Return gives a declaration back for another try (退回).
func (p *Project) Return(record.Moment) error { return nil }

// Approve approves goal and targets (批复); without a day it is approved today, and a document must be named.
func (p *Project) Approve(m record.Moment) error {
	if p.Document == "" {
		return ErrNotApproved.With(p.Named())
	}
	if p.ApprovedOn.IsZero() {
		p.ApprovedOn = m.Today
	}
	return nil
}

// Adjust changes approved targets by a document (调整); that a row with a new document says so is seen by changed, which knows
// the version before.
func (p *Project) Adjust(record.Moment) error {
	if len(p.Adjustments) == 0 {
		return ErrNoDocument.With(p.Named())
	}
	return nil
}

// changed holds approved goals and targets: only the step adjust changes them, and each time with a document of its own.
func changed(before, after *Project, action access.Action) error {
	if before.State != Approved {
		return nil
	}
	kept := len(after.Adjustments) >= len(before.Adjustments)
	for i := range before.Adjustments {
		kept = kept && after.Adjustments[i] == before.Adjustments[i]
	}
	more := len(after.Adjustments) - len(before.Adjustments)
	if action == "adjust" {
		if !kept || more != 1 {
			return ErrNoDocument.With(after.Named())
		}
		return nil
	}
	if !kept || more != 0 {
		return ErrAdjustmentByEdit.With(after.Named())
	}
	return unchanged(before, after)
}

// unchanged gives every approved thing that differs, with what stood and what was given.
func unchanged(before, after *Project) error {
	var faults fault.List
	for _, f := range []*field.Field[Project]{goal.Field, approvedOn.Field, document.Field} {
		if was, is := f.Text(before), f.Text(after); was != is {
			faults = append(faults, at(f.Code, ErrApprovedGoal.With(after.Named(), f.Label, was, is)))
		}
	}
	now := map[string]*Target{}
	for i := range after.Targets {
		now[after.Targets[i].name()] = &after.Targets[i]
	}
	for i := range before.Targets {
		was := &before.Targets[i]
		is := now[was.name()]
		delete(now, was.name())
		switch {
		case is == nil:
			faults = append(faults, at(targets.Code, ErrApprovedTarget.With(after.Named(), was.name(), was.promise(), none)))
		case was.promised() != is.promised():
			faults = append(faults, at(targets.Code, ErrApprovedTarget.With(after.Named(), was.name(), was.promise(), is.promise())))
		}
	}
	for i := range after.Targets {
		if is := &after.Targets[i]; now[is.name()] != nil {
			faults = append(faults, at(targets.Code, ErrApprovedTarget.With(after.Named(), is.name(), none, is.promise())))
		}
	}
	return faults.Err()
}

func at(code string, f *fault.Fault) *fault.Fault {
	f.Where.Field = code
	return f
}

// none is what is shown for a target that does not stand.
var none = lang.Of("（无）", "(none)")
