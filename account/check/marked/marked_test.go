package marked

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/ground/lang"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

const report = `<html><body><h1>某市某局2023年度部门整体支出绩效自评报告</h1>
<p>全年基本支出100万元，其中人员经费60万元、公用经费30万元，人员经费占60%。另有公告12份 &lt;script&gt;alert(1)&lt;/script&gt;。</p>
<table><tr><th>科目</th><th>金额</th></tr><tr><td>工资</td><td>60.00</td></tr><tr><td>办公费</td><td>40.00</td></tr><tr><td>合计</td><td>100.00</td></tr></table>
</body></html>`

// written is the page of a text in a format.
func written(t testing.TB, name, text string, l lang.Lang) (string, *check.File) {
	t.Helper()
	doc, err := reading.Read(name, strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	f := check.Check(doc, check.Options{})
	var b bytes.Buffer
	if err := Write(&b, doc, &f, l); err != nil {
		t.Fatal(err)
	}
	return b.String(), &f
}

// body is a page without its style and script, which change for reasons of their own.
func body(page string) string {
	page = page[strings.Index(page, "<body>"):]
	return page[:strings.Index(page, "<script>")]
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, string(want)); diff != "" {
		t.Error("got, want:\n", diff)
	}
}

func TestWrite_gives_every_figure_of_a_relation_its_place_and_verdict(t *testing.T) {
	t.Parallel()
	page, f := written(t, "报告.html", report, lang.Chinese)
	golden(t, "report.html", body(page))
	for _, r := range f.Relations {
		for _, id := range r.Figures {
			if n := strings.Count(page, ` id="`+id+`"`); n != 1 {
				t.Errorf("%s of %s stands %d times", id, r.ID, n)
			}
		}
		if !strings.Contains(page, `id="`+r.ID+`"`) {
			t.Errorf("%s is not in the list", r.ID)
		}
	}
}

func TestWrite_loads_and_runs_nothing_but_its_own(t *testing.T) {
	t.Parallel()
	for _, l := range []lang.Lang{lang.Chinese, lang.English} {
		page, _ := written(t, `<img src=x>".html`, report, l)
		for _, want := range []string{"default-src 'none'", "script-src '" + hashOf(script) + "'", "style-src '" + hashOf(styleSheet) + "'", "base-uri 'none'", "form-action 'none'",
			"<script>" + script + "</script>", "<style>" + styleSheet + "</style>", "&lt;script&gt;alert(1)"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: lacks %q", l, want)
			}
		}
		if n := strings.Count(page, "<script"); n != 1 {
			t.Errorf("%s: %d scripts", l, n)
		}
		if found := regexp.MustCompile(`(src|srcset|action)\s*=|url\(|@import|https?:|\son\w+\s*=\s*["']`).FindAllString(strings.Replace(page, "&lt;img src=x", "", -1), -1); len(found) > 0 {
			t.Errorf("%s: %q", l, found)
		}
	}
}

func TestWrite_shows_a_long_document_up_to_its_bound_and_says_so(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("无。\n", linesMax) + "全年基本支出100万元，其中人员经费60万元、公用经费30万元。\n"
	page, f := written(t, "长.txt", text, lang.English)
	if f.Summary.Contradictions != 1 || !strings.Contains(page, "its first 30000 lines") || !strings.Contains(page, `<span class="at">line 30001</span>`) {
		t.Error(f.Summary)
	}
}

func TestIndex_names_every_file_and_what_was_not_read(t *testing.T) {
	t.Parallel()
	run := Run{
		Departments: []Department{
			{Name: "2023/甲局", Tables: []Link{{lang.Of("审核意见表", "findings"), "甲局/审核意见表.xlsx"}}, Files: []Entry{
				{Name: "报告 <1>#%.docx", Organisation: "某市某局", Year: 2023, Page: "甲局/报告 #%.docx.html", Summary: check.Summary{Figures: 3, Covered: 2, Relations: 2, Holds: 1, Contradictions: 1}},
				{Name: "报告.pdf", Page: "甲局/报告.pdf.html", SameAs: "2023/甲局/报告 <1>.docx", Summary: check.Summary{Figures: 3, Contradictions: 1}}}},
			{Name: "2023/乙局", Files: []Entry{{Name: "空.txt"}}}},
		Unread: []check.Unread{{File: "2023/乙局/坏.docx", Code: "reading.not_docx", Message: lang.Of("打不开", "cannot be opened")}},
		Unmet:  []lang.Text{lang.Of("<上年>.txt：没有一项能对上", "<last>.txt: nothing was met")},
		Tables: []Link{{lang.Of("汇总表", "all findings"), "汇总表.xlsx"}},
	}
	var b bytes.Buffer
	if err := Index(&b, run, lang.Chinese); err != nil {
		t.Fatal(err)
	}
	golden(t, "index.html", body(b.String()))
}
