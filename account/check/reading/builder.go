package reading

import (
	"cmp"
	"slices"
	"strings"

	"anlan/ground/lang"
)

// builder makes a Document: over a text that is there already, or line by line.
type builder struct {
	d      *Document
	text   strings.Builder
	tables []*tableBuilder
	cells  int // of all tables, against cellsMax
}

// line adds a line of extracted text and returns its number; in is the cell that it stands in, or nil. Text without any
// visible character adds nothing and gives 0.
func (b *builder) line(kind Kind, level uint8, text string, in *Cell) (int, error) {
	text = trim(text)
	if text == "" {
		return 0, nil
	}
	if len(b.d.Lines) >= linesMax {
		return 0, ErrTooLarge.With(linesText, linesMax)
	}
	if b.text.Len()+len(text) >= textMaxBytes {
		return 0, ErrTooLarge.With(lang.Of("文字字节数", "bytes of text"), textMaxBytes)
	}
	if b.text.Len() > 0 {
		b.text.WriteByte('\n')
	}
	n := len(b.d.Lines) + 1
	l := Line{Offset: b.text.Len(), Number: int32(n), Kind: kind, Level: level}
	b.text.WriteString(text)
	if in != nil {
		l.Cells = []*Cell{in}
		in.Parts = append(in.Parts, Part{Line: n, To: len(text)})
	}
	b.d.Lines = append(b.d.Lines, l)
	return n, nil
}

// unread notes what stands in the document at the line just added and is no text; the same thing at the same line once.
func (b *builder) unread(what lang.Text) {
	u := Unread{Line: len(b.d.Lines), What: what}
	for _, before := range slices.Backward(b.d.Unread) {
		if before == u {
			return
		}
		if before.Line != u.Line {
			break
		}
	}
	b.d.Unread = append(b.d.Unread, u)
}

// hidden notes a part that was read and that whoever opens the file does not see.
func (b *builder) hidden(what lang.Text) {
	b.d.Unread = append(b.d.Unread, Unread{Line: len(b.d.Lines), Hidden: true, What: what})
}

// done gives lines, cells and title their text. Lines whose kind is still Blank are told by how they open.
func (b *builder) done() error {
	d := b.d
	d.Text = b.text.String()
	for i := range d.Lines {
		end := len(d.Text)
		if i+1 < len(d.Lines) {
			end = d.Lines[i+1].Offset - 1
		}
		d.Lines[i].Text = d.Text[d.Lines[i].Offset:end]
	}
	// A table is registered before the tables inside it; from the back the inner ones come first.
	for _, t := range slices.Backward(b.tables) {
		if t.isLayout || t.Rows == 0 || t.Rows == 1 && t.Columns <= 1 {
			t.dissolve()
		}
	}
	for _, t := range b.tables {
		for _, c := range t.Cells {
			slices.SortFunc(c.Parts, func(x, y Part) int { return cmp.Compare(x.Line, y.Line) })
		}
		if err := t.finish(); err != nil {
			return err
		}
	}
	for i, t := range d.Tables {
		t.Number = i + 1
	}
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Cells != nil && l.Kind != Row {
			l.Kind, l.Level = TableCell, 0
		}
	}
	classify(d)
	agreeOnTitle(d)
	findTitle(d)
	return nil
}
