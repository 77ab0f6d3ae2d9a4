package access_test

import (
	"errors"
	"testing"

	"anlan/ground/lang"
	"anlan/record/access"
)

func TestADangerousActIsForWhoeverIsKnownToBeThere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind   string
		action access.Action
		want   bool
	}{
		{"login_user", access.Create, true}, {"login_user", "suspend", true}, {"login_user", access.Read, false}, {"role", access.Withdraw, true}, {"delegation", access.Create, true},
		{"webhook", access.Edit, true}, {"report_signing", "publish", true}, {"report_signing", "sign", false}, {"hazard", access.Edit, false}, {"voucher", access.Withdraw, false},
	} {
		if got := access.Guarded(c.kind, c.action); got != c.want {
			t.Errorf("%s of %s: %v", c.action, c.kind, got)
		}
	}
	what := lang.Of("用户", "users")
	for proof, want := range map[access.Proof]error{access.Proved: nil, access.Stale: access.ErrProveAgain, access.Programmed: access.ErrByProgram} {
		if err := (access.Actor{Name: "lijun", Role: access.Administrator, Proof: proof}).Sure(what); !errors.Is(err, want) {
			t.Errorf("%d: got %v, want %v", proof, err, want)
		}
	}
}
