package rule

import (
	"math/big"
	"strings"

	"anlan/ground/figure"
)

// Settled is a measured rule in a notation that leaves nothing to be read out of words, for whoever gives a score again without this
// program; empty where people judge. Points are of the whole that the line has, numbers are exact, % stands for 个百分点 too:
//
//	proportion 100 %                          full × value ÷ 100 %, between 0 and full
//	inverse 3 起                              full × 3 起 ÷ value; full where the value is 0 or less
//	at_least 90 %                             full or 0; at_most the other way
//	less 1 each 1 % above 100 % proportional  above, below or off; proportional, dropped or begun is how a broken step counts
//	less 1 each 1 - above 0 - proportional    for each one of what is counted, whatever its unit
//	bands 6 >= 90 % ; 4 >= 80 % < 90 % ; full < 80 % ; 0 else
func (r Rule) Settled() string {
	switch f := r.Form.(type) {
	case Ratio:
		return word(f.Reverse, "inverse ", "proportion ") + f.Target.settled()
	case Reached:
		return word(f.Reverse, "at_most ", "at_least ") + f.Target.settled()
	case Deduction:
		step, from, broken := "1 -", "0 -", f.Broken
		if !f.Count {
			step, from = f.Step.settled(), f.From.settled()
		}
		if broken == "" {
			broken = Proportional
		}
		return "less " + decimal(f.Per) + " each " + step + map[Side]string{Over: " above ", Below: " below ", Either: " off "}[f.Side] + from + " " + string(broken)
	case Bands:
		var bands []string
		for _, b := range f.Bands {
			s := settledPoints(b.Points)
			if b.Low.Stated() {
				s += word(b.LowIn, " >= ", " > ") + b.Low.settled()
			}
			if b.High.Stated() {
				s += word(b.HighIn, " <= ", " < ") + b.High.settled()
			}
			bands = append(bands, s)
		}
		if f.Else != nil {
			bands = append(bands, decimal(f.Else)+" else")
		}
		return "bands " + strings.Join(bands, " ; ")
	}
	return ""
}

func word(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

func settledPoints(p *big.Rat) string {
	if p == nil {
		return "full"
	}
	return decimal(p)
}

// settled is the amount with its unit, both always there.
func (a Amount) settled() string {
	if !a.Stated() {
		return "none 1" // the line states none, and its values are not scored
	}
	u := a.Unit
	if u == figure.Points {
		u = figure.Percent
	}
	return decimal(a.Number) + " " + symbol(u)
}
