package report

import (
	"fmt"
	"slices"
	"strings"

	"anlan/account/report/document"
	"anlan/ground/period"
)

// block sets the parts of a block.
func (p *page) block(b block) document.Block {
	switch {
	case b.table != nil:
		return p.table(b.table)
	case b.item:
		return document.Item{Level: b.level, Text: p.inlines(b.parts, true)}
	case b.level > 0:
		return document.Heading{Level: b.level, Text: p.inlines(b.parts, false)}
	}
	return document.Paragraph(p.inlines(b.parts, true))
}

// inlines sets text, figures and citations; notes says whether a footnote may stand here.
func (p *page) inlines(parts []part, notes bool) (out document.Inlines) {
	before := "" // the words right before a figure
	for _, x := range parts {
		words := x.text
		switch {
		case x.source != "":
			out = append(out, document.Text(x.text))
			if notes {
				out = append(out, document.Note{document.Text("出处：" + x.source)})
			}
		case x.name == "":
			p.open(x)
			out = append(out, document.Text(x.text))
		case slices.Contains(settings, x.name):
			out = append(out, document.Text(p.subject.setting(x.name)))
			words = ""
		default:
			out = append(out, p.directed(before, p.resolved(x.name), x.at, p.named(x.name, notes))...)
			words = ""
		}
		before = words
	}
	return out
}

// named sets a figure, claim or evaluation, with the note of a sum where it is printed first.
func (p *page) named(name string, notes bool) document.Inlines {
	if in, ok := p.said(name); ok {
		return in
	}
	name = p.resolved(name)
	in, known := p.printed[name]
	if !known {
		in = p.standIns[name]
	}
	out := p.again(in)
	if note := p.notes[name]; notes && note != nil {
		out = append(slices.Clip(out), note)
		delete(p.notes, name)
	}
	if notes {
		out = append(slices.Clip(out), p.marks(name)...)
	}
	return out
}

// marks notes which values behind a figure nobody has verified; of each value once, where it is first used. Where the first figure
// is printed that the accounts do not state and the vouchers give, a note names all such figures.
func (p *page) marks(name string) (notes document.Inlines) {
	if !p.bookedSaid && slices.Contains(p.booked, name) {
		p.bookedSaid = true
		notes = append(notes, document.Note{document.Text("部门决算没有列明下列各项，按支出凭证计：" + p.bookedNames() + "。")})
	}
	for _, value := range p.unverified[name] {
		if !p.marked[value] {
			p.marked[value] = true
			notes = append(notes, document.Note{document.Text("所用的" + value + "尚未核对原文。")})
		}
	}
	return notes
}

// bookedNames names the figures that vouchers give in place of the accounts, those of another period with it.
func (p *page) bookedNames() string {
	var names []string
	for _, id := range p.booked {
		q := p.results[id].Question()
		name := q.Indicator.Label().Zh
		if q.Period != p.subject.Period {
			name = q.Period.Label().Zh + name
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "、")
}

// again gives the inlines of a figure; when it is printed a second time its id gets a number, because an id stands once.
// The name of another figure is never given away.
func (p *page) again(in document.Inlines) document.Inlines {
	out := slices.Clone(in)
	for i, x := range out {
		f, ok := x.(document.Figure)
		if !ok {
			continue
		}
		id := f.ID
		for n := 2; p.placed[f.ID]; n++ {
			f.ID = fmt.Sprintf("%s.%d", id, n)
			if _, taken := p.t.names[strings.TrimPrefix(f.ID, p.prefix)]; taken {
				f.ID = id
			}
		}
		p.placed[f.ID] = true
		if c, ok := p.resultsOf[id]; ok {
			p.computed[f.ID] = c
		}
		out[i] = f
	}
	return out
}

// table lays the rows of a table on its grid.
func (p *page) table(t *table) document.Table {
	return document.Table{Caption: t.caption, Unit: t.unit, Columns: t.columns, Header: p.rows(t, t.header), Rows: p.rows(t, t.rows)}
}

// rows sets rows and remembers the figures that have a cell of their own, for formulas.
func (p *page) rows(t *table, rows []row) (out []document.Row) {
	for i, r := range rows {
		if r.lines != "" {
			out = append(out, p.lines(r, len(t.columns))...)
			continue
		}
		if r.loop != nil {
			out = append(out, p.eachRow(t, r.loop)...)
			continue
		}
		var cells document.Row
		for k, c := range r.cells {
			if c.left || c.above {
				continue
			}
			cell := document.Cell{Text: p.inCell(c.parts, t.columns[k]), At: c.at}
			if len(c.parts) != 1 || p.comesTo(p.resolved(c.parts[0].name), c.formula) {
				cell.Formula = formulaName.ReplaceAllStringFunc(c.formula, func(s string) string { return "{" + p.resolved(strings.Trim(s, "{}")) + "}" })
			}
			cell.ColumnSpan, cell.RowSpan = spans(rows, i, k)
			if len(c.parts) == 1 {
				p.alone(p.resolved(c.parts[0].name), cell.Text)
			}
			cells = append(cells, cell)
		}
		out = append(out, cells)
	}
	return out
}

// alone remembers the id of a figure with a value that is a cell's only content. The first cell of a name counts.
func (p *page) alone(name string, in document.Inlines) {
	for _, x := range in {
		if f, ok := x.(document.Figure); ok && f.Value != "" && p.cells[name] == "" {
			p.cells[name] = "{" + f.ID + "}"
		}
	}
}

// formulas puts ids in the place of names, in all tables of the document. A formula over a figure without a value is left
// out: a spreadsheet would compute what nobody may see, or what there is not. The scores of a form that has none count
// nothing.
func (p *page) formulas(d *document.Document) {
	p.projectColumns()
	for _, b := range d.Blocks {
		t, ok := b.(document.Table)
		if !ok {
			continue
		}
		for _, r := range t.Rows {
			for k := range r {
				r[k].Formula = p.formula(r[k])
			}
		}
	}
}

func (p *page) formula(c document.Cell) string {
	if !hasValue(c.Text) {
		return ""
	}
	whole := true
	out := formulaName.ReplaceAllStringFunc(c.Formula, func(s string) string {
		name := strings.Trim(s, "{}")
		id := p.cells[name]
		if id == "" && p.unscored(name) {
			return "0"
		}
		whole = whole && id != ""
		return id
	})
	if !whole {
		return ""
	}
	return out
}

// unscored says whether a name stands for points that an evaluation does not give: a dash, and not a lack.
func (p *page) unscored(name string) bool {
	return isDash(p.printed[name])
}

// isDash says whether a dash is printed, for what there is not.
func isDash(in document.Inlines) bool {
	return len(in) == 1 && in[0] == document.Inline(document.Text(noScore))
}

// hasValue says whether the line has figures and each of them a value. A dash in the place of a score is no figure.
func hasValue(in document.Inlines) bool {
	any := false
	for _, x := range in {
		if f, ok := x.(document.Figure); ok {
			if f.Value == "" {
				return false
			}
			any = true
		}
	}
	return any
}

// spans are how many columns and rows a cell of a template takes.
func spans(rows []row, i, k int) (columns, high int) {
	columns, high = 1, 1
	for k+columns < len(rows[i].cells) && rows[i].cells[k+columns].left {
		columns++
	}
	for i+high < len(rows) && k < len(rows[i+high].cells) && rows[i+high].cells[k].above {
		high++
	}
	return columns, high
}

// inCell sets the parts of a cell. In a column of figures the unit stands in the head, so only percentages keep theirs.
func (p *page) inCell(parts []part, c document.Column) document.Inlines {
	in := p.inlines(parts, true)
	if !c.Number || len(parts) != 1 {
		return in
	}
	for i, x := range in {
		if f, ok := x.(document.Figure); ok && f.Value != "" && f.Unit != "%" && f.Unit != "‰" {
			f.Text = strings.TrimSuffix(f.Text, f.Unit)
			in[i] = f
		}
	}
	return in
}

func (t *Template) titleOf(s Subject) string {
	var b strings.Builder
	for _, p := range t.title {
		b.WriteString(strings.ReplaceAll(p.text, "|", "\n"))
		if p.name != "" {
			b.WriteString(s.setting(p.name))
		}
	}
	return b.String()
}

// setting is what the prose may say of the report itself.
func (s Subject) setting(name string) string {
	switch name {
	case "period":
		return s.Period.Label().Zh
	case "last-year":
		return s.Period.LastYear().Label().Zh
	case "bureau":
		return s.Bureau
	case "area":
		return s.area()
	case theProject:
		return s.project
	}
	return dayText(s.Period.Last())
}

// area is what the unit looks after, as its name says: 全市 of a city's bureau.
func (s Subject) area() string {
	place, _, named := strings.Cut(s.Bureau, "应急管理")
	for _, level := range []string{"省", "自治区", "市", "州", "盟", "县", "区", "旗"} {
		if named && strings.HasSuffix(place, level) {
			return "全" + level
		}
	}
	return "辖区"
}

// dayText is a day in Arabic numerals (GB/T 9704-2012, 7.3.5.4): 2024年3月15日.
func dayText(day period.Day) string {
	y, m, d := day.Date()
	return fmt.Sprintf("%d年%d月%d日", y, m, d)
}
