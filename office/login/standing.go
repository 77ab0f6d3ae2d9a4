package login

import (
	"context"
	"time"

	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
)

// Standing is a user with how it stands with signing in.
type Standing struct {
	*User
	Password     bool // one was set
	MustChange   bool
	SecondFactor bool
	SignedIn     time.Time // the last time within the 200 days that sessions are kept; zero: none
}

// List gives the users in an actor's scope in order of their names, withdrawn ones aside; only an administrator or an auditor sees
// how they sign in. That names of persons were read is journalled. A book has some thousands at most.
func (u *Users) List(ctx context.Context, actor access.Actor) ([]Standing, error) {
	if actor.Role.Code != access.Administrator.Code && actor.Role.Code != access.Auditor.Code {
		return nil, ErrNotAdministrator.With(actor.Name, actor.Role.Label)
	}
	var out []Standing
	err := u.book.ReadRecorded(ctx, actor, 0, book.Reading{Way: "list"}, func(v *book.View) error {
		ways, err := howTheySignIn(v.Tx())
		if err != nil {
			return err
		}
		return v.Each(book.Query{Kind: Kind.Code(), Sort: loginName.Code}, func(r any) error {
			who := r.(*User)
			s := ways[who.ID]
			s.User = who
			out = append(out, s)
			return nil
		})
	})
	return out, err
}

// howTheySignIn gives the standing of each user, without the record.
func howTheySignIn(tx *store.Tx) (map[ident.ID]Standing, error) {
	rows, err := tx.Query(`SELECT u.id, CASE WHEN c.user_id IS NULL THEN 0 ELSE 1 END, coalesce(c.must_change, 0),
  CASE WHEN c.totp_secret IS NULL AND NOT EXISTS (SELECT 1 FROM login_passkey k WHERE k.user_id = u.id) THEN 0 ELSE 1 END, (SELECT coalesce(max(s.began_at), 0) FROM login_session s WHERE s.user_id = u.id)
FROM login_user u LEFT JOIN login_credential c ON c.user_id = u.id
WHERE u.state <> 'withdrawn'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[ident.ID]Standing{}
	for rows.Next() {
		var id ident.ID
		var s Standing
		var last int64
		if err := rows.Scan(&id, &s.Password, &s.MustChange, &s.SecondFactor, &last); err != nil {
			return nil, err
		}
		if last > 0 {
			s.SignedIn = instant(last)
		}
		out[id] = s
	}
	return out, rows.Err()
}

// neglectedDays is after how many days without signing in a user is somebody who has left, or never came.
const neglectedDays = 90

// Care is what whoever keeps the users should look at, by login name in order.
type Care struct {
	Users     int      // who may sign in
	Unguarded []string // administrators without a second factor
	Guarded   int      // administrators with one
	Neglected []string // who have not signed in for 90 days, nor been entered since
}

// Care looks at the users of the whole book.
func (u *Users) Care(ctx context.Context) (c Care, err error) {
	since := u.clock.Now().AddDate(0, 0, -neglectedDays)
	err = u.book.DB().Read(ctx, func(tx *store.Tx) error {
		ways, err := howTheySignIn(tx)
		if err != nil {
			return err
		}
		rows, err := tx.Query(`SELECT u.id, u.login, u.role, coalesce(e.recorded_at, 0)
FROM login_user u LEFT JOIN journal_entry e ON e.position = u.row_no
WHERE u.state = ? ORDER BY u.login`, string(Active))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id ident.ID
			var login string
			var r Role
			var entered int64
			if err := rows.Scan(&id, &login, &r, &entered); err != nil {
				return err
			}
			s := ways[id]
			c.Users++
			switch {
			case r != Role(access.Administrator.Code):
			case s.SecondFactor:
				c.Guarded++
			default:
				c.Unguarded = append(c.Unguarded, login)
			}
			if s.SignedIn.Before(since) && instant(entered).Before(since) {
				c.Neglected = append(c.Neglected, login)
			}
		}
		return rows.Err()
	})
	return c, err
}

// Acts gives what was done to what a user signs in by, the oldest first: to the user itself, and to an administrator in whose scope it is.
func (u *Users) Acts(ctx context.Context, actor access.Actor, user ident.ID) (out []book.WasDone, err error) {
	if _, err := u.ownOrManaged(ctx, actor, user); err != nil {
		return nil, err
	}
	err = u.book.Read(ctx, actor, 0, func(v *book.View) error {
		return v.Acts(acts, user, func(a book.WasDone) error { out = append(out, a); return nil })
	})
	return out, err
}

// ActLabel names an act in words.
func ActLabel(action string) lang.Text { return actLabels[action] }

// Find is the user with a login name, as an actor sees it.
func (u *Users) Find(ctx context.Context, actor access.Actor, login string) (who *User, err error) {
	err = u.book.Read(ctx, actor, 0, func(v *book.View) error {
		r, err := v.Find(Kind.Code(), login)
		if err == nil {
			who = r.(*User)
		}
		return err
	})
	return who, err
}
