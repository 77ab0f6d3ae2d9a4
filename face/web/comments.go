package web

import (
	"errors"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/office/comment"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store/journal"
)

// Bounds of comments.
const (
	commentsShown  = 200 // of a record, the first
	mentionsShown  = 20
	mentionsLooked = 100
	mentionDays    = 30
)

// talk is what is said of a record.
type talk struct {
	To     string
	All    []remarkOn
	May    bool
	Key    string
	Typed  string // when it is shown again
	Faults []string
}

// remarkOn is one comment.
type remarkOn struct {
	By, At  string
	Lines   []string
	Text    string
	Changed bool   // since it was said
	Edit    string // where it is changed; empty: it cannot be
	Version int64
}

// talkOf reads what is said of a record, which the visitor may see.
func (s *Server) talkOf(v *visit, kind, id string) (t talk, err error) {
	t = talk{To: "/records/" + kind + "/" + id + "/comments", May: v.actor().May(access.Create, comment.Kind.Code()), Key: reference() + reference()}
	err = s.app.Book.Read(v.r.Context(), v.desk(), 0, func(view *book.View) error {
		records, _, err := view.List(book.Query{Kind: comment.Kind.Code(), Limit: commentsShown, Filters: []book.Filter{{Field: "about", Op: field.OpIs, Value: id}}})
		if err != nil {
			return err
		}
		for i, r := range records {
			c := r.(*comment.Comment)
			entry, err := journal.EntryAt(view.Tx(), journal.Position(c.Row)) // by which it was entered
			if err != nil {
				return err
			}
			one := remarkOn{By: c.By, At: v.moment(entry.RecordedAt), Lines: lines(c.Says), Text: c.Says, Changed: c.Version > 1, Version: c.Version}
			answered := false
			for _, later := range records[i+1:] {
				answered = answered || later.(*comment.Comment).By != c.By
			}
			if c.By == v.actor().Name && !answered && v.actor().May(access.Edit, comment.Kind.Code()) {
				one.Edit = "/comments/" + c.ID.String()
			}
			t.All = append(t.All, one)
		}
		return nil
	})
	return t, err
}

// ErrNoSuchPerson says that a comment mentions nobody who signs in here.
var ErrNoSuchPerson = fault.Define("web.no_such_person", fault.Invalid,
	"没有登录名为“%s”的用户，请核对 @ 后面的登录名", "nobody signs in as %q; look at the login name after the @")

// mentionedThere sees that whoever a text mentions is a user.
func (s *Server) mentionedThere(v *visit, text string) error {
	var faults fault.List
	err := s.app.Book.Read(v.r.Context(), v.desk(), 0, func(view *book.View) error {
		for _, name := range comment.Mentioned(text) {
			_, err := view.Find("login_user", name)
			if errors.Is(err, book.ErrNoRecord) {
				faults = append(faults, ErrNoSuchPerson.With(name))
			} else if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return faults.Err()
}

// say adds a comment to a record.
func (s *Server) say(v *visit) error {
	kind, id := v.r.PathValue("kind"), v.r.PathValue("id")
	k, err := s.app.Book.Kind(kind)
	if err != nil {
		return err
	}
	if err := v.actor().Allow(access.Read, kind, k.Label()); err != nil {
		return err
	}
	if err := v.actor().Allow(access.Create, comment.Kind.Code(), comment.Kind.Label()); err != nil {
		return err
	}
	h, err := s.headOf(v, kind, id)
	if err != nil {
		return err
	}
	c := &comment.Comment{About: id, Serial: v.r.FormValue("key"), Target: kind, By: v.actor().Name, Says: typedText(v.r.FormValue("says"))}
	c.Unit = h.Unit
	err = s.mentionedThere(v, c.Says)
	if err == nil {
		_, err = s.write(v, book.Change{Kind: comment.Kind.Code(), Action: access.Create, Record: c, Key: c.Serial})
	}
	if _, known := fault.KindOf(err); known {
		return s.showRecord(v, "", func(t *talk) { t.Typed, t.Faults = c.Says, lines(fault.In(err, v.lang)) }, statusOf(err))
	}
	if err != nil {
		return err
	}
	return v.redirect("/records/" + kind + "/" + id + "#comments")
}

// headOf is the head of a record that the visitor may see.
func (s *Server) headOf(v *visit, kind, id string) (h record.Head, err error) {
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		k, r, err := find(view, kind, id)
		if err == nil {
			h = *k.Head(r)
		}
		return err
	})
	return h, err
}

// sayOtherwise changes a comment of the visitor's own.
func (s *Server) sayOtherwise(v *visit) error {
	if err := v.actor().Allow(access.Edit, comment.Kind.Code(), comment.Kind.Label()); err != nil {
		return err
	}
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	var c comment.Comment
	err = s.app.Book.Read(v.r.Context(), v.desk(), 0, func(view *book.View) error {
		r, err := view.Get(comment.Kind.Code(), id)
		if err == nil {
			c = *r.(*comment.Comment)
		}
		return err
	})
	if err != nil {
		return err
	}
	if _, err := s.headOf(v, c.Target, c.About); err != nil {
		return err
	}
	c.Says = typedText(v.r.FormValue("says"))
	if err := s.mentionedThere(v, c.Says); err != nil {
		return err
	}
	if _, err := s.write(v, book.Change{Kind: comment.Kind.Code(), ID: id, Expect: c.Version, Action: access.Edit, Record: &c}); err != nil {
		return err
	}
	return v.redirect("/records/" + c.Target + "/" + c.About + "#comments")
}

// mentionLine is a comment that mentions the visitor and that it has not answered.
type mentionLine struct{ Record, To, By, At, Says string }

// mentionsOf are the comments of the last days that mention the visitor, of records that it may see, the newest first; one that it has
// answered is left out.
func (s *Server) mentionsOf(v *visit) (out []mentionLine, err error) {
	name := v.actor().Name
	type mention struct {
		*comment.Comment
		at string
	}
	var found []mention
	err = s.app.Book.Read(v.r.Context(), v.desk(), 0, func(view *book.View) error {
		q := book.Query{Kind: comment.Kind.Code(), Down: true, Limit: mentionsLooked, Filters: []book.Filter{{Field: "mentions", Op: field.OpHas, Value: comment.Mark(name)}}}
		records, _, err := view.List(q)
		if err != nil {
			return err
		}
		for _, r := range records {
			c := r.(*comment.Comment)
			entry, err := journal.EntryAt(view.Tx(), journal.Position(c.Row))
			if err != nil {
				return err
			}
			if entry.RecordedAt.Before(s.app.Clock().Now().AddDate(0, 0, -mentionDays)) {
				break
			}
			mine, _, err := view.List(book.Query{Kind: comment.Kind.Code(), Down: true, Limit: 1, Filters: []book.Filter{{Field: "about", Op: field.OpIs, Value: c.About}, {Field: "said_by", Op: field.OpIs, Value: name}}})
			if err != nil {
				return err
			}
			if len(mine) == 0 || mine[0].(*comment.Comment).Row < c.Row {
				found = append(found, mention{c, v.moment(entry.RecordedAt)})
			}
		}
		return nil
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "list"}, func(view *book.View) error {
		for _, c := range found {
			k, r, err := find(view, c.Target, c.About)
			switch {
			case absent(err):
				continue
			case err != nil:
				return err
			case len(out) == mentionsShown:
				return nil
			}
			out = append(out, mentionLine{titleOf(k, r), "/records/" + c.Target + "/" + c.About + "#comments", c.By, c.at, strings.Join(lines(c.Says), " ")})
		}
		return nil
	})
	return out, err
}
