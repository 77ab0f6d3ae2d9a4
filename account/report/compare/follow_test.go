package compare_test

import (
	"strings"
	"testing"
)

const twoYears = `indicator a.accidents "生产安全事故" in 起 printed 0 = accident.count
indicator a.deaths "生产安全事故死亡人数" in 人 printed 0 = accident.deaths also "死亡"
indicator a.cases "立案" in 起 printed 0 = enforcement.cases
indicator a.income "决算收入" in 万元 printed 2 = final.income
indicator a.carried "结转结余" in 万元 printed 2 = carry_over.balance
indicator a.initial "年初预算" in 万元 printed 2 = budget.initial
indicator a.added "追加预算" in 万元 printed 2 = budget.added
indicator a.spent "决算支出" in 万元 printed 2 = final.expenditure
indicator a.money "支出与罚款" in 万元 printed 2 = final.expenditure + enforcement.fined
` + rate

func Test_only_what_follows_from_a_figure_that_differs_is_excused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		follows    map[string]int // of each figure that differs, from how many others
		note       string
	}{
		{"the_rate_is_of_the_wrong_number", "全年发生生产安全事故88起，同比下降14.6%。", map[string]int{"88起": 0, "14.6%": 1}, ""},
		{"the_rate_is_of_neither", "全年发生生产安全事故88起，同比下降25.5%。", map[string]int{"88起": 0, "25.5%": 0}, "按文中的88起推算为14.563%，也不是文中的数"},
		{"the_amount_is_of_the_wrong_number", "全年发生生产安全事故88起，比上年减少15起。", map[string]int{"88起": 0, "15起": 1}, ""},
		{"the_rate_follows_from_a_wrong_amount", "全年发生生产安全事故87起，比上年减少18起，下降17.1%。", map[string]int{"18起": 0, "17.1%": 1}, ""},
		{"one_that_words_alone_name", "全年发生生产安全事故88起。\n\n生产安全事故起数同比下降14.6%。", map[string]int{"88起": 0, "14.6%": 1}, ""},
		{"a_rate_over_another_number", "全年生产安全事故死亡98人。亿元GDP死亡率为0.0202人/亿元。", map[string]int{"98人": 0, "0.0202人/亿元": 1}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := beside(t, published(t), twoYears, c.text, "430600")
			notes := ""
			seen := 0
			for _, f := range r.Figures {
				for _, n := range f.Notes {
					notes += n.Zh
				}
				n, differs := c.follows[f.Text]
				if got := f.Verdict == "differs"; got != differs || len(f.Follows) != n {
					t.Errorf("%s is %s and follows from %v", f.Text, f.Verdict, f.Follows)
				}
				if differs {
					seen++
				}
			}
			if seen != len(c.follows) || !strings.Contains(notes, c.note) || c.note == "" && strings.Contains(notes, "也不是") {
				t.Errorf("%d of %d; notes %q", seen, len(c.follows), notes)
			}
		})
	}
}

func Test_a_year_that_is_not_in_the_book_accuses_nobody(t *testing.T) {
	t.Parallel()
	w := published(t)
	w.say("enforcement.cases", "2022", "0")
	w.say("enforcement.fined", "2022", "0")
	w.say("final.expenditure", "2022", "30000000")
	for _, c := range []struct{ text, want, why string }{
		{"全年立案1165起，比上年多100起。", "1165起 agrees a.cases 2023; 100起 not_recorded a.cases 2023", "账册里没有“enforcement.cases”（2022年）的记录"},
		{"全年立案1165起，同比增长9.4%。", "1165起 agrees a.cases 2023; 9.4% not_recorded a.cases 2023", "账册里没有“enforcement.cases”（2022年）的记录"},
		{"2022年立案1065起。", "1065起 not_recorded a.cases 2022", "账册里没有“enforcement.cases”（2022年）的记录"},
		{"2022年支出与罚款3100.00万元。", "3100.00万元 not_recorded a.money 2022", "账册里没有“enforcement.fined”（2022年）的记录"},
	} {
		r := beside(t, w, twoYears, c.text, "430600")
		last := r.Figures[len(r.Figures)-1]
		if got := said(r); got != c.want || last.Why == nil || last.Why.Zh != c.why || last.Recorded != "" || last.Command == "" {
			t.Errorf("%s\ngot  %s: %v %s\nwant %s: %s", c.text, got, last.Why, last.Recorded, c.want, c.why)
		}
	}
	// A 0 that somebody stated is a figure like others.
	w.nils[ask("enforcement.cases", "2022")] = true
	if got := said(beside(t, w, twoYears, "2022年立案1065起。", "430600")); got != "1065起 differs a.cases 2022" {
		t.Error(got)
	}
}

func Test_a_sum_under_another_name_is_told_by_the_parts_in_the_text(t *testing.T) {
	t.Parallel()
	r := beside(t, published(t), twoYears, "年末决算收入3282.14万元。", "430600")
	if f := r.Figures[0]; f.Verdict != "differs" || f.Explained != "" || f.Recorded != "3271.5225" {
		t.Errorf("alone: %+v", f)
	}
	r = beside(t, published(t), twoYears, "2022年结转结余10.62万元，2023年年初预算1685.91万元，追加预算1585.62万元，决算收入3282.14万元，决算支出3265.52万元，2023年末结转结余16.61万元。", "430600")
	for _, f := range r.Figures {
		if (f.Verdict == "differs") != (f.Text == "3282.14万元") {
			t.Errorf("%s is %s", f.Text, f.Verdict)
		}
		if f.Text == "3282.14万元" && (f.Explained != "a.carried 2022 + a.initial 2023 + a.added 2023" || !strings.Contains(f.Notes[0].Zh, "按记录为3282.1382万元，与文中相符：它不是决算收入")) {
			t.Errorf("%+v", f)
		}
	}
}
