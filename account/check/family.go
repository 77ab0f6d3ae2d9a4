package check

// family is claims that stand or fall together, because one reading of a table makes them all: that its first column is
// the sum of the others, that these rows are the parts of that one, that two columns give the same. The text states the
// reading by its layout alone, which a reader of layouts can mistake. So a family accuses where it is confirmed: where so
// many of its claims hold that those which do not are the exception.
type family struct{ claims []familyClaim }

// familyClaim is a claim with its judgement.
type familyClaim struct {
	claim
	judgement
	judged bool // it has a judgement: all of its figures have bounds
	sure   bool // nothing was lost that the claim needs
}

// familyHolds is how many claims of a family must hold for each that does not.
const familyHolds = 3

// add takes a claim; sure is false where something on the page could not be placed that may belong to it.
func (f *family) add(c claim, sure bool) {
	j, ok := c.try()
	f.claims = append(f.claims, familyClaim{c, j, ok, sure})
}

// closes says whether a claim holds in a way that chance hardly explains.
func (c *familyClaim) closes() bool {
	return c.judged && (c.verdict == Holds || c.verdict == Rounding && c.tight())
}

// tally counts the claims of amounts that hold and that contradict.
func (f *family) tally() (holds, fails int) {
	for i := range f.claims {
		switch c := &f.claims[i]; {
		case !c.judged || !c.sure:
		case c.verdict == Contradiction:
			fails++
		case !c.stated.Value().IsZero():
			holds++
		}
	}
	return holds, fails
}

// shown counts the claims that hold and have several operands: chance hardly makes those.
func (f *family) shown() (n int) {
	for i := range f.claims {
		if c := &f.claims[i]; len(c.operands) > 1 && c.sure && c.closes() {
			n++
		}
	}
	return n
}

// confirmed says whether enough claims hold to accuse the rest.
func (f *family) confirmed() bool { return confirms(f.tally()) }

// confirms says whether so many claims that hold accuse those that do not.
func confirms(holds, fails int) bool { return holds >= 2 && holds >= familyHolds*fails }

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
		if !c.judged {
			continue
		}
		c.presumed = !confirmed || !c.sure
		c.quiet = !c.sure || !confirmed && !bySlip
		p.settleAs(c.claim, c.judgement)
	}
}
