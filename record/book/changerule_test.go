package book_test

import (
	"errors"
	"testing"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
)

// vow is a kind whose weight may be changed only by the step that is made for it.
type vow struct {
	record.Head
	Code   string
	Weight int64
}

const made record.State = "made"

var errOnlyByStep = fault.Define("booktest.only_by_step", fault.Conflict, "重量由%d改为%d，须用“调整”", "weight from %d to %d: only by adjust")

var vows = record.Flow(
	record.Define("vow", "誓", "vow", func(v *vow) *record.Head { return &v.Head },
		field.Text("code", "代码", "code", func(v *vow) *string { return &v.Code }).Required(),
		field.Number("weight", "重量", "weight", func(v *vow) *int64 { return &v.Weight }),
	).ChangeRule(func(before, after *vow, action access.Action) error {
		if action != "adjust" && before.Weight != after.Weight {
			return errOnlyByStep.With(before.Weight, after.Weight)
		}
		return nil
	}),
	code.NewList("测试", code.Of(made, "已立", "made")), made,
	record.Transition("adjust", "调整", "adjust", made, made, func(*vow, record.Moment) error { return nil }),
)

func TestWhatOnlyAStepMayChangeIsRefusedToAPlainEdit(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, vows)
		first := &vow{Code: "甲", Weight: 5}
		first.Unit = "430600"
		id := w.Must(recordtest.Create("vow", first))[0].ID
		change := func(action access.Action, code string, weight int64) error {
			next := &vow{Code: code, Weight: weight}
			next.Unit = "430600"
			_, err := w.Apply(w.Admin, book.Change{Kind: "vow", ID: id, Action: action, Record: next})
			return err
		}
		if err := change(access.Edit, "乙", 4); !errors.Is(err, errOnlyByStep) {
			t.Errorf("an edit of the weight: got %v", err)
		}
		if err := change(access.Edit, "乙", 5); err != nil {
			t.Errorf("an edit of something else: got %v", err)
		}
		if err := change("adjust", "乙", 4); err != nil {
			t.Errorf("the step: got %v", err)
		}
		if got := w.Get("vow", id).(*vow); got.Code != "乙" || got.Weight != 4 || got.Version != 3 {
			t.Errorf("got %+v", got)
		}
		w.Must(book.Change{Kind: "vow", ID: id, Action: access.Withdraw, Reason: "重复"}) // is not asked
		w.Sound()
	})
}
