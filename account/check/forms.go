package check

import (
	"math/big"
	"strings"
)

// total is the sum of n operands.
func total(n int) form { return signed(make([]int, n)) }

// signed is a sum in which operands with a negative sign are taken away; sign 0 counts as plus.
func signed(signs []int) form {
	s := make([]int, len(signs))
	for i := range signs {
		if s[i] = 1; signs[i] < 0 {
			s[i] = -1
		}
	}
	return form{
		linear: s,
		eval: func(v []*big.Rat) *big.Rat {
			sum := new(big.Rat)
			for i, x := range v {
				if s[i] > 0 {
					sum.Add(sum, x)
				} else {
					sum.Sub(sum, x)
				}
			}
			return sum
		},
		formula: func(id []string) string {
			var b strings.Builder
			for i, x := range id {
				switch {
				case s[i] < 0 && i == 0:
					b.WriteString("−")
				case s[i] < 0:
					b.WriteString(" − ")
				case i > 0:
					b.WriteString(" + ")
				}
				b.WriteString(x)
			}
			return b.String()
		},
	}
}

// The forms of two operands, a and b.
var (
	same       = total(1)
	difference = signed([]int{1, -1})
	ratio      = two("{a} ÷ {b}", func(a, b *big.Rat) *big.Rat { return quo(a, b) })
	growth     = two("({a} − {b}) ÷ {b}", func(now, before *big.Rat) *big.Rat { return quo(sub(now, before), before) })
	decline    = two("({b} − {a}) ÷ {b}", func(now, before *big.Rat) *big.Rat { return quo(sub(before, now), before) })
	// a is the value now and b the amount by which it has changed; because the base is made of the same two numbers, the
	// bounds are narrower than those of b over an independent base.
	growthBy  = two("{b} ÷ ({a} − {b})", func(now, by *big.Rat) *big.Rat { return quo(by, sub(now, by)) })
	declineBy = two("{b} ÷ ({a} + {b})", func(now, by *big.Rat) *big.Rat { return quo(by, new(big.Rat).Add(now, by)) })
)

func two(text string, eval func(a, b *big.Rat) *big.Rat) form {
	return form{
		eval:    func(v []*big.Rat) *big.Rat { return eval(v[0], v[1]) },
		formula: func(id []string) string { return strings.NewReplacer("{a}", id[0], "{b}", id[1]).Replace(text) },
	}
}

// quo is a ÷ b, nil where b is not positive: shares and rates of change of a base that is zero or negative mean nothing.
func quo(a, b *big.Rat) *big.Rat {
	if b.Sign() <= 0 {
		return nil
	}
	return new(big.Rat).Quo(a, b)
}

func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
