package exchange

import (
	"context"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/sheet"
)

// Target is what a column of a sheet may stand for: a field of the kind, the state, or a field of the bureau's own.
type Target struct {
	Code     string // of the field; state; ext.CODE
	Label    lang.Text
	Required bool // a sheet must have it
	Computed bool // nobody fills it in
}

// stateCode names the state among the targets.
const stateCode = "state"

// Targets lists what the columns of a sheet of a kind may stand for, with the headings under which package sheet finds each.
func Targets(v *book.View, k record.Of) ([]Target, []sheet.Heading, error) {
	extras, err := v.Extras(k.Code())
	if err != nil {
		return nil, nil, err
	}
	fields, expected := headings(k)
	expected = append(expected, extraHeadings(extras)...)
	specs := k.Fields()
	var out []Target
	for i, f := range fields {
		out = append(out, Target{specs[f].Code, specs[f].Label, expected[i].Required, specs[f].Computed})
	}
	out = append(out, Target{Code: stateCode, Label: stateLabel})
	for _, x := range extras {
		out = append(out, Target{Code: "ext." + x.Code, Label: x.Label})
	}
	return out, expected, nil
}

// codeOf is the code of expected column i as Targets names it.
func (r *run) codeOf(i int) string {
	switch n := len(r.fields); {
	case i < n:
		return r.specs[r.fields[i]].Code
	case i == n:
		return stateCode
	default:
		return "ext." + r.extras[i-n-1].Code
	}
}

// positions turns the codes that somebody has given the columns of a sheet into the column of each expected heading.
func (r *run) positions(expected int) []int {
	out := make([]int, expected)
	for i := range out {
		out[i] = slices.Index(r.request.Columns, r.codeOf(i))
	}
	return out
}

// Correction is a value that somebody has typed in place of one of the file.
type Correction struct {
	Row  int    // of the file
	Code string // of the target
	Text string // empty: the cell is emptied
}

// correct puts what was typed in place of what the file has.
func (r *run) correct(row sheet.Row) {
	given := r.corrected[row.Number]
	for i := range row.Cells {
		if text, ok := given[r.codeOf(i)]; ok {
			row.Cells[i] = sheet.TextCell(text)
			r.outcome.Corrected++
		}
	}
}

// Refused is a row that cannot be taken as it stands.
type Refused struct {
	Row    int
	Cells  []RefusedCell // in the order of the expected columns; those that the file has, and those that something is wrong with
	Faults fault.List    // about no cell of its own
}

// RefusedCell is a cell of a refused row, with what is wrong with it.
type RefusedCell struct {
	Code      string
	Text      string
	Corrected bool // it was typed, and is not as the file has it
	Faults    fault.List
	number    bool // in the file
}

// collect reads the rows that have faults once more, for whoever is to see them.
func (r *run) collect() error {
	if len(r.wrong) == 0 {
		return nil
	}
	left := maps.Clone(r.wrong)
	for row, err := range r.table.Rows() {
		if err != nil {
			return err
		}
		wrong, ok := left[row.Number]
		if !ok {
			continue
		}
		delete(left, row.Number)
		x := Refused{Row: row.Number, Faults: wrong[-1]}
		given := r.corrected[row.Number]
		for i, c := range row.Cells {
			if c.Kind == sheet.Absent && len(wrong[i]) == 0 {
				continue
			}
			code := r.codeOf(i)
			text, typed := given[code]
			if !typed {
				text = c.Text
			}
			x.Cells = append(x.Cells, RefusedCell{code, text, typed, wrong[i], c.Kind == sheet.Number && !typed})
		}
		r.outcome.Refused = append(r.outcome.Refused, x)
		if len(left) == 0 {
			break
		}
	}
	return nil
}

// WriteRefused writes the rows that an import would refuse as a workbook: the columns that it reads, under names by which they are found
// again, then what is wrong with each row and where it stood. The same request is asked as by Import; nothing is written to the book.
func WriteRefused(ctx context.Context, b *book.Book, actor access.Actor, q Request, w io.Writer, l lang.Lang) (rows int, err error) {
	q.DryRun, q.Show = true, true
	r, err := begin(b, actor, q)
	if err != nil {
		return 0, err
	}
	defer r.file.Close()
	if err := r.judge(ctx); err != nil && len(r.outcome.Refused) == 0 {
		return 0, err
	}
	layout, columns := r.refusedLayout(l)
	out, err := sheet.NewWriter(w, sheet.XLSX, layout)
	if err != nil {
		return 0, err
	}
	for _, x := range r.outcome.Refused {
		if err := out.Row(r.refusedRow(x, columns, l)); err != nil {
			return 0, err
		}
	}
	return len(r.outcome.Refused), out.Close()
}

var (
	wrongLabel = lang.Of("错误", "what is wrong")
	rowLabel   = lang.Of("原行号", "row in the file")
)

// refusedLayout is the sheet of refused rows, and the codes of its columns.
func (r *run) refusedLayout(l lang.Lang) (out sheet.Layout, columns []string) {
	out = sheet.Layout{Sheet: r.kind.Label().In(l), Lang: l}
	for i, c := range r.table.Columns {
		if c.Index < 0 {
			continue
		}
		label := r.labelOf(i).In(l)
		if i < len(r.fields) {
			u := c.Unit
			if r.specs[r.fields[i]].Type == field.TypeMoney {
				u = r.moneyUnit(i) // the line above the table does not come along
			}
			if u != "" {
				label += "（" + u + "）"
			}
		}
		columns = append(columns, r.codeOf(i))
		out.Fields = append(out.Fields, sheet.Field{Heading: label, Kind: sheet.Text})
	}
	return withWrong(out, l), columns
}

const (
	wrongWidth = 60 // characters
	rowWidth   = 10
)

func withWrong(out sheet.Layout, l lang.Lang) sheet.Layout {
	out.Fields = append(out.Fields, sheet.Field{Heading: wrongLabel.In(l), Width: wrongWidth}, sheet.Field{Heading: rowLabel.In(l), Kind: sheet.Number, Width: rowWidth})
	return out
}

func (r *run) refusedRow(x Refused, columns []string, l lang.Lang) []sheet.Cell {
	out := make([]sheet.Cell, len(columns), len(columns)+2)
	said := saidOf(x.Faults, "", l)
	for i := range r.table.Columns {
		n := slices.IndexFunc(x.Cells, func(c RefusedCell) bool { return c.Code == r.codeOf(i) })
		if n < 0 {
			continue
		}
		c := x.Cells[n]
		said = append(said, saidOf(c.Faults, r.labelOf(i).In(l), l)...)
		if at := slices.Index(columns, c.Code); at >= 0 && c.number {
			out[at] = sheet.NumberCell(c.Text)
		} else if at >= 0 {
			out[at] = sheet.TextCell(c.Text)
		}
	}
	return append(out, sheet.TextCell(strings.Join(said, "\n")), sheet.NumberCell(strconv.Itoa(x.Row)))
}

// saidOf are faults without their places, behind the name of their column.
func saidOf(faults fault.List, column string, l lang.Lang) (out []string) {
	for _, f := range faults {
		said := f.Words(l)
		if column != "" {
			said = column + lang.Of("：", ": ").In(l) + said
		}
		out = append(out, said)
	}
	return out
}

// labelOf is the name of expected column i.
func (r *run) labelOf(i int) lang.Text {
	switch n := len(r.fields); {
	case i < n:
		return r.specs[r.fields[i]].Label
	case i == n:
		return stateLabel
	default:
		return r.extras[i-n-1].Label
	}
}
