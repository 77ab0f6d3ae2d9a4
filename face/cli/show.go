package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
)

var listVerb = verb{
	name: "list", args: "KIND [--where 'FIELD OP VALUE']… [--sort FIELD] [--limit N] [--as-of N]",
	about:   lang.Of("列出记录", "list records"),
	example: "anlan list hazard --where 'found_on >= 2023-01-01' --where 'grade = major' --limit 20",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		var q book.Query
		asOf := e.asOf()
		e.where(&q)
		e.flags.StringVar(&q.Sort, "sort", "", "排序字段 field to sort by")
		e.flags.BoolVar(&q.Down, "down", false, "降序 descending")
		e.flags.BoolVar(&q.Withdrawn, "withdrawn", false, "包括作废的 include withdrawn records")
		e.flags.IntVar(&q.Limit, "limit", 100, "最多行数 most rows")
		args, err := e.parse(1, 1)
		if err != nil {
			return notDone, err
		}
		q.Kind = args[0]
		return e.view(ctx, asOf, func(a *app.App, v *book.View) error {
			k, err := a.Book.Kind(q.Kind)
			if err != nil {
				return err
			}
			shown := 0
			err = v.Each(q, func(r any) error {
				shown++
				if e.format == "json" {
					return json.NewEncoder(e.out).Encode(plainRecord(k, r, v))
				}
				fmt.Fprintln(e.out, e.line(k, r, v))
				return nil
			})
			if err != nil {
				return err
			}
			n, err := v.Count(q)
			e.say(lang.Of("共%d条，列出%d条，数据截至日志位置%d", "%d records, %d shown, as of position %d"), n, shown, v.At())
			return err
		})
	},
}

var showVerb = verb{
	name: "show", args: "ID [--as-of N]",
	about:   lang.Of("显示一条记录", "show one record"),
	example: "anlan show 0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf := e.asOf()
		args, err := e.parse(1, 1)
		if err != nil {
			return notDone, err
		}
		id, err := ident.Parse(args[0])
		if err != nil {
			return notDone, err
		}
		return e.view(ctx, asOf, func(a *app.App, v *book.View) error {
			k, r, err := v.ByID(id)
			if err != nil {
				return err
			}
			if e.format == "json" {
				return writeJSON(e.out, plainRecord(k, r, v))
			}
			e.card(k, r, v)
			return nil
		})
	},
}

var historyVerb = verb{
	name: "history", args: "ID",
	about:   lang.Of("显示一条记录的每个版本：谁、何时、为何、在日志哪个位置", "show every version of a record: who, when, why, and at which position of the journal"),
	example: "anlan history 0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf := e.asOf()
		args, err := e.parse(1, 1)
		if err != nil {
			return notDone, err
		}
		id, err := ident.Parse(args[0])
		if err != nil {
			return notDone, err
		}
		return e.view(ctx, asOf, func(a *app.App, v *book.View) error {
			k, _, err := v.ByID(id)
			if err != nil {
				return err
			}
			versions, err := v.History(k.Code(), id)
			if err != nil {
				return err
			}
			return e.printHistory(k, versions, v)
		})
	},
}

func (e *env) printHistory(k record.Of, versions []book.Version, v *book.View) error {
	var before any
	for i, x := range versions {
		if e.format == "json" {
			out := map[string]any{"version": i + 1, "position": x.Position, "recorded_at": x.RecordedAt, "action": x.Action, "actor": x.Actor, "via": x.Via,
				"reason": x.Reason, "record": plainRecord(k, x.Record, v)}
			if err := json.NewEncoder(e.out).Encode(out); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(e.out, lang.Of("第%d版  位置%d  %s  %s  %s（%s）", "version %d  position %d  %s  %s  %s (%s)").In(e.lang),
			i+1, x.Position, x.RecordedAt.In(period.Shanghai).Format("2006-01-02 15:04:05"), x.Action, x.Actor, x.Via)
		if x.Reason != "" {
			fmt.Fprintf(e.out, lang.Of("  理由：%s", "  because %s").In(e.lang), x.Reason)
		}
		fmt.Fprintln(e.out)
		for f, s := range k.Fields() {
			if s.Type == field.TypeRows || !v.Sees(k, f) {
				continue
			}
			is, was := k.Text(x.Record, f), ""
			if before != nil {
				was = k.Text(before, f)
			}
			if is != was {
				fmt.Fprintf(e.out, "    %s: %s\n", s.Label.In(e.lang), strings.TrimPrefix(was+" → "+is, " → "))
			}
		}
		before = x.Record
	}
	return nil
}

// line is a record on one line: key, state, then what is stated.
func (e *env) line(k record.Of, r any, v *book.View) string {
	h := k.Head(r)
	parts := []string{h.ID.String(), strings.Join(k.KeyText(r), " "), record.StateLabel(k, h.State).In(e.lang)}
	for f, s := range k.Fields() {
		if s.Type != field.TypeRows && v.Sees(k, f) {
			parts = append(parts, label(s, k.Text(r, f), e.lang))
		}
	}
	return strings.Join(parts, "\t")
}

// label is a value as a person reads it: codes by their label.
func label(s *field.Spec, text string, l lang.Lang) string {
	for _, c := range s.Choices {
		if c.Code == text {
			return c.Label.In(l)
		}
	}
	return text
}

// card is a record as a sheet of paper would have it.
func (e *env) card(k record.Of, r any, v *book.View) {
	h := k.Head(r)
	fmt.Fprintf(e.out, lang.Of("%s  %s  第%d版  %s  位置%d\n", "%s  %s  version %d  %s  position %d\n").In(e.lang),
		k.Label().In(e.lang), h.ID, h.Version, record.StateLabel(k, h.State).In(e.lang), h.Began)
	for f, s := range k.Fields() {
		if !v.Sees(k, f) {
			continue
		}
		if l := k.List(f); l != nil {
			fmt.Fprintf(e.out, "  %s\n", s.Label.In(e.lang))
			for i := range l.Len(r) {
				var cells []string
				for j, x := range l.Specs() {
					cells = append(cells, label(x, l.Text(r, i, j), e.lang))
				}
				fmt.Fprintf(e.out, "    %d  %s\n", i+1, strings.Join(cells, "  "))
			}
			continue
		}
		fmt.Fprintf(e.out, "  %s: %s\n", s.Label.In(e.lang), label(s, k.Text(r, f), e.lang))
	}
	if !h.DueOn.IsZero() {
		fmt.Fprintf(e.out, lang.Of("  期限: %s\n", "  due on: %s\n").In(e.lang), h.DueOn)
	}
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
	return out
}

// view opens the book and a view of it.
func (e *env) view(ctx context.Context, asOf *string, see func(a *app.App, v *book.View) error) (int, error) {
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
	if err := a.Book.Read(ctx, e.actor(), at, func(v *book.View) error { return see(a, v) }); err != nil {
		return notDone, err
	}
	return inOrder, nil
}

// asOf declares --as-of: a position, a checkpoint file, or an instant.
func (e *env) asOf() *string {
	return e.flags.String("as-of", "", "截至：日志位置、封存点文件或时间 as of a position, a checkpoint file, or an instant")
}

// where declares --where, which may be given several times.
func (e *env) where(q *book.Query) {
	e.flags.Func("where", "筛选 filter: 'FIELD OP VALUE'", func(s string) error {
		f, err := book.ParseFilter(s)
		if err != nil {
			return fmt.Errorf("%s", fault.In(err, e.lang))
		}
		q.Filters = append(q.Filters, f)
		return nil
	})
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func nearest(s string, known []string) string { return field.Nearest(s, known) }

func noKind(code string, known []string) error {
	return book.ErrNoKind.With(code, nearest(code, known))
}
