package web

import (
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
)

// undoing is an import with what its undoing did or would do.
type undoing struct {
	To, Run, File, By, At string
	Withdrawn, Changed    string
	Elsewhere             string // records that are not in the reader's scope; empty: none
	Left                  []leftStanding
	More                  int // of Left that are not shown
	Why                   string
	Nothing               bool
	Done                  *undone
}

type leftStanding struct{ Name, To, Why string }

// undone is who undid it, when and why.
type undone struct{ Run, By, At, Reason string }

// leftShown bounds the records that a page tells of one by one.
const leftShown = 500

// undoing shows what the undoing of an import would do, and afterwards what it did.
func (s *Server) undoing(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("run"))
	if err != nil {
		return err
	}
	var u *exchange.Undone
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) {
		u, err = exchange.Undoing(view, v.actor(), id)
		return err
	})
	if err != nil {
		return err
	}
	number := func(n int) string { return grouped(strconv.Itoa(n)) }
	run := func(r *exchange.Run) string { return "/records/" + exchange.Kind.Code() + "/" + r.ID.String() }
	x := undoing{To: "/imports/" + id.String() + "/undo", Run: run(u.Import), File: u.Import.File, By: access.Behalf(u.By.Actor, u.By.For).In(v.lang), At: v.moment(u.By.RecordedAt),
		Withdrawn: number(u.Withdrawn), Changed: number(u.Changed), Nothing: u.Withdrawn+u.Changed == 0, More: max(len(u.Left)-leftShown, 0)}
	if u.Elsewhere > 0 {
		x.Elsewhere = number(u.Elsewhere)
	}
	for _, l := range u.Left[:min(len(u.Left), leftShown)] {
		x.Left = append(x.Left, leftStanding{l.Name, "/records/" + u.Kind.Code() + "/" + l.ID.String(), l.Why.In(v.lang)})
	}
	if u.Undo != nil {
		x.Done = &undone{run(u.Undo), access.Behalf(u.UndoneBy.Actor, u.UndoneBy.For).In(v.lang), v.moment(u.UndoneBy.RecordedAt), u.UndoneBy.Reason}
	} else if err := u.Allowed(v.actor()); err != nil {
		x.Why = fault.In(err, v.lang)
	}
	k := u.Kind
	in := sectionOf(k.Code())
	p := v.page(v.t("撤销导入", "Undo an import"))
	p.Narrow, p.Wing = true, in.Code
	p.Crumbs = []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: k.Label().In(v.lang), To: "/records/" + k.Code()}, {Text: v.t("导入记录", "Import"), To: x.Run}}
	p.Lead = v.t(lang.Zh(k.Label().Zh+"，《"+x.File+"》，"+x.At+"由"+x.By+"导入"), lang.En(k.Label().En+", "+x.File+", imported by "+x.By+" on "+x.At))
	if x.Done != nil {
		p.Title = v.t("这次导入已经撤销", "This import has been undone")
	}
	return v.show(p, undoingPage(p, x))
}

// undo undoes an import.
func (s *Server) undo(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("run"))
	if err != nil {
		return err
	}
	if _, err := exchange.Undo(v.r.Context(), s.app.Book, v.actor(), id, strings.TrimSpace(v.r.FormValue("reason")), false); err != nil {
		return err
	}
	s.stir()
	return v.redirect("/imports/" + id.String() + "/undo")
}
