package web

import (
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
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

// lookAtScanner asks the virus scanner whether it is there. Only the server knows of it.
func (s *Server) lookAtScanner(v *visit) app.Check {
	c := app.Check{Name: lang.Of("病毒扫描", "virus scanner"), Fine: true, What: lang.Of("没有：上传的文件不经扫描（anlan serve --scanner）", "none: what is uploaded is not scanned (anlan serve --scanner)")}
	if !s.scanner.Present() {
		return c
	}
	version, err := s.scanner.Version(v.r.Context())
	if err != nil {
		c.Fine, c.What = false, reason.Of(err)
		c.Mend = lang.Of("启动clamd，并让运行本程序的用户能连它；在此之前不接收上传的文件", "start clamd, and let the user of this program reach it; until then nothing that is uploaded is taken")
		return c
	}
	c.What = lang.Text{Zh: version, En: version}
	return c
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
	for _, c := range append(found, s.lookAtScanner(v)) {
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
