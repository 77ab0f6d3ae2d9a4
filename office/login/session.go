package login

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
)

// Session is somebody who is signed in.
type Session struct {
	Token string   // for the cookie; only SignIn knows it
	ID    ident.ID // names the session where it is listed and revoked
	User  ident.ID
	Login string
	Name  string // of the person
	Actor access.Actor
	// MustChange says that the password must be changed before anything else; until then Actor is the zero actor.
	MustChange   bool
	SecondFactor bool      // a password alone does not sign it in
	Codes        bool      // it has codes of an authenticator for that
	Way          Way       // by what it began
	Proved       time.Time // when whoever has it last proved to be the user; dangerous acts ask for it (access.Actor.Sure)
	For          string    // login name of whom it acts for, and whose rights Actor has; empty: for itself
	Address      string    // from which it began
	Agent        string    // the browser, as it names itself
	Began        time.Time
	Seen         time.Time
	Ends         time.Time // at the latest
	Ended        time.Time // zero while nobody has ended it
}

// Way is by what a session began.
type Way string

// The ways.
const (
	ByPassword Way = "password" // with a second factor where the user has one
	ByPasskey  Way = "passkey"
	ByProvider Way = "provider" // an identity provider
)

// Label names the way.
func (w Way) Label() lang.Text {
	switch w {
	case ByPasskey:
		return lang.Of("通行密钥", "passkey")
	case ByProvider:
		return lang.Of("统一身份", "identity provider")
	}
	return lang.Of("密码", "password")
}

const (
	tokenBytes    = 32
	seenEvery     = time.Minute          // how often a request is noted as the last seen
	sessionsKept  = 200 * 24 * time.Hour // 网络安全法: logs of at least six months
	sessionsShown = 200
	addressBytes  = 64
	agentBytes    = 200
)

// tokenSum is how a token is kept and found.
func tokenSum(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// plain cuts a text that a browser says of itself to what can be kept.
func plain(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "")
	}
	return s
}

// begin writes a new session.
func (u *Users) begin(tx *store.Tx, p *person, way Way, address, agent string, now time.Time) (Session, error) {
	secret, err := u.bytes(tokenBytes)
	if err != nil {
		return Session{}, err
	}
	id, err := u.ids.V4()
	if err != nil {
		return Session{}, err
	}
	s := p.session(way, address)
	s.Token, s.ID, s.Agent = base64.RawURLEncoding.EncodeToString(secret), id, agent
	s.Began, s.Seen, s.Proved, s.Ends = now, now, now, now.Add(u.options.Absolute)
	if _, err := tx.Exec(`DELETE FROM login_session WHERE ends_at < ?`, now.Add(-sessionsKept).UnixMicro()); err != nil { // by login_session_ends
		return Session{}, err
	}
	_, err = tx.Exec(`INSERT INTO login_session (token_sha256, id, user_id, address, agent, way, began_at, seen_at, proved_at, ends_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
		tokenSum(s.Token), id.String(), p.ID.String(), address, agent, string(way), now.UnixMicro(), now.UnixMicro(), now.UnixMicro(), s.Ends.UnixMicro())
	return s, err
}

// session is the user as signed in by a way from an address: with no rights at all while the password by which it is signed in must be changed.
func (p *person) session(way Way, address string) Session {
	s := Session{User: p.ID, Login: p.Login, Name: p.Name, Way: way, MustChange: p.MustChange && way == ByPassword, SecondFactor: p.guarded(), Codes: p.Secret != nil, Address: address}
	if !s.MustChange {
		s.Actor = p.self(address)
	}
	return s
}

// byToken finds a session and its user, by login_session_key.
const byToken = `SELECT s.id, s.address, s.agent, coalesce(s.way, 'password'), s.began_at, s.seen_at, coalesce(s.proved_at, s.began_at), s.ends_at, s.ended_at, coalesce(s.acting_for, ''), ` + personColumns + `
FROM login_session s JOIN login_user u ON u.id = s.user_id LEFT JOIN login_credential c ON c.user_id = u.id
WHERE s.token_sha256 = ?`

// times are the instants of a session as stored.
type times struct {
	began, seen, proved, ends int64
	ended                     *int64
}

func (t *times) onto(s *Session) {
	s.Began, s.Seen, s.Proved, s.Ends = instant(t.began), instant(t.seen), instant(t.proved), instant(t.ends)
	if t.ended != nil {
		s.Ended = instant(*t.ended)
	}
}

func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// Resume is the session of a token, with the rights that its user has now; address is where the request comes from. Faults:
// ErrNoSession, ErrIdle, ErrTooLong, ErrNotInForce.
func (u *Users) Resume(ctx context.Context, token, address string) (Session, error) {
	s, err := u.Look(ctx, token, address)
	if now := u.clock.Now(); err == nil && now.Sub(s.Seen) >= seenEvery {
		err = u.book.DB().InTx(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE login_session SET seen_at = ? WHERE token_sha256 = ? AND seen_at < ?`, now.UnixMicro(), tokenSum(token), now.UnixMicro())
			return err
		})
		s.Seen = now
	}
	return s, err
}

// Look is Resume for what a page asks by itself: that somebody is there it does not say, and a session that nobody uses ends.
func (u *Users) Look(ctx context.Context, token, address string) (Session, error) {
	address = plain(address, addressBytes)
	var s Session
	var p person
	var t times
	var found bool
	now := u.clock.Now()
	err := u.book.DB().Read(ctx, func(tx *store.Tx) (err error) {
		var from, agent, acting string
		var way Way
		var id ident.ID
		found, err = tx.QueryRow(append([]any{&id, &from, &agent, &way, &t.began, &t.seen, &t.proved, &t.ends, &t.ended, &acting}, p.dest()...), byToken, tokenSum(token))
		if found {
			if err := u.entitle(tx, &p); err != nil {
				return err
			}
			s = p.session(way, address)
			s.ID, s.Address, s.Agent = id, from, agent
			t.onto(&s)
			if !s.MustChange && now.Sub(s.Proved) >= u.options.Proof {
				s.Actor.Proof = access.Stale
			}
			return u.lend(tx, &s, &p, acting, now)
		}
		return err
	})
	switch {
	case err != nil:
		return Session{}, err
	case !found || !s.Ended.IsZero():
		return Session{}, ErrNoSession.With()
	case !now.Before(s.Ends):
		return Session{}, ErrTooLong.With(int(s.Ends.Sub(s.Began) / time.Hour))
	case now.Sub(s.Seen) >= u.options.Idle:
		return Session{}, ErrIdle.With(int(u.options.Idle / time.Minute))
	}
	if err := p.inForce(period.DayAt(now)); err != nil {
		return Session{}, err
	}
	return s, nil
}

// SignOut ends the session of a token; of one that is over already, or none, it says nothing.
func (u *Users) SignOut(ctx context.Context, token string) error {
	now := u.clock.Now()
	return u.book.DB().InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE login_session SET ended_at = ? WHERE token_sha256 = ? AND ended_at IS NULL`, now.UnixMicro(), tokenSum(token))
		return err
	})
}

// Sessions lists the sessions of a user that are not over, the newest first, at most 200, without their actors: to the user itself, and
// to an administrator in whose scope it is.
func (u *Users) Sessions(ctx context.Context, actor access.Actor, user ident.ID) ([]Session, error) {
	if _, err := u.ownOrManaged(ctx, actor, user); err != nil {
		return nil, err
	}
	var out []Session
	now := u.clock.Now()
	err := u.book.DB().Read(ctx, func(tx *store.Tx) error {
		p, found, err := u.person(tx, byID, user.String())
		if err != nil || !found {
			return err
		}
		rows, err := tx.Query(`SELECT id, address, agent, coalesce(way, 'password'), began_at, seen_at, coalesce(proved_at, began_at), ends_at, ended_at FROM login_session
WHERE user_id = ? AND ended_at IS NULL AND ends_at > ? AND seen_at > ? ORDER BY began_at DESC, id LIMIT ?`,
			user.String(), now.UnixMicro(), now.Add(-u.options.Idle).UnixMicro(), int64(sessionsShown)) // by login_session_user
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			s := p.session(ByPassword, "")
			s.Actor = access.Actor{} // whoever looks at a session does not get its rights
			var t times
			if err := rows.Scan(&s.ID, &s.Address, &s.Agent, &s.Way, &t.began, &t.seen, &t.proved, &t.ends, &t.ended); err != nil {
				return err
			}
			t.onto(&s)
			out = append(out, s)
		}
		return rows.Err()
	})
	return out, err
}

// Open is how many sessions of all users are not over, by login_session_ends.
func (u *Users) Open(tx *store.Tx) (n int64, err error) {
	now := u.clock.Now()
	_, err = tx.QueryRow([]any{&n}, `SELECT count(*) FROM login_session WHERE ends_at > ? AND ended_at IS NULL AND seen_at > ?`, now.UnixMicro(), now.Add(-u.options.Idle).UnixMicro())
	return n, err
}

// Revoke ends sessions of a user, all that are not over when none is named, and says how many; the journal holds that it was done.
// To the user itself, and to an administrator in whose scope it is.
func (u *Users) Revoke(ctx context.Context, actor access.Actor, user ident.ID, sessions ...ident.ID) (ended int64, err error) {
	if _, err := u.ownOrManaged(ctx, actor, user); err != nil {
		return 0, err
	}
	_, err = u.book.Enter(ctx, actor, book.Act{Of: acts, Action: revokeSession, About: user}, func(tx *store.Tx, at time.Time) (err error) {
		if len(sessions) == 0 {
			ended, err = endAll(tx, user, ident.ID{}, at)
			return err
		}
		for _, id := range sessions {
			n, err := tx.Exec(`UPDATE login_session SET ended_at = ? WHERE id = ? AND user_id = ? AND ended_at IS NULL`, at.UnixMicro(), id.String(), user.String())
			if err != nil {
				return err
			}
			ended += n
		}
		return nil
	})
	return ended, err
}

// endAll ends the sessions of a user, but for one.
func endAll(tx *store.Tx, user, but ident.ID, at time.Time) (int64, error) {
	return tx.Exec(`UPDATE login_session SET ended_at = ? WHERE user_id = ? AND id <> ? AND ended_at IS NULL AND ends_at > ?`,
		at.UnixMicro(), user.String(), but.String(), at.UnixMicro())
}
