package reading

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"anlan/ground/lang"
	"anlan/ground/reason"
)

const workbookPart = "xl/workbook.xml"

// Bounds on a workbook; those of its archive are in archive.go.
const (
	sheetsMax       = 255
	formulasRowsMax = 2_000 // rows of a sheet whose formulas are computed again: to find one is a walk over the sheet
)

// readWorkbook makes the sheets of a workbook headings with tables: cells as they are shown, by their number formats. What stands
// above and below a table in one cell (title, unit, notes) is prose. Hidden sheets are read and said to be hidden. The result that is
// stored with a formula is what readers see; where the formula gives another, both are kept (Document.Formulas).
func readWorkbook(d *Document, a *archive, src string) (err error) {
	if err := a.drain("xl/"); err != nil {
		return err
	}
	defer func() { // the library trusts what it reads
		if p := recover(); p != nil {
			err = damagedWorkbook(fmt.Errorf("%v", p))
		}
	}()
	f, err := excelize.OpenReader(strings.NewReader(src), excelize.Options{UnzipSizeLimit: allMaxBytes, UnzipXMLSizeLimit: allMaxBytes})
	if err != nil {
		return damagedWorkbook(err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) > sheetsMax {
		return ErrTooLarge.With(lang.Of("工作表数", "sheets"), sheetsMax)
	}
	r := workbookReader{b: &builder{d: d}, f: f}
	for _, name := range names {
		if err := r.sheet(name, len(names) > 1); err != nil {
			return err
		}
	}
	return r.b.done()
}

type workbookReader struct {
	b *builder
	f *excelize.File
}

// sheetRows is a sheet as it is shown.
type sheetRows struct {
	name   string
	rows   [][]string
	stored [][]string        // the same without number formats; none where no formula is computed again
	merged map[[2]int][2]int // upper left corner → spans (rows, columns), from 1
	under  map[[2]int]bool   // covered by a merged cell
	width  int
}

func (r *workbookReader) sheet(name string, titled bool) error {
	s, err := r.read(name)
	if err != nil {
		return err
	}
	if s.width == 0 {
		return nil
	}
	visible, err := r.f.GetSheetVisible(name)
	if err != nil {
		return damagedWorkbook(err)
	}
	if titled || !visible {
		line := name
		if !visible {
			line += "（隐藏的工作表）"
		}
		if _, err := r.b.line(Heading, 1, line, nil); err != nil {
			return err
		}
	}
	if !visible {
		r.b.hidden(lang.Text{Zh: "工作表“" + name + "”是隐藏的：已读入，读者却看不到", En: "the sheet " + name + " is hidden: it was read, though readers do not see it"})
	}
	for from := 0; from < len(s.rows); {
		if s.blank(from) {
			from++
			continue
		}
		to := from + 1
		for to < len(s.rows) && !s.blank(to) {
			to++
		}
		if err := r.block(s, from, to); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// read takes the cells of a sheet as they are shown, and as they are stored where formulas are to be computed again.
func (r *workbookReader) read(name string) (*sheetRows, error) {
	s := &sheetRows{name: name, merged: map[[2]int][2]int{}, under: map[[2]int]bool{}}
	var err error
	if s.rows, err = r.rows(name, false); err != nil {
		return nil, err
	}
	for _, row := range s.rows {
		s.width = max(s.width, len(row))
	}
	if len(s.rows) <= formulasRowsMax {
		if s.stored, err = r.rows(name, true); err != nil {
			return nil, err
		}
	}
	return s, r.merges(s)
}

// rows are the texts of a sheet row by row, without empty ones at the ends.
func (r *workbookReader) rows(name string, stored bool) (out [][]string, err error) {
	rows, err := r.f.Rows(name)
	if err != nil { // a sheet that is a chart has no rows
		r.b.unread(lang.Text{Zh: "工作表“" + name + "”没有单元格（图表）", En: "the sheet " + name + " has no cells (a chart)"})
		return nil, nil
	}
	defer rows.Close()
	cells := 0
	for rows.Next() {
		row, err := rows.Columns(excelize.Options{RawCellValue: stored})
		if err != nil {
			return nil, damagedWorkbook(err)
		}
		for i := range row {
			row[i] = trim(row[i])
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if cells += len(row); cells > cellsMax {
			return nil, ErrTooLarge.With(lang.Of("表格单元格数", "cells of tables"), cellsMax)
		}
		if len(row) > columnsMax {
			return nil, ErrTooLarge.With(lang.Of("表格列数", "columns of a table"), columnsMax)
		}
		out = append(out, row)
	}
	if err := rows.Error(); err != nil {
		return nil, damagedWorkbook(err)
	}
	for len(out) > 0 && len(out[len(out)-1]) == 0 {
		out = out[:len(out)-1]
	}
	return out, nil
}

// damagedWorkbook is the fault of what the library refuses; its own words stand in the English sentence only.
func damagedWorkbook(err error) error {
	return ErrDamagedWorkbook.Because(err, reason.Else(err, lang.Of("内容不完整或不合规范", "its content is cut off or malformed")))
}

// merges lays the merged ranges over the cells that have any text.
func (r *workbookReader) merges(s *sheetRows) error {
	all, err := r.f.GetMergeCells(s.name, true)
	if err != nil {
		return damagedWorkbook(err)
	}
	for _, m := range all {
		c0, r0, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c1, r1, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 != nil || err2 != nil {
			continue
		}
		r1, c1 = min(r1, len(s.rows)), min(c1, columnsMax)
		if (r1-r0+1)*(c1-c0+1) > cellsMax {
			return ErrTooLarge.With(lang.Of("表格单元格数", "cells of tables"), cellsMax)
		}
		if r1 < r0 || c1 < c0 || s.text(r0, c0) == "" {
			continue
		}
		s.merged[[2]int{r0, c0}] = [2]int{r1 - r0 + 1, c1 - c0 + 1}
		for y := r0; y <= r1; y++ {
			for x := c0; x <= c1; x++ {
				s.under[[2]int{y, x}] = y != r0 || x != c0
			}
		}
	}
	return nil
}

// text is that of a cell, from 1.
func (s *sheetRows) text(row, column int) string {
	if row > len(s.rows) || column > len(s.rows[row-1]) {
		return ""
	}
	return s.rows[row-1][column-1]
}

// filled are the texts of a row, from 0.
func (s *sheetRows) filled(row int) []string {
	return slices.DeleteFunc(slices.Clone(s.rows[row]), func(t string) bool { return t == "" })
}

// blank says that nothing stands in a row nor reaches down into it.
func (s *sheetRows) blank(row int) bool {
	if len(s.rows[row]) > 0 {
		return false
	}
	for x := 1; x <= s.width; x++ {
		if s.under[[2]int{row + 1, x}] {
			return false
		}
	}
	return true
}

// above says that a row stands over a table and is none of its rows: its title, its number, who fills it in and in which unit.
func (s *sheetRows) above(row int) bool {
	texts := s.filled(row)
	for _, t := range texts {
		if len(texts) > 1 && !strings.ContainsAny(t, "：:") && !strings.HasSuffix(t, "表") {
			return false
		}
	}
	return true
}

var notes = []string{"注", "说明", "备注", "填表", "填报", "审核", "单位负责人", "联系电话"}

// below says that a row stands under a table: its notes, and who signs it.
func (s *sheetRows) below(row int) bool {
	texts := s.filled(row)
	return len(texts) > 0 && slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(texts[0], n) }) &&
		!slices.ContainsFunc(texts[1:], func(t string) bool { return strings.IndexFunc(t, isDigit) == 0 })
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// block makes rows without a gap a table with what stands above and below it.
func (r *workbookReader) block(s *sheetRows, from, to int) error {
	top, end := from, to
	for top < to && s.above(top) {
		top++
	}
	for end > top && s.below(end-1) {
		end--
	}
	if err := r.prose(s, from, top); err != nil {
		return err
	}
	for top < end {
		next := s.nextTable(top, end)
		body := top
		for body < next && s.above(body) { // the unit of the next one
			body++
		}
		if err := r.prose(s, top, body); err != nil {
			return err
		}
		if body < next {
			if err := r.table(s, body, next); err != nil {
				return err
			}
		}
		top = next
	}
	return r.prose(s, end, to)
}

// nextTable is the row at which another table begins in rows that follow each other without a gap, as the parts of a form do: what
// stands above one, or its headings, after a row with a number.
func (s *sheetRows) nextTable(from, to int) int {
	numbers := false
	for row := from; row < to; row++ {
		if numbers && (s.above(row) || s.heads(row) && row+1 < to && s.numbered(row+1)) {
			return row
		}
		numbers = numbers || s.numbered(row)
	}
	return to
}

// headingRunes is how long a heading of a column is at most.
const headingRunes = 20

// heads says whether the cells of a row are headings of columns: two or more, all in words.
func (s *sheetRows) heads(row int) bool {
	texts := s.filled(row)
	for _, t := range texts {
		if utf8.RuneCountInString(t) > headingRunes || strings.Trim(t, "—–- ") == "" || isAmount(t) {
			return false
		}
	}
	return len(texts) > 1
}

// numbered says whether a cell of a row is a number.
func (s *sheetRows) numbered(row int) bool { return slices.ContainsFunc(s.filled(row), isAmount) }

// isAmount says whether a cell opens as a number does.
func isAmount(t string) bool {
	t = strings.TrimLeft(t, "-−(（≥≤=<>＜＞")
	return t != "" && isDigit(rune(t[0])) && !strings.HasSuffix(t, "年")
}

// prose makes each cell of the rows a paragraph.
func (r *workbookReader) prose(s *sheetRows, from, to int) error {
	for row := from; row < to; row++ {
		for _, t := range s.filled(row) {
			for _, line := range strings.Split(t, "\n") {
				if _, err := r.b.line(Blank, 0, line, nil); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *workbookReader) table(s *sheetRows, from, to int) error {
	t := r.b.table(nil)
	for row := from + 1; row <= to; row++ {
		t.nextRow()
		for column := 1; column <= s.width; column++ {
			if s.under[[2]int{row, column}] {
				continue
			}
			spans := s.merged[[2]int{row, column}]
			t.column = column - 1
			c, err := t.cell(min(max(spans[0], 1), to-row+1), max(spans[1], 1), false)
			if err != nil {
				return err
			}
			name, err := excelize.CoordinatesToCellName(column, row)
			if err != nil {
				return damagedWorkbook(err)
			}
			c.Name = s.name + "!" + name
			text := s.text(row, column)
			for _, line := range strings.Split(text, "\n") {
				if _, err := r.b.line(TableCell, 0, line, c); err != nil {
					return err
				}
			}
			r.formula(s, c, row, name, text)
		}
	}
	return nil
}

// formula keeps the formula of a cell whose stored result is not what the formula gives, and says which cell shows an error.
func (r *workbookReader) formula(s *sheetRows, c *Cell, row int, name, shown string) {
	if slices.Contains(sheetErrors, shown) {
		r.b.unread(lang.Text{Zh: c.Name + "显示错误" + shown, En: c.Name + " shows the error " + shown})
		return
	}
	if shown == "" || s.stored == nil {
		return
	}
	stored, state := s.value(row, c.Column)
	if state != holdsNumber {
		return
	}
	formula, err := r.f.GetCellFormula(s.name, name)
	if err != nil || formula == "" {
		return
	}
	computed, err := compute(formula, s.value)
	if err != nil || sameResult(stored, computed) || r.circular(s, formula, row, c.Column) {
		return // what is no plain arithmetic is not computed again, and a circle gives nothing
	}
	// A number that is kept as text counts for nothing in a SUM; to ask each cell for its type is a walk over the sheet.
	computed, err = compute(formula, func(row, column int) (*big.Rat, holding) {
		v, state := s.value(row, column)
		if state == holdsNumber && r.isText(s, row, column) {
			return nil, holdsText
		}
		return v, state
	})
	if err != nil || sameResult(stored, computed) {
		return
	}
	r.b.d.Formulas = append(r.b.d.Formulas, Formula{Cell: c, Line: len(r.b.d.Lines), Text: "=" + formula, Stored: stored, Computed: computed})
}

// isText says whether a cell keeps its value as a text.
func (r *workbookReader) isText(s *sheetRows, row, column int) bool {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return true
	}
	t, err := r.f.GetCellType(s.name, name)
	return err != nil || t == excelize.CellTypeSharedString || t == excelize.CellTypeInlineString
}

// circleCells bounds the cells that are looked at for a circle.
const circleCells = 2_000

// circular says whether a formula comes back to its own cell by way of the cells that it names; one that goes too far to tell counts as
// circular.
func (r *workbookReader) circular(s *sheetRows, formula string, row, column int) bool {
	seen := map[[2]int]bool{}
	left := []string{formula}
	circle := false
	for len(left) > 0 && !circle {
		f := left[len(left)-1]
		left = left[:len(left)-1]
		_, _ = compute(f, func(y, x int) (*big.Rat, holding) { // only for the cells that it names
			at := [2]int{y, x}
			circle = circle || y == row && x == column
			if !seen[at] && !circle {
				seen[at] = true
				if name, err := excelize.CoordinatesToCellName(x, y); err == nil {
					if inner, err := r.f.GetCellFormula(s.name, name); err == nil && inner != "" {
						left = append(left, inner)
					}
				}
			}
			return s.value(y, x)
		})
		circle = circle || len(seen) > circleCells
	}
	return circle
}

// value is the stored number of a cell, from 1.
func (s *sheetRows) value(row, column int) (*big.Rat, holding) {
	if row > len(s.stored) || column > len(s.stored[row-1]) || s.stored[row-1][column-1] == "" {
		return nil, holdsNothing
	}
	if v, ok := parsePlain(s.stored[row-1][column-1]); ok {
		return v, holdsNumber
	}
	return nil, holdsText
}

var sheetErrors = []string{"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
