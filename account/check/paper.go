package check

import (
	"strings"
	"unicode/utf8"

	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// Bounds on what is held and looked at while a document is checked, so that time and memory stay in proportion to its
// length however it is written.
const (
	sentenceFigures = 120     // of one sentence; a longer one is taken in pieces
	sentenceBytes   = 8 << 10 // likewise
	lineSentences   = 8       // sentences back in the same line in which a figure is looked up
	windowLines     = 40      // lines back in which it is looked up by what it is of
	windowFigures   = 400     // figures back, likewise
	subjectsMax     = 8_192   // subjects under which figures are found again, and as many amounts
	sentenceWork    = 2_000   // operands weighed for one sentence, before sums that it only may mean are left untried
	mendWork        = 500_000 // operands weighed for mends of a document
	mendOthers      = 16      // other contradictions that a mend of one is tried on
	listedMax       = 5_000   // relations listed of a document, twice as many for contradictions; beyond, they are only counted
	listedFigures   = 50_000  // figures that they name, likewise
)

// AmountsMax bounds File.Amounts; of a document with more, the first are there.
const AmountsMax = 20_000

// paper is a document while it is checked: read once, from its first line to its last.
type paper struct {
	doc      *reading.Document
	options  Options
	file     *File
	year     int16    // that the title says the document is about
	titleDay *number  // the date in the title
	topics   []string // nouns of the title (整体支出, 绩效)

	recent   []*mention                      // of the last lines, oldest first
	subjects generations[string, []*mention] // by core
	amounts  generations[printed, *mention]  // by unit and printed digits, where there are many
	shares   generations[string, []parted]   // the shares stated of a whole, by its id
	items    itemList
	tables   []*flatTable
	flatRow  []flatCell // of the row that is read
	expenses *expenseForm
	sheet    *sheet                          // the table that is read
	executed *scoreLine                      // the execution rate's points and score in the form that is read
	around   map[*reading.Table]bool         // tables with others inside
	given    generations[amountOf, *given]   // amounts of tables, by what they are
	across   []kept                          // of the table that is judged
	stated   generations[amountAt, *stated]  // amounts of the prose, for tables behind it
	cells    generations[amountAt, *mention] // amounts of tables, for the prose behind them
	steps    [stepHigh - stepLow + 1]bool    // in which amounts are stated
	paths    []path
	tallies  map[*reading.Table]*tally // tables with figures

	forms     []*targetForm                // forms of targets in the document
	formCells map[*reading.Cell]*[]*number // the numbers in their cells

	quotients quotients // rates and what they divide
	ledger    ledger    // amounts by what they are in the forms of evaluation
	series    series    // values of several years

	between *between // documents read together; nil for one

	tokens  []figure.Token // of the line or sentence that is read
	joined  joined         // the paragraph that is read, where its lines were broken
	numbers int
	covered ids           // numbers that take part in a relation
	listed  int           // figures of the relations listed
	spans   []span        // of the claim that is being weighed
	work    int           // operands weighed for claims
	named   []namedFigure // numbers that relations name
	isNamed ids
	seen    generations[string, bool]
	open    []*finding      // contradictions, for mending
	kept    *Examination    // what is read, for Examine; else nil
	ends    <-chan struct{} // closed when the checking is to be broken off
}

// number is a number of the text where it stands, of any class.
type number struct {
	figure.Token
	id   int
	doc  *reading.Document
	line *reading.Line // or the paragraph that was put together of several lines
	at   *reading.Line // the line of the document in which it stands
	from int           // its first byte there
}

func (n *number) text() string { return n.line.Text[n.Offset:n.End] }

// lineNumber is the number of the document's line in which it stands.
func (n *number) lineNumber() int { return int(n.at.Number) }

// generations is a bounded map: when the younger half is full, the older half is forgotten, and its room taken for the next.
type generations[K comparable, V any] struct{ young, old map[K]V }

func (g *generations[K, V]) get(key K) V {
	if v, ok := g.young[key]; ok {
		return v
	}
	return g.old[key]
}

func (g *generations[K, V]) put(key K, v V) {
	if len(g.young) >= subjectsMax {
		clear(g.old)
		g.young, g.old = g.old, g.young
	}
	if g.young == nil {
		g.young = make(map[K]V)
	}
	g.young[key] = v
}

// read takes the document line by line and applies the rules to what it finds.
func (p *paper) read() {
	for i := range p.doc.Lines {
		l := &p.doc.Lines[i]
		switch {
		case p.ended():
			return
		case l.Kind == reading.Blank || l.Kind == reading.Markup:
		case i > 0 && p.doc.Lines[i-1].Wraps: // read with the line before
			continue
		case l.Kind == reading.Row:
			p.row(l)
		case l.Kind == reading.TableCell && !strings.ContainsAny(l.Text, "。；"):
			numbers := p.scan(l)
			p.list(numbers)
			p.tallyCells(l, numbers)
			p.keepForms(l, numbers)
			p.tableLine(l, numbers)
		default:
			if len(l.Cells) == 0 {
				p.endSheet()
			}
			p.prose(p.paragraph(i))
		}
	}
	p.endSheet()
	p.endItems()
	p.endExpenses()
}

// scan gives the numbers of a line that is no prose.
func (p *paper) scan(l *reading.Line) []*number {
	p.tokens = p.tokens[:0]
	for s := figure.NewScanner(l.Text); ; {
		t, ok := s.Next()
		if !ok {
			break
		}
		p.tokens = append(p.tokens, t)
	}
	held := p.numbersOf(l)
	all := make([]*number, len(held))
	for i := range held {
		all[i] = &held[i]
	}
	return all
}

// numbersOf makes numbers of p.tokens, which stand in a line. They are remembered and forgotten together.
func (p *paper) numbersOf(l *reading.Line) []number {
	if len(p.tokens) == 0 {
		return nil
	}
	held := make([]number, len(p.tokens))
	for i, t := range p.tokens {
		held[i] = p.numberAt(t, l)
	}
	return held
}

// numberAt makes a number of a token, with its place in the document.
func (p *paper) numberAt(t figure.Token, l *reading.Line) number {
	p.numbers++
	p.file.Summary.Numbers++
	if t.Class == figure.ClassFigure {
		p.file.Summary.Figures++
	}
	at, from := p.joined.place(l, t.Offset)
	if p.options.Amounts && t.Class == figure.ClassFigure && len(p.file.Amounts) < AmountsMax {
		p.file.Amounts = append(p.file.Amounts, Amount{t.Figure.Number(), int(at.Number)})
	}
	return number{t, p.numbers, p.doc, l, at, from}
}

// prose reads a line of sentences.
func (p *paper) prose(l *reading.Line) {
	p.forget(l)
	p.item(l)
	scanner := figure.NewScanner(l.Text)
	token, more := scanner.Next()
	var before *sentence
	for at := 0; at < len(l.Text) && !p.ended(); {
		s := &sentence{paper: p, line: l, from: at, to: sentenceEnd(l.Text, at), previous: before}
		p.tokens = p.tokens[:0]
		for figures := 0; more && token.Offset < s.to; token, more = scanner.Next() {
			if figures == sentenceFigures {
				s.to = token.Offset
				break
			}
			if token.Class == figure.ClassFigure {
				figures++
			}
			p.tokens = append(p.tokens, token)
		}
		s.take(p.numbersOf(l))
		at = s.to
		p.judge(s)
		s.forget()
		before = s
	}
	p.itemRead(before)
	p.keepParagraph(l)
}

// sentenceEnd is the offset behind the sentence that starts at from.
func sentenceEnd(text string, from int) int {
	limit := min(len(text), from+sentenceBytes)
	for limit < len(text) && !utf8.RuneStart(text[limit]) {
		limit++
	}
	for _, mark := range []string{"。", "！", "？", "!", "?"} { // each look is as long as what is left
		if i := strings.Index(text[from:limit], mark); i >= 0 {
			limit = from + i + len(mark)
		}
	}
	return limit
}

// judge applies the rules to a sentence and remembers its figures.
func (p *paper) judge(s *sentence) {
	s.complete()
	if len(s.mentions) > 0 || len(s.dates) > 0 || len(s.others) > 0 {
		for _, r := range rules {
			r.apply(s)
		}
	}
	p.remember(s)
	if p.kept != nil {
		p.kept.keep(s)
	}
}

// remember makes the figures of a sentence findable for later ones.
func (p *paper) remember(s *sentence) {
	for _, m := range s.mentions {
		p.recent = append(p.recent, m)
		if m.kind != level || m.core == "" {
			continue
		}
		p.remind(m.core, m)
		if tail := tailRunes(m.core, tailLength); tail != m.core {
			p.remind(tail, m)
		}
	}
	p.rememberStated(s)
	if len(p.recent) > 2*windowFigures {
		p.recent = append([]*mention(nil), p.recent[len(p.recent)-windowFigures:]...)
	}
	if p.options.Figures {
		p.listSentence(s)
	}
}

// tailLength is how many characters of a longer subject are its noun, under which it is found as well: 一般公共预算基本支出
// is also 基本支出.
const tailLength = 4

// sameSubjects bounds the figures that are kept of one subject.
const sameSubjects = 6

func (p *paper) remind(core string, m *mention) {
	known := p.subjects.get(core)
	if len(known) >= sameSubjects {
		known = known[1:]
	}
	p.subjects.put(core, append(known[:len(known):len(known)], m))
}

// listSentence keeps the numbers of a sentence, figures with what the words say of them.
func (p *paper) listSentence(s *sentence) {
	of := make(map[int]*mention, len(s.mentions))
	for _, m := range s.mentions {
		of[m.n.id] = m
	}
	for _, n := range s.numbers() {
		if m := of[n.id]; m != nil {
			p.file.Figures = append(p.file.Figures, p.describeMention(m))
		} else {
			p.file.Figures = append(p.file.Figures, p.describe(n))
		}
	}
}

// forget lets go of figures that are too many lines back.
func (p *paper) forget(l *reading.Line) {
	for len(p.recent) > 0 && int(p.recent[0].n.line.Number) < int(l.Number)-windowLines {
		p.recent = p.recent[1:]
	}
}

// list keeps the numbers for the result when all are asked for.
func (p *paper) list(numbers []*number) {
	if !p.options.Figures {
		return
	}
	for _, n := range numbers {
		p.file.Figures = append(p.file.Figures, p.describe(n))
		if p.kept != nil {
			p.kept.keepCell(n, p.year)
		}
	}
}
