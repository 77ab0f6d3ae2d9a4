package evaluation

import (
	"fmt"
	"math/big"

	"anlan/account/evaluation/rule"
	"anlan/account/indicator"
	"anlan/ground/code"
	"anlan/ground/lang"
)

// Grade is the grade of a total (等次).
type Grade string

// The grades (财预〔2020〕10号; the finance ministry's practice 优良中差).
const (
	Excellent Grade = "excellent" // 90 and above
	Good      Grade = "good"      // 80 and above
	Fair      Grade = "fair"      // 60 and above
	Poor      Grade = "poor"
)

// Grades is the list of grades.
var Grades = code.NewList("项目支出绩效评价管理办法（财预〔2020〕10号）",
	code.Of(Excellent, "优", "excellent"),
	code.Of(Good, "良", "good"),
	code.Of(Fair, "中", "fair"),
	code.Of(Poor, "差", "poor"),
)

// GradeOf is the grade of a total of 100.
func GradeOf(total *big.Rat) Grade {
	for _, g := range []struct {
		from  int64
		grade Grade
	}{{90, Excellent}, {80, Good}, {60, Fair}} {
		if total.Cmp(big.NewRat(g.from, 1)) >= 0 {
			return g.grade
		}
	}
	return Poor
}

// Label names a grade.
func (g Grade) Label() lang.Text { v, _ := Grades.Find(g); return v.Label }

// Text prints points with two decimals, an exact half away from zero, zeros behind left out: 4.5, 98.37. It is the one
// rounding of a score.
func Text(points *big.Rat) string {
	s := points.FloatString(pointDecimals) // rounds halves away from zero
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

// Node is a part of the result's tree: the whole, a first level, a second level, a line.
type Node struct {
	Name     string
	Number   string // that the form prints before it
	Full     *big.Rat
	Points   *big.Rat // of the lines below that are scored
	Unscored int      // lines below that are not
	Of       []*Node
	Outcome  *Outcome // of a line
}

// Tree gives the result as a tree; its points are sums of those below.
func (r *Run) Tree() *Node {
	root := newNode(r.Rubric.scheme.Name, "")
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		path := []*Node{root, root.child(o.Line.Level1, "")}
		if o.Line.Level2 != "" {
			path = append(path, path[1].child(o.Line.Level2, o.Line.Number))
		}
		leaf := newNode(o.Line.Level3, "")
		leaf.Outcome = o
		last := path[len(path)-1]
		last.Of = append(last.Of, leaf)
		for _, n := range append(path, leaf) {
			n.Full.Add(n.Full, o.Full)
			if o.Points == nil {
				n.Unscored++
				continue
			}
			n.Points.Add(n.Points, o.Points)
		}
	}
	return root
}

func newNode(name, number string) *Node {
	return &Node{Name: name, Number: number, Full: new(big.Rat), Points: new(big.Rat)}
}

// child is the last node below n when it has the name, or a new one. The lines of a level stand together.
func (n *Node) child(name, number string) *Node {
	if len(n.Of) > 0 {
		if last := n.Of[len(n.Of)-1]; last.Outcome == nil && last.Name == name {
			return last
		}
	}
	c := newNode(name, number)
	n.Of = append(n.Of, c)
	return c
}

// Total is the sum of the points that were given, the full score of the lines scored, and how many lines are not.
func (r *Run) Total() (points, scored *big.Rat, unscored int) {
	points, scored = new(big.Rat), new(big.Rat)
	for _, o := range r.Outcomes {
		if o.Points == nil {
			unscored++
			continue
		}
		points.Add(points, o.Points)
		scored.Add(scored, o.Full)
	}
	return points, scored, unscored
}

// Grade is the grade of the total; false while a line is not scored.
func (r *Run) Grade() (Grade, bool) {
	points, _, unscored := r.Total()
	if unscored > 0 {
		return "", false
	}
	return GradeOf(points), true
}

// Value is what the line was scored from, as printed: 92%, or the level, items or value of the decision; empty when nothing is
// there.
func (o Outcome) Value() lang.Text {
	if o.Waived != "" {
		return lang.Text{Zh: o.Waived, En: o.Waived}
	}
	if o.Result != nil {
		if o.Result.Question().Indicator.Code() == "" { // a bare expression declares no decimals
			return o.Result.Value().Text()
		}
		return o.Result.Text()
	}
	for _, j := range o.Judgements {
		if j.Stage != Decision {
			continue
		}
		for _, s := range []string{j.Level, j.Value} {
			if s != "" {
				return lang.Text{Zh: s, En: s}
			}
		}
		if j.Items != "" {
			return both("第%s项", "items %s", j.Items)
		}
	}
	return lang.Text{}
}

// Explain writes the line so that a clerk can do it again by hand: criterion, value, arithmetic, judgements, doubts.
//
//	在职人员控制率（5分）：5分
//	  标准　≤100%计5分，每超过1个百分点扣0.5分，扣完为止
//	  计算　在职人员控制率 = 92 人 ÷ 100 人 = 92%
//	  　　　92%没有超过100%，不扣分，得5分
func (o Outcome) Explain(l lang.Lang) string {
	got := lang.Of("未评", "not scored").In(l)
	if o.Points != nil {
		got = Text(o.Points) + "分"
	}
	w := newRows(l)
	w.line(o.Line.Level3 + "（" + Text(o.Full) + "分）：" + got)
	w.row(lang.Of("标准", "criterion"), o.Line.Criterion)
	if o.Line.Rule != "" {
		w.row(lang.Of("规则", "rule"), o.Line.Rule)
	}
	if o.Line.Target != "" {
		w.row(lang.Of("目标", "target"), o.Line.Target)
	}
	for _, a := range o.Arithmetic {
		w.row(lang.Of("计算", "computed"), a.In(l))
	}
	if o.Cut {
		w.row(lang.Of("修约", "rounded"), fmt.Sprintf(lang.Of("除不尽的数照分数算下去，写出时四舍五入到%d位小数", "quotients that do not end are counted on as fractions, and written to %d decimals, halves away from zero").In(l), rule.DecimalsShown))
	}
	if o.Points != nil && !endsWithin(o.Points) {
		w.row(lang.Of("修约", "rounded"), fmt.Sprintf(lang.Of("得分四舍五入到%d位小数：%s分", "the score to %d decimals, halves away from zero: %s分").In(l), pointDecimals, Text(o.Points)))
	}
	if o.Why != (lang.Text{}) && o.Points == nil {
		w.row(lang.Of("未评", "because"), o.Why.In(l))
	}
	if o.Deviation != "" {
		w.row(lang.Of("偏差", "deviation"), o.Deviation)
	}
	for _, j := range o.Judgements {
		w.row(j.Stage.Label(), j.words(l))
	}
	for _, d := range o.Doubts {
		w.row(lang.Of("请核", "look at"), d.In(l))
	}
	if o.Result != nil && o.Result.Value().State() == indicator.Computed {
		w.row(lang.Of("定义", "definition"), o.Line.Indicator+" sha256:"+o.Result.Question().Indicator.Hash())
	}
	return w.String()
}

func endsWithin(r *big.Rat) bool { n, ends := r.FloatPrec(); return ends && n <= pointDecimals }

// words is a judgement in a line: what, how many points, who, when, why, on what evidence.
func (j Judgement) words(l lang.Lang) string {
	s := ""
	add := func(label lang.Text, text string) {
		if text != "" {
			if s != "" {
				s += lang.Of("，", ", ").In(l)
			}
			s += label.In(l) + text
		}
	}
	add(lang.Text{}, j.Level)
	add(lang.Of("满足的项目：", "items met: "), j.Items)
	add(lang.Of("实际值", "value "), j.Value)
	if j.Points.OK {
		add(lang.Text{}, rule.Number(rat(j.Points.V))+"分")
	}
	add(lang.Text{}, j.By)
	add(lang.Text{}, j.On.String())
	add(lang.Of("理由：", "reason: "), j.Reason)
	add(lang.Of("依据：", "evidence: "), j.Evidence)
	return s
}
