package callout

import (
	"time"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Rung is the step of the ladder: hours before the rain is expected.
type Rung string

// Rungs is the list of steps.
var Rungs = code.NewList("“631”预警叫应机制",
	code.Of(Rung("six"), "提前6小时", "six hours ahead"),
	code.Of(Rung("three"), "提前3小时", "three hours ahead"),
	code.Of(Rung("one"), "提前1小时", "one hour ahead"),
	code.Of(Rung("now"), "临灾叫应", "danger at hand"),
)

// Channel is the way by which somebody was called.
type Channel string

// Channels is the list of ways.
var Channels = code.NewList("叫应登记表",
	code.Of(Channel("phone"), "电话", "telephone"),
	code.Of(Channel("satellite"), "卫星电话", "satellite telephone"),
	code.Of(Channel("radio"), "对讲机", "radio"),
	code.Of(Channel("visit"), "上门", "in person"),
	code.Of(Channel("message"), "短信、群消息", "message"),
	code.Of(Channel("loudspeaker"), "大喇叭", "loudspeaker"),
)

// Result is what became of a call.
type Result string

// Results of a call, in the order in which they are reached.
const (
	NoAnswer     Result = "no_answer"
	Delivered    Result = "delivered"
	Answered     Result = "answered"
	Acknowledged Result = "acknowledged"
	CarriedOut   Result = "carried_out"
)

// Results is the list of results.
var Results = code.NewList("叫应登记表",
	code.Of(NoAnswer, "未接通", "no answer"),
	code.Of(Result("busy"), "占线、关机", "busy or switched off"),
	code.Of(Result("wrong_number"), "号码错误", "wrong number"),
	code.Of(Delivered, "已送达", "delivered"),
	code.Of(Answered, "已接通", "answered"),
	code.Of(Acknowledged, "已应答", "acknowledged"),
	code.Of(CarriedOut, "已反馈落实", "carried out"),
)

// Call is one call (叫应).
type Call struct {
	record.Head
	Number       string
	CalledOn     period.Day
	Process      ident.ID
	Rung         Rung
	Post         string
	Person       string
	Phone        string
	Channel      Channel
	DialledAt    maybe.Of[time.Time]
	AnsweredAt   maybe.Of[time.Time]
	AckedAt      maybe.Of[time.Time]
	CarriedOutAt maybe.Of[time.Time]
	Result       Result
	Feedback     string
}

// Fields, in the order of the register (叫应登记表).
var (
	number       = field.Text("number", "叫应编号", "call number", func(c *Call) *string { return &c.Number }, field.Max(40)).Required()
	calledOn     = field.Day("called_on", "叫应日期", "called on", func(c *Call) *period.Day { return &c.CalledOn }, field.NotFuture).Required()
	process      = field.Ref("process", "rainfall_process", "降雨过程", "rain process", func(c *Call) *ident.ID { return &c.Process })
	rung         = field.Code("rung", "叫应步骤", "rung", func(c *Call) *Rung { return &c.Rung }, Rungs)
	post         = field.Text("post", "被叫应岗位", "post called", func(c *Call) *string { return &c.Post }, field.Max(100)).Required()
	person       = field.Person("person", "被叫应人", "person called", func(c *Call) *string { return &c.Person }, field.Max(50))
	phone        = field.Phone("phone", "电话", "telephone", func(c *Call) *string { return &c.Phone })
	channel      = field.Code("channel", "叫应方式", "channel", func(c *Call) *Channel { return &c.Channel }, Channels)
	dialledAt    = field.Instant("dialled_at", "拨出时间", "dialled at", func(c *Call) *maybe.Of[time.Time] { return &c.DialledAt })
	answeredAt   = field.Instant("answered_at", "接通时间", "answered at", func(c *Call) *maybe.Of[time.Time] { return &c.AnsweredAt })
	ackedAt      = field.Instant("acknowledged_at", "应答时间", "acknowledged at", func(c *Call) *maybe.Of[time.Time] { return &c.AckedAt })
	carriedOutAt = field.Instant("carried_out_at", "落实反馈时间", "carried out at", func(c *Call) *maybe.Of[time.Time] { return &c.CarriedOutAt })
	result       = field.Code("result", "叫应结果", "result", func(c *Call) *Result { return &c.Result }, Results).Required()
	feedback     = field.Text("feedback", "反馈内容", "feedback", func(c *Call) *string { return &c.Feedback }, field.Max(500)).
			Note("未应答的写明原因和处置", "where nobody acknowledged: why, and what was done")
)

// Measures (统计项).
var (
	Calls       = measure.Count("callout.calls", "叫应次数", "calls", "次", calledOn)
	AnsweredAll = measure.Count("callout.answered", "应答次数", "calls acknowledged", "次", calledOn, result.In(Acknowledged, CarriedOut))
)

// Kind is the kind of calls.
var Kind = record.Define("call_out", "叫应", "call", func(c *Call) *record.Head { return &c.Head },
	number, calledOn, process, rung, post, person, phone, channel, dialledAt, answeredAt, ackedAt, carriedOutAt, result, feedback,
).Key(number).Ordered(calledOn).Measures(Calls, AnsweredAll)

// What a call may be doubted for, though it is recorded as it came.
var (
	ErrNobodyAcknowledged = fault.Define("callout.nobody_acknowledged", fault.Conflict,
		"%s记为已应答，没有登记应答人", "%s is recorded as acknowledged, and by nobody")
	ErrClocksOutOfOrder = fault.Define("callout.clocks_out_of_order", fault.Conflict,
		"%s的“%s”早于“%s”", "%s: %s is before %s")
	ErrSilentWithoutReason = fault.Define("callout.silent_without_reason", fault.Conflict,
		"%s没有应答，也没有写明原因和处置", "%s was not acknowledged, and neither the reason nor what was done stands there")
)

// DoubtsOfPersons are the doubts that rest on who is named.
func (*Call) DoubtsOfPersons() []*fault.Declaration {
	return []*fault.Declaration{ErrNobodyAcknowledged}
}

// Doubts lists what about the call does not fit together; none is a reason not to record it.
func (c *Call) Doubts() (doubts fault.List) {
	if c.acknowledged() && c.Person == "" {
		doubts = append(doubts, ErrNobodyAcknowledged.With(c.Number))
	}
	if !c.acknowledged() && c.Feedback == "" {
		doubts = append(doubts, ErrSilentWithoutReason.With(c.Number))
	}
	clocks := []struct {
		label any
		at    maybe.Of[time.Time]
	}{{dialledAt.Label, c.DialledAt}, {answeredAt.Label, c.AnsweredAt}, {ackedAt.Label, c.AckedAt}, {carriedOutAt.Label, c.CarriedOutAt}}
	last := 0
	for i, x := range clocks {
		if !x.at.OK {
			continue
		}
		if before := clocks[last]; before.at.OK && x.at.V.Before(before.at.V) {
			doubts = append(doubts, ErrClocksOutOfOrder.With(c.Number, x.label, before.label))
		}
		last = i
	}
	return doubts
}

func (c *Call) acknowledged() bool { return c.Result == Acknowledged || c.Result == CarriedOut }
