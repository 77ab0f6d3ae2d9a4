package check

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

// judgeLevels judges what the rows of a side add up to: classes of their sections, sections of their items (类 = Σ款 = Σ项),
// numbered items of those below them, and the rows that are called totals.
func (s *side) judgeLevels() {
	s.judgeCodes()
	s.judgeRanks()
	s.judgeOfThem()
	s.judgeTotals()
}

// judgeCodes judges every row with a code against the rows one level below it that follow it. The code says what belongs
// together, so the claims of one row accuse as soon as another of its columns, or the table as a whole, confirms them.
func (s *side) judgeCodes() {
	var all outcome
	var of []family
	for i, l := range s.lines {
		if l.code == "" || len(l.code) > 5 {
			continue
		}
		var parts []*line
		width, last := 0, i
		for j := i + 1; j < len(s.lines); j++ {
			o := s.lines[j]
			if o.code == "" && (o.label != "" && o.total == noTotal || o.loose) {
				continue // a label that goes on in the next line
			}
			if !strings.HasPrefix(o.code, l.code) || len(o.code) == len(l.code) {
				break
			}
			if width == 0 {
				width = len(o.code)
			}
			if len(o.code) == width {
				parts = append(parts, o)
			}
			last = j
		}
		if len(parts) == 0 {
			continue
		}
		f := s.sums(l, parts, l.row, s.lines[last].row)
		of = append(of, f)
		for i := range f.claims {
			all.add(&f.claims[i])
		}
	}
	confirmed := all.confirmed()
	for _, f := range of {
		f.settle(s.sheet.paper, confirmed && f.hasGround(), confirmed)
	}
}

// judgeRanks judges numbered rows against those numbered below them. That these are all is not said, so that only what
// holds is reported, and what another column of the same rows confirms; but the funds of an appropriation are all of it.
func (s *side) judgeRanks() {
	for i, l := range s.lines {
		if l.code != "" || l.rank == 0 || l.rank == partRank || l.total != noTotal {
			continue
		}
		var parts []*line
		rank, last := 0, i
		for j := i + 1; j < len(s.lines); j++ {
			o := s.lines[j]
			if o.rank <= l.rank || o.total != noTotal {
				break
			}
			if rank == 0 {
				rank = o.rank
			}
			if o.rank == rank {
				parts = append(parts, o)
			}
			last = j
		}
		if len(parts) > 0 && rank != partRank {
			f := s.sums(l, parts, l.row, s.lines[last].row)
			holds, fails := f.tally()
			f.settle(s.sheet.paper, holds >= 2 && holds > fails || l.dividedByFund(parts), false)
		}
	}
}

// dividedByFund says whether a row is of an appropriation, and the rows below it are the funds that it is made of (funds.go).
func (l *line) dividedByFund(parts []*line) bool {
	if !strings.Contains(l.label, "财政拨款") || len(parts) != len(fundWords) {
		return false
	}
	for i, w := range fundWords {
		if !strings.Contains(parts[i].label, w) {
			return false
		}
	}
	return true
}

// ofThemMax is how many rows of a list that 其中 begins are tried.
const ofThemMax = 24

// judgeOfThem judges a row against the list that 其中 begins below it. Where the list ends the layout does not say, nor that it is
// whole: of the rows without a number the most are taken that add up to the row, and only what holds is reported. They are then no
// parts of the totals below.
func (s *side) judgeOfThem() {
	for i, l := range s.lines {
		if l.rank == partRank || l.total != noTotal || i+1 == len(s.lines) || s.lines[i+1].rank != partRank {
			continue
		}
		end := i + 2
		for end < len(s.lines) && end-i <= ofThemMax && s.lines[end].rank == 0 && s.lines[end].total == noTotal && s.lines[end].code == "" {
			end++
		}
		for ; end > i+2; end-- {
			f := s.sums(l, s.lines[i+1:end], l.row, s.lines[end-1].row)
			if holds, fails := f.tally(); f.shown() == 0 || holds <= fails {
				continue
			}
			f.settle(s.sheet.paper, false, false)
			for _, part := range s.lines[i+2 : end] {
				part.rank = partRank
			}
			break
		}
	}
}

// sums are the claims that a row is, in each column, the sum of others. Rows from and to bound where something lost would
// matter.
func (s *side) sums(whole *line, parts []*line, from, to int) (f family) {
	f.rule, f.what = "table", s.sumWhat
	f.claims = make([]familyClaim, 0, len(s.data))
	for _, k := range s.data {
		m := whole.cells[k]
		if m == nil || whole.loose || s.sheet.columns[k].apart {
			continue
		}
		sure := true
		operands := make([]*mention, 0, len(parts))
		for _, l := range parts {
			if o := l.cells[k]; o != nil {
				operands = append(operands, o)
			}
			sure = sure && !l.taken[k] && !(l.loose && l.cells[k] != nil)
		}
		if len(operands) == 0 || !addable(m, operands) {
			continue
		}
		for i := min(from, to) - 1; i <= max(from, to)+1; i++ {
			if i >= 0 && i < len(s.sheet.rows) && s.sheet.rows[i].loose && s.sheet.rows[i].cells[k] != nil {
				sure = false
			}
		}
		f.add(familyClaim{form: total(len(operands)), stated: m, operands: operands, of: whole, column: k, sure: sure})
	}
	return f
}

// sumWhat is what is claimed of a row that others add up to.
func (s *side) sumWhat(c *familyClaim) lang.Text {
	name := c.of.label
	if name == "" {
		name = c.of.code
	}
	return lang.Of(lang.Zh("表中“"+name+"”各项之和，"+s.heading(c.column)+"栏"), lang.En("the parts of “"+name+"” in the table, column "+s.heading(c.column)))
}

// totalsMax is how many totals of a side are taken for ones of all rows before them.
const totalsMax = 24

// judgeTotals judges each row that is called a total against the rows that it can be of. Which they are the layout does not
// say: of the readings that give the most of its columns one is taken, and where none gives any, nothing is said but for
// a slip in the plainest.
func (s *side) judgeTotals() {
	start, grand := 0, 0 // the first row behind the total before; totals that may be of everything
	for i, l := range s.lines {
		if l.total == noTotal {
			continue
		}
		var best family
		most := 0
		first := true
		var plainest family
		if l.total != subTotal {
			grand++
		}
		for _, reading := range s.readings(i, start, grand <= totalsMax && l.total != subTotal) {
			if len(reading) == 0 {
				continue
			}
			f := s.sums(l, reading, reading[0].row, l.row)
			if first {
				plainest, first = f, false
			}
			if holds, _ := f.tally(); holds > most {
				best, most = f, holds
			}
		}
		switch holds, fails := best.tally(); {
		case most > 0:
			if holds == fails && best.shown() == holds && s.asksTotal(i) {
				s.askTotals(i, &best)
			}
			best.settle(s.sheet.paper, best.shown() > 0 && holds > fails && holds+fails > 1, true)
		case len(plainest.claims) == 1:
			if len(s.data) != 1 || !s.asksTotal(i) || !s.askTotals(i, &plainest) {
				plainest.settle(s.sheet.paper, false, true)
			}
		}
		start = i + 1
	}
	s.judgeFirstTotal()
}

// asksTotal says whether a total may be asked about: the last row of a table of one side, called 合计 and nothing else, above it plain rows of which
// none says that it is part of another.
func (s *side) asksTotal(i int) bool {
	if i != len(s.lines)-1 || len(s.sheet.sides) != 1 || s.label < 0 || s.lines[i].total == subTotal {
		return false
	}
	return !slices.ContainsFunc(s.lines[:i], func(o *line) bool {
		return o.rank != 0 || o.code != "" || o.total != noTotal || o.label == "" || strings.HasPrefix(o.label, "其中")
	})
}

// askTotals asks about the columns of a total of all rows whose rows do not come to it. It is a question: the layout alone does not say that no
// row was left out. It says whether it asked.
func (s *side) askTotals(rows int, f *family) (asked bool) {
	for i := range f.claims {
		c := &f.claims[i]
		if !c.judged || !c.sure || c.verdict != Contradiction || len(c.operands) < 2 || len(c.operands) != rows {
			continue
		}
		said := &finding{claim: f.claim(c)}
		said.judgement, _ = said.weigh()
		numbers := numbersOf(append([]*mention{c.stated}, c.operands...))
		if !s.sheet.paper.first(numbers) {
			continue
		}
		left := said.left()
		s.sheet.paper.reportPlain("table", Noted, c.stated, numbers, c.operands, said, lang.Of(
			lang.Zh(said.what.Zh+"："+left+"，表中为"+c.stated.short()+"，两者不同。"), lang.En(said.what.En+": "+left+", and the table says "+c.stated.short()+".")),
			[]Note{{OtherReading, lang.Of("不算错的可能：表中有的行没有列出，或者有的行是另一行的一部分", "readings under which it is right: rows were left out of the table, or one is a part of another")}})
		asked = true
	}
	return asked
}

// judgeFirstTotal judges a total in the first row, of the rows below it.
func (s *side) judgeFirstTotal() {
	if len(s.lines) < 3 || s.lines[0].total == noTotal {
		return
	}
	if parts := top(s.lines[1:]); len(parts) > 0 {
		f := s.sums(s.lines[0], parts, s.lines[0].row, s.lines[len(s.lines)-1].row)
		holds, fails := f.tally()
		f.settle(s.sheet.paper, f.shown() > 0 && holds > fails && holds+fails > 1, holds > 0)
	}
}

// readings are the sets of rows that the total in row i may be the sum of; start is the first row behind the total before
// it, and everything whether all rows before it are looked at.
func (s *side) readings(i, start int, everything bool) [][]*line {
	since := top(s.lines[start:i])
	all := [][]*line{since}
	if start > 0 && everything {
		before := s.lines[start-1]
		withTotal := append([]*line{before}, since...)
		var plain, subs []*line
		for _, l := range s.lines[start:i] {
			if l.rank == 0 {
				plain = append(plain, l)
			}
		}
		for _, l := range s.lines[:i] {
			if l.total == subTotal {
				subs = append(subs, l)
			}
		}
		all = append(all, withTotal, append([]*line{before}, plain...), subs, top(s.lines[:i]))
	}
	return all
}

// top are the rows of a list that stand on its highest level and are no totals.
func top(lines []*line) (out []*line) {
	length, rank, coded := 9, partRank, false
	for _, l := range lines {
		if l.total != noTotal {
			continue
		}
		if l.code != "" {
			length, coded = min(length, len(l.code)), true
		}
		rank = min(rank, l.rank)
	}
	for _, l := range lines {
		switch {
		case l.total != noTotal:
		case coded && len(l.code) == length, !coded && l.rank == rank:
			out = append(out, l)
		}
	}
	return out
}
