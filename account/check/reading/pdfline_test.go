package reading

import (
	"testing"

	"anlan/account/check/reading/printed"
)

// typed are glyphs of 10 points in a row.
func typed(text string) (row []printed.Glyph) {
	x := 0
	for _, r := range text {
		w := 500
		if isWide(r) {
			w = 1_000
		}
		row = append(row, printed.Glyph{Box: printed.Box{Left: x, Top: 0, Right: x + w, Bottom: 1_000}, Base: 800, Rune: r})
		x += w
	}
	return row
}

func TestANumberWithAnUnknownCharacterIsNone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"支出1\ufffd3.5万元、20元": "支出\ufffd\ufffd\ufffd\ufffd\ufffd万元、20元",
		"\ufffd2":            "\ufffd\ufffd",
		"支\ufffd出100元":       "支\ufffd出100元",
	} {
		if got := lineOf(typed(text)).text; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
