package cli

import (
	"context"
	"strings"

	"anlan/account/evaluation/lint"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/book"
)

// lintWord stands in place of an indicator's code: anlan indicator lint.
const lintWord = "lint"

// lint reads the targets of the projects of a period; a finding ends in status 1. For people the sum of it all comes first.
func (e *env) lint(ctx context.Context, asOf *string, p period.Period) (int, error) {
	var verdicts []lint.Verdict
	found := 0
	status, err := e.view(ctx, asOf, func(_ *app.App, v *book.View) error {
		programmes, err := app.Programmes(v, p)
		if err != nil {
			return err
		}
		if len(programmes) == 0 {
			e.say(lang.Of("%s没有登记项目", "no project of %s is recorded"), p.Label().In(e.lang))
		}
		verdicts = lint.CheckAll(programmes)
		for _, v := range verdicts {
			found += len(v.Findings)
		}
		return nil
	})
	if err != nil {
		return status, err
	}
	if len(verdicts) > 0 && e.format != "json" {
		e.printLintSum(verdicts)
	}
	for _, v := range verdicts {
		if err := e.printVerdict(v); err != nil {
			return status, err
		}
	}
	if found > 0 {
		status = notInOrder
	}
	return status, nil
}

// printLintSum says how many targets can be measured, and of each class how many findings there are.
func (e *env) printLintSum(verdicts []lint.Verdict) {
	targets, measurable, found := 0, 0, 0
	count := map[lint.Class]int{}
	var spent money.Fen
	for _, v := range verdicts {
		targets, measurable, found = targets+len(v.Programme.Targets), measurable+v.Measured(), found+len(v.Findings)
		for _, f := range v.Findings {
			count[f.Class()]++
			spent += f.Spent.Amount
		}
	}
	e.print(lang.Of("%d个项目，%d个绩效指标，%d个可衡量；共%d处要改：不可衡量%d处，不完整%d处，重复%d处，不做也达到、与上年持平或达不到%d处，支出没有指标%d处（%s元）",
		"%d projects, %d targets, %d measurable; %d findings: %d not measurable, %d incomplete, %d repeated, %d met without effort, no better than last year or unreachable, %d of spending without target (%s元)"),
		len(verdicts), targets, measurable, found, count[lint.Unmeasurable], count[lint.Incomplete], count[lint.Repeated], count[lint.Idle], count[lint.Unspoken], spent)
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
	out := verdictJSON{Project: v.Programme.Code, Name: v.Programme.Name, Targets: len(v.Programme.Targets), Measurable: v.Measured(), Findings: []lintFinding{}}
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
	var spent []lint.Spending
	for i, f := range out.Findings {
		if v.Findings[i].Class() == lint.Unspoken {
			spent = append(spent, v.Findings[i].Spent)
			continue
		}
		if f.Target > 0 {
			e.print(lang.Of("  第%d项 %s", "  target %d: %s"), f.Target, f.Message.In(e.lang))
		} else {
			e.print(lang.Of("  %s", "  %s"), f.Message.In(e.lang))
		}
		e.print(lang.Of("    改为：%s", "    instead: %s"), f.Instead.In(e.lang))
	}
	e.printUnspoken(spent)
	return nil
}

// printUnspoken writes the purposes of which no target speaks as one block: their number and sum, then each.
func (e *env) printUnspoken(spent []lint.Spending) {
	if len(spent) == 0 {
		return
	}
	var sum money.Fen
	var each []string
	for _, s := range spent {
		sum += s.Amount
		each = append(each, s.Purpose+s.Amount.String()+"元")
	}
	e.print(lang.Of("  %d类支出没有指标说到，共%s元：%s", "  no target speaks of %d purposes, %s元 in all: %s"), len(spent), sum, strings.Join(each, lang.Of("、", ", ").In(e.lang)))
	e.print(lang.Of("    改为：各设一个数量或成本指标，写明买了什么、做成多少", "    instead: set for each a target of number or cost: what was bought, how much was done"))
}
