package check

import (
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Bounds on a list whose items may be the parts of a whole.
const (
	itemsMax       = 200
	itemFigures    = 8  // columns of an item
	wholeLinesBack = 14 // lines before a list in which its whole is looked for
)

// itemList is a numbered list while it is read: 1.道路运输：45起，死亡47人 … 6.其他：8起，死亡8人.
type itemList struct {
	level   uint8
	first   int          // line of its first item
	columns [][]*mention // of each item, what its first sentence states
	unclear bool         // an item counts in a way that is not understood (一起)
	line    *reading.Line
}

// item takes note of a line that begins an item, or that ends the list.
func (p *paper) item(l *reading.Line) {
	level := l.Level
	if l.Kind != reading.Item && l.Kind != reading.Heading || level == 0 {
		if l.Kind == reading.Paragraph && len(p.items.columns) > 0 && !strings.ContainsAny(l.Text, "0123456789") {
			return // words between items
		}
		p.endItems()
		return
	}
	if p.items.level != level || len(p.items.columns) >= itemsMax {
		p.endItems()
		p.items = itemList{level: level, first: int(l.Number)}
	}
	p.items.line = l
}

// itemRead takes what the first sentence of an item states: last is the last sentence of the line.
func (p *paper) itemRead(last *sentence) {
	if last == nil || p.items.line != last.line {
		return
	}
	first := last
	for first.previous != nil {
		first = first.previous
	}
	var columns []*mention
	seen := map[column]bool{}
	for _, m := range first.mentions {
		if c := m.column(); m.kind == level && m.depth == 0 && m.listSize == 1 && !seen[c] && !m.percent() && !m.Form().Vague() && len(columns) < itemFigures {
			seen[c] = true
			columns = append(columns, m)
		}
	}
	for _, n := range first.others {
		p.items.unclear = p.items.unclear || n.Class == figure.ClassWord
	}
	p.items.columns = append(p.items.columns, columns)
	p.items.line = nil
}

// divided says whether the items are the parts of the whole by the rules of the field, all of one year and stage, and the whole is the only
// figure of its sentence that they may be the parts of.
func (c *claim) divided() bool {
	for _, o := range c.stated.sentence.mentions {
		if o != c.stated && o.kind == level && o.column() == c.stated.column() {
			return false
		}
	}
	for _, m := range c.operands {
		if m.period.year != c.stated.period.year || m.period.part != c.stated.period.part || m.edition != "" && m.edition != c.stated.edition {
			return false
		}
	}
	return slices.ContainsFunc(partitions, func(d partition) bool { return d.divides(c.stated, c.operands) })
}

// endItems judges the list that ends: where the items' figures of one column make the whole of a sentence before the list,
// the list is taken for its breakdown, and the other columns of that sentence are judged too. A column that does not
// close accuses only if another does, or if the items are the parts by the rules of the field.
func (p *paper) endItems() {
	list := p.items
	p.items = itemList{}
	if len(list.columns) < 2 {
		return
	}
	parts := map[column][]*mention{}
	items := 0
	for _, item := range list.columns {
		items += min(1, len(item))
		for _, m := range item {
			parts[m.column()] = append(parts[m.column()], m)
		}
	}
	for k := len(p.recent) - 1; k >= 0; k-- {
		m := p.recent[k]
		if int(m.n.line.Number) >= list.first {
			continue
		}
		if int(m.n.line.Number) < list.first-wholeLinesBack {
			return
		}
		s := m.sentence
		if p.judgeItems(s, parts, items, list.unclear) {
			return
		}
		for k > 0 && p.recent[k-1].sentence == s {
			k--
		}
	}
}

// judgeItems judges the columns of a list by the figures of one sentence; false when none of them closes.
func (p *paper) judgeItems(s *sentence, parts map[column][]*mention, items int, unclear bool) bool {
	var claims []claim
	closes := false
	taken := map[column]bool{}
	for _, m := range s.mentions {
		column := parts[m.column()]
		if m.kind != level || m.depth > 0 || m.listSize > 1 || m.Form().Vague() || len(column) < 2 || taken[m.column()] {
			continue
		}
		taken[m.column()] = true
		c := claim{rule: "sum", what: lang.Of(lang.Zh(name(m)+"的分项"), lang.En("the items of "+name(m))), form: total(len(column)), stated: m, operands: column}
		if !c.holds() && (unclear || len(column) < items && m.casualty() == "") {
			continue // an item may state it in words that were not understood
		}
		claims = append(claims, c)
		closes = closes || c.closes() && !m.Value().IsZero() || c.divided()
	}
	if !closes {
		return false
	}
	for _, c := range claims {
		p.settle(c)
	}
	return true
}
