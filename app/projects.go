package app

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/evaluation/lint"
	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/ground/classification"
	"anlan/ground/figure"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/project"
	"anlan/resource/voucher"
)

// ProjectsOf are the projects of the year in which a period begins, as a view sees them.
func ProjectsOf(v *book.View, p period.Period) (out []*project.Project, err error) {
	q := book.Query{Kind: project.Kind.Code(), Filters: []book.Filter{{Field: "year", Op: field.OpIs, Value: fmt.Sprint(p.First().Year())}}}
	err = v.Each(q, func(r any) error { out = append(out, r.(*project.Project)); return nil })
	return out, err
}

// projectIndicators defines what each project of a book was given and spent, by the items that it brings (source.Detail), so that
// these figures are asked for, explained, compared and withheld like any other.
func projectIndicators(items map[string]source.Item) (files []*indicator.File, err error) {
	for _, code := range source.Codes(items) {
		d := items[code].Detail
		if d == nil || d.Project == "" || d.Amount != source.Spent {
			continue
		}
		var text strings.Builder
		for _, f := range projectFigures {
			text.WriteString(f.text(ProjectIndicator(d.Project, f.of), d.Name+f.zh, f.en+" the project "+d.Project, source.Slug(d.Project)))
		}
		f, err := indicator.Parse("project:"+d.Project, []byte(text.String()))
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// text is the definition of the figure for a project.
func (f projectFigure) text(code, zh, en, slug string) string {
	return fmt.Sprintf("indicator %s  %s  %s  in %s  printed 2\n  = %s\n", code, quotedLabel(zh), quotedLabel(en), f.unit, strings.ReplaceAll(f.expression, "{p}", slug))
}

// ProjectIndicator is the code of a figure of a project: of what it spent (spent), was given in its initial budget (initial) …
func ProjectIndicator(project, of string) string { return "project." + source.Slug(project) + "." + of }

// quotedLabel writes a label in the language of indicators, which has no escapes: what would end it is written otherwise.
func quotedLabel(s string) string {
	return `"` + strings.Join(strings.Fields(strings.ReplaceAll(s, `"`, "″")), " ") + `"`
}

// onProject is the filter of what is booked on a project. What is booked on a part of it, whose code is the project's with a
// hyphen and more (other-03 of other), is the project's.
func onProject(v *book.View, code string, p period.Period) (book.Filter, error) {
	projects, err := ProjectsOf(v, p)
	codes := []string{code}
	for _, x := range projects {
		if strings.HasPrefix(x.Code, code+"-") {
			codes = append(codes, x.Code)
		}
	}
	return book.Filter{Field: "project_code", Op: field.OpIn, Value: strings.Join(codes, ",")}, err
}

// within are the filters of what a project and a day in a period single out.
func within(v *book.View, code, day string, p period.Period) ([]book.Filter, error) {
	on, err := onProject(v, code, p)
	return []book.Filter{on, {Field: day, Op: field.OpAtLeast, Value: p.First().String()}, {Field: day, Op: field.OpAtMost, Value: p.Last().String()}}, err
}

// projectTold is what a project, its budget lines and its vouchers tell an evaluation of a period, and what registers say otherwise.
func projectTold(ctx context.Context, v *book.View, code string, p period.Period) (evaluation.Told, error) {
	var out evaluation.Told
	r, err := v.Find(project.Kind.Code(), code, fmt.Sprint(p.First().Year()))
	if err != nil {
		return out, err
	}
	x := r.(*project.Project)
	out.Code, out.Name = x.Code, x.Name
	if err := tellMoney(ctx, v, code, p, &out); err != nil {
		return out, err
	}
	for i, t := range x.Targets {
		level, _ := project.Levels.Find(t.First)
		y := evaluation.Target{Level1: level.Label.Zh, Level2: t.Second, Level3: t.Third, Relation: sign(t.Relation), Value: t.Wording, Unit: t.Unit, Points: t.Points.V, Note: t.Deviation}
		if t.Value.OK {
			y.Value = figure.DecimalText(targetNumber(t.Value.V))
		}
		if t.Achieved.OK {
			y.Reached = figure.DecimalText(targetNumber(t.Achieved.V)) + t.Unit
		}
		if y.Against, err = AgainstRegister(ctx, v, x, &x.Targets[i]); err != nil {
			return out, err
		}
		out.Targets = append(out.Targets, y)
	}
	return out, nil
}

// sign is a relation as forms print it; none for a qualitative target.
func sign(r project.Relation) string {
	if r == project.Qualitative {
		return ""
	}
	x, _ := project.Relations.Find(r)
	return x.Label.Zh
}

// targetNumber is a value of a target, which is kept to four decimals.
func targetNumber(v field.Scaled) *big.Rat { return big.NewRat(int64(v), 10_000) }

// Programmes are the projects of a period with their targets and what they spent, for the lint.
func Programmes(v *book.View, p period.Period) ([]lint.Programme, error) {
	projects, err := ProjectsOf(v, p)
	if err != nil {
		return nil, err
	}
	var out []lint.Programme
	for _, x := range projects {
		programme := lint.Programme{Code: x.Code, Name: x.Name, Department: x.Code == evaluation.Whole}
		for _, t := range x.Targets {
			programme.Targets = append(programme.Targets, lintTarget(t))
		}
		if programme.Spent, err = spent(v, x.Code, p); err != nil {
			return nil, err
		}
		out = append(out, programme)
	}
	return out, nil
}

func lintTarget(t project.Target) lint.Target {
	level, _ := project.Levels.Find(t.First)
	out := lint.Target{Level1: level.Label.Zh, Level2: t.Second, Name: t.Third, Relation: sign(t.Relation), Wording: t.Wording, Unit: t.Unit, Period: t.Period, Source: t.Source}
	if t.Value.OK {
		out.Value = targetNumber(t.Value.V)
	}
	if t.Baseline.OK {
		out.Baseline = targetNumber(t.Baseline.V)
	}
	if t.Achieved.OK {
		out.Reached = targetNumber(t.Achieved.V)
	}
	return out
}

// spent is what a project paid, by economic class, in the order in which the classes are first met.
func spent(v *book.View, code string, p period.Period) (out []lint.Spending, err error) {
	err = vouchersOf(v, code, p, func(x *voucher.Voucher) error {
		class, _ := classification.Economics.Find(x.Economic)
		purpose := strings.TrimLeft(class.Label.Zh, "0123456789 ") // a label begins with the code
		i := slices.IndexFunc(out, func(s lint.Spending) bool { return s.Purpose == purpose })
		if i < 0 {
			i = len(out)
			out = append(out, lint.Spending{Purpose: purpose})
		}
		return addTo(&out[i].Amount, x.Amount)
	})
	return out, err
}

// addTo adds to a sum. The bound of one amount keeps honest sums far from the end of the numbers.
func addTo(sum *money.Fen, x money.Fen) error {
	s, ok := money.Add(*sum, x)
	if !ok {
		return fmt.Errorf("add %s to %s: the sum does not fit", x, *sum)
	}
	*sum = s
	return nil
}
