package reading

import (
	"cmp"
	"slices"
	"strings"

	"anlan/account/check/reading/printed"
)

// Distances between the characters of a printed line, in hundredths of the width of a full character.
const (
	sameBase    = 40   // by which the bases of one line differ at most
	pieceGap    = 90   // from which it has two pieces
	amountGap   = 55   // the same beside an amount
	spaceGap    = 12   // from which letters and digits have a space between them
	overprint   = 25   // within which the same character is printed twice to look bold
	raisedSize  = 80   // of the others, at most, of a character that is raised or lowered
	raisedBase  = 15   // above the others, at least
	joinedBase  = 75   // within which a raised character belongs to the line
	besideGlyph = 40   // how near it stands
	fallbackEm  = 1050 // hundredths of a point, for a page of nothing but letters
)

const unknown = '\ufffd' // a character of which the file does not say what it is

// printedLine is a line as it stands on a page of a PDF.
type printedLine struct {
	printed.Box
	page  int
	base  int
	em    int // width of a full character
	text  string
	parts []printedPart
	kind  Kind // Markup in place of a table that rules have shown; Note among the notes; else Blank
	table *ruledTable
}

// printedPart is a run of characters without a gap.
type printedPart struct {
	printed.Box
	from, to int // in the line's text
}

// pieces are the parts of a line as those of an aligned table; a column is half a full character.
func (l *printedLine) pieces() (all []piece) {
	if noRow(l.text) || strings.ContainsAny(l.text, "。；;？！") {
		return nil
	}
	for _, p := range l.parts {
		from, to := 2*p.Left/fallbackEm, 2*p.Right/fallbackEm
		all = append(all, piece{from: p.from, to: p.to, start: [2]int{from, from}, end: [2]int{to, to}, kind: kindOfPiece(l.text[p.from:p.to])})
	}
	return asCells(l.text, all)
}

// fullWidth is how wide a full character of a glyph's size is.
func fullWidth(g *printed.Glyph) int {
	if isWide(g.Rune) {
		return g.Width()
	}
	return 2 * g.Width()
}

// commonWidth is the width of a full character that most glyphs have.
func commonWidth(glyphs []printed.Glyph) int {
	var widths []int
	for i := range glyphs {
		if g := &glyphs[i]; isWide(g.Rune) && g.Width() > 0 {
			widths = append(widths, g.Width())
		}
	}
	if len(widths) == 0 {
		for i := range glyphs {
			if g := &glyphs[i]; digit(g.Rune) && g.Width() > 0 {
				widths = append(widths, 2*g.Width())
			}
		}
	}
	if len(widths) == 0 {
		return fallbackEm
	}
	slices.Sort(widths)
	return widths[len(widths)/2]
}

// linesOf puts glyphs into lines, from the top down.
func linesOf(glyphs []printed.Glyph) []printedLine {
	if len(glyphs) == 0 {
		return nil
	}
	glyphs = slices.Clone(glyphs)
	slices.SortStableFunc(glyphs, func(a, b printed.Glyph) int { return cmp.Compare(a.Base, b.Base) })
	em := commonWidth(glyphs)
	var rows [][]printed.Glyph
	for i := 0; i < len(glyphs); {
		k := i
		for k < len(glyphs) && 100*(glyphs[k].Base-glyphs[i].Base) <= sameBase*em {
			k++
		}
		rows = append(rows, glyphs[i:k:k])
		i = k
	}
	rows = withRaised(rows)
	lines := make([]printedLine, 0, len(rows))
	for _, row := range rows {
		lines = append(lines, lineOf(row))
	}
	return lines
}

// withRaised puts rows of small characters above or below others (m², a mark of a note) into the row beside which they stand.
func withRaised(rows [][]printed.Glyph) [][]printed.Glyph {
	for i := 0; i < len(rows); i++ {
		for _, k := range []int{i + 1, i - 1} {
			if k < 0 || k >= len(rows) || !isRaised(rows[i], rows[k]) {
				continue
			}
			rows[k] = append(rows[k], rows[i]...)
			rows = slices.Delete(rows, i, i+1)
			i--
			break
		}
	}
	return rows
}

// isRaised says whether each character of a row is smaller than one that it follows in the other row.
func isRaised(small, row []printed.Glyph) bool {
	em := commonWidth(row)
	if len(small) > len(row) || 100*commonWidth(small) > raisedSize*em {
		return false
	}
	off := row[0].Base - small[0].Base
	if off < 0 {
		off = -off
	}
	if 100*off < raisedBase*em || 100*off > joinedBase*em {
		return false
	}
	for _, s := range small {
		beside := false
		for _, g := range append(small, row...) {
			if near := s.Left - g.Right; g != s && 100*near > -besideGlyph*em && 100*near < besideGlyph*em {
				beside = true
				break
			}
		}
		if !beside {
			return false
		}
	}
	return true
}

// lineOf makes a line of the glyphs that stand on it.
func lineOf(row []printed.Glyph) printedLine {
	slices.SortStableFunc(row, func(a, b printed.Glyph) int { return cmp.Compare(a.Left, b.Left) })
	hideBroken(row)
	l := printedLine{Box: row[0].Box, base: commonBase(row), em: commonWidth(row)}
	var b strings.Builder
	var last *printed.Glyph
	spread := spreadOf(row)
	for i := range row {
		g := &row[i]
		if last != nil && last.Rune == g.Rune && 100*(g.Left-last.Left) < overprint*fullWidth(g) {
			continue // printed twice
		}
		gap := 0
		if last != nil {
			gap = g.Left - last.Right
		}
		switch {
		case last == nil:
			l.parts = append(l.parts, printedPart{Box: g.Box})
		case 100*gap >= pieceGap*l.em, 100*gap >= amountGap*l.em && (digit(g.Rune) && digit(last.Rune) || amountBeside(b.String(), &l, g.Rune)):
			l.parts[len(l.parts)-1].to = b.Len()
			b.WriteString("  ")
			l.parts = append(l.parts, printedPart{Box: g.Box, from: b.Len()})
		case g.Spaced && 100*(gap-spread) >= spaceGap*l.em, 100*gap >= 2*spaceGap*l.em && !isWide(g.Rune) && !isWide(last.Rune):
			b.WriteByte(' ')
		}
		b.WriteString(l.written(g))
		p := &l.parts[len(l.parts)-1]
		p.Right = max(p.Right, g.Right)
		l.Left, l.Top, l.Right, l.Bottom = min(l.Left, g.Left), min(l.Top, g.Top), max(l.Right, g.Right), max(l.Bottom, g.Bottom)
		last = g
	}
	l.parts[len(l.parts)-1].to = b.Len()
	l.text = b.String()
	return l
}

// spreadMin is from how many neighbours on a line is said to be spread.
const spreadMin = 8

// spreadOf is the gap that most neighbours among the full characters of a line have: one that is justified is spread, and no blank stands
// in each gap of it (末 结 转 结 余).
func spreadOf(row []printed.Glyph) int {
	var gaps []int
	for i := 1; i < len(row); i++ {
		if isWide(row[i-1].Rune) && isWide(row[i].Rune) {
			gaps = append(gaps, row[i].Left-row[i-1].Right)
		}
	}
	if len(gaps) < spreadMin {
		return 0
	}
	slices.Sort(gaps)
	return max(0, gaps[len(gaps)/2])
}

// hideBroken makes all of a number unknown of which one character is, or may be lost: what is left of 1?3 would be another number.
func hideBroken(row []printed.Glyph) {
	inNumber := func(r rune) bool { return digit(r) || r == '.' || r == ',' || r == unknown }
	for i := 0; i < len(row); {
		k, isBroken := i, false
		for k < len(row) && inNumber(row[k].Rune) {
			isBroken = isBroken || row[k].Rune == unknown || k > i && row[k].Lost
			k++
		}
		for ; i < k; i++ {
			if isBroken {
				row[i].Rune = unknown
			}
		}
		i++
	}
}

// commonBase is the base that most glyphs have.
func commonBase(row []printed.Glyph) int {
	bases := make([]int, len(row))
	for i := range row {
		bases[i] = row[i].Base
	}
	slices.Sort(bases)
	return bases[len(bases)/2]
}

// written is a character as text: a small raised digit (m²) is one.
func (l *printedLine) written(g *printed.Glyph) string {
	s := string(g.Rune)
	if digit(g.Rune) && 100*fullWidth(g) <= raisedSize*l.em && 100*(l.base-g.Base) >= raisedBase*l.em {
		return superscript(s)
	}
	return s
}

// amountBeside says whether the part before is an amount that something else follows.
func amountBeside(text string, l *printedLine, next rune) bool {
	return isWide(next) && kindOfPiece(text[l.parts[len(l.parts)-1].from:]) == amount
}
