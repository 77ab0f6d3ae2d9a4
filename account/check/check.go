package check

import (
	"context"
	"slices"
	"sort"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// Options choose what a result holds beside the relations.
type Options struct {
	Figures bool     // list every number of the text, not only those that a relation names
	Amounts bool     // give File.Amounts
	Targets *Targets // the approved ones, against which its forms are held; nil for none
}

// rule is one kind of claim. A new kind is a new file and a line here.
type rule struct {
	name  string
	apply func(*sentence)
}

// rules are applied to each sentence in this order, which is that of the text: what a figure is said to be a part of
// before what it is said to have changed by.
var rules = []rule{
	{"digits", checkDigits},
	{"period", checkPeriods},
	{"change", markStarts},
	{"sum", checkParts},
	{"sum", checkComposed},
	{"sum", checkTotals},
	{"sum", checkFunds},
	{"missing", checkMissing},
	{"share", checkShares},
	{"change", checkChanges},
	{"direction", checkSteady},
	{"points", checkPoints},
	{"balance", checkBalance},
	{"rate", keepRoles},
	{"score", keepScore},
	{"score", checkGrades},
	{"balance", checkBudgets},
	{"rate", checkRates},
	{"rate", checkPerHead},
	{"across", checkIdentities},
	{"across", checkTables},
	{"across", checkExpenses},
	{"order", checkOrder},
	{"direction", checkDirection},
	{"repeat", checkRepeats},
	{"rate", keepQuotients},
	{"series", keepSeries},
}

// Check reads what the figures of a document claim of each other and judges it. It needs nothing but the document, keeps
// a bounded window of it in mind, and takes time in proportion to its length. The document is not changed.
func Check(doc *reading.Document, o Options) File {
	return *examine(context.Background(), doc, o, nil).file
}

// CheckContext is Check that is broken off when ctx ends; the error is then its cause.
func CheckContext(ctx context.Context, doc *reading.Document, o Options) (File, error) {
	p := examine(ctx, doc, o, nil)
	if p.ended() {
		return File{}, context.Cause(ctx)
	}
	return *p.file, nil
}

// examine is Check with what was needed for it. What it reads on the way is kept in e, which may be nil. What it gives is not whole when ctx ended.
func examine(ctx context.Context, doc *reading.Document, o Options, e *Examination) *paper {
	f := File{File: doc.Name, SHA256: doc.SHA256, Title: doc.Title, Figures: []Figure{}, Relations: []Relation{}, NotCheckable: []NotCheckable{}, every: o.Figures}
	p := &paper{doc: doc, options: o, file: &f, kept: e, ends: ctx.Done()}
	for _, step := range []func(*paper){(*paper).head, (*paper).openForms, (*paper).read, (*paper).judgeScored, (*paper).judgeQuotients, (*paper).judgeSeries, (*paper).checkFormulas, (*paper).checkTargets,
		(*paper).checkLeftOut, (*paper).checkOutline, (*paper).checkPlaceholders, (*paper).checkOtherOffice, (*paper).mend, (*paper).keys, (*paper).finish} {
		if p.ended() {
			break
		}
		step(p)
	}
	return p
}

// ended says whether the checking is to be broken off.
func (p *paper) ended() bool {
	select {
	case <-p.ends:
		return true
	default:
		return false
	}
}

// finish puts the figures that relations name among those listed, and closes the counts.
func (p *paper) finish() {
	f := p.file
	if !p.options.Figures {
		p.listNamed()
	}
	f.Summary.Pages = p.doc.Pages
	f.Summary.PagesRead = p.doc.Pages
	f.Summary.PagesPictured = p.doc.PagesPictured()
	for _, u := range p.doc.Unread {
		if u.Whole {
			f.Summary.PagesRead--
		}
		f.Missed = append(f.Missed, Missed{u.Line, u.Page, u.What})
		if u.Hidden {
			p.notCheckableOn(u.Page, u.Line, "", lang.Of(lang.Zh(u.What.Zh+"；其中的数据一并核对了"), lang.En(u.What.En+"; its figures were checked with the others")))
			continue
		}
		p.notCheckableOn(u.Page, u.Line, "", lang.Of(lang.Zh(u.What.Zh+"不是文字，其中的数据没有核对"), lang.En(u.What.En+" is no text; figures in it were not checked")))
	}
	p.unjudgedTables()
	sort.SliceStable(f.NotCheckable, func(i, k int) bool { return f.NotCheckable[i].Line < f.NotCheckable[k].Line })
}

// listNamed lists the figures that relations name, in the order of the text.
func (p *paper) listNamed() {
	f := p.file
	slices.SortFunc(p.named, func(a, b namedFigure) int { return a.id - b.id })
	f.Figures = make([]Figure, len(p.named))
	for i := range p.named {
		f.Figures[i] = p.named[i].Figure
	}
	p.named = nil
}

// notCheckable notes a claim that the text cannot settle. Of documents that are read together each has said its own.
func (p *paper) notCheckable(line int, quote string, why lang.Text) {
	if p.between != nil {
		return
	}
	p.notCheckableOn(p.doc.Page(p.doc.Line(line).Offset), line, quote, why)
}

func (p *paper) notCheckableOn(page, line int, quote string, why lang.Text) {
	p.file.Summary.NotCheckable++
	if len(p.file.NotCheckable) < listedMax {
		p.file.NotCheckable = append(p.file.NotCheckable, NotCheckable{line, page, quote, nested(why)})
	}
}
