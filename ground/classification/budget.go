package classification

import "anlan/ground/code"

// Budget is out of which money is spent (资金性质): one of the four budgets (四本预算), what stands in the special fiscal account,
// or the unit's own funds.
type Budget string

// The four budgets, and the money beside them.
const (
	GeneralPublic   Budget = "general_public"
	GovernmentFund  Budget = "government_fund"
	StateCapital    Budget = "state_capital"
	SocialInsurance Budget = "social_insurance"
	SpecialAccount  Budget = "special_account" // 纳入专户管理的非税收入
	OwnFunds        Budget = "own_funds"
)

// Budgets is the list of the four budgets and of the money beside them.
var Budgets = code.NewList("中华人民共和国预算法（2018年修正）第五条；预算管理一体化规范（财办〔2020〕13号）",
	code.Of(GeneralPublic, "一般公共预算", "general public budget"),
	code.Of(GovernmentFund, "政府性基金预算", "government-managed funds budget"),
	code.Of(StateCapital, "国有资本经营预算", "state capital operations budget"),
	code.Of(SocialInsurance, "社会保险基金预算", "social insurance funds budget"),
	code.Of(SpecialAccount, "财政专户管理资金", "money in the special fiscal account"),
	code.Of(OwnFunds, "单位资金", "own funds"),
)

// Appropriated says whether the money is one of the four budgets (财政拨款).
func (b Budget) Appropriated() bool {
	switch b {
	case GeneralPublic, GovernmentFund, StateCapital, SocialInsurance:
		return true
	}
	return false
}

// Category is basic or project expenditure (基本支出、项目支出).
type Category string

// The categories of expenditure.
const (
	Basic   Category = "basic"
	Project Category = "project"
)

// Categories is the list of categories of expenditure.
var Categories = code.NewList("部门预算管理：基本支出、项目支出",
	code.Of(Basic, "基本支出", "basic expenditure"),
	code.Of(Project, "项目支出", "project expenditure"),
)

// Cost is what an expenditure is printed under: basic expenditure divides into staff and operating costs.
type Cost string

// The costs.
const (
	StaffCost     Cost = "staff"
	OperatingCost Cost = "operating"
	ProjectCost   Cost = "project"
)

// Costs is the list of costs.
var Costs = code.NewList("部门决算：人员经费、公用经费、项目支出",
	code.Of(StaffCost, "人员经费", "staff costs"),
	code.Of(OperatingCost, "公用经费", "operating costs"),
	code.Of(ProjectCost, "项目支出", "project costs"),
)

// CostOf derives the cost. ok is false where basic expenditure may not be spent on the economic class (the plan of capital
// construction, interest, subsidies to enterprises and funds are projects) or the class is not of the form.
func CostOf(c Category, e Economic) (cost Cost, ok bool) {
	switch {
	case c == Project:
		return ProjectCost, e.Class() != ""
	case c != Basic:
		return "", false
	}
	switch e.Class() {
	case "301", "303":
		return StaffCost, true
	case "302", "310":
		return OperatingCost, true
	}
	return "", false
}

// ThreePublic is one of the three publics ("三公"经费); vehicles are two of the four, purchase and running.
type ThreePublic string

// The three publics.
const (
	Abroad          ThreePublic = "abroad"
	VehiclePurchase ThreePublic = "vehicle_purchase"
	VehicleRunning  ThreePublic = "vehicle_running"
	Hospitality     ThreePublic = "hospitality"
)

// ThreePublics is the list of the three publics.
var ThreePublics = code.NewList("党政机关厉行节约反对浪费条例；部门决算“三公”经费口径",
	code.Of(Abroad, "因公出国（境）费", "travel abroad on duty"),
	code.Of(VehiclePurchase, "公务用车购置费", "purchase of official vehicles"),
	code.Of(VehicleRunning, "公务用车运行维护费", "running of official vehicles"),
	code.Of(Hospitality, "公务接待费", "official hospitality"),
)

// ThreePublicOf derives the three public expense of an economic class, of basic and project expenditure alike; "" when it
// is none.
func ThreePublicOf(e Economic) ThreePublic {
	switch e {
	case "30212":
		return Abroad
	case "30217":
		return Hospitality
	case "30231":
		return VehicleRunning
	case "30913", "31013":
		return VehiclePurchase
	}
	return ""
}
