package cli

import (
	"context"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

var stepVerb = verb{
	name: "step", args: "ID|KIND/KEY ACTION [--reason TEXT] [--format json]",
	about: lang.Of("办理一步：挂牌、整改完成、销号、作废等；anlan kinds KIND 列出各步",
		"take a record one step on: list, rectify, close, withdraw …; anlan kinds KIND lists the steps"),
	example: "anlan step hazard/YH2023000001 withdraw --reason 重复报送",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		reason := e.Text("reason", "TEXT", lang.Of("理由，记入日志", "the reason, for the journal"))
		args, err := e.Parse("ID", "ACTION")
		if err != nil {
			return notDone, err
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		c := book.Change{Action: access.Action(args[1]), Reason: *reason}
		err = a.Book.Read(ctx, e.actor(), 0, func(v *book.View) error {
			k, r, err := locate(v, args[0])
			if err != nil {
				return err
			}
			h := k.Head(r)
			c.Kind, c.ID, c.Expect = k.Code(), h.ID, h.Version
			return nil
		})
		if err != nil {
			return notDone, err
		}
		done, err := a.Book.Apply(ctx, e.actor(), []book.Change{c})
		if err != nil {
			return notDone, err
		}
		if err := a.Book.Fold(ctx); err != nil {
			return notDone, err
		}
		return inOrder, e.printStep(ctx, a, c, done[0])
	},
}

func (e *env) printStep(ctx context.Context, a *app.App, c book.Change, done book.Done) error {
	return a.Book.Read(ctx, e.actor(), 0, func(v *book.View) error {
		r, err := v.Get(c.Kind, c.ID)
		if err != nil {
			return err
		}
		k, err := a.Book.Kind(c.Kind)
		if err != nil {
			return err
		}
		if e.format == "json" {
			return writeJSON(e.out, plainRecord(k, r, v))
		}
		h := k.Head(r)
		e.print(lang.Of("%s：第%d版，%s，日志位置%d", "%s: version %d, %s, position %d"), h.ID, h.Version, record.StateLabel(k, h.State).In(e.lang), done.Position)
		if !h.DueOn.IsZero() {
			e.print(lang.Of("期限：%s", "due on %s"), h.DueOn)
		}
		return nil
	})
}
