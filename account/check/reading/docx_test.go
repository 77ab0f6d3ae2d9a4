package reading_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/check/reading"
)

const (
	wordNS   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// docx packs a Word document: the inside of w:body, and further parts by name (the inside of their root element).
func docx(body string, more map[string]string) string {
	parts := map[string]string{
		"[Content_Types].xml": `<Types/>`,
		"_rels/.rels":         `<Relationships><Relationship Id="r1" Type="` + relation + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`,
	}
	rels := ""
	for _, name := range slices.Sorted(maps.Keys(more)) {
		root := name
		if name == "styles" {
			root = "styles"
		}
		parts["word/"+name+".xml"] = `<w:` + root + ` ` + wordNS + `>` + more[name] + `</w:` + root + `>`
		rels += `<Relationship Id="r" Type="` + relation + name + `" Target="` + name + `.xml"/>`
	}
	parts["word/_rels/document.xml.rels"] = `<Relationships>` + rels + `</Relationships>`
	return pack(parts)
}

func pack(parts map[string]string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		method := zip.Deflate
		if parts[name] == "" {
			method = zip.Store
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			panic(err)
		}
		w.Write([]byte(parts[name]))
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

func p(text string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func tc(properties, content string) string {
	return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + content + `</w:tc>`
}

func TestDOCX_reads_as_printed(t *testing.T) {
	t.Parallel()
	const numbering = `<w:abstractNum w:abstractNumId="0">` +
		`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`
	const styles = `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="11"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>`
	styled := func(style, properties, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + properties + `</w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	list := func(id, level string) string {
		return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr>`
	}
	for _, c := range []struct {
		name, body string
		more       map[string]string
		want       string
	}{
		{"a_figure_cut_into_runs_is_whole", `<w:p><w:r><w:t>支出20</w:t></w:r><w:proofErr/><w:r><w:t>30.18</w:t></w:r><w:hyperlink><w:r><w:t>万元</w:t></w:r></w:hyperlink></w:p>`, nil,
			"  1 paragraph 支出2030.18万元\n"},
		{"tracked_changes_are_taken_as_accepted", `<w:p><w:del><w:r><w:delText>99</w:delText></w:r></w:del><w:ins><w:r><w:t>87</w:t></w:r></w:ins><w:r><w:t>起</w:t></w:r>` +
			`<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>`, nil, "  1 paragraph 87起新\n"},
		{"a_deleted_paragraph_mark_joins_the_next", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>死亡</w:t></w:r></w:p>` + p("97人"), nil, "  1 paragraph 死亡97人\n"},
		{"breaks_are_lines_and_page_breaks_are_not", `<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t><w:tab/><w:t>丁</w:t></w:r></w:p>`, nil,
			"  1 paragraph 甲\n  2 paragraph 乙丙\t丁\n"},
		{"hidden_text_and_field_codes_are_not_read", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>第</w:t></w:r>` +
			`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 99</w:instrText></w:r><w:r><w:t>98</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>页</w:t></w:r></w:p>`, nil,
			"  1 paragraph 第3页\n"},
		{"raised_digits_stay_apart", `<w:p><w:r><w:t>km</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>2023年</w:t></w:r></w:p>`, nil, "  1 paragraph km²2023年\n"},
		{"symbols_and_hyphens", `<w:p><w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>6月</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="2103"/></w:r></w:p>`, nil, "  1 paragraph 1-6月℃\n"},
		{"styles_tell_title_heading_and_contents", styled("T", "", "2023年度报告") + styled("C", "", "概况\t3") + styled("11", "", "概况") + styled("loop", "", "文字") + `<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>支出</w:t></w:r></w:p>`,
			map[string]string{"styles": styles}, "  1 title 2023年度报告\n  2 markup 概况\t3\n  3 heading1 概况\n  4 paragraph 文字\n  5 heading2 支出\n"},
		{"automatic_numbers_are_written_out", styled("", list("1", "0"), "概况") + styled("", list("1", "1"), "2023年") + styled("", list("1", "1"), "") + styled("", list("1", "1"), "支出") + styled("", list("1", "0"), "支出") +
			styled("", list("2", "0"), "点") + styled("", list("3", "0"), "续") + styled("", list("1", "0"), "再续") + styled("", list("0", "0"), "无"),
			map[string]string{"numbering": numbering},
			"  1 heading1 一、概况\n  2 paragraph 1.1 2023年\n  3 paragraph 1.3 支出\n  4 heading1 二、支出\n  5 item 点\n  6 heading1 五、续\n  7 heading1 六、再续\n  8 paragraph 无\n"},
		{"notes_stand_at_the_end", `<w:p><w:r><w:t>死亡97人</w:t><w:footnoteReference w:id="2"/></w:r></w:p>` + p("末段"),
			map[string]string{"footnotes": `<w:footnote w:type="separator" w:id="0">` + p("——") + `</w:footnote><w:footnote w:id="2">` + p("含失踪") + `</w:footnote><w:footnote w:id="3">` + p("没有引用") + `</w:footnote>`},
			"  1 paragraph 死亡97人\n  2 paragraph 末段\n  3 note 含失踪\n"},
		{"one_form_of_a_text_box_is_read", `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx xmlns:wps="x"><w:txbxContent>` + p("框内52个") + `</w:txbxContent></wps:txbx></w:drawing></mc:Choice>` +
			`<mc:Fallback><w:pict><v:textbox><w:txbxContent>` + p("框内52个") + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>主文</w:t></w:r></w:p>`, nil,
			"  1 paragraph 框内52个\n  2 paragraph 主文\n"},
		{"what_is_no_text_is_named", p("上文") + `<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r><m:oMath/><w:r><w:object><OLEObject/></w:object></w:r></w:p><w:altChunk/>`, nil,
			"  1 paragraph 上文\nunread at 1: a picture\nunread at 1: a formula\nunread at 1: an embedded object\nunread at 1: another document inside\n"},
		{"tables_keep_their_grid", `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>` + tc(`<w:vMerge w:val="restart"/>`, p("项目")) + tc(`<w:gridSpan w:val="2"/>`, p("金额")) + `</w:tr>` +
			`<w:tr>` + tc(`<w:vMerge/>`, `<w:p/>`) + tc("", p("预算")) + tc("", p("决算")) + `</w:tr>` +
			`<w:tr>` + tc("", p("人员")+p("（含退休）")) + tc("", `<w:p/>`) + tc("", p("1604.62")) + `</w:tr>` +
			`<w:tr><w:trPr><w:del/></w:trPr>` + tc("", p("删去")) + `</w:tr>` +
			`<w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>` + tc("", p("2030.18")) + `</w:tr></w:sdtContent></w:sdt></w:tbl>`, nil,
			"  1 cell [1: 1,1 2×1 head] 项目\n  2 cell [1: 1,2 1×2 head] 金额\n  3 cell [1: 2,2] 预算\n  4 cell [1: 2,3] 决算\n  5 cell [1: 3,1] 人员\n  6 cell [1: 3,1] （含退休）\n  7 cell [1: 3,3] 1604.62\n  8 cell [1: 4,3] 2030.18\n"},
		{"a_frame_of_one_cell_is_no_table", `<w:tbl><w:tr>` + tc("", p("一、概况")+p("文字")) + `</w:tr></w:tbl>`, nil, "  1 heading1 一、概况\n  2 paragraph 文字\n"},
		{"a_table_in_a_table_knows_its_cell", `<w:tbl><w:tr>` + tc("", p("甲")) + tc("", `<w:tbl><w:tr>`+tc("", p("1"))+tc("", p("2"))+`</w:tr></w:tbl>`+p("乙")) + `</w:tr></w:tbl>`, nil,
			"  1 cell [1: 1,1] 甲\n  2 cell [2: 1,1] 1\n  3 cell [2: 1,2] 2\n  4 cell [1: 1,2] 乙\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := read(t, "a.docx", docx(c.body, c.more))
			_, got, _ := strings.Cut(shape(d), "\n")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDOCX_a_table_inside_names_the_cell_around_it(t *testing.T) {
	t.Parallel()
	d := read(t, "a.docx", docx(`<w:tbl><w:tr>`+tc("", p("甲"))+tc("", `<w:tbl><w:tr>`+tc("", p("1"))+tc("", p("2"))+`</w:tr></w:tbl>`+p("乙"))+`</w:tr></w:tbl>`, nil))
	if len(d.Tables) != 2 || d.Tables[1].Within != d.Tables[0].At(1, 2) || d.Tables[0].Within != nil {
		t.Errorf("%+v", d.Tables)
	}
}

func TestDOCX_content_controls_lead_back(t *testing.T) {
	t.Parallel()
	control := func(tag, name, inner string) string {
		return `<w:sdt><w:sdtPr><w:alias w:val="` + name + `"/><w:tag w:val="` + tag + `"/></w:sdtPr><w:sdtContent>` + inner + `</w:sdtContent></w:sdt>`
	}
	r := func(text string) string { return `<w:r><w:t>` + text + `</w:t></w:r>` }
	d := read(t, "a.docx", docx(
		p("一、概况")+`<w:p>`+r("事故")+control("accidents", "事故起数", r("8")+`<w:del>`+r("9")+`</w:del><w:ins>`+r("7起")+`</w:ins>`)+r("。")+`</w:p>`+
			control("both", "两段", p("甲")+`<w:p>`+control("inner", "内", r("乙"))+`</w:p>`)+
			`<w:tbl><w:tr>`+tc("", p("人员"))+control("cell", "单元格", tc("", p("1604.62")))+`</w:tr></w:tbl>`+control("", "无编号", p("丙"))+control("empty", "空", `<w:p/>`), nil))
	want := []reading.Control{{"accidents", "事故起数", "87起", 2}, {"both", "两段", "甲\n乙", 3}, {"inner", "内", "乙", 4}, {"cell", "单元格", "1604.62", 6}, {"empty", "空", "", 0}}
	if diff := cmp.Diff(want, d.Controls); diff != "" {
		t.Error(diff)
	}
}

func TestDOCX_refusals_say_what_and_what_to_do(t *testing.T) {
	t.Parallel()
	whole := docx(strings.Repeat(p("全市共发生生产安全事故87起"), 200), nil)
	body := func(inner string) string { return docx(inner, nil) }
	for _, c := range []struct {
		name, content string
		want          error
		words         []string
	}{
		{"cut_off", whole[:len(whole)-100], reading.ErrDamagedDocx, []string{"压缩包", "cut off"}},
		{"cut_short", whole[:60], reading.ErrDamagedDocx, nil},
		{"an_archive_of_something_else", pack(map[string]string{"a.txt": "1"}), reading.ErrNotDocx, []string{"Word 正文"}},
		{"an_empty_archive", "PK\x05\x06" + strings.Repeat("\x00", 18), reading.ErrNotDocx, nil},
		{"a_workbook", pack(map[string]string{"_rels/.rels": `<R><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></R>`, "xl/workbook.xml": "<workbook/>"}), reading.ErrDamagedWorkbook, []string{"Excel"}},
		{"slides", pack(map[string]string{"ppt/presentation.xml": "<p/>"}), reading.ErrFormat, []string{"pptx"}},
		{"ofd", pack(map[string]string{"OFD.xml": "<p/>"}), reading.ErrFormat, []string{"OFD"}},
		{"odt", pack(map[string]string{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"}), reading.ErrFormat, []string{"OpenDocument"}},
		{"no_word_document_inside", pack(map[string]string{"_rels/.rels": `<R><Relationship Type="x/officeDocument" Target="word/document.xml"/></R>`, "word/document.xml": "<html/>"}), reading.ErrNotDocx, nil},
		{"xml_that_breaks_off", pack(map[string]string{"_rels/.rels": `<R><Relationship Type="x/officeDocument" Target="/word/document.xml"/></R>`, "word/document.xml": "<w:document " + wordNS + "><w:body><w:p>"}), reading.ErrDamagedDocx, []string{"word/document.xml"}},
		{"an_entity_that_nobody_declared", body(p("&bomb;")), reading.ErrDamagedDocx, nil},
		{"nested_without_end", body(strings.Repeat("<w:sdt><w:sdtContent>", 200)), reading.ErrDamagedDocx, []string{"嵌套"}},
		{"text_boxes_nested_without_end", body(strings.Repeat("<w:p><w:r><w:pict><w:txbxContent>", 100)), reading.ErrDamagedDocx, []string{"嵌套"}},
		{"bomb_by_growth", body("<!--" + strings.Repeat(" ", 2<<20) + "-->"), reading.ErrBomb, []string{"400"}},
		{"bomb_by_entries", pack(manyParts(10_001)), reading.ErrBomb, []string{"10000"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := reading.Read("送审稿.docx", strings.NewReader(c.content), int64(len(c.content)))
			refused(t, err, c.want, append(c.words, "送审稿.docx")...)
		})
	}
}

func manyParts(n int) map[string]string {
	parts := map[string]string{}
	for i := range n {
		parts[strings.Repeat("a", i%50)+string(rune('一'+i))] = ""
	}
	return parts
}

func TestDOCX_every_cut_of_a_file_is_a_fault_or_a_document(t *testing.T) {
	t.Parallel()
	whole := docx(p("一、概况")+`<w:tbl><w:tr>`+tc("", p("1"))+tc("", p("2"))+`</w:tr></w:tbl>`, map[string]string{"styles": "", "numbering": "", "footnotes": ""})
	for n := range len(whole) {
		if _, err := reading.Read("a.docx", strings.NewReader(whole[:n]), -1); err == nil && n > 3 {
			t.Errorf("cut at %d it was still read", n)
		}
	}
}

// FuzzDOCX takes the inside of the body and the styles, numbering and notes as the fuzzer has them.
func FuzzDOCX(f *testing.F) {
	f.Add(p("支出2030.18万元"), "", "")
	f.Add(`<w:tbl><w:tr>`+tc(`<w:vMerge w:val="restart"/><w:gridSpan w:val="3"/>`, p("1"))+`</w:tr><w:tr>`+tc(`<w:vMerge/>`, "")+tc(`<w:vMerge/>`, p("2"))+`</w:tr></w:tbl>`, `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="8"/></w:abstractNum>`, "")
	f.Add(`<w:p><w:pPr><w:numPr><w:ilvl w:val="-3"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>1</w:t><w:footnoteReference w:id="1"/></w:r></w:p>`,
		`<w:num w:numId="1"><w:lvlOverride w:ilvl="99"/></w:num>`, `<w:footnote w:id="1">`+p("注")+`</w:footnote>`)
	f.Fuzz(func(t *testing.T, body, numbering, notes string) {
		d, err := reading.Read("a.docx", strings.NewReader(docx(body, map[string]string{"numbering": numbering, "footnotes": notes})), -1)
		if err == nil {
			sound(t, d)
		}
	})
}

func FuzzDOCX_archive(f *testing.F) {
	f.Add([]byte(docx(p("1"), nil)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := reading.Read("a.docx", bytes.NewReader(raw), int64(len(raw)))
		if err == nil {
			sound(t, d)
		}
	})
}

func BenchmarkDOCX(b *testing.B) {
	body := strings.Repeat(p("全市共发生生产安全事故87起，死亡97人，同比分别下降15.5%、11%。")+`<w:tbl><w:tr>`+tc("", p("人员"))+tc("", p("1604.62"))+`</w:tr></w:tbl>`, 2000)
	file := docx(body, nil)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := reading.Read("a.docx", strings.NewReader(file), int64(len(file))); err != nil {
			b.Fatal(err)
		}
	}
}
