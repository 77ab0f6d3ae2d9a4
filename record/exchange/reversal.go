package exchange

import (
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/book"
)

// An old file that is handed in again would undo what was corrected since, and nobody would see it: its rows are as good as any. So
// a row that brings nothing but what was corrected, or the same as a withdrawn record, needs an import with a reason.
var (
	ErrTakesBack = fault.Define("exchange.takes_back", fault.Conflict,
		"“%s”这一行与已经更正的第%d版一样，写入会撤销更正（%s）。更正见第%d版：%s。请核对是否误用了旧文件；确实要改回的，导入时写明理由（--reason）",
		"the row of %q is as version %d was before it was corrected, and would take the correction back (%s). It was corrected by version %d: %s. See whether this is an old file; to go back on purpose, import it with a reason (--reason)")
	ErrTookBack = fault.Define("exchange.took_back", fault.Conflict,
		"“%s”按写明的理由改回第%d版的内容（%s），第%d版的更正（%s）不再有效", "%q goes back to what version %d said (%s), for the reason given; the correction by version %d (%s) no longer holds")
	ErrComesBack = fault.Define("exchange.comes_back", fault.Conflict,
		"“%s”已经作废（%s），这一行与作废的记录一样。请核对是否误用了旧文件；确实要重新登记的，导入时写明理由（--reason）",
		"%q was withdrawn (%s), and the row is as the withdrawn record was. See whether this is an old file; to enter it again on purpose, import it with a reason (--reason)")
	ErrCameBack = fault.Define("exchange.came_back", fault.Conflict,
		"“%s”曾经作废（%s），按写明的理由重新登记", "%q was withdrawn (%s) and is entered again, for the reason given")
)

// Bounds of what is told of a correction: how many fields, and how much of a value.
const (
	editsTold = 3
	valueTold = 30
	alikeTold = 8 // of what two values begin with alike
)

// RefuseReversal is what an import of files that are no sheets says of a record that would take a correction back: the fault of a
// change from old to the content next, or nil.
func RefuseReversal(v *book.View, k record.Of, old, next any) error {
	args, _, err := reversal(v, k, old, next, editsOf(k, old, next))
	if args == nil || err != nil {
		return err
	}
	return fault.List{ErrTakesBack.With(args...)}
}

// reversal gives what ErrTakesBack says of a change, and the first field that it sets back; nothing for one that takes nothing back.
func reversal(v *book.View, k record.Of, old, next any, edits []Edit) (args []any, code string, err error) {
	x, err := v.Reverses(k.Code(), old, next)
	if x == nil || err != nil {
		return nil, "", err
	}
	made, err := told(v, x.Corrected)
	if err != nil {
		return nil, "", err
	}
	if len(x.Fields) > 0 {
		code = k.Fields()[x.Fields[0]].Code
	}
	return []any{joinKey(k.KeyText(old)), x.Version, tellEdits(edits), k.Head(x.Corrected.Record).Version, made}, code, nil
}

// takesBack says whether the row would take a correction back and is refused for it; with a reason it is let through and told.
func (r *run) takesBack(rec, old any, edits []Edit, row int) (refused bool, err error) {
	args, code, err := reversal(r.view, r.kind, old, rec, edits)
	if args == nil || err != nil {
		return false, err
	}
	if r.request.Reason == "" {
		r.fault(ErrTakesBack.With(args...), row, r.column(code))
		return true, nil
	}
	r.doubt(ErrTookBack.With(args...), row, r.column(code))
	return false, nil
}

// comesBack is takesBack for a row about a record that was withdrawn, and that says nothing else than it did.
func (r *run) comesBack(rec any, row int) (refused bool, err error) {
	if r.gone == 0 {
		return false, nil
	}
	values := r.kind.KeyText(rec)
	was, err := r.view.FindAny(r.kind.Code(), values...)
	if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
		return false, nil
	}
	if err != nil || r.kind.Head(was).State != record.Withdrawn || !r.saysNoMore(rec, was) {
		return false, err
	}
	version, err := r.view.Made(r.kind.Code(), was)
	if err != nil {
		return false, err
	}
	made, err := told(r.view, version)
	if err != nil {
		return false, err
	}
	column := r.column(r.specs[r.key[0]].Code)
	if r.request.Reason == "" {
		r.fault(ErrComesBack.With(joinKey(values), made), row, column)
		return true, nil
	}
	r.doubt(ErrCameBack.With(joinKey(values), made), row, column)
	return false, nil
}

// saysNoMore says whether everything that a record says another said too.
func (r *run) saysNoMore(rec, was any) bool {
	for f := range r.specs {
		a, b := r.kind.Text(rec, f), r.kind.Text(was, f)
		if l := r.kind.List(f); l != nil {
			a, b = rowsText(l, rec, ""), rowsText(l, was, "")
		}
		if a != "" && a != b {
			return false
		}
	}
	for code, a := range r.kind.Head(rec).Ext {
		if a != "" && a != r.kind.Head(was).Ext[code] {
			return false
		}
	}
	return true
}

func (r *run) doubt(f *fault.Fault, row, column int) {
	if len(r.outcome.Doubts) < faultsMax {
		r.outcome.Doubts = append(r.outcome.Doubts, r.placed(f, row, column))
	}
}

// told says when a version was made, by whom, from which file and why.
func told(v *book.View, x book.Version) (lang.Text, error) {
	zh := []string{period.DayAt(x.RecordedAt).String(), x.Actor}
	en := []string{zh[0], x.Actor}
	name, err := fileOf(v, x)
	if err != nil {
		return lang.Text{}, err
	}
	if name != "" {
		zh, en = append(zh, "文件《"+name+"》"), append(en, "file "+name)
	}
	if x.Reason != "" {
		zh, en = append(zh, "理由："+x.Reason), append(en, "reason: "+x.Reason)
	} else {
		zh, en = append(zh, "没有写理由"), append(en, "no reason given")
	}
	return lang.Text{Zh: strings.Join(zh, "，"), En: strings.Join(en, ", ")}, nil
}

// fileOf is the file whose import made a version; empty where none did, or where the actor may not see the import. An import's own
// record stands behind all that it wrote, with the same time.
func fileOf(v *book.View, x book.Version) (string, error) {
	if x.Via != via {
		return "", nil
	}
	runs, _, err := v.List(book.Query{Kind: Kind.Code(), After: &book.Key{Row: int64(x.Position)}, Limit: 1})
	if kind, ok := fault.KindOf(err); ok && kind == fault.Denied {
		return "", nil
	}
	if err != nil || len(runs) == 0 {
		return "", err
	}
	made, err := v.Made(Kind.Code(), runs[0])
	if err != nil || !made.RecordedAt.Equal(x.RecordedAt) {
		return "", err
	}
	return runs[0].(*Run).File, nil
}

// tellEdits says what a row changes, field by field, shortened.
func tellEdits(edits []Edit) lang.Text {
	var zh, en []string
	for i, x := range edits {
		if i == editsTold {
			zh, en = append(zh, "……"), append(en, "…")
			break
		}
		old, now := apart(x.Old, x.New)
		change := shortened(old) + "→" + shortened(now)
		zh, en = append(zh, x.Field.Zh+"："+change), append(en, x.Field.En+": "+change)
	}
	return lang.Text{Zh: strings.Join(zh, "；"), En: strings.Join(en, "; ")}
}

// apart leaves out the lines that two lists begin with alike, and of the first lines that differ what they begin with alike, if that
// is long.
func apart(a, b string) (string, string) {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for len(x) > 1 && len(y) > 1 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	p, q := []rune(x[0]), []rune(y[0])
	n := 0
	for n < min(len(p), len(q)) && p[n] == q[n] {
		n++
	}
	if n -= alikeTold; n <= alikeTold {
		return x[0], y[0]
	}
	return "…" + string(p[n:]), "…" + string(q[n:])
}

func shortened(s string) string {
	if s == "" {
		return "—"
	}
	if r := []rune(s); len(r) > valueTold {
		s = string(r[:valueTold]) + "…"
	}
	return s
}
