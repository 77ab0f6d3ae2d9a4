package hazard

import (
	"regexp"
	"strconv"

	"anlan/ground/code"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Grade is the grade of a hazard.
type Grade string

// Grades of hazards (总局令16号, art. 3).
const (
	Ordinary Grade = "ordinary"
	Major    Grade = "major"
)

// Grades is the list of grades.
var Grades = code.NewList("安全生产事故隐患排查治理暂行规定（总局令16号）第三条",
	code.Of(Ordinary, "一般事故隐患", "ordinary"),
	code.Of(Major, "重大事故隐患", "major"),
)

// Source is how a hazard came to be known.
type Source string

// Sources is the list of ways.
var Sources = code.NewList("重大事故隐患排查整治台账",
	code.Of(Source("enterprise"), "企业自查", "found by the enterprise"),
	code.Of(Source("inspection"), "执法检查", "inspection"),
	code.Of(Source("supervision"), "督查检查", "supervision from above"),
	code.Of(Source("public_report"), "群众举报", "report by the public"),
	code.Of(Source("expert"), "专家会诊", "experts"),
)

// Level is the level of the committee that listed a hazard (挂牌督办层级).
type Level string

// Levels is the list of levels.
var Levels = code.NewList("重大事故隐患挂牌督办",
	code.Of(Level("county"), "县级", "county"),
	code.Of(Level("city"), "市级", "city"),
	code.Of(Level("province"), "省级", "province"),
	code.Of(Level("state"), "国家级", "state"),
)

// Hazard is a hidden hazard (事故隐患).
type Hazard struct {
	record.Head
	Number       string
	Title        string
	Grade        Grade
	Criterion    string // standard, edition and clause by which it is a major one
	Source       Source
	EnterpriseID ident.ID
	Enterprise   string
	FoundOn      period.Day
	ListedOn     period.Day
	ListedBy     Level
	Order        string // number of the order of listed supervision (督办文号)
	RectifyBy    period.Day
	ClosedOn     period.Day
	Cost         maybe.Of[money.Fen] // 0 元 and "not recorded" differ
	Coordinates  string              // latitude and longitude in degrees (CGCS2000), as a phone gives them: 29.357200,113.128900
	Extensions   []Extension         // own table hazard_extension
	Steps        []Step              // own table hazard_step
	Files        []field.File        // photographs, orders, proofs of mending
}

// Extension is a later term that was granted (延期); the terms before it stay beside it.
type Extension struct {
	Until    period.Day
	Document string
	Why      string
}

// Step is one step of the mending (整改过程).
type Step struct {
	On   period.Day
	What string
}

// Fields, in the order of the ledger (隐患台账).
var (
	number       = field.Text("number", "隐患编号", "hazard number", func(h *Hazard) *string { return &h.Number }, field.Max(40)).Required()
	title        = field.Text("title", "隐患描述", "description", func(h *Hazard) *string { return &h.Title }, field.Max(500)).Required()
	grade        = field.Code("grade", "隐患级别", "grade", func(h *Hazard) *Grade { return &h.Grade }, Grades).Required()
	criterion    = field.Text("criterion", "判定标准条款", "criterion", func(h *Hazard) *string { return &h.Criterion }, field.Max(200))
	source       = field.Code("source", "隐患来源", "how it was found", func(h *Hazard) *Source { return &h.Source }, Sources)
	enterpriseID = field.Ref("enterprise", "enterprise", "监管企业", "supervised enterprise", func(h *Hazard) *ident.ID { return &h.EnterpriseID })
	enterprise   = field.Text("enterprise_name", "隐患单位", "enterprise name", func(h *Hazard) *string { return &h.Enterprise }, field.Max(100))
	foundOn      = field.Day("found_on", "排查日期", "found on", func(h *Hazard) *period.Day { return &h.FoundOn }, field.NotFuture).Required()
	listedOn     = field.Day("listed_on", "挂牌日期", "listed on", func(h *Hazard) *period.Day { return &h.ListedOn }, field.NotFuture)
	listedBy     = field.Code("listed_by", "督办层级", "listed by", func(h *Hazard) *Level { return &h.ListedBy }, Levels)
	order        = field.Text("order_no", "督办文号", "order", func(h *Hazard) *string { return &h.Order }, field.Max(100))
	rectifyBy    = field.Day("rectify_by_on", "整改期限", "to be mended by", func(h *Hazard) *period.Day { return &h.RectifyBy })
	closedOn     = field.Day("closed_on", "销号日期", "closed on", func(h *Hazard) *period.Day { return &h.ClosedOn }, field.NotFuture)
	cost         = field.Money("cost", "整改投入", "cost", func(h *Hazard) *maybe.Of[money.Fen] { return &h.Cost }, field.NotNegative)
	coordinates  = field.Text("coordinates", "坐标", "coordinates", func(h *Hazard) *string { return &h.Coordinates }, aPosition)
	files        = field.Attachment("attachment", "附件", "attachments", func(h *Hazard) *[]field.File { return &h.Files })
	extensions   = field.Rows("extension", "延期", "extensions", func(h *Hazard) *[]Extension { return &h.Extensions }, extendedTo, document, why)
	steps        = field.Rows("step", "整改过程", "steps", func(h *Hazard) *[]Step { return &h.Steps }, stepOn, stepWhat)

	extendedTo = field.Day("extended_to_on", "延期至", "extended to", func(x *Extension) *period.Day { return &x.Until }).Required()
	document   = field.Text("document", "批准文号", "document", func(x *Extension) *string { return &x.Document }, field.Max(100)).Required()
	why        = field.Text("why", "延期理由", "why", func(x *Extension) *string { return &x.Why }, field.Max(500)).Required()

	stepOn   = field.Day("step_on", "日期", "day", func(s *Step) *period.Day { return &s.On }, field.NotFuture).Required()
	stepWhat = field.Text("what", "内容", "what was done", func(s *Step) *string { return &s.What }, field.Max(500)).Required()
)

// degrees are a latitude and a longitude in degrees: two to eight decimals, which is from a kilometre to a millimetre.
var degrees = regexp.MustCompile(`^-?([0-9]{1,2})\.[0-9]{2,8},-?([0-9]{1,3})\.[0-9]{2,8}$`)

var aPosition = field.Rule[string]{
	Words: lang.Of("纬度,经度，以度为单位，如29.3572,113.1289", "latitude,longitude in degrees, as 29.3572,113.1289"),
	Holds: func(s string, _ period.Day) bool {
		m := degrees.FindStringSubmatch(s)
		if m == nil {
			return false
		}
		latitude, _ := strconv.Atoi(m[1]) // digits
		longitude, _ := strconv.Atoi(m[2])
		return latitude < 90 && longitude < 180
	},
}

// Measures (统计项).
var (
	Found        = measure.Count("hazard.found", "排查重大事故隐患数", "major hazards found", "处", foundOn, grade.Is(Major))
	Listed       = measure.Count("hazard.listed", "挂牌督办重大事故隐患数", "major hazards listed", "处", listedOn, grade.Is(Major))
	Closed       = measure.Count("hazard.closed", "销号重大事故隐患数", "major hazards closed", "处", closedOn, grade.Is(Major))
	ListedClosed = measure.Count("hazard.listed_closed", "挂牌督办后销号重大事故隐患数", "listed hazards closed", "处", closedOn, grade.Is(Major), listedOn.Stated())
	Open         = measure.StockOf("hazard.open", "未销号事故隐患数", "hazards open", "处", foundOn, closedOn)
	Cost         = measure.Sum("hazard.cost", "整改投入", "cost of rectification", cost, foundOn)
)

// Kind is the kind of hazards.
var Kind = record.Define("hazard", "事故隐患", "hazard", func(h *Hazard) *record.Head { return &h.Head },
	number, title, grade, criterion, source, enterpriseID, enterprise, foundOn, listedOn, listedBy, order, rectifyBy, closedOn, cost, coordinates, files, extensions, steps,
).Key(number).Ordered(foundOn).Rule((*Hazard).inOrder, foundOn, listedOn, closedOn, rectifyBy, extensions).Measures(Found, Listed, Closed, ListedClosed, Open, Cost)

// States of a hazard.
var States = code.NewList("安全生产事故隐患排查治理暂行规定（总局令16号）",
	code.Of(StateFound, "已排查", "found"),
	code.Of(StateListed, "挂牌督办", "listed"),
	code.Of(StateRectified, "已整改", "rectified"),
	code.Of(StateClosed, "已销号", "closed"),
)

// The states.
const (
	StateFound     record.State = "found"
	StateListed    record.State = "listed"
	StateRectified record.State = "rectified"
	StateClosed    record.State = "closed"
)

// Workflow stands apart from Kind, so that a rule may mention Kind.
var Workflow = record.Flow(Kind, States, StateFound,
	record.Transition("list", "挂牌", "list", StateFound, StateListed, (*Hazard).List),
	record.Transition("extend", "延期", "extend", StateListed, StateListed, (*Hazard).Extend, record.FourEyes, record.Reasoned),
	record.Transition("rectify", "整改完成", "rectify", StateFound, StateRectified, (*Hazard).Rectify),
	record.Transition("rectify", "整改完成", "rectify", StateListed, StateRectified, (*Hazard).Rectify),
	record.Transition("return", "退回整改", "return", StateRectified, StateFound, (*Hazard).Reopen, record.Reasoned),
	record.Transition("close", "销号", "close", StateRectified, StateClosed, (*Hazard).Close, record.FourEyes),
	record.Transition("reopen", "重新打开", "reopen", StateClosed, StateFound, (*Hazard).Reopen, record.Reasoned),
	record.Deadline(StateListed, (*Hazard).due),
)
