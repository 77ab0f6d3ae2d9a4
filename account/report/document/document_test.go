package document_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anlan/account/check/reading"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

var update = flag.Bool("update", false, "write the golden files")

// figure is a figure with all that figures.json says of it.
func figure(id, name, text, value, unit string) document.Figure {
	return document.Figure{ID: id, Name: name, Text: text, Value: value, Unit: unit, Code: "work_safety." + id, Period: "2023", UnitCode: "430600", Source: "记录",
		Records: 87, Recompute: "anlan indicator work_safety." + id + " --period 2023 --unit 430600 --as-of 58"}
}

func txt(s string) document.Text { return document.Text(s) }

func cell(in ...document.Inline) document.Cell { return document.Cell{Text: in} }

// sample is a report with every kind of block and inline.
func sample() *document.Document {
	prose := "全局上下坚持人民至上、生命至上，“防”字当头，压实责任，聚焦重点行业领域开展安全生产专项整治——排查、整改、销号闭环管理；"
	return &document.Document{
		Title:     "示例市应急管理局2023年度部门整体支出\n绩效自评报告",
		Author:    "示例市应急管理局",
		Synthetic: true,
		Basis:     document.Basis{Book: "430600", Position: 1234, Root: "qNNYg8ysbTOIa2w1hnMkIlmJlUbFz1wLXWxqkQZSfBE="},
		Blocks: []document.Block{
			document.Heading{Level: 1, Text: document.Inlines{txt("部门基本情况")}},
			document.Heading{Level: 2, Text: document.Inlines{txt("人员情况")}},
			document.Paragraph{txt("截至2023年12月31日，在职"), figure("staff.in-post", "在职人员", "92人", "92", "人"), txt("、退休"), figure("staff.retired", "退休人员", "17人", "17", "人"),
				txt("。"), document.Note{txt("在职人员不含"), figure("staff.temporary", "临时聘用人员", "3人", "3", "人"), txt("临时聘用人员。")}, txt(strings.Repeat(prose, 3))},
			document.Heading{Level: 1, Text: document.Inlines{txt("安全生产情况")}},
			document.Item{Level: 3, Text: document.Inlines{txt("事故情况。全年发生生产安全事故"), document.Bold{figure("accidents", "事故起数", "87起", "87", "起")}, txt("、死亡"), figure("deaths", "死亡人数", "97人", "97", "人"),
				txt("，同比分别下降"), figure("accidents.change", "事故起数同比", "15.5%", "-15.53398", "%"), txt("、"), figure("deaths.change", "死亡人数同比", "11%", "-11.00917", "%"), txt("。" + prose)}},
			document.Item{Level: 3, Text: document.Inlines{txt("隐患情况。" + strings.Repeat(prose, 4))}},
			document.Heading{Level: 4, Text: document.Inlines{txt("挂牌督办")}},
			document.Table{Caption: "表1 2023年度支出情况", Unit: "单位：万元", Columns: []document.Column{{Width: 4}, {Width: 3, Number: true}, {Width: 3, Number: true}, {Width: 3, Number: true}},
				Header: []document.Row{
					{{Text: document.Inlines{txt("项目")}, RowSpan: 2}, {Text: document.Inlines{txt("预算数")}, ColumnSpan: 2}, {Text: document.Inlines{txt("决算数")}, RowSpan: 2}},
					{cell(txt("年初")), cell(txt("调整"))}},
				Rows: []document.Row{
					{cell(txt("人员经费")), cell(txt("1,600.00")), cell(txt("1,604.62")), cell(figure("money.staff", "人员经费支出", "1,604.62", "1604.62", "万元"))},
					{cell(txt("公用经费")), cell(txt("430.00")), {Text: document.Inlines{txt("不再细分")}, ColumnSpan: 2, RowSpan: 2}},
					{cell(txt("其他<&>")), cell()}},
			},
			document.PageBreak{},
			document.Heading{Level: 1, Text: document.Inlines{txt("下一步改进措施")}},
			document.Paragraph{txt(strings.Repeat(prose, 12))},
			document.Signature{Unit: "示例市应急管理局", Date: "2024年3月15日"},
		},
	}
}

func docx(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.RenderDOCX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func page(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.RenderHTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, name string, b []byte) *reading.Document {
	t.Helper()
	d, err := reading.Read(name, bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func texts(d *reading.Document) []string {
	var out []string
	for _, l := range d.Lines {
		out = append(out, l.Text)
	}
	return out
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestDocument_word_and_page_are_read_back_as_the_text_of_the_tree(t *testing.T) {
	t.Parallel()
	d := sample()
	for _, got := range []*reading.Document{read(t, "a.docx", docx(t, d)), read(t, "a.html", page(t, d))} {
		if diff := cmp.Diff(d.Lines(), texts(got)); diff != "" {
			t.Errorf("%s (-tree +read):\n%s", got.Name, diff)
		}
		if want := strings.ReplaceAll(d.Title, "\n", ""); got.Title != want {
			t.Errorf("%s: title %q, want %q", got.Name, got.Title, want)
		}
		if len(got.Tables) != 1 || got.Tables[0].At(4, 3) != got.Tables[0].At(5, 4) || got.Tables[0].At(4, 3).Text != "不再细分" || !got.Tables[0].At(1, 2).Header {
			t.Errorf("%s: the table has lost its grid", got.Name)
		}
	}
}

func TestDocument_any_tree_is_read_back_as_its_text(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument(t)
		for name, render := range map[string]func(*bytes.Buffer) error{
			"a.docx": func(b *bytes.Buffer) error { return d.RenderDOCX(b) },
			"a.html": func(b *bytes.Buffer) error { return d.RenderHTML(b) },
		} {
			var b bytes.Buffer
			if err := render(&b); err != nil {
				t.Fatal(err)
			}
			got, err := reading.Read(name, &b, int64(b.Len()))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(d.Lines(), texts(got)); diff != "" {
				t.Fatalf("%s (-tree +read):\n%s", name, diff)
			}
		}
	})
}

// anyDocument draws a tree that check accepts.
func anyDocument(t *rapid.T) *document.Document {
	words := rapid.StringMatching(`[一-龥，。“”（）《》a-zA-Z0-9.%%<>&"'\]—…]{1,30}`)
	ids := 0
	var inline func(depth int) *rapid.Generator[document.Inline]
	inlines := func(depth int) document.Inlines {
		return append(document.Inlines{document.Text(words.Draw(t, "words"))}, rapid.SliceOfN(inline(depth), 0, 4).Draw(t, "inlines")...)
	}
	inline = func(depth int) *rapid.Generator[document.Inline] {
		return rapid.Custom(func(t *rapid.T) document.Inline {
			switch kind := rapid.IntRange(0, 3).Draw(t, "kind"); {
			case kind == 1 && depth < 2:
				return document.Bold{document.Text(words.Draw(t, "bold")), inline(2).Draw(t, "in bold")}
			case kind == 2 && depth < 1:
				return document.Note{document.Text(words.Draw(t, "note")), inline(1).Draw(t, "in note")}
			case kind == 3:
				ids++
				return document.Figure{ID: fmt.Sprintf("f-%d", ids), Name: words.Draw(t, "name"), Text: words.Draw(t, "figure"), Value: "1"}
			}
			return document.Text(words.Draw(t, "words"))
		})
	}
	block := rapid.Custom(func(t *rapid.T) document.Block {
		switch rapid.IntRange(0, 5).Draw(t, "block") {
		case 0:
			return document.Heading{Level: rapid.IntRange(1, 4).Draw(t, "level"), Text: inlines(0)}
		case 1:
			return document.Item{Level: rapid.IntRange(1, 4).Draw(t, "level"), Text: inlines(0)}
		case 2:
			return document.PageBreak{}
		case 3:
			return document.Signature{Unit: words.Draw(t, "unit"), Date: words.Draw(t, "date")}
		case 4:
			table := document.Table{Caption: words.Draw(t, "caption"), Columns: slices.Repeat([]document.Column{{Width: 1}}, rapid.IntRange(1, 4).Draw(t, "columns"))}
			row := func() document.Row {
				first := rapid.IntRange(1, len(table.Columns)).Draw(t, "span")
				r := document.Row{{Text: inlines(0), ColumnSpan: first}}
				for range len(table.Columns) - first {
					r = append(r, document.Cell{Text: inlines(0)})
				}
				return r
			}
			for range rapid.IntRange(0, 2).Draw(t, "head") {
				table.Header = append(table.Header, row())
			}
			for range rapid.IntRange(1, 3).Draw(t, "rows") {
				table.Rows = append(table.Rows, row())
			}
			return table
		}
		return document.Paragraph(inlines(0))
	})
	return &document.Document{Title: words.Draw(t, "title"), Synthetic: rapid.Bool().Draw(t, "synthetic"),
		Basis: document.Basis{Book: "430600", Position: 1, Root: "r"}, Blocks: rapid.SliceOfN(block, 0, 8).Draw(t, "blocks")}
}

func TestFigures_say_where_each_is_printed(t *testing.T) {
	t.Parallel()
	d := sample()
	back := read(t, "a.docx", docx(t, d))
	for _, f := range d.Figures() {
		if line := back.Line(f.Paragraph).Text; !strings.Contains(line, f.Text) {
			t.Errorf("%s is said to stand at line %d: %s", f.ID, f.Paragraph, line)
		}
		if cells := back.Line(f.Paragraph).Cells; (f.Cell != "") != (cells != nil) {
			t.Errorf("%s: cell %q, the line is in %v", f.ID, f.Cell, cells)
		}
	}
	got := map[string][2]string{}
	for _, f := range d.Figures() {
		got[f.ID] = [2]string{f.Section, f.Cell}
	}
	for id, want := range map[string][2]string{
		"staff.in-post":   {"一、部门基本情况 › （一）人员情况", ""},
		"staff.temporary": {"一、部门基本情况 › （一）人员情况", ""},
		"accidents":       {"二、安全生产情况", ""},
		"money.staff":     {"二、安全生产情况 › （1）挂牌督办", "D3"},
	} {
		if got[id] != want {
			t.Errorf("%s stands in %q, want %q", id, got[id], want)
		}
	}
}

func TestFigures_in_word_are_found_by_their_ids(t *testing.T) {
	t.Parallel()
	d := sample()
	file := docx(t, d)
	controls, err := document.ControlsIn("a.docx", bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var got, want [][4]string
	for _, c := range controls {
		got = append(got, [4]string{c.Tag, c.Name, c.Text, fmt.Sprint(c.Line)})
	}
	for _, f := range d.Figures() {
		want = append(want, [4]string{f.ID, f.Name, f.Text, fmt.Sprint(f.Paragraph)})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := document.ControlsIn("a.docx", strings.NewReader("PK\x03\x04"), -1); !errors.Is(err, reading.ErrDamagedDocx) {
		t.Errorf("a damaged file: %v", err)
	}
}

func TestNumbers_begin_anew_below_each_heading(t *testing.T) {
	t.Parallel()
	d := sample()
	d.Blocks = nil
	for _, level := range []int{1, 2, 3, 3, 4, 4, 2, 3, 1, 3} {
		d.Blocks = append(d.Blocks, document.Heading{Level: level, Text: document.Inlines{txt("题")}})
	}
	for range 22 {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: document.Inlines{txt("题")}})
	}
	lines := d.Lines()[2:]
	want := []string{"一、题", "（一）题", "1.题", "2.题", "（1）题", "（2）题", "（二）题", "1.题", "二、题", "1.题", "三、题"}
	if diff := cmp.Diff(want, lines[:len(want)]); diff != "" {
		t.Error(diff)
	}
	if got := lines[10+17] + lines[10+21]; got != "二十、题二十四、题" {
		t.Error(got)
	}
}

func TestClosing_stands_in_the_place_of_a_basis_that_no_book_gave(t *testing.T) {
	t.Parallel()
	d := &document.Document{Title: "审核意见表", Closing: "本表由程序核对形成。", Blocks: []document.Block{document.Paragraph{document.Text("无。")}}}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	lines := d.Lines()
	if got := lines[len(lines)-1]; got != d.Closing {
		t.Errorf("got %q", got)
	}
	d.Basis = document.Basis{Book: "430600", Position: 1, Root: "r"}
	if err := d.Check(); !errors.Is(err, document.ErrBasis) {
		t.Errorf("with both: got %v", err)
	}
	d.Basis, d.Closing = document.Basis{}, ""
	if err := d.Check(); !errors.Is(err, document.ErrBasis) {
		t.Errorf("with neither: got %v", err)
	}
}

func TestBasis_names_book_position_and_root_and_later_epochs(t *testing.T) {
	t.Parallel()
	d := sample()
	d.Synthetic = false
	if got, want := d.Lines()[len(d.Lines())-2], "本报告数据截至账册“430600”日志位置1234，根值"+d.Basis.Root+"。"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	d.Basis.Epoch = 2
	if got := d.Lines()[len(d.Lines())-2]; !strings.Contains(got, "“430600”第2纪元日志位置1234") {
		t.Error(got)
	}
}

func TestSynthetic_is_said_on_every_page_or_nowhere(t *testing.T) {
	t.Parallel()
	d := sample()
	for _, synthetic := range []bool{true, false} {
		d.Synthetic = synthetic
		word, html := string(docx(t, d)), string(page(t, d))
		if got := strings.Contains(word, "word/header1.xml"); got != synthetic {
			t.Errorf("synthetic %v: the header on each page is there: %v", synthetic, got)
		}
		if got := strings.Contains(html, `<header class="banner synthetic">`); got != synthetic {
			t.Errorf("synthetic %v: the bar on the page is there: %v", synthetic, got)
		}
	}
}

func TestDraft_is_said_on_every_page_of_every_form(t *testing.T) {
	t.Parallel()
	for _, synthetic := range []bool{true, false} {
		d := sample()
		d.Draft, d.Synthetic = true, synthetic
		word, html := parts(t, docx(t, d))["word/header1.xml"], string(page(t, d))
		if !strings.Contains(word, "草稿，没有公开") || strings.Contains(word, "合成示例数据") != synthetic {
			t.Errorf("synthetic %v: the header is %s", synthetic, word)
		}
		if !strings.Contains(html, "<strong>草稿</strong>，没有公开") {
			t.Errorf("synthetic %v: the page does not say so", synthetic)
		}
	}
}

func TestWhat_a_report_replaces_is_said_below_its_title_in_every_form(t *testing.T) {
	t.Parallel()
	d := sample()
	d.Correction = "更正说明：本报告替代2024年3月15日公开的同一报告。"
	if got := d.Lines()[2]; got != d.Correction {
		t.Errorf("the third line is %q", got)
	}
	if got := d.Figures()[0].Paragraph; got != sample().Figures()[0].Paragraph+1 {
		t.Errorf("the first figure stands in line %d", got)
	}
	for name, content := range map[string][]byte{"a.docx": docx(t, d), "a.html": page(t, d)} {
		if got := texts(read(t, name, content)); !slices.Equal(got, d.Lines()) {
			t.Errorf("%s is read as %q", name, got)
		}
	}
}

// TestThe_line_on_the_basis_never_stands_alone_on_a_page: what comes last before it is kept with it, a table excepted.
func TestThe_line_on_the_basis_never_stands_alone_on_a_page(t *testing.T) {
	t.Parallel()
	last, signature, list := document.Paragraph{txt("最后一段")}, document.Signature{Unit: "示例局", Date: "2024年3月15日"}, document.AttachmentList{"基础数据表"}
	table := document.Table{Columns: []document.Column{{Width: 1}}, Rows: []document.Row{{cell(txt("甲"))}}}
	for _, c := range []struct {
		name   string
		blocks []document.Block
		kept   []string // the texts of the paragraphs that stay with what follows
	}{
		{"text and signature", []document.Block{document.Paragraph{txt("前面一段")}, last, list, signature}, []string{"最后一段", "附件：1.基础数据表", "示例局", "2024年3月15日"}},
		{"text alone", []document.Block{document.Paragraph{txt("前面一段")}, last}, []string{"最后一段"}},
		{"a table before", []document.Block{last, table, signature}, []string{"示例局", "2024年3月15日"}},
		{"a table at the end", []document.Block{last, table}, nil},
	} {
		d := sample()
		d.Blocks = c.blocks
		var kept []string
		for _, m := range keptParagraph.FindAllStringSubmatch(parts(t, docx(t, d))["word/document.xml"], -1) {
			kept = append(kept, m[1])
		}
		if !slices.Equal(kept, c.kept) {
			t.Errorf("%s: kept %q, want %q", c.name, kept, c.kept)
		}
		if styles := parts(t, docx(t, d))["word/styles.xml"]; !strings.Contains(styles, `<w:style w:type="paragraph" w:styleId="Basis"><w:name w:val="数据依据"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepLines/>`) {
			t.Errorf("%s: the line on the basis may be broken over pages", c.name)
		}
	}
}

var keptParagraph = regexp.MustCompile(`<w:p><w:pPr>(?:<w:pStyle [^>]*/>)?<w:keepNext/><w:widowControl/>.*?<w:t[^>]*>([^<]*)</w:t>`)

func TestCheck_refuses_what_cannot_be_printed_truly(t *testing.T) {
	t.Parallel()
	para := func(in ...document.Inline) document.Block { return document.Paragraph(in) }
	columns := []document.Column{{Width: 1}, {Width: 1}}
	f := figure("a", "甲", "1起", "1", "起")
	with := func(change func(*document.Figure)) document.Block {
		g := f
		change(&g)
		return para(g)
	}
	for _, c := range []struct {
		name  string
		block document.Block
		want  *fault.Declaration
		words []string
	}{
		{"a_control_character", para(txt("死亡\x0197人")), document.ErrCharacter, []string{"第 3 个字", "U+0001", "第3行"}},
		{"a_line_feed", para(txt("甲\n乙")), document.ErrCharacter, []string{"U+000A"}},
		{"a_lone_surrogate", para(txt("甲\xed\xa0\x80")), document.ErrCharacter, []string{"UTF-8", "0xED"}},
		{"no_character", para(txt("甲\ufffe")), document.ErrCharacter, []string{"U+FFFE"}},
		{"digits_turned_around", para(txt("\u202e79人")), document.ErrCharacter, []string{"方向", "U+202E"}},
		{"an_invisible_space_in_a_figure", with(func(g *document.Figure) { g.Text = "1\u200b6起" }), document.ErrCharacter, []string{"U+200B"}},
		{"a_control_character_in_a_name", with(func(g *document.Figure) { g.Name = "甲\x00" }), document.ErrCharacter, nil},
		{"an_id_with_a_space", with(func(g *document.Figure) { g.ID = "a b" }), document.ErrFigureID, []string{"a b"}},
		{"an_id_in_chinese", with(func(g *document.Figure) { g.ID = "事故" }), document.ErrFigureID, nil},
		{"an_id_that_breaks_out", with(func(g *document.Figure) { g.ID = `a"><script>` }), document.ErrFigureID, nil},
		{"no_id", with(func(g *document.Figure) { g.ID = "" }), document.ErrFigureID, nil},
		{"an_id_of_65", with(func(g *document.Figure) { g.ID = strings.Repeat("a", 65) }), document.ErrFigureID, nil},
		{"an_id_used_twice", para(f, txt("与"), f), document.ErrFigureTwice, []string{"第 3 行"}},
		{"an_id_used_again_in_a_note", para(f, document.Note{f}), document.ErrFigureTwice, nil},
		{"no_printed_text", with(func(g *document.Figure) { g.Text = "" }), document.ErrFigureEmpty, nil},
		{"no_name", with(func(g *document.Figure) { g.Name = "" }), document.ErrFigureEmpty, nil},
		{"a_name_of_65", with(func(g *document.Figure) { g.Name = strings.Repeat("甲", 65) }), document.ErrFigureEmpty, nil},
		{"a_withheld_value", with(func(g *document.Figure) { g.Withheld = "依申请公开" }), document.ErrFigureWithheld, nil},
		{"a_heading_of_level_5", document.Heading{Level: 5, Text: document.Inlines{txt("题")}}, document.ErrHeading, nil},
		{"a_heading_without_text", document.Heading{Level: 1}, document.ErrHeading, nil},
		{"an_item_of_level_0", document.Item{Text: document.Inlines{txt("题")}}, document.ErrHeading, nil},
		{"an_empty_paragraph", para(), document.ErrEmpty, []string{"段落"}},
		{"an_empty_note", para(txt("甲"), document.Note{}), document.ErrEmpty, nil},
		{"a_signature_without_date", document.Signature{Unit: "市局"}, document.ErrEmpty, nil},
		{"a_note_in_a_note", para(txt("甲"), document.Note{txt("乙"), document.Note{txt("丙")}}), document.ErrNesting, nil},
		{"bold_in_bold", para(document.Bold{txt("甲"), document.Bold{txt("乙")}}), document.ErrNesting, nil},
		{"a_table_without_rows", document.Table{Columns: columns}, document.ErrTable, nil},
		{"a_table_without_columns", document.Table{Rows: []document.Row{{}}}, document.ErrTable, nil},
		{"a_column_without_width", document.Table{Columns: []document.Column{{}}, Rows: []document.Row{{cell()}}}, document.ErrTable, []string{"第 1 列"}},
		{"a_hole", document.Table{Columns: columns, Rows: []document.Row{{cell(txt("1"))}}}, document.ErrTable, []string{"第 1 行第 2 列", "row 1, column 2"}},
		{"a_cell_too_many", document.Table{Columns: columns, Rows: []document.Row{{cell(), cell(), cell()}}}, document.ErrTable, []string{"伸到表外"}},
		{"a_cell_that_reaches_below", document.Table{Columns: columns, Rows: []document.Row{{{RowSpan: 2}, cell()}}}, document.ErrTable, nil},
		{"a_head_that_reaches_into_the_body", document.Table{Columns: columns, Header: []document.Row{{{RowSpan: 2}, cell()}}, Rows: []document.Row{{cell()}}}, document.ErrTable, nil},
		{"two_cells_at_one_place", document.Table{Columns: columns, Rows: []document.Row{{cell(), {RowSpan: 2}}, {{ColumnSpan: 2}}}}, document.ErrTable, []string{"2 个单元格"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := sample()
			d.Blocks = []document.Block{c.block}
			for _, err := range []error{d.Check(), d.RenderDOCX(&bytes.Buffer{}), d.RenderHTML(&bytes.Buffer{})} {
				if !errors.Is(err, c.want) {
					t.Fatalf("got %v, want %v", err, c.want.Code)
				}
				said := fault.In(err, lang.Chinese) + fault.In(err, lang.English)
				for _, w := range append(c.words, "行") {
					if !strings.Contains(said, w) {
						t.Errorf("%q is missing in %s", w, said)
					}
				}
				if strings.Contains(said, "%!") {
					t.Errorf("a sentence lacks an argument: %s", said)
				}
			}
		})
	}
}

func TestCheck_tells_all_faults_at_once(t *testing.T) {
	t.Parallel()
	d := &document.Document{Blocks: []document.Block{document.Paragraph{}, document.Heading{}}}
	err := d.Check()
	for _, want := range []error{document.ErrEmpty, document.ErrBasis, document.ErrHeading} {
		if !errors.Is(err, want) {
			t.Errorf("%v is not among %v", want, err)
		}
	}
}

func TestCheck_bounds_hold(t *testing.T) {
	t.Parallel()
	d := sample()
	d.Blocks = slices.Repeat([]document.Block{document.Heading{Level: 1, Text: document.Inlines{txt("题")}}}, 100)
	if err := d.Check(); !errors.Is(err, document.ErrHeading) {
		t.Errorf("a hundredth heading: %v", err)
	}
	d.Blocks = slices.Repeat([]document.Block{document.Paragraph{txt("题")}}, 100_001)
	if err := d.Check(); !errors.Is(err, document.ErrTooLarge) {
		t.Errorf("too many lines: %v", err)
	}
	d.Blocks = []document.Block{document.Paragraph{txt(strings.Repeat("题", 3<<20))}}
	if err := d.Check(); !errors.Is(err, document.ErrTooLarge) {
		t.Errorf("too much text: %v", err)
	}
}

func TestCheck_a_pointer_in_the_tree_is_a_mistake_of_the_program(t *testing.T) {
	t.Parallel()
	for _, b := range []document.Block{&document.Heading{Level: 1}, document.Paragraph{&document.Figure{}}} {
		d := sample()
		d.Blocks = []document.Block{b}
		err := d.Check()
		if _, isFault := fault.KindOf(err); err == nil || isFault {
			t.Errorf("%T: %v", b, err)
		}
	}
}

func TestDocument_hostile_text_stays_text(t *testing.T) {
	t.Parallel()
	d := sample()
	hostile := "]]>&amp;<w:p></w:t>\"'<script>alert(1)</script><!--" + strings.Repeat("长", 1<<20)
	d.Blocks = []document.Block{document.Paragraph{txt(hostile), document.Figure{ID: "a", Name: `"><b>`, Text: `<1&">`, Value: `"'<>`}}}
	for name, file := range map[string][]byte{"a.docx": docx(t, d), "a.html": page(t, d)} {
		if diff := cmp.Diff(d.Lines(), texts(read(t, name, file))); diff != "" {
			t.Errorf("%s changed the text", name)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	d := sample()
	for i := range 200 {
		d.Blocks = append(d.Blocks, document.Paragraph{txt(strings.Repeat("安全生产", 50)), document.Figure{ID: fmt.Sprintf("n-%d", i), Name: "数", Text: "1起", Value: "1"}})
	}
	for name, render := range map[string]func(*bytes.Buffer) error{
		"docx": func(w *bytes.Buffer) error { return d.RenderDOCX(w) },
		"html": func(w *bytes.Buffer) error { return d.RenderHTML(w) },
	} {
		b.Run(name, func(b *testing.B) {
			var w bytes.Buffer
			for b.Loop() {
				w.Reset()
				if err := render(&w); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(w.Len()))
		})
	}
}

func TestAFaultNamesWhereTheWordsWereWritten(t *testing.T) {
	t.Parallel()
	at := func(line int) fault.Where { return fault.Where{File: "a.report", Line: line} }
	d := document.Document{Title: "标题\u200b", TitleAt: at(1), Basis: document.Basis{Book: "b", Position: 1, Root: "r"},
		Blocks: []document.Block{
			document.Paragraph{document.Text("甲\u202e乙"), document.Note{document.Text("注\x01")}},
			document.Paragraph{},
			document.Table{Columns: []document.Column{{Width: 1}, {Width: 1}}, Rows: []document.Row{{
				{Text: document.Inlines{document.Text("丙\x01")}, At: at(9)}, {Text: document.Inlines{document.Text("丁\x01")}}}}},
			document.Paragraph{document.Text("戊\x01")},
		},
		BlocksAt: []fault.Where{at(3), at(5), at(7)}}
	var got []string
	for _, line := range strings.Split(fault.In(d.Check(), lang.Chinese), "\n") {
		place, _, _ := strings.Cut(line, "：")
		got = append(got, place)
	}
	want := []string{"a.report 第5行", "a.report 第1行 “标题□”", "a.report 第3行 “甲□乙”", "a.report 第9行 “丙□”", "a.report 第7行 “丁□”", "第5行", "a.report 第3行 “注□”"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
