package rule

import (
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Bands gives each value the points of the band in which it lies (分档).
type Bands struct {
	Bands []Band   // from low to high, without gaps or overlaps between the first and the last
	Else  *big.Rat // of values in no band (否则); nil: such values have no score
	full  *big.Rat
}

// Band is the values between two ends, either of which may be missing.
type Band struct {
	Low, High     Amount // not stated: without end
	LowIn, HighIn bool   // whether the end belongs to the band (含)
	Points        *big.Rat
}

// Full is the full score that the wording states: the most that a band gives; nil where one gives 满分.
func (b Bands) Full() *big.Rat { return b.full }

// Fits needs every end in the value's dimension.
func (b Bands) Fits(u figure.Unit) error {
	for _, x := range b.Bands {
		for _, end := range []Amount{x.Low, x.High} {
			if end.Stated() {
				if err := fits(b, end, u); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Score is the points of the band.
func (b Bands) Score(full *big.Rat, v Amount) (Scored, bool) {
	points, name := b.Else, lang.Of("其余", "the others")
	for _, x := range b.Bands {
		if x.holds(v) {
			points, name = x.Points, plain(x.span())
			if points == nil {
				points = full
			}
		}
	}
	if points == nil {
		return Scored{nil, []lang.Text{both("%s不在任何一档", "%s is in no band", v)}, goesOn(v.Number)}, false
	}
	words := []lang.Text{both("%s在“%s”一档，得%s分", "%s is in the band “%s”: %s分", v, name, Number(points))}
	kept, said := clamp(points, full)
	return Scored{new(big.Rat).Set(kept), append(words, said...), goesOn(v.Number)}, true
}

func (x Band) holds(v Amount) bool {
	if x.Low.Stated() {
		low, _ := x.Low.in(v.Unit)
		if c := v.Number.Cmp(low); c < 0 || c == 0 && !x.LowIn {
			return false
		}
	}
	if x.High.Stated() {
		high, _ := x.High.in(v.Unit)
		if c := v.Number.Cmp(high); c > 0 || c == 0 && !x.HighIn {
			return false
		}
	}
	return true
}

// span is the band in signs: =0, 0<x≤10%, ≥90%.
func (x Band) span() string {
	sign := func(in bool, strict, loose string) string {
		if in {
			return loose
		}
		return strict
	}
	switch {
	case !x.Low.Stated():
		return sign(x.HighIn, "<", "≤") + x.High.exact()
	case !x.High.Stated():
		return sign(x.LowIn, ">", "≥") + x.Low.exact()
	case x.point():
		return "=" + x.Low.exact()
	}
	return x.Low.exact() + sign(x.LowIn, "<", "≤") + "x" + sign(x.HighIn, "<", "≤") + x.High.exact()
}

func (x Band) point() bool {
	return x.Low.Stated() && x.High.Stated() && x.Low.base().Cmp(x.High.base()) == 0
}

// base is the amount in the base unit of its dimension.
func (a Amount) base() *big.Rat { return new(big.Rat).Mul(a.Number, a.Unit.Scale()) }

func (b Bands) write() string {
	var parts []string
	for _, x := range b.Bands {
		parts = append(parts, x.span()+"计"+stated(x.Points))
	}
	if b.Else != nil {
		parts = append(parts, "否则计"+stated(b.Else))
	}
	return strings.Join(parts, "，")
}

// end is one end of a band as it was written: whether it belongs may be left open.
type end struct {
	at    Amount
	in    bool
	saidI bool // 含 or 不含 was said, or a sign says it
}

type rawBand struct {
	low, high end
	points    *big.Rat
	text      string
}

// settle makes bands of what was written. An end of which nothing is said belongs to the band above it (80–90 begins at 80),
// unless the band below says that it has it.
func settle(raw []rawBand, otherwise *big.Rat) (Form, error) {
	for i := range raw {
		for _, other := range raw {
			if !raw[i].low.saidI && raw[i].low.at.Stated() {
				raw[i].low.in = raw[i].low.in && !(other.high.at.Stated() && other.high.saidI && other.high.in && equal(other.high.at, raw[i].low.at))
			}
			if !raw[i].high.saidI && raw[i].high.at.Stated() && other.low.at.Stated() && other.low.saidI && !other.low.in && equal(other.low.at, raw[i].high.at) {
				raw[i].high.in = true
			}
		}
	}
	b := Bands{Else: otherwise}
	anyFull := false
	for _, r := range raw {
		if r.points == nil {
			anyFull = true
		} else if b.full == nil || r.points.Cmp(b.full) > 0 {
			b.full = r.points
		}
		b.Bands = append(b.Bands, Band{r.low.at, r.high.at, r.low.in, r.high.in, r.points})
	}
	if anyFull {
		b.full = nil
	}
	slices.SortStableFunc(b.Bands, func(x, y Band) int { return compareLow(x, y) })
	return b, b.sound()
}

func equal(a, b Amount) bool {
	return a.Unit.Dimension() == b.Unit.Dimension() && a.base().Cmp(b.base()) == 0
}

func compareLow(x, y Band) int {
	switch {
	case !x.Low.Stated() && !y.Low.Stated():
		return 0
	case !x.Low.Stated():
		return -1
	case !y.Low.Stated():
		return 1
	}
	if c := x.Low.base().Cmp(y.Low.base()); c != 0 {
		return c
	}
	if x.LowIn != y.LowIn {
		if x.LowIn {
			return -1
		}
		return 1
	}
	return 0
}

// sound refuses bands that overlap or, where there is no else, leave a gap between them.
func (b Bands) sound() error {
	for i, x := range b.Bands {
		if x.Low.Stated() && x.High.Stated() {
			if c := x.Low.base().Cmp(x.High.base()); c > 0 || c == 0 && !(x.LowIn && x.HighIn) {
				return ErrLevelOrder.With(x.span())
			}
		}
		if i == 0 {
			continue
		}
		before := b.Bands[i-1]
		if !before.High.Stated() || !x.Low.Stated() {
			return ErrOverlap.With("x", before.span(), x.span())
		}
		switch c := before.High.base().Cmp(x.Low.base()); {
		case c > 0 || c == 0 && before.HighIn && x.LowIn:
			return ErrOverlap.With(x.Low.exact(), before.span(), x.span())
		case b.Else == nil && (c < 0 || !before.HighIn && !x.LowIn):
			return ErrGap.With(before.span(), x.span())
		}
	}
	return nil
}
