package enforcement

import (
	"anlan/ground/code"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Source is how a case came up (案源).
type Source string

// Sources is the list of ways.
var Sources = code.NewList("应急管理行政执法文书：立案审批表",
	code.Of(Source("inspection"), "监督检查", "inspection"),
	code.Of(Source("public_report"), "投诉举报", "report by the public"),
	code.Of(Source("transfer"), "移送交办", "handed over"),
	code.Of(Source("accident"), "事故调查", "accident investigation"),
	code.Of(Source("supervision"), "挂牌督办", "listed supervision"),
)

// Procedure is the procedure of a case.
type Procedure string

// Procedures (行政处罚法, ch. 5).
const (
	Ordinary Procedure = "ordinary"
	Simple   Procedure = "simple"
)

// Procedures is the list of procedures.
var Procedures = code.NewList("中华人民共和国行政处罚法（2021年修订）第五章",
	code.Of(Ordinary, "普通程序", "ordinary procedure"),
	code.Of(Simple, "简易程序", "simple procedure"),
)

// Party is what the party of a case is.
type Party string

// Parties.
const (
	Organisation Party = "organisation"
	Person       Party = "person"
)

// Parties is the list of parties.
var Parties = code.NewList("中华人民共和国行政处罚法（2021年修订）第四条",
	code.Of(Organisation, "法人或者其他组织", "organisation"),
	code.Of(Person, "公民", "person"),
)

// Penalty is the kind of penalty that weighs most in a decision.
type Penalty string

// Fine is the penalty that has an amount.
const Fine Penalty = "fine"

// Penalties is the list of penalties.
var Penalties = code.NewList("中华人民共和国行政处罚法（2021年修订）第九条",
	code.Of(Penalty("warning"), "警告、通报批评", "warning or public reprimand"),
	code.Of(Fine, "罚款", "fine"),
	code.Of(Penalty("confiscation"), "没收违法所得、没收非法财物", "confiscation"),
	code.Of(Penalty("permit"), "暂扣、降级、吊销许可证件", "permit suspended, lowered or revoked"),
	code.Of(Penalty("stop"), "限制开展生产经营活动、责令停产停业、责令关闭、限制从业", "activity limited, stopped or closed"),
	code.Of(Penalty("detention"), "行政拘留", "detention"),
	code.Of(Penalty("none"), "不予行政处罚", "no penalty"),
)

// Case is an administrative enforcement case (行政执法案件). Amounts that are absent are not recorded; 0 元 is an amount.
type Case struct {
	record.Head
	Number       string
	Cause        string
	Source       Source
	Procedure    Procedure
	Party        Party
	Respondent   string
	EnterpriseID ident.ID
	FiledOn      period.Day
	Decision     string
	DecidedOn    period.Day
	Penalty      Penalty
	Fined        maybe.Of[money.Fen]
	ServedOn     period.Day
	Paid         maybe.Of[money.Fen]
	PaidOn       period.Day
	Remitted     maybe.Of[money.Fen]
	Revoked      maybe.Of[money.Fen]
	ClosedOn     period.Day
	Files        []field.File
}

// Fields, in the order of the ledger (案件台账).
var (
	number       = field.Text("number", "案号", "case number", func(c *Case) *string { return &c.Number }, field.Max(60)).Required()
	cause        = field.Text("cause", "案由", "cause", func(c *Case) *string { return &c.Cause }, field.Max(300)).Required()
	source       = field.Code("source", "案源", "how it came up", func(c *Case) *Source { return &c.Source }, Sources)
	procedure    = field.Code("procedure_kind", "适用程序", "procedure", func(c *Case) *Procedure { return &c.Procedure }, Procedures)
	party        = field.Code("party", "当事人类型", "kind of party", func(c *Case) *Party { return &c.Party }, Parties)
	respondent   = field.Person("respondent", "当事人", "respondent", func(c *Case) *string { return &c.Respondent }, field.Max(100))
	enterpriseID = field.Ref("enterprise", "enterprise", "监管企业", "supervised enterprise", func(c *Case) *ident.ID { return &c.EnterpriseID })
	filedOn      = field.Day("filed_on", "立案日期", "filed on", func(c *Case) *period.Day { return &c.FiledOn }, field.NotFuture).Required()
	decision     = field.Text("decision_no", "处罚决定书文号", "decision number", func(c *Case) *string { return &c.Decision }, field.Max(60))
	decidedOn    = field.Day("decided_on", "决定日期", "decided on", func(c *Case) *period.Day { return &c.DecidedOn }, field.NotFuture)
	penalty      = field.Code("penalty", "处罚种类", "penalty", func(c *Case) *Penalty { return &c.Penalty }, Penalties)
	fined        = field.Money("fined", "决定罚款", "fine decided", func(c *Case) *maybe.Of[money.Fen] { return &c.Fined }, field.NotNegative)
	servedOn     = field.Day("served_on", "送达日期", "served on", func(c *Case) *period.Day { return &c.ServedOn }, field.NotFuture)
	paid         = field.Money("paid", "已缴罚款", "fine paid", func(c *Case) *maybe.Of[money.Fen] { return &c.Paid }, field.NotNegative)
	paidOn       = field.Day("paid_on", "缴款日期", "paid on", func(c *Case) *period.Day { return &c.PaidOn }, field.NotFuture)
	remitted     = field.Money("remitted", "减免罚款", "fine remitted", func(c *Case) *maybe.Of[money.Fen] { return &c.Remitted }, field.NotNegative)
	revoked      = field.Money("revoked", "撤销罚款", "fine revoked", func(c *Case) *maybe.Of[money.Fen] { return &c.Revoked }, field.NotNegative)
	closedOn     = field.Day("closed_on", "结案日期", "closed on", func(c *Case) *period.Day { return &c.ClosedOn }, field.NotFuture)
	files        = field.Attachment("attachment", "案卷", "files", func(c *Case) *[]field.File { return &c.Files })
)

// Measures (统计项).
var (
	Filed  = measure.Count("case.filed", "立案数", "cases filed", "起", filedOn)
	Closed = measure.Count("case.closed", "结案数", "cases closed", "起", closedOn)
	Fined  = measure.Sum("case.fined", "决定罚款金额", "fines decided", fined, decidedOn)
	Paid   = measure.Sum("case.paid", "已缴罚款金额", "fines paid", paid, paidOn)
)

// Kind is the kind of enforcement cases.
var Kind = record.Define("enforcement_case", "行政执法案件", "enforcement case", func(c *Case) *record.Head { return &c.Head },
	number, cause, source, procedure, party, respondent, enterpriseID, filedOn, decision, decidedOn, penalty, fined, servedOn, paid, paidOn, remitted, revoked, closedOn, files,
).Key(number).Ordered(filedOn).Rule((*Case).decidedInFull, decision, decidedOn, penalty).
	Rule((*Case).inOrder, filedOn, decidedOn, servedOn, paidOn, closedOn).
	Measures(Filed, Closed, Fined, Paid)

// The states.
const (
	StateFiled    record.State = "filed"
	StateInformed record.State = "informed"
	StateDecided  record.State = "decided"
	StateClosed   record.State = "closed"
	StateDropped  record.State = "dropped"
)

// States of a case.
var States = code.NewList("中华人民共和国行政处罚法（2021年修订）",
	code.Of(StateFiled, "已立案", "filed"),
	code.Of(StateInformed, "已告知", "informed"),
	code.Of(StateDecided, "已决定", "decided"),
	code.Of(StateClosed, "已结案", "closed"),
	code.Of(StateDropped, "撤案", "dropped"),
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, StateFiled,
	record.Transition[Case]("inform", "告知", "inform", StateFiled, StateInformed, nil),
	record.Transition("decide", "作出决定", "decide", StateInformed, StateDecided, (*Case).Decide, record.FourEyes),
	record.Transition("decide", "当场决定", "decide", StateFiled, StateDecided, (*Case).DecideOnTheSpot),
	record.Transition("drop", "撤案", "drop", StateFiled, StateDropped, (*Case).Drop, record.Reasoned, record.FourEyes),
	record.Transition("drop", "撤案", "drop", StateInformed, StateDropped, (*Case).Drop, record.Reasoned, record.FourEyes),
	record.Transition("close", "结案", "close", StateDecided, StateClosed, (*Case).Close),
	record.Deadline(StateFiled, (*Case).due),
	record.Deadline(StateInformed, (*Case).due),
)
