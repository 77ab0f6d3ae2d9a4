package figure

import "math/big"

// Form is how a value was given: plainly, or with a word that widens it. With x the number and U the unit of its last
// digit that is not zero (1000 for 3000, 0.1 for 2.3):
//
//	Plain    x            [x − ½u, x + ½u], u the unit of the last printed digit; counts are exact
//	Over     3000余, 超2.3  (x, x + U)
//	Near     近3000        (x − U, x)
//	About    约3000, 左右   (x − U, x + U)
//	AtLeast  3000以上      [x, ∞)
//	AtMost   3000以内      (−∞, x]
//	Range    10—15        [a, b]
type Form uint8

// The forms.
const (
	Plain   Form = iota
	Over         // 余 多 超 逾 突破
	Near         // 近 将近 接近
	About        // 约 左右 上下
	AtLeast      // 以上 不少于 不低于 至少 ≥
	AtMost       // 以内 以下 不超过 不足 至多 ≤
	Range        // a—b
)

// Vague says whether a word widens the value.
func (f Form) Vague() bool { return f != Plain }

// formWords are the words of each form; before says that a word stands before the number. The first word that has a form
// and a side is the one that String prints.
var formWords = []struct {
	word   string
	form   Form
	before bool
}{
	{"余", Over, false},
	{"多", Over, false},
	{"近", Near, true},
	{"约", About, true},
	{"以上", AtLeast, false},
	{"以内", AtMost, false},
	{"左右", About, false},
	{"上下", About, false},
	{"以下", AtMost, false},
	{"之内", AtMost, false},
	{"及以上", AtLeast, false},
	{"超过", Over, true},
	{"超出", Over, true},
	{"超", Over, true},
	{"逾", Over, true},
	{"突破", Over, true},
	{"将近", Near, true},
	{"接近", Near, true},
	{"大约", About, true},
	{"约为", About, true},
	{"不少于", AtLeast, true},
	{"不低于", AtLeast, true},
	{"至少", AtLeast, true},
	{"≥", AtLeast, true},
	{"不超过", AtMost, true},
	{"不高于", AtMost, true},
	{"不足", AtMost, true},
	{"不到", AtMost, true},
	{"至多", AtMost, true},
	{"≤", AtMost, true},
}

// lastUnit is U: the unit of the last digit of coef·10^−decimals that is not zero; of 0 it is the last printed unit.
func lastUnit(coef *big.Int, decimals int) *big.Rat {
	exponent := -decimals
	if coef.Sign() != 0 {
		q, r := new(big.Int).Set(coef), new(big.Int)
		for {
			next, _ := new(big.Int).QuoRem(q, bigTen, r)
			if r.Sign() != 0 {
				break
			}
			q = next
			exponent++
		}
	}
	return tenTo(exponent)
}

var bigTen = big.NewInt(10)

// tenTo is 10ⁿ.
func tenTo(n int) *big.Rat {
	p := bigPower(max(n, -n))
	if n < 0 {
		return new(big.Rat).SetFrac(big.NewInt(1), p)
	}
	return new(big.Rat).SetInt(p)
}

// bigPower is 10ⁿ for n ≥ 0; it must not be changed.
func bigPower(n int) *big.Int {
	if n < len(bigPowers) {
		return bigPowers[n]
	}
	return new(big.Int).Exp(bigTen, big.NewInt(int64(n)), nil)
}

var bigPowers = func() (p [40]*big.Int) {
	p[0] = big.NewInt(1)
	for i := 1; i < len(p); i++ {
		p[i] = new(big.Int).Mul(p[i-1], bigTen)
	}
	return p
}()
