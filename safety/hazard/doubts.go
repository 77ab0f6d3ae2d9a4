package hazard

import "anlan/ground/fault"

// What a hazard may be doubted for, though it is recorded as it came.
var (
	ErrListedOrdinary = fault.Define("hazard.listed_ordinary", fault.Conflict,
		"%s有挂牌日期%s，级别却是一般事故隐患", "%s was listed on %s and is an ordinary hazard")
	ErrClosedOnPaper = fault.Define("hazard.closed_on_paper", fault.Conflict,
		"%s已于%s销号，却没有登记任何整改过程", "%s was closed on %s without any step of mending")
	ErrClosedBeforeListed = fault.Define("hazard.closed_before_listed", fault.Conflict,
		"%s的销号日期%s早于挂牌日期%s", "%s was closed on %s, before it was listed on %s")
	ErrMendedBeforeFound = fault.Define("hazard.mended_before_found", fault.Conflict,
		"%s的整改过程第%d步（%s）早于排查日期（%s）", "%s: step %d of the mending (%s) is before the day on which it was found (%s)")
	ErrMendedAfterClosing = fault.Define("hazard.mended_after_closing", fault.Conflict,
		"%s的整改过程第%d步（%s）晚于销号日期（%s）", "%s: step %d of the mending (%s) is after the day of closing (%s)")
	ErrClosedLate = fault.Define("hazard.closed_late", fault.Conflict,
		"%s于%s销号，超过整改期限%s", "%s was closed on %s, after its term %s")
	ErrStateWithoutDay = fault.Define("hazard.state_without_day", fault.Conflict,
		"%s当前状态与挂牌日期、销号日期不符", "the state of %s does not fit its days of listing and closing")
)

// Doubts lists what about the hazard does not fit together; none is a reason not to record it.
func (h *Hazard) Doubts() (doubts []error) {
	listed, closed := !h.ListedOn.IsZero(), !h.ClosedOn.IsZero()
	if listed && h.Grade != Major {
		doubts = append(doubts, ErrListedOrdinary.With(h.Number, h.ListedOn))
	}
	if h.State == StateListed && !listed || (h.State == StateClosed) != closed {
		doubts = append(doubts, ErrStateWithoutDay.With(h.Number))
	}
	for i, step := range h.Steps {
		switch {
		case step.On.Before(h.FoundOn):
			doubts = append(doubts, ErrMendedBeforeFound.With(h.Number, i+1, step.On, h.FoundOn))
		case closed && h.ClosedOn.Before(step.On):
			doubts = append(doubts, ErrMendedAfterClosing.With(h.Number, i+1, step.On, h.ClosedOn))
		}
	}
	if !closed {
		return doubts
	}
	if len(h.Steps) == 0 {
		doubts = append(doubts, ErrClosedOnPaper.With(h.Number, h.ClosedOn))
	}
	if !listed {
		return doubts
	}
	if h.ClosedOn.Before(h.ListedOn) {
		doubts = append(doubts, ErrClosedBeforeListed.With(h.Number, h.ClosedOn, h.ListedOn))
	}
	if term := h.term(); term.Before(h.ClosedOn) {
		doubts = append(doubts, ErrClosedLate.With(h.Number, h.ClosedOn, term))
	}
	return doubts
}
