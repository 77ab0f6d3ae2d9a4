package source

import (
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/store"
)

// TargetsForm begins the codes of counted targets (绩效指标): of the approved projects of a span, those of which can be judged whether
// they were reached, those that were, and those that cannot be judged.
//
//	targets.judged   targets.reached   targets.unjudged
//
// A target in words is judged where people have said whether it was reached, a measurable one where its achieved value is recorded. The
// targets of a project that has parts with targets of their own, and of the whole department beside its projects, say the same once
// more and are passed over.
const TargetsForm = "targets"

// The amounts of targets.
const (
	TargetsJudged   Amount = "judged"
	TargetsReached  Amount = "reached"
	TargetsUnjudged Amount = "unjudged"
)

var targetAmounts = []struct {
	amount Amount
	label  lang.Text
}{
	{TargetsJudged, lang.Of("能判断是否完成的绩效指标数", "targets that can be judged")},
	{TargetsReached, lang.Of("其中已完成的绩效指标数", "of these, targets reached")},
	{TargetsUnjudged, lang.Of("不能判断是否完成的绩效指标数", "targets that cannot be judged")},
}

// targetItems are the measures of targets.
func targetItems(out map[string]Item) {
	unit, _ := figure.UnitOf("个")
	for _, t := range targetAmounts {
		code := TargetsForm + "." + string(t.amount)
		out[code] = Item{Code: code, Label: t.label, Unit: unit, Shape: Flow, Grain: AnySpan, Detail: &Detail{Amount: t.amount}}
	}
}

// CountsTarget says whether an amount counts a target: reached is whether it was, as it stands in the record; known is false where it
// does not.
func CountsTarget(a Amount, reached, known bool) bool {
	switch a {
	case TargetsJudged:
		return known
	case TargetsReached:
		return known && reached
	}
	return !known
}

// Parted says whether the targets of a project are told once more by those of others, of whose codes it is given all of a year.
func Parted(code string, codes []string) bool {
	return slices.ContainsFunc(codes, func(c string) bool {
		return c != code && (code == wholeDepartment || strings.HasPrefix(c, code+"-"))
	})
}

// targeted are the targets of a project by their amounts.
type targeted struct {
	code, year string
	counts     map[Amount]int64
}

// targets answers for the targets of a span.
func (w *work) targets(a Ask, x Item) (Answer, error) {
	var units []place.Unit
	for _, h := range w.family.tree.Under(a.Unit) {
		units = append(units, h.Node)
	}
	slices.Sort(units)
	projects, err := w.promised(a.Period, slices.Compact(units))
	if err != nil {
		return Answer{}, err
	}
	codes := map[string][]string{} // by year
	for _, p := range projects {
		codes[p.year] = append(codes[p.year], p.code)
	}
	out, sum := Answer{}, new(big.Rat)
	if len(projects) == 0 {
		out.Missing = append(out.Missing, Missing{Records, a.Unit, x.Code, a.Period})
		return out, nil
	}
	var n, records int64
	for _, p := range projects {
		if k := p.counts[x.Detail.Amount]; k > 0 && !Parted(p.code, codes[p.year]) {
			n, records = n+k, records+1
		}
	}
	out.part(sum, Part{Source: Records, Unit: a.Unit, Code: x.Code, Period: a.Period, Value: big.NewRat(n, 1)})
	out.count(int(records), false)
	out.finish(sum)
	return out, nil
}

// promised reads the projects of some units that were approved for a span and have targets, with their targets; a few dozen a year.
func (q reading) promised(span period.Period, units []place.Unit) (out []targeted, err error) {
	values := make([]any, len(units))
	for i, u := range units {
		values[i] = string(u)
	}
	var where store.Where
	where.And("r.counted_on >= ?", span.First().String()).And("r.counted_on <= ?", span.Last().String()).And("i.line_no IS NOT NULL").In("r.unit", values...)
	err = q.each("r.code, r.counted_on, coalesce(i.reached, -1)", "project", "project_target", where, "1, 2", func(rows *store.Rows) error {
		var code, day string
		var reached int64
		if err := rows.Scan(&code, &day, &reached); err != nil {
			return err
		}
		if n := len(out); n == 0 || out[n-1].code != code || out[n-1].year != day[:4] {
			out = append(out, targeted{code, day[:4], map[Amount]int64{}})
		}
		for _, t := range targetAmounts {
			if CountsTarget(t.amount, reached == 1, reached >= 0) {
				out[len(out)-1].counts[t.amount]++
			}
		}
		return nil
	})
	return out, err
}
