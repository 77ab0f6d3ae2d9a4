package enforcement

import (
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
)

// decideDays is the term after filing within which a case is decided (行政处罚法 art. 60), in natural days.
const decideDays = 90

// What may be fined on the spot at most (行政处罚法 art. 51).
const (
	onTheSpotPerson       = 200 * money.Yuan
	onTheSpotOrganisation = 3_000 * money.Yuan
)

// Faults of cases.
var (
	ErrDecisionInParts = fault.Define("enforcement.decision_in_parts", fault.Invalid,
		"处罚决定书文号、决定日期和处罚种类必须同时填写", "number, day and penalty of a decision are given together")
	ErrNoDecision = fault.Define("enforcement.no_decision", fault.Conflict,
		"%s没有登记处罚决定书文号、决定日期和处罚种类", "%s has no decision with number, day and penalty")
	ErrNotOnTheSpot = fault.Define("enforcement.not_on_the_spot", fault.Conflict,
		"%s不能当场决定：只有简易程序可以，且罚款对公民不超过200元、对组织不超过3000元", "%s cannot be decided on the spot: only by the simple procedure, up to 200 元 for a person and 3,000 元 for an organisation")
	ErrDecided = fault.Define("enforcement.decided", fault.Conflict,
		"%s已有处罚决定%s，不能撤案", "%s has the decision %s and cannot be dropped")
	ErrOutOfOrder = fault.Define("enforcement.out_of_order", fault.Invalid,
		"%s（%s）早于立案日期（%s）", "%s (%s) is before the day of filing (%s)")
)

// Decide records the decision of the case; number, day and penalty must stand. It does not check who: Apply has, four eyes
// included.
func (c *Case) Decide(record.Moment) error {
	if c.Decision == "" {
		return ErrNoDecision.With(c.Number)
	}
	return nil
}

// DecideOnTheSpot is Decide by the simple procedure, without informing the party first, within the limits of art. 51.
func (c *Case) DecideOnTheSpot(m record.Moment) error {
	limit := onTheSpotOrganisation
	if c.Party == Person {
		limit = onTheSpotPerson
	}
	if c.Procedure != Simple || c.Fined.OK && c.Fined.V > limit {
		return ErrNotOnTheSpot.With(c.Number)
	}
	return c.Decide(m)
}

// Drop ends a case without a decision (撤案).
func (c *Case) Drop(m record.Moment) error {
	if c.Decision != "" {
		return ErrDecided.With(c.Number, c.Decision)
	}
	if c.ClosedOn.IsZero() {
		c.ClosedOn = m.Today
	}
	return nil
}

// Close ends a case that was decided (结案); without a day it is closed today.
func (c *Case) Close(m record.Moment) error {
	if c.ClosedOn.IsZero() {
		c.ClosedOn = m.Today
	}
	return nil
}

func (c *Case) due(record.Moment) period.Day { return c.FiledOn.Add(decideDays) }

func (c *Case) decidedInFull() error {
	none := c.Decision == "" && c.DecidedOn.IsZero() && c.Penalty == ""
	all := c.Decision != "" && !c.DecidedOn.IsZero() && c.Penalty != ""
	if !none && !all {
		return ErrDecisionInParts.With()
	}
	return nil
}

// inOrder: nothing happens in a case before it is filed.
func (c *Case) inOrder() error {
	for _, d := range []struct {
		label any
		day   period.Day
	}{{decidedOn.Label, c.DecidedOn}, {servedOn.Label, c.ServedOn}, {paidOn.Label, c.PaidOn}, {closedOn.Label, c.ClosedOn}} {
		if !d.day.IsZero() && d.day.Before(c.FiledOn) {
			return ErrOutOfOrder.With(d.label, d.day, c.FiledOn)
		}
	}
	return nil
}

// What a case may be doubted for, though it is recorded as it came.
var (
	ErrNumberOfAnotherYear = fault.Define("enforcement.number_of_another_year", fault.Conflict,
		"案号%s是%d年的，立案日期却是%s", "the case number %s is of %d, and the case was filed on %s")
	ErrDecisionOfAnotherYear = fault.Define("enforcement.decision_of_another_year", fault.Conflict,
		"处罚决定书%s是%d年的，决定日期却是%s", "the decision %s is of %d, and was made on %s")
	ErrDecidedLate = fault.Define("enforcement.decided_late", fault.Conflict,
		"%s立案后%d日才作出决定，超过90日", "%s was decided %d days after filing; the term is 90")
	ErrFineWithoutAmount = fault.Define("enforcement.fine_without_amount", fault.Conflict,
		"%s的处罚种类是罚款，没有决定罚款金额", "%s is a fine without an amount")
	ErrPaidTooMuch = fault.Define("enforcement.paid_too_much", fault.Conflict,
		"%s已缴、减免和撤销合计%s元，超过决定罚款%s元", "what was paid, remitted and revoked of %s comes to %s 元, more than the fine of %s 元")
	ErrPaidWithoutDay = fault.Define("enforcement.paid_without_day", fault.Conflict,
		"%s已缴罚款%s元，没有缴款日期，不能计入任何时期", "%s has %s 元 paid and no day of payment, so it counts in no period")
)

// Doubts lists what about the case does not fit together; none is a reason not to record it. More paid than decided can be
// right: what is added for late payment (art. 72) is paid with the fine.
func (c *Case) Doubts() (doubts []error) {
	if year, ok := ident.YearIn(c.Number); ok && year != c.FiledOn.Year() {
		doubts = append(doubts, ErrNumberOfAnotherYear.With(c.Number, year, c.FiledOn))
	}
	if c.Decision != "" {
		if year, ok := ident.YearIn(c.Decision); ok && year != c.DecidedOn.Year() {
			doubts = append(doubts, ErrDecisionOfAnotherYear.With(c.Decision, year, c.DecidedOn))
		}
		if days := c.DecidedOn.Sub(c.FiledOn); days > decideDays {
			doubts = append(doubts, ErrDecidedLate.With(c.Number, days))
		}
		if c.Penalty == Fine && !c.Fined.OK {
			doubts = append(doubts, ErrFineWithoutAmount.With(c.Number))
		}
	}
	if sum := c.Paid.V + c.Remitted.V + c.Revoked.V; c.Fined.OK && sum > c.Fined.V {
		doubts = append(doubts, ErrPaidTooMuch.With(c.Number, sum, c.Fined.V))
	}
	if c.Paid.OK && c.Paid.V > 0 && c.PaidOn.IsZero() {
		doubts = append(doubts, ErrPaidWithoutDay.With(c.Number, c.Paid.V))
	}
	return doubts
}
