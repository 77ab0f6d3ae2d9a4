package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"pgregory.net/rapid"
)

// budgetTable is a table of classes, sections and items as text from a PDF has it.
const budgetTable = `                  2023年支出决算表
编制单位：某市某局                                        单位：万元
                项目                         支出决算
功能分类科目编码     科目名称         合计        基本支出      项目支出
201           一般公共服务支出         60.50       40.50        20.00
201   06      财政事务             60.50       40.50        20.00
201   06  01  行政运行             40.50       40.50
201   06  02  一般行政管理事务         20.00                    20.00
208           社会保障和就业支出        30.25       30.25
208   05      行政事业单位养老支出       30.25       30.25
208   05  01  行政单位离退休          10.15       10.15
208   05  05  基本养老保险缴费         20.10       20.10
              合计               90.75       70.75        20.00
`

func TestTables(t *testing.T) {
	runClaims(t, []string{"table", "balance", "across"}, []claimCase{
		{"levels, totals of rows and totals of columns", budgetTable, []string{
			"table holds 60.50 | 40.50 20.00", "table holds 60.50 | 40.50 20.00", "table holds 40.50 | 40.50", "table holds 20.00 | 20.00", "table holds 30.25 | 30.25", "table holds 30.25 | 30.25",
			"table holds 10.15 | 10.15", "table holds 20.10 | 20.10", "table holds 90.75 | 70.75 20.00", "table holds 60.50 | 60.50", "table holds 40.50 | 40.50", "table holds 20.00 | 20.00",
			"table holds 60.50 | 40.50 20.00", "table holds 40.50 | 40.50", "table holds 20.00 | 20.00", "table holds 30.25 | 30.25", "table holds 30.25 | 30.25",
			"table holds 30.25 | 10.15 20.10", "table holds 30.25 | 10.15 20.10", "table holds 90.75 | 60.50 30.25", "table holds 70.75 | 40.50 30.25", "table holds 20.00 | 20.00"}},
		{"a column that is no part of the total accuses no row", `表
单位：万元
项目      合计    基本支出   人员经费   公用经费   项目支出
甲      10.00   10.00    6.00    4.00
乙      20.00   20.00   15.00    5.00
丙      30.00   30.00   15.00   15.00
丁      40.00   30.00   20.00   10.00    10.00
`, []string{"table holds 10.00 | 10.00", "table holds 20.00 | 20.00", "table holds 30.00 | 30.00"}},
		{"amounts that lost their row accuse nobody", `表
单位：万元
项目      合计    基本支出   项目支出
              6.00
甲      10.00            4.00
乙      20.00   15.00    5.00
丙      30.00   15.00   15.00
丁      40.00   30.00   10.00
合计    100.00   66.00   34.00
`, []string{"table holds 20.00 | 15.00 5.00", "table holds 30.00 | 15.00 15.00", "table holds 40.00 | 30.00 10.00", "table holds 100.00 | 66.00 34.00",
			"table holds 100.00 | 10.00 20.00 30.00 40.00", "table holds 66.00 | 6.00 15.00 15.00 30.00", "table holds 34.00 | 4.00 5.00 15.00 10.00"}},
		{"both sides have one total", `收入支出决算总表
单位：万元
项目          决算数    项目          决算数
一、财政拨款收入    80.10    一、基本支出      70.05
二、其他收入      10.05    二、项目支出      20.10
本年收入合计      90.15    本年支出合计      90.15
年初结转和结余      5.00    年末结转和结余      5.00
收入总计        95.15    支出总计        95.15
`, []string{"table holds 90.15 | 80.10 10.05", "table holds 95.15 | 90.15 5.00", "table holds 90.15 | 70.05 20.10", "table holds 95.15 | 90.15 5.00", "balance holds 95.15 | 95.15"}},
		{"prose in 万元 and a table in 元", `2023年支出决算371.51万元，用于工作。
支出决算表
单位：元
项目            合计
一、基本支出     2,715,136.00
二、项目支出     1,000,010.00
合计         3,715,146.00
`, []string{"table holds 3,715,146.00 | 2,715,136.00 1,000,010.00", "across holds 371.51万元 | 3,715,146.00"}},
		{"a list that 其中 begins adds up to the row above it, and the total has that row alone", `表
单位：万元
项目            支出数
甲项目          389.27
其他项目         846.07
其中：省级资金      534.73
中央资金         159.06
建设资金         152.28
合计          1235.34
`, []string{"table holds 846.07 | 534.73 159.06 152.28", "table holds 1235.34 | 389.27 846.07"}},
		{"and ends where it adds up", `表
单位：万元
项目            支出数
其他项目         846.07
其中：省级资金      534.73
中央资金         311.34
甲项目          389.27
合计          1235.34
`, []string{"table holds 846.07 | 534.73 311.34", "table holds 1235.34 | 846.07 389.27"}},
		{"one that does not add up need not be whole", `表
单位：万元
项目            支出数
其他项目         846.07
其中：省级资金      534.73
中央资金         159.06
二、甲项目        389.27
`, nil},
		{"a number of a column is no amount", `表
单位：万元
项目      栏次      1       2
一、甲             6.00    4.00
二、乙             5.00    5.00
合计             11.00    9.00
`, []string{"table holds 11.00 | 6.00 5.00", "table holds 9.00 | 4.00 5.00"}},
	})
}

// TestTablesOfOtherFormats holds that a table is the same in every format.
func TestTablesOfOtherFormats(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a.md":   "# 2023年支出表\n\n单位：万元\n\n| 项目 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|\n| 甲 | 60.50 | 40.50 | 20.00 |\n| 乙 | 30.35 | 10.15 | 20.10 |\n| 丙 | 10.00 | 4.00 | 6.00 |\n| 合计 | 100.75 | 54.65 | 46.10 |\n",
		"a.html": "<p>2023年支出表</p><p>单位：万元</p><table><tr><th>项目</th><th>合计</th><th>基本支出</th><th>项目支出</th></tr><tr><td>甲</td><td>60.50</td><td>40.50</td><td>20.00</td></tr><tr><td>乙</td><td>30.35</td><td>10.15</td><td>20.10</td></tr><tr><td>丙</td><td>10.00</td><td>4.00</td><td>6.00</td></tr><tr><td>合计</td><td>100.75</td><td>54.65</td><td>46.10</td></tr></table>",
		"a.txt":  "2023年支出表\n单位：万元\n项目\t合计\t基本支出\t项目支出\n甲\t60.50\t40.50\t20.00\n乙\t30.35\t10.15\t20.10\n丙\t10.00\t4.00\t6.00\n合计\t100.75\t54.65\t46.10\n",
	} {
		doc, err := reading.Read(name, strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		got := found(Check(doc, Options{}), "table")
		want := []string{"table holds 60.50 | 40.50 20.00", "table contradiction 30.35 | 10.15 20.10", "table holds 10.00 | 4.00 6.00", "table holds 100.75 | 54.65 46.10",
			"table contradiction 100.75 | 60.50 30.35 10.00", "table holds 54.65 | 40.50 10.15 4.00", "table holds 46.10 | 20.00 20.10 6.00"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// madeTable is a table of a made budget: classes with sections and items, three columns, totals, all right.
type madeTable struct {
	labels []string
	cents  [][3]int
}

func drawTable(t *rapid.T) (m madeTable) {
	classes := rapid.IntRange(2, 4).Draw(t, "classes")
	var all [3]int
	for c := range classes {
		class, at := [3]int{}, len(m.cents)
		m.labels, m.cents = append(m.labels, fmt.Sprintf("2%02d          某类支出", c+1)), append(m.cents, class)
		for s := range rapid.IntRange(1, 3).Draw(t, "sections") {
			section, here := [3]int{}, len(m.cents)
			m.labels, m.cents = append(m.labels, fmt.Sprintf("2%02d  %02d      某款事务", c+1, s+1)), append(m.cents, section)
			for i := range rapid.IntRange(1, 4).Draw(t, "items") {
				basic, project := rapid.IntRange(1_000, 99_999_999).Draw(t, "basic"), rapid.IntRange(1_000, 99_999_999).Draw(t, "project")
				item := [3]int{basic + project, basic, project}
				m.labels, m.cents = append(m.labels, fmt.Sprintf("2%02d  %02d  %02d  某项工作", c+1, s+1, i+1)), append(m.cents, item)
				for k := range item {
					section[k] += item[k]
				}
			}
			m.cents[here] = section
			for k := range section {
				class[k] += section[k]
			}
		}
		m.cents[at] = class
		for k := range class {
			all[k] += class[k]
		}
	}
	m.labels, m.cents = append(m.labels, "            合计  "), append(m.cents, all)
	return m
}

func (m madeTable) text() string {
	var b strings.Builder
	b.WriteString("2023年支出决算表\n单位：元\n                    合计          基本支出          项目支出\n")
	for i, label := range m.labels {
		fmt.Fprintf(&b, "%s", label)
		for _, c := range m.cents[i] {
			fmt.Fprintf(&b, "  %16s", fmt.Sprintf("%d.%02d", c/100, c%100))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestATableOfKnownTotalsHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		m := drawTable(r)
		f := checked(t, m.text())
		if f.Summary.Contradictions > 0 || f.Summary.Rounding > 0 || f.Summary.Holds < len(m.labels) {
			r.Fatalf("%+v\n%s", f.Summary, m.text())
		}
	})
}

func TestAWrongDigitOfATableIsFoundAndNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		m := drawTable(r)
		row, column := rapid.IntRange(0, len(m.cents)-1).Draw(r, "row"), rapid.IntRange(0, 2).Draw(r, "column")
		place := rapid.SampledFrom([]int{10, 100, 1_000, 10_000}).Draw(r, "place")
		digit := m.cents[row][column] / place % 10
		m.cents[row][column] += place * ((digit+rapid.IntRange(1, 9).Draw(r, "digit"))%10 - digit)
		wrong := fmt.Sprintf("%d.%02d", m.cents[row][column]/100, m.cents[row][column]%100)
		f := checked(t, m.text())
		if f.Summary.Contradictions == 0 {
			r.Fatalf("%s of row %d is not found\n%s", wrong, row, m.text())
		}
		for _, x := range f.Relations {
			if x.Verdict == Contradiction && !slices.ContainsFunc(f.Figures, func(g Figure) bool {
				return slices.Contains(x.Figures, g.ID) && strings.ReplaceAll(g.Text, ",", "") == wrong
			}) {
				r.Fatalf("%s does not name %s", x.Message.Zh, wrong)
			}
		}
	})
}
