package cli

import (
	"context"
	"io"
	"os"
	"strings"

	"anlan/app"
	"anlan/face/api"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

var stepVerb = verb{
	name: "step", args: "ID|KIND/KEY ACTION [--reason TEXT] [--token FILE] [--format json]",
	about: lang.Of("办理一步：挂牌、整改完成、销号、作废（withdraw）、恢复作废的记录（reinstate）等；anlan kinds KIND 列出各步",
		"take a record one step on: list, rectify, close, withdraw, reinstate what was withdrawn …; anlan kinds KIND lists the steps"),
	example: "anlan step hazard/YH2023000001 withdraw --reason 重复报送",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		reason := e.Text("reason", "TEXT", lang.Of("理由，记入日志", "the reason, for the journal"))
		secret := e.Text("token", "FILE", lang.Of("由另一个人办理：FILE里是其令牌（anlan token add），- 为标准输入；按其角色和令牌的范围办理，日志记其登录名",
			"somebody else takes the step: FILE holds their token (anlan token add), - is standard input; by their role and the scope of the token, under their name in the journal"))
		args, err := e.Parse("ID", "ACTION")
		if err != nil {
			return notDone, err
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		actor, scope, err := e.bearer(ctx, a, *secret)
		if err != nil {
			return notDone, err
		}
		c := book.Change{Action: access.Action(args[1]), Reason: *reason}
		err = a.Book.Read(ctx, actor, 0, func(v *book.View) error {
			k, r, err := locate(v, args[0])
			if err != nil {
				return err
			}
			if err := scope(k.Code()); err != nil {
				return err
			}
			h := k.Head(r)
			c.Kind, c.ID, c.Expect = k.Code(), h.ID, h.Version
			return nil
		})
		if err != nil {
			return notDone, err
		}
		done, err := a.Book.Apply(ctx, actor, []book.Change{c})
		if err != nil {
			return notDone, err
		}
		if err := a.Book.Fold(ctx); err != nil {
			return notDone, err
		}
		return inOrder, e.printStep(ctx, a, actor, c, done[0])
	},
}

// tokenBytesMax bounds the file of a token.
const tokenBytesMax = 1 << 10

// bearer is who takes a step: whoever runs the program, or the user whose token the file holds; scope refuses kinds that the token is not for.
func (e *env) bearer(ctx context.Context, a *app.App, file string) (actor access.Actor, scope func(kind string) error, err error) {
	if file == "" {
		return e.actor(), func(string) error { return nil }, nil
	}
	in := e.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return actor, nil, ErrNoToken.Because(err, file)
		}
		defer f.Close()
		in = f
	}
	secret, err := io.ReadAll(io.LimitReader(in, tokenBytesMax))
	if err != nil {
		return actor, nil, ErrNoToken.Because(err, file)
	}
	b, err := a.Tokens.Resume(ctx, strings.TrimSpace(string(secret)), "")
	if err != nil {
		return actor, nil, err
	}
	b.Actor.Via = "cli:" + b.Name
	return b.Actor, func(kind string) error {
		if b.Scope.Allows(true, kind, access.AreaOf(kind)) {
			return nil
		}
		return api.ErrOutOfScope.With(b.Name, b.Scope.String(), lang.Of("改动", "change"), kind)
	}, nil
}

// ErrNoToken says that the file of a token cannot be read.
var ErrNoToken = fault.Define("cli.no_token", fault.Invalid,
	"令牌文件“%s”不能读取", "the file %q of the token cannot be read")

func (e *env) printStep(ctx context.Context, a *app.App, actor access.Actor, c book.Change, done book.Done) error {
	return a.Book.Read(ctx, actor, 0, func(v *book.View) error {
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
