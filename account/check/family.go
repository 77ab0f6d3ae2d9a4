package check

// family is claims that stand or fall together, because one reading of a table makes them all: that its first column is
// the sum of the others, that these rows are the parts of that one, that two columns give the same. The text states the
// reading by its layout alone, which a reader of layouts can mistake. So a family accuses where it is confirmed: where so
// many of its claims hold that those which do not are the exception.
type family struct {
	claims []claim
	sure   []bool // that nothing was lost which the claim needs
}

// familyHolds is how many claims of a family must hold for each that does not.
const familyHolds = 3

// add takes a claim; sure is false where something on the page could not be placed that may belong to it.
func (f *family) add(c claim, sure bool) {
	f.claims = append(f.claims, c)
	f.sure = append(f.sure, sure)
}

// tally counts the claims of amounts that hold and that contradict.
func (f *family) tally() (holds, fails int) {
	for i := range f.claims {
		c := &f.claims[i]
		j, ok := c.try()
		switch {
		case !ok || !f.sure[i]:
		case j.verdict == Contradiction:
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
		if c := &f.claims[i]; len(c.operands) > 1 && f.sure[i] && c.closes() {
			n++
		}
	}
	return n
}

// confirmed says whether enough claims hold to accuse the rest.
func (f *family) confirmed() bool {
	holds, fails := f.tally()
	return holds >= 2 && holds >= familyHolds*fails
}

// settle judges the claims. Those that do not hold contradict where the family is confirmed and is the claim's own other
// ground; where it is not and bySlip allows it, where one wrong digit explains the difference; else they are not reported.
func (f *family) settle(p *paper, confirmed, bySlip bool) {
	for i, c := range f.claims {
		c.presumed = !confirmed || !f.sure[i]
		c.quiet = c.presumed && !bySlip || !f.sure[i]
		p.settle(c)
	}
}
