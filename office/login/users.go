package login

import (
	"context"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/seal"
)

// Options are how long a session lasts. The zero values are those of a bureau's office.
type Options struct {
	Idle     time.Duration // without a request; zero: 30 minutes
	Absolute time.Duration // in all; zero: 12 hours
	Proof    time.Duration // for how long it is believed that it is still the same person; zero: 10 minutes
	Roles    OwnRoles      // nil: only roles that come with the program
	// Delegations says who does whose work meanwhile; nil: nobody.
	Delegations Delegations
	// Key gives the key of the machine, by which secrets that must be read again are sealed; it is asked at first need. nil: a key that is
	// gone with these Users.
	Key func() (seal.Key, error)
}

// Delegations gives what is delegated; its kind stands beside this one, so app hands it down.
type Delegations interface {
	// To lists what is delegated to somebody on a day.
	To(tx *store.Tx, login string, day period.Day) ([]access.Delegation, error)
}

// OwnRoles gives the roles that the bureau has defined; their kind stands beside this one, so app hands them down.
type OwnRoles interface {
	// Role is the role with an id as it stands now; found is false where there is none any more.
	Role(tx *store.Tx, id ident.ID) (role access.Role, found bool, err error)
}

// How long a session lasts when nobody says.
const (
	idleUsual     = 30 * time.Minute
	absoluteUsual = 12 * time.Hour
	proofUsual    = 10 * time.Minute
)

// Users are the users of a book: they sign in and out by it. It is safe for concurrent use.
type Users struct {
	book    *book.Book
	clock   clock.Clock
	random  io.Reader
	ids     *ident.Maker
	options Options
	slots   chan struct{} // for those whose password is being hashed
	swept   atomic.Int64  // µs at which this process last dropped old failures
	key     func() (seal.Key, error)
}

// hashesAtOnce bounds memory and processors that attempts take: 4 × 19 MiB.
const hashesAtOnce = 4

// New gives the users of a book. random makes salts, tokens and codes: it is crypto/rand.Reader, never a seeded source, outside of
// tests, and safe for concurrent use.
func New(b *book.Book, c clock.Clock, random io.Reader, o Options) *Users {
	if o.Idle == 0 {
		o.Idle = idleUsual
	}
	if o.Absolute == 0 {
		o.Absolute = absoluteUsual
	}
	if o.Proof == 0 {
		o.Proof = proofUsual
	}
	if o.Key == nil {
		o.Key = func() (seal.Key, error) { return seal.New(random) }
	}
	return &Users{book: b, clock: c, random: random, ids: ident.NewMaker(c, random), options: o, slots: make(chan struct{}, hashesAtOnce), key: sync.OnceValues(o.Key)}
}

// Faults of signing in and of sessions.
var (
	ErrWrong = fault.Define("login.wrong", fault.Denied,
		"登录名或密码不对", "the login name or the password is wrong")
	ErrWait = fault.Define("login.wait", fault.Denied,
		"失败次数太多，请在%[1]s之后再试（还有%[2]d秒）", "too many attempts have failed; try again after %[1]s (in %[2]d seconds)")
	ErrNotInForce = fault.Define("login.not_in_force", fault.Denied,
		"用户%s现在不能登录：%s", "the user %s may not sign in now: %s")
	ErrCodeNeeded = fault.Define("login.code_needed", fault.Denied,
		"请再用一样东西证明是您：动态口令、通行密钥或一个恢复码", "show a second factor too: a code, a passkey or a recovery code")
	ErrWrongCode = fault.Define("login.wrong_code", fault.Denied,
		"动态口令不对、已过时或已用过", "the code is wrong, out of date, or was used before")
	ErrNoSession = fault.Define("login.no_session", fault.Denied,
		"没有登录，或登录已被结束：请登录", "you are not signed in, or the session was ended: sign in")
	ErrIdle = fault.Define("login.idle", fault.Denied,
		"%d分钟没有操作，登录已结束：请重新登录", "nothing was done for %d minutes and the session has ended: sign in again")
	ErrTooLong = fault.Define("login.too_long", fault.Denied,
		"登录已满%d小时，已经结束：请重新登录", "the session has lasted %d hours and has ended: sign in again")
	ErrMustChange = fault.Define("login.must_change", fault.Denied,
		"密码是别人设的：请先改成自己的密码", "the password was set by somebody else: change it first")
	ErrNoEnrolment = fault.Define("login.no_enrolment", fault.Conflict,
		"没有等待确认的动态口令：请先开始开启", "no second factor waits to be confirmed: begin again")
)

// person is a user with what it signs in by; the zero person is nobody.
type person struct {
	ID         ident.ID
	Login      string
	Name       string
	Role       Role
	Unit       place.Unit
	From       period.Day
	Until      period.Day
	State      record.State
	Password   string // PHC; empty: none was set
	MustChange bool
	Secret     []byte // of the codes of a second factor, sealed; nil: none
	LastStep   int64
	Pending    []byte // secret that waits to be confirmed, sealed
	Own        string // id of the bureau's own role; empty: none
	Passkeys   int64  // how many it has, for any site

	rights access.Role // of Role or Own, as they stand now
}

const personColumns = `u.id, u.login, u.full_name, u.role, u.unit, u.from_on, u.until_on, u.state,
  coalesce(c.password, ''), coalesce(c.must_change, 1), c.totp_secret, coalesce(c.totp_last_step, 0), c.totp_pending, coalesce(u.own_role_id, ''),
  (SELECT count(*) FROM login_passkey k WHERE k.user_id = u.id)`

func (p *person) dest() []any {
	return []any{&p.ID, &p.Login, &p.Name, &p.Role, &p.Unit, &p.From, &p.Until, &p.State, &p.Password, &p.MustChange, &p.Secret, &p.LastStep, &p.Pending, &p.Own, &p.Passkeys}
}

// byLogin finds a user by its name, by login_user_key.
const byLogin = `SELECT ` + personColumns + `
FROM login_user u LEFT JOIN login_credential c ON c.user_id = u.id
WHERE u.login = ? AND u.state <> 'withdrawn'`

// byID finds a user by its id, by login_user_id.
const byID = `SELECT ` + personColumns + `
FROM login_user u LEFT JOIN login_credential c ON c.user_id = u.id
WHERE u.id = ?`

// inForce refuses a user who may not sign in on a day.
func (p *person) inForce(today period.Day) error {
	why := lang.Text{}
	switch {
	case p.State != Active:
		why = lang.Of("已停用", "it is suspended")
	case p.rights.Code == "":
		why = lang.Of("它的角色已作废", "its role was withdrawn")
	case today.Before(p.From):
		why = lang.Text{Zh: "自" + p.From.String() + "起启用", En: "it begins on " + p.From.String()}
	case !p.Until.IsZero() && !today.Before(p.Until):
		why = lang.Text{Zh: "自" + p.Until.String() + "起停用", En: "it ended on " + p.Until.String()}
	default:
		return nil
	}
	return ErrNotInForce.With(p.Login, why)
}

// guarded says whether a password alone does not sign the user in.
func (p *person) guarded() bool { return p.Secret != nil || p.Passkeys > 0 }

// self is the user as the journal names it.
func (p *person) self(address string) access.Actor {
	return access.Actor{Name: p.Login, Role: p.rights, Unit: p.Unit, Via: "web", Address: address}
}

// person finds a user in a transaction, with a query of byLogin or byID.
func (u *Users) person(tx *store.Tx, query, by string) (p person, found bool, err error) {
	if found, err = tx.QueryRow(p.dest(), query, by); err != nil || !found {
		return p, found, err
	}
	return p, found, u.entitle(tx, &p)
}

// entitle finds the rights of a user's role.
func (u *Users) entitle(tx *store.Tx, p *person) (err error) {
	p.rights = p.Role.shipped()
	if p.Role != OwnRole || u.options.Roles == nil {
		return nil
	}
	id, err := ident.Parse(p.Own)
	if err == nil {
		p.rights, _, err = u.options.Roles.Role(tx, id)
	}
	return err
}

// slot waits until a password may be hashed.
func (u *Users) slot(ctx context.Context) (release func(), err error) {
	select {
	case u.slots <- struct{}{}:
		return func() { <-u.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// bytes draws from the random source.
func (u *Users) bytes(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(u.random, b); err != nil {
		return nil, fmt.Errorf("login: read random source: %w", err)
	}
	return b, nil
}
