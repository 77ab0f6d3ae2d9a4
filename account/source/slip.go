package source

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/store"
)

// ErrSlip says that an amount of the final accounts looks as if it stood in another unit of money than its sheet.
var ErrSlip = fault.Define("source.slip", fault.Conflict,
	"%s年决算“%s”（%s）为%s元，%s为%s元，相差约一万倍：是否把以万元计的数填入了以元为单位的表，或者相反？",
	"final accounts of %s, %s (%s): %s 元, and %s is %s 元, some ten thousand times as much or as little: was an amount in 万元 entered in a sheet in 元, or the reverse?")

// Slip is an item of the final accounts that is some ten thousand times more or less than what it is held against, in 元.
type Slip struct {
	Year    int64
	Item    string // final.ITEM
	Label   lang.Text
	Amount  *big.Rat
	Against lang.Text // last year's, the vouchers', its siblings'
	Usual   *big.Rat
}

// Err is the slip as a fault.
func (s Slip) Err() error {
	return ErrSlip.With(figure.DecimalText(big.NewRat(s.Year, 1)), s.Label, s.Item, figure.DecimalText(s.Amount), s.Against, figure.DecimalText(s.Usual))
}

// tenThousandfold says whether one amount is 2,000 to 50,000 times the other: 万元 for 元, and as much again for what may
// have changed besides.
func tenThousandfold(a, b *big.Rat) bool {
	if a.Sign() == 0 || b.Sign() == 0 {
		return false
	}
	q := new(big.Rat).Quo(a, b)
	if q.Abs(q).Cmp(big.NewRat(1, 1)) < 0 {
		q.Inv(q)
	}
	return q.Cmp(big.NewRat(2_000, 1)) >= 0 && q.Cmp(big.NewRat(50_000, 1)) <= 0
}

// siblingsLeast is how many other parts of one total an item is held against.
const siblingsLeast = 3

// Slips looks for items of the final accounts of a unit and year that are some ten thousand times what they were the year before,
// what the records behind them come to, or what the other parts of the same total are in the middle.
func (c *Combined) Slips(ctx context.Context, tx *store.Tx, unit place.Unit, year int64) ([]Slip, error) {
	rests, err := c.Rests(ctx, tx, unit, year)
	if err != nil {
		return nil, err
	}
	before, now := yearOf(year-1), yearOf(year)
	l, err := c.read(need{forms: []string{FinalForm}, span: period.Span(before.First(), now.Last())})
	if err != nil {
		return nil, err
	}
	stated := map[string]*big.Rat{}
	for code, x := range c.items {
		if t, ok := l.lines[lineKey{Final, code, unit}][now]; ok && x.Detail == nil {
			stated[code] = t.value
		}
	}
	var out []Slip
	for _, code := range Codes(c.items) {
		v := stated[code]
		if v == nil {
			continue
		}
		s := Slip{Year: year, Item: code, Label: c.items[code].Label, Amount: v}
		against := func(what lang.Text, usual *big.Rat) bool {
			s.Against, s.Usual = what, usual
			return usual != nil && tenThousandfold(v, usual)
		}
		i := slices.IndexFunc(rests, func(r Rest) bool { return r.Item == code })
		if t, ok := l.lines[lineKey{Final, code, unit}][before]; ok && against(lang.Of("上年决算", "last year's"), t.value) ||
			i >= 0 && against(lang.Of("账务", "the sum of the records"), rests[i].Records) ||
			against(lang.Of("同级各项的中位数", "the middle one of its siblings"), c.middle(stated, code)) {
			out = append(out, s)
		}
	}
	return out, nil
}

// middle is the amount in the middle of the other parts of the same total; nil where there are few.
func (c *Combined) middle(stated map[string]*big.Rat, code string) *big.Rat {
	var others []*big.Rat
	for other, v := range stated {
		if other != code && c.items[other].PartOf == c.items[code].PartOf && c.items[code].PartOf != "" && v.Sign() != 0 && strings.HasPrefix(other, FinalForm+".") {
			others = append(others, v)
		}
	}
	if len(others) < siblingsLeast {
		return nil
	}
	slices.SortFunc(others, (*big.Rat).Cmp)
	return others[len(others)/2]
}
