package place

import (
	"anlan/ground/code"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/journal"
)

// Level is the level of a division.
type Level string

// Levels of divisions.
const (
	Province Level = "province"
	City     Level = "city"
	County   Level = "county"
	Township Level = "township"
	Village  Level = "village"
)

// Levels is the list of levels.
var Levels = code.NewList("GB/T 2260; 统计用区划代码和城乡划分代码编制规则",
	code.Of(Province, "省级", "province"),
	code.Of(City, "地级", "city"),
	code.Of(County, "县级", "county"),
	code.Of(Township, "乡级", "township"),
	code.Of(Village, "村级", "village"),
)

// Place is an administrative division.
type Place struct {
	record.Head
	Code  place.Code
	Name  string
	Level Level
	Edges []Edge
}

// Edge says under which division this one stands, from a day until another (the first on which it no longer does).
type Edge struct {
	Parent      place.Code
	From, Until period.Day
}

var (
	placeCode = field.Place("code", "区划代码", "code", func(p *Place) *place.Code { return &p.Code }).Required().Fixed()
	name      = field.Text("name", "名称", "name", func(p *Place) *string { return &p.Name }, field.Max(100)).Required()
	level     = field.Code("level", "级别", "level", func(p *Place) *Level { return &p.Level }, Levels).Required()
	edges     = field.Rows("edge", "隶属", "stands under", func(p *Place) *[]Edge { return &p.Edges }, parent, from, until)

	parent = field.Place("parent", "上级区划", "parent", func(e *Edge) *place.Code { return &e.Parent }).Required()
	from   = field.Day("from_on", "自", "from", func(e *Edge) *period.Day { return &e.From })
	until  = field.Day("until_on", "至（不含）", "until", func(e *Edge) *period.Day { return &e.Until })
)

// Kind is the kind of administrative divisions.
var Kind = record.Define("place", "行政区划", "place", func(p *Place) *record.Head { return &p.Head },
	placeCode, name, level, edges,
).Key(placeCode)

// edgesQuery gives the dated edges of divisions that are not withdrawn; some hundreds for a city.
const edgesQuery = `
SELECT p.code, coalesce(e.parent, ''), e.from_on, e.until_on
FROM place p LEFT JOIN place_edge e ON e.place_id = p.id
WHERE p.state <> 'withdrawn'
ORDER BY p.code, e.line_no`

// edgesAsOf is edgesQuery as known at a position.
const edgesAsOf = `
SELECT p.code, coalesce(e.parent, ''), e.from_on, e.until_on
FROM place p LEFT JOIN place_edge e ON e.place_id = p.id
WHERE p.state <> 'withdrawn' AND p.began <= ?
UNION ALL
SELECT p.code, coalesce(e.parent, ''), e.from_on, e.until_on
FROM place_past p LEFT JOIN place_edge_past e ON e.place_id = p.id AND e.began = p.began
WHERE p.state <> 'withdrawn' AND p.began <= ? AND p.ended > ?`

// Tree is the tree of divisions as known at a position (0: now). Roots are known without a record.
func Tree(tx *store.Tx, asOf journal.Position, roots ...place.Code) (place.Tree[place.Code], error) {
	return record.Tree(tx, edgesQuery, edgesAsOf, asOf, roots)
}
