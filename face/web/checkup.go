package web

import (
	"anlan/ground/fault"
	"anlan/office/login"
	"anlan/record/access"
)

// ErrNotOfTheBureau says that a page is about the machine and every unit, and that whoever asks looks after some units only.
var ErrNotOfTheBureau = fault.Define("web.not_of_the_bureau", fault.Denied,
	"系统检查涉及整个账册，只有本局的管理员可看", "the check of the system is about the whole book: only an administrator of the bureau itself sees it")

// checkup is what doctor found.
type checkup struct {
	Amiss []foundOut
	Fine  []foundOut
}

type foundOut struct{ Name, What, Mend string }

// mayCheckup says whether a visitor administers the whole book.
func (v *visit) mayCheckup() bool {
	return v.actor().May(access.Edit, login.Kind.Code()) && v.actor().Unit == v.top
}

// checkup shows what anlan doctor finds, to an administrator of the bureau.
func (s *Server) checkup(v *visit) error {
	if err := v.actor().Allow(access.Edit, login.Kind.Code(), login.Kind.Label()); err != nil {
		return err
	}
	if !v.mayCheckup() {
		return ErrNotOfTheBureau.With()
	}
	found, err := s.app.Doctor(v.r.Context())
	if err != nil {
		return err
	}
	var x checkup
	for _, c := range found {
		f := foundOut{c.Name.In(v.lang), c.What.In(v.lang), c.Mend.In(v.lang)}
		if c.Fine {
			x.Fine = append(x.Fine, f)
		} else {
			x.Amiss = append(x.Amiss, f)
		}
	}
	p := v.page(v.t("系统检查", "Check of the system"))
	p.Wing, p.Path = "office", "/checkup"
	p.Lead = v.t("与 anlan doctor 相同：缺什么、哪里不安全、怎样处理", "as anlan doctor: what is missing or unsafe, and how to mend it")
	p.Crumbs = []anchor{{Text: sectionOf(login.Kind.Code()).Label.In(v.lang), To: "/wings/office"}}
	return v.show(p, checkupPage(p, x))
}
