package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/office/login"
)

// passkeyForm is a form that the script of the page fills in with what the device answers; without script it stays hidden.
type passkeyForm struct {
	To      string      // where it is sent
	Ask     string      // where the script asks for what to ask the device; empty: Options
	Options string      // JSON
	Sealed  string      // comes back with the answer
	Hidden  [][2]string // further fields
	Prefix  string      // before the names of the fields that the script fills in
	Make    bool        // a new passkey is made
}

func (v *visit) toPasskey(to string, pairs ...string) *passkeyForm {
	f := &passkeyForm{To: to}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Hidden = append(f.Hidden, [2]string{pairs[i], pairs[i+1]})
	}
	return f
}

// way is what the script does: it gets a passkey, or makes one.
func (f *passkeyForm) way() string {
	if f.Make {
		return "create"
	}
	return "get"
}

// asks puts into a form what the device is asked.
func (f *passkeyForm) asks(a login.Asking) error {
	b, err := json.Marshal(a.Options)
	f.Options, f.Sealed = string(b), a.Sealed
	return err
}

// ErrNoPasskeysHere says that browsers give no passkeys to this address.
var ErrNoPasskeysHere = fault.Define("web.no_passkeys_here", fault.NotFound,
	"这个地址不能用通行密钥：要用https的域名打开，由管理员以 --origin 设定", "passkeys cannot be used at this address: it takes a domain by https, which the administrator sets by --origin")

// takePasskeys finds out whether browsers give passkeys to this address. A domain that was named has to be one for which they do.
func (s *Server) takePasskeys(ctx context.Context, domain string) error {
	head, err := s.app.Book.Head(ctx)
	if err != nil {
		return err
	}
	site := login.Site{Domain: domain, Name: head.Unit}
	if s.origin != nil {
		site.Origin = s.origin.Scheme + "://" + s.origin.Host
	}
	s.passkeys, err = s.people.At(site)
	if errors.Is(err, login.ErrNoSite) && domain == "" {
		return nil
	}
	return err
}

// askPasskey answers the script of the page to sign in with what to ask the device.
func (s *Server) askPasskey(v *visit) error {
	if s.passkeys == nil {
		return ErrNoPasskeysHere.With()
	}
	a, err := s.passkeys.ToSignIn()
	if err != nil {
		return err
	}
	return v.sendJSON(http.StatusOK, a)
}

// signInByPasskey begins a session by a passkey, alone or after the password.
func (s *Server) signInByPasskey(v *visit) error {
	if s.passkeys == nil {
		return ErrNoPasskeysHere.With()
	}
	f := signInForm{Next: local(v.r.PostFormValue("next"))}
	session, err := s.passkeys.SignIn(v.r.Context(), v.r.PostFormValue("sealed"), v.r.PostFormValue("answer"), address(v.r), v.r.UserAgent())
	if kind, known := fault.KindOf(err); known && kind == fault.Denied {
		f.Said, v.status = lines(fault.In(err, v.lang)), http.StatusForbidden
		return v.showSignIn(f)
	}
	if err != nil {
		return err
	}
	return s.letIn(v, session, f.Next)
}

// passkeyToFinish is the form by which somebody whose password was right shows a passkey too; nil where it has none of this site.
func (s *Server) passkeyToFinish(v *visit, half *login.Half, next string) (*passkeyForm, error) {
	if s.passkeys == nil || !half.Passkeys {
		return nil, nil
	}
	a, err := s.passkeys.ToFinish(v.r.Context(), half)
	if errors.Is(err, login.ErrNoPasskey) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f := v.toPasskey("/sign-in/passkey", "next", next)
	return f, f.asks(a)
}

// passkeyLine is a passkey in a list.
type passkeyLine struct {
	ID, Name, Made, Used, Domain string
	Alone, Synced                bool
}

func (s *Server) passkeysOf(v *visit, user ident.ID) (out []passkeyLine, err error) {
	all, err := s.people.Passkeys(v.r.Context(), v.actor(), user)
	for _, k := range all {
		l := passkeyLine{ID: k.ID.String(), Name: k.Name, Made: k.Made.In(period.Shanghai).Format("2006-01-02"), Domain: k.Domain, Alone: k.Alone, Synced: k.Synced}
		if !k.Used.IsZero() {
			l.Used = v.moment(k.Used)
		}
		out = append(out, l)
	}
	return out, err
}

// beginPasskey asks for a new passkey of whoever is signed in.
func (s *Server) beginPasskey(v *visit) error {
	if s.passkeys == nil {
		return ErrNoPasskeysHere.With()
	}
	a, err := s.passkeys.ToRegister(v.r.Context(), v.session)
	if err != nil {
		return err
	}
	f := v.toPasskey("/account/passkeys/new", "name", v.r.PostFormValue("name"))
	f.Make = true
	if err := f.asks(a); err != nil {
		return err
	}
	return s.showAccount(v, accountSight{NewPasskey: f})
}

// keepPasskey keeps the passkey that the device has made.
func (s *Server) keepPasskey(v *visit) error {
	if s.passkeys == nil {
		return ErrNoPasskeysHere.With()
	}
	codes, err := s.passkeys.Register(v.r.Context(), v.session, v.r.PostFormValue("sealed"), v.r.PostFormValue("answer"), v.r.PostFormValue("name"))
	if err != nil {
		return err
	}
	if len(codes) == 0 {
		return v.redirect("/account")
	}
	return s.showAccount(v, accountSight{Recovery: codes})
}

// renamePasskey gives one's passkey another name.
func (s *Server) renamePasskey(v *visit) error {
	id, err := ident.Parse(v.r.PostFormValue("id"))
	if err != nil {
		return err
	}
	if err := s.people.RenamePasskey(v.r.Context(), v.session, id, v.r.PostFormValue("name")); err != nil {
		return err
	}
	return v.redirect("/account")
}

// dropPasskey takes one's passkey away.
func (s *Server) dropPasskey(v *visit) error {
	id, err := ident.Parse(v.r.PostFormValue("id"))
	if err != nil {
		return err
	}
	if err := s.people.DropPasskey(v.r.Context(), v.session, id); err != nil {
		return err
	}
	return v.redirect("/account")
}

// renewRecovery gives recovery codes in place of those from before.
func (s *Server) renewRecovery(v *visit) error {
	codes, err := s.people.RenewRecovery(v.r.Context(), v.session)
	if err != nil {
		return err
	}
	return s.showAccount(v, accountSight{Recovery: codes})
}
