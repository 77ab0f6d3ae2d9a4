package evaluation

import (
	"math/big"

	"anlan/account/evaluation/rule"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/record/field"
)

// Faults of schemes.
var (
	ErrNoLines = fault.Define("scheme.no_lines", fault.Invalid,
		"评分方案没有任何指标", "the scheme has no lines")
	ErrTotal = fault.Define("scheme.total_not_full", fault.Invalid,
		"各指标分值合计%s分，应为%d分，相差%s分", "the points of the lines add up to %s, not %d; they differ by %s")
	ErrLevelSum = fault.Define("scheme.level_sum", fault.Invalid,
		"“%s”写明%s分，其下各指标合计%s分", "%q is stated as %s分, the lines below it add up to %s分")
	ErrLevelStated = fault.Define("scheme.level_stated_twice", fault.Invalid,
		"“%s”的分值前后不一：%s分和%s分", "the points of %q are stated as %s分 and as %s分")
	ErrLevelApart = fault.Define("scheme.level_apart", fault.Invalid,
		"“%s”的指标没有排在一起，请把同一%s的行放在一处", "the lines of %q do not stand together; put the lines of one %s in one place")
	ErrNoPoints = fault.Define("scheme.no_points", fault.Invalid,
		"“%s”没有分值，应大于0", "%q has no points; they must be above 0")
	ErrLineTwice = fault.Define("scheme.line_twice", fault.Invalid,
		"“%s”出现两次（第%d项和第%d项），请用“指标编号”区分", "%q stands twice (lines %d and %d); tell them apart by their line codes")
	ErrFullDiffers = fault.Define("scheme.full_differs", fault.Invalid,
		"评分标准的满分是%s分，分值是%s分", "the criterion gives at most %s分, the line has %s分")
	ErrTarget = fault.Define("scheme.target", fault.Invalid,
		"看不懂指标值“%s”，应形如≥90%%、≤3起、=100%%", "the target %q is not understood; expected the form ≥90%%, ≤3起, =100%%")
	ErrBrokenDiffers = fault.Define("scheme.broken_differs", fault.Invalid,
		"评分规则写明不足一步“%s”，另一栏写的是“%s”", "the rule says a broken step is %q, the other column %q")
	ErrBrokenIdle = fault.Define("scheme.broken_idle", fault.Invalid,
		"只有按步扣分的规则才填写“不足一步”", "only a rule that takes off step by step says how a broken step counts")
	ErrJudgedIndicator = fault.Define("scheme.judged_indicator", fault.Invalid,
		"“%s”由人认定，指标代码一栏请填写“认定”", "%q is judged by people; write 认定 in place of the indicator")
	ErrNoProject = fault.Define("scheme.no_project", fault.Invalid,
		"“%s”取自项目，只能用在项目支出的方案里", "%q is told by a project and stands only in a scheme for projects")
	ErrIndicator = fault.Define("scheme.indicator", fault.Invalid,
		"指标代码“%s”不能用：%s", "the indicator %q cannot be used: %s")
)

// flaw is a fault with its place in the scheme.
type flaw struct {
	line  int    // from 1; 0: the scheme as a whole
	field string // of the line
	fault *fault.Fault
}

// gather joins faults into one error.
func gather(errs []error) error {
	var list fault.List
	for _, err := range errs {
		if internal := list.Add(err); internal != nil {
			return internal
		}
	}
	return list.Err()
}

// rat is points as a number.
func rat(p field.Scaled) *big.Rat { return big.NewRat(int64(p), 100) }

// check gives all flaws that do not depend on indicators.
func (s *Scheme) check() (flaws []flaw) {
	if len(s.Lines) == 0 {
		return []flaw{{fault: ErrNoLines.With()}}
	}
	total, seen := new(big.Rat), map[string]int{}
	for i, l := range s.Lines {
		n := i + 1
		total.Add(total, rat(l.Points))
		if l.Points <= 0 {
			flaws = append(flaws, flaw{n, "points", ErrNoPoints.With(l.Level3)})
		}
		if first := seen[l.Key()]; first > 0 {
			flaws = append(flaws, flaw{n, "level3", ErrLineTwice.With(l.Key(), first, n)})
		} else {
			seen[l.Key()] = n
		}
		if _, f, at := l.rule(); f != nil {
			flaws = append(flaws, flaw{n, at, f})
		}
		if l.frame() && s.Subject != Project {
			flaws = append(flaws, flaw{n, "indicator", ErrNoProject.With(l.Indicator)})
		}
	}
	flaws = append(flaws, s.levels(1)...)
	flaws = append(flaws, s.levels(2)...)
	if full := big.NewRat(Full, 1); total.Cmp(full) != 0 {
		flaws = append(flaws, flaw{0, "points", ErrTotal.With(rule.Number(total), Full, rule.Number(full.Sub(full, total).Abs(full)))})
	}
	return flaws
}

// at is what level 1 or 2 of a line says.
func (l Line) at(level int) (name string, points maybe.Of[field.Scaled], column string) {
	if level == 1 {
		return l.Level1, l.Points1, "points1"
	}
	return l.Level2, l.Points2, "points2"
}

var levelNames = map[int]lang.Text{1: lang.Of("一级指标", "level 1"), 2: lang.Of("二级指标", "level 2")}

// levels checks that the lines of each group of a level stand together and add up to what is stated for it.
func (s *Scheme) levels(level int) (flaws []flaw) {
	type group struct{ parent, name string }
	closed := map[group]bool{}
	for i := 0; i < len(s.Lines); {
		first := s.Lines[i]
		name, stated, column := first.at(level)
		g := group{name: name}
		if level == 2 {
			g.parent = first.Level1
		}
		start, sum := i, new(big.Rat)
		for ; i < len(s.Lines); i++ {
			l := s.Lines[i]
			other, said, _ := l.at(level)
			if other != name || level == 2 && l.Level1 != first.Level1 {
				break
			}
			if said.OK {
				if stated.OK && stated != said {
					flaws = append(flaws, flaw{i + 1, column, ErrLevelStated.With(name, rule.Number(rat(stated.V)), rule.Number(rat(said.V)))})
				}
				stated = said
			}
			sum.Add(sum, rat(l.Points))
		}
		if name == "" {
			continue
		}
		if closed[g] {
			flaws = append(flaws, flaw{start + 1, "level" + column[len("points"):], ErrLevelApart.With(name, levelNames[level])})
		}
		closed[g] = true
		if stated.OK && rat(stated.V).Cmp(sum) != 0 {
			flaws = append(flaws, flaw{start + 1, column, ErrLevelSum.With(name, rule.Number(rat(stated.V)), rule.Number(sum))})
		}
	}
	return flaws
}

// Rule is the scoring rule of the line, with its target and its way to count broken steps put in.
func (l Line) rule() (r rule.Rule, f *fault.Fault, column string) {
	wording, column := l.Rule, l.wordingColumn()
	if wording == "" {
		wording = l.Criterion
	}
	r, err := rule.Parse(wording)
	if err != nil {
		return r, asFault(err), column
	}
	if full := r.Form.Full(); full != nil && full.Cmp(rat(l.Points)) != 0 {
		return r, ErrFullDiffers.With(rule.Number(full), rule.Number(rat(l.Points))), column
	}
	if l.Target != "" {
		t, ok := parseTarget(l.Target)
		_, words := r.Form.(rule.Measured)
		switch {
		case ok:
			r = r.WithTarget(t.amount, t.reverse())
		case words:
			return r, ErrTarget.With(l.Target), "target"
		}
	}
	if l.Broken != "" {
		d, steps := r.Form.(rule.Deduction)
		switch {
		case !steps:
			return r, ErrBrokenIdle.With(), "broken"
		case d.Broken != "" && d.Broken != l.Broken:
			return r, ErrBrokenDiffers.With(labelOf(d.Broken), labelOf(l.Broken)), "broken"
		}
		r = r.WithBroken(l.Broken)
	}
	if r.Judged() && !l.Judged() {
		return r, ErrJudgedIndicator.With(l.Level3), "indicator"
	}
	return r, nil, ""
}

func labelOf(b rule.Broken) any { v, _ := Brokens.Find(b); return v.Label }

// asFault is the fault inside err; package rule answers nothing else.
func asFault(err error) *fault.Fault {
	var list fault.List
	if internal := list.Add(err); internal != nil {
		panic("evaluation: a rule answered no fault: " + internal.Error())
	}
	return list[0]
}
