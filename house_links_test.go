package house_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestADocumentPointsAtWhatIsThere follows the links of every page to files, and to functions where the text of a link is
// one: [`book.Apply`](../record/book/write.go) must find a declaration of Apply in that file.
func TestADocumentPointsAtWhatIsThere(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile("\\[`(?:[a-z]+\\.)?(?:\\(?\\*?[A-Za-z]+\\)?\\.)?([A-Za-z]+)(?:\\(.*?\\))?`\\]\\(([^)\\s]+\\.go)\\)")
	if err := walk(func(p string) error {
		if path.Ext(p) != ".md" {
			return nil
		}
		text, err := os.ReadFile(filepath.FromSlash(p))
		if err != nil {
			return err
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			if _, err := os.Stat(filepath.FromSlash(path.Join(path.Dir(p), target))); err != nil {
				t.Errorf("%s points at %s, which is not there", p, m[1])
			}
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			source, err := os.ReadFile(filepath.FromSlash(path.Join(path.Dir(p), m[2])))
			if err != nil {
				continue // told above
			}
			declared := regexp.MustCompile(`(?m)^\s*(func (\([^)]*\) )?|type |var |const )?` + m[1] + `\b(\[|\(| )`)
			if !declared.Match(source) {
				t.Errorf("%s names %s, which %s does not declare", p, m[1], m[2])
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestEachDecisionStandsInTheList(t *testing.T) {
	t.Parallel()
	list, err := os.ReadFile("docs/decisions/README.md")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("docs/decisions/[0-9]*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	numbers := map[string]string{}
	for _, p := range pages {
		name := filepath.Base(p)
		if strings.Count(string(list), "]("+name+")") != 1 {
			t.Errorf("docs/decisions/README.md does not list %s once", name)
		}
		if other := numbers[name[:4]]; other != "" {
			t.Errorf("%s and %s have one number", other, name)
		}
		numbers[name[:4]] = name
	}
}
