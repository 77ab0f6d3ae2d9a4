package login

import (
	"context"
	"strings"
	"time"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/width"
	"anlan/store"
)

// Attempt is what somebody who wants to sign in gives.
type Attempt struct {
	Name     string
	Password string
	Code     string // of the second factor, or a recovery code; empty at first, when nobody knows whether one is needed
	Address  string // from which the request comes, as a trusted proxy or the connection says
	Agent    string
}

// Half is the refusal of somebody whose password was right, and who has to show a second factor too: it is ErrCodeNeeded, or ErrWrongCode.
type Half struct {
	Passkeys bool // it has some, which are as good as a code (Passkeys.ToFinish)
	user     ident.ID
	why      error
}

func (h *Half) Error() string { return h.why.Error() }
func (h *Half) Unwrap() error { return h.why }

// SignIn begins a session. Faults: ErrWrong, which is also that of a name that is not there and of a user without a password, ErrWait,
// ErrNotInForce; and as a *Half ErrCodeNeeded (ask for the code and try again with everything) and ErrWrongCode.
func (u *Users) SignIn(ctx context.Context, a Attempt) (Session, error) {
	release, err := u.slot(ctx)
	if err != nil {
		return Session{}, err
	}
	defer release()
	a.Address, a.Agent = plain(a.Address, addressBytes), plain(a.Agent, agentBytes)
	login := strings.ToLower(width.Trim(a.Name))
	p, counted, err := u.tried(ctx, login, a.Address)
	if err != nil {
		return Session{}, err
	}
	if ok, err := p.knows(a.Password); err != nil || !ok {
		return Session{}, orWrong(err)
	}
	now := u.clock.Now()
	if err := p.inForce(period.DayAt(now)); err != nil {
		return Session{}, err
	}
	var s Session
	var half *Half
	err = u.book.DB().InTx(ctx, func(tx *store.Tx) error {
		if p.guarded() {
			half = &Half{Passkeys: p.Passkeys > 0, user: p.ID, why: ErrCodeNeeded.With()}
			if a.Code == "" {
				return counted.takeBack(tx, false)
			}
			taken, err := u.spend(tx, &p, a.Code, now)
			if err != nil {
				return err
			}
			if !taken {
				half.why = ErrWrongCode.With()
				return nil
			}
			half = nil
		}
		if err := counted.takeBack(tx, true); err != nil {
			return err
		}
		s, err = u.begin(tx, &p, ByPassword, a.Address, a.Agent, now)
		return err
	})
	if err == nil && half != nil {
		err = half
	}
	return s, err
}

func orWrong(err error) error {
	if err == nil {
		err = ErrWrong.With()
	}
	return err
}

// tried finds who a name is and counts the attempt. A name that nobody has finds nobody.
func (u *Users) tried(ctx context.Context, login, address string) (p person, counted attempted, err error) {
	now := u.clock.Now()
	err = u.book.DB().InTx(ctx, func(tx *store.Tx) (err error) {
		if err := u.sweep(tx, now); err != nil {
			return err
		}
		if loginForm.MatchString(login) {
			if p, _, err = u.person(tx, byLogin, login); err != nil {
				return err
			}
		}
		counted, err = u.admit(tx, login, p.ID, address, now)
		return err
	})
	return p, counted, err
}

// knows says whether the password is the user's. Nobody's takes as long.
func (p *person) knows(password string) (bool, error) {
	if len(password) > passwordBytesMax {
		return false, nil
	}
	if p.Password == "" {
		_, err := matches(nobodys, password)
		return false, err
	}
	return matches(p.Password, password)
}

// spend takes a code of the second factor or a recovery code, each once, also of two attempts at the same time. A secret that this machine
// cannot open gives no codes; recovery codes are taken all the same, and without one its fault says what is wrong.
func (u *Users) spend(tx *store.Tx, p *person, code string, now time.Time) (taken bool, err error) {
	secret, closed := u.opened(p, p.Secret)
	var n int64
	if step, ok := stepOf(secret, digitsOf(code), now, p.LastStep); ok {
		n, err = tx.Exec(`UPDATE login_credential SET totp_last_step = ? WHERE user_id = ? AND totp_last_step < ?`, step, p.ID.String(), step)
	} else {
		n, err = tx.Exec(`DELETE FROM login_recovery WHERE user_id = ? AND code_sha256 = ?`, p.ID.String(), recoverySum(code))
	}
	if err == nil && n == 0 {
		err = closed
	}
	return n > 0, err
}

// again asks for the password of somebody who is signed in, before what a stolen session must not do. It counts like an attempt.
func (u *Users) again(ctx context.Context, s Session, password string) (person, error) {
	return u.shown(ctx, s, func(p *person) (bool, error) { return p.knows(password) }, ErrWrong.With())
}

// shown counts an attempt of somebody who is signed in to show again who it is, and takes it back where it does.
func (u *Users) shown(ctx context.Context, s Session, show func(*person) (bool, error), wrong error) (person, error) {
	release, err := u.slot(ctx)
	if err != nil {
		return person{}, err
	}
	defer release()
	p, counted, err := u.tried(ctx, s.Login, s.Address)
	if err != nil {
		return p, err
	}
	if p.ID != s.User || p.ID == (ident.ID{}) {
		return p, ErrNoSession.With()
	}
	if ok, err := show(&p); err != nil {
		return p, err
	} else if !ok {
		return p, wrong
	}
	return p, u.book.DB().InTx(ctx, func(tx *store.Tx) error { return counted.takeBack(tx, true) })
}
