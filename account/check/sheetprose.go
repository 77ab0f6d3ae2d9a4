package check

import (
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Bounds on what is kept of prose for tables that come after it, and of tables for prose.
const (
	stepLow, stepHigh = -2, 8 // steps of amounts that are looked for: from fen to 亿元
	pathsMax          = 300   // amounts with class, section and item
	proseTables       = 6     // tables in which an amount of the prose is found
)

// stated is an amount of the prose that tables are searched for.
type stated struct {
	*mention
	tables int // in which it was found
}

// path is an amount of the prose of which the place in the classification is said: …（类）…（款）…（项）938.99万元.
type path struct {
	class, item string
	m           *mention
}

// rememberStated makes the amounts of a sentence findable for the tables behind it.
func (p *paper) rememberStated(s *sentence) {
	for _, m := range s.mentions {
		if m.kind != level || m.listSize > 1 {
			continue
		}
		a, ok := m.amountAt()
		if !ok || a.step < stepLow || a.step > stepHigh {
			continue
		}
		if p.stated.get(a) == nil {
			p.stated.put(a, &stated{mention: m})
			p.steps[a.step-stepLow] = true
		}
		if class, item, ok := pathIn(m.lead); ok && len(p.paths) < pathsMax {
			p.paths = append(p.paths, path{class, item, m})
		}
	}
}

// pathIn reads class and item before an amount.
func pathIn(lead string) (class, item string, ok bool) {
	if !strings.Contains(lead, "项") {
		return "", "", false
	}
	lead = fullParentheses.Replace(strings.Trim(compact(trimListMark(strings.TrimSpace(lead))), "“”\"：:"))
	class, rest, ok := strings.Cut(lead, "（类）")
	if !ok {
		return "", "", false
	}
	_, rest, ok = strings.Cut(rest, "（款）")
	if !ok {
		return "", "", false
	}
	item, _, ok = strings.Cut(rest, "（项）")
	return strings.Trim(class, "“”\""), item, ok && item != "" && class != ""
}

var fullParentheses = strings.NewReplacer("(", "（", ")", "）")

// judgeProse judges the amounts of a table that the prose before it states, rounded to the digits there.
func (sh *sheet) judgeProse() {
	if sh.unit == figure.One {
		return
	}
	p := sh.paper
	sh.judgePaths()
	type pair struct {
		of   *stated
		cell *mention
		like bool
	}
	var pairs []pair
	at := map[*stated]int{}
	for _, s := range sh.sides {
		for _, l := range s.lines {
			for _, k := range s.data {
				m := l.cells[k]
				if m == nil || sh.columns[k].apart {
					continue
				}
				a, ok := m.amountAt()
				if !ok {
					continue
				}
				p.keepCell(m, a)
				for i, used := range p.steps {
					if !used {
						continue
					}
					r, ok := a.roundedTo(i + stepLow)
					if !ok {
						continue
					}
					of := p.stated.get(r)
					if of == nil || of.tables >= proseTables {
						continue
					}
					like := l.label != "" && l.total == noTotal && strings.Contains(fullParentheses.Replace(compact(of.lead)), l.label)
					if !like && r.digits() < amountDigits {
						continue
					}
					if n, known := at[of]; !known {
						at[of] = len(pairs)
						pairs = append(pairs, pair{of, m, like})
					} else if like && !pairs[n].like {
						pairs[n].cell, pairs[n].like = m, true
					}
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return a.of.n.id - b.of.n.id })
	for _, x := range pairs {
		x.of.tables++
		c := cellClaim(x.of.mention, x.cell)
		c.presumed, c.quiet = true, true
		p.settle(c)
	}
}

// judgePaths judges the amounts of the prose that name class and item against the rows of a table with codes: the list of
// them is a family with each column that holds whole amounts.
func (sh *sheet) judgePaths() {
	p := sh.paper
	if len(p.paths) == 0 {
		return
	}
	for _, s := range sh.sides {
		classes := map[string]string{} // label by code
		rows := map[[2]string]*line{}
		for _, l := range s.lines {
			switch len(l.code) {
			case 3:
				classes[l.code] = l.label
			case 7:
				rows[[2]string{classes[l.code[:3]], l.label}] = l
			}
		}
		if len(rows) == 0 || s.flow() == "收入" {
			continue
		}
		k := s.data[0]
		f := family{rule: "across", what: func(c *familyClaim) lang.Text { return cellClaim(c.stated, c.operands[0]).what }}
		for _, at := range p.paths {
			l := rows[[2]string{at.class, at.item}]
			if l == nil || l.loose || l.cells[k] == nil || !l.cells[k].sameDimension(at.m) {
				continue
			}
			f.add(familyClaim{form: same, stated: at.m, operands: []*mention{l.cells[k]}, sure: true})
		}
		if holds, _ := f.tally(); holds >= familyHolds {
			f.settle(p, f.confirmed(), false)
		}
	}
}

// keepCell makes an amount of a table findable for the prose behind it: as it is, and in 万元 with two decimals.
func (p *paper) keepCell(m *mention, a amountAt) {
	for _, step := range []int{a.step, 2} {
		if r, ok := a.roundedTo(step); ok && r.digits() >= amountDigits && p.cells.get(r) == nil {
			p.cells.put(r, m)
		}
	}
}

// judgeCellOf judges an amount of the prose that a table before it gives.
func (p *paper) judgeCellOf(m *mention) {
	a, ok := m.amountAt()
	if !ok || a.digits() < amountDigits {
		return
	}
	if c := p.cells.get(a); c != nil && int(m.n.line.Number)-c.n.lineNumber() <= repeatLines {
		x := cellClaim(m, c)
		x.presumed, x.quiet = true, true
		p.settle(x)
	}
}

// unitOfTable is the unit that the table of a line states for its amounts.
func (p *paper) unitOfTable(t *reading.Table) figure.Unit {
	if p.sheet != nil && p.sheet.table == t {
		return p.sheet.unit
	}
	return figure.One
}
