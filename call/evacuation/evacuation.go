package evacuation

import (
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
)

// Faults of evacuations.
var (
	ErrNobodyMoved = fault.Define("evacuation.nobody_moved", fault.Conflict,
		"%s没有填写实转人数，不能报转移完成；没有人转移的填0", "%s does not say how many moved and cannot be reported as moved; 0 when nobody did")
	ErrNotApproved = fault.Define("evacuation.not_approved", fault.Conflict,
		"%s没有返回批准，转移人员不得擅自返回", "the return of %s is not approved; nobody goes home on his own")
	ErrOutOfOrder = fault.Define("evacuation.out_of_order", fault.Invalid,
		"%s（%s）早于%s（%s）", "%s (%s) is before %s (%s)")
)

// Move reports the danger area as cleared; how many moved must stand, and without a day it was today.
func (e *Evacuation) Move(m record.Moment) error {
	if !e.MovedPeople.OK {
		return ErrNobodyMoved.With(e.Number)
	}
	if e.MovedOn.IsZero() {
		e.MovedOn = m.Today
	}
	return nil
}

// Return lets people home: the approval must stand. Unless it says otherwise, all who moved return, today. It does not check
// who: Apply has, four eyes included.
func (e *Evacuation) Return(m record.Moment) error {
	if e.Approval == "" {
		return ErrNotApproved.With(e.Number)
	}
	if e.ReturnedOn.IsZero() {
		e.ReturnedOn = m.Today
	}
	if !e.ReturnedPeople.OK {
		e.ReturnedPeople = e.MovedPeople
	}
	return nil
}

// inOrder: people move when it is ordered or later, and return after they have moved.
func (e *Evacuation) inOrder() error {
	before := func(d, than period.Day) bool { return !d.IsZero() && !than.IsZero() && d.Before(than) }
	switch {
	case before(e.MovedOn, e.OrderedOn):
		return ErrOutOfOrder.With(movedOn.Label, e.MovedOn, orderedOn.Label, e.OrderedOn)
	case before(e.ReturnedOn, e.MovedOn):
		return ErrOutOfOrder.With(returnedOn.Label, e.ReturnedOn, movedOn.Label, e.MovedOn)
	}
	return nil
}

// What an evacuation may be doubted for, though it is recorded as it came.
var (
	ErrRemainWithoutReason = fault.Define("evacuation.remain_without_reason", fault.Conflict,
		"%s应转%d人、实转%d人，没有写明未转原因", "%s: %d were due and %d moved, and why the others remained is not said")
	ErrMoreReturned = fault.Define("evacuation.more_returned", fault.Conflict,
		"%s返回%d人，多于实转%d人", "%s: %d returned, more than the %d who moved")
	ErrMoreFrail = fault.Define("evacuation.more_frail", fault.Conflict,
		"%s特殊人员%d人，多于实转%d人", "%s: %d frail people among the %d who moved")
	ErrReturnedUnapproved = fault.Define("evacuation.returned_unapproved", fault.Conflict,
		"%s已于%s返回，没有返回批准", "the people of %s returned on %s without an approval")
)

// Doubts lists what about the evacuation does not fit together; none is a reason not to record it.
func (e *Evacuation) Doubts() (doubts []error) {
	more := func(a, b maybe.Of[int64]) bool { return a.OK && b.OK && a.V > b.V }
	if more(e.DuePeople, e.MovedPeople) && e.Remaining == "" {
		doubts = append(doubts, ErrRemainWithoutReason.With(e.Number, e.DuePeople.V, e.MovedPeople.V))
	}
	if more(e.Frail, e.MovedPeople) {
		doubts = append(doubts, ErrMoreFrail.With(e.Number, e.Frail.V, e.MovedPeople.V))
	}
	if more(e.ReturnedPeople, e.MovedPeople) {
		doubts = append(doubts, ErrMoreReturned.With(e.Number, e.ReturnedPeople.V, e.MovedPeople.V))
	}
	if !e.ReturnedOn.IsZero() && e.Approval == "" {
		doubts = append(doubts, ErrReturnedUnapproved.With(e.Number, e.ReturnedOn))
	}
	return doubts
}
