package budgetline

import (
	"anlan/ground/classification"
	"anlan/ground/code"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Stage is how a line comes into the budget of the year.
type Stage string

// The stages.
const (
	Initial    Stage = "initial"
	CarriedIn  Stage = "carried_in"
	Supplement Stage = "supplement"
	Reduction  Stage = "reduction"
	Adjustment Stage = "adjustment"
)

// Stages is the list of stages.
var Stages = code.NewList("预算法及其实施条例：预算批复、结转、调整、调剂",
	code.Of(Initial, "年初预算", "initial budget"),
	code.Of(CarriedIn, "上年结转", "carried in from last year"),
	code.Of(Supplement, "追加", "supplement"),
	code.Of(Reduction, "追减", "reduction"),
	code.Of(Adjustment, "调剂", "adjustment between lines"),
)

// Line is a budget line (预算指标).
type Line struct {
	record.Head
	Number   string
	GivenOn  period.Day
	Document string
	Budget   classification.Budget
	Stage    Stage
	Function string // 项
	Economic classification.Economic
	Category classification.Category
	Project  string // code of the project
	Amount   money.Fen
	Summary  string
	Counted  money.Fen           // derived: with the sign of its stage
	Cost     classification.Cost // derived
}

// Fields, in the order of the register of budget lines (指标台账).
var (
	number   = field.Text("number", "指标编号", "line number", func(l *Line) *string { return &l.Number }, field.Max(40)).Required()
	givenOn  = field.Day("given_on", "下达日期", "given on", func(l *Line) *period.Day { return &l.GivenOn }).Required().Note("计入该日所在年度；提前下达的填预算年度内的日期", "counts in the year of this day; what is given ahead takes a day of the budget year")
	document = field.Text("document", "文号", "document number", func(l *Line) *string { return &l.Document }, field.Max(60)).Required()
	budget   = field.Code("budget", "预算类型", "budget", func(l *Line) *classification.Budget { return &l.Budget }, classification.Budgets).Required()
	stage    = field.Code("stage", "指标类型", "stage", func(l *Line) *Stage { return &l.Stage }, Stages).Required()
	function = field.Text("function_code", "支出功能分类", "functional item", func(l *Line) *string { return &l.Function }, aFunction).Required()
	economic = field.Code("economic_code", "支出经济分类", "economic class", func(l *Line) *classification.Economic { return &l.Economic }, classification.Economics)
	category = field.Code("category", "支出类别", "category", func(l *Line) *classification.Category { return &l.Category }, classification.Categories).Required()
	project  = field.Text("project_code", "项目编码", "project code", func(l *Line) *string { return &l.Project }, field.Max(40))
	amount   = field.Money("amount", "金额", "amount", func(l *Line) *money.Fen { return &l.Amount }, notZero)
	summary  = field.Text("summary", "摘要", "summary", func(l *Line) *string { return &l.Summary }, field.Max(200))
	counted  = field.Money("counted", "计入金额", "counted amount", func(l *Line) *money.Fen { return &l.Counted }).
			Note("由金额和指标类型算出，追减为负，不必填写", "computed from amount and stage, reductions negative; need not be given").Computed()
	cost = field.Code("cost", "经费类别", "cost", func(l *Line) *classification.Cost { return &l.Cost }, classification.Costs).
		Note("由支出类别和支出经济分类算出，不必填写", "computed from category and economic class; need not be given").Computed()
)

var aFunction = field.Rule[string]{
	Words: lang.Of("7位支出功能分类科目（项）", "an item of the functional classification, 7 digits"),
	Holds: func(s string, _ period.Day) bool { return classification.Function(s).WellFormed() },
}

var notZero = field.Rule[money.Fen]{
	Words: lang.Of("不为0", "other than zero"),
	Holds: func(v money.Fen, _ period.Day) bool { return v != 0 },
}

// Measures (统计项).
var (
	InitialSum     = measure.Sum("budget.initial", "年初预算数", "initial budget", counted, givenOn, stage.Is(Initial))
	CarriedInSum   = measure.Sum("budget.carried_in", "上年结转数", "carried in", counted, givenOn, stage.Is(CarriedIn))
	Added          = measure.Sum("budget.added", "年中追加数（减追减）", "supplements less reductions", counted, givenOn, stage.In(Supplement, Reduction))
	Adjusted       = measure.Sum("budget.adjusted", "调剂净额", "net of adjustments", counted, givenOn, stage.Is(Adjustment))
	Total          = measure.Sum("budget.total", "全年预算数", "full-year budget", counted, givenOn)
	InitialBasic   = measure.Sum("budget.initial_basic", "年初基本支出预算数", "initial budget of basic expenditure", counted, givenOn, stage.Is(Initial), category.Is(classification.Basic))
	InitialProject = measure.Sum("budget.initial_project", "年初项目支出预算数", "initial budget of projects", counted, givenOn, stage.Is(Initial), category.Is(classification.Project))
	Staff          = measure.Sum("budget.staff", "人员经费预算数", "budget of staff costs", counted, givenOn, cost.Is(classification.StaffCost))
	Operating      = measure.Sum("budget.operating", "公用经费预算数", "budget of operating costs", counted, givenOn, cost.Is(classification.OperatingCost))
	Basic          = measure.Sum("budget.basic", "基本支出全年预算数", "full-year budget of basic expenditure", counted, givenOn, category.Is(classification.Basic))
	Projects       = measure.Sum("budget.project", "项目支出全年预算数", "full-year budget of projects", counted, givenOn, category.Is(classification.Project))

	InitialOperating = measure.Sum("budget.initial_operating", "年初公用经费预算数", "initial budget of operating costs", counted, givenOn, stage.Is(Initial), cost.Is(classification.OperatingCost))
)

// Measures by the money out of which they are planned (按收入性质分): each line is in one of the four, so that they add up to the
// initial and to the full-year budget.
var (
	InitialGeneralPublic  = measure.Sum("budget.initial_general_public", "一般公共预算年初预算数", "initial budget of the general public budget", counted, givenOn, stage.Is(Initial), budget.Is(classification.GeneralPublic))
	InitialGovernmentFund = measure.Sum("budget.initial_government_fund", "政府性基金年初预算数", "initial budget of government-managed funds", counted, givenOn, stage.Is(Initial), budget.Is(classification.GovernmentFund))
	InitialSpecialAccount = measure.Sum("budget.initial_special_account", "财政专户管理资金年初预算数", "initial budget of the special fiscal account", counted, givenOn, stage.Is(Initial), budget.Is(classification.SpecialAccount))
	InitialOther          = measure.Sum("budget.initial_other", "其他资金年初预算数", "initial budget of other money", counted, givenOn, stage.Is(Initial), otherMoney)

	GeneralPublic  = measure.Sum("budget.general_public", "一般公共预算全年预算数", "full-year budget of the general public budget", counted, givenOn, budget.Is(classification.GeneralPublic))
	GovernmentFund = measure.Sum("budget.government_fund", "政府性基金全年预算数", "full-year budget of government-managed funds", counted, givenOn, budget.Is(classification.GovernmentFund))
	SpecialAccount = measure.Sum("budget.special_account", "财政专户管理资金全年预算数", "full-year budget of the special fiscal account", counted, givenOn, budget.Is(classification.SpecialAccount))
	Other          = measure.Sum("budget.other", "其他资金全年预算数", "full-year budget of other money", counted, givenOn, otherMoney)
)

// otherMoney is what the form of the whole department has no row for (其他资金).
var otherMoney = budget.In(classification.StateCapital, classification.SocialInsurance, classification.OwnFunds)

// Kind is the kind of budget lines.
var Kind = record.Define("budget_line", "预算指标", "budget line", func(l *Line) *record.Head { return &l.Head },
	number, givenOn, document, budget, stage, function, economic, category, project, amount, summary, counted, cost,
).Key(number).Derive((*Line).derive).Rule((*Line).signed, stage, amount).
	Rule((*Line).ofItsProject, category, project).Rule((*Line).ofItsCost, number, category, economic).
	Measures(InitialSum, CarriedInSum, Added, Adjusted, Total, InitialBasic, InitialProject, Basic, Projects, Staff, Operating, InitialOperating,
		InitialGeneralPublic, InitialGovernmentFund, InitialSpecialAccount, InitialOther, GeneralPublic, GovernmentFund, SpecialAccount, Other)
