package app_test

import (
	"errors"
	"testing"

	"anlan/app"
	"anlan/ground/ident"
	"anlan/ground/place"
	"anlan/office/login"
	"anlan/office/role"
	"anlan/record/access"
	"anlan/record/book"
)

func TestEveryKindStandsInOneArea(t *testing.T) {
	t.Parallel()
	in := map[string]int{}
	for _, a := range access.Areas() {
		for _, k := range a.Kinds {
			in[k]++
		}
	}
	for _, k := range app.Kinds() {
		if in[k.Code()] != 1 {
			t.Errorf("%s stands in %d areas of record/access", k.Code(), in[k.Code()])
		}
		delete(in, k.Code())
	}
	for k := range in {
		t.Errorf("%s is no kind", k)
	}
}

// TestTheRolesNameStepsThatThereAre: a step that was renamed would take a right away unseen.
func TestTheRolesNameStepsThatThereAre(t *testing.T) {
	t.Parallel()
	steps := map[string]bool{}
	for _, k := range app.Kinds() {
		for _, s := range k.Steps() {
			steps[k.Code()+" "+s.Action] = true
		}
	}
	for _, r := range access.Roles() {
		for _, l := range r.Rights.Lines() {
			for _, a := range l.Actions {
				if a != access.Anything && !access.Plain(a) && !steps[l.Of+" "+string(a)] {
					t.Errorf("%s: %s has no step %s", r.Code, l.Of, a)
				}
			}
		}
	}
}

func ownRole(code string, unit place.Unit, lines ...role.Line) book.Change {
	r := &role.Role{Code: code, LabelZh: "示例角色", LabelEn: "example", Clearance: role.Internal, Lines: lines}
	r.Unit = unit
	return create("role", r)
}

func TestARoleOfTheBureauHoldsFromTheNextRequestOn(t *testing.T) {
	onBoth(t, func(w *world) {
		if _, err := w.apply(w.admin, ownRole("wrong", "430600", role.Line{Of: "hazard", Actions: "read closed"})); !errors.Is(err, app.ErrNoSuchStep) {
			w.Errorf("a step that hazards do not have: %v", err)
		}
		id := w.must(ownRole("patrol", "430602", role.Line{Of: "safety", Actions: "read create"}))[0].ID
		user := func(unit place.Unit, own ident.ID) book.Change {
			u := &login.User{Login: "lijun", Name: "李示例", Role: login.OwnRole, Own: own}
			u.Unit = unit
			return create("login_user", u)
		}
		if _, err := w.apply(w.admin, user("430621", id)); !errors.Is(err, app.ErrRoleOfBelow) {
			w.Errorf("the role of another county: %v", err)
		}
		if _, err := w.apply(w.admin, user("430602", ident.ID{})); !errors.Is(err, login.ErrOneRole) {
			w.Errorf("no role named: %v", err)
		}
		who := w.must(user("430602-01", id))[0].ID
		first, err := w.app.Users.SetPassword(w.ctx, w.admin, who, "")
		if err != nil {
			w.Fatal(err)
		}
		s, err := w.app.Users.SignIn(w.ctx, login.Attempt{Name: "lijun", Password: first, Address: "10.0.0.1"})
		if err != nil {
			w.Fatal(err)
		}
		if err := w.app.Users.ChangePassword(w.ctx, s, first, "岳阳楼在洞庭湖东岸上"); err != nil {
			w.Fatal(err)
		}
		may := func(action access.Action, kind string) bool {
			now, err := w.app.Users.Resume(w.ctx, s.Token, "10.0.0.1")
			return err == nil && now.Actor.May(action, kind)
		}
		if !may(access.Create, "hazard") || may(access.Edit, "hazard") || may(access.Read, "voucher") {
			w.Error("it may not what its role says")
		}
		w.step("role", id, access.Edit, func(r any) { r.(*role.Role).Lines[0].Actions = "read edit" })
		if may(access.Create, "hazard") || !may(access.Edit, "hazard") {
			w.Error("a change of the role does not hold with the next request")
		}
		w.must(book.Change{Kind: "role", ID: id, Action: access.Withdraw, Reason: "不再使用"})
		if _, err := w.app.Users.Resume(w.ctx, s.Token, "10.0.0.1"); !errors.Is(err, login.ErrNotInForce) {
			w.Errorf("a role that was withdrawn: %v", err)
		}
	})
}

// step changes a record as an administrator.
func (w *world) step(kind string, id ident.ID, action access.Action, change func(r any)) {
	w.Helper()
	var r any
	err := w.app.Book.Read(w.ctx, w.admin, 0, func(v *book.View) (err error) { r, err = v.Get(kind, id); return err })
	if err != nil {
		w.Fatal(err)
	}
	change(r)
	w.must(book.Change{Kind: kind, ID: id, Action: action, Record: r, Reason: "测试"})
}
