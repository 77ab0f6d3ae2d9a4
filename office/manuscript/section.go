package manuscript

import (
	"regexp"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Section is the prose of one place of a report (报告章节). Its unit is the section of the bureau (科室) that writes it.
type Section struct {
	record.Head
	Report string // the template: department
	Period period.Period
	Part   string // the file of prose that it takes the place of, without its ending: duties
	Title  string
	Writer string // the login name of who writes it
	Due    period.Day
	Text   string // in the language of templates
	// Remarks (批注) are what others say of the text; whoever wrote one stands under it.
	Remarks []Remark
}

// Remark is what somebody says of a section.
type Remark struct {
	By      string // the login name
	On      period.Day
	About   string // the words of the text that are meant; empty: the whole
	Says    string
	Settled bool
}

// The states of a section.
const (
	Draft     record.State = "draft"
	Submitted record.State = "submitted"
	Returned  record.State = "returned"
	Approved  record.State = "approved"
)

// TextMax is how many characters a section has at most.
const TextMax = 20000

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// aName is the form of names of templates and of their files.
var aName = field.Rule[string]{
	Words: lang.Of("小写字母开头，由小写字母、数字和连字符组成，最多40个", "a to z, digits and hyphens, a letter first, at most 40"),
	Holds: func(s string, _ period.Day) bool { return nameForm.MatchString(s) },
}

// Fields, in the order in which an office plans a report (报告编写分工表).
var (
	reportName = field.Text("report", "报告模板", "report template", func(s *Section) *string { return &s.Report }, aName).Required()
	reportOf   = field.Period("period", "报告期", "period of the report", func(s *Section) *period.Period { return &s.Period }).Required()
	part       = field.Text("part", "章节代码", "section code", func(s *Section) *string { return &s.Part }, aName).Required()
	title      = field.Text("title", "章节", "section", func(s *Section) *string { return &s.Title }, field.Max(100)).Required()
	writer     = field.Text("writer", "执笔人", "writer", func(s *Section) *string { return &s.Writer }, field.Max(30)).Note("登录名", "login name")
	due        = field.Day("hand_in_on", "交稿日期", "to be handed in by", func(s *Section) *period.Day { return &s.Due })
	text       = field.Text("text", "文稿", "prose", func(s *Section) *string { return &s.Text }, field.Max(TextMax)).
			Note("数字用{数据名}或{=指标代码}引用，不手写", "figures are named as {figure} or {=indicator}, not typed")
	remarks = field.Rows("remark", "批注", "remarks", func(s *Section) *[]Remark { return &s.Remarks }, remarkBy, remarkOn, about, says, settled)

	remarkBy = field.Text("said_by", "批注人", "by", func(r *Remark) *string { return &r.By }, field.Max(30)).Required()
	remarkOn = field.Day("said_on", "批注日期", "on", func(r *Remark) *period.Day { return &r.On }).Required()
	about    = field.Text("about", "所指文字", "about", func(r *Remark) *string { return &r.About }, field.Max(200))
	says     = field.Text("says", "意见", "says", func(r *Remark) *string { return &r.Says }, field.Max(1000)).Required()
	settled  = field.YesNo("settled", "已处理", "settled", func(r *Remark) *bool { return &r.Settled })
)

// Faults of sections.
var (
	ErrNotOpen = fault.Define("manuscript.not_open", fault.Conflict,
		"“%s”%s，不能改动；请先退回或重新起草", "%q is %s and cannot be changed; return it or reopen it first")
	ErrAnothersRemark = fault.Define("manuscript.anothers_remark", fault.Denied,
		"批注只能以本人名义写，写下的批注只能标为已处理，不能改动或删去", "a remark is written under one's own name, and what stands is only marked as settled, not changed or removed")
	ErrEmpty = fault.Define("manuscript.empty", fault.Invalid,
		"“%s”还没有内容，不能提交", "%q has no text yet and cannot be submitted")
)

// Sections is the kind of sections.
var Sections = record.Define("report_section", "报告章节", "report section", func(s *Section) *record.Head { return &s.Head },
	reportName, reportOf, part, title, writer, due, text, remarks,
).Key(reportName, reportOf, part).ChangeRule(unchangedOnceSubmitted).WriterRule(saidByThemselves)

// States is the list of states.
var States = code.NewList("报告编写流程",
	code.Of(Draft, "起草", "being drafted"),
	code.Of(Submitted, "已提交", "submitted"),
	code.Of(Returned, "已退回", "returned"),
	code.Of(Approved, "已审定", "approved"),
)

// Writing stands apart from Sections, so that a rule may mention Sections.
var Writing = record.Flow(Sections, States, Draft,
	record.Transition("submit", "提交", "submit", Draft, Submitted, (*Section).Submit),
	record.Transition("submit", "提交", "submit", Returned, Submitted, (*Section).Submit),
	record.Transition[Section, record.State]("return", "退回", "return", Submitted, Returned, nil, record.FourEyes, record.StepsAlone, record.Reasoned),
	record.Transition[Section, record.State]("approve", "审定", "approve", Submitted, Approved, nil, record.FourEyes, record.StepsAlone),
	record.Transition[Section, record.State]("reopen", "重新起草", "reopen", Approved, Draft, nil, record.Reasoned),
	record.Deadline(Draft, (*Section).dueOn), record.Deadline(Returned, (*Section).dueOn),
)

// Submit hands in what is written. Fault: ErrEmpty.
func (s *Section) Submit(record.Moment) error {
	if s.Text == "" {
		return ErrEmpty.With(s.Title)
	}
	return nil
}

func (s *Section) dueOn(record.Moment) period.Day { return s.Due }

// Open says whether the text may be changed.
func (s *Section) Open() bool { return s.State == Draft || s.State == Returned }

func unchangedOnceSubmitted(before, after *Section, _ access.Action) error {
	if !before.Open() && before.Text != after.Text {
		return ErrNotOpen.With(before.Title, StateLabel(before.State))
	}
	return nil
}

// StateLabel names a state of a section.
func StateLabel(s record.State) lang.Text {
	v, _ := States.Find(s)
	return v.Label
}

// saidByThemselves: nobody speaks for another, and what was said stays.
func saidByThemselves(before, after *Section, m record.Moment) error {
	var stood []Remark
	if before != nil {
		stood = before.Remarks
	}
	if len(after.Remarks) < len(stood) {
		return ErrAnothersRemark.With()
	}
	for i, r := range after.Remarks {
		if i >= len(stood) {
			if r.By != m.Actor.Name {
				return ErrAnothersRemark.With()
			}
			continue
		}
		was := stood[i]
		was.Settled = r.Settled
		if was != r {
			return ErrAnothersRemark.With()
		}
	}
	return nil
}
