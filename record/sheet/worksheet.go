package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf16"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/sheet/markup"
)

// worksheet is one sheet of a workbook.
type worksheet struct {
	book   *workbook
	part   string
	merges []merge // nil: not read yet
}

// rows streams the rows. The merged ranges stand behind the cells in the file, so it is unpacked twice, the first time
// only to find them; reading the cells twice, or holding them, would cost several times as much.
func (s *worksheet) rows(yield func(Row, error) bool) {
	if err := s.prepare(); err != nil {
		yield(Row{}, err)
		return
	}
	r, err := s.book.open(s.part, sheetMax)
	if err != nil {
		yield(Row{}, err)
		return
	}
	defer r.Close()
	reader := rowReader{book: s.book, m: markup.New(r), spread: spread{merges: s.merges}}
	for {
		row, err := reader.next()
		if err != nil {
			yield(Row{Number: reader.number}, s.book.damaged(err, s.part))
			return
		}
		if row.Number == 0 || !yield(row, nil) {
			return
		}
	}
}

func (s *worksheet) prepare() (err error) {
	if s.book.texts == nil {
		if s.book.texts, err = s.book.readTexts(); err != nil {
			return err
		}
	}
	if s.merges == nil {
		s.merges, err = s.readMerges()
	}
	return err
}

// rowReader takes the rows out of the markup of a sheet.
type rowReader struct {
	book   *workbook
	m      *markup.Reader
	spread spread

	inData bool
	number int // of the row that was read last
	cells  []Cell
	buf    []byte // the texts of the row that are not shared
	spans  []span // where they stand, by cell
	text   textReader
}

// span is the part of buf that is the text of a cell; zero for none.
type span struct{ from, to int }

// next gives the next row with something in it; a row with number 0 at the end.
func (r *rowReader) next() (Row, error) {
	for {
		kind, err := r.m.Next()
		switch {
		case err != nil:
			return Row{}, err
		case kind == markup.EOF:
			return Row{}, nil
		case kind == markup.End && string(r.m.Name()) == "sheetData":
			r.inData = false
		case kind == markup.Start && string(r.m.Name()) == "sheetData":
			r.inData = true
		case kind == markup.Start && r.inData && string(r.m.Name()) == "row":
			if err := r.readRow(); err != nil {
				return Row{}, err
			}
			row := Row{Number: r.number, Cells: r.cells}
			if row.blank() {
				continue
			}
			if row.Cells, err = r.spread.over(row); err != nil {
				return Row{}, err
			}
			row.Example = row.isExample()
			return row, nil
		}
	}
}

func (r *rowReader) readRow() error {
	at := r.number + 1
	if v, ok := r.m.Attr("r"); ok {
		n, err := strconv.Atoi(string(v))
		if err != nil || n < at {
			return ErrRowOrder.With()
		}
		at = n
	}
	if at > rowsMax {
		return ErrTooLarge.With(theRows, rowsMax)
	}
	r.number, r.cells, r.buf, r.spans = at, r.cells[:0], r.buf[:0], r.spans[:0]
	for level := r.m.Level(); ; {
		kind, err := r.m.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.End && r.m.Level() < level:
			r.settle()
			return nil
		case kind == markup.Start && string(r.m.Name()) == "c":
			if err := r.readCell(); err != nil {
				return fault.At(err, fault.Where{Cell: Address(len(r.cells)-1, at)})
			}
		}
	}
}

// settle gives the cells their texts: parts of one string for the row.
func (r *rowReader) settle() {
	if len(r.buf) == 0 {
		return
	}
	all := string(r.buf)
	for i, s := range r.spans {
		if s.to > 0 {
			r.cells[i].Text = all[s.from:s.to]
		}
	}
}

// readCell reads the cell that has just started.
func (r *rowReader) readCell() error {
	column := len(r.cells)
	if v, ok := r.m.Attr("r"); ok {
		c, row, ok := parseAddress(v)
		if !ok || row != r.number || c < column {
			return ErrRowOrder.With()
		}
		column = c
	}
	if column >= columnsMax {
		return ErrTooLarge.With(theColumns, columnsMax)
	}
	for len(r.cells) <= column {
		r.cells, r.spans = append(r.cells, Cell{}), append(r.spans, span{})
	}
	kind := byte('n')
	if v, ok := r.m.Attr("t"); ok && len(v) > 0 {
		kind = cellType(v)
	}
	style := number(r.m, "s")
	raw, formula, stored, err := r.readValue()
	if err != nil {
		return err
	}
	r.cells[column].Formula = formula
	if formula && !stored {
		r.cells[column].Kind = Uncomputed
		return nil
	}
	return r.setCell(column, kind, style, raw)
}

// cellType is a letter for the type of a cell: n number, s shared text, i text in the cell, f text of a formula, b, e, d.
func cellType(t []byte) byte {
	switch string(t) {
	case "inlineStr":
		return 'i'
	case "str":
		return 'f'
	case "s", "b", "e", "d":
		return t[0]
	}
	return 'n'
}

// readValue reads the content of a cell to its end: the text of v or is, valid until the next cell; whether there is a
// formula; and whether there is a value, be it an empty one.
func (r *rowReader) readValue() (raw []byte, formula, stored bool, err error) {
	level := r.m.Level()
	raw = r.text.buf[:0]
	inValue := false
	for {
		kind, err := r.m.Next()
		if err != nil {
			return nil, false, false, err
		}
		switch kind {
		case markup.Start:
			switch string(r.m.Name()) {
			case "v":
				inValue, stored = true, true
			case "f":
				formula = true
			case "is":
				stored = true
				if raw, err = r.text.read(r.m); err != nil {
					return nil, false, false, err
				}
			}
		case markup.Text:
			if inValue {
				raw = append(raw, r.m.Text()...)
			}
		case markup.End:
			inValue = false
			if r.m.Level() < level {
				r.text.buf = raw
				return raw, formula, stored, nil
			}
		}
	}
}

// setCell makes the cell of what the file says.
func (r *rowReader) setCell(column int, kind byte, style int, raw []byte) error {
	c := &r.cells[column]
	formula := c.Formula
	switch {
	case len(raw) == 0:
		return nil
	case kind == 's':
		i, err := strconv.Atoi(string(raw))
		text, ok := r.book.texts.at(i)
		if err != nil || !ok {
			return ErrDamaged.With(lang.Of("文字表缺项", "a text is missing from its table"))
		}
		c.Text = text
		if text != "" {
			c.Kind = Text
		}
		return nil
	case kind == 'i':
		return r.setText(column, raw)
	case kind == 'f':
		return r.setText(column, unescape(raw))
	}
	raw = bytes.TrimSpace(raw)
	switch kind {
	case 'b':
		*c = BoolCell(isTrue(raw))
		c.Formula = formula
	case 'e':
		c.Kind, c.Text = Broken, string(raw)
	case 'd':
		*c = isoCell(string(raw))
		c.Formula = formula
	default:
		r.setNumber(column, style, raw)
	}
	return nil
}

func (r *rowReader) setText(column int, raw []byte) error {
	if len(raw) > 4*textMax || len(raw) > textMax && utf16Len(raw) > textMax {
		return ErrCellTooLong.With(textMax)
	}
	r.cells[column].Kind = Text
	r.spans[column] = span{len(r.buf), len(r.buf) + len(raw)}
	r.buf = append(r.buf, raw...)
	return nil
}

func utf16Len(b []byte) (n int) {
	for _, c := range string(b) {
		n += utf16.RuneLen(c)
	}
	return n
}

// setNumber makes a cell of a number. The common case, a short plain number that no format turns into something else,
// needs no string of its own.
func (r *rowReader) setNumber(column, style int, raw []byte) {
	var f format
	if style >= 0 && style < len(r.book.formats) {
		f = r.book.formats[style]
	}
	if f.shape == general && len(raw) <= significantMax && isPlainNumber(string(raw)) {
		r.cells[column].Kind = Number
		r.spans[column] = span{len(r.buf), len(r.buf) + len(raw)}
		r.buf = append(r.buf, raw...)
		return
	}
	formula := r.cells[column].Formula
	r.cells[column] = f.cell(string(raw), r.book.system)
	r.cells[column].Formula = formula
}

// isoCell is a cell that holds a date as text (strict files): 2023-05-06 or 2023-05-06T14:30:00.
func isoCell(s string) Cell {
	date, clock, _ := bytes.Cut([]byte(s), []byte("T"))
	clock = bytes.TrimSuffix(clock, []byte("Z"))
	if len(date) == len("2023-05-06") && (len(clock) == 0 || bytes.HasPrefix(clock, []byte("00:00:00"))) {
		return Cell{Text: string(date), Kind: Day}
	}
	if len(date) == len("2023-05-06") && len(clock) >= len("14:30:00") {
		return Cell{Text: string(date) + " " + string(clock[:len("14:30:00")]), Kind: Instant}
	}
	return TextCell(s)
}
