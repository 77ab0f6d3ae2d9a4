package evaluation

import (
	"anlan/account/evaluation/rule"
	"anlan/ground/lang"
)

// Difference is one thing in which two schemes differ, in words.
type Difference struct {
	Kind  DifferenceKind
	Line  string // name of the line; empty: the scheme as a whole
	Words lang.Text
}

// DifferenceKind is how they differ.
type DifferenceKind string

// The kinds of differences.
const (
	Added   DifferenceKind = "added"
	Removed DifferenceKind = "removed"
	Moved   DifferenceKind = "moved"
	Changed DifferenceKind = "changed"
)

// Diff tells what a scheme became: first the scheme as a whole, then the old lines in their order, then the new ones. Lines
// are the same by their keys, then by their names, then by their indicators where no other has it. Nothing when they are the
// same.
func Diff(before, after *Scheme) []Difference {
	d := &differ{before: before, after: after, to: match(before.Lines, after.Lines)}
	d.scheme()
	for i, l := range before.Lines {
		if d.to[i] < 0 {
			d.add(Removed, l.Level3, both("取消“%s”（%s，%s分）", "%q was taken out (%s, %s分)", l.Level3, l.path(), rule.Number(rat(l.Points))))
			continue
		}
		d.line(l, after.Lines[d.to[i]])
	}
	d.order()
	taken := map[int]bool{}
	for _, j := range d.to {
		taken[j] = true
	}
	for j, l := range after.Lines {
		if !taken[j] {
			d.add(Added, l.Level3, both("新增“%s”（%s，%s分）：%s", "%q is new (%s, %s分): %s", l.Level3, l.path(), rule.Number(rat(l.Points)), l.Criterion))
		}
	}
	return d.out
}

type differ struct {
	before, after *Scheme
	to            []int // of each old line: the new one, or -1
	out           []Difference
}

func (d *differ) add(kind DifferenceKind, line string, words lang.Text) {
	d.out = append(d.out, Difference{kind, line, words})
}

// path is where a line stands.
func (l Line) path() string {
	if l.Level2 == "" {
		return l.Level1
	}
	return l.Level1 + "·" + l.Level2
}

// match finds the new line of each old one.
func match(before, after []Line) []int {
	to, taken := make([]int, len(before)), map[int]bool{}
	for i := range to {
		to[i] = -1
	}
	for _, same := range []func(a, b Line) bool{
		func(a, b Line) bool { return a.Key() == b.Key() && a.path() == b.path() },
		func(a, b Line) bool { return a.Key() == b.Key() },
		func(a, b Line) bool { return a.Level3 == b.Level3 },
		func(a, b Line) bool { return a.Indicator == b.Indicator && a.Indicator != Judging && !a.frame() },
	} {
		for i, a := range before {
			for j, b := range after {
				if to[i] < 0 && !taken[j] && same(a, b) {
					to[i], taken[j] = j, true
				}
			}
		}
	}
	return to
}

// scheme tells what the schemes as a whole differ in.
func (d *differ) scheme() {
	for _, w := range headWords {
		if w.field == "year" || w.field == "code" {
			continue // they say which schemes are compared
		}
		f := headFields[w.field]
		d.change("", SchemeKind.Fields()[f].Label, SchemeKind.Text(d.before, f), SchemeKind.Text(d.after, f))
	}
	was, is := groupPoints(d.before), groupPoints(d.after)
	for _, g := range was {
		for _, h := range is {
			if g.name == h.name && g.points != h.points {
				d.add(Changed, "", both("“%s”由%s分改为%s分", "%q goes from %s分 to %s分", g.name, g.points, h.points))
			}
		}
	}
}

type namedPoints struct{ name, points string }

// groupPoints are the first levels with the sums of their lines.
func groupPoints(s *Scheme) (out []namedPoints) {
	for i := 0; i < len(s.Lines); {
		name, sum := s.Lines[i].Level1, rat(0)
		for ; i < len(s.Lines) && s.Lines[i].Level1 == name; i++ {
			sum.Add(sum, rat(s.Lines[i].Points))
		}
		out = append(out, namedPoints{name, rule.Number(sum)})
	}
	return out
}

func (d *differ) change(line string, label lang.Text, was, is string) {
	if was == is {
		return
	}
	dash := func(s string) string {
		if s == "" {
			return "（空）"
		}
		return s
	}
	what := label
	if line != "" {
		what = lang.Text{Zh: "“" + line + "”的" + label.Zh, En: label.En + " of “" + line + "”"}
	}
	d.add(Changed, line, both("%s由“%s”改为“%s”", "%s: from “%s” to “%s”", what, dash(was), dash(is)))
}

// line tells what became of a line that is in both.
func (d *differ) line(a, b Line) {
	if a.path() != b.path() {
		d.add(Moved, b.Level3, both("“%s”由“%s”移到“%s”", "%q moves from “%s” to “%s”", b.Level3, a.path(), b.path()))
	}
	d.change(b.Level3, level3.Label, a.Level3, b.Level3)
	if a.Points != b.Points {
		d.add(Changed, b.Level3, both("“%s”由%s分改为%s分", "%q goes from %s分 to %s分", b.Level3, rule.Number(rat(a.Points)), rule.Number(rat(b.Points))))
	}
	d.change(b.Level3, target.Label, a.Target, b.Target)
	d.change(b.Level3, criterion.Label, a.Criterion, b.Criterion)
	if was, is := ruleWords(a), ruleWords(b); a.Criterion == b.Criterion || a.Rule != b.Rule {
		d.change(b.Level3, lineRule.Label, was, is)
	}
	d.change(b.Level3, lineIndicator.Label, a.Indicator, b.Indicator)
}

// ruleWords is the rule of a sound line as it is written.
func ruleWords(l Line) string {
	r, f, _ := l.rule()
	if f != nil {
		return l.Rule
	}
	return r.String()
}

// order tells when lines that stayed in their level stand in another order.
func (d *differ) order() {
	last := map[string]int{}
	for i, j := range d.to {
		if j < 0 || d.before.Lines[i].path() != d.after.Lines[j].path() {
			continue
		}
		path := d.before.Lines[i].path()
		if j < last[path] {
			d.add(Moved, d.after.Lines[j].Level3, both("“%s”在“%s”内的次序提前", "%q stands earlier within “%s”", d.after.Lines[j].Level3, path))
			continue
		}
		last[path] = j
	}
}
