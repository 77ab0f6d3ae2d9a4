package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/fund"
	"anlan/resource/project"
	"anlan/resource/voucher"
)

// Evaluation scores the department or one of its projects, as of the position of the view, and says what of it is not fit to be
// published: targets that nobody has approved, or that do not make up the points of the scheme. A project that nobody recorded has
// no result. The annual goal is the project's; that of the whole department stands in a project whose code is 整体.
func (s reportSources) Evaluation(ctx context.Context, e report.Evaluated, p period.Period, u place.Unit) (report.Evaluation, bool, error) {
	var told *evaluation.Told
	if e.Fund != "" {
		code, found, err := projectOfFund(s.View, e.Fund, p)
		var gaps fault.List
		if internal := gaps.Add(err); internal != nil || !found {
			return report.Evaluation{Gaps: gaps}, false, internal
		}
		e.Project = code
	}
	subject := evaluation.Whole
	if e.Project != "" {
		subject = e.Project
	}
	goal, found, err := goalOf(s.View, subject, p)
	switch {
	case err != nil:
		return report.Evaluation{}, false, err
	case e.Project != "" && !found:
		return report.Evaluation{}, false, nil
	case e.Project != "":
		t, err := projectTold(ctx, s.View, e.Project, p)
		if err != nil {
			return report.Evaluation{}, false, err
		}
		told = &t
	}
	run, lacks, err := s.app.evaluate(ctx, s.View, EvaluateRequest{Scheme: e.Scheme, Period: p, Unit: u, Project: e.Project})
	if err != nil {
		return report.Evaluation{}, false, err
	}
	out := report.ScoresOf(run, told)
	out.Goal, out.Outcome = goal.Goal, goal.Result
	out.Example = run.Rubric.Scheme().Example
	if found {
		out.Unapproved = unapproved(&goal)
	}
	out.Gaps = slices.Concat(lacks, run.Doubts, out.Gaps)
	if e.Project != "" {
		out.Code = goal.Code
		out.Money, out.Funds = projectFunds(goal.Code, out.Funds.Apart)
	}
	return out, true, nil
}

// ErrSeveralProjects: an earmark is evaluated as the project that it pays for.
var ErrSeveralProjects = fault.Define("app.several_projects", fault.Conflict,
	"专项资金%s列支在%d个项目上（%s），不能作为一个项目评分：请在模板里写明 of 项目代码", "the fund %s is spent on %d projects (%s) and cannot be scored as one: write of PROJECT in the template")

// projectOfFund is the project on which the vouchers of a period book the funds of a programme; false where there is none.
func projectOfFund(v *book.View, programme string, p period.Period) (code string, found bool, err error) {
	var documents []string
	err = v.Each(book.Query{Kind: fund.Kind.Code(), Filters: []book.Filter{{Field: "programme", Op: field.OpIs, Value: programme}}}, func(r any) error {
		documents = append(documents, r.(*fund.Fund).Document)
		return nil
	})
	if err != nil {
		return "", false, err
	}
	var codes []string
	for _, d := range documents {
		err = v.Each(book.Query{Kind: voucher.Kind.Code(), Filters: []book.Filter{{Field: "fund_document", Op: field.OpIs, Value: d},
			{Field: "paid_on", Op: field.OpAtLeast, Value: p.First().String()}, {Field: "paid_on", Op: field.OpAtMost, Value: p.Last().String()}}}, func(r any) error {
			if x := r.(*voucher.Voucher).Project; x != "" && !slices.Contains(codes, x) {
				codes = append(codes, x)
			}
			return nil
		})
		if err != nil {
			return "", false, err
		}
	}
	slices.Sort(codes)
	switch len(codes) {
	case 0:
		return "", false, nil
	case 1:
		return codes[0], true, nil
	}
	return "", false, ErrSeveralProjects.With(programme, len(codes), strings.Join(codes, "、"))
}

// unapproved is the state of a project whose targets nobody has approved, as a report prints it; empty where they are approved.
func unapproved(x *project.Project) string {
	if x.Unapproved() == nil {
		return ""
	}
	return record.StateLabel(project.Workflow, x.State).Zh
}

// goalOf is the project of a code in the year in which a period begins; false where nobody recorded it.
func goalOf(v *book.View, code string, p period.Period) (project.Project, bool, error) {
	r, err := v.Find(project.Kind.Code(), code, fmt.Sprint(p.First().Year()))
	if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
		return project.Project{}, false, nil
	}
	if err != nil {
		return project.Project{}, false, err
	}
	return *r.(*project.Project), true, nil
}
