package plan

import (
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record"
)

// evaluateYears is how long a plan stands before it must be evaluated.
const evaluateYears = 3

// Faults of plans.
var (
	ErrOutOfOrder = fault.Define("plan.out_of_order", fault.Invalid,
		"%s（%s）早于印发日期（%s）", "%s (%s) is before the day of issue (%s)")
	ErrReplacesItself = fault.Define("plan.replaces_itself", fault.Invalid,
		"%s不能替代它自己", "%s cannot replace itself")
)

// Evaluate records the evaluation of the plan: on the day that the change sets, or today where it sets none that is later than
// the evaluation before. The next is due three years on.
func (p *Plan) Evaluate(m record.Moment) error {
	if p.EvaluatedOn.IsZero() || p.due(m) == p.DueOn {
		p.EvaluatedOn = m.Today
	}
	return nil
}

// Repeal ends the plan; without a day it is repealed today.
func (p *Plan) Repeal(m record.Moment) error {
	if p.RepealedOn.IsZero() {
		p.RepealedOn = m.Today
	}
	return nil
}

func (p *Plan) due(record.Moment) period.Day {
	from := p.IssuedOn
	if from.Before(p.EvaluatedOn) {
		from = p.EvaluatedOn
	}
	y, m, d := from.Date()
	due, ok := period.DayOf(y+evaluateYears, m, d)
	if !ok { // 29 February
		due, _ = period.DayOf(y+evaluateYears, m+1, 1)
	}
	return due
}

// inOrder: nothing happens to a plan before it is issued.
func (p *Plan) inOrder() error {
	for _, d := range []struct {
		label any
		day   period.Day
	}{{filedOn.Label, p.FiledOn}, {evaluatedOn.Label, p.EvaluatedOn}, {repealedOn.Label, p.RepealedOn}} {
		if !d.day.IsZero() && d.day.Before(p.IssuedOn) {
			return ErrOutOfOrder.With(d.label, d.day, p.IssuedOn)
		}
	}
	if p.Replaces == p.Number {
		return ErrReplacesItself.With(p.Number)
	}
	return nil
}

// What plans may be doubted for, though they are recorded as they came.
var (
	ErrNumberOfAnotherYear = fault.Define("plan.number_of_another_year", fault.Conflict,
		"预案文号%s是%d年的，印发日期却是%s", "the plan number %s is of %d, and the plan was issued on %s")
	ErrReplaced = fault.Define("plan.replaced", fault.Conflict,
		"%s已于%s被%s替代，尚未废止，现行预案数多计1个", "%s was replaced on %s by %s and not repealed: plans in force are one too many")
	ErrReplacesUnknown = fault.Define("plan.replaces_unknown", fault.Conflict,
		"%s替代的预案%s没有登记", "%s replaces %s, which is not recorded")
)

// Doubts lists what about the plan does not fit together; none is a reason not to record it.
func (p *Plan) Doubts() (doubts []error) {
	if year, ok := ident.YearIn(p.Number); ok && year != p.IssuedOn.Year() {
		doubts = append(doubts, ErrNumberOfAnotherYear.With(p.Number, year, p.IssuedOn))
	}
	return doubts
}

// Replaced finds plans that another replaced and that still count as in force, and plans that replace one nobody recorded.
func Replaced(all []*Plan) (doubts []error) {
	byNumber := map[string]*Plan{}
	for _, p := range all {
		byNumber[p.Number] = p
	}
	for _, p := range all {
		if p.Replaces == "" {
			continue
		}
		switch old := byNumber[p.Replaces]; {
		case old == nil:
			doubts = append(doubts, ErrReplacesUnknown.With(p.Number, p.Replaces))
		case old.RepealedOn.IsZero() || p.IssuedOn.Before(old.RepealedOn):
			doubts = append(doubts, ErrReplaced.With(old.Number, p.IssuedOn, p.Number))
		}
	}
	return doubts
}
