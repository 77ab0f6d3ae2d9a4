package stocktake

import (
	"anlan/ground/fault"
	"anlan/ground/period"
)

// Faults of stock-takes.
var (
	ErrNothing = fault.Define("stock_take.nothing", fault.Invalid,
		"第%d行“%s”既没有资产编号，也没有见到实物", "line %d, %s, has neither a card nor a thing")
	ErrCardTwice = fault.Define("stock_take.card_twice", fault.Invalid,
		"资产编号%s在盘点明细中出现两次（第%d行和第%d行）", "card %s stands twice in the lines, %d and %d")
	ErrResolution = fault.Define("stock_take.resolution", fault.Invalid,
		"第%d行“%s”的处理情况和处理日期应同时填写", "line %d, %s: resolution and its day are given together")
	ErrShortage = fault.Define("stock_take.shortage", fault.Conflict,
		"盘点%s：卡片%s“%s”没有见到实物（盘亏），尚未处理", "stock-take %s: card %s, %s, has no thing (shortage); not resolved")
	ErrSurplus = fault.Define("stock_take.surplus", fault.Conflict,
		"盘点%s：在“%s”见到“%s”，没有卡片（盘盈），尚未处理", "stock-take %s: at %q stands %s without a card (surplus); not resolved")
	ErrDiffers = fault.Define("stock_take.differs", fault.Conflict,
		"盘点%s：卡片%s“%s”账面在“%s”，实际在“%s”，%s（信息不符），尚未处理", "stock-take %s: card %s, %s, is at %q by the book and at %q, %s (differs); not resolved")
	ErrLeftOut = fault.Define("stock_take.left_out", fault.Conflict,
		"盘点%s：卡片%s在%s仍在账，盘点明细中没有", "stock-take %s: card %s is on the books on %s and is not in the lines")
	ErrNotOnBooks = fault.Define("stock_take.not_on_books", fault.Conflict,
		"盘点%s：明细中的卡片%s在%s不在账", "stock-take %s: card %s of the lines is not on the books on %s")
)

// derive computes what each line comes to. A place that was not written down is taken as the one by the book.
func (s *StockTake) derive() {
	for i := range s.Lines {
		l := &s.Lines[i]
		switch {
		case l.Card == "":
			l.Result = Surplus
		case !l.Found:
			l.Result = Shortage
		case l.FoundAt != "" && l.FoundAt != l.Location || l.Difference != "":
			l.Result = Differs
		default:
			l.Result = Agrees
		}
	}
}

func (s *StockTake) whole() error {
	var faults fault.List
	seen := map[string]int{}
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Card == "" && !l.Found {
			faults = append(faults, ErrNothing.With(i+1, l.Name))
		}
		if first, twice := seen[l.Card]; twice && l.Card != "" {
			faults = append(faults, ErrCardTwice.With(l.Card, first, i+1))
		}
		seen[l.Card] = i + 1
		if (l.Resolution == "") != l.ResolvedOn.IsZero() {
			faults = append(faults, ErrResolution.With(i+1, l.Name))
		}
	}
	return faults.Err()
}

// Doubt is what a reader should look at, and the card that it is about; "" where there is none.
type Doubt struct {
	Card  string
	Fault *fault.Fault
}

// Unresolved are the differences that nobody has resolved yet, in order of the lines.
func (s *StockTake) Unresolved() (doubts []Doubt) {
	for _, l := range s.Lines {
		if !l.ResolvedOn.IsZero() {
			continue
		}
		switch l.Result {
		case Shortage:
			doubts = append(doubts, Doubt{l.Card, ErrShortage.With(s.Number, l.Card, l.Name)})
		case Surplus:
			doubts = append(doubts, Doubt{"", ErrSurplus.With(s.Number, l.FoundAt, l.Name)})
		case Differs:
			doubts = append(doubts, Doubt{l.Card, ErrDiffers.With(s.Number, l.Card, l.Name, l.Location, l.FoundAt, l.Difference)})
		}
	}
	return doubts
}

// Card is what is asked of a card of the books.
type Card struct {
	Number string
	From   period.Day
	Until  period.Day // the first day on which it is no longer on the books
}

// AgainstBooks names the cards on the books on the day of the list that the lines leave out, and the lines whose card is not
// on the books on that day. Cards are those of the unit that took stock.
func (s *StockTake) AgainstBooks(cards []Card) (doubts []Doubt) {
	listed, onBooks := map[string]bool{}, map[string]bool{}
	for _, l := range s.Lines {
		listed[l.Card] = true
	}
	for _, c := range cards {
		if s.AsOf.Before(c.From) || !c.Until.IsZero() && !s.AsOf.Before(c.Until) {
			continue
		}
		onBooks[c.Number] = true
		if !listed[c.Number] {
			doubts = append(doubts, Doubt{c.Number, ErrLeftOut.With(s.Number, c.Number, s.AsOf)})
		}
	}
	for _, l := range s.Lines {
		if l.Card != "" && !onBooks[l.Card] {
			doubts = append(doubts, Doubt{l.Card, ErrNotOnBooks.With(s.Number, l.Card, s.AsOf)})
		}
	}
	return doubts
}
