package staff

import (
	"anlan/ground/classification"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Member is a staff member (人员).
type Member struct {
	record.Head
	Number        string
	Name          string
	Establishment classification.Establishment
	InPostFrom    period.Day
	InPostTo      period.Day // the last day in post; none while in post
	RetiredOn     period.Day
	RemovedOn     period.Day // taken off the roll, e.g. by death
}

// Fields, in the order of the roster (人员名册).
var (
	number        = field.Text("number", "人员编号", "number", func(m *Member) *string { return &m.Number }, field.Max(30)).Required()
	name          = field.Person("name", "姓名", "name", func(m *Member) *string { return &m.Name }, field.Max(50)).Required()
	establishment = field.Code("establishment", "编制类型", "establishment", func(m *Member) *classification.Establishment { return &m.Establishment }, classification.Establishments).Required()
	inPostFrom    = field.Day("in_post_from_on", "任职自", "in post from", func(m *Member) *period.Day { return &m.InPostFrom }).Required()
	inPostTo      = field.Day("in_post_to_on", "任职至", "in post to", func(m *Member) *period.Day { return &m.InPostTo }).Note("最后一个在职日", "the last day in post")
	retiredOn     = field.Day("retired_on", "退休日期", "retired on", func(m *Member) *period.Day { return &m.RetiredOn })
	removedOn     = field.Day("removed_on", "注销日期", "taken off the roll on", func(m *Member) *period.Day { return &m.RemovedOn })
)

// Measures (统计项).
var (
	InPost  = measure.StockThrough("staff.in_post", "在职人数", "staff in post", "人", inPostFrom, inPostTo)
	Retired = measure.StockOf("staff.retired", "退休人数", "staff retired", "人", retiredOn, removedOn)
)

// Kind is the kind of staff members.
var Kind = record.Define("staff", "人员", "staff member", func(m *Member) *record.Head { return &m.Head },
	number, name, establishment, inPostFrom, inPostTo, retiredOn, removedOn,
).Key(number).Rule((*Member).inOrder, inPostFrom, inPostTo, retiredOn).Measures(InPost, Retired)

// Faults of staff members.
var (
	ErrLeftBeforeComing = fault.Define("staff.left_before_coming", fault.Invalid,
		"任职至%s早于任职自%s", "in post to %s is before in post from %s")
	ErrRetiredInPost = fault.Define("staff.retired_in_post", fault.Invalid,
		"退休日期为%s的人员应有任职至，且早于退休日期", "a member retired on %s needs a last day in post before it")
)

// inOrder: nobody leaves before coming, and nobody is retired and in post on one day.
func (m *Member) inOrder() error {
	switch {
	case !m.InPostTo.IsZero() && m.InPostTo.Before(m.InPostFrom):
		return ErrLeftBeforeComing.With(m.InPostTo, m.InPostFrom)
	case !m.RetiredOn.IsZero() && (m.InPostTo.IsZero() || !m.InPostTo.Before(m.RetiredOn)):
		return ErrRetiredInPost.With(m.RetiredOn)
	}
	return nil
}
