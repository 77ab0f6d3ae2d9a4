package record

import (
	"fmt"
	"maps"
	"slices"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/store/canonical"
)

// Ext are the values of a bureau's own fields of a kind (扩展项), by field code, as sheets and the journal hold them. An
// absent value has no member. A stored Ext is never changed in place: set a clone.
type Ext map[string]string

// Codes are the codes of the stated values, in order.
func (e Ext) Codes() []string { return slices.Sorted(maps.Keys(e)) }

// Clone is a copy that may be changed.
func (e Ext) Clone() Ext { return maps.Clone(e) }

// store is the canonical JSON of the column; nil when nothing is stated.
func (e Ext) store() any {
	if len(e) == 0 {
		return nil
	}
	var b []byte
	for i, c := range e.Codes() {
		b = append(b, "{,"[min(i, 1)])
		b = append(canonical.AppendText(b, c), ':')
		b = canonical.AppendText(b, e[c])
	}
	return string(append(b, '}'))
}

// readExt is the inverse of store: it refuses what store would not have written.
func readExt(column any) (Ext, error) {
	if column == nil {
		return nil, nil
	}
	text, ok := column.(string)
	if !ok {
		return nil, fmt.Errorf("record: extra fields are stored as %T", column)
	}
	v, err := canonical.Parse([]byte(text))
	if err != nil {
		return nil, err
	}
	e := Ext{}
	for _, m := range v.Members() {
		value, ok := m.Value.Text()
		if !ok || value == "" {
			return nil, fmt.Errorf("record: extra field %s holds no text", m.Name)
		}
		e[m.Name] = value
	}
	if len(e) == 0 {
		return nil, fmt.Errorf("record: extra fields are stored as %q", text)
	}
	return e, nil
}

// Extra is the definition of one of a bureau's own fields of a kind. It is a record (office/extra), so a bureau need not
// wait for a migration; its code and type are for ever, as those of a declared field.
type Extra struct {
	Kind    string
	Retired bool // withdrawn: values that stand are kept, new ones are refused
	*field.Field[box]
}

// box holds the value of an extra field while it is read and checked.
type box struct {
	text  string
	day   period.Day
	count maybe.Of[int64]
	fen   maybe.Of[money.Fen]
	yes   maybe.Of[bool]
}

// ErrUnknownExtra is what a value of a field says that the bureau has not defined, or has withdrawn.
var ErrUnknownExtra = fault.Define("record.unknown_extra", fault.Invalid,
	"%s没有扩展项“%s”，最接近的是“%s”", "%s has no extra field %q; the nearest is %q")

// Faults of definitions of extra fields.
var (
	ErrExtraCode = fault.Define("record.extra_code", fault.Invalid,
		"“%s”不能作扩展项代码，应为2至30个小写字母、数字或下划线，以字母开头", "%q cannot be the code of an extra field; expected 2 to 30 of a-z, 0-9, _, a letter first")
	ErrExtraType = fault.Define("record.extra_type", fault.Invalid,
		"扩展项“%s”的类型“%s”不在可选之列，或“代码”类型没有给出可选值", "extra field %q has the type %q, which it cannot have, or a code without values")
)

// NewExtra defines an extra field; choices are those of a field.TypeCode.
func NewExtra(kind, fieldCode string, label lang.Text, typ field.Type, choices []field.Choice) (*Extra, error) {
	if !codeForm.MatchString(fieldCode) {
		return nil, ErrExtraCode.With(fieldCode)
	}
	if (typ == field.TypeCode) != (len(choices) > 0) {
		return nil, ErrExtraType.With(fieldCode, string(typ))
	}
	zh, en := lang.Zh(label.Zh), lang.En(label.En)
	var f field.Any[box]
	switch typ {
	case field.TypeText:
		f = field.Text(fieldCode, zh, en, func(b *box) *string { return &b.text }, field.Max(extraTextMax))
	case field.TypeCode:
		var list code.List[string]
		for _, c := range choices {
			list.Values = append(list.Values, code.Value[string]{Code: c.Code, Label: c.Label, Retired: c.Retired})
		}
		f = field.Code(fieldCode, zh, en, func(b *box) *string { return &b.text }, list)
	case field.TypeDay:
		f = field.Day(fieldCode, zh, en, func(b *box) *period.Day { return &b.day })
	case field.TypeNumber:
		f = field.Number(fieldCode, zh, en, func(b *box) *maybe.Of[int64] { return &b.count })
	case field.TypeMoney:
		f = field.Money(fieldCode, zh, en, func(b *box) *maybe.Of[money.Fen] { return &b.fen })
	case field.TypeYesNo:
		f = field.YesNo(fieldCode, zh, en, func(b *box) *maybe.Of[bool] { return &b.yes })
	default:
		return nil, ErrExtraType.With(fieldCode, string(typ))
	}
	return &Extra{Kind: kind, Field: f.Erase()}, nil
}

// extraTextMax bounds the characters of an extra text: a longer thing deserves a declared field.
const extraTextMax = 1000

// Read turns office writing into the text that Ext holds; "" when it is absent.
func (x *Extra) Read(s string, today period.Day) (string, error) {
	var b box
	if err := x.Parse(&b, s); err != nil {
		return "", fault.At(err, fault.Where{Field: extPath(x.Code)})
	}
	for _, f := range x.Check(&b, today) {
		if !f.Is(field.ErrMissing) {
			return "", inExt(f, x.Code)
		}
	}
	return x.Text(&b), nil
}

// extPath is where a fault of an extra field says it is, and where its secret stands.
func extPath(code string) string { return "ext." + code }

// Extras are the extra fields of one kind, in the order of the form.
type Extras []*Extra

// Find gives the field with a code, retired or not; nil when there is none.
func (xs Extras) Find(code string) *Extra {
	for _, x := range xs {
		if x.Code == code {
			return x
		}
	}
	return nil
}

// Check brings the extra values of r into their canonical form and gives their faults: unknown, unreadable, against a
// rule, or missing. A value that stood before and is not changed is left alone, whatever has become of its field.
func (xs Extras) Check(k Of, r any, before Ext, today period.Day) (faults fault.List) {
	h := k.Head(r)
	if len(h.Ext) == 0 && len(xs) == 0 {
		h.Ext = nil
		return nil
	}
	out := Ext{}
	for _, c := range h.Ext.Codes() {
		x := xs.Find(c)
		switch text := h.Ext[c]; {
		case text == "":
		case before[c] == text:
			out[c] = text
		case x == nil || x.Retired:
			faults = append(faults, inExt(ErrUnknownExtra.With(k.Label(), c, field.Nearest(c, xs.codes())), c))
		default:
			read, err := x.Read(text, today)
			if err := faults.Add(err); err != nil {
				panic(fmt.Sprintf("record: extra field %s.%s gave no fault: %v", k.Code(), c, err))
			}
			if read != "" {
				out[c] = read
			}
		}
	}
	for _, x := range xs {
		if x.Required && !x.Retired && h.Ext[x.Code] == "" {
			faults = append(faults, inExt(field.ErrMissing.With(x.Label), x.Code))
		}
	}
	if h.Ext = out; len(out) == 0 {
		h.Ext = nil
	}
	return faults
}

func inExt(f *fault.Fault, code string) *fault.Fault {
	f.Where.Field = extPath(code)
	return f
}

func (xs Extras) codes() (out []string) {
	for _, x := range xs {
		if !x.Retired {
			out = append(out, x.Code)
		}
	}
	return out
}

// Hidden says whether an actor may not see the value of an extra field. Of a field that nobody defined nothing is known,
// so only those see it who may see everything.
func (xs Extras) Hidden(code string, a access.Actor) bool {
	if x := xs.Find(code); x != nil {
		return !a.Sees(x.Sensitivity)
	}
	return !a.Sees(access.Restricted)
}
