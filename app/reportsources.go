package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/source"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/budgetline"
	"anlan/resource/project"
)

// reportSources are what a report is made of, as of the position of a view.
type reportSources struct {
	Figures
	app    *App
	beside *source.Combined // the sources beside records too, read once for the whole report
}

func (a *App) reportSources(v *book.View) (reportSources, error) {
	figures := Figures{View: v, Counted: true}
	beside, err := figures.Sources()
	return reportSources{figures, a, beside}, err
}

// Provenance is where a figure comes from, and in which edition.
func (reportSources) Provenance(r indicator.Result) (source, edition string) { return r.Provenance() }

// Withheld is why a figure is not published.
func (s reportSources) Withheld(_ context.Context, q indicator.Question) (string, error) {
	w, ok := Withheld(s.beside, q)
	if !ok {
		var err error
		if w, ok, err = s.withheldAsItem(q); err != nil || !ok {
			return "", err
		}
	}
	return w.Ground + "（" + w.By + "）", nil
}

// withheldAsItem says whether what a project spent is withheld as the item of the form under which the accounts state it: by
// whatever source, and whosever money it was.
func (s reportSources) withheldAsItem(q indicator.Question) (source.Withheld, bool, error) {
	withheld := s.beside.AllWithheld()
	if len(withheld) == 0 {
		return source.Withheld{}, false, nil
	}
	items, err := source.Items(s.View.Tx(), s.View.AsOf)
	if err != nil {
		return source.Withheld{}, false, err
	}
	var d *source.Detail
	for _, code := range q.Indicator.Measures() {
		if x := items[code].Detail; x != nil && x.Project != "" && slices.Contains([]source.Amount{source.Spent, source.Paid, source.PaidOfCarried}, x.Amount) {
			d = x
		}
	}
	if d == nil {
		return source.Withheld{}, false, nil
	}
	set, err := s.app.Indicators(s.View)
	if err != nil {
		return source.Withheld{}, false, err
	}
	var found source.Withheld
	err = s.View.Each(book.Query{Kind: source.FinalKind.Code(), Filters: []book.Filter{{Field: "project", Op: field.OpIs, Value: d.Project},
		{Field: "year", Op: field.OpIs, Value: fmt.Sprint(q.Period.Last().Year())}, {Field: "entity", Op: field.OpIs, Value: string(q.Unit)}}}, func(r any) error {
		item := source.FinalForm + "." + r.(*source.FinalLine).Item
		for _, a := range withheld {
			if a.Period != q.Period || a.Unit != q.Unit {
				continue
			}
			same := a.Measure == item
			if i, err := set.Indicator(a.Measure); err == nil && !same {
				m, is := i.Measure()
				same = is && m == item
			}
			if same {
				found, _ = s.beside.Withheld(a.Measure, a.Unit, a.Period)
				return nil
			}
		}
		return nil
	})
	return found, found != source.Withheld{}, err
}

// Unverified names the values behind a figure that nobody has compared with their document: 2023年地区生产总值.
func (s reportSources) Unverified(_ context.Context, r indicator.Result) (out []string, err error) {
	for _, a := range r.Asks() {
		is, err := s.unverified(a)
		if err != nil {
			return nil, err
		}
		if is {
			_, spec, err := s.View.MeasureOf(a.Measure)
			if err != nil {
				return nil, err
			}
			out = append(out, a.Period.Label().Zh+spec.Label.Zh)
		}
	}
	return out, nil
}

// Bearers are the kinds from whose records a figure comes, as a view of the book knows them.
func Bearers(v *book.View, r indicator.Result) []record.Of {
	return reportSources{Figures: Figures{View: v}}.Bearers(r)
}

// Bearers are the kinds from whose records a figure comes: that of a measure, or what is imported for an item of a form, a cited
// number, or money in detail.
func (s reportSources) Bearers(r indicator.Result) (out []record.Of) {
	for _, a := range r.Asks() {
		k, _, err := s.View.MeasureOf(a.Measure)
		if err != nil {
			k = s.bearerOf(a.Measure)
		}
		if !slices.ContainsFunc(out, func(o record.Of) bool { return o.Code() == k.Code() }) {
			out = append(out, k)
		}
	}
	return out
}

// bearerOf is the kind that brings an item.
func (s reportSources) bearerOf(item string) record.Of {
	switch form, _, _ := strings.Cut(item, "."); form {
	case source.FinalForm:
		return source.FinalKind
	case source.Cited:
		return source.CitedKind
	case source.BudgetForm, source.PurseForm:
		return budgetline.Kind
	case source.TargetsForm:
		return project.Kind
	}
	return source.ReturnKind
}

// AllWithheld lists every figure that the book withholds: an indicator, or a measure as the indicator that is nothing else. A
// code that nothing bears any more is passed over: there is no figure to protect.
func (s reportSources) AllWithheld(context.Context) (out []indicator.Question, err error) {
	set, err := s.app.Indicators(s.View)
	if err != nil {
		return nil, err
	}
	for _, a := range s.beside.AllWithheld() {
		i, err := set.Indicator(a.Measure)
		if err != nil {
			i, err = set.Expression(a.Measure, a.Measure, 0)
		}
		if err == nil {
			out = append(out, indicator.Question{Indicator: i, Period: a.Period, Unit: a.Unit})
		}
	}
	return out, nil
}

// Claim is the newest citation of a code that makes a claim.
func (s reportSources) Claim(_ context.Context, code string) (report.Claim, bool, error) {
	c, ok, err := source.ClaimOf(s.View, code)
	if err != nil || !ok {
		return report.Claim{}, false, err
	}
	return report.Claim{Text: c.Claim, Source: c.Words(), Quote: c.Quote}, true, nil
}

// Rests lists the lines of the final accounts that records and reconciliations do not explain.
func (s reportSources) Rests(ctx context.Context, p period.Period, u place.Unit) ([]report.Rest, error) {
	rests, err := s.beside.Rests(ctx, s.View.Tx(), u, int64(p.Last().Year()))
	if err != nil {
		return nil, err
	}
	var out []report.Rest
	for _, r := range rests {
		if r.Unexplained.Sign() != 0 {
			out = append(out, report.Rest{Line: r.Label, Final: r.Final, Records: r.Records, Reconciled: r.Reconciled, Yuan: r.Unexplained})
		}
	}
	return out, nil
}
