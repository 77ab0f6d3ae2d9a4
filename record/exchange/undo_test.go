package exchange_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
)

func (w *world) apply(actor access.Actor, c book.Change) error {
	_, err := w.book.Apply(w.Context(), actor, []book.Change{c})
	return err
}

// TestAnImportIsUndoneWhereNobodyHasChangedItSince: what it entered is withdrawn, what it changed goes back, what somebody has touched since stays and is told.
func TestAnImportIsUndoneWhereNobodyHasChangedItSince(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.take("旧.csv", "编号,名称,整改投入\nZZ-001,甲,1.00\nZZ-002,乙,2.00\nZZ-003,丙,3.00\n")
		o := w.take("错.csv", "编号,名称,整改投入,类别\nZZ-001,甲,10.00,甲类\nZZ-002,乙,20.00,\nZZ-003,丙,3.00,\nZZ-004,丁,4.00,\nZZ-005,戊,5.00,\nZZ-006,己,6.00,\n")
		two, five, six := w.plant("ZZ-002"), w.plant("ZZ-005"), w.plant("ZZ-006")
		two.Name = "乙（更名）"
		for _, c := range []book.Change{
			{Kind: "plant", ID: two.ID, Action: access.Edit, Record: two, Reason: "更名"},
			{Kind: "plant", ID: five.ID, Action: "run"},
			{Kind: "plant", ID: six.ID, Action: access.Withdraw, Reason: "已经发现"},
		} {
			if err := w.apply(w.admin, c); err != nil {
				t.Fatal(err)
			}
		}
		before := w.size()
		dry, err := exchange.Undo(t.Context(), w.book, w.admin, o.Run, "", true)
		if err != nil || dry.Withdrawn != 1 || dry.Changed != 1 || len(dry.Left) != 3 || dry.Undo != nil || w.size() != before {
			t.Fatalf("beforehand: %+v, %v", dry, err)
		}
		if _, err := exchange.Undo(t.Context(), w.book, w.admin, o.Run, "", false); !errors.Is(err, record.ErrNoReason) {
			t.Errorf("without a reason: %v", err)
		}
		done, err := exchange.Undo(t.Context(), w.book, w.admin, o.Run, "文件拿错了", false)
		if err != nil || done.Withdrawn != 1 || done.Changed != 1 {
			t.Fatalf("done: %+v, %v", done, err)
		}
		said := ""
		for _, x := range done.Left {
			said += x.Name + " " + x.Why.In(lang.Chinese) + "\n"
		}
		for _, want := range []string{"ZZ-002 此后有改动，最近一次是“修改”（2024-01-31，测试管理员，理由：更名）", "ZZ-005 此后有改动，最近一次是“启用”", "ZZ-006 此后有改动，最近一次是“作废”（2024-01-31，测试管理员，理由：已经发现）"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q lacks %q", said, want)
			}
		}
		if p := w.plant("ZZ-001"); p.Cost.V != 100 || p.Class != "" || p.Version != 3 {
			t.Errorf("what was changed stands as %+v", p)
		}
		if p := w.plant("ZZ-002"); p.Cost.V != 2000 || p.Name != "乙（更名）" {
			t.Errorf("what others have changed stands as %+v", p)
		}
		w.read(func(v *book.View) {
			if _, err := v.Find("plant", "ZZ-004"); !errors.Is(err, book.ErrNoRecord) {
				t.Errorf("what it entered is there: %v", err)
			}
			told, err := exchange.Undoing(v, w.admin, o.Run)
			if err != nil || told.Undo == nil || told.Withdrawn != 1 || told.Changed != 1 || len(told.Left) != 3 || told.UndoneBy.Reason != "文件拿错了" {
				t.Fatalf("afterwards: %+v, %v", told, err)
			}
			if told.Undo.Changed != 1 || told.Undo.Withdrawn.V != 1 || told.Undo.LeftStanding.V != 3 || told.Undo.Undoes != o.Run {
				t.Errorf("the record of it: %+v", told.Undo)
			}
		})
		if _, err := exchange.Undo(t.Context(), w.book, w.admin, o.Run, "再撤一次", false); !errors.Is(err, exchange.ErrUndoneAlready) {
			t.Errorf("twice: %v", err)
		}
		if _, err := exchange.Undo(t.Context(), w.book, w.admin, done.Import.ID, "再撤一次", true); !errors.Is(err, exchange.ErrUndoneAlready) {
			t.Errorf("twice, beforehand: %v", err)
		}
		w.read(func(v *book.View) {
			told, err := exchange.Undoing(v, w.admin, o.Run)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := exchange.Undo(t.Context(), w.book, w.admin, told.Undo.ID, "撤销之撤销", false); !errors.Is(err, exchange.ErrIsAnUndo) {
				t.Errorf("an undoing: %v", err)
			}
		})
		if check, err := w.book.Replay(t.Context()); err != nil || len(check.Findings) > 0 {
			t.Errorf("replay: %v %v", check.Findings, err)
		}
	})
}

// TestWhoMayUndoAnImport: whoever made it, and an administrator, within their rights on the kind.
func TestWhoMayUndoAnImport(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		clerk := func(name, rights string, unit place.Unit) access.Actor {
			return access.Actor{Name: name, Role: access.Role{Code: "clerk", Label: lang.Of("经办", "clerk"), Clearance: access.Personal, Rights: access.MustRights(rights)}, Unit: unit, Via: "test"}
		}
		all := "*: read create edit withdraw step"
		maker := clerk("李四", all, "430602")
		o, err := exchange.Import(t.Context(), w.book, maker, exchange.Request{Kind: "plant", Path: "a.csv", Content: []byte("编号,名称\nZZ-001,甲\n")})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name  string
			actor access.Actor
			want  *fault.Declaration
		}{
			{"somebody else", clerk("王五", all, "430602"), exchange.ErrNotYourImport},
			{"somebody else of another unit", clerk("王五", all, "430600-01"), book.ErrNoRecord},
			{"whoever made it, who may not withdraw any more", clerk("李四", "*: read create edit step", "430602"), access.ErrMayNot},
			{"an administrator, beforehand", w.admin, nil},
			{"whoever made it", maker, nil},
		} {
			_, err := exchange.Undo(t.Context(), w.book, c.actor, o.Run, "拿错了", c.want == nil && c.actor.Name == w.admin.Name)
			if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

// TestAnUndoingLeavesWhatCannotGoBack: a record of the import that another kind refers to by its rules, or whose key is taken, stays and says why.
func TestAnUndoingLeavesWhatCannotGoBack(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.take("旧.csv", "编号,名称,业主\nZZ-001,甲,\n")
		if _, err := w.try(exchange.Request{Kind: "owner"}, "业主.csv", "乡镇,业主名称,注册资本,员工数\n示例镇,业主甲,1.00,5\n"); err != nil {
			t.Fatal(err)
		}
		owner := w.create(&Owner{Head: record.Head{Unit: "430600"}, Town: "示例镇", Name: "业主乙"})[0]
		p := w.plant("ZZ-001")
		p.Owner = owner.ID
		if err := w.apply(w.admin, book.Change{Kind: "plant", ID: p.ID, Action: access.Edit, Record: p}); err != nil {
			t.Fatal(err)
		}
		o := w.take("错.csv", "编号,名称,业主\nZZ-001,甲,示例镇 | 业主甲\nZZ-002,乙,\n")
		if err := w.apply(w.admin, book.Change{Kind: "owner", ID: owner.ID, Action: access.Withdraw, Reason: "注销"}); err != nil {
			t.Fatal(err)
		}
		done, err := exchange.Undo(t.Context(), w.book, w.admin, o.Run, "拿错了", false)
		if err != nil || done.Withdrawn != 1 || done.Changed != 0 || len(done.Left) != 1 {
			t.Fatalf("got %+v, %v", done, err)
		}
		if why := done.Left[0].Why.In(lang.Chinese); !strings.Contains(why, "业主") {
			t.Errorf("why: %s", why)
		}
	})
}
