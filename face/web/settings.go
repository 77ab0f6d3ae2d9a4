package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/indicator"
	ownindicator "anlan/account/indicator/own"
	owntemplate "anlan/account/report/own"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/office/extra"
	"anlan/office/intake"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

// settings is the page of what a bureau sets for itself (配置): what is in force of each, since when, and by whom.
type settings struct{ Cards []settingCard }

type settingCard struct {
	Label, About, To string
	Own              string // how many the bureau has of its own
	Since            string // the newest change; empty: none
	SinceTo          string
}

// setting is a sort of setting with the kind as which a book keeps it.
type setting struct {
	path  string
	kind  record.Of // nil: it comes with the program
	label lang.Text
	about lang.Text
}

// settingsOf are the sorts of settings, in the order of the page.
func settingsOf() []setting {
	return []setting{
		{"/settings/schemes", evaluation.SchemeKind, lang.Of("评分方案", "Scoring schemes"), lang.Of("每年的指标、分值和评分标准；上传财政局的表就能换", "the lines, points and criteria of each year; the form of the finance bureau can be uploaded")},
		{"/settings/indicators", ownindicator.Kind, lang.Of("指标定义", "Indicators"), lang.Of("每个指标怎样算；本局可以改口径、加指标、停用", "how each figure is computed; the bureau may define it otherwise, add its own, or retire one")},
		{"/settings/templates", owntemplate.Kind, lang.Of("报告模板", "Report templates"), lang.Of("报告怎样写、附哪些表；本局可以改，也可以有自己的报告", "how a report is written and what is attached; the bureau may change it, and have reports of its own")},
		{"/settings/fields", extra.Kind, lang.Of("扩展项", "Extra fields"), lang.Of("在各类记录上加本局要登记的项", "what the bureau records of things beyond their fields")},
		{"/settings/codes", nil, lang.Of("代码表", "Code lists"), lang.Of("各项可填的值，所依据的标准，用在哪里", "the values that fields may have, the standards they come from, and where they are used")},
	}
}

// maySet says whether a visitor may write any setting, and so sees the page of all.
func (v *visit) maySet() bool {
	return v.actor().May(access.Create, evaluation.SchemeKind.Code())
}

// settings shows the page.
func (s *Server) settings(v *visit) error {
	if err := v.actor().Allow(access.Create, evaluation.SchemeKind.Code(), evaluation.SchemeKind.Label()); err != nil {
		return err
	}
	var x settings
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		for _, of := range settingsOf() {
			c := settingCard{Label: of.label.In(v.lang), About: of.about.In(v.lang), To: of.path}
			if of.kind != nil {
				if !v.actor().May(access.Read, of.kind.Code()) {
					continue
				}
				if err := v.newestSetting(view, of.kind, &c); err != nil {
					return err
				}
			}
			x.Cards = append(x.Cards, c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	p := v.settingsPage(v.t("配置", "Settings"), v.t("各局、各年不一样的，在这里定，不用改程序；每次改动都有版本、有人、有理由", "What differs by bureau and year is set here and not in the program; each change has its version, its author and its reason"))
	p.Crumbs = nil
	return v.show(p, settingsPage(p, x))
}

// settingsMost bounds the settings of a sort that are looked through.
const settingsMost = 2000

// newestSetting says how many the book has of a sort, and which of them was changed last.
func (v *visit) newestSetting(view *book.View, k record.Of, c *settingCard) error {
	var newest any
	n := 0
	err := view.Each(book.Query{Kind: k.Code(), Limit: settingsMost}, func(r any) error {
		if n++; newest == nil || k.Head(r).Began > k.Head(newest).Began {
			newest = r
		}
		return nil
	})
	if c.Own = strconv.Itoa(n); n == settingsMost {
		c.Own += "+"
	}
	if err != nil || newest == nil {
		return err
	}
	c.SinceTo = "/records/" + k.Code() + "/" + k.Head(newest).ID.String()
	c.Since, err = v.lastChange(view, k, newest)
	return err
}

// settingsPage begins a page of the settings.
func (v *visit) settingsPage(title, lead string) page {
	p := v.page(title)
	p.Wing, p.Lead = "account", lead
	if v.maySet() {
		p.Crumbs = []anchor{{Text: v.t("配置", "Settings"), To: "/settings"}}
	} else {
		p.Crumbs = []anchor{{Text: sectionOf(evaluation.SchemeKind.Code()).Label.In(v.lang), To: "/wings/account"}}
	}
	return p
}

// lastChange says who made the version that a record has, and when.
func (v *visit) lastChange(view *book.View, k record.Of, r any) (string, error) {
	h := k.Head(r)
	versions, err := view.History(k.Code(), h.ID)
	if err != nil || len(versions) == 0 {
		return "", err
	}
	x := versions[len(versions)-1]
	n, at := strconv.FormatInt(h.Version, 10), strconv.FormatInt(int64(x.Position), 10)
	return v.t(lang.Zh("第"+n+"版，"+v.moment(x.RecordedAt)+"，"+x.Actor+"，日志位置"+at), lang.En("version "+n+", "+v.moment(x.RecordedAt)+", "+x.Actor+", position "+at)), nil
}

// settingUpload is a form by which the file of a setting is sent, with what was wrong with the one before.
type settingUpload struct {
	To, Accept, Label, Hint string
	Several                 bool // files at once
	Sheet                   bool // what a sheet may leave out can be given beside it
	Faults                  []string
	Shown                   string // the faults with the lines that they are about
	File                    string // that was refused
}

// refused takes what was wrong with a file; of texts the lines are shown. What is no fault of its content is not for the form.
func (u *settingUpload) refused(v *visit, name string, texts map[string][]byte, err error) error {
	var list fault.List
	if internal := list.Add(err); internal != nil {
		return internal
	}
	if slices.ContainsFunc(list, func(f *fault.Fault) bool {
		return f.Kind == fault.Denied || f.Kind == fault.Unable || f.Kind == fault.Broken
	}) {
		return err
	}
	u.File = name
	v.status = http.StatusUnprocessableEntity
	if texts != nil {
		u.Shown = strings.TrimRight(indicator.Show(list, v.lang, texts), "\n")
	}
	for _, f := range list {
		u.Faults = append(u.Faults, f.In(v.lang))
	}
	return nil
}

// settingDraft is a file that has been read, as it would change what is in force; nothing is written yet.
type settingDraft struct {
	To, Drop    string
	Title, File string
	Is          string // what would be kept: as a new one, as version N
	Same        bool
	Differences []changeWords
	Why         string // what was wrong with keeping it
	Scheme      *schemeSheet
	Definitions []definitionChange
	Draft       *wholeDraft // the report as it would print
}

// Kinds of drafts of settings; those of imports have the codes of kinds.
const (
	schemeDraft    = "settings.schemes"
	indicatorDraft = "settings.indicators"
	templateDraft  = "settings.templates"
)

// ErrNoSettingsDraft says that what was uploaded is not there any more.
var ErrNoSettingsDraft = fault.Define("web.no_settings_draft", fault.NotFound,
	"没有这份待保存的文件：上传超过一天、已保存或取消，或者不是您上传的。请重新上传", "there is no such file to be kept: it was uploaded more than a day ago, was kept or dropped, or is not yours; upload it again")

// ErrNoSettingReason says that a setting is changed for a reason only.
var ErrNoSettingReason = fault.Define("web.no_setting_reason", fault.Invalid,
	"请写明为什么改，例如文号：它随这一版留在日志里", "say why it is changed, the document for instance: it stays in the journal with the version")

// settingsDraft is the file that an address names.
func (s *Server) settingsDraft(v *visit) (d intake.Draft, err error) {
	id, err := ident.Parse(v.r.PathValue("draft"))
	if err != nil {
		return d, ErrNoSettingsDraft.With()
	}
	d, err = s.app.Drafts.Find(v.r.Context(), v.session.User, id)
	if errors.Is(err, intake.ErrNoDraft) || err == nil && !strings.HasPrefix(d.Kind, "settings.") {
		return d, ErrNoSettingsDraft.With()
	}
	return d, err
}

// draftKind is the kind as which a draft is kept.
func draftKind(d intake.Draft) record.Of {
	switch d.Kind {
	case schemeDraft:
		return evaluation.SchemeKind
	case indicatorDraft:
		return ownindicator.Kind
	case templateDraft:
		return owntemplate.Kind
	}
	return nil
}

// draftBack is the page from which a draft was sent.
func draftBack(d intake.Draft) string { return "/settings/" + strings.TrimPrefix(d.Kind, "settings.") }

// reviewSetting shows what a file would change.
func (s *Server) reviewSetting(v *visit) error {
	if err := v.actor().Allow(access.Create, evaluation.SchemeKind.Code(), evaluation.SchemeKind.Label()); err != nil {
		return err
	}
	d, err := s.settingsDraft(v)
	if err != nil {
		return err
	}
	return s.showDraft(v, d, nil)
}

// showDraft shows a draft, with what was wrong with keeping it.
func (s *Server) showDraft(v *visit, d intake.Draft, wrong error) error {
	k := draftKind(d)
	if err := v.actor().Allow(access.Create, k.Code(), k.Label()); err != nil {
		return err
	}
	x := settingDraft{To: "/settings/drafts/" + d.ID.String(), File: d.File}
	x.Drop = x.To + "/drop"
	if wrong != nil {
		x.Why = fault.In(wrong, v.lang)
		v.status = statusOf(wrong)
	}
	var err error
	switch d.Kind {
	case schemeDraft:
		err = s.reviewScheme(v, d, &x)
	case indicatorDraft:
		err = s.reviewIndicators(v, d, &x)
	case templateDraft:
		err = s.reviewTemplate(v, d, &x)
	}
	if err != nil {
		return err
	}
	p := v.settingsPage(x.Title, v.t("这是保存前的样子：看清什么会变，再保存；现在什么都没有写入", "This is how it would be: see what changes, then keep it. Nothing is written yet."))
	p.Crumbs = append(p.Crumbs, anchor{Text: k.Label().In(v.lang), To: draftBack(d)})
	p.Path = x.To
	return v.show(p, settingDraftPage(p, x))
}

// keepSetting writes what a draft holds.
func (s *Server) keepSetting(v *visit) error {
	if err := v.actor().Allow(access.Create, evaluation.SchemeKind.Code(), evaluation.SchemeKind.Label()); err != nil {
		return err
	}
	d, err := s.settingsDraft(v)
	if err != nil {
		return err
	}
	why := strings.TrimSpace(v.r.PostFormValue("reason"))
	if why == "" {
		return s.showDraft(v, d, ErrNoSettingReason.With())
	}
	var to string
	switch d.Kind {
	case schemeDraft:
		to, err = s.keepScheme(v, d, why)
	case indicatorDraft:
		to, err = s.keepIndicators(v, d, why)
	case templateDraft:
		to, err = s.keepTemplate(v, d, why)
	}
	if kind, known := fault.KindOf(err); known && kind != fault.Denied {
		return s.showDraft(v, d, err)
	}
	if err != nil {
		return err
	}
	s.stir()
	if err := s.app.Drafts.Drop(v.r.Context(), v.session.User, d.ID); err != nil {
		return err
	}
	return v.redirect(to)
}

// dropSetting forgets a draft.
func (s *Server) dropSetting(v *visit) error {
	if err := v.actor().Allow(access.Create, evaluation.SchemeKind.Code(), evaluation.SchemeKind.Label()); err != nil {
		return err
	}
	d, err := s.settingsDraft(v)
	if err != nil {
		return err
	}
	if err := s.app.Drafts.Drop(v.r.Context(), v.session.User, d.ID); err != nil {
		return err
	}
	return v.redirect(draftBack(d))
}

// scored is what lines of schemes can be scored from, with its names.
type scored struct {
	indicators map[string]lang.Text
	measures   app.Catalogue
}

// scoredFrom are the indicators and measures as a view knows them.
func scoredFrom(a *app.App, view *book.View) (scored, error) {
	set, err := a.Indicators(view)
	if err != nil {
		return scored{}, err
	}
	out := scored{indicators: map[string]lang.Text{}}
	for _, i := range set.Indicators() {
		out.indicators[i.Code()] = i.Label()
	}
	out.measures, err = a.Catalogue(view)
	return out, err
}

// of is the name of an indicator, which has a page, or of a measure; none of an expression.
func (x scored) of(code string) (label lang.Text, page bool) {
	if label, page = x.indicators[code]; page {
		return label, true
	}
	m, _ := x.measures.Lookup(code)
	return m.Label, false
}
