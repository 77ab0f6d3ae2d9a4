package app

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/account/source"
	"anlan/ground/classification"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/carryover"
	"anlan/resource/voucher"
)

// Backing is what stands behind an item of a unit's final accounts of a year, in 元: the records for which it stands, vouchers as
// a rule, and the reconciliations that say what lies between.
type Backing struct {
	Label       lang.Text
	Kind        record.Of // of the records; nil: nothing says which records the item stands for
	Count       int
	Records     *big.Rat
	Reconciled  *big.Rat
	Adjustments []*source.Reconciliation
}

// Rest is what neither records nor reconciliations explain of an amount of the accounts.
func (b Backing) Rest(final *big.Rat) *big.Rat {
	rest := new(big.Rat).Sub(final, b.Records)
	return rest.Sub(rest, b.Reconciled)
}

// Backed is one record behind an item with what it adds, in 元. Record is nil where the actor may not see it.
type Backed struct {
	Kind   record.Of
	Adds   *big.Rat
	Record any
}

// BackingOf gives what stands behind an item (FORM.ITEM) of the accounts of a unit in a year, record by record to do, and the sums.
// Of the ways that lead from an item to its records the first counts: the project or economic class of which it is money in detail;
// the measure for which it stands; what was left at the end of the year before, of what was carried in; the projects that its lines
// name; the items that are its parts.
func BackingOf(v *book.View, item string, unit place.Unit, year period.Period, do func(Backed) error) (Backing, error) {
	items, err := source.Items(v.Tx(), v.At())
	if err != nil {
		return Backing{}, err
	}
	w := &backing{view: v, items: items, unit: unit, year: year, do: do, projects: map[string][]string{},
		out: Backing{Label: items[item].Label, Records: new(big.Rat), Reconciled: new(big.Rat)}}
	filters := []book.Filter{{Field: "entity", Op: field.OpIs, Value: string(unit)}, {Field: "year", Op: field.OpIs, Value: fmt.Sprint(year.Last().Year())}}
	err = v.Each(book.Query{Kind: source.FinalKind.Code(), Filters: filters}, func(r any) error {
		l := r.(*source.FinalLine)
		code := source.FinalForm + "." + l.Item
		if l.Project != "" && !slices.Contains(w.projects[code], l.Project) {
			w.projects[code] = append(w.projects[code], l.Project)
		}
		return nil
	})
	if err != nil {
		return Backing{}, err
	}
	if err := w.records(item); err != nil {
		return Backing{}, err
	}
	err = v.Each(book.Query{Kind: source.ReconciliationKind.Code(), Filters: filters}, func(r any) error {
		x := r.(*source.Reconciliation)
		if w.explains(source.FinalForm+"."+x.Item, item) {
			w.out.Adjustments = append(w.out.Adjustments, x)
			w.out.Reconciled.Add(w.out.Reconciled, yuan(x.Amount))
		}
		return nil
	})
	return w.out, err
}

type backing struct {
	view     *book.View
	items    map[string]source.Item
	projects map[string][]string // that lines of an item name
	unit     place.Unit
	year     period.Period
	do       func(Backed) error
	out      Backing
}

// records gives the records of an item. An item cannot be a part of itself: the form refuses it.
func (w *backing) records(item string) error {
	switch d := w.items[item].Detail; {
	case d == nil:
	case d.Project != "":
		return w.project(d.Project)
	default:
		return w.class(d.Class)
	}
	if stands := w.items[item].StandsFor; stands != "" {
		k, _, err := w.view.MeasureOf(stands)
		if err == nil {
			return w.measure(k, stands, w.year)
		}
		if !errors.Is(err, book.ErrNoMeasure) {
			return err
		}
	}
	if item == source.FinalForm+"."+carriedIn {
		return w.measure(carryover.Kind, carryover.Standing.Code, w.year.LastYear())
	}
	if codes := w.projects[item]; len(codes) > 0 {
		for _, code := range codes {
			if err := w.project(code); err != nil {
				return err
			}
		}
		return nil
	}
	for _, code := range source.Codes(w.items) {
		if w.items[code].PartOf == item {
			if err := w.records(code); err != nil {
				return err
			}
		}
	}
	return nil
}

// carriedIn is the item of what was left at the end of the year before.
const carriedIn = "carry_in"

// backedAtOnce is how many records are read at a time.
const backedAtOnce = 500

// measure gives the records behind a measure of the unit in a period.
func (w *backing) measure(k record.Of, code string, in period.Period) error {
	_, s, err := w.view.MeasureOf(code)
	if err != nil {
		return err
	}
	w.out.Kind = k
	question := book.Ask{Measure: code, Period: in, Unit: w.unit}
	for after, more := int64(0), true; more; {
		page, err := w.view.Records(question, after, backedAtOnce)
		if err != nil {
			return err
		}
		for _, x := range page {
			after = x.Record
			r, err := w.view.Row(k.Code(), x.Record)
			if known, ok := fault.KindOf(err); ok && known == fault.NotFound {
				r, err = nil, nil
			}
			if err != nil {
				return err
			}
			if err := w.add(Backed{k, big.NewRat(x.Value, s.Scale), r}); err != nil {
				return err
			}
		}
		more = len(page) == backedAtOnce
	}
	return nil
}

// project gives the vouchers of a project.
func (w *backing) project(code string) error {
	w.out.Kind = voucher.Kind
	return vouchersOf(w.view, code, w.year, func(x *voucher.Voucher) error { return w.add(Backed{voucher.Kind, yuan(x.Amount), x}) })
}

// class gives the vouchers of basic expenditure of an economic class.
func (w *backing) class(code string) error {
	w.out.Kind = voucher.Kind
	filters := []book.Filter{{Field: "economic_code", Op: field.OpIs, Value: code}, {Field: "category", Op: field.OpIs, Value: string(classification.Basic)},
		{Field: "paid_on", Op: field.OpAtLeast, Value: w.year.First().String()}, {Field: "paid_on", Op: field.OpAtMost, Value: w.year.Last().String()}}
	return w.view.Each(book.Query{Kind: voucher.Kind.Code(), Filters: filters}, func(r any) error {
		return w.add(Backed{voucher.Kind, yuan(r.(*voucher.Voucher).Amount), r})
	})
}

func (w *backing) add(b Backed) error {
	w.out.Count++
	w.out.Records.Add(w.out.Records, b.Adds)
	return w.do(b)
}

// explains says whether what lies between an item and its records lies between another and its records: a part's does, and of the
// money of a project that of the items whose lines name it.
func (w *backing) explains(reconciled, item string) bool {
	d := w.items[item].Detail
	if d == nil {
		return w.within(reconciled, item)
	}
	for code, projects := range w.projects {
		if slices.Contains(projects, d.Project) && w.within(reconciled, code) {
			return true
		}
	}
	return false
}

// within says whether an item is another or, over however many others, a part of it.
func (w *backing) within(item, whole string) bool {
	for ; item != ""; item = w.items[item].PartOf {
		if item == whole {
			return true
		}
	}
	return false
}

// PaidOn is what the vouchers of a project and of its parts come to in a period.
func PaidOn(v *book.View, code string, p period.Period) (sum money.Fen, err error) {
	err = vouchersOf(v, code, p, func(x *voucher.Voucher) error { return addTo(&sum, x.Amount) })
	return sum, err
}

// vouchersOf gives the vouchers of a project and of its parts that were paid in a period.
func vouchersOf(v *book.View, code string, p period.Period, do func(*voucher.Voucher) error) error {
	paid, err := within(v, code, "paid_on", p)
	if err != nil {
		return err
	}
	return v.Each(book.Query{Kind: voucher.Kind.Code(), Filters: paid}, func(r any) error { return do(r.(*voucher.Voucher)) })
}

func yuan(x money.Fen) *big.Rat { return big.NewRat(int64(x), 100) }

// Words is the sum in a sentence: 凭证1240笔 20298540.00元 + 调节1笔 3260.00元 = 决算20301800.00元.
func (b Backing) Words(final *big.Rat) lang.Text {
	if b.Kind == nil {
		return lang.Of("报表制度没有说明这一项对应哪些记录，决算行也没有填所属专项", "the form does not say which records the item stands for, and its lines name no project")
	}
	sentence := lang.Of("{kind}{count}笔 {records}元 + 调节{adjustments}笔 {reconciled}元 = 决算 {final}元",
		"{kind}: {count} of {records} 元 + {adjustments} reconciliations of {reconciled} 元 = final accounts {final} 元")
	rest := b.Rest(final)
	if rest.Sign() != 0 {
		sentence = lang.Of("{kind}{count}笔 {records}元 + 调节{adjustments}笔 {reconciled}元，与决算 {final}元相差 {rest}元：请补充或更正{kind}，或登记调节",
			"{kind}: {count} of {records} 元 + {adjustments} reconciliations of {reconciled} 元, and the final accounts have {final} 元, {rest} 元 apart: mend the records of the {kind}, or record a reconciliation")
	}
	return sayAll(sentence, map[string]lang.Text{"kind": b.Kind.Label(), "count": same(fmt.Sprint(b.Count)), "records": same(amountText(b.Records)),
		"adjustments": same(fmt.Sprint(len(b.Adjustments))), "reconciled": same(amountText(b.Reconciled)), "final": same(amountText(final)), "rest": same(amountText(rest))})
}

// amountText is an amount of 元 with its fen.
func amountText(yuan *big.Rat) string {
	return strings.Replace(yuan.FloatString(2), "-", "−", 1)
}
