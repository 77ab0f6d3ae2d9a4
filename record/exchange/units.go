package exchange

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"anlan/ground/figure"
	"anlan/ground/width"
	"anlan/record/field"
	"anlan/record/sheet"
)

// yuan is the unit in whose dimension amounts are.
var yuan = func() figure.Unit {
	u, ok := figure.UnitOf("元")
	if !ok {
		panic("exchange: 元 is no unit")
	}
	return u
}()

// moneyUnit is the unit of the amounts in column i: that of its heading, else that of the line above the table when this
// is one of money.
func (r *run) moneyUnit(i int) string {
	if own := r.table.Columns[i].Unit; own != "" {
		return own
	}
	if u, ok := figure.UnitOf(r.table.Unit); ok && u.Dimension() == yuan.Dimension() {
		return r.table.Unit
	}
	return ""
}

// inUnit puts a unit behind a bare number; a number that names its own keeps that.
func inUnit(text, unit string) string {
	if isBare(text) {
		return text + unit
	}
	return text
}

const yuanDecimals = 2

// convert adds the amounts of a row to the sums of the columns that are not in 元.
func (r *run) convert(rec any, row sheet.Row) {
	for i, f := range r.fields {
		if u := r.moneyUnit(i); r.specs[f].Type != field.TypeMoney || u == "" || u == yuan.String() || row.Cells[i].Text == "" {
			continue
		}
		amount, ok := new(big.Rat).SetString(r.kind.Text(rec, f))
		if !ok {
			continue // no amount in this row
		}
		if r.converted[i] == nil {
			r.converted[i] = new(big.Rat)
		}
		r.converted[i].Add(r.converted[i], amount)
	}
}

// isBare says whether a number has no unit behind it.
func isBare(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	last = width.Rune(last)
	return last >= '0' && last <= '9' || last == '.' || last == ')'
}

// measured turns a bare number of column i from the unit of the heading into that of the field, exactly. A field without a
// unit counts: its heading may say what (人) and in which multiple (万人). Another dimension is a fault.
func (r *run) measured(text string, i int) (string, error) {
	s := r.specs[r.fields[i]]
	own := r.table.Columns[i].Unit
	if own == "" || own == s.Unit || !isBare(text) {
		return text, nil
	}
	from, _ := figure.UnitOf(own) // what package sheet takes for the unit of a heading is one
	to, ok := figure.UnitOf(s.Unit)
	factor := from.Scale()
	switch {
	case s.Type == field.TypeNumber && s.Unit == "" && factor.IsInt():
	case !ok || from.Dimension() != to.Dimension():
		return "", ErrOtherUnit.With(own, s.Label, s.Unit)
	default:
		factor = new(big.Rat).Quo(factor, to.Scale())
	}
	digits := strings.ReplaceAll(width.Narrow(text), ",", "")
	if len(digits) > numberMax || strings.Trim(digits, "0123456789.-+") != "" {
		return text, nil // no number: its field says so
	}
	n, ok := new(big.Rat).SetString(digits)
	if !ok {
		return text, nil
	}
	n.Mul(n, factor)
	decimals, exact := n.FloatPrec()
	if !exact {
		return "", field.ErrTooFine.With(text+own, s.Decimals)
	}
	return n.FloatString(decimals), nil
}

const numberMax = 100 // characters
