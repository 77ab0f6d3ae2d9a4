package notice_test

import (
	"errors"
	"testing"
	"time"

	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/public/notice"
	"anlan/record"
)

func TestAWarningHasALevelAndIsNotTheBureausOwnWhereOthersIssueIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(n *notice.Notice)
		want   error
	}{
		"passed on":                    {func(*notice.Notice) {}, nil},
		"without a level":              {func(n *notice.Notice) { n.Level = "" }, notice.ErrLevel},
		"without an area":              {func(n *notice.Notice) { n.Area = "" }, notice.ErrLevel},
		"a disaster with a level":      {func(n *notice.Notice) { n.Sort = notice.Disaster }, notice.ErrLevel},
		"a disaster":                   {func(n *notice.Notice) { n.Sort, n.Level = notice.Disaster, "" }, nil},
		"of rain by the bureau":        {func(n *notice.Notice) { n.Issuer = "示例市应急管理局" }, notice.ErrOthersIssue},
		"of works by the bureau":       {func(n *notice.Notice) { n.Issuer, n.Hazard = "示例市应急管理局", "work_safety" }, nil},
		"advice on rain by the same":   {func(n *notice.Notice) { n.Issuer, n.Sort, n.Level = "示例市应急管理局", notice.Advice, "" }, nil},
		"of floods by the same":        {func(n *notice.Notice) { n.Issuer, n.Hazard = "示例县应急管理局", "flood" }, notice.ErrOthersIssue},
		"of an earthquake by a bureau": {func(n *notice.Notice) { n.Issuer, n.Hazard = "应急管理局", "earthquake" }, notice.ErrOthersIssue},
	} {
		n := &notice.Notice{Number: "示例1", Sort: notice.Warning, Hazard: "weather", Level: "orange", Title: "示例预警", Text: "示例", Area: "示例县", Issuer: "示例市气象台"}
		n.Unit = "430600"
		c.change(n)
		if err := notice.Kind.Check(n, period.MustDay(2024, 6, 24)).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestANoticeIsIssuedBeforeItIsLifted(t *testing.T) {
	t.Parallel()
	at := func(hour int) maybe.Of[time.Time] {
		return maybe.Some(time.Date(2024, 6, 24, hour, 0, 0, 0, period.Shanghai))
	}
	n := &notice.Notice{Number: "示例1", Sort: notice.Disaster, Hazard: "flood", Title: "示例灾情", Text: "示例", Issuer: "示例市应急管理局"}
	n.Unit = "430600"
	check := func() error { return notice.Kind.Check(n, period.MustDay(2024, 6, 24)).Err() }
	if n.State = notice.Issued; !errors.Is(check(), notice.ErrOrder) {
		t.Error("issued at no time")
	}
	if err := n.Issue(record.Moment{Now: at(8).V}); err != nil || check() != nil || n.IssuedAt != at(8) {
		t.Error(err, check(), n.IssuedAt)
	}
	if n.Until = at(8); !errors.Is(check(), notice.ErrOrder) {
		t.Error("over when it begins")
	}
	n.Until = at(9)
	if n.State = notice.Lifted; !errors.Is(check(), notice.ErrOrder) {
		t.Error("lifted at no time")
	}
	if err := n.Lift(record.Moment{Now: at(10).V, Reason: "示例原因"}); err != nil || check() != nil || n.LiftReason != "示例原因" {
		t.Error(err, check(), n.LiftReason)
	}
	if n.LiftedAt = at(7); !errors.Is(check(), notice.ErrOrder) {
		t.Error("lifted before it was issued")
	}
}

func TestANoticeHoldsUntilItIsLiftedOrItsTimeIsOver(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 6, 24, 8, 0, 0, 0, time.UTC)
	n := &notice.Notice{}
	for state, want := range map[record.State]bool{notice.Draft: false, notice.Issued: true, notice.Lifted: false} {
		if n.State = state; n.InForce(now) != want {
			t.Errorf("%s: %v", state, !want)
		}
	}
	n.State, n.Until = notice.Issued, maybe.Some(now)
	if n.InForce(now) || !n.InForce(now.Add(-time.Second)) {
		t.Error("its time is over at the moment that it names, and not before")
	}
}
