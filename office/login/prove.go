package login

import (
	"context"

	"anlan/ground/fault"
	"anlan/store"
)

// Again is by what somebody who is signed in shows once more that it is they: a password, or a code of the second factor.
type Again struct {
	Password string
	Code     string
}

// ErrNothingShown says that nothing was given by which it could be known who it is.
var ErrNothingShown = fault.Define("login.nothing_shown", fault.Denied,
	"请输入密码或动态口令", "give the password, or a code of the second factor")

// Prove takes it that it is still the user who has a session, for the time of Options.Proof: dangerous acts ask for it (access.Actor.Sure). What
// is shown counts like an attempt to sign in. Faults: ErrNothingShown, ErrWrong, ErrWrongCode, ErrWait.
func (u *Users) Prove(ctx context.Context, s Session, a Again) error {
	var err error
	switch {
	case a.Password != "":
		_, err = u.again(ctx, s, a.Password)
	case a.Code != "":
		_, err = u.shown(ctx, s, func(p *person) (taken bool, err error) {
			err = u.book.DB().InTx(ctx, func(tx *store.Tx) (err error) {
				taken, err = u.spend(tx, p, a.Code, u.clock.Now())
				return err
			})
			return taken, err
		}, ErrWrongCode.With())
	default:
		err = ErrNothingShown.With()
	}
	if err != nil {
		return err
	}
	return u.book.DB().InTx(ctx, func(tx *store.Tx) error { return u.proved(tx, s) })
}

// proved notes that whoever has a session is its user.
func (u *Users) proved(tx *store.Tx, s Session) error {
	n, err := tx.Exec(`UPDATE login_session SET proved_at = ? WHERE id = ? AND ended_at IS NULL`, u.clock.Now().UnixMicro(), s.ID.String())
	if err == nil && n == 0 {
		err = ErrNoSession.With()
	}
	return err
}
