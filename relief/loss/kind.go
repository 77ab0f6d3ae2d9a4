package loss

import (
	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Edition is the edition of a report.
type Edition string

// Editions, in the order in which one takes the place of another.
const (
	First     Edition = "first"
	FollowUp  Edition = "follow_up"
	Verified  Edition = "verified"
	Corrected Edition = "corrected"
)

// Editions is the list of editions.
var Editions = code.NewList("自然灾害情况统计调查制度（应急〔2020〕19号）",
	code.Of(First, "首报", "first"),
	code.Of(FollowUp, "续报", "follow-up"),
	code.Of(Verified, "核报", "verified"),
	code.Of(Corrected, "更正", "correction"),
)

// Report is what one unit reports of one disaster (灾情报告). All but the first three are derived from the newest edition.
type Report struct {
	record.Head
	Event     string // number of the disaster
	Reporter  place.Unit
	BeganOn   period.Day
	Issues    []Issue
	Edition   Edition
	As        period.Day // the day up to which the newest edition tells
	Affected  maybe.Of[int64]
	Relocated maybe.Of[int64]
	Deaths    maybe.Of[int64]
	Missing   maybe.Of[int64]
	Collapsed maybe.Of[int64]
	Crops     maybe.Of[field.Scaled] // hundredths of a hectare
	Loss      maybe.Of[money.Fen]
}

// Issue is one edition of a report. Absent is not recorded; zero is a report of none.
type Issue struct {
	Edition     Edition
	As          period.Day // 统计截止日期
	Affected    maybe.Of[int64]
	Relocated   maybe.Of[int64]
	Deaths      maybe.Of[int64]
	Missing     maybe.Of[int64]
	Collapsed   maybe.Of[int64]
	Crops       maybe.Of[field.Scaled]
	Loss        maybe.Of[money.Fen]
	Homes       maybe.Of[money.Fen]
	Farming     maybe.Of[money.Fen]
	Industry    maybe.Of[money.Fen]
	Works       maybe.Of[money.Fen]
	Services    maybe.Of[money.Fen]
	Explanation string
}

// Bounds of counts in a report.
var (
	people = field.Between(0, 100_000_000)
	rooms  = field.Between(0, 100_000_000)
)

// Fields, in the order of the form (自然灾害损失情况统计快报表).
var (
	event    = field.Text("event_no", "灾害编号", "disaster number", func(r *Report) *string { return &r.Event }, field.Max(40)).Required()
	reporter = field.Unit("reporter", "填报单位", "reporting unit", func(r *Report) *place.Unit { return &r.Reporter }).Required().
			Note("与所属单位一致", "the same as the unit of the record")
	beganOn = field.Day("began_on", "灾害开始日期", "disaster began on", func(r *Report) *period.Day { return &r.BeganOn }, field.NotFuture).Required()
	issues  = field.Rows("issue", "各次报告", "editions", func(r *Report) *[]Issue { return &r.Issues },
		issueEdition, issueAs, issueAffected, issueRelocated, issueDeaths, issueMissing, issueCollapsed, issueCrops,
		issueLoss, issueHomes, issueFarming, issueIndustry, issueWorks, issueServices, explanation)

	edition   = field.Code("edition", "数据版次", "edition", func(r *Report) *Edition { return &r.Edition }, Editions).Note(takenZh, takenEn).Computed()
	as        = field.Day("as_of_on", "数据截止日期", "as of", func(r *Report) *period.Day { return &r.As }).Note(takenZh, takenEn).Computed()
	affected  = field.Number("affected", "受灾人口", "people affected", func(r *Report) *maybe.Of[int64] { return &r.Affected }).Counts("人").Note(takenZh, takenEn).Computed()
	relocated = field.Number("relocated", "紧急转移安置人口", "people relocated", func(r *Report) *maybe.Of[int64] { return &r.Relocated }).Counts("人").Note(takenZh, takenEn).Computed()
	deaths    = field.Number("deaths", "因灾死亡人口", "deaths", func(r *Report) *maybe.Of[int64] { return &r.Deaths }).Counts("人").Note(takenZh, takenEn).Computed()
	missing   = field.Number("missing", "因灾失踪人口", "missing", func(r *Report) *maybe.Of[int64] { return &r.Missing }).Counts("人").Note(takenZh, takenEn).Computed()
	collapsed = field.Number("collapsed", "倒塌房屋", "rooms collapsed", func(r *Report) *maybe.Of[int64] { return &r.Collapsed }).Counts("间").Note(takenZh, takenEn).Computed()
	crops     = field.Quantity("crops", "农作物受灾面积", "crops affected", "公顷", 2, func(r *Report) *maybe.Of[field.Scaled] { return &r.Crops }).Note(takenZh, takenEn).Computed()
	loss      = field.Money("loss", "直接经济损失", "direct loss", func(r *Report) *maybe.Of[money.Fen] { return &r.Loss }).Note(takenZh, takenEn).Computed()

	issueEdition   = field.Code("edition", "报告类型", "edition", func(i *Issue) *Edition { return &i.Edition }, Editions).Required()
	issueAs        = field.Day("as_of_on", "统计截止日期", "as of", func(i *Issue) *period.Day { return &i.As }, field.NotFuture).Required()
	issueAffected  = field.Number("affected", "受灾人口", "people affected", func(i *Issue) *maybe.Of[int64] { return &i.Affected }, people).Counts("人")
	issueRelocated = field.Number("relocated", "紧急转移安置人口", "people relocated", func(i *Issue) *maybe.Of[int64] { return &i.Relocated }, people).Counts("人")
	issueDeaths    = field.Number("deaths", "因灾死亡人口", "deaths", func(i *Issue) *maybe.Of[int64] { return &i.Deaths }, people).Counts("人")
	issueMissing   = field.Number("missing", "因灾失踪人口", "missing", func(i *Issue) *maybe.Of[int64] { return &i.Missing }, people).Counts("人")
	issueCollapsed = field.Number("collapsed", "倒塌房屋", "rooms collapsed", func(i *Issue) *maybe.Of[int64] { return &i.Collapsed }, rooms).Counts("间")
	issueCrops     = field.Quantity("crops", "农作物受灾面积", "crops affected", "公顷", 2, func(i *Issue) *maybe.Of[field.Scaled] { return &i.Crops })
	issueLoss      = field.Money("loss", "直接经济损失", "direct loss", func(i *Issue) *maybe.Of[money.Fen] { return &i.Loss }, field.NotNegative)
	issueHomes     = field.Money("loss_homes", "房屋及居民家庭财产损失", "loss of homes", func(i *Issue) *maybe.Of[money.Fen] { return &i.Homes }, field.NotNegative)
	issueFarming   = field.Money("loss_farming", "农林牧渔业损失", "loss of farming", func(i *Issue) *maybe.Of[money.Fen] { return &i.Farming }, field.NotNegative)
	issueIndustry  = field.Money("loss_industry", "工矿商贸业损失", "loss of industry and trade", func(i *Issue) *maybe.Of[money.Fen] { return &i.Industry }, field.NotNegative)
	issueWorks     = field.Money("loss_works", "基础设施损失", "loss of infrastructure", func(i *Issue) *maybe.Of[money.Fen] { return &i.Works }, field.NotNegative)
	issueServices  = field.Money("loss_services", "公共服务损失", "loss of public services", func(i *Issue) *maybe.Of[money.Fen] { return &i.Services }, field.NotNegative)
	explanation    = field.Text("explanation", "变动说明", "explanation of a change", func(i *Issue) *string { return &i.Explanation }, field.Max(500))
)

// The note of the fields that are copied from the newest edition.
const (
	takenZh = "取自最新一次报告，不必填写"
	takenEn = "taken from the newest edition; need not be given"
)

// Measures (统计项). Each counts the newest edition on the day on which the disaster began.
var (
	DirectLoss      = measure.Sum("disaster.direct_loss", "因灾直接经济损失", "direct loss by disasters", loss, beganOn)
	AffectedPeople  = measure.Sum("disaster.affected", "受灾人口", "people affected by disasters", affected, beganOn)
	RelocatedPeople = measure.Sum("disaster.relocated", "紧急转移安置人口", "people relocated by disasters", relocated, beganOn)
	DisasterDeaths  = measure.Sum("disaster.deaths", "因灾死亡人口", "deaths by disasters", deaths, beganOn)
	MissingPeople   = measure.Sum("disaster.missing", "因灾失踪人口", "missing by disasters", missing, beganOn)
	Reports         = measure.Count("disaster.reports", "灾情报告数", "loss reports", "份", beganOn)
	VerifiedReports = measure.Count("disaster.reports_verified", "已核报灾情报告数", "loss reports verified", "份", beganOn, edition.In(Verified, Corrected))
)

// Kind is the kind of loss reports.
var Kind = record.Define("loss_report", "灾情报告", "loss report", func(r *Report) *record.Head { return &r.Head },
	event, reporter, beganOn, issues, edition, as, affected, relocated, deaths, missing, collapsed, crops, loss,
).Key(event, reporter).Derive((*Report).takeNewest).Rule((*Report).byItsUnit).
	Measures(DirectLoss, AffectedPeople, RelocatedPeople, DisasterDeaths, MissingPeople, Reports, VerifiedReports)
