package report

import (
	"math/big"

	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/record/field"
)

// form is how a figure is printed in prose.
type form int

const (
	plain  form = iota // 87起
	change             // 下降15.5%, 增长3%, 持平: the word goes by the sign, the number is its size
	fewer              // 减少16起, 增加2起, 持平: the figure is what is less than before
)

var forms = map[string]form{"plain": plain, "change": change, "fewer": fewer}

const formNames = "plain change fewer"

// words of a form for a figure above, below, and at zero.
var words = map[form][3]string{
	change: {"增长", "下降", "持平"},
	fewer:  {"减少", "增加", "持平"},
}

// print gives the inlines of a figure: a word that goes by the sign, then the figure itself. A figure that is not there
// says so in its own words.
func (f form) print(r indicator.Result, fig document.Figure) document.Inlines {
	if f == plain || r.Value().State() != indicator.Computed {
		return document.Inlines{fig}
	}
	w := words[f]
	switch sign := roundedSign(r); {
	case sign > 0:
		return document.Inlines{document.Text(w[0]), fig}
	case sign < 0:
		fig.Text = unsigned(fig.Text)
		return document.Inlines{document.Text(w[1]), fig}
	}
	return document.Inlines{document.Text(w[2] + "（"), fig, document.Text("）")}
}

// roundedSign is the sign of what is printed: −0.04% at one decimal is neither a fall nor a rise.
func roundedSign(r indicator.Result) int {
	d, ok := new(big.Rat).SetString(r.Decimal())
	if !ok {
		return 0
	}
	return d.Sign()
}

// unsigned drops the minus of a printed number.
func unsigned(text string) string {
	for _, minus := range []string{"−", "-"} {
		if len(text) > len(minus) && text[:len(minus)] == minus {
			return text[len(minus):]
		}
	}
	return text
}

func nearest(s string, known []string) string { return field.Nearest(s, known) }
