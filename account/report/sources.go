package report

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
)

// Sources is all that a report is made of, as of one journal position.
type Sources interface {
	indicator.Source
	Projects
	Lists
	// Provenance says from what kind of source a figure comes (records, returns, published), and in which edition; the
	// edition is empty where there is only one.
	Provenance(r indicator.Result) (source, edition string)
	// Withheld says on what ground and by whom a figure is not published (不予公开); empty where it is.
	Withheld(ctx context.Context, q indicator.Question) (string, error)
	// AllWithheld lists the figures that are not published, also those of which a report says nothing.
	AllWithheld(ctx context.Context) ([]indicator.Question, error)
	// Unverified names, for people, the values behind a figure that nobody has compared with their document.
	Unverified(ctx context.Context, r indicator.Result) ([]string, error)
	// Bearers are the kinds of records from which a figure comes.
	Bearers(r indicator.Result) []record.Of
	// Claim is the cited claim with a code; false where nobody recorded one.
	Claim(ctx context.Context, code string) (Claim, bool, error)
	// Evaluation is what was evaluated of the period and unit; false where there is no result. Its gaps count either way.
	Evaluation(ctx context.Context, e Evaluated, p period.Period, u place.Unit) (Evaluation, bool, error)
	// Rests lists the lines of the final accounts that differ from their vouchers without explanation.
	Rests(ctx context.Context, p period.Period, u place.Unit) ([]Rest, error)
}

// Claim is what somebody else has said and may be cited (引用数据): a rank, 首次, 唯一.
type Claim struct {
	Text   string // as it is printed
	Source string // issuer, document, number, day, page
	Quote  string // the sentence that bears it out; may be empty
}

// Rest is a line of the final accounts that does not follow from its vouchers, in 元.
type Rest struct {
	Line       lang.Text // its name
	Final      *big.Rat
	Records    *big.Rat
	Reconciled *big.Rat
	Yuan       *big.Rat // accounts less vouchers and reconciliations; not 0
}

// Evaluated is what an evaluation is of: a scheme for a whole department, or for one of its projects.
type Evaluated struct {
	Scheme  string // its code
	Project string // its code; empty: the whole department
	Name    string // of the project, where it is known
	Fund    string // the programme of the fund that the project is paid from, where it is named by that
}

// text names it for a fault, a project by its name with the code behind it.
func (e Evaluated) text(name string) lang.Text {
	switch {
	case e.Project == "" && e.Fund != "":
		return lang.Of(lang.Zh("专项资金（"+e.Fund+"）所列的项目"), lang.En("the project paid from the fund "+e.Fund))
	case e.Project == "":
		return lang.Of(lang.Zh("方案“"+e.Scheme+"”"), lang.En("the scheme "+e.Scheme))
	}
	project := lang.Named(lang.Text{Zh: name, En: name}, e.Project)
	return lang.Text{Zh: "项目" + project.Zh + "按方案“" + e.Scheme + "”", En: "the project " + project.En + " by the scheme " + e.Scheme}
}

// recompute is the command that evaluates again.
func (e Evaluated) recompute(s Subject) string {
	of := ""
	if e.Project != "" {
		of = " --project " + e.Project
	}
	return fmt.Sprintf("anlan evaluate --scheme %s%s --period %s --as-of %d", e.Scheme, of, s.Period, s.Basis.Position)
}

// Evaluation is the result of a scheme (评分结果) as the forms print it.
type Evaluation struct {
	Code, Project string // code and name of the project; empty for the whole department
	Goal, Outcome string // 年度总体目标: 预期目标, 实际完成情况
	Execution     *Line  // 预算执行率, where the scheme scores it apart from its lines
	Lines         []Line // third-level indicators, in the order of the scheme
	Points, Score *big.Rat
	Rules         string // evaluation.Scheme.Scoring
	Money         Money
	Funds         Funds
	Unapproved    string     // the state of targets that nobody has approved; empty where they are approved, or there are none
	Gaps          fault.List // what forbids to publish it
	Example       bool       // its points are the program's own, and no issuer's
}

// examplePoints is the note on a score whose points nobody prescribed.
const examplePoints = "评分方案为示例：各项分值由系统给出，不是发文机关规定的。"

// Money is what was planned for and paid on a project, as the codes of the indicators that give it; empty of what is no project.
type Money struct {
	Initial string // 年初预算数
	Budget  string // 全年预算数 A
	Paid    string // 全年执行数 B
	Rate    string // 执行率 B/A
}

// Funds is what the money of a project consists of (其中); the three add up to it.
type Funds struct {
	Appropriated Money  // 当年财政拨款
	CarriedIn    Money  // 上年结转资金
	Other        Money  // 其他资金
	Apart        string // how what was paid out of money carried in is told from the rest, for a note
}

// Line is one third-level indicator with its score.
type Line struct {
	Levels [3]string         // 一级指标, 二级指标, 三级指标
	Target string            // 年度指标值
	Actual Stated            // 实际完成值
	Points *big.Rat          // 分值
	Score  *big.Rat          // 得分; nil where it is not scored yet
	Reason string            // 偏差原因分析及改进措施
	Result *indicator.Result // of the indicator from which Actual comes; nil where none is
	Tells  bool              // the score lets a reader compute the value
}

// Stated is a value as it is printed. Of one that is no number, or is withheld, Value is empty.
type Stated struct {
	Text     string
	Value    *big.Rat // in Unit
	Unit     string
	Code     string       // of the indicator
	withheld string       // on what ground and by whom
	against  *fault.Fault // what a register says otherwise
}

// claims sets the claims that somebody cited with their sources as notes.
func (p *page) claims() error {
	for _, id := range p.t.claims {
		d := p.t.names[id]
		c, ok, err := p.from.Claim(p.ctx, d.claim)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		note := "出处：" + c.Source
		if c.Quote != "" {
			note += "：“" + c.Quote + "”"
		}
		p.printed[id] = document.Inlines{document.Text(c.Text), document.Note{document.Text(note)}}
	}
	return nil
}

// evaluations sets what the prose may say of each evaluation that there is.
func (p *page) evaluations() error {
	for _, id := range p.t.evaluations {
		of := *p.t.names[id].evaluation
		if of.Project == eachProject {
			of.Project, of.Name = p.project.Code, p.project.Name
		}
		p.of[id] = of
		e, ok, err := p.from.Evaluation(p.ctx, of, p.subject.Period, p.subject.Unit)
		if err != nil {
			return err
		}
		for _, g := range e.Gaps {
			p.gap(g)
		}
		if !ok {
			continue
		}
		if e.Code != "" {
			of.Project, of.Name, of.Fund = e.Code, e.Project, ""
			p.of[id] = of
		}
		if err := p.withhold(e.Lines); err != nil {
			return err
		}
		p.scores[id] = e
		if err := p.scoredBy(of.recompute(p.subject), e.Rules); err != nil {
			return err
		}
		lines := e.Lines
		if e.Execution != nil {
			lines = append(slices.Clip(lines), *e.Execution)
		}
		for _, l := range lines {
			u := Unscored{of, e.Project, l.Levels[2], l.Reason}
			if l.Score == nil && !slices.Contains(p.lacking, u) { // a scheme may stand in the report and in an attachment
				p.lacking = append(p.lacking, u)
			}
		}
		p.printed[id+".goal"] = document.Inlines{document.Text(e.Goal + unapproved(e.Unapproved))}
		p.printed[id+".outcome"] = document.Inlines{document.Text(e.Outcome)}
		p.printed[id+".points"] = p.points(id, "points", "满分", e.Points)
		p.printed[id+".score"] = p.points(id, "score", "总得分", e.Score)
		if e.Example {
			p.notes[id+".score"] = append(p.notes[id+".score"], document.Text(examplePoints))
		}
		if e.Unapproved != "" {
			p.notes[id+".score"] = append(p.notes[id+".score"], document.Text(unapproved(e.Unapproved)))
		}
		execution := Line{}
		if e.Execution != nil {
			execution = *e.Execution
		}
		p.printed[id+".execution-points"] = p.points(id, "execution-points", "预算执行率分值", execution.Points)
		if err := p.money(id, e); err != nil {
			return err
		}
		p.printed[id+".execution-score"] = p.points(id, "execution-score", "预算执行率得分", execution.Score)
	}
	return nil
}

// scoredBy enters by what the scores of an evaluation are given: the text of its scheme, and its lines as arithmetic.
func (p *page) scoredBy(recompute, text string) error {
	if text == "" || slices.ContainsFunc(p.scorings, func(s Scoring) bool { return s.Recompute == recompute && s.Text == text }) {
		return nil
	}
	by := Scoring{Recompute: recompute, Text: text}
	scheme, err := evaluation.ParseFile(Figures, []byte(text))
	if _, unsound := fault.KindOf(err); err != nil && !unsound {
		return err
	}
	if err == nil { // by one with faults nothing is scored that could be given again: a draft prints it
		by.Lines = scoringLines(scheme)
	}
	p.scorings = append(p.scorings, by)
	return nil
}

// withhold takes the values out of the lines whose indicators are not published. The others are asked for with the records behind them.
func (p *page) withhold(lines []Line) error {
	for i := range lines {
		l := &lines[i]
		if l.Result == nil {
			continue
		}
		ground, err := p.from.Withheld(p.ctx, l.Result.Question())
		if err != nil {
			return err
		}
		if ground != "" {
			l.Actual.Text, l.Actual.Value, l.Actual.withheld = WithheldText, nil, ground
			continue
		}
		results, err := indicator.Eval(p.ctx, p.counted, l.Result.Question())
		if err != nil {
			return err
		}
		l.Result = &results[0]
	}
	return nil
}

// noScore is printed where a form has no points.
const noScore = "—"

// scoreDecimalsMax bounds the decimals of a printed score.
const scoreDecimalsMax = 2

// points is a score as a figure, with no more decimals than it has; a dash where there is none.
func (p *page) points(evaluation, id, name string, v *big.Rat) document.Inlines {
	if v == nil {
		return document.Inlines{document.Text(noScore)}
	}
	text := scoreText(v)
	return document.Inlines{p.evaluated(evaluation, id, document.Figure{Name: name, Text: text + "分", Value: text, Unit: "分", Exact: v, Code: p.of[evaluation].Scheme})}
}

// evaluationSource is the source of figures that people judge or report.
const evaluationSource = "evaluation"

// evaluated is a figure that an evaluation gives.
func (p *page) evaluated(evaluation, id string, f document.Figure) document.Figure {
	f.ID, f.Source, f.Period, f.UnitCode = p.prefix+evaluation+"."+id, evaluationSource, p.subject.Period.String(), string(p.subject.Unit)
	f.Recompute = p.of[evaluation].recompute(p.subject)
	return f
}

// scoreText is a score rounded half away from zero to two decimals, without zeros at its end.
func scoreText(v *big.Rat) string {
	s := v.FloatString(scoreDecimalsMax)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

// lines are the rows of an evaluation; a name of the first and second level stands once over the lines that share it.
func (p *page) lines(of row, columns int) (rows []document.Row) {
	name := of.lines
	lines := p.scores[name].Lines
	for i, l := range lines {
		var r document.Row
		for level := range 2 {
			if i > 0 && sameLevels(lines[i-1], l, level) {
				continue
			}
			span := 1
			for i+span < len(lines) && sameLevels(lines[i+span], l, level) {
				span++
			}
			r = append(r, document.Cell{Text: document.Inlines{document.Text(l.Levels[level])}, RowSpan: span})
		}
		id := fmt.Sprintf("line-%d", i+1)
		reason := plainCell(l.Reason)
		reason.ColumnSpan = columns - linesColumns + 1
		r = append(r, plainCell(l.Levels[2]), plainCell(l.Target), document.Cell{Text: p.actual(name, id, l)},
			document.Cell{Text: bare(p.points(name, id+".points", figureName(l.Levels[2]+"分值"), l.Points))},
			document.Cell{Text: bare(p.points(name, id+".score", figureName(l.Levels[2]+"得分"), l.Score))}, reason)
		for k := range r {
			r[k].At = of.at
		}
		rows = append(rows, r)
	}
	p.column(linesPoints, name, "points", lines, func(l Line) *big.Rat { return l.Points })
	p.column(linesScore, name, "score", lines, func(l Line) *big.Rat { return l.Score })
	return rows
}

// column lets formulas name a column of scores, from the first line that has one to the last.
func (p *page) column(formulaName, evaluation, member string, lines []Line, of func(Line) *big.Rat) {
	first, last := "", ""
	for i, l := range lines {
		if of(l) != nil {
			last = fmt.Sprintf("{%s%s.line-%d.%s}", p.prefix, evaluation, i+1, member)
			if first == "" {
				first = last
			}
		}
	}
	if first != "" {
		p.cells[formulaName] = first + ":" + last
	}
}

// sameLevels says whether two lines share the names down to a level.
func sameLevels(a, b Line, level int) bool {
	for k := range level + 1 {
		if a.Levels[k] != b.Levels[k] {
			return false
		}
	}
	return true
}

func plainCell(s string) document.Cell {
	return document.Cell{Text: document.Inlines{document.Text(s)}}
}

// bare takes the unit off figures whose column has it in its head.
func bare(in document.Inlines) document.Inlines {
	for i, x := range in {
		if f, ok := x.(document.Figure); ok {
			f.Text = f.Value
			in[i] = f
		}
	}
	return in
}

// figureName is a name of a figure within its bound.
func figureName(s string) string {
	r := []rune(s)
	return string(r[:min(len(r), 64)])
}

// actual is what was reached: a figure where it is a number. One that an indicator gives is that indicator's, with the records behind it.
func (p *page) actual(evaluation, id string, l Line) document.Inlines {
	a := l.Actual
	f := document.Figure{Name: figureName(l.Levels[2]), Text: a.Text, Unit: a.Unit, Code: a.Code, Withheld: a.withheld}
	switch {
	case a.Value != nil:
		f.Value, f.Exact = decimalText(a.Value), a.Value
	case a.withheld == "":
		return document.Inlines{document.Text(a.Text)}
	}
	f = p.evaluated(evaluation, id, f)
	if l.Result != nil && a.Value != nil && a.Code != "" { // a scheme may have an expression that has no code
		from := p.figureOf("", *l.Result)
		f.Source, f.Edition, f.Records, f.Recompute = from.Source, from.Edition, from.Records, from.Recompute
		p.computed[f.ID] = Computed{*l.Result, l.Result.Question().Indicator.Unit()}
	}
	out := document.Inlines{f}
	if a.against != nil { // in a draft: no report is published with it
		out = append(out, document.Note{document.Text(pleaseCheck + a.against.In(lang.Chinese) + "〕")})
	}
	return out
}

// in is the number in another unit, its printed digits unchanged in value.
func (n number) in(u figure.Unit, name string) (number, error) {
	if n.unit == u {
		return n, nil
	}
	v, err := n.unit.Convert(n.value, u)
	if err != nil {
		return n, ErrOtherUnit.Because(err, name, n.unit.String(), u.String())
	}
	s, err := n.unit.Convert(n.stated(), u)
	if err != nil {
		return n, err
	}
	n.value, n.unit, n.decimal = v, u, decimalText(s)
	return n, nil
}

// stated is the printed number.
func (n number) stated() *big.Rat {
	r, _ := new(big.Rat).SetString(n.decimal)
	return r
}

// exactly is the number as printed, or with all its decimals where rounding hides some: two amounts that differ by 元 are not told in 万元
// that do not.
func (n number) exactly() string {
	if n.stated().Cmp(n.value) == 0 {
		return n.decimal
	}
	return decimalText(n.value)
}

// decimalText is r as a decimal; one that does not end is cut where nobody reads on.
func decimalText(r *big.Rat) string {
	if n, exact := r.FloatPrec(); exact {
		return r.FloatString(n)
	}
	return r.FloatString(endlessDecimals)
}

// signed is r as prose has it: with − before what is below 0.
func signed(r *big.Rat) string { return strings.Replace(decimalText(r), "-", "−", 1) }

// endlessDecimals are shown of a number without an end.
const endlessDecimals = 12
