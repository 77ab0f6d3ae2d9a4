package check

import (
	"context"
	"math/big"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// Examination is Check with what was read on the way, for whoever compares a report with figures from elsewhere.
type Examination struct {
	File     File // with every number of the document
	Mentions []Mention
	Claims   []Claim
}

// Sense is what a mention states in its sentence.
type Sense string

// The senses.
const (
	Level  Sense = "level"  // how much there is: 基本支出2030.18万元
	Change Sense = "change" // by how much it changed: 减少16起, 提高2个百分点
	Growth Sense = "growth" // by how many per cent it changed: 下降15.5%
	Share  Sense = "share"  // what part of a whole it is: 占基本支出79.04%
	Ratio  Sense = "ratio"  // a ratio with a name of its own: 预算完成率99.49%
	Base   Sense = "base"   // what a change started from: 由2022年的0.022
)

var senses = [...]Sense{level: Level, amount: Change, rate: Growth, share: Share, named: Ratio, before: Base}

// Mention is a figure where it stands, with what the words around it say (提及). Figures of tables are mentions too, with
// nothing but the words of their cell.
type Mention struct {
	figure.Figure        // with the unit that stands once behind its list
	ID            string // of its entry in File.Figures
	Line          *reading.Line
	From, To      int // of the figure in Line.Text
	Opens, Closes int // of its sentence there
	Sense         Sense
	Way           int    // of a change: 1 up, −1 down
	Said          string // the words before it in its clause, without dates: 实际支出
	Changed       string // of a change: what has changed, as subjects are compared; empty where only the figures before say it
	Lent          string // those of the figure before that it goes on from (“三公”经费全年预算), where its own name nothing
	After         string // the words behind it in its clause
	Of            string // of casualties: what they are of
	Scope         string // 市, 省, 国, 市本级 …; empty where the words name none
	Year          int    // 0 where none can be told
	Part          string // of the year: "5", "1-6", "12.31", 上半年; empty for the whole
	AtEnd         bool   // a stock at the end of the year
	AtStart       bool   // at its start
	Dated         bool   // the words for that time stand in its own clause
	Cell          *reading.Cell
}

// Claim is a relation of File.Relations between mentions, with its arithmetic where it has one.
type Claim struct {
	Relation int // index in File.Relations
	Stated   string
	Operands []string // ids of mentions
	form     form
	counts   int
}

// Computes says whether the claim has an arithmetic.
func (c Claim) Computes() bool { return c.counts > 0 }

// Value is what the claim's arithmetic makes of other values for its operands, all in the base unit of their dimension, as
// the result is. ok is false where there are not as many or they give no number.
func (c Claim) Value(operands []*big.Rat) (*big.Rat, bool) {
	if len(operands) != c.counts || c.counts == 0 {
		return nil, false
	}
	values := make([]exact, len(operands))
	for i, r := range operands {
		values[i] = fromRat(r)
	}
	x, ok := c.form.eval(values)
	return x.rat(), ok
}

// Examine is Check that lists every number and keeps each mention and claim.
func Examine(doc *reading.Document) Examination {
	e := &Examination{}
	p := examine(context.Background(), doc, Options{Figures: true}, e)
	e.File = *p.file
	return *e
}

// keep makes the mentions of a sentence whose rules have been applied.
func (e *Examination) keep(s *sentence) {
	for _, m := range s.mentions {
		changed := ""
		if m.kind == amount || m.kind == rate {
			changed = normal(m.core)
		}
		e.Mentions = append(e.Mentions, Mention{
			Figure: m.Figure, ID: m.n.name(), Line: s.line, From: m.n.Offset, To: m.n.End, Opens: s.from, Closes: s.to,
			Sense: senses[m.kind], Way: m.way, Said: m.said(), Changed: changed, Lent: m.lent(), After: m.tail, Of: m.of, Scope: m.scope,
			Year: int(m.period.year), Part: m.period.part, AtEnd: m.period.atEnd, AtStart: m.period.starts, Dated: m.dated(), Cell: cellOf(m.n),
		})
	}
}

// keepCell makes the mention of a number of a table.
func (e *Examination) keepCell(n *number, year int16) {
	if n.Class != figure.ClassFigure {
		return
	}
	m := Mention{Figure: n.Figure, ID: n.name(), Line: n.line, From: n.Offset, To: n.End, Closes: len(n.line.Text), Sense: Level, Year: int(year), Cell: cellOf(n)}
	from, to := 0, len(n.line.Text)
	if m.Cell != nil {
		for _, part := range m.Cell.Parts {
			if part.Line == n.lineNumber() && part.From <= n.from && n.from < part.To {
				from, to = part.From, part.To
			}
		}
	}
	m.Opens, m.Closes = from, to
	m.Said, m.After = n.line.Text[from:n.Offset], n.line.Text[n.End:max(to, n.End)]
	e.Mentions = append(e.Mentions, m)
}

// keepClaim keeps the last relation listed.
func (e *Examination) keepClaim(p *paper, f *finding) {
	at := len(p.file.Relations) - 1
	ids := p.file.Relations[at].Figures
	c := Claim{Relation: at, Stated: ids[0], Operands: ids[1:]}
	if f != nil {
		c.form, c.counts = f.form, len(f.operands)
	}
	e.Claims = append(e.Claims, c)
}

// lent is what Mention.Lent is.
func (m *mention) lent() string {
	lender := m.lender
	if m.from != nil {
		lender = m.from
	}
	switch {
	case lender == nil:
		return ""
	case lender.lender == nil:
		return lender.said()
	}
	return lender.lent()
}

// said is what Mention.Said is.
func (m *mention) said() string {
	first := m.sentence.mentions[m.list]
	from, to := min(m.opens, first.n.Offset), first.n.Offset
	var b strings.Builder
	for _, d := range m.sentence.dates {
		if d.Offset >= from && d.End <= to {
			b.WriteString(m.sentence.line.Text[from:d.Offset])
			from = d.End
		}
	}
	b.WriteString(m.sentence.line.Text[from:to])
	return b.String()
}

// clauseMarks end a clause.
const clauseMarks = "，,；;。：:"

// dated says whether what gives a figure its time stands in its own clause.
func (m *mention) dated() bool {
	s := m.sentence
	clause := s.line.Text[s.from:m.n.Offset]
	if i := strings.LastIndexAny(clause, clauseMarks); i >= 0 {
		clause = clause[i:]
	}
	from := m.n.Offset - len(clause)
	if m.period.part != "" && strings.Contains(clause, m.period.part) && partWords.is(m.period.part) {
		return true
	}
	for _, d := range s.dates {
		if d.Offset >= from && d.End <= m.n.Offset && partOf(d.Date) == m.period.part && (d.Date.Year == m.period.year || d.Date.Year == 0 && m.period.part != "") {
			return true
		}
	}
	return false
}

// cellOf is the cell of a table in which a number stands; nil outside tables.
func cellOf(n *number) *reading.Cell {
	for _, c := range n.line.Cells {
		for _, part := range c.Parts {
			if part.Line == n.lineNumber() && part.From <= n.from && n.from < part.To {
				return c
			}
		}
	}
	return nil
}
