package web

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/office/savedview"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
)

// desk is who reads views and comments for the pages, which then show to each what is meant for it: roles have no right to read them all.
func (v *visit) desk() access.Actor {
	return access.Actor{Name: v.actor().Name, Role: deskReader, Via: via, Address: address(v.r)}
}

var deskReader = access.Role{Code: "desk", Label: lang.Of("页面", "pages"), Clearance: access.Internal, Rights: access.MustRights(`desk login_user: read`)}

// viewTab is a view above a list.
type viewTab struct {
	ID, Name, To string
	On           bool
	Own          bool
	Shared       bool
	By           string
}

const viewsMost = 500 // of a list, of all people

// listingOf is the list that a view shows.
func listingOf(x *savedview.View) listing {
	l := listing{Kind: x.Target, Sort: x.Sort, Down: x.Down}
	for _, w := range strings.Split(x.Filters, "\n") {
		if w = strings.TrimSpace(w); w != "" {
			l.Where = append(l.Where, w)
		}
	}
	if x.Columns != "" {
		l.Columns = strings.Split(x.Columns, ",")
	}
	return l
}

// tabs are the views of a list that are the visitor's own, and those that are shared with its unit.
func (v *visit) tabs(l listing) (out []viewTab, err error) {
	now := l
	now.After, now.AsOf, now.Withdrawn = "", "", false
	now = now.withoutShape()
	err = v.s.app.Book.Read(v.r.Context(), v.desk(), 0, func(view *book.View) error {
		units, err := view.UnitTree()
		if err != nil {
			return err
		}
		reach := map[place.Unit]bool{} // whether what is shared with a unit is shared with the visitor
		return view.Each(book.Query{Kind: savedview.Kind.Code(), Limit: viewsMost, Filters: []book.Filter{{Field: "target", Op: field.OpIs, Value: l.Kind}}}, func(r any) error {
			x := r.(*savedview.View)
			own := x.Owner == v.actor().Name
			if _, known := reach[x.Unit]; !known {
				reach[x.Unit] = x.Unit == v.home() || slices.Contains(units.On(x.Unit, view.Today), v.home())
			}
			if !own && (!x.Shared || !reach[x.Unit]) {
				return nil
			}
			to := listingOf(x).address()
			out = append(out, viewTab{ID: x.ID.String(), Name: x.Name, To: to, On: to == now.address(), Own: own, Shared: x.Shared, By: x.Owner})
			return nil
		})
	})
	slices.SortStableFunc(out, func(a, b viewTab) int {
		if a.Own != b.Own {
			return map[bool]int{true: -1, false: 1}[a.Own]
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return out, err
}

// saveView keeps what a list shows under a name: a new view, or what one's own view of that name shows from now on.
func (s *Server) saveView(v *visit) error {
	k, err := s.app.Book.Kind(v.r.PathValue("kind"))
	if err != nil {
		return err
	}
	if err := v.actor().Allow(access.Read, k.Code(), k.Label()); err != nil {
		return err
	}
	if err := v.actor().Allow(access.Create, savedview.Kind.Code(), savedview.Kind.Label()); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return ErrNotFromAPage.Because(err)
	}
	l := readListing(k.Code(), url.Values(v.r.PostForm))
	l.After, l.AsOf = "", ""
	if _, err := l.query(1); err != nil {
		return err
	}
	x := &savedview.View{Owner: v.actor().Name, Target: k.Code(), Name: strings.TrimSpace(v.r.PostForm.Get("name")), Filters: strings.Join(l.Where, "\n"), Columns: strings.Join(l.Columns, ","),
		Sort: l.Sort, Down: l.Down, Shared: v.r.PostForm.Get("shared") != ""}
	x.Unit = v.home()
	c := book.Change{Kind: savedview.Kind.Code(), Action: access.Create, Record: x}
	err = s.app.Book.Read(v.r.Context(), v.desk(), 0, func(view *book.View) error {
		r, err := view.Find(savedview.Kind.Code(), x.Owner, x.Target, x.Name)
		switch {
		case errors.Is(err, book.ErrNoRecord):
			return nil
		case err != nil:
			return err
		}
		stands := r.(*savedview.View)
		x.Unit = stands.Unit
		c.Action, c.ID, c.Expect = access.Edit, stands.ID, stands.Version
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := s.write(v, c); err != nil {
		return err
	}
	return v.redirect(l.address())
}

// ErrNoView says that a view is not there, or not the visitor's.
var ErrNoView = fault.Define("web.no_view", fault.NotFound,
	"没有这个视图，或者不是您的", "there is no such view, or it is not yours")

// changeView renames a view, shares it or no longer, or lets it go.
func (s *Server) changeView(v *visit) error {
	if err := v.actor().Allow(access.Edit, savedview.Kind.Code(), savedview.Kind.Label()); err != nil {
		return err
	}
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return ErrNoView.Because(err)
	}
	var x savedview.View
	err = s.app.Book.Read(v.r.Context(), v.desk(), 0, func(view *book.View) error {
		r, err := view.Get(savedview.Kind.Code(), id)
		if err == nil {
			x = *r.(*savedview.View)
		}
		return err
	})
	if absent(err) || err == nil && x.Owner != v.actor().Name {
		return ErrNoView.With()
	}
	if err != nil {
		return err
	}
	c := book.Change{Kind: savedview.Kind.Code(), ID: id, Expect: x.Version}
	if v.r.FormValue("drop") != "" {
		c.Action, c.Reason = access.Withdraw, v.t("不再使用", "no longer used")
	} else {
		x.Name, x.Shared = strings.TrimSpace(v.r.FormValue("name")), v.r.FormValue("shared") != ""
		c.Action, c.Record = access.Edit, &x
	}
	if _, err := s.write(v, c); err != nil {
		return err
	}
	return v.redirect(listingOf(&x).address())
}

// sharedBy says whose view a tab is, where it is another's.
func sharedBy(p page, x viewTab) string {
	if x.Own {
		return ""
	}
	return p.T(lang.Zh(x.By+"共享"), lang.En("shared by "+x.By))
}

func columnsOf(l listing) string { return strings.Join(l.Columns, ",") }
