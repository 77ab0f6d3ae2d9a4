package publicity

import (
	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Setting is where an action went.
type Setting string

// Settings is the list of settings: the five of 五进, and what is none of them.
var Settings = code.NewList("安全宣传“五进”",
	code.Of(Setting("enterprise"), "进企业", "enterprise"),
	code.Of(Setting("village"), "进农村", "village"),
	code.Of(Setting("community"), "进社区", "community"),
	code.Of(Setting("school"), "进学校", "school"),
	code.Of(Setting("family"), "进家庭", "family"),
	code.Of(Setting("public"), "其他公共场所", "other public place"),
	code.Of(Setting("media"), "媒体", "media"),
)

// Action is one publicity action (宣传活动).
type Action struct {
	record.Head
	Number    string
	Title     string
	HeldOn    period.Day
	Setting   Setting
	Topic     string
	Reached   maybe.Of[int64]
	Materials maybe.Of[int64]
	Files     []field.File
}

var many = field.Between(0, 1_000_000_000)

// Fields, in the order of the register (宣传活动登记).
var (
	number    = field.Text("number", "活动编号", "action number", func(a *Action) *string { return &a.Number }, field.Max(40)).Required()
	title     = field.Text("title", "活动名称", "title", func(a *Action) *string { return &a.Title }, field.Max(200)).Required()
	heldOn    = field.Day("held_on", "活动日期", "held on", func(a *Action) *period.Day { return &a.HeldOn }, field.NotFuture).Required()
	setting   = field.Code("setting", "活动场所", "setting", func(a *Action) *Setting { return &a.Setting }, Settings)
	topic     = field.Text("topic", "宣传主题", "topic", func(a *Action) *string { return &a.Topic }, field.Max(200))
	reached   = field.Number("reached", "受众人次", "people reached", func(a *Action) *maybe.Of[int64] { return &a.Reached }, many).Counts("人次")
	materials = field.Number("materials", "发放资料", "materials handed out", func(a *Action) *maybe.Of[int64] { return &a.Materials }, many).Counts("份")
	files     = field.Attachment("attachment", "活动照片", "photographs", func(a *Action) *[]field.File { return &a.Files })
)

// Measures (统计项).
var (
	Actions = measure.Count("publicity.actions", "宣传活动场次", "publicity actions", "场", heldOn)
	Reached = measure.Sum("publicity.reached", "宣传受众人次", "people reached by publicity", reached, heldOn)
)

// Kind is the kind of publicity actions.
var Kind = record.Define("publicity", "宣传活动", "publicity action", func(a *Action) *record.Head { return &a.Head },
	number, title, heldOn, setting, topic, reached, materials, files,
).Key(number).Measures(Actions, Reached)
