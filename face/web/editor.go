package web

import (
	"cmp"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/manuscript"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
)

// manuscriptCard is a report that is written, on the page of all.
type manuscriptCard struct {
	Name, To                 string
	Parts, Written, Approved int
	Late                     int
	Signing                  string
}

// manuscripts shows the reports of a period and how far each is.
func (s *Server) manuscripts(v *visit) error {
	q, err := s.readQuestion(v)
	if err != nil {
		return err
	}
	today := period.DayAt(s.app.Clock().Now())
	var cards []manuscriptCard
	var templates []app.NamedTemplate
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) {
		templates, err = s.app.Templates(v.r.Context(), view)
		return err
	})
	if err != nil {
		return err
	}
	for _, t := range templates {
		m, err := s.app.Manuscript(v.r.Context(), v.actor(), t.Name, q.Period)
		if err != nil {
			return err
		}
		if len(m.Parts) == 0 {
			continue // nothing of it is written by people
		}
		c := manuscriptCard{Name: t.Label.In(v.lang), To: manuscriptPath(m), Parts: len(m.Parts)}
		for _, p := range m.Parts {
			if p.Section == nil {
				continue
			}
			c.Written++
			if p.Section.State == manuscript.Approved {
				c.Approved++
			} else if !p.Section.Due.IsZero() && p.Section.Due.Before(today) {
				c.Late++
			}
		}
		if len(m.Signings) > 0 {
			c.Signing = signingState(m.Signings[0].State).In(v.lang)
		}
		cards = append(cards, c)
	}
	p := v.page(v.t("报告编写", "Reports being written"))
	p.Wing, p.Lead = "write", v.t("分章节写、审定、会签、公开；数字都由账册来", "written by section, approved, signed, published; every number comes from the book")
	return v.show(p, manuscriptsPage(p, q, cards))
}

func manuscriptPath(m *app.Manuscript) string {
	return "/reports/" + m.Template + "/" + m.Period.String()
}

// readManuscript is the report that an address names.
func (s *Server) readManuscript(v *visit) (*app.Manuscript, error) {
	p, err := period.Parse(v.r.PathValue("period"))
	if err != nil {
		return nil, err
	}
	return s.app.Manuscript(v.r.Context(), v.actor(), v.r.PathValue("template"), p)
}

// outline is a report with its parts.
type outline struct {
	Path     string
	Parts    []outlinePart
	Missing  int // parts that nobody writes yet
	Unit     string
	Key      string
	Ready    bool // all is approved, so that it can be frozen
	Signings []signingCard
	May      bool
}

type outlinePart struct {
	Above, Title, To   string
	Unit, Writer       string
	State, Due         string
	Late, Done, Nobody bool
	Remarks            int
}

type signingCard struct {
	To, State, Position string
	Signatories         []signatoryLine
	ID                  string
	Version             int64
	MySign, MyBack      bool
	Withdraw            bool // it may be given up
	Publish             bool
	Published           string
	Key                 string
}

type signatoryLine struct{ Post, Login, On string }

// outline shows a report with its parts and its signing.
func (s *Server) outline(v *visit) error {
	m, err := s.readManuscript(v)
	if err != nil {
		return err
	}
	today := period.DayAt(s.app.Clock().Now())
	names, err := s.unitNames(v, m)
	if err != nil {
		return err
	}
	o := outline{Path: manuscriptPath(m), Unit: string(v.actor().Unit), Key: reference() + reference(), Ready: m.Approved(),
		May: v.actor().May(access.Create, manuscript.Writing.Code())}
	for _, x := range m.Parts {
		line := outlinePart{Title: x.Title(), To: o.Path + "/" + x.Part, Nobody: x.Section == nil}
		if n := len(x.Headings); n > 0 {
			line.Above = strings.Join(x.Headings[:n-1], " › ")
		}
		if c := x.Section; c != nil {
			line.Unit, line.Writer, line.State, line.Due = names[c.Unit], c.Writer, manuscript.StateLabel(c.State).In(v.lang), c.Due.String()
			line.Done = c.State == manuscript.Approved
			line.Late = !line.Done && !c.Due.IsZero() && c.Due.Before(today)
			for _, r := range c.Remarks {
				if !r.Settled {
					line.Remarks++
				}
			}
		} else {
			o.Missing++
		}
		o.Parts = append(o.Parts, line)
	}
	for _, g := range m.Signings {
		next := g.Next()
		mine := g.State == manuscript.Signed && next != nil && strings.EqualFold(next.Login, v.actor().Name)
		card := signingCard{To: "/records/report_signing/" + g.ID.String(), ID: g.ID.String(), Version: g.Version, Position: strconv.FormatInt(g.Position, 10),
			State: signingState(g.State).In(v.lang), MySign: mine, MyBack: mine, Key: reference() + reference(),
			Withdraw: g.State != manuscript.Published && v.actor().May(access.Withdraw, manuscript.Sign.Code()),
			Publish:  g.State == manuscript.Signed && next == nil && v.actor().May("publish", manuscript.Sign.Code())}
		if g.Publication.OK {
			card.Published = "/public/reports/" + strconv.FormatInt(g.Publication.V, 10)
		}
		for _, x := range g.Signatories {
			card.Signatories = append(card.Signatories, signatoryLine{x.Post, x.Login, x.SignedOn.String()})
		}
		o.Signings = append(o.Signings, card)
	}
	p := v.page(v.t(lang.Zh(m.Period.Label().Zh+m.Label.Zh), lang.En(m.Label.En+", "+m.Period.Label().En)))
	p.Wing, p.Crumbs = "write", []anchor{{Text: v.t("报告编写", "Reports being written"), To: link("/reports", "period", m.Period.String())}}
	p.Actions = []anchor{{Text: v.t("通读全文", "Read the whole draft"), To: o.Path + "/draft", Primary: true}}
	return v.show(p, outlinePage(p, o))
}

// unitNames are the names of the units that write a report.
func (s *Server) unitNames(v *visit, m *app.Manuscript) (map[place.Unit]string, error) {
	out := map[place.Unit]string{}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		x := v.values(view)
		for _, p := range m.Parts {
			if p.Section == nil {
				continue
			}
			c, err := x.coded("unit", string(p.Section.Unit))
			if err != nil {
				return err
			}
			out[p.Section.Unit] = c.Text
		}
		return nil
	})
	return out, err
}

// signingState names a state of a signing.
func signingState(s record.State) lang.Text {
	x, _ := manuscript.SigningStates.Find(s)
	return x.Label
}

// beginWriting gives the parts that nobody writes to a unit.
func (s *Server) beginWriting(v *visit) error {
	if err := v.actor().Allow(access.Create, manuscript.Writing.Code(), manuscript.Writing.Label()); err != nil {
		return err
	}
	m, err := s.readManuscript(v)
	if err != nil {
		return err
	}
	code, _, _ := strings.Cut(strings.TrimSpace(v.r.FormValue("unit")), " ")
	u, err := place.ParseUnit(code)
	if err != nil {
		return err
	}
	var due period.Day
	if d := strings.TrimSpace(v.r.FormValue("due")); d != "" {
		if due, err = period.ParseDay(d); err != nil {
			return err
		}
	}
	changes := m.Begin(u, due)
	for i := range changes {
		changes[i].Key = v.r.FormValue("key") + "." + strconv.Itoa(i)
	}
	if len(changes) > 0 {
		if _, err := s.Apply(v.r.Context(), v.actor(), changes); err != nil {
			return err
		}
	}
	return v.redirect(manuscriptPath(m))
}

// ErrNoPart says that a report has no such part.
var ErrNoPart = fault.Define("web.no_part", fault.NotFound,
	"报告里没有“%s”这个章节，最接近的是“%s”", "the report has no section %q; the nearest is %q")

// readPart is the part of a report that an address names.
func (s *Server) readPart(v *visit) (*app.Manuscript, *app.ManuscriptPart, error) {
	m, err := s.readManuscript(v)
	if err != nil {
		return nil, nil, err
	}
	var known []string
	for i := range m.Parts {
		if m.Parts[i].Part == v.r.PathValue("part") {
			return m, &m.Parts[i], nil
		}
		known = append(known, m.Parts[i].Part)
	}
	return nil, nil, ErrNoPart.With(v.r.PathValue("part"), field.Nearest(v.r.PathValue("part"), known))
}

// writing is the page on which a section is written.
type writing struct {
	Path, Back   string
	Text, Help   string
	Title        string
	Record       string // its page, with history and proof; empty: nobody writes it yet
	State, Due   string
	Unit, Writer string
	Open         bool
	Version      int64
	Key          string
	Faults       []string // of saving
	Steps        []stepForm
	Remarks      []remarkLine
	Seen         seenDraft
	Find         string
	Found        []foundFigure
	Period       string
	CanRemark    bool
}

type remarkLine struct {
	N                   int
	By, On, About, Says string
	Settled             bool
}

// seenDraft is how a part prints, with what its text does not allow and what does not fit in it.
type seenDraft struct {
	Blocks []draftBlock
	Faults []draftFault
	Checks []string
	Clean  bool
}

type draftFault struct {
	Line int
	Says string
}

// draftBlock is a paragraph, heading or table as it prints.
type draftBlock struct {
	Level  int // of a heading; 0: none
	Marked bool
	Line   int
	Parts  []draftPart
	Rows   [][][]draftPart
	Head   int // how many of the rows are its head
}

type draftPart struct {
	Text, To, Title string
	Mark, Note      bool
}

// writePart shows a section with how it prints.
func (s *Server) writePart(v *visit) error {
	m, x, err := s.readPart(v)
	if err != nil {
		return err
	}
	w, err := s.writing(v, m, x, x.Text())
	if err != nil {
		return err
	}
	return s.showWriting(v, m, x, w)
}

func (s *Server) showWriting(v *visit, m *app.Manuscript, x *app.ManuscriptPart, w writing) error {
	p := v.page(x.Title())
	p.Wing, p.Crumbs = "write", []anchor{
		{Text: v.t("报告编写", "Reports being written"), To: link("/reports", "period", m.Period.String())},
		{Text: v.t(lang.Zh(m.Period.Label().Zh+m.Label.Zh), lang.En(m.Label.En+", "+m.Period.Label().En)), To: manuscriptPath(m)},
	}
	p.Lead = strings.Join(x.Headings, " › ")
	return v.show(p, writingPage(p, w))
}

func (s *Server) writing(v *visit, m *app.Manuscript, x *app.ManuscriptPart, text string) (w writing, err error) {
	w = writing{Path: manuscriptPath(m) + "/" + x.Part, Back: manuscriptPath(m), Text: text, Title: x.Title(), Period: m.Period.String(), Key: reference() + reference(), Find: v.r.URL.Query().Get("find")}
	if c := x.Section; c != nil {
		names, err := s.unitNames(v, m)
		if err != nil {
			return w, err
		}
		w.Record, w.State, w.Due = "/records/report_section/"+c.ID.String(), manuscript.StateLabel(c.State).In(v.lang), c.Due.String()
		w.Unit, w.Writer, w.Version = names[c.Unit], c.Writer, c.Version
		w.Open = c.Open() && v.actor().May(access.Edit, manuscript.Writing.Code())
		w.CanRemark = v.actor().May(access.Edit, manuscript.Writing.Code())
		for i, r := range c.Remarks {
			w.Remarks = append(w.Remarks, remarkLine{i, r.By, r.On.String(), r.About, r.Says, r.Settled})
		}
		err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) {
			w.Steps, err = v.steps(view, manuscript.Writing, c)
			return err
		})
		if err != nil {
			return w, err
		}
	}
	if w.Found, err = s.findFigures(v, m.Period, w.Find); err != nil {
		return w, err
	}
	w.Seen, err = s.seen(v, m, x, text)
	return w, err
}

// seen is how a part prints with a text.
func (s *Server) seen(v *visit, m *app.Manuscript, x *app.ManuscriptPart, text string) (out seenDraft, err error) {
	d, err := s.app.DraftOf(v.r.Context(), v.actor(), m.Template, m.Period, map[string]string{x.Part: text})
	if err != nil {
		return out, err
	}
	lines := strings.Split(text, "\n")
	marks := map[int][]int{} // columns by line
	for _, f := range d.Faults {
		if f.Where.File != x.File {
			continue
		}
		out.Faults = append(out.Faults, draftFault{f.Where.Line, f.Words(v.lang)})
		marks[f.Where.Line] = append(marks[f.Where.Line], f.Where.Col)
	}
	for _, g := range d.Gaps {
		if g.Where.File == x.File {
			out.Faults = append(out.Faults, draftFault{g.Where.Line, g.Words(v.lang)})
		}
	}
	var plain strings.Builder
	for i, b := range d.Document.Numbered() {
		if i >= len(d.Document.BlocksAt) || d.Document.BlocksAt[i].File != x.File {
			continue
		}
		line := d.Document.BlocksAt[i].Line
		block := draftBlock{Line: line}
		v.printed(&block, b, m.Period)
		block.plain(&plain) // also of a line in which something is wrong: its numbers claim what they claim
		if cols := marks[line]; len(cols) > 0 && line <= len(lines) {
			block.Marked, block.Parts = true, marked(lines[line-1], cols)
		}
		out.Blocks = append(out.Blocks, block)
	}
	text = plain.String()
	if strings.TrimSpace(text) != "" {
		doc, err := reading.Read(x.Title()+".txt", strings.NewReader(text), int64(len(text)))
		if err != nil {
			return out, err
		}
		out.Checks = doubts(check.Check(doc, check.Options{}), v.lang)
	}
	out.Clean = len(out.Faults)+len(out.Checks) == 0
	return out, nil
}

// doubts are what does not hold in a text.
func doubts(f check.File, l lang.Lang) (out []string) {
	for _, verdict := range []check.Verdict{check.Contradiction, check.Incomplete} {
		for _, r := range f.Relations {
			if r.Verdict == verdict {
				out = append(out, verdict.Mark()+" "+check.Visible(r.Message.In(l)))
			}
		}
	}
	return out
}

// marked is a line as it was typed, with what is wrong in it marked.
func marked(line string, columns []int) (out []draftPart) {
	slices.Sort(columns)
	runes := []rune(line)
	from := 0
	for _, c := range columns {
		at := c - 1
		if at < from || at >= len(runes) {
			continue
		}
		to := at + 1
		for to < len(runes) && strings.ContainsRune("0123456789０１２３４５６７８９.,%％", runes[to]) {
			to++
		}
		if !unicode.IsDigit(runes[at]) && to < len(runes) { // a word of a claim, or a numeral in Chinese
			to++
		}
		if at > from {
			out = append(out, draftPart{Text: string(runes[from:at])})
		}
		out = append(out, draftPart{Text: string(runes[at:to]), Mark: true})
		from = to
	}
	return append(out, draftPart{Text: string(runes[min(from, len(runes)):])})
}

// printed fills a block with what a block of the document prints.
func (v *visit) printed(b *draftBlock, x document.Block, p period.Period) {
	switch x := x.(type) {
	case document.Heading:
		b.Level, b.Parts = x.Level, v.inlines(x.Text, p)
	case document.Item:
		b.Parts = v.inlines(x.Text, p)
	case document.Paragraph:
		b.Parts = v.inlines(document.Inlines(x), p)
	case document.Table:
		b.Head = len(x.Header)
		for _, row := range slices.Concat(x.Header, x.Rows) {
			var cells [][]draftPart
			for _, c := range row {
				cells = append(cells, v.inlines(c.Text, p))
			}
			b.Rows = append(b.Rows, cells)
		}
	}
}

// plain writes the words of a paragraph as a line, without its notes.
func (b *draftBlock) plain(w *strings.Builder) {
	for _, part := range b.Parts {
		if !part.Note {
			w.WriteString(part.Text)
		}
	}
	w.WriteString("\n")
}

func (v *visit) inlines(all document.Inlines, p period.Period) (out []draftPart) {
	for _, x := range all {
		switch x := x.(type) {
		case document.Text:
			out = append(out, draftPart{Text: string(x)})
		case document.Bold:
			out = append(out, v.inlines(document.Inlines(x), p)...)
		case document.Note:
			var text strings.Builder
			for _, part := range v.inlines(document.Inlines(x), p) {
				text.WriteString(part.Text)
			}
			out = append(out, draftPart{Text: text.String(), Note: true})
		case document.Figure:
			part := draftPart{Text: x.Text, Title: x.Name}
			if x.Code != "" {
				part.To = link("/figures/"+x.Code, "period", cmp.Or(x.Period, p.String()), "unit", x.UnitCode)
			}
			out = append(out, part)
		}
	}
	return out
}

// savePart keeps what was written.
func (s *Server) savePart(v *visit) error {
	m, x, err := s.readPart(v)
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(v.r.FormValue("text"), "\r\n", "\n")
	version, err := strconv.ParseInt(v.r.FormValue("version"), 10, 64)
	if err != nil {
		return ErrNotFromAPage.With()
	}
	c := book.Change{Kind: manuscript.Writing.Code(), Key: v.r.FormValue("key")}
	if x.Section == nil {
		section := &manuscript.Section{Report: m.Template, Period: m.Period, Part: x.Part, Title: x.Title(), Writer: v.actor().Name, Text: text}
		section.Unit = v.actor().Unit
		c.Action, c.Record = access.Create, section
	} else {
		after := *x.Section
		after.Text = text
		c.Action, c.ID, c.Expect, c.Record = access.Edit, x.Section.ID, version, &after
	}
	if _, err := s.write(v, c); err != nil {
		return s.refusedWriting(v, m, x, text, err)
	}
	return v.redirect(manuscriptPath(m) + "/" + x.Part)
}

// refusedWriting shows the page again with what was typed and why it was not kept.
func (s *Server) refusedWriting(v *visit, m *app.Manuscript, x *app.ManuscriptPart, text string, err error) error {
	var faults fault.List
	if internal := faults.Add(err); internal != nil {
		return internal
	}
	w, internal := s.writing(v, m, x, text)
	if internal != nil {
		return internal
	}
	for _, f := range faults {
		w.Faults = append(w.Faults, f.In(v.lang))
	}
	v.status = http.StatusUnprocessableEntity
	if kind, ok := fault.KindOf(err); ok && statuses[kind] != 0 {
		v.status = statuses[kind]
	}
	return s.showWriting(v, m, x, w)
}

// previewPart answers with how a text that is being typed prints; nothing is kept.
func (s *Server) previewPart(v *visit) error {
	m, x, err := s.readPart(v)
	if err != nil {
		return err
	}
	seen, err := s.seen(v, m, x, strings.ReplaceAll(v.r.FormValue("text"), "\r\n", "\n"))
	if err != nil {
		return err
	}
	return v.fragment(seenPart(v.page(""), seen))
}

// stepPart moves a section.
func (s *Server) stepPart(v *visit) error {
	m, x, err := s.readPart(v)
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(v.r.FormValue("version"), 10, 64)
	if err != nil || x.Section == nil {
		return ErrNotFromAPage.With()
	}
	if v.r.FormValue("action") == "submit" {
		d, err := s.app.DraftOf(v.r.Context(), v.actor(), m.Template, m.Period, nil)
		if err != nil {
			return err
		}
		var open fault.List
		for _, f := range d.Faults {
			if f.Where.File == x.File {
				open = append(open, f)
			}
		}
		if err := open.Err(); err != nil {
			return s.refusedWriting(v, m, x, x.Text(), err)
		}
	}
	c := book.Change{Kind: manuscript.Writing.Code(), ID: x.Section.ID, Expect: version, Action: access.Action(v.r.FormValue("action")),
		Reason: strings.TrimSpace(v.r.FormValue("reason")), Key: v.r.FormValue("key")}
	if _, err := s.write(v, c); err != nil {
		return err
	}
	return v.redirect(manuscriptPath(m) + "/" + x.Part)
}

// remark says something of a section, or marks what was said as settled.
func (s *Server) remark(v *visit) error {
	m, x, err := s.readPart(v)
	if err != nil {
		return err
	}
	if x.Section == nil {
		return ErrNotFromAPage.With()
	}
	after := *x.Section
	after.Remarks = slices.Clone(x.Section.Remarks)
	if n, err := strconv.Atoi(v.r.FormValue("settled")); err == nil && n >= 0 && n < len(after.Remarks) {
		after.Remarks[n].Settled = true
	} else {
		after.Remarks = append(after.Remarks, manuscript.Remark{By: v.actor().Name, On: period.DayAt(s.app.Clock().Now()),
			About: strings.TrimSpace(v.r.FormValue("about")), Says: strings.TrimSpace(v.r.FormValue("says"))})
	}
	c := book.Change{Kind: manuscript.Writing.Code(), ID: x.Section.ID, Expect: x.Section.Version, Action: access.Edit, Record: &after, Key: v.r.FormValue("key")}
	if _, err := s.write(v, c); err != nil {
		return s.refusedWriting(v, m, x, x.Text(), err)
	}
	return v.redirect(manuscriptPath(m) + "/" + x.Part + "#remarks")
}

// foundFigure is an indicator that was looked for, with its value of the period.
type foundFigure struct{ Label, Code, Text, To string }

const foundMost = 12

// findFigures are the indicators whose name or code has the words.
func (s *Server) findFigures(v *visit, p period.Period, words string) (out []foundFigure, err error) {
	words = strings.TrimSpace(words)
	if words == "" || utf8.RuneCountInString(words) > 40 {
		return nil, nil
	}
	q := question{Period: p, Unit: headUnitOf(v)}
	err = s.look(v, q, func(view *book.View) error {
		set, err := s.app.Indicators(view)
		if err != nil {
			return err
		}
		var codes []string
		for _, i := range set.Indicators() {
			if strings.Contains(i.Label().Zh, words) || strings.Contains(strings.ToLower(i.Label().En), strings.ToLower(words)) || strings.Contains(i.Code(), strings.ToLower(words)) {
				codes = append(codes, i.Code())
			}
		}
		if len(codes) > foundMost {
			codes = codes[:foundMost]
		}
		if len(codes) == 0 {
			return nil
		}
		results, err := s.evaluate(v.r.Context(), app.Figures{View: view}, q, codes...)
		for _, r := range results {
			out = append(out, foundOf(r, q, v.lang))
		}
		return err
	})
	return out, err
}

func foundOf(r indicator.Result, q question, l lang.Lang) foundFigure {
	i := r.Question().Indicator
	code := i.Code()
	switch { // they print 下降, 增长, 减少 by their sign
	case strings.HasSuffix(code, "_change"):
		code += " as change"
	case strings.HasSuffix(code, "_fewer"):
		code += " as fewer"
	}
	return foundFigure{i.Label().In(l), code, r.Text().In(l), q.at("/figures/" + i.Code())}
}

func headUnitOf(v *visit) place.Unit { return v.top }

// pickFigures answers with the figures that somebody looks for while writing.
func (s *Server) pickFigures(v *visit) error {
	p, err := period.Parse(v.r.PathValue("period"))
	if err != nil {
		return err
	}
	found, err := s.findFigures(v, p, v.r.URL.Query().Get("find"))
	if err != nil {
		return err
	}
	return v.fragment(foundFigures(v.page(""), found))
}

// wholeDraft is a report as it would print.
type wholeDraft struct {
	Path, Title string
	Blocks      []draftBlock
	Faults      []string
	Checks      []string
}

// draft shows the whole report as it would print now.
func (s *Server) draft(v *visit) error {
	m, err := s.readManuscript(v)
	if err != nil {
		return err
	}
	d, err := s.app.DraftOf(v.r.Context(), v.actor(), m.Template, m.Period, nil)
	if err != nil {
		return err
	}
	w := wholeDraft{Path: manuscriptPath(m), Title: d.Document.OneLineTitle()}
	for _, f := range slices.Concat(d.Faults, d.Gaps) {
		w.Faults = append(w.Faults, f.In(v.lang))
	}
	var plain strings.Builder
	for _, b := range d.Document.Numbered() {
		block := draftBlock{}
		v.printed(&block, b, m.Period)
		block.plain(&plain)
		w.Blocks = append(w.Blocks, block)
	}
	text := plain.String()
	doc, err := reading.Read(w.Title+".txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		return err
	}
	w.Checks = doubts(check.Check(doc, check.Options{}), v.lang)
	p := v.page(v.t(lang.Zh("通读："+m.Period.Label().Zh+m.Label.Zh), lang.En("Draft: "+m.Label.En+", "+m.Period.Label().En)))
	p.Wing, p.Lead = "write", v.t("与公开时所印的文字一致；附件在公开时生成", "the text as it would be published; the attachments are made when it is")
	p.Crumbs = []anchor{{Text: v.t("报告编写", "Reports being written"), To: link("/reports", "period", m.Period.String())}, {Text: m.Label.In(v.lang), To: w.Path}}
	return v.show(p, draftPage(p, w))
}

// freeze begins the signing of a report as it stands.
func (s *Server) freeze(v *visit) error {
	m, err := s.readManuscript(v)
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return ErrNotFromAPage.Because(err)
	}
	var by []manuscript.Signatory
	for i, login := range v.r.Form["login"] {
		post := ""
		if i < len(v.r.Form["post"]) {
			post = strings.TrimSpace(v.r.Form["post"][i])
		}
		if login = strings.TrimSpace(login); login != "" || post != "" {
			by = append(by, manuscript.Signatory{Login: login, Post: post})
		}
	}
	c, err := s.app.Freeze(v.r.Context(), v.actor(), m, by)
	if err != nil {
		return err
	}
	c.Key = v.r.FormValue("key")
	if _, err := s.write(v, c); err != nil {
		return err
	}
	return v.redirect(manuscriptPath(m) + "#signing")
}

// signing signs, sends back, gives up or publishes a report.
func (s *Server) signing(v *visit) error {
	m, err := s.readManuscript(v)
	if err != nil {
		return err
	}
	id, err := ident.Parse(v.r.FormValue("id"))
	if err != nil {
		return ErrNotFromAPage.Because(err)
	}
	i := slices.IndexFunc(m.Signings, func(g *manuscript.Signing) bool { return g.ID == id })
	if i < 0 {
		return ErrNotFromAPage.With()
	}
	g := m.Signings[i]
	action := access.Action(v.r.FormValue("action"))
	if action == "publish" {
		at, err := s.publish(v.r.Context(), v.actor(), g)
		if err != nil {
			return err
		}
		return v.redirect("/public/reports/" + strconv.FormatInt(at, 10))
	}
	c := book.Change{Kind: manuscript.Sign.Code(), ID: id, Expect: g.Version, Action: action, Reason: strings.TrimSpace(v.r.FormValue("reason")), Key: v.r.FormValue("key")}
	if _, err := s.write(v, c); err != nil {
		return err
	}
	return v.redirect(manuscriptPath(m) + "#signing")
}

// publish publishes a signed report; its files stay in the book.
func (s *Server) publish(ctx context.Context, actor access.Actor, g *manuscript.Signing) (int64, error) {
	if err := actor.Allow("publish", manuscript.Sign.Code(), manuscript.Sign.Label()); err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "anlan-report-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	out, err := s.app.PublishSigned(ctx, actor, g, filepath.Join(dir, "report"))
	if err != nil {
		return 0, err
	}
	s.stir()
	return int64(out.Position), nil
}
