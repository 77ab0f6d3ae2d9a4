package bulletin

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Form is the form of a bulletin.
type Form string

// Forms of bulletins.
const (
	Warning Form = "warning"
	Letter  Form = "letter"
)

// Forms is the list of forms.
var Forms = code.NewList("本单位公文",
	code.Of(Warning, "安全风险预警", "risk bulletin"),
	code.Of(Letter, "提示函", "letter"),
)

// Topic is what a bulletin warns of.
type Topic string

// Topics is the list of topics.
var Topics = code.NewList("安全风险预警台账",
	code.Of(Topic("work_safety"), "安全生产", "work safety"),
	code.Of(Topic("fire"), "消防", "fire"),
	code.Of(Topic("traffic"), "道路交通", "road traffic"),
	code.Of(Topic("flood"), "水旱灾害", "flood and drought"),
	code.Of(Topic("weather"), "气象灾害", "weather"),
	code.Of(Topic("geology"), "地质灾害", "geological disaster"),
	code.Of(Topic("forest_fire"), "森林火灾", "forest fire"),
	code.Of(Topic("public"), "公众安全", "safety of the public"),
)

// Bulletin is a risk bulletin (《安全风险预警》).
type Bulletin struct {
	record.Head
	Number   string
	Form     Form
	Title    string
	Topic    Topic
	Occasion string
	IssuedOn period.Day
	Audience string
	Advice   string
	Files    []field.File
}

// Fields, in the order of the register (发文登记).
var (
	number   = field.Text("number", "期号", "number", func(b *Bulletin) *string { return &b.Number }, field.Max(60)).Required()
	form     = field.Code("form", "文种", "form", func(b *Bulletin) *Form { return &b.Form }, Forms).Required()
	title    = field.Text("title", "标题", "title", func(b *Bulletin) *string { return &b.Title }, field.Max(200)).Required()
	topic    = field.Code("topic", "风险类别", "topic", func(b *Bulletin) *Topic { return &b.Topic }, Topics)
	occasion = field.Text("occasion", "发布时机", "occasion", func(b *Bulletin) *string { return &b.Occasion }, field.Max(200)).
			Note("如节假日、重大活动、极端天气", "such as a holiday, an event, extreme weather")
	issuedOn = field.Day("issued_on", "发布日期", "issued on", func(b *Bulletin) *period.Day { return &b.IssuedOn }, field.NotFuture).Required()
	audience = field.Text("audience", "发布对象", "audience", func(b *Bulletin) *string { return &b.Audience }, field.Max(300))
	advice   = field.Text("advice", "防范措施", "precautions", func(b *Bulletin) *string { return &b.Advice }, field.Max(2000))
	files    = field.Attachment("attachment", "附件", "attachments", func(b *Bulletin) *[]field.File { return &b.Files })
)

// Measures (统计项).
var (
	Bulletins = measure.Count("warning.bulletins", "《安全风险预警》期数", "risk bulletins", "期", issuedOn, form.Is(Warning))
	Letters   = measure.Count("warning.letters", "提示函件数", "letters", "件", issuedOn, form.Is(Letter))
)

// Kind is the kind of risk bulletins.
var Kind = record.Define("warning_bulletin", "安全风险预警", "risk bulletin", func(b *Bulletin) *record.Head { return &b.Head },
	number, form, title, topic, occasion, issuedOn, audience, advice, files,
).Key(number).Measures(Bulletins, Letters)

// What a bulletin may be doubted for, though it is recorded as it came.
var (
	ErrNumberOfAnotherYear = fault.Define("bulletin.number_of_another_year", fault.Conflict,
		"期号%s是%d年的，发布日期却是%s", "the number %s is of %d, and the bulletin was issued on %s")
	ErrWithoutAdvice = fault.Define("bulletin.without_advice", fault.Conflict,
		"%s没有登记防范措施", "%s tells no precautions")
)

// Doubts lists what about the bulletin does not fit together; none is a reason not to record it.
func (b *Bulletin) Doubts() (doubts []error) {
	if year, ok := ident.YearIn(b.Number); ok && year != b.IssuedOn.Year() {
		doubts = append(doubts, ErrNumberOfAnotherYear.With(b.Number, year, b.IssuedOn))
	}
	if b.Advice == "" {
		doubts = append(doubts, ErrWithoutAdvice.With(b.Number))
	}
	return doubts
}
