package web

import (
	"errors"
	"net/http"
	"strconv"

	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/office/token"
	"anlan/record/access"
)

// tokensSight is the page of the tokens of whoever is signed in.
type tokensSight struct {
	Tokens            []tokenLine
	Secret            string // of a token that was just issued, shown this once
	Name, Scope, Days string // as typed
	Said              []string
}

type tokenLine struct {
	Name, Scope, Made, Ends, Seen, From string
	Over                                string // revoked or ended; empty: it is in force
}

// tokens shows one's tokens.
func (s *Server) tokens(v *visit) error {
	return s.showTokens(v, tokensSight{Days: "90"})
}

func (s *Server) showTokens(v *visit, x tokensSight) error {
	all, err := s.app.Tokens.List(v.r.Context(), v.actor(), v.session.User)
	if err != nil {
		return err
	}
	now := s.app.Clock().Now()
	for _, t := range all {
		l := tokenLine{Name: t.Name, Scope: t.Scope.String(), Made: t.Made.In(period.Shanghai).Format("2006-01-02"), Ends: t.Ends.In(period.Shanghai).Format("2006-01-02"), From: t.SeenFrom}
		if !t.Seen.IsZero() {
			l.Seen = t.Seen.In(period.Shanghai).Format("2006-01-02 15:04")
		}
		switch {
		case !t.Revoked.IsZero():
			l.Over = v.t("已撤销", "revoked")
		case !now.Before(t.Ends):
			l.Over = v.t("已到期", "over")
		}
		x.Tokens = append(x.Tokens, l)
	}
	p := v.page(v.t("令牌", "Tokens"))
	p.Lead = v.t("程序凭令牌使用接口，权限不超过您现有的；做的事记在您名下", "Programs use the API by a token. It never may more than you may now, and what it does stands under your name")
	p.Path, p.Crumbs = "/account/tokens", []anchor{{Text: v.t("我的帐号", "my account"), To: "/account"}}
	p.Actions = []anchor{{Text: v.t("接口说明", "About the API"), To: "/api"}}
	return v.show(p, tokensPage(p, x))
}

// issueToken issues a token to whoever is signed in.
func (s *Server) issueToken(v *visit) error {
	x := tokensSight{Name: v.r.PostFormValue("name"), Scope: v.r.PostFormValue("scope"), Days: v.r.PostFormValue("days")}
	days, err := strconv.Atoi(x.Days)
	if err != nil {
		days = 0
	}
	x.Secret, _, err = s.app.Tokens.Issue(v.r.Context(), v.actor(), v.session.User, token.Request{Name: x.Name, Scope: x.Scope, Ends: s.app.Clock().Now().AddDate(0, 0, days)})
	if errors.Is(err, access.ErrProveAgain) {
		return err
	}
	if kind, known := fault.KindOf(err); known {
		x.Said, v.status = lines(fault.In(err, v.lang)), statuses[kind]
		if v.status == 0 {
			v.status = http.StatusUnprocessableEntity
		}
	} else if err != nil {
		return err
	}
	return s.showTokens(v, x)
}

// revokeToken ends one's token.
func (s *Server) revokeToken(v *visit) error {
	if err := s.app.Tokens.Revoke(v.r.Context(), v.actor(), v.session.User, v.r.PostFormValue("name")); err != nil {
		return err
	}
	return v.redirect("/account/tokens")
}
