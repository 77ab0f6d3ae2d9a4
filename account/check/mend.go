package check

import "anlan/ground/figure"

// mend looks, as long as the work for it lasts, for each contradiction of a sum or a ratio, for the one figure whose correction settles it, and prefers
// the figure whose correction settles most of the others too.
func (p *paper) mend() {
	byFigure := map[int][]*finding{}
	for _, f := range p.open {
		for _, m := range append([]*mention{f.stated}, f.operands...) {
			byFigure[m.n.id] = append(byFigure[m.n.id], f)
		}
	}
	limit := p.work + mendWork
	for _, f := range p.open {
		if p.work > limit {
			return
		}
		var best *Mend
		for i := range 1 + len(f.operands) {
			fixed, m, ok := f.corrected(i)
			if !ok {
				continue
			}
			mend := &Mend{Figure: m.n.name(), Value: fixed.Number(), AlsoMends: []string{}}
			others := byFigure[m.n.id]
			settles := len(others) <= mendOthers
			for _, other := range others[:min(len(others), mendOthers)] {
				if other == f {
					continue
				}
				if other.settledBy(m, fixed) {
					mend.AlsoMends = append(mend.AlsoMends, p.file.Relations[other.relation].ID)
				} else {
					settles = false
				}
			}
			if best == nil || settles && len(mend.AlsoMends) > len(best.AlsoMends) {
				best = mend
			}
		}
		p.file.Relations[f.relation].Mend = best
	}
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
