package document_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"anlan/account/report/document"
)

// form is a small attachment: a head of two rows, amounts, a share and a total that a spreadsheet computes.
func form() *document.Document {
	amount := func(id, name, text, exact string) document.Figure {
		f := figure(id, name, text, strings.ReplaceAll(text, ",", ""), "万元")
		f.Exact, _ = new(big.Rat).SetString(exact)
		return f
	}
	share := figure("staff-share", "人员经费占比", "79.04%", "79.04", "%")
	share.Exact = big.NewRat(160461610, 2030183)
	note := document.Note{txt("1604.62 + 425.57 = 2030.19，系四舍五入所致。")}
	return &document.Document{
		Annex: "附件1", Title: "部门整体支出绩效评价\n基础数据表", Author: "示例市应急管理局", Synthetic: true, Landscape: true,
		Basis: document.Basis{Book: "430600", Position: 12, Root: "qNNYg8ysbTOIa2w1hnMkIlmJlUbFz1wLXWxqkQZSfBE="},
		Blocks: []document.Block{
			document.Paragraph{txt("填报单位：示例市应急管理局")},
			document.Table{Unit: "单位：万元", Columns: []document.Column{{Width: 4}, {Width: 2, Number: true}, {Width: 2, Number: true}},
				Header: []document.Row{
					{{Text: document.Inlines{txt("项目")}, RowSpan: 2}, {Text: document.Inlines{txt("决算")}, ColumnSpan: 2}},
					{cell(txt("数")), cell(txt("占比"))}},
				Rows: []document.Row{
					{cell(txt("人员经费")), cell(amount("staff", "人员经费", "1,604.62", "1604.6161")), {Text: document.Inlines{share}, Formula: "{staff}/{basic}"}},
					{cell(txt("公用经费")), cell(amount("running", "公用经费", "425.57", "425.5669")), cell(txt("不予公开"))},
					{cell(txt("基本支出")), {Text: document.Inlines{amount("basic", "基本支出", "2,030.18", "2030.183"), note}, Formula: "SUM({staff}:{running})"}, cell(figure("found", "隐患", "16000余处", "16424", "处"))},
				}},
			document.Paragraph{txt("填表人：")},
		},
	}
}

func xlsx(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.RenderXLSX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t *testing.T, d *document.Document) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(xlsx(t, d)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestXLSX_figures_are_numbers_that_are_printed_as_in_Word(t *testing.T) {
	t.Parallel()
	f := opened(t, form())
	for at, want := range map[string]struct{ value, printed, formula string }{
		"B8":  {"1604.6161", "1,604.62", ""},
		"C8":  {"0.790380029780567", "79.04%", "B8/B10"},
		"B9":  {"425.5669", "425.57", ""},
		"B10": {"2030.183", "2,030.18［注1］", "SUM(B8:B9)"},
	} {
		value, err1 := f.GetCellValue("附件1", at, excelize.Options{RawCellValue: true})
		printed, err2 := f.GetCellValue("附件1", at)
		formula, err3 := f.GetCellFormula("附件1", at)
		kind, err4 := f.GetCellType("附件1", at)
		if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
			t.Fatal(err1, err2, err3, err4)
		}
		if value != want.value || printed != want.printed || formula != want.formula || kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString {
			t.Errorf("%s holds %q, printed %q, by %q (type %d); want %q, %q, %q", at, value, printed, formula, kind, want.value, want.printed, want.formula)
		}
	}
	for at, want := range map[string]string{"C9": "不予公开", "C10": "16000余处", "A3": "部门整体支出绩效评价基础数据表"} {
		if got, _ := f.GetCellValue("附件1", at); got != want {
			t.Errorf("%s holds %q, want the text %q", at, got, want)
		}
	}
}

func TestXLSX_a_spreadsheet_computes_what_is_printed(t *testing.T) {
	t.Parallel()
	f := opened(t, form())
	for at, want := range map[string]string{"C8": "79.04%", "B10": "2,030.18［注1］"} {
		if got, err := f.CalcCellValue("附件1", at); err != nil || got != want {
			t.Errorf("%s is computed to %q, want %q (%v)", at, got, want, err)
		}
	}
}

func TestXLSX_a_sheet_prints_as_a_form(t *testing.T) {
	t.Parallel()
	f := opened(t, form())
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	for name, want := range map[string]string{"_xlnm.Print_Area": "'附件1'!$A$1:$C$13", "_xlnm.Print_Titles": "'附件1'!$6:$7", "fig.staff_share": "'附件1'!$C$8", "fig.found": "'附件1'!$C$10"} {
		if names[name] != want {
			t.Errorf("%s is %q, want %q", name, names[name], want)
		}
	}
	merged, err := f.GetMergeCells("附件1")
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, m := range merged {
		refs = append(refs, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	slices.Sort(refs)
	want := []string{"A11:C11", "A12:C12", "A13:C13", "A1:C1", "A2:C2", "A3:C3", "A4:C4", "A5:C5", "A6:A7", "B6:C6"}
	slices.Sort(want)
	if diff := cmp.Diff(want, refs); diff != "" {
		t.Errorf("merged: %s", diff)
	}
	page, err := f.GetPageLayout("附件1")
	if err != nil || *page.Orientation != "landscape" || *page.Size != 9 || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
		t.Errorf("the page is %+v (%v), want A4 on its side, as wide as the table", page, err)
	}
}

func TestXLSX_the_same_tree_gives_the_same_bytes_and_sound_parts(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(xlsx(t, form()), xlsx(t, form())) {
		t.Error("two renderings differ")
	}
	for name, content := range parts(t, xlsx(t, form())) {
		for dec := xml.NewDecoder(strings.NewReader(content)); ; {
			_, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

func TestXLSX_tables_of_the_same_columns_share_a_sheet(t *testing.T) {
	t.Parallel()
	d := form()
	again := figure("twice", "两倍", "2", "2", "万元")
	columns := d.Blocks[1].(document.Table).Columns
	d.Blocks = append(d.Blocks, document.Table{Columns: columns, Rows: []document.Row{{cell(txt("甲")), {Text: document.Inlines{again}, Formula: "{staff}*2"}, cell(txt("乙"))}}},
		document.Table{Columns: []document.Column{{Width: 1, Number: true}}, Rows: []document.Row{{{Text: document.Inlines{figure("thrice", "三倍", "3", "3", "万元")}, Formula: "{staff}*3"}}}})
	f := opened(t, d)
	if diff := cmp.Diff([]string{"附件1-1", "附件1-2"}, f.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	for at, want := range map[[2]string]string{{"附件1-1", "B13"}: "B8*2", {"附件1-2", "A1"}: "'附件1-1'!B8*3"} {
		if got, err := f.GetCellFormula(at[0], at[1]); err != nil || got != want {
			t.Errorf("%v is computed by %q, want %q (%v)", at, got, want, err)
		}
	}
}

func TestXLSX_each_table_has_a_sheet_and_a_text_without_tables_one(t *testing.T) {
	t.Parallel()
	d := form()
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: document.Inlines{txt("续表")}}, document.Table{Caption: "第二张", Columns: []document.Column{{Width: 1}}, Rows: []document.Row{{cell(txt("甲"))}}})
	if diff := cmp.Diff([]string{"附件1-1", "附件1-2"}, opened(t, d).GetSheetList()); diff != "" {
		t.Error(diff)
	}
	d.Blocks = d.Blocks[:1]
	if got, _ := opened(t, d).GetCellValue("附件1", "A4"); got != "填报单位：示例市应急管理局" {
		t.Errorf("A4 holds %q", got)
	}
}

func TestXLSX_a_formula_needs_a_figure(t *testing.T) {
	t.Parallel()
	d := form()
	d.Blocks[1].(document.Table).Rows[1][2].Formula = "{staff}"
	if err := d.RenderXLSX(io.Discard); err == nil {
		t.Error("a formula over a text was accepted")
	}
	d = form()
	d.Blocks[1].(document.Table).Rows[0][2].Formula = "{nobody}"
	if err := d.RenderXLSX(io.Discard); err == nil {
		t.Error("a formula of a figure that is not there was accepted")
	}
}

func TestXLSX_LibreOffice_computes_the_same(t *testing.T) {
	t.Parallel()
	if !need(t, "soffice") {
		return
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "form.xlsx")
	if err := os.WriteFile(path, xlsx(t, form()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", dir, path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	csv, err := os.ReadFile(filepath.Join(dir, "form.csv"))
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{`人员经费,"1,604.62",79.04%`, `基本支出,"2,030.18［注1］",16000余处`} {
		if !strings.Contains(string(csv), want) {
			t.Errorf("the sheet reads\n%s\nwithout %s", csv, want)
		}
	}
}

// longForm is a form of two tables of the same columns. The second has a head, and groups of so many rows under a merged cell.
func longForm(groups ...int) *document.Document {
	columns := []document.Column{{Width: 1}, {Width: 1}}
	var rows []document.Row
	for g, n := range groups {
		for i := range n {
			var r document.Row
			if i == 0 {
				r = document.Row{{Text: document.Inlines{txt("第" + strconv.Itoa(g+1) + "组")}, RowSpan: n}}
			}
			rows = append(rows, append(r, cell(txt("第"+strconv.Itoa(i+1)+"行"))))
		}
	}
	return &document.Document{
		Annex: "附件2", Title: "自评表", Landscape: true, Basis: form().Basis,
		Blocks: []document.Block{
			document.Table{Columns: columns, Rows: []document.Row{{cell(txt("单位")), cell(txt("示例市应急管理局"))}}},
			document.Table{Columns: columns, Header: []document.Row{{cell(txt("一级指标")), cell(txt("二级指标"))}}, Rows: rows},
			document.Paragraph{txt("填表人：")},
		},
	}
}

// printing is what a sheet says of its pages.
func printing(t *testing.T, d *document.Document) (breaks []string, titles string, merged []string, high int) {
	t.Helper()
	for _, m := range regexp.MustCompile(`<brk id="(\d+)"`).FindAllStringSubmatch(parts(t, xlsx(t, d))["xl/worksheets/sheet1.xml"], -1) {
		breaks = append(breaks, m[1])
	}
	f := opened(t, d)
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" {
			titles = n.RefersTo
		}
	}
	cells, err := f.GetMergeCells("附件2")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range cells {
		if strings.HasPrefix(m.GetCellValue(), "第") {
			merged = append(merged, m.GetStartAxis()+":"+m.GetEndAxis()+" "+m.GetCellValue())
		}
	}
	page, err := f.GetPageLayout("附件2")
	if err != nil {
		t.Fatal(err)
	}
	return breaks, titles, merged, *page.FitToHeight
}

func TestXLSX_a_table_that_passes_a_page_is_parted_between_its_groups_and_repeats_its_head(t *testing.T) {
	t.Parallel()
	breaks, titles, merged, high := printing(t, longForm(12, 12, 12))
	if diff := cmp.Diff([]string{"16", "28"}, breaks); diff != "" {
		t.Errorf("pages end: %s", diff)
	}
	if titles != "'附件2'!$4:$4" || high != 0 {
		t.Errorf("rows repeated: %s, pages high: %d", titles, high)
	}
	if diff := cmp.Diff([]string{"A5:A16 第1组", "A17:A28 第2组", "A29:A40 第3组"}, merged); diff != "" {
		t.Error(diff)
	}
}

func TestXLSX_a_group_longer_than_a_page_is_named_on_each(t *testing.T) {
	t.Parallel()
	breaks, _, merged, _ := printing(t, longForm(40))
	if diff := cmp.Diff([]string{"24"}, breaks); diff != "" {
		t.Errorf("pages end: %s", diff)
	}
	if diff := cmp.Diff([]string{"A5:A24 第1组", "A25:A44 第1组"}, merged); diff != "" {
		t.Error(diff)
	}
}

func TestXLSX_a_form_a_little_longer_than_a_page_is_printed_on_one(t *testing.T) {
	t.Parallel()
	if breaks, _, _, high := printing(t, longForm(20)); len(breaks) != 0 || high != 1 {
		t.Errorf("pages end after rows %v, pages high: %d", breaks, high)
	}
}

func TestXLSX_a_table_longer_than_a_page_ends_its_sheet(t *testing.T) {
	t.Parallel()
	d := longForm(40)
	d.Blocks = append(d.Blocks, d.Blocks[0])
	if diff := cmp.Diff([]string{"附件2-1", "附件2-2"}, opened(t, d).GetSheetList()); diff != "" {
		t.Error(diff)
	}
}
