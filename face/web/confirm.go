package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/office/login"
	"anlan/record/access"
)

// The fields by which a form says who sends it, beside its own. They are taken out before anybody reads the form.
const (
	confirmName     = "confirm.username" // for what keeps passwords in a browser; who it is the session says
	confirmPassword = "confirm.password"
	confirmCode     = "confirm.code"
	confirmSealed   = "confirm.sealed"
	confirmAnswer   = "confirm.answer"
)

// unsure is that somebody wanted to show again who it is, and could not.
type unsure struct{ error }

func (u unsure) Unwrap() error { return u.error }

// isUnsure says whether something was not done for want of proof who is at the screen.
func isUnsure(err error) bool {
	_, tried := errors.AsType[unsure](err)
	return tried || errors.Is(err, access.ErrProveAgain)
}

// confirm takes what a form brings to show who sends it: the form that was refused for want of it, sent once more.
func (s *Server) confirm(v *visit) error {
	form := v.r.PostForm
	password, code, sealed, answer := form.Get(confirmPassword), form.Get(confirmCode), form.Get(confirmSealed), form.Get(confirmAnswer)
	if !form.Has(confirmPassword) && !form.Has(confirmCode) && answer == "" {
		return nil
	}
	for _, name := range [...]string{confirmName, confirmPassword, confirmCode, confirmSealed, confirmAnswer} {
		form.Del(name)
		v.r.Form.Del(name)
	}
	if !v.signedIn() {
		return login.ErrNoSession.With()
	}
	var err error
	if answer != "" && s.passkeys != nil {
		err = s.passkeys.Prove(v.r.Context(), v.session, sealed, answer)
	} else {
		err = s.people.Prove(v.r.Context(), v.session, login.Again{Password: password, Code: code})
	}
	if kind, known := fault.KindOf(err); known && kind == fault.Denied {
		return unsure{err}
	}
	if err != nil {
		return err
	}
	v.session.Proved = s.app.Clock().Now()
	v.session.Actor.Proof = access.Proved
	return nil
}

// confirmSight is the page that asks once more who is at the screen.
type confirmSight struct {
	Said     []string
	To       string      // where the form is sent once more
	Fields   [][2]string // of the form
	Again    bool        // the form cannot be kept (it has files) and is sent again by whoever filled it in
	Provider string      // at which it may be shown, too; empty: nowhere
	Next     string      // where one comes back to from there
	Code     bool        // a code of a second factor will do too
	Passkey  *passkeyForm
}

// askAgain answers a form that was not carried out for want of proof: with a page that has all of it, asks who is there, and sends it
// again. Nothing was written meanwhile.
func (s *Server) askAgain(v *visit, why error) error {
	x := confirmSight{Said: lines(fault.In(why, v.lang)), To: v.r.URL.RequestURI(), Code: v.session.SecondFactor}
	switch {
	case v.r.Method != http.MethodPost:
		x.To, x.Fields = "/account/confirm", [][2]string{{"next", v.r.URL.RequestURI()}}
	case v.r.MultipartForm != nil && len(v.r.MultipartForm.File) > 0:
		x.To, x.Fields, x.Again = "/account/confirm", [][2]string{{"next", cameFrom(v.r)}}, true
	default:
		for name, values := range v.r.PostForm {
			for _, value := range values {
				x.Fields = append(x.Fields, [2]string{name, value})
			}
		}
		slices.SortStableFunc(x.Fields, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	}
	var err error
	if x.Provider, err = s.confirmsByProvider(v); err != nil {
		return err
	}
	x.Next = v.r.URL.RequestURI()
	if v.r.Method == http.MethodPost {
		x.Next = cameFrom(v.r)
	}
	if s.passkeys != nil {
		a, err := s.passkeys.ToProve(v.r.Context(), v.session)
		if err == nil {
			x.Passkey = &passkeyForm{To: x.To, Hidden: x.Fields, Prefix: "confirm."}
			err = x.Passkey.asks(a)
		}
		if err != nil && !errors.Is(err, login.ErrNoPasskey) {
			return err
		}
	}
	v.w.Header().Set("Cache-Control", "no-store")
	v.status = http.StatusForbidden
	p := v.page(v.t("请再确认是您本人", "Show once more that it is you"))
	p.Narrow, p.Path, p.Passkeys = true, "/account", x.Passkey != nil
	return v.show(p, confirmPage(p, x))
}

// cameFrom is the page of this site from which a form came.
func cameFrom(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host {
		return "/today"
	}
	return local(u.RequestURI())
}

var goingOn = lang.Of("继续", "go on")

// confirmed goes on to where somebody wanted, who has shown who it is.
func (s *Server) confirmed(v *visit) error {
	next := local(v.r.PostFormValue("next"))
	if err := v.actor().Sure(goingOn); err != nil {
		return err
	}
	return v.redirect(next)
}
