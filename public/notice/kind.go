package notice

import (
	"strings"
	"time"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Sort is what a notice tells.
type Sort string

// Sorts of notices.
const (
	Warning  Sort = "warning"
	Disaster Sort = "disaster"
	Advice   Sort = "advice"
)

// Sorts is the list of sorts.
var Sorts = code.NewList("中华人民共和国突发事件应对法（2024年修订）",
	code.Of(Warning, "预警信息", "warning"),
	code.Of(Disaster, "灾情信息", "disaster"),
	code.Of(Advice, "防范提示", "advice"),
)

// Level is the level of a warning, the highest first.
type Level string

// Levels is the list of levels.
var Levels = code.NewList("中华人民共和国突发事件应对法（2024年修订）：预警级别",
	code.Of(Level("red"), "红色", "red"),
	code.Of(Level("orange"), "橙色", "orange"),
	code.Of(Level("yellow"), "黄色", "yellow"),
	code.Of(Level("blue"), "蓝色", "blue"),
)

// Hazard is what a notice warns or tells of.
type Hazard string

// Hazards is the list of hazards.
var Hazards = code.NewList("突发事件类别（国家突发公共事件总体应急预案）",
	code.Of(Hazard("weather"), "气象", "weather"),
	code.Of(Hazard("flood"), "水旱", "flood and drought"),
	code.Of(Hazard("geology"), "地质", "geological"),
	code.Of(Hazard("earthquake"), "地震", "earthquake"),
	code.Of(Hazard("forest_fire"), "森林草原火险", "forest and grassland fire"),
	code.Of(Hazard("work_safety"), "生产安全", "work safety"),
	code.Of(Hazard("other"), "其他", "other"),
)

// passedOn are hazards of which others issue the warnings, and who.
var passedOn = map[Hazard]string{"weather": "气象台站", "flood": "水文机构、水利部门", "geology": "自然资源、气象部门", "earthquake": "省级人民政府、地震部门"}

// Notice is what the public is told.
type Notice struct {
	record.Head
	Number string
	Sort   Sort
	Hazard Hazard
	Level  Level
	Title  string
	Text   string
	Area   string
	Issuer string
	Until  maybe.Of[time.Time]

	IssuedAt   maybe.Of[time.Time]
	LiftedAt   maybe.Of[time.Time]
	LiftReason string
}

// Fields, in the order of the register (信息发布审批表).
var (
	number = field.Text("number", "编号", "number", func(n *Notice) *string { return &n.Number }, field.Max(40)).Required().Sensitive(access.Public)
	sort   = field.Code("sort", "类别", "sort", func(n *Notice) *Sort { return &n.Sort }, Sorts).Required().Sensitive(access.Public)
	hazard = field.Code("hazard", "灾害或事故类别", "hazard", func(n *Notice) *Hazard { return &n.Hazard }, Hazards).Required().Sensitive(access.Public)
	level  = field.Code("level", "预警级别", "level", func(n *Notice) *Level { return &n.Level }, Levels).Sensitive(access.Public).
		Note("预警信息必填，其他类别不填", "for a warning, and nothing else")
	title  = field.Text("title", "标题", "title", func(n *Notice) *string { return &n.Title }, field.Max(100)).Required().Sensitive(access.Public)
	text   = field.Text("text", "内容", "text", func(n *Notice) *string { return &n.Text }, field.Max(4000)).Required().Sensitive(access.Public)
	area   = field.Text("area", "影响范围", "area", func(n *Notice) *string { return &n.Area }, field.Max(300)).Sensitive(access.Public)
	issuer = field.Text("issuer", "发布单位", "issuer", func(n *Notice) *string { return &n.Issuer }, field.Max(100)).Required().Sensitive(access.Public).
		Note("预警信息写发布它的单位，如市气象台；本单位只转发", "of a warning whoever issued it, as the weather station: it is passed on")
	until    = field.Instant("until_at", "有效期至", "valid until", func(n *Notice) *maybe.Of[time.Time] { return &n.Until }).Sensitive(access.Public)
	issuedAt = field.Instant("issued_at", "发布时间", "issued at", func(n *Notice) *maybe.Of[time.Time] { return &n.IssuedAt }).Sensitive(access.Public).
			Note("发布时自动填写；补录以往的，填当时的时间", "filled in by issuing; of one that is entered later, when it was")
	liftedAt   = field.Instant("lifted_at", "解除时间", "lifted at", func(n *Notice) *maybe.Of[time.Time] { return &n.LiftedAt }).Sensitive(access.Public)
	liftReason = field.Text("lift_reason", "解除原因", "why it was lifted", func(n *Notice) *string { return &n.LiftReason }, field.Max(300)).Sensitive(access.Public)
)

// Kind is the kind of notices.
var Kind = record.Define("public_notice", "公开信息", "public notice", func(n *Notice) *record.Head { return &n.Head },
	number, sort, hazard, level, title, text, area, issuer, until, issuedAt, liftedAt, liftReason,
).Key(number).Rule((*Notice).levelled, sort, level, area).Rule((*Notice).othersToIssue, sort, hazard, issuer).Rule((*Notice).inOrder, until, issuedAt, liftedAt, liftReason).ChangeRule(asIssued)

// The states.
const (
	Draft  record.State = "draft"
	Issued record.State = "issued"
	Lifted record.State = "lifted"
)

// States is the list of states.
var States = code.NewList("信息发布审批表",
	code.Of(Draft, "拟稿", "being drafted"),
	code.Of(Issued, "已发布", "issued"),
	code.Of(Lifted, "已解除", "lifted"),
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, Draft,
	record.Transition[Notice, record.State]("issue", "发布", "issue", Draft, Issued, (*Notice).Issue, record.FourEyes),
	record.Transition[Notice, record.State]("lift", "解除", "lift", Issued, Lifted, (*Notice).Lift, record.Reasoned),
)

// Faults of notices.
var (
	ErrLevel = fault.Define("notice.level", fault.Invalid,
		"预警信息要有预警级别和影响范围，其他类别没有预警级别", "a warning has a level and an area; nothing else has a level")
	ErrOthersIssue = fault.Define("notice.others_issue", fault.Invalid,
		"这类预警由%s发布，应急管理部门不能自行发布，只能转发：请写明发布单位", "such warnings are issued by %s and only passed on here: say whose it is")
	ErrOrder = fault.Define("notice.order", fault.Invalid,
		"时间的先后不对：发布在前，解除和有效期在后；已发布的要有发布时间，已解除的要有解除时间和原因", "the times are out of order: it is issued first, lifted or over afterwards; what is issued says when, what is lifted when and why")
	ErrIssued = fault.Define("notice.issued", fault.Conflict,
		"“%s”%s，内容不能再改：要更正请先解除，再另行发布", "%q is %s and cannot be changed: lift it and issue another")
)

func (n *Notice) levelled() error {
	if (n.Sort == Warning) != (n.Level != "") || n.Sort == Warning && n.Area == "" {
		return ErrLevel.With()
	}
	return nil
}

// othersToIssue: a bureau passes on warnings that only others may issue.
func (n *Notice) othersToIssue() error {
	if by := passedOn[n.Hazard]; n.Sort == Warning && by != "" && strings.Contains(n.Issuer, "应急管理") {
		return ErrOthersIssue.With(by)
	}
	return nil
}

// Issue tells the public, from now on.
func (n *Notice) Issue(m record.Moment) error {
	n.IssuedAt = maybe.Some(m.Now.In(period.Shanghai).Truncate(time.Second))
	return nil
}

// Lift takes the notice back, from now on; the public reads why.
func (n *Notice) Lift(m record.Moment) error {
	n.LiftedAt, n.LiftReason = maybe.Some(m.Now.In(period.Shanghai).Truncate(time.Second)), m.Reason
	return nil
}

func (n *Notice) inOrder() error {
	after := func(t maybe.Of[time.Time]) bool { return t.OK && n.IssuedAt.OK && !n.IssuedAt.V.Before(t.V) }
	lacks := (n.State == Issued || n.State == Lifted) && !n.IssuedAt.OK || n.State == Lifted && (!n.LiftedAt.OK || n.LiftReason == "")
	if lacks || n.Until.OK && after(n.Until) || n.LiftedAt.OK && n.IssuedAt.OK && n.LiftedAt.V.Before(n.IssuedAt.V) {
		return ErrOrder.With()
	}
	return nil
}

// asIssued: what the public was told stands as it was told.
func asIssued(before, _ *Notice, action access.Action) error {
	if before.State != Draft && action == access.Edit {
		v, _ := States.Find(before.State)
		return ErrIssued.With(before.Title, v.Label)
	}
	return nil
}

// InForce says whether what the notice tells still holds at a moment.
func (n *Notice) InForce(now time.Time) bool {
	return n.State == Issued && (!n.Until.OK || now.Before(n.Until.V))
}
