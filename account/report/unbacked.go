package report

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/account/evaluation/rule"
	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/figure"
)

// What figures are found to be behind which no computation stands. Whoever forges a figure may call it withheld, a score or the length
// of a list; each of these is printed in one way only, and an indicator is none of them.
var (
	ErrPrintsANumber = fault.Define("verify.prints_a_number", fault.Broken,
		"数据“%s”（%s）写明没有数值或不予公开，却印为“%s”（数值“%s”）", "the figure %q (%s) is said to have no number or to be withheld, and is printed as %q (value %q)")
	ErrOtherSource = fault.Define("verify.other_source", fault.Broken,
		"数据“%s”（%s）写的来源“%s”、代码“%s”和重算命令“%s”不能同时成立", "of the figure %q (%s) the source %q, the code %q and the command %q do not go together")
)

// unbacked sees that the figures that no computation gives are what they say: withheld or without a number and printed so, scored or
// reported under a scheme, or as many as a list has.
func (v *Verified) unbacked(printed FiguresFile, computed map[string]bool, indicators map[string]bool) {
	for _, x := range printed.Figures {
		switch {
		case x.Value == "" || x.Withheld != "":
			if x.Value != "" || x.Lead != "" || !slices.Contains(wordsFor(x), x.Text) {
				v.find("", ErrPrintsANumber.With(x.Name, x.ID, x.Lead+x.Text, x.Value))
			}
		case computed[x.ID]:
		case x.Source == evaluationSource:
			if !ofScheme(x) || indicators[x.Code] {
				v.find("", ErrOtherSource.With(x.Name, x.ID, x.Source, x.Code, x.Recompute))
			} else if !asReported(x) {
				v.find("", ErrOtherForm.With(x.Name, x.ID, x.Lead+x.Text, x.Value, x.Unit))
			}
		case x.Code == "":
			if !ofList(x) {
				v.find("", ErrOtherSource.With(x.Name, x.ID, x.Source, x.Code, x.Recompute))
			} else if x.Lead != "" || x.Text != x.Value+x.Unit {
				v.find("", ErrOtherForm.With(x.Name, x.ID, x.Lead+x.Text, x.Value, x.Unit))
			}
		}
	}
}

// wordsFor are what is printed of a figure without a number.
func wordsFor(x document.Placed) (out []string) {
	if x.Withheld != "" {
		return []string{WithheldText}
	}
	for _, s := range []indicator.State{indicator.NoneRecorded, indicator.NotComputable, indicator.NotApplicable} {
		out = append(out, s.Text().Zh)
	}
	return out
}

// scoreUnit is the unit of scores.
const scoreUnit = "分"

// ofScheme says whether a figure is a score under the scheme that its command names, or what was reached in a line of it.
func ofScheme(x document.Placed) bool {
	of, ok := strings.CutPrefix(x.Recompute, "anlan evaluate --scheme ")
	scheme, _, _ := strings.Cut(of, " ")
	return ok && (x.Code == "" || x.Code == scheme && x.Unit == scoreUnit)
}

// asReported says whether what is printed of a score or of what a line reached is its value.
func asReported(x document.Placed) bool {
	value, ok := new(big.Rat).SetString(x.Value)
	if !ok || x.Lead != "" {
		return false
	}
	if x.Code != "" {
		return x.Text == x.Value || x.Text == x.Value+scoreUnit
	}
	if a, ok := rule.ParseAmount(x.Text); ok {
		return a.Number.Cmp(value) == 0 && a.Unit.String() == x.Unit || stands(x, value)
	}
	return stands(x, value)
}

// stands says whether a printed figure is read as one that its value may have been rounded to.
func stands(x document.Placed, value *big.Rat) bool {
	stated, err := figure.Parse(x.Text)
	unit, ok := unitNamed(x.Unit)
	return err == nil && ok && stated.Unit() == unit && stated.Interval().Contains(value)
}

// ofList says whether a figure is the length of a list of records.
func ofList(x document.Placed) bool {
	if x.Source != listSource || !strings.HasPrefix(x.Recompute, "anlan list ") || x.Value != fmt.Sprint(x.Records) {
		return false
	}
	for _, s := range sorts {
		if x.Name == s.lengthName() && x.Unit == s.unit {
			return true
		}
	}
	return false
}
