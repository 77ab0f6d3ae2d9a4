package reading

import (
	"errors"
	"math/big"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Formula is a formula of a workbook that gives another result than the one that is stored with it and shown: it was not computed
// again after a change, or the result was typed over.
type Formula struct {
	Cell     *Cell
	Line     int    // on which the shown result stands
	Text     string // "=SUM(C5:C9)"
	Stored   *big.Rat
	Computed *big.Rat // from the stored values of the cells that the formula names
}

// errOtherFormula: a formula that is not plain arithmetic on cells of its own sheet, or one beyond a bound.
var errOtherFormula = errors.New("not plain arithmetic on cells")

const (
	formulaMaxBytes = 4_000
	formulaCellsMax = 20_000 // that one formula names
	formulaDepthMax = 50     // of parentheses
	powerMax        = 15     // decimal places that ROUND may be asked for
)

// compute gives what a formula gives: + − × ÷, parentheses, SUM, ROUND, ABS, AVERAGE, MAX and MIN over the cells of one sheet, exactly.
func compute(formula string, cells func(row, column int) (*big.Rat, holding)) (*big.Rat, error) {
	if len(formula) > formulaMaxBytes {
		return nil, errOtherFormula
	}
	p := &formulaParser{rest: strings.TrimSpace(strings.TrimPrefix(formula, "=")), cells: cells}
	v, err := p.sum(0)
	if err == nil && p.rest != "" {
		err = errOtherFormula
	}
	return v, err
}

// holding is what a cell holds.
type holding uint8

const (
	holdsNothing holding = iota
	holdsNumber
	holdsText
)

type formulaParser struct {
	rest  string
	cells func(row, column int) (*big.Rat, holding)
	named int // cells named so far
}

// take takes one of the characters at the front, after spaces, and says which.
func (p *formulaParser) take(any string) byte {
	p.rest = strings.TrimLeft(p.rest, " ")
	if p.rest == "" || strings.IndexByte(any, p.rest[0]) < 0 {
		return 0
	}
	c := p.rest[0]
	p.rest = p.rest[1:]
	return c
}

func (p *formulaParser) sum(depth int) (*big.Rat, error) {
	v, err := p.product(depth)
	for err == nil {
		op := p.take("+-")
		if op == 0 {
			break
		}
		var x *big.Rat
		if x, err = p.product(depth); err != nil {
			break
		}
		if op == '-' {
			x.Neg(x)
		}
		v.Add(v, x)
	}
	return v, err
}

func (p *formulaParser) product(depth int) (*big.Rat, error) {
	v, err := p.factor(depth)
	for err == nil {
		op := p.take("*/")
		if op == 0 {
			break
		}
		var x *big.Rat
		if x, err = p.factor(depth); err != nil {
			break
		}
		if op == '/' {
			if x.Sign() == 0 {
				return nil, errOtherFormula
			}
			x.Inv(x)
		}
		v.Mul(v, x)
	}
	return v, err
}

func (p *formulaParser) factor(depth int) (v *big.Rat, err error) {
	if depth++; depth > formulaDepthMax {
		return nil, errOtherFormula
	}
	switch p.take("+-(") {
	case '-':
		if v, err = p.factor(depth); err == nil {
			v.Neg(v)
		}
		return v, err
	case '+':
		return p.factor(depth)
	case '(':
		if v, err = p.sum(depth); err == nil && p.take(")") == 0 {
			err = errOtherFormula
		}
	default:
		v, err = p.operand(depth)
	}
	if err == nil && p.take("%") != 0 {
		v.Mul(v, big.NewRat(1, 100))
	}
	return v, err
}

// operand is a number, a cell, or a function.
func (p *formulaParser) operand(depth int) (*big.Rat, error) {
	word := p.word()
	if word != "" && p.take("(") != 0 {
		return p.function(word, depth)
	}
	if word == "" || strings.Contains(word, ":") {
		return nil, errOtherFormula
	}
	if c := word[0]; c >= '0' && c <= '9' || c == '.' {
		v, ok := parsePlain(word)
		if !ok {
			return nil, errOtherFormula
		}
		return v, nil
	}
	column, row, err := excelize.CellNameToCoordinates(word)
	if err != nil {
		return nil, errOtherFormula
	}
	v, state := p.cells(row, column)
	switch state {
	case holdsNothing:
		return new(big.Rat), nil
	case holdsText:
		return nil, errOtherFormula
	}
	return new(big.Rat).Set(v), nil
}

// word takes letters, digits, dots and the colon of a range; the $ of fixed references is dropped.
func (p *formulaParser) word() string {
	p.rest = strings.TrimLeft(p.rest, " ")
	n := 0
	for n < len(p.rest) {
		if c := p.rest[n]; (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '.' && c != ':' && c != '$' {
			break
		}
		n++
	}
	word := p.rest[:n]
	p.rest = p.rest[n:]
	return strings.ToUpper(strings.ReplaceAll(word, "$", ""))
}

// function takes the arguments of one up to its closing parenthesis.
func (p *formulaParser) function(name string, depth int) (*big.Rat, error) {
	var all []*big.Rat
	for {
		values, err := p.argument(depth)
		if err != nil {
			return nil, err
		}
		all = append(all, values...)
		switch p.take(",)") {
		case ',':
			continue
		case 0:
			return nil, errOtherFormula
		}
		return apply(name, all)
	}
}

// argument is a range or an expression.
func (p *formulaParser) argument(depth int) ([]*big.Rat, error) {
	before := p.rest
	from, to, ranged := strings.Cut(p.word(), ":")
	if !ranged {
		p.rest = before
		v, err := p.sum(depth)
		return []*big.Rat{v}, err
	}
	c0, r0, err1 := excelize.CellNameToCoordinates(from)
	c1, r1, err2 := excelize.CellNameToCoordinates(to)
	if err1 != nil || err2 != nil {
		return nil, errOtherFormula
	}
	c0, c1, r0, r1 = min(c0, c1), max(c0, c1), min(r0, r1), max(r0, r1)
	if p.named += (c1 - c0 + 1) * (r1 - r0 + 1); p.named > formulaCellsMax {
		return nil, errOtherFormula
	}
	var out []*big.Rat
	for row := r0; row <= r1; row++ {
		for column := c0; column <= c1; column++ {
			if v, state := p.cells(row, column); state == holdsNumber { // text and blanks of a range do not count
				out = append(out, v)
			}
		}
	}
	return out, nil
}

// apply computes a function of numbers.
func apply(name string, all []*big.Rat) (*big.Rat, error) {
	total := new(big.Rat)
	for _, v := range all {
		total.Add(total, v)
	}
	switch {
	case name == "SUM":
		return total, nil
	case len(all) == 0:
	case name == "AVERAGE":
		return total.Quo(total, big.NewRat(int64(len(all)), 1)), nil
	case name == "ABS" && len(all) == 1:
		return total.Abs(total), nil
	case name == "ROUND" && len(all) == 2 && all[1].IsInt() && all[1].Num().IsInt64():
		places := all[1].Num().Int64()
		if places < 0 || places > powerMax {
			break
		}
		s := all[0].FloatString(int(places)) // half away from zero, as spreadsheets round
		v, _ := parsePlain(s)
		return v, nil
	case name == "MAX", name == "MIN":
		best := all[0]
		for _, v := range all {
			if (v.Cmp(best) > 0) == (name == "MAX") {
				best = v
			}
		}
		return new(big.Rat).Set(best), nil
	}
	return nil, errOtherFormula
}

// parsePlain reads a number as workbooks store it, 3282.1399999999999 or 1.5E-3, of bounded size.
func parsePlain(s string) (*big.Rat, bool) {
	if len(s) > 40 || strings.ContainsAny(s, "/_xXpP") {
		return nil, false
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 && len(strings.TrimLeft(s[i+1:], "+-0")) > 2 {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// sameResult says whether two results are one number: floats differ in their last digits.
func sameResult(a, b *big.Rat) bool {
	diff := new(big.Rat).Sub(a, b)
	bound := new(big.Rat).Abs(a)
	if bound.Cmp(big.NewRat(1, 1)) < 0 {
		bound.SetInt64(1)
	}
	return diff.Abs(diff).Cmp(bound.Mul(bound, big.NewRat(1, 1_000_000_000))) <= 0
}
