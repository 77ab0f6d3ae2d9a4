package web

import (
	"cmp"
	"net/http"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/office/login"
)

// Addresses of signing in by an identity provider.
const (
	identityPath = "/sign-in/identity"
	identityBack = identityPath + "/back"
	identityOut  = identityPath + "/out"
)

// Faults of the identity provider of a site.
var (
	ErrNoProvider = fault.Define("web.no_provider", fault.NotFound,
		"没有接入统一身份认证平台", "no identity provider is joined")
	ErrProviderWithoutOrigin = fault.Define("web.provider_without_origin", fault.Invalid,
		"接入统一身份认证平台时，请用 --origin 写明浏览器使用的网址：平台要把人送回来", "with an identity provider, say by --origin which address browsers use: the provider sends people back to it")
)

// takeProvider joins the identity provider that the options name, if any. Faults: ErrProviderWithoutOrigin, login.ErrBadIssuer.
func (s *Server) takeProvider(at login.Identity) (err error) {
	if at.Issuer == "" {
		return nil
	}
	if s.origin == nil {
		return ErrProviderWithoutOrigin.With()
	}
	at.Redirect = s.origin.Scheme + "://" + s.origin.Host + identityBack
	s.provider, err = s.people.By(at)
	return err
}

// errandCookie holds what the provider's answer is judged by, sealed; a browser sends it along when the provider sends somebody back.
func (s *Server) errandCookie() string { return s.sessionCookie() + "-identity" }

func (s *Server) keepErrand(w http.ResponseWriter, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{Name: s.errandCookie(), Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
}

const errandSeconds = 600

// send sends a browser to the provider. What begins a session or a link comes by POST, which no other site can send here: else another site could
// have somebody come in, or link the account to, as whoever it likes.
func (s *Server) send(v *visit, what login.Errand) error {
	if s.provider == nil {
		return ErrNoProvider.With()
	}
	to, sealed, err := s.provider.Send(v.r.Context(), what, v.session, local(v.r.FormValue("next")))
	if err != nil {
		return err
	}
	s.keepErrand(v.w, sealed, errandSeconds)
	return v.leave(to)
}

// leave goes to an address of the provider: by a page, so that it does not count as the answer to a form, which may lead to no other site.
func (v *visit) leave(to string) error {
	v.w.Header().Set("Refresh", "0; url="+to)
	v.w.Header().Set("Cache-Control", "no-store")
	p := v.page(v.s.provider.Name())
	p.Narrow, p.Path = true, "/"
	return v.show(p, leavingPage(p, to))
}

func (s *Server) identity(v *visit) error      { return s.send(v, login.ToSignIn) }
func (s *Server) linkIdentity(v *visit) error  { return s.send(v, login.ToLink) }
func (s *Server) proveIdentity(v *visit) error { return s.send(v, login.ToProve) }

// identityReturns takes whom the provider sends back.
func (s *Server) identityReturns(v *visit) error {
	if s.provider == nil {
		return ErrNoProvider.With()
	}
	v.w.Header().Set("Cache-Control", "no-store")
	sealed := ""
	if c, err := v.r.Cookie(s.errandCookie()); err == nil {
		sealed = c.Value
	}
	s.keepErrand(v.w, "", -1)
	back, err := s.provider.Back(v.r.Context(), v.session, sealed, v.r.URL.Query(), address(v.r), v.r.UserAgent())
	if kind, known := fault.KindOf(err); known && kind == fault.Denied && !v.signedIn() {
		v.status = http.StatusForbidden
		return v.showSignIn(signInForm{Next: cmp.Or(back.Next, "/"), Said: lines(fault.In(err, v.lang))})
	}
	if err != nil {
		return err
	}
	switch back.For {
	case login.ToLink:
		return v.redirect("/account")
	case login.ToProve:
		return v.redirect(back.Next)
	}
	return s.letIn(v, back.In, back.Next)
}

// unlinkIdentity takes the identity of whoever is signed in away.
func (s *Server) unlinkIdentity(v *visit) error { return s.unlink(v, v.session.User, "/account") }

// unlinkOf takes the identity of somebody away: an administrator does.
func (s *Server) unlinkOf(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := s.people.Managed(v.r.Context(), v.actor(), id); err != nil {
		return err
	}
	return s.unlink(v, id, "/users/"+id.String())
}

func (s *Server) unlink(v *visit, user ident.ID, next string) error {
	if s.provider == nil {
		return ErrNoProvider.With()
	}
	if err := s.provider.Unlink(v.r.Context(), v.actor(), user); err != nil {
		return err
	}
	return v.redirect(next)
}

// identitySight is how somebody stands with the identity provider; nil where there is none.
type identitySight struct{ Name, Since string }

func (s *Server) identityOf(v *visit, user ident.ID) (*identitySight, error) {
	if s.provider == nil {
		return nil, nil
	}
	since, err := s.provider.Linked(v.r.Context(), v.actor(), user)
	if err != nil {
		return nil, err
	}
	x := &identitySight{Name: s.provider.Name()}
	if !since.IsZero() {
		x.Since = since.In(period.Shanghai).Format("2006-01-02")
	}
	return x, nil
}

// leaveProvider goes on, after signing out here, to where one signs out of the provider: on a machine of many the next would come in as the
// one before.
func (s *Server) leaveProvider(v *visit) error {
	if s.provider == nil {
		return ErrNoProvider.With()
	}
	to := s.provider.SignsOut(v.r.Context())
	if to == "" {
		return v.redirect("/sign-in")
	}
	return v.leave(to)
}

// confirmsByProvider says whether whoever is signed in may show at the provider who it is.
func (s *Server) confirmsByProvider(v *visit) (string, error) {
	x, err := s.identityOf(v, v.session.User)
	if err != nil || x == nil || x.Since == "" {
		return "", err
	}
	return x.Name, nil
}
