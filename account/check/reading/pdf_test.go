package reading_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/check/reading"
	"anlan/account/check/reading/printed"
	"anlan/account/check/reading/printed/pdftest"
)

// readPages reads a PDF of pages that a test has drawn.
func readPages(t testing.TB, pages ...*pdftest.Page) *reading.Document {
	t.Helper()
	return read(t, "a.pdf", pdftest.File("", pages...))
}

// prose writes the lines of a document outside tables: page, kind and text.
func prose(d *reading.Document) (out []string) {
	for _, l := range d.Lines {
		if len(l.Cells) == 0 {
			out = append(out, fmt.Sprintf("%d %s %s", d.Page(l.Offset), l.Kind, l.Text))
		}
	}
	return out
}

// filled is a page of prose: 33 characters of 12 points fill a line.
func filled(p *pdftest.Page, y int, lines ...string) *pdftest.Page {
	for i, l := range lines {
		x := 100
		if strings.HasPrefix(l, "　　") {
			l, x = strings.TrimPrefix(l, "　　"), 124
		}
		p.Text(x, y+20*i, 12, l)
	}
	return p
}

func TestPDF_paragraphs_go_on_over_lines_and_pages(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("汛", 33)
	first := filled((&pdftest.Page{}).Text(250, 40, 9, "某局2023年度报告"), 120,
		"　　"+full[:31*3], full, "后。",
		"　　第二段"+full[:28*3], full[:31*3]+"12",
		"　　一、短标题", "　　第三段到页末"+full[:25*3])
	first.Text(290, 800, 9, "— 1 —")
	second := filled((&pdftest.Page{}).Text(250, 40, 9, "某局2023年度报告"), 120, "接上页。", "　　第四段。")
	second.Text(290, 800, 9, "— 2 —")
	third := (&pdftest.Page{}).Text(250, 40, 9, "某局2023年度报告").Text(290, 800, 9, "3")
	got := prose(readPages(t, first, second, third))
	want := []string{"1 paragraph " + full[:31*3] + full + "后。", "1 paragraph 第二段" + full[:28*3] + full[:31*3] + "12",
		"1 heading 一、短标题", "1 paragraph 第三段到页末" + full[:25*3] + "接上页。", "2 paragraph 第四段。"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPDF_notes_at_the_foot_of_a_page_follow_the_text(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("汛", 33)
	first := filled(&pdftest.Page{}, 600, "　　预算完成率"+full[:26*3], full).Line(100, 700, 220, 700).
		Text(100, 720, 9, "1 1604.62 + 425.57 = 2030.19，与所列2030.18万元相差0.01万元，系各数").Text(100, 735, 9, "分别四舍五入所致。").Text(100, 750, 9, "2 省防汛应急预案。")
	second := filled(&pdftest.Page{}, 120, "为99.49%。", "　　第二段。").Line(100, 700, 220, 700).Text(100, 720, 9, "3 统计公报。")
	got := prose(readPages(t, first, second))
	want := []string{"1 paragraph 预算完成率" + full[:26*3] + full + "为99.49%。", "2 paragraph 第二段。",
		"1 note 1604.62 + 425.57 = 2030.19，与所列2030.18万元相差0.01万元，系各数分别四舍五入所致。", "1 note 省防汛应急预案。", "2 note 统计公报。"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPDF_what_only_stands_below_a_line_is_no_note(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("汛", 33)
	for name, last := range map[string]string{"of the type of the text": "1 省防汛应急预案。", "without a number": "省防汛应急预案。"} {
		size := 9
		if name == "of the type of the text" {
			size = 12
		}
		p := filled(&pdftest.Page{}, 600, "　　"+full[:31*3], full).Line(100, 700, 220, 700).Text(100, 720, size, last)
		if got := prose(readPages(t, p)); slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, " note ") }) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestPDF_the_page_of_each_part_of_a_paragraph(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("汛", 33)
	d := readPages(t, filled(&pdftest.Page{}, 700, "　　"+full[:31*3], full), filled(&pdftest.Page{}, 100, "支出100万元。"))
	if len(d.Lines) != 1 || d.Page(0) != 1 || d.Page(strings.Index(d.Text, "100")) != 2 || d.Pages != 2 {
		t.Errorf("%d lines, %d pages: %s", len(d.Lines), d.Pages, d.Text)
	}
}

func TestPDF_a_number_at_the_end_of_a_line_is_not_run_into_the_next(t *testing.T) {
	t.Parallel()
	d := readPages(t, filled(&pdftest.Page{}, 100, "　　"+strings.Repeat("汛", 31), "支出增加12", "34万元为其他。"))
	if want := []string{"1 paragraph " + strings.Repeat("汛", 31) + "支出增加12", "1 paragraph 34万元为其他。"}; !slices.Equal(prose(d), want) {
		t.Errorf("%q", prose(d))
	}
}

func TestPDF_ruled_tables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		pages []*pdftest.Page
		want  []string
	}{
		{"headings over several columns, a label on two lines, an amount in the middle of its row", []*pdftest.Page{
			func() *pdftest.Page {
				p := (&pdftest.Page{}).Line(50, 100, 400, 100).Line(200, 120, 400, 120).Line(50, 140, 400, 140).Line(50, 180, 400, 180).Line(50, 200, 400, 200)
				p.Line(50, 100, 50, 200).Line(200, 100, 200, 200).Line(300, 120, 300, 200).Line(400, 100, 400, 200)
				p.Text(110, 124, 10, "项目").Text(280, 114, 10, "决算数").Text(230, 134, 10, "合计").Text(330, 134, 10, "基本支出")
				p.Text(55, 155, 10, "机关事业单位基本养老保险缴").Text(55, 170, 10, "费支出").Text(240, 163, 10, "1,410.50").Text(340, 163, 10, "1,410.50")
				return p.Text(55, 195, 10, "合      计").Text(240, 195, 10, "1,410.50").Text(340, 195, 10, "1,410.50")
			}()}, []string{"1 项目 | 2 决算数", "2 合计 | 3 基本支出", "1 机关事业单位基本养老保险缴费支出 | 2 1,410.50 | 3 1,410.50", "1 合计 | 2 1,410.50 | 3 1,410.50"}},
		{"rows that no line parts", []*pdftest.Page{(&pdftest.Page{}).Grid([]int{50, 200, 300}, []int{100, 120, 200}).
			Text(60, 114, 10, "科目").Text(220, 114, 10, "金额").
			Text(60, 134, 10, "办公费").Text(240, 134, 10, "1.50").Text(60, 152, 10, "其他商品和服务").Text(60, 164, 10, "支出").Text(240, 158, 10, "20.00").
			Text(60, 190, 10, "合计").Text(240, 190, 10, "21.50")},
			[]string{"1 科目 | 2 金额", "1 办公费 | 2 1.50", "1 其他商品和服务支出 | 2 20.00", "1 合计 | 2 21.50"}},
		{"text over the border of its cell", []*pdftest.Page{(&pdftest.Page{}).Grid([]int{50, 150, 200, 250}, []int{100, 120, 140}).
			Text(56, 114, 10, "一般公共预算财政拨款").Text(205, 114, 10, "1.00").Text(56, 134, 10, "合计").Text(133, 134, 10, "1,234,567.89")},
			[]string{"1 一般公共预算财政拨款 | 2  | 3 1.00", "1 合计 | 2 1,234,567.89 | 3 "}},
		{"open at the sides", []*pdftest.Page{(&pdftest.Page{}).Line(50, 100, 300, 100).Line(50, 120, 300, 120).Line(50, 140, 300, 140).Line(150, 100, 150, 140).
			Text(60, 114, 10, "科目").Text(200, 114, 10, "金额").Text(60, 134, 10, "水费").Text(200, 134, 10, "3.20")},
			[]string{"1 科目 | 2 金额", "1 水费 | 2 3.20"}},
		{"on two pages, its heading on both", []*pdftest.Page{
			(&pdftest.Page{}).Grid([]int{50, 150, 300}, []int{700, 720, 740}).Text(60, 714, 10, "科目").Text(200, 714, 10, "金额").Text(60, 734, 10, "水费").Text(200, 734, 10, "3.20"),
			(&pdftest.Page{}).Grid([]int{50, 150, 300}, []int{100, 120, 140}).Text(60, 114, 10, "科目").Text(200, 114, 10, "金额").Text(60, 134, 10, "合计").Text(200, 134, 10, "3.20"),
		}, []string{"1 科目 | 2 金额", "1 水费 | 2 3.20", "1 合计 | 2 3.20"}},
		{"a frame is none", []*pdftest.Page{(&pdftest.Page{}).Grid([]int{50, 500}, []int{100, 400}).Text(60, 120, 10, "框中的文字支出100万元。")}, []string{}},
		{"two amounts in one cell", []*pdftest.Page{(&pdftest.Page{}).Grid([]int{50, 150, 300}, []int{100, 140}).Text(60, 114, 10, "面积100").Text(60, 132, 10, "200").Text(160, 120, 10, "公顷")},
			[]string{"1 面积100/200 | 2 公顷"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := tables(readPages(t, c.pages...))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPDF_tables_in_columns_without_lines(t *testing.T) {
	t.Parallel()
	p := (&pdftest.Page{}).Text(200, 80, 16, "收支总表").Text(450, 100, 10, "单位：万元").
		Text(60, 120, 10, "项目").Text(240, 120, 10, "决算数").Text(330, 120, 10, "基本支出")
	for i, row := range [][3]string{{"一、拨款收入", "1,200.00", "900.00"}, {"二、其他收入", "20.00", ""}, {"收入总计", "1,220.00", "900.00"}} {
		y := 140 + 20*i
		p.Text(60, y, 10, row[0])
		for k, x := range []int{280, 370} { // flush right
			if row[k+1] != "" {
				p.Text(x-5*len(row[k+1]), y, 10, row[k+1])
			}
		}
	}
	want := []string{"1 项目 | 2 决算数 | 3 基本支出", "1 一、拨款收入 | 2 1,200.00 | 3 900.00", "1 二、其他收入 | 2 20.00", "1 收入总计 | 2 1,220.00 | 3 900.00"}
	d := readPages(t, p)
	if diff := cmp.Diff(want, tables(d)); diff != "" {
		t.Error(diff)
	}
	if d.Title != "收支总表" {
		t.Errorf("title %q", d.Title)
	}
}

func TestPDF_raised_digits_do_not_join_the_number_before_them(t *testing.T) {
	t.Parallel()
	p := (&pdftest.Page{}).Text(100, 100, 12, "建筑面积1200m").Text(182, 96, 6, "2").Text(186, 100, 12, "，支出100万元")
	if d := readPages(t, p); d.Text != "建筑面积1200m²，支出100万元" {
		t.Errorf("%q", d.Text)
	}
}

func TestPDF_running_heads_go_and_amounts_stay(t *testing.T) {
	t.Parallel()
	var pages []*pdftest.Page
	for i := range 4 {
		p := (&pdftest.Page{}).Text(100, 40, 9, fmt.Sprintf("第%d页　决算公开", i+1)).Text(100, 60, 9, fmt.Sprintf("本页合计  %d.50", i)).Text(100, 400, 12, "正文。")
		pages = append(pages, p.Text(290, 810, 9, fmt.Sprint(i+11)))
	}
	want := []string{"1 paragraph 本页合计  0.50", "1 paragraph 正文。", "2 paragraph 本页合计  1.50", "2 paragraph 正文。",
		"3 paragraph 本页合计  2.50", "3 paragraph 正文。", "4 paragraph 本页合计  3.50", "4 paragraph 正文。"}
	if diff := cmp.Diff(want, prose(readPages(t, pages...))); diff != "" {
		t.Error(diff)
	}
}

func TestPDF_what_was_not_read_is_said(t *testing.T) {
	t.Parallel()
	d := readPages(t, (&pdftest.Page{}).Text(100, 100, 12, "支出100万元。").Picture(100, 300, 200, 200), (&pdftest.Page{}).Picture(0, 0, 595, 842),
		(&pdftest.Page{}).Text(100, 100, 12, "收入20万元。").Angled(200, 400, 60, "0.7 0.7 -0.7 0.7", "内部"), &pdftest.Page{}, (&pdftest.Page{}).Fill(100, 100, 200, 300))
	var got []string
	for _, u := range d.Unread {
		got = append(got, fmt.Sprint(u.Page, " ", u.Line, " ", u.Whole, " ", u.What.Zh))
	}
	want := []string{"1 1 false 第1页的图片", "2 1 true 第2页（扫描件，没有文字层；装有Tesseract简体中文时可以识别）", "3 2 false 第3页的2个斜排或竖排字符", "5 2 true 第5页（只有图形，没有文字）"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestShared_PDF_tables_of_a_bureau(t *testing.T) {
	t.Parallel()
	d := shared(t, "reports/putuo-finance-2024-final-accounts.pdf")
	if len(d.Tables) != 10 || d.Pages != 25 || d.Title != "上海市普陀区财政局2024年度部门决算" {
		t.Fatalf("%d tables, %d pages, %q", len(d.Tables), d.Pages, d.Title)
	}
	income := d.Tables[2] // on pages 8 and 9
	if c := income.At(23, 5); c == nil || c.Text != "258.50" || d.Page(d.Lines[c.Parts[0].Line-1].Offset) != 9 {
		t.Errorf("%+v", c)
	}
	if c := income.At(1, 10); c.Text != "附属单位上缴收入" || c.RowSpan != 3 {
		t.Errorf("%+v", c)
	}
	if c := d.Tables[5].At(24, 2); c.Text != "合计" || c.ColumnSpan != 4 {
		t.Errorf("%+v", c)
	}
}

// FuzzPDF_layout lays out what four numbers a thing say: characters and ruled lines, on pages that change now and then.
func FuzzPDF_layout(f *testing.F) {
	f.Add([]byte{0, 10, 10, 1, 1, 14, 10, 2, 2, 18, 10, 3, 250, 5, 5, 60, 251, 5, 5, 60, 250, 5, 30, 60, 251, 60, 5, 60, 252, 30, 5, 60, 255, 0, 0, 0, 3, 9, 9, 9})
	runes := []rune("万支出合计，。（）一、1234567890.%-,二A\ufffd")
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 4_000 {
			t.Skip()
		}
		pages := []*printed.Page{{Number: 1, Width: 59_500, Height: 84_200}}
		for ; len(raw) >= 4; raw = raw[4:] {
			p := pages[len(pages)-1]
			x, y, n := 230*int(raw[1]), 330*int(raw[2]), int(raw[3])
			switch kind := raw[0]; {
			case kind == 255:
				pages = append(pages, &printed.Page{Number: len(pages) + 1, Width: 59_500, Height: 84_200})
			case kind >= 250 && kind%2 == 0:
				p.Rules = append(p.Rules, printed.Box{Left: x, Top: y, Right: x + 230*n, Bottom: y})
			case kind >= 250:
				p.Rules = append(p.Rules, printed.Box{Left: x, Top: y, Right: x, Bottom: y + 330*n})
			default:
				size := 500 + 100*(n%10)
				p.Glyphs = append(p.Glyphs, printed.Glyph{Box: printed.Box{Left: x, Top: y - size, Right: x + size, Bottom: y}, Base: y, Rune: runes[int(kind)%len(runes)], Spaced: n%7 == 0})
			}
		}
		d, err := reading.Flow(pages...)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, d)
	})
}

func BenchmarkPDF(b *testing.B) {
	pages := make([]*pdftest.Page, 10)
	for i := range pages {
		p := (&pdftest.Page{}).Grid([]int{50, 200, 300, 400, 500}, []int{400, 420, 440, 460, 480, 500, 520, 540, 560, 580, 600, 620, 640, 660, 680, 700})
		for y := range 15 {
			p.Text(60, 414+20*y, 10, "机关事业单位养老保险").Text(240, 414+20*y, 10, "1,234.50").Text(340, 414+20*y, 10, "1,234.50")
		}
		for y := range 15 {
			p.Text(100, 100+20*y, 12, strings.Repeat("汛", 33))
		}
		pages[i] = p
	}
	content := pdftest.File("", pages...)
	for b.Loop() {
		if _, err := reading.Read("a.pdf", strings.NewReader(content), int64(len(content))); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
}
