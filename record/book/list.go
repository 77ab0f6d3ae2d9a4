package book

import (
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/store"
)

// Filter is one condition of a list: a field (or state, due_on, began), a comparison, a value in office writing.
type Filter struct {
	Field string
	Op    field.Op
	Value string
}

// Query asks for records of a kind in order of birth, or of a field (or due_on). Absent values stand last either way.
type Query struct {
	Kind    string
	Filters []Filter
	Sort    string // field code; empty: order of birth
	Down    bool   // descending
	After   *Key   // the record after which the page begins
	Limit   int    // Each: 0 is no bound, for streaming; List: 0 is 30, at most 1,000
	// Withdrawn includes records that were withdrawn.
	Withdrawn bool
}

// Key is the place of a record in a list: keyset paging reads no row twice and skips none, whatever is written meanwhile.
type Key struct {
	Sort any // driver value of the sort field; nil when it is absent or the order is that of birth
	Row  int64
}

// Faults of questions.
var (
	ErrNoField = fault.Define("book.no_field", fault.Invalid,
		"%s没有“%s”这一项，最接近的是“%s”", "%s has no field %q; the nearest is %q")
	ErrBadFilter = fault.Define("book.bad_filter", fault.Invalid,
		"“%s”不是筛选条件，应形如：found_on >= 2023-01-01，可用 = <> < <= > >= has stated absent in", "%q is not a filter; expected the form found_on >= 2023-01-01, with = <> < <= > >= has stated absent in")
	ErrNotText = fault.Define("book.not_text", fault.Invalid,
		"“%s”不是文字，不能问它“含”什么", "%q is no text and cannot be asked what it has in it")
	ErrNoOrder = fault.Define("book.no_order", fault.Invalid,
		"“%s”没有大小，不能用“%s”比较", "%q has no order and cannot be compared by %s")
)

// ParseFilter reads "FIELD OP VALUE"; for in, values are separated by commas.
func ParseFilter(s string) (Filter, error) {
	parts := strings.SplitN(strings.TrimSpace(s), " ", 3)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if len(parts) == 2 && (parts[1] == string(field.OpStated) || parts[1] == string(field.OpAbsent)) {
		return Filter{parts[0], field.Op(parts[1]), ""}, nil
	}
	if len(parts) == 3 && parts[2] != "" {
		switch op := field.Op(parts[1]); op {
		case field.OpIs, field.OpNot, field.OpIn, field.OpHas, field.OpAtLeast, field.OpAtMost, field.OpAbove, field.OpBelow:
			return Filter{parts[0], op, parts[2]}, nil
		}
	}
	return Filter{}, ErrBadFilter.With(s)
}

// Each gives the records that the query asks for, in its order, as the view's actor may see them. The record is the
// caller's to keep. It streams: memory does not grow with the answer.
func (v *View) Each(q Query, do func(r any) error) error {
	p, s, err := v.resolve(q)
	if err != nil {
		return err
	}
	for left := q.Limit; ; {
		size := pageRows
		if q.Limit > 0 {
			size = min(size, left)
		}
		records, err := v.page(p, s, size)
		if err != nil {
			return err
		}
		if len(records) > 0 {
			s.after = v.keyOf(p, s, records[len(records)-1]) // before the caller may change it
		}
		for _, r := range records {
			if err := v.mask(p, r); err != nil {
				return err
			}
			if err := do(r); err != nil {
				return err
			}
		}
		left -= len(records)
		if len(records) < size || q.Limit > 0 && left <= 0 {
			return nil
		}
	}
}

// Sizes of a page that a person turns.
const (
	listUsual = 30
	listMax   = 1_000
)

// List gives one page of the query and the key after which the next begins; nil when this was the last.
func (v *View) List(q Query) (records []any, next *Key, err error) {
	p, s, err := v.resolve(q)
	if err != nil {
		return nil, nil, err
	}
	limit := min(q.Limit, listMax)
	if limit <= 0 {
		limit = listUsual
	}
	if records, err = v.page(p, s, limit+1); err != nil {
		return nil, nil, err
	}
	if len(records) > limit {
		records = records[:limit]
		next = v.keyOf(p, s, records[limit-1]) // before its numbers are masked
	}
	for _, r := range records {
		if err := v.mask(p, r); err != nil {
			return nil, nil, err
		}
	}
	return records, next, nil
}

// Count says how many records the query finds, its limit and page aside.
func (v *View) Count(q Query) (int64, error) {
	q.After = nil
	p, s, err := v.resolve(q)
	if err != nil {
		return 0, err
	}
	inner, args := v.union(p, s, "row_no", true)
	return v.count(p, "SELECT count(*) FROM ("+inner+") q", args)
}

// selection is a query whose names have been found and values parsed.
type selection struct {
	where store.Where
	only  string // of a part: which
	sort  string // column; empty: birth
	down  bool
	after *Key
}

// parts are the selections that make up a list one behind the other: records that have a value in the column of its order come first. Asked
// apart, each is a range of an index.
func (s selection) parts() []selection {
	if s.sort == "" {
		return []selection{s}
	}
	stated, absent := s, s
	stated.only = s.sort + " IS NOT NULL"
	absent.only, absent.sort = s.sort+" IS NULL", ""
	switch {
	case s.after == nil:
		return []selection{stated, absent}
	case s.after.Sort == nil:
		return []selection{absent}
	}
	absent.after = nil
	return []selection{stated, absent}
}

// CountUpTo is Count that stops at most: a page that says "more than" need not read a million rows.
func (v *View) CountUpTo(q Query, most int) (int64, error) {
	q.After = nil
	p, s, err := v.resolve(q)
	if err != nil {
		return 0, err
	}
	inner, args := v.union(p, s, "row_no", true)
	return v.count(p, "SELECT count(*) FROM (SELECT 1 FROM ("+inner+") u LIMIT ?) q", append(args, int64(most)))
}

// resolve finds what a query names; all its faults are answered at once.
func (v *View) resolve(q Query) (*plan, selection, error) {
	s := selection{down: q.Down, after: q.After}
	p, err := v.book.plan(q.Kind)
	if err != nil {
		return nil, s, err
	}
	if err := v.actor.Allow(access.Read, q.Kind, p.kind.Label()); err != nil {
		return nil, s, err
	}
	if !q.Withdrawn {
		s.where.And("state <> 'withdrawn'")
	}
	v.scope.where(&s.where, "unit")
	var faults fault.List
	for _, f := range q.Filters {
		if err := faults.Add(fault.At(v.filter(p, &s.where, f), fault.Where{Field: f.Field})); err != nil {
			return nil, s, err
		}
	}
	switch q.Sort {
	case "":
	case dueOn:
		s.sort = dueOn
	default:
		i, err := v.visible(p, q.Sort)
		if err := faults.Add(err); err != nil {
			return nil, s, err
		}
		if i >= 0 {
			s.sort = p.fields[i].Column
			if err := faults.Add(q.After.fits(p.fields[i].SQL)); err != nil {
				return nil, s, err
			}
		}
	}
	return p, s, faults.Err()
}

// Columns of the head that lists are filtered by.
const (
	dueOn = "due_on"
	state = "state"
	began = "began" // the position at which the version that stands was entered: what has changed since
)

// visible finds a field of the kind that has a column and that the actor may see: a filter on a hidden field would tell
// its values, and so would an order.
func (v *View) visible(p *plan, code string) (int, error) {
	known := []string{state, dueOn, began}
	for i, f := range p.fields {
		if f.Type == field.TypeRows || !v.actor.Sees(f.Sensitivity) {
			continue
		}
		if f.Code == code {
			return i, nil
		}
		known = append(known, f.Code)
	}
	return noField, ErrNoField.With(p.kind.Label(), code, field.Nearest(code, known))
}

// filter adds one condition.
func (v *View) filter(p *plan, w *store.Where, f Filter) error {
	column, ordered, parse, err := v.operand(p, f.Field)
	if err != nil {
		return err
	}
	switch f.Op {
	case field.OpStated:
		w.And(column + " IS NOT NULL")
		return nil
	case field.OpAbsent:
		w.And(column + " IS NULL")
		return nil
	case field.OpHas:
		return v.has(p, w, f)
	case field.OpIs, field.OpNot, field.OpIn:
	case field.OpAtLeast, field.OpAtMost, field.OpAbove, field.OpBelow:
		if !ordered {
			return ErrNoOrder.With(f.Field, string(f.Op))
		}
	default:
		return ErrBadFilter.With(f.Field + " " + string(f.Op) + " " + f.Value)
	}
	texts := []string{f.Value}
	if f.Op == field.OpIn {
		texts = strings.Split(f.Value, ",")
	}
	var values []any
	for _, s := range texts {
		x, err := parse(strings.TrimSpace(s))
		if err != nil {
			return err
		}
		if x == nil {
			return ErrBadFilter.With(f.Field + " " + string(f.Op) + " " + f.Value)
		}
		values = append(values, x)
	}
	if f.Op == field.OpIn {
		w.In(column, values...)
	} else {
		w.And(column+" "+string(f.Op)+" ?", values...)
	}
	return nil
}

// has adds the condition that a text has another somewhere in it, letter case aside. It reads every row: no index helps.
func (v *View) has(p *plan, w *store.Where, f Filter) error {
	i, err := v.visible(p, f.Field)
	if err != nil {
		return err
	}
	switch p.fields[i].Type {
	case field.TypeText, field.TypeUnit, field.TypePlace:
	default:
		return ErrNotText.With(f.Field)
	}
	pattern := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(f.Value)) + "%"
	w.And("lower("+p.fields[i].Column+`) LIKE ? ESCAPE '\'`, pattern)
	return nil
}

// operand is what a filter compares: a column, whether it has an order, and how its values are written.
func (v *View) operand(p *plan, code string) (column string, ordered bool, parse func(string) (any, error), err error) {
	switch code {
	case state:
		return state, false, func(s string) (any, error) { return stateOf(p, s) }, nil
	case dueOn:
		return dueOn, true, func(s string) (any, error) {
			d, err := period.ParseDay(s)
			if err != nil || d.IsZero() {
				return nil, err
			}
			return d.String(), nil
		}, nil
	case began:
		return began, true, func(s string) (any, error) {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil || n < 0 {
				return nil, nil
			}
			return n, nil
		}, nil
	}
	i, err := v.visible(p, code)
	if err != nil {
		return "", false, nil, err
	}
	f := p.fields[i]
	return f.Column, f.Ordered() || f.Type == field.TypeText, func(s string) (any, error) { return p.kind.Driver(i, s) }, nil
}

// stateOf finds a state by its code or a label.
func stateOf(p *plan, s string) (any, error) {
	for _, x := range p.kind.States() {
		if s == string(x.State) || s == x.Label.Zh || strings.EqualFold(s, x.Label.En) {
			return string(x.State), nil
		}
	}
	return nil, unknownState(p.kind, s)
}

// union is the query over current rows and, as of a position, over past ones: two index ranges. whole
// leaves out where the page begins.
func (v *View) union(p *plan, s selection, columns string, whole bool) (string, []any) {
	one := func(table, ended, span string, positions ...any) (string, []any) {
		var w store.Where
		if base := s.where.SQL(); base != "" {
			w.And(strings.TrimPrefix(base, " WHERE "), s.where.Args()...)
		}
		if s.only != "" {
			w.And(s.only)
		}
		if span != "" {
			w.And(span, positions...)
		}
		if !whole && s.after != nil {
			s.beyond(&w)
		}
		return "SELECT " + columns + ended + " FROM " + table + w.SQL(), w.Args()
	}
	if v.AsOf == 0 {
		return one(p.kind.Code(), endedNow, "")
	}
	at := int64(v.AsOf)
	now, args := one(p.kind.Code(), endedNow, "began <= ?", at)
	past, more := one(p.kind.Code()+"_past", ", ended", "began <= ? AND ended > ?", at, at)
	return now + " UNION ALL " + past, append(args, more...)
}

// beyond is the condition that a row stands after the key.
func (s selection) beyond(w *store.Where) {
	than := ">"
	if s.down {
		than = "<"
	}
	if s.sort == "" {
		w.And("row_no "+than+" ?", s.after.Row)
		return
	}
	w.And("("+s.sort+", row_no) "+than+" (?, ?)", s.after.Sort, s.after.Row)
}

// page reads one page with its rows, seen by the actor. Absent values stand last in either direction.
func (v *View) page(p *plan, s selection, limit int) (records []any, err error) {
	for _, part := range s.parts() {
		if len(records) == limit {
			break
		}
		query, args := v.ordered(p, part, limit-len(records))
		more, err := p.read(v.tx, query, args...)
		if err != nil {
			return nil, err
		}
		records = append(records, more...)
	}
	for _, r := range records {
		if err := v.blind(p, r); err != nil {
			return nil, err
		}
	}
	v.gave(p, records...)
	return records, nil
}

// ordered is the query of one part of a page.
func (v *View) ordered(p *plan, s selection, limit int) (string, []any) {
	inner, args := v.union(p, s, p.all, false)
	down := ""
	if s.down {
		down = " DESC"
	}
	order := "row_no" + down
	if s.sort != "" {
		order = s.sort + down + ", " + order
	}
	return inner + " ORDER BY " + order + " LIMIT ?", append(args, int64(limit))
}

func (v *View) keyOf(p *plan, s selection, r any) *Key {
	h := p.kind.Head(r)
	k := &Key{Row: h.Row}
	if s.sort != "" {
		k.Sort = p.kind.Values(r, nil)[slices.Index(p.columns, s.sort)]
	}
	return k
}
