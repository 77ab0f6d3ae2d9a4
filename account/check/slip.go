package check

// slipOdds is how improbable it must be that one changed digit makes a supposed sum hold by chance, before the sum is
// taken for meant and the digit for a slip: 1 in 200, and 1 in 1,000 for figures that were gathered from several
// sentences, because there are more of them to choose from.
const (
	slipOdds    = 200
	slipOddsFar = 1_000
)

// slipped says whether one wrong digit of one figure explains why a supposed sum does not hold, and chance hardly does.
//
// The text has not said that the figures add up, so that they do not proves nothing. But where the sum has many
// digits and fails by exactly one digit of one of its figures, chance explains that in about
//
//	(9 × digits of all figures) × (the step in which the sum can differ) ÷ (size of the greatest of them)
//
// of cases. The digit must explain the difference exactly as printed, or, where the figures are rounded, within what
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
		return width.mul(whole(int64(9*digits*odds))).cmp(size) < 0
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
	return !c.far && width.sign() > 0 && improbable(width) && explains(width.mul(half))
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
