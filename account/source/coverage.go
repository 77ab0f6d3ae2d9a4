package source

import (
	"anlan/ground/code"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
)

// Sort is a sort of source.
type Sort string

// The sorts of sources. A coverage names one of the first three; the others answer for themselves.
const (
	Records   Sort = "record"
	Returns   Sort = "return"
	Published Sort = "published"
	Final     Sort = "final"
	CitedSort Sort = "cited"
)

// Sorts is the list of sources that a coverage may name.
var Sorts = code.NewList("安澜",
	code.Of(Records, "记录", "records"),
	code.Of(Returns, "报表", "returns"),
	code.Of(Published, "已公布数据", "published figures"),
)

// Label names the sort.
func (s Sort) Label() lang.Text {
	switch s {
	case Final:
		return lang.Of("决算", "final accounts")
	case CitedSort:
		return lang.Of("引用数据", "cited figures")
	}
	v, _ := Sorts.Find(s)
	return v.Label
}

// Coverage says which source is the figure of a measure for a unit, with all units below it, on a span of days (数据来源范围).
type Coverage struct {
	record.Head
	Measure string
	Covered place.Unit
	From    period.Day
	Until   period.Day // the first day on which it no longer holds; none: open
	Source  Sort
	Item    string // FORM.ITEM of returns
}

var (
	coverageMeasure = field.Text("measure", "统计项代码", "measure", func(c *Coverage) *string { return &c.Measure }, aMeasureCode).Required()
	coverageUnit    = field.Unit("covered", "覆盖单位", "covered unit", func(c *Coverage) *place.Unit { return &c.Covered }).Required().
			Note("含其全部下属单位", "with all units below it")
	coverageFrom   = field.Day("from_on", "自", "from", func(c *Coverage) *period.Day { return &c.From }).Required()
	coverageUntil  = field.Day("until_on", "至（不含）", "until", func(c *Coverage) *period.Day { return &c.Until })
	coverageSource = field.Code("source", "数据来源", "source", func(c *Coverage) *Sort { return &c.Source }, Sorts).Required()
	coverageItem   = field.Text("item", "报表指标项", "item of a form", func(c *Coverage) *string { return &c.Item }, aMeasureCode).
			Note("来源为报表时填写，如enforcement.cases", "needed when the source is returns, as enforcement.cases")
)

// CoverageKind is the kind of coverages. Two of one measure and unit that overlap are refused.
var CoverageKind = record.Define("coverage", "数据来源范围", "coverage", func(c *Coverage) *record.Head { return &c.Head },
	coverageMeasure, coverageUnit, coverageFrom, coverageUntil, coverageSource, coverageItem,
).Key(coverageMeasure, coverageUnit, coverageFrom).Rule((*Coverage).inOrder, coverageFrom, coverageUntil, coverageSource, coverageItem)

// inOrder refuses a coverage of no days, and an item where no return is the source, or none where one is.
func (c *Coverage) inOrder() error {
	switch {
	case !c.Until.IsZero() && !c.From.Before(c.Until):
		return ErrCoversNothing.With(c.From.String(), c.Until.String())
	case (c.Source == Returns) != (c.Item != ""):
		return ErrItemOfReturns.With(c.Source.Label())
	}
	return nil
}
