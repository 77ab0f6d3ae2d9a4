package report

import (
	"errors"
	"math/big"
	"slices"

	"anlan/account/evaluation"
	"anlan/account/evaluation/rule"
)

// ScoresOf is the result of a scheme as the forms print it; told is what the project told the scheme, nil for a whole
// department. The line of the execution rate stands apart. The score is nil while a line is not scored.
func ScoresOf(run *evaluation.Run, told *evaluation.Told) Evaluation {
	e := Evaluation{Points: new(big.Rat), Rules: run.Rubric.Scheme().Scoring()}
	for _, o := range run.Outcomes {
		e.Points.Add(e.Points, o.Full)
		for _, d := range o.Doubts {
			if errors.Is(d, evaluation.ErrNoDeviation) || errors.Is(d, evaluation.ErrAgainstRegister) {
				e.Gaps = append(e.Gaps, d)
			}
		}
		l := lineOf(o, told)
		if o.Line.Indicator == evaluation.Executing {
			e.Execution = &l
			continue
		}
		e.Lines = append(e.Lines, l)
	}
	if score, _, unscored := run.Total(); unscored == 0 {
		e.Score = score
	}
	if told != nil {
		e.Project, e.Funds.Apart = told.Name, told.Apart.Zh
	}
	return e
}

// noReason is printed in a draft where points are lost and nobody has given the reason.
const noReason = toFill + "：偏差原因及改进措施〕"

func lineOf(o evaluation.Outcome, told *evaluation.Told) Line {
	l := Line{
		Levels: [3]string{o.Line.Level1, o.Line.Level2, o.Line.Level3}, Target: o.Line.Target, Actual: Stated{Text: o.Value().Zh},
		Points: o.Full, Score: o.Points, Reason: o.Deviation, Result: o.Result, Tells: o.Tells,
	}
	switch {
	case o.Points == nil:
		l.Reason = o.Why.Zh
	case o.Loses() && o.Deviation == "":
		l.Reason = noReason
	}
	switch {
	case o.Result != nil && o.Result.Decimal() != "":
		v := o.Result.Value()
		l.Actual.Value, l.Actual.Unit, l.Actual.Code = v.Rat(), v.Unit().String(), o.Result.Question().Indicator.Code()
	case told != nil && o.Result == nil:
		l.reach(told)
	}
	return l
}

// reach fills in what the project reports of the target, and what its register says otherwise.
func (l *Line) reach(told *evaluation.Told) {
	i := slices.IndexFunc(told.Targets, func(t evaluation.Target) bool { return t.Level2 == l.Levels[1] && t.Level3 == l.Levels[2] })
	if i < 0 || told.Targets[i].Reached == "" {
		return
	}
	l.Actual.Text, l.Actual.against = told.Targets[i].Reached, told.Targets[i].Against
	if v, ok := rule.ParseAmount(l.Actual.Text); ok {
		l.Actual.Value, l.Actual.Unit = v.Number, v.Unit.String()
	}
}
