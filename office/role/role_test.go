package role_test

import (
	"errors"
	"testing"

	"anlan/ground/fault"
	"anlan/office/role"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"
)

func hr(lines ...role.Line) *role.Role {
	r := &role.Role{Code: "hr", LabelZh: "人事科", LabelEn: "personnel", Clearance: role.Personal, Lines: lines}
	r.Unit = "430600"
	return r
}

func TestARoleOfABureauGivesWhatItsLinesSay(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, role.Kind)
		done := w.Must(recordtest.Create("role", hr(role.Line{Of: "people", Actions: "read create edit"}, role.Line{Of: "safety", Actions: "read"})))[0]
		read := func() (r access.Role, found bool) {
			err := w.DB.Read(w.Ctx, func(tx *store.Tx) (err error) { r, found, err = role.Source{}.Role(tx, done.ID); return err })
			if err != nil {
				t.Fatal(err)
			}
			return r, found
		}
		r, found := read()
		if !found || r.Code != "hr" || r.Clearance != access.Personal || r.Label.En != "personnel" {
			t.Errorf("got %+v, %v", r, found)
		}
		for _, c := range []struct {
			action access.Action
			kind   string
			want   bool
		}{{access.Edit, "staff", true}, {access.Withdraw, "staff", false}, {access.Read, "hazard", true}, {access.Edit, "hazard", false}, {access.Read, "voucher", false}} {
			if got := r.Rights.Allow(c.action, c.kind); got != c.want {
				t.Errorf("%s on %s: %v, want %v", c.action, c.kind, got, c.want)
			}
		}
		w.Must(book.Change{Kind: "role", ID: done.ID, Action: access.Withdraw, Reason: "不再使用"})
		if r, found := read(); found {
			t.Errorf("withdrawn: got %+v", r)
		}
	})
}

func TestARoleThatWouldMakeAnAdministratorIsRefused(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, role.Kind)
		line := func(of, actions string) *role.Role { return hr(role.Line{Of: of, Actions: actions}) }
		shipped := hr()
		shipped.Code = "auditor"
		for _, c := range []struct {
			name  string
			role  *role.Role
			want  *fault.Declaration
			where string
		}{
			{"the code of a shipped role", shipped, role.ErrShipped, ""},
			{"an area that is not there", line("saftey", "read"), access.ErrNoSuchArea, "right.1.about"},
			{"no action", line("safety", "read *"), access.ErrNoSuchAction, "right.1.actions"},
			{"everything", line("*", "read edit"), role.ErrTooWide, "right.1.actions"},
			{"users", line("login_user", "read create"), role.ErrTooWide, "right.1.actions"},
			{"the whole office", line("office", "edit"), role.ErrTooWide, "right.1.actions"},
			{"two lines", hr(role.Line{Of: "safety", Actions: "read"}, role.Line{Of: "safety", Actions: "edit"}), access.ErrTwoLines, "right.2.about"},
		} {
			_, err := w.Apply(w.Admin, recordtest.Create("role", c.role))
			f, _ := errors.AsType[*fault.Fault](err)
			if list, ok := errors.AsType[fault.List](err); ok {
				f = list[0]
			}
			if f == nil || !f.Is(c.want) || f.Where.Field != c.where {
				t.Errorf("%s: got %v", c.name, err)
			}
		}
		w.Must(recordtest.Create("role", hr(role.Line{Of: "*", Actions: "read"}, role.Line{Of: "import_run", Actions: "read create"}, role.Line{Of: "office"})))
	})
}

func TestOnlyAnAdministratorWritesRoles(t *testing.T) {
	t.Parallel()
	for _, r := range access.Roles() {
		err := role.Kind.CheckWriter(nil, hr(), record.Moment{Actor: access.Actor{Name: "某人", Role: r}}).Err()
		if errors.Is(err, role.ErrNotAdministrator) == (r.Code == access.Administrator.Code) {
			t.Errorf("%s: got %v", r.Code, err)
		}
	}
}
