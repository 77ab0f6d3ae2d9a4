package indicator_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// head is a definition up to its expression.
const head = `indicator x.y "示例" "example" in 起 printed 0 = `

// wordings are so many wordings, each another.
func wordings(n int) (s string) {
	for i := range n {
		s += fmt.Sprintf(" also \"事故 %d\"", i)
	}
	return s
}

// wrong are texts with the faults that they must give, each once and no other.
var wrong = []struct {
	name  string
	text  string
	codes []string
}{
	{"two_counts_of_different_things_are_added", head + "\n  accident.count + accident.deaths", []string{"indicator.unit_mismatch"}},
	{"money_is_compared_with_people", head + "\n  max(accident.count, budget.spent, accident.deaths)", []string{"indicator.unit_mismatch", "indicator.unit_mismatch"}},
	{"two_parts_are_wrong", head + "(accident.count - accident.deaths) / (accident.count - 1)", []string{"indicator.unit_mismatch", "indicator.unit_mismatch"}},
	{"percentage_points_are_added_to_a_percentage", `indicator x "示例" in % printed 1 = budget.spent / budget.initial + 2 个百分点`, []string{"indicator.unit_mismatch"}},
	{"the_sum_of_wages_and_heads", head + "sum(accident.count, 3 起, 3 人)", []string{"indicator.unit_mismatch"}},
	{"a_band_is_bounded_in_another_unit", head + "band(accident.count, <= 3 人: 1 起, else: 0 起)", []string{"indicator.unit_mismatch"}},
	{"the_values_of_a_band_differ", head + "band(accident.count, <= 3 起: 1 起, else: 0 人)", []string{"indicator.unit_mismatch"}},
	{"the_declared_unit_is_another_than_the_result", head + "accident.deaths / statistic.gdp", []string{"indicator.result_unit"}},
	{"a_ratio_is_declared_as_a_count", head + "accident.count / accident.count @ last_year", []string{"indicator.result_unit"}},
	{"the_difference_of_two_rates_is_declared_in_percent", `indicator x "示例" in % printed 1 = budget.spent / budget.initial - budget.spent @ 同期 / budget.initial @ 同期`, []string{"indicator.points_not_percent"}},
	{"a_rate_of_change_is_declared_in_points", `indicator x "示例" in 个百分点 printed 1 = accident.count / accident.count @ 同期 - 1`, []string{"indicator.result_unit"}},
	{"a_name_is_misspelt", head + "accident.cuont", []string{"indicator.unknown_name"}},
	{"a_name_lacks_its_kind", head + "deaths", []string{"indicator.unknown_name"}},
	{"a_name_is_like_no_other", head + "qqqqqqqqqqq", []string{"indicator.unknown_name"}},
	{"a_name_is_in_chinese", head + "事故起数", []string{"indicator.unknown_name"}},
	{"a_unit_of_a_number_is_misspelt", head + "accident.count + 3 人/亿园", []string{"indicator.unknown_unit"}},
	{"the_declared_unit_is_unknown_and_said_once", "indicator a \"示例\" in 亿园 printed 0 = accident.count\nindicator b \"示例\" in 起 printed 0 = a + accident.count", []string{"indicator.unknown_unit"}},
	{"the_unit_of_a_constant_is_unknown_and_said_once", "constant c \"示例\" = 3 石\nindicator b \"示例\" in 起 printed 0 = accident.count + c", []string{"indicator.unknown_unit"}},
	{"two_indicators_refer_to_each_other", "indicator a \"甲\" in 起 printed 0 = b + accident.count\nindicator b \"乙\" in 起 printed 0 = 2 * c\nindicator c \"丙\" in 起 printed 0 = a", []string{"indicator.cycle"}},
	{"an_indicator_refers_to_itself_last_year", "indicator a \"甲\" in 起 printed 0 = a @ last_year + accident.count", []string{"indicator.cycle"}},
	{"a_code_is_defined_twice", "constant a \"甲\" = 1\nindicator a \"乙\" in 起 printed 0 = accident.count", []string{"indicator.duplicate_code"}},
	{"a_code_is_that_of_a_measure", "indicator accident.count \"乙\" in 起 printed 0 = hazard.found", []string{"indicator.code_of_measure"}},
	{"a_code_is_written_large", "indicator Deaths \"乙\" in 起 printed 0 = accident.count", []string{"indicator.malformed_code"}},
	{"a_code_is_a_function", "constant floor \"乙\" = 1", []string{"indicator.malformed_code"}},
	{"a_constant_has_a_period", "constant a \"甲\" = 1\n" + head + "accident.count * (a + 1) @ last_year", []string{"indicator.period_of_constant"}},
	{"a_flow_has_no_year_end", head + "accident.count @ last_year_end", []string{"indicator.flow_at_year_end"}},
	{"a_flow_has_no_year_end_behind_a_reference", "indicator a \"甲\" in 起 printed 0 = accident.count @ 同期\nindicator b \"乙\" in 起 printed 0 = a @ 上年末", []string{"indicator.flow_at_year_end"}},
	{"there_is_no_such_period", head + "accident.count @ lastyear", []string{"indicator.unknown_period"}},
	{"there_is_no_such_function", head + "summ(accident.count, 1 起)", []string{"indicator.unknown_function"}},
	{"a_floor_has_three_arguments", head + "floor(accident.count, 1 起, 2 起)", []string{"indicator.wrong_arguments"}},
	{"a_sum_has_one_argument", head + "sum(accident.count)", []string{"indicator.wrong_arguments"}},
	{"a_band_is_bounded_by_a_measure", head + "band(accident.count, <= accident.count @ 同期: 1 起, else: 0 起)", []string{"indicator.band_bound"}},
	{"a_band_can_never_apply", head + "band(accident.count, <= 3 起: 1 起, <= 2 起: 2 起, else: 0 起)", []string{"indicator.band_order"}},
	{"bands_go_two_ways", head + "band(accident.count, >= 3 起: 1 起, <= 2 起: 2 起, else: 0 起)", []string{"indicator.band_order"}},
	{"a_band_has_no_else", head + "band(accident.count, <= 3 起: 1 起)", []string{"indicator.expected"}},
	{"a_band_is_empty", head + "band(accident.count, else: 1 起)", []string{"indicator.expected"}},
	{"a_divisor_is_always_0", head + "accident.count / 0", []string{"indicator.zero_divisor"}},
	{"a_parenthesis_is_not_closed", head + "(accident.count + 1 起", []string{"indicator.expected"}},
	{"an_operator_is_missing", head + "accident.count accident.count", []string{"indicator.expected"}},
	{"an_operand_is_missing", head + "accident.count +\n\nconstant a \"甲\" = 1", []string{"indicator.expected"}},
	{"the_unit_is_missing", "indicator a \"甲\" printed 0 = accident.count", []string{"indicator.expected"}},
	{"the_name_is_missing", "indicator a in 起 printed 0 = accident.count", []string{"indicator.expected"}},
	{"the_file_is_something_else", "name,value\n1,2", []string{"indicator.expected"}},
	{"a_constant_is_an_expression", "constant a \"甲\" = 1 + 1", []string{"indicator.expected"}},
	{"a_constant_is_a_name", "constant a \"甲\" = accident.count", []string{"indicator.expected"}},
	{"a_source_is_not_in_quotes", head + "accident.count source 年报", []string{"indicator.expected"}},
	{"a_wording_is_not_in_quotes", head + "accident.count also 事故", []string{"indicator.expected"}},
	{"a_wording_stands_before_the_source", head + "accident.count also \"事故\" source \"年报\"", []string{"indicator.expected"}},
	{"a_wording_has_two_figures", head + "accident.count also \"# 起 #\"", []string{"indicator.malformed_wording"}},
	{"a_wording_has_no_word", head + "accident.count also \"#\"", []string{"indicator.malformed_wording"}},
	{"a_wording_has_a_figure_inside_a_word", head + "accident.count also \"发生#起\"", []string{"indicator.malformed_wording"}},
	{"a_wording_is_there_twice", head + "accident.count also \"事故\" also \"事故\"", []string{"indicator.wording_twice"}},
	{"too_many_wordings", head + "accident.count" + wordings(33), []string{"indicator.too_large"}},
	{"a_character_is_no_part_of_the_language", head + "accident.count & 1 起；", []string{"indicator.stray_character", "indicator.stray_character"}},
	{"a_text_is_not_closed", "indicator a \"甲 in 起 printed 0 = accident.count", []string{"indicator.unclosed_text"}},
	{"a_text_is_empty", "indicator a \" \" in 起 printed 0 = accident.count", []string{"indicator.empty_text"}},
	{"a_number_has_two_points", "constant a \"甲\" = 1.2.3", []string{"indicator.malformed_number"}},
	{"a_number_has_a_thousands_separator", "constant a \"甲\" = 16,424 处", []string{"indicator.thousands_separator"}},
	{"the_decimals_are_no_whole_number", "indicator a \"甲\" in 起 printed 1.5 = accident.count", []string{"indicator.malformed_decimals"}},
	{"too_many_decimals", "indicator a \"甲\" in 起 printed 10 = accident.count", []string{"indicator.malformed_decimals"}},
	{"the_file_is_not_utf8", "constant a \"\xbc\xd7\" = 1", []string{"indicator.not_text"}},
	{"parentheses_are_too_deep", head + strings.Repeat("(", 65) + "accident.count" + strings.Repeat(")", 65), []string{"indicator.too_deep"}},
	{"minus_signs_are_too_deep", head + strings.Repeat("-", 65) + "accident.count", []string{"indicator.too_deep"}},
	{"the_file_is_too_large", strings.Repeat("# 注释\n", 1<<18), []string{"indicator.too_large"}},
	{"there_are_too_many_words", strings.Repeat("1 ", 200_001), []string{"indicator.too_large"}},
	{"there_are_too_many_definitions", manyConstants(10_001), []string{"indicator.too_large"}},
	{"an_expression_is_too_long", head + strings.Repeat("accident.count + ", 2048) + "accident.count", []string{"indicator.too_large"}},
	{"a_text_is_too_long", "constant a \"" + strings.Repeat("甲", 501) + "\" = 1", []string{"indicator.too_large"}},
	{"a_number_is_too_long", "constant a \"甲\" = " + strings.Repeat("9", 41), []string{"indicator.too_large"}},
	{"a_code_is_too_long", "constant " + strings.Repeat("a", 129) + " \"甲\" = 1", []string{"indicator.too_large"}},
	{"there_are_too_many_periods", head + "accident.count" + strings.Repeat(" @ last_year", 9), []string{"indicator.too_large"}},
	{"there_are_too_many_arguments", head + "sum(" + strings.Repeat("accident.count, ", 256) + "accident.count)", []string{"indicator.too_large"}},
	{"references_grow_too_large", doubling(12), []string{"indicator.too_large"}},
	{"each_definition_has_its_own_fault", "indicator a \"甲\" in 起 = 1\nindicator b \"乙\" in 起 printed 0 = accident.count +\nconstant 3 \"丙\" = 1", []string{"indicator.expected", "indicator.expected", "indicator.expected"}},
}

func manyConstants(n int) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, "constant c%d \"常数\" = 1\n", k)
	}
	return b.String()
}

// doubling is a chain in which each indicator refers twice to the one before: 2ⁿ steps.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("indicator d0 \"倍增\" in 起 printed 0 = accident.count\n")
	for k := range n {
		fmt.Fprintf(&b, "indicator d%d \"倍增\" in 起 printed 0 = d%d + d%d\n", k+1, k, k)
	}
	return b.String()
}

func Test_faults_say_what_is_wrong_and_where(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	cases := map[string]bool{}
	for _, c := range wrong {
		_, err := define(t, c.text)
		var list fault.List
		errors.As(err, &list)
		var codes []string
		for _, f := range list {
			codes = append(codes, f.Code)
			cases[f.Code] = true
			if f.Where.File != "test.indicators" || f.Where.Line == 0 && f.Code != "indicator.too_large" {
				t.Errorf("%s: %v has no place", c.name, f)
			}
		}
		if !slices.Equal(codes, c.codes) {
			t.Errorf("%s: faults %v, want %v", c.name, codes, c.codes)
		}
		files := map[string][]byte{"test.indicators": []byte(c.text)}
		fmt.Fprintf(&shown, "-- %s\n%s%s\n", c.name, indicator.Show(err, lang.Chinese, files), indicator.Show(err, lang.English, files))
	}
	_, err := shippedSet(t).Indicator("work_safety.death")
	cases[indicator.ErrNotDefined.Code] = errors.Is(err, indicator.ErrNotDefined)
	fmt.Fprintf(&shown, "-- an_indicator_is_not_defined\n%s%s\n", indicator.Show(err, lang.Chinese, nil), indicator.Show(err, lang.English, nil))
	_, err = indicator.Recall("anlan indicator 1\nindicator a in 人 printed 0\n= b\nindicator b 00\n")
	cases[indicator.ErrNotCanonical.Code] = errors.Is(err, indicator.ErrNotCanonical)
	golden(t, "faults.txt", shown.String())

	for _, d := range fault.All() {
		if strings.HasPrefix(d.Code, "indicator.") && !cases[d.Code] {
			t.Errorf("no case gives %s", d.Code)
		}
	}
}

// Whoever gives a name in place of a code is told the code; a name that several have, or that stands inside others, gives them all.
func Test_a_name_is_answered_with_its_code(t *testing.T) {
	t.Parallel()
	text := `indicator a.deaths "死亡人数" "deaths" in 人 printed 0 = accident.deaths also "生产安全事故死亡人数"
indicator a.count "事故起数" "accidents" in 起 printed 0 = accident.count
indicator b.count "事故起数" "accidents again" in 起 printed 0 = accident.count`
	f, err := indicator.Parse("a.indicators", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Define(bureau, f)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"死亡人数":       "没有代码为“死亡人数”的指标，这是指标的名称，代码是a.deaths（死亡人数）",
		"生产安全事故死亡人数": "没有代码为“生产安全事故死亡人数”的指标，这是指标的名称，代码是a.deaths（死亡人数）",
		"Deaths":     "没有代码为“Deaths”的指标，这是指标的名称，代码是a.deaths（死亡人数）",
		"事故起数":       "没有代码为“事故起数”的指标，这是指标的名称，代码是a.count（事故起数）、b.count（事故起数）",
		"again":      "没有代码为“again”的指标，名称中有它的指标：b.count（事故起数）",
		"a.cuont":    "没有代码为“a.cuont”的指标，最接近的是a.count",
		"收入":         "没有代码为“收入”的指标",
	} {
		if _, err := set.Indicator(name); fault.In(err, lang.Chinese) != want {
			t.Errorf("%s: %s, want %s", name, fault.In(err, lang.Chinese), want)
		}
	}
}

func Test_an_internal_error_is_shown_as_it_is(t *testing.T) {
	t.Parallel()
	if got, want := indicator.Show(errors.New("disk on fire"), lang.English, nil), "disk on fire\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func Test_at_most_a_hundred_faults_are_answered(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"of_the_parser": strings.Repeat("indicator\n", 300), "of_the_scanner": strings.Repeat("&", 300),
		"of_the_check": strings.ReplaceAll(manyConstants(300), "= 1", "= 1 石"),
	} {
		_, err := define(t, text)
		if list, ok := errors.AsType[fault.List](err); !ok || len(list) != 100 {
			t.Errorf("%s: %d faults, want 100", name, len(list))
		}
	}
}
