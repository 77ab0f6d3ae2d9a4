package evaluation

import (
	"strconv"
	"strings"
	"unicode"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/ground/width"
	"anlan/record"
	"anlan/record/field"
)

// Stage is whose judgement it is.
type Stage string

// The stages. The decision is the score of the self-evaluation; the review stands beside it.
const (
	Proposal Stage = "proposal"
	Decision Stage = "decision"
	Review   Stage = "review"
)

// Stages is the list of stages.
var Stages = code.NewList("预算绩效自评工作程序",
	code.Of(Proposal, "科室自评", "section's proposal"),
	code.Of(Decision, "评价组认定", "group's decision"),
	code.Of(Review, "财政复核", "finance bureau's review"),
)

// Whole is the subject of a judgement about the whole department; other subjects are project codes.
const Whole = "整体"

// Judgement is one judgement of one line (评分认定): who gave which score, when, and why. A section proposes, the evaluation
// group decides, the finance bureau reviews; each is a record with its own history.
type Judgement struct {
	record.Head
	Scheme   string
	Year     int64
	About    string // Whole or a project code
	Line     string // key of the line
	Stage    Stage
	Level    string                 // of a rule with levels: 达成预期指标
	Items    string                 // of a checklist: the numbers of the items met, 1、2、4; 无 for none
	Value    string                 // of a rule over values: what was found, with its unit
	Points   maybe.Of[field.Scaled] // 分
	By       string
	On       period.Day
	Reason   string
	Evidence string
	// Deviation is why points are lost, and what is done about it; of a line that a figure scores it may stand alone.
	Deviation string
	Files     []field.File
}

// None is what Items says when no item is met.
const None = "无"

// ErrNothingJudged: a judgement must say something that can be scored.
var ErrNothingJudged = fault.Define("judgement.nothing_judged", fault.Invalid,
	"没有写认定了什么：档次、满足的项目、实际值、得分、偏差原因及改进措施至少填一项", "nothing is judged: give a level, items, a value, points or the deviation and its remedy")

// ErrItems: the items met are numbers.
var ErrItems = fault.Define("judgement.items", fault.Invalid,
	"“%s”不是项目序号，应形如1、2、4；一项也不满足写“无”", "%q are no numbers of items; expected the form 1、2、4, or 无 for none")

// Fields, in the order of the form.
var (
	judgedScheme = field.Text("scheme", "方案代码", "scheme", func(j *Judgement) *string { return &j.Scheme }, field.Max(40)).Required()
	judgedYear   = field.Number("year", "年度", "year", func(j *Judgement) *int64 { return &j.Year }, field.Between(1994, 9999)).Required()
	judgedAbout  = field.Text("about", "评价对象", "about", func(j *Judgement) *string { return &j.About }, field.Max(60)).Required().
			Note("部门整体支出填“整体”，项目填项目编号", "整体 for the whole department, the project's code for a project")
	judgedLine = field.Text("line", "指标", "line", func(j *Judgement) *string { return &j.Line }, field.Max(100)).Required().
			Note("评分方案的指标编号；没有编号的填三级指标名称", "the line's code, or its name where it has none")
	judgedStage = field.Code("stage", "环节", "stage", func(j *Judgement) *Stage { return &j.Stage }, Stages).Required()
	judgedLevel = field.Text("level", "认定档次", "level", func(j *Judgement) *string { return &j.Level }, field.Max(100))
	judgedItems = field.Text("items", "满足的项目", "items met", func(j *Judgement) *string { return &j.Items }, field.Max(100)).
			Note("序号，如1、2、4；一项也不满足填“无”", "numbers, as 1、2、4; 无 for none")
	judgedValue  = field.Text("value", "认定的实际值", "value found", func(j *Judgement) *string { return &j.Value }, field.Max(60))
	judgedPoints = field.Quantity("points", "得分", "points", "分", pointDecimals, func(j *Judgement) *maybe.Of[field.Scaled] { return &j.Points })
	judgedBy     = field.Person("judged_by", "认定人", "judged by", func(j *Judgement) *string { return &j.By }, field.Max(50)).Required()
	judgedOn     = field.Day("judged_on", "认定日期", "judged on", func(j *Judgement) *period.Day { return &j.On }, field.NotFuture).Required()
	judgedReason = field.Text("reason", "理由", "reason", func(j *Judgement) *string { return &j.Reason }, field.Max(1000)).Required()
	evidence     = field.Text("evidence", "依据", "evidence", func(j *Judgement) *string { return &j.Evidence }, field.Max(1000))
	deviation    = field.Text("deviation", "偏差原因及改进措施", "deviation and remedy", func(j *Judgement) *string { return &j.Deviation }, field.Max(500)).
			Note("扣分的指标必须写明，否则报告不能公开", "needed of a line that lost points, or no report is published")
	files = field.Attachment("file", "附件", "files", func(j *Judgement) *[]field.File { return &j.Files })
)

// JudgementKind is the kind of judgements. A line has one judgement of each stage; a later opinion is a new version of it.
var JudgementKind = record.Define("judgement", "评分认定", "judgement", func(j *Judgement) *record.Head { return &j.Head },
	judgedScheme, judgedYear, judgedAbout, judgedLine, judgedStage, judgedLevel, judgedItems, judgedValue, judgedPoints, judgedBy, judgedOn, judgedReason, evidence, deviation, files,
).Key(judgedScheme, judgedYear, judgedAbout, judgedLine, judgedStage).
	Rule((*Judgement).says, judgedLevel, judgedItems, judgedValue, judgedPoints, deviation).Rule((*Judgement).numbered, judgedItems)

func (j *Judgement) says() error {
	if j.Level == "" && j.Items == "" && j.Value == "" && !j.Points.OK && j.Deviation == "" {
		return ErrNothingJudged.With()
	}
	return nil
}

func (j *Judgement) numbered() error {
	_, err := j.met()
	return err
}

// itemsSaid bounds the numbers of items that are read.
const itemsSaid = 50

// met reads the numbers of the items met.
func (j *Judgement) met() ([]int, error) {
	if j.Items == "" || j.Items == None {
		return nil, nil
	}
	parts := strings.FieldsFunc(width.Narrow(j.Items), func(r rune) bool { return r == '、' || r == ',' || r == ';' || unicode.IsSpace(r) })
	var out []int
	for _, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || len(parts) > itemsSaid {
			return nil, ErrItems.With(j.Items)
		}
		out = append(out, n)
	}
	return out, nil
}

// Label names a stage.
func (s Stage) Label() lang.Text { v, _ := Stages.Find(s); return v.Label }
