package publicreport

import (
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
)

// Faults of public reports.
var (
	ErrNoFinding = fault.Define("publicreport.no_finding", fault.Conflict,
		"%s没有核查结论", "%s has no finding")
	ErrNotAnswered = fault.Define("publicreport.not_answered", fault.Conflict,
		"%s有举报人，尚未答复，不能办结", "%s has a reporter who has not been answered, and cannot be closed")
	ErrOutOfOrder = fault.Define("publicreport.out_of_order", fault.Invalid,
		"%s（%s）早于接报日期（%s）", "%s (%s) is before the day on which it was received (%s)")
)

// Accept takes the report up; without a day it is accepted today.
func (r *Report) Accept(m record.Moment) error {
	if r.AcceptedOn.IsZero() {
		r.AcceptedOn = m.Today
	}
	return nil
}

// Verify records what was found; the finding must stand, and without a day it was found today.
func (r *Report) Verify(m record.Moment) error {
	if r.Finding == "" {
		return ErrNoFinding.With(r.Number)
	}
	if r.VerifiedOn.IsZero() {
		r.VerifiedOn = m.Today
	}
	return nil
}

// Close ends the report; whoever gave a name has been answered before.
func (r *Report) Close(m record.Moment) error {
	if r.Reporter != "" && r.AnsweredOn.IsZero() {
		return ErrNotAnswered.With(r.Number)
	}
	if r.ClosedOn.IsZero() {
		r.ClosedOn = m.Today
	}
	return nil
}

// inOrder: nothing happens to a report before it is received.
func (r *Report) inOrder() error {
	for _, d := range []struct {
		label any
		day   period.Day
	}{{acceptedOn.Label, r.AcceptedOn}, {verifiedOn.Label, r.VerifiedOn}, {answeredOn.Label, r.AnsweredOn}, {rewardedOn.Label, r.RewardedOn}, {closedOn.Label, r.ClosedOn}} {
		if !d.day.IsZero() && d.day.Before(r.ReceivedOn) {
			return ErrOutOfOrder.With(d.label, d.day, r.ReceivedOn)
		}
	}
	return nil
}

// What a public report may be doubted for, though it is recorded as it came. The messages name the number only.
var (
	ErrRewardForUntrue = fault.Define("publicreport.reward_for_untrue", fault.Conflict,
		"%s没有查实，却登记了奖励%s元", "%s was not found true and has a reward of %s 元")
	ErrFoundWithoutDay = fault.Define("publicreport.found_without_day", fault.Conflict,
		"%s有核查结论，没有核查日期，不能计入任何时期", "%s has a finding and no day of it, so it counts in no period")
	ErrRewardWithoutDay = fault.Define("publicreport.reward_without_day", fault.Conflict,
		"%s有奖励金额，没有奖励日期，不能计入任何时期", "%s has a reward and no day of it, so it counts in no period")
)

// Doubts lists what about the report does not fit together; none is a reason not to record it.
func (r *Report) Doubts() (doubts []error) {
	rewarded := r.Reward.OK && r.Reward.V > 0
	if rewarded && r.Finding != True && r.Finding != PartlyTrue {
		doubts = append(doubts, ErrRewardForUntrue.With(r.Number, r.Reward.V))
	}
	if rewarded && r.RewardedOn.IsZero() {
		doubts = append(doubts, ErrRewardWithoutDay.With(r.Number))
	}
	if r.Finding != "" && r.VerifiedOn.IsZero() {
		doubts = append(doubts, ErrFoundWithoutDay.With(r.Number))
	}
	return doubts
}
