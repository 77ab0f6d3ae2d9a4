package cli

import (
	"context"
	"strings"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store/journal"
)

// listCellsMax is how wide a value may be in a list for people; show and --format json give it whole.
const listCellsMax = 36

var listVerb = verb{
	name: "list", args: "KIND [--where 'FIELD OP VALUE']… [--sort FIELD] [--down] [--limit N] [--withdrawn] [--as-of N] [--format json]",
	about:   lang.Of("列出记录", "list records"),
	example: "anlan list hazard --where 'found_on >= 2023-01-01' --where 'grade = major' --limit 20",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		var q book.Query
		asOf := e.asOf()
		e.where(&q)
		e.Declare("sort", "FIELD", lang.Of("按哪一项排序；默认按登记先后", "the field to sort by; by default in order of entry"), func(s string) error { q.Sort = s; return nil })
		down := e.Toggle("down", lang.Of("降序", "descending"))
		limit := e.Count("limit", "N", 100, lang.Of("最多列出多少条，默认100，0为全部", "how many at most; 100 by default, 0 for all"))
		withdrawn := e.Toggle("withdrawn", lang.Of("包括作废的", "withdrawn records too"))
		args, err := e.Parse("KIND")
		if err != nil {
			return notDone, err
		}
		q.Kind, q.Down, q.Limit, q.Withdrawn = args[0], *down, *limit, *withdrawn
		return e.viewRecorded(ctx, asOf, book.Reading{Way: "list", Filters: q.Filters}, func(a *app.App, v *book.View) error {
			k, err := a.Book.Kind(q.Kind)
			if err != nil {
				return err
			}
			t, shown := e.recordTable(k, v), 0
			err = v.Each(q, func(r any) error {
				shown++
				if e.format == "json" {
					return writeLine(e.out, plainRecord(k, r, v))
				}
				t.record(r)
				return nil
			})
			if err != nil {
				return err
			}
			t.flush()
			n, err := v.Count(q)
			e.say(lang.Of("共%d条，列出%d条，数据截至日志位置%d", "%d records, %d shown, as of position %d"), n, shown, v.At())
			return err
		})
	},
}

// recordTable lists records of a kind, one a line under their headings: natural key first, then the other values that fit
// on a line.
type recordTable struct {
	table
	e      *env
	kind   record.Of
	fields []int
	begun  bool
	before []string // headings of the columns that stand in front
}

func (e *env) recordTable(k record.Of, v *book.View, before ...string) *recordTable {
	t := &recordTable{table: table{out: e.out, cellsMax: listCellsMax}, e: e, kind: k, before: before}
	isKey := map[string]bool{}
	for _, f := range k.KeyFields() {
		isKey[f.Code] = true
	}
	for _, key := range []bool{true, false} {
		for i, f := range k.Fields() {
			if f.Type != field.TypeRows && isKey[f.Code] == key && v.Sees(k, i) {
				t.fields = append(t.fields, i)
			}
		}
	}
	return t
}

func (t *recordTable) record(r any, before ...string) {
	if !t.begun {
		t.begun = true
		heading := append(append([]string(nil), t.before...), "ID", lang.Of("状态", "state").In(t.e.lang))
		for _, f := range t.fields {
			heading = append(heading, t.kind.Fields()[f].Label.In(t.e.lang))
		}
		t.row(heading...)
	}
	h := t.kind.Head(r)
	cells := append(append([]string(nil), before...), h.ID.String(), record.StateLabel(t.kind, h.State).In(t.e.lang))
	for _, f := range t.fields {
		cells = append(cells, t.kind.Fields()[f].Spoken(t.kind.Text(r, f), t.e.lang))
	}
	t.row(cells...)
}

// plainRecord is a record for programs; absent fields are left out.
func plainRecord(k record.Of, r any, v *book.View) map[string]any {
	h := k.Head(r)
	out := map[string]any{"kind": k.Code(), "id": h.ID, "version": h.Version, "state": h.State, "position": h.Began}
	if !h.DueOn.IsZero() {
		out["due_on"] = h.DueOn
	}
	for f, s := range k.Fields() {
		if !v.Sees(k, f) {
			continue
		}
		l := k.List(f)
		if l == nil {
			if t := k.Text(r, f); t != "" {
				out[s.Code] = t
			}
			continue
		}
		rows := make([]map[string]string, l.Len(r))
		for i := range rows {
			rows[i] = map[string]string{}
			for j, x := range l.Specs() {
				if t := l.Text(r, i, j); t != "" {
					rows[i][x.Code] = t
				}
			}
		}
		if len(rows) > 0 {
			out[s.Code] = rows
		}
	}
	if len(h.Ext) > 0 {
		out["ext"] = h.Ext
	}
	return out
}

// view opens the book and a view of it.
func (e *env) view(ctx context.Context, asOf *string, see func(a *app.App, v *book.View) error) (int, error) {
	return e.viewBy(ctx, asOf, func(a *app.App, at journal.Position, see func(*book.View) error) error {
		return a.Book.Read(ctx, e.actor(), at, see)
	}, see)
}

// viewRecorded is view for records that people get to see: the journal says who saw those of persons.
func (e *env) viewRecorded(ctx context.Context, asOf *string, r book.Reading, see func(a *app.App, v *book.View) error) (int, error) {
	return e.viewBy(ctx, asOf, func(a *app.App, at journal.Position, see func(*book.View) error) error {
		return a.Book.ReadRecorded(ctx, e.actor(), at, r, see)
	}, see)
}

func (e *env) viewBy(ctx context.Context, asOf *string, read func(*app.App, journal.Position, func(*book.View) error) error, see func(a *app.App, v *book.View) error) (int, error) {
	a, err := e.open(ctx)
	if err != nil {
		return notDone, err
	}
	defer a.Close()
	at, err := a.PositionOf(ctx, *asOf)
	if err != nil {
		return notDone, err
	}
	if *asOf != "" {
		e.say(lang.Of("数据截至日志位置%d", "as of position %d"), at)
	}
	if err := read(a, at, func(v *book.View) error { return see(a, v) }); err != nil {
		return notDone, err
	}
	return inOrder, nil
}

// asOf declares --as-of.
func (e *env) asOf() *string {
	return e.Text("as-of", "N|FILE|TIME", lang.Of("数据截至：日志位置、封存点文件或时间（如2024-03-31T18:00:00+08:00）；默认为现在",
		"as of a position, a checkpoint file, or an instant (as 2024-03-31T18:00:00+08:00); now by default"))
}

// where declares --where, which may be given several times.
func (e *env) where(q *book.Query) {
	e.Declare("where", "'FIELD OP VALUE'", lang.Of("筛选，可用 = <> < <= > >= has stated absent in；可多次给出，须同时满足", "a filter with = <> < <= > >= has stated absent in; several must all hold"),
		func(s string) error {
			f, err := book.ParseFilter(s)
			q.Filters = append(q.Filters, f)
			return err
		})
}

// unmask declares --unmask and --reason: the numbers of persons are shown whole only to whoever says why. why is asked for once the options
// are read.
func (e *env) unmask() (why func() (string, error)) {
	whole := e.Toggle("unmask", lang.Of("显示完整的电话和证件号码，须写理由（--reason）；默认遮掩中间几位", "show telephone and identity numbers of persons whole, for a reason (--reason); by default their middle is masked"))
	reason := e.Text("reason", "TEXT", lang.Of("看完整号码的理由，记入日志", "why numbers are shown whole, for the journal"))
	return func() (string, error) {
		switch {
		case !*whole:
			return "", nil
		case strings.TrimSpace(*reason) == "":
			return "", e.Missing("reason")
		}
		return *reason, nil
	}
}
