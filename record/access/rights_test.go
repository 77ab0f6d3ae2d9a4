package access_test

import (
	"errors"
	"slices"
	"testing"

	"anlan/ground/fault"
	"anlan/record/access"
)

func TestTheNearestLineHoldsAlone(t *testing.T) {
	t.Parallel()
	r := access.MustRights(`
		*: read
		safety: read create edit step
		hazard: read rectify
		office:`)
	for _, c := range []struct {
		action access.Action
		kind   string
		want   bool
	}{
		{access.Read, "voucher", true},
		{access.Edit, "voucher", false},
		{access.Edit, "accident", true},
		{"decide", "enforcement_case", true},
		{access.Withdraw, "accident", false},
		{access.Register, "enforcement_case", false}, // step is no way around the steps
		{access.Read, "hazard", true},
		{access.Edit, "hazard", false},
		{"rectify", "hazard", true},
		{"close", "hazard", false},
		{access.Read, "login_user", false},
		{access.Edit, "key", false},
		{access.Read, "no_kind_of_ours", true},
	} {
		if got := r.Allow(c.action, c.kind); got != c.want {
			t.Errorf("%s on %s: %v, want %v", c.action, c.kind, got, c.want)
		}
	}
	if got := r.Of("hazard"); !slices.Equal(got, []access.Action{access.Read, "rectify"}) {
		t.Errorf("of hazards: %v", got)
	}
	var none *access.Rights
	if none.Allow(access.Read, "hazard") {
		t.Error("no rights give something")
	}
}

func TestALineIsAboutSomethingAndStandsOnce(t *testing.T) {
	t.Parallel()
	for of, want := range map[string]*fault.Declaration{"hazards": access.ErrNoSuchArea, "": access.ErrNoSuchArea, "safety": access.ErrTwoLines} {
		if _, err := access.NewRights(access.Line{Of: "safety"}, access.Line{Of: of}); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", of, err, want)
		}
	}
	if _, err := access.ParseActions("read *"); !errors.Is(err, access.ErrNoSuchAction) {
		t.Errorf("an action *: got %v", err)
	}
}

// TestWhatTheRolesAreFor says the lines that the bureau's own rules draw, so that a change of the table is seen for what it is.
func TestWhatTheRolesAreFor(t *testing.T) {
	t.Parallel()
	may := func(r access.Role, a access.Action, kind string) bool {
		return access.Actor{Name: "某人", Role: r}.May(a, kind)
	}
	for _, c := range []struct {
		name string
		got  bool
		want bool
	}{
		{"a finance clerk closes no hazard", may(access.Finance, "close", "hazard"), false},
		{"nor decides a case", may(access.Finance, "decide", "enforcement_case"), false},
		{"but books vouchers", may(access.Finance, access.Create, "voucher"), true},
		{"a section books no voucher", may(access.Section, access.Create, "voucher"), false},
		{"it reads what its projects cost", may(access.Section, access.Read, "voucher"), true},
		{"and declares their targets", may(access.Section, "declare", "project"), true},
		{"which it does not approve", may(access.Section, "approve", "project"), false},
		{"it closes hazards", may(access.Section, "close", "hazard"), true},
		{"a township enters and rectifies them", may(access.Township, "rectify", "hazard"), true},
		{"and does not close them", may(access.Township, "close", "hazard"), false},
		{"a leader approves", may(access.Leader, "approve", "project"), true},
		{"and writes nothing", may(access.Leader, access.Edit, "project"), false},
		{"an editor publishes", may(access.Editor, access.Create, "publication"), true},
		{"and books nothing", may(access.Editor, access.Create, "voucher"), false},
		{"the public reads what is published", may(access.Reader, access.Read, "publication"), true},
		{"and no record", may(access.Reader, access.Read, "hazard"), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.name, c.got)
		}
	}
	for _, r := range append(access.Roles(), access.Reader) {
		administrator := r.Code == access.Administrator.Code
		for _, of := range []string{"key", "book", "serve", "login_user", "role", "extra_field"} {
			if may(r, access.Edit, of) != administrator {
				t.Errorf("%s edits %s: %v", r.Code, of, !administrator)
			}
		}
		if may(r, access.Register, "hazard") != administrator {
			t.Errorf("%s passes over the steps of a hazard: %v", r.Code, !administrator)
		}
		if r.Code == access.Auditor.Code && (may(r, "close", "hazard") || may(r, access.Create, "voucher")) {
			t.Error("an auditor changes something")
		}
	}
}

func TestWhoeverHasNoNameOrNoRoleMayNothing(t *testing.T) {
	t.Parallel()
	for _, a := range []access.Actor{{}, {Name: "某人"}, {Role: access.Administrator}} {
		if a.May(access.Read, "hazard") || !errors.Is(a.Allow(access.Read, "hazard", access.ActionLabel(access.Read)), access.ErrNoActor) {
			t.Errorf("%+v may read", a)
		}
	}
}
