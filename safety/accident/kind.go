package accident

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Fate is what became of a casualty.
type Fate string

// Fates of casualties.
const (
	Death   Fate = "death"
	Missing Fate = "missing"
	Serious Fate = "serious"
	Minor   Fate = "minor"
)

// Fates is the list of fates.
var Fates = code.NewList("生产安全事故统计调查制度",
	code.Of(Death, "死亡", "death"),
	code.Of(Missing, "下落不明", "missing"),
	code.Of(Serious, "重伤", "serious injury"),
	code.Of(Minor, "轻伤", "minor injury"),
)

// Sector is the line of supervision that an accident belongs to (管理分类).
type Sector string

// Sectors in which a death counts for a shorter time.
const (
	SectorRoad Sector = "road"
	SectorFire Sector = "fire"
)

// Sectors is the list of sectors.
var Sectors = code.NewList("生产安全事故统计调查制度",
	code.Of(Sector("coal"), "煤矿", "coal mine"),
	code.Of(Sector("mine"), "非煤矿山", "mine other than coal"),
	code.Of(Sector("chemical"), "危险化学品", "hazardous chemicals"),
	code.Of(Sector("firework"), "烟花爆竹", "fireworks"),
	code.Of(Sector("trade"), "工贸", "industry and trade"),
	code.Of(Sector("building"), "建筑施工", "building"),
	code.Of(SectorRoad, "道路运输", "road transport"),
	code.Of(Sector("water"), "水上交通", "shipping"),
	code.Of(Sector("rail"), "铁路运输", "railway"),
	code.Of(SectorFire, "火灾", "fire"),
	code.Of(Sector("farm"), "农业机械", "farm machinery"),
	code.Of(Sector("fishing"), "渔业船舶", "fishing"),
	code.Of(Sector("other"), "其他", "other"),
)

// Accident is a work-safety accident (生产安全事故).
type Accident struct {
	record.Head
	Number       string
	OccurredOn   period.Day
	ReportedOn   period.Day
	Sector       Sector
	EnterpriseID ident.ID
	Enterprise   string
	Summary      string
	Casualties   []Casualty
	Loss         maybe.Of[money.Fen] // direct economic loss (GB 6721)
	CancelledOn  period.Day
	CancelledBy  string
	Grade        Grade // derived
}

// Casualty is a person killed, missing or hurt.
type Casualty struct {
	Name   string
	Fate   Fate
	DiedOn period.Day
	// Uncounted is derived: true when the row counts nowhere, because the death came too late or the accident is cancelled.
	Uncounted maybe.Of[bool]
}

// Fields, in the order of the ledger (事故台账).
var (
	number       = field.Text("number", "事故编号", "accident number", func(a *Accident) *string { return &a.Number }, field.Max(40)).Required()
	occurredOn   = field.Day("occurred_on", "发生日期", "occurred on", func(a *Accident) *period.Day { return &a.OccurredOn }, field.NotFuture).Required()
	reportedOn   = field.Day("reported_on", "接报日期", "reported on", func(a *Accident) *period.Day { return &a.ReportedOn }, field.NotFuture)
	sector       = field.Code("sector", "管理分类", "sector", func(a *Accident) *Sector { return &a.Sector }, Sectors)
	enterpriseID = field.Ref("enterprise", "enterprise", "监管企业", "supervised enterprise", func(a *Accident) *ident.ID { return &a.EnterpriseID })
	enterprise   = field.Text("enterprise_name", "事故单位", "enterprise name", func(a *Accident) *string { return &a.Enterprise }, field.Max(100))
	summary      = field.Text("summary", "事故概况", "summary", func(a *Accident) *string { return &a.Summary }, field.Max(2000))
	casualties   = field.Rows("casualty", "伤亡人员", "casualties", func(a *Accident) *[]Casualty { return &a.Casualties }, name, fate, diedOn, uncounted)
	loss         = field.Money("loss", "直接经济损失", "direct loss", func(a *Accident) *maybe.Of[money.Fen] { return &a.Loss }, field.NotNegative)
	cancelledOn  = field.Day("cancelled_on", "核销日期", "cancelled on", func(a *Accident) *period.Day { return &a.CancelledOn }, field.NotFuture)
	cancelledBy  = field.Text("cancelled_by", "核销文号", "cancelled by document", func(a *Accident) *string { return &a.CancelledBy }, field.Max(100))
	grade        = field.Code("grade", "事故等级", "grade", func(a *Accident) *Grade { return &a.Grade }, Grades).
			Note("由伤亡人数和直接经济损失算出，不必填写", "computed from casualties and loss; need not be given").Computed()

	name      = field.Person("name", "姓名", "name", func(c *Casualty) *string { return &c.Name }, field.Max(50))
	fate      = field.Code("fate", "伤亡情况", "fate", func(c *Casualty) *Fate { return &c.Fate }, Fates).Required()
	diedOn    = field.Day("died_on", "死亡日期", "died on", func(c *Casualty) *period.Day { return &c.DiedOn }, field.NotFuture)
	uncounted = field.YesNo("uncounted", "不计入统计", "not counted", func(c *Casualty) *maybe.Of[bool] { return &c.Uncounted }).
			Note("由死亡日期和核销日期算出，不必填写", "computed from the day of death and the cancellation; need not be given").Computed()
)

// Measures (统计项). A cancelled accident (核销) counts in none of them.
var (
	Count    = measure.Count("accident.count", "事故起数", "accidents", "起", occurredOn, cancelledOn.Absent())
	Deaths   = measure.CountRows("accident.deaths", "死亡人数", "deaths", "人", casualties, occurredOn, fate.Is(Death), uncounted.Absent())
	Injuries = measure.CountRows("accident.injuries", "受伤人数", "injuries", "人", casualties, occurredOn, fate.In(Serious, Minor), uncounted.Absent())
	Graver   = measure.Count("accident.major", "较大及以上事故起数", "serious and graver accidents", "起", occurredOn, cancelledOn.Absent(), grade.In(GradeSerious, GradeMajor, GradeExceptional))
	Loss     = measure.Sum("accident.loss", "直接经济损失", "direct loss", loss, occurredOn, cancelledOn.Absent())
)

// Kind is the kind of accidents.
var Kind = record.Define("accident", "生产安全事故", "accident", func(a *Accident) *record.Head { return &a.Head },
	number, occurredOn, reportedOn, sector, enterpriseID, enterprise, summary, casualties, loss, cancelledOn, cancelledBy, grade,
).Key(number).Derive((*Accident).derive).Rule((*Accident).cancelledByDocument, cancelledOn, cancelledBy).Measures(Count, Deaths, Injuries, Graver, Loss)

// ErrCancelledWithoutDocument: an accident leaves the statistics by a decision of the authority that may, never by a day alone.
var ErrCancelledWithoutDocument = fault.Define("accident.cancelled_without_document", fault.Invalid,
	"核销日期和核销文号必须同时填写", "the day and the document of a cancellation are given together")

func (a *Accident) cancelledByDocument() error {
	if a.CancelledOn.IsZero() != (a.CancelledBy == "") {
		return ErrCancelledWithoutDocument.With()
	}
	return nil
}
