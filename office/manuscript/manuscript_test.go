package manuscript

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
)

func by(name string) record.Moment {
	return record.Moment{Today: period.MustDay(2024, 3, 15), Actor: access.Actor{Name: name, Role: access.Section}, Reason: "补充来源"}
}

func TestASectionIsWrittenSubmittedAndApprovedByAnother(t *testing.T) {
	t.Parallel()
	s := &Section{Report: "department", Part: "duties", Title: "主要职能"}
	s.State = Draft
	if err := Writing.Move(s, "submit", by("甲")); !errors.Is(err, ErrEmpty) {
		t.Errorf("an empty section: got %v, want %v", err, ErrEmpty)
	}
	s.Text = "一段。"
	if err := Writing.Move(s, "submit", by("甲")); err != nil {
		t.Fatal(err)
	}
	if err := Writing.Move(s, "approve", by("甲")); !errors.Is(err, record.ErrOwnWork) {
		t.Errorf("own work: got %v, want %v", err, record.ErrOwnWork)
	}
	changed := *s
	changed.Text = "另一段。"
	if l := Writing.CheckChange(s, &changed, access.Edit); !errors.Is(l.Err(), ErrNotOpen) {
		t.Errorf("changed while submitted: got %v, want %v", l.Err(), ErrNotOpen)
	}
	if err := Writing.Move(s, "return", by("乙")); err != nil {
		t.Fatal(err)
	}
	if l := Writing.CheckChange(s, &changed, access.Edit); len(l) > 0 {
		t.Errorf("changed after it was returned: %v", l)
	}
	if err := Writing.Move(s, "submit", by("甲")); err != nil {
		t.Fatal(err)
	}
	if err := Writing.Move(s, "approve", by("乙")); err != nil {
		t.Fatal(err)
	}
}

func TestARemarkIsItsWritersOwn(t *testing.T) {
	t.Parallel()
	day := period.MustDay(2024, 3, 15)
	before := &Section{Remarks: []Remark{{By: "乙", On: day, Says: "出处？"}}}
	for name, c := range map[string]struct {
		after []Remark
		want  error
	}{
		"another, under one's own name": {[]Remark{before.Remarks[0], {By: "甲", On: day, Says: "已补"}}, nil},
		"settled":                       {[]Remark{{By: "乙", On: day, Says: "出处？", Settled: true}}, nil},
		"under another's name":          {[]Remark{before.Remarks[0], {By: "乙", On: day, Says: "可以了"}}, ErrAnothersRemark},
		"reworded":                      {[]Remark{{By: "乙", On: day, Says: "很好"}}, ErrAnothersRemark},
		"removed":                       {nil, ErrAnothersRemark},
	} {
		got := Writing.CheckWriter(before, &Section{Remarks: c.after}, by("甲")).Err()
		if c.want == nil && got != nil || c.want != nil && !errors.Is(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestAReportIsSignedInOrderByThoseWhoAreNamed(t *testing.T) {
	t.Parallel()
	s := &Signing{Report: "department", Position: 5, Signatories: []Signatory{{Login: "nigao", Post: "拟稿"}, {Login: "fenguan", Post: "分管领导"}}}
	s.State = Signed
	if err := Sign.Move(s, "sign", by("fenguan")); !errors.Is(err, ErrNotYourTurn) {
		t.Errorf("out of turn: got %v, want %v", err, ErrNotYourTurn)
	}
	if err := Sign.Move(s, "publish", by("nigao")); !errors.Is(err, ErrNotSigned) {
		t.Errorf("published unsigned: got %v, want %v", err, ErrNotSigned)
	}
	for _, name := range []string{"nigao", "fenguan"} {
		before := *s
		before.Signatories = append([]Signatory(nil), s.Signatories...)
		if err := Sign.Move(s, "sign", by(name)); err != nil {
			t.Fatal(err)
		}
		if l := Sign.CheckChange(&before, s, "sign"); len(l) > 0 {
			t.Errorf("signing by %s: %v", name, l)
		}
	}
	if err := Sign.Move(s, "sign", by("nigao")); !errors.Is(err, ErrAllSigned) {
		t.Errorf("signed twice: got %v, want %v", err, ErrAllSigned)
	}
	other := *s
	other.Position = 6
	if l := Sign.CheckChange(s, &other, access.Edit); !errors.Is(l.Err(), ErrSignedOtherwise) {
		t.Errorf("another text under the same signatures: got %v", l)
	}
	other = *s
	other.Signatories = []Signatory{{Login: "nigao", Post: "拟稿", SignedOn: period.MustDay(2024, 3, 15)}}
	if l := Sign.CheckChange(s, &other, access.Edit); !errors.Is(l.Err(), ErrSignedOtherwise) {
		t.Errorf("a signatory left out: got %v", l)
	}
	fresh := &Signing{Signatories: []Signatory{{Login: "nigao", Post: "拟稿"}}}
	fresh.State = Signed
	forged := *fresh
	forged.Signatories = []Signatory{{Login: "nigao", Post: "拟稿", SignedOn: period.MustDay(2024, 3, 15)}}
	if l := Sign.CheckChange(fresh, &forged, access.Edit); !errors.Is(l.Err(), ErrSignedOtherwise) {
		t.Errorf("signed by an edit: got %v", l)
	}
	if l := Sign.CheckWriter(fresh, fresh, record.Moment{}); l.Err() != nil {
		t.Errorf("one that is under way cannot be given up: %v", l)
	}
	published := *fresh
	published.State = Published
	if l := Sign.CheckWriter(&published, &published, record.Moment{}); !errors.Is(l.Err(), ErrPublishedStays) {
		t.Errorf("what was published by it is given up: got %v", l)
	}
	forged = *fresh
	forged.Publication = maybe.Some(int64(9))
	if l := Sign.CheckChange(fresh, &forged, access.Edit); !errors.Is(l.Err(), ErrSignedOtherwise) {
		t.Errorf("published by an edit: got %v", l)
	}
}
