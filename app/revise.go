package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/account/report/refill"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store/journal"
)

// Faults of revising.
var (
	ErrNotOurReport = fault.Define("app.not_our_report", fault.Invalid,
		"“%s”里的报告不是本账册公开的：账册里没有它的公开记录", "the report in %q was not published by this book: the book has no publication of it")
	ErrReportAltered = fault.Define("app.report_altered", fault.Broken,
		"“%s”里的报告已不是公开时的样子，不能以它为准：%s", "the report in %q is not as it was published and cannot be gone by: %s")
)

// Revising asks which figures of a report would be different today.
type Revising struct {
	Title    string            // of the report
	Position journal.Position  // of its publication; 0 when it is not known
	From     journal.Position  // as of which its figures were computed
	Figures  []document.Placed // as they were printed
	Period   period.Period
	Template string // as of ReportRequest
}

// Revision is the answer.
type Revision struct {
	Title    string           `json:"title"`
	From     journal.Position `json:"from"`
	To       journal.Position `json:"to"`
	Compared int              `json:"compared"` // figures
	Unshown  int              `json:"unshown"`  // that changed by less than is printed
	Gone     []string         `json:"gone"`     // figures that the report would not print any more
	Changed  []Changed        `json:"changed"`  // that would be printed otherwise
	bureau   string
	position journal.Position
	basis    document.Basis
	invented bool
}

// Changed is a figure that would be printed otherwise.
type Changed struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	File    string `json:"file,omitempty"`
	Section string `json:"section,omitempty"`
	Code    string `json:"code,omitempty"`
	Period  string `json:"period,omitempty"`
	Was     string `json:"was"` // as printed
	Is      string `json:"is"`
	// Redefined says that the indicator, or one of those behind it, is defined otherwise than then.
	Redefined bool    `json:"redefined,omitempty"`
	Causes    []Cause `json:"causes"`
	More      int     `json:"more,omitempty"` // causes beyond causesMax
	Hidden    int     `json:"hidden,omitempty"`
}

// Cause is a record that adds something else to a measure than it did.
type Cause struct {
	Kind     string        `json:"kind"`
	Label    lang.Text     `json:"label"` // of the kind
	ID       ident.ID      `json:"id"`
	Key      string        `json:"key,omitempty"`
	Measure  string        `json:"measure"`
	Was      string        `json:"was,omitempty"` // what it added; empty: nothing
	Is       string        `json:"is,omitempty"`
	How      CauseSort     `json:"how"`
	Versions []CausingStep `json:"versions"` // since then, the oldest first; none where what changed is another record, such as a unit
}

// CausingStep is a version that was recorded after the figures were computed.
type CausingStep struct {
	Position   journal.Position `json:"position"`
	RecordedAt time.Time        `json:"recorded_at"`
	Action     access.Action    `json:"action"`
	By         string           `json:"by"`
	Reason     string           `json:"reason,omitempty"`
}

// CauseSort is how a record came to add something else.
type CauseSort string

// The sorts of causes.
const (
	Late      CauseSort = "late"      // entered afterwards (迟报)
	Corrected CauseSort = "corrected" // corrected (更正)
	Withdrawn CauseSort = "withdrawn" // withdrawn (撤销)
	Back      CauseSort = "back"      // reinstated, having been withdrawn then (恢复)
	Moved     CauseSort = "moved"     // counted elsewhere, because another record was changed (归属变动)
)

var causeWords = map[CauseSort]lang.Text{Late: lang.Of("迟报", "entered late"), Corrected: lang.Of("更正", "corrected"),
	Withdrawn: lang.Of("撤销", "withdrawn"), Back: lang.Of("恢复", "reinstated"), Moved: lang.Of("归属变动", "counted elsewhere")}

// Words are the sort for people.
func (s CauseSort) Words() lang.Text { return causeWords[s] }

// causesMax bounds the causes that are told of one figure.
const causesMax = 200

// templateIn is the template that the Word file of a published folder says it was written by.
func templateIn(dir string) (string, error) {
	path := filepath.Join(dir, report.DOCX)
	content, err := readUpTo(path, wordFileMaxBytes)
	if err != nil {
		return "", fault.At(err, fault.Where{File: path})
	}
	word, err := refill.Open(path, content)
	if err != nil {
		return "", err
	}
	return word.Template, nil
}

// PublishedIn reads a published folder for Revise: it must be as it was published, and by this book. The template is that by which it was
// written.
func (a *App) PublishedIn(ctx context.Context, actor access.Actor, dir string) (q Revising, err error) {
	key, err := a.PublicKey()
	if err != nil {
		return q, err
	}
	verified, err := report.Verify(ctx, dir, &key)
	if err != nil {
		return q, err
	}
	if !verified.Sound() {
		return q, ErrReportAltered.With(dir, verified.Findings[0])
	}
	figures, err := report.FiguresIn(dir)
	if err != nil {
		return q, err
	}
	q = Revising{Title: verified.Title, From: journal.Position(verified.Position), Figures: figures.Figures}
	if q.Template, err = templateIn(dir); err != nil {
		return q, err
	}
	err = a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		if v.Head.Book.String() != figures.Book {
			return ErrNotOurReport.With(dir)
		}
		return v.Each(book.Query{Kind: report.Kind.Code(), Withdrawn: true}, func(r any) (err error) {
			if p := r.(*report.Publication); p.Position == verified.Position && p.Title == verified.Title {
				q.Position = journal.Position(p.Began)
				q.Period, err = period.Parse(p.Period)
			}
			return err
		})
	})
	if err == nil && q.Position == 0 {
		err = ErrNotOurReport.With(dir)
	}
	return q, err
}

// AsOf computes a report as of a position for Revise, for whoever has no folder of it.
func (a *App) AsOf(ctx context.Context, actor access.Actor, at journal.Position, p period.Period, template string) (Revising, error) {
	built, err := a.Build(ctx, actor, ReportRequest{Period: p, AsOf: at, Template: template, Draft: true})
	if err != nil {
		return Revising{}, err
	}
	return Revising{Title: built.Document.OneLineTitle(), From: journal.Position(built.Subject.Basis.Position), Figures: built.Figures(), Period: p, Template: template}, nil
}

// Revise computes a report again with what is recorded today, and says which figures would be printed otherwise, and which
// records make the difference.
func (a *App) Revise(ctx context.Context, actor access.Actor, q Revising) (*Revision, error) {
	built, err := a.Build(ctx, actor, ReportRequest{Period: q.Period, Template: q.Template, Draft: true})
	if err != nil {
		return nil, err
	}
	basis := built.Subject.Basis
	out := &Revision{Title: q.Title, From: q.From, To: journal.Position(basis.Position), Compared: len(q.Figures), Gone: []string{}, Changed: []Changed{},
		bureau: built.Subject.Bureau, position: q.Position, basis: basis, invented: built.Subject.Synthetic}
	type place struct{ file, id string }
	now := map[place]document.Placed{}
	for _, f := range built.Figures() {
		now[place{f.File, f.ID}] = f
	}
	var unit []string // of the organisation, of each changed figure
	for _, f := range q.Figures {
		x, stands := now[place{f.File, f.ID}]
		switch {
		case !stands:
			out.Gone = append(out.Gone, f.Name)
		case otherwise(f, x):
			out.Changed = append(out.Changed, Changed{ID: f.ID, Name: f.Name, File: f.File, Section: f.Section, Code: f.Code, Period: f.Period, Was: asRead(f), Is: asRead(x), Causes: []Cause{}})
			unit = append(unit, f.UnitCode)
		case x.Value != f.Value:
			out.Unshown++
		}
	}
	then, err := a.contributions(ctx, actor, q.From, out.Changed, unit)
	if err != nil {
		return nil, err
	}
	today, err := a.contributions(ctx, actor, out.To, out.Changed, unit)
	if err != nil {
		return nil, err
	}
	return out, a.Book.Read(ctx, actor, out.To, func(v *book.View) error {
		for i := range out.Changed {
			if err := out.Changed[i].because(v, then[i], today[i], q.From); err != nil {
				return err
			}
		}
		return nil
	})
}

// otherwise says whether a figure would be printed otherwise. Behind a word of change its text is the size alone, so that 下降10% and 增长10%
// differ by their signs.
func otherwise(was, is document.Placed) bool {
	return was.Text != is.Text || (was.Lead != "" || is.Lead != "") && directionOf(was.Value) != directionOf(is.Value)
}

// directionOf is the sign of a value; 0 of none.
func directionOf(value string) int {
	x, ok := new(big.Rat).SetString(value)
	if !ok {
		return 0
	}
	return x.Sign()
}

// asRead is a figure as it is read, with the word that its form puts before it: 下降10%, 持平（0%）.
func asRead(f document.Placed) string {
	text := f.Lead + f.Text
	if strings.HasSuffix(f.Lead, "（") {
		text += "）"
	}
	return text
}

// adding names what adds to a measure.
type adding struct {
	measure, period string
	kind            string
	id              ident.ID
}

// behindOne is what stands behind one figure at a time.
type behindOne struct {
	definition string // hash of its indicator; empty where there is none
	adds       map[adding]Drilled
	hidden     map[string]int // what the actor may not see, by measure and what it adds
}

// contributions gives what stands behind figures as of a position. Figures that are of no indicator have nothing behind them.
func (a *App) contributions(ctx context.Context, actor access.Actor, at journal.Position, figures []Changed, units []string) ([]behindOne, error) {
	out := make([]behindOne, len(figures))
	err := a.Book.Read(ctx, actor, at, func(v *book.View) error {
		set, err := a.Indicators(v)
		if err != nil {
			return err
		}
		for i, f := range figures {
			one := behindOne{adds: map[adding]Drilled{}, hidden: map[string]int{}}
			x, err := set.Indicator(f.Code)
			p, wrong := period.Parse(f.Period)
			if f.Code == "" || err != nil || wrong != nil {
				continue
			}
			one.definition = x.Hash()
			figures := Figures{View: v}
			results, err := indicator.Eval(ctx, figures, indicator.Question{Indicator: x, Period: p, Unit: place.Unit(units[i])})
			if err != nil {
				return err
			}
			err = figures.Drill(ctx, results[0], func(c Drilled) error {
				if c.Record == nil {
					one.hidden[c.Ask.Measure+" "+c.Adds]++
					return nil
				}
				one.adds[adding{c.Ask.Measure, c.Ask.Period.String(), c.Kind.Code(), c.Kind.Head(c.Record).ID}] = c
				return nil
			})
			if err != nil {
				return err
			}
			out[i] = one
		}
		return nil
	})
	return out, err
}

// because finds the records that make the difference between what stood behind a figure then and what does now.
func (c *Changed) because(v *book.View, then, now behindOne, from journal.Position) error {
	c.Redefined = then.definition != now.definition
	keys := map[adding]bool{}
	for k, x := range then.adds {
		if now.adds[k].Adds != x.Adds {
			keys[k] = true
		}
	}
	for k, x := range now.adds {
		if then.adds[k].Adds != x.Adds {
			keys[k] = true
		}
	}
	for what, n := range now.hidden {
		c.Hidden += max(n-then.hidden[what], 0)
	}
	for k := range keys {
		if len(c.Causes) == causesMax {
			c.More++
			continue
		}
		was, is := then.adds[k], now.adds[k]
		some := is
		if some.Record == nil {
			some = was
		}
		x := Cause{Kind: k.kind, Label: some.Kind.Label(), ID: k.id, Key: strings.Join(some.Kind.KeyText(some.Record), "/"), Measure: k.measure, Was: was.Adds, Is: is.Adds, How: Moved, Versions: []CausingStep{}}
		versions, err := v.History(k.kind, k.id)
		if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
			versions, err = nil, nil
		}
		if err != nil {
			return err
		}
		for _, step := range versions {
			if step.Position <= from {
				continue
			}
			x.Versions = append(x.Versions, CausingStep{step.Position, step.RecordedAt, step.Action, step.Actor, step.Reason})
			switch {
			case step.Action == access.Withdraw:
				x.How = Withdrawn
			case versions[0].Position > from:
				x.How = Late
			case x.How == Back || step.Action == access.Reinstate && was.Adds == "":
				x.How = Back
			default:
				x.How = Corrected
			}
		}
		c.Causes = append(c.Causes, x)
	}
	slices.SortFunc(c.Causes, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(a.since(), b.since()), strings.Compare(a.Measure, b.Measure), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return nil
}

// since is when a cause was recorded first; what has no version of its own comes last.
func (c Cause) since() journal.Position {
	if len(c.Versions) == 0 {
		return 1 << 62
	}
	return c.Versions[0].Position
}

// Names of the files of a notice.
const (
	NoticeDOCX = "correction.docx"
	NoticeText = "correction.txt"
)

// Notice is a draft of the correction notice (更正说明): the figures with what they were and are, and the records that were entered or
// corrected since. It is nothing that was decided: who may correct a published report does so.
func (r *Revision) Notice() *document.Document {
	d := &document.Document{Title: "关于《" + r.Title + "》的更正说明", Author: r.bureau, Basis: r.basis, Draft: true, Synthetic: r.invented}
	published := fmt.Sprintf("《%s》的数据截至日志位置%d。", r.Title, r.From)
	if r.position > 0 {
		published = fmt.Sprintf("《%s》的公开记录在日志位置%d，数据截至日志位置%d。", r.Title, r.position, r.From)
	}
	if len(r.Changed) == 0 {
		d.Blocks = []document.Block{document.Paragraph{document.Text(published + fmt.Sprintf("按日志位置%d的记录重新计算，%d个数据均与公开时相同，无须更正。", r.To, r.Compared))}}
		return d
	}
	d.Blocks = append(d.Blocks,
		document.Paragraph{document.Text(published + fmt.Sprintf("此后有记录迟报、更正或撤销。按日志位置%d的记录重新计算，%d个数据中有%d个与公开时不同，现说明如下。", r.To, r.Compared, len(r.Changed)))},
		document.Heading{Level: 1, Text: document.Inlines{document.Text("更正的数据")}}, r.figuresTable())
	if records := r.recordsTable(); len(records.Rows) > 0 {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: document.Inlines{document.Text("有关的记录")}}, records)
	}
	return d
}

func cells(texts ...string) (row document.Row) {
	for _, t := range texts {
		row = append(row, document.Cell{Text: document.Inlines{document.Text(t)}})
	}
	return row
}

func (r *Revision) figuresTable() document.Table {
	t := document.Table{Columns: []document.Column{{Width: 4}, {Width: 3, Number: true}, {Width: 3, Number: true}, {Width: 5}}, Header: []document.Row{cells("数据", "原公布", "现应为", "原因")}}
	for _, c := range r.Changed {
		t.Rows = append(t.Rows, cells(cmp.Or(c.Name, c.ID), c.Was, c.Is, c.Why().Zh))
	}
	return t
}

// Why is the cause of a change in one line: how many records of which kind were entered late, corrected, withdrawn.
func (c Changed) Why() lang.Text {
	type sort struct {
		how  CauseSort
		kind string
	}
	n, label := map[sort]int{}, map[string]lang.Text{}
	var order []sort
	seen := map[ident.ID]bool{}
	for _, x := range c.Causes {
		if seen[x.ID] {
			continue
		}
		seen[x.ID] = true
		s := sort{x.How, x.Kind}
		if n[s]++; n[s] == 1 {
			order = append(order, s)
		}
		label[x.Kind] = x.Label
	}
	var zh, en []string
	for _, s := range order {
		zh = append(zh, fmt.Sprintf("%s%d条（%s）", label[s.kind].Zh, n[s], s.how.Words().Zh))
		en = append(en, fmt.Sprintf("%d %s (%s)", n[s], label[s.kind].En, s.how.Words().En))
	}
	if c.More > 0 {
		zh, en = append(zh, fmt.Sprintf("另有%d条未列出", c.More)), append(en, fmt.Sprintf("%d more are not listed", c.More))
	}
	if c.Hidden > 0 {
		zh, en = append(zh, fmt.Sprintf("%d条无权查看", c.Hidden)), append(en, fmt.Sprintf("%d that may not be seen", c.Hidden))
	}
	if c.Redefined {
		zh, en = append(zh, "口径已修改"), append(en, "defined otherwise than then")
	}
	if len(zh) == 0 {
		return lang.Of("由其他数据得出，或模板、方案已修改", "it follows from other figures, or the template or scheme was changed")
	}
	return lang.Text{Zh: strings.Join(zh, "；"), En: strings.Join(en, "; ")}
}

func (r *Revision) recordsTable() document.Table {
	t := document.Table{Columns: []document.Column{{Width: 4}, {Width: 2}, {Width: 3}, {Width: 2}, {Width: 4}}, Header: []document.Row{cells("记录", "变动", "时间", "经办", "理由")}}
	type step struct {
		id ident.ID
		at journal.Position
	}
	seen := map[step]bool{}
	for _, c := range r.Changed {
		for _, x := range c.Causes {
			for _, v := range x.Versions {
				if seen[step{x.ID, v.Position}] {
					continue
				}
				seen[step{x.ID, v.Position}] = true
				t.Rows = append(t.Rows, cells(x.Label.Zh+" "+cmp.Or(x.Key, x.ID.String()), x.How.Words().Zh, period.DayAt(v.RecordedAt).String(), v.By, cmp.Or(v.Reason, "—")))
			}
		}
	}
	return t
}

// WriteNotice writes the notice as Word and as text into a new or empty folder.
func (r *Revision) WriteNotice(dir string) error {
	d := r.Notice()
	var word bytes.Buffer
	if err := d.RenderDOCX(&word); err != nil {
		return err
	}
	return report.WriteDraft(map[string][]byte{NoticeDOCX: word.Bytes(), NoticeText: []byte(strings.Join(d.Lines(), "\n") + "\n")}, dir)
}
