package exchange

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/width"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/sheet"
)

// row turns one row into a change, or into faults. What the file has no column for is taken from the record that the book
// has under the same key before anything is checked, so that a file of some columns changes those and no others.
func (r *run) row(row sheet.Row) error {
	rec := r.kind.New()
	before := len(r.faults)
	clear(r.unread)
	state, err := r.parse(rec, row)
	if err != nil {
		return err
	}
	old, err := r.known(rec, row.Number)
	if err != nil {
		return err
	}
	h := r.kind.Head(rec)
	h.State = cmp.Or(state, r.kind.Start())
	switch {
	case old != nil:
		h.State = r.kind.Head(old).State
		r.keep(rec, old, row)
		r.keepExtras(rec, old, row)
	case h.Unit == "" && !r.unread[unitField]:
		h.Unit = r.home
	}
	r.unstated(rec, old, row)
	r.compute(rec, old, row)
	for _, f := range r.kind.CheckRead(rec, r.today, r.unread) {
		r.fault(f, row.Number, r.column(f.Where.Field))
	}
	r.checkExtras(rec, old, row.Number)
	if h.Unit != "" && !r.units.Has(h.Unit) {
		r.fault(book.ErrNoSuchUnit.With(string(h.Unit)), row.Number, r.unitColumn(rec, row))
	}
	if h.Place != "" && !r.places.Has(h.Place) {
		r.fault(book.ErrNoSuchPlace.With(string(h.Place)), row.Number, r.column("place"))
	}
	if len(r.faults) > before {
		return r.beside(rec, row.Number, r.faults[before:])
	}
	r.convert(rec, row)
	return r.compare(rec, old, state, row.Number)
}

// beside adds what the judge of the kind says of a row with faults, but of fields that have one already or could not be read. Where a day or
// period could not be read it is not asked: what a record is beside others depends on them.
func (r *run) beside(rec any, row int, found fault.List) error {
	if !r.book.JudgedAlone(r.kind.Code()) {
		return nil
	}
	for i, unread := range r.unread {
		if unread && (r.specs[i].Type == field.TypeDay || r.specs[i].Type == field.TypePeriod) {
			return nil
		}
	}
	var said fault.List
	if internal := said.Add(r.view.Judge(r.kind.Code(), rec)); internal != nil {
		return internal
	}
	for _, f := range said {
		i := slices.IndexFunc(r.specs, func(s *field.Spec) bool { return s.Code == f.Where.Field })
		placed := r.placed(f, row, r.column(f.Where.Field))
		if i >= 0 && r.unread[i] || placed.Where.Column != "" && slices.ContainsFunc(found, func(o *fault.Fault) bool { return o.Where.Column == placed.Where.Column }) {
			continue
		}
		r.fault(f, row, r.column(f.Where.Field))
	}
	return nil
}

// unitColumn is the column from which the record has its unit: one from which the unit follows (填报单位), else its own.
func (r *run) unitColumn(rec any, row sheet.Row) int {
	unit := r.kind.Text(rec, unitField)
	for i, f := range r.fields {
		if f != unitField && r.specs[f].Type == field.TypeUnit && row.Cells[i].Text != "" && r.kind.Text(rec, f) == unit {
			return i
		}
	}
	return r.column("unit")
}

// unitField is the index of the field unit, which stands first in every kind.
const unitField = 0

// parse sets the fields of rec from the cells, and gives the state that the row names.
func (r *run) parse(rec any, row sheet.Row) (record.State, error) {
	state := record.State("")
	for i, c := range row.Cells { // in the order of the expected headings
		if c.Kind == sheet.Empty || c.Kind == sheet.Absent {
			continue
		}
		err := c.Err()
		if err == nil {
			switch {
			case i < len(r.fields):
				err = r.cell(rec, i, c)
			case i == len(r.fields):
				state, err = r.state(c.Text)
			default:
				err = r.extra(rec, i-len(r.fields)-1, c.Text)
			}
		}
		if err == nil {
			continue
		}
		var l fault.List
		if internal := l.Add(err); internal != nil {
			return "", internal
		}
		for _, f := range l {
			if i < len(r.fields) {
				r.unread[r.fields[i]] = true
			}
			r.fault(f, row.Number, i)
		}
	}
	return state, nil
}

func (r *run) state(text string) (record.State, error) {
	text = width.Trim(text)
	var zh, en []string
	for _, s := range r.kind.States() {
		if text == s.Label.Zh || strings.EqualFold(text, s.Label.En) || text == string(s.State) {
			return s.State, nil
		}
		zh, en = append(zh, s.Label.Zh), append(en, s.Label.En)
	}
	return "", book.ErrBadState.With(r.kind.Label(), text, lang.Text{Zh: strings.Join(zh, "、"), En: strings.Join(en, ", ")})
}

// cell sets the field of column i.
func (r *run) cell(rec any, i int, c sheet.Cell) (err error) {
	f := r.fields[i]
	s := r.specs[f]
	text := width.Trim(c.Text)
	switch s.Type {
	case field.TypeRows:
		return parseRows(r.kind, f, rec, c.Text)
	case field.TypeDay:
		if d, ok := r.file.Day(c); ok {
			text = d.String()
		}
	case field.TypeMoney:
		text = inUnit(text, r.moneyUnit(i))
	case field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		text, err = r.measured(text, i)
	case field.TypeRef:
		text, err = r.refer(s.RefKind, text)
	case field.TypeAttachment:
		text, err = r.attach(text)
	}
	if err != nil {
		return err
	}
	return r.kind.Parse(rec, f, text)
}

// refer finds the record that a cell names: by its id, or by the natural key of its kind.
func (r *run) refer(kind, text string) (string, error) {
	k, err := r.book.Kind(kind)
	if err != nil {
		return "", err
	}
	if id, ok := r.referred[kind+"\x00"+text]; ok {
		return id, nil
	}
	found, err := Refer(r.view, k, text)
	if err != nil {
		return "", err
	}
	id := found.String()
	if len(r.referred) < referredMax {
		r.referred[kind+"\x00"+text] = id
	}
	return id, nil
}

// referredMax bounds the references that are remembered while a file is read.
const referredMax = 10_000

// known gives the record that the book has under the natural key of rec; nil when it has none, or the key is not whole.
// A key that stood in an earlier row is a fault.
func (r *run) known(rec any, row int) (any, error) {
	values := r.kind.KeyText(rec)
	for _, f := range r.key {
		if r.unread[f] || r.kind.Text(rec, f) == "" {
			return nil, nil
		}
	}
	key := joinKey(values)
	if first, twice := r.seen[key]; twice {
		r.fault(ErrKeyTwice.With(key, first), row, r.column(r.specs[r.key[0]].Code))
		return nil, nil
	}
	r.seen[key] = row
	if r.stored == 0 {
		return nil, nil // a first import finds nothing, and need not look
	}
	old, err := r.view.Find(r.kind.Code(), values...)
	if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
		return nil, nil
	}
	return old, err
}

// keep takes over what the row does not speak of, and the unit where its cell is empty.
func (r *run) keep(rec, old any, row sheet.Row) {
	given := make([]bool, len(r.specs))
	for i, f := range r.fields {
		given[f] = row.Cells[i].Kind != sheet.Absent
	}
	for f := range r.specs {
		if !given[f] {
			r.kind.Copy(rec, old, f)
		}
	}
	if h := r.kind.Head(rec); h.Unit == "" {
		h.Unit = r.kind.Head(old).Unit
	}
}

// unstated finds empty cells of fields that are always stated, which the zero of their type would pass for: 0 元 and an empty
// cell differ. Yes or no is the exception, whose plain form means that an empty cell is a no.
func (r *run) unstated(rec, old any, row sheet.Row) {
	for i, f := range r.fields {
		c, s := row.Cells[i], r.specs[f]
		missing := c.Kind == sheet.Empty || c.Kind == sheet.Absent && old == nil
		switch s.Type {
		case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
			if missing && demanded(s) && r.kind.Text(rec, f) != "" {
				r.unread[f] = true
				r.fault(field.ErrMissing.With(s.Label), row.Number, i)
			}
		}
	}
}

// ErrComputed says that a cell states otherwise what the record computes.
var ErrComputed = fault.Define("exchange.computed_otherwise", fault.Invalid,
	"“%s”由系统计算，应为“%s”，表中填的是“%s”：请核对有关各栏，或者把这一格留空", "%q is computed and comes to %q; the sheet says %q: see to the columns that it is computed from, or leave it empty")

// compute computes the derived fields, when all fields could be read, and faults cells that state them otherwise. What an export
// wrote there, and what the row changes has made old, is passed over: nobody has to empty it.
func (r *run) compute(rec, old any, row sheet.Row) {
	if slices.Contains(r.unread, true) {
		return
	}
	for _, x := range r.kind.Compute(rec) {
		i := slices.Index(r.fields, x.Field)
		if i < 0 || row.Cells[i].Kind == sheet.Empty || row.Cells[i].Kind == sheet.Absent {
			continue
		}
		s, where := r.specs[x.Field], fault.Where{}
		stood := ""
		switch list := r.kind.List(x.Field); {
		case list == nil:
			where.Field = s.Code
			if old != nil {
				stood = r.kind.Text(old, x.Field)
			}
		default:
			if old != nil && x.Line <= list.Len(old) {
				stood = list.Text(old, x.Line-1, x.Column)
			}
			s = list.Specs()[x.Column]
			if s.Type == field.TypeYesNo && x.Given == "false" {
				continue // in a list an empty value is a no
			}
			where = fault.Where{Field: r.specs[x.Field].Code + "." + s.Code, Row: x.Line}
		}
		if x.Given == stood {
			continue
		}
		f := ErrComputed.With(s.Label, orNothing(saidBoth(s, x.Result)), saidBoth(s, x.Given))
		f.Where = where
		r.fault(f, row.Number, i)
	}
}

// saidBoth is a value as people write it in either language.
func saidBoth(s *field.Spec, text string) lang.Text {
	return lang.Text{Zh: say(s, text, lang.Chinese), En: say(s, text, lang.English)}
}

func orNothing(t lang.Text) lang.Text {
	if t.Zh == "" {
		return lang.Of("空", "nothing")
	}
	return t
}

// compare decides what a row does to the record that it is about; old is nil for a new one.
func (r *run) compare(rec, old any, state record.State, row int) error {
	var masked fault.List
	if err := masked.Add(record.Unmask(r.kind, old, rec, r.extras)); err != nil {
		return err
	}
	for _, f := range masked {
		r.fault(f, row, r.column(f.Where.Field))
	}
	if len(masked) > 0 {
		return nil
	}
	if old == nil {
		if back, err := r.comesBack(rec, row); back || err != nil {
			return err
		}
		c := book.Change{Kind: r.kind.Code(), Action: access.Create, Record: rec, Reason: r.request.Reason}
		if state != "" && state != r.kind.Start() {
			c.Action, c.State = access.Register, state
		}
		r.outcome.New++
		r.change(c, row)
		return nil
	}
	h := r.kind.Head(old)
	key := joinKey(r.kind.KeyText(old))
	if state != "" && state != h.State {
		r.fault(ErrStateDiffers.With(key, record.StateLabel(r.kind, h.State), record.StateLabel(r.kind, state)), row, len(r.fields))
		return nil
	}
	edits := r.edits(old, rec)
	if len(edits) == 0 {
		r.outcome.Same++
		return nil
	}
	refused := r.kind.CheckChange(old, rec, access.Edit)
	for _, f := range refused {
		r.fault(f, row, r.column(f.Where.Field))
	}
	if len(refused) > 0 {
		return nil
	}
	if back, err := r.takesBack(rec, old, edits, row); back || err != nil {
		return err
	}
	r.outcome.Changed++
	if len(r.outcome.Diffs) < diffsMax {
		r.outcome.Diffs = append(r.outcome.Diffs, Diff{row, key, edits})
	}
	r.change(book.Change{Kind: r.kind.Code(), ID: h.ID, Expect: h.Version, Action: access.Edit, Record: rec, Reason: r.request.Reason}, row)
	return nil
}

func (r *run) edits(old, rec any) []Edit {
	return append(editsOf(r.kind, old, rec), r.extraEdits(old, rec)...)
}

// editsOf are the fields of the kind that differ between two versions.
func editsOf(k record.Of, old, rec any) (out []Edit) {
	for f, s := range k.Fields() {
		var a, b string
		if l := k.List(f); l != nil {
			a, b = rowsText(l, old, lang.Chinese), rowsText(l, rec, lang.Chinese)
		} else {
			a, b = k.Text(old, f), k.Text(rec, f)
		}
		if a != b {
			out = append(out, Edit{s.Label, say(s, a, lang.Chinese), say(s, b, lang.Chinese), closedTo(s)})
		}
	}
	return out
}

// closedTo says whether a field, or one of its rows, is above internal.
func closedTo(s *field.Spec) bool {
	return s.Sensitivity > access.Internal || slices.ContainsFunc(s.Rows, closedTo)
}

// fault keeps a fault with its place: file, sheet, row, heading, cell. column is an index of the expected headings, -1
// where the file has no column for what is wrong; then the field is named.
func (r *run) fault(f *fault.Fault, row, column int) {
	placed := r.placed(f, row, column)
	r.faults = append(r.faults, placed)
	if !r.request.Show {
		return
	}
	if r.wrong[row] == nil {
		r.wrong[row] = map[int]fault.List{}
	}
	r.wrong[row][column] = append(r.wrong[row][column], placed)
}

// placed is a fault with its place.
func (r *run) placed(f *fault.Fault, row, column int) *fault.Fault {
	c := *f
	c.Where = r.table.Where(row, column)
	c.Where.Line, c.Where.Col = f.Where.Line, f.Where.Col // of a text inside the cell

	if path, line := inList(f.Where); line > 0 { // of a list inside the cell
		c.Where.Field, c.Where.Line = path, line
	} else if column < 0 {
		c.Where.Field = f.Where.Field
	}
	return &c
}

// inList gives field and line of a fault in a list: a cell that could not be read says the line as its row, a check says it
// in the path (casualty.2.fate). The line is 0 for any other fault.
func inList(w fault.Where) (path string, line int) {
	if w.Row > 0 {
		return w.Field, w.Row
	}
	parts := strings.Split(w.Field, ".")
	if len(parts) != 3 {
		return "", 0
	}
	line, _ = strconv.Atoi(parts[1])
	return parts[0] + "." + parts[2], line
}

// column is the index among the expected headings of the column that a field stands in; -1 for a field without one.
func (r *run) column(code string) int {
	code, _, _ = strings.Cut(code, ".")
	for i, f := range r.fields {
		if r.specs[f].Code == code {
			return i
		}
	}
	return -1
}
