package fund

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

// Level is the government that allots a fund.
type Level string

// Levels is the list of levels.
var Levels = code.NewList("财政转移支付",
	code.Of(Level("central"), "中央", "central"),
	code.Of(Level("provincial"), "省级", "provincial"),
	code.Of(Level("municipal"), "市级", "municipal"),
)

// Programme is the earmark that a fund belongs to.
type Programme string

// Programmes that are asked for by name.
const (
	Safety     Programme = "safety"
	Earthquake Programme = "earthquake"
	Flood      Programme = "flood"
	Geology    Programme = "geology"
	Survey     Programme = "survey"
	Shelter    Programme = "shelter"
	Injury     Programme = "injury"
	Smart      Programme = "smart"
	Other      Programme = "other"
)

// Programmes is the list of programmes.
var Programmes = code.NewList("湘财企〔2020〕49号及各专项资金下达文件",
	code.Of(Safety, "安全生产预防及应急专项", "work safety and emergency earmark"),
	code.Of(Earthquake, "地震事务专项", "earthquake affairs"),
	code.Of(Flood, "自然灾害救灾（洪涝）", "disaster relief, flood"),
	code.Of(Geology, "自然灾害救助（地质灾害）", "disaster relief, geological"),
	code.Of(Survey, "自然灾害风险普查", "survey of disaster risks"),
	code.Of(Shelter, "应急避难场所建设", "emergency shelters"),
	code.Of(Injury, "工伤保险预防", "prevention of work injury"),
	code.Of(Smart, "智慧应急建设", "smart emergency management"),
	code.Of(Other, "其他专项", "other"),
)

// Fund is an earmarked fund (专项资金).
type Fund struct {
	record.Head
	Document   string
	Name       string
	Level      Level
	Programme  Programme
	AllottedOn period.Day
	Allotted   money.Fen
	ReceivedOn period.Day
	Received   maybe.Of[money.Fen]
	Purposes   []Purpose
}

// Purpose is what a part of the fund is for (支持方向).
type Purpose struct {
	What   string
	Amount maybe.Of[money.Fen]
}

// Fields, in the order of the register (专项资金台账).
var (
	document   = field.Text("document", "文号", "document number", func(f *Fund) *string { return &f.Document }, field.Max(60)).Required()
	name       = field.Text("name", "资金名称", "name", func(f *Fund) *string { return &f.Name }, field.Max(100)).Required()
	level      = field.Code("level", "资金级次", "level", func(f *Fund) *Level { return &f.Level }, Levels).Required()
	programme  = field.Code("programme", "专项类别", "programme", func(f *Fund) *Programme { return &f.Programme }, Programmes).Required()
	allottedOn = field.Day("allotted_on", "下达日期", "allotted on", func(f *Fund) *period.Day { return &f.AllottedOn }).Required()
	allotted   = field.Money("allotted", "下达金额", "allotted", func(f *Fund) *money.Fen { return &f.Allotted }, field.NotNegative)
	receivedOn = field.Day("received_on", "到位日期", "received on", func(f *Fund) *period.Day { return &f.ReceivedOn }, field.NotFuture)
	received   = field.Money("received", "到位金额", "received", func(f *Fund) *maybe.Of[money.Fen] { return &f.Received }, field.NotNegative)
	purposes   = field.Rows("purpose", "支持方向", "purposes", func(f *Fund) *[]Purpose { return &f.Purposes }, what, amount)

	what   = field.Text("what", "用途", "purpose", func(p *Purpose) *string { return &p.What }, field.Max(200)).Required()
	amount = field.Money("amount", "金额", "amount", func(p *Purpose) *maybe.Of[money.Fen] { return &p.Amount }, field.NotNegative)
)

// Measures (统计项).
var (
	Allotted       = measure.Sum("fund.allotted", "专项资金下达数", "funds allotted", allotted, allottedOn)
	Received       = measure.Sum("fund.received", "专项资金到位数", "funds received", received, receivedOn)
	SafetyAllotted = measure.Sum("fund.safety_allotted", "安全生产预防及应急专项下达数", "work safety earmark allotted", allotted, allottedOn, programme.Is(Safety))
	SafetyReceived = measure.Sum("fund.safety_received", "安全生产预防及应急专项到位数", "work safety earmark received", received, receivedOn, programme.Is(Safety))
)

// Kind is the kind of earmarked funds.
var Kind = record.Define("fund", "专项资金", "earmarked fund", func(f *Fund) *record.Head { return &f.Head },
	document, name, level, programme, allottedOn, allotted, receivedOn, received, purposes,
).Key(document).Rule((*Fund).whole, document, receivedOn, received).Measures(Allotted, Received, SafetyAllotted, SafetyReceived)

// Faults of funds.
var (
	ErrReceipt = fault.Define("fund.receipt", fault.Invalid,
		"资金%s的到位日期和到位金额应同时填写或同时不填", "fund %s: day and amount of the receipt are given together or not at all")
	ErrMoreThanAllotted = fault.Define("fund.more_than_allotted", fault.Conflict,
		"资金%s下达%s元，到位%s元，到位多于下达", "of the fund %s %s 元 were allotted and %s 元 received: more than was allotted")
	ErrPurposesDiffer = fault.Define("fund.purposes_differ", fault.Conflict,
		"资金%s下达%s元，各支持方向合计%s元，相差%s元", "of the fund %s %s 元 were allotted, and its purposes add up to %s 元: a difference of %s 元")
)

func (f *Fund) whole() error {
	if f.ReceivedOn.IsZero() == f.Received.OK {
		return ErrReceipt.With(f.Document)
	}
	return nil
}

// Doubts are what a reader should look at, though the fund is kept as it came: more received than allotted, and purposes
// that, where each has its amount, do not add up to what was allotted.
func (f *Fund) Doubts() (faults fault.List) {
	if f.Received.OK && f.Received.V > f.Allotted {
		faults = append(faults, ErrMoreThanAllotted.With(f.Document, f.Allotted, f.Received.V))
	}
	var sum money.Fen
	for _, p := range f.Purposes {
		if !p.Amount.OK {
			return faults
		}
		sum += p.Amount.V
	}
	if len(f.Purposes) > 0 && sum != f.Allotted {
		faults = append(faults, ErrPurposesDiffer.With(f.Document, f.Allotted, sum, f.Allotted-sum))
	}
	return faults
}
