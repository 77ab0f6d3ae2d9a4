package web

import (
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"anlan/app"
	"anlan/ground/allowance"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/public/publicreport"
)

// What the public may ask of the form: so much from one address, and so much from all together, because what is once in the journal
// cannot be taken out of it.
const (
	informBurst    = 5
	informEvery    = 10 * time.Minute
	informAllBurst = 60
	informAllEvery = 20 * time.Second
	askBurst       = 20
	askEvery       = time.Minute
)

// ErrTooOften says that an address, or all together, sends more than a bureau can read.
var ErrTooOften = fault.Define("web.too_often", fault.TooLarge,
	"提交得太频繁，请过一会儿再试；紧急情况请拨打119、110或12350", "too much was sent in a short time; try again later, and in an emergency call 119, 110 or 12350")

// informing bounds what comes by the public's form. Addresses are kept in memory only, and are in no log.
type informing struct {
	told *allowance.Of[netip.Prefix]
	ask  *allowance.Of[netip.Prefix]
	all  *allowance.Of[struct{}]
}

func newInforming() *informing {
	return &informing{told: allowance.New[netip.Prefix](allowance.Rate{Each: informEvery, Reserve: informBurst}), ask: allowance.New[netip.Prefix](allowance.Rate{Each: askEvery, Reserve: askBurst}),
		all: allowance.New[struct{}](allowance.Rate{Each: informAllEvery, Reserve: informAllBurst})}
}

func (i *informing) mayTell(from string, now time.Time) bool {
	_, here := i.told.Take(allowance.Source(from), now)
	if !here {
		return false
	}
	_, all := i.all.Take(struct{}{}, now)
	return all
}

func (i *informing) mayAsk(from string, now time.Time) bool {
	_, ok := i.ask.Take(allowance.Source(from), now)
	return ok
}

// informForm is the form on which the public tells.
type informForm struct {
	app.Information
	Subjects []option
	Places   []option
	Said     []string
	Number   string // of a receipt that is asked for
	AskSaid  []string
}

// receiptSight is what an informant gets for a report, or sees of it later.
type receiptSight struct {
	app.Receipt
	State string
	Days  []dayLine
}

type dayLine struct{ Label, On string }

// informPage shows the form.
func (s *Server) informPage(v *visit) error {
	if s.informing == nil {
		return ErrNoPage.With(v.r.URL.Path)
	}
	return s.showInform(v, informForm{Information: app.Information{Key: reference() + reference()}})
}

func (s *Server) showInform(v *visit, f informForm) error {
	for _, c := range publicreport.Subjects.Values {
		f.Subjects = append(f.Subjects, option{string(c.Code), c.Label.In(v.lang), c.Code == f.Subject})
	}
	counties, err := s.app.CountiesOf(v.r.Context(), v.top)
	if err != nil {
		return err
	}
	for _, c := range counties {
		f.Places = append(f.Places, option{string(c.Code), c.Name, c.Code == f.Place})
	}
	p := v.page(v.t("我要举报", "Report a hazard"))
	p.Wing, p.Public, p.Narrow = "inform", true, true
	p.Lead = v.t("安全生产领域的重大事故隐患、违法行为和瞒报谎报的事故；可以不留姓名", "major hazards, illegal acts and concealed accidents in work safety; you need not give your name")
	return v.show(p, informBody(p, f))
}

// inform records what the public tells, and shows the receipt once.
func (s *Server) inform(v *visit) error {
	if s.informing == nil {
		return ErrNoPage.With(v.r.URL.Path)
	}
	f := informForm{Information: app.Information{Subject: publicreport.Subject(v.r.PostFormValue("subject")), Place: place.Code(v.r.PostFormValue("place")),
		Target: v.r.PostFormValue("target"), Content: v.r.PostFormValue("content"), Reporter: v.r.PostFormValue("reporter"), Phone: v.r.PostFormValue("phone"), Key: v.r.PostFormValue("key")}}
	if len(f.Key) != len(reference()+reference()) || strings.TrimSpace(v.r.PostFormValue("website")) != "" { // a field that only programs fill in
		return ErrNotFromAPage.With()
	}
	if !s.informing.mayTell(address(v.r), s.app.Clock().Now()) {
		return ErrTooOften.With()
	}
	receipt, err := s.app.Inform(v.r.Context(), s.Apply, v.top, f.Information)
	if kind, known := fault.KindOf(err); known && (kind == fault.Invalid || kind == fault.Conflict) {
		f.Said = v.byField(err)
		v.status = http.StatusUnprocessableEntity
		return s.showInform(v, f)
	}
	if err != nil {
		return err
	}
	p := v.page(v.t("已收到您的举报", "Your report has been received"))
	p.Wing, p.Public, p.Narrow = "inform", true, true
	v.w.Header().Set("Cache-Control", "no-store")
	return v.show(p, informReceipt(p, receiptSight{Receipt: receipt}))
}

// byField says what is wrong with a report, each with the name that its field has on the page.
func (v *visit) byField(err error) (said []string) {
	var all fault.List
	if !errors.As(err, &all) {
		return lines(fault.In(err, v.lang))
	}
	for _, f := range all {
		one := *f
		one.Where = fault.Where{}
		text := one.In(v.lang)
		for _, x := range publicreport.Kind.Fields() {
			if x.Code == f.Where.Field {
				text = x.Label.In(v.lang) + v.t("：", ": ") + text
			}
		}
		said = append(said, text)
	}
	return said
}

// informState shows what became of a report to whoever has its receipt.
func (s *Server) informState(v *visit) error {
	if s.informing == nil {
		return ErrNoPage.With(v.r.URL.Path)
	}
	if !s.informing.mayAsk(address(v.r), s.app.Clock().Now()) {
		return ErrTooOften.With()
	}
	r := app.Receipt{Number: v.r.PostFormValue("number"), Code: v.r.PostFormValue("code")}
	x, err := s.app.Informed(v.r.Context(), v.top, r)
	if errors.Is(err, app.ErrNoSuchReceipt) {
		v.status = http.StatusNotFound
		return s.showInform(v, informForm{Information: app.Information{Key: reference() + reference()}, Number: r.Number, AskSaid: lines(fault.In(err, v.lang))})
	}
	if err != nil {
		return err
	}
	state, _ := publicreport.States.Find(x.State)
	sight := receiptSight{Receipt: app.Receipt{Number: x.Number}, State: state.Label.In(v.lang)}
	for _, d := range []struct {
		label string
		on    period.Day
	}{{v.t("接报", "received"), x.ReceivedOn}, {v.t("受理", "accepted"), x.AcceptedOn}, {v.t("核查", "verified"), x.VerifiedOn}, {v.t("答复", "answered"), x.AnsweredOn}, {v.t("办结", "closed"), x.ClosedOn}} {
		if !d.on.IsZero() {
			sight.Days = append(sight.Days, dayLine{d.label, d.on.String()})
		}
	}
	p := v.page(v.t("举报办理情况", "What became of the report"))
	p.Wing, p.Public, p.Narrow = "inform", true, true
	v.w.Header().Set("Cache-Control", "no-store")
	return v.show(p, informReceipt(p, sight))
}
