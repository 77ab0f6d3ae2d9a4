package check

import (
	"slices"
	"strconv"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// claim is that a form of the operands gives the stated figure.
type claim struct {
	rule     string
	what     lang.Text // "基本支出的组成": what is claimed, for the message
	form     form
	stated   *mention
	operands []*mention
	padded   bool // the stated percentage may have been filled up with zeros
	// presumed says that the text does not state the relation: it was supposed from the subjects. Then it is reported
	// when it holds, and contradicted only when one wrong digit explains the difference and chance hardly can; see slip.go.
	presumed bool
	quiet    bool // a presumed relation that never contradicts
	far      bool // a presumed relation of figures from several sentences, which chance meets more often
	// exact says which operands are what they say, and not rounded: scores; nil: none.
	exact func(operand int) bool
	notes []Note
}

// spans appends what the operands may stand for; ok is false where one has no bounds.
func (c *claim) spans(to []span) (all []span, ok bool) {
	for i, m := range c.operands {
		s, ok := m.bounds()
		if !ok {
			return to, false
		}
		if c.exact != nil && c.exact(i) || c.isNothing(m) {
			s.low, s.high = s.value, s.value
		}
		to = append(to, s)
	}
	return to, true
}

// isNothing says whether a part is nothing, and no little that was rounded away: who writes a sum with decimals writes 0.30万元 for a
// little and 0万元 for none.
func (c *claim) isNothing(part *mention) bool {
	return c.form.linear() && part.Decimals() == 0 && part.Value().IsZero() && c.stated.Decimals() > 0 && part.Unit() == c.stated.Unit()
}

// bounds is spanOf, computed once.
func (m *mention) bounds() (span, bool) {
	if m.spanned == nil {
		s, ok := spanOf(m.Figure)
		m.spanned = &boundedSpan{s, ok}
	}
	return m.spanned.span, m.spanned.ok
}

type boundedSpan struct {
	span
	ok bool
}

// try judges a claim without reporting it.
func (c *claim) try() (judgement, bool) {
	c.stated.sentence.worked(len(c.operands))
	return c.weigh()
}

// plainly is the verdict on a sum that is plain to see, as it is on nearly all that tables make: it gives the stated figure to the last digit, or
// misses it by more than any way to round allows.
func (c *claim) plainly() (v Verdict, ok bool) {
	stated, ok := c.stated.bounds()
	if !ok || !c.form.linear() || c.stated.Form() != figure.Plain || c.stated.Exact() {
		return "", false
	}
	p := c.stated.sentence.paper
	ops, ok := c.spans(p.spans[:0])
	p.spans = ops
	if !ok {
		return "", false
	}
	var value exact
	for i := range ops {
		if c.form.over[i] < 0 {
			value = value.sub(ops[i].value)
		} else {
			value = value.add(ops[i].value)
		}
	}
	if value.cmp(stated.value) == 0 {
		return Holds, true
	}
	low, high, _ := c.form.bounds(ops)
	steps := stated.high.sub(stated.low).mul(whole(2))
	return Contradiction, high.cmp(stated.low.sub(steps)) < 0 || low.cmp(stated.high.add(steps)) > 0
}

// weigh is try that is not counted as work.
func (c *claim) weigh() (judgement, bool) {
	p := c.stated.sentence.paper
	ops, ok := c.spans(p.spans[:0])
	p.spans = ops
	if !ok {
		return judgement{}, false
	}
	return judge(c.stated.Figure, c.form, ops, c.padded)
}

// holds says whether a claim is not contradicted.
func (c *claim) holds() bool {
	j, ok := c.try()
	return ok && j.verdict != Contradiction
}

// settle judges a claim and reports it, once. It says whether it was reported.
func (p *paper) settle(c claim) bool {
	j, ok := c.try()
	return ok && p.settleAs(c, j)
}

// settleAgain is settle of a claim of which the verdict is known already.
func (p *paper) settleAgain(c claim, v Verdict) bool {
	if v == Holds && p.between == nil && !p.lists(v) {
		return p.settleAs(c, judgement{verdict: v}) // which asks for nothing else
	}
	j, ok := c.weigh()
	return ok && p.settleAs(c, j)
}

// settleAs reports a claim that was judged, once. It says whether it was reported.
func (p *paper) settleAs(c claim, j judgement) bool {
	if c.presumed && (j.verdict == Contradiction && (c.quiet || !c.slipped(j)) || j.verdict == Rounding && !j.tight()) {
		return false
	}
	numbers := c.numbers()
	if !p.first(numbers) {
		return false
	}
	if p.between != nil && !p.between.apart(numbers) {
		return false
	}
	if p.between == nil && !p.lists(j.verdict) {
		p.report(Relation{Rule: c.rule, Verdict: j.verdict}, nil, numbers, nil) // it is only counted
		return true
	}
	if j.verdict == Contradiction { // of a copy, so that what holds needs no memory of its own
		failed := c
		c.notes = append(c.notes, failed.readings(j)...)
	}
	f := finding{claim: c, judgement: j}
	if p.between != nil {
		doubted, of := c, j
		c.notes = append(c.notes, p.between.doubts(&doubted, &of)...)
		j.verdict = of.verdict
	}
	r := Relation{Rule: c.rule, Verdict: j.verdict, How: j.how, Line: c.stated.n.lineNumber(), Stated: c.stated.Number(), Unit: c.stated.Unit().String(), Notes: c.notes}
	if p.lists(j.verdict) {
		r.Quote = quote(c.stated.sentence, numbers)
		r.Figures = idsOf(numbers)
		r.Formula = c.form.formula(r.Figures[1:]) + " = " + r.Figures[0]
		r.Expected = &Bounds{f.show(j.low, -1), f.show(j.high, 1)}
		if n, ok := f.falsePrecision(); ok {
			r.Notes = append(r.Notes, n)
		}
		r.Message = f.message()
		if p.between != nil {
			r.Message = placed(numbers, r.Message)
		}
	}
	p.reportOf(r, &f, numbers, c.stated, c.operands)
	return true
}

// closes says whether a supposed relation holds in a way that chance hardly explains.
func (c *claim) closes() bool {
	j, ok := c.try()
	return ok && (j.verdict == Holds || j.verdict == Rounding && j.tight())
}

// tight says whether what the operands allow is narrow beside its size: less than one part in fifty.
func (j judgement) tight() bool {
	return j.high.sub(j.low).mul(whole(50)).cmp(j.nominal.abs()) < 0
}

// finding is a claim with its judgement.
type finding struct {
	claim
	judgement
	relation int // index in file.Relations
}

func idsOf(numbers []*number) []string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = n.name()
	}
	return out
}

// name is the id of a number in the result.
func (n *number) name() string { return "f" + strconv.Itoa(n.id) }

// first says whether no relation of the same figures was reported before.
func (p *paper) first(numbers []*number) bool {
	var few [16]int
	ids := few[:0]
	for _, n := range numbers {
		ids = append(ids, n.id)
	}
	slices.Sort(ids)
	var buf [128]byte
	b := buf[:0]
	for _, id := range ids {
		b = append(strconv.AppendInt(b, int64(id), 36), ' ')
	}
	key := string(b)
	if p.seen.get(key) {
		return false
	}
	p.seen.put(key, true)
	return true
}

// lists says whether a relation of this verdict is still listed.
func (p *paper) lists(v Verdict) bool {
	most := 1
	if v == Contradiction {
		most = 2
	}
	return len(p.file.Relations) < most*listedMax && p.listed < most*listedFigures
}

// report counts a relation and lists it with its figures.
func (p *paper) report(r Relation, f *finding, numbers []*number, mentions []*mention) {
	p.reportOf(r, f, numbers, nil, mentions)
}

// reportOf is report with the stated figure beside the others, where there is one.
func (p *paper) reportOf(r Relation, f *finding, numbers []*number, stated *mention, mentions []*mention) {
	if p.between != nil && !p.between.apart(numbers) {
		return
	}
	r.doubtPicture(numbers)
	s := &p.file.Summary
	s.count(r.Verdict)
	p.cover(numbers)
	if cells := numbers[0].line.Cells; len(cells) > 0 {
		p.tallyOf(cells[0].Table).judged = true
	}
	if !p.lists(r.Verdict) {
		return
	}
	r.ID = "r" + strconv.Itoa(s.Relations)
	r.Page, r.Cell = numbers[0].page(), numbers[0].cell()
	if r.Figures == nil {
		r.Figures = idsOf(numbers)
	}
	if !p.options.Figures { // where all are listed, these are too
		for _, n := range numbers {
			p.name(n, stated, mentions)
		}
	}
	if f != nil {
		f.relation = len(p.file.Relations)
		if r.Verdict == Contradiction && len(p.open) < listedMax {
			open := *f
			p.open = append(p.open, &open)
		}
	}
	p.listed += len(numbers)
	p.file.list(r)
	if p.kept != nil {
		p.kept.keepClaim(p, f)
	}
}

// cover counts the figures that take part in a relation, each once.
func (p *paper) cover(numbers []*number) {
	for _, n := range numbers {
		if n.Class == figure.ClassFigure && p.covered.add(n.id) {
			p.file.Summary.Covered++
		}
	}
}

// ids is a set of numbers, a bit for each.
type ids []uint64

// add says whether an id is new to the set.
func (s *ids) add(id int) bool {
	word, bit := id/64, uint64(1)<<(id%64)
	for len(*s) <= word {
		*s = append(*s, make([]uint64, 1+len(*s))...)
	}
	if (*s)[word]&bit != 0 {
		return false
	}
	(*s)[word] |= bit
	return true
}

// name keeps the entry of a number that a relation names, with what the words say where it is one of the mentions.
func (p *paper) name(n *number, stated *mention, mentions []*mention) {
	if !p.isNamed.add(n.id) {
		return
	}
	if stated != nil && stated.n == n {
		p.named = append(p.named, namedFigure{n.id, p.describeMention(stated)})
		return
	}
	for _, m := range mentions {
		if m.n == n {
			p.named = append(p.named, namedFigure{n.id, p.describeMention(m)})
			return
		}
	}
	p.named = append(p.named, namedFigure{n.id, p.describe(n)})
}

// namedFigure is the entry of a number that a relation names.
type namedFigure struct {
	id int
	Figure
}

// show writes a value exactly where that is short, else three digits finer than the stated figure, rounded outward for an
// end (side −1 or 1).
func (f *finding) show(x exact, side int) string {
	return x.text(f.stated.Decimals(), f.stated.Decimals()+3, side)
}

// falsePrecision is the note that the printed digits of a ratio promise what its operands cannot: their true values
// allow a hundred times more than the last digit says.
func (f *finding) falsePrecision() (Note, bool) {
	if f.form.linear() || f.stated.Form() != figure.Plain || f.verdict == Contradiction ||
		f.high.sub(f.low).cmp(scaled(100, -f.stated.Decimals())) < 0 {
		return Note{}, false
	}
	unit := f.stated.Unit().String()
	low, high := f.low.text(0, 1, -1)+unit, f.high.text(0, 1, 1)+unit
	return Note{"false_precision", lang.Of(
		lang.Zh("按所据数据的位数，真实值可在"+low+"至"+high+"之间，印出的位数比数据本身更精确"),
		lang.En("by the digits of its operands the true value lies between "+low+" and "+high+"; the printed digits promise more"))}, true
}
