package check

import (
	"fmt"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

func TestATableThatNoRuleJudgedIsSaid(t *testing.T) {
	t.Parallel()
	const unjudged = "表中没有读出可以核对的合计、分级或比率，表内数据没有核对"
	for _, c := range []struct {
		name, file, text string
		want             []string // "line quote" of each table
	}{
		{"html", "a.html", "<p>题</p><table><tr><td>项目</td><td>决算</td></tr><tr><td>甲</td><td>60.00</td></tr><tr><td>合计</td><td>90.00</td></tr></table>", []string{"2 项目 | 决算"}},
		{"Markdown", "a.md", "# 题\n\n| 项目 | 决算 |\n|---|---|\n| 甲 | 60.00 |\n| 合计 | 90.00 |\n", []string{"3 项目 | 决算"}},
		{"plain text", "a.txt", "题\n项目 | 决算 |\n甲 | 60.00 |\n合计 | 90.00 |\n", []string{"2 项目 | 决算"}},
		{"two tables", "a.html", "<table><tr><td>甲</td><td>1</td></tr></table><p>文</p><table><tr><td>乙</td><td>2</td></tr></table>", []string{"1 甲 | 1", "4 乙 | 2"}},
		{"no figures", "a.md", "| 项目 | 说明 |\n|---|---|\n| 甲 | 完成 |\n", nil},
		{"a table that holds sentences", "a.html", "<table><tr><td>甲</td><td>全年支出100万元，其中人员经费60万元、公用经费40万元。</td></tr></table>", nil},
		{"a row that states its rate", "a.md", "| 项目 | 全年预算数 | 全年执行数 | 执行率 |\n|---|---|---|---|\n| 甲 | 100.00 | 90.00 | 90% |\n", nil},
	} {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			doc, err := reading.Read(c.file, strings.NewReader(c.text), int64(len(c.text)))
			if err != nil {
				t.Fatal(err)
			}
			f := Check(doc, Options{})
			var got []string
			for _, n := range f.NotCheckable {
				if n.Why.Zh == unjudged && n.Why.Whole() {
					got = append(got, fmt.Sprint(n.Line, " ", n.Quote))
				}
			}
			if strings.Join(got, "; ") != strings.Join(c.want, "; ") || f.Summary.NotCheckable != len(f.NotCheckable) {
				t.Errorf("got %q, want %q (%+v)", got, c.want, f.NotCheckable)
			}
			var b strings.Builder
			if err := (Report{Files: []File{f}}).WriteText(&b, lang.Chinese); err != nil || strings.Contains(b.String(), unjudged) != (c.want != nil) {
				t.Errorf("%v in\n%s", err, b.String())
			}
		})
	}
}

func TestTheTextListsNumbersWhenAllAreAskedFor(t *testing.T) {
	t.Parallel()
	text := "全年支出100.5万元。\n依据第12条。\n" + strings.Repeat("甲3个。", textFigures)
	doc, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	write := func(o Options) string {
		var b strings.Builder
		if err := (Report{Files: []File{Check(doc, o)}}).WriteText(&b, lang.Chinese); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	all := write(Options{Figures: true})
	for _, want := range []string{"第1行第5列  数据  100.5万元  = 100.5 万元\n", "第2行第3列  条款  第12\n", "另有2处未列出"} {
		if !strings.Contains(all, want) {
			t.Errorf("want %q in\n%.600s", want, all)
		}
	}
	if strings.Contains(write(Options{}), "第2行第3列") {
		t.Error("numbers are listed that nobody asked for")
	}
}
