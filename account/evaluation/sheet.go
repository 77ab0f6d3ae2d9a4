package evaluation

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/width"
	"anlan/record/field"
	"anlan/record/sheet"
)

// Faults of a spreadsheet.
var (
	ErrHeadDiffers = fault.Define("scheme.head_differs", fault.Invalid,
		"一张表只能有一个方案：“%s”前面是“%s”，这里是“%s”", "a sheet holds one scheme: %q was %q above and is %q here")
	ErrNoLevel1 = fault.Define("scheme.no_first_level", fault.Invalid,
		"第一行没有一级指标", "the first row has no first level")
)

// column is a column of the form: a field of a line, or of the scheme, which then stands in the first row.
type column struct {
	spec  *field.Spec
	head  bool
	names []string // other headings that forms use
}

// columns are those of the form, in its order, then what the scheme as a whole needs.
var columns = func() (out []column) {
	others := map[string][]string{
		"criterion": {"评价标准", "评分办法"}, "target": {"年度指标值", "目标值"}, "indicator": {"指标", "数据来源指标"},
		"line_note": {"指标解释", "备注"}, "points1": {"一级指标分值"}, "points2": {"二级指标分值"}, "points": {"三级分值", "三级指标分值"},
	}
	for _, s := range lines.Rows {
		out = append(out, column{s, false, others[s.Code]})
	}
	for _, w := range headWords {
		out = append(out, column{SchemeKind.Fields()[headFields[w.field]], true, nil})
	}
	return out
}()

// sheetRequired are the columns without which a sheet is no scheme.
var sheetRequired = []string{"level1", "level3", "points", "criterion"}

// Preset is what the reader of a sheet knows of the scheme where the sheet does not say it, by field: code, year, name.
type Preset map[string]string

// ReadSheet reads a scheme from a sheet with the columns of the form. A blank first or second level is the one above; a row of
// the total (合计, 总分) is passed over. Faults carry file, sheet, row and column; all are answered at once. A scheme that was
// read with faults is given beside them, for Unknown alone.
func ReadSheet(book *sheet.Book, name string, preset Preset) (*Scheme, error) {
	headings := make([]sheet.Heading, len(columns))
	for i, c := range columns {
		headings[i] = sheet.Heading{Names: append([]string{c.spec.Label.Zh, c.spec.Label.En, c.spec.Code}, c.names...),
			Required: !c.head && slices.Contains(sheetRequired, c.spec.Code)}
	}
	table, err := book.Table(name, headings)
	if err != nil {
		return nil, err
	}
	r := &sheetReader{reader: newReader(fault.Where{File: book.Name(), Sheet: table.Sheet}), table: table, said: map[string]string{}}
	for row, err := range table.Rows() {
		if err != nil {
			return nil, err
		}
		if row.Example {
			continue
		}
		if err := r.row(row); err != nil {
			return nil, err
		}
	}
	if err := r.heads(preset); err != nil {
		return nil, err
	}
	return r.done()
}

type sheetReader struct {
	*reader
	table *sheet.Table
	above map[string]string // level texts of the row before
	said  map[string]string // head texts
}

var totals = []string{"合计", "总计", "总分", "total"}

func (r *sheetReader) row(row sheet.Row) error {
	texts := map[string]string{}
	at := map[string]fault.Where{}
	for i, c := range columns {
		if i >= len(row.Cells) || row.Cells[i].Kind == sheet.Empty || row.Cells[i].Kind == sheet.Absent {
			continue
		}
		where := r.table.Where(row.Number, i)
		if err := row.Cells[i].Err(); err != nil {
			if internal := r.faults.Add(fault.At(err, where)); internal != nil {
				return internal
			}
			continue
		}
		texts[c.spec.Code], at[c.spec.Code] = width.Trim(row.Cells[i].Text), where
	}
	if slices.Contains(totals, strings.ToLower(strings.ReplaceAll(texts["level1"], " ", ""))) {
		return nil
	}
	r.inherit(texts)
	whole := r.table.Where(row.Number, -1)
	r.line(whole)
	for _, c := range columns {
		text, where := texts[c.spec.Code], at[c.spec.Code]
		if text == "" {
			continue
		}
		if where == (fault.Where{}) {
			where = whole
		}
		if c.head {
			r.sayHead(c, text, where)
			continue
		}
		if strings.HasPrefix(c.spec.Code, "points") {
			text = strings.TrimSuffix(text, "分")
		}
		if err := r.cell(c.spec.Code, text, where); err != nil {
			return err
		}
	}
	if texts["level1"] == "" {
		r.fail(ErrNoLevel1.With(), whole)
	}
	return nil
}

// inherit gives a row the levels that it leaves blank, and keeps its own for the next.
func (r *sheetReader) inherit(texts map[string]string) {
	same := texts["level1"] == "" || texts["level1"] == r.above["level1"]
	if same {
		fill(texts, r.above, "level1", "points1")
		if texts["level2"] == "" {
			fill(texts, r.above, "level2", "points2", "number2")
		}
	}
	r.above = map[string]string{}
	fill(r.above, texts, "level1", "points1", "level2", "points2", "number2")
}

func fill(to, from map[string]string, keys ...string) {
	for _, k := range keys {
		if to[k] == "" && from[k] != "" {
			to[k] = from[k]
		}
	}
}

func (r *sheetReader) sayHead(c column, text string, where fault.Where) {
	code := c.spec.Code
	if before, ok := r.said[code]; ok && before != text {
		r.fail(ErrHeadDiffers.With(c.spec.Label, before, text), where)
		return
	}
	r.said[code] = text
	r.places[code] = where
}

// heads sets the fields of the scheme: what the sheet says, else what is known beside it.
func (r *sheetReader) heads(preset Preset) error {
	for _, w := range headWords {
		text, where := r.said[w.field], r.places[w.field]
		if text == "" {
			text = preset[w.field]
			where = r.home
			where.Column = SchemeKind.Fields()[headFields[w.field]].Label.Zh
		}
		if text == "" {
			r.places[w.field] = where
			continue
		}
		if err := r.head(w.field, text, where); err != nil {
			return err
		}
	}
	return nil
}

// WriteSheet writes the scheme with the columns of the form; ReadSheet reads it as the same scheme.
func (s *Scheme) WriteSheet(w io.Writer, format sheet.Format, l lang.Lang) error {
	layout := sheet.Layout{Sheet: lang.Of("评分方案", "scheme").In(l), Lang: l}
	for _, c := range columns {
		f := sheet.Field{Heading: c.spec.Label.In(l), Key: c.spec.Code, Width: columnWidths[c.spec.Code]}
		if c.spec.Type == field.TypeQuantity {
			f.Kind = sheet.Number
		}
		for _, choice := range c.spec.Choices {
			f.Choices = append(f.Choices, choice.Label.In(l))
		}
		layout.Fields = append(layout.Fields, f)
	}
	out, err := sheet.NewWriter(w, format, layout)
	if err != nil {
		return err
	}
	for i := range s.Lines {
		if err := out.Row(s.cells(i, l)); err != nil {
			return fmt.Errorf("write line %d: %w", i+1, err)
		}
	}
	return out.Close()
}

// columnWidths are those of columns that hold sentences, in characters.
var columnWidths = map[string]int{"level3": 24, "criterion": 60, "rule": 40, "indicator": 32, "target": 12, "line_note": 40}

// cells are the cells of line i; the scheme's own stand beside the first.
func (s *Scheme) cells(i int, l lang.Lang) (out []sheet.Cell) {
	list := SchemeKind.List(linesField)
	for _, c := range columns {
		text := ""
		switch {
		case !c.head:
			text = list.Text(s, i, lineFields[c.spec.Code])
		case i == 0:
			text = SchemeKind.Text(s, headFields[c.spec.Code])
		}
		out = append(out, cellOf(c.spec, text, l))
	}
	return out
}

func cellOf(s *field.Spec, text string, l lang.Lang) sheet.Cell {
	switch s.Type {
	case field.TypeQuantity:
		return sheet.NumberCell(text)
	case field.TypeYesNo:
		if text == "" {
			return sheet.Cell{}
		}
		return sheet.BoolCell(text == "true")
	}
	for _, c := range s.Choices {
		if c.Code == text {
			return sheet.TextCell(c.Label.In(l))
		}
	}
	return sheet.TextCell(text)
}
