package web

import (
	"errors"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/office/login"
	"anlan/record/access"
)

// userSight is how somebody signs in, as an administrator sees it.
type userSight struct {
	ID, Login, Name string
	Sessions        []sessionLine
	Passkeys        []passkeyLine
	Identity        *identitySight
	Acts            []actLine
	First           string   // password that was given now, and is shown once
	Said            []string // what went wrong
}

type actLine struct{ At, What, By, Reason string }

// user shows how somebody signs in: to an administrator in whose scope it is.
func (s *Server) user(v *visit) error { return s.showUser(v, userSight{}) }

func (s *Server) showUser(v *visit, x userSight) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	who, err := s.people.Managed(v.r.Context(), v.actor(), id)
	if err != nil {
		return err
	}
	sessions, err := s.people.Sessions(v.r.Context(), v.actor(), id)
	if err != nil {
		return err
	}
	acts, err := s.people.Acts(v.r.Context(), v.actor(), id)
	if err != nil {
		return err
	}
	x.ID, x.Login, x.Name = id.String(), who.Login, who.Name
	if x.Passkeys, err = s.passkeysOf(v, id); err != nil {
		return err
	}
	if x.Identity, err = s.identityOf(v, id); err != nil {
		return err
	}
	for _, one := range sessions {
		x.Sessions = append(x.Sessions, sessionLine{Began: one.Began.In(period.Shanghai).Format("2006-01-02 15:04"), Seen: one.Seen.In(period.Shanghai).Format("2006-01-02 15:04"), Address: one.Address, Agent: one.Agent, Way: one.Way.Label().In(v.lang)})
	}
	for i := len(acts) - 1; i >= 0; i-- {
		a := acts[i]
		x.Acts = append(x.Acts, actLine{a.At.In(period.Shanghai).Format("2006-01-02 15:04"), login.ActLabel(a.Action).In(v.lang), access.Behalf(a.Name, a.For).In(v.lang), a.Reason})
	}
	in := sectionOf(login.Kind.Code())
	p := v.page(v.t(lang.Zh(who.Name+"怎样登录"), lang.En("How "+who.Name+" signs in")))
	p.Wing, p.Path = in.Code, "/users/"+x.ID
	p.Crumbs = []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: login.Kind.Label().In(v.lang), To: "/records/login_user"}, {Text: who.Login, To: "/records/login_user/" + x.ID}}
	return v.show(p, userPage(p, x))
}

// onUser does something to how somebody signs in. A fault is shown on the page of the user.
func (s *Server) onUser(v *visit, do func(id ident.ID, x *userSight) error) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := s.people.Managed(v.r.Context(), v.actor(), id); err != nil {
		return err
	}
	var x userSight
	err = do(id, &x)
	if errors.Is(err, access.ErrProveAgain) {
		return err
	}
	if kind, known := fault.KindOf(err); known {
		x.Said, v.status = lines(fault.In(err, v.lang)), statuses[kind]
	} else if err != nil {
		return err
	}
	return s.showUser(v, x)
}

// firstPassword gives somebody a password that it must change.
func (s *Server) firstPassword(v *visit) error {
	return s.onUser(v, func(id ident.ID, x *userSight) (err error) {
		x.First, err = s.people.SetPassword(v.r.Context(), v.actor(), id, "")
		return err
	})
}

// dropFactor switches the second factor of somebody off, who has lost it.
func (s *Server) dropFactor(v *visit) error {
	return s.onUser(v, func(id ident.ID, _ *userSight) error {
		why := strings.TrimSpace(v.r.PostFormValue("reason"))
		if why == "" {
			return ErrNoReasonGiven.With()
		}
		return s.people.DropSecondFactor(v.r.Context(), v.actor(), id, why)
	})
}

// ErrNoReasonGiven says that the second factor of somebody else is switched off only for a reason.
var ErrNoReasonGiven = fault.Define("web.no_reason_given", fault.Invalid,
	"关闭别人的第二因素要写明理由", "whoever switches the second factor of somebody else off says why")

// endSessions ends all sessions of somebody.
func (s *Server) endSessions(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := s.people.Revoke(v.r.Context(), v.actor(), id); err != nil {
		return err
	}
	return v.redirect("/users/" + id.String())
}
