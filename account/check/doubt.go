package check

import (
	"anlan/ground/lang"
)

// doubt lists a claim that the text makes nearly, and that does not hold, as not checkable: the text does not say that what
// it names is all, so that nothing is contradicted, and a reader must be told the arithmetic. A claim that was reported, or
// holds, is in no doubt.
func (p *paper) doubt(c claim) {
	j, ok := c.try()
	if !ok || j.verdict != Contradiction {
		return
	}
	numbers := c.numbers()
	if !p.first(numbers) {
		return
	}
	why := lang.Text{}
	if len(p.file.NotCheckable) < listedMax {
		f := &finding{claim: c, judgement: j}
		left, stated := f.left(), f.stated.short()
		why = lang.Of(lang.Zh("按文中数据，"+c.what.Zh+"："+left+"，文中为"+stated+"，不相等；文中没有说明所列就是全部，是否另有未列项目，或者所列互有交叉？"),
			lang.En("by the figures of the text, "+c.what.En+": "+left+", but the text says "+stated+"; it does not say that these are all: are others left out, or do these overlap?"))
	}
	p.notCheckable(c.stated.n.lineNumber(), quote(c.stated.sentence, numbers), why)
}

// numbers are the stated figure and the operands.
func (c *claim) numbers() []*number {
	all := make([]*number, 0, len(c.operands)+1)
	all = append(all, c.stated.n)
	for _, m := range c.operands {
		all = append(all, m.n)
	}
	return all
}
