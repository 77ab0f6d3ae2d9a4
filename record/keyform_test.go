package record

import (
	"testing"

	"pgregory.net/rapid"
)

func TestATextOfAKeyHasOneForm(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"ＹＨ－０１／ａ":        "YH-01/a",
		"YH-01(2)":       "YH-01(2)",
		"YH－01（2）":       "YH-01(2)",
		"岳应急罚(2026)１２号":  "岳应急罚（2026）12号",
		"岳应急罚（2026）12号":  "岳应急罚（2026）12号",
		"岳应急罚〔2026〕12号":  "岳应急罚〔2026〕12号",
		"谁主管，谁负责：办法（试行）": "谁主管，谁负责：办法（试行）",
		"a　b": "a b",
		"":    "",
	} {
		if got := keyForm(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestTheFormOfAKeyIsKept(t *testing.T) {
	t.Parallel()
	letters := []rune("aZ0９ＡｚＺ－-／(（)）〔〕，,：: 　岳号\u200b—·")
	rapid.Check(t, func(t *rapid.T) {
		once := keyForm(rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom(letters))).Draw(t, "text"))
		if twice := keyForm(once); twice != once {
			t.Fatalf("%q became %q", once, twice)
		}
	})
}
