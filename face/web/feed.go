package web

import (
	"encoding/xml"
	"strconv"
	"time"

	"anlan/account/report"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/store/journal"
)

// feedMost is how many publications a feed lists, the newest.
const feedMost = 50

// atomFeed is a feed of what was published (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomPerson  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Updated   string     `xml:"updated"`
	Published string     `xml:"published"`
	Links     []atomLink `xml:"link"`
	Summary   string     `xml:"summary"`
}

// feed is what was published, for readers that ask by themselves. An entry is named by the book and the position, which never change.
func (s *Server) feed(v *visit) error {
	all, err := s.app.Publications(v.r.Context(), v.actor())
	if err != nil {
		return err
	}
	f, site, err := s.newFeed(v, v.t("公开的报告", "published reports"), "/public/feed.atom", "/public/reports")
	if err != nil {
		return err
	}
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		for i, p := range all[:min(len(all), feedMost)] {
			made, err := journal.EntryAt(view.Tx(), journal.Position(p.Began))
			if err != nil {
				return err
			}
			if i == 0 {
				f.Updated = atomTime(made.RecordedAt)
			}
			f.Entries = append(f.Entries, v.entry(p, f.ID, site, atomTime(made.RecordedAt)))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.sendFeed(f)
}

// newFeed begins a feed at an address, of what stands on a page: it bears the book's own name, and is as old as the book.
func (s *Server) newFeed(v *visit, of, at, page string) (f atomFeed, site string, err error) {
	site = s.site(v)
	f = atomFeed{Lang: v.page("").tag(), Title: v.bureau + " · " + of, Author: atomPerson{v.bureau},
		Links: []atomLink{{"self", "application/atom+xml", site + at}, {"alternate", "text/html", site + page}}}
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		head, err := journal.HeadOf(view.Tx())
		if err != nil {
			return err
		}
		f.ID = "urn:uuid:" + head.Book.String()
		founded, err := journal.EntryAt(view.Tx(), 1)
		f.Updated = atomTime(founded.RecordedAt)
		return err
	})
	return f, site, err
}

// entry is a publication in a feed.
func (v *visit) entry(p *report.Publication, book, site, at string) atomEntry {
	e := atomEntry{ID: book + ":publication:" + strconv.FormatInt(p.Began, 10), Title: p.Title, Updated: at, Published: at,
		Links: []atomLink{{"alternate", "text/html", site + "/public/reports/" + strconv.FormatInt(p.Began, 10)}}}
	span := p.Period
	if parsed, err := period.Parse(p.Period); err == nil {
		span = parsed.Label().In(v.lang)
	}
	e.Summary = span + v.t("；数据截至日志位置", "; as of position ") + strconv.FormatInt(p.Position, 10) + v.t("，公开记录在日志位置", ", published at position ") + strconv.FormatInt(p.Began, 10)
	if p.Replaces.OK {
		e.Summary += v.t("；替代公开记录在日志位置", "; it replaces the one published at position ") + strconv.FormatInt(p.Replaces.V, 10) + v.t("的同一报告", "")
	}
	return e
}

// site is the address of these pages as readers have it.
func (s *Server) site(v *visit) string {
	if s.origin != nil {
		return s.origin.Scheme + "://" + s.origin.Host
	}
	return "http://" + v.r.Host
}

func atomTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }
