package web

import (
	"errors"
	"net/http"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/office/login"
)

// signInForm is the page to sign in.
type signInForm struct {
	Name, Next string
	AskCode    bool         // the password was right and a second factor is needed
	Passkey    *passkeyForm // for signing in by one, or for the second factor; nil: there is none
	Provider   string       // another way to sign in; empty: there is none
	Said       []string
}

// signInPage shows the form to sign in.
func (s *Server) signInPage(v *visit) error {
	if v.signedIn() {
		return v.redirect(local(v.r.URL.Query().Get("next")))
	}
	f := signInForm{Next: local(v.r.URL.Query().Get("next"))}
	if v.ended != nil {
		f.Said = lines(fault.In(v.ended, v.lang))
	}
	return v.showSignIn(f)
}

func (v *visit) showSignIn(f signInForm) error {
	if f.Passkey == nil && !f.AskCode && v.s.passkeys != nil {
		f.Passkey = v.toPasskey("/sign-in/passkey", "next", f.Next)
		f.Passkey.Ask = "/sign-in/passkey"
	}
	if v.s.provider != nil && !f.AskCode {
		f.Provider = v.s.provider.Name()
	}
	p := v.page(v.t("登录", "Sign in"))
	p.Narrow, p.Path, p.Passkeys = true, link("/sign-in", "next", f.Next), f.Passkey != nil
	return v.show(p, signInPageBody(p, f))
}

// signIn begins a session.
func (s *Server) signIn(v *visit) error {
	f := signInForm{Name: v.r.PostFormValue("name"), Next: local(v.r.PostFormValue("next"))}
	session, err := s.people.SignIn(v.r.Context(), login.Attempt{Name: f.Name, Password: v.r.PostFormValue("password"), Code: v.r.PostFormValue("code"),
		Address: address(v.r), Agent: v.r.UserAgent()})
	if kind, known := fault.KindOf(err); known && kind == fault.Denied {
		f.Said = lines(fault.In(err, v.lang))
		if half, ok := errors.AsType[*login.Half](err); ok {
			f.AskCode = true
			if f.Passkey, err = s.passkeyToFinish(v, half, f.Next); err != nil {
				return err
			}
		}
		v.status = http.StatusForbidden
		return v.showSignIn(f)
	}
	if err != nil {
		return err
	}
	return s.letIn(v, session, f.Next)
}

// letIn gives the browser of somebody who has signed in its session, and goes on to where it wanted.
func (s *Server) letIn(v *visit, session login.Session, next string) error {
	http.SetCookie(v.w, &http.Cookie{Name: s.sessionCookie(), Value: session.Token, Path: "/", HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
	if session.MustChange {
		return v.redirect("/account/password")
	}
	if next == "/" {
		next = "/today"
	}
	return v.redirect(next)
}

// signOut ends the session.
func (s *Server) signOut(v *visit) error {
	c, err := v.r.Cookie(s.sessionCookie())
	if err == nil {
		err = s.people.SignOut(v.r.Context(), c.Value)
	}
	s.forget(v.w)
	if err != nil {
		return err
	}
	if s.provider != nil && v.session.Way == login.ByProvider {
		return v.redirect(identityOut)
	}
	return v.redirect("/sign-in")
}

// accountSight is the page of whoever is signed in.
type accountSight struct {
	Login, Name, Role, Unit string
	SecondFactor, Codes     bool
	Sessions                []sessionLine
	For                     string // whom the session acts for
	Delegated               []delegatedLine
	Passkeys                []passkeyLine
	Identity                *identitySight
	PasskeysHere            bool         // browsers give passkeys to this address
	NewPasskey              *passkeyForm // that is about to be made; nil: none is
	CodesOn                 bool         // codes were switched on now
	Secret, URL             string       // of a second factor that is about to be switched on
	Pattern                 pattern      // of the same, for a camera
	Recovery                []string     // codes that are shown once
	Said                    []string     // what went wrong
}

// delegatedLine is somebody who has delegated to whoever is signed in.
type delegatedLine struct {
	From, Last string
	Now        bool // the session acts for it
}

type sessionLine struct {
	ID, Began, Seen, Address, Agent, Way string
	This, Over                           bool
}

// account shows who is signed in, and where.
func (s *Server) account(v *visit) error { return s.showAccount(v, accountSight{}) }

func (s *Server) showAccount(v *visit, x accountSight) error {
	me := v.session
	x.Login, x.Name, x.Role, x.Unit = me.Login, me.Name, me.Actor.Role.Label.In(v.lang), string(me.Actor.Unit)
	x.SecondFactor, x.Codes = me.SecondFactor || x.Recovery != nil, me.Codes || x.CodesOn
	sessions, err := s.people.Sessions(v.r.Context(), v.actor(), me.User)
	if err != nil {
		return err
	}
	for _, one := range sessions {
		x.Sessions = append(x.Sessions, sessionLine{one.ID.String(), one.Began.In(period.Shanghai).Format("2006-01-02 15:04"), one.Seen.In(period.Shanghai).Format("2006-01-02 15:04"),
			one.Address, one.Agent, one.Way.Label().In(v.lang), one.ID == me.ID, !one.Ended.IsZero() || one.Ends.Before(s.app.Clock().Now())})
	}
	if x.Passkeys, err = s.passkeysOf(v, me.User); err != nil {
		return err
	}
	x.PasskeysHere = s.passkeys != nil
	if x.Identity, err = s.identityOf(v, me.User); err != nil {
		return err
	}
	delegated, err := s.people.Delegated(v.r.Context(), me)
	if err != nil {
		return err
	}
	x.For = me.For
	for _, d := range delegated {
		x.Delegated = append(x.Delegated, delegatedLine{d.From, d.Last.String(), d.From == me.For})
	}
	p := v.page(v.t("我的帐号", "My account"))
	p.Actions = []anchor{{Text: v.t("令牌", "Tokens"), To: "/account/tokens"}, {Text: v.t("改密码", "Change the password"), To: "/account/password"}}
	p.Path, p.Passkeys = "/account", x.NewPasskey != nil
	return v.show(p, accountPage(p, x))
}

// passwordPage shows the form to change the password.
func (s *Server) passwordPage(v *visit) error { return v.showPassword(nil) }

func (v *visit) showPassword(said []string) error {
	p := v.page(v.t("改密码", "Change the password"))
	p.Narrow, p.Path = true, "/account/password"
	return v.show(p, passwordForm(p, v.session.Login, v.session.MustChange, said))
}

// changePassword changes the password of whoever is signed in, who proves it by the old one.
func (s *Server) changePassword(v *visit) error {
	fresh := v.r.PostFormValue("new")
	err := error(nil)
	if fresh != v.r.PostFormValue("again") {
		err = ErrTwoPasswords.With()
	} else {
		err = s.people.ChangePassword(v.r.Context(), v.session, v.r.PostFormValue("old"), fresh)
	}
	if _, known := fault.KindOf(err); known {
		v.status = http.StatusUnprocessableEntity
		return v.showPassword(lines(fault.In(err, v.lang)))
	}
	if err != nil {
		return err
	}
	return v.redirect("/today")
}

// ErrTwoPasswords says that the new password was typed in two ways.
var ErrTwoPasswords = fault.Define("web.two_passwords", fault.Invalid,
	"两次输入的新密码不一样", "the new password was typed in two different ways")

// secondFactor switches the second factor on, in two steps: the secret, then the first code.
func (s *Server) secondFactor(v *visit) error {
	if code := v.r.PostFormValue("code"); code != "" {
		codes, err := s.people.ConfirmTOTP(v.r.Context(), v.session, code)
		if err != nil {
			return err
		}
		return s.showAccount(v, accountSight{Recovery: codes, CodesOn: true})
	}
	begun, err := s.people.EnrolTOTP(v.r.Context(), v.session)
	if err != nil {
		return err
	}
	seen, err := patternOf(begun.URL)
	if err != nil {
		return err
	}
	return s.showAccount(v, accountSight{Secret: begun.Secret, URL: begun.URL, Pattern: seen})
}

// actFor makes the session act for somebody who has delegated to it, or for itself again.
func (s *Server) actFor(v *visit) error {
	if err := s.people.ActFor(v.r.Context(), v.session, v.r.PostFormValue("for")); err != nil {
		return err
	}
	return v.redirect("/account")
}

// endSession ends a session of whoever is signed in, on another machine perhaps.
func (s *Server) endSession(v *visit) error {
	id, err := ident.Parse(v.r.PostFormValue("id"))
	if err != nil {
		return err
	}
	if _, err := s.people.Revoke(v.r.Context(), v.actor(), v.session.User, id); err != nil {
		return err
	}
	return v.redirect("/account")
}
