package app_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/store"
)

// seenBy opens the page of a folder in a browser as if the reader had chosen these files, and gives what it shows.
func seenBy(t *testing.T, chromium, dir string, alter func(files map[string][]byte)) string {
	t.Helper()
	files := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	page := string(files[report.VerifyPage])
	alter(files)
	chosen := map[string]string{}
	for name, b := range files {
		chosen[name] = base64.StdEncoding.EncodeToString(b)
	}
	given, err := json.Marshal(chosen)
	if err != nil {
		t.Fatal(err)
	}
	page = strings.Replace(page, "</body>", `<script>addEventListener("DOMContentLoaded", () => show(check(new Map(Object.entries(`+string(given)+`).map(([n, b]) => [n, base64(b)])), "")))</script></body>`, 1)
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	dom, err := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--virtual-time-budget=20000", "--dump-dom", "file://"+path).Output()
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(dom), `<div id="result"`)
	shown, _, _ = strings.Cut(shown, "<h2>")
	return shown
}

// The page and Verify share no code and come to the same verdict.
func TestThePageVerifiesInABrowser(t *testing.T) {
	t.Parallel()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "chromium") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v, so the page was seen in no browser", err)
	}
	w := found(t, store.SQLite)
	w.small()
	dir := w.report()
	if b, err := os.ReadFile(filepath.Join(dir, report.VerifyPage)); err != nil || strings.Contains(string(b), "{{") || strings.Contains(string(b), "://") {
		t.Errorf("the page is not whole, or asks for something: %v", err)
	}
	swap := func(name, old, new string) func(map[string][]byte) {
		return func(files map[string][]byte) {
			if !strings.Contains(string(files[name]), old) {
				t.Fatalf("%s has no %q", name, old)
			}
			files[name] = []byte(strings.Replace(string(files[name]), old, new, 1))
		}
	}
	for name, c := range map[string]struct {
		alter func(files map[string][]byte)
		want  []string
	}{
		"as published":          {func(map[string][]byte) {}, []string{`data-sound="true"`, "6个文件与公开时逐字节相同", "由记录集按公开的算式重新算出"}},
		"without lines":         {func(f map[string][]byte) { delete(f, report.LinesName) }, []string{`data-sound="true"`, "没有“sets.jsonl”"}},
		"a line altered":        {swap(report.LinesName, `"amount":"1"`, `"amount":"2"`), []string{`data-sound="false"`, "有记录被改动、增加或删去"}},
		"a line removed":        {func(f map[string][]byte) { f[report.LinesName] = f[report.LinesName][1:] }, []string{`data-sound="false"`}},
		"an operation altered":  {swap(report.SetsName, `"op": "-"`, `"op": "+"`), []string{`data-sound="false"`, "由记录集算出的是"}},
		"a definition altered":  {swap(report.SetsName, "anlan indicator 1", "anlan indicator 2"), []string{`data-sound="false"`, "1个定义的内容与其散列不符"}},
		"the web page altered":  {swap(report.HTML, "</data>", "0</data>"), []string{`data-sound="false"`, "“report.html”不是公开时的那个文件"}},
		"the Word file altered": {func(f map[string][]byte) { f[report.DOCX][9] ^= 1 }, []string{`data-sound="false"`, "“report.docx”不是公开时的那个文件"}},
		"a file missing":        {func(f map[string][]byte) { delete(f, report.DOCX) }, []string{`data-sound="false"`, "缺少文件“report.docx”"}},
		"a file too many":       {func(f map[string][]byte) { f["附件.docx"] = nil }, []string{`data-sound="false"`, "“附件.docx”不在公开的文件之列"}},
		"another size":          {swap(report.Checkpoint, "\n2", "\n3"), []string{`data-sound="false"`, "封存点的签名与公钥不符"}},
		"another publication":   {swap(report.Proof, `2023`, `2024`), []string{`data-sound="false"`, "公开记录不在封存点签名的日志里"}},
		"another journal":       {swap(report.Proof, `"old": `, `"old": 1`), []string{`data-sound="false"`, "计算数据时的日志不是封存日志的开头"}},
		"a key that is none":    {func(f map[string][]byte) { f[report.PublicKey] = []byte("key") }, []string{`data-sound="false"`, "缺少或无法解读"}},
	} {
		shown := seenBy(t, chromium, dir, c.alter)
		for _, want := range c.want {
			if !strings.Contains(shown, want) {
				t.Errorf("%s: no %q in %s", name, want, shown)
			}
		}
	}
}
