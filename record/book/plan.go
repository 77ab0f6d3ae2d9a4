package book

import (
	"maps"
	"slices"
	"strings"

	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// plan is what the engine works out of a kind once: the texts of its statements and the order of its canonical JSON.
type plan struct {
	kind     record.Of
	fields   []*field.Spec
	measures []*measure.Spec
	columns  []string
	members  []member // of the content of an entry, in order
	lists    []listPlan
	key      []int // columns of the natural key
	refs     []int // fields that refer to other records
	files    []int // attachments
	named    []int // fields that name a kind
	fourEyes bool  // a step asks for other eyes

	all           string // the columns, joined
	selectCurrent string // by id
	insertPast    string // copies the current row, by id
	update        string
}

// member is a member of the content: a field, or the extra fields together.
type member struct {
	code  string
	field int // index among the fields; -1: the extra fields
	list  int // index among the lists; -1: no list
}

const (
	extCode = "ext"
	noField = -1
	noList  = -1
)

// listPlan is the same for a list of rows.
type listPlan struct {
	table   record.ListTable
	list    record.ListOf
	specs   []*field.Spec
	sorted  []int // fields in order of their code
	columns []string

	copyPast string
	remove   string
}

func newPlan(k record.Of) *plan {
	p := &plan{kind: k, fields: k.Fields(), measures: k.MeasureSpecs(), columns: k.Columns(), members: []member{{extCode, noField, noList}}}
	for i, f := range p.fields {
		m := member{f.Code, i, noList}
		if f.OfKind {
			p.named = append(p.named, i)
		}
		switch f.Type {
		case field.TypeRows:
			m.list = slices.IndexFunc(k.Tables(), func(t record.ListTable) bool { return t.Field == i })
		case field.TypeRef:
			p.refs = append(p.refs, i)
		case field.TypeAttachment:
			p.files = append(p.files, i)
		}
		p.members = append(p.members, m)
	}
	p.fourEyes = slices.ContainsFunc(k.Steps(), func(s record.Step) bool { return s.FourEyes })
	slices.SortFunc(p.members, func(a, b member) int { return strings.Compare(a.code, b.code) })
	for _, f := range k.KeyFields() {
		p.key = append(p.key, slices.Index(p.columns, f.Column))
	}
	t, set := k.Code(), make([]string, 0, len(p.columns))
	p.all = strings.Join(p.columns, ", ")
	p.selectCurrent = "SELECT " + p.all + " FROM " + t + " WHERE id = ?"
	p.insertPast = "INSERT INTO " + t + "_past (" + p.all + ", ended) SELECT " + p.all + ", ? FROM " + t + " WHERE id = ?"
	for _, c := range p.columns[2:] { // row_no and id stay
		set = append(set, c+" = ?")
	}
	p.update = "UPDATE " + t + " SET " + strings.Join(set, ", ") + " WHERE id = ?"
	for _, x := range k.Tables() {
		p.lists = append(p.lists, newListPlan(k, x))
	}
	return p
}

func newListPlan(k record.Of, x record.ListTable) listPlan {
	l := listPlan{table: x, list: k.List(x.Field), columns: append([]string{x.Parent, "line_no"}, x.Columns...)}
	l.specs = l.list.Specs()
	for j := range l.specs {
		l.sorted = append(l.sorted, j)
	}
	slices.SortFunc(l.sorted, func(a, b int) int { return strings.Compare(l.specs[a].Code, l.specs[b].Code) })
	columns := strings.Join(x.Columns, ", ")
	l.copyPast = "INSERT INTO " + x.Name + "_past (" + x.Parent + ", began, line_no, " + columns + ") SELECT " + x.Parent + ", ?, line_no, " + columns +
		" FROM " + x.Name + " WHERE " + x.Parent + " = ?"
	l.remove = "DELETE FROM " + x.Name + " WHERE " + x.Parent + " = ?"
	return l
}

// index finds a field by its code; noField when there is none.
func (p *plan) index(code string) int {
	return slices.IndexFunc(p.fields, func(f *field.Spec) bool { return f.Code == code })
}

// hidden lists the fields that an actor may not see, and the fields of rows inside lists that it may see.
func (p *plan) hidden(a access.Actor) (fields []int, rows map[int][]int) {
	for i, f := range p.fields {
		if !a.Sees(f.Sensitivity) {
			fields = append(fields, i)
			continue
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

// blind makes absent what an actor may not see.
func (p *plan) blind(r any, a access.Actor, extras record.Extras) error {
	if a.Sees(access.Restricted) {
		return nil
	}
	fields, rows := p.hidden(a)
	if len(fields) > 0 {
		none := p.kind.New()
		for _, f := range fields {
			p.kind.Copy(r, none, f)
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
	h := p.kind.Head(r)
	if len(h.Ext) == 0 {
		return nil
	}
	seen := h.Ext.Clone()
	for c := range h.Ext {
		if extras.Hidden(c, a) {
			delete(seen, c)
		}
	}
	h.Ext = seen
	return nil
}

// sameContent says whether two versions have the same content.
func (p *plan) sameContent(a, b any) bool {
	if !maps.Equal(p.kind.Head(a).Ext, p.kind.Head(b).Ext) {
		return false
	}
	for f := range p.fields {
		if !p.sameField(a, b, f) {
			return false
		}
	}
	return true
}

func (p *plan) sameField(a, b any, f int) bool {
	l := p.kind.List(f)
	if l == nil {
		return p.kind.Text(a, f) == p.kind.Text(b, f)
	}
	if l.Len(a) != l.Len(b) {
		return false
	}
	for i := range l.Len(a) {
		for j := range p.fields[f].Rows {
			if l.Text(a, i, j) != l.Text(b, i, j) {
				return false
			}
		}
	}
	return true
}
