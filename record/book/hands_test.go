package book_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
)

// petition is a record that somebody writes, somebody hands in, and another approves.
type petition struct {
	record.Head
	Number, Text string
}

var petitions = func() *record.Kind[petition] {
	k := record.Define("petition", "请示", "petition", func(p *petition) *record.Head { return &p.Head },
		field.Text("number", "编号", "number", func(p *petition) *string { return &p.Number }).Required(),
		field.Text("wording", "内容", "wording", func(p *petition) *string { return &p.Text }))
	return record.Flow(k, code.NewList("测试", code.Of(record.State("draft"), "草稿", "draft"), code.Of(record.State("submitted"), "已提交", "submitted"), code.Of(record.State("approved"), "已批准", "approved")),
		record.State("draft"),
		record.Transition[petition]("submit", "提交", "submit", record.State("draft"), record.State("submitted"), nil),
		record.Transition[petition]("approve", "批准", "approve", record.State("submitted"), record.State("approved"), nil, record.FourEyes))
}()

// TestNobodyApprovesOwnWork: whoever entered a record, changed it last or handed it in does not approve it, for themselves or for somebody
// else, administrators included; and nobody approves what was done on their behalf.
func TestNobodyApprovesOwnWork(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, petitions)
		who := func(name, on string) access.Actor {
			return access.Actor{Name: name, For: on, Role: access.Administrator, Via: "test"}
		}
		writer, editor, sender, other := who("甲", ""), who("乙", ""), who("丙", ""), who("丁", "")
		n := 0
		submitted := func(first, then, last access.Actor) book.Done {
			n++
			p := &petition{Number: strings.Repeat("一", n)}
			p.Unit = "430600"
			must := func(a access.Actor, c book.Change) book.Done {
				done, err := w.Apply(a, c)
				if err != nil {
					t.Fatal(err)
				}
				return done[0]
			}
			done := must(first, recordtest.Create("petition", p))
			next := *p
			next.Text = "改过"
			must(then, book.Change{Kind: "petition", ID: done.ID, Action: access.Edit, Record: &next})
			return must(last, book.Change{Kind: "petition", ID: done.ID, Action: "submit"})
		}
		approve := func(a access.Actor, done book.Done) error {
			_, err := w.Apply(a, book.Change{Kind: "petition", ID: done.ID, Action: "approve"})
			return err
		}
		one := submitted(writer, editor, sender)
		for _, c := range []struct {
			actor access.Actor
			said  string
		}{{writer, "“登记”由甲办理，“批准”必须由另一人办理"}, {editor, "“修改”由乙办理，“批准”必须由另一人办理"}, {sender, "“提交”由丙办理，“批准”必须由另一人办理"}, {who("戊", "甲"), "由甲办理"}, {who("甲", "丁"), "由甲办理"}} {
			if err := approve(c.actor, one); !errors.Is(err, record.ErrOwnWork) || !strings.Contains(fault.In(err, lang.Chinese), c.said) {
				t.Errorf("%s: got %v", c.actor.Name, err)
			}
		}
		if err := approve(other, one); err != nil {
			t.Errorf("another: %v", err)
		}
		// What was done for somebody is that person's work too.
		two := submitted(who("甲", "丁"), editor, sender)
		if err := approve(other, two); !errors.Is(err, record.ErrOwnWork) || !strings.Contains(fault.In(err, lang.Chinese), "由甲（代丁）办理") {
			t.Errorf("whom it was done for: got %v", err)
		}
		w.Read(other, 0, func(v *book.View) {
			r, err := v.Get("petition", two.ID)
			if err != nil {
				t.Fatal(err)
			}
			hands, err := v.Hands("petition", r)
			if err != nil || len(hands) != 3 {
				t.Errorf("hands: %v, %v", hands, err)
			}
		})
		// In one transaction the journal holds nothing of it yet.
		p := &petition{Number: "末"}
		p.Unit = "430600"
		done, err := w.Apply(writer, recordtest.Create("petition", p))
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Apply(sender, book.Change{Kind: "petition", ID: done[0].ID, Action: "submit"}, book.Change{Kind: "petition", ID: done[0].ID, Action: "approve"})
		if !errors.Is(err, record.ErrOwnWork) {
			t.Errorf("submitted and approved at once: got %v", err)
		}
		w.Sound()
	})
}
