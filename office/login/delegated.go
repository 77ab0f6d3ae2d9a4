package login

import (
	"context"
	"slices"
	"time"

	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
)

// ErrNotDelegated says that nobody of the name has delegated anything that holds today.
var ErrNotDelegated = fault.Define("login.not_delegated", fault.Denied,
	"%s没有把工作委托给您，或者委托不在期内、已撤销", "%s has delegated nothing to you that holds today")

// delegated lists what is delegated to a user on a day by users who may sign in themselves.
func (u *Users) delegated(tx *store.Tx, p *person, today period.Day) (out []access.Delegation, err error) {
	if u.options.Delegations == nil || p.MustChange {
		return nil, nil
	}
	all, err := u.options.Delegations.To(tx, p.Login, today)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		from, found, err := u.person(tx, byLogin, d.From)
		if err != nil {
			return nil, err
		}
		if found && from.inForce(today) == nil && !slices.ContainsFunc(out, func(x access.Delegation) bool { return x.From == d.From }) {
			out = append(out, d)
		}
	}
	return out, nil
}

// lend gives a session the rights of whom it acts for, as they stand now, where that is delegated today; else it has its own.
func (u *Users) lend(tx *store.Tx, s *Session, p *person, acting string, now time.Time) error {
	if acting == "" || s.MustChange {
		return nil
	}
	held, err := u.delegated(tx, p, period.DayAt(now))
	if err != nil || !slices.ContainsFunc(held, func(d access.Delegation) bool { return d.From == acting }) {
		return err
	}
	from, _, err := u.person(tx, byLogin, acting)
	if err != nil {
		return err
	}
	s.For, s.Actor.For, s.Actor.Role, s.Actor.Unit = acting, acting, from.rights, from.Unit
	return nil
}

// Delegated lists what is delegated today to whoever is signed in.
func (u *Users) Delegated(ctx context.Context, s Session) (out []access.Delegation, err error) {
	err = u.book.DB().Read(ctx, func(tx *store.Tx) error {
		p, found, err := u.person(tx, byID, s.User.String())
		if err != nil || !found {
			return err
		}
		out, err = u.delegated(tx, &p, period.DayAt(u.clock.Now()))
		return err
	})
	return out, err
}

// ActFor makes a session act for somebody who has delegated to it, from the next request on and until the delegation ends; an empty name
// makes it act for itself again. The journal holds that it began and that it ended. Fault: ErrNotDelegated.
func (u *Users) ActFor(ctx context.Context, s Session, name string) error {
	a := book.Act{Of: acts, Action: actFor, About: s.User, Reason: name}
	if name == "" {
		a.Action, a.Reason = actOwn, s.For
	}
	var p person
	err := u.book.DB().Read(ctx, func(tx *store.Tx) (err error) { p, _, err = u.person(tx, byID, s.User.String()); return err })
	if err != nil {
		return err
	}
	if p.MustChange {
		return ErrMustChange.With()
	}
	_, err = u.book.Enter(ctx, p.self(s.Actor.Address), a, func(tx *store.Tx, at time.Time) error {
		if name != "" {
			held, err := u.delegated(tx, &p, period.DayAt(at))
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(held, func(d access.Delegation) bool { return d.From == name }) {
				return ErrNotDelegated.With(name)
			}
		}
		_, err := tx.Exec(`UPDATE login_session SET acting_for = NULLIF(?, '') WHERE id = ? AND ended_at IS NULL`, name, s.ID.String())
		return err
	})
	return err
}
