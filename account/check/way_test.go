package check

import "testing"

func TestTheVerbOfChangeBeforeAFigureSaysWhichWay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, word string
		up         bool
	}{
		{"死亡人数比上年下降", "下降", false},
		{"同比增长了约 ", "增长", true},
		{"经费压减", "压减", false},
		{"人数净增加", "净增加", true},
		{"死亡人数，比上年少", "少", false},
		{"较上年多", "多", true},
		{"降幅为", "降幅", false},
		// What opens a level, a bound, or says nothing of a change.
		{"下降到", "", false},
		{"死亡人数下降为", "", false},
		{"共有", "", false},
		{"比上年至少", "", false},
		{"至多", "", false},
		{"人数多", "", false},
		{"比上年，最多", "", false},
		{"", "", false},
	} {
		if word, up := Way(c.text); word != c.word || up != c.up {
			t.Errorf("%q: got %q up %v, want %q up %v", c.text, word, up, c.word, c.up)
		}
	}
}
