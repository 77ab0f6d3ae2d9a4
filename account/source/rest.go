package source

import (
	"context"
	"math/big"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/store"
)

// ErrUnexplained says that a line of the final accounts is more or less than the records and reconciliations behind it.
var ErrUnexplained = fault.Define("source.unexplained", fault.Conflict,
	"%s年决算“%s”（%s）%s元，账务%s元，调节%s元，尚有%s元未说明：请补充或更正它背后的记录，或登记调节",
	"final accounts of %s, %s (%s): %s 元, records %s 元, reconciled %s 元, and %s 元 that nothing explains: mend the records behind it, or record a reconciliation")

// Rest is what lies between an item of the final accounts and the records for which it stands, in 元: Final = Records +
// Reconciled + Unexplained. Before a report is frozen every Unexplained must be 0.
type Rest struct {
	Year        int64
	Item        string // final.ITEM
	Label       lang.Text
	Edition     Edition
	Final       *big.Rat
	Records     *big.Rat
	Reconciled  *big.Rat
	Unexplained *big.Rat
}

// Err is the fault of a rest that is not 0.
func (r Rest) Err() error {
	if r.Unexplained.Sign() == 0 {
		return nil
	}
	return ErrUnexplained.With(figure.DecimalText(big.NewRat(r.Year, 1)), r.Label, r.Item, figure.DecimalText(r.Final), figure.DecimalText(r.Records),
		figure.DecimalText(r.Reconciled), figure.DecimalText(r.Unexplained))
}

// Rests compares the final accounts of a unit and year with the records behind them, an item at a time in order of codes:
// items that stand for a measure and that the accounts state. It asks the records by their base, whatever a coverage says.
func (c *Combined) Rests(ctx context.Context, tx *store.Tx, unit place.Unit, year int64) ([]Rest, error) {
	span := yearOf(year)
	l, err := c.read(need{forms: []string{FinalForm}, span: span})
	if err != nil {
		return nil, err
	}
	between, err := reading{tx, c.at}.reconciled(unit, year)
	if err != nil {
		return nil, err
	}
	between = c.rolledUp(between)
	var rests []Rest
	var asks []Ask
	for _, code := range Codes(c.items) {
		x := c.items[code]
		stated, ok := l.lines[lineKey{Final, code, unit}][span]
		if _, isMeasure := c.measures[x.StandsFor]; !ok || !isMeasure {
			continue
		}
		r := Rest{Year: year, Item: code, Label: x.Label, Edition: stated.edition, Final: stated.value, Reconciled: new(big.Rat)}
		if sum := between[strings.TrimPrefix(code, FinalForm+".")]; sum != nil {
			r.Reconciled = sum
		}
		rests, asks = append(rests, r), append(asks, Ask{x.StandsFor, span, unit})
	}
	if len(asks) == 0 {
		return nil, nil
	}
	numbers, err := c.base.Values(ctx, asks)
	if err != nil {
		return nil, err
	}
	for i := range rests {
		r := &rests[i]
		if r.Records = numbers[i].Value; r.Records == nil {
			r.Records = new(big.Rat) // no voucher is recorded at all: nothing is explained
		}
		r.Unexplained = new(big.Rat).Sub(r.Final, r.Records)
		r.Unexplained.Sub(r.Unexplained, r.Reconciled)
	}
	return rests, nil
}

// rolledUp counts what explains an item for the items whose part it is too: what lies between one project and its vouchers
// lies between all projects and theirs.
func (c *Combined) rolledUp(between map[string]*big.Rat) map[string]*big.Rat {
	out := map[string]*big.Rat{}
	for item, amount := range between {
		for code := FinalForm + "." + item; code != ""; code = c.items[code].PartOf {
			of := strings.TrimPrefix(code, FinalForm+".")
			if out[of] == nil {
				out[of] = new(big.Rat)
			}
			out[of].Add(out[of], amount)
		}
	}
	return out
}

// Unexplained are the faults of the rests that are not 0; none lets a report be frozen.
func Unexplained(rests []Rest) error {
	var faults fault.List
	for _, r := range rests {
		if err := faults.Add(r.Err()); err != nil {
			return err
		}
	}
	return faults.Err()
}

// reconciled adds up the reconciliations of a unit and year, by item, in 元.
func (q reading) reconciled(unit place.Unit, year int64) (map[string]*big.Rat, error) {
	var where store.Where
	where.And("r.entity = ?", string(unit)).And("r.year = ?", year)
	out := map[string]*big.Rat{}
	err := q.each("r.item, r.amount_fen, r.number", "reconciliation", "", where, "1, 3", func(rows *store.Rows) error {
		var item, number string
		var fen int64
		if err := rows.Scan(&item, &fen, &number); err != nil {
			return err
		}
		if out[item] == nil {
			out[item] = new(big.Rat)
		}
		out[item].Add(out[item], big.NewRat(fen, 100))
		return nil
	})
	return out, err
}
