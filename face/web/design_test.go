package web_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const designPage = "../../docs/design.md"

// tokens are the colours of a theme by name, in the order of the file.
type tokens struct {
	names []string
	value map[string]string
}

var colour = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`)

func tokensOf(css string) (t tokens) {
	t.value = map[string]string{}
	for _, m := range colour.FindAllStringSubmatch(css, -1) {
		t.names = append(t.names, m[1])
		t.value[m[1]] = m[2]
	}
	return t
}

// luminance of a colour in sRGB (WCAG 2.2).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(shift uint) float64 {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// meaning says what a colour is for.
var meaning = map[string]string{
	"ink": "text", "ink-2": "text of second rank", "ink-3": "hints", "line": "between rows", "line-2": "frames of buttons and states", "edge": "frames of fields",
	"surface": "paper", "ground": "what lies under the paper", "raised": "a row under the mouse, a field that cannot be changed",
	"accent": "the main action, where one is", "accent-ink": "links", "accent-soft": "what is chosen", "on-accent": "text on the main action",
	"holds": "✓ holds", "contra": "✗ does not hold; a fault", "late": "a day that has passed", "note": "a note", "note-soft": "the ground of a note",
	"warning-red": "a warning of level 1 (红色)", "warning-orange": "of level 2 (橙色)", "warning-yellow": "of level 3 (黄色)", "warning-blue": "of level 4 (蓝色)",
	"on-warning": "text on these", "on-yellow": "text on yellow",
}

// TestTheColoursAreThoseOfTheDesign holds docs/design.md to style.css, each colour to its meaning, every text to a contrast of 4.5 in
// both themes, and the frame of a field to 3.
func TestTheColoursAreThoseOfTheDesign(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	dark, _, closed := strings.Cut(dark, "@layer base")
	if !ok || !closed {
		t.Fatal("style.css has no dark theme before its base")
	}
	themes := []tokens{tokensOf(light), tokensOf(dark)}
	if !slices.Equal(themes[0].names, themes[1].names) {
		t.Errorf("the themes differ in their colours: %v, %v", themes[0].names, themes[1].names)
	}
	for _, pair := range [][2]string{{"ink", "surface"}, {"ink", "ground"}, {"ink-2", "surface"}, {"ink-2", "ground"}, {"ink-3", "surface"}, {"ink-3", "ground"}, {"ink-3", "raised"},
		{"accent-ink", "surface"}, {"accent-ink", "ground"}, {"accent-ink", "accent-soft"}, {"ink", "accent-soft"}, {"on-accent", "accent"}, {"holds", "surface"}, {"contra", "surface"},
		{"late", "surface"}, {"late", "raised"}, {"note", "note-soft"}, {"ink", "note-soft"},
		{"on-warning", "warning-red"}, {"on-warning", "warning-orange"}, {"on-warning", "warning-blue"}, {"on-yellow", "warning-yellow"}} {
		for n, theme := range themes {
			if c := contrast(t, theme.value[pair[0]], theme.value[pair[1]]); c < 4.5 {
				t.Errorf("theme %d: --%s on --%s has a contrast of %.2f", n, pair[0], pair[1], c)
			}
		}
	}
	for n, theme := range themes {
		for _, under := range []string{"surface", "ground"} {
			if c := contrast(t, theme.value["edge"], theme.value[under]); c < 3 {
				t.Errorf("theme %d: the frame of a field on --%s has a contrast of %.2f (WCAG 1.4.11: 3)", n, under, c)
			}
		}
	}
	var table strings.Builder
	table.WriteString("| token | for | light | surface | ground | dark | surface | ground |\n|---|---|---|--:|--:|---|--:|--:|\n")
	for _, name := range themes[0].names {
		if meaning[name] == "" {
			t.Errorf("nobody says what --%s is for", name)
		}
		fmt.Fprintf(&table, "| `--%s` | %s", name, meaning[name])
		for _, theme := range themes {
			v := theme.value[name]
			fmt.Fprintf(&table, " | `%s` | %.1f | %.1f", v, contrast(t, v, theme.value["surface"]), contrast(t, v, theme.value["ground"]))
		}
		table.WriteString(" |\n")
	}
	page, err := os.ReadFile(designPage)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), "<!-- tokens -->\n")
	_, after, whole := strings.Cut(rest, "<!-- /tokens -->")
	if !ok || !whole {
		t.Fatal("docs/design.md has no place for the colours")
	}
	want := before + "<!-- tokens -->\n" + table.String() + "<!-- /tokens -->" + after
	if want == string(page) {
		return
	}
	if !*update {
		t.Fatal("docs/design.md has other colours than style.css; run go test ./face/web -update")
	}
	if err := os.WriteFile(designPage, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}
