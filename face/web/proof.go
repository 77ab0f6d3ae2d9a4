package web

import (
	"mime"
	"strconv"
	"strings"

	"anlan/ground/lang"
	"anlan/record/book"
	"anlan/store/journal"
)

// proofSight is the proof that one version of a record is in the journal that was signed.
type proofSight struct {
	Record, Version string
	Position, Size  int64
	Leaf, Root      string
	Path            []string // the hashes between the version and the root
	Signed          string   // the checkpoint, as it was signed
	Key             string
	File            string // where the proof is got as a file
	Command         string
}

// proof shows the proof of the version of a record that stands, or stood as of a position; with file=1 it gives it as a file, for
// anlan verify. A version that no checkpoint signs yet has one made.
func (s *Server) proof(v *visit) error {
	kind, id, asOf := v.r.PathValue("kind"), v.r.PathValue("id"), v.r.URL.Query().Get("as-of")
	at, err := s.app.PositionAt(v.r.Context(), asOf)
	if err != nil {
		return err
	}
	x := proofSight{File: link("/records/"+kind+"/"+id+"/proof", "as-of", asOf, "file", "1")}
	var label lang.Text
	err = s.app.Book.Read(v.r.Context(), v.actor(), at, func(view *book.View) error {
		k, r, err := find(view, kind, id)
		if err != nil {
			return err
		}
		label = k.Label()
		x.Record, x.Position, x.Version = titleOf(k, r), k.Head(r).Began, strconv.FormatInt(k.Head(r).Version, 10)
		return nil
	})
	if err != nil {
		return err
	}
	p, err := s.app.ProveSigned(v.r.Context(), journal.Position(x.Position))
	if err != nil {
		return err
	}
	if v.r.URL.Query().Get("file") != "" {
		h := v.w.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": kind + "-" + strconv.FormatInt(x.Position, 10) + ".tlog-proof"}))
		return v.send([]byte(p.Text()))
	}
	key, err := s.app.PublicKey()
	if err != nil {
		return err
	}
	c, err := p.Open(key) // what is shown holds
	if err != nil {
		return err
	}
	x.Size, x.Root, x.Leaf, x.Signed, x.Key = int64(c.Size), c.Root.String(), journal.LeafHash(p.Body).String(), strings.TrimSpace(p.Note), strings.TrimSpace(key.File())
	for _, h := range p.Path {
		x.Path = append(x.Path, h.String())
	}
	x.Command = "anlan verify " + kind + "-" + strconv.FormatInt(x.Position, 10) + ".tlog-proof --key journal.pub"
	in := sectionOf(kind)
	g := v.page(v.t("证明", "Proof"))
	g.Wing = in.Code
	g.Crumbs = []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: label.In(v.lang), To: "/records/" + kind}, {Text: x.Record, To: link("/records/"+kind+"/"+id, "as-of", asOf)}}
	return v.show(g, proofPage(g, x))
}
