package web

import (
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
)

// both is a field that two people have changed: what stands now beside what was typed, for the one who sends the form to decide.
type both struct {
	Text  string     // what stands now; empty: nothing
	Rows  [][]string // of a list
	Heads []string
}

// takeTheirs is the name of the input by which a person takes what stands now instead of what was typed.
func takeTheirs(name string) string { return "theirs." + name }

// ToDecide are the ways to what two people have changed, in the order of the form.
func (f recordForm) ToDecide() (out []anchor) {
	for _, x := range f.Fields {
		if x.Theirs != nil {
			out = append(out, anchor{Text: x.Label, To: "#" + takeTheirs(x.Name)})
		}
	}
	for _, t := range f.Tables {
		if t.Theirs != nil {
			out = append(out, anchor{Text: t.Label, To: "#" + takeTheirs(t.Code)})
		}
	}
	return out
}

// reconcile sets a form that was filled in on an older version beside the version that stands: what only others have changed is taken
// over, what only this person has changed stays, and where both did the form shows both. The form is from now on about the version that
// stands, so sending it again is a decision. It says whether there is anything to decide on.
func (v *visit) reconcile(view *book.View, k record.Of, id ident.ID, f *recordForm, g *given) error {
	r, err := view.Get(k.Code(), id)
	if err != nil {
		return err
	}
	versions, err := view.History(k.Code(), id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(versions, func(x book.Version) bool { return k.Head(x.Record).Version == f.Version })
	if i < 0 {
		return nil // so long ago that it is no longer told; the fault above the form says that it was changed
	}
	last := versions[len(versions)-1]
	f.Version = k.Head(r).Version
	f.Meanwhile = v.t(lang.Zh(last.Actor+"在您填写期间改过这条记录，现在是第"+strconv.FormatInt(f.Version, 10)+"版。下面标出的每一项请看两边再定；其余的已经合在一起。"),
		lang.En(last.Actor+" changed this record while you filled in the form; it stands at version "+strconv.FormatInt(f.Version, 10)+". Look at both sides of what is marked below and decide; the rest has been put together."))
	base := versions[i].Record
	for n, s := range k.Fields() {
		if !asked(view, k, n) {
			continue
		}
		if list := k.List(n); list != nil {
			v.reconcileRows(k, base, r, n, f, g)
			continue
		}
		before, now := k.Text(base, n), k.Text(r, n)
		if s.Type == field.TypeRef {
			if before, err = v.refText(view, s, before); err != nil {
				return err
			}
			if now, err = v.refText(view, s, now); err != nil {
				return err
			}
		}
		spoken := s.Spoken(now, v.lang)
		if s.Type == field.TypeRef || s.Type == field.TypeAttachment {
			spoken = now
		}
		v.reconcileOne(f, k.Code(), s.Code, g, before, now, spoken)
	}
	extras, err := view.Extras(k.Code())
	for _, e := range extras {
		now := k.Head(r).Ext[e.Code]
		v.reconcileOne(f, k.Code(), "ext."+e.Code, g, k.Head(base).Ext[e.Code], now, e.Spoken(now, v.lang))
	}
	return err
}

func (v *visit) refText(view *book.View, s *field.Spec, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	return v.keyOf(view, s.RefKind, id)
}

// reconcileOne sets what was typed into a field beside what stood before and stands now.
func (v *visit) reconcileOne(f *recordForm, kind, name string, g *given, before, now, spoken string) {
	i := slices.IndexFunc(f.Fields, func(x input) bool { return x.Name == name })
	if i < 0 {
		return
	}
	x, typed := &f.Fields[i], typedText(g.texts[name])
	switch {
	case now == before || typed == now:
	case typed == typedText(before):
		x.Value, x.Files = now, nil
		if x.As == "files" {
			x.Files = v.keptFiles(kind, name, now)
		}
		x.Changed = true
	default:
		if x.As == "files" {
			spoken = namesOf(now)
		}
		x.Theirs = &both{Text: spoken}
	}
}

// typedText is a text of a form as a field takes it: what was picked from a list has the name behind its code.
func typedText(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

func namesOf(files string) string {
	var names []string
	stored, err := field.ParseFiles(files)
	if err != nil {
		return ""
	}
	for _, f := range stored {
		names = append(names, f.Name)
	}
	return strings.Join(names, "\n")
}

// reconcileRows sets the rows of a list beside each other as a whole: a row has no name by which it could be found again.
func (v *visit) reconcileRows(k record.Of, base, r any, n int, f *recordForm, g *given) {
	s, list := k.Fields()[n], k.List(n)
	i := slices.IndexFunc(f.Tables, func(t inputTable) bool { return t.Code == s.Code })
	if i < 0 {
		return
	}
	rowsOf := func(x any) (out [][]string) {
		for row := range list.Len(x) {
			var cells []string
			for j, c := range list.Specs() {
				if !c.Derived {
					cells = append(cells, list.Text(x, row, j))
				}
			}
			out = append(out, cells)
		}
		return out
	}
	var typed [][]string
	for _, row := range g.rows[s.Code] {
		var cells []string
		for _, c := range list.Specs() {
			if !c.Derived {
				cells = append(cells, typedText(row[c.Code]))
			}
		}
		typed = append(typed, cells)
	}
	same := func(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal[[]string]) }
	before, now := rowsOf(base), rowsOf(r)
	switch {
	case same(before, now) || same(typed, now):
	case same(typed, before):
		t := v.inputTable(k, r, n, nil)
		t.Changed = true
		f.Tables[i] = t
	default:
		x := &both{}
		for _, c := range list.Specs() {
			x.Heads = append(x.Heads, heading(c, v.lang))
		}
		for row := range list.Len(r) {
			var cells []string
			for j, c := range list.Specs() {
				cells = append(cells, c.Spoken(list.Text(r, row, j), v.lang))
			}
			x.Rows = append(x.Rows, cells)
		}
		f.Tables[i].Theirs = x
	}
}

// staleOnly says whether a form was refused for nothing but that somebody changed the record meanwhile.
func staleOnly(err error) bool {
	var faults fault.List
	if faults.Add(err) != nil || len(faults) == 0 {
		return false
	}
	return !slices.ContainsFunc(faults, func(f *fault.Fault) bool { return f.Code != book.ErrStale.Code })
}
