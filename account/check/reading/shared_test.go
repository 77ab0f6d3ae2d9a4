package reading_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/check/reading"
)

// shared opens a document of the folder of published reports beside the repository.
func shared(t *testing.T, name string) *reading.Document {
	t.Helper()
	path := filepath.Join("..", "..", "..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "shared") {
			t.Fatalf("%s is required and not there", path)
		}
		t.Skipf("SKIPPED: %s is not there; the published reports are read only beside a working copy that has them", path)
	}
	d, err := reading.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	sound(t, d)
	return d
}

func TestShared_the_published_report(t *testing.T) {
	t.Parallel()
	d := shared(t, "seed.txt")
	if d.Title != "2023年度岳阳市应急管理局整体支出绩效自评报告" {
		t.Errorf("title %q", d.Title)
	}
	if n, c := d.Position(strings.Index(d.Text, "99.49%")); n != 89 || c != 113 {
		t.Errorf("99.49%% stands at %d:%d, want 89:113", n, c)
	}
	for n, want := range map[int]reading.Kind{1: reading.Title, 3: reading.Title, 5: reading.Heading, 55: reading.Paragraph, 62: reading.Item,
		76: reading.Heading, 115: reading.Heading, 133: reading.Heading, 146: reading.Heading, 151: reading.Item, 157: reading.Item} {
		if got := d.Line(n).Kind; got != want {
			t.Errorf("line %d is a %v, want a %v: %s", n, got, want, d.Line(n).Text)
		}
	}
}

func TestShared_titles_of_published_reports(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"07-linxiang-project-selfeval-2023.txt": "2023年马鹿坑国有林场新建野生动物收容所建设项目支出绩效自评表",
		"14-yunnan-disaster-fund-2024.txt":      "",
		"31-nanxian-cppcc-selfeval-2021.txt":    "部门整体支出及项目支出绩效评价报告",
		"41-jiading-sangong-2017.txt":           "2017年度一般公共预算财政拨款“三公”经费及机关运行经费支出决算表",
		"93-putuo-commerce-2025-budget.txt":     "上海市普陀区2025年区级单位预算",
	} {
		if got := shared(t, filepath.Join("reports", name)).Title; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
