package pilot

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Trade is the trade of a pilot.
type Trade string

// Trades.
const (
	Chemical Trade = "chemical"
	Industry Trade = "trade"
)

// Trades is the list of trades.
var Trades = code.NewList("“工业互联网+安全生产”行动计划（工信部联信发〔2020〕157号）",
	code.Of(Chemical, "化工生产企业", "chemical enterprise"),
	code.Of(Industry, "工贸规上企业", "enterprise of industry and trade above the designated size"),
)

// Pilot is one pilot.
type Pilot struct {
	record.Head
	Number       string
	EnterpriseID ident.ID
	Enterprise   string
	Trade        Trade
	BeganOn      period.Day
	AcceptedOn   period.Day
	Acceptance   string
	Points       maybe.Of[int64]
	Scenes       []Scene
}

// Scene is one scene put into use, as special-work permits or smart patrols.
type Scene struct {
	Name    string
	InUseOn period.Day
}

// Fields, in the order of the register (试点登记).
var (
	number       = field.Text("number", "试点编号", "pilot number", func(p *Pilot) *string { return &p.Number }, field.Max(40)).Required()
	enterpriseID = field.Ref("enterprise", "enterprise", "监管企业", "supervised enterprise", func(p *Pilot) *ident.ID { return &p.EnterpriseID })
	enterprise   = field.Text("enterprise_name", "试点企业", "enterprise name", func(p *Pilot) *string { return &p.Enterprise }, field.Max(100)).Required()
	trade        = field.Code("trade", "行业", "trade", func(p *Pilot) *Trade { return &p.Trade }, Trades).Required()
	beganOn      = field.Day("began_on", "启动日期", "began on", func(p *Pilot) *period.Day { return &p.BeganOn }, field.NotFuture)
	acceptedOn   = field.Day("accepted_on", "验收日期", "accepted on", func(p *Pilot) *period.Day { return &p.AcceptedOn }, field.NotFuture)
	acceptance   = field.Text("acceptance", "验收文号", "document of the acceptance", func(p *Pilot) *string { return &p.Acceptance }, field.Max(100))
	points       = field.Number("points", "接入点位", "points connected", func(p *Pilot) *maybe.Of[int64] { return &p.Points }, field.Between(0, 10_000_000)).Counts("个")
	scenes       = field.Rows("scene", "应用场景", "scenes", func(p *Pilot) *[]Scene { return &p.Scenes }, sceneName, inUseOn)

	sceneName = field.Text("scene_name", "场景", "scene", func(s *Scene) *string { return &s.Name }, field.Max(100)).Required()
	inUseOn   = field.Day("in_use_on", "投用日期", "in use from", func(s *Scene) *period.Day { return &s.InUseOn }, field.NotFuture)
)

// Measures (统计项).
var (
	ChemicalDone = measure.Count("pilot.chemical", "完成试点的化工生产企业数", "chemical enterprises with a pilot done", "家", acceptedOn, trade.Is(Chemical))
	TradeDone    = measure.Count("pilot.trade", "完成试点的工贸规上企业数", "enterprises of industry and trade with a pilot done", "家", acceptedOn, trade.Is(Industry))
)

// Kind is the kind of pilots.
var Kind = record.Define("industrial_pilot", "工业互联网+安全生产试点", "industrial internet pilot", func(p *Pilot) *record.Head { return &p.Head },
	number, enterpriseID, enterprise, trade, beganOn, acceptedOn, acceptance, points, scenes,
).Key(number).Rule((*Pilot).inOrder, beganOn, acceptedOn).Measures(ChemicalDone, TradeDone)

// ErrAcceptedBeforeBeginning: a pilot is accepted after it began.
var ErrAcceptedBeforeBeginning = fault.Define("pilot.accepted_before_beginning", fault.Invalid,
	"验收日期%s早于启动日期%s", "accepted on %s, before it began on %s")

func (p *Pilot) inOrder() error {
	if !p.AcceptedOn.IsZero() && p.AcceptedOn.Before(p.BeganOn) {
		return ErrAcceptedBeforeBeginning.With(p.AcceptedOn, p.BeganOn)
	}
	return nil
}

// What pilots may be doubted for, though they are recorded as they came.
var (
	ErrNothingInUse = fault.Define("pilot.nothing_in_use", fault.Conflict,
		"%s的试点已于%s验收，验收时没有投用的应用场景", "the pilot of %s was accepted on %s with no scene in use")
	ErrTwoPilots = fault.Define("pilot.two_pilots", fault.Conflict,
		"%s有两个已验收的试点（%s、%s），一家企业计了两次", "%s has two accepted pilots, %s and %s: one enterprise is counted twice")
)

// Doubts lists what about the pilot does not fit together; none is a reason not to record it.
func (p *Pilot) Doubts() (doubts fault.List) {
	if p.AcceptedOn.IsZero() {
		return nil
	}
	for _, s := range p.Scenes {
		if !s.InUseOn.IsZero() && !p.AcceptedOn.Before(s.InUseOn) {
			return nil
		}
	}
	return append(doubts, ErrNothingInUse.With(p.Enterprise, p.AcceptedOn))
}

// CountedTwice finds enterprises with more than one accepted pilot, told apart by reference where there is one, else by name.
func CountedTwice(all []*Pilot) (doubts fault.List) {
	first := map[string]*Pilot{}
	for _, p := range all {
		if p.AcceptedOn.IsZero() {
			continue
		}
		who := p.Enterprise
		if !p.EnterpriseID.IsZero() {
			who = p.EnterpriseID.String()
		}
		if other := first[who]; other != nil {
			doubts = append(doubts, ErrTwoPilots.With(p.Enterprise, other.Number, p.Number))
			continue
		}
		first[who] = p
	}
	return doubts
}
