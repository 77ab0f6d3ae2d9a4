package internalrule

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Area is what a rule is about.
type Area string

// Areas is the list of areas.
var Areas = code.NewList("行政事业单位内部控制规范（试行）（财会〔2012〕21号）第四章；部门整体支出绩效评价",
	code.Of(Area("budget"), "预算管理", "budget"),
	code.Of(Area("income_expense"), "收支管理", "income and expenditure"),
	code.Of(Area("procurement"), "政府采购管理", "procurement"),
	code.Of(Area("asset"), "资产管理", "assets"),
	code.Of(Area("construction"), "建设项目管理", "construction"),
	code.Of(Area("contract"), "合同管理", "contracts"),
	code.Of(Area("accounting"), "会计核算", "accounting"),
	code.Of(Area("thrift"), "厉行节约", "thrift"),
	code.Of(Area("performance"), "预算绩效管理", "performance"),
	code.Of(Area("disclosure"), "信息公开", "disclosure"),
	code.Of(Area("other"), "其他", "other"),
)

// InternalRule is a rule that the bureau has given itself (内部管理制度).
type InternalRule struct {
	record.Head
	Number   string
	Name     string
	Area     Area
	Document string
	From     period.Day
	Until    period.Day // the first day on which it is no longer in force
}

// Fields, in the order of the list of rules (制度清单).
var (
	number   = field.Text("number", "制度编号", "rule number", func(r *InternalRule) *string { return &r.Number }, field.Max(40)).Required()
	name     = field.Text("name", "制度名称", "name", func(r *InternalRule) *string { return &r.Name }, field.Max(200)).Required()
	area     = field.Code("area", "业务领域", "area", func(r *InternalRule) *Area { return &r.Area }, Areas).Required()
	document = field.Text("document", "印发文号", "issued by", func(r *InternalRule) *string { return &r.Document }, field.Max(60)).Required()
	from     = field.Day("from_on", "施行日期", "in force from", func(r *InternalRule) *period.Day { return &r.From }).Required()
	until    = field.Day("until_on", "废止日期", "repealed on", func(r *InternalRule) *period.Day { return &r.Until }).Note("废止当日起不再计入", "no longer counted from this day on")
)

// InForce is how many rules are in force at the end of a period.
var InForce = measure.StockOf("rule.in_force", "现行制度数", "rules in force", "项", from, until)

// Kind is the kind of internal rules.
var Kind = record.Define("internal_rule", "内部管理制度", "internal rule", func(r *InternalRule) *record.Head { return &r.Head },
	number, name, area, document, from, until,
).Key(number).Rule((*InternalRule).inOrder, from, until).Measures(InForce)

// ErrRepealedEarly: a rule is not repealed before it is in force.
var ErrRepealedEarly = fault.Define("internal_rule.repealed_early", fault.Invalid,
	"废止日期%s早于施行日期%s", "repealed on %s is before in force from %s")

func (r *InternalRule) inOrder() error {
	if !r.Until.IsZero() && r.Until.Before(r.From) {
		return ErrRepealedEarly.With(r.Until, r.From)
	}
	return nil
}
