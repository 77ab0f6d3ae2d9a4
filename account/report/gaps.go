package report

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"anlan/account/indicator"
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

// bearersSaid bounds the kinds that are named as what to import.
const bearersSaid = 8

// saysSomething keeps as a gap that not one figure of a report is known. One that has none at all says what it says in words.
func (w *builder) saysSomething(results []indicator.Result) {
	if len(results) == 0 || slices.ContainsFunc(results, func(r indicator.Result) bool { return r.Value().State() == indicator.Computed }) {
		return
	}
	behind := map[string]int{} // figures, by the kind whose records they lack
	labels := map[string]lang.Text{}
	for _, r := range results {
		for _, k := range w.from.Bearers(r) {
			behind[k.Code()]++
			labels[k.Code()] = k.Label()
		}
	}
	codes := slices.SortedFunc(maps.Keys(behind), func(a, b string) int { return cmp.Or(cmp.Compare(behind[b], behind[a]), strings.Compare(a, b)) })
	var named lang.Text
	for i, code := range codes[:min(len(codes), bearersSaid)] {
		if i > 0 {
			named.Zh, named.En = named.Zh+"、", named.En+", "
		}
		named.Zh, named.En = named.Zh+labels[code].Zh+"（"+code+"）", named.En+labels[code].En+" ("+code+")"
	}
	if len(codes) > bearersSaid {
		named.Zh, named.En = named.Zh+"等", named.En+" and others"
	}
	w.gap(ErrNothingRecorded.With(len(results), w.subject.Period.Label(), named))
}

// Marks of gaps begin so, those that the program sets and those that people leave in their prose.
const (
	pleaseCheck = "〔请核实："
	toFill      = "〔待填写"
)

// leftOpen finds what people have marked in prose as not written or not checked yet.
var leftOpen = regexp.MustCompile(`〔(?:待填写|请核实)[^〕]*〕?`)

// open keeps the marks that people have left in a text: a report with one is not published.
func (p *page) open(x part) {
	for _, mark := range leftOpen.FindAllString(x.text, -1) {
		placed, _ := fault.At(ErrLeftOpen.With(mark), x.at).(*fault.Fault)
		p.gap(placed)
	}
}

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
