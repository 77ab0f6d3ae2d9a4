package check

import "math/big"

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
	if c.form.linear == nil || j.nominal.Sign() == 0 || !ok {
		return false
	}
	all := append([]*mention{c.stated}, c.operands...)
	digits := 0
	finest := c.stated.step()
	for _, m := range all {
		digits += len(m.Number())
		if step := m.step(); step.Cmp(finest) < 0 {
			finest = step
		}
	}
	improbable := func(width *big.Rat) bool {
		chance := new(big.Rat).Mul(width, big.NewRat(int64(9*digits*slipOdds), 1))
		return chance.Cmp(new(big.Rat).Abs(j.nominal)) < 0
	}
	lack := sub(stated.value, j.nominal) // to be added to the operands, or taken from the stated
	explains := func(tolerance *big.Rat) bool {
		for i, m := range all {
			need := lack
			if i == 0 || c.form.linear[i-1] < 0 {
				need = new(big.Rat).Neg(lack)
			}
			if m.oneDigit(need, tolerance) {
				return true
			}
		}
		return false
	}
	if improbable(finest) && explains(new(big.Rat)) {
		return true
	}
	width := new(big.Rat).Add(sub(j.high, j.low), sub(stated.high, stated.low))
	return improbable(width) && width.Sign() > 0 && explains(new(big.Rat).Mul(width, half))
}

// step is the unit of the last printed digit, in base units.
func (m *mention) step() *big.Rat { return new(big.Rat).Mul(m.Step(), m.Unit().Scale()) }

// oneDigit says whether a change of one printed digit changes the figure by need, in base units, within the tolerance.
func (m *mention) oneDigit(need, tolerance *big.Rat) bool {
	text := m.Number()
	place := m.step()
	ten := big.NewRat(10, 1)
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		digit := int64(text[i] - '0')
		for n := -digit; n <= 9-digit; n++ {
			if n == 0 {
				continue
			}
			off := sub(need, new(big.Rat).Mul(place, big.NewRat(n, 1)))
			if off.Abs(off).Cmp(tolerance) <= 0 {
				return true
			}
		}
		place = new(big.Rat).Mul(place, ten)
	}
	return false
}
