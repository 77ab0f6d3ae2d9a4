package income

import (
	"anlan/ground/classification"
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Source is where income comes from.
type Source string

// The sources.
const (
	Appropriation Source = "appropriation"
	FromAbove     Source = "from_above"
	Undertaking   Source = "undertaking"
	Business      Source = "business"
	FromBelow     Source = "from_below"
	Other         Source = "other"
)

// Sources is the list of sources.
var Sources = code.NewList("部门决算报表：收入决算表",
	code.Of(Appropriation, "财政拨款收入", "fiscal appropriation"),
	code.Of(FromAbove, "上级补助收入", "subsidy from the superior unit"),
	code.Of(Undertaking, "事业收入", "income from undertakings"),
	code.Of(Business, "经营收入", "business income"),
	code.Of(FromBelow, "附属单位上缴收入", "paid in by attached units"),
	code.Of(Other, "其他收入", "other income"),
)

// Income is money that came in (收入).
type Income struct {
	record.Head
	Number     string
	ReceivedOn period.Day
	Source     Source
	Budget     classification.Budget // of an appropriation
	Document   string
	Amount     money.Fen
	Summary    string
}

// Fields, in the order of the income ledger (收入台账).
var (
	number     = field.Text("number", "收入编号", "income number", func(i *Income) *string { return &i.Number }, field.Max(40)).Required()
	receivedOn = field.Day("received_on", "到账日期", "received on", func(i *Income) *period.Day { return &i.ReceivedOn }, field.NotFuture).Required()
	source     = field.Code("source", "收入来源", "source", func(i *Income) *Source { return &i.Source }, Sources).Required()
	budget     = field.Code("budget", "预算类型", "budget", func(i *Income) *classification.Budget { return &i.Budget }, classification.Budgets).Note("财政拨款收入必填", "required of an appropriation")
	document   = field.Text("document", "文号", "document number", func(i *Income) *string { return &i.Document }, field.Max(60))
	amount     = field.Money("amount", "金额", "amount", func(i *Income) *money.Fen { return &i.Amount }, notZero).Note("退回、更正为负数", "negative for a refund or correction")
	summary    = field.Text("summary", "摘要", "summary", func(i *Income) *string { return &i.Summary }, field.Max(200))
)

var notZero = field.Rule[money.Fen]{
	Words: lang.Of("不为0", "other than zero"),
	Holds: func(v money.Fen, _ period.Day) bool { return v != 0 },
}

// Received is the income of a period.
var Received = measure.Sum("income.received", "收入", "income", amount, receivedOn)

// Kind is the kind of income.
var Kind = record.Define("income", "收入", "income", func(i *Income) *record.Head { return &i.Head },
	number, receivedOn, source, budget, document, amount, summary,
).Key(number).Rule((*Income).ofOneBudget, source, budget).Measures(Received)

// ErrBudget: exactly an appropriation belongs to one of the four budgets.
var ErrBudget = fault.Define("income.budget", fault.Invalid,
	"%s的预算类型为“%s”：财政拨款收入应是四本预算之一，其他收入不应有", "income of source %s has the budget %q: an appropriation names one of the four, other income none")

func (i *Income) ofOneBudget() error {
	if (i.Source == Appropriation) != (i.Budget != "") || i.Budget != "" && !i.Budget.Appropriated() {
		s, _ := Sources.Find(i.Source)
		return ErrBudget.With(s.Label, string(i.Budget))
	}
	return nil
}
