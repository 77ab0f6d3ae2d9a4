package voucher

import (
	"anlan/ground/classification"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// Voucher is an expenditure booked (支出凭证).
type Voucher struct {
	record.Head
	Number      string
	PaidOn      period.Day
	Summary     string
	Budget      classification.Budget
	Function    string // 项
	Economic    classification.Economic
	Category    classification.Category
	Project     string // code of the project
	Fund        string // 文号 of the earmarked fund
	Amount      money.Fen
	Payee       string                     // may be a person: personal data
	Cost        classification.Cost        // derived
	ThreePublic classification.ThreePublic // derived
}

// Fields, in the order of the expenditure ledger (支出明细账).
var (
	number   = field.Text("number", "凭证号", "voucher number", func(v *Voucher) *string { return &v.Number }, field.Max(40)).Required()
	paidOn   = field.Day("paid_on", "支付日期", "paid on", func(v *Voucher) *period.Day { return &v.PaidOn }, field.NotFuture).Required()
	summary  = field.Text("summary", "摘要", "summary", func(v *Voucher) *string { return &v.Summary }, field.Max(200)).Required()
	budget   = field.Code("budget", "预算类型", "budget", func(v *Voucher) *classification.Budget { return &v.Budget }, classification.Budgets).Required()
	function = field.Text("function_code", "支出功能分类", "functional item", func(v *Voucher) *string { return &v.Function }, aFunction).Required()
	economic = field.Code("economic_code", "支出经济分类", "economic class", func(v *Voucher) *classification.Economic { return &v.Economic }, classification.Economics).Required()
	category = field.Code("category", "支出类别", "category", func(v *Voucher) *classification.Category { return &v.Category }, classification.Categories).Required()
	project  = field.Text("project_code", "项目编码", "project code", func(v *Voucher) *string { return &v.Project }, field.Max(40))
	fund     = field.Text("fund_document", "专项资金文号", "document of the fund", func(v *Voucher) *string { return &v.Fund }, field.Max(60))
	amount   = field.Money("amount", "金额", "amount", func(v *Voucher) *money.Fen { return &v.Amount }, notZero).Note("红字冲销为负数", "negative for a reversal")
	payee    = field.Text("payee", "收款人", "payee", func(v *Voucher) *string { return &v.Payee }, field.Max(100)).Sensitive(access.Personal)
	cost     = field.Code("cost", "经费类别", "cost", func(v *Voucher) *classification.Cost { return &v.Cost }, classification.Costs).
			Note("由支出类别和支出经济分类算出，不必填写", "computed from category and economic class; need not be given").Computed()
	threePublic = field.Code("three_public", "三公项目", "three public expense", func(v *Voucher) *classification.ThreePublic { return &v.ThreePublic }, classification.ThreePublics).
			Note("由支出经济分类算出，不必填写", "computed from the economic class; need not be given").Computed()
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
	Paid      = measure.Sum("voucher.paid", "支出", "paid", amount, paidOn)
	Basic     = measure.Sum("voucher.basic", "基本支出", "basic expenditure", amount, paidOn, category.Is(classification.Basic))
	Staff     = measure.Sum("voucher.staff", "人员经费支出", "staff costs", amount, paidOn, cost.Is(classification.StaffCost))
	Operating = measure.Sum("voucher.operating", "公用经费支出", "operating costs", amount, paidOn, cost.Is(classification.OperatingCost))
	Project   = measure.Sum("voucher.project", "项目支出", "project expenditure", amount, paidOn, category.Is(classification.Project))

	SpecialAccount = measure.Sum("voucher.special_account", "财政专户管理资金支出", "paid out of the special fiscal account", amount, paidOn, budget.Is(classification.SpecialAccount))
	OwnFunds       = measure.Sum("voucher.own_funds", "单位资金支出", "paid out of own funds", amount, paidOn, budget.Is(classification.OwnFunds))

	ThreePublics    = measure.Sum("three_public.spent", "三公经费支出", "spent on the three publics", amount, paidOn, threePublic.Stated())
	Abroad          = measure.Sum("three_public.spent_abroad", "因公出国（境）费支出", "spent on travel abroad", amount, paidOn, threePublic.Is(classification.Abroad))
	VehiclePurchase = measure.Sum("three_public.spent_vehicle_purchase", "公务用车购置费支出", "spent on vehicle purchase", amount, paidOn, threePublic.Is(classification.VehiclePurchase))
	VehicleRunning  = measure.Sum("three_public.spent_vehicle_running", "公务用车运行维护费支出", "spent on vehicle running", amount, paidOn, threePublic.Is(classification.VehicleRunning))
	Hospitality     = measure.Sum("three_public.spent_hospitality", "公务接待费支出", "spent on hospitality", amount, paidOn, threePublic.Is(classification.Hospitality))
)

// Kind is the kind of vouchers.
var Kind = record.Define("voucher", "支出凭证", "voucher", func(v *Voucher) *record.Head { return &v.Head },
	number, paidOn, summary, budget, function, economic, category, project, fund, amount, payee, cost, threePublic,
).Key(number).Ordered(paidOn).Derive((*Voucher).derive).
	Rule((*Voucher).ofItsProject, category, project).Rule((*Voucher).ofItsCost, category, economic).
	Measures(Paid, Basic, Staff, Operating, Project, SpecialAccount, OwnFunds, ThreePublics, Abroad, VehiclePurchase, VehicleRunning, Hospitality)
