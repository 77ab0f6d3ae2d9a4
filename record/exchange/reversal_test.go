package exchange_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
)

// An old file that comes again after a correction is refused, with the correction that it would take back.
func TestOldFileDoesNotTakeBackACorrection(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		old := "编号,名称,整改投入\nZZ-001,甲,1.00\nZZ-002,乙,5.00\n"
		w.take("台账.csv", old)
		if _, err := w.try(exchange.Request{Reason: "与台账核对"}, "更正.csv", "编号,名称,整改投入\nZZ-001,甲,2.50\n"); err != nil {
			t.Fatal(err)
		}
		w.take("别的.csv", "编号,名称,类别\nZZ-001,甲,甲类\n")
		before := w.size()
		for _, c := range []struct {
			name, text string
			dry        bool
		}{
			{"with all its columns", old, false},
			{"in a dry run", old, true},
			{"with fewer columns", "编号,整改投入,名称\nZZ-001,1.00,甲\n", false},
		} {
			_, err := w.try(exchange.Request{DryRun: c.dry}, "台账.csv", c.text)
			if !errors.Is(err, exchange.ErrTakesBack) {
				t.Fatalf("%s: %v", c.name, err)
			}
			got := zh(err)[0]
			for _, want := range []string{"第2行 “整改投入”列", "“ZZ-001”这一行与已经更正的第1版一样", "（整改投入：2.50→1.00）", "更正见第2版：2024-01-31，测试管理员，文件《更正.csv》，理由：与台账核对", "--reason"} {
				if !strings.Contains(got, want) {
					t.Errorf("%s: %q lacks %q", c.name, got, want)
				}
			}
		}
		if w.size() != before || w.plant("ZZ-001").Cost != maybe.Some[money.Fen](250) {
			t.Error("something was written")
		}
		for _, text := range []string{
			"编号,名称,整改投入,类别\nZZ-001,甲,3.00,甲类\n", // a value that it never had
			"编号,名称,整改投入\nZZ-001,丙,1.00\n",       // the old one, and something new
		} {
			if _, err := w.try(exchange.Request{DryRun: true}, "新.csv", text); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
	})
}

// Whoever gives a reason may go back, and is told what no longer holds.
func TestReasonAllowsToGoBack(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.take("a.csv", "编号,名称,整改投入\nZZ-001,甲,1.00\n")
		w.take("b.csv", "编号,名称,整改投入\nZZ-001,甲,2.50\n")
		o, err := w.try(exchange.Request{Reason: "原数无误"}, "a.csv", "编号,名称,整改投入\nZZ-001,甲,1.00\n")
		if err != nil || o.Changed != 1 || len(o.Doubts) != 1 || !errors.Is(o.Doubts, exchange.ErrTookBack) {
			t.Fatalf("got %+v, %v", o, err)
		}
		want := "a.csv 第2行 “整改投入”列 （C2）：“ZZ-001”按写明的理由改回第1版的内容（整改投入：2.50→1.00），第2版的更正（2024-01-31，测试管理员，文件《b.csv》，没有写理由）不再有效"
		if diff := cmp.Diff(o.Doubts.In(lang.Chinese), want); diff != "" {
			t.Error(diff)
		}
		if w.plant("ZZ-001").Cost != maybe.Some[money.Fen](100) {
			t.Error("it was not written")
		}
	})
}

// A step of the workflow, or an edit by hand, is a correction like another; the file it came from is told where there is one.
func TestCorrectionByHandIsNotTakenBackEither(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.take("a.csv", "编号,名称,整改投入\nZZ-001,甲,1.00\n")
		p := w.plant("ZZ-001")
		p.Cost = maybe.Some[money.Fen](250)
		if _, err := w.book.Apply(w.Context(), w.admin, []book.Change{{Kind: "plant", ID: p.ID, Expect: 1, Action: access.Edit, Record: p, Reason: "录错"}}); err != nil {
			t.Fatal(err)
		}
		_, err := w.try(exchange.Request{}, "a.csv", "编号,名称,整改投入\nZZ-001,甲,1.00\n")
		if !errors.Is(err, exchange.ErrTakesBack) || !strings.Contains(zh(err)[0], "更正见第2版：2024-01-31，测试管理员，理由：录错。") {
			t.Error(err)
		}
	})
}

// A withdrawn record does not come back by the file that brought it, unless a reason is given or it says something else.
func TestWithdrawnRecordDoesNotComeBack(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		text := "编号,名称,整改投入\nZZ-001,甲,1.00\n"
		w.take("a.csv", text)
		p := w.plant("ZZ-001")
		if _, err := w.book.Apply(w.Context(), w.admin, []book.Change{{Kind: "plant", ID: p.ID, Expect: 1, Action: access.Withdraw, Reason: "重复登记"}}); err != nil {
			t.Fatal(err)
		}
		_, err := w.try(exchange.Request{}, "a.csv", text)
		want := []string{"a.csv 第2行 “编号”列 （A2）：“ZZ-001”已经作废（2024-01-31，测试管理员，理由：重复登记），这一行与作废的记录一样。请核对是否误用了旧文件；确实要重新登记的，导入时写明理由（--reason）"}
		if diff := cmp.Diff(zh(err), want); diff != "" {
			t.Error(diff)
		}
		if _, err := w.try(exchange.Request{DryRun: true}, "b.csv", "编号,名称,整改投入\nZZ-001,甲,1.20\n"); err != nil {
			t.Error(err)
		}
		o, err := w.try(exchange.Request{Reason: "原来没有重复"}, "a.csv", text)
		if err != nil || o.New != 1 || !errors.Is(o.Doubts, exchange.ErrCameBack) {
			t.Errorf("got %+v, %v", o, err)
		}
		if _, err := w.try(exchange.Request{}, "a.csv", text); err != nil {
			t.Error("the same again:", err)
		}
	})
}

// What a record computes is refused when a sheet says otherwise, and passed over when an export had written it.
func TestComputedColumns(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		try := func(text string) []string {
			_, err := w.try(exchange.Request{Kind: "owner"}, "o.csv", text)
			return zh(err)
		}
		head := "乡镇,业主名称,注册资本,员工数,规模,是否小微\n"
		want := []string{
			"o.csv 第2行 “规模”列 （E2）：“规模”由系统计算，应为“小”，表中填的是“大”：请核对有关各栏，或者把这一格留空",
			"o.csv 第2行 “是否小微”列 （F2）：“是否小微”由系统计算，应为“是”，表中填的是“否”：请核对有关各栏，或者把这一格留空",
		}
		if diff := cmp.Diff(try(head+"示例镇,甲,1,5,大,否\n"), want); diff != "" {
			t.Error(diff)
		}
		if got := try(head + "示例镇,甲,1,5,,\n示例镇,乙,1,500,大,否\n"); got != nil {
			t.Error(got)
		}
		if got := try(head + "示例镇,甲,1,500,小,是\n"); got != nil {
			t.Error("what the export had written:", got)
		}
		if got := try(head + "示例镇,甲,1,千,大,是\n"); len(got) != 1 || !strings.Contains(got[0], "“千”不是数字") {
			t.Error("computed from what could not be read:", got)
		}
	})
}

// A rule between fields is judged beside the cells that could not be read, unless it looks at them.
func TestRulesAreJudgedBesideUnreadableCells(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			row  string
			want []string
		}{
			{"示例镇,无名,一,0", []string{"“一”不是金额，应为数字（元，最多两位小数）", "“无名”没有员工"}},
			{"示例镇,无名,1,零", []string{"“零”不是数字"}},
			{",无名,1,0", []string{"缺少“乡镇”", "“无名”没有员工"}},
		} {
			_, err := w.try(exchange.Request{Kind: "owner"}, "o.csv", "乡镇,业主名称,注册资本,员工数\n"+c.row+"\n")
			var got []string
			list, _ := errors.AsType[fault.List](err)
			for _, f := range list {
				got = append(got, strings.SplitN(f.In(lang.Chinese), "：", 2)[1])
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("%s: %s", c.row, diff)
			}
		}
	})
}
