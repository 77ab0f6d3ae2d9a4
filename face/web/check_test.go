package web_test

import (
	"archive/zip"
	"bytes"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

const published = `<html><body><h1>岳阳市应急管理局2023年度部门整体支出绩效自评报告</h1>
<p>全年基本支出100万元，其中人员经费60万元、公用经费30万元。&lt;script&gt;alert(1)&lt;/script&gt;</p>
<p>2023年，全市共排查重大事故隐患5处。</p>
</body></html>`

// sendsReports sends reports to be checked, by name and content in turn, with what else the form says.
func (v visitor) sendsReports(want int, values map[string]string, files ...string) answer {
	v.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, x := range values {
		form.WriteField(k, x)
	}
	for i := 0; i+1 < len(files); i += 2 {
		part, err := form.CreateFormFile("reports", files[i])
		if err != nil {
			v.Fatal(err)
		}
		part.Write([]byte(files[i+1]))
	}
	form.Close()
	r, err := http.NewRequestWithContext(v.Context(), "POST", v.server.URL+"/check", &body)
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r, want)
}

func TestAnAuditorChecksReportsAndTakesTheFindingsAway(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s := open(t, store.SQLite)
	s.year()
	auditor, other := s.person("auditor", "430600", access.Auditor), s.person("editor", "430600", access.Editor)
	auditor.get("/check", 200).has(t, "核对报告", "不比对", "两小时后自动删除", `href="/check" aria-current="page"`)
	at := auditor.sendsReports(303, map[string]string{"period": "2023", "unit": "430600"}, "报告.html", published, "另一份.txt", "全年支出10万元。\n", "另一份.txt", "无。\n", "坏.docx", "不是压缩包").Header.Get("Location")
	page := auditor.get(at, 200)
	page.has(t, "100万元", "✗ 矛盾", "看批注本", "审核意见表.xlsx", "审核意见表.docx", "另一份 (2).txt", "坏.docx", "没有读出的文件", "与账册比对", "不符", "/figures/work_safety.hazards_found?as-of=", "自动删除", "!<script>alert")
	if left, err := filepath.Glob(filepath.Join(temp, "anlan-scrutiny-*")); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
	for _, p := range []string{at, at + "/file?name=all.zip"} {
		other.get(p, 404)
	}
	other.post(at+"/drop", 404)
	marked := strings.ReplaceAll(page.between(t, `class="button" href="`, `"`), "&amp;", "&")
	copied := auditor.get(marked, 200)
	copied.has(t, "sign contradiction", "&lt;script&gt;alert(1)")
	if policy := copied.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "script-src 'sha256-") {
		t.Errorf("policy %q", policy)
	}
	all := auditor.get(at+"/file?name=all.zip", 200)
	z, err := zip.NewReader(strings.NewReader(all.body), int64(len(all.body)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	for _, want := range []string{"index.html", "汇总表.xlsx", "所选文件/审核意见表.docx", "所选文件/报告.html.html", "所选文件/报告.html-比对表.xlsx"} {
		if !slices.Contains(names, want) {
			t.Errorf("the archive has %v, and lacks %s", names, want)
		}
	}
	auditor.get(at+"/file?name=../报告.html", 404)
	auditor.post(at+"/keep", 303)
	auditor.get(at, 200).has(t, "保留到2024-03-01")
	auditor.post(at+"/drop", 303)
	auditor.get(at, 404).has(t, "没有这份核对结果")
	if got := s.count("published_figure"); got != 0 {
		t.Errorf("%d records were written", got)
	}
}

func TestWhatCannotBeCheckedIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	county := s.person("county", "430621", access.Section)
	many := make([]string, 0, 42)
	for range 21 {
		many = append(many, "报告.txt", "无。")
	}
	for _, c := range []struct {
		values map[string]string
		files  []string
		want   int
		says   string
	}{
		{nil, nil, 422, "没有选择文件"},
		{nil, []string{"报告.exe", "MZ"}, 422, "格式不能核对"},
		{nil, many, 413, "一次最多核对20个文件"},
		{nil, []string{"报告.txt", strings.Repeat("一", 11<<20)}, 413, "超过32 MB"},
		{map[string]string{"period": "去年"}, []string{"报告.txt", "无。"}, 422, "去年"},
		{map[string]string{"period": "2023", "unit": "430600"}, []string{"报告.txt", "无。"}, 403, "430600"}, // the bureau above
		{map[string]string{"period": "2031", "unit": "430621"}, []string{"报告.txt", "无。"}, 422, "2031"},
	} {
		county.sendsReports(c.want, c.values, c.files...).has(t, c.says)
	}
	county.get(county.sendsReports(303, map[string]string{"period": "2023", "keep": "1"}, "报告.txt", "全年支出10万元。").Header.Get("Location"), 200).has(t, "保留到", "无据可比")
	s.person("duty", "430600", access.Duty).sendsReports(403, nil, "报告.txt", "无。")
	s.anybody().sendsReports(403, nil, "报告.txt", "无。")
}
