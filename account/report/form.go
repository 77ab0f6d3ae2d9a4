package report

import (
	"math/big"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/figure"
	"anlan/record/field"
)

// form is how a figure is printed in prose.
type form struct {
	word string
	step *big.Rat // of the wide forms: the unit to which the number is taken, or the bound
	text string   // step as written
}

// forms by name. A wide form states less than the figure says, and is refused where even that is untrue.
var forms = map[string]form{
	"plain":  {},               // 87起
	"exact":  {word: "exact"},  // 87起, refused where printing rounds
	"change": {word: "change"}, // 下降15.5%, 增长3%, 持平: the word goes by the sign, the number is its size
	"fewer":  {word: "fewer"},  // 减少16起, 增加2起, 持平: the figure is what is less than before
	"余":      {word: "余"},      // 16000余处: above a multiple of the step, and below the next
	"多":      {word: "多"},      // 16000多处
	"近":      {word: "近"},      // 近17000处: below a multiple of the step, and above the one before
	"约":      {word: "约"},      // 约16000处: the nearest multiple of the step
	"以上":     {word: "以上"},     // 16000处以上: the bound or more
	"以内":     {word: "以内"},     // 100人以内: the bound or less
	"以下":     {word: "以下"},     // 100人以下
}

const formNames = "plain exact change fewer 余 多 近 约 以上 以内 以下"

// wide says whether the form takes a step or bound.
func (f form) wide() bool {
	switch f.word {
	case "", "exact", "change", "fewer":
		return false
	}
	return true
}

// setStep takes the step as written: 1000, 0.1.
func (f *form) setStep(s string) bool {
	r, ok := new(big.Rat).SetString(s)
	if strings.ContainsAny(s, "/eE_+") || !ok || r.Sign() <= 0 {
		return false
	}
	f.step, f.text = r, s
	return true
}

// words of a form for a figure above, below, and at zero.
var words = map[string][3]string{
	"change": {"增长", "下降", "持平"},
	"fewer":  {"减少", "增加", "持平"},
}

// number is a figure about to be printed: its exact value, and how it is rounded.
type number struct {
	value    *big.Rat // exactly, in unit
	unit     figure.Unit
	decimals int
	text     string // as printed plainly
	decimal  string // the printed number in ASCII
}

// numberOf is a computed result in the unit and with the decimals that the template asks for.
func (r *reference) numberOf(id string, x indicator.Result) (number, error) {
	i := x.Question().Indicator
	n := number{value: x.Value().Rat(), unit: i.Unit(), decimals: i.Decimals(), text: x.Text().Zh, decimal: x.Decimal()}
	if r.unit == "" && r.printed < 0 {
		return n, nil
	}
	if r.unit != "" {
		to, _ := figure.UnitOf(r.unit)
		v, err := n.unit.Convert(n.value, to)
		if err != nil {
			return n, ErrOtherUnit.Because(err, id, n.unit.String(), r.unit)
		}
		n.value, n.unit = v, to
	}
	if r.printed >= 0 {
		n.decimals = r.printed
	}
	f, err := figure.Round(n.value, n.decimals, n.unit)
	if err != nil {
		return n, err
	}
	n.decimal = f.Number()
	n.text = strings.Replace(n.decimal, "-", "−", 1) + n.unit.String()
	return n, nil
}

// print gives the inlines of a figure: the words of its form and the figure itself. Fault: ErrUntrueForm.
func (f form) print(n number, fig document.Figure) (document.Inlines, error) {
	switch {
	case f.word == "":
		return document.Inlines{fig}, nil
	case f.word == "exact":
		printed, ok := new(big.Rat).SetString(n.decimal)
		if !ok || printed.Cmp(n.value) != 0 {
			return nil, ErrUntrueForm.With(fig.Name, n.text, figure.DecimalText(n.value), n.text)
		}
		return document.Inlines{fig}, nil
	case f.wide():
		text, err := f.state(n, fig.Name)
		fig.Text = text
		return document.Inlines{fig}, err
	}
	w := words[f.word]
	switch sign := signOf(n.decimal); {
	case sign > 0:
		fig.Lead = w[0]
	case sign < 0:
		fig.Lead, fig.Text = w[1], strings.TrimPrefix(fig.Text, "−")
	default:
		fig.Lead = w[2] + "（"
		return document.Inlines{document.Text(fig.Lead), fig, document.Text("）")}, nil
	}
	return document.Inlines{document.Text(fig.Lead), fig}, nil
}

// signOf is the sign of what is printed: −0.04% at one decimal is neither a fall nor a rise.
func signOf(decimal string) int {
	d, ok := new(big.Rat).SetString(decimal)
	if !ok {
		return 0
	}
	return d.Sign()
}

// state writes a figure in a wide form, reads it as anybody would, and refuses it where the value is not among those that
// the words allow.
func (f form) state(n number, name string) (string, error) {
	x := new(big.Rat).Set(f.step)
	if steps := new(big.Rat).Quo(n.value, f.step); f.word != "以上" && f.word != "以内" && f.word != "以下" {
		x.Mul(x, new(big.Rat).SetInt(f.steps(steps)))
	}
	_, fraction, _ := strings.Cut(f.text, ".")
	digits := x.FloatString(len(fraction))
	var text string
	switch f.word {
	case "近", "约":
		text = f.word + digits + n.unit.String()
	case "余", "多":
		text = digits + f.word + n.unit.String()
	default:
		text = digits + n.unit.String() + f.word
	}
	stated, err := figure.Parse(text)
	if err != nil {
		return "", err
	}
	if i := stated.Interval(); !i.Contains(n.value) {
		return "", ErrUntrueForm.With(name, text, figure.DecimalText(n.value)+n.unit.String(), i.String())
	}
	return text, nil
}

// steps is the multiple of the step that the form states: the one below, above, or nearest.
func (f form) steps(q *big.Rat) *big.Int {
	floor := new(big.Int).Div(q.Num(), q.Denom()) // Euclidean: the denominator is positive
	switch {
	case q.IsInt() || f.word == "余" || f.word == "多":
		return floor
	case f.word == "近":
		return floor.Add(floor, big.NewInt(1))
	}
	half := new(big.Rat).Add(new(big.Rat).SetInt(floor), big.NewRat(1, 2))
	if q.Cmp(half) >= 0 {
		floor.Add(floor, big.NewInt(1))
	}
	return floor
}

func nearest(s string, known []string) string { return field.Nearest(s, known) }
