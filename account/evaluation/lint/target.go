package lint

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Target is one target of a project, as text and numbers apart.
type Target struct {
	Level1, Level2 string // 产出指标, 数量指标
	Name           string // 三级指标
	Relation       string // ≥ ≤ = > <; empty: none stated
	Value          *big.Rat
	Wording        string // of a qualitative target
	Unit           string
	Period         string
	Baseline       *big.Rat
	Source         string
	Reached        *big.Rat // what is reported of it; nil: nothing yet
}

// Code is what a finding is about; stable.
type Code string

// The findings about a target.
const (
	NoValue      Code = "no_value"      // 没有指标值
	NoUnit       Code = "no_unit"       // 没有计量单位
	UnknownUnit  Code = "unknown_unit"  // 计量单位不认识
	NoRelation   Code = "no_relation"   // 没有写明≥≤=
	NoPeriod     Code = "no_period"     // 没有考核期间
	NoBaseline   Code = "no_baseline"   // 没有上年实际值
	NoSource     Code = "no_source"     // 没有数据来源
	Vague        Code = "vague"         // 措辞含糊
	AlwaysMet    Code = "always_met"    // 不做也达到
	NoProgress   Code = "no_progress"   // 与上年持平
	Unreachable  Code = "unreachable"   // 不可能达到
	Duplicate    Code = "duplicate"     // 重复
	NoTargets    Code = "no_targets"    // 项目没有绩效指标
	LevelMissing Code = "level_missing" // 缺少一级、二级指标
	Uncovered    Code = "uncovered"     // 支出没有对应的指标
	MoneySpent   Code = "money_spent"   // 花了多少钱算作产出
	Claimed      Code = "claimed"       // 别的项目也算了这项产出
)

// Finding is one thing to mend.
type Finding struct {
	Code    Code
	Target  int // of the project, from 1; 0: the project as a whole
	Words   lang.Text
	Instead lang.Text
	Spent   Spending // of Uncovered: what the money went to, and how much
}

// Class is what a finding lets go wrong.
type Class int

// The classes, in the order in which they are mended: what cannot be measured cannot be evaluated at all; what is met before the
// year begins can, to no purpose.
const (
	Unmeasurable Class = iota // 不可衡量
	Incomplete                // 不完整
	Repeated                  // 重复
	Idle                      // 照旧就能达到, or never
	Unspoken                  // 支出没有对应的指标
)

var classes = map[Code]Class{
	NoValue: Unmeasurable, NoUnit: Unmeasurable, UnknownUnit: Unmeasurable, NoRelation: Unmeasurable, NoPeriod: Unmeasurable, NoBaseline: Unmeasurable, NoSource: Unmeasurable,
	Vague: Unmeasurable, MoneySpent: Unmeasurable, Claimed: Repeated, NoTargets: Incomplete, LevelMissing: Incomplete, Duplicate: Repeated, AlwaysMet: Idle, NoProgress: Idle, Unreachable: Idle, Uncovered: Unspoken,
}

// Class is the class of the finding.
func (f Finding) Class() Class { return classes[f.Code] }

// vague are words that promise something nobody can check. The longer stand first.
var vague = []string{"全面提升", "全面提高", "全面加强", "进一步", "显著", "明显", "大力", "切实", "积极", "逐步", "不断", "持续", "稳步", "有效", "较好", "良好", "有所", "大幅", "充分", "基本", "提升", "提高", "增强", "改善", "加强", "促进", "保障", "推动"}

// lint gives the findings about one target.
func (t Target) lint(n int) (out []Finding) {
	add := func(c Code, words, instead lang.Text) {
		out = append(out, Finding{Code: c, Target: n, Words: words, Instead: instead})
	}
	name := t.Name
	if t.Value == nil {
		add(NoValue, both("“%s”没有指标值，写的是“%s”", "%q has no value; it says %q", name, t.Wording), t.suggestion())
	} else {
		switch {
		case t.Unit == "":
			add(NoUnit, both("“%s”的指标值%s没有计量单位", "the value %[2]s of %[1]q has no unit", name, number(t.Value)), t.unitSuggestion())
		case !known(t.Unit):
			add(UnknownUnit, both("“%s”的计量单位“%s”不在单位表中", "the unit %[2]q of %[1]q is not in the list of units", name, t.Unit), t.unitSuggestion())
		}
		if t.Relation == "" {
			add(NoRelation, both("“%s”没有写明是不低于、不超过还是等于", "%q does not say whether at least, at most or exactly", name),
				both("写成“≥%s%s”“≤%[1]s%[2]s”或“=%[1]s%[2]s”", "write ≥%s%s, ≤%[1]s%[2]s or =%[1]s%[2]s", number(t.Value), t.Unit))
		}
		if t.Baseline == nil {
			add(NoBaseline, both("“%s”没有上年实际值，看不出目标是高是低", "%q has no value of last year; nobody can tell whether it is ambitious", name),
				lang.Of("填写上年实际值；首次设立的写明“首次设立”及测算依据", "give last year's value; for a new target say so and how it was estimated"))
		}
		out = append(out, t.reach(n)...)
	}
	if t.Period == "" {
		add(NoPeriod, both("“%s”没有考核期间", "%q has no period", name), lang.Of("写明考核期间，如“2023年”“2023年12月31日前”", "say for which period, as 2023年 or 2023年12月31日前"))
	}
	if t.Source == "" {
		add(NoSource, both("“%s”没有数据来源，完成值无从核实", "%q has no source; what is reached cannot be verified", name),
			lang.Of("写明取自哪一台账、报表或调查，如“事故统计报表”“满意度调查问卷”", "name the ledger, return or survey that it is taken from"))
	}
	if t.spends() {
		add(MoneySpent, both("“%s”%s%s%s是花了多少钱，不是产出，预算执行率已就此计分", "%q %s%s%s is what was spent and no output; the execution rate has points for it already", name, t.Relation, number(t.Value), t.Unit),
			lang.Of("产出写做成多少（次、个、处）；成本指标写单位成本，如“每场演练成本≤…万元”", "write as output how much was done; as cost what one of it costs, as 每场演练成本≤…万元"))
	}
	if words := vagueWords(name + t.Wording); len(words) > 0 && t.Value == nil {
		add(Vague, both("“%s”用了不能检查的词：%s", "%q uses words that cannot be checked: %s", name, strings.Join(words, "、")),
			both("去掉“%s”，写明由多少变为多少，如“由上年的…%s提高到…%[2]s”", "leave out %q and say from how much to how much, as from …%s to …%[2]s", words[0], t.likelyUnit()))
	}
	return out
}

// unitCosts are words of a cost that says more than what was spent in all.
var unitCosts = []string{"每", "人均", "单位", "单价", "平均", "标准", "节约", "节省"}

// spends says whether what passes for an output is an amount that was spent.
func (t Target) spends() bool {
	u, ok := figure.UnitOf(t.Unit)
	yuan, _ := figure.UnitOf("元")
	if t.Value == nil || !ok || u.Dimension() != yuan.Dimension() || !strings.Contains(t.Level1, "产出") {
		return false
	}
	return !slices.ContainsFunc(unitCosts, func(w string) bool { return strings.Contains(t.Name, w) })
}

// vagueWords are the words of the list that stand in a text, each once, none within another.
func vagueWords(s string) (out []string) {
	for _, w := range vague {
		if strings.Contains(s, w) {
			out = append(out, w)
			s = strings.ReplaceAll(s, w, "　")
		}
	}
	return out
}

func known(unit string) bool { _, ok := figure.UnitOf(unit); return ok }

// share says whether values lie between 0 and 100 %.
func (t Target) share() bool {
	if t.Unit != "%" {
		return false
	}
	for _, w := range []string{"满意度", "覆盖率", "合格率", "完成率", "达标率", "及时率", "到位率", "公开率", "普及率", "办结率", "整改率", "执行率"} {
		if strings.Contains(t.Name, w) {
			return true
		}
	}
	return false
}

// reach says whether the target is met by doing nothing, or cannot be met.
func (t Target) reach(n int) (out []Finding) {
	add := func(c Code, words, instead lang.Text) {
		out = append(out, Finding{Code: c, Target: n, Words: words, Instead: instead})
	}
	aim := t.Relation + number(t.Value) + t.Unit
	atLeast, atMost := t.Relation == "≥" || t.Relation == ">", t.Relation == "≤" || t.Relation == "<"
	hundred := big.NewRat(100, 1)
	switch {
	case atLeast && t.Value.Sign() < 0, t.Relation == "≥" && t.Value.Sign() == 0, t.share() && t.Relation == "≤" && t.Value.Cmp(hundred) >= 0:
		add(AlwaysMet, both("“%s”%s，不做任何工作也达到", "%q %s is met without doing anything", t.Name, aim), lang.Of("按上年实际值和今年的任务重新测算", "estimate it anew from last year's value and this year's task"))
		return out
	case t.share() && (atLeast || t.Relation == "=") && t.Value.Cmp(hundred) > 0:
		add(Unreachable, both("“%s”%s，比率不会超过100%%", "%q %s: a share is never above 100%%", t.Name, aim), lang.Of("改为不超过100%的值", "give a value of at most 100%"))
		return out
	case atMost && t.Value.Sign() < 0 && t.Unit != "%":
		add(Unreachable, both("“%s”%s，数量不会小于0", "%q %s: a count is never below 0", t.Name, aim), lang.Of("改为不小于0的值", "give a value of at least 0"))
		return out
	}
	if t.Baseline == nil || !atLeast && !atMost {
		return out
	}
	order := t.Baseline.Cmp(t.Value)
	if atMost {
		order = -order
	}
	before := number(t.Baseline) + t.Unit
	better := lang.Of("目标应好于上年实际值", "the target should be better than last year's value")
	switch {
	case order > 0:
		add(AlwaysMet, both("“%s”%s，上年已是%s，照旧就能达到", "%q %s: it was %s last year, so nothing need change", t.Name, aim, before), better)
	case order == 0 && !(t.share() && t.Value.Cmp(hundred) == 0) && t.Value.Sign() != 0:
		add(NoProgress, both("“%s”%s，与上年实际值相同", "%q %s is what it was last year", t.Name, aim), lang.Of("写明为何持平，或提高目标", "say why it stays, or raise it"))
	}
	return out
}

// suggestion says how a target without a value could be written.
func (t Target) suggestion() lang.Text {
	unit := t.likelyUnit()
	sign := "≥"
	if unit == "天" || strings.ContainsAny(t.Name, "降减") || strings.Contains(t.Name, "成本") {
		sign = "≤"
	}
	return both("写成数，如“%s %s…%s”，并填上年实际值和数据来源", "write a number, as “%s %s…%s”, with last year's value and its source", t.Name, sign, unit)
}

func (t Target) unitSuggestion() lang.Text {
	return both("写明计量单位，如“%s”", "give the unit of measure, as %s", t.likelyUnit())
}

// likely are units by what the name of a target says; the first that fits is taken.
var likely = []struct{ word, unit string }{
	{"率", "%"}, {"满意", "%"}, {"比例", "%"}, {"人次", "人次"}, {"人数", "人"}, {"死亡", "人"}, {"及时", "天"}, {"时限", "天"}, {"时间", "天"}, {"成本", "万元"},
	{"资金", "万元"}, {"经费", "万元"}, {"损失", "万元"}, {"培训", "次"}, {"演练", "次"}, {"检查", "次"}, {"宣传", "场"}, {"隐患", "处"}, {"事故", "起"}, {"企业", "家"},
	{"队伍", "支"}, {"预警", "期"}, {"装备", "台"}, {"物资", "件"},
}

func (t Target) likelyUnit() string {
	for _, l := range likely {
		if strings.Contains(t.Name, l.word) {
			return l.unit
		}
	}
	if strings.Contains(t.Level2, "质量") || strings.Contains(t.Level1, "满意") {
		return "%"
	}
	return "个"
}

// number is r as a target writes it.
func number(r *big.Rat) string { return figure.DecimalText(r) }

// both is a text whose halves take the same arguments.
func both(zh lang.Zh, en lang.En, args ...any) lang.Text {
	return lang.Text{Zh: fmt.Sprintf(string(zh), args...), En: fmt.Sprintf(string(en), args...)}
}
