package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/office/savedview"
	"anlan/office/webhook"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/asset"
)

// Bounds of a list.
const (
	listRows    = 50
	countedMost = 10_000 // beyond it a count says only that there are more
	columnsMost = 9      // that are shown when nobody has chosen
)

// listing is the state of a list: everything of it stands in the address.
type listing struct {
	Kind      string
	Where     []string // filters as the command line writes them: grade = major
	Columns   []string // codes, in order; empty: the usual ones
	Sort      string
	Down      bool
	Withdrawn bool
	After     string
	AsOf      string
	As        string // the shape in which it is shown; empty: a table
	By        string // the day by which a calendar has the records
	Month     string // of a calendar: 2023-05
	// Left are records with which a step was taken from this list: those that it would no longer show are shown once more, in grey. They
	// are no part of its address.
	Left []string
}

// readListing reads the state of a list from an address.
func readListing(kind string, q url.Values) listing {
	l := listing{Kind: kind, Sort: q.Get("sort"), Down: q.Get("down") == "1", Withdrawn: q.Get("withdrawn") == "1", After: q.Get("after"), AsOf: q.Get("as-of"),
		As: shapeNamed(q.Get("view")), By: q.Get("by"), Month: q.Get("month")}
	l.Left = q["left"][:min(len(q["left"]), listRows)]
	for _, w := range q["where"] {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(l.Where, w) {
			l.Where = append(l.Where, w)
		}
	}
	if c := q.Get("columns"); c != "" {
		l.Columns = strings.Split(c, ",")
	}
	return l
}

// address is where a list in this state stands.
func (l listing) address() string { return l.under("") }

func (l listing) under(path string) string {
	pairs := []string{}
	for _, w := range l.Where {
		pairs = append(pairs, "where", w)
	}
	pairs = append(pairs, "columns", strings.Join(l.Columns, ","), "sort", l.Sort, "down", flag(l.Down), "withdrawn", flag(l.Withdrawn), "after", l.After, "as-of", l.AsOf, "view", l.As, "by", l.By, "month", l.Month)
	return link("/records/"+l.Kind+path, pairs...)
}

// filtered is what the pages of its records carry along of a list that is filtered, so that there is a way back to it.
func (l listing) filtered() string {
	if len(l.Where) == 0 || l.AsOf != "" {
		return ""
	}
	_, q, _ := strings.Cut(l.address(), "?")
	return q
}

// listCarried is the list that a page of a record carries along: no other address than that of a list of the kind.
func listCarried(kind, query string) listing {
	q, err := url.ParseQuery(query)
	if err != nil {
		q = nil
	}
	return readListing(kind, q)
}

// back is where a list stands to which one comes back, with the records that it may no longer have.
func (l listing) back() string {
	to := l.address()
	for _, id := range l.Left {
		to = leftAlso(to, url.QueryEscape(id))
	}
	return to
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return ""
}

// query is the question that a list asks the book.
func (l listing) query(limit int) (q book.Query, err error) {
	q = book.Query{Kind: l.Kind, Sort: l.Sort, Down: l.Down, Limit: limit, Withdrawn: l.Withdrawn}
	var faults fault.List
	for _, w := range l.Where {
		f, err := book.ParseFilter(w)
		if err := faults.Add(err); err != nil {
			return q, err
		}
		q.Filters = append(q.Filters, f)
	}
	if l.After != "" {
		q.After, err = book.ParseKey(l.After)
		if err := faults.Add(err); err != nil {
			return q, err
		}
	}
	return q, faults.Err()
}

// table is a list as the page shows it.
type table struct {
	Kind     string
	Heads    []head
	Rows     []tableRow
	Chips    []chip
	Fields   []option // that may be filtered by
	Pick     []option // columns to choose from
	Listing  listing
	Count    string
	First    string // address of the first page; empty: this is it
	Next     string
	Empty    string
	MayAdd   bool
	Tabs     []viewTab
	MaySave  bool   // what is shown may be kept as a view
	Tick     bool   // rows can be ticked, to take one step with many
	All      string // how many match, where a step may be taken with all of them; else empty
	Masked   bool   // numbers of persons are masked
	Whole    string // where they are exported whole
	Template string
	Shapes   []anchorTab // ways to show the list
	Calendar calendar
	Lanes    []lane
	Map      plot
}

// head is the heading of a column.
type head struct {
	Text  string
	To    string // sorts by it
	Mark  string // how the list is sorted by it
	Right bool
}

type tableRow struct {
	ID    string
	Name  string
	To    string
	State string
	Kept  bool // the state says nothing: the kind has no steps
	Cells []cell
	Gone  bool // it no longer fits, and is shown this once because a step was taken with it from here
}

// chip is a filter that is on, with the address without it.
type chip struct{ Text, Without string }

// option is a choice of a form.
type option struct {
	Value, Text string
	On          bool
}

// list shows the records of a kind.
func (s *Server) list(v *visit) error {
	l := readListing(v.r.PathValue("kind"), v.r.URL.Query())
	k, err := s.app.Book.Kind(l.Kind)
	if err != nil {
		return err
	}
	at, err := s.app.PositionAt(v.r.Context(), l.AsOf)
	if err != nil {
		return err
	}
	q, err := l.query(listRows)
	if err != nil {
		return err
	}
	var t table
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), at, book.Reading{Way: "list", Filters: q.Filters}, func(view *book.View) (err error) {
		if t, err = v.table(view, k, l, q); err != nil {
			return err
		}
		shaped, err := v.shaped(view, k, l, q, &t)
		if err != nil {
			return err
		}
		t.Masked, t.Whole = view.Masked(), l.withoutShape().under("/export")
		t.Tick = v.mayTick(k, l) && !shaped
		return nil
	})
	if err != nil {
		return err
	}
	t.MaySave = v.actor().May(access.Create, savedview.Kind.Code())
	if t.Tabs, err = v.tabs(l); err != nil {
		return err
	}
	p := v.page(k.Label().In(v.lang))
	in := sectionOf(l.Kind)
	p.Wing, p.Crumbs = in.Code, []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}}
	p.Lead = t.Count
	if at > 0 {
		p.AsOf = v.t(lang.Zh("数据截至日志位置"+strconv.FormatInt(int64(at), 10)), lang.En("as of position "+strconv.FormatInt(int64(at), 10)))
	}
	v.watching(&p, l.Kind)
	p.Actions = []anchor{{Text: v.t("导出 Excel", "Export to Excel"), To: l.under("/export")}}
	if l.Kind == asset.Kind.Code() {
		p.Actions = append(p.Actions, anchor{Text: v.t("打印标签", "Print labels"), To: l.withoutShape().under("/labels")})
	}
	if l.Kind == webhook.Kind.Code() {
		p.Actions = append(p.Actions, anchor{Text: v.t("发送情况", "How they stand"), To: "/webhooks"})
	}
	if v.mayImport(k) {
		p.Actions = append(p.Actions, anchor{Text: v.t("导入", "Import"), To: "/import/" + l.Kind})
	}
	if t.MayAdd {
		p.Actions = append(p.Actions, anchor{Text: v.t("登记", "Add"), To: "/records/" + l.Kind + "/new", Primary: true, Key: "n"})
	}
	return v.show(p, recordTable(p, t))
}

// table reads a page of a list.
func (v *visit) table(view *book.View, k record.Of, l listing, q book.Query) (table, error) {
	t := table{Kind: l.Kind, Listing: l, MayAdd: v.actor().May(access.Create, l.Kind) && !app.MadeByProgram(l.Kind)}
	records, next, err := view.List(q)
	if err != nil {
		return t, err
	}
	if err := v.count(view, q, &t); err != nil {
		return t, err
	}
	columns := v.columns(view, k, l, &t)
	x := v.values(view)
	gone, err := leaving(view, k, l, q)
	if err != nil {
		return t, err
	}
	for i, r := range append(gone, records...) {
		h := k.Head(r)
		row := tableRow{ID: h.ID.String(), Name: titleOf(k, r), To: link("/records/"+l.Kind+"/"+h.ID.String(), "as-of", l.AsOf, "list", l.filtered()), State: record.StateLabel(k, h.State).In(v.lang), Kept: h.State == record.Kept, Gone: i < len(gone)}
		for _, f := range columns {
			c, err := x.cell(k.Fields()[f], k.Text(r, f))
			if err != nil {
				return t, err
			}
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	if l.After != "" {
		first := l
		first.After = ""
		t.First = first.address()
	}
	if next != nil {
		further := l
		further.After = next.String()
		t.Next = further.address()
	}
	for i, f := range q.Filters {
		without := l
		without.Where, without.After = slices.Delete(slices.Clone(l.Where), i, i+1), ""
		t.Chips = append(t.Chips, chip{v.filterWords(k, f), without.address()})
	}
	t.Empty = v.t("还没有记录。", "There is no record yet.")
	switch {
	case v.mayImport(k):
		t.Empty = v.t("还没有记录。可以点“登记”逐条填写，或点“导入”导入整张表。", "There is no record yet. Add one, or import a whole sheet.")
	case t.MayAdd:
		t.Empty = v.t("还没有记录。可以点“登记”逐条填写。", "There is no record yet. Add one.")
	}
	if len(t.Chips) > 0 {
		t.Empty = v.t("没有符合筛选条件的记录。", "No record fits the filter.")
	}
	return t, nil
}

// leaving are the records with which a step was taken from a list and that it no longer shows. Whether it does is asked by their natural key.
func leaving(view *book.View, k record.Of, l listing, q book.Query) (out []any, err error) {
	for _, id := range l.Left {
		_, r, err := find(view, k.Code(), id)
		if absent(err) || err == nil && len(k.KeyFields()) == 0 {
			continue
		}
		if err != nil {
			return nil, err
		}
		one := q
		one.Filters, one.After, one.Limit = slices.Clone(q.Filters), nil, 1
		for i, s := range k.KeyFields() {
			if value := k.KeyText(r)[i]; value != "" {
				one.Filters = append(one.Filters, book.Filter{Field: s.Code, Op: field.OpIs, Value: value})
			}
		}
		fits, _, err := view.List(one)
		if err != nil {
			return nil, err
		}
		if len(fits) == 0 {
			out = append(out, r)
		}
	}
	return out, nil
}

func (v *visit) count(view *book.View, q book.Query, t *table) error {
	n, err := view.CountUpTo(q, countedMost+1)
	if err != nil {
		return err
	}
	number := grouped(strconv.FormatInt(min(n, countedMost), 10))
	if n > 0 && n <= bulkMost && !q.Withdrawn {
		t.All = number
	}
	if n > countedMost {
		t.Count = v.t(lang.Zh("多于"+number+"条"), lang.En("more than "+number+" records"))
	} else {
		t.Count = v.t(lang.Zh("共"+number+"条"), lang.En(number+" records"))
	}
	return nil
}

// columns are the fields that a list shows: those chosen, else the natural key and what follows on the form. It fills in the
// headings and what can be chosen.
func (v *visit) columns(view *book.View, k record.Of, l listing, t *table) (out []int) {
	key := map[string]bool{}
	for _, s := range k.KeyFields() {
		key[s.Code] = true
	}
	var may []int
	for _, first := range []bool{true, false} {
		for f, s := range k.Fields() {
			if s.Type != field.TypeRows && !s.Retired && view.Sees(k, f) && key[s.Code] == first {
				may = append(may, f)
			}
		}
	}
	for _, f := range may {
		s := k.Fields()[f]
		usual := len(l.Columns) == 0 && len(out) < columnsMost && (key[s.Code] || s.Type != field.TypeAttachment && s.Code != "place")
		if usual || slices.Contains(l.Columns, s.Code) {
			out = append(out, f)
		}
		t.Pick = append(t.Pick, option{s.Code, s.Label.In(v.lang), slices.Contains(out, f)})
		t.Fields = append(t.Fields, option{Value: s.Code, Text: s.Label.In(v.lang)})
	}
	t.Fields = append(t.Fields, option{Value: "state", Text: v.t("状态", "state")}, option{Value: "due_on", Text: v.t("期限", "due on")})
	for _, f := range out {
		s := k.Fields()[f]
		sorted := l
		sorted.Sort, sorted.Down, sorted.After = s.Code, l.Sort == s.Code && !l.Down, ""
		h := head{Text: heading(s, v.lang), To: sorted.address(), Right: numeric(s)}
		if l.Sort == s.Code {
			h.Mark = "▲"
			if l.Down {
				h.Mark = "▼"
			}
		}
		t.Heads = append(t.Heads, h)
	}
	return out
}

func numeric(s *field.Spec) bool {
	switch s.Type {
	case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		return true
	}
	return false
}

// comparisons are the ways to compare, as a form offers them.
func comparisons(p page) []option {
	return []option{{Value: "=", Text: p.T("等于", "is")}, {Value: "has", Text: p.T("含", "has")}, {Value: "<>", Text: p.T("不等于", "is not")},
		{Value: ">=", Text: p.T("不小于（自）", "at least (from)")}, {Value: "<=", Text: p.T("不大于（至）", "at most (until)")},
		{Value: ">", Text: p.T("大于", "above")}, {Value: "<", Text: p.T("小于", "below")}, {Value: "in", Text: p.T("属于（逗号分隔）", "one of (by commas)")},
		{Value: "stated", Text: p.T("已填", "stated")}, {Value: "absent", Text: p.T("未填", "absent")}}
}

// filterWords is a filter as a person reads it: 隐患级别 等于 重大.
func (v *visit) filterWords(k record.Of, f book.Filter) string {
	name, value := f.Field, f.Value
	switch f.Field {
	case "state":
		name, value = v.t("状态", "state"), record.StateLabel(k, record.State(f.Value)).In(v.lang)
	case "due_on":
		name = v.t("期限", "due on")
	case "began":
		name = v.t("本版的日志位置", "position of the version")
	}
	for _, s := range k.Fields() {
		if s.Code == f.Field {
			name, value = s.Label.In(v.lang), s.Spoken(f.Value, v.lang)
		}
	}
	op := string(f.Op)
	for _, c := range comparisons(page{Lang: v.lang}) {
		if c.Value == op {
			op, _, _ = strings.Cut(c.Text, "（")
			op, _, _ = strings.Cut(op, " (")
		}
	}
	return strings.TrimSpace(name + " " + op + " " + value)
}

// addFilter goes to the list with one filter more, or with other columns: what the form above it sends.
func (s *Server) addFilter(v *visit) error {
	k, err := s.app.Book.Kind(v.r.PathValue("kind"))
	if err != nil {
		return err
	}
	in := v.r.URL.Query()
	l := readListing(k.Code(), in)
	l.After = ""
	if f := in.Get("field"); f != "" {
		w := strings.TrimSpace(f + " " + in.Get("op") + " " + strings.TrimSpace(in.Get("value")))
		if _, err := book.ParseFilter(w); err != nil {
			return err
		}
		if !slices.Contains(l.Where, w) {
			l.Where = append(l.Where, w)
		}
	}
	if picked := in["column"]; len(picked) > 0 {
		l.Columns = picked
	}
	return v.redirect(l.address())
}

// withWithdrawn is the address of a list with records that were withdrawn, or without them.
func withWithdrawn(l listing, yes bool) string {
	l.Withdrawn, l.After = yes, ""
	return l.address()
}

// plainList is the list without filters, columns and order of one's own.
func plainList(l listing) listing { return listing{Kind: l.Kind} }

// plain says whether a list shows what it shows at first.
func (l listing) plain() bool {
	l.After = ""
	return l.withoutShape().address() == plainList(l).address()
}

func dashed(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
