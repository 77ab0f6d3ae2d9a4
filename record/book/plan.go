package book

import (
	"sort"
	"strings"

	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// plan is what the engine works out of a kind once: the texts of its statements and the order of its canonical JSON.
type plan struct {
	kind    record.Of
	fields  []*field.Spec
	columns []string
	sorted  []int // fields in order of their code, as canonical JSON wants them
	lists   []listPlan
	byField map[int]int // field index → lists index
	// secretive kinds have fields above internal.
	secretive bool

	selectCurrent string // by id
	selectPast    string
	insertPast    string // copies the current row, by id
	update        string
}

type listPlan struct {
	table   record.ListTable
	list    record.ListOf
	specs   []*field.Spec
	sorted  []int
	columns []string // parent, line_no, fields

	selectCurrent string // by parent id, in order
	selectPast    string // by parent id and began
	copyPast      string
	remove        string
}

func newPlan(k record.Of) *plan {
	p := &plan{kind: k, fields: k.Fields(), columns: k.Columns(), byField: map[int]int{}, secretive: hasSecrets(k.Fields())}
	for i := range p.fields {
		p.sorted = append(p.sorted, i)
	}
	sort.Slice(p.sorted, func(a, b int) bool { return p.fields[p.sorted[a]].Code < p.fields[p.sorted[b]].Code })
	t, all := k.Code(), strings.Join(p.columns, ", ")
	p.selectCurrent = "SELECT " + all + " FROM " + t + " WHERE id = ?"
	p.selectPast = "SELECT " + all + ", ended FROM " + t + "_past"
	p.insertPast = "INSERT INTO " + t + "_past (" + all + ", ended) SELECT " + all + ", ? FROM " + t + " WHERE id = ?"
	var set []string
	for _, c := range p.columns[2:] { // row_no and id stay
		set = append(set, c+" = ?")
	}
	p.update = "UPDATE " + t + " SET " + strings.Join(set, ", ") + " WHERE id = ?"
	for i, x := range k.Tables() {
		p.byField[x.Field] = i
		l := listPlan{table: x, list: k.List(x.Field), columns: append([]string{x.Parent, "line_no"}, x.Columns...)}
		l.specs = l.list.Specs()
		for j := range l.specs {
			l.sorted = append(l.sorted, j)
		}
		sort.Slice(l.sorted, func(a, b int) bool { return l.specs[l.sorted[a]].Code < l.specs[l.sorted[b]].Code })
		cols := strings.Join(x.Columns, ", ")
		l.selectCurrent = "SELECT " + cols + " FROM " + x.Name + " WHERE " + x.Parent + " = ? ORDER BY line_no"
		l.selectPast = "SELECT " + cols + " FROM " + x.Name + "_past WHERE " + x.Parent + " = ? AND began = ? ORDER BY line_no"
		l.copyPast = "INSERT INTO " + x.Name + "_past (" + x.Parent + ", began, line_no, " + cols + ") SELECT " + x.Parent + ", ?, line_no, " + cols +
			" FROM " + x.Name + " WHERE " + x.Parent + " = ?"
		l.remove = "DELETE FROM " + x.Name + " WHERE " + x.Parent + " = ?"
		p.lists = append(p.lists, l)
	}
	return p
}

// hidden lists the fields that an actor may not see.
func (p *plan) hidden(a access.Actor) (fields []int, rows map[int][]int) {
	for i, f := range p.fields {
		if !a.Sees(f.Sensitivity) {
			fields = append(fields, i)
		}
		for j, s := range f.Rows {
			if !a.Sees(s.Sensitivity) {
				if rows == nil {
					rows = map[int][]int{}
				}
				rows[i] = append(rows[i], j)
			}
		}
	}
	return fields, rows
}

// blind makes the fields absent that an actor may not see.
func (p *plan) blind(r any, a access.Actor) error {
	fields, rows := p.hidden(a)
	for _, f := range fields {
		if p.fields[f].Type == field.TypeRows {
			p.kind.List(f).Reset(r)
			continue
		}
		if err := p.kind.Parse(r, f, ""); err != nil {
			return err
		}
	}
	for f, hidden := range rows {
		l := p.kind.List(f)
		for i := range l.Len(r) {
			for _, j := range hidden {
				if err := l.Parse(r, i, j, ""); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func joined(columns []string) string { return strings.Join(columns, ", ") }

func unitOf(s string) place.Unit { return place.Unit(s) }

func nearest(s string, known []string) string { return field.Nearest(s, known) }
