package cli

import (
	"context"
	"fmt"

	"anlan/account/indicator"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
)

var indicatorVerb = verb{
	name: "indicator", args: "[CODE] --period P [--unit U] [--as-of N] [--explain] [--records]",
	about:   lang.Of("计算指标；--explain 写出算式，--records 列出背后的记录", "compute indicators; --explain writes the arithmetic, --records lists the records behind"),
	example: "anlan indicator work_safety.deaths_change --period 2023 --explain",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf, span, unit := e.asOf(), e.period(), e.flags.String("unit", "", "单位代码 unit code; 默认本局 the bureau by default")
		explain := e.flags.Bool("explain", false, "写出算式 write the arithmetic")
		records := e.flags.Bool("records", false, "列出背后的记录 list the records behind")
		args, err := e.parse(0, 1)
		if err != nil {
			return notDone, err
		}
		p, err := e.parsePeriod(*span)
		if err != nil {
			return notDone, err
		}
		u, err := place.ParseUnit(*unit)
		if err != nil {
			return notDone, err
		}
		return e.view(ctx, asOf, func(a *app.App, v *book.View) error {
			if u == "" {
				u = place.Unit(v.Head.Place)
			}
			results, err := evaluate(ctx, a, app.Figures{View: v, Counted: *explain}, args, p, u)
			if err != nil {
				return err
			}
			for _, r := range results {
				if err := e.printResult(v, r, *explain, *records); err != nil {
					return err
				}
			}
			return nil
		})
	},
}

func evaluate(ctx context.Context, a *app.App, source indicator.Source, codes []string, p period.Period, u place.Unit) ([]indicator.Result, error) {
	set, err := a.Indicators()
	if err != nil {
		return nil, err
	}
	wanted := set.Indicators()
	if len(codes) > 0 {
		wanted = nil
		for _, c := range codes {
			i, err := set.Indicator(c)
			if err != nil {
				return nil, err
			}
			wanted = append(wanted, i)
		}
	}
	questions := make([]indicator.Question, len(wanted))
	for i, w := range wanted {
		questions[i] = indicator.Question{Indicator: w, Period: p, Unit: u}
	}
	return indicator.Eval(ctx, source, questions...)
}

func (e *env) printResult(v *book.View, r indicator.Result, explain, records bool) error {
	q := r.Question()
	if e.format == "json" {
		out := map[string]any{"code": q.Indicator.Code(), "label": q.Indicator.Label(), "period": q.Period.String(), "unit_code": q.Unit, "value": r.Decimal(),
			"unit": q.Indicator.Unit().String(), "text": r.Text().In(e.lang), "position": v.At(), "definition_sha256": q.Indicator.Hash()}
		if explain {
			out["explanation"] = lang.Text{Zh: r.Explain(lang.Chinese), En: r.Explain(lang.English)}
		}
		return writeJSON(e.out, out)
	}
	if explain {
		fmt.Fprint(e.out, r.Explain(e.lang))
	} else {
		fmt.Fprintf(e.out, "%-34s %s  %s\n", q.Indicator.Code(), r.Text().In(e.lang), q.Indicator.Label().In(e.lang))
	}
	if !records {
		return nil
	}
	return e.printRecords(v, r)
}

// recordsAtOnce is how many records are read at a time while listing those behind a figure.
const recordsAtOnce = 500

// printRecords lists, for each measure that a figure rests on, the records that make it up.
func (e *env) printRecords(v *book.View, r indicator.Result) error {
	for _, ask := range r.Asks() {
		k, s, err := v.MeasureOf(ask.Measure)
		if err != nil {
			return err
		}
		a := book.Ask{Measure: ask.Measure, Period: ask.Period, Unit: ask.Unit}
		fmt.Fprintf(e.out, "%s %s %s\n", s.Code, ask.Period, s.Label.In(e.lang))
		for after := int64(0); ; {
			items, err := v.Records(a, after, recordsAtOnce)
			if err != nil {
				return err
			}
			for _, x := range items {
				after = x.Record
				n := x.Count
				if s.Valued {
					n = x.Value
				}
				rec, err := v.Row(k.Code(), x.Record)
				if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
					fmt.Fprintf(e.out, lang.Of("  %+d  一条您无权查看的记录\n", "  %+d  a record that you may not see\n").In(e.lang), n)
					continue
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(e.out, "  %+d  %s\n", n, e.line(k, rec, v))
			}
			if len(items) < recordsAtOnce {
				break
			}
		}
	}
	return nil
}

func (e *env) period() *string {
	return e.flags.String("period", "", "统计期 period: 2023, 2023-Q2, 2023-05, 2023-01..05")
}

func (e *env) parsePeriod(s string) (period.Period, error) {
	if s == "" {
		return period.Period{}, e.usage()
	}
	return period.Parse(s)
}
