package source

import (
	"context"
	"maps"
	"math/big"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/store"
)

// ErrUnexplained says that a line of the final accounts is more or less than the records and reconciliations behind it.
var ErrUnexplained = fault.Define("source.unexplained", fault.Conflict,
	"%s年决算“%s”（%s）%s元，账务%s元，调节%s元，尚有%s元未说明：请补充或更正凭证，或登记调节",
	"final accounts of %s, %s (%s): %s 元, records %s 元, reconciled %s 元, and %s 元 that nothing explains: mend the vouchers, or record a reconciliation")

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

// Doubt is a statement that looks wrong and is kept as it was sent (存疑): a total that is not the sum of its parts.
type Doubt struct {
	Source   Sort
	Unit     place.Unit
	Period   string
	Edition  Edition
	Table    Table  // of final accounts
	Total    string // FORM.ITEM
	Label    lang.Text
	Value    *big.Rat // of the total, in the unit of its item
	Parts    *big.Rat // what the parts add up to
	PartsOf  []string // FORM.ITEM of each
	Measured figure.Unit
}

// Difference is by how much the total is above its parts.
func (d Doubt) Difference() *big.Rat { return new(big.Rat).Sub(d.Value, d.Parts) }

// Words is the doubt in a sentence.
func (d Doubt) Words() lang.Text {
	edition, _ := Editions.Find(d.Edition)
	table, _ := Tables.Find(d.Table)
	in := func(l lang.Lang, sentence string) string {
		where := string(d.Unit) + " " + d.Period + " " + edition.Label.In(l)
		if d.Table != "" {
			where += " " + table.Label.In(l)
		}
		number := func(v *big.Rat) string { return figure.DecimalText(v) + d.Measured.String() }
		return strings.NewReplacer("{where}", where, "{total}", d.Label.In(l), "{code}", d.Total, "{value}", number(d.Value), "{parts}", strings.Join(d.PartsOf, " + "),
			"{sum}", number(d.Parts), "{difference}", number(d.Difference())).Replace(sentence)
	}
	sentence := lang.Of("{where}：“{total}”（{code}）为{value}，{parts} = {sum}，相差{difference}",
		"{where}: {total} ({code}) is {value}, {parts} = {sum}; they differ by {difference}")
	return lang.Text{Zh: in(lang.Chinese, sentence.Zh), En: in(lang.English, sentence.En)}
}

// Doubts looks through the returns and final accounts whose period lies in the years of span for totals that are not the
// sum of their parts. An item is only compared when the same statement states all of its parts.
func (c *Combined) Doubts(span Ask) ([]Doubt, error) {
	forms := map[string]bool{}
	parts := map[string][]string{}
	for _, code := range Codes(c.items) {
		form, _, _ := strings.Cut(code, ".")
		forms[form] = form != Cited
		if whole := c.items[code].PartOf; whole != "" {
			parts[whole] = append(parts[whole], code)
		}
	}
	maps.DeleteFunc(forms, func(_ string, isForm bool) bool { return !isForm })
	statements, err := c.statements(need{forms: slices.Sorted(maps.Keys(forms)), span: wholeYears(span.Period)})
	if err != nil {
		return nil, err
	}
	var out []Doubt
	for _, s := range statements {
		if s.reporter != span.Unit && len(c.family.spans(s.reporter, span.Unit)) == 0 {
			continue
		}
		for _, whole := range slices.Sorted(maps.Keys(parts)) {
			if d, wrong := c.doubt(s, whole, parts[whole]); wrong {
				out = append(out, d)
			}
		}
	}
	return out, nil
}

// doubt compares one total of a statement with its parts.
func (c *Combined) doubt(s *statement, whole string, parts []string) (Doubt, bool) {
	form, item, _ := strings.Cut(whole, ".")
	total := s.values[item]
	if form != s.form || total == nil {
		return Doubt{}, false
	}
	x := c.items[whole]
	sum := new(big.Rat)
	for _, code := range parts {
		v := s.values[strings.TrimPrefix(code, form+".")]
		if v == nil {
			return Doubt{}, false
		}
		v, err := c.items[code].Unit.Convert(v, x.Unit)
		if err != nil {
			return Doubt{}, false // the rule of the form has seen that it can be
		}
		sum.Add(sum, v)
	}
	if sum.Cmp(total) == 0 {
		return Doubt{}, false
	}
	return Doubt{Source: sourceOf(whole), Unit: s.reporter, Period: s.period.String(), Edition: s.edition, Table: s.table, Total: whole, Label: x.Label,
		Value: total, Parts: sum, PartsOf: parts, Measured: x.Unit}, true
}
