package app

import (
	"context"
	"math/big"
	"slices"

	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/resource/budgetline"
	"anlan/resource/income"
	"anlan/resource/voucher"
)

// ErrMagnitude: amounts that an import turned into 元 come to more than a bureau could have: they were in 元 already.
var ErrMagnitude = fault.Define("app.magnitude", fault.Conflict,
	"“%s”按表中写明的“%s”换算，合计%s元，是账册里%s%s元的%s倍：是否把以元为单位的金额填进了写明“%s”的表？如是，请把表中的单位改为“元”再导入一次；金额无误的不必处理",
	"%q, taken in %s as the file says, comes to %s 元; the book has %s at %s 元, and this is %s times as much: were amounts in 元 entered under %s? If so, mend the unit in the file to 元 and import it again; if they are right, nothing is to be done")

// magnitudeTimes is how many times the money of a whole year a file may come to. Amounts in 元 under 万元 make 10,000.
const magnitudeTimes = 100

// magnitudeYears is how many years back the money of a year is looked for.
const magnitudeYears = 10

// yearly are the measures and items, all in 元, that tell how much money a bureau has in a year; an item that the accounts do not
// state is answered by records, which stand before it.
var yearly = []struct {
	code  string
	label lang.Text
}{
	{"budget.total", lang.Of("全年预算数", "the full-year budget")},
	{"voucher.paid", lang.Of("凭证支出", "what vouchers paid")},
	{"income.received", lang.Of("收入", "the income received")},
	{source.FinalForm + ".expenditure", lang.Of("决算支出", "the expenditure of the final accounts")},
	{source.FinalForm + ".income", lang.Of("决算收入", "the income of the final accounts")},
}

// YearsMoney is the most money of one year that a book knows; the zero value knows nothing.
type YearsMoney struct {
	yuan *big.Rat
	of   lang.Text // 2023年全年预算数
}

// MoneyOfAYear looks for the most money that the bureau had in one of the last ten years, by budget lines, final accounts, vouchers
// and income: what an import of a kind is held against, as it is known before it. Kinds whose amounts are other money (losses,
// investments, assets) are held against nothing.
func (a *App) MoneyOfAYear(ctx context.Context, actor access.Actor, kind string) (out YearsMoney, err error) {
	if !slices.Contains([]string{budgetline.Kind.Code(), voucher.Kind.Code(), income.Kind.Code()}, kind) {
		return out, nil
	}
	err = a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		sources, err := Figures{View: v}.Sources()
		if err != nil {
			return err
		}
		var asks []source.Ask
		for back := range magnitudeYears {
			for _, y := range yearly {
				asks = append(asks, source.Ask{Measure: y.code, Period: period.Year(v.Today.Year() - back), Unit: place.Unit(v.Head.Place)})
			}
		}
		answers, err := sources.Values(ctx, asks)
		if err != nil {
			return err
		}
		for i, x := range answers {
			if x.Value != nil && x.Value.Sign() > 0 && (out.yuan == nil || x.Value.Cmp(out.yuan) > 0) {
				year, label := asks[i].Period.Label(), yearly[i%len(yearly)].label
				out = YearsMoney{x.Value, lang.Text{Zh: year.Zh + label.Zh, En: label.En + " of " + year.En}}
			}
		}
		return nil
	})
	return out, err
}

// Improbable are the columns of an import whose sum, in the unit that the file states, is more than a hundred times the money of a
// year: amounts in 元 under a heading in 万元. They were imported as they came; where the book knows nothing, nothing is said.
func (m YearsMoney) Improbable(columns []exchange.Converted) (doubts fault.List) {
	for _, c := range columns {
		total, ok := new(big.Rat).SetString(c.Total)
		if !ok || m.yuan == nil {
			continue
		}
		times := new(big.Rat).Quo(total, m.yuan)
		if times.Cmp(big.NewRat(magnitudeTimes, 1)) > 0 {
			doubts = append(doubts, ErrMagnitude.With(c.Field, c.Unit, c.Total, m.of, amountText(m.yuan), times.FloatString(0), c.Unit))
		}
	}
	return doubts
}
