package rule

import (
	"fmt"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Faults of wordings. They carry no place: whoever read the wording knows it.
var (
	ErrNotUnderstood = fault.Define("rule.not_understood", fault.Undefined,
		"“%s”不是已知的评分句式，请在“评分规则”中改写，例如：≤100%%计5分，每超过1个百分点扣0.5分，扣完为止；≥90%%计6分，80%%（含）-90%%计4分，<80%%计0分；完成值÷目标值×分值；①…2分；②…2分",
		"%q is no known wording of a scoring rule; write the rule anew, as: ≤100%%计5分，每超过1个百分点扣0.5分，扣完为止; ≥90%%计6分，80%%（含）-90%%计4分，<80%%计0分; 完成值÷目标值×分值; ①…2分；②…2分")
	ErrMixed = fault.Define("rule.mixed", fault.Undefined,
		"“%s”把几种评分句式混在一起，请拆成几个指标，或改写为一种", "%q mixes several ways of scoring; split the line, or write it in one way")
	ErrTooLong = fault.Define("rule.too_long", fault.TooLarge,
		"评分规则超过%d字", "a scoring rule has at most %d characters")
	ErrOverlap = fault.Define("rule.bands_overlap", fault.Undefined,
		"%s同时落在两档：“%s”和“%s”", "%s lies in two bands: %q and %q")
	ErrGap = fault.Define("rule.bands_gap", fault.Undefined,
		"“%s”与“%s”之间有一段不在任何一档", "between %q and %q there are values in no band")
	ErrLevelOrder = fault.Define("rule.level_order", fault.Undefined,
		"“%s”的分数段应从高到低写，如100%%-80%%（含）", "the points of %q must be written from high to low, as 100%%-80%%（含）")
	ErrZeroStep = fault.Define("rule.zero_step", fault.Undefined,
		"“%s”的步长为0，不能计算扣分", "the step of %q is 0 and gives no deduction")
)

// Faults of a rule under a line.
var (
	ErrUnit = fault.Define("rule.unit", fault.Undefined,
		"规则以“%s”计，指标以“%s”计，不能比较", "the rule counts in %q and the indicator in %q; they cannot be compared")
	ErrNoTarget = fault.Define("rule.no_target", fault.Undefined,
		"规则“%s”没有写明从多少起算，请填写“指标值”，或写成“以100%%为标准，…”", "the rule %q does not say from which value it counts; give the target, or write “以100%%为标准，…”")
	ErrZeroTarget = fault.Define("rule.zero_target", fault.Undefined,
		"目标值%s不大于0，不能按完成比例计分；要求不发生的，请写成≤0", "the target %s is not above 0, and nothing can be scored in proportion to it; where nothing may happen, write ≤0")
)

// Faults of a judgement.
var (
	ErrNoLevel = fault.Define("rule.no_level", fault.Invalid,
		"没有“%s”这一档，应为：%s", "there is no level %q; there are: %s")
	ErrOutsideLevel = fault.Define("rule.outside_level", fault.Invalid,
		"“%s”应在%s分之间，认定为%s分", "%q lies between %s分; it was judged as %s分")
	ErrNoItem = fault.Define("rule.no_item", fault.Invalid,
		"没有第%d项，共%d项", "there is no item %d; there are %d")
	ErrItemTwice = fault.Define("rule.item_twice", fault.Invalid,
		"第%d项写了两次", "item %d stands twice")
	ErrNoPoints = fault.Define("rule.no_points", fault.Invalid,
		"“%s”是一个分数段，须写明认定多少分", "%q is a span of points; say how many are given")
)

// both is a text whose halves take the same arguments.
func both(zh lang.Zh, en lang.En, args ...any) lang.Text {
	t := lang.Of(zh, en)
	in := func(l lang.Lang) string {
		own := make([]any, len(args))
		for i, a := range args {
			if x, ok := a.(lang.Text); ok {
				a = x.In(l)
			}
			own[i] = a
		}
		return fmt.Sprintf(t.In(l), own...)
	}
	return lang.Text{Zh: in(lang.Chinese), En: in(lang.English)}
}
