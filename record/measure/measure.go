package measure

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/field"
)

// Shape is how a measure spreads over time.
type Shape string

// The shapes.
const (
	Flow  Shape = "flow"  // 发生: on a day
	Stock Shape = "stock" // 存量: from a day until a day; its figure is the balance of all days up to the end of the period
)

// Spec is a measure without the struct behind it.
type Spec struct {
	Code  string
	Kind  string // set by record.Define
	Label lang.Text
	Unit  string // unit of the figure: 起, 人, 处, 元 …
	Shape Shape
	// Scale divides a posting's value to give the figure in Unit: 100 for money in 元, 1 for counts.
	Scale int64
	// Valued says that the figure is the sum of values; otherwise it is the count.
	Valued bool
	// Sensitivity is that of the most sensitive field the measure reads: whoever may not see such a field may not see the
	// figure, because a count under a condition tells values too. Set by record.Define.
	Sensitivity access.Sensitivity
	canon       string
}

// Hash names the definition: SHA-256 over its fixed form. It changes exactly when the question changes.
func (s *Spec) Hash() [32]byte { return sha256.Sum256([]byte(s.canon)) }

// Canon is the fixed form of the definition.
func (s *Spec) Canon() string { return s.canon }

// Posting is what one record posts to one measure: count and value on a day.
type Posting struct {
	Day   period.Day
	Count int64
	Value int64
}

// Measure is a measure of T.
type Measure[T any] struct {
	Spec
	conds    []field.Cond[T]
	from     *field.Field[T] // the day of a flow, the first day of a stock
	until    *field.Field[T] // stocks: the first day out, or the last day in
	through  bool            // until names the last day that still counts
	value    *field.Field[T]
	rows     *rows[T]
	fromDay  func(*T) period.Day
	untilDay func(*T) period.Day
}

// rows is the part of a measure that looks at the rows of a record.
type rows[T any] struct {
	list  *field.Field[T]
	reads []*field.Spec // of a row
	canon []string
	words []lang.Text
	value string // column summed, "" to count
	post  func(*T) (count, value int64)
	sql   func(alias string) (string, []any)
}

// Day is a field that holds a day.
type Day[T any] = field.Typed[T, period.Day]

// Count counts records on the day they carry.
func Count[T any](code string, zh lang.Zh, en lang.En, unit string, on Day[T], conds ...field.Cond[T]) *Measure[T] {
	m := &Measure[T]{Spec: Spec{Code: code, Label: lang.Of(zh, en), Unit: unit, Shape: Flow, Scale: 1}, conds: conds}
	return m.on(on)
}

// Number is a field whose values can be added.
type Number[T any] interface{ Erase() *field.Field[T] }

// Sum adds the values of a money, number or quantity field on the day the record carries; a record without the value does
// not post (absent is not zero).
func Sum[T any](code string, zh lang.Zh, en lang.En, of Number[T], on Day[T], conds ...field.Cond[T]) *Measure[T] {
	f := of.Erase()
	unit, scale := summable(code, &f.Spec)
	m := &Measure[T]{Spec: Spec{Code: code, Label: lang.Of(zh, en), Unit: unit, Shape: Flow, Scale: scale, Valued: true}, conds: conds, value: f}
	return m.on(on)
}

// CountRows counts rows of the record that satisfy the row conditions, on the record's day.
func CountRows[T, R any](code string, zh lang.Zh, en lang.En, unit string, list field.Typed[T, []R], on Day[T], conds ...field.Cond[R]) *Measure[T] {
	m := &Measure[T]{Spec: Spec{Code: code, Label: lang.Of(zh, en), Unit: unit, Shape: Flow, Scale: 1}}
	m.rows = overRows(list, nil, conds)
	return m.on(on)
}

// SumRows adds a value over the rows that satisfy the row conditions, on the record's day.
func SumRows[T, R any](code string, zh lang.Zh, en lang.En, list field.Typed[T, []R], of Number[R], on Day[T], conds ...field.Cond[R]) *Measure[T] {
	unit, scale := summable(code, &of.Erase().Spec)
	m := &Measure[T]{Spec: Spec{Code: code, Label: lang.Of(zh, en), Unit: unit, Shape: Flow, Scale: scale, Valued: true}}
	m.rows = overRows(list, of.Erase(), conds)
	return m.on(on)
}

// StockOf counts records from the first day until the first day on which they no longer count: a hazard closed on
// 31 December is not open at the end of the year. Without a first day a record does not count.
func StockOf[T any](code string, zh lang.Zh, en lang.En, unit string, from, until Day[T], conds ...field.Cond[T]) *Measure[T] {
	m := &Measure[T]{Spec: Spec{Code: code, Label: lang.Of(zh, en), Unit: unit, Shape: Stock, Scale: 1}, conds: conds}
	m.until, m.untilDay = until.Field, func(r *T) period.Day { return *until.At(r) }
	return m.on(from)
}

// StockThrough is StockOf where the paper names the last day that still counts (任职至, 有效期至).
func StockThrough[T any](code string, zh lang.Zh, en lang.En, unit string, from, last Day[T], conds ...field.Cond[T]) *Measure[T] {
	m := StockOf(code, zh, en, unit, from, last, conds...)
	m.through = true
	return m.seal()
}

// ValueStock is StockOf with a value: assets held, carry-over.
func ValueStock[T any](code string, zh lang.Zh, en lang.En, of Number[T], from, until Day[T], conds ...field.Cond[T]) *Measure[T] {
	f := of.Erase()
	unit, scale := summable(code, &f.Spec)
	m := StockOf(code, zh, en, unit, from, until, conds...)
	m.Scale, m.Valued, m.value = scale, true, f
	return m.seal()
}

func (m *Measure[T]) on(day Day[T]) *Measure[T] {
	m.from, m.fromDay = day.Field, func(r *T) period.Day { return *day.At(r) }
	return m.seal()
}

func overRows[T, R any](list field.Typed[T, []R], of *field.Field[R], conds []field.Cond[R]) *rows[T] {
	x := &rows[T]{list: list.Field}
	for _, c := range conds {
		x.canon, x.words = append(x.canon, c.Canon()), append(x.words, c.Words())
		x.reads = append(x.reads, &c.Of().Spec)
	}
	if of != nil {
		x.value = of.Column
		x.reads = append(x.reads, &of.Spec)
	}
	x.post = func(r *T) (count, value int64) {
		all := *list.At(r)
	next:
		for i := range all {
			for _, c := range conds {
				if !c.Holds(&all[i]) {
					continue next
				}
			}
			if of != nil {
				v, ok := of.Store(&all[i]).(int64)
				if !ok {
					continue
				}
				value += v
			}
			count++
		}
		return count, value
	}
	x.sql = func(alias string) (string, []any) {
		var text []string
		var args []any
		for _, c := range conds {
			s, a := c.SQL(alias)
			text, args = append(text, s), append(args, a...)
		}
		if of != nil {
			text = append(text, alias+"."+of.Column+" IS NOT NULL")
		}
		return strings.Join(text, " AND "), args
	}
	return x
}

func summable(code string, f *field.Spec) (unit string, scale int64) {
	switch f.Type {
	case field.TypeMoney:
		return "元", 100
	case field.TypeNumber:
		return f.Unit, 1
	case field.TypeQuantity:
		scale = 1
		for range f.Decimals {
			scale *= 10
		}
		return f.Unit, scale
	}
	panic("measure: " + code + ": values of " + f.Code + " (" + string(f.Type) + ") cannot be added")
}

// seal writes the definition in its fixed form. A field stands in it with code and type, so that a definition over
// another field, or over the same under another type, is another definition.
func (m *Measure[T]) seal() *Measure[T] {
	part := func(name string, f *field.Field[T]) string {
		if f == nil {
			return ""
		}
		return "\n" + name + " " + f.Code + " " + string(f.Type)
	}
	s := "measure " + m.Code + "\nshape " + string(m.Shape) + "\nunit " + m.Unit + fmt.Sprintf("\nscale %d", m.Scale) +
		part("from", m.from) + part("until", m.until) + part("value", m.value)
	if m.through {
		s += "\nthrough"
	}
	for _, c := range m.conds {
		s += "\nwhere " + c.Canon()
	}
	if m.rows != nil {
		s += "\nrows " + m.rows.list.Code
		if m.rows.value != "" {
			s += "\nvalue of rows " + m.rows.value
		}
		for _, c := range m.rows.canon {
			s += "\nrows where " + c
		}
	}
	m.canon = s + "\n"
	return m
}

// Recall is the part of a definition that a figure needs, read back from its fixed form: for an account whose definition
// is no longer declared. Its label is the measure's code.
func Recall(canon string) (*Spec, error) {
	s := &Spec{canon: canon}
	for line := range strings.SplitSeq(strings.TrimSuffix(canon, "\n"), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "measure":
			s.Code, s.Label = rest, lang.Text{Zh: rest, En: rest}
		case "shape":
			s.Shape = Shape(rest)
		case "unit":
			s.Unit = rest
		case "scale":
			n, err := strconv.ParseInt(rest, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("measure: scale of a definition: %w", err)
			}
			s.Scale = n
		case "value":
			s.Valued = true
		}
	}
	if s.Code == "" || s.Scale < 1 || s.Shape != Flow && s.Shape != Stock {
		return nil, fmt.Errorf("measure: not a definition: %q", canon)
	}
	return s, nil
}

// Fields lists the fields of T that the measure reads, so that Define can see that they are the kind's own.
func (m *Measure[T]) Fields() []*field.Field[T] {
	out := []*field.Field[T]{m.from}
	for _, f := range []*field.Field[T]{m.until, m.value} {
		if f != nil {
			out = append(out, f)
		}
	}
	for _, c := range m.conds {
		out = append(out, c.Of())
	}
	if m.rows != nil {
		out = append(out, m.rows.list)
	}
	return out
}

// Reads lists what the measure reads, fields of rows included.
func (m *Measure[T]) Reads() (out []*field.Spec) {
	for _, f := range m.Fields() {
		if f.List == nil {
			out = append(out, &f.Spec)
		}
	}
	if m.rows != nil {
		out = append(out, m.rows.reads...)
	}
	return out
}

// Post gives what r posts, appended to buf: nothing, one posting, or (for a stock that ended) two. Whether r is withdrawn
// is the caller's question.
func (m *Measure[T]) Post(r *T, buf []Posting) []Posting {
	from := m.fromDay(r)
	if from.IsZero() {
		return buf
	}
	for i := range m.conds {
		if !m.conds[i].Holds(r) {
			return buf
		}
	}
	p := Posting{Day: from, Count: 1}
	switch {
	case m.rows != nil:
		if p.Count, p.Value = m.rows.post(r); p.Count == 0 {
			return buf
		}
	case m.value != nil:
		v, ok := m.value.Store(r).(int64)
		if !ok {
			return buf
		}
		p.Value = v
	}
	buf = append(buf, p)
	if m.untilDay == nil {
		return buf
	}
	if until := m.end(r); !until.IsZero() {
		buf = append(buf, Posting{until, -p.Count, -p.Value})
	}
	return buf
}

// end is the first day on which a stock no longer counts. An end before the beginning cancels the whole record: both
// postings fall on the first day.
func (m *Measure[T]) end(r *T) period.Day {
	until := m.untilDay(r)
	if until.IsZero() {
		return until
	}
	if m.through {
		if until = until.Add(1); until.IsZero() { // 9999-12-31, which papers write for ever
			return until
		}
	}
	if from := m.fromDay(r); until.Before(from) {
		return from
	}
	return until
}

// Words is the definition as a reader would put it.
func (m *Measure[T]) Words() lang.Text {
	var zh, en []string
	switch m.Shape {
	case Stock:
		zh, en = append(zh, "自"+m.from.Label.Zh+"起计入"), append(en, "counts from "+m.from.Label.En)
		if m.through {
			zh, en = append(zh, "计至"+m.until.Label.Zh+"当日"), append(en, "up to and including "+m.until.Label.En)
		} else {
			zh, en = append(zh, m.until.Label.Zh+"当日起不再计入"), append(en, "no longer from "+m.until.Label.En)
		}
	default:
		zh, en = append(zh, "按"+m.from.Label.Zh+"计入"), append(en, "counts on "+m.from.Label.En)
	}
	if m.value != nil {
		zh, en = append(zh, "合计"+m.value.Label.Zh), append(en, "adds "+m.value.Label.En)
	}
	for _, c := range m.conds {
		w := c.Words()
		zh, en = append(zh, w.Zh), append(en, w.En)
	}
	if m.rows != nil {
		zh, en = append(zh, "计"+m.rows.list.Label.Zh+"各行"), append(en, "counts rows of "+m.rows.list.Label.En)
		for _, w := range m.rows.words {
			zh, en = append(zh, w.Zh), append(en, w.En)
		}
	}
	return lang.Text{Zh: strings.Join(zh, "，"), En: strings.Join(en, ", ")}
}
