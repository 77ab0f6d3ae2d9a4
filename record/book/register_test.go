package book_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/ground/code"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
)

// The states of a lamp, with a deadline in one of them.
const (
	lit  record.State = "lit"
	out  record.State = "out"
	gone record.State = "gone"
)

var lamps = record.Flow(
	record.Define("lamp", "灯", "lamp", func(r *relic) *record.Head { return &r.Head },
		field.Text("code", "代码", "code", func(r *relic) *string { return &r.Code }).Required()),
	code.NewList("测试", code.Of(lit, "亮", "lit"), code.Of(out, "灭", "out"), code.Of(gone, "拆", "gone")), lit,
	record.Transition("break", "熄灭", "break", lit, out, func(*relic, record.Moment) error { return nil }),
	record.Transition("remove", "拆除", "remove", out, gone, func(*relic, record.Moment) error { return nil }, record.FourEyes),
	record.Deadline(out, func(_ *relic, m record.Moment) period.Day { return m.Today.Add(3) }),
)

// A lamp that is gone must say by whom; one that is only out need not.
var signed = record.Flow(
	record.Define("signed_lamp", "有签名的灯", "signed lamp", func(r *relic) *record.Head { return &r.Head },
		field.Text("code", "代码", "code", func(r *relic) *string { return &r.Code }).Required()),
	code.NewList("测试", code.Of(lit, "亮", "lit"), code.Of(out, "灭", "out"), code.Of(gone, "拆", "gone")), lit,
	record.Transition("break", "熄灭", "break", lit, out, func(r *relic, _ record.Moment) error { r.Code += "x"; return nil }),
	record.Transition("mend", "修好", "mend", out, lit, func(*relic, record.Moment) error { return nil }),
	record.Transition("remove", "拆除", "remove", out, gone, func(r *relic, _ record.Moment) error {
		if !strings.HasPrefix(r.Code, "凭据") {
			return book.ErrNoContent.With("remove")
		}
		return nil
	}, record.FourEyes),
)

func TestALaterStateIsRegisteredOnlyWithWhatItsStepsAskFor(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, signed)
		register := func(s record.State, code string) book.Change {
			return book.Change{Kind: "signed_lamp", Action: access.Register, State: s, Record: newRelic(code)}
		}
		if _, err := w.Apply(w.Admin, register(gone, "空")); !errors.Is(err, book.ErrNoContent) {
			t.Errorf("gone without what removing asks for: got %v", err)
		}
		w.Must(register(out, "空二"))
		if r := w.Get("signed_lamp", w.Must(register(gone, "凭据1"))[0].ID).(*relic); r.State != gone || r.Code != "凭据1" {
			t.Errorf("registered with it: %+v", r)
		}
		w.Sound()
	})
}

func TestARecordIsEnteredInALaterStateOnlyByRegistering(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, lamps)
		register := func(s record.State) book.Change {
			return book.Change{Kind: "lamp", Action: access.Register, State: s, Record: newRelic("灯" + string(s)), Reason: "补录上年台账"}
		}
		for s, due := range map[record.State]period.Day{lit: {}, out: today.Add(3), gone: {}} {
			r := w.Get("lamp", w.Must(register(s))[0].ID).(*relic)
			if r.State != s || r.DueOn != due || r.MovedBy != w.Admin.Name {
				t.Errorf("registered as %s: %+v", s, r.Head)
			}
		}
		for _, s := range []record.State{record.Withdrawn, record.Kept, "burning", ""} {
			_, err := w.Apply(w.Admin, register(s))
			if !errors.Is(err, book.ErrBadState) || !strings.Contains(err.Error(), "lit, out, gone") {
				t.Errorf("registering as %q: got %v", s, err)
			}
		}
		if r := w.Get("lamp", w.Must(recordtest.Create("lamp", newRelic("新")))[0].ID).(*relic); r.State != lit {
			t.Errorf("a new lamp is %s", r.State)
		}
		// The deadline follows the state, and whoever registered may not take the step that needs another person.
		id := w.Must(register("out"))[0].ID
		if _, err := w.Apply(w.Admin, book.Change{Kind: "lamp", ID: id, Action: "remove"}); !errors.Is(err, record.ErrOwnWork) {
			t.Errorf("removing what one has registered: got %v", err)
		}
		other := w.Admin
		other.Name = "另一人"
		if _, err := w.Apply(other, book.Change{Kind: "lamp", ID: id, Action: "remove"}); err != nil {
			t.Fatal(err)
		}
		if r := w.Get("lamp", id).(*relic); r.State != gone || !r.DueOn.IsZero() {
			t.Errorf("removed: %+v", r.Head)
		}
		w.Sound()
	})
}
