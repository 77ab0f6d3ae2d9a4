package unit

import (
	"anlan/ground/code"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/journal"
)

// Sort is the sort of a unit.
type Sort string

// Sorts of units.
const (
	Bureau      Sort = "bureau"
	Section     Sort = "section"
	Subordinate Sort = "subordinate"
	Zone        Sort = "zone"
	Township    Sort = "township"
)

// Sorts is the list of sorts.
var Sorts = code.NewList("三定方案",
	code.Of(Bureau, "应急管理局", "bureau"),
	code.Of(Section, "内设机构", "section"),
	code.Of(Subordinate, "下属单位", "subordinate"),
	code.Of(Zone, "功能区", "zone"),
	code.Of(Township, "乡镇（街道）", "township"),
)

// Unit is an organisation or a section of one.
type Unit struct {
	record.Head
	Code  place.Unit
	Name  string
	Sort  Sort
	Edges []Edge
}

// Edge says under which unit this one stands, from a day until another (the first on which it no longer does).
type Edge struct {
	Parent      place.Unit
	From, Until period.Day
}

var (
	unitCode = field.Unit("code", "单位代码", "code", func(u *Unit) *place.Unit { return &u.Code }).Required().Fixed()
	name     = field.Text("name", "名称", "name", func(u *Unit) *string { return &u.Name }, field.Max(100)).Required()
	sort     = field.Code("sort", "类别", "sort", func(u *Unit) *Sort { return &u.Sort }, Sorts).Required()
	edges    = field.Rows("edge", "隶属", "stands under", func(u *Unit) *[]Edge { return &u.Edges }, parent, from, until)

	parent = field.Unit("parent", "上级单位", "parent", func(e *Edge) *place.Unit { return &e.Parent }).Required()
	from   = field.Day("from_on", "自", "from", func(e *Edge) *period.Day { return &e.From })
	until  = field.Day("until_on", "至（不含）", "until", func(e *Edge) *period.Day { return &e.Until })
)

// Kind is the kind of units.
var Kind = record.Define("unit", "单位", "unit", func(u *Unit) *record.Head { return &u.Head },
	unitCode, name, sort, edges,
).Key(unitCode)

// edgesQuery gives the dated edges of units that are not withdrawn; some hundreds for a city.
const edgesQuery = `
SELECT u.code, coalesce(e.parent, ''), e.from_on, e.until_on
FROM unit u LEFT JOIN unit_edge e ON e.unit_id = u.id
WHERE u.state <> 'withdrawn'
ORDER BY u.code, e.line_no`

// edgesAsOf is edgesQuery as known at a position.
const edgesAsOf = `
SELECT u.code, coalesce(e.parent, ''), e.from_on, e.until_on
FROM unit u LEFT JOIN unit_edge e ON e.unit_id = u.id
WHERE u.state <> 'withdrawn' AND u.began <= ?
UNION ALL
SELECT u.code, coalesce(e.parent, ''), e.from_on, e.until_on
FROM unit_past u LEFT JOIN unit_edge_past e ON e.unit_id = u.id AND e.began = u.began
WHERE u.state <> 'withdrawn' AND u.began <= ? AND u.ended > ?`

// Tree is the tree of units as known at a position (0: now). Roots are known without a record.
func Tree(tx *store.Tx, asOf journal.Position, roots ...place.Unit) (place.Tree[place.Unit], error) {
	return record.Tree(tx, edgesQuery, edgesAsOf, asOf, roots)
}
