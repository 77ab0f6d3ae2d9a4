package document

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Bounds on a document.
const (
	linesMax     = 100_000
	bytesMax     = 8 << 20 // of text
	columnsMax   = 63      // of a table: Word's own bound
	rowsMax      = 10_000  // of a table
	idMaxBytes   = 64      // of a figure's id: Word's bound on a tag
	nameMaxRunes = 64      // of a figure's name
)

// Check says what of the tree cannot be printed: nil, or all faults at once. The writers call it first.
func (d *Document) Check() error {
	c := &checker{ids: map[string]int{}, cells: map[string]bool{}}
	if strings.TrimSpace(d.Title) == "" {
		c.add(spot{line: 1, at: d.TitleAt}, ErrEmpty.With(lang.Of("题目", "the title")))
	}
	none := d.Basis == Basis{}
	if none != (d.Closing != "") || !none && (d.Basis.Book == "" || d.Basis.Position < 1 || d.Basis.Root == "" || d.Basis.Epoch < 0) {
		c.add(spot{}, ErrBasis.With())
	}
	c.blocks(d)
	c.named()
	if c.internal != nil {
		return c.internal
	}
	lines := d.lines()
	if len(lines) > linesMax {
		return ErrTooLarge.With(lang.Of("行数", "lines"), linesMax)
	}
	total := 0
	for i, l := range lines {
		if total += len(l.text); total > bytesMax {
			return ErrTooLarge.With(lang.Of("文字字节数", "bytes of text"), bytesMax)
		}
		at := spot{i + 1, l.at, l.text}
		c.characters(at, l.text)
		for f := range l.of.figures() {
			c.figure(at, f)
		}
	}
	c.characters(spot{words: d.Author}, d.Author)
	return c.faults.Err()
}

type checker struct {
	faults   fault.List
	internal error           // a mistake of the program, not of the report
	ids      map[string]int  // of the figures met, with their lines
	cells    map[string]bool // ids of figures that have a cell of their own
	formulas []formulaAt
}

// formulaAt is a formula with its place.
type formulaAt struct {
	at   spot
	text string
}

// spot is a place of the report: its printed line, and where the words were written if anybody says.
type spot struct {
	line  int
	at    fault.Where
	words string // as printed
}

// wordsShown are as many of the printed words as a fault repeats, in code points.
const wordsShown = 24

// where is the place in the file of the template with the words that come of it, or else the printed line.
func (s spot) where() fault.Where {
	if s.at == (fault.Where{}) {
		return fault.Where{Line: s.line}
	}
	w := s.at
	w.Words = shown(s.words)
	return w
}

// shown is the beginning of a text, with a box for each character that would not show.
func shown(s string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		switch n++; {
		case n == wordsShown+1:
			return '…'
		case n > wordsShown:
			return -1
		case r == utf8.RuneError || unprintable(r).Zh != "":
			return '□'
		}
		return r
	}, s)
}

// named finds the formulas that name a figure without a cell of its own.
func (c *checker) named() {
	for _, f := range c.formulas {
		for _, m := range figureName.FindAllStringSubmatch(f.text, -1) {
			if !c.cells[m[1]] {
				c.add(f.at, ErrTable.With(lang.Of(lang.Zh("公式引用的数据“"+m[1]+"”没有单独的单元格"), lang.En("a formula names the figure "+m[1]+", which has no cell of its own"))))
			}
		}
	}
}

func (c *checker) add(at spot, f *fault.Fault) {
	f.Where = at.where()
	c.faults = append(c.faults, f)
}

// blocks checks what only the tree shows. Without a place of its own a fault has the line on which the block begins.
func (c *checker) blocks(d *Document) {
	l := d.liner()
	for i, b := range d.Blocks {
		at := spot{line: len(l.lines) + 1, at: d.blockAt(i), words: wordsOf(b)}
		switch b := b.(type) {
		case Heading:
			c.numbered(at, b.Level, b.Text)
		case Item:
			c.numbered(at, b.Level, b.Text)
		case Paragraph:
			if Inlines(b).String() == "" {
				c.add(at, ErrEmpty.With(lang.Of("段落", "a paragraph")))
			}
			c.inlines(at, Inlines(b), true, true)
		case Table:
			c.table(at, b)
		case AttachmentList:
			if len(b) == 0 || slices.Contains(b, "") {
				c.add(at, ErrEmpty.With(lang.Of("附件名称", "the name of an attachment")))
			}
		case Signature:
			if b.Unit == "" || b.Date == "" {
				c.add(at, ErrEmpty.With(lang.Of("署名或成文日期", "the signature or its date")))
			}
		case PageBreak:
		default:
			c.internal = fmt.Errorf("document: a %T is no block: hand over the value", b)
		}
		l.block(b)
		if n := max(l.numbers[0], l.numbers[1], l.numbers[2], l.numbers[3]); n == numberMax+1 {
			c.add(at, ErrHeading.With())
		}
	}
}

// wordsOf is what is printed of a block.
func wordsOf(b Block) string {
	switch b := b.(type) {
	case Heading:
		return b.Text.String()
	case Item:
		return b.Text.String()
	case Paragraph:
		return Inlines(b).String()
	case Table:
		return b.Caption
	}
	return ""
}

func (c *checker) numbered(at spot, level int, in Inlines) {
	if level < 1 || level > 4 || in.String() == "" {
		c.add(at, ErrHeading.With())
	}
	c.inlines(at, in, true, true)
}

// inlines checks what stands in what; note and bold say whether one may stand here.
func (c *checker) inlines(at spot, in Inlines, note, bold bool) {
	for _, x := range in {
		switch x := x.(type) {
		case Text, Figure:
		case Bold:
			if !bold {
				c.add(at, ErrNesting.With())
				return
			}
			c.inlines(at, Inlines(x), false, false)
		case Note:
			if !note {
				c.add(at, ErrNesting.With())
				return
			}
			if Inlines(x).String() == "" {
				c.add(at, ErrEmpty.With(lang.Of("注释", "a note")))
			}
			c.inlines(at, Inlines(x), false, true)
		default:
			c.internal = fmt.Errorf("document: a %T is no inline: hand over the value", x)
		}
	}
}

// table checks that header and body each fill their grid exactly.
func (c *checker) table(whole spot, t Table) {
	at := whole // of the cell that is looked at
	bad := func(zh lang.Zh, en lang.En) { c.add(at, ErrTable.With(lang.Of(zh, en))) }
	if len(t.Columns) < 1 || len(t.Columns) > columnsMax || len(t.Rows) < 1 || len(t.Header)+len(t.Rows) > rowsMax {
		bad(lang.Zh(fmt.Sprintf("要有 1 到 %d 列、1 到 %d 行", columnsMax, rowsMax)), lang.En(fmt.Sprintf("it has 1 to %d columns and 1 to %d rows", columnsMax, rowsMax)))
		return
	}
	for i, col := range t.Columns {
		if col.Width < 1 {
			bad(lang.Zh(fmt.Sprintf("第 %d 列没有宽度", i+1)), lang.En(fmt.Sprintf("column %d has no width", i+1)))
		}
	}
	for _, rows := range [][]Row{t.Header, t.Rows} {
		part := Table{Columns: t.Columns, Rows: rows}
		covered := make([]int, len(rows)*len(t.Columns))
		for _, cell := range part.cells() {
			if at = whole; cell.At != (fault.Where{}) {
				at.at, at.words = cell.At, cell.Text.String()
			}
			c.inlines(at, cell.Text, true, true)
			if f := cell.Text.number(); f != nil && !cell.header {
				c.cells[f.ID] = true
			}
			if cell.Formula != "" {
				c.formulas = append(c.formulas, formulaAt{at, cell.Formula})
			}
			if cell.Formula != "" && (cell.header || cell.Text.number() == nil) {
				bad(lang.Zh(fmt.Sprintf("第 %d 行第 %d 列有公式而没有数据", cell.row, cell.column)), lang.En(fmt.Sprintf("row %d, column %d has a formula and no figure", cell.row, cell.column)))
			}
			for r := cell.row; r < cell.row+cell.RowSpan; r++ {
				for k := cell.column; k < cell.column+cell.ColumnSpan; k++ {
					if r > len(rows) || k > len(t.Columns) {
						bad(lang.Zh(fmt.Sprintf("第 %d 行第 %d 列的单元格伸到表外", cell.row, cell.column)), lang.En(fmt.Sprintf("the cell in row %d, column %d reaches out of it", cell.row, cell.column)))
						return
					}
					covered[(r-1)*len(t.Columns)+k-1]++
				}
			}
		}
		at = whole
		for i, n := range covered {
			if n != 1 {
				r, k := i/len(t.Columns)+1, i%len(t.Columns)+1
				bad(lang.Zh(fmt.Sprintf("第 %d 行第 %d 列被 %d 个单元格占用", r, k, n)), lang.En(fmt.Sprintf("%[3]d cells cover row %[1]d, column %[2]d", r, k, n)))
				return
			}
		}
	}
}

func (c *checker) figure(at spot, f Figure) {
	if !IsID(f.ID) {
		c.add(at, ErrFigureID.With(f.ID))
	}
	if first, twice := c.ids[f.ID]; twice {
		c.add(at, ErrFigureTwice.With(f.ID, first))
	} else {
		c.ids[f.ID] = at.line
	}
	if n := utf8.RuneCountInString(f.Name); f.Text == "" || n < 1 || n > nameMaxRunes {
		c.add(at, ErrFigureEmpty.With(f.ID))
	}
	if f.Withheld != "" && f.Value != "" {
		c.add(at, ErrFigureWithheld.With(f.ID))
	}
	for _, s := range []string{f.Name, f.Value, f.Unit, f.Code, f.Period, f.UnitCode, f.Source, f.Edition, f.Withheld, f.Unverified, f.Recompute} {
		c.characters(at, s)
	}
}

// IsID says whether a tag can be the id of a figure.
func IsID(s string) bool {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-') {
			return false
		}
	}
	return len(s) >= 1 && len(s) <= idMaxBytes
}

// characters finds the first character of a line that may not be printed.
func (c *checker) characters(at spot, s string) {
	n := 0
	for i, r := range s {
		n++
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				c.add(at, ErrCharacter.With(n, lang.Of("不是 UTF-8", "not UTF-8"), fmt.Sprintf("0x%02X", s[i])))
				return
			}
		}
		if what := unprintable(r); what.Zh != "" {
			c.add(at, ErrCharacter.With(n, what, fmt.Sprintf("U+%04X", r)))
			return
		}
	}
}

// unprintable says why a character may not stand in a report: XML does not allow it, or a reader would not see that it is
// there and might read another figure than the one that is published.
func unprintable(r rune) lang.Text {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return lang.Of("控制字符或换行", "a control character or line end")
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f', r == '\u061c':
		return lang.Of("改变文字方向的字符", "it turns the direction of the text")
	case r == '\u200b', r == '\u200c', r == '\u200d', r == '\u2060', r == '\ufeff', r == '\u00ad':
		return lang.Of("看不见的字符", "it is invisible")
	case r&0xfffe == 0xfffe:
		return lang.Of("不是字符", "it is no character")
	}
	return lang.Text{}
}
