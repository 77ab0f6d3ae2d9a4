package app

import (
	"context"
	"slices"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/public/notice"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
)

// ErrNoNotice says that the public was told no such thing.
var ErrNoNotice = fault.Define("app.no_notice", fault.NotFound,
	"没有这条公开信息", "there is no such notice")

// noticesMost bounds what is listed: the newest.
const noticesMost = 200

// Notices are those that were issued, the newest first; a draft is told to nobody.
func (a *App) Notices(ctx context.Context, actor access.Actor) (out []*notice.Notice, err error) {
	err = a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		all, _, err := v.List(book.Query{Kind: notice.Kind.Code(), Down: true, Limit: noticesMost, Filters: []book.Filter{{Field: "state", Op: field.OpNot, Value: string(notice.Draft)}}})
		for _, r := range all {
			out = append(out, r.(*notice.Notice))
		}
		return err
	})
	slices.SortStableFunc(out, func(x, y *notice.Notice) int { return y.IssuedAt.V.Compare(x.IssuedAt.V) })
	return out, err
}

// Notice is one that was issued. Fault: ErrNoNotice.
func (a *App) Notice(ctx context.Context, actor access.Actor, id ident.ID) (n *notice.Notice, err error) {
	err = a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		r, err := v.Get(notice.Kind.Code(), id)
		if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
			return ErrNoNotice.With()
		}
		if err != nil {
			return err
		}
		if n = r.(*notice.Notice); n.State != notice.Issued && n.State != notice.Lifted {
			return ErrNoNotice.With()
		}
		return nil
	})
	return n, err
}
