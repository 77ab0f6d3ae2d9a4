package disaster

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Sort is the sub-kind of a disaster (亚灾种).
type Sort string

// Sorts is the list of sub-kinds.
var Sorts = code.NewList(rule,
	code.Of(Sort("flood"), "洪涝", "flood"),
	code.Of(Sort("drought"), "干旱", "drought"),
	code.Of(Sort("typhoon"), "台风", "typhoon"),
	code.Of(Sort("wind_hail"), "风雹", "wind and hail"),
	code.Of(Sort("cold"), "低温冷冻", "cold"),
	code.Of(Sort("snow"), "雪灾", "snow"),
	code.Of(Sort("sandstorm"), "沙尘暴", "sandstorm"),
	code.Of(Sort("earthquake"), "地震", "earthquake"),
	code.Of(Sort("rockfall"), "崩塌", "rockfall"),
	code.Of(Sort("landslide"), "滑坡", "landslide"),
	code.Of(Sort("debris_flow"), "泥石流", "debris flow"),
	code.Of(Sort("forest_fire"), "森林草原火灾", "forest or grassland fire"),
	code.Of(Sort("biological"), "生物灾害", "biological disaster"),
)

// Family is the first-level kind of a disaster (一级灾种).
type Family string

// Families is the list of first-level kinds.
var Families = code.NewList(rule,
	code.Of(Family("water"), "水旱灾害", "flood and drought"),
	code.Of(Family("weather"), "气象灾害", "weather"),
	code.Of(Family("earthquake"), "地震灾害", "earthquake"),
	code.Of(Family("geology"), "地质灾害", "geological"),
	code.Of(Family("fire"), "森林草原火灾", "forest or grassland fire"),
	code.Of(Family("biological"), "生物灾害", "biological"),
)

const rule = "自然灾害情况统计调查制度（应急〔2020〕19号）"

// families says to which family each sub-kind belongs.
var families = map[Sort]Family{
	"flood": "water", "drought": "water",
	"typhoon": "weather", "wind_hail": "weather", "cold": "weather", "snow": "weather", "sandstorm": "weather",
	"earthquake": "earthquake",
	"rockfall":   "geology", "landslide": "geology", "debris_flow": "geology",
	"forest_fire": "fire",
	"biological":  "biological",
}

// Level is the level of the response to a disaster.
type Level string

// Levels is the list of levels.
var Levels = code.NewList("国家自然灾害救助应急预案",
	code.Of(Level("I"), "一级响应", "level I"),
	code.Of(Level("II"), "二级响应", "level II"),
	code.Of(Level("III"), "三级响应", "level III"),
	code.Of(Level("IV"), "四级响应", "level IV"),
)

// Disaster is a natural disaster (灾害事件).
type Disaster struct {
	record.Head
	Number  string
	Name    string
	Sort    Sort
	BeganOn period.Day
	EndedOn period.Day
	Level   Level
	Summary string
	Family  Family // derived
}

// Fields, in the order of the register (灾害过程登记).
var (
	number  = field.Text("number", "灾害编号", "disaster number", func(d *Disaster) *string { return &d.Number }, field.Max(40)).Required()
	name    = field.Text("name", "灾害名称", "name", func(d *Disaster) *string { return &d.Name }, field.Max(100)).Required()
	sort    = field.Code("sort", "灾种", "kind of disaster", func(d *Disaster) *Sort { return &d.Sort }, Sorts).Required()
	beganOn = field.Day("began_on", "开始日期", "began on", func(d *Disaster) *period.Day { return &d.BeganOn }, field.NotFuture).Required()
	endedOn = field.Day("ended_on", "结束日期", "ended on", func(d *Disaster) *period.Day { return &d.EndedOn }, field.NotFuture)
	level   = field.Code("response", "启动响应", "response", func(d *Disaster) *Level { return &d.Level }, Levels)
	summary = field.Text("summary", "灾害概况", "summary", func(d *Disaster) *string { return &d.Summary }, field.Max(2000))
	family  = field.Code("family", "一级灾种", "family", func(d *Disaster) *Family { return &d.Family }, Families).
		Note("由灾种算出，不必填写", "computed from the kind of disaster; need not be given").Computed()
)

// Events is how many disasters began.
var Events = measure.Count("disaster.events", "自然灾害次数", "natural disasters", "次", beganOn)

// Kind is the kind of natural disasters.
var Kind = record.Define("disaster_event", "灾害事件", "natural disaster", func(d *Disaster) *record.Head { return &d.Head },
	number, name, sort, beganOn, endedOn, level, summary, family,
).Key(number).Derive(func(d *Disaster) { d.Family = families[d.Sort] }).Rule((*Disaster).inOrder, beganOn, endedOn).Measures(Events)

// ErrEndsBeforeBeginning: a disaster ends on the day on which it begins or later.
var ErrEndsBeforeBeginning = fault.Define("disaster.ends_before_beginning", fault.Invalid,
	"结束日期%s早于开始日期%s", "it ended on %s, before it began on %s")

func (d *Disaster) inOrder() error {
	if !d.EndedOn.IsZero() && d.EndedOn.Before(d.BeganOn) {
		return ErrEndsBeforeBeginning.With(d.EndedOn, d.BeganOn)
	}
	return nil
}
