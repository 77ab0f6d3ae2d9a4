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
	sums        []sum
	blocks      []block
	attachments []*Template
	signature   *signature // nil: the report is not signed
}

// signature asks for the unit and the date of the document at the end (署名、成文日期).
type signature struct {
	date period.Day // none: the day of the position to which the figures stand
	at   fault.Where
}

// declared is what a name stands for: exactly one of its three.
type declared struct {
	at         fault.Where
	figure     *reference
	claim      string // the code of the cited figure
	evaluation *Evaluated
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

// block is a paragraph, heading, item or table.
type block struct {
	level int // of a heading or item; 0: a paragraph
	item  bool
	parts []part
	table *table
	when  *guard // nil: always printed
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
var settings = []string{"period", "bureau", "last-day", "last-year"}

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
func Read(folder fs.FS, name string) (*Template, error) {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, ErrNoSuchFile.Because(err, name)
	}
	return parse(folder, name, string(content))
}

func parse(folder fs.FS, name, content string) (*Template, error) {
	p := newParser(folder, name)
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
	when   *guard // that is open
	guards []*guard
	faults fault.List
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
	case read != nil && p.prose != "":
		l.fault(at, ErrDirectiveInProse.With(word))
	case read != nil && (p.table == nil || word == "end"):
		read(p, l, text, at)
	case p.table != nil:
		p.readRow(l, text, at)
	default:
		p.readProse(l, text, at)
	}
}

// readProse reads a heading, an item or a paragraph.
func (p *parser) readProse(l *reader, text string, at int) {
	b := block{when: p.when}
	begin := at
	switch {
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
	p.t.blocks = append(p.t.blocks, b)
}

// close finds what the end of the file leaves open.
func (p *parser) close() {
	if p.table != nil { // what it names is used
		p.t.blocks = append(p.t.blocks, block{table: p.table})
	}
	for _, open := range []struct {
		is   bool
		at   func() fault.Where
		word string
	}{
		{p.table != nil, func() fault.Where { return p.table.at }, "table"},
		{p.when != nil, func() fault.Where { return p.when.at }, "when"},
	} {
		if open.is {
			p.fail(open.at(), ErrNotClosed.With(open.word))
		}
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
	for _, b := range t.blocks {
		for _, x := range b.allParts() {
			if x.name != "" {
				use(x.name, x.at)
			}
		}
	}
	p.tableReferences(use)
	for _, g := range p.guards {
		use(g.figure, g.at)
	}
	p.sumReferences(use)
	p.conditions()
	for _, id := range slices.Concat(t.order, t.claims, t.evaluations) {
		if !used[id] && len(p.faults) <= faultsMax {
			p.fail(t.names[id].place(), ErrFigureUnused.With(id))
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
	out := slices.Concat(t.order, t.claims, settings)
	for _, e := range t.evaluations {
		for _, m := range members {
			out = append(out, e+"."+m)
		}
	}
	return out
}

// owner is the declared name that a used name belongs to: whole of whole.score.
func (t *Template) owner(name string) string {
	if e, m, ok := cutLast(name, "."); ok && slices.Contains(members, m) && slices.Contains(t.evaluations, e) {
		return e
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

// allParts are the parts of a block, through the cells of its table.
func (b block) allParts() []part {
	out := b.parts
	if b.table != nil {
		out = slices.Clone(out)
		for _, rows := range [][]row{b.table.header, b.table.rows} {
			for _, r := range rows {
				for _, c := range r.cells {
					out = append(out, c.parts...)
				}
			}
		}
	}
	return out
}

// place is where the block begins.
func (b block) place() fault.Where {
	switch {
	case b.table != nil:
		return b.table.at
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
		for _, s := range states {
			if !slices.Contains(covered[f], s) {
				p.fail(first[f], ErrConditionGap.With(f, stateWords[s], s))
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
