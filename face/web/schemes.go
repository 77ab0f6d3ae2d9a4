package web

import (
	"bytes"
	"errors"
	"math/big"
	"mime"
	"strconv"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/evaluation/rule"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/office/intake"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/sheet"
)

// schemeList is the page of the scoring schemes (评分方案).
type schemeList struct {
	Rows    []schemeRow
	Names   []option // for what is compared
	Compare bool
	Upload  *settingUpload // nil: the reader may not
}

type schemeRow struct {
	Name, Title, Subject, Whose string
	Lines                       int
	Since                       string
	To, History                 string
	Example                     bool
}

// schemeSheet is a scheme as a table to be read.
type schemeSheet struct {
	Facts []schemeFact
	Rows  []schemeLine
	Sum   string
}

type schemeFact struct{ Name, Value string }

// schemeLine is a line of a scheme; the levels above it stand in the first line of each, with how many lines they span.
type schemeLine struct {
	Level1, Points1 string
	Span1           int
	Level2, Points2 string
	Span2           int
	Name, Points    string
	Target          string
	Criterion, Rule string // Rule: in the wording of the program, where the criterion is not that
	Note            string
	Indicator, To   string
	Code            string
}

// allowSchemes lets whoever may read schemes in.
func (v *visit) allowSchemes(a access.Action) error {
	return v.actor().Allow(a, evaluation.SchemeKind.Code(), evaluation.SchemeKind.Label())
}

func schemeName(s *evaluation.Scheme) string { return s.Code + "@" + strconv.FormatInt(s.Year, 10) }

func schemePath(s *evaluation.Scheme) string { return "/settings/schemes/" + schemeName(s) }

// schemes lists them.
func (s *Server) schemes(v *visit) error { return s.showSchemes(v, nil) }

func (s *Server) showSchemes(v *visit, sent *settingUpload) error {
	if err := v.allowSchemes(access.Read); err != nil {
		return err
	}
	var x schemeList
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		all, err := app.Schemes(view)
		if err != nil {
			return err
		}
		for _, m := range all {
			subject, _ := evaluation.Subjects.Find(m.Subject)
			row := schemeRow{Name: schemeName(m), Title: m.Name, Subject: subject.Label.In(v.lang), Lines: len(m.Lines), To: schemePath(m), Example: m.Example, Whose: v.t("随系统", "program")}
			if m.Version > 0 {
				row.Whose, row.History = v.t("本局", "the bureau's"), "/records/scheme/"+m.ID.String()
				if row.Since, err = v.lastChange(view, evaluation.SchemeKind, m); err != nil {
					return err
				}
			}
			x.Rows = append(x.Rows, row)
			x.Names = append(x.Names, option{Value: row.Name, Text: row.Name + " " + m.Name})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if v.allowSchemes(access.Create) == nil {
		x.Upload = sent
		if sent == nil {
			x.Upload = v.schemeUpload()
		}
	}
	p := v.settingsPage(v.t("评分方案", "Scoring schemes"), v.t("一个年度用不晚于它的最新一份：先看本局的，没有再看随系统的", "a year is scored by the newest that is not of a later year: the bureau's own, else the program's"))
	p.Path = "/settings/schemes"
	return v.show(p, schemesPage(p, x))
}

func (v *visit) schemeUpload() *settingUpload {
	return &settingUpload{To: "/settings/schemes", Accept: ".xlsx,.csv,.scheme", Label: v.t("方案文件", "the file of a scheme"), Sheet: true,
		Hint: v.t("财政局的评分表（.xlsx 或 .csv），表头是 一级指标 … 分值 … 评分标准；或文字文件 .scheme。先列出全部错误，没有错误时列出会变什么，最后才保存。",
			"The form of the finance bureau (.xlsx or .csv) with the headings 一级指标 … 分值 … 评分标准, or a text file, .scheme. Every fault is told first; where there is none, what would change; only then is anything kept.")}
}

// uploadScheme reads a file: with faults they are all told, without what it would change is shown.
func (s *Server) uploadScheme(v *visit) error {
	if err := v.allowSchemes(access.Create); err != nil {
		return err
	}
	u := v.schemeUpload()
	name, content, err := v.sent("file")
	if _, known := fault.KindOf(err); known {
		if err = u.refused(v, "", nil, err); err == nil {
			err = s.showSchemes(v, u)
		}
		return err
	}
	if err != nil {
		return err
	}
	preset := evaluation.Preset{}
	for _, f := range []string{"code", "year", "name", "subject"} {
		if given := strings.TrimSpace(v.r.FormValue(f)); given != "" {
			preset[f] = given
		}
	}
	m, err := app.ReadScheme(name, content, "", preset)
	if _, known := fault.KindOf(err); err != nil && !known {
		return err
	}
	if err == nil || m != nil {
		var read fault.List
		if internal := read.Add(err); internal != nil {
			return internal
		}
		err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
			if len(read) == 0 {
				return s.app.Fits(view, m)
			}
			all, err := s.app.Unknown(view, m, read)
			if err != nil {
				return err
			}
			return all.Err()
		})
	}
	if err != nil {
		var texts map[string][]byte
		if strings.HasSuffix(name, evaluation.Suffix) {
			texts = map[string][]byte{name: content}
		}
		if err = u.refused(v, name, texts, err); err != nil {
			return err
		}
		return s.showSchemes(v, u)
	}
	d, err := s.app.Drafts.Begin(v.r.Context(), v.session.User, schemeDraft, name, []byte(m.Text()))
	if err != nil {
		return err
	}
	return v.redirect("/settings/drafts/" + d.ID.String())
}

// draftScheme is the scheme of a draft: what was read of the file, written as text.
func draftScheme(d intake.Draft) (*evaluation.Scheme, error) {
	return evaluation.ParseFile(d.File, d.Content)
}

// reviewScheme says what a scheme would change of the one with its code and year, or of the newest before it.
func (s *Server) reviewScheme(v *visit, d intake.Draft, x *settingDraft) error {
	m, err := draftScheme(d)
	if err != nil {
		return err
	}
	return s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		names, err := scoredFrom(s.app, view)
		if err != nil {
			return err
		}
		table := v.schemeSheet(m, names)
		x.Scheme, x.Title = &table, v.t(lang.Zh("保存评分方案"+schemeName(m)), lang.En("Keep the scheme "+schemeName(m)))
		before, err := app.Scheme(view, m.Code, int(m.Year))
		if errors.Is(err, app.ErrNoScheme) {
			x.Is = v.t("账册和系统都没有这个代码的方案：保存后是新的", "neither the book nor the program has a scheme of this code: it would be a new one")
			return nil
		}
		if err != nil {
			return err
		}
		for _, c := range evaluation.Diff(before, m) {
			x.Differences = append(x.Differences, changeWords{differenceLabels[c.Kind].In(v.lang), c.Words.In(v.lang)})
		}
		whose := v.t("随系统", "of the program")
		if before.Version > 0 {
			whose = v.t(lang.Zh("本局第"+strconv.FormatInt(before.Version, 10)+"版"), lang.En("the bureau's version "+strconv.FormatInt(before.Version, 10)))
		}
		x.Is = v.t(lang.Zh("与"+schemeName(before)+"（"+whose+"）比较"), lang.En("compared with "+schemeName(before)+" ("+whose+")"))
		x.Same = len(x.Differences) == 0 && before.Year == m.Year
		return nil
	})
}

// differenceLabels are the ways in which schemes differ.
var differenceLabels = map[evaluation.DifferenceKind]lang.Text{
	evaluation.Added: lang.Of("新增", "new"), evaluation.Removed: lang.Of("取消", "taken out"), evaluation.Moved: lang.Of("移动", "moved"), evaluation.Changed: lang.Of("改动", "changed"),
}

// changeWords is one thing that differs.
type changeWords struct{ Kind, Text string }

// keepScheme keeps it, and gives where it is seen.
func (s *Server) keepScheme(v *visit, d intake.Draft, why string) (string, error) {
	m, err := draftScheme(d)
	if err != nil {
		return "", err
	}
	_, err = s.app.Enact(v.r.Context(), v.actor(), m, why)
	return schemePath(m), err
}

// namedScheme is the scheme that an address names as CODE@YEAR.
func (s *Server) namedScheme(v *visit, view *book.View, name string) (*evaluation.Scheme, error) {
	code, in, dated := strings.Cut(name, "@")
	year, err := strconv.Atoi(in)
	if !dated || err != nil {
		return nil, app.ErrSchemeName.With(name)
	}
	m, err := app.Scheme(view, code, year)
	if err == nil && m.Year != int64(year) {
		err = app.ErrNoScheme.With(year, code, schemeName(m))
	}
	return m, err
}

// scheme shows one as a table.
func (s *Server) scheme(v *visit) error {
	if err := v.allowSchemes(access.Read); err != nil {
		return err
	}
	var x schemeSheet
	var m *evaluation.Scheme
	since := ""
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) {
		if m, err = s.namedScheme(v, view, v.r.PathValue("name")); err != nil {
			return err
		}
		names, err := scoredFrom(s.app, view)
		if err != nil {
			return err
		}
		x = v.schemeSheet(m, names)
		if m.Version > 0 {
			since, err = v.lastChange(view, evaluation.SchemeKind, m)
		}
		return err
	})
	if err != nil {
		return err
	}
	p := v.settingsPage(schemeName(m)+" "+m.Name, v.t("随系统提供，账册里没有改过", "as the program brings it; the book has none of its own"))
	if since != "" {
		p.Lead = v.t(lang.Zh("本局的："+since), lang.En("the bureau's: "+since))
	}
	p.Crumbs = append(p.Crumbs, anchor{Text: v.t("评分方案", "Scoring schemes"), To: "/settings/schemes"})
	p.Actions = []anchor{{Text: "Excel", To: schemePath(m) + "/file?format=xlsx"}, {Text: v.t("文字文件", "Text file"), To: schemePath(m) + "/file?format=scheme"}}
	if m.Version > 0 {
		p.Actions = append(p.Actions, anchor{Text: v.t("各版", "Versions"), To: "/records/scheme/" + m.ID.String()})
	}
	return v.show(p, schemePage(p, x))
}

// schemeSheet sets a scheme out: levels with the sums of their lines, each line with its rule and what it is scored from.
func (v *visit) schemeSheet(m *evaluation.Scheme, names scored) schemeSheet {
	subject, _ := evaluation.Subjects.Find(m.Subject)
	x := schemeSheet{}
	add := func(zh lang.Zh, en lang.En, value string) {
		if value != "" {
			x.Facts = append(x.Facts, schemeFact{v.t(zh, en), value})
		}
	}
	add("方案代码和年度", "code and year", schemeName(m))
	add("方案名称", "name", m.Name)
	add("评价对象", "subject", subject.Label.In(v.lang))
	add("制定机关", "issuer", m.Issuer)
	add("文号", "document", m.Document)
	add("说明", "note", m.Note)
	if m.Example {
		add("示例", "example", v.t("分值是系统示例，不是发文机关规定的", "the points are an example and not the issuer's"))
	}
	sum := func(over []evaluation.Line, same func(evaluation.Line) bool) (n int, points string) {
		total := new(big.Rat)
		for _, l := range over {
			if !same(l) {
				break
			}
			total.Add(total, l.Full())
			n++
		}
		return n, rule.Number(total)
	}
	for i, l := range m.Lines {
		row := schemeLine{Name: l.Level3, Points: rule.Number(l.Full()), Target: l.Target, Criterion: l.Criterion, Rule: l.Rule, Note: l.Note, Indicator: l.Indicator, Code: l.Code}
		begins := i == 0 || m.Lines[i-1].Level1 != l.Level1
		if begins {
			row.Level1 = l.Level1
			row.Span1, row.Points1 = sum(m.Lines[i:], func(o evaluation.Line) bool { return o.Level1 == l.Level1 })
		}
		if begins || m.Lines[i-1].Level2 != l.Level2 {
			row.Level2 = strings.TrimSpace(l.Number + l.Level2)
			row.Span2, row.Points2 = sum(m.Lines[i:], func(o evaluation.Line) bool { return o.Level1 == l.Level1 && o.Level2 == l.Level2 })
		}
		switch label, page := names.of(l.Indicator); {
		case l.Judged():
			row.Indicator = v.t("由人认定", "judged by people")
		case label.Whole():
			row.Indicator = label.In(v.lang)
			if !page {
				break
			}
			row.To = link("/figures/"+l.Indicator, "period", strconv.FormatInt(m.Year, 10))
		case l.Indicator == evaluation.Executing:
			row.Indicator = v.t("项目的执行率", "spent of the project's budget")
		case l.Indicator == evaluation.Aiming:
			row.Indicator = v.t("项目自己的绩效目标", "the targets of the project")
		}
		x.Rows = append(x.Rows, row)
	}
	_, x.Sum = sum(m.Lines, func(evaluation.Line) bool { return true })
	return x
}

// schemeFile sends a scheme as its form or as text.
func (s *Server) schemeFile(v *visit) error {
	if err := v.allowSchemes(access.Read); err != nil {
		return err
	}
	var m *evaluation.Scheme
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) {
		m, err = s.namedScheme(v, view, v.r.PathValue("name"))
		return err
	})
	if err != nil {
		return err
	}
	switch v.r.URL.Query().Get("format") {
	case "xlsx":
		var out bytes.Buffer
		if err := m.WriteSheet(&out, sheet.XLSX, v.lang); err != nil {
			return err
		}
		return v.workbook(schemeName(m), out.Bytes())
	case "scheme":
		return v.textFile(schemeName(m)+evaluation.Suffix, []byte(m.Text()))
	}
	return ErrNoPage.With(v.r.URL.RequestURI())
}

// textFile sends a text to be kept as a file.
func (v *visit) textFile(name string, content []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return v.send(content)
}

// schemeCompared is what one scheme became in another.
type schemeCompared struct {
	Names       []option
	A, B        string
	Differences []changeWords
	Compared    bool
}

// compareSchemes tells in words how two schemes differ.
func (s *Server) compareSchemes(v *visit) error {
	if err := v.allowSchemes(access.Read); err != nil {
		return err
	}
	in := v.r.URL.Query()
	x := schemeCompared{A: in.Get("a"), B: in.Get("b")}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		all, err := app.Schemes(view)
		if err != nil {
			return err
		}
		for _, m := range all {
			x.Names = append(x.Names, option{Value: schemeName(m), Text: schemeName(m) + " " + m.Name})
		}
		if x.A == "" || x.B == "" {
			return nil
		}
		a, err := s.namedScheme(v, view, x.A)
		if err != nil {
			return err
		}
		b, err := s.namedScheme(v, view, x.B)
		if err != nil {
			return err
		}
		x.Compared = true
		for _, c := range evaluation.Diff(a, b) {
			x.Differences = append(x.Differences, changeWords{differenceLabels[c.Kind].In(v.lang), c.Words.In(v.lang)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	p := v.settingsPage(v.t("比较评分方案", "Compare schemes"), v.t("后一份比前一份新增、取消、移动、改动了什么", "what is new, taken out, moved or changed in the second"))
	p.Crumbs = append(p.Crumbs, anchor{Text: v.t("评分方案", "Scoring schemes"), To: "/settings/schemes"})
	return v.show(p, schemesComparedPage(p, x))
}
