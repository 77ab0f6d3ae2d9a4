package opinion

import (
	"strings"
	"testing"

	"anlan/account/check"
	"anlan/account/check/reading"
	"github.com/google/go-cmp/cmp"
)

const first = `某市某局2023年度部门整体支出绩效自评报告
全年支出100万元，其中人员经费60万元、公用经费30万元、项目经费20万元。
全年基本支出9000万元，其中人员经费6000万元、公用经费4000万元。
全年发生事故87起，比上年的103起减少19起。
`

func checked(t testing.TB, text string) *check.File {
	t.Helper()
	doc, err := reading.Read("甲局/报告.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	f := check.Check(doc, check.Options{})
	return &f
}

// tableOf is the finished table of one report.
func tableOf(t testing.TB, text string, last map[string]Remark) *Table {
	t.Helper()
	table := NewTable("甲局", last)
	table.Add(checked(t, text))
	table.Finish()
	return table
}

// said writes the rows of a table as "state place money".
func said(t *Table) (out []string) {
	for _, r := range t.Rows {
		line := string(r.State) + " " + r.Place
		if r.Money != nil {
			line += " " + r.Money.FloatString(0)
		}
		out = append(out, line)
	}
	return out
}

// filled is a table as the next run reads it, with what a reviewer wrote by place.
func filled(t *Table, conclusions map[string]string) map[string]Remark {
	out := map[string]Remark{}
	for _, r := range t.Rows {
		out[r.Key] = Remark{File: r.File, Place: r.Place, Quote: r.Quote, Doubt: r.Doubt, State: r.State, Statement: r.Statement, Conclusion: conclusions[r.Place]}
	}
	return out
}

func TestTable_puts_what_is_most_at_stake_first(t *testing.T) {
	t.Parallel()
	want := []string{"新增 第3行 9990000", "新增 第2行 85000", "新增 第4行"}
	if diff := cmp.Diff(said(tableOf(t, first, nil)), want); diff != "" {
		t.Error("got, want:\n", diff)
	}
}

func TestTable_says_what_became_of_the_findings_of_the_last_time(t *testing.T) {
	t.Parallel()
	last := filled(tableOf(t, first, nil), map[string]string{"第2行": "不成立：另有项目经费10万元，见附件", "第3行": "成立，请改正"})
	second := strings.NewReplacer("减少19起", "减少16起", "公用经费4000万元", "公用经费3500万元").Replace(first) + "全年接待支出50万元，其中公务接待费30万元、外事接待费30万元。\n"
	table := tableOf(t, second, last)
	want := []string{"未改 第3行 4990000", "新增 第5行 90000", "不成立 第2行 85000", "已消除 第4行"}
	if diff := cmp.Diff(said(table), want); diff != "" {
		t.Error("got, want:\n", diff)
	}
	if got := table.Rows[2].Conclusion; got != "不成立：另有项目经费10万元，见附件" {
		t.Errorf("the reason is lost: %q", got)
	}
	if got := table.DismissedContradictions(); got != 1 {
		t.Errorf("got %d dismissed", got)
	}
	third := tableOf(t, second, filled(table, nil))
	if got := third.Count(Closed); got != 0 {
		t.Errorf("what was closed is closed again: %v", said(third))
	}
}

func TestTable_says_nothing_is_gone_when_a_file_was_not_read(t *testing.T) {
	t.Parallel()
	table := NewTable("甲局", filled(tableOf(t, first, nil), nil))
	table.Unread = true
	table.Finish()
	if len(table.Rows) != 0 {
		t.Errorf("got %v", said(table))
	}
}

func TestTable_counts_the_same_report_once_and_keeps_the_keys_of_two_apart(t *testing.T) {
	t.Parallel()
	table := NewTable("甲局", nil)
	f := checked(t, first)
	table.Add(f)
	table.Add(f)
	again := *f
	again.SameAs = "甲局/报告.txt"
	table.Add(&again)
	keys := map[string]bool{}
	for _, r := range table.Rows {
		keys[r.Key] = true
	}
	if len(table.Rows) != 6 || len(keys) != 6 {
		t.Errorf("got %d rows, %d keys", len(table.Rows), len(keys))
	}
}

func TestRow_has_every_column_that_a_reviewer_needs(t *testing.T) {
	t.Parallel()
	r := tableOf(t, first, nil).Rows[1]
	for column, got := range map[string]string{
		"位置": r.Place, "原文": r.Quote, "疑点": r.Doubt, "计算": r.Arithmetic, "可能的合理解释": r.Innocent, "建议": r.Advice, "编号": r.Key,
	} {
		if got == "" {
			t.Errorf("%s is empty", column)
		}
	}
	if r.Arithmetic != "60万元 + 30万元 + 20万元 = 100万元" || !strings.HasPrefix(r.Advice, "先看：若把第2行的") {
		t.Errorf("got %q, %q", r.Arithmetic, r.Advice)
	}
}
