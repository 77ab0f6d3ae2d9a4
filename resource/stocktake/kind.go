package stocktake

import (
	"anlan/ground/code"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Result is what a line comes to.
type Result string

// Results.
const (
	Agrees   Result = "agrees"
	Differs  Result = "differs"
	Shortage Result = "shortage"
	Surplus  Result = "surplus"
)

// Results is the list of results.
var Results = code.NewList("行政事业性国有资产管理条例（国务院令第738号）；资产清查",
	code.Of(Agrees, "相符", "agrees"),
	code.Of(Differs, "信息不符", "differs"),
	code.Of(Shortage, "盘亏", "shortage"),
	code.Of(Surplus, "盘盈", "surplus"),
)

// StockTake is a stock-take (盘点).
type StockTake struct {
	record.Head
	Number string
	Name   string
	AsOf   period.Day // 基准日
	Lines  []Line
}

// Line is what was found of one card, or a thing that has none.
type Line struct {
	Card       string // asset number; none for a surplus
	Name       string
	Location   string // by the book
	Found      bool
	FoundAt    string
	Difference string // in anything but the place
	Result     Result // derived
	Resolution string
	ResolvedOn period.Day
}

// Fields, in the order of the sheet (盘点表).
var (
	number = field.Text("number", "盘点编号", "stock-take number", func(s *StockTake) *string { return &s.Number }, field.Max(40)).Required()
	name   = field.Text("name", "盘点名称", "name", func(s *StockTake) *string { return &s.Name }, field.Max(100)).Required()
	asOf   = field.Day("as_of_on", "盘点基准日", "as of", func(s *StockTake) *period.Day { return &s.AsOf }, field.NotFuture).Required()
	lines  = field.Rows("line", "盘点明细", "lines", func(s *StockTake) *[]Line { return &s.Lines }, card, thing, location, found, foundAt, difference, result, resolution, resolvedOn)

	card       = field.Text("asset_number", "资产编号", "asset number", func(l *Line) *string { return &l.Card }, field.Max(40)).Note("盘盈的实物没有编号", "a thing without a card has none")
	thing      = field.Text("thing", "资产名称", "thing", func(l *Line) *string { return &l.Name }, field.Max(100)).Required()
	location   = field.Text("location", "账面存放地点", "location by the book", func(l *Line) *string { return &l.Location }, field.Max(100))
	found      = field.YesNo("found", "是否见到实物", "found", func(l *Line) *bool { return &l.Found })
	foundAt    = field.Text("found_location", "实际存放地点", "found at", func(l *Line) *string { return &l.FoundAt }, field.Max(100))
	difference = field.Text("difference", "其他不符", "other difference", func(l *Line) *string { return &l.Difference }, field.Max(200))
	result     = field.Code("result", "盘点结果", "result", func(l *Line) *Result { return &l.Result }, Results).Note("算出，不必填写", "computed; need not be given").Computed()
	resolution = field.Text("resolution", "处理情况", "resolution", func(l *Line) *string { return &l.Resolution }, field.Max(300))
	resolvedOn = field.Day("resolved_on", "处理日期", "resolved on", func(l *Line) *period.Day { return &l.ResolvedOn }, field.NotFuture)
)

// Measures (统计项), on the day of the list.
var (
	AgreesCount   = measure.CountRows("stocktake.agrees", "盘点相符数", "things that agree", "件", lines, asOf, result.Is(Agrees))
	DiffersCount  = measure.CountRows("stocktake.differs", "盘点信息不符数", "things that differ", "件", lines, asOf, result.Is(Differs))
	ShortageCount = measure.CountRows("stocktake.shortage", "盘亏数", "cards without things", "件", lines, asOf, result.Is(Shortage))
	SurplusCount  = measure.CountRows("stocktake.surplus", "盘盈数", "things without cards", "件", lines, asOf, result.Is(Surplus))
)

// Kind is the kind of stock-takes.
var Kind = record.Define("stock_take", "资产盘点", "stock-take", func(s *StockTake) *record.Head { return &s.Head },
	number, name, asOf, lines,
).Key(number).Derive((*StockTake).derive).Rule((*StockTake).whole, lines).Measures(AgreesCount, DiffersCount, ShortageCount, SurplusCount)
