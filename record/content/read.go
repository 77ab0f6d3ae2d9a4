package content

import (
	"encoding/hex"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
)

// Reading is how sent content is taken over into a record.
type Reading struct {
	View *book.View
	Kind record.Of
	// Before is the version that stands; nil for a new record.
	Before any
	// Home is the unit of a new record for which none is sent.
	Home place.Unit
	// MayRefer says whether records of a kind may be looked up by their keys; nil: all that the view shows.
	MayRefer func(kind string) error
}

// Faults of content. Where.Field is the field; of a row of a list Where.Row is its number, from 1.
var (
	ErrNoMember = fault.Define("content.no_member", fault.Invalid,
		"%s没有“%s”这一项，最接近的是“%s”", "%s has no member %q; the nearest is %q")
	ErrForm = fault.Define("content.form", fault.Invalid,
		"“%s”应是%s，给的是%s", "%q is to be %s; what was given is %s")
	ErrComputed = fault.Define("content.computed_otherwise", fault.Invalid,
		"“%s”由系统计算，应为“%s”，给的是“%s”：可以不给", "%q is computed and comes to %q; what was given is %q: it may be left away")
	ErrOtherFile = fault.Define("content.other_file", fault.Invalid,
		"“%s”里的文件不在这条记录上：文件要先用它自己的地址上传到记录", "a file in %q is not one of this record's: files are put on the record by their own address first")
)

// Set sets in r, a new record or a clone of the version that stands, what the members say; null makes a field absent, and what no member
// names stays as it is. All faults are answered at once.
func (x Reading) Set(r any, v Value) error {
	if v.Sort != Object {
		return fault.At(ErrForm.With("content", Object.Label(), v.Sort.Label()), fault.Where{Field: "content"})
	}
	var faults fault.List
	given := map[int]bool{}
	for _, m := range v.Members {
		f, err := x.member(r, m)
		if err := faults.Add(err); err != nil {
			return err
		}
		if f >= 0 {
			given[f] = true
		}
	}
	if x.Before == nil {
		x.stated(r, given, &faults)
		if h := x.Kind.Head(r); h.Unit == "" && !given[unitField] {
			h.Unit = x.Home
		}
	}
	if len(faults) == 0 {
		x.computed(r, given, &faults)
		return faults.Err()
	}
	return append(faults, x.others(r, faults)...)
}

// others are the faults of what could be read, beside those of what could not, so that they are answered together.
func (x Reading) others(r any, found fault.List) fault.List {
	unread := make([]bool, len(x.Kind.Fields()))
	for _, w := range found {
		code, _, _ := strings.Cut(w.Where.Field, ".")
		for f, s := range x.Kind.Fields() {
			unread[f] = unread[f] || s.Code == code
		}
	}
	return x.Kind.CheckRead(x.Kind.Clone(r), x.View.Today, unread)
}

// unitField is the index of the field unit, which stands first in every kind.
const unitField = 0

// member sets what a member names, and gives the index of its field; -1 for the bureau's own fields.
func (x Reading) member(r any, m Member) (int, error) {
	if m.Name == extMember {
		return -1, x.ext(r, m.Value)
	}
	f := slices.IndexFunc(x.Kind.Fields(), func(s *field.Spec) bool { return s.Code == m.Name })
	if f < 0 || !x.View.Sees(x.Kind, f) {
		return -1, fault.At(ErrNoMember.With(x.Kind.Label(), m.Name, field.Nearest(m.Name, x.names())), fault.Where{Field: m.Name})
	}
	s := x.Kind.Fields()[f]
	where := fault.Where{Field: s.Code}
	switch {
	case s.Type == field.TypeRows:
		return f, x.rows(r, f, m.Value)
	case s.Type == field.TypeAttachment:
		text, err := x.files(f, m.Value)
		if err == nil {
			err = x.Kind.Parse(r, f, text)
		}
		return f, fault.At(err, where)
	}
	text, err := x.text(s, m.Value)
	if err == nil {
		err = x.Kind.Parse(r, f, text)
	}
	return f, fault.At(err, where)
}

// names are the members that content may have.
func (x Reading) names() []string {
	var out []string
	for f, s := range x.Kind.Fields() {
		if x.View.Sees(x.Kind, f) {
			out = append(out, s.Code)
		}
	}
	return append(out, extMember)
}

// form is the sort of JSON that a field's values are.
func form(s *field.Spec) Sort {
	switch s.Type {
	case field.TypeNumber:
		return Number
	case field.TypeYesNo:
		return Bool
	case field.TypeRows, field.TypeAttachment:
		return List
	}
	return Text
}

// text is a sent value in office writing; "" makes the field absent.
func (x Reading) text(s *field.Spec, v Value) (string, error) {
	switch {
	case v.Text == "" && (v.Sort == Null || v.Sort == form(s)):
		if alwaysStated(s) {
			return "", field.ErrMissing.With(s.Label)
		}
		return "", nil
	case v.Sort != form(s):
		return "", ErrForm.With(s.Label, form(s).Label(), v.Sort.Label())
	case s.Type == field.TypeRef:
		return x.refer(s, v.Text)
	}
	return v.Text, nil
}

// refer is the id of the record that a text names by its id or natural key.
func (x Reading) refer(s *field.Spec, text string) (string, error) {
	i := slices.IndexFunc(x.View.Kinds(), func(k record.Of) bool { return k.Code() == s.RefKind })
	if x.MayRefer != nil {
		if err := x.MayRefer(s.RefKind); err != nil {
			return "", err
		}
	}
	id, err := exchange.Refer(x.View, x.View.Kinds()[i], text)
	return id.String(), err
}

// rows sets a list of rows.
func (x Reading) rows(r any, f int, v Value) error {
	s, list := x.Kind.Fields()[f], x.Kind.List(f)
	if v.Sort != List && v.Sort != Null {
		return fault.At(ErrForm.With(s.Label, List.Label(), v.Sort.Label()), fault.Where{Field: s.Code})
	}
	list.Reset(r)
	var faults fault.List
	for i, row := range v.Items {
		if row.Sort != Object {
			faults = append(faults, inRow(ErrForm.With(s.Label, Object.Label(), row.Sort.Label()), s.Code, i))
			continue
		}
		list.Grow(r)
		if err := x.row(list, s, r, i, row, &faults); err != nil {
			return err
		}
	}
	return faults.Err()
}

// row sets the values of one row.
func (x Reading) row(list record.ListOf, s *field.Spec, r any, i int, row Value, faults *fault.List) error {
	given := map[int]bool{}
	n := list.Len(r) - 1
	for _, m := range row.Members {
		j := slices.IndexFunc(list.Specs(), func(c *field.Spec) bool { return c.Code == m.Name })
		if j < 0 || !x.View.Clears(list.Specs()[j].Sensitivity) {
			var known []string
			for _, c := range list.Specs() {
				known = append(known, c.Code)
			}
			*faults = append(*faults, inRow(ErrNoMember.With(s.Label, m.Name, field.Nearest(m.Name, known)), s.Code+"."+m.Name, i))
			continue
		}
		c := list.Specs()[j]
		given[j] = true
		text, err := x.text(c, m.Value)
		if err == nil {
			err = list.Parse(r, n, j, text)
		}
		if err := faults.Add(fault.At(err, fault.Where{Field: s.Code + "." + c.Code, Row: i + 1})); err != nil {
			return err
		}
	}
	for j, c := range list.Specs() {
		if !given[j] && alwaysStated(c) && list.Text(r, n, j) != "" {
			*faults = append(*faults, inRow(field.ErrMissing.With(c.Label), s.Code+"."+c.Code, i))
		}
	}
	return nil
}

func inRow(f *fault.Fault, code string, i int) *fault.Fault {
	f.Where = fault.Where{Field: code, Row: i + 1}
	return f
}

// alwaysStated says whether the zero of a field's type would pass for a value that nobody has sent: 0 元 and nothing differ. Of yes or no
// the plain form means that nothing sent is a no.
func alwaysStated(s *field.Spec) bool {
	switch s.Type {
	case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		return s.Required && !s.Derived && !s.Retired
	}
	return false
}

// stated finds fields that are always stated and were not sent.
func (x Reading) stated(r any, given map[int]bool, faults *fault.List) {
	for f, s := range x.Kind.Fields() {
		if !given[f] && alwaysStated(s) && x.Kind.Text(r, f) != "" {
			missing := field.ErrMissing.With(s.Label)
			missing.Where.Field = s.Code
			*faults = append(*faults, missing)
		}
	}
}

// computed faults what was sent of fields that the record computes, unless it is what they come to, or what stands.
func (x Reading) computed(r any, given map[int]bool, faults *fault.List) {
	for _, c := range x.Kind.Compute(x.Kind.Clone(r)) {
		if c.Line > 0 || !given[c.Field] || x.Before != nil && x.Kind.Text(x.Before, c.Field) == c.Given {
			continue
		}
		s := x.Kind.Fields()[c.Field]
		wrong := ErrComputed.With(s.Label, c.Result, c.Given)
		wrong.Where.Field = s.Code
		*faults = append(*faults, wrong)
	}
}

// files are the lines of an attachment field that keeps those of the sent files which the record has.
func (x Reading) files(f int, v Value) (string, error) {
	s := x.Kind.Fields()[f]
	if v.Sort == Null {
		return "", nil
	}
	if v.Sort != List {
		return "", ErrForm.With(s.Label, List.Label(), v.Sort.Label())
	}
	kept := map[string]string{} // line by SHA-256
	if x.Before != nil {
		text := x.Kind.Text(x.Before, f)
		files, err := field.ParseFiles(text)
		if err != nil {
			return "", err
		}
		for i, line := range strings.Split(text, "\n") {
			if i < len(files) {
				kept[hex.EncodeToString(files[i].SHA256[:])] = line
			}
		}
	}
	var lines []string
	for _, item := range v.Items {
		sum, _ := item.Get("sha256")
		line, ok := kept[strings.ToLower(sum.Text)]
		if !ok {
			return "", ErrOtherFile.With(s.Label)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}

// ext sets the bureau's own fields that the members name.
func (x Reading) ext(r any, v Value) error {
	h := x.Kind.Head(r)
	ext := h.Ext.Clone()
	if ext == nil {
		ext = record.Ext{}
	}
	if v.Sort != Object {
		return fault.At(ErrForm.With(extMember, Object.Label(), v.Sort.Label()), fault.Where{Field: extMember})
	}
	extras, err := x.View.Extras(x.Kind.Code())
	if err != nil {
		return err
	}
	var faults fault.List
	for _, m := range v.Members {
		e, where := extras.Find(m.Name), fault.Where{Field: extMember + "." + m.Name}
		switch {
		case e == nil:
			err = record.ErrUnknownExtra.With(x.Kind.Label(), m.Name, nearestExtra(m.Name, extras))
		case m.Value.Sort == Null:
			delete(ext, m.Name)
			continue
		case m.Value.Sort != Text:
			err = ErrForm.With(e.Label, Text.Label(), m.Value.Sort.Label())
		default:
			var text string
			if text, err = e.Read(m.Value.Text, x.View.Today); err == nil {
				delete(ext, m.Name)
				if text != "" {
					ext[m.Name] = text
				}
				continue
			}
		}
		if err := faults.Add(fault.At(err, where)); err != nil {
			return err
		}
	}
	h.Ext = ext
	return faults.Err()
}

func nearestExtra(code string, extras record.Extras) string {
	var known []string
	for _, e := range extras {
		known = append(known, e.Code)
	}
	return field.Nearest(code, known)
}
