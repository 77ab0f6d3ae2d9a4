package check

import "anlan/ground/lang"

// family is claims that stand or fall together, because one reading of a table makes them all: that its first column is
// the sum of the others, that these rows are the parts of that one, that two columns give the same. The text states the
// reading by its layout alone, which a reader of layouts can mistake. So a family accuses where it is confirmed: where so
// many of its claims hold that those which do not are the exception.
type family struct {
	rule   string
	claims []familyClaim
	what   func(*familyClaim) lang.Text // what one of them claims, for those that are listed
}

// familyClaim is a claim with what was found of it. Tables make very many: it is small, and made a claim again where it is reported.
type familyClaim struct {
	form     form
	stated   *mention
	operands []*mention
	of       *line
	column   int // of the row, where it is of one
	verdict  Verdict
	closes   bool // it holds in a way that chance hardly explains
	judged   bool // it has a verdict: all of its figures have bounds
	sure     bool // nothing was lost that the claim needs
}

// familyHolds is how many claims of a family must hold for each that does not.
const familyHolds = 3

// add takes that figures are the parts of another, or equal it, in a column of a row; sure is false where something on the page could not be placed that
// may belong to them.
func (f *family) add(c familyClaim) {
	c.weigh()
	f.claims = append(f.claims, c)
}

// weigh judges the claim.
func (c *familyClaim) weigh() {
	x := claim{form: c.form, stated: c.stated, operands: c.operands}
	x.stated.sentence.worked(len(x.operands))
	if v, ok := x.plainly(); ok {
		c.judged, c.verdict, c.closes = true, v, v == Holds
		return
	}
	j, ok := x.weigh()
	c.judged, c.verdict = ok, j.verdict
	c.closes = ok && (j.verdict == Holds || j.verdict == Rounding && j.tight())
}

// claim is the claim by itself.
func (f *family) claim(c *familyClaim) claim {
	x := claim{rule: f.rule, form: c.form, stated: c.stated, operands: c.operands}
	if c.stated.sentence.paper.lists(c.verdict) {
		x.what = f.what(c)
	}
	return x
}

// outcome counts the claims of a family.
type outcome struct {
	holds, fails int // claims of amounts that hold, and that contradict
	shown        int // those that hold and have several operands: chance hardly makes those
}

func (s *outcome) add(c *familyClaim) {
	switch {
	case !c.judged || !c.sure:
	case c.verdict == Contradiction:
		s.fails++
	case !c.stated.Value().IsZero():
		s.holds++
	}
	if len(c.operands) > 1 && c.sure && c.closes {
		s.shown++
	}
}

// confirmed says whether enough claims hold to accuse the rest.
func (s outcome) confirmed() bool { return s.holds >= 2 && s.holds >= familyHolds*s.fails }

func (f *family) outcome() (s outcome) {
	for i := range f.claims {
		s.add(&f.claims[i])
	}
	return s
}

// tally counts the claims of amounts that hold and that contradict.
func (f *family) tally() (holds, fails int) {
	s := f.outcome()
	return s.holds, s.fails
}

// shown counts the claims that hold and have several operands.
func (f *family) shown() int { return f.outcome().shown }

// confirmed says whether enough claims hold to accuse the rest.
func (f *family) confirmed() bool { return f.outcome().confirmed() }

// hasGround says whether a claim of the family holds: not all of its columns fail, as they would if a row was lost.
func (f *family) hasGround() bool {
	holds, _ := f.tally()
	return holds > 0
}

// settle reports the claims. One that does not hold contradicts where the family is confirmed; where it is not and bySlip
// allows it, where one wrong digit explains the difference; else it is not reported, as where something was lost.
func (f *family) settle(p *paper, confirmed, bySlip bool) {
	for i := range f.claims {
		c := &f.claims[i]
		quiet := !c.sure || !confirmed && !bySlip
		if !c.judged || quiet && c.verdict == Contradiction {
			continue
		}
		x := f.claim(c)
		x.presumed, x.quiet = !confirmed || !c.sure, quiet
		p.settleAgain(x, c.verdict)
	}
}
