package asset

import (
	"regexp"

	"anlan/ground/code"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Category is one of the six categories in which fixed assets are accounted.
type Category string

// The six categories; a code of GB/T 14885-2022 begins with the category's.
const (
	Buildings Category = "A01"
	Equipment Category = "A02"
	Relics    Category = "A03"
	Books     Category = "A04"
	Furniture Category = "A05"
	Living    Category = "A06"
)

// Categories is the list of categories.
var Categories = code.NewList("GB/T 14885-2022",
	code.Of(Buildings, "房屋和构筑物", "buildings and structures"),
	code.Of(Equipment, "设备", "equipment"),
	code.Of(Relics, "文物和陈列品", "relics and exhibits"),
	code.Of(Books, "图书和档案", "books and archives"),
	code.Of(Furniture, "家具和用具", "furniture and utensils"),
	code.Of(Living, "特种动植物", "special animals and plants"),
)

// Way is how a thing was acquired.
type Way string

// Ways is the list of ways.
var Ways = code.NewList("行政事业单位资产信息卡：取得方式",
	code.Of(Way("purchase"), "新购", "purchase"),
	code.Of(Way("transfer"), "调拨", "transfer"),
	code.Of(Way("donation"), "接受捐赠", "donation"),
	code.Of(Way("built"), "自建", "built"),
	code.Of(Way("exchange"), "置换", "exchange"),
	code.Of(Way("surplus"), "盘盈", "surplus of a stock-take"),
)

// Status is the state of use.
type Status string

// States of use.
const (
	InUse    Status = "in_use"
	Lent     Status = "lent"
	Idle     Status = "idle"
	Awaiting Status = "awaiting_disposal"
	Damaged  Status = "damaged"
)

// Statuses is the list of states of use.
var Statuses = code.NewList("行政事业单位资产信息卡：使用状况",
	code.Of(InUse, "在用", "in use"),
	code.Of(Lent, "出租出借", "lent"),
	code.Of(Idle, "闲置", "idle"),
	code.Of(Awaiting, "待处置", "awaiting disposal"),
	code.Of(Damaged, "毁坏", "damaged"),
)

// Disposal is how a thing leaves the books.
type Disposal string

// Disposals is the list of ways of disposal.
var Disposals = code.NewList("财资〔2021〕127号；湘财资〔2022〕18号",
	code.Of(Disposal("transfer"), "无偿划转", "free transfer"),
	code.Of(Disposal("donation"), "对外捐赠", "donation"),
	code.Of(Disposal("sale"), "转让", "sale"),
	code.Of(Disposal("exchange"), "置换", "exchange"),
	code.Of(Disposal("scrapping"), "报废", "scrapping"),
	code.Of(Disposal("write_off"), "损失核销", "write-off of a loss"),
)

// Asset is a card (固定资产卡片).
type Asset struct {
	record.Head
	Number             string
	Name               string
	Class              string // GB/T 14885-2022
	Category           Category
	Way                Way
	AcquiredOn         period.Day
	Value              money.Fen
	DepreciationMonths maybe.Of[int64]
	Status             Status
	Section            string
	Keeper             string // personal
	Location           string
	DisposedOn         period.Day // the first day on which it is no longer on the books
	Disposal           Disposal
	Document           string
}

// Fields, in the order of the card (资产信息卡: 基本、财务、使用、处置).
var (
	number     = field.Text("number", "资产编号", "asset number", func(a *Asset) *string { return &a.Number }, field.Max(40)).Required()
	name       = field.Text("name", "资产名称", "name", func(a *Asset) *string { return &a.Name }, field.Max(100)).Required()
	class      = field.Text("class_code", "资产分类代码", "class", func(a *Asset) *string { return &a.Class }, aClass).Required()
	category   = field.Code("category", "资产大类", "category", func(a *Asset) *Category { return &a.Category }, Categories).Note("由资产分类代码算出，不必填写", "computed from the class; need not be given").Computed()
	way        = field.Code("way", "取得方式", "acquired by", func(a *Asset) *Way { return &a.Way }, Ways).Required()
	acquiredOn = field.Day("acquired_on", "取得日期", "acquired on", func(a *Asset) *period.Day { return &a.AcquiredOn }, field.NotFuture).Required()
	value      = field.Money("value", "原值", "value", func(a *Asset) *money.Fen { return &a.Value }, field.NotNegative)
	months     = field.Number("depreciation_months", "折旧月数", "months of depreciation", func(a *Asset) *maybe.Of[int64] { return &a.DepreciationMonths }, field.Between(1, 1200)).Counts("个月")
	status     = field.Code("status", "使用状况", "status", func(a *Asset) *Status { return &a.Status }, Statuses).Required()
	section    = field.Text("section", "使用部门", "used by", func(a *Asset) *string { return &a.Section }, field.Max(100))
	keeper     = field.Person("keeper", "保管人", "keeper", func(a *Asset) *string { return &a.Keeper }, field.Max(50))
	location   = field.Text("location", "存放地点", "location", func(a *Asset) *string { return &a.Location }, field.Max(100))
	disposedOn = field.Day("disposed_on", "处置日期", "disposed on", func(a *Asset) *period.Day { return &a.DisposedOn }, field.NotFuture).Note("处置当日起不再计入", "no longer counted from this day on")
	disposal   = field.Code("disposal", "处置方式", "disposed by", func(a *Asset) *Disposal { return &a.Disposal }, Disposals)
	document   = field.Text("disposal_document", "处置批准文号", "disposal approved by", func(a *Asset) *string { return &a.Document }, field.Max(60))
)

var classForm = regexp.MustCompile(`^A0[1-6][0-9]{6}$`)

var aClass = field.Rule[string]{
	Words: lang.Of("GB/T 14885-2022的固定资产代码：A01至A06开头，共9位", "a code of fixed assets of GB/T 14885-2022: A01 to A06, 9 characters"),
	Holds: func(s string, _ period.Day) bool { return classForm.MatchString(s) },
}

// Measures (统计项).
var (
	Count      = measure.StockOf("asset.count", "固定资产数量", "fixed assets", "件", acquiredOn, disposedOn)
	Value      = measure.ValueStock("asset.value", "固定资产原值", "value of fixed assets", value, acquiredOn, disposedOn)
	ValueInUse = measure.ValueStock("asset.value_in_use", "在用固定资产原值", "value of fixed assets in use", value, acquiredOn, disposedOn, status.Is(InUse))
)

// Kind is the kind of asset cards.
var Kind = record.Define("asset", "固定资产卡片", "asset card", func(a *Asset) *record.Head { return &a.Head },
	number, name, class, category, way, acquiredOn, value, months, status, section, keeper, location, disposedOn, disposal, document,
).Key(number).Derive((*Asset).derive).Rule((*Asset).inOrder, number, class, acquiredOn, months, disposedOn, disposal, document).Measures(Count, Value, ValueInUse)
