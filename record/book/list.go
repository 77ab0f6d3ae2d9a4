package book

import (
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/store"
)

// Filter is one condition of a list: a field (or state, due_on), a comparison, a value in office writing.
type Filter struct {
	Field string
	Op    field.Op
	Value string
}

// Query asks for records of a kind in order of birth, or of a field.
type Query struct {
	Kind    string
	Filters []Filter
	Sort    string // field code; empty: order of birth
	Down    bool   // descending
	After   *Key   // the record after which the page begins
	Limit   int    // 0: no bound, for streaming
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
		"“%s”不是筛选条件，应形如：found_on >= 2023-01-01，可用 = <> < <= > >= stated absent in", "%q is not a filter; expected the form found_on >= 2023-01-01, with = <> < <= > >= stated absent in")
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
		case field.OpIs, field.OpNot, field.OpIn, field.OpAtLeast, field.OpAtMost, field.OpAbove, field.OpBelow:
			return Filter{parts[0], op, parts[2]}, nil
		}
	}
	return Filter{}, ErrBadFilter.With(s)
}

// Each gives the records that the query asks for, in its order, as the view's actor may see them. The record is the
// caller's to keep. It streams: memory does not grow with the answer, but for rows of lists, which are read a page at a
// time.
func (v *View) Each(q Query, do func(r any) error) error {
	p, err := v.book.plan(q.Kind)
	if err != nil {
		return err
	}
	if err := v.actor.Allow(access.Read, q.Kind, p.kind.Label()); err != nil {
		return err
	}
	s, err := v.resolve(p, q)
	if err != nil {
		return err
	}
	for left := q.Limit; ; {
		page := pageRows
		if q.Limit > 0 {
			page = min(page, left)
		}
		records, err := v.page(p, s, page)
		if err != nil {
			return err
		}
		for _, r := range records {
			if err := do(r); err != nil {
				return err
			}
		}
		left -= len(records)
		if len(records) < page || q.Limit > 0 && left <= 0 {
			return nil
		}
		s.after = v.keyOf(p, s, records[len(records)-1])
	}
}

const pageRows = 500

// List gives one page of the query and the key after which the next begins; nil when this was the last.
func (v *View) List(q Query) (records []any, next *Key, err error) {
	p, err := v.book.plan(q.Kind)
	if err != nil {
		return nil, nil, err
	}
	limit := q.Limit
	q.Limit = limit + 1
	err = v.Each(q, func(r any) error { records = append(records, r); return nil })
	if err != nil || len(records) <= limit {
		return records, nil, err
	}
	s, err := v.resolve(p, q)
	if err != nil {
		return nil, nil, err
	}
	records = records[:limit]
	return records, v.keyOf(p, s, records[limit-1]), nil
}

// Count says how many records the query finds, its limit and page aside.
func (v *View) Count(q Query) (n int64, err error) {
	p, err := v.book.plan(q.Kind)
	if err != nil {
		return 0, err
	}
	if err := v.actor.Allow(access.Read, q.Kind, p.kind.Label()); err != nil {
		return 0, err
	}
	q.After = nil
	s, err := v.resolve(p, q)
	if err != nil {
		return 0, err
	}
	inner, args := s.union(v, p, "row_no")
	_, err = v.tx.QueryRow([]any{&n}, "SELECT count(*) FROM ("+inner+") q", args...)
	return n, err
}

// selection is a query whose names have been found and values parsed.
type selection struct {
	where     store.Where
	sort      string // column; empty: birth
	sortField int
	down      bool
	after     *Key
}

func (v *View) resolve(p *plan, q Query) (selection, error) {
	s := selection{down: q.Down, after: q.After, sortField: -1}
	if !q.Withdrawn {
		s.where.And("state <> 'withdrawn'")
	}
	v.scope.where(&s.where, "unit")
	var faults fault.List
	for _, f := range q.Filters {
		if err := faults.Add(v.filter(p, &s.where, f)); err != nil {
			return s, err
		}
	}
	if q.Sort != "" {
		i, err := v.visible(p, q.Sort)
		if err != nil {
			return s, err
		}
		s.sort, s.sortField = p.fields[i].Column, i
	}
	return s, faults.Err()
}

// visible finds a field of the kind that has a column and that the actor may see: a filter on a hidden field would tell
// its values.
func (v *View) visible(p *plan, code string) (int, error) {
	known := []string{"state", "due_on"}
	for i, f := range p.fields {
		if f.Type == field.TypeRows || !v.actor.Sees(f.Sensitivity) {
			continue
		}
		if f.Code == code {
			return i, nil
		}
		known = append(known, f.Code)
	}
	return -1, ErrNoField.With(p.kind.Label(), code, nearest(code, known))
}

func (v *View) filter(p *plan, w *store.Where, f Filter) error {
	column, ordered := f.Field, f.Field == "due_on"
	parse := func(s string) (any, error) { return s, nil }
	switch f.Field {
	case "state":
		parse = func(s string) (any, error) { return stateOf(p.kind, s), nil }
	case "due_on":
	default:
		i, err := v.visible(p, f.Field)
		if err != nil {
			return err
		}
		column, ordered = p.fields[i].Column, p.fields[i].Ordered() || p.fields[i].Type == field.TypeText
		parse = func(s string) (any, error) { return p.kind.Driver(i, s) }
	}
	switch f.Op {
	case field.OpStated:
		w.And(column + " IS NOT NULL")
		return nil
	case field.OpAbsent:
		w.And(column + " IS NULL")
		return nil
	case field.OpIn:
		var values []any
		for _, s := range strings.Split(f.Value, ",") {
			x, err := parse(strings.TrimSpace(s))
			if err != nil {
				return err
			}
			values = append(values, x)
		}
		w.In(column, values...)
		return nil
	case field.OpIs, field.OpNot:
	default:
		if !ordered {
			return ErrNoOrder.With(f.Field, string(f.Op))
		}
	}
	x, err := parse(f.Value)
	if err != nil {
		return fault.At(err, fault.Where{Field: f.Field})
	}
	w.And(column+" "+string(f.Op)+" ?", x)
	return nil
}

func stateOf(k record.Of, s string) string {
	for _, x := range k.States() {
		if s == x.Label.Zh || s == x.Label.En {
			return string(x.State)
		}
	}
	return s
}

// union is the query over current rows, and as of a position also over past ones: two index ranges.
func (s *selection) union(v *View, p *plan, columns string) (string, []any) {
	one := func(table, extra string, positions ...any) (string, []any) {
		w := store.Where{}
		w.And(strings.TrimPrefix(s.where.SQL(), " WHERE "), s.where.Args()...)
		if s.where.SQL() == "" {
			w = store.Where{}
		}
		if extra != "" {
			w.And(extra, positions...)
		}
		return "SELECT " + columns + " FROM " + table + w.SQL(), w.Args()
	}
	if v.AsOf == 0 {
		return one(p.kind.Code(), "")
	}
	now, args := one(p.kind.Code(), "began <= ?", int64(v.AsOf))
	past, more := one(p.kind.Code()+"_past", "began <= ? AND ended > ?", int64(v.AsOf), int64(v.AsOf))
	return now + " UNION ALL " + past, append(args, more...)
}

// page reads one page with its rows, seen by the actor.
func (v *View) page(p *plan, s selection, limit int) ([]any, error) {
	inner, args := s.union(v, p, strings.Join(p.columns, ", "))
	var w store.Where
	order := "row_no"
	down, than := "", ">"
	if s.down {
		down, than = " DESC", "<"
	}
	if s.sort != "" {
		order = s.sort + down + " NULLS LAST, row_no"
	}
	if a := s.after; a != nil {
		switch {
		case s.sort == "":
			w.And("row_no "+than+" ?", a.Row)
		case a.Sort == nil:
			w.And(s.sort+" IS NULL AND row_no "+than+" ?", a.Row)
		default:
			w.And("("+s.sort+" "+than+" ? OR "+s.sort+" IS NULL OR ("+s.sort+" = ? AND row_no "+than+" ?))", a.Sort, a.Sort, a.Row)
		}
	}
	rows, err := v.tx.Query("SELECT * FROM ("+inner+") q"+w.SQL()+" ORDER BY "+order+down+" LIMIT ?", append(append(args, w.Args()...), int64(limit))...)
	if err != nil {
		return nil, err
	}
	var out []any
	for rows.Next() {
		r, err := p.kind.Load(rows.Values())
		if err != nil {
			rows.Close()
			return nil, err
		}
		out = append(out, r)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	for _, r := range out {
		if err := v.loadRows(p, r); err != nil {
			return nil, err
		}
		if err := p.blind(r, v.actor); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// loadRows reads the rows of a record: from the past when the view's version has been superseded since.
func (v *View) loadRows(p *plan, r any) error {
	if len(p.lists) == 0 {
		return nil
	}
	if v.AsOf == 0 {
		return p.loadLists(v.tx, r, false)
	}
	var n int64
	h := p.kind.Head(r)
	current, err := v.tx.QueryRow([]any{&n}, "SELECT began FROM "+p.kind.Code()+" WHERE row_no = ?", h.Row)
	if err != nil {
		return err
	}
	return p.loadLists(v.tx, r, !current || n != h.Began)
}

func (v *View) keyOf(p *plan, s selection, r any) *Key {
	k := &Key{Row: p.kind.Head(r).Row}
	if s.sort != "" {
		values := p.kind.Values(r, nil)
		for i, c := range p.columns {
			if c == s.sort {
				k.Sort = values[i]
			}
		}
	}
	return k
}

// ByID finds the kind and record of an id whose kind is not known, by asking every kind.
func (v *View) ByID(id ident.ID) (record.Of, any, error) {
	for _, k := range v.book.order {
		r, err := v.Get(k.Code(), id)
		if err == nil {
			return k, r, nil
		}
		if kind, ok := fault.KindOf(err); !ok || kind != fault.NotFound {
			return nil, nil, err
		}
	}
	return nil, nil, ErrNoRecord.With(textOf("记录", "record"), id)
}
