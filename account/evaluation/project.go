package evaluation

import (
	"math/big"
	"strings"

	"anlan/account/evaluation/rule"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/record/field"
)

// Told is what a project's record and its money tell an evaluation (项目支出绩效自评).
type Told struct {
	Code, Name   string
	Money                  // 年度资金总额; the three below add up to it
	Appropriated Money     // 其中：当年财政拨款
	CarriedIn    Money     // 上年结转资金
	Other        Money     // 其他资金
	Apart        lang.Text // how what was paid out of money carried in is told from the rest; empty where none was carried in
	Targets      []Target
}

// Money is what was planned and what was paid.
type Money struct {
	Initial maybe.Of[money.Fen] // 年初预算数
	Budget  maybe.Of[money.Fen] // 全年预算数 A: initial + carried in + added − reduced
	Paid    maybe.Of[money.Fen] // 全年执行数 B
}

// Target is one target of a project (绩效目标) with what was reached.
type Target struct {
	Level1, Level2, Level3 string
	Relation               string // ≥ ≤ = > <; empty: ≥, or qualitative
	Value                  string // a number, or words for a qualitative target
	Unit                   string
	Reached                string // 实际完成值; empty: not told
	Points                 field.Scaled
	Note                   string       // 偏差原因分析及改进措施
	Against                *fault.Fault // ErrAgainstRegister, where the register that it names says otherwise; nil where it does not
}

// Faults of a project under a scheme.
var (
	ErrNotForProjects = fault.Define("scheme.not_for_projects", fault.Invalid,
		"方案“%s”评价部门整体支出，不能用来评价项目%s", "the scheme %q evaluates a whole department and not the project %s")
	ErrNoTargets = fault.Define("scheme.no_targets", fault.Invalid,
		"项目%s没有“%s”的绩效目标，这%s分无从评起", "project %s has no target under %q; its %s分 cannot be given")
	ErrTargetsApart = fault.Define("scheme.targets_apart", fault.Invalid,
		"项目%s“%s”各绩效目标的分值合计%s分，方案规定%s分", "the targets of project %s under %q add up to %s分; the scheme has %s分")
	ErrStrayTarget = fault.Define("scheme.stray_target", fault.Invalid,
		"项目%s的绩效目标“%s”属于“%s”，方案里没有这一级", "the target of project %s, %q, is under %q, which the scheme does not have")
	// ErrAgainstRegister says that a target was achieved otherwise than the register says which it names as its source, and that
	// nobody has said why. No score by it is published.
	ErrAgainstRegister = fault.Define("finding.target_against_register", fault.Conflict,
		"项目%s的绩效指标“%s”填报实际完成%s%s，数据来源“%s”；%s里%s年“%s”为%s%s，其中%s自己的%s%s：与台账不符。请更正填报数或补登台账（anlan list %s）；另有来源的，在“偏差原因及改进措施”里写明台账的数和不同的原因，在此之前不能公开这个项目的自评表",
		"project %s: the target %q is said to have achieved %s %s by %q; in the register %s of %s %q is %s %s, of which %s itself has %s %s. Correct what was entered or complete the register (anlan list %s); where it comes from elsewhere, give the number of the register and the reason in the deviation of the target: until then the form of the project is not published")
)

// QualitativeRule is how a target in words is scored (财预〔2020〕10号): three levels, chosen with a reason.
const QualitativeRule = "达成年度指标100%-80%（含）；部分达成年度指标并具有一定效果80%-60%（含）；未达成年度指标且效果较差60%-0%（含）"

// named is the project as a sentence names it: “示例项目”（P1）.
func (p Told) named() lang.Text { return lang.Named(lang.Text{Zh: p.Name, En: p.Name}, p.Code) }

// told is a value that a project tells.
type told struct {
	value rule.Amount
	words []lang.Text // how it came about
	why   lang.Text   // why there is none
}

// ForProject is the rubric of one project: its execution rate and its targets stand where the scheme leaves their place. The
// points of the targets must add up to those of their place. All faults are answered at once, and with them what can be scored
// in spite of them, for a draft: a place without targets is a line without a score. There is no rubric where the scheme is none
// of projects.
func (r *Rubric) ForProject(p Told) (*Rubric, error) {
	if r.scheme.Subject != Project {
		return nil, ErrNotForProjects.With(r.scheme.Name, p.named())
	}
	out := &Rubric{scheme: r.scheme, hash: r.hash}
	out.scheme.Lines = nil
	var faults fault.List
	used := make([]bool, len(p.Targets))
	for _, e := range r.entries {
		switch e.line.Indicator {
		case Executing:
			e.told = p.execution()
			out.entries = append(out.entries, e)
		case Aiming:
			entries, f := p.aims(e, used)
			if f != nil {
				faults = append(faults, f)
			}
			out.entries = append(out.entries, entries...)
		default:
			out.entries = append(out.entries, e)
		}
	}
	for i, t := range p.Targets {
		if !used[i] {
			faults = append(faults, ErrStrayTarget.With(p.named(), t.Level3, t.Level1))
		}
	}
	for _, e := range out.entries {
		out.scheme.Lines = append(out.scheme.Lines, e.line)
	}
	return out, faults.Err()
}

// execution is spent ÷ budget (B/A).
func (p Told) execution() *told {
	switch {
	case !p.Budget.OK || !p.Paid.OK:
		return &told{why: lang.Of("项目没有登记预算数或执行数", "the project has no budget or no spending recorded")}
	case p.Budget.V <= 0:
		return &told{why: lang.Of("项目全年预算数为0，无法计算执行率", "the project's budget is 0 and gives no rate")}
	}
	percent := new(big.Rat).SetFrac64(int64(p.Paid.V), int64(p.Budget.V))
	v := rule.Amount{Number: percent.Mul(percent, big.NewRat(100, 1)), Unit: figure.Percent}
	words := both("执行率 = 全年执行数 %s元 ÷ 全年预算数 %s元 = %s", "execution rate = spent %s元 ÷ budget %s元 = %s", p.Paid.V, p.Budget.V, v)
	out := &told{value: v, words: []lang.Text{words}}
	if p.Apart != (lang.Text{}) {
		out.words = append(out.words, p.Apart)
	}
	return out
}

// sameLevel compares the names of first levels: 产出 and 产出指标 are one.
func sameLevel(a, b string) bool {
	return strings.TrimSuffix(a, "指标") == strings.TrimSuffix(b, "指标")
}

// aims puts the targets of a first level in the place that the scheme leaves for them.
func (p Told) aims(place entry, used []bool) (out []entry, f *fault.Fault) {
	sum := new(big.Rat)
	for i, t := range p.Targets {
		if !sameLevel(t.Level1, place.line.Level1) {
			continue
		}
		used[i] = true
		sum.Add(sum, rat(t.Points))
		out = append(out, t.entry(place))
	}
	switch {
	case len(out) == 0:
		f := ErrNoTargets.With(p.named(), place.line.Level1, rule.Number(place.full))
		place.told = &told{why: lang.Text{Zh: f.In(lang.Chinese), En: f.In(lang.English)}}
		return []entry{place}, f
	case sum.Cmp(place.full) != 0:
		return out, ErrTargetsApart.With(p.named(), place.line.Level1, rule.Number(sum), rule.Number(place.full))
	}
	return out, nil
}

// entry is the line of a target: scored by the rule of its place where it is a number, by levels where it is in words.
func (t Target) entry(place entry) entry {
	l := place.line
	l.Level2, l.Level3, l.Points, l.Code, l.Note = t.Level2, t.Level3, t.Points, "", t.Note
	l.Points2 = maybe.None[field.Scaled]()
	l.Target = t.Relation + t.Value + t.Unit
	e := entry{line: l, full: rat(t.Points), rule: place.rule, deviation: t.Note, against: t.Against}
	a, quantified := parseTarget(l.Target)
	if !quantified {
		e.line.Criterion, e.line.Rule, e.line.Indicator = QualitativeRule, "", Judging
		e.rule, _ = rule.Parse(QualitativeRule)
		return e
	}
	e.rule = place.rule.WithTarget(a.amount, a.reverse())
	e.told = t.reached(e.rule)
	return e
}

// reached is what the project reports as reached.
func (t Target) reached(r rule.Rule) *told {
	if t.Reached == "" {
		return &told{why: lang.Of("项目没有填报实际完成值", "the project does not tell what was reached")}
	}
	v, ok := rule.ParseAmount(t.Reached)
	if ok && v.Unit == figure.One && t.Unit != "" {
		v.Unit, ok = figure.UnitOf(t.Unit)
	}
	if !ok {
		return &told{why: both("实际完成值“%s”不是数", "what was reached, %q, is no number", t.Reached)}
	}
	if err := r.Form.(rule.Measured).Fits(v.Unit); err != nil {
		f := asFault(err)
		return &told{why: lang.Text{Zh: f.In(lang.Chinese), En: f.In(lang.English)}}
	}
	return &told{value: v, words: []lang.Text{both("项目填报实际完成值%s，目标值%s", "the project reports %s; the target is %s", v, t.Relation+t.Value+t.Unit)}}
}
