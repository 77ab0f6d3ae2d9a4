package evaluation

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"anlan/account/evaluation/rule"
	"anlan/account/indicator"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// About is what is evaluated: a unit with those below it in a period, and Whole or the code of a project.
type About struct {
	Period  period.Period
	Unit    place.Unit
	Subject string
	Name    string // of a project; empty for the whole
}

// named is what is evaluated, as a sentence names it.
func (a About) named() lang.Text {
	if a.Subject == Whole {
		return lang.Of("部门整体支出", "the whole department")
	}
	return both("项目%s", "the project %s", lang.Named(lang.Text{Zh: a.Name, En: a.Name}, a.Subject))
}

// Run is the result of a rubric (评分结果) as of the position of its source.
type Run struct {
	Rubric   *Rubric
	About    About
	Outcomes []Outcome  // a line each, in their order
	Doubts   fault.List // about what is evaluated as a whole; those about a line are its own
}

// Outcome is what a line was given, and why.
type Outcome struct {
	Line       Line
	Full       *big.Rat
	Points     *big.Rat          // nil: not scored
	Arithmetic []lang.Text       // a sentence a step
	Cut        bool              // a number of the arithmetic goes on behind the digits that are written
	Why        lang.Text         // why it is not scored, or what the points were lost for; empty for a full score
	Deviation  string            // why it fell short and what is done about it (偏差原因分析及改进措施), as recorded; may be empty
	Waived     string            // the clause of the rule by which the question does not arise; empty where it does
	Result     *indicator.Result // of the indicator; nil: judged, or told by a project
	Tells      bool              // whoever knows the rule can compute the value from the points
	Judgements []Judgement       // of the line, in the order of the stages
	Doubts     fault.List        // what a reader should look at
}

// Lost is how many points are missing from the full score; nil when the line is not scored.
func (o Outcome) Lost() *big.Rat {
	if o.Points == nil {
		return nil
	}
	return new(big.Rat).Sub(o.Full, o.Points)
}

// Loses says whether points are lost as they are printed.
func (o Outcome) Loses() bool { return o.Points != nil && Text(o.Points) != Text(o.Full) }

// Reviewed is the finance bureau's score of the line; nil when there is none.
func (o Outcome) Reviewed() *big.Rat {
	for _, j := range o.Judgements {
		if j.Stage == Review && j.Points.OK {
			return rat(j.Points.V)
		}
	}
	return nil
}

// Evaluate scores every line. Judgements of other schemes, subjects and
// years than that in which the period begins are passed over. The result depends on the
// source's answers and the judgements and on nothing else.
func (r *Rubric) Evaluate(ctx context.Context, source indicator.Source, about About, judgements []Judgement) (*Run, error) {
	var questions []indicator.Question
	for _, e := range r.entries {
		if e.indicator != nil {
			questions = append(questions, indicator.Question{Indicator: e.indicator, Period: about.Period, Unit: about.Unit})
		}
	}
	results, err := indicator.Eval(ctx, source, questions...)
	if err != nil {
		return nil, fmt.Errorf("evaluate %s: %w", r.scheme.Code, err)
	}
	run := &Run{Rubric: r, About: about}
	for _, e := range r.entries {
		o := Outcome{Line: e.line, Full: e.full, Judgements: r.of(e.line, about, judgements)}
		switch {
		case e.indicator != nil:
			o.Result = &results[0]
			results = results[1:]
			o.compute(e)
		case e.told != nil && e.told.value.Stated():
			o.Arithmetic = e.told.words
			o.measure(e, e.told.value)
		case e.told != nil && !e.line.Judged():
			o.Why = e.told.why
		default:
			o.judge(e)
		}
		o.Deviation = e.deviation
		for _, j := range o.Judgements {
			if j.Stage != Review && j.Deviation != "" {
				o.Deviation = j.Deviation
			}
		}
		o.doubt(about)
		if e.against != nil {
			o.Doubts = append(o.Doubts, e.against)
		}
		run.Outcomes = append(run.Outcomes, o)
	}
	return run, nil
}

// of picks the judgements of a line, in the order of the stages.
func (r *Rubric) of(l Line, about About, all []Judgement) (out []Judgement) {
	for _, stage := range Stages.Values {
		for _, j := range all {
			if j.Stage == stage.Code && j.Scheme == r.scheme.Code && j.Year == int64(about.Period.First().Year()) && j.About == about.Subject && j.Line == l.Key() {
				out = append(out, j)
			}
		}
	}
	return out
}

// compute scores the line from its indicator.
func (o *Outcome) compute(e entry) {
	v := o.Result.Value()
	if v.State() == indicator.Computed {
		o.Arithmetic = []lang.Text{resultWords(o.Result)}
		o.measure(e, rule.Amount{Number: v.Rat(), Unit: v.Unit()})
		return
	}
	name := nameOf(e.indicator)
	why := lang.Text{Zh: name.Zh + "：" + v.State().Text().Zh + "，" + v.Why().Zh, En: name.En + ": " + v.State().Text().En + ", " + v.Why().En}
	if e.rule.Waived != "" && v.State() != indicator.NoneRecorded {
		o.Points, o.Waived = new(big.Rat).Set(o.Full), e.rule.Waived
		o.Arithmetic = []lang.Text{why, both("没有此项，按规则计满分%s分", "the question does not arise: the full %s分 by the rule", rule.Number(o.Full))}
		return
	}
	o.Why = why
}

// nameOf is what an indicator is called; an expression that stands in place of one, what it says.
func nameOf(i *indicator.Indicator) lang.Text {
	if label := i.Label(); label != (lang.Text{}) {
		return label
	}
	return i.Words()
}

// resultWords is how an indicator got its value: 在职人员控制率 = 92 人 ÷ 100 人 = 92%.
func resultWords(r *indicator.Result) lang.Text {
	v, a := r.Value().Text(), r.Arithmetic()
	v.Zh, v.En = strings.TrimPrefix(v.Zh, "≈ "), strings.TrimPrefix(v.En, "≈ ") // Explain says how numbers are rounded
	label := nameOf(r.Question().Indicator)
	join := func(label, sum, value string) string {
		if sum == value {
			return label + " = " + value
		}
		return label + " = " + sum + " = " + value
	}
	return lang.Text{Zh: join(label.Zh, a.Zh, v.Zh), En: join(label.En, a.En, v.En)}
}

// measure scores a value by the rule of the line.
func (o *Outcome) measure(e entry, v rule.Amount) {
	s, ok := e.rule.Form.(rule.Measured).Score(o.Full, v)
	o.Cut = s.Cut
	if !ok {
		o.Why = s.Arithmetic[0]
		return
	}
	o.take(s)
	o.Tells = e.rule.Tells() && s.Points.Sign() > 0 && s.Points.Cmp(o.Full) < 0
	if o.Lost().Sign() > 0 {
		o.Why = s.Arithmetic[0]
	}
}

func (o *Outcome) take(s rule.Scored) {
	o.Points = s.Points
	o.Arithmetic = append(o.Arithmetic, s.Arithmetic...)
}

// Faults of judgements under a rubric.
var (
	ErrNeedsItems = fault.Define("judgement.needs_items", fault.Invalid,
		"“%s”按清单认定，须写明满足哪几项", "%q is judged by its list: say which items are met")
	ErrNeedsLevel = fault.Define("judgement.needs_level", fault.Invalid,
		"“%s”按档次认定，须写明档次", "%q is judged by levels: name one")
	ErrNeedsValue = fault.Define("judgement.needs_value", fault.Invalid,
		"“%s”按实际值计分，须写明实际值及单位，现为“%s”", "%q is scored by a value: state it with its unit; found %q")
	ErrOwnDecision = fault.Define("judgement.own_decision", fault.Invalid,
		"“%s”的自评和认定是同一人（%s），应由他人认定", "%q was proposed and decided by the same person (%s); another should decide")
	ErrPointsDiffer = fault.Define("judgement.points_differ", fault.Invalid,
		"“%s”按规则为%s分，%s写的是%s分", "%q comes to %s分 by the rule; the %s says %s分")
	// ErrNoDeviation names a deduction for which nobody has given the reason; no report is published with one.
	ErrNoDeviation = fault.Define("judgement.no_deviation", fault.Conflict,
		"%s的“%s”扣%s分，没有登记原因：请在项目绩效指标或评分认定（judgement）里写明“偏差原因及改进措施”", "%s: %q lost %s分 and no reason is recorded; give the deviation and its remedy in the target of the project or in a judgement")
	ErrNoEvidence = fault.Define("judgement.no_evidence", fault.Invalid,
		"“%s”认定为满分，没有写依据", "%q was given the full score without evidence")
)

// judge scores the line by the group's decision.
func (o *Outcome) judge(e entry) {
	var decision *Judgement
	for i := range o.Judgements {
		if o.Judgements[i].Stage == Decision {
			decision = &o.Judgements[i]
		}
	}
	if decision == nil {
		o.Why = lang.Of("评价组还没有认定", "the group has not decided")
		return
	}
	s, err := e.judged(o.Full, *decision)
	if err != nil {
		f := asFault(err)
		o.Why = both("认定不能用：%s", "the decision cannot be used: %s", lang.Text{Zh: f.In(lang.Chinese), En: f.In(lang.English)})
		return
	}
	o.take(s)
	if o.Lost().Sign() > 0 {
		o.Why = lang.Text{Zh: decision.Reason, En: decision.Reason}
	}
}

// judged are the points of a judgement by the rule of the line.
func (e entry) judged(full *big.Rat, j Judgement) (rule.Scored, error) {
	switch f := e.rule.Form.(type) {
	case rule.Checklist:
		if j.Items == "" {
			return rule.Scored{}, ErrNeedsItems.With(e.line.Level3)
		}
		met, err := j.met()
		if err != nil {
			return rule.Scored{}, err
		}
		return f.Score(met)
	case rule.Levels:
		if j.Level == "" {
			return rule.Scored{}, ErrNeedsLevel.With(e.line.Level3)
		}
		var given *big.Rat
		if j.Points.OK {
			given = rat(j.Points.V)
		}
		return f.Score(full, j.Level, given)
	}
	m := e.rule.Form.(rule.Measured)
	v, ok := rule.ParseAmount(j.Value)
	if !ok {
		return rule.Scored{}, ErrNeedsValue.With(e.line.Level3, j.Value)
	}
	if err := m.Fits(v.Unit); err != nil {
		return rule.Scored{}, err
	}
	s, ok := m.Score(full, v)
	if !ok {
		return s, ErrNeedsValue.With(e.line.Level3, j.Value)
	}
	return s, nil
}

// doubt gathers what a reader should look at: judgements that differ from the rule, nobody's second eyes, no evidence, a deduction
// without reason.
func (o *Outcome) doubt(about About) {
	if o.Loses() && o.Deviation == "" {
		o.Doubts = append(o.Doubts, ErrNoDeviation.With(about.named(), o.Line.Level3, Text(o.Lost())))
	}
	by := map[Stage]Judgement{}
	for _, j := range o.Judgements {
		by[j.Stage] = j
		if j.Points.OK && o.Points != nil && (j.Stage == Decision || !o.Line.Judged()) && rat(j.Points.V).Cmp(o.Points) != 0 {
			o.Doubts = append(o.Doubts, ErrPointsDiffer.With(o.Line.Level3, rule.Number(o.Points), j.Stage.Label(), rule.Number(rat(j.Points.V))))
		}
	}
	d, decided := by[Decision]
	if p, proposed := by[Proposal]; proposed && decided && p.By == d.By && p.By != "" {
		o.Doubts = append(o.Doubts, ErrOwnDecision.With(o.Line.Level3, p.By))
	}
	if decided && o.Line.Judged() && o.Points != nil && o.Lost().Sign() == 0 && d.Evidence == "" && len(d.Files) == 0 {
		o.Doubts = append(o.Doubts, ErrNoEvidence.With(o.Line.Level3))
	}
}
