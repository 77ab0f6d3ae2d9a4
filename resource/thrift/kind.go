package thrift

import (
	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Area is where the measure saves.
type Area string

// Areas is the list of areas, the chapters of the ordinance.
var Areas = code.NewList("党政机关厉行节约反对浪费条例",
	code.Of(Area("funds"), "经费管理", "funds"),
	code.Of(Area("travel"), "国内差旅和因公出国（境）", "travel"),
	code.Of(Area("hospitality"), "公务接待", "hospitality"),
	code.Of(Area("vehicles"), "公务用车", "vehicles"),
	code.Of(Area("meetings"), "会议活动", "meetings"),
	code.Of(Area("offices"), "办公用房", "offices"),
	code.Of(Area("resources"), "资源节约", "resources"),
)

// Thrift is a measure to spend less (厉行节约措施).
type Thrift struct {
	record.Head
	Number  string
	Area    Area
	TakenOn period.Day
	What    string
	Saved   maybe.Of[money.Fen]
}

// Fields, in the order of the list.
var (
	number  = field.Text("number", "措施编号", "measure number", func(h *Thrift) *string { return &h.Number }, field.Max(40)).Required()
	area    = field.Code("area", "节约领域", "area", func(h *Thrift) *Area { return &h.Area }, Areas).Required()
	takenOn = field.Day("taken_on", "实施日期", "taken on", func(h *Thrift) *period.Day { return &h.TakenOn }, field.NotFuture).Required()
	what    = field.Text("what", "措施内容", "what was done", func(h *Thrift) *string { return &h.What }, field.Max(500)).Required()
	saved   = field.Money("saved", "节约金额", "saved", func(h *Thrift) *maybe.Of[money.Fen] { return &h.Saved }, field.NotNegative)
)

// Measures is how many measures were taken in a period.
var Measures = measure.Count("thrift.measures", "厉行节约措施数", "thrift measures", "项", takenOn)

// Kind is the kind of thrift measures.
var Kind = record.Define("thrift", "厉行节约措施", "thrift measure", func(h *Thrift) *record.Head { return &h.Head },
	number, area, takenOn, what, saved,
).Key(number).Measures(Measures)
