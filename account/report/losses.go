package report

import (
	"fmt"
	"math/big"
	"slices"

	"anlan/account/report/document"
	"anlan/ground/fault"
)

// lossMembers are what prose may say of a line that lost points.
var lossMembers = []string{"name", "against", "points", "score", "lost", "reason"}

// loss is a line of an evaluation that lost points.
type loss struct {
	Line
	id string // by which its figures are named
}

// loses says whether points are lost as they are printed.
func (l Line) loses() bool {
	return l.Points != nil && l.Score != nil && scoreText(l.Points) != scoreText(l.Score)
}

// lost are the lines that lost points, in the order of the scheme.
func (p *page) lost(name string) (out []loss) {
	e := p.scores[p.t.names[name].losses]
	if e.Execution != nil && e.Execution.loses() {
		out = append(out, loss{*e.Execution, "lost-execution"})
	}
	for i, l := range e.Lines {
		if l.loses() {
			out = append(out, loss{l, fmt.Sprintf("lost-%d", i+1)})
		}
	}
	return out
}

// lossMember splits a name into the losses that it belongs to and what it says of them.
func (t *Template) lossMember(name string) (losses, member string, ok bool) {
	losses, member, ok = cutLast(name, ".")
	return losses, member, ok && slices.Contains(t.losses, losses) && slices.Contains(lossMembers, member)
}

// saidOfLoss is what a loop says of its line.
func (p *page) saidOfLoss(name, member string) document.Inlines {
	l, of := p.lost(name)[p.inside.index], p.t.names[name].losses
	points := func(member, label string, v *big.Rat) document.Inlines {
		return p.points(of, l.id+"."+member, figureName(l.Levels[2]+label), v)
	}
	switch member {
	case "against":
		return p.against(of, l)
	case "points":
		return points(member, "分值", l.Points)
	case "score":
		return points(member, "得分", l.Score)
	case "lost":
		return points(member, "扣分", new(big.Rat).Sub(l.Points, l.Score))
	case "reason":
		return document.Inlines{document.Text(clause(l.Reason))}
	}
	return document.Inlines{document.Text(l.Levels[2])}
}

// against sets what was reached against the target.
func (p *page) against(of string, l loss) (out document.Inlines) {
	if l.Target != "" {
		out = append(out, document.Text("年度指标值"+l.Target+"，"))
	}
	if l.Actual.Value == nil && l.Actual.withheld == "" {
		return append(out, document.Text("评定为“"+l.Actual.Text+"”"))
	}
	return append(append(out, document.Text("实际完成值")), p.actual(of, l.id, l.Line)...)
}

// readLosses reads losses ID of EVALUATION.
func (p *parser) readLosses(l *reader, text string, at int) {
	m := lossesForm.FindStringSubmatchIndex(text)
	if m == nil || m[3]-m[2] > evaluationBytesMax || !isAlnum(text[m[2]]) {
		l.fault(at, ErrBadLine.With(short(text), lossesWords))
		return
	}
	if id := text[m[2]:m[3]]; p.claimName(l, id, at+m[2]) {
		p.t.names[id] = declared{at: l.where(at), losses: text[m[4]:m[5]]}
		p.t.losses = append(p.t.losses, id)
	}
}

// lossReferences sees that losses are of an evaluation that is declared.
func (p *parser) lossReferences(take func(string, fault.Where)) {
	for _, id := range p.t.losses {
		d := p.t.names[id]
		if !slices.Contains(p.t.evaluations, d.losses) {
			p.fail(d.at, ErrNoSuchFigure.With(short(d.losses), nearest(short(d.losses), p.t.evaluations)))
			continue
		}
		take(d.losses, d.at)
	}
}
