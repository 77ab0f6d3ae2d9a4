package reading_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/check/reading"
)

func TestHTML_pages(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("testdata/html/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	for _, path := range pages {
		page, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, strings.TrimSuffix(path, ".html")+".lines", shape(read(t, path, string(page))))
	}
}

func TestHTML_what_hides_is_not_read(t *testing.T) {
	t.Parallel()
	for _, hidden := range []string{
		`<p hidden>99</p>`, `<p aria-hidden="true">99</p>`, `<p style="DISPLAY : none">99</p>`, `<p style="visibility:hidden">99</p>`,
		`<template>99</template>`, `<noscript>99</noscript>`, `<!-- 99 -->`, `<script>99</script>`, `<button>99</button>`,
		`<div class="side nav-left">99</div>`, `<div id="Footer">99</div>`, `<div role="navigation">99</div>`, `<aside>99</aside>`,
	} {
		d := read(t, "a.html", "<html><body><p>全市共发生生产安全事故</p>"+hidden+"</body></html>")
		if strings.Contains(d.Text, "99") {
			t.Errorf("%s was read", hidden)
		}
	}
}

func TestHTML_a_class_does_not_hide_the_article_itself(t *testing.T) {
	t.Parallel()
	d := read(t, "a.html", `<html><body><div class="menu-open footer-fixed"><p>全市共发生生产安全事故87起</p></div></body></html>`)
	if d.Text != "全市共发生生产安全事故87起" {
		t.Errorf("%q", d.Text)
	}
}

func TestHTML_notes_are_told_by_their_roles(t *testing.T) {
	t.Parallel()
	d := read(t, "a.html", `<html><body><p>死亡97人<sup><a role="doc-noteref" href="#n">1</a></sup>。</p><section role="doc-endnotes"><ol><li id="n">含失踪2人<a role="doc-backlink" href="#r">↩</a></li></ol></section><p>完</p></body></html>`)
	const want = "title \"\"\n  1 paragraph 死亡97人。\n  2 note 含失踪2人\n  3 paragraph 完\n"
	if diff := cmp.Diff(want, shape(d)); diff != "" {
		t.Error(diff)
	}
}

func TestHTML_marks_of_notes_are_no_figures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, page, want string }{
		{"a_raised_link", `<p>死亡97人<sup><a href="#n1">1</a></sup>。</p><p id="n1"><a href="#r1">[1]</a> 含失踪2人</p>`, "  1 paragraph 死亡97人。\n  2 paragraph 含失踪2人\n"},
		{"as_word_exports_it", `<p>死亡97人<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>。</p><div id="ftn1"><p><a href="#_ftnref1">[1]</a>含失踪2人</p></div>`, "  1 paragraph 死亡97人。\n  2 paragraph 含失踪2人\n"},
		{"a_circled_number_and_a_way_back", `<p>死亡97人<a href="#n">①</a></p><div class="foot-note"><p id="n">含失踪2人<a href="#r">↩</a></p></div>`, "  1 paragraph 死亡97人\n  2 paragraph 含失踪2人\n"},
		{"a_link_with_words_is_text", `<p>见<a href="#s">第3节</a>，死亡<a href="#d">97人</a>。</p>`, "  1 paragraph 见第3节，死亡97人。\n"},
		{"a_value_that_leads_to_its_meaning_is_text", `<p>死亡<data value="97"><a href="#about-deaths">97</a></data>人。</p>`, "  1 paragraph 死亡97人。\n"},
		{"a_figure_named_like_a_button_is_text", `<p>占<data id="fig-staff-share" value="79.04"><a href="#about-staff-share">79.04%</a></data>。</p><ul><li class="related-count"><span>1</span></li></ul><div class="share">分享到</div>`, "  1 paragraph 占79.04%。\n"},
		{"a_row_of_figures_is_no_menu", `<p>本部门编制一百人，在职九十二人，退休十七人，各项工作按照年度计划完成，情况如下表所列。</p><div><data value="1"><a href="#a">100人</a></data> <data value="2"><a href="#b">92人</a></data> <data value="3"><a href="#c">17人</a></data> <data value="4"><a href="#d">42人</a></data> <data value="5"><a href="#e">58人</a></data> <data value="6"><a href="#f">3人</a></data></div>`, "  1 paragraph 本部门编制一百人，在职九十二人，退休十七人，各项工作按照年度计划完成，情况如下表所列。\n  2 paragraph 100人 92人 17人 42人 58人 3人\n"},
		{"a_number_that_leads_elsewhere_is_text", `<p>死亡<a href="deaths.html">97</a>人。</p>`, "  1 paragraph 死亡97人。\n"},
	} {
		d := read(t, "a.html", "<html><body>"+c.page+"</body></html>")
		if diff := cmp.Diff("title \"\"\n"+c.want, shape(d)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestHTML_a_page_without_text_has_no_lines(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"<html>", "<html><frameset><frame src=a></frameset></html>", "<html><body><table></table></body></html>"} {
		if d := read(t, "a.html", page); len(d.Lines)+len(d.Tables) != 0 {
			t.Errorf("%s: %+v", page, d.Lines)
		}
	}
}

func TestHTML_bounds_hold(t *testing.T) {
	t.Parallel()
	deep := "<html>" + strings.Repeat("<div>", 2000) + "1"
	_, err := reading.Read("a.html", strings.NewReader(deep), -1)
	refused(t, err, reading.ErrDamagedHTML)
	wide := "<html><table><tr>" + strings.Repeat("<td colspan=1000>1", 2) + "</table>"
	_, err = reading.Read("a.html", strings.NewReader(wide), -1)
	refused(t, err, reading.ErrTooLarge, "表格列数")
	tall := read(t, "a.html", "<html><table><tr><td rowspan=65534>1<td>2</table>")
	if tall.Tables[0].Rows != 1 {
		t.Errorf("a cell reaches below the table: %d rows", tall.Tables[0].Rows)
	}
}

func FuzzHTML(f *testing.F) {
	for _, path := range []string{"testdata/html/article.html", "testdata/html/layout.html"} {
		page, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(page)
	}
	f.Add([]byte("<html><table><tr><td rowspan=0 colspan=3><table><tr><td>1<td></table><td rowspan=2>2<tr><td>3</table>"))
	f.Fuzz(func(t *testing.T, page []byte) {
		d, err := reading.Read("a.html", bytes.NewReader(page), int64(len(page)))
		if err == nil {
			sound(t, d)
		}
	})
}

func BenchmarkHTML(b *testing.B) {
	page, err := os.ReadFile("testdata/html/article.html")
	if err != nil {
		b.Fatal(err)
	}
	text := "<html><body>" + strings.Repeat(string(page[bytes.Index(page, []byte("<h2>")):bytes.Index(page, []byte("<pre>"))]), 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := reading.Read("a.html", strings.NewReader(text), -1); err != nil {
			b.Fatal(err)
		}
	}
}
