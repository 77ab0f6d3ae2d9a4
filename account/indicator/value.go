package indicator

import (
	"math/big"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// State says what a value is. The greater wins when values meet: what remains is the lack that would remain if every lesser
// one were mended.
type State int8

// The states of a value.
const (
	Computed      State = iota - 1 // a number
	NoneRecorded                   // 无记录: nobody has recorded what it needs; never 0
	NotComputable                  // 无法计算: what it needs is there but gives no number: a base of 0
	NotApplicable                  // 不适用: the question does not arise for this unit
)

var stateTexts = map[State]lang.Text{
	Computed:      lang.Of("已计算", "computed"),
	NoneRecorded:  lang.Of("无记录", "none recorded"),
	NotComputable: lang.Of("无法计算", "not computable"),
	NotApplicable: lang.Of("不适用", "not applicable"),
}

// Text is the state as it is printed in place of a number.
func (s State) Text() lang.Text { return stateTexts[s] }

var stateCodes = map[State]string{Computed: "computed", NoneRecorded: "none_recorded", NotComputable: "not_computable", NotApplicable: "not_applicable"}

// Code names the state for programs.
func (s State) Code() string { return stateCodes[s] }

// Value is an exact number with its unit of measure, or the reason why there is none. It is never rounded.
type Value struct {
	state  State
	number exact // in unit
	unit   figure.Unit
	why    lang.Text
}

// State says whether the value is a number.
func (v Value) State() State { return v.state }

// Rat is the number in Unit, exactly; nil when there is none. The caller may keep it.
func (v Value) Rat() *big.Rat {
	if v.state != Computed {
		return nil
	}
	return v.number.rat()
}

// Unit is the unit of measure.
func (v Value) Unit() figure.Unit { return v.unit }

// Why says what is lacking; empty for a number.
func (v Value) Why() lang.Text { return v.why }

// into is the value in another unit of its dimension.
func (v Value) into(u figure.Unit) Value {
	v.number = v.number.mul(exactOf(v.unit.Scale())).div(exactOf(u.Scale()))
	v.unit = u
	return v
}

// Text is the value for a reader of an explanation: 97 人, 4710.67 亿元, ≈ 0.020592 人/亿元, 无记录. A number that does not end
// within twelve decimals is shown with eight digits and marked.
func (v Value) Text() lang.Text {
	if v.state != Computed {
		return v.state.Text()
	}
	digits, ends := shown(v.number.rat())
	t := spaced(digits, v.unit)
	if !ends {
		t = "≈ " + t
	}
	return lang.Text{Zh: t, En: t}
}

// operand is the value inside a calculation, where it is not said again that its digits go on.
func (v Value) operand(l lang.Lang) string { return strings.TrimPrefix(v.Text().In(l), "≈ ") }

// spaced joins a number and its unit; %, ‰ stand close.
func spaced(digits string, unit figure.Unit) string {
	switch symbol := unit.String(); symbol {
	case "":
		return digits
	case "%", "‰":
		return digits + symbol
	default:
		return digits + " " + symbol
	}
}
