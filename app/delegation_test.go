package app_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/app"
	"anlan/ground/place"
	"anlan/office/delegation"
	"anlan/office/login"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
)

// signedIn is somebody who has chosen a password.
func (w *world) signedIn(name string, unit place.Unit, role access.Role) login.Session {
	w.Helper()
	u := &login.User{Login: name, Name: "示例" + name, Role: login.Role(role.Code)}
	u.Unit = unit
	id := w.must(create("login_user", u))[0].ID
	first, err := w.app.Users.SetPassword(w.ctx, w.admin, id, "")
	if err != nil {
		w.Fatal(err)
	}
	s, err := w.app.Users.SignIn(w.ctx, login.Attempt{Name: name, Password: first, Address: "10.0.0.1"})
	if err == nil {
		err = w.app.Users.ChangePassword(w.ctx, s, first, "岳阳楼在洞庭湖东岸上")
	}
	if err != nil {
		w.Fatal(err)
	}
	return w.resume(s)
}

func (w *world) resume(s login.Session) login.Session {
	w.Helper()
	now, err := w.app.Users.Resume(w.ctx, s.Token, "10.0.0.1")
	if err != nil {
		w.Fatal(err)
	}
	now.Token = s.Token
	return now
}

func away(from, to string, unit place.Unit, begins, last string) *delegation.Delegation {
	d := &delegation.Delegation{From: from, To: to, Begins: day(begins), Last: day(last), Why: "出差"}
	d.Unit = unit
	return d
}

// TestWorkIsDelegatedForSomeDays: whoever it is delegated to acts, while it lasts, with the rights and units of the other, and what it does
// is kept as done for the other.
func TestWorkIsDelegatedForSomeDays(t *testing.T) {
	onBoth(t, func(w *world) {
		leader, deputy, other := w.signedIn("juzhang", "430600", access.Leader), w.signedIn("fuju", "430602", access.Section), w.signedIn("qita", "430602", access.Finance)
		today := record.Moment{Now: w.clock.Now()}.Now.Format("2006-01-02")
		hold := func(actor access.Actor, d *delegation.Delegation) error {
			_, err := w.apply(actor, create("delegation", d))
			return err
		}
		for _, c := range []struct {
			name  string
			actor access.Actor
			d     *delegation.Delegation
			want  error
		}{
			{"somebody else's work", other.Actor, away("fuju", "qita", "430602", today, today), delegation.ErrNotOwn},
			{"to oneself", leader.Actor, away("juzhang", "juzhang", "430600", today, today), delegation.ErrToOneself},
			{"to nobody", leader.Actor, away("juzhang", "meiren", "430600", today, today), app.ErrNoSuchUser},
			{"backwards", leader.Actor, away("juzhang", "fuju", "430600", "2024-02-02", "2024-02-01"), delegation.ErrEndsBefore},
			{"in another unit", leader.Actor, away("juzhang", "fuju", "430602", today, today), app.ErrDelegatorUnit},
			{"without an end", leader.Actor, &delegation.Delegation{Head: record.Head{Unit: "430600"}, From: "juzhang", To: "fuju", Begins: day(today), Why: "出差"}, nil},
		} {
			if err := hold(c.actor, c.d); err == nil || c.want != nil && !errors.Is(err, c.want) {
				w.Errorf("%s: got %v", c.name, err)
			}
		}
		if err := w.app.Users.ActFor(w.ctx, deputy, "juzhang"); !errors.Is(err, login.ErrNotDelegated) {
			w.Errorf("acting before anything is delegated: %v", err)
		}
		if err := hold(leader.Actor, away("juzhang", "fuju", "430600", today, today)); err != nil {
			w.Fatal(err)
		}
		if got, err := w.app.Users.Delegated(w.ctx, deputy); err != nil || len(got) != 1 || got[0].From != "juzhang" {
			w.Errorf("delegated: %v, %v", got, err)
		}
		if err := w.app.Users.ActFor(w.ctx, other, "juzhang"); !errors.Is(err, login.ErrNotDelegated) {
			w.Errorf("somebody to whom nothing is delegated: %v", err)
		}
		if deputy = w.resume(deputy); deputy.Actor.For != "" || deputy.Actor.May("approve", "project") {
			w.Error("it acts for another without having said so")
		}
		if err := w.app.Users.ActFor(w.ctx, deputy, "juzhang"); err != nil {
			w.Fatal(err)
		}
		deputy = w.resume(deputy)
		a := deputy.Actor
		if a.Name != "fuju" || a.For != "juzhang" || a.Unit != "430600" || !a.May("approve", "project") || a.May(access.Edit, "hazard") || a.Sees(access.Personal) {
			w.Errorf("acting for the leader it is %+v", a)
		}
		if err := hold(a, away("juzhang", "qita", "430600", today, today)); !errors.Is(err, delegation.ErrDelegated) {
			w.Errorf("a delegation delegated: %v", err)
		}

		// Neither approves the work of the other.
		h := newHazard(1, "430600", "2023-05-06")
		made, err := w.apply(access.Actor{Name: "fuju", Role: access.Section, Unit: "430600", Via: "web"}, create("hazard", h))
		if err != nil {
			w.Fatal(err)
		}
		id := made[0].ID
		w.step("hazard", id, "rectify", func(r any) {
			h := r.(*hazard.Hazard)
			h.Steps = append(h.Steps, hazard.Step{On: day("2023-06-01"), What: "加装防护栏"})
		})
		if _, err := w.apply(a, step("hazard", id, "close", "")); !errors.Is(err, record.ErrOwnWork) {
			w.Errorf("own work closed for the leader: %v", err)
		}

		// It ends by itself.
		if err := w.app.Users.ActFor(w.ctx, deputy, ""); err != nil {
			w.Fatal(err)
		}
		if now := w.resume(deputy); now.Actor.For != "" || !now.Actor.May(access.Edit, "hazard") {
			w.Errorf("for itself again it is %+v", now.Actor)
		}
		if err := w.app.Users.ActFor(w.ctx, deputy, "juzhang"); err != nil {
			w.Fatal(err)
		}
		acts, err := w.app.Users.Acts(w.ctx, w.admin, deputy.User)
		if n := len(acts); err != nil || n < 3 || acts[n-1].Action != "act_for" || acts[n-1].Reason != "juzhang" || acts[n-2].Action != "act_own" {
			w.Errorf("acts: %+v, %v", acts, err)
		}
		w.read(0, func(v *book.View) {
			r, err := v.Find("delegation", "juzhang", "fuju", today)
			if err != nil {
				w.Fatal(err)
			}
			w.must(book.Change{Kind: "delegation", ID: r.(*delegation.Delegation).ID, Action: access.Withdraw, Reason: "提前返岗"})
		})
		if now := w.resume(deputy); now.Actor.For != "" || now.Actor.Unit != "430602" {
			w.Errorf("withdrawn, it still acts as %+v", now.Actor)
		}
		if err := hold(leader.Actor, away("juzhang", "fuju", "430600", today, today)); err != nil {
			w.Fatal(err)
		}
		if now := w.resume(deputy); now.Actor.For != "juzhang" {
			w.Errorf("delegated again, it acts as %+v", now.Actor)
		}
		if got := access.Behalf("fuju", "juzhang"); !strings.Contains(got.Zh, "代juzhang") {
			w.Error(got)
		}
		w.sound()
	})
}
