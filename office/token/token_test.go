package token_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/place"
	"anlan/office/token"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"
)

// desk is a book with people and their tokens.
type desk struct {
	*recordtest.World
	people people
	tokens *token.Tokens
}

var (
	errSuspended = errors.New("suspended")
	errNotYours  = errors.New("neither the user nor an administrator")
)

// people are users as package token knows them.
type people map[ident.ID]access.Actor

func (p people) Acting(_ *store.Tx, user ident.ID, via, address string) (access.Actor, error) {
	a, ok := p[user]
	if !ok {
		return a, errSuspended
	}
	a.Via, a.Address = via, address
	return a, nil
}

func (p people) Keeps(_ context.Context, actor access.Actor, user ident.ID) (own bool, err error) {
	own = p[user].Name == actor.Name
	if !own && actor.Role.Code != access.Administrator.Code {
		err = errNotYours
	}
	return own, err
}

var known = []string{"hazard", "safety", "voucher"}

func both(t *testing.T, try func(*desk)) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w, p := recordtest.Found(t, d, book.Options{}, recordtest.Kind), people{}
		try(&desk{w, p, token.New(w.Book, w.Clock, rand.Reader, p, known)})
	})
}

// enter makes a user, and who acts when it is signed in.
func (d *desk) enter(name string, unit place.Unit, role access.Role) (ident.ID, access.Actor) {
	id := ident.ID{15: byte(len(d.people) + 1)}
	d.people[id] = access.Actor{Name: name, Role: role, Unit: unit, Via: "web"}
	return id, d.people[id]
}

func in(months int) time.Time { return recordtest.Start.AddDate(0, months, 0) }

func (d *desk) issue(actor access.Actor, user ident.ID, name, scope string) string {
	d.Helper()
	secret, _, err := d.tokens.Issue(d.Ctx, actor, user, token.Request{Name: name, Scope: scope, Ends: in(6)})
	if err != nil {
		d.Fatal(err)
	}
	return secret
}

func TestATokenActsForItsUserUntilItEnds(t *testing.T) {
	both(t, func(d *desk) {
		id, self := d.enter("lijun", "430602", access.Section)
		secret := d.issue(self, id, "sync", "write:hazard read")
		b, err := d.tokens.Resume(d.Ctx, secret, "10.0.0.7")
		if err != nil {
			d.Fatal(err)
		}
		if want := (access.Actor{Name: "lijun", Role: access.Section, Unit: "430602", Via: "api:sync", Address: "10.0.0.7"}); b.Actor != want || b.Scope.String() != "read write:hazard" {
			d.Errorf("got %+v %s", b.Actor, b.Scope)
		}
		for _, wrong := range []string{"", "anlan_", secret + "x", strings.TrimPrefix(secret, "anlan_")} {
			if _, err := d.tokens.Resume(d.Ctx, wrong, ""); !errors.Is(err, token.ErrNone) {
				d.Errorf("%q: got %v", wrong, err)
			}
		}
		delete(d.people, id)
		if _, err := d.tokens.Resume(d.Ctx, secret, ""); !errors.Is(err, errSuspended) {
			d.Errorf("of a suspended user: got %v", err)
		}
		d.people[id] = self
		d.Clock.Set(in(6))
		if _, err := d.tokens.Resume(d.Ctx, secret, ""); !errors.Is(err, token.ErrOver) {
			d.Errorf("at its end: got %v", err)
		}
	})
}

func TestTokensAreRefused(t *testing.T) {
	both(t, func(d *desk) {
		id, self := d.enter("lijun", "430602", access.Section)
		_, boss := d.enter("boss", "430600", access.Administrator)
		_, peer := d.enter("peer", "430602", access.Section)
		d.issue(self, id, "first", "read")
		for _, c := range []struct {
			name  string
			actor access.Actor
			q     token.Request
			want  error
		}{
			{"by_a_peer", peer, token.Request{Name: "x1", Scope: "read", Ends: in(1)}, errNotYours},
			{"by_an_administrator_for_another", boss, token.Request{Name: "x1", Scope: "read", Ends: in(1)}, token.ErrForAnother},
			{"a_name_in_force", self, token.Request{Name: "first", Scope: "read", Ends: in(1)}, token.ErrNameTaken},
			{"a_name_of_two_words", self, token.Request{Name: "a b", Scope: "read", Ends: in(1)}, token.ErrBadName},
			{"no_scope", self, token.Request{Name: "x1", Ends: in(1)}, token.ErrBadScope},
			{"a_scope_of_nothing_known", self, token.Request{Name: "x1", Scope: "write:hazrd", Ends: in(1)}, token.ErrBadScope},
			{"another_way", self, token.Request{Name: "x1", Scope: "delete:hazard", Ends: in(1)}, token.ErrBadScope},
			{"over_already", self, token.Request{Name: "x1", Scope: "read", Ends: in(0)}, token.ErrBadEnd},
			{"two_years", self, token.Request{Name: "x1", Scope: "read", Ends: in(24)}, token.ErrBadEnd},
		} {
			if _, _, err := d.tokens.Issue(d.Ctx, c.actor, id, c.q); !errors.Is(err, c.want) {
				d.Errorf("%s: got %v, want %v", c.name, err, c.want)
			}
		}
		_, _, err := d.tokens.Issue(d.Ctx, self, id, token.Request{Name: "A", Scope: "x y", Ends: in(0)})
		if l, ok := err.(fault.List); !ok || len(l) != 4 {
			d.Errorf("all faults at once: got %v", err)
		}
		for n := range 19 {
			d.issue(self, id, "more"+string(rune('a'+n)), "read")
		}
		if _, _, err := d.tokens.Issue(d.Ctx, self, id, token.Request{Name: "one-more", Scope: "read", Ends: in(1)}); !errors.Is(err, token.ErrTooMany) {
			d.Errorf("the 21st: got %v", err)
		}
	})
}

func TestARevokedTokenIsOutWithTheNextRequestAndTheJournalSaysSo(t *testing.T) {
	both(t, func(d *desk) {
		id, self := d.enter("lijun", "430602", access.Section)
		_, boss := d.enter("boss", "430600", access.Administrator)
		_, peer := d.enter("peer", "430602", access.Section)
		secret := d.issue(self, id, "sync", "read:safety")
		if _, err := d.tokens.Resume(d.Ctx, secret, "10.0.0.7"); err != nil {
			d.Fatal(err)
		}
		if err := d.tokens.Revoke(d.Ctx, peer, id, "sync"); !errors.Is(err, errNotYours) {
			d.Errorf("by a peer: got %v", err)
		}
		if _, err := d.tokens.List(d.Ctx, peer, id); !errors.Is(err, errNotYours) {
			d.Errorf("list by a peer: got %v", err)
		}
		if err := d.tokens.Revoke(d.Ctx, boss, id, "sync"); err != nil {
			d.Fatal(err)
		}
		if err := d.tokens.Revoke(d.Ctx, boss, id, "sync"); !errors.Is(err, token.ErrNoSuch) {
			d.Errorf("again: got %v", err)
		}
		if _, err := d.tokens.Resume(d.Ctx, secret, ""); !errors.Is(err, token.ErrOver) {
			d.Errorf("got %v", err)
		}
		d.issue(self, id, "sync", "read") // the name is free again
		all, err := d.tokens.List(d.Ctx, boss, id)
		if err != nil || len(all) != 2 || all[1].Revoked.IsZero() || all[1].SeenFrom != "10.0.0.7" || all[0].Revoked != (time.Time{}) {
			d.Errorf("%+v %v", all, err)
		}
		done, err := d.tokens.Acts(d.Ctx, self, id)
		if err != nil {
			d.Fatal(err)
		}
		var said []string
		for _, x := range done {
			said = append(said, x.Action+" "+x.Name+" "+x.Reason)
			if strings.Contains(x.Reason, secret) || !token.ActLabel(x.Action).Whole() {
				d.Errorf("%+v", x)
			}
		}
		if want := []string{"issue lijun sync: read:safety, ", "revoke boss sync", "issue lijun sync: read, "}; !slices.EqualFunc(said, want, strings.HasPrefix) {
			d.Errorf("got %q", said)
		}
	})
}

func TestAScopeAllowsWhatItNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scope  string
		change bool
		names  []string
		want   bool
	}{
		{"read", false, []string{"hazard", "safety"}, true},
		{"read", true, []string{"hazard", "safety"}, false},
		{"write", false, []string{"voucher", "resource"}, true},
		{"write", true, []string{"voucher", "resource"}, true},
		{"read:hazard", false, []string{"hazard", "safety"}, true},
		{"read:hazard", false, []string{"voucher", "resource"}, false},
		{"read write:safety", true, []string{"hazard", "safety"}, true},
		{"read write:safety", true, []string{"voucher", "resource"}, false},
		{"write:hazard", false, []string{"hazard", "safety"}, true},
	} {
		s, err := token.ParseScope(c.scope, known)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Allows(c.change, c.names...); got != c.want {
			t.Errorf("%s, change %v, %v: got %v", c.scope, c.change, c.names, got)
		}
	}
}
