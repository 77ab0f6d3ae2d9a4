package login

import (
	"context"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/store"
)

// Acting is the actor of a user who is there without a session, through a door, in a transaction that has begun: with the rights that it
// has now. Whoever calls has found out that it is the user. Faults: ErrNoSession for no user, ErrNotInForce.
func (u *Users) Acting(tx *store.Tx, user ident.ID, via, address string) (access.Actor, error) {
	p, found, err := u.person(tx, byID, user.String())
	if err != nil {
		return access.Actor{}, err
	}
	if !found {
		return access.Actor{}, ErrNoSession.With()
	}
	if err := p.inForce(period.DayAt(u.clock.Now())); err != nil {
		return access.Actor{}, err
	}
	a := p.self(plain(address, addressBytes))
	a.Via, a.Proof = via, access.Programmed
	return a, nil
}

// Keeps refuses an actor who does not look after what a user signs in by: neither the user itself nor an administrator in whose scope it is.
// own says that it is the user itself.
func (u *Users) Keeps(ctx context.Context, actor access.Actor, user ident.ID) (own bool, err error) {
	return u.ownOrManaged(ctx, actor, user)
}
