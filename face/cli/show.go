package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

var showVerb = verb{
	name: "show", args: "ID|KIND/KEY [--as-of N] [--format json]",
	about:   lang.Of("显示一条记录", "show one record"),
	example: "anlan show hazard/YH2023000001",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf := e.asOf()
		args, err := e.parse("ID")
		if err != nil {
			return notDone, err
		}
		return e.viewRecorded(ctx, asOf, book.Reading{Way: "show"}, func(_ *app.App, v *book.View) error {
			k, r, err := locate(v, args[0])
			if err != nil {
				return err
			}
			if e.format == "json" {
				return writeJSON(e.out, plainRecord(k, r, v))
			}
			return e.card(k, r, v)
		})
	},
}

var historyVerb = verb{
	name: "history", args: "ID|KIND/KEY [--as-of N] [--format json]",
	about:   lang.Of("显示一条记录的每个版本：谁、何时、为何、在日志哪个位置", "show every version of a record: who, when, why, and at which position of the journal"),
	example: "anlan history hazard/YH2023000001",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf := e.asOf()
		args, err := e.parse("ID")
		if err != nil {
			return notDone, err
		}
		return e.viewRecorded(ctx, asOf, book.Reading{Way: "history"}, func(_ *app.App, v *book.View) error {
			k, r, err := locate(v, args[0])
			if err != nil {
				return err
			}
			versions, err := v.History(k.Code(), k.Head(r).ID)
			if err != nil {
				return err
			}
			return e.printHistory(k, versions, v)
		})
	},
}

// locate finds the record that an argument names: by its id, or by kind and natural key, as hazard/YH2023000001. A withdrawn
// record is found by the key that no other has taken since.
func locate(v *book.View, name string) (record.Of, any, error) {
	kind, key, byKey := strings.Cut(name, "/")
	if !byKey {
		id, err := ident.Parse(name)
		if err != nil {
			return nil, nil, err
		}
		return v.ByID(id)
	}
	k, err := kindNamed(kind)
	if err != nil {
		return nil, nil, err
	}
	r, err := v.FindAny(kind, strings.Split(key, "/")...)
	return k, r, err
}

// card is a record as a sheet of paper would have it.
func (e *env) card(k record.Of, r any, v *book.View) error {
	h := k.Head(r)
	e.print(lang.Of("%s  %s  第%d版  %s  日志位置%d", "%s  %s  version %d  %s  position %d"), k.Label().In(e.lang), h.ID, h.Version, record.StateLabel(k, h.State).In(e.lang), h.Began)
	t := table{out: e.out, indent: "  "}
	for f, s := range k.Fields() {
		if !v.Sees(k, f) {
			continue
		}
		l := k.List(f)
		if l == nil {
			t.row(s.Label.In(e.lang), orDash(spoken(s, k.Text(r, f), e.lang)))
			continue
		}
		lines := rowsOf(l, r, e.lang)
		if len(lines) == 0 {
			lines = []string{"—"}
		}
		for i, line := range lines {
			label := ""
			if i == 0 {
				label = s.Label.In(e.lang)
			}
			t.row(label, line)
		}
	}
	extras, err := v.Extras(k.Code())
	if err != nil {
		return err
	}
	for _, x := range extras {
		t.row(x.Label.In(e.lang), orDash(spoken(&x.Spec, h.Ext[x.Code], e.lang)))
	}
	if !h.DueOn.IsZero() {
		t.row(lang.Of("期限", "due on").In(e.lang), h.DueOn.String())
	}
	t.flush()
	return nil
}

// versionJSON is one version for programs.
type versionJSON struct {
	Version    int            `json:"version"`
	Position   int64          `json:"position"`
	RecordedAt string         `json:"recorded_at"`
	Action     access.Action  `json:"action"`
	Actor      string         `json:"actor"`
	Via        string         `json:"via"`
	Reason     string         `json:"reason,omitempty"`
	Record     map[string]any `json:"record"`
}

func (e *env) printHistory(k record.Of, versions []book.Version, v *book.View) error {
	var before any
	for i, x := range versions {
		if e.format == "json" {
			if err := writeLine(e.out, versionJSON{i + 1, int64(x.Position), x.RecordedAt.Format(instant), x.Action, x.Actor, x.Via, x.Reason,
				plainRecord(k, x.Record, v)}); err != nil {
				return err
			}
			continue
		}
		e.print(lang.Of("第%d版  日志位置%d  %s  %s  %s（%s）", "version %d  position %d  %s  %s  %s (%s)"),
			i+1, x.Position, x.RecordedAt.In(period.Shanghai).Format("2006-01-02 15:04:05"), actionLabel(k, x.Action).In(e.lang), x.Actor, x.Via)
		if x.Reason != "" {
			e.print(lang.Of("    理由：%s", "    because: %s"), x.Reason)
		}
		e.printEdits(k, before, x.Record, v)
		before = x.Record
	}
	return nil
}

// printEdits writes what a version changed: state, values, and the rows of lists that went and came.
func (e *env) printEdits(k record.Of, was, is any, v *book.View) {
	t := table{out: e.out, indent: "    "}
	edit := func(label lang.Text, old, new string) {
		switch {
		case old == new:
		case was == nil:
			t.row(label.In(e.lang), new)
		default:
			t.row(label.In(e.lang), orDash(old)+" → "+orDash(new))
		}
	}
	state := func(r any) string {
		if r == nil {
			return ""
		}
		return record.StateLabel(k, k.Head(r).State).In(e.lang)
	}
	edit(lang.Of("状态", "state"), state(was), state(is))
	for f, s := range k.Fields() {
		if !v.Sees(k, f) {
			continue
		}
		if l := k.List(f); l != nil {
			e.printRowEdits(&t, s.Label, l, was, is)
			continue
		}
		old := ""
		if was != nil {
			old = spoken(s, k.Text(was, f), e.lang)
		}
		edit(s.Label, old, spoken(s, k.Text(is, f), e.lang))
	}
	t.flush()
}

func (e *env) printRowEdits(t *table, label lang.Text, l record.ListOf, was, is any) {
	var old []string
	if was != nil {
		old = rowsOf(l, was, e.lang)
	}
	now := rowsOf(l, is, e.lang)
	for i, line := range old {
		if !slices.Contains(now, line) {
			t.row(label.In(e.lang)+"["+strconv.Itoa(i+1)+"]", "− "+line)
		}
	}
	for i, line := range now {
		if !slices.Contains(old, line) {
			t.row(label.In(e.lang)+"["+strconv.Itoa(i+1)+"]", "+ "+line)
		}
	}
}

// actionLabel names what was done.
func actionLabel(k record.Of, action access.Action) lang.Text {
	for _, s := range k.Steps() {
		if s.Action == string(action) {
			return s.Label
		}
	}
	switch action {
	case access.Create:
		return lang.Of("登记", "entered")
	case access.Register:
		return lang.Of("补录", "entered late")
	case access.Edit:
		return lang.Of("修改", "edited")
	case access.Withdraw:
		return lang.Of("作废", "withdrawn")
	}
	return lang.Text{Zh: string(action), En: string(action)}
}
