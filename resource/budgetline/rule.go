package budgetline

import (
	"anlan/ground/classification"
	"anlan/ground/fault"
)

// Faults of budget lines.
var (
	ErrNegative = fault.Define("budget_line.negative", fault.Invalid,
		"%s的金额为%s元：只有调剂可以为负，追减填正数", "the amount of a line of stage %s is %s 元: only an adjustment may be negative, a reduction is given as a positive number")
	ErrNoEconomic = fault.Define("budget_line.no_economic", fault.Invalid,
		"基本支出指标%s没有支出经济分类：基本支出应编列到款（预算法第四十六条）", "the basic line %s names no economic class: basic expenditure is planned down to the 款 (预算法 art. 46)")
	ErrNotBasic = fault.Define("budget_line.not_basic", fault.Invalid,
		"基本支出不能安排用于%s：只能用于301、303（人员经费）和302、310（公用经费）", "basic expenditure cannot be planned for %s: only 301, 303 (staff costs) and 302, 310 (operating costs)")
	ErrProjectCode = fault.Define("budget_line.project_code", fault.Invalid,
		"%s的项目编码为“%s”：项目支出应有项目编码，基本支出不应有", "a line of %s has the project code %q: project expenditure has one, basic expenditure has none")
	ErrFunctionOfOtherYear = fault.Define("budget_line.function_of_other_year", fault.Conflict,
		"指标%s的支出功能分类%s在%d年的科目中没有", "line %s names the functional item %s, which the classification of %d does not have")
)

// derive gives the amount its sign, and the cost where category and economic class tell it.
func (l *Line) derive() {
	l.Counted = l.Amount
	if l.Stage == Reduction {
		l.Counted = -l.Amount
	}
	l.Cost = ""
	switch {
	case l.Category == classification.Project:
		l.Cost = classification.ProjectCost
	case l.Economic != "":
		l.Cost, _ = classification.CostOf(l.Category, l.Economic)
	}
}

// signed: the paper writes what a stage takes away as a positive number.
func (l *Line) signed() error {
	if l.Amount < 0 && l.Stage != Adjustment {
		s, _ := Stages.Find(l.Stage)
		return ErrNegative.With(s.Label, l.Amount)
	}
	return nil
}

// ofItsProject: project money is for a project, and basic money for none.
func (l *Line) ofItsProject() error {
	if basic := l.Category == classification.Basic; basic == (l.Project != "") {
		label, _ := classification.Categories.Find(l.Category)
		return ErrProjectCode.With(label.Label, l.Project)
	}
	return nil
}

// ofItsCost: basic money is for staff and operating costs.
func (l *Line) ofItsCost() error {
	switch basic := l.Category == classification.Basic; {
	case basic && l.Economic == "":
		return ErrNoEconomic.With(l.Number)
	case basic && l.Cost == "":
		e, _ := classification.Economics.Find(l.Economic)
		return ErrNotBasic.With(e.Label)
	}
	return nil
}

// Doubts are what a reader should look at, though the line is kept as it came.
func (l *Line) Doubts() (faults fault.List) {
	if year := l.GivenOn.Year(); !classification.Function(l.Function).ValidIn(year) {
		faults = append(faults, ErrFunctionOfOtherYear.With(l.Number, l.Function, year))
	}
	return faults
}
