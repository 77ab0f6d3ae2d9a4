package procurement

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Sort is what is bought.
type Sort string

// Sorts is the list of sorts.
var Sorts = code.NewList("中华人民共和国政府采购法第二条",
	code.Of(Sort("goods"), "货物", "goods"),
	code.Of(Sort("works"), "工程", "works"),
	code.Of(Sort("services"), "服务", "services"),
)

// Method is how it is bought.
type Method string

// Methods is the list of methods.
var Methods = code.NewList("中华人民共和国政府采购法第二十六条；财政部令第110号（框架协议）；财库〔2014〕214号（磋商）",
	code.Of(Method("open_tender"), "公开招标", "open tender"),
	code.Of(Method("invited_tender"), "邀请招标", "invited tender"),
	code.Of(Method("negotiation"), "竞争性谈判", "competitive negotiation"),
	code.Of(Method("consultation"), "竞争性磋商", "competitive consultation"),
	code.Of(Method("single_source"), "单一来源采购", "single source"),
	code.Of(Method("inquiry"), "询价", "inquiry"),
	code.Of(Method("framework"), "框架协议采购", "framework agreement"),
	code.Of(Method("mall"), "电子卖场", "electronic mall"),
)

// Procurement is a purchase by the rules of government procurement (政府采购).
type Procurement struct {
	record.Head
	Number       string
	Name         string
	Sort         Sort
	Method       Method
	PlannedOn    period.Day
	Planned      money.Fen
	ContractedOn period.Day
	Actual       maybe.Of[money.Fen]
	Supplier     string
	Project      string // code of the project
}

// Fields, in the order of the register (政府采购台账).
var (
	number       = field.Text("number", "采购计划编号", "plan number", func(p *Procurement) *string { return &p.Number }, field.Max(40)).Required()
	name         = field.Text("name", "采购内容", "what is bought", func(p *Procurement) *string { return &p.Name }, field.Max(200)).Required()
	sort         = field.Code("sort", "采购品目", "sort", func(p *Procurement) *Sort { return &p.Sort }, Sorts).Required()
	method       = field.Code("method", "采购方式", "method", func(p *Procurement) *Method { return &p.Method }, Methods).Required()
	plannedOn    = field.Day("planned_on", "计划备案日期", "planned on", func(p *Procurement) *period.Day { return &p.PlannedOn }).Required()
	planned      = field.Money("planned", "采购预算金额", "planned amount", func(p *Procurement) *money.Fen { return &p.Planned }, field.NotNegative)
	contractedOn = field.Day("contracted_on", "合同签订日期", "contracted on", func(p *Procurement) *period.Day { return &p.ContractedOn }, field.NotFuture)
	actual       = field.Money("actual", "实际采购金额", "actual amount", func(p *Procurement) *maybe.Of[money.Fen] { return &p.Actual }, field.NotNegative)
	supplier     = field.Text("supplier", "供应商", "supplier", func(p *Procurement) *string { return &p.Supplier }, field.Max(100))
	project      = field.Text("project_code", "项目编码", "project code", func(p *Procurement) *string { return &p.Project }, field.Max(40))
)

// Measures (统计项).
var (
	PlannedSum = measure.Sum("procurement.planned", "政府采购预算数", "procurement planned", planned, plannedOn)
	ActualSum  = measure.Sum("procurement.actual", "实际政府采购金额", "procurement contracted", actual, contractedOn)
)

// Kind is the kind of procurements.
var Kind = record.Define("procurement", "政府采购", "procurement", func(p *Procurement) *record.Head { return &p.Head },
	number, name, sort, method, plannedOn, planned, contractedOn, actual, supplier, project,
).Key(number).Rule((*Procurement).whole, number, contractedOn, actual).Measures(PlannedSum, ActualSum)

// Faults of procurements.
var (
	ErrContract = fault.Define("procurement.contract", fault.Invalid,
		"采购%s的合同签订日期和实际采购金额应同时填写或同时不填", "procurement %s: day and amount of the contract are given together or not at all")
	ErrContractedEarly = fault.Define("procurement.contracted_early", fault.Conflict,
		"采购%s的合同签订于%s，早于计划备案日期%s：无计划先采购", "the contract of procurement %s is of %s, before its plan of %s")
	ErrBeyondPlan = fault.Define("procurement.beyond_plan", fault.Conflict,
		"采购%s预算%s元，合同%s元，超预算采购", "procurement %s was planned at %s 元 and contracted at %s 元: beyond its plan")
)

func (p *Procurement) whole() error {
	if p.ContractedOn.IsZero() == p.Actual.OK {
		return ErrContract.With(p.Number)
	}
	return nil
}

// Doubts are what a reader should look at, though the purchase is kept as it came.
func (p *Procurement) Doubts() (faults fault.List) {
	if !p.ContractedOn.IsZero() && p.ContractedOn.Before(p.PlannedOn) {
		faults = append(faults, ErrContractedEarly.With(p.Number, p.ContractedOn, p.PlannedOn))
	}
	if p.Actual.OK && p.Actual.V > p.Planned {
		faults = append(faults, ErrBeyondPlan.With(p.Number, p.Planned, p.Actual.V))
	}
	return faults
}
