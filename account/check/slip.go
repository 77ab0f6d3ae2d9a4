package check

// slipOdds is how improbable it must be that one changed digit makes a supposed sum hold by chance, before the sum is
// taken for meant and the digit for a slip: 1 in 200, and 1 in 1,000 for figures that were gathered from several
// sentences, because there are more of them to choose from.
const (
	slipOdds    = 200
	slipOddsFar = 1_000
)

// slipped says whether one slip of the pen in one figure explains why a supposed sum does not hold, and chance hardly does: a wrong
// digit, two digits in turn, a decimal point one place off, 亿元 for 万元.
//
// The text has not said that the figures add up, so that they do not proves nothing. But where the sum has many
// digits and fails by exactly one slip in one of its figures, chance explains that in about
//
//	(10 × digits of all figures + 4 × figures) × (the step in which the sum can differ) ÷ (size of the greatest of them)
//
// of cases: so many slips there are. The slip must explain the difference exactly as printed, or, where the figures are rounded, within what
// rounding allows, and then the step is as wide as that. Counts of two digits never reach the odds: 编制100人，其中
// 行政42人、事业48人 may have ten others. Only sums are asked.
func (c *claim) slipped(j judgement) bool {
	stated, ok := c.stated.bounds()
	if !c.form.linear() || j.nominal.sign() == 0 || !ok {
		return false
	}
	c.stated.sentence.worked(len(c.operands))
	scale := scaleOf(c.stated.Unit())
	nominal := j.nominal.mul(scale)
	all := append([]*mention{c.stated}, c.operands...)
	digits, finest, size := 0, c.stated.step(), nominal.abs()
	for _, m := range all {
		if s, ok := m.bounds(); ok && s.value.abs().cmp(size) > 0 {
			size = s.value.abs()
		}
		digits += len(m.Number())
		if step := m.step(); step.cmp(finest) < 0 {
			finest = step
		}
	}
	odds := slipOdds
	if c.far {
		odds = slipOddsFar
	}
	improbable := func(width exact) bool {
		return width.mul(whole(int64((10*digits+4*len(all))*odds))).cmp(size) < 0
	}
	lack := stated.value.sub(nominal) // to be added to the operands, or taken from the stated
	explains := func(tolerance exact) bool {
		for i, m := range all {
			need := lack
			if i == 0 || c.form.over[i-1] < 0 {
				need = lack.neg()
			}
			if m.oneSlip(need, tolerance) {
				return true
			}
		}
		return false
	}
	if improbable(finest) && explains(exact{}) {
		return true
	}
	width := j.high.sub(j.low).mul(scale).add(stated.high.sub(stated.low))
	return !c.far && width.sign() > 0 && improbable(width) && explains(width.mul(half))
}

// step is the unit of the last printed digit, in base units.
func (m *mention) step() exact { return scaled(1, -m.Decimals()).mul(scaleOf(m.Unit())) }

// oneSlip says whether one slip changes the figure by need, in base units, within the tolerance.
func (m *mention) oneSlip(need, tolerance exact) bool {
	explains := func(change exact) bool { return need.sub(change).abs().cmp(tolerance) <= 0 }
	text := m.Number()
	place := m.step()
	right := int64(-1) // the digit one place to the right
	var placeRight exact
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		digit := int64(text[i] - '0')
		for n := -digit; n <= 9-digit; n++ {
			if n != 0 && explains(place.mul(whole(n))) {
				return true
			}
		}
		if right >= 0 && right != digit && explains(placeRight.mul(whole(9*(right-digit)))) {
			return true
		}
		right, placeRight = digit, place
		place = place.mul(whole(10))
	}
	v, ok := m.bounds()
	if !ok || v.value.sign() == 0 {
		return false
	}
	return m.Decimals() > 0 && (explains(v.value.mul(whole(9))) || explains(v.value.mul(scaled(-9, -1)))) ||
		m.Unit().Dimension() == money && (explains(v.value.mul(whole(9_999))) || explains(v.value.mul(scaled(-9_999, -4))))
}
