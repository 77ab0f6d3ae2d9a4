package cli

import (
	"context"
	"math/big"
	"strconv"
	"strings"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
)

// accountJSON is an item of the final accounts with what stands behind it, for programs. Amounts are in 元.
type accountJSON struct {
	Item            string       `json:"item"`
	Label           lang.Text    `json:"label"`
	Period          string       `json:"period"`
	UnitCode        place.Unit   `json:"unit_code"`
	Final           string       `json:"final"`
	Sum             string       `json:"sum"` // of the records
	Reconciled      string       `json:"reconciled"`
	Unexplained     string       `json:"unexplained"`
	Records         []backedJSON `json:"records"`
	Reconciliations []backedJSON `json:"reconciliations"`
}

type backedJSON struct {
	Adds   string         `json:"adds"`
	Record map[string]any `json:"record,omitempty"` // absent when the actor may not see it
}

// accountsOf are the items of the final accounts that a result rests on, each once, in the order in which they are read.
func accountsOf(ctx context.Context, v *book.View, r indicator.Result) ([]source.Part, error) {
	var questions []source.Ask
	for _, a := range r.Asks() {
		questions = append(questions, source.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit})
	}
	sources, err := app.Figures{View: v}.Sources()
	if err != nil {
		return nil, err
	}
	answers, err := sources.Values(ctx, questions)
	if err != nil {
		return nil, err
	}
	type key struct {
		code string
		unit place.Unit
		span string
	}
	var out []source.Part
	seen := map[key]bool{}
	for _, a := range answers {
		for _, p := range a.Parts {
			k := key{p.Code, p.Unit, p.Period.String()}
			if p.Source == source.Final && p.Value != nil && !seen[k] {
				seen[k] = true
				out = append(out, p)
			}
		}
	}
	return out, nil
}

// printBacking lists what stands behind each item of the final accounts that a figure rests on, and whether it comes to the item.
func (e *env) printBacking(ctx context.Context, v *book.View, r indicator.Result) error {
	parts, err := accountsOf(ctx, v, r)
	if err != nil {
		return err
	}
	if len(parts) == 0 {
		e.print(lang.Of("%s不取自决算，没有决算行可查；背后的记录见 --records", "%s is not of the final accounts; for the records behind it see --records"), r.Question().Indicator.Label().In(e.lang))
	}
	adds := lang.Of("计入", "adds").In(e.lang)
	for _, p := range parts {
		var t *recordTable
		list := func(k record.Of, amount *big.Rat, x any) {
			if t == nil || t.kind.Code() != k.Code() {
				if t != nil {
					t.flush()
				}
				t = e.recordTable(k, v, adds)
				t.indent = "  "
			}
			if x == nil {
				t.row(yuanText(amount), lang.Of("一条您无权查看的记录", "a record that you may not see").In(e.lang))
				return
			}
			t.record(x, yuanText(amount))
		}
		label, err := itemLabel(v, p.Code)
		if err != nil {
			return err
		}
		e.print(lang.Of("%s  %s  %s　决算 %s元", "%s  %s  %s  final accounts %s 元"), p.Code, p.Period, label.In(e.lang), p.Value.FloatString(2))
		b, err := app.BackingOf(v, p.Code, p.Unit, p.Period, func(x app.Backed) error { list(x.Kind, x.Adds, x.Record); return nil })
		if err != nil {
			return err
		}
		for _, x := range b.Adjustments {
			list(source.ReconciliationKind, big.NewRat(int64(x.Amount), 100), x)
		}
		if t != nil {
			t.flush()
		}
		e.print(lang.Of("  %s", "  %s"), b.Words(p.Value).In(e.lang))
	}
	return nil
}

func itemLabel(v *book.View, code string) (lang.Text, error) {
	items, err := source.Items(v.Tx(), v.At())
	return items[code].Label, err
}

// backingJSON is printBacking for programs.
func backingJSON(ctx context.Context, v *book.View, r indicator.Result) ([]accountJSON, error) {
	parts, err := accountsOf(ctx, v, r)
	if err != nil {
		return nil, err
	}
	out := make([]accountJSON, len(parts)) // never null: what is asked for is there
	for i, p := range parts {
		x := accountJSON{Item: p.Code, Period: p.Period.String(), UnitCode: p.Unit, Final: p.Value.FloatString(2), Records: []backedJSON{}, Reconciliations: []backedJSON{}}
		b, err := app.BackingOf(v, p.Code, p.Unit, p.Period, func(r app.Backed) error {
			one := backedJSON{Adds: yuanText(r.Adds)}
			if r.Record != nil {
				one.Record = plainRecord(r.Kind, r.Record, v)
			}
			x.Records = append(x.Records, one)
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, a := range b.Adjustments {
			x.Reconciliations = append(x.Reconciliations, backedJSON{yuanText(big.NewRat(int64(a.Amount), 100)), plainRecord(source.ReconciliationKind, a, v)})
		}
		x.Label, x.Sum, x.Reconciled, x.Unexplained = b.Label, b.Records.FloatString(2), b.Reconciled.FloatString(2), b.Rest(p.Value).FloatString(2)
		out[i] = x
	}
	return out, nil
}

// sayWayDown prints the command that leads from a line of the final accounts to the vouchers behind it.
func (e *env) sayWayDown(v *book.View, r indicator.Result) {
	if sources, _ := r.Provenance(); !strings.Contains(sources, app.FinalSource) {
		return
	}
	q := r.Question()
	asOf := ""
	if v.AsOf != 0 {
		asOf = " --as-of " + strconv.FormatInt(int64(v.AsOf), 10)
	}
	e.print(lang.Of("  决算行背后的凭证和调节：%s indicator %s --period %s --unit %s%s --vouchers", "  the vouchers and reconciliations behind the final accounts: %s indicator %s --period %s --unit %s%s --vouchers"),
		e.opens(), q.Indicator.Code(), q.Period, q.Unit, asOf)
}

// yuanText is what a record adds, signed.
func yuanText(yuan *big.Rat) string {
	if yuan.Sign() >= 0 {
		return "+" + yuan.FloatString(2)
	}
	return yuan.FloatString(2)
}
