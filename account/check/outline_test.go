package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// noted are the messages of a rule, each up to its first colon, with its line.
func noted(t *testing.T, rule, text string) []string {
	t.Helper()
	out := []string{}
	for _, r := range checked(t, text).Relations {
		if r.Rule != rule {
			continue
		}
		what, _, _ := strings.Cut(r.Message.Zh, "：")
		out = append(out, what)
		if r.Verdict != Noted || !r.Message.Whole() || r.Line == 0 || r.Quote == "" || r.Key == "" {
			t.Errorf("%+v", r)
		}
	}
	return out
}

func TestOutline(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"in order", "一、概况\n（一）职能\n（二）机构\n二、支出\n（一）基本\n（二）项目\n三、问题\n", []string{}},
		{"skips", "一、概况\n（一）职能\n（二）机构\n（四）人员\n（五）其他\n三、问题\n", []string{"标题编号“（四）”跳号", "标题编号“三、”跳号"}},
		{"repeats", "一、概况\n二、支出\n二、问题\n三、措施\n", []string{"标题编号“二、”重复"}},
		{"parts with their own numbering", "第一部分 概况\n一、职能\n二、机构\n第二部分 说明\n一、收入\n二、支出\n第四部分 名词\n", []string{"标题编号“第四部分”跳号"}},
		{"lists begin again", "一、概况\n（一）甲\n（二）乙\n（一）丙\n（二）丁\n二、问题\n", []string{}},
		{"a beginning that was not seen", "三、概况\n五、支出\n", []string{}},
		{"above ten", "一、a\n二、b\n三、c\n四、d\n五、e\n六、f\n七、g\n八、h\n九、i\n十、j\n十一、k\n十三、l\n", []string{"标题编号“十三、”跳号"}},
		{"run into the paragraph before", "（一）负责甲。\n（二）负责乙。（三）负责丙，\n并负责丁。\n（四）负责戊。\n", []string{}},
		{"inside a table", "| 一、收入 | 10 |\n| 三、支出 | 10 |\n", []string{}},
	} {
		if diff := cmp.Diff(c.want, noted(t, "outline", c.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	for numeral, want := range map[string]int{"一": 1, "九": 9, "十": 10, "十九": 19, "二十": 20, "九十九": 99, "一二": 0, "十十": 0, "": 0} {
		if got := smallNumeral(numeral); got != want || want > 0 && numeralOf(want) != numeral {
			t.Errorf("%s: got %d, want %d", numeral, got, want)
		}
	}
}

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"根据XX局工作安排，完成任务。":           1,
		"全年支出××万元，其中基本支出10万元。":      1,
		"全年支出    万元。":               1,
		"全年支出____万元。":               1,
		"XX年度整体支出绩效自评。":             1,
		"其中基本支出60.00万元、项目支出万元。":     1,
		"以万元为单位，数百万元、几亿元。":          0,
		"李××、王××两人受伤，××公司停产。":       0,
		"全年支出100万元，购置X光机2台、5×3米展板。": 0,
		"某某局配合开展工作。":                0,
	} {
		if got := noted(t, "placeholder", text+"\n"); len(got) != want {
			t.Errorf("%s: got %v, want %d", text, got, want)
		}
	}
}
