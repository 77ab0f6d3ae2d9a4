package check

import (
	"sort"
	"strconv"

	"anlan/ground/figure"
)

// mendsMost bounds the other mends of a contradiction that are told.
const mendsMost = 3

// mend looks, as long as the work for it lasts, for each contradiction of a sum or a ratio, for the figures of which the correction
// of one settles it, the most likely culprit first: one whose correction settles all others that it takes part in, the more the
// better; then one that fewer sound relations confirm as it stands; then one of which a single digit would be wrong.
func (p *paper) mend() {
	byFigure := map[int][]*finding{}
	for _, f := range p.open {
		for _, m := range append([]*mention{f.stated}, f.operands...) {
			byFigure[m.n.id] = append(byFigure[m.n.id], f)
		}
	}
	confirmed := p.confirmed(byFigure)
	limit := p.work + mendWork
	for _, f := range p.open {
		if p.work > limit {
			return
		}
		var all []culprit
		for i := range 1 + len(f.operands) {
			fixed, m, ok := f.corrected(i)
			if !ok {
				continue
			}
			c := culprit{Mend: Mend{Figure: m.n.name(), Value: fixed.Number(), AlsoMends: []string{}, ConfirmedBy: confirmed[m.n.name()]}, slip: oneDigitApart(m.Number(), fixed.Number())}
			others := byFigure[m.n.id]
			c.settles = len(others) <= mendOthers
			for _, other := range others[:min(len(others), mendOthers)] {
				if other == f {
					continue
				}
				if other.settledBy(m, fixed) {
					c.AlsoMends = append(c.AlsoMends, p.file.Relations[other.relation].ID)
				} else {
					c.settles = false
				}
			}
			all = append(all, c)
		}
		sort.SliceStable(all, func(i, k int) bool { return all[i].likelier(all[k]) })
		r := &p.file.Relations[f.relation]
		for i := range all {
			if i == 0 {
				r.Mend = &all[i].Mend
			} else if i <= mendsMost {
				r.OtherMends = append(r.OtherMends, all[i].Mend)
			}
		}
	}
}

// culprit is a mend with what makes it likely.
type culprit struct {
	Mend
	settles bool // all other contradictions of its figure
	slip    bool // one digit
}

func (c culprit) likelier(o culprit) bool {
	also := func(c culprit) int {
		if c.settles {
			return len(c.AlsoMends)
		}
		return 0
	}
	switch {
	case also(c) != also(o):
		return also(c) > also(o)
	case len(c.ConfirmedBy) != len(o.ConfirmedBy):
		return len(c.ConfirmedBy) < len(o.ConfirmedBy)
	}
	return c.slip && !o.slip
}

// confirmedMax bounds the sound relations of a figure that are told.
const confirmedMax = 5

// confirmed lists the relations that hold with a figure as it stands, for those that take part in contradictions.
func (p *paper) confirmed(of map[int][]*finding) map[string][]string {
	asked := make(map[string]bool, len(of))
	for id := range of {
		asked["f"+strconv.Itoa(id)] = true
	}
	out := map[string][]string{}
	for i := range p.file.Relations {
		r := &p.file.Relations[i]
		if r.Verdict != Holds && r.Verdict != Rounding {
			continue
		}
		for _, id := range r.Figures {
			if asked[id] && len(out[id]) < confirmedMax {
				out[id] = append(out[id], r.ID)
			}
		}
	}
	return out
}

// oneDigitApart says whether two printed numbers differ in one digit and nothing else.
func oneDigitApart(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n == 1
}

// corrected is the figure at place i (0 the stated one, then the operands) as it would have to be, at its printed
// precision, if all others are right. Operands are corrected in sums only.
func (f *finding) corrected(i int) (figure.Figure, *mention, bool) {
	f.stated.sentence.worked(1)
	m, value := f.stated, f.nominal.mul(scaleOf(f.stated.Unit()))
	if i > 0 {
		if !f.form.linear() {
			return figure.Figure{}, nil, false
		}
		m = f.operands[i-1]
		span, ok := m.bounds()
		stated, okStated := f.stated.bounds()
		if !ok || !okStated {
			return figure.Figure{}, nil, false
		}
		lack := stated.value.sub(value)
		if f.form.over[i-1] < 0 {
			lack = lack.neg()
		}
		value = span.value.add(lack)
	}
	if m.Form() != figure.Plain {
		return figure.Figure{}, nil, false
	}
	fixed, err := figure.Round(value.quo(scaleOf(m.Unit())).rat(), m.Decimals(), m.Unit())
	return fixed, m, err == nil && (value.sign() >= 0 || m.Value().IsNeg())
}

// settledBy says whether the finding would not be a contradiction if m were fixed.
func (f *finding) settledBy(m *mention, fixed figure.Figure) bool {
	with := func(o *mention) *mention {
		if o.n.id != m.n.id {
			return o
		}
		c := *o
		c.Figure, c.spanned = fixed, nil
		return &c
	}
	c := f.claim
	c.stated = with(c.stated)
	c.operands = make([]*mention, len(f.operands))
	for i, o := range f.operands {
		c.operands[i] = with(o)
	}
	return c.holds()
}
