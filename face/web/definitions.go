package web

import (
	"errors"
	"strconv"
	"strings"

	"anlan/account/indicator"
	ownindicator "anlan/account/indicator/own"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/office/intake"
	"anlan/record/access"
	"anlan/record/book"
)

// definitionList is the page of what is defined as indicators (指标定义): the book's own, and the program's.
type definitionList struct {
	Own     []definitionRow
	Groups  []definitionGroup
	Upload  *settingUpload // nil: the reader may not
	Typed   string         // that was refused
	OwnFile string         // the book's own as a file; empty: there is none
}

type definitionGroup struct {
	Name string
	Rows []definitionRow
}

type definitionRow struct {
	Code, Label, Unit, Whose, Since, To string
	Constant                            bool
}

func definitionPath(code string) string { return "/settings/indicators/" + code }

func (v *visit) allowDefinitions(a access.Action) error {
	return v.actor().Allow(a, ownindicator.Kind.Code(), ownindicator.Kind.Label())
}

// definitions lists them.
func (s *Server) definitions(v *visit) error { return s.showDefinitions(v, nil, "") }

func (s *Server) showDefinitions(v *visit, sent *settingUpload, typed string) error {
	if err := v.allowDefinitions(access.Read); err != nil {
		return err
	}
	x := definitionList{Typed: typed}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		all, err := app.ListIndicators(view)
		if err != nil {
			return err
		}
		index := map[string]int{}
		for _, l := range all {
			row := v.definitionRow(l)
			if l.Own != nil {
				if row.Since, err = v.sinceWhen(view, l.Own); err != nil {
					return err
				}
				x.Own, x.OwnFile = append(x.Own, row), "/settings/indicators/file"
				continue
			}
			group, _, _ := strings.Cut(l.Code, ".")
			if group == projectGroup {
				continue // they follow from the projects
			}
			at, known := index[group]
			if !known {
				at = len(x.Groups)
				index[group] = at
				x.Groups = append(x.Groups, definitionGroup{Name: groupName(group).In(v.lang)})
			}
			x.Groups[at].Rows = append(x.Groups[at].Rows, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if v.allowDefinitions(access.Create) == nil {
		if x.Upload = sent; sent == nil {
			x.Upload = v.definitionUpload()
		}
	}
	p := v.settingsPage(v.t("指标定义", "Indicators"), v.t("每个指标怎样算；本局的定义代替随系统的同代码定义，停用的代码谁也不用", "how each figure is computed; the bureau's definition stands in place of the program's of the same code, and a retired code names nothing"))
	p.Path = "/settings/indicators"
	return v.show(p, definitionsPage(p, x))
}

func (v *visit) definitionRow(l app.Listed) definitionRow {
	row := definitionRow{Code: l.Code, Label: l.Label.In(v.lang), Unit: l.Unit, To: definitionPath(l.Code), Constant: l.Constant, Whose: v.t("随系统", "program")}
	switch {
	case l.Retired():
		row.Whose = v.t("停用", "retired")
	case l.Own != nil:
		row.Whose = v.t("本局", "the bureau's")
	}
	return row
}

// sinceWhen says since when the book has a definition, and by whom, as far as the reader may see its record.
func (v *visit) sinceWhen(view *book.View, d *ownindicator.Definition) (string, error) {
	since, err := v.lastChange(view, ownindicator.Kind, d)
	if absent(err) {
		n, at := strconv.FormatInt(d.Version, 10), strconv.FormatInt(d.Began, 10)
		return v.t(lang.Zh("第"+n+"版，日志位置"+at), lang.En("version "+n+", position "+at)), nil
	}
	return since, err
}

func (v *visit) definitionUpload() *settingUpload {
	return &settingUpload{To: "/settings/indicators", Accept: app.IndicatorSuffix + ",.xlsx,.csv", Label: v.t("定义文件", "the file of definitions"),
		Hint: v.t("指标语言的文件 .indicators，一次可以有许多条；或每行一条定义的表格。先列出全部错误，没有错误时列出会变什么，最后才保存。",
			"A file of the language of indicators, with as many definitions as one likes, or a sheet with one a row. Every fault is told first; where there is none, what would change; only then is anything kept.")}
}

// typedDefinitions names what was typed into the page.
const typedDefinitions = "typed" + app.IndicatorSuffix

// uploadDefinitions reads a file, or what was typed. A sheet goes the way of all sheets.
func (s *Server) uploadDefinitions(v *visit) error {
	if err := v.allowDefinitions(access.Create); err != nil {
		return err
	}
	u := v.definitionUpload()
	name, content, err := v.sent("file")
	typed := strings.TrimSpace(strings.ReplaceAll(v.r.FormValue("text"), "\r\n", "\n"))
	if errors.Is(err, ErrNoSheetSent) && typed != "" {
		name, content, err = typedDefinitions, []byte(typed+"\n"), nil
	}
	if _, known := fault.KindOf(err); known {
		if err = u.refused(v, "", nil, err); err == nil {
			err = s.showDefinitions(v, u, typed)
		}
		return err
	}
	if err != nil {
		return err
	}
	if !strings.HasSuffix(name, app.IndicatorSuffix) {
		d, err := s.app.Drafts.Begin(v.r.Context(), v.session.User, ownindicator.Kind.Code(), name, content)
		if err != nil {
			return err
		}
		return v.redirect(draftPath(d) + "/columns")
	}
	// Whether what is defined once more needs a reason is asked when it is kept.
	_, err = s.app.EnactIndicators(v.r.Context(), v.actor(), app.EnactRequest{Name: name, Content: content, Reason: v.t("预览", "preview"), DryRun: true})
	if err != nil {
		if err = u.refused(v, name, map[string][]byte{name: content}, err); err != nil {
			return err
		}
		return s.showDefinitions(v, u, typed)
	}
	d, err := s.app.Drafts.Begin(v.r.Context(), v.session.User, indicatorDraft, name, content)
	if err != nil {
		return err
	}
	return v.redirect("/settings/drafts/" + d.ID.String())
}

// definitionChange is a definition of a file beside the one that it takes the place of.
type definitionChange struct {
	Code, Label, Kind string
	Was, Is           string
	Same              bool
}

// reviewIndicators says which definitions of a file are new, and what becomes of the others.
func (s *Server) reviewIndicators(v *visit, d intake.Draft, x *settingDraft) error {
	f, err := indicator.Parse(d.File, d.Content)
	if err != nil {
		return err
	}
	x.Title = v.t("保存指标定义", "Keep definitions of indicators")
	return s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		all, err := app.ListIndicators(view)
		if err != nil {
			return err
		}
		x.Same = true
		for _, def := range f.Definitions() {
			c := definitionChange{Code: def.Code, Label: def.Label.In(v.lang), Kind: v.t("新增", "new"), Is: strings.TrimSpace(def.Text)}
			for _, l := range all {
				if l.Code != def.Code {
					continue
				}
				c.Was, c.Kind = strings.TrimSpace(l.Text), v.t("代替随系统的", "in place of the program's")
				switch {
				case l.Retired():
					c.Kind = v.t("恢复", "no longer retired")
				case l.Own != nil && l.Own.Statement == strings.ReplaceAll(def.Text, "\r\n", "\n"):
					c.Kind, c.Same = v.t("相同", "the same"), true
				case l.Own != nil:
					c.Kind = v.t("改动", "changed")
				case c.Was == c.Is:
					c.Kind, c.Same = v.t("与随系统的相同", "as the program has it"), true
				}
			}
			x.Same = x.Same && c.Same
			x.Definitions = append(x.Definitions, c)
		}
		return nil
	})
}

// keepIndicators keeps them, and gives where they are seen.
func (s *Server) keepIndicators(v *visit, d intake.Draft, why string) (string, error) {
	_, err := s.app.EnactIndicators(v.r.Context(), v.actor(), app.EnactRequest{Name: d.File, Content: d.Content, Reason: why})
	if err != nil {
		return "", err
	}
	f, err := indicator.Parse(d.File, d.Content)
	if err == nil && len(f.Definitions()) == 1 {
		return definitionPath(f.Definitions()[0].Code), nil
	}
	return "/settings/indicators", err
}

// defined is the page of one definition.
type defined struct {
	Row     definitionRow
	Text    string
	Basis   string
	Program string // the program's text, where the book's stands in its place
	Figure  string
	History string
	File    string
	Edit    bool
	Retire  string
	Retired bool
}

// definition shows one.
func (s *Server) definition(v *visit) error {
	if err := v.allowDefinitions(access.Read); err != nil {
		return err
	}
	var x defined
	code := v.r.PathValue("code")
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		all, err := app.ListIndicators(view)
		if err != nil {
			return err
		}
		found, err := app.SelectIndicators(all, code)
		if err != nil {
			return err
		}
		l := found[0]
		x = defined{Row: v.definitionRow(l), Text: strings.TrimSpace(l.Text), Retired: l.Retired(), File: link("/settings/indicators/file", "code", code)}
		if !l.Constant && !l.Retired() {
			x.Figure = "/figures/" + code
		}
		if l.Own != nil {
			x.Basis, x.History = l.Own.Basis, "/records/indicator/"+l.Own.ID.String()
			if x.Row.Since, err = v.sinceWhen(view, l.Own); err != nil {
				return err
			}
			shipped, err := app.ShippedIndicator(code)
			x.Program = strings.TrimSpace(shipped)
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	if group, _, _ := strings.Cut(code, "."); group != projectGroup && v.allowDefinitions(access.Create) == nil {
		x.Edit = true
		x.Retire = definitionPath(code) + "/retire"
	}
	p := v.settingsPage(x.Row.Label, code)
	p.Crumbs = append(p.Crumbs, anchor{Text: v.t("指标定义", "Indicators"), To: "/settings/indicators"})
	p.Actions = []anchor{{Text: v.t("文件", "File"), To: x.File}}
	if x.Figure != "" {
		p.Actions = append(p.Actions, anchor{Text: v.t("看数", "The figure"), To: x.Figure})
	}
	return v.show(p, definitionPage(p, x))
}

// definitionFile sends the definition of a code, or without one all of the book's.
func (s *Server) definitionFile(v *visit) error {
	if err := v.allowDefinitions(access.Read); err != nil {
		return err
	}
	var codes []string
	name := v.t("本局指标", "own-indicators")
	if code := v.r.URL.Query().Get("code"); code != "" {
		codes, name = []string{code}, code
	}
	text := ""
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		all, err := app.ListIndicators(view)
		if err != nil {
			return err
		}
		chosen, err := app.SelectIndicators(all, codes...)
		text = app.WriteIndicators(chosen)
		return err
	})
	if err != nil {
		return err
	}
	return v.textFile(name+app.IndicatorSuffix, []byte(text))
}

// retireDefinition takes a code out of use, for a reason.
func (s *Server) retireDefinition(v *visit) error {
	if err := v.allowDefinitions(access.Create); err != nil {
		return err
	}
	why := strings.TrimSpace(v.r.PostFormValue("reason"))
	if why == "" {
		return ErrNoSettingReason.With()
	}
	if _, err := s.app.RetireIndicator(v.r.Context(), v.actor(), v.r.PathValue("code"), why); err != nil {
		return err
	}
	s.stir()
	return v.redirect(definitionPath(v.r.PathValue("code")))
}
