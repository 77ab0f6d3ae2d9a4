package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"

	"anlan/ground/lang"
)

// Kind is the class of a fault; the faces map it to an exit or HTTP status.
type Kind int

// The kinds of faults.
const (
	Invalid   Kind = iota // what was given cannot be accepted
	NotFound              // what was asked for is not there
	Denied                // the actor may not
	Conflict              // somebody was faster, or the state does not allow it
	Broken                // what is stored is not what it must be: tampering or damage
	Unable                // the surroundings do not allow it: disk, database, permission
	TooLarge              // over a stated bound
	Undefined             // a declaration (indicator, scheme, kind) is wrong
)

// Declaration is a fault before it happened. Compare with errors.Is.
type Declaration struct {
	Code string
	Kind Kind
	Text lang.Text
}

var (
	declaredMu sync.Mutex
	declared   = map[string]*Declaration{}
)

// Define declares a fault. The two texts take the same arguments in the same order (fmt verbs; %[n]s to reorder).
// Code is "noun.what_happened", stable and never reused; a second declaration of it panics at start.
func Define(code string, kind Kind, zh lang.Zh, en lang.En) *Declaration {
	declaredMu.Lock()
	defer declaredMu.Unlock()
	if declared[code] != nil {
		panic("fault: " + code + " is declared twice")
	}
	d := &Declaration{code, kind, lang.Of(zh, en)}
	declared[code] = d
	return d
}

// All lists the declarations by code, for the generated docs/faults.md and the house test.
func All() []*Declaration {
	declaredMu.Lock()
	defer declaredMu.Unlock()
	out := make([]*Declaration, 0, len(declared))
	for _, d := range declared {
		out = append(out, d)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}

// Error makes a declaration usable as the target of errors.Is.
func (d *Declaration) Error() string { return d.Code }

// With is the fault that happened, with the arguments of its sentence.
func (d *Declaration) With(args ...any) *Fault { return &Fault{Declaration: d, Args: args} }

// Because is With, keeping the internal error that led to it for the operator.
func (d *Declaration) Because(cause error, args ...any) *Fault {
	return &Fault{Declaration: d, Args: args, Cause: cause}
}

// Where is the place of a fault; zero members are unknown or do not apply. Row, Line and Column count from 1.
type Where struct {
	File   string `json:"file,omitempty"`
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"` // heading of the column
	Cell   string `json:"cell,omitempty"`   // "C12"
	Field  string `json:"field,omitempty"`
	Line   int    `json:"line,omitempty"`  // of a text
	Col    int    `json:"col,omitempty"`   // of a text, in code points
	Words  string `json:"words,omitempty"` // that stand there, where the place alone does not show them
}

func (w Where) in(l lang.Lang) string {
	var p []string
	add := func(zh, en string, v any) {
		if l == lang.English {
			p = append(p, fmt.Sprintf(en, v))
		} else {
			p = append(p, fmt.Sprintf(zh, v))
		}
	}
	if w.File != "" {
		p = append(p, w.File)
	}
	if w.Sheet != "" {
		add("工作表“%v”", "sheet %q", w.Sheet)
	}
	if w.Row > 0 {
		add("第%v行", "row %v", w.Row)
	}
	if w.Column != "" {
		add("“%v”列", "column %q", w.Column)
	}
	if w.Cell != "" {
		add("（%v）", "(%v)", w.Cell)
	}
	if w.Field != "" {
		add("字段“%v”", "field %q", w.Field)
	}
	if w.Line > 0 {
		add("第%v行", "line %v", w.Line)
	}
	if w.Col > 0 {
		add("第%v字", "column %v", w.Col)
	}
	if w.Words != "" {
		add("“%v”", "%q", w.Words)
	}
	if l == lang.English {
		return strings.Join(p, ", ")
	}
	return strings.Join(p, " ")
}

func (w Where) over(inner Where) Where {
	pick := func(a, b string) string {
		if a != "" {
			return a
		}
		return b
	}
	num := func(a, b int) int {
		if a != 0 {
			return a
		}
		return b
	}
	return Where{pick(inner.File, w.File), pick(inner.Sheet, w.Sheet), num(inner.Row, w.Row), pick(inner.Column, w.Column),
		pick(inner.Cell, w.Cell), pick(inner.Field, w.Field), num(inner.Line, w.Line), num(inner.Col, w.Col), pick(inner.Words, w.Words)}
}

// Fault is a declared fault that happened.
type Fault struct {
	*Declaration
	Args  []any
	Where Where
	Cause error // for the operator, never shown to the user
}

// Is matches the declaration.
func (f *Fault) Is(target error) bool { return target == error(f.Declaration) }

// Unwrap gives the internal cause, if any.
func (f *Fault) Unwrap() error { return f.Cause }

// Error is the English sentence with its place, for logs and tests.
func (f *Fault) Error() string { return f.In(lang.English) }

// In is the sentence with its place in language l. Arguments that are a lang.Text speak the same language.
func (f *Fault) In(l lang.Lang) string {
	args := make([]any, len(f.Args))
	for i, a := range f.Args {
		switch t := a.(type) {
		case lang.Text:
			args[i] = t.In(l)
		case *Fault:
			args[i] = t.In(l)
		case List:
			args[i] = t.In(l)
		default:
			args[i] = a
		}
	}
	s := fmt.Sprintf(f.Text.In(l), args...)
	w := f.Where.in(l)
	if l != lang.English {
		s, w = lang.Nested(s), lang.Nested(w)
	}
	switch {
	case w == "":
		return s
	case l == lang.English:
		return w + ": " + s
	}
	return w + "：" + s
}

// Words is the sentence without its place, for where the place is seen.
func (f *Fault) Words(l lang.Lang) string {
	said := *f
	said.Where = Where{}
	return said.In(l)
}

// At puts the place before every fault inside err; members that a fault already has win. A fault inside a chain of errors
// comes out of it, and the chain becomes its cause. An error without faults passes unchanged.
func At(err error, w Where) error {
	switch f := outermost(err).(type) {
	case List:
		out := make(List, len(f))
		for i, one := range f {
			out[i] = one.at(w)
		}
		return out
	case *Fault:
		placed := f.at(w)
		if err != error(f) {
			placed.Cause = err
		}
		return placed
	}
	return err
}

// spoken is what *Fault and List have in common.
type spoken interface {
	error
	In(lang.Lang) string
}

// outermost is the first *Fault or List in the chain of err, nil when there is none. A fault stands before its own cause.
func outermost(err error) spoken {
	if err == nil {
		return nil // the common case, without an allocation
	}
	var s spoken
	if !errors.As(err, &s) {
		return nil
	}
	return s
}

func (f *Fault) at(w Where) *Fault {
	c := *f
	c.Where = w.over(f.Where)
	return &c
}

// List is several faults answered at once. An empty list is no error: return l.Err().
type List []*Fault

// Add gathers err: a fault or a list goes in, nil is ignored; any other error is given back to be returned at once.
func (l *List) Add(err error) error {
	switch f := outermost(err).(type) {
	case List:
		*l = append(*l, f...)
	case *Fault:
		*l = append(*l, f)
	default:
		return err
	}
	return nil
}

// Err is the list as an error, nil when it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error is all sentences in English, a line each.
func (l List) Error() string { return l.In(lang.English) }

// In is all sentences in language g, a line each.
func (l List) In(g lang.Lang) string {
	s := make([]string, len(l))
	for i, f := range l {
		s[i] = f.In(g)
	}
	return strings.Join(s, "\n")
}

// Is matches when any fault of the list does.
func (l List) Is(target error) bool {
	for _, f := range l {
		if f.Is(target) {
			return true
		}
	}
	return false
}

// KindOf is the kind of the first fault inside err; ok is false when err is internal.
func KindOf(err error) (k Kind, ok bool) {
	switch f := outermost(err).(type) {
	case List:
		if len(f) > 0 {
			return f[0].Kind, true
		}
	case *Fault:
		return f.Kind, true
	}
	return 0, false
}

// In is err for a person: the sentences of its faults, or its text when it is internal.
func In(err error, l lang.Lang) string {
	if s := outermost(err); s != nil {
		return s.In(l)
	}
	return err.Error()
}
