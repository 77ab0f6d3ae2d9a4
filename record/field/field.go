package field

import (
	"fmt"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
)

// Type names a field type; it is part of a field's identity and never changes.
type Type string

// SQL is how a column is stored: the same meaning on both databases.
type SQL string

// Column types.
const (
	SQLText     SQL = "text"
	SQLBigInt   SQL = "bigint"
	SQLSmallInt SQL = "smallint"
)

// Choice is one value of a code list, without its Go type.
type Choice struct {
	Code    string
	Label   lang.Text
	Retired bool
}

// Spec is everything about a field that does not depend on the struct behind it.
type Spec struct {
	Code        string
	Column      string
	Type        Type
	SQL         SQL
	Label       lang.Text
	Help        lang.Text
	Required    bool
	Derived     bool // the record computes it, if not always, so that no sheet need have it
	Computed    bool // the record always computes it, so that nobody fills it in
	Retired     bool
	Fixed       bool // the value cannot change once it is recorded
	OfKind      bool // the value is the code of a record kind of the book
	Since       int  // definition version that introduced it; 0: from the first
	Sensitivity access.Sensitivity
	Choices     []Choice
	Source      string // of the code list: standard, number, edition
	RefKind     string // of a reference: the kind it points to
	Unit        string // that its numbers are in, or count
	Decimals    int    // of a quantity: decimals kept
	Rules       []lang.Text
	Rows        []*Spec // of a list of rows: their fields
	bare        bool    // canonical JSON is a bare literal, not a string
	ordered     bool    // < and > mean something
}

// Bare says whether the canonical JSON of the field is a bare literal (true, 12) instead of a string.
func (s *Spec) Bare() bool { return s.bare }

// Ordered says whether values of the field have an order that < and > may ask for.
func (s *Spec) Ordered() bool { return s.ordered }

// Field is one field of T with its value type erased: what storage, sheets and lists need.
type Field[T any] struct {
	Spec
	// Store gives the driver value: string or int64, nil when absent.
	Store func(*T) any
	// Scan sets the member from a driver value.
	Scan func(*T, any) error
	// Text is the value as sheets and the journal hold it; "" when absent.
	Text func(*T) string
	// Parse sets the member from office writing; "" makes it absent. The error is a fault without place.
	Parse func(*T, string) error
	// Driver turns office writing into a driver value, for filters.
	Driver func(string) (any, error)
	// Check puts the value into its canonical form (text without surrounding blanks) and gives its faults: missing, or
	// against a rule.
	Check func(*T, period.Day) fault.List
	// Copy sets the member of one record to that of another; rows and files are not shared.
	Copy func(to, from *T)
	// List holds the rows of a rows field, nil otherwise.
	List *List[T]
}

// Any is a field of T, of whatever value type.
type Any[T any] interface{ Erase() *Field[T] }

// Erase makes a Field an Any.
func (f *Field[T]) Erase() *Field[T] { return f }

// Typed adds what only the compiler can know.
type Typed[T, V any] struct {
	*Field[T]
	at      func(*T) *V
	literal func(V) literal
}

// literal is a value that a condition compares with: as the database holds it (nil when it is the absent value) and as a
// person reads it.
type literal struct {
	driver any
	text   string
}

// At gives the member of r that the field is about.
func (f Typed[T, V]) At(r *T) *V { return f.at(r) }

// Required makes absence a fault.
func (f Typed[T, V]) Required() Typed[T, V] { f.Field.Required = true; return f }

// Derived says that the record computes the value (Kind.Derive): a sheet need not have the column, though the value is always there.
func (f Typed[T, V]) Derived() Typed[T, V] { f.Field.Derived = true; return f }

// Computed says that the record always computes the value: a sheet marks the column as one that nobody fills in, and what stands
// there must be what the record computes.
func (f Typed[T, V]) Computed() Typed[T, V] {
	f.Field.Derived, f.Field.Computed = true, true
	return f
}

// Retire keeps the column and forgets the field in forms and sheets.
func (f Typed[T, V]) Retire() Typed[T, V] { f.Field.Retired = true; return f }

// Fixed refuses a change of a value once it is recorded: what others refer to by it would lose it.
func (f Typed[T, V]) Fixed() Typed[T, V] { f.Field.Fixed = true; return f }

// NamesKind says that the value is the code of a record kind, which the book must have when it is recorded.
func (f Typed[T, V]) NamesKind() Typed[T, V] { f.Field.OfKind = true; return f }

// Since says which version of the definition introduced the field.
func (f Typed[T, V]) Since(version int) Typed[T, V] { f.Field.Since = version; return f }

// Sensitive sets how far the value may travel.
func (f Typed[T, V]) Sensitive(s access.Sensitivity) Typed[T, V] {
	f.Field.Sensitivity = s
	return f
}

// Counts says what a whole number counts (人, 户, 层), which a sum over it needs.
func (f Typed[T, V]) Counts(unit string) Typed[T, V] {
	if f.Type != TypeNumber {
		panic("field: " + f.Code + " is no whole number and has its unit already")
	}
	f.Field.Unit = unit
	return f
}

// Note is the help text that forms and templates show.
func (f Typed[T, V]) Note(zh lang.Zh, en lang.En) Typed[T, V] {
	f.Field.Help = lang.Of(zh, en)
	return f
}

// Faults of field values. The place (file, row, column, field) is put on by whoever read the value.
var (
	ErrMissing = fault.Define("field.missing", fault.Invalid,
		"缺少“%s”", "%q is missing")
	ErrRule = fault.Define("field.rule", fault.Invalid,
		"“%s”的值“%s”不符合要求：%s", "%q has the value %q, which is not %s")
	ErrUnknownCode = fault.Define("field.unknown_code", fault.Invalid,
		"“%s”不是“%s”的可选值，最接近的是“%s”，可选：%s", "%q is not a value of %q; the nearest is %q; known: %s")
	ErrRetiredCode = fault.Define("field.retired_code", fault.Invalid,
		"“%s”已停用，不能再用于“%s”", "%q is retired and can no longer be used for %q")
	ErrNotYesNo = fault.Define("field.not_yes_no", fault.Invalid,
		"“%s”不是“是”或“否”", "%q is neither yes nor no")
	ErrNotANumber = fault.Define("field.not_a_number", fault.Invalid,
		"“%s”不是数字", "%q is not a number")
	ErrTooBig = fault.Define("field.too_big", fault.Invalid,
		"“%s”超出能记录的范围", "%q is beyond what can be recorded")
	ErrTooFine = fault.Define("field.too_fine", fault.Invalid,
		"“%s”的小数位数超过%d位", "%q has more than %d decimals")
	ErrNotAnInstant = fault.Define("field.not_an_instant", fault.Invalid,
		"“%s”不是时间，应形如2023-05-06 14:30", "%q is not an instant; expected the form 2023-05-06 14:30")
	ErrNotAPhone = fault.Define("field.not_a_phone", fault.Invalid,
		"“%s”不是电话号码", "%q is not a telephone number")
	ErrNotAPoint = fault.Define("field.not_a_point", fault.Invalid,
		"“%s”不是坐标，应为“经度,纬度”（度）", "%q is not a point; expected longitude,latitude in degrees")
	ErrNotAnAttachment = fault.Define("field.not_an_attachment", fault.Invalid,
		"“%s”不是附件，应为“SHA-256 字节数 文件名”", "%q is not an attachment; expected the form: SHA-256, size in bytes, name")
	ErrTooManyFiles = fault.Define("field.too_many_files", fault.TooLarge,
		"有%d个附件，最多%d个", "there are %d attachments; at most %d are allowed")
	ErrBadText = fault.Define("field.bad_text", fault.Invalid,
		"文字中有不能记录的字符（空字符或无效编码）", "the text has characters that cannot be recorded (NUL or invalid encoding)")
)

// Rule is a condition on a single value with its words ("不超过500字"), which complete the sentence of ErrRule.
type Rule[V any] struct {
	Words lang.Text
	Holds func(v V, today period.Day) bool
}

// codec is what a field type knows of its values.
type codec[V any] struct {
	typ     Type
	suffix  string // of the column: "_on" is part of the code, "_fen" is not
	sql     SQL
	bare    bool
	ordered bool
	absent  func(V) bool         // nil: never
	normal  func(V) V            // the canonical form of a value that did not come through parse; nil: it has only one
	sound   func(V) *fault.Fault // what makes a value unfit to be kept at all; nil: nothing
	encode  func(V) any
	decode  func(any) (V, error)
	show    func(V) string
	parse   func(string) (V, error)
}

func (c codec[V]) isAbsent(v V) bool { return c.absent != nil && c.absent(v) }

// define ties a codec to a member of T.
func define[T, V any](code string, zh lang.Zh, en lang.En, at func(*T) *V, c codec[V], rules []Rule[V]) Typed[T, V] {
	f := &Field[T]{Spec: Spec{Code: code, Column: code + c.suffix, Type: c.typ, SQL: c.sql, Label: lang.Of(zh, en),
		Sensitivity: access.Internal, bare: c.bare, ordered: c.ordered}}
	for _, r := range rules {
		f.Rules = append(f.Rules, r.Words)
	}
	f.Store = func(r *T) any {
		if v := *at(r); !c.isAbsent(v) {
			return c.encode(v)
		}
		return nil
	}
	f.Scan = func(r *T, src any) error {
		if src == nil {
			var none V
			*at(r) = none
			return nil
		}
		v, err := c.decode(src)
		if err != nil {
			return fmt.Errorf("field %s: %w", code, err)
		}
		*at(r) = v
		return nil
	}
	f.Copy = func(to, from *T) { *at(to) = *at(from) }
	f.Text = func(r *T) string {
		if v := *at(r); !c.isAbsent(v) {
			return c.show(v)
		}
		return ""
	}
	f.Parse = func(r *T, s string) error {
		if s == "" {
			var none V
			*at(r) = none
			return nil
		}
		v, err := c.parse(s)
		if err == nil {
			*at(r) = v
		}
		return err
	}
	f.Driver = func(s string) (any, error) {
		v, err := c.parse(s)
		if err != nil || c.isAbsent(v) {
			return nil, err
		}
		return c.encode(v), nil
	}
	f.Check = func(r *T, today period.Day) (faults fault.List) {
		v := *at(r)
		if c.normal != nil {
			v = c.normal(v)
			*at(r) = v
		}
		if c.isAbsent(v) {
			if f.Required {
				faults = append(faults, place(ErrMissing.With(f.Label), code))
			}
			return faults
		}
		if c.sound != nil {
			if err := c.sound(v); err != nil {
				return append(faults, place(err, code))
			}
		}
		for _, rule := range rules {
			if !rule.Holds(v, today) {
				faults = append(faults, place(ErrRule.With(f.Label, cut(c.show(v)), rule.Words), code))
			}
		}
		return faults
	}
	return Typed[T, V]{Field: f, at: at, literal: func(v V) literal {
		if c.isAbsent(v) {
			return literal{}
		}
		return literal{c.encode(v), c.show(v)}
	}}
}

// shownMax bounds a value that a fault repeats, in characters.
const shownMax = 60

func cut(s string) string {
	if r := []rune(s); len(r) > shownMax {
		return string(r[:shownMax]) + "…"
	}
	return s
}

func place(f *fault.Fault, code string) *fault.Fault {
	f.Where.Field = code
	return f
}
