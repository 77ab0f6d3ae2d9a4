package token

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
)

// Users say who a user is (office/login).
type Users interface {
	Acting(tx *store.Tx, user ident.ID, via, address string) (access.Actor, error)
	Keeps(ctx context.Context, actor access.Actor, user ident.ID) (own bool, err error)
}

// Tokens are the tokens of a book. It is safe for concurrent use.
type Tokens struct {
	book   *book.Book
	clock  clock.Clock
	random io.Reader
	ids    *ident.Maker
	users  Users
	names  []string
}

// New gives the tokens of a book; names are those that a scope may name: kinds and areas. random is crypto/rand.Reader outside of tests.
func New(b *book.Book, c clock.Clock, random io.Reader, users Users, names []string) *Tokens {
	return &Tokens{book: b, clock: c, random: random, ids: ident.NewMaker(c, random), users: users, names: names}
}

// Token is a token without its secret.
type Token struct {
	ID       ident.ID
	User     ident.ID
	Name     string
	Scope    Scope
	Made     time.Time
	Ends     time.Time
	Seen     time.Time // the last time, to the minute; zero: never
	SeenFrom string    // the address from which it came then
	Revoked  time.Time // zero while nobody has
}

// Request asks for a token.
type Request struct {
	Name  string
	Scope string
	Ends  time.Time
}

// Bearer is a program that has shown a token.
type Bearer struct {
	Token
	Actor access.Actor
}

const (
	prefix      = "anlan_" // so that scanners of secrets know one when they see it
	secretBytes = 32
	longest     = 366 * 24 * time.Hour
	inForceMax  = 20 // of one user
	seenEvery   = time.Minute
	shownMax    = 500
	via         = "api"
)

// acts is what the journal calls the acts of this package.
const acts = "token"

// The acts.
const (
	issue  = "issue"
	revoke = "revoke"
)

// Faults of tokens.
var (
	ErrBadName = fault.Define("token.bad_name", fault.Invalid,
		"“%s”不能作令牌名称，应为2到30个小写字母、数字、点、减号、下划线，以字母开头", "%q cannot be the name of a token; expected 2 to 30 of a–z, 0–9, dot, hyphen and underscore, a letter first")
	ErrNameTaken = fault.Define("token.name_taken", fault.Conflict,
		"已有名为“%s”的令牌在用，请换一个名称，或先撤销它", "a token named %q is in force; choose another name, or revoke it first")
	ErrBadEnd = fault.Define("token.bad_end", fault.Invalid,
		"有效期到%s不行：必须在现在之后、一年以内", "a token cannot end on %s: that must be after now and within a year")
	ErrTooMany = fault.Define("token.too_many", fault.TooLarge,
		"一个用户最多有%d个在用的令牌，请先撤销不用的", "a user has at most %d tokens in force; revoke those that are not used")
	ErrForAnother = fault.Define("token.for_another", fault.Denied,
		"令牌由本人签发，%s不能替别人签发", "a token is issued by its own user; %s may not issue one for another")
	ErrNone = fault.Define("token.none", fault.Denied,
		"没有令牌，或令牌不对：请求应带 Authorization: Bearer 令牌", "there is no token, or it is wrong: a request is to bring Authorization: Bearer TOKEN")
	ErrOver = fault.Define("token.over", fault.Denied,
		"令牌“%s”已于%s到期或被撤销", "the token %q ended or was revoked on %s")
	ErrNoSuch = fault.Define("token.no_such", fault.NotFound,
		"没有名为“%s”的在用令牌", "there is no token %q in force")
)

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,29}$`)

// Issue makes a token of a user and gives its secret, which is nowhere else. Faults: ErrBadName, ErrNameTaken, ErrBadScope, ErrBadEnd,
// ErrTooMany, ErrForAnother.
func (t *Tokens) Issue(ctx context.Context, actor access.Actor, user ident.ID, q Request) (secret string, made Token, err error) {
	own, err := t.users.Keeps(ctx, actor, user)
	if err != nil {
		return "", made, err
	}
	if atTheMachine := actor.Unit == ""; !own && !atTheMachine {
		return "", made, ErrForAnother.With(actor.Name)
	}
	if err := actor.Sure(actLabels[issue]); err != nil {
		return "", made, err
	}
	var faults fault.List
	scope, wrong := ParseScope(q.Scope, t.names)
	if err := faults.Add(wrong); err != nil {
		return "", made, err
	}
	if !nameForm.MatchString(q.Name) {
		faults = append(faults, ErrBadName.With(q.Name))
	}
	if now := t.clock.Now(); !q.Ends.After(now) || q.Ends.Sub(now) > longest {
		faults = append(faults, ErrBadEnd.With(day(q.Ends)))
	}
	if err := faults.Err(); err != nil {
		return "", made, err
	}
	raw := make([]byte, secretBytes)
	if _, err := io.ReadFull(t.random, raw); err != nil {
		return "", made, fmt.Errorf("token: read random source: %w", err)
	}
	secret = prefix + base64.RawURLEncoding.EncodeToString(raw)
	made = Token{User: user, Name: q.Name, Scope: scope, Ends: q.Ends.UTC().Truncate(time.Microsecond)}
	if made.ID, err = t.ids.V4(); err != nil {
		return "", made, err
	}
	why := fmt.Sprintf("%s: %s, %s", q.Name, scope, day(q.Ends))
	_, err = t.book.Enter(ctx, actor, book.Act{Of: acts, Action: issue, About: user, Reason: why}, func(tx *store.Tx, at time.Time) error {
		made.Made = at
		return t.insert(tx, secret, made)
	})
	if err != nil {
		return "", Token{}, err
	}
	return secret, made, nil
}

// day is an instant as the bureau's calendar has it.
func day(t time.Time) string { return period.DayAt(t).String() }

func (t *Tokens) insert(tx *store.Tx, secret string, x Token) error {
	var n, same int64
	_, err := tx.QueryRow([]any{&n, &same}, `SELECT count(*), coalesce(sum(CASE WHEN name = ? THEN 1 ELSE 0 END), 0) FROM api_token
WHERE user_id = ? AND revoked_at IS NULL AND ends_at > ?`, x.Name, x.User.String(), x.Made.UnixMicro()) // by api_token_user
	switch {
	case err != nil:
		return err
	case same > 0:
		return ErrNameTaken.With(x.Name)
	case n >= inForceMax:
		return ErrTooMany.With(inForceMax)
	}
	_, err = tx.Exec(`INSERT INTO api_token (token_sha256, id, user_id, name, scope, made_at, ends_at, seen_at, seen_from, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)`,
		sum(secret), x.ID.String(), x.User.String(), x.Name, x.Scope.String(), x.Made.UnixMicro(), x.Ends.UnixMicro())
	return err
}

// sum is how a secret is kept and found.
func sum(secret string) []byte {
	s := sha256.Sum256([]byte(secret))
	return s[:]
}

const columns = `id, user_id, name, scope, made_at, ends_at, seen_at, seen_from, revoked_at`

// row is a token as stored.
type row struct {
	id, user        ident.ID
	name, scope     string
	made, ends      int64
	seen, revokedAt *int64
	seenFrom        *string
}

func (r *row) dest() []any {
	return []any{&r.id, &r.user, &r.name, &r.scope, &r.made, &r.ends, &r.seen, &r.seenFrom, &r.revokedAt}
}

func (r *row) token() Token {
	x := Token{ID: r.id, User: r.user, Name: r.name, Scope: strings.Fields(r.scope), Made: instant(r.made), Ends: instant(r.ends)}
	if r.seen != nil {
		x.Seen = instant(*r.seen)
	}
	if r.seenFrom != nil {
		x.SeenFrom = *r.seenFrom
	}
	if r.revokedAt != nil {
		x.Revoked = instant(*r.revokedAt)
	}
	return x
}

func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// Resume is the bearer of a secret, with the rights that its user has now; address is where the request comes from. Faults: ErrNone,
// ErrOver, and those of a user who is not in force.
func (t *Tokens) Resume(ctx context.Context, secret, address string) (Bearer, error) {
	if !strings.HasPrefix(secret, prefix) {
		return Bearer{}, ErrNone.With()
	}
	var out Bearer
	now := t.clock.Now()
	err := t.book.DB().Read(ctx, func(tx *store.Tx) error {
		var r row
		found, err := tx.QueryRow(r.dest(), `SELECT `+columns+` FROM api_token WHERE token_sha256 = ?`, sum(secret)) // by api_token_key
		if err != nil {
			return err
		}
		if !found {
			return ErrNone.With()
		}
		out.Token = r.token()
		switch {
		case !out.Revoked.IsZero():
			return ErrOver.With(out.Name, day(out.Revoked))
		case !now.Before(out.Ends):
			return ErrOver.With(out.Name, day(out.Ends))
		}
		out.Actor, err = t.users.Acting(tx, out.User, via+":"+out.Name, address)
		return err
	})
	if err != nil {
		return Bearer{}, err
	}
	if now.Sub(out.Seen) >= seenEvery {
		err = t.book.DB().InTx(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE api_token SET seen_at = ?, seen_from = ? WHERE token_sha256 = ? AND coalesce(seen_at, 0) < ?`,
				now.UnixMicro(), out.Actor.Address, sum(secret), now.UnixMicro())
			return err
		})
	}
	return out, err
}

// List gives the tokens of a user, the newest first, at most 500, those that are over too: to the user itself, and to an administrator in
// whose scope it is.
func (t *Tokens) List(ctx context.Context, actor access.Actor, user ident.ID) (out []Token, err error) {
	if _, err := t.users.Keeps(ctx, actor, user); err != nil {
		return nil, err
	}
	err = t.book.DB().Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query(`SELECT `+columns+` FROM api_token WHERE user_id = ? ORDER BY made_at DESC, id LIMIT ?`, user.String(), int64(shownMax)) // by api_token_user
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r row
			if err := rows.Scan(r.dest()...); err != nil {
				return err
			}
			out = append(out, r.token())
		}
		return rows.Err()
	})
	return out, err
}

// Revoke ends the token of a user that has a name; the next request that brings it is refused. To the user itself, and to an administrator in
// whose scope it is. Fault: ErrNoSuch.
func (t *Tokens) Revoke(ctx context.Context, actor access.Actor, user ident.ID, name string) error {
	if _, err := t.users.Keeps(ctx, actor, user); err != nil {
		return err
	}
	_, err := t.book.Enter(ctx, actor, book.Act{Of: acts, Action: revoke, About: user, Reason: name}, func(tx *store.Tx, at time.Time) error {
		n, err := tx.Exec(`UPDATE api_token SET revoked_at = ? WHERE user_id = ? AND name = ? AND revoked_at IS NULL AND ends_at > ?`,
			at.UnixMicro(), user.String(), name, at.UnixMicro())
		if err == nil && n == 0 {
			err = ErrNoSuch.With(name)
		}
		return err
	})
	return err
}

// ActLabel names an act of this package in words.
func ActLabel(action string) lang.Text { return actLabels[action] }

var actLabels = map[string]lang.Text{issue: lang.Of("签发令牌", "token issued"), revoke: lang.Of("撤销令牌", "token revoked")}

// Acts gives what was done with the tokens of a user, the oldest first: to those to whom List gives them.
func (t *Tokens) Acts(ctx context.Context, actor access.Actor, user ident.ID) (out []book.WasDone, err error) {
	if _, err := t.users.Keeps(ctx, actor, user); err != nil {
		return nil, err
	}
	err = t.book.Read(ctx, actor, 0, func(v *book.View) error {
		return v.Acts(acts, user, func(a book.WasDone) error { out = append(out, a); return nil })
	})
	return out, err
}
