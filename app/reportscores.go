package app

import (
	"context"
	"fmt"

	"anlan/account/evaluation"
	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/resource/project"
)

// Evaluation scores the department or one of its projects, as of the position of the view. A project that nobody recorded has
// no result. The annual goal is the project's; that of the whole department stands in a project whose code is 整体.
func (s reportSources) Evaluation(ctx context.Context, e report.Evaluated, p period.Period, u place.Unit) (report.Evaluation, bool, error) {
	var told *evaluation.Told
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
		t, err := projectTold(s.View, e.Project, p)
		if err != nil {
			return report.Evaluation{}, false, err
		}
		told = &t
	}
	run, err := s.app.Evaluate(ctx, s.View, EvaluateRequest{Scheme: e.Scheme, Period: p, Unit: u, Project: e.Project})
	if err != nil {
		return report.Evaluation{}, false, err
	}
	out := report.ScoresOf(run, told)
	out.Goal, out.Outcome = goal.Goal, goal.Result
	return out, true, nil
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
