package indicator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/lang"
)

// blocks are the fenced blocks of the page about the language, by their kind.
func blocks(t *testing.T) (page string, byKind map[string][]string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "docs", "indicator-language.md"))
	if err != nil {
		t.Fatal(err)
	}
	byKind = map[string][]string{}
	for _, fenced := range strings.Split(string(content), "\n```")[1:] {
		if kind, text, ok := strings.Cut(fenced, "\n"); ok && kind != "" {
			byKind[kind] = append(byKind[kind], text)
		}
	}
	return string(content), byKind
}

func Test_the_page_about_the_language_is_true(t *testing.T) {
	t.Parallel()
	page, byKind := blocks(t)
	set := mustDefine(t, strings.Join(byKind["indicators"], "\n"))
	if got := len(set.Indicators()); got != 7 {
		t.Errorf("%d indicators on the page", got)
	}
	lines := strings.Split(strings.Join(byKind["values"], "\n"), "\n")
	for _, line := range lines {
		text, want, ok := strings.Cut(line, "   ")
		if !ok {
			t.Errorf("no value in %q", line)
			continue
		}
		i, err := set.Expression("page", text, 0)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := ask(t, published(), i, "2023").Value().Text().Zh; got != strings.TrimSpace(want) {
			t.Errorf("%s = %s, want %s", text, got, strings.TrimSpace(want))
		}
	}
	for _, text := range byKind["fault"] {
		file, err := indicator.Parse("docs.indicators", []byte(text))
		if err == nil {
			_, err = indicator.Define(bureau, file)
		}
		shown := indicator.Show(err, lang.English, map[string][]byte{"docs.indicators": []byte(text)})
		if indented := "    " + strings.ReplaceAll(strings.TrimSpace(shown), "\n", "\n    "); err == nil || !strings.Contains(page, indented) {
			t.Errorf("the page does not show\n%s", indented)
		}
	}
}
