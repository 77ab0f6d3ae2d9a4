package compare

import (
	"cmp"
	"math/big"
	"regexp"
	"strings"

	"anlan/account/check"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// report writes down what was found.
func (c *comparison) report() *Report {
	f := c.read.File
	r := &Report{File: f.File, SHA256: f.SHA256, Title: f.Title, Year: f.Year, Period: c.Period.String(), UnitCode: c.Unit, Findings: c.findings, Figures: []Figure{}}
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	if c.NotOwn != (lang.Text{}) {
		r.NotOwn = &c.NotOwn
	}
	for _, m := range c.matches {
		if m.own {
			r.Own++
		}
		r.Figures = append(r.Figures, c.figure(m))
	}
	r.count()
	return r
}

func (c *comparison) figure(m *match) Figure {
	f := Figure{ID: m.ID, Line: int(m.Line.Number), Column: m.Line.Column(m.From), Quote: quote(m.Mention), Text: strings.TrimSpace(m.Line.Text[m.From:m.To]),
		Unit: m.Unit().String(), Verdict: m.verdict, Derived: m.derived, Follows: m.origins, Notes: m.notes}
	if m.why != (lang.Text{}) {
		f.Why = &m.why
	}
	if m.of == nil {
		return f
	}
	label := m.of.Label()
	f.Explained = m.explained
	if m.derived != "" {
		f.DerivedSaid = &lang.Text{Zh: c.inWords(m.derived, lang.Chinese), En: c.inWords(m.derived, lang.English)}
	}
	if len(m.origins) == 0 {
		f.Notes = append(f.Notes, m.refuted...)
	}
	f.Indicator, f.Label, f.Period = m.of.Code(), &label, m.period.String()
	f.Command = c.command(m)
	if m.value != nil {
		f.Recorded = shown(m.value, m.Decimals())
		f.Difference = shown(new(big.Rat).Sub(m.Rat(), m.value), m.Decimals())
	}
	return f
}

// codes are those of indicators within a formula.
var codes = regexp.MustCompile(`[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+`)

// inWords is a formula with the names of indicators in the place of their codes.
func (c *comparison) inWords(formula string, l lang.Lang) string {
	return codes.ReplaceAllStringFunc(formula, func(code string) string {
		i, err := c.Set.Indicator(code)
		if err != nil {
			return code
		}
		return i.Label().In(l)
	})
}

// command opens what the records give for a figure.
func (c *comparison) command(m *match) string {
	s := cmp.Or(c.Open, "anlan") + " indicator " + m.of.Code() + " --period " + m.period.String() + " --records"
	if c.Unit != c.Bureau {
		s += " --unit " + string(c.Unit)
	}
	if c.AsOf != "" {
		s += " --as-of " + c.AsOf
	}
	return s
}

// finer is how many digits more than printed a value of the records is shown with.
const finer = 2

// shown writes a value exactly where it ends within the digits printed and two more, else rounded to those.
func shown(x *big.Rat, decimals int) string {
	if n, ends := x.FloatPrec(); ends && n <= decimals+finer {
		return x.FloatString(n)
	}
	f, err := figure.Round(x, decimals+finer, figure.One)
	if err != nil {
		return figure.DecimalText(x)
	}
	return f.Number()
}

// quoteRunes bounds the words quoted on each side of a figure.
const quoteRunes = 24

// quote is the figure with the words around it in its sentence.
func quote(m *check.Mention) string {
	text := m.Line.Text
	from, to := m.From, m.To
	head := []rune(text[m.Opens:from])
	if len(head) > quoteRunes {
		head = append([]rune("…"), head[len(head)-quoteRunes:]...)
	}
	tail := []rune(text[to:max(to, m.Closes)])
	if len(tail) > quoteRunes/2 {
		tail = append(tail[:quoteRunes/2:quoteRunes/2], '…')
	}
	return strings.TrimSpace(string(head) + text[from:to] + string(tail))
}
