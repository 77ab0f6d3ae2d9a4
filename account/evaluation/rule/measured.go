package rule

import (
	"math/big"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Ratio gives points in proportion to what was reached (按完成比例): full × value ÷ target, or in reverse, where less is
// better, full × target ÷ value (财预〔2020〕10号).
type Ratio struct {
	Target  Amount // not stated: that of the line
	Reverse bool
	full    *big.Rat
}

// Full is the full score that the wording states, if any.
func (r Ratio) Full() *big.Rat { return r.full }

// Fits needs a target in the value's dimension, above 0; in reverse it may be 0 (≤0起), which is met or not met.
func (r Ratio) Fits(u figure.Unit) error {
	if err := fits(r, r.Target, u); err != nil {
		return err
	}
	if sign := r.Target.Number.Sign(); sign < 0 || sign == 0 && !r.Reverse {
		return ErrZeroTarget.With(r.Target)
	}
	return nil
}

// fits checks that a form has the amount it counts from, in the dimension of the values.
func fits(f Form, from Amount, u figure.Unit) error {
	if !from.Stated() {
		return ErrNoTarget.With(f.write())
	}
	if _, err := from.in(u); err != nil {
		return ErrUnit.With(symbol(from.Unit), symbol(u))
	}
	return nil
}

func symbol(u figure.Unit) string {
	if u == figure.One {
		return "1"
	}
	return u.String()
}

// Score is the proportion, kept between 0 and the full score. In reverse a value of 0 or less has the full score.
func (r Ratio) Score(full *big.Rat, v Amount) (Scored, bool) {
	target, _ := r.Target.in(v.Unit)
	t := Amount{target, v.Unit}
	if r.Reverse && v.Number.Sign() <= 0 {
		return Scored{new(big.Rat).Set(full), []lang.Text{both("%s不高于目标值%s，得满分%s分", "%s is not above the target %s: the full %s分", v, t, Number(full))}, goesOn(v.Number)}, true
	}
	above, below := v, t
	if r.Reverse {
		above, below = t, v
	}
	points := new(big.Rat).Mul(full, new(big.Rat).Quo(above.Number, below.Number))
	words := plain(Number(full) + "分 × " + above.String() + " ÷ " + below.String() + " = " + Number(points) + "分")
	kept, said := clamp(points, full)
	return Scored{kept, append([]lang.Text{words}, said...), goesOn(v.Number, target, points)}, true
}

func (r Ratio) write() string {
	target := "目标值"
	if r.Target.Stated() {
		target = r.Target.exact()
	}
	if r.Reverse {
		return target + "÷完成值×" + r.points()
	}
	return "完成值÷" + target + "×" + r.points()
}

func (r Ratio) points() string {
	if r.full == nil {
		return "分值"
	}
	return decimal(r.full) + "分"
}

// Reached gives the full score to who reaches the target and nothing to who does not.
type Reached struct {
	Target  Amount // that of the line
	Reverse bool   // reached at or below the target
	full    *big.Rat
}

// Full is the full score that the wording states, if any.
func (r Reached) Full() *big.Rat { return r.full }

// Fits needs a target in the value's dimension.
func (r Reached) Fits(u figure.Unit) error { return fits(r, r.Target, u) }

// Score is all or nothing.
func (r Reached) Score(full *big.Rat, v Amount) (Scored, bool) {
	target, _ := r.Target.in(v.Unit)
	order := v.Number.Cmp(target)
	if r.Reverse {
		order = -order
	}
	if order >= 0 {
		return Scored{new(big.Rat).Set(full), []lang.Text{both("%s达到目标值%s，得满分%s分", "%s reaches the target %s: the full %s分", v, r.Target, Number(full))}, goesOn(v.Number)}, true
	}
	return Scored{new(big.Rat), []lang.Text{both("%s未达到目标值%s，得0分", "%s does not reach the target %s: 0分", v, r.Target)}, goesOn(v.Number)}, true
}

func (r Reached) write() string { return "达到目标值计" + stated(r.full) + "，否则不得分" }

func stated(points *big.Rat) string {
	if points == nil {
		return "满分"
	}
	return decimal(points) + "分"
}

// Broken says how a step counts of which only a part was taken. The documents mostly leave it open.
type Broken string

// The ways to count a broken step.
const (
	Proportional Broken = "proportional" // 按比例
	Dropped      Broken = "dropped"      // 舍去: only whole steps
	Begun        Broken = "begun"        // 进一: a begun step as a whole one
)

// Side is where from the standard points are taken off.
type Side string

// The sides.
const (
	Over   Side = "over"
	Below  Side = "below"
	Either Side = "either"
)

// Deduction takes Per points off the full score for each Step beyond From, down to 0 (扣完为止).
type Deduction struct {
	From   Amount // not stated: the target of the line
	Side   Side
	Step   Amount
	Count  bool     // a step is one of whatever the indicator counts (每发现一例); From is 0
	Per    *big.Rat // 分
	Broken Broken   // empty: the wording does not say; proportional
	full   *big.Rat
}

// Full is the full score that the wording states, if any.
func (d Deduction) Full() *big.Rat { return d.full }

// Fits needs standard and step in the value's dimension.
func (d Deduction) Fits(u figure.Unit) error {
	if d.Count {
		if u.Dimension() == figure.Percent.Dimension() && u != figure.One {
			return ErrUnit.With("1", symbol(u))
		}
		return nil
	}
	if err := fits(d, d.From, u); err != nil {
		return err
	}
	if _, err := d.Step.in(u); err != nil {
		return ErrUnit.With(symbol(d.Step.Unit), symbol(u))
	}
	return nil
}

// Score takes the deduction off.
func (d Deduction) Score(full *big.Rat, v Amount) (Scored, bool) {
	if d.Count {
		d.From, d.Step = Amount{new(big.Rat), v.Unit}, Amount{big.NewRat(1, 1), v.Unit}
	}
	from, _ := d.From.in(v.Unit)
	step, _ := d.Step.in(v.Unit)
	beyond := new(big.Rat).Sub(v.Number, from)
	sign := beyond.Sign()
	if sign == 0 || sign > 0 && d.Side == Below || sign < 0 && d.Side == Over {
		return Scored{new(big.Rat).Set(full), []lang.Text{both("%s没有%s%s，不扣分，得%s分", "%s is not %s %s: nothing is taken off, %s分", v, d.Side.words(), Amount{from, v.Unit}, Number(full))}, goesOn(v.Number)}, true
	}
	high, low := v, Amount{from, v.Unit}
	if sign < 0 {
		high, low = low, high
		beyond.Neg(beyond)
	}
	gap := v.Unit
	if v.Unit == figure.Percent {
		gap = figure.Points
	}
	words := []lang.Text{plain(high.String() + " − " + low.String() + " = " + Amount{beyond, gap}.String())}
	steps := new(big.Rat).Quo(beyond, step)
	cut := goesOn(v.Number, steps)
	words = append(words, plain(Amount{beyond, gap}.String()+" ÷ "+Amount{step, gap}.String()+" = "+Number(steps)))
	if counted, said := d.Broken.count(steps); said != (lang.Text{}) {
		steps = counted
		words = append(words, said)
	}
	off := new(big.Rat).Mul(steps, d.Per)
	points := new(big.Rat).Sub(full, off)
	words = append(words, plain(Number(full)+"分 − "+Number(steps)+" × "+Number(d.Per)+"分 = "+Number(points)+"分"))
	kept, said := clamp(points, full)
	return Scored{kept, append(words, said...), cut || goesOn(points)}, true
}

func plain(s string) lang.Text { return lang.Text{Zh: s, En: s} }

func (s Side) words() lang.Text {
	switch s {
	case Over:
		return lang.Of("超过", "above")
	case Below:
		return lang.Of("低于", "below")
	}
	return lang.Of("偏离", "off")
}

// count is how many steps count; said says by which way, empty where nothing is broken.
func (b Broken) count(steps *big.Rat) (*big.Rat, lang.Text) {
	if steps.IsInt() {
		return steps, lang.Text{}
	}
	whole := new(big.Int).Quo(steps.Num(), steps.Denom()) // steps are not negative
	switch b {
	case Dropped:
		r := new(big.Rat).SetInt(whole)
		return r, both("不足一步的舍去，计%s步", "a broken step is dropped: %s steps", Number(r))
	case Begun:
		r := new(big.Rat).SetInt(whole.Add(whole, big.NewInt(1)))
		return r, both("不足一步的进一，计%s步", "a begun step counts as a whole one: %s steps", Number(r))
	case Proportional:
		return steps, lang.Of("不足一步的按比例", "a broken step counts in proportion")
	}
	return steps, lang.Of("标准未写明不足一步怎么算，按比例", "the criterion does not say how a broken step counts; it counts in proportion")
}

var brokenWords = map[Broken]string{Proportional: "按比例", Dropped: "舍去", Begun: "进一"}

func (d Deduction) write() string {
	var b strings.Builder
	if d.Count {
		b.WriteString("每发现一例扣" + decimal(d.Per) + "分")
	} else {
		if d.From.Stated() {
			b.WriteString(map[Side]string{Over: "≤", Below: "≥", Either: "="}[d.Side] + d.From.exact() + "计" + stated(d.full) + "，")
		}
		b.WriteString("每" + map[Side]string{Over: "超过", Below: "低于", Either: "偏离"}[d.Side] + d.Step.exact() + "扣" + decimal(d.Per) + "分")
	}
	if d.Broken != "" {
		b.WriteString("（不足的" + brokenWords[d.Broken] + "）")
	}
	b.WriteString("，扣完为止")
	return b.String()
}
