package document

import (
	"cmp"
	"strconv"
	"strings"

	"anlan/ground/fault"
)

// line is one line of the report's text: what becomes a paragraph in Word and on the page.
type line struct {
	text    string
	of      Inlines
	section string
	cell    string      // address in a table, or ""
	at      fault.Where // where it was written, if anybody says
}

// Lines is the text of the report, a paragraph a line: the title, what it replaces, the blocks with their numbers, the cells of tables row
// by row (empty ones left out), the closing line on the basis, the notes. Package reading finds the same lines in the
// DOCX and in the HTML.
func (d *Document) Lines() []string {
	lines := d.lines()
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.text
	}
	return out
}

// Figures lists the figures in the order of the text, with the place where each is printed.
func (d *Document) Figures() []Placed {
	var out []Placed
	for i, l := range d.lines() {
		for f := range l.of.figures() {
			out = append(out, Placed{Figure: f, Section: l.section, Paragraph: i + 1, Cell: l.cell})
		}
	}
	return out
}

// figures iterates over the figures of a line, inside bold too, but not in its notes: those are lines of their own.
func (in Inlines) figures() func(func(Figure) bool) {
	return func(yield func(Figure) bool) {
		for _, x := range in {
			switch x := x.(type) {
			case Figure:
				if !yield(x) {
					return
				}
			case Bold:
				for f := range Inlines(x).figures() {
					if !yield(f) {
						return
					}
				}
			}
		}
	}
}

// String is the text as printed, without notes.
func (in Inlines) String() string {
	var b strings.Builder
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			b.WriteString(string(x))
		case Figure:
			b.WriteString(x.Text)
		case Bold:
			b.WriteString(Inlines(x).String())
		}
	}
	return b.String()
}

// text makes an Inlines of plain words.
func text(s string) Inlines { return Inlines{Text(s)} }

func (d *Document) lines() []line {
	l := d.liner()
	for i, b := range d.Blocks {
		l.at = d.blockAt(i)
		l.block(b)
	}
	l.headings, l.at = [4]string{}, fault.Where{}
	l.add(text(d.basisLine()), "")
	for _, n := range l.notes {
		l.section, l.at = n.section, n.at
		l.add(n.of, n.cell)
	}
	return l.lines
}

// liner gathers the lines of a document.
type liner struct {
	lines    []line
	notes    []line // to come at the end
	numbers  numbers
	headings [4]string // in force, by level
	section  string
	at       fault.Where // of what is being added
}

// liner has the title and what it replaces behind it and the blocks before it.
func (d *Document) liner() *liner {
	l := &liner{at: d.TitleAt}
	l.add(text(d.Annex), "")
	for _, t := range strings.Split(d.Title, "\n") {
		l.add(text(t), "")
	}
	l.at = fault.Where{}
	l.add(text(d.Correction), "")
	return l
}

// add adds a line unless it is empty, and keeps its notes for the end. A figure without text makes a line, for Check to
// find.
func (l *liner) add(in Inlines, cell string) {
	s := in.String()
	isLine := s != ""
	for range in.figures() {
		isLine = true
	}
	if isLine {
		l.lines = append(l.lines, line{text: s, of: in, section: l.section, cell: cell, at: l.at})
	}
	for _, x := range in {
		if n, ok := x.(Note); ok {
			l.notes = append(l.notes, line{of: Inlines(n), section: l.section, cell: cell, at: l.at})
		}
	}
}

func (l *liner) block(b Block) {
	switch b := b.(type) {
	case Heading:
		in := l.numbers.before(b.Level, b.Text)
		l.open(b.Level, in.String())
		l.add(in, "")
	case Item:
		l.add(l.numbers.before(b.Level, b.Text), "")
	case Paragraph:
		l.add(Inlines(b), "")
	case Table:
		l.add(text(b.Caption), "")
		l.add(text(b.Unit), "")
		table := l.at
		for _, c := range b.cells() {
			l.at = cmp.Or(c.At, table)
			l.add(c.Text, c.address())
		}
		l.at = table
	case AttachmentList:
		for _, s := range b.lines() {
			l.add(text(s), "")
		}
	case Signature:
		l.add(text(b.Unit), "")
		l.add(text(b.Date), "")
	}
}

// open puts a heading in force and ends those below it.
func (l *liner) open(level int, heading string) {
	if level < 1 || level > 4 {
		return
	}
	l.headings[level-1] = heading
	clear(l.headings[level:])
	var in []string
	for _, h := range l.headings {
		if h != "" {
			in = append(in, h)
		}
	}
	l.section = strings.Join(in, " › ")
}

// basisLine is the closing line: from which state of which book the figures are, or what stands in its place.
func (d *Document) basisLine() string {
	if d.Closing != "" {
		return d.Closing
	}
	epoch := ""
	if d.Basis.Epoch > 1 {
		epoch = "第" + strconv.Itoa(d.Basis.Epoch) + "纪元"
	}
	s := "本报告数据截至账册“" + d.Basis.Book + "”" + epoch + "日志位置" + strconv.FormatInt(d.Basis.Position, 10) + "，根值" + d.Basis.Root + "。"
	if d.Synthetic {
		s += syntheticMark + "，不反映任何真实情况。"
	}
	return s
}

// syntheticMark is what every page of a document of invented records says, draftMark of one that is not published.
const (
	syntheticMark = "合成示例数据"
	draftMark     = "草稿"
)

// banner is what every page says of the document, without mark-up; empty where there is nothing to say.
func (d *Document) banner() string {
	var says []string
	if d.Draft {
		says = append(says, draftMark+"，没有公开")
	}
	if d.Synthetic {
		says = append(says, syntheticMark+"，不反映任何真实情况")
	}
	return strings.Join(says, "；")
}

// placedCell is a cell with its place in the grid, rows counted through header and body, from 1.
type placedCell struct {
	Cell
	row, column int
	header      bool
}

func (c placedCell) address() string { return CellAddress(c.column, c.row) }

// CellAddress is the place of a cell as spreadsheets write it, from 1 both ways: "B3". Rows count through header and body.
func CellAddress(column, row int) string {
	letters := ""
	for n := column; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters + strconv.Itoa(row)
}

// lines are the lines of the list: 附件：1.…, 2.…
func (a AttachmentList) lines() []string {
	out := make([]string, len(a))
	for i, name := range a {
		out[i] = strconv.Itoa(i+1) + "." + name
	}
	if len(out) > 0 {
		out[0] = attachmentWord + out[0]
	}
	return out
}

const attachmentWord = "附件："

// setting is how the text of a cell is set.
type setting int

const (
	asText   setting = iota // at the left
	asMiddle                // in the middle: words in a column of figures
	asNumber                // at the right: a figure, with or without a value
)

// setting of a cell whose column may hold figures. A cell over several columns is text.
func (c placedCell) setting(isNumber bool) setting {
	if !isNumber || c.ColumnSpan > 1 {
		return asText
	}
	set := asMiddle
	for _, x := range c.Text {
		switch x.(type) {
		case Figure:
			set = asNumber
		case Note:
		default:
			return asMiddle
		}
	}
	return set
}

// number is the one figure with a value that a line consists of, notes aside; nil for any other line.
func (in Inlines) number() (f *Figure) {
	for _, x := range in {
		switch x := x.(type) {
		case Note:
		case Figure:
			if f != nil || x.Value == "" {
				return nil
			}
			f = &x
		default:
			return nil
		}
	}
	return f
}

// cells lays the cells of a table on its grid. Of a table that check refuses the places mean nothing.
func (t Table) cells() []placedCell {
	var out []placedCell
	free := make([]int, len(t.Columns)+1) // by column: the first row that no cell from above covers
	for i, row := range append(t.Header[:len(t.Header):len(t.Header)], t.Rows...) {
		column := 1
		for _, c := range row {
			for column < len(free) && free[column] > i+1 {
				column++
			}
			c.RowSpan, c.ColumnSpan = max(c.RowSpan, 1), max(c.ColumnSpan, 1)
			out = append(out, placedCell{Cell: c, row: i + 1, column: column, header: i < len(t.Header)})
			for k := column; k < column+c.ColumnSpan && k < len(free); k++ {
				free[k] = i + 1 + c.RowSpan
			}
			column += c.ColumnSpan
		}
	}
	return out
}

// numbers counts headings and items level by level; a number of one level begins the levels below it anew.
type numbers [4]int

// Numbered are the blocks with the numbers of headings and items before their texts, as they print.
func (d *Document) Numbered() []Block {
	out := make([]Block, len(d.Blocks))
	var n numbers
	for i, b := range d.Blocks {
		switch x := b.(type) {
		case Heading:
			x.Text = n.before(x.Level, x.Text)
			out[i] = x
		case Item:
			x.Text = n.before(x.Level, x.Text)
			out[i] = x
		default:
			out[i] = b
		}
	}
	return out
}

// before is the text with the next number of its level before it.
func (n *numbers) before(level int, in Inlines) Inlines {
	if level < 1 || level > 4 {
		return in
	}
	n[level-1]++
	clear(n[level:])
	number := numeral(level, n[level-1])
	if len(in) > 0 {
		if first, ok := in[0].(Text); ok {
			return append(text(number+string(first)), in[1:]...)
		}
	}
	return append(text(number), in...)
}

// numeral is a number as official documents write it at a level (GB/T 9704-2012, 7.3.3).
func numeral(level, n int) string {
	switch level {
	case 1:
		return chinese(n) + "、"
	case 2:
		return "（" + chinese(n) + "）"
	case 3:
		return strconv.Itoa(n) + "."
	}
	return "（" + strconv.Itoa(n) + "）"
}

const numberMax = 99 // of one level

// chinese is 1 to 99 in Chinese numerals.
func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n < 1 || n > numberMax {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	if n >= 20 {
		b.WriteRune(digits[n/10])
	}
	if n >= 10 {
		b.WriteRune('十')
	}
	if n%10 > 0 {
		b.WriteRune(digits[n%10])
	}
	return b.String()
}
