package exchange

import (
	"fmt"
	"io"
	"iter"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/sheet"
)

// Export writes the records that a query finds, as the view's actor may see them, and says how many. A field above the
// actor's clearance is no column.
func Export(v *book.View, q book.Query, k record.Of, w io.Writer, format sheet.Format, l lang.Lang) (int, error) {
	n := 0
	err := exported(v, k, w, format, l, func(row func(any) error) error {
		return v.Each(q, func(r any) error { n++; return row(r) })
	})
	return n, err
}

// ExportThese writes records that a view has given, as Export writes those that a query finds.
func ExportThese(v *book.View, k record.Of, w io.Writer, format sheet.Format, l lang.Lang, records iter.Seq[any]) error {
	return exported(v, k, w, format, l, func(row func(any) error) error {
		for r := range records {
			if err := row(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// exported writes the records that each gives to row.
func exported(v *book.View, k record.Of, w io.Writer, format sheet.Format, l lang.Lang, each func(row func(any) error) error) error {
	extras, err := v.Extras(k.Code())
	if err != nil {
		return err
	}
	out, err := newWriter(w, format, k, l, extras, func(f int) bool { return v.Sees(k, f) })
	if err != nil {
		return err
	}
	names := map[string]string{}
	out.name = func(id string) (string, error) { return nameOf(v, names, id) }
	if err := each(out.row); err != nil {
		return err
	}
	return out.Close()
}

// nameOf is the natural key of the record with an id, or the id itself where the actor may not see the record. Names are
// remembered for the time of an export.
func nameOf(v *book.View, names map[string]string, id string) (string, error) {
	if name, ok := names[id]; ok {
		return name, nil
	}
	parsed, err := ident.Parse(id)
	if err != nil {
		return "", err
	}
	k, r, err := v.ByID(parsed)
	if c, ok := fault.KindOf(err); ok && c == fault.NotFound {
		return id, nil
	}
	if err != nil {
		return "", err
	}
	name := joinKey(k.KeyText(r))
	if len(names) < referredMax {
		names[id] = name
	}
	return name, nil
}

// Write writes records that are in no book yet, as an export would write them: what is computed of them is computed.
func Write(k record.Of, w io.Writer, format sheet.Format, l lang.Lang, records iter.Seq[any]) error {
	out, err := newWriter(w, format, k, l, nil, func(int) bool { return true })
	if err != nil {
		return err
	}
	for r := range records {
		r = k.Clone(r)
		k.Compute(r)
		if err := out.row(r); err != nil {
			return err
		}
	}
	return out.Close()
}

type writer struct {
	*sheet.Writer
	kind   record.Of
	specs  []*field.Spec
	plain  bool                            // for programs
	name   func(id string) (string, error) // of a record that a reference points to
	fields []int
	extras record.Extras
	lang   lang.Lang
	cells  []sheet.Cell
}

func newWriter(w io.Writer, format sheet.Format, k record.Of, l lang.Lang, extras record.Extras, sees func(f int) bool) (*writer, error) {
	out := &writer{kind: k, extras: extras, specs: k.Fields(), plain: format == sheet.JSONL, lang: l, name: func(id string) (string, error) { return id, nil }}
	fields, _ := headings(k)
	for _, f := range fields {
		if sees(f) {
			out.fields = append(out.fields, f)
		}
	}
	var err error
	columns := layout(k, out.fields, l)
	columns.Fields = append(columns.Fields, extraLayout(extras, l)...)
	out.Writer, err = sheet.NewWriter(w, format, columns)
	return out, err
}

func (w *writer) row(r any) error {
	w.cells = w.cells[:0]
	state := w.kind.Head(r).State
	if state == "" {
		state = w.kind.Start()
	}
	if w.plain {
		for _, f := range w.fields {
			w.cells = append(w.cells, plainCell(w.kind, w.specs[f], f, r))
		}
		w.cells = append(w.cells, sheet.TextCell(string(state)))
		w.extraCells(w.kind.Head(r).Ext)
		return w.Row(w.cells)
	}
	for _, f := range w.fields {
		c, err := cellOf(w.kind, w.specs[f], f, r, w.lang, w.name)
		if err != nil {
			return err
		}
		w.cells = append(w.cells, c)
	}
	w.cells = append(w.cells, sheet.TextCell(record.StateLabel(w.kind, state).In(w.lang)))
	w.extraCells(w.kind.Head(r).Ext)
	return w.Row(w.cells)
}

// layout is the columns of a kind as a sheet has them.
func layout(k record.Of, fields []int, l lang.Lang) sheet.Layout {
	out := sheet.Layout{Sheet: k.Label().In(l), Lang: l}
	for _, f := range fields {
		s := k.Fields()[f]
		out.Fields = append(out.Fields, sheet.Field{Heading: s.Label.In(l), Key: s.Code, Kind: kindOf(s), Decimals: decimals(s)})
	}
	out.Fields = append(out.Fields, sheet.Field{Heading: stateLabel.In(l), Key: "state", Kind: sheet.Text})
	return out
}

func kindOf(s *field.Spec) sheet.Kind {
	switch s.Type {
	case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		return sheet.Number
	case field.TypeDay:
		return sheet.Day
	}
	return sheet.Text
}

func decimals(s *field.Spec) int {
	if s.Type == field.TypeMoney {
		return 2
	}
	return s.Decimals
}

// Template writes an empty sheet to fill in: headings with notes, drop-downs of code lists, an example row that no import
// takes for a record, and a second sheet that says how to fill it in. home is the place of the bureau whose sheet it is, which is
// its unit too; empty where no book says.
func Template(k record.Of, w io.Writer, l lang.Lang, home place.Code) error {
	fields, _ := headings(k)
	out := layout(k, fields, l)
	out.Notes = append(out.Notes, lang.Of("每行一条记录；带*的列必填；灰色的列由系统计算，留空即可；以“示例：”开头的行不会导入。", "One record a row; columns with * are required; grey ones are computed and left empty; a row that begins with 示例： is not imported.").In(l))
	for i, f := range fields {
		s := k.Fields()[f]
		x := &out.Fields[i]
		x.Required, x.Computed, x.Note = demanded(s), s.Computed, note(k, f, l)
		out.Notes = append(out.Notes, fmt.Sprintf("%s  %s", s.Label.In(l), x.Note))
		if s.Computed {
			out.Example = append(out.Example, sheet.Cell{})
			continue
		}
		for _, c := range s.Choices {
			if !c.Retired {
				x.Choices = append(x.Choices, c.Label.In(l))
			}
		}
		out.Example = append(out.Example, sheet.TextCell(example(s, l, home)))
	}
	state := &out.Fields[len(fields)]
	for _, s := range k.States() {
		if s.State != record.Withdrawn {
			state.Choices = append(state.Choices, s.Label.In(l))
		}
	}
	state.Note = lang.Of("可不填；新记录可直接登记为后面的状态（补录），已有记录的状态只能按流程办理", "may be left empty; a new record may be entered in a later state, a known one changes by its workflow only").In(l)
	t, err := sheet.NewWriter(w, sheet.XLSX, out)
	if err != nil {
		return err
	}
	return t.Close()
}

// note is what the comment on a heading says: what, in which form, under which rules.
func note(k record.Of, f int, l lang.Lang) string {
	s := k.Fields()[f]
	out := ""
	add := func(t string) {
		if t == "" {
			return
		}
		if out != "" {
			out += lang.Of("；", "; ").In(l)
		}
		out += t
	}
	if s.Computed {
		add(computed.In(l))
	}
	add(s.Help.In(l))
	add(forms[s.Type].In(l))
	if s.Unit != "" {
		add(lang.Of("单位：", "unit: ").In(l) + s.Unit)
	}
	for _, r := range s.Rules {
		add(r.In(l))
	}
	if list := k.List(f); list != nil {
		add(columnNames(list).In(l))
		for _, x := range list.Specs() {
			if x.Computed {
				add(lang.Of("“"+lang.Zh(x.Label.Zh)+"”由系统计算", lang.En(x.Label.En)+" is computed").In(l))
			}
		}
	}
	add(s.Source)
	return out
}

// computed is what is said of fields that nobody fills in.
var computed = lang.Of("由系统计算", "computed")

// forms say how each field type is written.
var forms = map[field.Type]lang.Text{
	field.TypeDay:        lang.Of("日期，如2023-05-06", "a day, as 2023-05-06"),
	field.TypeInstant:    lang.Of("时间，如2023-05-06 14:30", "an instant, as 2023-05-06 14:30"),
	field.TypePeriod:     lang.Of("统计期，如2023、2023-05、2023-01..05", "a period, as 2023, 2023-05, 2023-01..05"),
	field.TypeMoney:      lang.Of("金额，元", "an amount in 元"),
	field.TypeNumber:     lang.Of("整数", "a whole number"),
	field.TypeRatio:      lang.Of("百分数，如97%", "a percentage, as 97%"),
	field.TypeYesNo:      lang.Of("是或否", "yes or no"),
	field.TypeCode:       lang.Of("从下拉列表选择", "choose from the list"),
	field.TypeRows:       lang.Of("每行一条，各项用“ | ”分开", "one a line, values separated by \" | \""),
	field.TypeAttachment: lang.Of("文件名，放在表格所在的文件夹里，每行一个", "the name of a file in the folder of the sheet, one a line"),
	field.TypePoint:      lang.Of("经度,纬度（度）", "longitude,latitude in degrees"),
}

// examples say what a value may look like.
var examples = map[field.Type]lang.Text{
	field.TypeDay: lang.Of("2023-05-06", "2023-05-06"), field.TypeInstant: lang.Of("2023-05-06 14:30", "2023-05-06 14:30"),
	field.TypePeriod: lang.Of("2023-01..05", "2023-01..05"),
	field.TypeMoney:  lang.Of("1234.50", "1234.50"), field.TypeNumber: lang.Of("12", "12"), field.TypeQuantity: lang.Of("12.5", "12.5"),
	field.TypeRatio: lang.Of("97%", "97%"), field.TypeYesNo: lang.Of("是", "yes"), field.TypePoint: lang.Of("113.128432,29.357105", "113.128432,29.357105"),
}

// yearField is the code of fields that hold a year.
const yearField = "year"

func example(s *field.Spec, l lang.Lang, home place.Code) string {
	switch {
	case (s.Type == field.TypeUnit || s.Type == field.TypePlace) && home != "":
		return string(home)
	case s.Type == field.TypeNumber && s.Code == yearField:
		return examples[field.TypeDay].In(l)[:4] // that of the days
	}
	for _, c := range s.Choices {
		if !c.Retired {
			return c.Label.In(l)
		}
	}
	if t, ok := examples[s.Type]; ok {
		return t.In(l)
	}
	if s.Type == field.TypeRows {
		return ""
	}
	return s.Label.In(l)
}
