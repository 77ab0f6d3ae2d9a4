package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"mime"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/store/journal"
)

// publicationCard is a published report as a list of them shows it.
type publicationCard struct {
	Title, Period, To, At string
	Position              int64
	Replaced              string // by which publication; empty: it stands
}

// reports lists what was published.
func (s *Server) reports(v *visit) error {
	all, err := s.app.Publications(v.r.Context(), v.public())
	if err != nil {
		return err
	}
	replacedBy := map[int64]int64{}
	var out []publicationCard
	for _, p := range all {
		if p.Replaces.OK {
			replacedBy[p.Replaces.V] = p.Began
		}
		c := publicationCard{Title: p.Title, Period: p.Period, To: "/public/reports/" + strconv.FormatInt(p.Began, 10), Position: p.Began}
		if span, err := period.Parse(p.Period); err == nil {
			c.Period = span.Label().In(v.lang)
		}
		if by, ok := replacedBy[p.Began]; ok {
			c.Replaced = strconv.FormatInt(by, 10)
		}
		if c.At, err = s.recordedAt(v, journal.Position(p.Began)); err != nil {
			return err
		}
		out = append(out, c)
	}
	p := v.page(v.t("公开的报告", "Published reports"))
	p.Wing, p.Public = "reports", true
	p.Lead = v.t("每个数都能点开：它是什么、由多少条记录得来、怎样核验", "Every figure opens: what it is, how many records it comes from, how to verify it")
	return v.show(p, publications(p, out))
}

// publishedSight is a published report with its files.
type publishedSight struct {
	At, Number, Period string
	Root               string
	AsOf               int64
	Files              []publishedFile
	Figures            []publishedFigure
	Page               string // of the report itself
}

type publishedFile struct{ Name, To, Hash string }

type publishedFigure struct{ Name, Text, Section, To string }

func (s *Server) publication(v *visit) (*report.Publication, error) {
	n, err := strconv.ParseInt(v.r.PathValue("n"), 10, 64)
	if err != nil {
		return nil, ErrNoPage.With(v.r.URL.Path)
	}
	return s.app.Publication(v.r.Context(), v.public(), journal.Position(n))
}

// report shows a published report: its files, its figures, and how to verify them.
func (s *Server) report(v *visit) error {
	r, err := s.publication(v)
	if err != nil {
		return err
	}
	base := "/public/reports/" + strconv.FormatInt(r.Began, 10)
	x := publishedSight{Number: strconv.FormatInt(r.Began, 10), Root: r.Root, AsOf: r.Position}
	if x.At, err = s.recordedAt(v, journal.Position(r.Began)); err != nil {
		return err
	}
	for _, f := range r.Files {
		x.Files = append(x.Files, publishedFile{f.Name, base + "/files/" + f.Name, f.SHA256})
		if f.Name == report.HTML {
			x.Page = base + "/files/" + f.Name
		}
	}
	figures, err := s.app.PublishedFigures(v.r.Context(), r)
	if err != nil && !absent(err) {
		return err
	}
	for _, f := range figures {
		if f.File == "" {
			x.Figures = append(x.Figures, publishedFigure{f.Name, f.Text, f.Section, base + "/figures/" + f.ID})
		}
	}
	p := v.page(r.Title)
	p.Wing, p.Public = "reports", true
	p.Crumbs = []anchor{{Text: v.t("公开的报告", "published reports"), To: "/public/reports"}}
	if x.Page != "" {
		p.Actions = []anchor{{Text: v.t("全部文件和证明", "All files with the proof"), To: base + "/files/all.zip"}, {Text: v.t("读报告", "Read the report"), To: x.Page, Primary: true}}
		if v.signedIn() {
			p.Actions = slices.Insert(p.Actions, 1, anchor{Text: v.t("证据包", "Evidence"), To: "/evidence/" + x.Number})
		}
	}
	return v.show(p, publicationPage(p, x))
}

// figureSight is a figure of a published report.
type figureSight struct {
	document.Placed
	Meaning  string
	Today    string // where the reader may see the figure as it is known now
	Recorded string
}

// reportFigure shows what a figure of a published report means and rests on.
func (s *Server) reportFigure(v *visit) error {
	r, err := s.publication(v)
	if err != nil {
		return err
	}
	figures, err := s.app.PublishedFigures(v.r.Context(), r)
	if err != nil {
		return err
	}
	for _, f := range figures {
		if f.ID != v.r.PathValue("id") {
			continue
		}
		x := figureSight{Placed: f, Meaning: s.meaning(v, f.Code)}
		if v.signedIn() && f.Code != "" {
			x.Today = link("/figures/"+f.Code, "period", f.Period, "unit", f.UnitCode)
			x.Recorded = link("/figures/"+f.Code+"/records", "period", f.Period, "unit", f.UnitCode, "as-of", strconv.FormatInt(r.Position, 10))
		}
		p := v.page(f.Name)
		p.Wing, p.Public = "reports", true
		base := "/public/reports/" + strconv.FormatInt(r.Began, 10)
		p.Crumbs = []anchor{{Text: v.t("公开的报告", "published reports"), To: "/public/reports"}, {Text: r.Title, To: base}}
		return v.show(p, publishedFigurePage(p, x, base))
	}
	return ErrNoPage.With(v.r.URL.Path)
}

// meaning is an indicator in words; "" where there is none of that code.
func (s *Server) meaning(v *visit, code string) string {
	words, err := s.words(v, code)
	if err != nil || words == (lang.Text{}) {
		return ""
	}
	return words.In(v.lang)
}

// reportFile sends a file of a publication byte for byte as it was published, or all of them with the proof of today.
func (s *Server) reportFile(v *visit) error {
	r, err := s.publication(v)
	if err != nil {
		return err
	}
	name := v.r.PathValue("name")
	h := v.w.Header()
	if name == "all.zip" {
		var out bytes.Buffer
		if err := s.app.WritePublished(v.r.Context(), r, &out); err != nil {
			return err
		}
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": r.Title + ".zip"}))
		h.Set("Content-Length", strconv.Itoa(out.Len()))
		v.w.Write(out.Bytes())
		return nil
	}
	f, err := s.app.PublishedFile(v.r.Context(), r, name)
	if err != nil {
		return err
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	h.Set("Cache-Control", "public, max-age=3600") // what was published never changes
	switch filepath.Ext(name) {
	case ".html":
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", own(content))
	case ".json", ".jsonl":
		h.Set("Content-Type", "application/json; charset=utf-8")
	default:
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
	return v.send(content)
}

// own is the policy of a page that brings its style and script with it: these run and no others, found by their hashes.
func own(page []byte) string {
	return "default-src 'none'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'" + hashes(page, "style") + hashes(page, "script")
}

func hashes(page []byte, element string) string {
	var out strings.Builder
	rest := string(page)
	for {
		_, after, found := strings.Cut(rest, "<"+element)
		if !found {
			break
		}
		_, after, _ = strings.Cut(after, ">")
		body, further, closed := strings.Cut(after, "</"+element+">")
		if !closed {
			break
		}
		sum := sha256.Sum256([]byte(body))
		out.WriteString(" 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
		rest = further
	}
	if out.Len() == 0 {
		return ""
	}
	return "; " + element + "-src" + out.String()
}
