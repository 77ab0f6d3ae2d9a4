package api

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strconv"

	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/store/journal"
)

// published is a report as it was published.
type published struct {
	Position int64          `json:"position"` // of the publication, by which it is named
	Title    string         `json:"title"`
	Period   string         `json:"period"`
	Subject  string         `json:"subject"`
	AsOf     int64          `json:"as_of"` // the position as of which its figures were computed
	Root     string         `json:"root"`  // of the tree at that position
	Replaces int64          `json:"replaces,omitempty"`
	Files    []publishedOne `json:"files"`
}

type publishedOne struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

func publishedOf(p *report.Publication) published {
	x := published{Position: p.Began, Title: p.Title, Period: p.Period, Subject: string(p.Subject), AsOf: p.Position, Root: p.Root, Files: []publishedOne{}}
	if p.Replaces.OK {
		x.Replaces = p.Replaces.V
	}
	for _, f := range p.Files {
		x.Files = append(x.Files, publishedOne{f.Name, f.SHA256})
	}
	return x
}

// publications answers the published reports, the newest first.
func (s *Server) publications(c *call) error {
	if _, err := c.query(); err != nil {
		return err
	}
	found, err := s.app.Publications(c.r.Context(), c.actor())
	if err != nil {
		return err
	}
	out := all[published]{[]published{}}
	for _, p := range found {
		out.Items = append(out.Items, publishedOf(p))
	}
	return c.answer(http.StatusOK, out)
}

// published is the publication of the path.
func (c *call) published() (*report.Publication, error) {
	n, err := strconv.ParseInt(c.r.PathValue("position"), 10, 64)
	if err != nil {
		return nil, ErrNoAddress.With(c.r.Method, c.r.URL.Path)
	}
	return c.s.app.Publication(c.r.Context(), c.actor(), journal.Position(n))
}

// publication answers one published report.
func (s *Server) publication(c *call) error {
	p, err := c.published()
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, publishedOf(p))
}

// publishedFigures answers the figures of a report, as its figures.json has them.
func (s *Server) publishedFigures(c *call) error {
	p, err := c.published()
	if err != nil {
		return err
	}
	out := all[document.Placed]{}
	if out.Items, err = s.app.PublishedFigures(c.r.Context(), p); err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}

// publishedFile sends a file of a publication byte for byte as it was published.
func (s *Server) publishedFile(c *call) error {
	p, err := c.published()
	if err != nil {
		return err
	}
	name := c.r.PathValue("name")
	f, err := s.app.PublishedFile(c.r.Context(), p, name)
	if err != nil {
		return err
	}
	defer f.Close()
	return c.stream(filepath.Base(name), -1, f)
}

// archive sends all files of a publication with the proof of today, for anlan verify.
func (s *Server) archive(c *call) error {
	p, err := c.published()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := s.app.WritePublished(c.r.Context(), p, &out); err != nil {
		return err
	}
	return c.stream(p.Title+".zip", int64(out.Len()), &out)
}

// checkpoint sends the newest checkpoint that the book keeps: a signed note (C2SP tlog-checkpoint).
func (s *Server) checkpoint(c *call) error {
	if _, err := c.query(); err != nil {
		return err
	}
	note, err := s.app.Checkpoint(c.r.Context())
	if err != nil {
		return err
	}
	return c.send(http.StatusOK, "text/plain; charset=utf-8", []byte(note))
}
