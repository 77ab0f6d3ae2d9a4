package web

import (
	"slices"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/office/extra"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
)

// fieldSetup is the page of the extra fields (扩展项): those of every kind, and how the form of one looks with them.
type fieldSetup struct {
	Kinds   []option
	Rows    []extraRow
	Add     string // address of the form of a new one; empty: the reader may not
	Kind    string // whose form is shown; empty: none
	Preview []input
	Tables  []string
	More    bool
}

type extraRow struct {
	Kind, Code, Label, Type, Sensitivity, Choices, To, See string
	Required                                               bool
}

// extrasMost bounds the extra fields that the page lists.
const extrasMost = 500

// fieldSetup shows it.
func (s *Server) fieldSetup(v *visit) error {
	if err := v.actor().Allow(access.Read, extra.Kind.Code(), extra.Kind.Label()); err != nil {
		return err
	}
	x := fieldSetup{Kind: v.r.URL.Query().Get("kind")}
	if v.actor().May(access.Create, extra.Kind.Code()) {
		x.Add = "/records/extra_field/new"
	}
	kinds := s.app.Book.Kinds()
	for _, k := range kinds {
		if v.actor().May(access.Read, k.Code()) && !app.MadeByProgram(k.Code()) {
			x.Kinds = append(x.Kinds, option{Value: k.Code(), Text: k.Label().In(v.lang), On: k.Code() == x.Kind})
		}
	}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		err := view.Each(book.Query{Kind: extra.Kind.Code(), Limit: extrasMost}, func(r any) error {
			x.Rows = append(x.Rows, v.extraRow(r.(*extra.Field), kinds))
			return nil
		})
		if err != nil || x.Kind == "" {
			return err
		}
		return s.previewForm(v, view, &x)
	})
	if err != nil {
		return err
	}
	x.More = len(x.Rows) == extrasMost
	slices.SortFunc(x.Rows, func(a, b extraRow) int { return strings.Compare(a.Kind+a.Code, b.Kind+b.Code) })
	p := v.settingsPage(v.t("扩展项", "Extra fields"), v.t("加在记录上的本局要登记的项：不用改程序，有版本，能导入；代码和类型定了就不变", "what the bureau records beyond the fields of a kind: without a change of the program, versioned, importable; code and type are for ever"))
	if x.Add != "" {
		p.Actions = []anchor{{Text: v.t("登记扩展项", "Add an extra field"), To: x.Add, Primary: true}, {Text: v.t("导入", "Import"), To: "/import/extra_field"}}
	}
	return v.show(p, fieldSetupPage(p, x))
}

// extraRow is an extra field as the list has it.
func (v *visit) extraRow(f *extra.Field, kinds []record.Of) extraRow {
	of, _ := extra.Types.Find(f.Type)
	how, _ := extra.Sensitivities.Find(f.Sensitivity)
	row := extraRow{Kind: f.Kind, Code: f.Code, Label: lang.Text{Zh: f.LabelZh, En: f.LabelEn}.In(v.lang), Type: of.Label.In(v.lang), Sensitivity: how.Label.In(v.lang), Required: f.Required,
		To: "/records/extra_field/" + f.ID.String(), See: link("/settings/fields", "kind", f.Kind)}
	for _, k := range kinds {
		if k.Code() == f.Kind {
			row.Kind = k.Label().In(v.lang)
		}
	}
	var choices []string
	for _, c := range f.Choices {
		text := lang.Text{Zh: c.LabelZh, En: c.LabelEn}.In(v.lang)
		if c.Retired {
			text += v.t("（停用）", " (retired)")
		}
		choices = append(choices, text)
	}
	row.Choices = strings.Join(choices, v.t("、", ", "))
	return row
}

// previewForm shows the form of a kind as whoever adds a record of it sees it.
func (s *Server) previewForm(v *visit, view *book.View, x *fieldSetup) error {
	k, err := s.app.Book.Kind(x.Kind)
	if err != nil {
		return err
	}
	if err := v.actor().Allow(access.Read, k.Code(), k.Label()); err != nil {
		return err
	}
	f := v.blankForm(k)
	if err := v.fill(view, k, k.New(), &f, nil); err != nil {
		return err
	}
	x.Preview = f.Fields
	for _, t := range f.Tables {
		x.Tables = append(x.Tables, t.Label)
	}
	return nil
}

// codeLists is the page of all code lists (代码表).
type codeLists struct {
	Lists []codeListed
	Find  string
}

// codeListed is a list of values with the standard it comes from and the fields that take them.
type codeListed struct {
	Name, Source string
	Uses         []anchor
	Values       []codeValue
	Edit         string // where the bureau changes it; empty: it comes with the program
}

type codeValue struct {
	Code, Label string
	Retired     bool
}

// codeLists shows them, those of the program and the values of the bureau's extra fields.
func (s *Server) codeLists(v *visit) error {
	if err := v.allowSchemes(access.Create); err != nil {
		return err
	}
	x := codeLists{Find: strings.TrimSpace(v.r.URL.Query().Get("find"))}
	index := map[string]int{}
	add := func(k record.Of, f *field.Spec, of string) {
		if len(f.Choices) == 0 {
			return
		}
		key := f.Source
		for _, c := range f.Choices {
			key += "\n" + c.Code
		}
		at, known := index[key]
		if !known {
			at = len(x.Lists)
			index[key] = at
			l := codeListed{Name: f.Label.In(v.lang), Source: f.Source}
			for _, c := range f.Choices {
				l.Values = append(l.Values, codeValue{c.Code, c.Label.In(v.lang), c.Retired})
			}
			x.Lists = append(x.Lists, l)
		}
		use := anchor{Text: k.Label().In(v.lang) + " › " + of + f.Label.In(v.lang)}
		if v.actor().May(access.Read, k.Code()) {
			use.To = "/records/" + k.Code()
		}
		x.Lists[at].Uses = append(x.Lists[at].Uses, use)
	}
	for _, k := range s.app.Book.Kinds() {
		for _, f := range k.Fields() {
			add(k, f, "")
			for _, row := range f.Rows {
				add(k, row, f.Label.In(v.lang)+" › ")
			}
		}
	}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		if !v.actor().May(access.Read, extra.Kind.Code()) {
			return nil
		}
		kinds := s.app.Book.Kinds()
		return view.Each(book.Query{Kind: extra.Kind.Code(), Limit: extrasMost}, func(r any) error {
			f := r.(*extra.Field)
			if len(f.Choices) == 0 {
				return nil
			}
			row := v.extraRow(f, kinds)
			l := codeListed{Name: row.Label, Source: v.t("本局的扩展项", "an extra field of the bureau"), Uses: []anchor{{Text: row.Kind + " › " + row.Label, To: "/records/" + f.Kind}}, Edit: row.To}
			for _, c := range f.Choices {
				l.Values = append(l.Values, codeValue{c.Code, lang.Text{Zh: c.LabelZh, En: c.LabelEn}.In(v.lang), c.Retired})
			}
			x.Lists = append(x.Lists, l)
			return nil
		})
	})
	if err != nil {
		return err
	}
	if x.Find != "" {
		x.Lists = slices.DeleteFunc(x.Lists, func(l codeListed) bool { return !l.has(x.Find) })
	}
	p := v.settingsPage(v.t("代码表", "Code lists"), v.t("随系统的代码表依标准而定，这里只看不改；停用的值旧记录里还有，新记录不能再填。本局自己的可选值在扩展项里改", "the program's lists follow standards and are only read here; a retired value stands in old records and is refused in new ones. The bureau's own values are changed with its extra fields"))
	return v.show(p, codeListsPage(p, x))
}

// has says whether a word stands in a list: in its name, standard, uses or values.
func (l codeListed) has(word string) bool {
	if strings.Contains(l.Name, word) || strings.Contains(l.Source, word) {
		return true
	}
	return slices.ContainsFunc(l.Uses, func(u anchor) bool { return strings.Contains(u.Text, word) }) ||
		slices.ContainsFunc(l.Values, func(c codeValue) bool { return c.Code == word || strings.Contains(c.Label, word) })
}

// count is how many values a list has, for its heading.
func (l codeListed) count() string { return strconv.Itoa(len(l.Values)) }
