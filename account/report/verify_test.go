package report

import (
	"testing"

	"anlan/account/report/document"
)

func TestACellPrintsAFigureByItself(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]bool{
		"4人": true, "4人［注1］": true, "其中4人": true, "减少4人": true, "14人、4人": true,
		"14人": false, "0.4人": false, "1,4人": false, "−4人": false, "-4人": false, "约4人": false, "4人余": false, "十4人": false, "": false,
	} {
		if got := cellPrints(cell, "4人"); got != want {
			t.Errorf("%q: got %v, want %v", cell, got, want)
		}
	}
	for cell, want := range map[string]bool{"84.5": true, "84.50": false, "84.5%": false, "84.5万": false, "184.5": false} {
		if got := cellPrints(cell, "84.5"); got != want {
			t.Errorf("%q: got %v, want %v", cell, got, want)
		}
	}
}

// A template has its own verb before a figure; the figure is held to its direction and not to its word.
func TestAFigureFitsItsParagraph(t *testing.T) {
	t.Parallel()
	x := document.Placed{Figure: document.Figure{Text: "3人", Lead: "下降"}}
	for paragraph, want := range map[string]bool{
		"死亡人数比上年下降3人。": true, "死亡人数比上年减少3人。": true, "死亡人数3人。": true, "在岗3人，比上年增加3人。": true,
		"死亡人数比上年增加3人。": false, "死亡人数比上年上升了3人。": false, "死亡4人。": false,
	} {
		if got := fits(paragraph, x); got != want {
			t.Errorf("%s: got %v, want %v", paragraph, got, want)
		}
	}
}
