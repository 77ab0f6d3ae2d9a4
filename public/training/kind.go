package training

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Audience is who is trained.
type Audience string

// Audiences is the list of those trained.
var Audiences = code.NewList("培训登记表",
	code.Of(Audience("official"), "领导干部", "officials"),
	code.Of(Audience("officer"), "监管执法人员", "officers of supervision"),
	code.Of(Audience("head"), "企业主要负责人", "heads of enterprises"),
	code.Of(Audience("manager"), "安全管理人员", "safety managers"),
	code.Of(Audience("worker"), "从业人员", "workers"),
	code.Of(Audience("rescuer"), "救援队伍", "rescue teams"),
	code.Of(Audience("informant"), "灾害信息员", "disaster informants"),
	code.Of(Audience("public"), "社会公众", "the public"),
)

// Training is one training (培训).
type Training struct {
	record.Head
	Number       string
	Title        string
	BeganOn      period.Day
	EndedOn      period.Day
	Audience     Audience
	Provider     string
	Hours        maybe.Of[field.Scaled] // tenths of a 学时
	Participants maybe.Of[int64]
	Examined     maybe.Of[int64]
	Passed       maybe.Of[int64]
	Files        []field.File
}

var people = field.Between(0, 100_000_000)

// Fields, in the order of the register (培训登记表).
var (
	number       = field.Text("number", "培训编号", "training number", func(t *Training) *string { return &t.Number }, field.Max(40)).Required()
	title        = field.Text("title", "培训名称", "title", func(t *Training) *string { return &t.Title }, field.Max(200)).Required()
	beganOn      = field.Day("began_on", "开始日期", "began on", func(t *Training) *period.Day { return &t.BeganOn }, field.NotFuture).Required()
	endedOn      = field.Day("ended_on", "结束日期", "ended on", func(t *Training) *period.Day { return &t.EndedOn })
	audience     = field.Code("audience", "培训对象", "audience", func(t *Training) *Audience { return &t.Audience }, Audiences)
	provider     = field.Text("provider", "承办单位", "provider", func(t *Training) *string { return &t.Provider }, field.Max(100))
	hours        = field.Quantity("hours", "学时", "hours", "学时", 1, func(t *Training) *maybe.Of[field.Scaled] { return &t.Hours })
	participants = field.Number("participants", "参训人次", "participants", func(t *Training) *maybe.Of[int64] { return &t.Participants }, people).Counts("人次")
	examined     = field.Number("examined", "考核人次", "examined", func(t *Training) *maybe.Of[int64] { return &t.Examined }, people).Counts("人次")
	passed       = field.Number("passed", "考核合格人次", "passed", func(t *Training) *maybe.Of[int64] { return &t.Passed }, people).Counts("人次")
	files        = field.Attachment("attachment", "附件", "attachments", func(t *Training) *[]field.File { return &t.Files })
)

// Measures (统计项).
var (
	Held         = measure.Count("training.held", "培训次数", "trainings held", "次", beganOn)
	Participants = measure.Sum("training.participants", "培训人次", "participants of trainings", participants, beganOn)
	Examined     = measure.Sum("training.examined", "培训考核人次", "examined in trainings", examined, beganOn)
	Passed       = measure.Sum("training.passed", "培训考核合格人次", "passed in trainings", passed, beganOn)
)

// Kind is the kind of trainings.
var Kind = record.Define("training", "培训", "training", func(t *Training) *record.Head { return &t.Head },
	number, title, beganOn, endedOn, audience, provider, hours, participants, examined, passed, files,
).Key(number).Rule((*Training).inOrder, beganOn, endedOn).Measures(Held, Participants, Examined, Passed)

// ErrEndsBeforeBeginning: a training ends on the day on which it begins or later.
var ErrEndsBeforeBeginning = fault.Define("training.ends_before_beginning", fault.Invalid,
	"结束日期%s早于开始日期%s", "it ended on %s, before it began on %s")

func (t *Training) inOrder() error {
	if !t.EndedOn.IsZero() && t.EndedOn.Before(t.BeganOn) {
		return ErrEndsBeforeBeginning.With(t.EndedOn, t.BeganOn)
	}
	return nil
}

// ErrMoreThanTookPart is a doubt: the record stands as it came.
var ErrMoreThanTookPart = fault.Define("training.more_than_took_part", fault.Conflict,
	"%s的“%s”（%d）多于“%s”（%d）", "%s: %s (%d) is more than %s (%d)")

// Doubts lists what about the training does not fit together: passed ⊆ examined ⊆ participants.
func (t *Training) Doubts() (doubts fault.List) {
	if t.Examined.OK && t.Participants.OK && t.Examined.V > t.Participants.V {
		doubts = append(doubts, ErrMoreThanTookPart.With(t.Number, examined.Label, t.Examined.V, participants.Label, t.Participants.V))
	}
	if t.Passed.OK && t.Examined.OK && t.Passed.V > t.Examined.V {
		doubts = append(doubts, ErrMoreThanTookPart.With(t.Number, passed.Label, t.Passed.V, examined.Label, t.Examined.V))
	}
	return doubts
}
