package standard

import (
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// names are what the two registers call the same things.
type names struct {
	kind            string
	kindZh          lang.Zh
	place           string // code of the field that says which place it is
	placeZh, nameZh lang.Zh
	placeEn         lang.En
	totalZh, metZh  lang.Zh
	total, met      string // codes of measures
	totalEn, metEn  lang.En
	kindEn          lang.En
	least           int
}

// Declared is a kind with its two measures.
type Declared[T any] struct {
	Kind  *record.Kind[T]
	Total *measure.Measure[T]
	Met   *measure.Measure[T]
}

// Townships are the townships under the standard 乡镇“六有”.
var Townships = declare(func(t *Township) *Register { return &t.Register }, names{
	kind: "township_standard", kindZh: "乡镇“六有”", kindEn: "township standard", least: townshipItems,
	place: "township", placeZh: "乡镇代码", placeEn: "township code", nameZh: "乡镇名称",
	total: "township.total", totalZh: "乡镇（街道）数", totalEn: "townships",
	met: "township.six_met", metZh: "“六有”达标乡镇（街道）数", metEn: "townships up to the standard",
})

// Villages are the villages under the standard 村“三有”.
var Villages = declare(func(v *Village) *Register { return &v.Register }, names{
	kind: "village_standard", kindZh: "村“三有”", kindEn: "village standard", least: villageItems,
	place: "village", placeZh: "村（社区）代码", placeEn: "village code", nameZh: "村（社区）名称",
	total: "village.total", totalZh: "村（社区）数", totalEn: "villages",
	met: "village.three_met", metZh: "“三有”达标村（社区）数", metEn: "villages up to the standard",
})

// The note of the fields that are computed.
const (
	derivedZh = "由建设内容和日期算出，不必填写"
	derivedEn = "computed from items and days; need not be given"
)

var (
	itemName = field.Text("item_name", "项目", "item", func(i *Item) *string { return &i.Name }, field.Max(100)).Required()
	itemMet  = field.YesNo("item_met", "是否达标", "met", func(i *Item) *bool { return &i.Met })
	evidence = field.Text("evidence", "佐证材料", "evidence", func(i *Item) *string { return &i.Evidence }, field.Max(300))
)

// declare makes a register: its fields in the order of the paper form (建设台账), its measures (统计项) and its kind.
func declare[T any](of func(*T) *Register, n names) Declared[T] {
	code := field.Place(n.place, n.placeZh, n.placeEn, func(t *T) *place.Code { return &of(t).Code }).Required()
	name := field.Text("name", n.nameZh, "name", func(t *T) *string { return &of(t).Name }, field.Max(100)).Required()
	from := field.Day("from_on", "设立日期", "from", func(t *T) *period.Day { return &of(t).From }).Required().
		Note("不详的填台账建立之日", "where it is not known: the day on which the register begins")
	until := field.Day("until_on", "撤并日期", "no longer from", func(t *T) *period.Day { return &of(t).Until })
	standard := field.Text("standard", "建设标准文号", "document of the standard", func(t *T) *string { return &of(t).Standard }, field.Max(100))
	items := field.Rows("item", "建设内容", "items", func(t *T) *[]Item { return &of(t).Items }, itemName, itemMet, evidence)
	acceptedOn := field.Day("accepted_on", "达标验收日期", "accepted on", func(t *T) *period.Day { return &of(t).AcceptedOn }, field.NotFuture)
	lapsedOn := field.Day("lapsed_on", "取消达标日期", "lapsed on", func(t *T) *period.Day { return &of(t).LapsedOn }, field.NotFuture)
	met := field.Number("met", "已达标项数", "items met", func(t *T) *int64 { return &of(t).Met }).Counts("项").Note(derivedZh, derivedEn).Computed()
	complete := field.YesNo("complete", "各项齐全", "all items met", func(t *T) *bool { return &of(t).Complete }).Note(derivedZh, derivedEn).Computed()
	metUntil := field.Day("met_until_on", "达标截止日期", "up to the standard until", func(t *T) *period.Day { return &of(t).MetUntil }).Note(derivedZh, derivedEn).Computed()
	d := Declared[T]{
		Total: measure.StockOf(n.total, n.totalZh, n.totalEn, "个", from, until),
		Met:   measure.StockOf(n.met, n.metZh, n.metEn, "个", acceptedOn, metUntil, complete.Is(true)),
	}
	d.Kind = record.Define(n.kind, n.kindZh, n.kindEn, func(t *T) *record.Head { return &of(t).Head },
		code, name, from, until, standard, items, acceptedOn, lapsedOn, met, complete, metUntil,
	).Key(code).Derive(func(t *T) { of(t).derive(n.least) }).Rule(func(t *T) error { return of(t).inOrder() }, from, until, acceptedOn, lapsedOn).Measures(d.Total, d.Met)
	return d
}
