package sample_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"anlan/account/check/sample"
)

func read(t *testing.T) *reading.Document {
	t.Helper()
	d, err := reading.Read(sample.Name, strings.NewReader(sample.Text()), int64(len(sample.Text())))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSample_says_that_it_is_one(t *testing.T) {
	t.Parallel()
	d := read(t)
	if first := d.Line(1).Text; !strings.Contains(first, "演示样本") || !strings.Contains(first, "虚构") {
		t.Errorf("the first line is %s", first)
	}
	if d.Title != "示例市应急管理局2023年度部门整体支出绩效自评报告" {
		t.Errorf("title %q", d.Title)
	}
	if strings.Contains(d.Text, "岳阳") || strings.Contains(d.Text, "湖南") {
		t.Error("it names a real place")
	}
}

func TestSample_carries_the_slips(t *testing.T) {
	t.Parallel()
	text := sample.Text()
	for _, slip := range []string{"评价了本局2022年部门整体支出", "2022年末结转结余16.61万元", "工伤预防宣传经费；", "（六）履职效果"} {
		if !strings.Contains(text, slip) {
			t.Errorf("%s is missing", slip)
		}
	}
	if strings.Contains(text, "（五）") {
		t.Error("the skipped section is there")
	}
}

// original is the published report whose figures the sample carries.
func original(t *testing.T) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "..", "shared", "data", "seed.txt")
	b, err := os.ReadFile(path)
	if err == nil {
		return string(b)
	}
	if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "shared") {
		t.Fatalf("%s is required and not there", path)
	}
	t.Skipf("SKIPPED: %s is not there, so the sample was not held against the original", path)
	return ""
}

func TestSample_carries_every_figure_of_the_original(t *testing.T) {
	t.Parallel()
	figure := regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?(?:万元|亿元|人/亿元|%|起|人|处|轮|期|个|家|分|户|间)`)
	count := func(s string) map[string]bool {
		m := map[string]bool{}
		for _, f := range figure.FindAllString(s, -1) {
			m[f] = true
		}
		return m
	}
	have := count(sample.Text())
	for _, f := range slices.Sorted(maps.Keys(count(original(t)))) {
		if !have[f] {
			t.Errorf("%s is missing", f)
		}
	}
}

func TestSample_has_no_sentence_of_the_original(t *testing.T) {
	t.Parallel()
	const longest = 15 // characters in a row: names of indicators and funds are as long
	source, text := original(t), []rune(sample.Text())
	for i := 0; i+longest < len(text); i++ {
		run := string(text[i : i+longest+1])
		if !strings.ContainsAny(run, "\n0123456789") && strings.Contains(source, run) {
			t.Errorf("both say %s", run)
		}
	}
	for _, sentence := range strings.FieldsFunc(sample.Text(), func(r rune) bool { return strings.ContainsRune("。；：\n", r) }) {
		if len([]rune(sentence)) > longest && strings.Contains(source, sentence) {
			t.Errorf("the original says %s too", sentence)
		}
	}
}
