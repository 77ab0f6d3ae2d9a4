package cli

import (
	"context"
	"strconv"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record/book"
	"anlan/record/exchange"
)

var undoVerb = verb{
	name: "undo", args: "POSITION|ID --reason TEXT [--dry-run] [--format json]",
	about: lang.Of("撤销一次导入：新增的作废，改动的改回，此后又有人改过的不动并逐条列出；POSITION是导入后显示的日志位置",
		"undo an import: new records are withdrawn, changed ones change back, those changed since stay and are listed; POSITION is what the import has printed"),
	example: "anlan undo 16424 --reason 文件拿错了",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		reason := e.Text("reason", "TEXT", lang.Of("理由，记入日志", "the reason, for the journal"))
		dry := e.Toggle("dry-run", lang.Of("只检查，不写入", "check only, write nothing"))
		args, err := e.Parse("POSITION|ID")
		if err != nil {
			return notDone, err
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		var id ident.ID
		err = a.Book.Read(ctx, e.actor(), 0, func(v *book.View) (err error) {
			id, err = importNamed(v, args[0])
			return err
		})
		if err != nil {
			return notDone, err
		}
		u, err := exchange.Undo(ctx, a.Book, e.actor(), id, *reason, *dry)
		if err != nil {
			return notDone, err
		}
		if err := a.Book.Fold(ctx); err != nil {
			return notDone, err
		}
		return inOrder, e.printUndone(u, *dry)
	},
}

// ErrNoImport says that no import stands where somebody says.
var ErrNoImport = fault.Define("cli.no_import", fault.NotFound,
	"日志位置%d处没有导入记录", "there is no import at position %d")

// importNamed is the import with an id, or at a position.
func importNamed(v *book.View, name string) (ident.ID, error) {
	n, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return ident.Parse(name)
	}
	runs, _, err := v.List(book.Query{Kind: exchange.Kind.Code(), After: &book.Key{Row: n - 1}, Limit: 1})
	if err != nil {
		return ident.ID{}, err
	}
	if len(runs) == 0 || exchange.Kind.Head(runs[0]).Row != n {
		return ident.ID{}, ErrNoImport.With(n)
	}
	return exchange.Kind.Head(runs[0]).ID, nil
}

// undone is an undoing for programs.
type undone struct {
	Import    string      `json:"import"`
	File      string      `json:"file"`
	Withdrawn int         `json:"withdrawn"`
	Changed   int         `json:"changed_back"`
	Left      []leftAlone `json:"left_standing"`
	DryRun    bool        `json:"dry_run"`
}

type leftAlone struct {
	ID  string    `json:"id"`
	Key string    `json:"key"`
	Why lang.Text `json:"why"`
}

func (e *env) printUndone(u *exchange.Undone, dry bool) error {
	if e.format == "json" {
		out := undone{u.Import.ID.String(), u.Import.File, u.Withdrawn, u.Changed, []leftAlone{}, dry}
		for _, x := range u.Left {
			out.Left = append(out.Left, leftAlone{x.ID.String(), x.Name, x.Why})
		}
		return writeJSON(e.out, out)
	}
	for _, x := range u.Left {
		e.print(lang.Of("不动：%s，%s", "left standing: %s, %s"), x.Name, x.Why.In(e.lang))
	}
	if u.Elsewhere > 0 {
		e.print(lang.Of("另有%d条没有变化或不在管辖范围内", "%d more were unchanged, or are out of scope"), u.Elsewhere)
	}
	e.print(lang.Of("%s：作废%d，改回%d，不动%d", "%s: %d withdrawn, %d changed back, %d left standing"), u.Import.File, u.Withdrawn, u.Changed, len(u.Left))
	if dry {
		e.print(lang.Of("只是检查，没有写入", "this was a check; nothing was written"))
	}
	return nil
}
