package hazard

import (
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
)

// Faults of hazards.
var (
	ErrNotMajor = fault.Define("hazard.not_major", fault.Conflict,
		"只有重大事故隐患才挂牌督办，%s是一般事故隐患", "only a major hazard is listed; %s is ordinary")
	ErrOutOfOrder = fault.Define("hazard.out_of_order", fault.Invalid,
		"%s（%s）早于排查日期（%s）", "%s (%s) is before the day on which the hazard was found (%s)")
	ErrNoLaterTerm = fault.Define("hazard.no_later_term", fault.Conflict,
		"%s的延期没有登记晚于现有期限（%s）的新期限", "%s has no extension to a day after its present term (%s)")
	ErrEarlierTerm = fault.Define("hazard.earlier_term", fault.Invalid,
		"第%d次延期至%s，不晚于原期限%s", "extension %d is to %s, which is not after the term before it (%s)")
	ErrNothingDone = fault.Define("hazard.nothing_done", fault.Conflict,
		"%s没有登记任何整改过程，不能报整改完成", "%s has no step of mending and cannot be reported as mended")
)

// rectifyDays is the term of a listed hazard for which no day was set.
const rectifyDays = 90

// List puts the hazard under listed supervision (挂牌督办); without a day of listing it is listed today.
func (h *Hazard) List(m record.Moment) error {
	if h.Grade != Major {
		return ErrNotMajor.With(h.Number)
	}
	if h.ListedOn.IsZero() {
		h.ListedOn = m.Today
	}
	return nil
}

// Extend grants a later term (延期), which stands as the last extension with its document. The first term and the terms
// between stay beside it. It does not check who: Apply has, four eyes included.
func (h *Hazard) Extend(record.Moment) error {
	if !h.DueOn.Before(h.term()) {
		return ErrNoLaterTerm.With(h.Number, h.DueOn)
	}
	return nil
}

// due is the deadline of a listed hazard.
func (h *Hazard) due(record.Moment) period.Day { return h.term() }

// term is the day by which a listed hazard must be mended: that of the last extension, else the day that was set, else the
// usual term after the listing.
func (h *Hazard) term() period.Day {
	switch n := len(h.Extensions); {
	case n > 0:
		return h.Extensions[n-1].Until
	case !h.RectifyBy.IsZero():
		return h.RectifyBy
	}
	return h.ListedOn.Add(rectifyDays)
}

// Rectify reports the mending as done (整改完成); at least one step must say what was done.
func (h *Hazard) Rectify(record.Moment) error {
	if len(h.Steps) == 0 {
		return ErrNothingDone.With(h.Number)
	}
	return nil
}

// Close accepts the mending and takes the hazard off the list (销号). It does not check rights: Apply has, four eyes
// included.
func (h *Hazard) Close(m record.Moment) error {
	if h.ClosedOn.IsZero() {
		h.ClosedOn = m.Today
	}
	return nil
}

// Reopen takes the closing back: the hazard is open again from the day on which it was found.
func (h *Hazard) Reopen(record.Moment) error {
	h.ClosedOn = period.Day{}
	return nil
}

// inOrder: nothing happens to a hazard before it is found, and an extension moves the term on.
func (h *Hazard) inOrder() error {
	for _, d := range []struct {
		label any
		day   period.Day
	}{{listedOn.Label, h.ListedOn}, {closedOn.Label, h.ClosedOn}} {
		if !d.day.IsZero() && d.day.Before(h.FoundOn) {
			return ErrOutOfOrder.With(d.label, d.day, h.FoundOn)
		}
	}
	term := h.RectifyBy
	for i, x := range h.Extensions {
		if !term.Before(x.Until) {
			return ErrEarlierTerm.With(i+1, x.Until, term)
		}
		term = x.Until
	}
	return nil
}
