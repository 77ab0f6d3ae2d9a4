package check

import (
	"strings"
	"testing"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

func TestCharactersThatSteerATerminalAreWrittenAsSigns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"words", "共10人，其中甲10人。", "共10人，其中甲10人。"},
		{"an escape sequence", "\x1b[31m支出\x07", "␛[31m支出␇"},
		{"delete and a C1 control", "a\x7f\u009b31m", `a␡\u009b31m`},
		{"overridden direction", "收入\u202e100\u2069", `收入\u202e100\u2069`},
		{"nothing to see", "支\u200b出\ufeff\u2028\U000e0041", `支\u200b出\ufeff\u2028\U000e0041`},
		{"a tab", "支出\t100", "支出 100"},
	} {
		if got := Visible(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNoControlOfTheDocumentReachesTheText(t *testing.T) {
	t.Parallel()
	f := checked(t, "全年\x1b[31m支出\u202e100.5万元，其中人员经费60.2万元、其他\u200b50.3万元。\n\x1b]0;名\x07满意度为97%。")
	f.every = true
	f.File, f.Title = "a\x1b[2J.txt", "题\u202e目"
	for _, l := range []lang.Lang{lang.Chinese, lang.English} {
		var b strings.Builder
		if err := (Report{Files: []File{f}}).WriteText(&b, l); err != nil {
			t.Fatal(err)
		}
		for _, c := range b.String() {
			if c != '\n' && hidden(c) {
				t.Fatalf("%U in %q", c, b.String())
			}
		}
		if !strings.Contains(b.String(), `支出\u202e100.5万元，`) {
			t.Errorf("the quotation is not shown in\n%s", b.String())
		}
	}
}

func TestTheUnderlineCountsSigns(t *testing.T) {
	t.Parallel()
	r := Relation{Line: 1, Quote: "\u202e共\x1b10人", Figures: []string{"f1"}}
	got := underline(&r, map[string]*Figure{"f1": {Text: "10人", Line: 1}})
	if want := strings.Repeat(" ", len(`\u202e`)+2+1) + "~~~~"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEveryClassHasAName(t *testing.T) {
	t.Parallel()
	for c := figure.ClassFigure; c <= figure.ClassMalformed; c++ {
		if !classes[c.String()].Whole() {
			t.Errorf("class %s has no name in both languages", c)
		}
	}
}
