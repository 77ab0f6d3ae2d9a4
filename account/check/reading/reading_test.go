package reading_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"anlan/account/check/reading"
	"anlan/account/check/reading/printed"
	"anlan/account/check/reading/printed/pdftest"
	"anlan/ground/lang"
)

var update = flag.Bool("update", false, "write the golden files")

func read(t testing.TB, name, content string) *reading.Document {
	t.Helper()
	d, err := reading.Read(name, strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	sound(t, d)
	return d
}

// shape is a document as a golden file shows it: number, kind with level, cell, text.
func shape(d *reading.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %q\n", d.Title)
	for _, l := range d.Lines {
		kind := l.Kind.String()
		if l.Level > 0 {
			kind += fmt.Sprint(l.Level)
		}
		for _, c := range l.Cells {
			kind += fmt.Sprintf(" [%d: %d,%d", c.Table.Number, c.Row, c.Column)
			if c.RowSpan > 1 || c.ColumnSpan > 1 {
				kind += fmt.Sprintf(" %d×%d", c.RowSpan, c.ColumnSpan)
			}
			if c.Header {
				kind += " head"
			}
			kind += "]"
		}
		fmt.Fprintf(&b, "%3d %s %s\n", l.Number, kind, l.Text)
	}
	for _, u := range d.Unread {
		fmt.Fprintf(&b, "unread at %d: %s\n", u.Line, u.What.En)
	}
	return b.String()
}

// sound checks what holds of every document: lines are pieces of the text in order, parts are pieces of lines, and each
// place of a grid is covered by the cell that says so.
func sound(t testing.TB, d *reading.Document) {
	t.Helper()
	at := 0
	for i, l := range d.Lines {
		if int(l.Number) != i+1 || l.Offset < at || !strings.HasPrefix(d.Text[l.Offset:], l.Text) {
			t.Fatalf("line %d is out of place: %+v", i+1, l)
		}
		at = l.Offset + len(l.Text)
		if n, column := d.Position(l.Offset); n != i+1 || column != 1 {
			t.Fatalf("position of offset %d is %d:%d, want %d:1", l.Offset, n, column, i+1)
		}
	}
	for i, tab := range d.Tables {
		if tab.Number != i+1 {
			t.Fatalf("table %d has number %d", i+1, tab.Number)
		}
		for _, c := range tab.Cells {
			for row := c.Row; row < c.Row+c.RowSpan; row++ {
				for column := c.Column; column < c.Column+c.ColumnSpan; column++ {
					if tab.At(row, column) != c {
						t.Fatalf("table %d: %d,%d is not covered by its cell", i+1, row, column)
					}
				}
			}
			var texts []string
			for _, p := range c.Parts {
				texts = append(texts, d.Line(p.Line).Text[p.From:p.To])
			}
			if got := strings.Join(texts, "\n"); got != c.Text {
				t.Fatalf("table %d: %d,%d has text %q, its parts are %q", i+1, c.Row, c.Column, c.Text, got)
			}
		}
	}
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

// refused says whether err is the fault, in both languages and with the file as its place.
func refused(t *testing.T, err error, want error, words ...string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
	var f interface{ In(lang.Lang) string }
	if !errors.As(err, &f) {
		t.Fatalf("%v speaks one language only", err)
	}
	zh, en := f.In(lang.Chinese), f.In(lang.English)
	if strings.Contains(zh+en, "%!") {
		t.Fatalf("a sentence lacks an argument: %s | %s", zh, en)
	}
	for _, w := range words {
		if !strings.Contains(zh+" "+en, w) {
			t.Errorf("%q is missing in %s | %s", w, zh, en)
		}
	}
}

func TestText_lines_are_those_of_the_source(t *testing.T) {
	t.Parallel()
	d := read(t, "a.txt", "\ufeff一、概况\r\n\r\n2023年支出10万元。\n尾\r末\n")
	want := []string{"一、概况", "", "2023年支出10万元。", "尾", "末"}
	var got []string
	for _, l := range d.Lines {
		got = append(got, l.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n, c := d.Position(strings.Index(d.Text, "10万元")); n != 3 || c != 8 {
		t.Errorf("10万元 stands at %d:%d, want 3:8", n, c)
	}
	if n, c := d.Position(strings.Index(d.Text, "\r\n") + 1); n != 1 || c != 5 {
		t.Errorf("inside a line end: %d:%d, want the end of line 1", n, c)
	}
}

func TestText_nothing_has_no_lines_and_one_empty_line_has_one(t *testing.T) {
	t.Parallel()
	if d := read(t, "a.txt", ""); len(d.Lines) != 0 || d.Title != "" {
		t.Errorf("%+v", d)
	}
	if n, c := read(t, "a.txt", "").Position(0); n != 0 || c != 0 {
		t.Errorf("a position in nothing: %d:%d", n, c)
	}
	if d := read(t, "a.txt", "\n"); len(d.Lines) != 1 || d.Lines[0].Kind != reading.Blank {
		t.Errorf("%+v", d.Lines)
	}
}

func TestText_what_a_line_is(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line  string
		kind  reading.Kind
		level uint8
	}{
		{"一、部门基本情况", reading.Heading, 1},
		{"九.绩效自评结果拟应用和公开情况", reading.Heading, 1},
		{"十一、其他", reading.Heading, 1},
		{"第二部分 2022年度单位决算情况说明", reading.Heading, 1},
		{"（二）固定资产管理有待加强。", reading.Heading, 2},
		{"(一)绩效目标分解下达情况", reading.Heading, 2},
		{"3.人员情况", reading.Heading, 3},
		{"1.资金投入情况分析。", reading.Heading, 3},
		{"12、机构", reading.Heading, 3},
		{"（3）资产", reading.Heading, 4},
		{"1.人员经费支出1604.62万元，占基本支出79.04%。主要用于工资。", reading.Item, 3},
		{"（10）组织协调灾害救助工作，组织指导灾情核查。", reading.Item, 4},
		{"● 安全检查", reading.Item, 0},
		{"2.05亿元的损失", reading.Paragraph, 0},
		{"15.5%", reading.Paragraph, 0},
		{"2023年", reading.Paragraph, 0},
		{"一是坚持高位推动", reading.Paragraph, 0},
		{"第二季度", reading.Paragraph, 0},
		{"（以下简称市局）", reading.Paragraph, 0},
		{"（2023年）", reading.Paragraph, 0},
		{"　　", reading.Blank, 0},
	} {
		l := read(t, "a.txt", c.line).Line(1)
		if l.Kind != c.kind || l.Level != c.level {
			t.Errorf("%s is %v %d, want %v %d", c.line, l.Kind, l.Level, c.kind, c.level)
		}
	}
}

func TestText_numbered_lines_under_attachments_are_no_headings(t *testing.T) {
	t.Parallel()
	d := read(t, "a.txt", "附件：\n\n1.基础数据表\n2.自评表\n\n以上。\n1.又一节\n")
	for n, want := range map[int]reading.Kind{3: reading.Item, 4: reading.Item, 7: reading.Heading} {
		if got := d.Line(n).Kind; got != want {
			t.Errorf("line %d is %v, want %v", n, got, want)
		}
	}
}

func TestText_titles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"over_two_lines", "2023年度示例市应急管理局整体支出\n\n绩效自评报告\n\n一、概况\n", "2023年度示例市应急管理局整体支出绩效自评报告"},
		{"after_an_attachment_mark", "附件1\n项目支出绩效自评表\n", "项目支出绩效自评表"},
		{"after_the_words_of_a_page", "欢迎来到网站!\n首页 > 公开\n\n部门决算情况说明\n", "部门决算情况说明"},
		{"not_a_sentence", "我局报告。\n一、概况\n", ""},
		{"not_a_heading", "一、整体情况\n文字。\n", ""},
		{"not_the_bare_word", "报告\n文字。\n", ""},
		{"not_deep_in_the_text", strings.Repeat("文字。\n", 40) + "附属工作报告\n", ""},
	} {
		if got := read(t, "a.txt", c.text).Title; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestText_tables_between_bars_are_flat_and_between_tabs_true(t *testing.T) {
	t.Parallel()
	d := read(t, "a.txt", "项目 | 预算 | 决算 |\n人员 | 10 | 11 |\n\n项目\t金额\n公用\t20\n\n仅一处|的行\n")
	if len(d.Tables) != 2 || !d.Tables[0].Flat || d.Tables[1].Flat {
		t.Fatalf("tables: %+v", d.Tables)
	}
	if c := d.Tables[0].At(2, 3); c == nil || c.Text != "11" || c.Parts[0] != (reading.Part{Line: 2, From: 14, To: 16}) {
		t.Errorf("cell 2,3: %+v", c)
	}
	if c := d.Tables[1].At(2, 2); c.Text != "20" || d.Tables[1].Columns != 2 {
		t.Errorf("cell 2,2: %+v", c)
	}
	if d.Tables[0].At(3, 1) != nil || d.Tables[0].At(0, 1) != nil || d.Tables[0].At(1, 4) != nil {
		t.Error("a place beside the table has a cell")
	}
	if k := d.Line(7).Kind; k != reading.Paragraph {
		t.Errorf("a bar in a sentence makes a %v", k)
	}
}

func TestMarkdown_lines_are_those_of_the_source(t *testing.T) {
	t.Parallel()
	const source = "---\ntitle: 丙\n---\n# 2023年度决算说明 #\n\n一、概况\n====\n## 收支\n- 收入10万元\n\n" +
		"| 项目 | 金额 |\n|:--|--:|\n| 甲\\|乙 | 10 |\n丙 | 20\n\n```\n总计 99\n```\n<!-- 未定 -->\n正文**10**万元。\n***\n"
	const want = `title "2023年度决算说明"
  1 markup ---
  2 markup title: 丙
  3 markup ---
  4 title # 2023年度决算说明 #
  5 blank 
  6 heading1 一、概况
  7 markup ====
  8 heading2 ## 收支
  9 item - 收入10万元
 10 blank 
 11 row [1: 1,1 head] [1: 1,2 head] | 项目 | 金额 |
 12 markup |:--|--:|
 13 row [1: 2,1] [1: 2,2] | 甲\|乙 | 10 |
 14 row [1: 3,1] [1: 3,2] 丙 | 20
 15 blank 
 16 markup ` + "```" + `
 17 markup 总计 99
 18 markup ` + "```" + `
 19 markup <!-- 未定 -->
 20 paragraph 正文**10**万元。
 21 markup ***
`
	if diff := cmp.Diff(want, shape(read(t, "a.md", source))); diff != "" {
		t.Error(diff)
	}
}

func TestEncoding_GB18030_is_told_by_the_bytes(t *testing.T) {
	t.Parallel()
	const text = "二〇二三年度，全市共发生生产安全事故87起，㐂𠮷（生僻字）。\n占比15.5%\n"
	raw, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, "a.txt", raw)
	if d.Text != text || d.Encoding != "GB18030" {
		t.Errorf("%s: %q", d.Encoding, d.Text)
	}
	page, _ := simplifiedchinese.GBK.NewEncoder().String(`<html><meta charset="utf-8"><body><p>全市共发生生产安全事故87起</p></body></html>`)
	if d := read(t, "a.html", page); d.Lines[0].Text != "全市共发生生产安全事故87起" {
		t.Errorf("a page that claims the wrong encoding: %q", d.Text)
	}
}

func TestEncoding_both_give_the_same_text(t *testing.T) {
	t.Parallel()
	common := []rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指")
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(common), 4, 200).Draw(t, "text")) + rapid.StringMatching(`[0-9.%\n ]{0,20}`).Draw(t, "digits")
		raw, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if utf8.ValidString(raw) && raw != text {
			t.Skip("these bytes are a text in both encodings") // 一一一一
		}
		a, err := reading.Read("a.txt", strings.NewReader(raw), -1)
		if err != nil {
			t.Fatal(err)
		}
		if a.Text != text {
			t.Fatalf("%q, want %q", a.Text, text)
		}
	})
}

func TestRead_refusals_say_what_and_what_to_do(t *testing.T) {
	t.Parallel()
	utf16 := "\xff\xfe" + "2\x000\x00"
	big5 := strings.Repeat("\xa5\xfe\xa5\xab\xa6\x40\xb5\x6f\xa5\xcd\xa8\xc6\xac\x47", 20)
	damaged := strings.Repeat("全市共发生生产安全事故", 20) + "\xe4\xbd" + strings.Repeat("生产安全", 20)
	for _, c := range []struct {
		name, file, content string
		want                error
		words               []string
	}{
		{"pdf_that_breaks_off", "a.pdf", "%PDF-1.7\n…", printed.ErrDamaged, []string{"PDF", "重新取得"}},
		{"pdf_under_another_name", "a.txt", "%PDF-1.4\n", printed.ErrDamaged, []string{"PDF"}},
		{"pdf_with_a_password", "a.pdf", pdftest.File(pdftest.Locked, &pdftest.Page{}), printed.ErrPassword, []string{"密码"}},
		{"old_doc", "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", reading.ErrOldOffice, []string{"另存为 .docx"}},
		{"rtf", "a.rtf", `{\rtf1\ansi}`, reading.ErrOldOffice, []string{"RTF"}},
		{"docx_that_is_text", "a.docx", "2023年度报告", reading.ErrNotDocx, []string{"另存为 .docx"}},
		{"binary", "a.txt", "ab\x00c", reading.ErrBinary, []string{"第 3 个字节"}},
		{"utf16", "a.txt", utf16, reading.ErrEncoding, []string{"UTF-8"}},
		{"big5", "a.txt", big5, reading.ErrEncoding, nil},
		{"damaged_utf8", "a.txt", damaged, reading.ErrDamagedText, []string{"第 661 个字节"}},
	} {
		_, err := reading.Read(c.file, strings.NewReader(c.content), int64(len(c.content)))
		t.Run(c.name, func(t *testing.T) { refused(t, err, c.want, append(c.words, c.file)...) })
	}
}

func TestOpen_a_missing_file_and_a_folder_are_faults(t *testing.T) {
	t.Parallel()
	_, err := reading.Open(filepath.Join(t.TempDir(), "无.txt"))
	refused(t, err, reading.ErrOpen, "无.txt")
	_, err = reading.Open(t.TempDir())
	refused(t, err, reading.ErrOpen, "这是目录，不是文件")
}

// lines is an endless report without holding it.
type lines struct{ i int }

const reportLine = "2023年基本支出2030.18万元，其中人员经费支出1604.62万元，公用经费支出425.57万元。\n"

func (l *lines) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		k := copy(b[n:], reportLine[l.i:])
		n, l.i = n+k, (l.i+k)%len(reportLine)
	}
	return n, nil
}

func TestText_of_200_MB_is_read_in_a_small_multiple_of_its_size(t *testing.T) {
	if testing.Short() {
		t.Skip("200 MB are read only in the long run")
	}
	const size = 200 << 20
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	d, err := reading.Read("big.txt", io.LimitReader(&lines{}, size), size)
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if len(d.Text) != size || len(d.Lines) != size/len(reportLine)+1 {
		t.Errorf("%d bytes, %d lines", len(d.Text), len(d.Lines))
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 2*size {
		t.Errorf("%d MB were allocated in all, want at most twice the text", used>>20)
	}
}

func TestText_beyond_the_bounds_is_refused(t *testing.T) {
	if testing.Short() {
		t.Skip("millions of lines are read only in the long run")
	}
	t.Parallel()
	_, err := reading.Read("a.txt", strings.NewReader(""), 1<<40)
	refused(t, err, reading.ErrTooLarge, "536870912")
	_, err = reading.Read("a.html", io.LimitReader(&lines{}, 33<<20), -1)
	refused(t, err, reading.ErrTooLarge)
	_, err = reading.Read("a.txt", bytes.NewReader(bytes.Repeat([]byte("\n"), 5_000_001)), -1)
	refused(t, err, reading.ErrTooLarge, "行数")
	_, err = reading.Read("a.txt", strings.NewReader(strings.Repeat("1"+strings.Repeat("|2", 999)+"\n", 1001)), -1)
	refused(t, err, reading.ErrTooLarge, "单元格")
	if d := read(t, "a.txt", strings.Repeat(strings.Repeat("|", 1500)+"\n", 2)); len(d.Tables) != 0 {
		t.Error("a ruler of bars became a table")
	}
}

func FuzzText(f *testing.F) {
	f.Add("a.txt", []byte("一、概况\n项目 | 金额 |\n人员\t10\r\n公用\t20\r"))
	f.Add("a.md", []byte("---\n# 题 #\n|a|b|\n|-|-|\n|\\||\n```\n"))
	f.Add("a.txt", []byte("\xc8\xab\xca\xd0\xb9\xb2\xb7\xa2\xc9\xfa"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		d, err := reading.Read(name, bytes.NewReader(raw), int64(len(raw)))
		if err == nil {
			sound(t, d)
		}
	})
}

func BenchmarkText(b *testing.B) {
	text := strings.Repeat("一、概况\n"+reportLine+"\n1.人员经费支出1604.62万元，占基本支出79.04%。\n", 5000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text))); err != nil {
			b.Fatal(err)
		}
	}
}
