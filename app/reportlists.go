package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/report"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/project"
	"anlan/resource/thrift"
	"anlan/resource/unit"
)

// Projects lists the projects of the year, the parts of each behind it. The project that holds the goals of the whole department
// is none.
func (s reportSources) Projects(_ context.Context, p period.Period, _ place.Unit) ([]report.Project, error) {
	projects, err := ProjectsOf(s.View, p)
	if err != nil {
		return nil, err
	}
	var codes []string
	of := map[string]report.Project{}
	for _, x := range projects {
		if x.Code == evaluation.Whole {
			continue
		}
		codes = append(codes, x.Code)
		of[x.Code] = report.Project{Unapproved: unapproved(x), Gaps: gapsOf(x), Code: x.Code, ID: strings.ReplaceAll(source.Slug(x.Code), "_", "-"), Name: x.Name, Goal: x.Goal, Result: x.Result,
			Spent: ProjectIndicator(x.Code, "spent"), Initial: ProjectIndicator(x.Code, "initial")}
	}
	slices.Sort(codes)
	var out []report.Project
	var list func(whole string, level int)
	list = func(whole string, level int) {
		for _, code := range codes {
			if source.WholeOf(code, codes) == whole {
				x := of[code]
				x.Level = level
				out = append(out, x)
				list(code, level+1)
			}
		}
	}
	list("", 0)
	return out, nil
}

// gapsOf is what forbids to publish the goal of a project.
func gapsOf(x *project.Project) fault.List {
	if doubt := x.Unapproved(); doubt != nil {
		return fault.List{doubt}
	}
	return nil
}

// Listed names the sections and subordinate units that stood under a unit on the last day of a period, or the thrift measures that
// were taken in it.
func (s reportSources) Listed(_ context.Context, sort string, p period.Period, u place.Unit) (report.Listed, error) {
	at := fmt.Sprintf(" --as-of %d", s.View.At())
	if sort == "thrift" {
		out := report.Listed{List: fmt.Sprintf("anlan list thrift --where 'taken_on >= %s' --where 'taken_on <= %s'%s", p.First(), p.Last(), at)}
		var taken []*thrift.Thrift
		err := s.View.Each(book.Query{Kind: thrift.Kind.Code(), Filters: []book.Filter{
			{Field: "taken_on", Op: field.OpAtLeast, Value: p.First().String()}, {Field: "taken_on", Op: field.OpAtMost, Value: p.Last().String()}}},
			func(r any) error { taken = append(taken, r.(*thrift.Thrift)); return nil })
		slices.SortFunc(taken, func(a, b *thrift.Thrift) int { return strings.Compare(a.Number, b.Number) })
		for _, x := range taken {
			out.Names = append(out.Names, x.What)
		}
		return out, err
	}
	of := map[string]unit.Sort{"sections": unit.Section, "subordinates": unit.Subordinate}[sort]
	out := report.Listed{List: fmt.Sprintf("anlan list unit --where 'sort = %s'%s", of, at)}
	var units []*unit.Unit
	err := s.View.Each(book.Query{Kind: unit.Kind.Code(), Filters: []book.Filter{{Field: "sort", Op: field.OpIs, Value: string(of)}}}, func(r any) error {
		if x := r.(*unit.Unit); under(x, u, p.Last()) {
			units = append(units, x)
		}
		return nil
	})
	slices.SortFunc(units, func(a, b *unit.Unit) int { return cmp.Compare(a.Code, b.Code) })
	for _, x := range units {
		out.Names = append(out.Names, x.Name)
	}
	return out, err
}

// under says whether a unit stands directly under another on a day.
func under(x *unit.Unit, above place.Unit, day period.Day) bool {
	return slices.ContainsFunc(x.Edges, func(e unit.Edge) bool {
		return e.Parent == above && (e.From.IsZero() || !day.Before(e.From)) && (e.Until.IsZero() || day.Before(e.Until))
	})
}
