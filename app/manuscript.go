package app

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"anlan/account/report"
	owntemplate "anlan/account/report/own"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/manuscript"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store/journal"
)

// ErrNoSuchSignatory refuses to freeze a report that nobody could sign.
var ErrNoSuchSignatory = fault.Define("app.no_such_signatory", fault.Invalid,
	"没有登录名为“%s”的用户（%s），不能送会签", "there is no user with the login name %q (%s) to sign")

// ErrSectionOpen refuses to publish a report of which a section is not approved.
var ErrSectionOpen = fault.Define("app.section_open", fault.Conflict,
	"章节“%s”还没有审定（现为%s），报告不能公开", "the section %q is not approved (it is %s), and the report cannot be published")

const proseEnding = owntemplate.ProseEnding

// written is the folder of a template in which the prose that people wrote stands in the place of what came with it.
type written struct {
	fs.FS
	texts map[string]string // by file
}

// ReadFile gives the prose that people wrote, or what the folder has.
func (w written) ReadFile(name string) ([]byte, error) {
	if text, ok := w.texts[name]; ok {
		return []byte(text), nil
	}
	return fs.ReadFile(w.FS, name)
}

// nameOfTemplate is the name by which sections belong to a template.
func nameOfTemplate(template string) string {
	return strings.TrimSuffix(filepath.Base(cmp.Or(template, DefaultTemplate)), owntemplate.TemplateEnding)
}

// ofReport are the filters of what belongs to a report.
func ofReport(template string, p period.Period) []book.Filter {
	return []book.Filter{{Field: "report", Op: "=", Value: template}, {Field: "period", Op: "=", Value: p.String()}}
}

// sectionsOf are the sections of a report, as of the position of a view.
func sectionsOf(v *book.View, template string, p period.Period) (out []*manuscript.Section, err error) {
	err = v.Each(book.Query{Kind: manuscript.Writing.Code(), Down: true, Filters: ofReport(template, p)}, func(r any) error {
		out = append(out, r.(*manuscript.Section))
		return nil
	})
	return out, err
}

// writtenTemplate reads the template of a request with the prose of its sections: of a report that is to be published all are approved.
func (a *App) writtenTemplate(ctx context.Context, v *book.View, q ReportRequest) (*report.Template, error) {
	folder, file, err := a.templateOrFile(ctx, v, cmp.Or(q.Template, DefaultTemplate))
	if err != nil {
		return nil, err
	}
	sections, err := sectionsOf(v, nameOfTemplate(q.Template), q.Period)
	if err != nil {
		return nil, err
	}
	if len(sections) == 0 {
		return report.Read(folder, file)
	}
	texts := map[string]string{}
	var open fault.List
	for _, s := range sections {
		if s.Text != "" {
			texts[s.Part+proseEnding] = s.Text
		}
		if s.State != manuscript.Approved && !q.Draft {
			open = append(open, ErrSectionOpen.With(s.Title, manuscript.StateLabel(s.State)))
		}
	}
	if err := open.Err(); err != nil {
		return nil, err
	}
	return report.ReadWritten(written{folder, texts}, file)
}

// Manuscript is a report that people are writing (报告文稿).
type Manuscript struct {
	Template string
	Label    lang.Text // what the report is called
	Period   period.Period
	Parts    []ManuscriptPart      // in the order of the report
	Signings []*manuscript.Signing // the newest first
}

// ManuscriptPart is one place of a report where prose stands.
type ManuscriptPart struct {
	report.Slot
	Part    string
	Shipped string              // the prose that comes with the template
	Section *manuscript.Section // nil: nobody writes it, and the shipped prose stands
}

// Title is the innermost heading above the part.
func (p ManuscriptPart) Title() string {
	if p.Section != nil {
		return p.Section.Title
	}
	if n := len(p.Headings); n > 0 {
		return p.Headings[n-1]
	}
	return p.Part
}

// Text is what stands there now.
func (p ManuscriptPart) Text() string {
	if p.Section != nil && p.Section.Text != "" {
		return p.Section.Text
	}
	return p.Shipped
}

// Approved says whether every part that somebody writes is approved, and at least one is.
func (m *Manuscript) Approved() bool {
	n := 0
	for _, p := range m.Parts {
		if p.Section != nil {
			if p.Section.State != manuscript.Approved {
				return false
			}
			n++
		}
	}
	return n > 0
}

// Manuscript is a report as it is written now. Fault: ErrNoTemplate.
func (a *App) Manuscript(ctx context.Context, actor access.Actor, template string, p period.Period) (*Manuscript, error) {
	m := &Manuscript{Template: template, Period: p}
	err := a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		folder, file, err := a.templateAt(ctx, v, template)
		if err != nil {
			return err
		}
		t, err := report.Read(folder, file)
		if err != nil {
			return err
		}
		if m.Label, err = a.TemplateLabel(ctx, v, template); err != nil {
			return err
		}
		sections, err := sectionsOf(v, template, p)
		if err != nil {
			return err
		}
		for _, slot := range t.Slots() {
			shippedText, err := fs.ReadFile(folder, slot.File)
			if err != nil {
				return err
			}
			part := ManuscriptPart{Slot: slot, Part: strings.TrimSuffix(slot.File, proseEnding), Shipped: string(shippedText)}
			if i := slices.IndexFunc(sections, func(s *manuscript.Section) bool { return s.Part == part.Part }); i >= 0 {
				part.Section = sections[i]
			}
			m.Parts = append(m.Parts, part)
		}
		return v.Each(book.Query{Kind: manuscript.Sign.Code(), Down: true, Filters: ofReport(template, p)}, func(r any) error {
			m.Signings = append(m.Signings, r.(*manuscript.Signing))
			return nil
		})
	})
	slices.SortFunc(m.Signings, func(a, b *manuscript.Signing) int { return cmp.Compare(b.Position, a.Position) })
	return m, err
}

// Begin are the changes that give every part that nobody writes yet to a unit, with the prose that comes with the template to begin from.
func (m *Manuscript) Begin(u place.Unit, due period.Day) (out []book.Change) {
	for _, p := range m.Parts {
		if p.Section == nil {
			s := &manuscript.Section{Report: m.Template, Period: m.Period, Part: p.Part, Title: p.Title(), Due: due, Text: p.Shipped}
			s.Unit = u
			out = append(out, book.Change{Kind: manuscript.Writing.Code(), Action: access.Create, Record: s})
		}
	}
	return out
}

// Draft is a report as it would print with what is being written.
type Draft struct {
	*report.Built
	Faults fault.List // of the prose, by file and line: the line is printed as it was typed, marked
}

// draftTries bounds how often prose is read again without the lines that could not be read.
const draftTries = 4

// DraftOf builds a report for reading with other texts in the place of some parts, by their codes: what its prose does not allow is told,
// and the report is made all the same.
func (a *App) DraftOf(ctx context.Context, actor access.Actor, template string, p period.Period, texts map[string]string) (*Draft, error) {
	w, file := written{nil, map[string]string{}}, ""
	err := a.Book.Read(ctx, actor, 0, func(v *book.View) (err error) {
		if w.FS, file, err = a.templateAt(ctx, v, template); err != nil {
			return err
		}
		sections, err := sectionsOf(v, template, p)
		for _, s := range sections {
			if s.Text != "" {
				w.texts[s.Part+proseEnding] = s.Text
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for part, text := range texts {
		w.texts[part+proseEnding] = text
	}
	d := &Draft{}
	t, err := report.ReadWritten(w, file)
	for try := 0; err != nil && try < draftTries; try++ {
		var faults fault.List
		if internal := faults.Add(err); internal != nil {
			return nil, internal
		}
		if !w.quote(faults) {
			return nil, err
		}
		d.Faults = append(d.Faults, faults...)
		t, err = report.ReadWritten(w, file)
	}
	if err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		d.Built, err = a.build(ctx, actor, ReportRequest{Period: p, Template: template, Draft: true}, t.Alone())
		var faults fault.List
		if err == nil || try == draftTries {
			return d, err
		}
		if internal := faults.Add(err); internal != nil {
			return nil, internal
		}
		if !w.quote(faults) { // it is not the prose that is wrong
			return nil, err
		}
		d.Faults = append(d.Faults, faults...)
		if t, err = report.ReadWritten(w, file); err != nil {
			return nil, err
		}
	}
}

// quote sets what faults tell of into quotation, so that the rest can be read as it prints: a number or claim that was typed by hand with
// the words around it, up to the figures beside it; else the line. It is false where a fault is of something else.
func (w written) quote(faults fault.List) bool {
	type place struct {
		file string
		line int
	}
	columns := map[place][]int{} // of what was typed by hand
	whole := map[place]bool{}    // what is wrong otherwise
	for _, f := range faults {
		at := place{f.Where.File, f.Where.Line}
		if _, ours := w.texts[at.file]; !ours || at.line == 0 {
			return false
		}
		columns[at] = append(columns[at], f.Where.Col)
		whole[at] = whole[at] || !errors.Is(f, report.ErrTypedNumber) && !errors.Is(f, report.ErrUncitedClaim)
	}
	for at, cols := range columns {
		all := strings.Split(w.texts[at.file], "\n")
		i := at.line - 1
		if i >= len(all) {
			continue
		}
		if whole[at] {
			all[i] = quotation(quotedBefore.ReplaceAllString(strings.TrimSpace(all[i]), "$1"))
		} else {
			all[i] = quoteTyped(all[i], cols)
		}
		if all[i] == "" {
			return false
		}
		w.texts[at.file] = strings.Join(all, "\n")
	}
	return len(faults) > 0
}

// quoteTyped sets into quotation the words of a line in which the columns lie, and leaves the figures between them.
func quoteTyped(line string, columns []int) string {
	runes := []rune(line)
	var out strings.Builder
	from := utf8.RuneCountInString(proseOpening.FindString(line))
	out.WriteString(string(runes[:from]))
	for from < len(runes) {
		to := from
		for to < len(runes) && runes[to] != '{' {
			to++
		}
		words := string(runes[from:to])
		if slices.ContainsFunc(columns, func(c int) bool { return c > from && c <= to }) {
			words = quotation(words)
		}
		out.WriteString(words)
		for from = to; from < len(runes) && (from == to || runes[from-1] != '}'); from++ {
			out.WriteRune(runes[from])
		}
	}
	return out.String()
}

// quotation is a text as a quotation with the mark of what is open; empty of an empty one.
func quotation(typed string) string {
	if typed == "" {
		return ""
	}
	return `{"` + strings.NewReplacer(`"`, "”", "{", "｛", "}", "｝", "|", "｜").Replace(typed) + `" | ` + openMark + `}`
}

// openMark is the source of what is quoted because it is wrong.
const openMark = "请核实：这一段有待改正"

var (
	// proseOpening is what says of a line of prose what it is.
	proseOpening = regexp.MustCompile(`^\s*(?:#{1,4}|[-+]|\?\+?)?\s*`)
	// quotedBefore is what was quoted because it is wrong.
	quotedBefore = regexp.MustCompile(`\{"([^"]*)" \| ` + openMark + `\}`)
)

// Freeze is the change that begins the signing of a report as of the newest position, by these people in this order.
func (a *App) Freeze(ctx context.Context, actor access.Actor, m *Manuscript, by []manuscript.Signatory) (book.Change, error) {
	if open := m.open(); len(open) > 0 {
		return book.Change{}, open.Err()
	}
	head, err := a.Book.Head(ctx)
	if err != nil {
		return book.Change{}, err
	}
	// Whether there is such a user is the book's question, whoever asks: an editor need not be able to see the list of users.
	registrar := access.Actor{Name: actor.Name, Role: access.Administrator, Via: actor.Via}
	var unknown fault.List
	for _, x := range by {
		_, err := a.Users.Find(ctx, registrar, x.Login)
		if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
			unknown = append(unknown, ErrNoSuchSignatory.With(x.Login, x.Post))
		} else if err != nil {
			return book.Change{}, err
		}
	}
	if err := unknown.Err(); err != nil {
		return book.Change{}, err
	}
	s := &manuscript.Signing{Report: m.Template, Period: m.Period, Position: int64(head.Size), Signatories: by}
	s.Unit = actor.Unit
	return book.Change{Kind: manuscript.Sign.Code(), Action: access.Create, Record: s}, nil
}

func (m *Manuscript) open() (out fault.List) {
	for _, p := range m.Parts {
		if p.Section != nil && p.Section.State != manuscript.Approved {
			out = append(out, ErrSectionOpen.With(p.Section.Title, manuscript.StateLabel(p.Section.State)))
		}
	}
	return out
}

// PublishSigned publishes a report as it was signed, as of the position that was signed, into a folder. The files stay in the book.
func (a *App) PublishSigned(ctx context.Context, actor access.Actor, s *manuscript.Signing, dir string) (*Published, error) {
	if err := s.Publish(record.Moment{}); err != nil {
		return nil, err
	}
	if err := actor.Sure(manuscript.Sign.Label()); err != nil {
		return nil, err
	}
	out, err := a.Report(ctx, actor, ReportRequest{Period: s.Period, AsOf: journal.Position(s.Position), Template: s.Report, Dir: dir})
	if err != nil {
		return nil, err
	}
	after := *s
	after.Publication = maybe.Some(int64(out.Position))
	_, err = a.Book.Apply(ctx, actor, []book.Change{{Kind: manuscript.Sign.Code(), ID: s.ID, Expect: s.Version, Action: "publish", Record: &after}})
	return out, err
}
