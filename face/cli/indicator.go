package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/record/census"
)

var indicatorVerb = verb{
	name: "indicator", args: "[CODE|lint] --period P [--unit U] [--as-of N] [--explain] [--records] [--vouchers] [--against published|known] [--format json] | list | import FILE | export [CODE…] -o FILE | retire CODE --reason TEXT",
	about: lang.Of("计算指标；--explain 写出算式，--records 列出背后的记录；indicator lint 检查各项目的绩效目标；list、import、export、retire 列出、导入、导出、停用指标的定义",
		"compute indicators; --explain writes the arithmetic, --records lists the records behind; indicator lint reads the targets of projects; list, import, export and retire keep the definitions of indicators"),
	example: "anlan indicator work_safety.deaths_change --period 2023 --explain",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf, span := e.asOf(), e.period()
		var u place.Unit
		e.Declare("unit", "U", lang.Of("单位代码，含其下属单位；默认本局", "unit code, with all units under it; the bureau by default"), func(s string) (err error) { u, err = place.ParseUnit(s); return err })
		explain := e.Toggle("explain", lang.Of("写出算式，直到统计项", "write the arithmetic down to the measures"))
		records := e.Toggle("records", lang.Of("列出背后的每条记录", "list each record behind"))
		vouchers := e.Toggle("vouchers", lang.Of("取自决算的，列出决算行背后的凭证和调节，并与决算数核对", "of figures of the final accounts list the vouchers and reconciliations behind each line, and hold them against it"))
		var against string
		e.Choice("against", lang.Of("与上年、上期相比时，以前的数取已公布的（published）还是现在所知的（known，默认）", "what a change on an earlier period is computed against: the figure as published, or as known now (the default)"), &against, againstKnown, againstPublished)
		o := definitionOptions{asOf: asOf}
		out := e.toFile("FILE.(indicators|xlsx|csv|jsonl)")
		e.Declare("reason", "TEXT", lang.Of("导入或停用的理由，记入日志", "the reason of an import or a retirement, for the journal"), func(s string) error { o.reason = s; return nil })
		dry := e.Toggle("dry-run", lang.Of("导入时只检查，不写入", "of an import: check only, write nothing"))
		args, err := e.Parse("[CODE…]")
		if err != nil {
			return notDone, err
		}
		o.out, o.dry = *out, *dry
		if status, ran, err := e.definitions(ctx, args, o); ran {
			return status, err
		}
		e.Rest = args
		if args, err = e.Parse("[CODE]"); err != nil {
			return notDone, err
		}
		if *span == (period.Period{}) {
			return notDone, e.Missing("period")
		}
		if len(args) > 0 && args[0] == lintWord {
			return e.lint(ctx, asOf, *span)
		}
		look := e.view
		if *records || *vouchers {
			look = func(ctx context.Context, asOf *string, see func(*app.App, *book.View) error) (int, error) {
				return e.viewRecorded(ctx, asOf, book.Reading{Way: drillDown(*records), Of: strings.TrimSpace(strings.Join(args, " ") + " " + span.String() + " " + string(u))}, see)
			}
		}
		return look(ctx, asOf, func(a *app.App, v *book.View) error {
			if u == "" {
				u = place.Unit(v.Head.Place)
			}
			if err := app.Begun(v, *span); err != nil {
				return err
			}
			figures := app.Figures{View: v, Counted: *explain}
			if against == againstPublished {
				figures.PrintedBefore = span.First()
			}
			results, err := a.Results(ctx, figures, *span, u, args...)
			if err != nil {
				return err
			}
			v.Computed()
			if err := e.printResults(ctx, v, results, detail{*explain, *records, *vouchers, figures, against}); err != nil {
				return err
			}
			e.sayAgainst(against)
			return e.sayReplaced(v, results)
		})
	},
}

// What a change on an earlier period is computed against.
const (
	againstKnown     = "known"
	againstPublished = "published"
)

// sayAgainst says which figures of earlier periods stand in the result, when somebody has chosen.
func (e *env) sayAgainst(against string) {
	switch against {
	case againstPublished:
		e.say(lang.Of("统计期以前的数取已公布的数据（没有登记已公布数据的不计算）", "figures of earlier periods are those that were published; where nobody entered one nothing is computed"))
	case againstKnown:
		e.say(lang.Of("统计期以前的数按现在所知计算", "figures of earlier periods are those known now"))
	}
}

// drillDown is the way in which the records behind a figure are read.
func drillDown(records bool) string {
	if records {
		return "records"
	}
	return "vouchers"
}

// sayReplaced says which figures still go by an earlier definition.
func (e *env) sayReplaced(v *book.View, results []indicator.Result) error {
	replaced, err := app.ReplacedIn(v, results...)
	for _, x := range replaced {
		e.say(lang.Of("请注意：统计项“%s”（%s）的口径已改，新台账尚未建立；以上数据仍按旧口径，只含日志位置%d以前的改动。请运行 anlan migrate",
			"note: the definition of measure %q (%s) has changed and its account is not opened yet; figures still go by the definition before and hold what was changed up to position %d only. Run anlan migrate"),
			x.Label.In(e.lang), x.Measure, x.Through)
	}
	return err
}

// detail is what is told of a figure beside its value.
type detail struct {
	explain, records, vouchers bool
	figures                    app.Figures
	against                    string // as --against was given; empty: it was not
}

func (e *env) printResults(ctx context.Context, v *book.View, results []indicator.Result, d detail) error {
	if e.format == "json" {
		for _, r := range results {
			if err := e.writeResult(ctx, v, r, d); err != nil {
				return err
			}
		}
		return nil
	}
	t := table{out: e.out, right: 2}
	for i, r := range results {
		switch {
		case d.explain:
			if i > 0 {
				fmt.Fprintln(e.out)
			}
			fmt.Fprint(e.out, r.Explain(e.lang))
			if err := e.printOwn(v, r.Question().Indicator); err != nil {
				return err
			}
			if err := e.printWithheld(v, r.Question()); err != nil {
				return err
			}
		default:
			t.row(r.Question().Indicator.Code(), r.Text().In(e.lang), r.Question().Indicator.Label().In(e.lang))
		}
		if d.records {
			t.flush()
			if err := e.printRecords(ctx, d.figures, r); err != nil {
				return err
			}
			if !d.vouchers {
				e.sayWayDown(v, r)
			}
		}
		if d.vouchers {
			t.flush()
			if err := e.printBacking(ctx, v, r); err != nil {
				return err
			}
		}
	}
	t.flush()
	return nil
}

// resultJSON is a figure for programs: its members are those of figures.json where they mean the same.
type resultJSON struct {
	Code        string         `json:"code"`
	Label       lang.Text      `json:"label"`
	Period      string         `json:"period"`
	UnitCode    place.Unit     `json:"unit_code"`
	State       string         `json:"state"` // computed, none_recorded, not_computable, not_applicable
	Value       string         `json:"value,omitempty"`
	Unit        string         `json:"unit"`
	Text        lang.Text      `json:"text"`
	Why         *lang.Text     `json:"why,omitempty"`     // there is no value
	Source      string         `json:"source"`            // records, returns, final_accounts, published, cited; several joined by +
	Edition     string         `json:"edition,omitempty"` // of returns and final accounts
	Withheld    string         `json:"withheld,omitempty"`
	Position    int64          `json:"position"`
	Definition  string         `json:"definition_sha256"`
	Own         []ownJSON      `json:"own,omitempty"` // definitions of the book behind it; with an explanation only
	Explanation *lang.Text     `json:"explanation,omitempty"`
	Records     []behindFigure `json:"records,omitempty"`
	Accounts    []accountJSON  `json:"accounts,omitempty"` // items of the final accounts with their vouchers, when these are asked for
	Against     string         `json:"against,omitempty"`  // figures of earlier periods as published or as known, when somebody has chosen
	Replaced    []app.Replaced `json:"replaced,omitempty"` // measures that are still counted by the definition before
}

// behindFigure is one record behind a figure: what it adds to which measure. Record is absent when the actor may not see it.
type behindFigure struct {
	Measure string         `json:"measure"`
	Period  string         `json:"period"`
	Adds    string         `json:"adds"`
	Place   int64          `json:"place,omitempty"` // in the set, from 1
	Set     *census.Set    `json:"set,omitempty"`
	Record  map[string]any `json:"record,omitempty"`
}

func (e *env) writeResult(ctx context.Context, v *book.View, r indicator.Result, d detail) error {
	q := r.Question()
	out := resultJSON{Code: q.Indicator.Code(), Label: q.Indicator.Label(), Period: q.Period.String(), UnitCode: q.Unit, State: r.Value().State().Code(),
		Value: r.Decimal(), Unit: q.Indicator.Unit().String(), Text: r.Text(), Position: int64(v.At()), Definition: q.Indicator.Hash()}
	out.Source, out.Edition = r.Provenance()
	out.Against = d.against
	w, withheld, err := withheldIn(v, q)
	if err != nil {
		return err
	}
	if withheld {
		out.Withheld = w.Ground + "; " + w.By
	}
	if why := r.Value().Why(); why != (lang.Text{}) {
		out.Why = &why
	}
	if d.explain {
		behind, err := app.OwnBehind(v, q.Indicator)
		if err != nil {
			return err
		}
		for _, x := range behind {
			out.Own = append(out.Own, ownJSON{x.Code, x.Version, x.Began, x.Basis})
		}
		out.Explanation = &lang.Text{Zh: r.Explain(lang.Chinese), En: r.Explain(lang.English)}
	}
	if out.Replaced, err = app.ReplacedIn(v, r); err != nil {
		return err
	}
	if d.records {
		err := d.figures.Drill(ctx, r, func(b app.Drilled) error {
			x := behindFigure{Measure: b.Ask.Measure, Period: b.Ask.Period.String(), Adds: b.Adds, Place: b.Place}
			if n := len(out.Records); n == 0 || out.Records[n-1].Measure != x.Measure || out.Records[n-1].Period != x.Period {
				x.Set = b.Set // once for all of it
			}
			if b.Record != nil {
				x.Record = plainRecord(b.Kind, b.Record, v)
			}
			out.Records = append(out.Records, x)
			return nil
		})
		if err != nil {
			return err
		}
	}
	if d.vouchers {
		if out.Accounts, err = backingJSON(ctx, v, r); err != nil {
			return err
		}
	}
	return writeLine(e.out, out)
}

// printRecords lists, for each measure that a figure rests on, the records that make it up.
func (e *env) printRecords(ctx context.Context, figures app.Figures, r indicator.Result) error {
	v := figures.View
	adds, place := lang.Of("计入", "adds").In(e.lang), lang.Of("第几条", "place").In(e.lang)
	var t *recordTable
	var of indicator.Ask
	var kind string
	err := figures.Drill(ctx, r, func(b app.Drilled) error {
		if t == nil || b.Ask != of || b.Kind.Code() != kind {
			if t != nil {
				t.flush()
			}
			e.print(lang.Of("%s  %s  %s（%s）", "%s  %s  %s (%s)"), b.Ask.Measure, b.Ask.Period, b.Label.In(e.lang), b.Unit)
			if b.Set != nil {
				e.print(lang.Of("  记录集共%d条，根 %s", "  a set of %d records, root %s"), b.Set.Size, b.Set.Root)
			}
			of, kind, t = b.Ask, b.Kind.Code(), e.recordTable(b.Kind, v, adds, place)
			t.indent = "  "
		}
		if b.Record == nil {
			t.row(b.Adds, "", lang.Of("一条您无权查看的记录", "a record that you may not see").In(e.lang))
			return nil
		}
		t.record(b.Record, b.Adds, placeText(b.Place))
		return nil
	})
	if t != nil {
		t.flush()
	}
	return err
}

// placeText is where a record stands in its set; empty where nobody says.
func placeText(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// printWithheld says that a figure is computed and not published, and why.
func (e *env) printWithheld(v *book.View, q indicator.Question) error {
	w, ok, err := withheldIn(v, q)
	if ok {
		e.print(lang.Of("  不予公开　%s（%s）", "  withheld    %s (%s)"), w.Ground, w.By)
	}
	return err
}

func withheldIn(v *book.View, q indicator.Question) (source.Withheld, bool, error) {
	sources, err := app.Figures{View: v}.Sources()
	if err != nil {
		return source.Withheld{}, false, err
	}
	w, ok := app.Withheld(sources, q)
	return w, ok, nil
}

func (e *env) period() *period.Period {
	p := new(period.Period)
	e.Declare("period", "P", lang.Of("统计期：2023、2023-H1、2023-Q2、2023-05、2023-05-06、2023-01..05", "the period: 2023, 2023-H1, 2023-Q2, 2023-05, 2023-05-06, 2023-01..05"),
		func(s string) (err error) { *p, err = period.Parse(s); return err })
	return p
}
