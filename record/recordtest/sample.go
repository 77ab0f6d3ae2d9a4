package recordtest

import (
	"time"

	"anlan/ground/code"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// Sample is a record with a field of every type, stated always and absent at times.
type Sample struct {
	record.Head
	Number  string
	Title   string
	Colour  Colour
	On      period.Day
	Until   period.Day
	At      maybe.Of[time.Time]
	Paid    money.Fen
	Cost    maybe.Of[money.Fen]
	Heads   int64
	Floors  maybe.Of[int64]
	Level   maybe.Of[field.Scaled] // m, three decimals
	Share   maybe.Of[field.Scaled] // %, two decimals
	Open    bool
	Insured maybe.Of[bool]
	Other   ident.ID
	Site    place.Code
	Keeper  place.Unit
	Span    period.Period
	Point   field.LonLat
	Files   []field.File
	Person  string // personal
	Phone   string // personal
	Source  string // restricted
	Lines   []Line
}

// Line is a row of a Sample.
type Line struct {
	On   period.Day
	Who  string // personal
	What Colour
	Fen  maybe.Of[money.Fen]
}

// Colour is a code.
type Colour string

// Colours is the list of colours; black is retired.
var Colours = func() code.List[Colour] {
	l := code.NewList("测试",
		code.Of(Colour("red"), "红", "red"),
		code.Of(Colour("blue"), "蓝（深）", "dark blue"),
		code.Of(Colour("black"), "黑", "black"))
	l.Values[2].Retired = true
	return l
}()

// The fields of a Sample.
var (
	Number  = field.Text("number", "编号", "number", func(s *Sample) *string { return &s.Number }, field.Max(40)).Required()
	Title   = field.Text("title", "标题", "title", func(s *Sample) *string { return &s.Title }, field.Max(200))
	Paint   = field.Code("colour", "颜色", "colour", func(s *Sample) *Colour { return &s.Colour }, Colours)
	On      = field.Day("seen_on", "日期", "seen on", func(s *Sample) *period.Day { return &s.On })
	Until   = field.Day("until_on", "至", "until", func(s *Sample) *period.Day { return &s.Until })
	At      = field.Instant("reported_at", "报告时间", "reported at", func(s *Sample) *maybe.Of[time.Time] { return &s.At })
	Paid    = field.Money("paid", "已付", "paid", func(s *Sample) *money.Fen { return &s.Paid })
	Cost    = field.Money("cost", "费用", "cost", func(s *Sample) *maybe.Of[money.Fen] { return &s.Cost }, field.NotNegative)
	Heads   = field.Number("heads", "人数", "heads", func(s *Sample) *int64 { return &s.Heads })
	Floors  = field.Number("floors", "层数", "floors", func(s *Sample) *maybe.Of[int64] { return &s.Floors }, field.Between(-9, 999)).Counts("层")
	Level   = field.Quantity("level_m", "水位", "level", "m", 3, func(s *Sample) *maybe.Of[field.Scaled] { return &s.Level })
	Share   = field.Ratio("share", "占比", "share", 2, func(s *Sample) *maybe.Of[field.Scaled] { return &s.Share })
	Open    = field.YesNo("is_open", "开放", "open", func(s *Sample) *bool { return &s.Open })
	Insured = field.YesNo("insured", "参保", "insured", func(s *Sample) *maybe.Of[bool] { return &s.Insured })
	Other   = field.Ref("other", "sample", "另一条", "other", func(s *Sample) *ident.ID { return &s.Other })
	Site    = field.Place("site", "地点", "site", func(s *Sample) *place.Code { return &s.Site })
	Keeper  = field.Unit("keeper", "保管单位", "keeper", func(s *Sample) *place.Unit { return &s.Keeper })
	Span    = field.Period("span", "统计期", "period", func(s *Sample) *period.Period { return &s.Span })
	Point   = field.Point("point", "坐标", "point", func(s *Sample) *field.LonLat { return &s.Point })
	Files   = field.Attachment("file", "附件", "files", func(s *Sample) *[]field.File { return &s.Files })
	Person  = field.Person("person", "联系人", "contact", func(s *Sample) *string { return &s.Person })
	Phone   = field.Phone("phone", "电话", "phone", func(s *Sample) *string { return &s.Phone })
	Source  = field.Text("source", "举报人", "reported by", func(s *Sample) *string { return &s.Source }).Sensitive(access.Restricted)
	Lines   = field.Rows("line", "明细", "lines", func(s *Sample) *[]Line { return &s.Lines }, LineOn, LineWho, LineWhat, LineFen)

	LineOn   = field.Day("line_on", "日期", "day", func(l *Line) *period.Day { return &l.On }).Required()
	LineWho  = field.Person("who", "谁", "who", func(l *Line) *string { return &l.Who })
	LineWhat = field.Code("what", "颜色", "colour", func(l *Line) *Colour { return &l.What }, Colours)
	LineFen  = field.Money("sum", "金额", "sum", func(l *Line) *maybe.Of[money.Fen] { return &l.Fen })
)

// Kind is the kind of samples, counted in each shape a measure has.
var Kind = record.Define("sample", "样本", "sample", func(s *Sample) *record.Head { return &s.Head },
	Number, Title, Paint, On, Until, At, Paid, Cost, Heads, Floors, Level, Share, Open, Insured, Other, Site, Keeper, Span, Point, Files, Person, Phone, Source, Lines,
).Key(Number).Ordered(On).Measures(
	measure.Count("sample.seen", "样本数", "samples", "个", On),
	measure.Count("sample.red", "红色样本数", "red samples", "个", On, Paint.Is("red")),
	measure.Sum("sample.cost", "费用合计", "cost", Cost, On),
	measure.Sum("sample.floors", "层数合计", "floors", Floors, On, Open.Is(true)),
	measure.StockOf("sample.standing", "在册样本数", "samples standing", "个", On, Until),
	measure.StockThrough("sample.through", "在册样本数（含末日）", "samples standing through", "个", On, Until, Floors.AtLeast(maybe.Some(int64(2)))),
	measure.ValueStock("sample.held", "在册费用", "cost standing", Cost, On, Until),
	measure.CountRows("sample.lines", "明细数", "lines", "条", Lines, On),
	measure.SumRows("sample.line_sum", "明细金额", "sum of lines", Lines, LineFen, On, LineWhat.Is("red")),
	measure.Count("sample.reported", "有举报人的样本数", "samples with a reporter", "个", On, Source.Stated()),
)

// New is a sample with what is required.
func New(number string, unit place.Unit) *Sample {
	s := &Sample{Number: number}
	s.Unit = unit
	return s
}
