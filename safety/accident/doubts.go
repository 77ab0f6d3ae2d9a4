package accident

import (
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/money"
)

// What an accident may be doubted for, though it is recorded as it came.
var (
	ErrNumberOfAnotherYear = fault.Define("accident.number_of_another_year", fault.Conflict,
		"事故编号%s是%d年的，发生日期却是%s", "the accident number %s is of %d, and the accident is recorded on %s")
	ErrDiedBefore = fault.Define("accident.died_before", fault.Conflict,
		"第%d名伤亡人员的死亡日期（%s）早于事故发生日期（%s）", "casualty %d died on %s, before the accident of %s")
	ErrNotDead = fault.Define("accident.not_dead", fault.Conflict,
		"第%d名伤亡人员填写了死亡日期（%s），伤亡情况却不是死亡", "casualty %d has a day of death, %s, and is not recorded as dead")
	ErrBelowThreshold = fault.Define("accident.below_threshold", fault.Conflict,
		"没有人员伤亡，直接经济损失%s元不足100万元，未达到统计标准", "nobody was hurt and the direct loss of %s 元 is below 1,000,000 元: the statistics rule does not count it")
	ErrReportedBefore = fault.Define("accident.reported_before", fault.Conflict,
		"接报日期%s早于发生日期%s", "reported on %s, before it occurred on %s")
)

// countedLoss is the direct loss from which on an accident without casualties is counted (生产安全事故统计调查制度).
const countedLoss = 100 * money.Wan

// Doubts lists what about the accident does not fit together, in the order of the form; none is a reason not to record it.
func (a *Accident) Doubts() (doubts []error) {
	if year, ok := ident.YearIn(a.Number); ok && year != a.OccurredOn.Year() {
		doubts = append(doubts, ErrNumberOfAnotherYear.With(a.Number, year, a.OccurredOn))
	}
	if !a.ReportedOn.IsZero() && a.ReportedOn.Before(a.OccurredOn) {
		doubts = append(doubts, ErrReportedBefore.With(a.ReportedOn, a.OccurredOn))
	}
	for i, c := range a.Casualties {
		switch {
		case c.DiedOn.IsZero():
		case c.Fate != Death:
			doubts = append(doubts, ErrNotDead.With(i+1, c.DiedOn))
		case c.DiedOn.Before(a.OccurredOn):
			doubts = append(doubts, ErrDiedBefore.With(i+1, c.DiedOn, a.OccurredOn))
		}
	}
	if len(a.Casualties) == 0 && a.Loss.OK && a.Loss.V < countedLoss && a.CancelledOn.IsZero() {
		doubts = append(doubts, ErrBelowThreshold.With(a.Loss.V))
	}
	return doubts
}
