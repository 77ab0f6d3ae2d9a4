package report

import (
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// Template is the prose of a report with references to figures.
type Template struct {
	name        string
	title       []part
	landscape   bool
	names       map[string]declared // what the prose may name, beside the settings
	order       []string            // of figures
	claims      []string            // in order of declaration
	evaluations []string
	projects    []string
	lists       []string
	losses      []string
	sums        []sum
	blocks      []block
	attachments []attachment
	ofProject   bool       // it speaks of one project, and is attached once for each
	signature   *signature // nil: the report is not signed
	slots       []Slot
}

// Slot is a place of a report where prose of people stands (文稿): the file that the template includes there.
type Slot struct {
	File     string   // duties.prose
	Headings []string // above it, from the outermost: 部门基本情况, 部门概况, 主要职能
	After    bool     // something else of the template stands between the last heading and it
}

// Slots lists where prose of people stands, in the order of the report.
func (t *Template) Slots() []Slot { return t.slots }

// Alone is the template without its attachments, for reading while it is written.
func (t *Template) Alone() *Template {
	alone := *t
	alone.attachments = nil
	return &alone
}

// attachment is a template that is printed behind the report: once, once for each project that is no part of another, or for the
// project that was evaluated.
type attachment struct {
	*Template
	of string // the projects, or an evaluation; empty: once
	at fault.Where
}

// signature asks for the unit and the date of the document at the end (署名、成文日期).
type signature struct {
	date period.Day // none: the day of the position to which the figures stand
	at   fault.Where
}

// declared is what a name stands for: exactly one of its six.
type declared struct {
	at         fault.Where
	figure     *reference
	claim      string // the code of the cited figure
	evaluation *Evaluated
	projects   bool
	list       string // the sort of what is listed
	losses     string // the evaluation of which the lines that lost points are meant
}

// reference is a figure that the prose may name.
type reference struct {
	indicator string
	period    func(period.Period) period.Period // nil: the report's own
	unit      string                            // empty: the indicator's own
	printed   int                               // decimals; -1: as the indicator says
	form      form
	at        fault.Where // of the indicator
}

// sum says that a printed figure is the sum of others that are printed too: 基本支出 = 人员经费 + 公用经费.
type sum struct {
	whole string
	parts []term
	at    fault.Where
}

type term struct {
	name     string
	negative bool
}

// block is a paragraph, heading, item, table, or what is printed once for each project.
type block struct {
	level    int // of a heading or item; 0: a paragraph
	item     bool
	parts    []part
	table    *table
	loop     *loop
	when     *guard // nil: always printed
	optional bool   // printed only where all that it names is known
	joined   bool   // goes on in the paragraph or item above
}

// guard prints what it guards only in some states of a figure.
type guard struct {
	figure string
	states []string
	at     fault.Where
}

// part is literal text, a reference when name is set, or a literal with its source.
type part struct {
	text   string
	name   string
	source string
	at     fault.Where
}

// settings are the names of the prose that the report itself gives.
var settings = []string{"period", "bureau", "area", "last-day", "last-year", theProject}

// theProject names the project of an attachment that is printed once for each.
const theProject = "project-name"

const (
	templateBytesMax = 1 << 20
	idBytesMax       = 56 // Word's bound on the tag of a content control is 64: "a4." before it and ".99" behind it must fit
	// evaluationBytesMax is shorter: what it names has ids such as whole.execution-points.
	evaluationBytesMax = 24
	faultsMax          = 100 // answered at once; a file with more is something else than a template
	quotedRunesMax     = 80  // of a text that a fault repeats
	attachmentsMax     = 9
)

// Parse reads a template that stands alone; all its faults are answered at once. Read takes one with its files. The lines
// are described in docs/report-language.md.
//
// A figure may be declared below the prose that names it. Prose is refused that states a quantity in digits or in Chinese
// numerals, or makes a claim of rank or novelty; a numeral that only counts words (一是, 三个方面) or names something
// (五个确保) may stand, and so may what is written with its source.
func Parse(name, content string) (*Template, error) { return parse(noFiles{}, name, content) }

// noFiles is the folder of a template that stands alone.
type noFiles struct{}

func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Read reads a template of a folder with the prose and the attachments that it names. The faults of all of them are answered
// at once, each with its own file.
func Read(folder fs.FS, name string) (*Template, error) { return read(folder, name, false) }

// ReadWritten is Read for a folder in which people have written prose of their own in place of what came with the template: what the
// template declares for the prose that is gone need not be used.
func ReadWritten(folder fs.FS, name string) (*Template, error) { return read(folder, name, true) }

func read(folder fs.FS, name string, written bool) (*Template, error) {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, ErrNoSuchFile.Because(err, name)
	}
	p := newParser(folder, name)
	p.written = written
	return p.parse(name, string(content))
}

func parse(folder fs.FS, name, content string) (*Template, error) {
	return newParser(folder, name).parse(name, content)
}

func (p *parser) parse(name, content string) (*Template, error) {
	if err := p.readFile(name, content); err != nil {
		return nil, err
	}
	p.close()
	if len(p.faults) <= faultsMax {
		p.references()
	}
	if len(p.faults) > faultsMax {
		more := ErrMoreFaults.With(faultsMax)
		more.Where.File = name
		p.faults = append(p.faults[:faultsMax:faultsMax], more)
	}
	if err := p.faults.Err(); err != nil {
		return nil, err
	}
	return p.t, nil
}

// parser reads the lines of a template and of its prose.
type parser struct {
	t      *Template
	folder fs.FS
	prose  string // the file of prose that is being read; empty in the template itself
	level  int    // of the heading above
	table  *table // that is open
	loop   *loop  // that is open, in the table or outside
	when   *guard // that is open
	outer  opened // by the template around the file of prose
	guards []*guard
	faults fault.List
	// written: prose of people may have taken the place of prose that used what the template declares.
	written bool
}

// opened is what is open in a file.
type opened struct {
	when *guard
	loop *loop
}

func newParser(folder fs.FS, name string) *parser {
	return &parser{t: &Template{name: name, names: map[string]declared{}}, folder: folder}
}

// readFile reads all lines of a file. Its error is one that makes reading on senseless.
func (p *parser) readFile(name, content string) error {
	switch {
	case len(content) > templateBytesMax:
		return fault.At(ErrTemplateTooLarge.With(len(content), templateBytesMax), fault.Where{File: name})
	case !utf8.ValidString(content):
		return fault.At(ErrNotText.With(), fault.Where{File: name})
	}
	for i, line := range strings.Split(strings.TrimPrefix(content, "\ufeff"), "\n") {
		l := reader{at: fault.Where{File: name, Line: i + 1}, text: line}
		p.line(&l)
		if p.faults = append(p.faults, l.faults...); len(p.faults) > faultsMax {
			break
		}
	}
	return nil
}

// directive reads the lines that a word opens; nil for a line of prose.
func directive(word string) func(p *parser, l *reader, text string, at int) {
	switch word {
	case "title":
		return (*parser).readTitle
	case "page":
		return (*parser).readPage
	case "signature":
		return (*parser).readSignature
	case "figure":
		return (*parser).readFigure
	case "claim":
		return (*parser).readClaim
	case "evaluation":
		return (*parser).readEvaluation
	case "projects":
		return (*parser).readProjects
	case "losses":
		return (*parser).readLosses
	case "list":
		return (*parser).readList
	case "each":
		return (*parser).readEach
	case "sum":
		return (*parser).readSum
	case "include":
		return (*parser).readInclude
	case "attachment":
		return (*parser).readAttachment
	case "when":
		return (*parser).readWhen
	case "table":
		return (*parser).readTable
	case "end":
		return (*parser).readEnd
	}
	return nil
}

func (p *parser) line(l *reader) {
	text, at := l.from(0)
	word, _, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	read := directive(word)
	switch {
	case text == "" || strings.HasPrefix(text, "//"):
	case read != nil && p.prose != "" && !slices.Contains(wordings, word):
		l.fault(at, ErrDirectiveInProse.With(word))
	case read != nil && (p.table == nil || word == "end" || word == "each"):
		read(p, l, text, at)
	case p.table != nil:
		p.readRow(l, text, at)
	default:
		p.readProse(l, text, at)
	}
	p.declareDirect(l)
}

// wordings are the lines that a file of prose may have beside its text: they say when and how often it is printed.
var wordings = []string{"when", "each", "end"}

// readProse reads a heading, an item or a paragraph, or what goes on in the one above.
func (p *parser) readProse(l *reader, text string, at int) {
	b := block{when: p.when}
	begin := at
	for _, sign := range []struct {
		mark string
		is   *bool
	}{{"?", &b.optional}, {"+", &b.joined}} {
		if *sign.is = strings.HasPrefix(text, sign.mark); *sign.is {
			text, begin = l.from(begin + len(sign.mark))
		}
	}
	at = begin
	switch {
	case text == "":
		l.fault(at, ErrBadLine.With(short(l.text), signWords))
		return
	case b.joined:
		if above := p.above(); above == nil || above.table != nil || above.loop != nil || above.level > 0 && !above.item {
			l.fault(at, ErrNothingAbove.With())
			return
		}
	case strings.HasPrefix(text, "#"):
		b.level = len(text) - len(strings.TrimLeft(text, "#"))
		if text, begin = l.from(at + b.level); b.level > 4 || text == "" {
			l.fault(at, ErrBadLine.With(short(l.text[at:]), headingWords))
			return
		}
		p.level = b.level
	case strings.HasPrefix(text, "- "):
		b.level, b.item = min(p.level+1, 4), true
		text, begin = l.from(at + len("- "))
	}
	b.parts = l.prose(text, begin)
	p.add(b)
}

// add takes a block into what is open.
func (p *parser) add(b block) {
	if p.loop != nil {
		p.loop.blocks = append(p.loop.blocks, b)
		return
	}
	p.t.blocks = append(p.t.blocks, b)
}

// above is the block that was read last, where it stands in the same.
func (p *parser) above() *block {
	blocks := p.t.blocks
	if p.loop != nil {
		blocks = p.loop.blocks
	}
	if len(blocks) == 0 {
		return nil
	}
	return &blocks[len(blocks)-1]
}

// close finds what the end of the file leaves open.
func (p *parser) close() {
	if p.table != nil { // what it names is used
		p.t.blocks = append(p.t.blocks, block{table: p.table})
	}
	if p.table != nil {
		p.fail(p.table.at, ErrNotClosed.With("table"))
	}
	p.notClosed(opened{})
}

// notClosed finds what is open and was not before.
func (p *parser) notClosed(before opened) {
	if p.loop != before.loop {
		p.fail(p.loop.at, ErrNotClosed.With("each"))
	}
	if p.when != before.when {
		p.fail(p.when.at, ErrNotClosed.With("when"))
	}
}

func (p *parser) fail(at fault.Where, f *fault.Fault) {
	f.Where = at
	p.faults = append(p.faults, f)
}

// references sees that each name in the prose is known, each declared figure used, and each condition complete.
func (p *parser) references() {
	t := p.t
	if t.title == nil {
		p.fail(fault.Where{File: t.name}, ErrNoTitle.With())
	}
	used, known := map[string]bool{}, t.known()
	use := func(name string, at fault.Where) {
		used[t.owner(name)] = true
		if !slices.Contains(known, name) && len(p.faults) <= faultsMax {
			p.fail(at, ErrNoSuchFigure.With(short(name), nearest(short(name), known)))
		}
	}
	take := func(name string, at fault.Where) { // as a whole: what is said of it has a name of its own
		if d := t.names[name]; d.evaluation == nil && !d.projects && d.losses == "" {
			use(name, at)
		}
		used[name] = true
	}
	for _, b := range t.blocks {
		p.eachReferences(b, use, take)
	}
	for _, x := range t.title {
		t.ofProject = t.ofProject || x.name == theProject
	}
	for _, a := range t.attachments {
		switch {
		case t.evaluatesProject(a.of):
			used[a.of] = true
		case a.of != "" && !slices.Contains(t.projects, a.of):
			p.fail(a.at, ErrNoSuchProjects.With(short(a.of), nearest(short(a.of), t.projects)))
		case a.of != "":
			take(a.of, a.at)
		case a.ofProject:
			p.fail(a.at, ErrOfOneProject.With(a.name))
		}
	}
	p.tableReferences(use)
	p.lossReferences(take)
	for _, g := range p.guards {
		take(g.figure, g.at)
	}
	p.sumReferences(use)
	p.conditions()
	if p.written {
		t.drop(func(id string) bool { return !used[id] })
		return
	}
	for _, id := range slices.Concat(t.order, t.claims, t.evaluations, t.projects, t.lists, t.losses) {
		if !used[id] && len(p.faults) <= faultsMax {
			p.fail(t.names[id].place(), ErrFigureUnused.With(id))
		}
	}
}

// drop takes back what was declared.
func (t *Template) drop(gone func(id string) bool) {
	for _, ids := range []*[]string{&t.order, &t.claims, &t.evaluations, &t.projects, &t.lists, &t.losses} {
		for _, id := range *ids {
			if gone(id) {
				delete(t.names, id)
			}
		}
		*ids = slices.DeleteFunc(*ids, gone)
	}
}

// evaluatesProject says whether a name is that of an evaluation of a project.
func (t *Template) evaluatesProject(name string) bool {
	e := t.names[name].evaluation
	return e != nil && (e.Project != "" || e.Fund != "")
}

// eachReferences uses what a block names; what is said of one project can only stand in a loop over the projects.
func (p *parser) eachReferences(b block, use, take func(string, fault.Where)) {
	in := func(parts []part, loop string) {
		for _, x := range parts {
			if x.name == "" {
				continue
			}
			if projects, _, ok := p.t.member(x.name); ok && projects != loop {
				p.fail(x.at, ErrOutsideEach.With(x.name, projects))
			}
			if losses, _, ok := p.t.lossMember(x.name); ok && losses != loop {
				p.fail(x.at, ErrOutsideEach.With(x.name, losses))
			}
			use(x.name, x.at)
		}
	}
	over := func(l *loop) {
		if !slices.Contains(p.t.projects, l.name) && !slices.Contains(p.t.losses, l.name) {
			p.fail(l.at, ErrNoSuchProjects.With(short(l.name), nearest(short(l.name), p.t.projects)))
		}
		take(l.name, l.at)
	}
	in(b.parts, "")
	p.t.ofProject = p.t.ofProject || slices.ContainsFunc(b.allParts(), func(x part) bool { return x.name == theProject })
	if b.loop != nil {
		over(b.loop)
		for _, inner := range b.loop.blocks {
			in(inner.parts, b.loop.name)
		}
	}
	if b.table == nil {
		return
	}
	for _, rows := range [][]row{b.table.header, b.table.rows} {
		for _, r := range rows {
			in(r.parts(), "")
			if r.loop == nil {
				continue
			}
			over(r.loop)
			for _, inner := range r.loop.rows {
				in(inner.parts(), r.loop.name)
			}
		}
	}
}

// place is where a name that is never used should be taken out: of a figure the indicator, as it is read there.
func (d declared) place() fault.Where {
	if d.figure != nil {
		return d.figure.at
	}
	return d.at
}

// members are what a report may say of an evaluation.
var members = append([]string{"goal", "outcome", "score", "points", "execution-score", "execution-points"}, moneyMembers()...)

// known lists every name that the prose may use.
func (t *Template) known() []string {
	out := slices.Concat(t.order, t.claims, t.lists, settings)
	with := func(names, members []string) {
		for _, name := range names {
			for _, m := range members {
				out = append(out, name+"."+m)
			}
		}
	}
	with(t.evaluations, members)
	with(t.projects, projectMembers)
	with(t.losses, lossMembers)
	with(t.lists, []string{listCount})
	return out
}

// owner is the declared name that a used name belongs to: whole of whole.score.
func (t *Template) owner(name string) string {
	of, m, ok := cutLast(name, ".")
	switch {
	case !ok:
	case slices.Contains(t.evaluations, of) && slices.Contains(members, m), slices.Contains(t.projects, of) && slices.Contains(projectMembers, m),
		slices.Contains(t.lists, of) && m == listCount, slices.Contains(t.losses, of) && slices.Contains(lossMembers, m):
		return of
	}
	return name
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// allParts are the parts of a block, through the cells of its table and what is printed for each project.
func (b block) allParts() []part {
	out := slices.Clone(b.parts)
	if b.loop != nil {
		for _, inner := range b.loop.blocks {
			out = append(out, inner.parts...)
		}
	}
	if b.table != nil {
		for _, rows := range [][]row{b.table.header, b.table.rows} {
			for _, r := range rows {
				out = append(out, r.parts()...)
				if r.loop == nil {
					continue
				}
				for _, inner := range r.loop.rows {
					out = append(out, inner.parts()...)
				}
			}
		}
	}
	return out
}

// parts are the parts of the cells of a row.
func (r row) parts() (out []part) {
	for _, c := range r.cells {
		out = append(out, c.parts...)
	}
	return out
}

// place is where the block begins.
func (b block) place() fault.Where {
	switch {
	case b.table != nil:
		return b.table.at
	case b.loop != nil:
		return b.loop.at
	case len(b.parts) > 0:
		return b.parts[0].at
	}
	return fault.Where{}
}

// conditions sees that what is printed under a condition has its counterpart: a reader must never meet a gap because a
// figure took a turn that nobody thought of.
func (p *parser) conditions() {
	covered := map[string][]string{}
	first := map[string]fault.Where{}
	var order []string
	for _, g := range p.guards {
		if _, seen := first[g.figure]; !seen {
			first[g.figure] = g.at
			order = append(order, g.figure)
		}
		covered[g.figure] = append(covered[g.figure], g.states...)
	}
	for _, f := range order {
		words, can := stateWords, states
		if d, known := p.t.names[p.t.owner(f)]; known && d.figure == nil {
			words, can = recordedWords, states[1:] // a claim, a list, projects: there are some, or none
		}
		for _, s := range covered[f] {
			if !slices.Contains(can, s) {
				p.fail(first[f], ErrNoSuchState.With(f, s, strings.Join(can, " ")))
			}
		}
		for _, s := range can {
			if !slices.Contains(covered[f], s) {
				p.fail(first[f], ErrConditionGap.With(f, words[s], s))
			}
		}
	}
}

// states are what a figure can be for a condition.
var states = []string{"zero", "some", "missing"}

var stateWords = map[string]lang.Text{
	"zero":    lang.Of("为零", "it is 0"),
	"some":    lang.Of("不为零", "it is not 0"),
	"missing": lang.Of("没有数值", "it has no value"),
}

// recordedWords are the states of what is no figure.
var recordedWords = map[string]lang.Text{
	"some":    lang.Of("有登记", "it is recorded"),
	"missing": lang.Of("没有登记", "it is not recorded"),
}
