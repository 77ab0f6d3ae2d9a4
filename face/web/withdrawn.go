package web

import (
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
)

// withdrawnRow is a record that was withdrawn: by whom, when and why.
type withdrawnRow struct{ Name, To, At, By, Reason string }

// withdrawn lists the records of a kind that were withdrawn, the newest records first.
func (s *Server) withdrawn(v *visit) error {
	l := readListing(v.r.PathValue("kind"), v.r.URL.Query())
	k, err := s.app.Book.Kind(l.Kind)
	if err != nil {
		return err
	}
	q := book.Query{Kind: k.Code(), Withdrawn: true, Down: true, Limit: listRows, Filters: []book.Filter{{Field: "state", Op: field.OpIs, Value: string(record.Withdrawn)}}}
	if l.After != "" {
		if q.After, err = book.ParseKey(l.After); err != nil {
			return err
		}
	}
	var rows []withdrawnRow
	further := ""
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "list", Filters: q.Filters}, func(view *book.View) error {
		records, next, err := view.List(q)
		if err != nil {
			return err
		}
		if next != nil {
			further = link("/records/"+k.Code()+"/withdrawn", "after", next.String())
		}
		for _, r := range records {
			made, err := view.Made(k.Code(), r)
			if err != nil {
				return err
			}
			rows = append(rows, withdrawnRow{titleOf(k, r), "/records/" + k.Code() + "/" + k.Head(r).ID.String(), v.moment(made.RecordedAt), access.Behalf(made.Actor, made.For).In(v.lang), made.Reason})
		}
		return nil
	})
	if err != nil {
		return err
	}
	in := sectionOf(k.Code())
	p := v.page(v.t(lang.Zh("作废的"+k.Label().Zh), lang.En("Withdrawn: "+k.Label().En)))
	p.Lead = v.t("作废的记录不再统计，内容和经过都还在；作废不能撤回，需要的另行登记", "withdrawn records are counted no longer, and are kept with their history; a withdrawal is not taken back: what is needed again is entered anew")
	p.Wing, p.Crumbs = in.Code, []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: k.Label().In(v.lang), To: "/records/" + k.Code()}}
	return v.show(p, withdrawnPage(p, rows, further))
}
