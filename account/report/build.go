package report

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/store/journal"
)

// Subject is what a report is about.
type Subject struct {
	Bureau    string // its name
	Unit      place.Unit
	Period    period.Period
	Basis     document.Basis
	Day       period.Day // on which the newest entry of the basis was recorded: the same for the same position
	Synthetic bool
	Draft     bool   // it will not be published, and every page says so
	Template  string // by whose name it can be built again
	project   string
}

// Built is a report before it is written.
type Built struct {
	Subject     Subject
	Document    document.Document
	Attachments []document.Document // 附件1 … in their order
	Results     []indicator.Result  // of the figures, in order of declaration, those of attachments behind
	Rests       []Rest              // of the final accounts that nobody has explained: with any, it is not published
	Unscored    []Unscored          // lines of evaluations: with any, it is not published
	Gaps        fault.List          // what else is lacking: with any, it is not published
	Omitted     []Omitted           // sentences that were left out
	Replaces    journal.Position    // of the publication of the same report that it replaces and says so; 0: none
	Computed    map[string]Computed // the printed figures that are results, by id
	Scorings    []Scoring           // by what its scores were given
	Sets        *Sets               // the records behind them; nil where they are not published

	printedForms, withheldForms []source.Linear // where something is withheld
}

// Unscored is a line of an evaluation that has no score.
type Unscored struct {
	Of      Evaluated
	Project string // its name; empty for the whole department
	Line    string
	Why     string // in Chinese; may be empty
}

// Build computes the figures of the template and its attachments and sets them into their prose. What the figures themselves
// forbid (a form that is untrue, parts that do not add up, a claim without its citation, a withheld figure that the printed
// ones give away) is answered all at once; a draft is built in spite of it, with each a gap.
func (t *Template) Build(ctx context.Context, set *indicator.Set, from Sources, s Subject) (*Built, error) {
	w := &builder{ctx: ctx, set: set, from: from, counted: &counting{source: from, records: map[indicator.Ask]int{}}, subject: s, placed: map[string]bool{}, marked: map[string]bool{},
		resultsOf: map[string]Computed{}, computed: map[string]Computed{}}
	out := &Built{Subject: s}
	if t.ofProject {
		return nil, ErrOfOneProject.With(t.name)
	}
	attached, err := w.attached(t)
	if err != nil {
		return nil, err
	}
	for i, a := range append([]sheet{{Template: t}}, attached...) {
		prefix, annex := "", ""
		if i > 0 {
			prefix, annex = fmt.Sprintf("a%d.", i), fmt.Sprintf("附件%d", i)
		}
		w.project, w.subject.project = a.project, a.project.Name
		d, results, err := w.build(a.Template, prefix)
		if err != nil {
			return nil, err
		}
		d.Annex = annex
		out.Results = append(out.Results, results...)
		if i == 0 {
			out.Document = d
		} else {
			a.sign(&d, s)
			out.Attachments = append(out.Attachments, d)
		}
	}
	if err := w.giveaways(); err != nil {
		return nil, err
	}
	w.saysSomething(out.Results)
	if err := w.faults.Err(); err != nil {
		return nil, err
	}
	if len(out.Attachments) > 0 {
		var names document.AttachmentList
		for _, d := range out.Attachments {
			names = append(names, d.OneLineTitle())
		}
		out.Document.Blocks = append(out.Document.Blocks, names)
	}
	t.sign(&out.Document, s)
	out.Unscored, out.Gaps, out.Omitted, out.Computed = w.lacking, w.gaps, w.omitted, w.computed
	out.Scorings = w.scorings
	out.printedForms, out.withheldForms = w.printedForms, w.withheldForms
	out.Rests, err = from.Rests(ctx, s.Period, s.Unit)
	return out, err
}

// sheet is a document that is to be built: the report or an attachment.
type sheet struct {
	*Template
	project Project // of which it speaks; none: of the department
}

// attachedMax bounds the attachments with those that are printed once for each project: their ids have two digits.
const attachedMax = 99

// attached lists the attachments, those of projects once for each, that of an evaluation where there is one.
func (w *builder) attached(t *Template) (out []sheet, err error) {
	for _, a := range t.attachments {
		if a.of == "" {
			out = append(out, sheet{Template: a.Template})
			continue
		}
		if e := t.names[a.of].evaluation; e != nil {
			run, ok, err := w.from.Evaluation(w.ctx, *e, w.subject.Period, w.subject.Unit)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, sheet{a.Template, Project{Code: run.Code, Name: run.Project}})
			}
			continue
		}
		projects, err := w.from.Projects(w.ctx, w.subject.Period, w.subject.Unit)
		if err != nil {
			return nil, err
		}
		for _, x := range projects {
			if x.Level == 0 {
				out = append(out, sheet{a.Template, x})
			}
		}
	}
	if len(out) > attachedMax {
		return nil, ErrTooManyAttachments.With(attachedMax)
	}
	return out, nil
}

// sign puts the signature below all else, also below the names of the attachments (GB/T 9704-2012, 7.3.5).
func (t *Template) sign(d *document.Document, s Subject) {
	if t.signature == nil {
		return
	}
	day := t.signature.date
	if day.IsZero() {
		day = s.Day
	}
	for len(d.BlocksAt) < len(d.Blocks) {
		d.BlocksAt = append(d.BlocksAt, fault.Where{})
	}
	d.Blocks, d.BlocksAt = append(d.Blocks, document.Signature{Unit: s.Bureau, Date: dayText(day)}), append(d.BlocksAt, t.signature.at)
}

// builder builds the documents of one report. Names of figures are given once in all of them.
type builder struct {
	ctx     context.Context
	set     *indicator.Set
	from    Sources
	counted *counting
	subject Subject
	placed  map[string]bool // ids of figures
	project Project         // of which the document that is built speaks
	marked  map[string]bool // values that nobody has verified and a note has named
	shown   []shown
	// What figures are results of: by the id of the figure, and by each id under which it is printed.
	resultsOf, computed         map[string]Computed
	printedForms, withheldForms []source.Linear

	faults   fault.List
	failed   error // that is no fault of the report, found while it was laid
	lacking  []Unscored
	scorings []Scoring
	gaps     fault.List
	omitted  []Omitted
}

// page is one document that is being built.
type page struct {
	*builder
	t          *Template
	prefix     string // of the ids of its figures
	projects   map[string][]Project
	references map[string]*reference // of the figures of projects
	order      []string              // of all figures
	results    map[string]indicator.Result
	numbers    map[string]number           // of the figures that have a value
	withheld   map[string]bool             // figures that are not published
	printed    map[string]document.Inlines // of each name
	scores     map[string]Evaluation
	of         map[string]Evaluated        // what each evaluation is of
	notes      map[string]document.Note    // of figures that are sums, until they are printed
	cells      map[string]string           // the figure that a formula means by a name, as {id}
	inside     *inside                     // of the loop that is being laid
	standIns   map[string]document.Inlines // what a draft prints of a name of which nothing is known
	booked     []string                    // figures that the accounts should state and vouchers give
	bookedSaid bool
	// unverified are the values behind a figure that nobody has compared with their document.
	unverified map[string][]string
}

// keep keeps a fault of the report; what is none is given back.
func (w *builder) keep(err error) error { return w.faults.Add(err) }

func (w *builder) build(t *Template, prefix string) (document.Document, []indicator.Result, error) {
	p := &page{builder: w, t: t, prefix: prefix, projects: map[string][]Project{}, references: map[string]*reference{}, order: slices.Clone(t.order),
		results: map[string]indicator.Result{}, numbers: map[string]number{}, withheld: map[string]bool{},
		printed: map[string]document.Inlines{}, scores: map[string]Evaluation{}, of: map[string]Evaluated{}, notes: map[string]document.Note{}, cells: map[string]string{}, standIns: map[string]document.Inlines{}, unverified: map[string][]string{}}
	for id, d := range t.names {
		if d.figure != nil {
			p.references[id] = d.figure
		}
	}
	var results []indicator.Result
	err := p.listProjects()
	if err == nil {
		results, err = p.compute()
	}
	for _, step := range []func() error{p.figures, p.claims, p.lists, p.evaluations, p.sums, p.unfounded} {
		if err == nil {
			err = step()
		}
	}
	if err == nil {
		p.tell()
	}
	d := document.Document{Author: w.subject.Bureau, Basis: w.subject.Basis, Synthetic: w.subject.Synthetic, Draft: w.subject.Draft, Landscape: t.landscape,
		Origin: document.Origin{Template: w.subject.Template, Period: w.subject.Period.String()}}
	if err != nil || len(w.faults) > 0 {
		return d, results, err
	}
	d.Title = t.titleOf(w.subject)
	if len(t.title) > 0 {
		d.TitleAt = t.title[0].at
	}
	l := layout{page: p, document: &d}
	for _, b := range t.blocks {
		l.lay(b)
	}
	p.formulas(&d)
	return d, results, w.failed
}

// layout lays the blocks of a template into a document.
type layout struct {
	*page
	document *document.Document
	above    block // the paragraph or item in which a sentence may go on
	printed  bool  // it, or a sentence that goes on in it, was printed
}

// lay prints a block, once, once for each project, or not at all.
func (l *layout) lay(b block) {
	if !b.joined {
		l.above, l.printed = b, false
	}
	if !l.prints(b) {
		if lacks := l.lacks(b); b.optional && len(lacks) > 0 && (b.when == nil || l.holds(b.when)) {
			l.omitted = append(l.omitted, Omitted{b.place(), lacks})
		}
		return
	}
	switch last := len(l.document.Blocks) - 1; {
	case b.loop != nil:
		l.each(b.loop, l.lay)
		return
	case b.joined && l.printed:
		l.document.Blocks[last] = joined(l.document.Blocks[last], l.inlines(b.parts, true))
		return
	case b.joined:
		b.level, b.item = l.above.level, l.above.item
	}
	l.printed = true
	l.document.Blocks, l.document.BlocksAt = append(l.document.Blocks, l.block(b)), append(l.document.BlocksAt, b.place())
}

// joined is a paragraph or item that goes on.
func joined(above document.Block, more document.Inlines) document.Block {
	switch x := above.(type) {
	case document.Item:
		x.Text = append(slices.Clip(x.Text), more...)
		return x
	case document.Paragraph:
		return append(slices.Clip(x), document.Paragraph(more)...)
	}
	panic(fmt.Sprintf("report: a sentence goes on in %T", above)) // the parser has looked
}

// compute asks for all figures of a template together.
func (p *page) compute() ([]indicator.Result, error) {
	var questions []indicator.Question
	var asked []string
	for _, id := range p.order {
		r := p.references[id]
		ind, err := p.set.Indicator(r.indicator)
		if err != nil {
			if internal := p.keep(fault.At(err, r.at)); internal != nil {
				return nil, internal
			}
			continue
		}
		q := indicator.Question{Indicator: ind, Period: p.subject.Period, Unit: p.subject.Unit}
		if r.period != nil {
			q.Period = r.period(q.Period)
		}
		questions, asked = append(questions, q), append(asked, id)
	}
	if len(p.faults) > 0 {
		return nil, nil
	}
	results, err := indicator.Eval(p.ctx, p.counted, questions...)
	if err != nil {
		return nil, err
	}
	for i, id := range asked {
		p.results[id] = results[i]
	}
	return results, nil
}

// figures sets each figure in its form.
func (p *page) figures() error {
	for _, id := range p.order {
		r, ok := p.results[id]
		if !ok {
			continue
		}
		in, err := p.figure(id, p.references[id], r)
		mark, internal := p.forbid(p.references[id].at, err)
		if internal != nil {
			return internal
		}
		if mark != "" {
			p.notes[id] = append(p.notes[id], mark)
		}
		p.printed[id] = in
	}
	return nil
}

// WithheldText is what is printed of a figure that is not published.
const WithheldText = "不予公开"

func (p *page) figure(id string, ref *reference, r indicator.Result) (document.Inlines, error) {
	f := p.figureOf(id, r)
	ground, err := p.from.Withheld(p.ctx, r.Question())
	if err != nil {
		return nil, err
	}
	if ground != "" {
		f.Text, f.Withheld, f.Records = WithheldText, ground, 0
		p.withheld[id] = true
		return document.Inlines{f}, nil
	}
	if r.Value().State() != indicator.Computed {
		if p.t.names[id].figure == nil && strings.HasSuffix(id, "."+before) {
			return document.Inlines{document.Text(noBefore)}, nil
		}
		f.Text = r.Text().Zh
		return document.Inlines{f}, nil
	}
	unverified, err := p.from.Unverified(p.ctx, r)
	if err != nil {
		return nil, err
	}
	if f.Source == indicator.OnlyRecords && slices.ContainsFunc(r.Asks(), func(a indicator.Ask) bool { return strings.HasPrefix(a.Measure, source.FinalForm+".") }) {
		p.booked = append(p.booked, id)
	}
	p.unverified[id], f.Unverified = unverified, strings.Join(unverified, "、")
	n, err := ref.numberOf(id, r)
	if err != nil {
		return nil, err
	}
	p.numbers[id] = n
	p.resultsOf[f.ID] = Computed{r, n.unit}
	f.Text, f.Value, f.Unit, f.Exact = n.text, n.decimal, n.unit.String(), n.value
	in, err := ref.form.print(n, f)
	if err != nil {
		in = document.Inlines{f} // in a draft
	}
	return in, err
}

// figureOf is a result as figures.json and the documents carry it, without what is printed.
func (p *page) figureOf(id string, r indicator.Result) document.Figure {
	q := r.Question()
	records := 0
	for _, a := range r.Asks() {
		records += p.counted.records[a]
	}
	from, edition := p.from.Provenance(r)
	return document.Figure{
		ID: p.prefix + id, Name: figureName(q.Indicator.Label().In(lang.Chinese)), Unit: q.Indicator.Unit().String(),
		Code: q.Indicator.Code(), Period: q.Period.String(), UnitCode: string(q.Unit), Source: from, Edition: edition, Records: records,
		Recompute: fmt.Sprintf("anlan indicator %s --period %s --unit %s --as-of %d", q.Indicator.Code(), q.Period, q.Unit, p.subject.Basis.Position),
	}
}

// holds says whether the condition of a block holds. A figure that is withheld tells nothing by it.
func (p *page) holds(g *guard) bool {
	is := "missing"
	id := p.t.owner(g.figure)
	if d := p.t.names[id]; d.figure == nil && p.has(id, d) {
		is = "some"
	}
	if n, ok := p.numbers[g.figure]; ok {
		is = "some"
		if n.value.Sign() == 0 {
			is = "zero"
		}
	}
	return slices.Contains(g.states, is)
}

// prints says whether a block is printed.
func (p *page) prints(b block) bool {
	return (b.when == nil || p.holds(b.when)) && (!b.optional || p.tells(b))
}

// sums sees that sums hold, and notes where their printed parts do not add up to what is printed.
func (p *page) sums() error {
	for _, s := range p.t.sums {
		note, err := p.sum(s)
		mark, internal := p.forbid(s.at, err)
		if internal != nil {
			return internal
		}
		if mark != "" {
			note = document.Note{mark}
		}
		if note != nil {
			p.notes[s.whole] = append(p.notes[s.whole], note...)
		}
	}
	return nil
}

func (p *page) sum(s sum) (document.Note, error) {
	whole, ok := p.numbers[s.whole]
	if !ok {
		return nil, nil
	}
	terms := p.terms(s)
	if len(terms) == 0 { // nothing is recorded of a project
		return nil, nil
	}
	exact, stated := new(big.Rat), new(big.Rat)
	said, exactly := "", "" // as printed, and with all decimals
	for i, x := range terms {
		n, ok := p.numbers[x.name]
		if !ok {
			return nil, nil
		}
		n, err := n.in(whole.unit, x.name)
		if err != nil {
			return nil, err
		}
		sign, word := big.NewRat(1, 1), " + "
		if x.negative {
			sign, word = big.NewRat(-1, 1), " − "
		}
		exact.Add(exact, new(big.Rat).Mul(sign, n.value))
		stated.Add(stated, new(big.Rat).Mul(sign, n.stated()))
		if i > 0 || x.negative {
			said, exactly = said+word, exactly+word
		}
		said, exactly = said+n.decimal, exactly+n.exactly()
	}
	if exact.Cmp(whole.value) != 0 {
		off := new(big.Rat).Sub(exact, whole.value)
		return nil, ErrPartsDiffer.With(p.results[s.whole].Question().Indicator.Label(), exactly, whole.exactly()+whole.unit.String(), decimalText(off)+whole.unit.String())
	}
	if off := new(big.Rat).Sub(stated, whole.stated()); off.Sign() != 0 {
		return document.Note{document.Text(fmt.Sprintf("%s = %s，与所列%s相差%s，系各数分别四舍五入所致。",
			said, decimalText(stated), whole.text, decimalText(off.Abs(off))+whole.unit.String()))}, nil
	}
	return nil, nil
}

// counting remembers how many records stand behind each measure that was asked for.
type counting struct {
	source  indicator.Source
	records map[indicator.Ask]int
}

func (c *counting) Values(ctx context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	answers, err := c.source.Values(ctx, asks)
	for i, q := range answers {
		c.records[asks[i]] = q.Records()
	}
	return answers, err
}
