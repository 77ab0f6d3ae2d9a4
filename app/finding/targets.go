package finding

import (
	"slices"

	"anlan/account/evaluation"
	"anlan/app"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/project"
)

// targets holds what was achieved of measurable targets against the registers that they name as their source (数据来源).
func (s *search) targets() error {
	for _, year := range s.years() {
		projects, err := all[project.Project](s, project.Workflow, book.Filter{Field: "year", Op: field.OpIs, Value: year.String()})
		if err != nil {
			return err
		}
		for _, p := range projects {
			for i := range p.Targets {
				doubt, err := app.AgainstRegister(s.ctx, s.view, p, &p.Targets[i])
				if err != nil {
					return err
				}
				if doubt != nil {
					s.add(doubt, project.Workflow, p)
				}
			}
		}
	}
	return nil
}

// projectScheme is the scheme by which the forms of projects are scored.
const projectScheme = "project"

// deductions: points that a project or the department lost and for which nobody has recorded the reason (偏差原因及改进措施). Scored
// are the projects that have targets, and whatever else was judged by whichever scheme.
func (s *search) deductions() error {
	for _, year := range s.years() {
		of := book.Filter{Field: "year", Op: field.OpIs, Value: year.String()}
		projects, err := all[project.Project](s, project.Workflow, of)
		if err != nil {
			return err
		}
		judged, err := all[evaluation.Judgement](s, evaluation.JudgementKind, of)
		if err != nil {
			return err
		}
		var asked []app.EvaluateRequest
		ask := func(scheme, about string) {
			q := app.EvaluateRequest{Scheme: scheme, Period: year, Unit: place.Unit(s.view.Head.Place), Project: about}
			if about == evaluation.Whole {
				q.Project = ""
			}
			if !slices.Contains(asked, q) {
				asked = append(asked, q)
			}
		}
		for _, p := range projects {
			if p.Code != evaluation.Whole && len(p.Targets) > 0 {
				ask(projectScheme, p.Code)
			}
		}
		for _, j := range judged {
			ask(j.Scheme, j.About)
		}
		for _, q := range asked {
			if err := s.lost(q, projects); err != nil {
				return err
			}
		}
	}
	return nil
}

// lost finds the deductions of one evaluation; their way leads to the project, the department's to that which holds its goals.
func (s *search) lost(q app.EvaluateRequest, projects []*project.Project) error {
	doubts, err := s.app.WithoutReason(s.ctx, s.view, q)
	if err != nil {
		return err
	}
	about := q.Project
	if about == "" {
		about = evaluation.Whole
	}
	for _, d := range doubts {
		f := Finding{Doubt: d}
		if i := slices.IndexFunc(projects, func(p *project.Project) bool { return p.Code == about }); i >= 0 {
			f.Way = wayTo(project.Workflow, projects[i])
		}
		s.found = append(s.found, f)
	}
	return nil
}
