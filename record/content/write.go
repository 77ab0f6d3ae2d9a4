package content

import (
	"encoding/hex"
	"strconv"

	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store/canonical"
)

// Append appends the content of a record as the view's actor may see it, members in the order of the form; asked says which of them are
// wanted, nil is all.
func Append(buf []byte, v *book.View, k record.Of, r any, asked func(code string) bool) ([]byte, error) {
	w := writer{buf: append(buf, '{'), view: v}
	for f, s := range k.Fields() {
		if !v.Sees(k, f) || asked != nil && !asked(s.Code) {
			continue
		}
		if list := k.List(f); list != nil {
			w.rows(s, list, r)
			continue
		}
		if text := k.Text(r, f); text != "" {
			w.member(s.Code)
			if err := w.value(s, text); err != nil {
				return nil, err
			}
		}
	}
	if asked == nil || asked(extMember) {
		if err := w.ext(k, r); err != nil {
			return nil, err
		}
	}
	return append(w.buf, '}'), nil
}

// extMember holds a bureau's own fields.
const extMember = "ext"

type writer struct {
	buf  []byte
	view *book.View
}

// member begins a member of the object that stands open.
func (w *writer) member(name string) {
	if last := w.buf[len(w.buf)-1]; last != '{' {
		w.buf = append(w.buf, ',')
	}
	w.buf = append(canonical.AppendText(w.buf, name), ':')
}

func (w *writer) rows(s *field.Spec, list record.ListOf, r any) {
	n := list.Len(r)
	if n == 0 {
		return
	}
	w.member(s.Code)
	w.buf = append(w.buf, '[')
	for i := range n {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = append(w.buf, '{')
		for j, c := range list.Specs() {
			if text := list.Text(r, i, j); text != "" && w.view.Clears(c.Sensitivity) {
				w.member(c.Code)
				w.plain(c, text)
			}
		}
		w.buf = append(w.buf, '}')
	}
	w.buf = append(w.buf, ']')
}

// plain appends a value that is no list.
func (w *writer) plain(s *field.Spec, text string) {
	switch s.Type {
	case field.TypeNumber, field.TypeYesNo:
		w.buf = append(w.buf, text...)
	default:
		w.buf = canonical.AppendText(w.buf, text)
	}
}

func (w *writer) value(s *field.Spec, text string) error {
	if s.Type != field.TypeAttachment {
		w.plain(s, text)
		return nil
	}
	files, err := field.ParseFiles(text)
	if err != nil {
		return err
	}
	w.buf = append(w.buf, '[')
	for i, f := range files {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = append(w.buf, `{"name":`...)
		w.buf = canonical.AppendText(w.buf, f.Name)
		w.buf = append(w.buf, `,"sha256":"`...)
		w.buf = hex.AppendEncode(w.buf, f.SHA256[:])
		w.buf = append(w.buf, `","size":`...)
		w.buf = append(strconv.AppendInt(w.buf, f.Size, 10), '}')
	}
	w.buf = append(w.buf, ']')
	return nil
}

// ext appends the bureau's own fields that are stated, as texts.
func (w *writer) ext(k record.Of, r any) error {
	stated := k.Head(r).Ext
	if len(stated) == 0 {
		return nil
	}
	extras, err := w.view.Extras(k.Code())
	if err != nil {
		return err
	}
	begun := false
	for _, x := range extras {
		text := stated[x.Code]
		if text == "" {
			continue
		}
		if !begun {
			w.member(extMember)
			w.buf = append(w.buf, '{')
			begun = true
		}
		w.member(x.Code)
		w.buf = canonical.AppendText(w.buf, text)
	}
	if begun {
		w.buf = append(w.buf, '}')
	}
	return nil
}
