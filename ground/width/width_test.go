package width_test

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"anlan/ground/width"
)

func TestFullWidthFormsFoldAndCharactersStay(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"１２３．４５":     "123.45",
		"ＡＢＣａｂｃ":     "ABCabc",
		"（２０２３）％":    "(2023)%",
		"岳　阳":        "岳 阳",
		"《通知》、。":     "《通知》、。",
		"～！":         "~!",
		"":           "",
		"plain":      "plain",
		"半角ｶﾅ stays": "半角ｶﾅ stays",
	} {
		if got := width.Narrow(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestTrimTakesBlanksThatNobodySees(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"　平江县　":                   "平江县",
		"\ufeff编号\u200b":          "编号",
		"\u00a0\t a b \r\n\u2060": "a b",
		"岳 阳":                     "岳 阳",
		"":                        "",
		" 　\u200d":                "",
	} {
		if got := width.Trim(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := width.Narrow(s)
		if width.Narrow(once) != once || utf8.RuneCountInString(once) != utf8.RuneCountInString(s) {
			t.Fatalf("%q folds to %q", s, once)
		}
		if trimmed := width.Trim(s); width.Trim(trimmed) != trimmed {
			t.Fatalf("%q trims to %q", s, trimmed)
		}
	})
}

func TestNarrowTextIsNotCopied(t *testing.T) {
	s := "2023-05-06 plain"
	var narrow string
	if n := testing.AllocsPerRun(100, func() { narrow = width.Narrow(s) }); n != 0 || narrow != s {
		t.Errorf("%v allocations, %q", n, narrow)
	}
}
