package indicator

// Change says whether an indicator is a change since another period, and which way it counts.
type Change int

const (
	NoChange Change = iota
	Rise            // above 0 where there is more than before: 同比
	Fall            // above 0 where there is less than before: 比上年同期减少
)

// Change reads it off the arithmetic: a difference between a part and the same part of another period, by itself or over something.
func (i *Indicator) Change() Change { return i.expression.change() }

func (n *node) change() Change {
	switch n.kind {
	case nameNode:
		if i, ok := n.ref.(*Indicator); ok {
			return i.expression.change()
		}
	case divideNode, pointsNode:
		return n.of[0].change()
	case negateNode:
		switch n.of[0].change() {
		case Rise:
			return Fall
		case Fall:
			return Rise
		}
	case subtractNode:
		switch now, before := n.of[0], n.of[1]; {
		case before.isBefore(now):
			return Rise
		case now.isBefore(before):
			return Fall
		}
	}
	return NoChange
}

// isBefore says whether n is the other part of an earlier period.
func (n *node) isBefore(now *node) bool {
	return n.kind == shiftNode && n.shift != yearToDate && codeSpelling.write(n.of[0], 0) == codeSpelling.write(now, 0)
}
