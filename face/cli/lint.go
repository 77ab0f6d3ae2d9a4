package cli

import (
	"context"

	"anlan/account/evaluation/lint"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/book"
)

// lintWord stands in place of an indicator's code: anlan indicator lint.
const lintWord = "lint"

// lint reads the targets of the projects of a period; a finding ends in status 1.
func (e *env) lint(ctx context.Context, asOf *string, p period.Period) (int, error) {
	found := 0
	status, err := e.view(ctx, asOf, func(_ *app.App, v *book.View) error {
		programmes, err := app.Programmes(v, p)
		if err != nil {
			return err
		}
		if len(programmes) == 0 {
			e.say(lang.Of("%s没有登记项目", "no project of %s is recorded"), p.Label().In(e.lang))
		}
		for _, x := range programmes {
			verdict := lint.Check(x)
			found += len(verdict.Findings)
			if err := e.printVerdict(verdict); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && found > 0 {
		status = notInOrder
	}
	return status, err
}

// verdictJSON is what is said of a project, for programs.
type verdictJSON struct {
	Project    string        `json:"project"`
	Name       string        `json:"name"`
	Targets    int           `json:"targets"`
	Measurable int           `json:"measurable"`
	Findings   []lintFinding `json:"findings"`
}

// lintFinding is one finding; Target counts from 1, and is absent for the project as a whole.
type lintFinding struct {
	Code    lint.Code `json:"code"`
	Target  int       `json:"target,omitempty"`
	Name    string    `json:"target_name,omitempty"`
	Message lang.Text `json:"message"`
	Instead lang.Text `json:"instead"`
}

func (e *env) printVerdict(v lint.Verdict) error {
	out := verdictJSON{Project: v.Programme.Code, Name: v.Programme.Name, Targets: len(v.Programme.Targets), Findings: []lintFinding{}}
	for _, ok := range v.Measurable {
		if ok {
			out.Measurable++
		}
	}
	for _, f := range v.Findings {
		x := lintFinding{Code: f.Code, Target: f.Target, Message: f.Words, Instead: f.Instead}
		if f.Target > 0 {
			x.Name = v.Programme.Targets[f.Target-1].Name
		}
		out.Findings = append(out.Findings, x)
	}
	if e.format == "json" {
		return writeLine(e.out, out)
	}
	e.print(lang.Of("%s %s：%d个绩效指标，%d个可衡量，%d处要改", "%s %s: %d targets, %d measurable, %d findings"), out.Project, out.Name, out.Targets, out.Measurable, len(out.Findings))
	for _, f := range out.Findings {
		if f.Target > 0 {
			e.print(lang.Of("  第%d项 %s", "  target %d: %s"), f.Target, f.Message.In(e.lang))
		} else {
			e.print(lang.Of("  %s", "  %s"), f.Message.In(e.lang))
		}
		e.print(lang.Of("    改为：%s", "    instead: %s"), f.Instead.In(e.lang))
	}
	return nil
}
