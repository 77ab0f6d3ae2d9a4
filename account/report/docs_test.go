package report_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"anlan/account/report"
)

func TestTheTemplatesOfTheLanguagePageAreAccepted(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/report-language.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "```report\n")[1:]
	if len(blocks) < 3 {
		t.Fatalf("found %d templates, want at least 3", len(blocks))
	}
	for i, b := range blocks {
		text, _, _ := strings.Cut(b, "```")
		files := fstest.MapFS{"a.report": {Data: []byte(text)}, "measures.prose": {Data: []byte("# 改进措施\n- 加强学习。\n")}}
		if _, err := report.Read(files, "a.report"); err != nil {
			t.Errorf("template %d of the page: %v", i+1, err)
		}
	}
}
