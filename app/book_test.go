package app_test

import (
	"errors"
	"testing"

	"anlan/ground/ident"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store/journal"
)

func TestARecordBecomesAFigureAndACorrectionLeavesYesterdaysFigureAlone(t *testing.T) {
	onBoth(t, func(w *world) {
		done := w.must(create("hazard", newHazard(1, "430602-01", "2023-05-06")), create("hazard", newHazard(2, "430621-01", "2023-06-01")))
		if got := w.figure(0, "hazard.found", "2023", "430600"); got != 2 {
			t := w.TB
			t.Fatalf("found in 2023: got %d, want 2", got)
		}
		before := done[1].Position
		w.must(step("hazard", done[0].ID, access.Withdraw, "重复报送"))
		for _, c := range []struct {
			asOf journal.Position
			span string
			unit string
			want int64
		}{{0, "2023", "430600", 1}, {before, "2023", "430600", 2}, {0, "2023", "430602", 0}, {before, "2023", "430602", 1}, {0, "2023-06", "430621", 1}, {0, "2023-05", "430600", 0}} {
			if got := w.figure(c.asOf, "hazard.found", c.span, "430600"); c.unit == "430600" && got != c.want {
				w.Errorf("as of %d, %s: got %d, want %d", c.asOf, c.span, got, c.want)
			}
		}
		if err := w.book.Fold(w.ctx); err != nil {
			w.Fatal(err)
		}
		if got := w.figure(before, "hazard.found", "2023", "430602"); got != 1 {
			w.Errorf("after the fold, as of %d: got %d, want 1", before, got)
		}
		w.sound()
	})
}

// sound runs the proofs of the kernel: replay, postings, cells.
func (w *world) sound() {
	w.Helper()
	v, err := w.book.Replay(w.ctx)
	if err != nil || len(v.Findings) > 0 {
		w.Errorf("replay: %v %v", err, v.Findings)
	}
	v, err = w.book.Repost(w.ctx)
	if err != nil || len(v.Findings) > 0 {
		w.Errorf("repost: %v %v", err, v.Findings)
	}
}

func TestAHazardGoesThroughItsStatesAndNobodyAcceptsOwnWork(t *testing.T) {
	onBoth(t, func(w *world) {
		other := w.admin
		other.Name = "另一管理员"
		done := w.must(create("hazard", newHazard(1, "430602-01", "2023-05-06")))
		id := done[0].ID
		if _, err := w.apply(w.admin, step("hazard", id, "close", "")); !errors.Is(err, record.ErrNoSuchStep) {
			w.Errorf("closing a hazard that is only found: got %v", err)
		}
		w.must(step("hazard", id, "list", ""))
		if _, err := w.apply(w.admin, step("hazard", id, "rectify", "")); !errors.Is(err, hazard.ErrNothingDone) {
			w.Errorf("rectifying without a step: got %v", err)
		}
		var h *hazard.Hazard
		w.read(0, func(v *book.View) {
			r, err := v.Get("hazard", id)
			if err != nil {
				w.Fatal(err)
			}
			h = r.(*hazard.Hazard)
		})
		if h.State != hazard.StateListed || h.DueOn != h.ListedOn.Add(90) {
			w.Errorf("state %s due %s listed %s", h.State, h.DueOn, h.ListedOn)
		}
		h.Steps = append(h.Steps, hazard.Step{On: day("2023-06-01"), What: "加装防护栏"})
		w.must(book.Change{Kind: "hazard", ID: id, Expect: h.Version, Action: access.Edit, Record: h})
		w.must(step("hazard", id, "rectify", ""))
		if _, err := w.apply(w.admin, step("hazard", id, "close", "")); !errors.Is(err, record.ErrOwnWork) {
			w.Errorf("accepting own work: got %v", err)
		}
		if _, err := w.apply(other, step("hazard", id, "close", "")); err != nil {
			w.Errorf("another officer closes: %v", err)
		}
		if got := w.figure(0, "hazard.open", "2024", "430600"); got != 0 {
			w.Errorf("open at the end of 2024: got %d", got)
		}
		w.read(0, func(v *book.View) {
			versions, err := v.History("hazard", id)
			if err != nil {
				w.Fatal(err)
			}
			var actions []access.Action
			for _, x := range versions {
				actions = append(actions, x.Action)
			}
			want := []access.Action{"create", "list", "edit", "rectify", "close"}
			if len(actions) != len(want) {
				w.Fatalf("history: got %v, want %v", actions, want)
			}
			for i := range want {
				if actions[i] != want[i] {
					w.Errorf("history: got %v, want %v", actions, want)
				}
			}
		})
		w.sound()
	})
}

func TestApplyRefusesAndWritesNothing(t *testing.T) {
	onBoth(t, func(w *world) {
		first := w.must(create("hazard", newHazard(1, "430602-01", "2023-05-06")))
		bad := newHazard(3, "430602-01", "2023-05-06")
		bad.Title = ""
		bad.Grade = "huge"
		head, err := w.book.Head(w.ctx)
		if err != nil {
			w.Fatal(err)
		}
		reader := access.Actor{Name: "局长", Role: access.Leader, Unit: "430600", Via: "test"}
		county := access.Actor{Name: "岳阳县局", Role: access.Section, Unit: "430621", Via: "test"}
		for _, c := range []struct {
			name    string
			actor   access.Actor
			want    error
			changes []book.Change
		}{
			{"a duplicate key", w.admin, book.ErrDuplicate, []book.Change{create("hazard", newHazard(1, "430602-01", "2023-01-01"))}},
			{"a duplicate within the batch", w.admin, book.ErrDuplicate, []book.Change{create("hazard", newHazard(7, "430602-01", "2023-01-01")), create("hazard", newHazard(7, "430602-01", "2023-01-01"))}},
			{"missing fields", w.admin, nil, []book.Change{create("hazard", newHazard(2, "430602-01", "2023-01-01")), create("hazard", bad)}},
			{"an unknown unit", w.admin, book.ErrNoSuchUnit, []book.Change{create("hazard", newHazard(2, "439999", "2023-01-01"))}},
			{"a reader", reader, access.ErrMayNot, []book.Change{create("hazard", newHazard(2, "430602-01", "2023-01-01"))}},
			{"another county's unit", county, access.ErrOutOfScope, []book.Change{create("hazard", newHazard(2, "430602-01", "2023-01-01"))}},
			{"another county's record", county, book.ErrNoRecord, []book.Change{step("hazard", first[0].ID, "list", "")}},
			{"nobody", access.Actor{}, access.ErrNoActor, []book.Change{create("hazard", newHazard(2, "430602-01", "2023-01-01"))}},
			{"a stale version", w.admin, book.ErrStale, []book.Change{{Kind: "hazard", ID: first[0].ID, Expect: 9, Action: "list"}}},
			{"a record that is not there", w.admin, book.ErrNoRecord, []book.Change{step("hazard", ident.ID{1}, "list", "")}},
			{"withdrawing without a reason", w.admin, record.ErrNoReason, []book.Change{step("hazard", first[0].ID, access.Withdraw, "")}},
			{"an unknown kind", w.admin, book.ErrNoKind, []book.Change{create("hasard", newHazard(2, "430602-01", "2023-01-01"))}},
		} {
			_, err := w.apply(c.actor, c.changes...)
			if err == nil || c.want != nil && !errors.Is(err, c.want) {
				w.Errorf("%s: got %v, want %v", c.name, err, c.want)
			}
		}
		after, err := w.book.Head(w.ctx)
		if err != nil || after.Size != head.Size {
			w.Errorf("the refusals wrote %d entries (%v)", after.Size-head.Size, err)
		}
		w.sound()
	})
}

func TestTheSameIdempotencyKeyIsAnsweredOnce(t *testing.T) {
	onBoth(t, func(w *world) {
		c := create("hazard", newHazard(1, "430602-01", "2023-05-06"))
		c.Key = "手机-1"
		first := w.must(c)
		again := w.must(c)
		if first[0].ID != again[0].ID || !again[0].Same || again[0].Position != first[0].Position {
			w.Errorf("got %+v then %+v", first[0], again[0])
		}
		c.Record = newHazard(2, "430602-01", "2023-05-06")
		if _, err := w.apply(w.admin, c); !errors.Is(err, book.ErrKeyReused) {
			w.Errorf("another change with the same key: got %v", err)
		}
	})
}
