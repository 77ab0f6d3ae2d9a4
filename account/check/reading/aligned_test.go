package reading_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anlan/account/check/reading"
)

// tables writes the tables of a document: a line a row, "column text" for each cell, ? before a column that is not sure.
func tables(d *reading.Document) []string {
	out := []string{}
	for _, t := range d.Tables {
		for row := 1; row <= t.Rows; row++ {
			var cells []string
			for _, c := range t.Cells {
				if c.Row == row {
					loose := ""
					if c.Loose {
						loose = "?"
					}
					cells = append(cells, fmt.Sprintf("%s%d %s", loose, c.Column, strings.ReplaceAll(c.Text, "\n", "/")))
				}
			}
			out = append(out, strings.Join(cells, " | "))
		}
	}
	return out
}

func TestTablesInColumnsOfText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"two sides, a heading over two columns, cells without amounts", `             收支总表
单位：万元                                        
     收入                       支出
   项目        决算数      项目          合计        基本支出
一、拨款收入     1,200.00 一、公共服务支出     900.00     900.00
二、其他收入               二、教育支出

  收入总计     1,200.00   支出总计        900.00     900.00
`, []string{"1 收入 | 4 支出", "1 项目 | 2 决算数 | 3 项目 | 4 合计 | 5 基本支出", "1 一、拨款收入 | 2 1,200.00 | 3 一、公共服务支出 | 4 900.00 | 5 900.00",
			"1 二、其他收入 | 3 二、教育支出", "1 收入总计 | 2 1,200.00 | 3 支出总计 | 4 900.00 | 5 900.00"}},
		{"codes in three columns", `201            公共服务支出    60.50     60.50
201  06        财政事务      60.50     60.50
201  06   01   行政运行      60.50     60.50
`, []string{"1 201 | 4 公共服务支出 | 5 60.50 | 6 60.50", "1 201 | 2 06 | 4 财政事务 | 5 60.50 | 6 60.50", "1 201 | 2 06 | 3 01 | 4 行政运行 | 5 60.50 | 6 60.50"}},
		{"the next page moved aside", "单位：元\n甲       10.00               10.00\n乙       20.00     20.00\n丙       30.00     10.00     20.00\n" +
			"\f丁    40.00               40.00\n戊    50.00     10.00     40.00\n", []string{"1 甲 | 2 10.00 | 4 10.00", "1 乙 | 2 20.00 | 3 20.00",
			"1 丙 | 2 30.00 | 3 10.00 | 4 20.00", "1 丁 | 2 40.00 | 4 40.00", "1 戊 | 2 50.00 | 3 10.00 | 4 40.00"}},
		{"amounts on a line of their own", "单位：元\n甲       10.00     10.00\n                   20.00\n乙       30.00     10.00\n", []string{"1 甲 | 2 10.00 | 3 10.00", "?3 20.00", "1 乙 | 2 30.00 | 3 10.00"}},
		{"one row below its unit", "三公经费表\n单位：万元\n   合计      公务接待费\n   1.00      1.00\n", []string{"1 合计 | 2 公务接待费", "1 1.00 | 2 1.00"}},
		{"numbers of columns", "单位：元\n栏次      1         2\n甲      10.00     10.00\n乙      30.00     10.00\n", []string{"1 栏次 | 2 1 | 3 2", "1 甲 | 2 10.00 | 3 10.00", "1 乙 | 2 30.00 | 3 10.00"}},
		{"a list of contents", "一、职能……………  3\n二、机构……………  4\n三、说明……………  5\n", []string{}},
		{"prose with gaps", "  全年支出  100.50万元，用于工作。\n  其中  人员经费  60.50万元。\n", []string{}},
		{"signatures", "单位负责人       填表人       联系电话\n", []string{}},
	} {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, tables(read(t, "a.txt", c.text))); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func TestLinesBrokenByAPage(t *testing.T) {
	t.Parallel()
	d := read(t, "a.txt", `    2023年，某市应急管理局收入预算37,151.47万元，其中：财政拨款收入37,151.47万元，比2022年预算执行数增加
24,558.18万元；其他收入0万元。
    支出预算也是这样，逐项说明如下，各项之间互不重复，合起来就是全部的支出预算，用于保障机关正常运转和各
项专项工作。
    短的一段
下一段
`)
	var got []int32
	for _, l := range d.Lines {
		if l.Wraps {
			got = append(got, l.Number)
		}
	}
	if diff := cmp.Diff([]int32{1, 3}, got); diff != "" {
		t.Error(diff)
	}
}

// TestColumnsAreFoundAgain draws tables in which every row has some of the columns and one row all, and reads them back.
func TestColumnsAreFoundAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		columns := rapid.IntRange(1, 6).Draw(r, "columns")
		rows := rapid.IntRange(2, 12).Draw(r, "rows")
		var b strings.Builder
		var want []string
		b.WriteString("单位：元\n")
		for i := range rows {
			b.WriteString("某项工作")
			row := "1 某项工作"
			for k := range columns {
				if cell := ""; i == 0 || rapid.Bool().Draw(r, "there") || k == 0 {
					cents := rapid.IntRange(100, 99_999_999).Draw(r, "cents")
					cell = fmt.Sprintf("%d.%02d", cents/100, cents%100)
					row += fmt.Sprintf(" | %d %s", k+2, cell)
					fmt.Fprintf(&b, "  %14s", cell)
				} else {
					fmt.Fprintf(&b, "  %14s", cell)
				}
			}
			b.WriteByte('\n')
			want = append(want, row)
		}
		if diff := cmp.Diff(want, tables(read(t, "a.txt", b.String()))); diff != "" {
			r.Fatalf("%s\n%s", b.String(), diff)
		}
	})
}

func FuzzAligned(f *testing.F) {
	f.Add("单位：元\n甲       10.00     10.00\n\f乙    20.00\n                   20.00\n")
	f.Add("201  06   01   行政运行      60.50     60.50\n201  06   02   其他 1.00 2.00 3.00\n　　丙　　7　　8\n")
	f.Add("项目  1  2\n甲  -  —\n乙  1.0%  2,0\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
		if err != nil {
			return
		}
		sound(t, d)
	})
}
