package main

import (
	"fmt"
	"strings"

	"anlan/ground/code"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// sorts is how many sorts of cases there are; each has its measures and indicators.
const sorts = 25

type (
	sort  string
	grade string
)

const (
	ordinary    grade = "ordinary"
	serious     grade = "serious"
	major       grade = "major"
	exceptional grade = "exceptional"
)

var gradeList = []grade{ordinary, serious, major, exceptional}

func sortOf(n int) sort { return sort(fmt.Sprintf("s%02d", n)) }

// incident is a case (案件) of a sort.
type incident struct {
	record.Head
	Sort     sort
	Grade    grade
	On       period.Day
	ClosedOn period.Day
	Amount   maybe.Of[money.Fen]
}

var (
	grades = code.NewList("试验",
		code.Of(ordinary, "一般", "ordinary"), code.Of(serious, "较大", "serious"), code.Of(major, "重大", "major"), code.Of(exceptional, "特别重大", "exceptional"))

	sortField   = field.Code("sort", "类别", "sort", func(c *incident) *sort { return &c.Sort }, sortList()).Required()
	gradeField  = field.Code("grade", "等级", "grade", func(c *incident) *grade { return &c.Grade }, grades).Required()
	onField     = field.Day("on_day", "日期", "day", func(c *incident) *period.Day { return &c.On }).Required()
	closedField = field.Day("closed_on", "结案日期", "closed on", func(c *incident) *period.Day { return &c.ClosedOn })
	amount      = field.Money("amount", "金额", "amount", func(c *incident) *maybe.Of[money.Fen] { return &c.Amount })
)

func sortList() code.List[sort] {
	values := make([]code.Value[sort], sorts)
	for n := range values {
		values[n] = code.Of(sortOf(n), lang.Zh(fmt.Sprintf("第%d类", n)), lang.En(fmt.Sprintf("sort %d", n)))
	}
	return code.NewList("试验", values...)
}

// kind is the kind of cases with its 200 measures.
var kind = record.Define("bench_case", "案件", "case", func(c *incident) *record.Head { return &c.Head },
	sortField, gradeField, onField, closedField, amount).Measures(measures()...)

// measureNoun begins the codes of the measures of a sort.
func measureNoun(n int) string { return "case_" + string(sortOf(n)) }

func measures() (out []*measure.Measure[incident]) {
	for n := range sorts {
		s := sortOf(n)
		is, grave := sortField.Is(s), gradeField.In(major, exceptional)
		name := func(what string) string { return measureNoun(n) + "." + what }
		out = append(out,
			measure.Count(name("count"), "起数", "cases", "起", onField, is),
			measure.Count(name("grave"), "重大及以上起数", "grave cases", "起", onField, is, grave),
			measure.Sum(name("amount"), "金额", "amount", amount, onField, is),
			measure.Sum(name("grave_amount"), "重大及以上金额", "amount of grave cases", amount, onField, is, grave),
			measure.Count(name("closed"), "结案起数", "cases closed", "起", closedField, is),
			measure.Count(name("grave_closed"), "重大及以上结案起数", "grave cases closed", "起", closedField, is, grave),
			measure.StockOf(name("open"), "未结起数", "cases open", "起", onField, closedField, is),
			measure.StockOf(name("grave_open"), "重大及以上未结起数", "grave cases open", "起", onField, closedField, is, grave),
		)
	}
	return out
}

// forms are the indicators of one sort, in the language of indicators.
var forms = []string{
	"in 起 printed 0 = SORT.count",
	"in % printed 1 = (SORT.count - SORT.count @ last_year) / SORT.count @ last_year",
	"in % printed 1 = SORT.grave / SORT.count",
	"in 万元 printed 2 = SORT.amount - SORT.grave_amount",
	"in % printed 1 = (SORT.amount - SORT.amount @ last_year) / SORT.amount @ last_year",
	"in % printed 1 = (SORT.closed - SORT.grave_closed) / SORT.closed",
	"in 起 printed 0 = SORT.open",
	"in 起 printed 0 = SORT.grave_open - SORT.grave_open @ last_year_end",
}

// definitions are the 200 indicators.
func definitions() []byte {
	var text []byte
	for n := range sorts {
		for i, form := range forms {
			text = fmt.Appendf(text, "indicator trial.%s.i%d \"指标\" %s\n", sortOf(n), i, strings.ReplaceAll(form, "SORT", measureNoun(n)))
		}
	}
	return text
}
