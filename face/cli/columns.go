package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// table sets rows in columns on a terminal, where a Chinese character is two cells wide. The widths are those of the first
// rowsMeasured rows, so that a list of any length streams; a longer cell below pushes its row out.
type table struct {
	out      io.Writer
	indent   string
	right    int // the column set at the right, from 1; 0: none
	cellsMax int // of a column but the last; a longer text is cut and ends in …; 0: no bound
	rows     [][]string
	widths   []int
}

const rowsMeasured = 200

func (t *table) row(cells ...string) {
	for i, c := range cells {
		c = strings.Map(oneLine, c)
		if t.cellsMax > 0 && i < len(cells)-1 {
			c = cut(c, t.cellsMax)
		}
		cells[i] = c
	}
	if t.widths != nil {
		t.write(cells)
		return
	}
	if t.rows = append(t.rows, cells); len(t.rows) == rowsMeasured {
		t.flush()
	}
}

// flush writes the rows that were waiting for their widths.
func (t *table) flush() {
	for _, r := range t.rows {
		for i, c := range r {
			if i == len(t.widths) {
				t.widths = append(t.widths, 0)
			}
			t.widths[i] = max(t.widths[i], cells(c))
		}
	}
	for _, r := range t.rows {
		t.write(r)
	}
	t.rows = nil
}

func (t *table) write(row []string) {
	var b strings.Builder
	b.WriteString(t.indent)
	for i, c := range row {
		pad := 0
		if i < len(t.widths) {
			pad = max(0, t.widths[i]-cells(c))
		}
		switch {
		case i+1 == t.right:
			b.WriteString(strings.Repeat(" ", pad) + c + "  ")
		case i == len(row)-1:
			b.WriteString(c)
		default:
			b.WriteString(c + strings.Repeat(" ", pad+2))
		}
	}
	fmt.Fprintln(t.out, strings.TrimRight(b.String(), " "))
}

// oneLine keeps a cell on its line.
func oneLine(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// cut shortens s to at most most cells; what was cut off is marked.
func cut(s string, most int) string {
	if cells(s) <= most {
		return s
	}
	n := 0
	for i, r := range s {
		if n += wide(r); n > most-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// cells is the width of s on a terminal (UAX #11: wide and full-width characters take two cells, marks none).
func cells(s string) (n int) {
	for _, r := range s {
		n += wide(r)
	}
	return n
}

func wide(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x1100:
		return 1
	case r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf && r != 0x303f, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f,
		r >= 0xff01 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6, r >= 0x1f300 && r <= 0x1faff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}
