package check

import (
	"math/big"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// goal is what a cell of a form says of an indicator: its target (年度指标值) or what was achieved (实际完成值).
type goal struct {
	text    string // as people read it: ≥200平方米
	figures []figure.Figure
	dates   []figure.Date
	words   string // what is left without numbers
}

var goalSigns = strings.NewReplacer("大于等于", "≥", "大于或等于", "≥", "不小于", "≥", "小于等于", "≤", "小于或等于", "≤", "不大于", "≤",
	">=", "≥", "＞=", "≥", "＞", "≥", ">", "≥", "<=", "≤", "＜=", "≤", "＜", "≤", "<", "≤", "≧", "≥", "≦", "≤", "⩾", "≥", "⩽", "≤", "=", "", "＝", "", "等于", "")

// goalOf reads a cell, with the sign and the unit that stand in cells of their own.
func goalOf(c *reading.Cell, sign, unit string) goal {
	text := goalSigns.Replace(compact(c.Text))
	if s := goalSigns.Replace(sign); (s == "≥" || s == "≤") && !strings.ContainsAny(text, "≥≤") {
		text = s + text
	}
	if f, err := figure.Parse(text); err == nil && f.Unit() == figure.One && unit != "" {
		if _, known := figure.UnitOf(unit); known {
			text += unit
		}
	}
	g := goal{text: text}
	var words strings.Builder
	from := 0
	for s := figure.NewScanner(text); ; {
		t, ok := s.Next()
		if !ok {
			break
		}
		switch t.Class {
		case figure.ClassFigure:
			g.figures = append(g.figures, t.Figure)
		case figure.ClassDate:
			g.dates = append(g.dates, t.Date)
		default:
			continue
		}
		words.WriteString(text[from:t.Offset])
		from = t.End
	}
	words.WriteString(text[from:])
	g.words = nameKey(words.String())
	return g
}

// agreement is how a target stands to the one that was approved.
type agreement uint8

const (
	sameGoal  agreement = iota
	otherGoal           // another number, or the other way round
	otherText           // worded otherwise, which a reader must judge
)

// against compares a target with the approved one. A sign that only one of them has is no difference.
func (g goal) against(approved goal) agreement {
	n := len(g.figures)
	switch {
	case nameKey(g.text) == nameKey(approved.text):
		return sameGoal
	case n != len(approved.figures) || len(g.dates) != len(approved.dates):
		return otherText
	case n == 1 && len(g.dates) == 0:
		return sameTarget(g.figures[0], approved.figures[0])
	case n == 0 && len(g.dates) == 1:
		return sameDay(g.dates[0], approved.dates[0])
	case n == 0 || g.words != approved.words:
		return otherText
	}
	for i := range g.figures {
		if a := sameTarget(g.figures[i], approved.figures[i]); a != sameGoal {
			return a
		}
	}
	for i := range g.dates {
		if a := sameDay(g.dates[i], approved.dates[i]); a != sameGoal {
			return a
		}
	}
	return sameGoal
}

// sameTarget compares two numbers; a unit that only one of them has is taken for both where they are the same number.
func sameTarget(f, approved figure.Figure) agreement {
	low, high := endsOf(f)
	lowA, highA := endsOf(approved)
	if f.Unit().Dimension() != approved.Unit().Dimension() {
		if (f.Unit() == figure.One || approved.Unit() == figure.One) && f.Rat().Cmp(approved.Rat()) == 0 {
			return sameGoal
		}
		return otherText
	}
	if f.Form() == figure.AtLeast && approved.Form() == figure.AtMost || f.Form() == figure.AtMost && approved.Form() == figure.AtLeast || low.Cmp(lowA) != 0 || high.Cmp(highA) != 0 {
		return otherGoal
	}
	return sameGoal
}

// endsOf are the ends of a range, in the base unit; of any other figure its number.
func endsOf(f figure.Figure) (low, high *big.Rat) {
	low, high = f.Rat(), f.Rat()
	if f.Form() == figure.Range {
		low, _ = f.Interval().Low()
		high, _ = f.Interval().High()
	}
	scale := f.Unit().Scale()
	return new(big.Rat).Mul(low, scale), new(big.Rat).Mul(high, scale)
}

// sameDay compares two dates in what both of them say.
func sameDay(d, approved figure.Date) agreement {
	for _, pair := range [][2]int16{{d.Year, approved.Year}, {d.Month, approved.Month}, {d.Day, approved.Day}, {d.ToYear, approved.ToYear}, {d.ToMonth, approved.ToMonth}, {d.ToDay, approved.ToDay}} {
		if pair[0] != pair[1] && pair[0] != 0 && pair[1] != 0 {
			return otherGoal
		}
	}
	return sameGoal
}

// deviationPercent is from where a deviation of what was achieved from its target is large: the offices of finance call a target that
// was passed by 30% set too low, and ask for the reason of one missed by as much.
const deviationPercent = 30

// deviation is by how many per cent what was achieved is off its target, where that is a large deviation: below a floor or off a plain target,
// above a ceiling, or far above a floor. Of a target of nothing there is no per cent; off is nil and large still says whether it was missed.
func (g goal) deviation(done goal) (off *big.Rat, large bool) {
	if len(g.figures) != 1 || len(done.figures) != 1 || len(g.dates)+len(done.dates) > 0 {
		return nil, false
	}
	target, actual := g.figures[0], done.figures[0]
	if target.Form() == figure.Range || actual.Form() == figure.Range || target.Unit().Dimension() != actual.Unit().Dimension() || target.Rat().Sign() < 0 {
		return nil, false
	}
	want, _ := endsOf(target)
	got, _ := endsOf(actual)
	over := new(big.Rat).Sub(got, want)
	if want.Sign() == 0 {
		return nil, over.Sign() > 0 && target.Form() != figure.AtLeast
	}
	off = over.Mul(over, big.NewRat(100, 1))
	off.Quo(off, want)
	if target.Form() == figure.AtMost && off.Sign() < 0 {
		return off, false
	}
	return off, new(big.Rat).Abs(off).Cmp(big.NewRat(deviationPercent, 1)) >= 0
}
