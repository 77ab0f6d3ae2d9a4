package check

import (
	"bytes"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"anlan/ground/lang"
	"pgregory.net/rapid"
)

// pieces are what rules react to.
var pieces = strings.Fields(`其中 包括 （含 （ ） ， 、 ； 。 ： 分别 各 同比 环比 较上年 比上年 增加 减少 下降 增长 到 至 由 从 占 占比 的 为 率 完成 预算 决算 支出 收入 结转 结余 年初 年末 追加
合计 两项合计 其他 人员经费 公用经费 基本支出 项目支出 编制 在职 事故 死亡 受伤 全市 2023年 2022年 2023年末 1—6月 11月份 5 87起 97人 16起 12人 15.5% 11% 100.50万元 60.20万元 40.30万元 0万元 2.05亿元 5.85个百分点
近百人 约560万元 30—10毫米 1.2.3万元 控制较好 小于预算 在编制控制范围内 主要包括： 期初库存 购入 发放 期末库存 1. （一） | 执行率 预算数 决算数 评价 我局`)

func anyReport() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(rapid.SampledFrom(append(pieces, "\n", " ")), 0, 60).Draw(t, "words")
		return "2023年度某局整体支出绩效自评报告\n" + strings.Join(words, "")
	})
}

// sound says what must be true of any result.
func sound(t interface{ Fatalf(string, ...any) }, text string) {
	doc, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		return
	}
	f := Check(doc, Options{Figures: true})
	figures := map[string]Figure{}
	for _, g := range f.Figures {
		figures[g.ID] = g
		if doc.Text[g.Offset:g.Offset+len(g.Text)] != g.Text {
			t.Fatalf("figure %+v is not in its place in %q", g, text)
		}
	}
	s := f.Summary
	if s.Numbers != len(f.Figures) || s.Relations != len(f.Relations) || s.Relations != s.Holds+s.Rounding+s.Contradictions+s.Incomplete+s.Notes || s.NotCheckable != len(f.NotCheckable) {
		t.Fatalf("the counts %+v are wrong for %q", s, text)
	}
	for _, r := range f.Relations {
		if len(r.Figures) == 0 || !r.Message.Whole() || r.Quote == "" {
			t.Fatalf("relation %+v of %q lacks something", r, text)
		}
		for _, id := range r.Figures {
			if figures[id].ID == "" {
				t.Fatalf("relation %+v of %q names a figure that is not listed", r, text)
			}
		}
		if r.Mend != nil && figures[r.Mend.Figure].ID == "" {
			t.Fatalf("mend of %+v names a figure that is not listed", r)
		}
	}
	var out bytes.Buffer
	report := Report{Files: []File{f}}
	if report.WriteJSON(&out) != nil || report.WriteText(&out, lang.Chinese) != nil || report.WriteText(&out, lang.English) != nil {
		t.Fatalf("the result of %q cannot be written", text)
	}
}

func TestAnyReportIsChecked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { sound(t, anyReport().Draw(t, "text")) })
}

// TestCheckingIsRepeatable compares two runs: no order of a map may show.
func TestCheckingIsRepeatable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := anyReport().Draw(t, "text")
		write := func() string {
			doc, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
			if err != nil {
				return ""
			}
			var b bytes.Buffer
			if err := (Report{Files: []File{Check(doc, Options{})}}).WriteJSON(&b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		if a, b := write(), write(); a != b {
			t.Fatalf("two results of %q differ", text)
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{small, "收、支总计各是4125.49,4143.91万元。与2021年相比,各减少1267.86,2570.97万元,各下降23.51%、38.28%。", "1.甲:4起，死亡5人。\n2.乙:2起，死亡2人。\n其中（含"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { sound(t, text) })
}
