package web

import (
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
)

// withdrawnRow is a record that was withdrawn: by whom, when and why.
type withdrawnRow struct {
	Name, To, At, By, Reason string
	Version                  int64
	Key                      string // of the form that takes the withdrawal back; empty: whoever looks may not
}

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
			row := withdrawnRow{Name: titleOf(k, r), To: "/records/" + k.Code() + "/" + k.Head(r).ID.String(), At: v.moment(made.RecordedAt),
				By: access.Behalf(made.Actor, made.For).In(v.lang), Reason: made.Reason, Version: k.Head(r).Version}
			if v.mayReinstate(k) {
				row.Key = reference()
			}
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	in := sectionOf(k.Code())
	p := v.page(v.t(lang.Zh("作废的"+k.Label().Zh), lang.En("Withdrawn: "+k.Label().En)))
	p.Lead = v.t("作废的记录不再统计，内容和经过都还在；作废错了的可以恢复：写明理由，回到作废前的样子，重新统计", "withdrawn records are counted no longer, and are kept with their history; one that was withdrawn by mistake is reinstated with a reason, stands as it stood and is counted again")
	if k.WithdrawnForGood() {
		p.Lead = v.t("作废的记录不再统计，内容和经过都还在；这一类作废后不能恢复，需要的另行登记", "withdrawn records are counted no longer, and are kept with their history; those of this kind are not reinstated: what is needed again is entered anew")
	}
	p.Wing, p.Crumbs = in.Code, []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: k.Label().In(v.lang), To: "/records/" + k.Code()}}
	return v.show(p, withdrawnPage(p, rows, further))
}
