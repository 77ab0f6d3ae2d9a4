package web

import (
	"encoding/xml"
	"time"

	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/public/notice"
)

// noticeSight is what the public was told, as a page shows it.
type noticeSight struct {
	Title, Text, Area, Issuer, Number, To string
	Sort, Hazard, Level, Colour           string // Colour: of a warning, by which it is shown; the level stands in words beside it
	At, Until, Lifted, Why                string
	InForce                               bool
}

// sightOf shows a notice at a moment. A warning that has passed is shown without its colour.
func (v *visit) sightOf(t *notice.Notice, now time.Time) noticeSight {
	x := noticeSight{Title: t.Title, Text: t.Text, Area: t.Area, Issuer: t.Issuer, Number: t.Number, To: "/public/notices/" + t.ID.String(), At: minute(t.IssuedAt), Until: minute(t.Until), Lifted: minute(t.LiftedAt), Why: t.LiftReason, InForce: t.InForce(now)}
	if s, ok := notice.Sorts.Find(t.Sort); ok {
		x.Sort = s.Label.In(v.lang)
	}
	if h, ok := notice.Hazards.Find(t.Hazard); ok {
		x.Hazard = h.Label.In(v.lang)
	}
	if l, ok := notice.Levels.Find(t.Level); ok {
		x.Level = l.Label.In(v.lang)
		if x.InForce {
			x.Colour = string(t.Level)
		}
	}
	return x
}

// minute is a moment by the bureau's clock; "" of none.
func minute(t maybe.Of[time.Time]) string {
	if !t.OK {
		return ""
	}
	return t.V.In(period.Shanghai).Format("2006-01-02 15:04")
}

// notices lists what the public was told: first what holds now, then what was.
func (s *Server) notices(v *visit) error {
	all, err := s.app.Notices(v.r.Context(), v.public())
	if err != nil {
		return err
	}
	now := s.app.Clock().Now()
	var holds, past []noticeSight
	for _, t := range all {
		if x := v.sightOf(t, now); x.InForce {
			holds = append(holds, x)
		} else {
			past = append(past, x)
		}
	}
	p := v.page(v.t("预警和灾情", "Warnings and disasters"))
	p.Wing, p.Public = "notices", true
	p.Lead = v.t("预警信息、灾情信息、防范提示，按发布时的原文", "Warnings, disasters and advice, as they were issued")
	return v.show(p, noticesPage(p, holds, past))
}

// notice shows one of them.
func (s *Server) notice(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return ErrNoPage.With(v.r.URL.Path)
	}
	t, err := s.app.Notice(v.r.Context(), v.public(), id)
	if err != nil {
		return err
	}
	p := v.page(t.Title)
	p.Wing, p.Public, p.Narrow = "notices", true, true
	p.Crumbs = []anchor{{Text: v.t("预警和灾情", "warnings and disasters"), To: "/public/notices"}}
	return v.show(p, noticePage(p, v.sightOf(t, s.app.Clock().Now())))
}

// noticeFeed is what the public was told, for readers that ask by themselves.
func (s *Server) noticeFeed(v *visit) error {
	all, err := s.app.Notices(v.r.Context(), v.public())
	if err != nil {
		return err
	}
	f, site, err := s.newFeed(v, v.t("预警和灾情", "warnings and disasters"), "/public/notices.atom", "/public/notices")
	if err != nil {
		return err
	}
	now := s.app.Clock().Now()
	for i, t := range all[:min(len(all), feedMost)] {
		x := v.sightOf(t, now)
		e := atomEntry{ID: "urn:uuid:" + t.ID.String(), Title: x.Title, Published: atomTime(t.IssuedAt.V), Updated: atomTime(t.IssuedAt.V), Links: []atomLink{{"alternate", "text/html", site + x.To}}, Summary: x.Text}
		if t.LiftedAt.OK {
			e.Updated, e.Summary = atomTime(t.LiftedAt.V), v.t("已解除：", "lifted: ")+t.LiftReason+"\n"+x.Text
		}
		if i == 0 || e.Updated > f.Updated {
			f.Updated = e.Updated
		}
		f.Entries = append(f.Entries, e)
	}
	return v.sendFeed(f)
}

// sendFeed sends a feed, which may be kept for five minutes.
func (v *visit) sendFeed(f atomFeed) error {
	text, err := xml.Marshal(f)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/atom+xml; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=300")
	h.Add("Vary", "Cookie, Accept-Encoding")
	return v.send(append([]byte(xml.Header), text...))
}
