package survey

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// Audience is who was asked.
type Audience string

// Audiences.
const (
	Public       Audience = "public"
	DisasterArea Audience = "disaster_area"
)

// Audiences is the list of those asked.
var Audiences = code.NewList("满意度调查方案",
	code.Of(Public, "社会公众或服务对象", "the public or those served"),
	code.Of(DisasterArea, "灾区群众", "people in a disaster area"),
)

// Channel is how an answer came.
type Channel string

// Channels is the list of ways.
var Channels = code.NewList("满意度调查方案",
	code.Of(Channel("paper"), "纸质问卷", "paper"),
	code.Of(Channel("web"), "网络问卷", "web"),
	code.Of(Channel("phone"), "电话访问", "telephone"),
	code.Of(Channel("visit"), "入户访问", "visit"),
)

// Survey is a satisfaction survey (满意度调查). The two counts are derived from the answers.
type Survey struct {
	record.Head
	Number    string
	Title     string
	Audience  Audience
	Question  string
	Method    string
	BeganOn   period.Day
	ClosedOn  period.Day
	Asked     maybe.Of[int64]
	Answers   []Answer
	Answered  int64
	Satisfied int64
}

// Answer is one answer (答卷).
type Answer struct {
	On        period.Day
	Channel   Channel
	Satisfied bool
	Note      string
}

// Fields, in the order of the form (满意度调查登记).
var (
	number    = field.Text("number", "调查编号", "survey number", func(s *Survey) *string { return &s.Number }, field.Max(40)).Required()
	title     = field.Text("title", "调查名称", "title", func(s *Survey) *string { return &s.Title }, field.Max(200)).Required()
	audience  = field.Code("audience", "调查对象", "audience", func(s *Survey) *Audience { return &s.Audience }, Audiences).Required()
	question  = field.Text("question", "调查问题", "question", func(s *Survey) *string { return &s.Question }, field.Max(500)).Required()
	method    = field.Text("method", "抽样方法", "sampling", func(s *Survey) *string { return &s.Method }, field.Max(500))
	beganOn   = field.Day("began_on", "开始日期", "began on", func(s *Survey) *period.Day { return &s.BeganOn }, field.NotFuture)
	closedOn  = field.Day("closed_on", "截止日期", "closed on", func(s *Survey) *period.Day { return &s.ClosedOn }, field.NotFuture).Required()
	asked     = field.Number("asked", "发放份数", "asked", func(s *Survey) *maybe.Of[int64] { return &s.Asked }, field.Between(0, 100_000_000)).Counts("人")
	answers   = field.Rows("answer", "答卷", "answers", func(s *Survey) *[]Answer { return &s.Answers }, answeredOn, channel, isSatisfied, note)
	answered  = field.Number("answered", "答卷数", "number of answers", func(s *Survey) *int64 { return &s.Answered }).Counts("人").Note(countedZh, countedEn).Computed()
	satisfied = field.Number("satisfied", "满意数", "number satisfied", func(s *Survey) *int64 { return &s.Satisfied }).Counts("人").Note(countedZh, countedEn).Computed()

	answeredOn  = field.Day("answered_on", "答卷日期", "answered on", func(a *Answer) *period.Day { return &a.On }, field.NotFuture)
	channel     = field.Code("channel", "答卷方式", "channel", func(a *Answer) *Channel { return &a.Channel }, Channels)
	isSatisfied = field.YesNo("is_satisfied", "是否满意", "satisfied", func(a *Answer) *bool { return &a.Satisfied })
	note        = field.Text("note", "意见", "what was said", func(a *Answer) *string { return &a.Note }, field.Max(500)).Sensitive(access.Personal)
)

// The note of the fields that are counted.
const (
	countedZh = "由答卷数出，不必填写"
	countedEn = "counted from the answers; need not be given"
)

// Measures (统计项).
var (
	Answers           = measure.Sum("survey.answers", "社会公众满意度答卷数", "answers of the public", answered, closedOn, audience.Is(Public))
	Satisfied         = measure.Sum("survey.satisfied", "社会公众满意答卷数", "satisfied answers of the public", satisfied, closedOn, audience.Is(Public))
	DisasterAnswers   = measure.Sum("survey.disaster_answers", "灾区群众满意度答卷数", "answers of people in disaster areas", answered, closedOn, audience.Is(DisasterArea))
	DisasterSatisfied = measure.Sum("survey.disaster_satisfied", "灾区群众满意答卷数", "satisfied answers of people in disaster areas", satisfied, closedOn, audience.Is(DisasterArea))
)

// Kind is the kind of satisfaction surveys.
var Kind = record.Define("survey", "满意度调查", "satisfaction survey", func(s *Survey) *record.Head { return &s.Head },
	number, title, audience, question, method, beganOn, closedOn, asked, answers, answered, satisfied,
).Key(number).Derive((*Survey).count).Rule((*Survey).inOrder, beganOn, closedOn).Measures(Answers, Satisfied, DisasterAnswers, DisasterSatisfied)

// count counts the answers.
func (s *Survey) count() {
	s.Answered, s.Satisfied = int64(len(s.Answers)), 0
	for _, a := range s.Answers {
		if a.Satisfied {
			s.Satisfied++
		}
	}
}

// ErrClosedBeforeBeginning: a survey closes on the day on which it begins or later.
var ErrClosedBeforeBeginning = fault.Define("survey.closed_before_beginning", fault.Invalid,
	"截止日期%s早于开始日期%s", "it closed on %s, before it began on %s")

func (s *Survey) inOrder() error {
	if s.ClosedOn.Before(s.BeganOn) {
		return ErrClosedBeforeBeginning.With(s.ClosedOn, s.BeganOn)
	}
	return nil
}

// What a survey may be doubted for, though it is recorded as it came.
var (
	ErrNobodyAnswered = fault.Define("survey.nobody_answered", fault.Conflict,
		"%s没有答卷，不能得出满意度", "%s has no answer, and no share can be told from it")
	ErrMoreThanAsked = fault.Define("survey.more_than_asked", fault.Conflict,
		"%s收回答卷%d份，多于发放的%d份", "%s has %d answers, more than the %d who were asked")
	ErrOutsideTheSurvey = fault.Define("survey.outside_the_survey", fault.Conflict,
		"%s有%d份答卷的日期不在调查起止日期之内", "%s has %d answers of days on which it was not open")
)

// Doubts lists what about the survey does not fit together; none is a reason not to record it.
func (s *Survey) Doubts() (doubts fault.List) {
	outside := 0
	for _, a := range s.Answers {
		if !a.On.IsZero() && (a.On.Before(s.BeganOn) || s.ClosedOn.Before(a.On)) {
			outside++
		}
	}
	switch {
	case len(s.Answers) == 0:
		doubts = append(doubts, ErrNobodyAnswered.With(s.Number))
	case s.Asked.OK && s.Asked.V < int64(len(s.Answers)):
		doubts = append(doubts, ErrMoreThanAsked.With(s.Number, len(s.Answers), s.Asked.V))
	}
	if outside > 0 {
		doubts = append(doubts, ErrOutsideTheSurvey.With(s.Number, outside))
	}
	return doubts
}
