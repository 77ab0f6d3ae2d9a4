package sheet

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"anlan/ground/reason"
)

// delimitedRows reads CSV and TSV: the encoding and the separator are found by looking at the file, once.
func delimitedRows(r io.ReaderAt, size int64, format Format) (func(yield func(Row, error) bool), error) {
	coding, err := encodingOf(r, size)
	if err != nil {
		return nil, err
	}
	open := func() *bufio.Reader {
		var src io.Reader = io.NewSectionReader(r, 0, size)
		if coding != nil {
			src = transform.NewReader(src, coding.NewDecoder())
		}
		text := bufio.NewReaderSize(src, 64<<10)
		if mark, err := text.Peek(3); err == nil && bytes.Equal(mark, utf8Mark) {
			_, _ = text.Discard(3) // three bytes that were just seen
		}
		return text
	}
	comma := separatorOf(open(), format)
	return func(yield func(Row, error) bool) {
		d := delimited{text: open(), comma: comma, decoded: coding != nil}
		for {
			row, err := d.next()
			if err == io.EOF || !yield(row, err) || err != nil {
				return
			}
		}
	}, nil
}

// encodingOf finds the encoding: UTF-16 by its mark, UTF-8 when the whole file is (nil), else GB18030, which is what Excel
// in a Chinese office saves as CSV and of which GB2312 and GBK are parts.
func encodingOf(r io.ReaderAt, size int64) (encoding.Encoding, error) {
	var mark [2]byte
	if _, err := r.ReadAt(mark[:], 0); err != nil && err != io.EOF {
		return nil, ErrNoFile.Because(err, reason.Of(err))
	}
	if m := string(mark[:]); m == "\xff\xfe" || m == "\xfe\xff" {
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), nil
	}
	ok, err := validUTF8(io.NewSectionReader(r, 0, size))
	switch {
	case err != nil:
		return nil, ErrNoFile.Because(err, reason.Of(err))
	case ok:
		return nil, nil
	}
	return simplifiedchinese.GB18030, nil
}

func validUTF8(r io.Reader) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		window := buf[:kept+n]
		whole := len(window)
		if err == nil { // a character may be cut at the end
			for i := 1; i < utf8.UTFMax && i <= len(window); i++ {
				if c := window[len(window)-i]; utf8.RuneStart(c) {
					if !utf8.FullRune(window[len(window)-i:]) {
						whole = len(window) - i
					}
					break
				}
			}
		}
		if !utf8.Valid(window[:whole]) {
			return false, nil
		}
		kept = copy(buf, window[whole:])
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// separatorOf finds what stands between the cells: of comma, tab, semicolon and bar the one that stands in the most lines of
// the beginning, outside quotes, the usual one for the format where none does better. The full-width comma is none of
// them: it stands in every sentence.
func separatorOf(text *bufio.Reader, format Format) rune {
	candidates := []rune{',', '\t', ';', '|'}
	if format == TSV {
		candidates[0], candidates[1] = '\t', ','
	}
	lines, counts := map[rune]int{}, map[rune]int{}
	quoted := false
	for range 64 << 10 {
		c, _, err := text.ReadRune()
		switch {
		case err != nil || c == '\n' && !quoted:
			for sep := range counts {
				lines[sep]++
			}
			clear(counts)
		case c == '"':
			quoted = !quoted
		case !quoted && strings.ContainsRune(",\t;|", c):
			counts[c]++
		}
		if err != nil {
			break
		}
	}
	best := candidates[0]
	for _, c := range candidates[1:] {
		if lines[c] > lines[best] {
			best = c
		}
	}
	return best
}

// cellBytesMax bounds a cell of a text file, lineBytesMax a line of JSONL.
const (
	cellBytesMax = 1 << 20
	lineBytesMax = 16 << 20
)

// delimited reads records as RFC 4180 has them, and as spreadsheet programs write and forgive them: line ends of any kind,
// quotes doubled inside quotes, quotes inside unquoted cells and text behind a closing quote as they stand. The content of
// quotes is kept to the byte, line ends included.
type delimited struct {
	text    *bufio.Reader
	comma   rune
	decoded bool // from another encoding, whose decoder puts a replacement for what it cannot read
	number  int
	cells   []Cell
	buf     []byte
	ends    []int
}

// next gives the next record that is not blank; io.EOF after the last. Records are numbered as a spreadsheet numbers its
// rows, blank ones counted.
func (d *delimited) next() (Row, error) {
	for {
		d.number++
		err := d.record()
		if err != nil && err != io.EOF {
			return Row{Number: d.number}, err
		}
		row := d.row()
		if !row.blank() {
			row.Example = row.isExample()
			return row, nil
		}
		if err == io.EOF {
			return Row{}, io.EOF
		}
	}
}

// row makes cells of the record that was read.
func (d *delimited) row() Row {
	all := string(d.buf)
	d.cells = d.cells[:0]
	from := 0
	for _, end := range d.ends {
		d.cells = append(d.cells, TextCell(unguard(all[from:end])))
		from = end
	}
	return Row{Number: d.number, Cells: d.cells}
}

// record reads one record into buf and ends; io.EOF says that it was the last.
func (d *delimited) record() error {
	d.buf, d.ends = d.buf[:0], d.ends[:0]
	begin, quoted, opened := 0, false, false // of the cell: where it begins, inside quotes, had quotes
	for {
		c, n, err := d.text.ReadRune()
		switch {
		case err == io.EOF && quoted:
			return ErrOpenQuote.With()
		case err != nil && err != io.EOF:
			return ErrNoFile.Because(err, reason.Of(err))
		case err == io.EOF:
			d.ends = append(d.ends, len(d.buf))
			return io.EOF
		case c == utf8.RuneError && (n == 1 || d.decoded):
			return ErrUnreadableText.With()
		case c == '"' && quoted:
			if next, _ := d.text.Peek(1); len(next) == 1 && next[0] == '"' {
				_, _ = d.text.Discard(1) // the second of a doubled quote, just seen
				d.buf = append(d.buf, '"')
			} else {
				quoted = false
			}
		case quoted:
			d.buf = utf8.AppendRune(d.buf, c)
		case c == '"' && len(d.buf) == begin && !opened:
			quoted, opened = true, true
		case c == d.comma:
			if len(d.ends) == columnsMax {
				return ErrTooLarge.With(theColumns, columnsMax)
			}
			d.ends = append(d.ends, len(d.buf))
			begin, opened = len(d.buf), false
		case c == '\n' || c == '\r':
			if next, _ := d.text.Peek(1); c == '\r' && len(next) == 1 && next[0] == '\n' {
				_, _ = d.text.Discard(1)
			}
			d.ends = append(d.ends, len(d.buf))
			return nil
		default:
			d.buf = utf8.AppendRune(d.buf, c)
		}
		if len(d.buf)-begin > cellBytesMax {
			return ErrTooLarge.With(theCell, cellBytesMax)
		}
	}
}
