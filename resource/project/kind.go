package project

import (
	"anlan/ground/classification"
	"anlan/ground/code"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Project is a project in a year (项目).
type Project struct {
	record.Head
	Code        string
	Year        int64
	Name        string
	Section     string // which carries it out (实施单位)
	Goal        string // annual goal (年度总体目标)
	Result      string // what became of the goal
	ApprovedOn  period.Day
	Document    string // by which the targets were approved
	Targets     []Target
	Uses        []Use
	Adjustments []Adjustment
	CountedOn   period.Day // derived: the first day of the year, once approved
}

// Target is an indicator with the value promised for it (绩效指标).
type Target struct {
	First       Level
	Second      string
	Third       string
	Relation    Relation
	Value       maybe.Of[field.Scaled] // of a measurable target, four decimals
	Wording     string                 // of a qualitative target
	Unit        string
	Period      string
	Baseline    maybe.Of[field.Scaled]
	Source      string // evidence (数据来源、佐证资料)
	Points      maybe.Of[field.Scaled]
	Achieved    maybe.Of[field.Scaled]
	Achievement string         // in words
	Deviation   string         // why, and what is done about it
	Reached     maybe.Of[bool] // derived
}

// Use is what the project may be spent on: a functional item or an economic class, or both together.
type Use struct {
	Function string
	Economic classification.Economic
}

// Adjustment is a document by which approved targets were changed (绩效目标调整).
type Adjustment struct {
	On       period.Day
	Document string
	Reason   string
}

// Fields, in the order of the declaration form (项目支出绩效目标申报表).
var (
	projectCode = field.Text("code", "项目编码", "project code", func(p *Project) *string { return &p.Code }, field.Max(40)).Required().Fixed()
	year        = field.Number("year", "年度", "year", func(p *Project) *int64 { return &p.Year }, field.Between(2000, 2100)).Fixed()
	name        = field.Text("name", "项目名称", "name", func(p *Project) *string { return &p.Name }, field.Max(100)).Required()
	section     = field.Text("section", "实施单位", "carried out by", func(p *Project) *string { return &p.Section }, field.Max(100))
	goal        = field.Text("goal", "年度总体目标", "annual goal", func(p *Project) *string { return &p.Goal }, field.Max(1000))
	result      = field.Text("result", "目标完成情况", "what became of the goal", func(p *Project) *string { return &p.Result }, field.Max(1000))
	approvedOn  = field.Day("approved_on", "批复日期", "approved on", func(p *Project) *period.Day { return &p.ApprovedOn }, field.NotFuture)
	document    = field.Text("document", "批复文号", "approved by", func(p *Project) *string { return &p.Document }, field.Max(60))
	targets     = field.Rows("target", "绩效指标", "targets", func(p *Project) *[]Target { return &p.Targets },
		first, second, third, relation, value, wording, unit, span, baseline, source, points, achieved, achievement, deviation, reached)
	uses        = field.Rows("spending", "可列支科目", "may be spent on", func(p *Project) *[]Use { return &p.Uses }, function, economic)
	adjustments = field.Rows("adjustment", "绩效目标调整", "adjustments", func(p *Project) *[]Adjustment { return &p.Adjustments }, adjustedOn, adjustedBy, adjustedFor)
	countedOn   = field.Day("counted_on", "计入日期", "counted on", func(p *Project) *period.Day { return &p.CountedOn }).
			Note("批复后为年度首日，不必填写", "the first day of the year, once approved; need not be given").Computed()

	first       = field.Code("level_1", "一级指标", "first level", func(t *Target) *Level { return &t.First }, Levels).Required()
	second      = field.Text("level_2", "二级指标", "second level", func(t *Target) *string { return &t.Second }, field.Max(50)).Required()
	third       = field.Text("level_3", "三级指标", "third level", func(t *Target) *string { return &t.Third }, field.Max(100)).Required()
	relation    = field.Code("relation", "指标性质", "relation", func(t *Target) *Relation { return &t.Relation }, Relations).Required()
	value       = field.Quantity("target_value", "指标值", "target value", "", decimals, func(t *Target) *maybe.Of[field.Scaled] { return &t.Value })
	wording     = field.Text("wording", "定性目标", "qualitative target", func(t *Target) *string { return &t.Wording }, field.Max(200))
	unit        = field.Text("target_unit", "计量单位", "unit of measure", func(t *Target) *string { return &t.Unit }, field.Max(20))
	span        = field.Text("period", "考核期间", "period", func(t *Target) *string { return &t.Period }, field.Max(40))
	baseline    = field.Quantity("baseline", "上年实际值", "baseline", "", decimals, func(t *Target) *maybe.Of[field.Scaled] { return &t.Baseline })
	source      = field.Text("source", "数据来源", "evidence", func(t *Target) *string { return &t.Source }, field.Max(200))
	points      = field.Quantity("points", "分值", "points", "分", 2, func(t *Target) *maybe.Of[field.Scaled] { return &t.Points }, between0And100)
	achieved    = field.Quantity("achieved", "实际完成值", "achieved", "", decimals, func(t *Target) *maybe.Of[field.Scaled] { return &t.Achieved })
	achievement = field.Text("achievement", "完成情况说明", "achievement in words", func(t *Target) *string { return &t.Achievement }, field.Max(500))
	deviation   = field.Text("deviation", "偏差原因及改进措施", "deviation and remedy", func(t *Target) *string { return &t.Deviation }, field.Max(500))
	reached     = field.YesNo("reached", "是否完成", "reached", func(t *Target) *maybe.Of[bool] { return &t.Reached }).
			Note("定量指标由实际完成值算出，不必填写", "computed for a measurable target; need not be given").Derived()

	function = field.Text("function_code", "支出功能分类", "functional item", func(u *Use) *string { return &u.Function }, aFunction)
	economic = field.Code("economic_code", "支出经济分类", "economic class", func(u *Use) *classification.Economic { return &u.Economic }, classification.Economics)

	adjustedOn  = field.Day("adjusted_on", "调整日期", "adjusted on", func(a *Adjustment) *period.Day { return &a.On }, field.NotFuture).Required()
	adjustedBy  = field.Text("adjusted_by", "调整文号", "adjusted by", func(a *Adjustment) *string { return &a.Document }, field.Max(60)).Required()
	adjustedFor = field.Text("reason", "调整原因", "reason", func(a *Adjustment) *string { return &a.Reason }, field.Max(500)).Required()
)

// decimals of a target's value, baseline and achieved value.
const decimals = 4

var aFunction = field.Rule[string]{
	Words: lang.Of("7位支出功能分类科目（项）", "an item of the functional classification, 7 digits"),
	Holds: func(s string, _ period.Day) bool { return classification.Function(s).WellFormed() },
}

var between0And100 = field.Rule[field.Scaled]{
	Words: lang.Of("0至100", "between 0 and 100"),
	Holds: func(v field.Scaled, _ period.Day) bool { return 0 <= v && v <= 100_00 },
}

// Measures (统计项): what was approved for a year counts on its first day.
var (
	Count   = measure.Count("project.count", "批复项目数", "approved projects", "个", countedOn)
	Targets = measure.CountRows("target.count", "绩效指标数", "targets", "个", targets, countedOn)
	Reached = measure.CountRows("target.reached", "完成的绩效指标数", "targets reached", "个", targets, countedOn, reached.Is(maybe.Some(true)))
)

// Kind is the kind of projects.
var Kind = record.Define("project", "项目", "project", func(p *Project) *record.Head { return &p.Head },
	projectCode, year, name, section, goal, result, approvedOn, document, targets, uses, adjustments, countedOn,
).Key(projectCode, year).Derive((*Project).derive).Rule((*Project).inOrder, projectCode, year, name, approvedOn, document, targets).ChangeRule(changed).Measures(Count, Targets, Reached)

// The states.
const (
	Draft    record.State = "draft"
	Declared record.State = "declared"
	Approved record.State = "approved"
)

// States is the list of states.
var States = code.NewList("项目支出绩效目标管理",
	code.Of(Draft, "草稿", "draft"),
	code.Of(Declared, "已申报", "declared"),
	code.Of(Approved, "已批复", "approved"),
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, Draft,
	record.Transition("declare", "申报", "declare", Draft, Declared, (*Project).Declare),
	record.Transition("return", "退回", "return", Declared, Draft, (*Project).Return, record.Reasoned),
	record.Transition("approve", "批复", "approve", Declared, Approved, (*Project).Approve, record.FourEyes),
	record.Transition("adjust", "调整绩效目标", "adjust", Approved, Approved, (*Project).Adjust),
)
