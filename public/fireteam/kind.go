package fireteam

import (
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Team is a township fire team (乡镇专职消防队).
type Team struct {
	record.Head
	Number      string
	Name        string
	AcceptedOn  period.Day
	Document    string
	Members     maybe.Of[int64]
	Engines     maybe.Of[int64]
	DisbandedOn period.Day // the first day on which it is a team no more
	Files       []field.File
}

// Fields, in the order of the register (乡镇专职消防队台账).
var (
	number      = field.Text("number", "队伍编号", "team number", func(t *Team) *string { return &t.Number }, field.Max(40)).Required()
	name        = field.Text("name", "队伍名称", "name", func(t *Team) *string { return &t.Name }, field.Max(100)).Required()
	acceptedOn  = field.Day("accepted_on", "建成验收日期", "accepted on", func(t *Team) *period.Day { return &t.AcceptedOn }, field.NotFuture)
	document    = field.Text("document", "验收文号", "document of the acceptance", func(t *Team) *string { return &t.Document }, field.Max(100))
	members     = field.Number("members", "专职队员", "members", func(t *Team) *maybe.Of[int64] { return &t.Members }, field.Between(0, 10_000)).Counts("人")
	engines     = field.Number("engines", "消防车", "engines", func(t *Team) *maybe.Of[int64] { return &t.Engines }, field.Between(0, 1_000)).Counts("辆")
	disbandedOn = field.Day("disbanded_on", "撤销日期", "disbanded on", func(t *Team) *period.Day { return &t.DisbandedOn }, field.NotFuture)
	files       = field.Attachment("attachment", "附件", "attachments", func(t *Team) *[]field.File { return &t.Files })
)

// Measures (统计项). A team that is not accepted yet counts in none.
var (
	New     = measure.Count("fire_team.new", "新建乡镇专职消防队数", "new township fire teams", "个", acceptedOn)
	Total   = measure.StockOf("fire_team.total", "乡镇专职消防队数", "township fire teams", "个", acceptedOn, disbandedOn)
	Members = measure.ValueStock("fire_team.members", "乡镇专职消防队员数", "members of township fire teams", members, acceptedOn, disbandedOn)
)

// Kind is the kind of township fire teams.
var Kind = record.Define("fire_team", "乡镇专职消防队", "township fire team", func(t *Team) *record.Head { return &t.Head },
	number, name, acceptedOn, document, members, engines, disbandedOn, files,
).Key(number).Rule((*Team).inOrder, acceptedOn, disbandedOn).Measures(New, Total, Members)

// ErrDisbandedBeforeAccepted: a team is disbanded after it was accepted.
var ErrDisbandedBeforeAccepted = fault.Define("fireteam.disbanded_before_accepted", fault.Invalid,
	"撤销日期%s没有在它之前的建成验收日期", "disbanded on %s and not accepted before")

func (t *Team) inOrder() error {
	if !t.DisbandedOn.IsZero() && (t.AcceptedOn.IsZero() || t.DisbandedOn.Before(t.AcceptedOn)) {
		return ErrDisbandedBeforeAccepted.With(t.DisbandedOn)
	}
	return nil
}

// ErrAcceptedEmpty is a doubt: the team stands as it came.
var ErrAcceptedEmpty = fault.Define("fireteam.accepted_empty", fault.Conflict,
	"%s已于%s验收，没有登记专职队员或消防车", "%s was accepted on %s, and has no members or no engine recorded")

// Doubts lists what about the team does not fit together; none is a reason not to record it.
func (t *Team) Doubts() (doubts fault.List) {
	if !t.AcceptedOn.IsZero() && (t.Members.V == 0 || t.Engines.V == 0) {
		doubts = append(doubts, ErrAcceptedEmpty.With(t.Name, t.AcceptedOn))
	}
	return doubts
}
