package publicreport

import (
	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// Channel is how a report came.
type Channel string

// Channels is the list of ways.
var Channels = code.NewList("举报登记表",
	code.Of(Channel("hotline"), "12350举报电话", "hotline 12350"),
	code.Of(Channel("citizen_line"), "12345热线", "citizens' line 12345"),
	code.Of(Channel("web"), "网络", "web"),
	code.Of(Channel("letter"), "来信", "letter"),
	code.Of(Channel("visit"), "来访", "visit"),
	code.Of(Channel("transfer"), "上级转办", "handed down"),
)

// Subject is what is reported.
type Subject string

// Subjects is the list of subjects.
var Subjects = code.NewList("安全生产领域举报奖励办法",
	code.Of(Subject("hazard"), "重大事故隐患", "major hazard"),
	code.Of(Subject("illegal"), "安全生产违法行为", "illegal act"),
	code.Of(Subject("concealed"), "瞒报、谎报事故", "concealed accident"),
	code.Of(Subject("other"), "其他", "other"),
)

// Finding is what the verification found.
type Finding string

// Findings.
const (
	True         Finding = "true"
	PartlyTrue   Finding = "partly_true"
	Untrue       Finding = "untrue"
	Unverifiable Finding = "unverifiable"
)

// Findings is the list of findings.
var Findings = code.NewList("举报登记表",
	code.Of(True, "属实", "true"),
	code.Of(PartlyTrue, "部分属实", "partly true"),
	code.Of(Untrue, "不属实", "not true"),
	code.Of(Unverifiable, "无法查实", "cannot be verified"),
)

// Report is a report from the public (举报).
type Report struct {
	record.Head
	Number     string
	ReceivedOn period.Day
	Channel    Channel
	Subject    Subject
	Target     string
	Content    string
	Reporter   string
	Phone      string
	AcceptedOn period.Day
	Finding    Finding
	VerifiedOn period.Day
	HazardNo   string
	AnsweredOn period.Day
	Reward     maybe.Of[money.Fen]
	RewardedOn period.Day
	ClosedOn   period.Day
}

// Fields, in the order of the register (举报登记表).
var (
	number     = field.Text("number", "举报编号", "report number", func(r *Report) *string { return &r.Number }, field.Max(40)).Required()
	receivedOn = field.Day("received_on", "接报日期", "received on", func(r *Report) *period.Day { return &r.ReceivedOn }, field.NotFuture).Required()
	channel    = field.Code("channel", "举报方式", "channel", func(r *Report) *Channel { return &r.Channel }, Channels)
	subject    = field.Code("subject", "举报类别", "subject", func(r *Report) *Subject { return &r.Subject }, Subjects).Required()
	target     = field.Text("target", "被举报单位", "who is reported", func(r *Report) *string { return &r.Target }, field.Max(100)).Sensitive(access.Restricted)
	content    = field.Text("content", "举报内容", "what is reported", func(r *Report) *string { return &r.Content }, field.Max(2000)).Sensitive(access.Restricted)
	reporter   = field.Person("reporter", "举报人", "reporter", func(r *Report) *string { return &r.Reporter }, field.Max(50)).Sensitive(access.Restricted)
	phone      = field.Phone("phone", "举报人电话", "reporter's telephone", func(r *Report) *string { return &r.Phone }).Sensitive(access.Restricted)
	acceptedOn = field.Day("accepted_on", "受理日期", "accepted on", func(r *Report) *period.Day { return &r.AcceptedOn }, field.NotFuture)
	finding    = field.Code("finding", "核查结论", "finding", func(r *Report) *Finding { return &r.Finding }, Findings)
	verifiedOn = field.Day("verified_on", "核查日期", "verified on", func(r *Report) *period.Day { return &r.VerifiedOn }, field.NotFuture)
	hazardNo   = field.Text("hazard_no", "登记的隐患编号", "hazard recorded", func(r *Report) *string { return &r.HazardNo }, field.Max(40))
	answeredOn = field.Day("answered_on", "答复日期", "answered on", func(r *Report) *period.Day { return &r.AnsweredOn }, field.NotFuture)
	reward     = field.Money("reward", "奖励金额", "reward", func(r *Report) *maybe.Of[money.Fen] { return &r.Reward }, field.NotNegative)
	rewardedOn = field.Day("rewarded_on", "奖励日期", "rewarded on", func(r *Report) *period.Day { return &r.RewardedOn }, field.NotFuture)
	closedOn   = field.Day("closed_on", "办结日期", "closed on", func(r *Report) *period.Day { return &r.ClosedOn }, field.NotFuture)
)

// Measures (统计项).
var (
	Received = measure.Count("public_report.received", "接到举报件数", "public reports received", "件", receivedOn)
	Verified = measure.Count("public_report.verified", "查实举报件数", "public reports found true", "件", verifiedOn, finding.In(True, PartlyTrue))
	Closed   = measure.Count("public_report.closed", "办结举报件数", "public reports closed", "件", closedOn)
	Rewarded = measure.Sum("public_report.rewarded", "举报奖励金额", "rewards of public reports", reward, rewardedOn)
)

// Kind is the kind of reports from the public.
var Kind = record.Define("public_report", "举报", "public report", func(r *Report) *record.Head { return &r.Head },
	number, receivedOn, channel, subject, target, content, reporter, phone, acceptedOn, finding, verifiedOn, hazardNo, answeredOn, reward, rewardedOn, closedOn,
).Key(number).Ordered(receivedOn).Rule((*Report).inOrder, receivedOn, acceptedOn, verifiedOn, answeredOn, rewardedOn, closedOn).Measures(Received, Verified, Closed, Rewarded)

// The states.
const (
	StateReceived record.State = "received"
	StateAccepted record.State = "accepted"
	StateVerified record.State = "verified"
	StateClosed   record.State = "closed"
	StateRefused  record.State = "refused"
)

// States of a public report.
var States = code.NewList("举报登记表",
	code.Of(StateReceived, "已接报", "received"),
	code.Of(StateAccepted, "已受理", "accepted"),
	code.Of(StateVerified, "已核查", "verified"),
	code.Of(StateClosed, "已办结", "closed"),
	code.Of(StateRefused, "不予受理", "refused"),
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, StateReceived,
	record.Transition("accept", "受理", "accept", StateReceived, StateAccepted, (*Report).Accept),
	record.Transition[Report]("refuse", "不予受理", "refuse", StateReceived, StateRefused, nil, record.Reasoned),
	record.Transition("verify", "核查", "verify", StateAccepted, StateVerified, (*Report).Verify),
	record.Transition[Report]("again", "重新核查", "verify again", StateVerified, StateAccepted, nil, record.Reasoned),
	record.Transition("close", "办结", "close", StateVerified, StateClosed, (*Report).Close),
)
