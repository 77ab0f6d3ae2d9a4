package cli

import (
	"context"
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
	name: "show", args: "ID|KIND/KEY [--as-of N] [--unmask --reason TEXT] [--format json]",
	about:   lang.Of("显示一条记录", "show one record"),
	example: "anlan show hazard/YH2023000001",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf, why := e.asOf(), e.unmask()
		args, err := e.Parse("ID")
		if err != nil {
			return notDone, err
		}
		reading := book.Reading{Way: "show"}
		if reading.Unmask, err = why(); err != nil {
			return notDone, err
		}
		return e.viewRecorded(ctx, asOf, reading, func(_ *app.App, v *book.View) error {
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
		args, err := e.Parse("ID")
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
			t.row(s.Label.In(e.lang), orDash(s.Spoken(k.Text(r, f), e.lang)))
			continue
		}
		lines := record.RowLines(l, r, e.lang)
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
		t.row(x.Label.In(e.lang), orDash(x.Spoken(h.Ext[x.Code], e.lang)))
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
	For        string         `json:"for,omitempty"`
	Via        string         `json:"via"`
	Reason     string         `json:"reason,omitempty"`
	Record     map[string]any `json:"record"`
}

func (e *env) printHistory(k record.Of, versions []book.Version, v *book.View) error {
	var before any
	for i, x := range versions {
		if e.format == "json" {
			if err := writeLine(e.out, versionJSON{i + 1, int64(x.Position), x.RecordedAt.Format(instant), x.Action, x.Actor, x.For, x.Via, x.Reason,
				plainRecord(k, x.Record, v)}); err != nil {
				return err
			}
			continue
		}
		e.print(lang.Of("第%d版  日志位置%d  %s  %s  %s（%s）", "version %d  position %d  %s  %s  %s (%s)"),
			i+1, x.Position, x.RecordedAt.In(period.Shanghai).Format("2006-01-02 15:04:05"), record.ActionLabel(k, x.Action).In(e.lang), access.Behalf(x.Actor, x.For).In(e.lang), x.Via)
		if x.Reason != "" {
			e.print(lang.Of("    理由：%s", "    because: %s"), x.Reason)
		}
		e.printEdits(k, before, x.Record, v)
		before = x.Record
	}
	return nil
}

// printEdits writes what a version changed.
func (e *env) printEdits(k record.Of, was, is any, v *book.View) {
	t := table{out: e.out, indent: "    "}
	for _, x := range record.Edits(k, was, is, func(f int) bool { return v.Sees(k, f) }, e.lang) {
		row := x.Label + "[" + strconv.Itoa(x.Row) + "]"
		switch {
		case x.Row > 0 && x.New == "":
			t.row(row, "− "+x.Old)
		case x.Row > 0:
			t.row(row, "+ "+x.New)
		case was == nil:
			t.row(x.Label, x.New)
		default:
			t.row(x.Label, orDash(x.Old)+" → "+orDash(x.New))
		}
	}
	t.flush()
}
