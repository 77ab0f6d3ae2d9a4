package rule_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"anlan/account/evaluation/rule"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

func amount(t testing.TB, s string) rule.Amount {
	t.Helper()
	a, ok := rule.ParseAmount(s)
	if !ok {
		t.Fatalf("%q is no amount", s)
	}
	return a
}

func points(s string) *big.Rat { r, _ := new(big.Rat).SetString(s); return r }

func Test_known_wordings_give_the_points_that_a_clerk_would(t *testing.T) {
	t.Parallel()
	const (
		staff     = "在职人员控制率≤100%，计5分；每超过一个百分点扣0.5分，扣完为止。"
		dropped   = "≤100%计5分；每超过1个百分点扣0.5分（不足1个百分点的不扣分），扣完为止"
		begun     = "≤100%计5分；每超过1个百分点扣0.5分（不足1个百分点的按1个百分点计），扣完为止"
		completed = "100%计满分，每低于5%扣2分，扣完为止。"
		steps     = "100%计满分，每低于5%扣2分（不足5%的舍去），扣完为止。"
		either    = "100%计满分，每超过（降低）5%扣2分，扣完为止。"
		control   = "0计5分；0-10%（含），计4分；10-20%（含），计3分；20-30%（含），计2分；大于30%不得分。"
		satisfied = "90%（含）以上计6分；80%（含）-90%计4分；70%（含）-80%计2分；低于70%计0分。"
		loose     = "≥90%计6分；80-90%计4分；70-80%计2分；<70%计0分"
		building  = "≤100%计满分；每超过5%扣2分，扣完为止；当年无新建楼堂馆所的计满分。"
		incidents = "每有一例不符合要求的扣1分，扣完为止"
		executed  = "得分=执行率×10分"
	)
	for _, c := range []struct{ wording, full, value, want string }{
		{staff, "5", "92%", "5"},
		{staff, "5", "100%", "5"},
		{staff, "5", "103.2%", "17/5"},
		{staff, "5", "1.02", "4"},
		{staff, "5", "130%", "0"},
		{dropped, "5", "103.9%", "7/2"},
		{begun, "5", "103.1%", "3"},
		{begun, "5", "103%", "7/2"},
		{completed, "5", "99.49%", "1199/250"},
		{completed, "5", "100.2%", "5"},
		{steps, "5", "94%", "3"},
		{steps, "5", "96%", "5"},
		{either, "6", "105%", "4"},
		{either, "6", "90%", "2"},
		{control, "5", "0", "5"},
		{control, "5", "10%", "4"},
		{control, "5", "10.01%", "3"},
		{control, "5", "30%", "2"},
		{control, "5", "94.05%", "0"},
		{satisfied, "6", "90%", "6"},
		{satisfied, "6", "89.99%", "4"},
		{satisfied, "6", "70%", "2"},
		{satisfied, "6", "69.9%", "0"},
		{loose, "6", "80%", "4"},
		{loose, "6", "90%", "6"},
		{building, "5", "107.5%", "2"},
		{incidents, "6", "2起", "4"},
		{incidents, "6", "0起", "6"},
		{incidents, "6", "9起", "0"},
		{executed, "10", "99.49%", "9949/1000"},
		{executed, "10", "112%", "10"},
		{"完成值÷50起×分值", "8", "40起", "32/5"},
		{"50起÷完成值×分值", "8", "80起", "5"},
		{"50起÷完成值×分值", "8", "0起", "8"},
		{"0起÷完成值×分值", "8", "0起", "8"},
		{"0起÷完成值×分值", "8", "3起", "0"},
		{"以100%为标准，每低于1个百分点扣1分", "8", "98.5%", "13/2"},
		{"10%<x≤20%计3分，≤10%计5分，其余不得分", "5", "25%", "0"},
	} {
		r, err := rule.Parse(c.wording)
		if err != nil {
			t.Errorf("%s: %v", c.wording, fault.In(err, lang.English))
			continue
		}
		m, ok := r.Form.(rule.Measured)
		if !ok {
			t.Errorf("%s: is judged", c.wording)
			continue
		}
		v := amount(t, c.value)
		if err := m.Fits(v.Unit); err != nil {
			t.Errorf("%s does not fit %s: %v", c.wording, c.value, err)
			continue
		}
		got, ok := m.Score(points(c.full), v)
		if !ok || got.Points.Cmp(points(c.want)) != 0 {
			t.Errorf("%s at %s: %v (%v), want %s", c.wording, c.value, got.Points, got.Arithmetic, c.want)
		}
	}
}

func Test_the_arithmetic_is_written_so_that_it_can_be_redone_by_hand(t *testing.T) {
	t.Parallel()
	for wording, c := range map[string]struct{ value, want string }{
		"≤100%计5分，每超过1个百分点扣0.5分，扣完为止": {"103.2%",
			"103.2% − 100% = 3.2个百分点；3.2个百分点 ÷ 1个百分点 = 3.2；标准未写明不足一步怎么算，按比例；5分 − 3.2 × 0.5分 = 3.4分"},
		"≤100%计5分，每超过1个百分点扣0.5分（不足1个百分点的舍去），扣完为止": {"113.2%",
			"113.2% − 100% = 13.2个百分点；13.2个百分点 ÷ 1个百分点 = 13.2；不足一步的舍去，计13步；5分 − 13 × 0.5分 = −1.5分；扣分不超过满分，扣完为止：0分"},
		"≥90%计5分，<90%计2分": {"90%", "90%在“≥90%”一档，得5分"},
		"执行率×10分":         {"64.39%", "10分 × 64.39% ÷ 100% = 6.439分"},
		"0起÷完成值×6分":       {"3起", "6分 × 0起 ÷ 3起 = 0分"},
	} {
		r, err := rule.Parse(wording)
		if err != nil {
			t.Fatal(err)
		}
		full := r.Form.Full()
		s, _ := r.Form.(rule.Measured).Score(full, amount(t, c.value))
		var got []string
		for _, a := range s.Arithmetic {
			got = append(got, a.Zh)
			if a.En == "" {
				t.Errorf("%s: %q has no English", wording, a.Zh)
			}
		}
		if line := strings.Join(got, "；"); line != c.want {
			t.Errorf("%s:\n got %s\nwant %s", wording, line, c.want)
		}
	}
}

func Test_judged_wordings(t *testing.T) {
	t.Parallel()
	r, err := rule.Parse("①有内部财务管理制度、会计核算制度，2分；②有本部门厉行节约制度，计2分；③相关制度合法合规完整2分；④得到有效执行2分。")
	if err != nil {
		t.Fatal(err)
	}
	list := r.Form.(rule.Checklist)
	if list.Full().Cmp(points("8")) != 0 || len(list.Items) != 4 || !r.Judged() {
		t.Errorf("%d items of %v", len(list.Items), list.Full())
	}
	if s, err := list.Score([]int{1, 2, 4}); err != nil || s.Points.Cmp(points("6")) != 0 {
		t.Errorf("%v %v", s, err)
	}
	if _, err := list.Score([]int{5}); !errors.Is(err, rule.ErrNoItem) {
		t.Error(err)
	}
	if _, err := list.Score([]int{1, 1}); !errors.Is(err, rule.ErrItemTwice) {
		t.Error(err)
	}

	r, err = rule.Parse("达成预期指标100%-80%（含80%）；部分达成并具有一定效果80%-60%（含60%）；未达成且效果较差60%-0%")
	if err != nil {
		t.Fatal(err)
	}
	levels := r.Form.(rule.Levels)
	for _, c := range []struct {
		name  string
		given *big.Rat
		want  error
	}{
		{"达成预期指标", points("8"), nil},
		{"达成预期指标", points("7.9"), rule.ErrOutsideLevel},
		{"部分达成并具有一定效果", points("8"), rule.ErrOutsideLevel},
		{"部分达成并具有一定效果", points("6"), nil},
		{"未达成且效果较差", points("0"), nil},
		{"未达成且效果较差", nil, rule.ErrNoPoints},
		{"很好", points("8"), rule.ErrNoLevel},
	} {
		if _, err := levels.Score(points("10"), c.name, c.given); (c.want == nil) != (err == nil) || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s %v: %v", c.name, c.given, err)
		}
	}

	if r, err = rule.Parse("好60分；一般30分"); err != nil || r.Form.Full().Cmp(points("60")) != 0 {
		t.Errorf("%v %v", r, err)
	}
	r, err = rule.Parse("好6分；一般3分；无0分")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := r.Form.(rule.Levels).Score(points("6"), "一般", nil); err != nil || s.Points.Cmp(points("3")) != 0 {
		t.Errorf("%v %v", s, err)
	}
}

func Test_what_is_no_rule_is_refused_and_says_which_clause(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		"":             rule.ErrNotUnderstood,
		"根据工作实际情况酌情计分": rule.ErrNotUnderstood,
		"≤100%计5分，每超过1个百分点酌情扣分":             rule.ErrNotUnderstood,
		"≥90%计6分，<90%计0分，每超过1个百分点扣1分":       rule.ErrMixed,
		"执行率×10分，每低于5%扣2分":                  rule.ErrMixed,
		"不足的按比例，好6分，一般3分":                   rule.ErrMixed,
		"≥90%计6分；≥80%计4分":                   rule.ErrOverlap,
		"≥90%计6分；<80%计0分":                   rule.ErrGap,
		"100%计满分，每低于0%扣2分":                  rule.ErrZeroStep,
		"一般60%-80%；好80%-100%":               rule.ErrLevelOrder,
		"①有制度；②有执行2分":                       rule.ErrNotUnderstood,
		strings.Repeat("每超过1个百分点扣1分；", 200): rule.ErrTooLong,
	} {
		if _, err := rule.Parse(text); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", shorten(text), err, want)
		}
	}
	r, _ := rule.Parse("每超过1个百分点扣1分")
	if err := r.Form.(rule.Measured).Fits(figure.Percent); !errors.Is(err, rule.ErrNoTarget) {
		t.Error(err)
	}
	r, _ = rule.Parse("≤100%计5分，每超过1个百分点扣1分")
	if err := r.Form.(rule.Measured).Fits(amount(t, "1起").Unit); !errors.Is(err, rule.ErrUnit) {
		t.Error(err)
	}
	r, _ = rule.Parse("完成值÷目标值×分值")
	r = r.WithTarget(amount(t, "0起"), false)
	if err := r.Form.(rule.Measured).Fits(amount(t, "1起").Unit); !errors.Is(err, rule.ErrZeroTarget) {
		t.Error(err)
	}
	r, _ = rule.Parse("目标值÷完成值×分值")
	r = r.WithTarget(amount(t, "-1起"), true)
	if err := r.Form.(rule.Measured).Fits(amount(t, "1起").Unit); !errors.Is(err, rule.ErrZeroTarget) {
		t.Error(err)
	}
}

func shorten(s string) string { return string([]rune(s)[:min(30, len([]rune(s)))]) }

// Wordings of every form, for the properties.
var wordings = []string{
	"≤100%计5分，每超过1个百分点扣0.5分，扣完为止", "≥100%计满分，每低于5%扣2分（不足的舍去）", "=100%计5分，每偏离5%扣2分（不足的进一）",
	"每发现一例扣1分；没有此项的计满分", "=0计5分，0<x≤10%计4分，10%<x≤20%计3分，>20%计0分", "≥90%计满分，<90%计0分", "执行率×10分",
	"完成值÷目标值×分值", "目标值÷完成值×8分", "达到目标值计满分，否则不得分", "好6分；一般3分；无0分", "①有制度2分；②有执行3.5分",
	"达成预期指标100%-80%（含）；未达成80%-0%", "10%≤x<20%计3分，否则计1分",
}

func Test_what_is_written_is_read_as_the_same_rule(t *testing.T) {
	t.Parallel()
	for _, w := range wordings {
		r, err := rule.Parse(w)
		if err != nil {
			t.Errorf("%s: %v", w, err)
			continue
		}
		again, err := rule.Parse(r.String())
		if err != nil || again.String() != r.String() || again.Waived != r.Waived {
			t.Errorf("%s is written %s and read as %v (%v)", w, r, again, err)
		}
	}
}

func Test_a_score_is_never_below_0_nor_above_the_full_score(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r, err := rule.Parse(rapid.SampledFrom(wordings[:10]).Draw(t, "wording"))
		if err != nil {
			t.Fatal(err)
		}
		r = r.WithTarget(rule.Amount{Number: big.NewRat(100, 1), Unit: figure.Percent}, false)
		m := r.Form.(rule.Measured)
		full := big.NewRat(rapid.Int64Range(0, 40).Draw(t, "full"), 2)
		unit := figure.Percent
		if d, ok := m.(rule.Deduction); ok && d.Count {
			unit = figure.One
		}
		v := rule.Amount{Number: big.NewRat(rapid.Int64Range(-300_000, 300_000).Draw(t, "value"), 1000), Unit: unit}
		s, ok := m.Score(full, v)
		if !ok {
			return
		}
		if s.Points.Sign() < 0 || s.Points.Cmp(full) > 0 {
			t.Fatalf("%s at %s out of %v gives %v", r, v, full, s.Points)
		}
		if len(s.Arithmetic) == 0 {
			t.Fatalf("%s at %s says nothing", r, v)
		}
	})
}

func Fuzz_wordings(f *testing.F) {
	for _, w := range wordings {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := rule.Parse(text)
		if err != nil {
			if _, known := fault.KindOf(err); !known {
				t.Fatal(err)
			}
			return
		}
		again, err := rule.Parse(r.String())
		if err != nil {
			t.Fatalf("%q is written %q, which is refused: %v", text, r, err)
		}
		if again.String() != r.String() {
			t.Fatalf("%q is written %q and then %q", text, r, again)
		}
	})
}

func Test_a_score_tells_the_value_where_one_value_only_gives_it(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"完成值÷目标值×分值":                     true,
		"≤100%计5分，每超过1个百分点扣0.5分，扣完为止":    true,
		"100%计5分，每低于5%扣2分（不足5%的舍去），扣完为止": false,
		"100%计5分，每偏离1个百分点扣1分，扣完为止":       false,
		"≥90%计6分，80%（含）-90%计4分，<80%计0分":  false,
		"达到目标值计满分，否则不得分":                 false,
	} {
		r, err := rule.Parse(text)
		if err != nil || r.Tells() != want {
			t.Errorf("%s: got %v, %v; want %v", text, r.Tells(), err, want)
		}
	}
}

func Test_a_rule_is_settled_without_words(t *testing.T) {
	t.Parallel()
	for wording, want := range map[string]string{
		"完成值÷100%×10分":                              "proportion 100 %",
		"按完成比例计分":                                   "proportion 3 起",
		"达到目标值计满分，否则不得分":                            "at_least 3 起",
		"≤100%计10分，每超过1个百分点扣1分，扣完为止":                "less 1 each 1 % above 100 % proportional",
		"100%计满分，每低于3个百分点扣0.75分（不足的进一），扣完为止":        "less 0.75 each 3 % below 100 % begun",
		"每发现一例不合规支出扣1分，扣完为止":                        "less 1 each 1 - above 0 - proportional",
		"≥90%计6分；80%（含）-90%计4分；70%（含）-80%计2分；否则计0分": "bands 2 >= 70 % < 80 % ; 4 >= 80 % < 90 % ; 6 >= 90 % ; 0 else",
		"①有制度，2分；②有执行，2分":                           "",
	} {
		r, err := rule.Parse(wording)
		if err != nil {
			t.Fatalf("%s: %v", wording, err)
		}
		if got := r.WithTarget(amount(t, "3起"), false).Settled(); got != want {
			t.Errorf("%s: %q, want %q", wording, got, want)
		}
	}
}
