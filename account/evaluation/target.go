package evaluation

import (
	"math/big"
	"strings"

	"anlan/account/evaluation/rule"
	"anlan/ground/figure"
	"anlan/ground/width"
)

// aim is a target value (指标值) as a form states it: ≥90%, ≤3起.
type aim struct {
	relation string // ≥ ≤ = > <
	amount   rule.Amount
}

// relations are the ways in which forms write the relation of a target.
var relations = []struct{ written, sign string }{
	{"≥", "≥"}, {">=", "≥"}, {"不低于", "≥"}, {"不少于", "≥"}, {"大于等于", "≥"},
	{"≤", "≤"}, {"<=", "≤"}, {"不超过", "≤"}, {"不高于", "≤"}, {"小于等于", "≤"}, {"控制在", "≤"},
	{"=", "="}, {"等于", "="}, {">", ">"}, {"大于", ">"}, {"超过", ">"}, {"<", "<"}, {"小于", "<"}, {"低于", "<"},
}

// parseTarget reads a target; one without a relation is to be reached (≥).
func parseTarget(s string) (aim, bool) {
	s = width.Trim(width.Narrow(s))
	sign := "≥"
	for _, r := range relations {
		if rest, ok := strings.CutPrefix(s, r.written); ok {
			s, sign = rest, r.sign
			break
		}
	}
	a, ok := rule.ParseAmount(strings.TrimSuffix(s, "以内"))
	return aim{sign, a}, ok
}

// reverse says whether less is better. What is to be 0 (=0起) is met by nothing above it.
func (a aim) reverse() bool {
	return a.relation == "≤" || a.relation == "<" || a.relation == "=" && a.amount.Number.Sign() == 0
}

// Reached says whether a figure reaches a target as forms state it (≥90%, ≤3起). stated is false where the target is in words, or of another
// kind of thing than the figure: then nothing can be said.
func Reached(target string, value *big.Rat, unit figure.Unit) (reached, stated bool) {
	a, ok := parseTarget(target)
	if !ok || value == nil {
		return false, false
	}
	goal, err := a.amount.Unit.Convert(a.amount.Number, unit)
	if err != nil {
		return false, false
	}
	by := value.Cmp(goal)
	switch a.relation {
	case "≥":
		return by >= 0, true
	case "≤":
		return by <= 0, true
	case ">":
		return by > 0, true
	case "<":
		return by < 0, true
	}
	return by == 0, true
}
