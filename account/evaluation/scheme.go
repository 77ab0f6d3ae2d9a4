package evaluation

import (
	"math/big"
	"slices"
	"strconv"

	"anlan/account/evaluation/rule"
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
)

// Subject is what a scheme evaluates.
type Subject string

// The subjects (财预〔2020〕10号; 中发〔2018〕34号).
const (
	Department Subject = "department"
	Project    Subject = "project"
)

// Subjects is the list of subjects.
var Subjects = code.NewList("项目支出绩效评价管理办法（财预〔2020〕10号）",
	code.Of(Department, "部门整体支出", "whole department"),
	code.Of(Project, "项目支出", "project"),
)

// Brokens is the list of ways in which a broken step of a deduction counts.
var Brokens = code.NewList("评分标准未写明的部分",
	code.Of(rule.Proportional, "按比例", "in proportion"),
	code.Of(rule.Dropped, "舍去", "dropped"),
	code.Of(rule.Begun, "进一", "as a whole one"),
)

// Judging stands in place of an indicator where people judge (认定).
const Judging = "认定"

// Words that stand in place of an indicator in the scheme of a project: what is scored is told by the project's record.
const (
	Executing = "执行率"  // spent ÷ budget of the project
	Aiming    = "绩效目标" // one line for each target of the project on this first level
)

// Full is the full score of a scheme, in 分.
const Full = 100

// Scheme is a scoring scheme (评分方案).
type Scheme struct {
	record.Head
	Code     string
	Year     int64
	Name     string
	Subject  Subject
	Issuer   string
	Document string
	Example  bool // 示例: the points are the program's own, not an issuer's
	Note     string
	Lines    []Line

	places map[string]fault.Where // of its texts in the file it was read from, by the path of the field; nil: a record
}

// Line is one third-level line of a scheme, with the levels above it.
type Line struct {
	Level1, Level2   string
	Number           string // that the form prints before the second level: （六）
	Points1, Points2 maybe.Of[field.Scaled]
	Level3           string
	Points           field.Scaled
	Code             string // by which judgements and other years know the line; empty: its name
	Target           string // 指标值
	Criterion        string // 评分标准
	Rule             string // 评分规则; empty: the criterion is one of the known wordings
	Broken           rule.Broken
	Indicator        string // code, or an expression over measures; or 认定
	Note             string // 指标说明
}

// pointDecimals are kept of points.
const pointDecimals = 2

// Fields, in the order of the form.
var (
	schemeCode = field.Text("code", "方案代码", "code", func(s *Scheme) *string { return &s.Code }, field.Max(40), aCode).Required()
	schemeYear = field.Number("year", "年度", "year", func(s *Scheme) *int64 { return &s.Year }, field.Between(1994, 9999)).Required()
	schemeName = field.Text("name", "方案名称", "name", func(s *Scheme) *string { return &s.Name }, field.Max(100)).Required()
	subject    = field.Code("subject", "评价对象", "subject", func(s *Scheme) *Subject { return &s.Subject }, Subjects).Required()
	issuer     = field.Text("issuer", "制定机关", "issuer", func(s *Scheme) *string { return &s.Issuer }, field.Max(100))
	document   = field.Text("document", "文号", "document", func(s *Scheme) *string { return &s.Document }, field.Max(200))
	example    = field.YesNo("is_example", "示例", "example", func(s *Scheme) *bool { return &s.Example }).
			Note("分值为系统示例，不是发文机关规定的", "the points are an example and not the issuer's")
	schemeNote = field.Text("note", "说明", "note", func(s *Scheme) *string { return &s.Note }, field.Max(1000))
	lines      = field.Rows("line", "评分指标", "lines", func(s *Scheme) *[]Line { return &s.Lines },
		level1, points1, number2, level2, points2, level3, linePoints, target, criterion, lineRule, broken, lineIndicator, lineCode, lineNote)

	level1        = field.Text("level1", "一级指标", "level 1", func(l *Line) *string { return &l.Level1 }, field.Max(50)).Required()
	points1       = field.Quantity("points1", "一级分值", "points of level 1", "分", pointDecimals, func(l *Line) *maybe.Of[field.Scaled] { return &l.Points1 })
	number2       = field.Text("number2", "序号", "number", func(l *Line) *string { return &l.Number }, field.Max(10))
	level2        = field.Text("level2", "二级指标", "level 2", func(l *Line) *string { return &l.Level2 }, field.Max(50))
	points2       = field.Quantity("points2", "二级分值", "points of level 2", "分", pointDecimals, func(l *Line) *maybe.Of[field.Scaled] { return &l.Points2 })
	level3        = field.Text("level3", "三级指标", "level 3", func(l *Line) *string { return &l.Level3 }, field.Max(100)).Required()
	linePoints    = field.Quantity("points", "分值", "points", "分", pointDecimals, func(l *Line) *field.Scaled { return &l.Points })
	target        = field.Text("target", "指标值", "target", func(l *Line) *string { return &l.Target }, field.Max(100))
	criterion     = field.Text("criterion", "评分标准", "criterion", func(l *Line) *string { return &l.Criterion }, field.Max(2000)).Required()
	lineRule      = field.Text("rule", "评分规则", "rule", func(l *Line) *string { return &l.Rule }, field.Max(2000))
	broken        = field.Code("broken", "不足一步", "broken step", func(l *Line) *rule.Broken { return &l.Broken }, Brokens)
	lineIndicator = field.Text("indicator", "指标代码", "indicator", func(l *Line) *string { return &l.Indicator }, field.Max(500)).Required()
	lineCode      = field.Text("line_code", "指标编号", "line code", func(l *Line) *string { return &l.Code }, field.Max(40))
	lineNote      = field.Text("line_note", "指标说明", "explanation", func(l *Line) *string { return &l.Note }, field.Max(1000))
)

// SchemeKind is the kind of schemes.
var SchemeKind = record.Define("scheme", "评分方案", "scheme", func(s *Scheme) *record.Head { return &s.Head },
	schemeCode, schemeYear, schemeName, subject, issuer, document, example, schemeNote, lines,
).Key(schemeCode, schemeYear).Rule((*Scheme).sound, subject, lines)

var aCode = field.Rule[string]{
	Words: lang.Of("小写字母、数字和下划线，字母开头", "small letters, digits and underscores, beginning with a letter"),
	Holds: func(s string, _ period.Day) bool { return isCode(s) },
}

func isCode(s string) bool {
	for i, r := range s {
		if !(r >= 'a' && r <= 'z' || i > 0 && (r >= '0' && r <= '9' || r == '_')) {
			return false
		}
	}
	return s != ""
}

// Key is by what judgements and other years know the line: its code, or its name.
func (l Line) Key() string {
	if l.Code != "" {
		return l.Code
	}
	return l.Level3
}

// Judged says whether people judge the line, in points, levels, items or a value.
func (l Line) Judged() bool { return l.Indicator == Judging }

// fieldPath names a field of line n as the kernel does.
func fieldPath(n int, column string) string { return "line." + strconv.Itoa(n) + "." + column }

// frame says whether a project's record tells what is scored.
func (l Line) frame() bool { return l.Indicator == Executing || l.Indicator == Aiming }

// wordingColumn is where the line's rule stands.
func (l Line) wordingColumn() string {
	if l.Rule == "" {
		return "criterion"
	}
	return "rule"
}

// sound is the rule of the kind: what a scheme must be whatever indicators there are.
func (s *Scheme) sound() error {
	list := s.check()
	out := make([]error, 0, len(list))
	for _, f := range list {
		f.fault.Where.Field = "line"
		if f.line > 0 {
			f.fault.Where.Field = fieldPath(f.line, f.field)
		}
		out = append(out, f.fault)
	}
	return gather(out)
}

// Scoring is the text of what decides a score: the scheme without its notes. ParseFile reads it again; of a rubric for a project it
// has the project's targets as lines.
func (s *Scheme) Scoring() string {
	bare := *s
	bare.Note, bare.Lines = "", slices.Clone(s.Lines)
	for i := range bare.Lines {
		bare.Lines[i].Note = ""
	}
	return bare.Text()
}

// Score gives the points of a value by the rule of the line; false where people judge the line, or the rule gives none for it.
func (l Line) Score(value *big.Rat, unit figure.Unit) (points *big.Rat, ok bool) {
	r, flaw, _ := l.rule()
	m, measured := r.Form.(rule.Measured)
	if flaw != nil || !measured || l.Judged() {
		return nil, false
	}
	if t, told := parseTarget(l.Target); told && l.frame() && unit == figure.One { // a project may report a bare number
		unit = t.amount.Unit
	}
	if m.Fits(unit) != nil {
		return nil, false
	}
	s, ok := m.Score(rat(l.Points), rule.Amount{Number: value, Unit: unit})
	return s.Points, ok
}

// Full are the points that the line can give.
func (l Line) Full() *big.Rat { return rat(l.Points) }

// Settled is the rule of the line as rule.Rule.Settled has it, with its target put in; empty where people judge the line, or it has no
// rule that scores. bare is the unit in which a number without one is meant.
func (l Line) Settled() (settled, bare string) {
	r, flaw, _ := l.rule()
	if flaw != nil || l.Judged() {
		return "", ""
	}
	if t, told := parseTarget(l.Target); told && l.frame() {
		bare = t.amount.Unit.String()
	}
	return r.Settled(), bare
}
