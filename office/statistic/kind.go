package statistic

import (
	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Scope says whether a record is of the whole area of the book or of a part of it.
type Scope string

// Scopes.
const (
	Whole  Scope = "whole"
	County Scope = "county"
)

// Scopes is the list of scopes.
var Scopes = code.NewList("国民经济和社会发展统计公报",
	code.Of(Whole, "全域", "the whole"),
	code.Of(County, "县市区", "county"),
)

// Edition is the edition of a value.
type Edition string

// Editions, in the order in which one takes the place of another.
const (
	Flash  Edition = "flash"
	Annual Edition = "annual"
	Final  Edition = "final"
)

// Editions is the list of editions.
var Editions = code.NewList("国家统计局：年度地区生产总值核算和数据发布程序",
	code.Of(Flash, "快报", "flash"),
	code.Of(Annual, "年报", "annual"),
	code.Of(Final, "核定", "final"),
)

// Statistic is the data of one area and year (社会经济数据). All behind Editions is derived.
type Statistic struct {
	record.Head
	Number     string
	Scope      Scope
	Year       int64
	Editions   []Value
	Edition    Edition
	GDP        maybe.Of[field.Scaled] // hundredths of 亿元
	Population maybe.Of[field.Scaled] // hundredths of 万人
	Verified   bool
	From       period.Day
	Last       period.Day
	Next       period.Day // the first day of the year after
}

// Value is one edition of the data of a year.
type Value struct {
	Edition     Edition
	PublishedOn period.Day
	GDP         maybe.Of[field.Scaled]
	Population  maybe.Of[field.Scaled]
	Issuer      string
	Document    string
	Page        string
	Quote       string
	Verified    bool
}

// Fields, in the order of the register (社会经济数据登记).
var (
	number     = field.Text("number", "数据编号", "data number", func(s *Statistic) *string { return &s.Number }, field.Max(40)).Required()
	scope      = field.Code("scope", "数据范围", "scope", func(s *Statistic) *Scope { return &s.Scope }, Scopes).Required()
	year       = field.Number("year", "年份", "year", func(s *Statistic) *int64 { return &s.Year }, field.Between(1949, 2099))
	editions   = field.Rows("value", "各版数据", "editions", func(s *Statistic) *[]Value { return &s.Editions }, valueEdition, publishedOn, valueGDP, valuePopulation, issuer, document, page, quote, valueVerified)
	edition    = field.Code("edition", "数据版次", "edition", func(s *Statistic) *Edition { return &s.Edition }, Editions).Note(derivedZh, derivedEn).Computed()
	gdp        = field.Quantity("gdp", "地区生产总值", "gross product", "亿元", 2, func(s *Statistic) *maybe.Of[field.Scaled] { return &s.GDP }).Note(derivedZh, derivedEn).Computed()
	population = field.Quantity("population", "常住人口", "resident population", "万人", 2, func(s *Statistic) *maybe.Of[field.Scaled] { return &s.Population }).Note(derivedZh, derivedEn).Computed()
	verified   = field.YesNo("verified", "已核实", "verified", func(s *Statistic) *bool { return &s.Verified }).Note(derivedZh, derivedEn).Computed()
	from       = field.Day("from_on", "起始日期", "from", func(s *Statistic) *period.Day { return &s.From }).Note(derivedZh, derivedEn).Computed()
	last       = field.Day("last_on", "截止日期", "last day", func(s *Statistic) *period.Day { return &s.Last }).Note(derivedZh, derivedEn).Computed()
	next       = field.Day("next_on", "失效日期", "no longer from", func(s *Statistic) *period.Day { return &s.Next }).Note(derivedZh, derivedEn).Computed()

	valueEdition    = field.Code("edition", "数据版次", "edition", func(v *Value) *Edition { return &v.Edition }, Editions).Required()
	publishedOn     = field.Day("published_on", "公布日期", "published on", func(v *Value) *period.Day { return &v.PublishedOn }, field.NotFuture)
	valueGDP        = field.Quantity("gdp", "地区生产总值", "gross product", "亿元", 2, func(v *Value) *maybe.Of[field.Scaled] { return &v.GDP }, positive)
	valuePopulation = field.Quantity("population", "常住人口", "resident population", "万人", 2, func(v *Value) *maybe.Of[field.Scaled] { return &v.Population }, positive)
	issuer          = field.Text("issuer", "发布单位", "issuer", func(v *Value) *string { return &v.Issuer }, field.Max(100)).Required()
	document        = field.Text("document", "来源文件", "document", func(v *Value) *string { return &v.Document }, field.Max(200)).Required()
	page            = field.Text("page", "页码或网址", "page or address", func(v *Value) *string { return &v.Page }, field.Max(300))
	quote           = field.Text("quote", "原文", "sentence", func(v *Value) *string { return &v.Quote }, field.Max(500))
	valueVerified   = field.YesNo("verified", "已核对原文", "compared with the document", func(v *Value) *bool { return &v.Verified })
)

// The note of the fields that are derived.
const (
	derivedZh = "取自最新一版数据，不必填写"
	derivedEn = "taken from the newest edition; need not be given"
)

// Measures (统计项).
var (
	GDP              = measure.Sum("statistic.gdp", "地区生产总值", "gross product", gdp, last, scope.Is(Whole))
	CountyGDP        = measure.Sum("statistic.county_gdp", "县市区生产总值", "gross product of counties", gdp, last, scope.Is(County))
	Population       = measure.ValueStock("statistic.population", "常住人口", "resident population", population, from, next, scope.Is(Whole))
	CountyPopulation = measure.ValueStock("statistic.county_population", "县市区常住人口", "resident population of counties", population, from, next, scope.Is(County))
)

// Kind is the kind of social and economic data.
var Kind = record.Define("statistic", "社会经济数据", "social and economic data", func(s *Statistic) *record.Head { return &s.Head },
	number, scope, year, editions, edition, gdp, population, verified, from, last, next,
).Key(number).Derive((*Statistic).takeNewest).Measures(GDP, CountyGDP, Population, CountyPopulation)
