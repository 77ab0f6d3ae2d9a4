package report

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// table is a table of a template.
type table struct {
	caption, unit string
	columns       []document.Column
	header, rows  []row
	unsure        bool // its columns could not be read: rows are not counted against them
	at            fault.Where
}

// row is the cells of a row, one for each column, the lines of an evaluation, or rows that are printed once for each project.
type row struct {
	cells []cell
	lines string // the name of an evaluation whose lines stand here
	loop  *loop
	at    fault.Where
}

// cell is a place of the grid.
type cell struct {
	parts   []part
	left    bool   // belongs to the cell at its left
	above   bool   // belongs to the cell above
	formula string // how a spreadsheet computes the figure, with {names} of figures of the table
	at      fault.Where
}

// linesColumns are the columns of the lines of an evaluation: 一级指标, 二级指标, 三级指标, 年度指标值, 实际完成值, 分值, 得分,
// 偏差原因分析及改进措施; the last takes what more columns the table has.
const linesColumns = 8

var (
	columnWidth = regexp.MustCompile(`^([1-9][0-9]{0,3})(n?)$`)
	// formulaForm holds what a formula may consist of: names, numbers, functions of spreadsheets, arithmetic.
	formulaForm = regexp.MustCompile(`^(?:\{[A-Za-z0-9.-]+\}|[A-Z]+\(|[0-9]+(?:\.[0-9]+)?%?|[-+*/(),:<>= ]|"")+$`)
	formulaName = regexp.MustCompile(`\{([A-Za-z0-9.-]+)\}`)
)

// readTable opens a table: table [CAPTION] [| UNIT].
func (p *parser) readTable(l *reader, _ string, at int) {
	if p.loop != nil {
		l.fault(at, ErrNestedEach.With())
		return
	}
	text, begin := l.from(at + len("table"))
	l.unbacked(text, begin)
	caption, unit, _ := strings.Cut(text, "|")
	p.table = &table{caption: strings.TrimSpace(caption), unit: strings.TrimSpace(unit), at: l.where(at)}
}

// readRow reads a line of an open table.
func (p *parser) readRow(l *reader, text string, at int) {
	word, _, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	switch {
	case word == "columns":
		p.readColumns(l, text, at)
	case p.loop != nil && !strings.HasPrefix(text, "|"):
		l.fault(at, ErrBadLine.With(short(text), lang.Of("each与end之间只写表格的行：| 单元格 |", "rows of the table between each and end: | CELL |")))
	case word == "lines":
		name, _ := l.from(at + len("lines"))
		if len(p.table.columns) < linesColumns {
			l.fault(at, ErrBadTable.With(lang.Of(lang.Zh(fmt.Sprintf("评分明细至少要有%d列", linesColumns)), lang.En(fmt.Sprintf("lines of an evaluation need at least %d columns", linesColumns)))))
			return
		}
		p.table.rows = append(p.table.rows, row{lines: name, at: l.where(at)})
	case word == "head":
		if cells, begin := l.from(at + len("head")); p.cells(l, &p.table.header, cells, begin) && len(p.table.rows) > 0 {
			l.fault(at, ErrBadTable.With(lang.Of("表头要写在各行之前", "its head must stand before its rows")))
		}
	case p.loop != nil:
		p.cells(l, &p.loop.rows, text, at)
	case strings.HasPrefix(text, "|"):
		p.cells(l, &p.table.rows, text, at)
	default:
		l.fault(at, ErrBadLine.With(short(text), lang.Of("表内的行：columns、head |、|、lines、each，或end", "a line of a table: columns, head |, |, lines, each, or end")))
	}
}

func (p *parser) readColumns(l *reader, text string, at int) {
	for _, word := range strings.Fields(text)[1:] {
		m := columnWidth.FindStringSubmatch(word)
		if m == nil {
			p.table.unsure = true
			l.fault(at, ErrBadLine.With(short(text), lang.Of("columns 后面写各列宽度，数字列加n，如 columns 30 14n", "columns with the width of each, n behind one of figures: columns 30 14n")))
			return
		}
		width, _ := strconv.Atoi(m[1])
		p.table.columns = append(p.table.columns, document.Column{Width: width, Number: m[2] != ""})
	}
}

// cells reads the cells of a row: | a | b |, < for what belongs to the left, ^ for what belongs to the cell above.
func (p *parser) cells(l *reader, rows *[]row, text string, at int) bool {
	r := row{at: l.where(at)}
	if !strings.HasPrefix(text, "|") {
		l.fault(at, ErrBadLine.With(short(text), lang.Of("head 后面写 | 单元格 | 单元格", "| CELL | CELL behind head")))
		return false
	}
	at++
	for _, word := range splitCells(strings.TrimSuffix(text[1:], "|")) {
		trimmed := strings.Trim(word, " \t\r") // wide blanks indent
		begin := at + strings.Index(word, trimmed)
		at += len(word) + 1
		c := cell{left: trimmed == "<", above: trimmed == "^", at: l.where(begin)}
		if !c.left && !c.above {
			said, formula, computed := strings.Cut(trimmed, ":=")
			c.parts = l.prose(strings.Trim(said, " \t"), begin)
			if c.formula = strings.TrimSpace(formula); computed && !formulaForm.MatchString(c.formula) {
				l.fault(begin, ErrBadLine.With(short(trimmed), lang.Of("公式由{数据名}、数和电子表格函数组成", "a formula of {names}, numbers and spreadsheet functions")))
			}
		}
		r.cells = append(r.cells, c)
	}
	if n := len(p.table.columns); len(r.cells) != n && !p.table.unsure {
		l.fault(at-1, ErrBadTable.With(lang.Of(lang.Zh(fmt.Sprintf("本行有%d个单元格，应有%d个", len(r.cells), n)), lang.En(fmt.Sprintf("this row has %d cells and not %d", len(r.cells), n)))))
		return false
	}
	*rows = append(*rows, r)
	return true
}

// splitCells splits at the bars that do not stand in braces.
func splitCells(s string) (out []string) {
	depth, from := 0, 0
	for i, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		case '|':
			if depth <= 0 {
				out, from = append(out, s[from:i]), i+1
			}
		}
	}
	return append(out, s[from:])
}

func (p *parser) endTable(l *reader) {
	t := p.table
	p.table = nil
	if len(t.rows) == 0 && len(l.faults) == 0 {
		f := ErrBadTable.With(lang.Of("没有行", "it has no rows"))
		f.Where = t.at
		l.faults = append(l.faults, f)
		return
	}
	p.t.blocks = append(p.t.blocks, block{table: t, when: p.when})
}

// tableReferences sees that the evaluations of lines are declared, and that formulas name figures with cells of their own.
func (p *parser) tableReferences(use func(string, fault.Where)) {
	alone := map[string]bool{}
	var computed []cell
	for _, b := range p.t.blocks {
		if b.table == nil {
			continue
		}
		for _, r := range b.table.rows {
			cells := r.cells
			if r.loop != nil {
				for _, inner := range r.loop.rows {
					cells = append(slices.Clip(cells), inner.cells...)
				}
			}
			for _, c := range cells {
				if len(c.parts) == 1 && c.parts[0].name != "" {
					alone[c.parts[0].name] = true
				}
				if c.formula != "" {
					computed = append(computed, c)
				}
			}
			if r.lines != "" {
				use(r.lines+".score", r.at)
				alone[linesPoints], alone[linesScore] = true, true
			}
		}
	}
	for _, c := range computed {
		for _, m := range formulaName.FindAllStringSubmatch(c.formula, -1) {
			if !alone[m[1]] {
				p.fail(c.at, ErrFormulaName.With(short(m[1])))
			}
		}
	}
}

// inTable says whether the loop that is open is one of rows.
func (p *parser) inTable() bool {
	n := len(p.table.rows)
	return n > 0 && p.table.rows[n-1].loop == p.loop
}

// Names by which a formula takes a whole column of the lines of an evaluation: SUM({lines.score}).
const (
	linesPoints = "lines.points"
	linesScore  = "lines.score"
)

// readIn reads a file that a template names, from the folder of the template.
func readIn(folder fs.FS, template, name string) (string, error) {
	content, err := fs.ReadFile(folder, path.Join(path.Dir(template), name))
	return string(content), err
}
