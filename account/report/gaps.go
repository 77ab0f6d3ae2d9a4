package report

import (
	"slices"

	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// gap keeps what the report lacks: with any it is not published. What several documents lack alike is said once.
func (w *builder) gap(f *fault.Fault) {
	if !slices.ContainsFunc(w.gaps, func(g *fault.Fault) bool { return g.In(lang.Chinese) == f.In(lang.Chinese) }) {
		w.gaps = append(w.gaps, f)
	}
}

// forbid keeps what the figures forbid. A report that is to be published is refused for it. A draft is written all the same: it
// is a gap, and the text that marks it where it stands is given; empty where nothing is wrong.
func (w *builder) forbid(at fault.Where, err error) (mark document.Text, internal error) {
	if !w.subject.Draft {
		return "", w.keep(fault.At(err, at))
	}
	var found fault.List
	if internal := found.Add(err); internal != nil {
		return "", internal
	}
	for _, f := range found {
		bare := *f
		bare.Where = fault.Where{}
		mark += document.Text(pleaseCheck + bare.In(lang.Chinese) + "〕")
		placed, _ := fault.At(f, at).(*fault.Fault)
		w.gap(placed)
	}
	return mark, nil
}

// pleaseCheck begins the mark of a gap.
const pleaseCheck = "〔请核实："

// standIn marks where a claim or the result of an evaluation should be printed in a draft.
func (p *page) standIn(id string, d declared, mark document.Text) {
	p.standIns[id] = document.Inlines{mark}
	if d.evaluation == nil {
		return
	}
	for _, m := range members {
		p.standIns[id+"."+m] = document.Inlines{document.Text(noScore)}
	}
	for _, m := range []string{"goal", "score"} {
		p.standIns[id+"."+m] = document.Inlines{mark}
	}
}

// unapproved marks a goal or score of which nobody has approved the targets; it is empty where they are approved.
func unapproved(state string) string {
	if state == "" {
		return ""
	}
	return "〔绩效目标没有批复：" + state + "〕"
}
