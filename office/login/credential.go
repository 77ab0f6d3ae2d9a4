package login

import (
	"context"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
)

// acts is what the journal calls the acts of this package.
const acts = "login"

// The acts.
const (
	setPassword      = "set_password"
	changePassword   = "change_password"
	secondFactorOn   = "second_factor_on"
	secondFactorOff  = "second_factor_off"
	passkeyAdded     = "passkey_added"
	passkeyDropped   = "passkey_dropped"
	recoveryRenewed  = "recovery_renewed"
	identityLinked   = "identity_linked"
	identityUnlinked = "identity_unlinked"
	revokeSession    = "revoke_session"
	actFor           = "act_for"
	actOwn           = "act_own"
)

var actLabels = map[string]lang.Text{
	setPassword:      lang.Of("设初始密码", "first password set"),
	changePassword:   lang.Of("更改密码", "password changed"),
	secondFactorOn:   lang.Of("开启动态口令", "second factor switched on"),
	secondFactorOff:  lang.Of("关闭第二因素", "second factor switched off"),
	passkeyAdded:     lang.Of("添加通行密钥", "passkey added"),
	passkeyDropped:   lang.Of("停用通行密钥", "passkey taken away"),
	recoveryRenewed:  lang.Of("换恢复码", "recovery codes replaced"),
	identityLinked:   lang.Of("关联统一身份", "identity linked"),
	identityUnlinked: lang.Of("解除统一身份", "identity unlinked"),
	revokeSession:    lang.Of("结束登录", "sessions ended"),
	actFor:           lang.Of("开始代他人办理", "began to act for another"),
	actOwn:           lang.Of("不再代他人办理", "acts for itself again"),
}

// SetPassword gives a user a password that it must change when it signs in, and ends its sessions: a new user, or one who has
// forgotten it. An empty password is generated. It gives the password, which is nowhere else. Only an administrator in whose scope
// the user is may; for one's own there is ChangePassword.
func (u *Users) SetPassword(ctx context.Context, actor access.Actor, user ident.ID, password string) (string, error) {
	who, err := u.Managed(ctx, actor, user)
	if err != nil {
		return "", err
	}
	if who.is(actor) {
		return "", ErrOwnRights.With(actor.Name)
	}
	if err := actor.Sure(actLabels[setPassword]); err != nil {
		return "", err
	}
	if password == "" {
		if password, err = generate(u.random); err != nil {
			return "", err
		}
	}
	if err := fit(who.Login, password); err != nil {
		return "", err
	}
	phc, err := u.hashed(ctx, password)
	if err != nil {
		return "", err
	}
	_, err = u.book.Enter(ctx, actor, book.Act{Of: acts, Action: setPassword, About: user}, func(tx *store.Tx, at time.Time) error {
		if _, err := endAll(tx, user, ident.ID{}, at); err != nil {
			return err
		}
		return keep(tx, user, phc, true, at)
	})
	return password, err
}

// ChangePassword changes one's own password, and ends all other sessions. The session goes on; it has its rights with the next Resume.
func (u *Users) ChangePassword(ctx context.Context, s Session, old, password string) error {
	p, err := u.again(ctx, s, old)
	if err != nil {
		return err
	}
	if err := fit(p.Login, password); err != nil {
		return err
	}
	if password == old {
		return ErrSamePassword.With()
	}
	phc, err := u.hashed(ctx, password)
	if err != nil {
		return err
	}
	_, err = u.book.Enter(ctx, p.self(s.Address), book.Act{Of: acts, Action: changePassword, About: p.ID}, func(tx *store.Tx, at time.Time) error {
		if _, err := endAll(tx, p.ID, s.ID, at); err != nil {
			return err
		}
		return keep(tx, p.ID, phc, false, at)
	})
	return err
}

func (u *Users) hashed(ctx context.Context, password string) (string, error) {
	release, err := u.slot(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return hash(u.random, password)
}

// keep stores the password of a user.
func keep(tx *store.Tx, user ident.ID, phc string, mustChange bool, at time.Time) error {
	_, err := tx.Exec(`INSERT INTO login_credential (user_id, password, changed_at, must_change, totp_last_step) VALUES (?, ?, ?, ?, 0)
ON CONFLICT (user_id) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at, must_change = excluded.must_change`,
		user.String(), phc, at.UnixMicro(), mustChange)
	return err
}

// Enrolment is a second factor that is about to be switched on.
type Enrolment struct {
	Secret string // for typing
	URL    string // for a QR code
}

// EnrolTOTP makes the secret of a second factor, which holds once ConfirmTOTP has seen a code of it; an older one holds until then.
// It is a dangerous act (access.Actor.Sure).
func (u *Users) EnrolTOTP(ctx context.Context, s Session) (Enrolment, error) {
	if s.MustChange {
		return Enrolment{}, ErrMustChange.With()
	}
	if err := s.Actor.Sure(actLabels[secondFactorOn]); err != nil {
		return Enrolment{}, err
	}
	secret, err := u.bytes(totpSecretBytes)
	if err != nil {
		return Enrolment{}, err
	}
	sealed, err := u.sealed(s.User, secret)
	if err != nil {
		return Enrolment{}, err
	}
	head, err := u.book.Head(ctx)
	if err != nil {
		return Enrolment{}, err
	}
	err = u.book.DB().InTx(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(`UPDATE login_credential SET totp_pending = ? WHERE user_id = ?`, sealed, s.User.String())
		if err == nil && n == 0 {
			err = ErrNoPassword.With()
		}
		return err
	})
	if err != nil {
		return Enrolment{}, err
	}
	return Enrolment{Secret: base32Plain.EncodeToString(secret), URL: totpURL(head.Unit, s.Login, secret)}, nil
}

// ErrNoPassword says that codes guard a password, and there is none.
var ErrNoPassword = fault.Define("login.no_password", fault.Conflict,
	"您没有密码，动态口令无从用起；要用密码登录，请管理员给一个初始密码", "you have no password for codes to guard; if you want one, ask an administrator for a first password")

// ConfirmTOTP switches the second factor on, once the authenticator gives its codes, and gives ten recovery codes, which are nowhere
// else and replace those from before.
func (u *Users) ConfirmTOTP(ctx context.Context, s Session, code string) ([]string, error) {
	if s.MustChange {
		return nil, ErrMustChange.With()
	}
	fresh, err := recovery(u.random)
	if err != nil {
		return nil, err
	}
	_, err = u.book.Enter(ctx, s.Actor, book.Act{Of: acts, Action: secondFactorOn, About: s.User}, func(tx *store.Tx, at time.Time) error {
		p, found, err := u.person(tx, byID, s.User.String())
		if err != nil {
			return err
		}
		if !found || p.Pending == nil {
			return ErrNoEnrolment.With()
		}
		secret, err := u.opened(&p, p.Pending)
		if err != nil {
			return err
		}
		step, ok := stepOf(secret, digitsOf(code), at, 0)
		if !ok {
			return ErrWrongCode.With()
		}
		if _, err := tx.Exec(`UPDATE login_credential SET totp_secret = totp_pending, totp_pending = NULL, totp_last_step = ? WHERE user_id = ?`, step, p.ID.String()); err != nil {
			return err
		}
		return keepRecovery(tx, p.ID, fresh)
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

// RenewRecovery gives ten recovery codes in place of those from before, to whoever has a second factor. It is a dangerous act. Fault:
// ErrUnguarded.
func (u *Users) RenewRecovery(ctx context.Context, s Session) ([]string, error) {
	if !s.SecondFactor {
		return nil, ErrUnguarded.With()
	}
	if err := s.Actor.Sure(actLabels[recoveryRenewed]); err != nil {
		return nil, err
	}
	fresh, err := recovery(u.random)
	if err != nil {
		return nil, err
	}
	_, err = u.book.Enter(ctx, s.Actor, book.Act{Of: acts, Action: recoveryRenewed, About: s.User}, func(tx *store.Tx, _ time.Time) error {
		return keepRecovery(tx, s.User, fresh)
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

// ErrUnguarded says that recovery codes stand in for a second factor, and there is none.
var ErrUnguarded = fault.Define("login.unguarded", fault.Conflict,
	"还没有开启第二因素，不需要恢复码", "there is no second factor that recovery codes could stand in for")

// keepRecovery keeps the recovery codes of a user, in place of those from before.
func keepRecovery(tx *store.Tx, user ident.ID, codes []string) error {
	if _, err := tx.Exec(`DELETE FROM login_recovery WHERE user_id = ?`, user.String()); err != nil {
		return err
	}
	for _, c := range codes {
		if _, err := tx.Exec(`INSERT INTO login_recovery (user_id, code_sha256) VALUES (?, ?)`, user.String(), recoverySum(c)); err != nil {
			return err
		}
	}
	return nil
}

// DropSecondFactor switches the second factor of a user off, codes and passkeys, who has lost phone and recovery codes, and ends its
// sessions. Only an administrator in whose scope the user is may, and not for itself. It is a dangerous act.
func (u *Users) DropSecondFactor(ctx context.Context, actor access.Actor, user ident.ID, reason string) error {
	who, err := u.Managed(ctx, actor, user)
	if err != nil {
		return err
	}
	if who.is(actor) {
		return ErrOwnRights.With(actor.Name)
	}
	if err := actor.Sure(actLabels[secondFactorOff]); err != nil {
		return err
	}
	_, err = u.book.Enter(ctx, actor, book.Act{Of: acts, Action: secondFactorOff, About: user, Reason: reason}, func(tx *store.Tx, at time.Time) error {
		if _, err := tx.Exec(`UPDATE login_credential SET totp_secret = NULL, totp_pending = NULL WHERE user_id = ?`, user.String()); err != nil {
			return err
		}
		for _, forget := range []string{`DELETE FROM login_recovery WHERE user_id = ?`, `DELETE FROM login_passkey WHERE user_id = ?`} {
			if _, err := tx.Exec(forget, user.String()); err != nil {
				return err
			}
		}
		_, err := endAll(tx, user, ident.ID{}, at)
		return err
	})
	return err
}

// Managed is a user in the scope of an administrator; anybody else is refused.
func (u *Users) Managed(ctx context.Context, actor access.Actor, user ident.ID) (*User, error) {
	if err := actor.Allow(access.Edit, Kind.Code(), Kind.Label()); err != nil {
		return nil, err
	}
	if actor.Role.Code != access.Administrator.Code {
		return nil, ErrNotAdministrator.With(actor.Name, actor.Role.Label)
	}
	return u.seen(ctx, actor, user)
}

// ownOrManaged refuses whoever is neither the user nor an administrator in whose scope it is. Nobody needs a right over users to see to
// their own sessions. own says that it is the user itself.
func (u *Users) ownOrManaged(ctx context.Context, actor access.Actor, user ident.ID) (own bool, err error) {
	err = u.book.DB().Read(ctx, func(tx *store.Tx) error {
		p, found, err := u.person(tx, byID, user.String())
		own = found && actor.Unit != "" && actor.Name == p.Login
		return err
	})
	if err != nil || own {
		return own, err
	}
	_, err = u.Managed(ctx, actor, user)
	return false, err
}

// seen is a user as an actor sees it.
func (u *Users) seen(ctx context.Context, actor access.Actor, user ident.ID) (who *User, err error) {
	err = u.book.Read(ctx, actor, 0, func(v *book.View) error {
		r, err := v.Get(Kind.Code(), user)
		if err == nil {
			who = r.(*User)
		}
		return err
	})
	return who, err
}
