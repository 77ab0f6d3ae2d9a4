package check

// slipOdds is how improbable it must be that one changed digit makes a supposed sum hold by chance, before the sum is
// taken for meant and the digit for a slip: 1 in 200.
const slipOdds = 200

// slipped says whether one wrong digit of one figure explains why a supposed sum does not hold, and chance hardly does.
//
// The text has not said that the figures add up, so that they do not proves nothing. But where the sum has many
// digits and fails by exactly one digit of one of its figures, chance explains that in about
//
//	(9 × digits of all figures) × (the step in which the sum can differ) ÷ (size of the sum)
//
// of cases. The digit must explain the difference exactly as printed, or, where the figures are rounded, within what
// rounding allows, and then the step is as wide as that. Counts of two digits never reach the odds: 编制100人，其中
// 行政42人、事业48人 may have ten others. Only sums are asked.
func (c *claim) slipped(j judgement) bool {
	stated, ok := c.stated.bounds()
	if !c.form.linear() || j.nominal.sign() == 0 || !ok {
		return false
	}
	scale := scaleOf(c.stated.Unit())
	nominal := j.nominal.mul(scale)
	all := append([]*mention{c.stated}, c.operands...)
	digits, finest := 0, c.stated.step()
	for _, m := range all {
		digits += len(m.Number())
		if step := m.step(); step.cmp(finest) < 0 {
			finest = step
		}
	}
	improbable := func(width exact) bool {
		return width.mul(whole(int64(9*digits*slipOdds))).cmp(nominal.abs()) < 0
	}
	lack := stated.value.sub(nominal) // to be added to the operands, or taken from the stated
	explains := func(tolerance exact) bool {
		for i, m := range all {
			need := lack
			if i == 0 || c.form.over[i-1] < 0 {
				need = lack.neg()
			}
			if m.oneDigit(need, tolerance) {
				return true
			}
		}
		return false
	}
	if improbable(finest) && explains(exact{}) {
		return true
	}
	width := j.high.sub(j.low).mul(scale).add(stated.high.sub(stated.low))
	return width.sign() > 0 && improbable(width) && explains(width.mul(half))
}

// step is the unit of the last printed digit, in base units.
func (m *mention) step() exact { return scaled(1, -m.Decimals()).mul(scaleOf(m.Unit())) }

// oneDigit says whether a change of one printed digit changes the figure by need, in base units, within the tolerance.
func (m *mention) oneDigit(need, tolerance exact) bool {
	text := m.Number()
	place := m.step()
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		digit := int64(text[i] - '0')
		for n := -digit; n <= 9-digit; n++ {
			if n != 0 && need.sub(place.mul(whole(n))).abs().cmp(tolerance) <= 0 {
				return true
			}
		}
		place = place.mul(whole(10))
	}
	return false
}
