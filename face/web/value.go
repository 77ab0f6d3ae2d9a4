package web

import (
	"strings"

	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
)

// cell is one value on a page.
type cell struct {
	Text  string
	To    string // where the value leads; empty: nowhere
	Right bool   // a number, set to the right
}

// values turns values of records into cells, and remembers the names of what they refer to.
type values struct {
	view  *book.View
	lang  lang.Lang
	names map[string]cell // of records, by kind and id
}

func (v *visit) values(view *book.View) *values {
	return &values{view: view, lang: v.lang, names: map[string]cell{}}
}

// cell is a value of a field; text is as sheets hold it.
func (x *values) cell(s *field.Spec, text string) (cell, error) {
	switch s.Type {
	case field.TypeRef:
		return x.named(s.RefKind, text)
	case field.TypeUnit:
		return x.coded("unit", text)
	case field.TypePlace:
		return x.coded("place", text)
	case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		return cell{Text: grouped(text), Right: true}, nil
	}
	return cell{Text: s.Spoken(text, x.lang)}, nil
}

// named is the record with an id: by its name, which leads to it. One that the reader may not see, or that is gone, keeps its id.
func (x *values) named(kind, id string) (cell, error) {
	if id == "" {
		return cell{}, nil
	}
	if c, ok := x.names[kind+id]; ok {
		return c, nil
	}
	c := cell{Text: id}
	k, r, err := find(x.view, kind, id)
	switch {
	case err == nil:
		c = cell{Text: titleOf(k, r), To: "/records/" + kind + "/" + id}
	case !absent(err):
		return c, err
	}
	x.names[kind+id] = c
	return c, nil
}

// coded is a unit or a place: by its name, which leads to its record. One that nobody has named keeps its code.
func (x *values) coded(kind, code string) (cell, error) {
	if code == "" {
		return cell{}, nil
	}
	if c, ok := x.names[kind+code]; ok {
		return c, nil
	}
	c := cell{Text: code}
	r, err := x.view.Find(kind, code)
	switch {
	case err == nil:
		for _, k := range x.view.Kinds() {
			if k.Code() == kind {
				c.To = "/records/" + kind + "/" + k.Head(r).ID.String()
				if name := nameOf(k, r); name != "" {
					c.Text = name
				}
			}
		}
	case !absent(err):
		return c, err
	}
	x.names[kind+code] = c
	return c, nil
}

// nameOf is the name or title of a record; empty where its kind has none.
func nameOf(k record.Of, r any) string {
	for f, s := range k.Fields() {
		if s.Code == "name" || s.Code == "title" {
			return k.Text(r, f)
		}
	}
	return ""
}

// titleOf names a record: its natural key, and its name or title where it has one.
func titleOf(k record.Of, r any) string {
	key := strings.Join(k.KeyText(r), " ")
	switch name := nameOf(k, r); {
	case name == "" || name == key:
	case key == "":
		return name
	default:
		return name + "（" + key + "）"
	}
	if key == "" {
		return k.Head(r).ID.String()
	}
	return key
}

// grouped puts separators between thousands: 1234567.80 becomes 1,234,567.80.
func grouped(text string) string {
	sign, digits := "", text
	if strings.HasPrefix(text, "-") {
		sign, digits = "−", text[1:]
	}
	whole, rest, _ := strings.Cut(digits, ".")
	if strings.Trim(whole, "0123456789") != "" || whole == "" {
		return text
	}
	var b strings.Builder
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	if rest != "" {
		b.WriteByte('.')
		b.WriteString(rest)
	}
	return sign + b.String()
}

// heading is a field as a column names it, with its unit.
func heading(s *field.Spec, l lang.Lang) string {
	label := s.Label.In(l)
	switch {
	case s.Type == field.TypeMoney:
		return label + lang.Of("（元）", " (yuan)").In(l)
	case s.Unit != "":
		return label + lang.Of(lang.Zh("（"+s.Unit+"）"), lang.En(" ("+s.Unit+")")).In(l)
	}
	return label
}
