package evacuation

import (
	"anlan/ground/code"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Cause is the danger that people leave.
type Cause string

// Causes is the list of dangers.
var Causes = code.NewList("人员转移登记表",
	code.Of(Cause("flash_flood"), "山洪", "flash flood"),
	code.Of(Cause("geology"), "地质灾害", "geological disaster"),
	code.Of(Cause("flood"), "洪涝", "flood"),
	code.Of(Cause("dike"), "堤垸险情", "dike in danger"),
	code.Of(Cause("reservoir"), "水库险情", "reservoir in danger"),
	code.Of(Cause("fire"), "森林火灾", "forest fire"),
	code.Of(Cause("chemical"), "危险化学品", "hazardous chemicals"),
	code.Of(Cause("other"), "其他", "other"),
)

// Evacuation is the evacuation of one danger area (人员转移).
type Evacuation struct {
	record.Head
	Number          string
	Process         ident.ID
	Cause           Cause
	Area            string
	OrderedOn       period.Day
	DueHouseholds   maybe.Of[int64]
	DuePeople       maybe.Of[int64]
	MovedOn         period.Day
	MovedHouseholds maybe.Of[int64]
	MovedPeople     maybe.Of[int64]
	Frail           maybe.Of[int64] // of those moved: the old, the weak, the ill, the disabled, children, expectant mothers
	Destination     string
	Remaining       string // why people who were due did not move
	ReturnedOn      period.Day
	ReturnedPeople  maybe.Of[int64]
	Approval        string
}

var people = field.Between(0, 10_000_000)

// Fields, in the order of the register (人员转移登记表).
var (
	number          = field.Text("number", "转移编号", "evacuation number", func(e *Evacuation) *string { return &e.Number }, field.Max(40)).Required()
	process         = field.Ref("process", "rainfall_process", "降雨过程", "rain process", func(e *Evacuation) *ident.ID { return &e.Process })
	cause           = field.Code("cause", "转移原因", "cause", func(e *Evacuation) *Cause { return &e.Cause }, Causes).Required()
	area            = field.Text("area", "危险区", "danger area", func(e *Evacuation) *string { return &e.Area }, field.Max(200)).Required()
	orderedOn       = field.Day("ordered_on", "下令日期", "ordered on", func(e *Evacuation) *period.Day { return &e.OrderedOn }, field.NotFuture).Required()
	dueHouseholds   = field.Number("due_households", "应转户数", "households due", func(e *Evacuation) *maybe.Of[int64] { return &e.DueHouseholds }, people).Counts("户")
	duePeople       = field.Number("due_people", "应转人数", "people due", func(e *Evacuation) *maybe.Of[int64] { return &e.DuePeople }, people).Counts("人")
	movedOn         = field.Day("moved_on", "转移日期", "moved on", func(e *Evacuation) *period.Day { return &e.MovedOn }, field.NotFuture)
	movedHouseholds = field.Number("moved_households", "实转户数", "households moved", func(e *Evacuation) *maybe.Of[int64] { return &e.MovedHouseholds }, people).Counts("户")
	movedPeople     = field.Number("moved_people", "实转人数", "people moved", func(e *Evacuation) *maybe.Of[int64] { return &e.MovedPeople }, people).Counts("人")
	frail           = field.Number("frail_people", "其中特殊人员", "of them frail", func(e *Evacuation) *maybe.Of[int64] { return &e.Frail }, people).Counts("人")
	destination     = field.Text("destination", "安置去向", "destination", func(e *Evacuation) *string { return &e.Destination }, field.Max(200))
	remaining       = field.Text("remaining", "未转原因", "why some remained", func(e *Evacuation) *string { return &e.Remaining }, field.Max(500))
	returnedOn      = field.Day("returned_on", "返回日期", "returned on", func(e *Evacuation) *period.Day { return &e.ReturnedOn }, field.NotFuture)
	returnedPeople  = field.Number("returned_people", "返回人数", "people returned", func(e *Evacuation) *maybe.Of[int64] { return &e.ReturnedPeople }, people).Counts("人")
	approval        = field.Text("approval", "返回批准", "approval of the return", func(e *Evacuation) *string { return &e.Approval }, field.Max(100))
)

// Measures (统计项).
var (
	Due      = measure.Sum("evacuation.due", "应转移人数", "people due to move", duePeople, orderedOn)
	Moved    = measure.Sum("evacuation.moved", "转移人数", "people moved", movedPeople, movedOn)
	Returned = measure.Sum("evacuation.returned", "返回人数", "people returned", returnedPeople, returnedOn)
)

// Kind is the kind of evacuations.
var Kind = record.Define("evacuation", "人员转移", "evacuation", func(e *Evacuation) *record.Head { return &e.Head },
	number, process, cause, area, orderedOn, dueHouseholds, duePeople, movedOn, movedHouseholds, movedPeople, frail, destination, remaining, returnedOn, returnedPeople, approval,
).Key(number).Ordered(orderedOn).Rule((*Evacuation).inOrder, orderedOn, movedOn, returnedOn).Measures(Due, Moved, Returned)

// The states.
const (
	StateOrdered  record.State = "ordered"
	StateMoved    record.State = "moved"
	StateReturned record.State = "returned"
	StateLifted   record.State = "lifted"
)

// States of an evacuation.
var States = code.NewList("人员转移登记表",
	code.Of(StateOrdered, "已下令", "ordered"),
	code.Of(StateMoved, "已转移", "moved"),
	code.Of(StateReturned, "已返回", "returned"),
	code.Of(StateLifted, "已解除", "lifted"),
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, StateOrdered,
	record.Transition("move", "转移完成", "move", StateOrdered, StateMoved, (*Evacuation).Move),
	record.Transition[Evacuation]("lift", "解除", "lift", StateOrdered, StateLifted, nil, record.Reasoned),
	record.Transition("return", "批准返回", "return", StateMoved, StateReturned, (*Evacuation).Return, record.FourEyes),
)
