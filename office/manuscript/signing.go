package manuscript

import (
	"strings"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Signing is the signing of a report as of one position (报告会签): whoever signs has that text with those figures before him, and
// nothing else is published by it.
type Signing struct {
	record.Head
	Report      string
	Period      period.Period
	Position    int64 // as of which the report is frozen (定稿)
	Signatories []Signatory
	Publication maybe.Of[int64] // the position of the publication
}

// Signatory is one who signs, in the order of the rows.
type Signatory struct {
	Login    string
	Post     string // 拟稿、科室负责人、分管领导 …
	SignedOn period.Day
}

// The states of a signing.
const (
	Signed    record.State = "signing"
	SentBack  record.State = "sent_back"
	Published record.State = "published"
)

var (
	signedReport = field.Text("report", "报告模板", "report template", func(s *Signing) *string { return &s.Report }, aName).Required()
	signedPeriod = field.Period("period", "报告期", "period of the report", func(s *Signing) *period.Period { return &s.Period }).Required()
	position     = field.Number("position", "定稿位置", "frozen as of", func(s *Signing) *int64 { return &s.Position }, field.Between(1, 1<<62)).Note("日志位置", "a position of the journal")
	signatories  = field.Rows("signatory", "会签人", "signatories", func(s *Signing) *[]Signatory { return &s.Signatories }, login, post, signedOn)
	publication  = field.Number("publication", "公开位置", "published at", func(s *Signing) *maybe.Of[int64] { return &s.Publication }, field.Between(1, 1<<62))

	login    = field.Text("login", "登录名", "login name", func(s *Signatory) *string { return &s.Login }, field.Max(30)).Required()
	post     = field.Text("post", "会签环节", "signs as", func(s *Signatory) *string { return &s.Post }, field.Max(40)).Required()
	signedOn = field.Day("signed_on", "会签日期", "signed on", func(s *Signatory) *period.Day { return &s.SignedOn })
)

// Faults of signings.
var (
	ErrNotYourTurn = fault.Define("manuscript.not_your_turn", fault.Denied,
		"现在应由%s（%s）会签，不是%s", "it is the turn of %s (%s) to sign, not of %s")
	ErrAllSigned = fault.Define("manuscript.all_signed", fault.Conflict,
		"各环节都已会签", "everybody has signed")
	ErrNotSigned = fault.Define("manuscript.not_signed", fault.Conflict,
		"%s（%s）还没有会签，不能公开", "%s (%s) has not signed; it cannot be published")
	ErrSignedOtherwise = fault.Define("manuscript.signed_otherwise", fault.Conflict,
		"会签只能由本人办理“会签”，定稿内容和会签人在会签开始后不能改动", "only a signatory's own “sign” signs, and what is signed and by whom cannot be changed once it has begun")
	ErrPublishedStays = fault.Define("manuscript.published_stays", fault.Conflict,
		"按这次会签，报告已经公开，会签不能再改动或作废：更正请改文字或记录后重新定稿、会签、公开", "the report was published as it was signed, and the signing can neither be changed nor withdrawn; to correct it, write, freeze, sign and publish anew")
	ErrNobodySigns = fault.Define("manuscript.nobody_signs", fault.Invalid,
		"至少要有一名会签人", "at least one signatory is needed")
)

// Signings is the kind of signings.
var Signings = record.Define("report_signing", "报告会签", "report signing", func(s *Signing) *record.Head { return &s.Head },
	signedReport, signedPeriod, position, signatories, publication,
).Key(signedReport, signedPeriod, position).ForGood().Rule((*Signing).named, signatories).ChangeRule(signedOnlyBySigning).WriterRule(publishedStays)

// SigningStates is the list of states.
var SigningStates = code.NewList("报告编写流程",
	code.Of(Signed, "会签中", "being signed"),
	code.Of(SentBack, "已退回", "sent back"),
	code.Of(Published, "已公开", "published"),
)

// Sign stands apart from Signings, so that a rule may mention Signings.
var Sign = record.Flow(Signings, SigningStates, Signed,
	record.Transition("sign", "会签", "sign", Signed, Signed, (*Signing).Sign),
	record.Transition[Signing, record.State]("send_back", "退回", "send back", Signed, SentBack, nil, record.Reasoned),
	record.Transition("publish", "公开", "publish", Signed, Published, (*Signing).Publish),
)

// Next is who signs next; nil when everybody has.
func (s *Signing) Next() *Signatory {
	for i := range s.Signatories {
		if s.Signatories[i].SignedOn.IsZero() {
			return &s.Signatories[i]
		}
	}
	return nil
}

// Sign signs for whoever's turn it is, who must be the actor. Faults: ErrAllSigned, ErrNotYourTurn.
func (s *Signing) Sign(m record.Moment) error {
	next := s.Next()
	switch {
	case next == nil:
		return ErrAllSigned.With()
	case !strings.EqualFold(next.Login, m.Actor.Name):
		return ErrNotYourTurn.With(next.Login, next.Post, m.Actor.Name)
	}
	next.SignedOn = m.Today
	return nil
}

// Publish says that the report went out. Fault: ErrNotSigned.
func (s *Signing) Publish(record.Moment) error {
	if next := s.Next(); next != nil {
		return ErrNotSigned.With(next.Login, next.Post)
	}
	return nil
}

func (s *Signing) named() error {
	if len(s.Signatories) == 0 {
		return ErrNobodySigns.With()
	}
	return nil
}

// signedOnlyBySigning: days of signing come by signing, one at a time, and with the first of them the rest is fixed.
func signedOnlyBySigning(before, after *Signing, action access.Action) error {
	begun := before.State != Signed
	for _, x := range before.Signatories {
		begun = begun || !x.SignedOn.IsZero()
	}
	same := len(before.Signatories) == len(after.Signatories)
	newly := 0
	for i := range min(len(before.Signatories), len(after.Signatories)) {
		b, a := before.Signatories[i], after.Signatories[i]
		same = same && b.Login == a.Login && b.Post == a.Post
		if b.SignedOn != a.SignedOn {
			newly++
		}
	}
	content := before.Report == after.Report && before.Period == after.Period && before.Position == after.Position
	switch {
	case begun && !(same && content), action != "sign" && newly > 0, newly > 1:
		return ErrSignedOtherwise.With()
	case action != "publish" && before.Publication != after.Publication:
		return ErrSignedOtherwise.With()
	}
	return nil
}

// publishedStays: by whom a published report was signed is no longer changed by anybody.
func publishedStays(before, _ *Signing, _ record.Moment) error {
	if before != nil && before.State == Published {
		return ErrPublishedStays.With()
	}
	return nil
}
