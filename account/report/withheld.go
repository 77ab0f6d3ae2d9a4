package report

import (
	"maps"
	"math/big"
	"slices"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// shown is a figure that is printed with its number.
type shown struct {
	result indicator.Result
	at     fault.Where
}

// tell notes which figures a reader of the page will know, each where it is first printed: those that blocks name, and in the
// lines of an evaluation the values, and what a score lets a reader compute of a value that is withheld.
func (p *page) tell() {
	told := map[string]bool{}
	for _, b := range p.t.blocks {
		if !p.prints(b) {
			continue
		}
		for _, x := range b.allParts() {
			for _, name := range p.everyName(x.name) {
				if _, ok := p.numbers[name]; ok && !told[name] {
					told[name] = true
					p.shown = append(p.shown, shown{p.results[name], x.at})
				}
			}
		}
		if b.loop != nil {
			for _, l := range p.lost(b.loop.name) {
				p.tellLine(l.Line, b.loop.at)
			}
		}
		if b.table == nil {
			continue
		}
		for _, r := range b.table.rows {
			for _, l := range p.scores[r.lines].Lines {
				p.tellLine(l, r.at)
			}
		}
	}
}

// tellLine notes what a line of an evaluation tells of the figure from which it is scored.
func (p *page) tellLine(l Line, at fault.Where) {
	if l.Result != nil && (l.Actual.Value != nil || l.Tells) {
		p.shown = append(p.shown, shown{*l.Result, at})
	}
}

// everyName are the figures that a name stands for: of what is said of each project that of every one.
func (p *page) everyName(name string) (names []string) {
	projects, member, ok := p.t.member(name)
	if !ok {
		return []string{name}
	}
	for _, x := range p.projects[projects] {
		names = append(names, x.of(projects, member))
	}
	return names
}

// giveaways refuses a report from whose figures a reader could compute one that is withheld, whether the report mentions it
// or not; of a draft it says so. What is printed counts as known exactly: rounding hides little.
func (w *builder) giveaways() error {
	questions, err := w.from.AllWithheld(w.ctx)
	if err != nil || len(questions) == 0 {
		return err
	}
	results, err := indicator.Eval(w.ctx, w.from, questions...)
	if err != nil {
		return err
	}
	var printed, withheld []source.Linear
	var known []shown
	for _, x := range w.shown {
		if f, ok := formOf(x.result); ok {
			printed, known = append(printed, f), append(known, x)
		}
	}
	var labels []lang.Text
	for _, r := range results {
		if f, ok := formOf(r); ok {
			withheld, labels = append(withheld, f), append(labels, labelOf(r))
		}
	}
	w.printedForms, w.withheldForms = printed, withheld
	for _, leak := range source.Solvable(printed, withheld) {
		last := slices.Max(slices.Collect(maps.Keys(leak.By)))
		f := ErrGivesAway.With(labels[leak.Withheld], namesOf(known, leak.By))
		if _, internal := w.forbid(known[last].at, f); internal != nil {
			return internal
		}
	}
	return nil
}

// CloseGiveaways closes the sets whose totals, beside what the report prints, would let a reader compute a withheld figure: a
// report may print a share or a difference and not the whole.
func (b *Built) CloseGiveaways(s *Sets) {
	for {
		var asks []indicator.Ask
		forms := slices.Clone(b.printedForms)
		for _, a := range slices.SortedFunc(maps.Keys(s.Asked), cmpAsk) {
			if x := s.Asked[a]; x.Tree != nil || x.Stated != "" {
				asks, forms = append(asks, a), append(forms, source.Linear{source.Ask(a): big.NewRat(1, 1)})
			}
		}
		leaks := source.Solvable(forms, b.withheldForms)
		if len(leaks) == 0 {
			return
		}
		for _, leak := range leaks {
			last := slices.Max(slices.Collect(maps.Keys(leak.By))) // a set: the printed figures alone give nothing away
			a := asks[last-len(b.printedForms)]
			x := s.Asked[a]
			x.Tree, x.Left, x.Stated, x.Closed = nil, nil, "", ClosedWithheld
			s.Asked[a] = x
		}
	}
}

// formOf is a figure as a sum of what it asks for; false where it is none, or does not depend on anything.
func formOf(r indicator.Result) (source.Linear, bool) {
	factors, ok := r.Linear()
	out := source.Linear{}
	for a, x := range factors {
		out[source.Ask(a)] = x
	}
	return out, ok && len(out) > 0
}

// Linears are the figures that are sums of what they ask for, as such.
func Linears(results []indicator.Result) (out []source.Linear) {
	for _, r := range results {
		if f, ok := formOf(r); ok {
			out = append(out, f)
		}
	}
	return out
}

// labelOf names a figure with its period.
func labelOf(r indicator.Result) lang.Text {
	q := r.Question()
	label, span := q.Indicator.Label(), q.Period.Label()
	if label == (lang.Text{}) {
		label = q.Indicator.Words()
	}
	return lang.Text{Zh: label.Zh + "（" + span.Zh + "）", En: label.En + " (" + span.En + ")"}
}

// namesOf lists the printed figures that together give a withheld one.
func namesOf(known []shown, by map[int]*big.Rat) (names lang.Text) {
	for n, i := range slices.Sorted(maps.Keys(by)) {
		label := labelOf(known[i].result)
		if n > 0 {
			names.Zh, names.En = names.Zh+"、", names.En+", "
		}
		names.Zh, names.En = names.Zh+label.Zh, names.En+label.En
	}
	return names
}
