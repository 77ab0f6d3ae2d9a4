package evaluation

import (
	"anlan/account/indicator"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
)

// Kept is a run as it is kept (评分结果): of which scheme in which wording, as of which position, line by line.
type Kept struct {
	record.Head
	Scheme   string
	Year     int64
	Version  int64  // of the scheme's record; 0: the scheme came with the program
	Hash     string // SHA-256 of the scheme's text
	About    string
	Subject  place.Unit
	Period   string // as the command line writes it
	Position int64  // as of which the figures were computed
	Total    field.Scaled
	Unscored int64 // lines without a score
	Grade    Grade // empty while a line is not scored
	Lines    []KeptLine
}

// KeptLine is a line of a run.
type KeptLine struct {
	Line       string // its key
	Name       string
	Full       field.Scaled
	Value      string
	Points     maybe.Of[field.Scaled]
	Why        string
	Arithmetic string // a step a line
	Definition string // hash of the indicator's definition; empty for a judged line
}

// Fields, in the order of the result.
var (
	keptScheme   = field.Text("scheme", "方案代码", "scheme", func(k *Kept) *string { return &k.Scheme }, field.Max(40)).Required()
	keptYear     = field.Number("year", "年度", "year", func(k *Kept) *int64 { return &k.Year }, field.Between(1994, 9999))
	keptVersion  = field.Number("scheme_version", "方案版次", "version of the scheme", func(k *Kept) *int64 { return &k.Version })
	keptHash     = field.Text("scheme_sha256", "方案SHA-256", "SHA-256 of the scheme", func(k *Kept) *string { return &k.Hash }, field.Max(64)).Required()
	keptAbout    = field.Text("about", "评价对象", "about", func(k *Kept) *string { return &k.About }, field.Max(60)).Required()
	keptSubject  = field.Unit("subject", "被评价单位", "evaluated unit", func(k *Kept) *place.Unit { return &k.Subject }).Required()
	keptPeriod   = field.Text("period", "统计期", "period", func(k *Kept) *string { return &k.Period }, aPeriod).Required()
	keptPosition = field.Number("position", "数据截至日志位置", "as of position", func(k *Kept) *int64 { return &k.Position }, field.Between(1, 1<<53)).Required()
	keptTotal    = field.Quantity("total", "总分", "total", "分", pointDecimals, func(k *Kept) *field.Scaled { return &k.Total })
	keptUnscored = field.Number("unscored", "未评指标数", "lines not scored", func(k *Kept) *int64 { return &k.Unscored })
	keptGrade    = field.Code("grade", "等次", "grade", func(k *Kept) *Grade { return &k.Grade }, Grades)
	keptLines    = field.Rows("line", "各指标得分", "lines", func(k *Kept) *[]KeptLine { return &k.Lines },
		keptLine, keptName, keptFull, keptValue, keptPoints, keptWhy, keptArithmetic, keptDefinition)

	keptLine       = field.Text("line", "指标", "line", func(k *KeptLine) *string { return &k.Line }, field.Max(100)).Required()
	keptName       = field.Text("name", "指标名称", "name", func(k *KeptLine) *string { return &k.Name }, field.Max(100)).Required()
	keptFull       = field.Quantity("full_score", "分值", "full score", "分", pointDecimals, func(k *KeptLine) *field.Scaled { return &k.Full })
	keptValue      = field.Text("value", "完成值", "value", func(k *KeptLine) *string { return &k.Value }, field.Max(200))
	keptPoints     = field.Quantity("points", "得分", "points", "分", pointDecimals, func(k *KeptLine) *maybe.Of[field.Scaled] { return &k.Points })
	keptWhy        = field.Text("why", "扣分或未评原因", "why points are missing", func(k *KeptLine) *string { return &k.Why }, field.Max(2000))
	keptArithmetic = field.Text("arithmetic", "计算过程", "arithmetic", func(k *KeptLine) *string { return &k.Arithmetic }, field.Max(5000))
	keptDefinition = field.Text("definition_sha256", "指标定义SHA-256", "SHA-256 of the indicator", func(k *KeptLine) *string { return &k.Definition }, field.Max(64))
)

var aPeriod = field.Rule[string]{
	Words: lang.Of("统计期，如2023、2023-Q2", "a period, as 2023 or 2023-Q2"),
	Holds: func(s string, _ period.Day) bool { _, err := period.Parse(s); return err == nil },
}

// KeptKind is the kind of kept runs. A run of a scheme about a subject as of a position is kept once.
var KeptKind = record.Define("evaluation_run", "评分结果", "evaluation run", func(k *Kept) *record.Head { return &k.Head },
	keptScheme, keptYear, keptVersion, keptHash, keptAbout, keptSubject, keptPeriod, keptPosition, keptTotal, keptUnscored, keptGrade, keptLines,
).Key(keptScheme, keptAbout, keptSubject, keptPeriod, keptPosition)

// Keep is the run as a record: points rounded once, words in Chinese, as of a position. The scheme's version is that of its
// record.
func (r *Run) Keep(position int64) *Kept {
	s := r.Rubric.Scheme()
	total, _, unscored := r.Total()
	grade, _ := r.Grade()
	k := &Kept{
		Scheme: s.Code, Year: s.Year, Version: s.Version, Hash: r.Rubric.Hash(), About: r.About.Subject, Subject: r.About.Unit,
		Period: r.About.Period.String(), Position: position, Total: scaled(Text(total)), Unscored: int64(unscored), Grade: grade,
	}
	for _, o := range r.Outcomes {
		l := KeptLine{Line: o.Line.Key(), Name: o.Line.Level3, Full: scaled(Text(o.Full)), Value: o.Value().Zh, Why: o.Why.Zh}
		if o.Points != nil {
			l.Points = maybe.Some(scaled(Text(o.Points)))
		}
		for i, a := range o.Arithmetic {
			if i > 0 {
				l.Arithmetic += "\n"
			}
			l.Arithmetic += a.Zh
		}
		if o.Result != nil && o.Result.Value().State() == indicator.Computed {
			l.Definition = o.Result.Question().Indicator.Hash()
		}
		k.Lines = append(k.Lines, l)
	}
	return k
}

// scaled reads what Text wrote.
func scaled(text string) field.Scaled {
	var k Kept
	if err := keptTotal.Parse(&k, text); err != nil {
		panic("evaluation: points " + text + ": " + err.Error())
	}
	return k.Total
}
