package web

import (
	"bytes"
	"io"
	"mime"
	"strconv"

	"anlan/app/evidence"
)

// figureEvidence sends what stands behind a figure as one archive.
func (s *Server) figureEvidence(v *visit) error {
	q, err := s.readQuestion(v)
	if err != nil {
		return err
	}
	at, err := s.app.PositionAt(v.r.Context(), q.AsOf)
	if err != nil {
		return err
	}
	code := v.r.PathValue("code")
	return s.sendArchive(v, code+"-"+q.Period.String()+"-"+string(q.Unit), func(w io.Writer) error {
		return evidence.Figure(v.r.Context(), s.app, v.actor(), evidence.Question{Code: code, Period: q.Period, Unit: q.Unit, AsOf: at, Lang: v.lang}, w)
	})
}

// reportEvidence sends a published report with what stands behind its figures, as far as the reader may see it.
func (s *Server) reportEvidence(v *visit) error {
	r, err := s.publication(v)
	if err != nil {
		return err
	}
	return s.sendArchive(v, r.Title, func(w io.Writer) error { return evidence.Publication(v.r.Context(), s.app, v.actor(), r, v.lang, w) })
}

// sendArchive sends an archive, and nothing of one that could not be made.
func (s *Server) sendArchive(v *visit, name string, write func(io.Writer) error) error {
	content, err := s.archive(v, write)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": v.t("证据包", "evidence") + "-" + name + ".zip"}))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	v.w.Write(content) // to one who may have gone
	return nil
}

// archive makes an archive when there is room for it; how long it is sent for is nobody else's time.
func (s *Server) archive(v *visit, write func(io.Writer) error) ([]byte, error) {
	leave, err := s.enter(v.r.Context())
	if err != nil {
		return nil, err
	}
	defer leave()
	var out bytes.Buffer
	err = write(&out)
	return out.Bytes(), err
}
