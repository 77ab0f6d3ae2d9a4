package compliance

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Source is who found it.
type Source string

// Sources is the list of sources.
var Sources = code.NewList("审计、财会监督、巡察及内部监督",
	code.Of(Source("audit"), "审计", "audit"),
	code.Of(Source("finance"), "财政检查", "finance bureau"),
	code.Of(Source("inspection"), "巡视巡察", "inspection"),
	code.Of(Source("internal"), "内部审计", "internal audit"),
	code.Of(Source("self"), "自查", "own check"),
)

// Requirement is which requirement is failed.
type Requirement string

// Requirements is the list of the five requirements.
var Requirements = code.NewList("财预〔2013〕53号：资金使用合规性",
	code.Of(Requirement("law"), "符合国家财经法规和财务管理制度", "follows law and rules of finance"),
	code.Of(Requirement("approval"), "资金拨付有完整的审批程序和手续", "approval is complete"),
	code.Of(Requirement("appraisal"), "重大开支经过评估论证", "large expenditure is appraised"),
	code.Of(Requirement("purpose"), "符合部门预算批复的用途", "spent for the approved purpose"),
	code.Of(Requirement("diversion"), "不存在截留、挤占、挪用、虚列支出", "no retention, diversion, misuse or false booking"),
)

// Finding is a compliance finding (合规性问题).
type Finding struct {
	record.Head
	Number      string
	FoundOn     period.Day
	Source      Source
	Requirement Requirement
	What        string
	Amount      maybe.Of[money.Fen]
	Document    string
	MendBy      period.Day
	Mended      string // what was done
	ClosedOn    period.Day
}

// Fields, in the order of the ledger (问题整改台账).
var (
	number      = field.Text("number", "问题编号", "finding number", func(f *Finding) *string { return &f.Number }, field.Max(40)).Required()
	foundOn     = field.Day("found_on", "发现日期", "found on", func(f *Finding) *period.Day { return &f.FoundOn }, field.NotFuture).Required()
	source      = field.Code("source", "问题来源", "found by", func(f *Finding) *Source { return &f.Source }, Sources).Required()
	requirement = field.Code("requirement", "不符合的要求", "requirement failed", func(f *Finding) *Requirement { return &f.Requirement }, Requirements).Required()
	what        = field.Text("what", "问题描述", "description", func(f *Finding) *string { return &f.What }, field.Max(500)).Required()
	amount      = field.Money("amount", "涉及金额", "amount concerned", func(f *Finding) *maybe.Of[money.Fen] { return &f.Amount }, field.NotNegative)
	document    = field.Text("document", "文书文号", "document number", func(f *Finding) *string { return &f.Document }, field.Max(60))
	mendBy      = field.Day("mend_by_on", "整改期限", "to be mended by", func(f *Finding) *period.Day { return &f.MendBy })
	mended      = field.Text("mended", "整改情况", "what was done", func(f *Finding) *string { return &f.Mended }, field.Max(500))
	closedOn    = field.Day("closed_on", "销号日期", "closed on", func(f *Finding) *period.Day { return &f.ClosedOn }, field.NotFuture).Note("销号当日起不再计入未销号数", "no longer open from this day on")
)

// Measures (统计项).
var (
	Findings = measure.Count("compliance.findings", "合规性问题数", "compliance findings", "项", foundOn)
	Open     = measure.StockOf("compliance.open", "未销号合规性问题数", "compliance findings open", "项", foundOn, closedOn)
)

// Kind is the kind of compliance findings.
var Kind = record.Define("compliance_finding", "合规性问题", "compliance finding", func(f *Finding) *record.Head { return &f.Head },
	number, foundOn, source, requirement, what, amount, document, mendBy, mended, closedOn,
).Key(number).Rule((*Finding).inOrder, number, foundOn, closedOn).Measures(Findings, Open)

// The states.
const (
	StateFound  record.State = "found"
	StateMended record.State = "mended"
	StateClosed record.State = "closed"
)

// States is the list of states.
var States = code.NewList("问题整改台账",
	code.Of(StateFound, "已发现", "found"),
	code.Of(StateMended, "已整改", "mended"),
	code.Of(StateClosed, "已销号", "closed"),
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, StateFound,
	record.Transition("mend", "整改完成", "mend", StateFound, StateMended, (*Finding).Mend),
	record.Transition("return", "退回整改", "return", StateMended, StateFound, (*Finding).Return, record.Reasoned),
	record.Transition("close", "销号", "close", StateMended, StateClosed, (*Finding).Close, record.FourEyes),
	record.Deadline(StateFound, (*Finding).due),
)

// Faults of compliance findings.
var (
	ErrNothingDone = fault.Define("compliance_finding.nothing_done", fault.Conflict,
		"问题%s没有填写整改情况，不能报整改完成", "finding %s does not say what was done and cannot be reported as mended")
	ErrClosedEarly = fault.Define("compliance_finding.closed_early", fault.Invalid,
		"销号日期%s早于发现日期%s", "closed on %s is before found on %s")
	ErrNotClosed = fault.Define("compliance_finding.not_closed", fault.Invalid,
		"问题%s的销号日期与状态不符：已销号的应有销号日期，未销号的不应有", "finding %s: exactly a closed one has a day of closing")
)

// Mend reports the finding as mended (整改完成); it must say what was done.
func (f *Finding) Mend(record.Moment) error {
	if f.Mended == "" {
		return ErrNothingDone.With(f.Number)
	}
	return nil
}

// Return sends the mending back (退回整改).
func (f *Finding) Return(record.Moment) error { return nil }

// Close accepts the mending (销号); without a day it is closed today.
func (f *Finding) Close(m record.Moment) error {
	if f.ClosedOn.IsZero() {
		f.ClosedOn = m.Today
	}
	return nil
}

func (f *Finding) due(record.Moment) period.Day { return f.MendBy }

// inOrder: a finding is closed after it was found, and exactly in its last state.
func (f *Finding) inOrder() error {
	switch closed := !f.ClosedOn.IsZero(); {
	case closed && f.ClosedOn.Before(f.FoundOn):
		return ErrClosedEarly.With(f.ClosedOn, f.FoundOn)
	case closed != (f.State == StateClosed):
		return ErrNotClosed.With(f.Number)
	}
	return nil
}
