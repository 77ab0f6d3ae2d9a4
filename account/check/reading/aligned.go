package reading

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds on a table that is told from the alignment of its cells.
const (
	alignedBlanks  = 6  // blank lines inside one
	alignedRunes   = 40 // of a cell; longer ones are prose
	alignedRemark  = 20 // of a cell with a comma in it
	alignedLook    = 2  // lines within which a short line at the left must be followed by a row to belong to the headings
	alignedSide    = 40 // the same below the first amounts, or on the right, where labels stand that have no amounts
	alignedRight   = 8  // columns from the left where the right begins
	alignedHeads   = 4  // lines of one piece above the first row that can be headings
	alignedCaption = 6  // lines above a table in which its unit stands
	alignedPieces  = 60 // of a line
)

// pieceKind is what a piece of an aligned line looks like.
type pieceKind uint8

const (
	words   pieceKind = iota
	integer           // digits alone: a count, or a code
	amount            // digits with a point, a separator or a per cent sign
	dash              // written where there is no amount
)

// piece is a run of characters between the gaps of a line.
type piece struct {
	from, to int    // in the line's text
	start    [2]int // its first column, counted in code points and in the columns of a terminal
	end      [2]int // the column behind it
	kind     pieceKind
	isCode   bool // digits that number what the words behind them name
}

func (p *piece) numeric() bool { return p.kind != words && !p.isCode }

// alignedLine is a line of plain text as a row of a table.
type alignedLine struct {
	at     int // index in Document.Lines
	page   int
	pieces []piece
}

// numerics counts the pieces that are amounts.
func (l *alignedLine) numerics() (n int) {
	for i := range l.pieces {
		if l.pieces[i].numeric() {
			n++
		}
	}
	return n
}

// alignedTables finds tables in plain text whose cells are kept apart by spaces, as text taken from a PDF has them: rows
// of pieces that stand in columns, wrapped headings and labels, a heading that comes again on the next page.
func alignedTables(ctx context.Context, b *builder) error {
	d := b.d
	var room []piece // of the lines that are looked at, taken again for the next ones
	for i := 0; i < len(d.Lines); {
		if !maybeAligned(d, i, &room) {
			i++
			continue
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
		room = room[:0]
		lines, next := alignedBlock(d, i, &room)
		if isTable(d, i, lines) {
			lines = append(headingsAbove(d, i, &room), lines...)
			if err := b.alignedTable(lines); err != nil {
				return err
			}
		}
		i = max(next, i+1)
	}
	return nil
}

// maybeAligned is a quick look at whether a line can be a row.
func maybeAligned(d *Document, i int, room *[]piece) bool {
	l := &d.Lines[i]
	switch l.Kind {
	case Blank, Row, TableCell, Markup:
		return false
	}
	s := trim(l.Text)
	return (strings.Contains(s, "  ") || strings.Contains(s, "　")) && isColumnar(d.passing(i, room))
}

// pieces are the pieces of line i, kept in room: where they were printed, or else by the spaces between them.
func (d *Document) pieces(i int, room *[]piece) []piece {
	before := len(*room)
	if d.printed != nil {
		*room = append(*room, d.printed[i].pieces()...)
	} else {
		*room = piecesOf(d.Lines[i].Text, *room)
	}
	return (*room)[before:len(*room):len(*room)]
}

// passing are the pieces of line i until room is used again.
func (d *Document) passing(i int, room *[]piece) []piece {
	before := len(*room)
	all := d.pieces(i, room)
	*room = (*room)[:before]
	return all
}

// newPages counts the pages that begin with line i.
func (d *Document) newPages(i int) int {
	if d.printed != nil {
		if i == 0 {
			return 0
		}
		return d.printed[i].page - d.printed[i-1].page
	}
	return strings.Count(d.Lines[i].Text, "\f")
}

// alignedBlock gathers the lines from i on that can be rows of one table, and says where to go on.
func alignedBlock(d *Document, i int, room *[]piece) (lines []alignedLine, next int) {
	page, blanks, begun := 0, 0, false
	for ; i < len(d.Lines); i++ {
		l := &d.Lines[i]
		if l.Kind == Blank {
			if blanks++; blanks > alignedBlanks {
				break
			}
			page += d.newPages(i)
			continue
		}
		if l.Kind == Row || l.Kind == TableCell || l.Kind == Markup {
			break
		}
		pieces := d.pieces(i, room)
		if !isColumnar(pieces) && !(isFragment(l.Text, pieces) && followed(d, i, begun || pieces[0].start[0] >= alignedRight, room)) {
			break
		}
		blanks = 0
		page += d.newPages(i)
		lines = append(lines, alignedLine{at: i, page: page, pieces: pieces})
		begun = begun || lines[len(lines)-1].numerics() > 0
	}
	return lines, i
}

// followed says whether a row of several cells comes after a line of one piece, with nothing but such lines between; far
// allows many of them.
func followed(d *Document, i int, far bool, room *[]piece) bool {
	look := alignedLook
	if far {
		look = alignedSide
	}
	seen, blanks := 0, 0
	for j := i + 1; j < len(d.Lines) && seen < look && blanks <= alignedBlanks; j++ {
		if d.Lines[j].Kind == Blank {
			blanks++
			continue
		}
		pieces := d.passing(j, room)
		if isColumnar(pieces) {
			return true
		}
		if !isFragment(d.Lines[j].Text, pieces) {
			return false
		}
		seen, blanks = seen+1, 0
	}
	return false
}

// headingsAbove are the lines of one piece on the right between the unit of a table and its first row.
func headingsAbove(d *Document, first int, room *[]piece) (lines []alignedLine) {
	for i := first - 1; i >= 0 && len(lines) <= alignedHeads; i-- {
		l := &d.Lines[i]
		if l.Kind == Blank {
			continue
		}
		if isCaption(l.Text) {
			slices.Reverse(lines)
			return lines
		}
		pieces := d.pieces(i, room)
		if l.Kind == Row || !isFragment(l.Text, pieces) || pieces[0].start[0] < alignedRight {
			return nil
		}
		lines = append(lines, alignedLine{at: i, pieces: pieces})
	}
	return nil
}

// isColumnar says whether pieces can be the cells of a row.
func isColumnar(pieces []piece) bool { return len(pieces) >= 2 && len(pieces) <= alignedPieces }

// isFragment says whether a line of one piece can be a wrapped label or heading of a table, or its only amount in a row.
func isFragment(text string, pieces []piece) bool {
	if len(pieces) != 1 {
		return false
	}
	s := text[pieces[0].from:pieces[0].to]
	return pieces[0].kind != words || !strings.HasSuffix(s, "表") && utf8.RuneCountInString(s) <= alignedRunes && !strings.ContainsAny(s, "，,：:")
}

// isTable says whether lines have enough amounts in columns to be a table: two rows, or one below the unit it is in.
// Counts alone, which are written like numbers of pages, need three rows of two.
func isTable(d *Document, first int, lines []alignedLine) bool {
	rows, amounts, wide := 0, 0, 0
	for i := range lines {
		l := &lines[i]
		n := l.numerics()
		rows += min(n, 1)
		if n >= 2 {
			wide++
		}
		for k := range l.pieces {
			if l.pieces[k].kind == amount {
				amounts++
			}
		}
	}
	switch {
	case amounts == 0:
		return wide >= 3
	case rows >= 2:
		return true
	}
	return rows == 1 && hasCaption(d, first)
}

// hasCaption says whether the unit of a table stands shortly above it.
func hasCaption(d *Document, first int) bool {
	for i, seen := first-1, 0; i >= 0 && seen < alignedCaption; i-- {
		if d.Lines[i].Kind == Blank {
			continue
		}
		if seen++; isCaption(d.Lines[i].Text) {
			return true
		}
	}
	return false
}

// isCaption says whether a line states the unit of the table below it.
func isCaption(s string) bool {
	return strings.Contains(s, "单位：") || strings.Contains(s, "单位:")
}

// noRow says whether a line is none of a table: its unit, or of a table of contents.
func noRow(text string) bool {
	return isCaption(text) || strings.Contains(text, "....") || strings.Contains(text, "……")
}

// piecesOf cuts a line at its gaps, two spaces or more, or one beside an amount, and adds what it cuts to a list. A line that no table has adds nothing.
func piecesOf(text string, before []piece) []piece {
	if noRow(text) {
		return before
	}
	pieces := before
	var at [2]int
	gap := 2
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\f' || invisible(r):
		case r == ' ' || r == '\u00a0':
			gap++
			at[0], at[1] = at[0]+1, at[1]+1
		case r == '　':
			gap += 2
			at[0], at[1] = at[0]+1, at[1]+2
		default:
			from, start := i, at
			for i < len(text) && r != ' ' && r != '　' && r != '\u00a0' {
				switch r {
				case '。', '；', ';', '？', '！':
					return before
				}
				at[0], at[1] = at[0]+1, at[1]+1
				if isWide(r) {
					at[1]++
				}
				i += size
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			p := piece{from: from, to: i, start: start, end: at, kind: kindOfPiece(text[from:i])}
			if n := len(pieces); n > len(before) && gap == 1 && p.kind != amount && pieces[n-1].kind != amount {
				last := &pieces[n-1]
				last.to, last.end = p.to, p.end
				last.kind = words
			} else {
				pieces = append(pieces, p)
			}
			gap = 0
			continue
		}
		i += size
	}
	if asCells(text, pieces[len(before):]) == nil {
		return before
	}
	return pieces
}

// asCells gives the pieces of a line of a table; nil where one of them is too long for that.
func asCells(text string, pieces []piece) []piece {
	for i := range pieces {
		s := text[pieces[i].from:pieces[i].to]
		if n := utf8.RuneCountInString(s); n > alignedRunes || n > alignedRemark && strings.ContainsAny(s, "，：") {
			return nil
		}
	}
	numberCodes(pieces)
	return pieces
}

// kindOfPiece tells a piece by its characters.
func kindOfPiece(s string) pieceKind {
	switch s {
	case "-", "—", "--", "——", "－", "–", "/":
		return dash
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "-"), "−")
	kind := integer
	if rest, ok := strings.CutSuffix(s, "%"); ok {
		s, kind = rest, amount
	}
	if s == "" || s[0] < '0' || s[0] > '9' {
		return words
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case (c == '.' || c == ',') && i+1 < len(s):
			kind = amount
		default:
			return words
		}
	}
	return kind
}

// numberCodes finds the digits that number what the words behind them name: 201 13 01 行政运行. They open the line or
// follow an amount, as on the right side of a table with two.
func numberCodes(pieces []piece) {
	for i := 0; i < len(pieces); {
		k := i
		for k < len(pieces) && pieces[k].kind == integer && pieces[k].to-pieces[k].from <= 9 {
			k++
		}
		if k > i && k < len(pieces) && pieces[k].kind == words && (i == 0 || pieces[i-1].kind == amount) {
			for ; i < k; i++ {
				pieces[i].isCode = true
			}
		}
		i = k + 1
	}
}
