package indicator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Indicator is a defined indicator (指标): arithmetic over measures and constants whose units have been checked. It does not
// change.
type Indicator struct {
	code       string
	label      lang.Text
	source     string
	also       []string
	declared   string // its unit as written
	declaredAt mark
	decimals   int
	grouped    bool
	expression *node
	file       string
	at         mark

	unit    figure.Unit
	scale   exact // of unit
	program program
	hash    [32]byte
}

// Code is the code by which other indicators, schemes and reports refer to it; empty for a bare expression.
func (i *Indicator) Code() string { return i.code }

// Label is its name.
func (i *Indicator) Label() lang.Text { return i.label }

// Unit is the unit of measure in which it is given.
func (i *Indicator) Unit() figure.Unit { return i.unit }

// Decimals is how many decimals are printed.
func (i *Indicator) Decimals() int { return i.decimals }

// Source is the form, table or rule on which it rests (口径), as written; may be empty.
func (i *Indicator) Source() string { return i.source }

// FigureMark stands in a wording where a report has the figure; without it the figure stands behind the last word.
const FigureMark = "#"

// Also lists further wordings under which reports print its figure, in the order of the text: words in their order with
// blanks between them, FigureMark among them or not. They help to find it in a report that somebody else wrote, and decide
// nothing.
func (i *Indicator) Also() []string { return slices.Clone(i.also) }

// Where is the place of its definition.
func (i *Indicator) Where() fault.Where { return i.at.in(i.file) }

// Measures lists the codes of the measures behind it, through other indicators too, each once, in the order of the text.
func (i *Indicator) Measures() []string {
	var codes []string
	for _, l := range i.program.leaves {
		if !slices.Contains(codes, l.measure.Code) {
			codes = append(codes, l.measure.Code)
		}
	}
	return codes
}

// Names lists the codes of the indicators and constants behind it, through other indicators too, each once, in the order of the
// text.
func (i *Indicator) Names() []string {
	var codes []string
	var walk func(n *node)
	walk = func(n *node) {
		switch to := n.ref.(type) {
		case *constant:
			if !slices.Contains(codes, to.code) {
				codes = append(codes, to.code)
			}
		case *Indicator:
			if !slices.Contains(codes, to.code) {
				codes = append(codes, to.code)
				to.expression.each(walk)
			}
		}
	}
	i.expression.each(walk)
	return codes
}

// Set is the definitions of some files, checked together. It does not change.
type Set struct {
	catalogue  Catalogue
	indicators []*Indicator
	byCode     map[string]*Indicator
	constants  map[string]*constant
}

// Define joins files into a set: every name is known, every unit fits, nothing refers to itself. All faults are answered at
// once, in the order of the text.
func Define(catalogue Catalogue, files ...*File) (*Set, error) {
	s := &Set{catalogue: catalogue, byCode: map[string]*Indicator{}, constants: map[string]*constant{}}
	d := &definer{Set: s, declared: map[string]fault.Where{}, broken: map[any]bool{}}
	for _, f := range files {
		for _, c := range f.constants {
			if d.claim(c.code, c.at.in(c.file)) {
				own := *c
				own.value = c.value.clone()
				s.constants[c.code] = &own
			}
		}
		for _, i := range f.indicators {
			if d.claim(i.code, i.at.in(i.file)) {
				own := *i
				own.expression = i.expression.clone()
				s.byCode[i.code] = &own
				s.indicators = append(s.indicators, &own)
			}
		}
	}
	if err := d.define(); err != nil {
		return nil, err
	}
	return s, nil
}

// Indicator is the indicator with this code.
func (s *Set) Indicator(code string) (*Indicator, error) {
	if i := s.byCode[code]; i != nil {
		return i, nil
	}
	called, like := s.called(code)
	return nil, ErrNotDefined.With(code, cmp.Or(called, nearest(code, sortedKeys(s.byCode)), like))
}

// calledMax bounds the indicators that are named for a name.
const calledMax = 5

// called are two ends of a sentence for a name that stands in place of a code: the indicators that have it as label or wording, and
// those whose names hold it; empty where there are none.
func (s *Set) called(name string) (called, like lang.Text) {
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	if utf8.RuneCountInString(name) < 2 {
		return called, like
	}
	var same, near []*Indicator
	for _, i := range s.indicators {
		names := append([]string{i.label.Zh, i.label.En}, i.also...)
		switch {
		case slices.ContainsFunc(names, func(n string) bool { return strings.ToLower(n) == name }):
			same = append(same, i)
		case slices.ContainsFunc(names, func(n string) bool { return strings.Contains(strings.ToLower(n), name) }):
			near = append(near, i)
		}
	}
	return listed(same, lang.Of("，这是指标的名称，代码是", "; it is the name of an indicator, whose code is ")),
		listed(near, lang.Of("，名称中有它的指标：", "; indicators with it in their names: "))
}

// listed ends a sentence with the codes and names of indicators, the first few.
func listed(list []*Indicator, words lang.Text) lang.Text {
	if len(list) == 0 {
		return lang.Text{}
	}
	var zh, en []string
	for n, i := range list {
		if n == calledMax {
			zh, en = append(zh, fmt.Sprintf("等%d项", len(list))), append(en, fmt.Sprintf("%d in all", len(list)))
			break
		}
		zh, en = append(zh, i.code+"（"+i.label.Zh+"）"), append(en, i.code+" ("+i.label.En+")")
	}
	return lang.Text{Zh: words.Zh + strings.Join(zh, "、"), En: words.En + strings.Join(en, ", ")}
}

// Indicators lists them in the order of the files.
func (s *Set) Indicators() []*Indicator { return slices.Clone(s.indicators) }

// Expression defines a bare expression over the set, as a rule or a question at the prompt needs one: it has no code, its
// unit is the one that its arithmetic gives, and it prints the decimals asked for, 0 to 9. name stands in the faults.
func (s *Set) Expression(name, expression string, decimals int) (*Indicator, error) {
	tokens, faults := scan(name, expression)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	p := &parser{file: name, tokens: tokens}
	i := &Indicator{file: name, at: mark{1, 1}, decimals: min(max(decimals, 0), decimalsMax)}
	if i.expression = p.bounded(); i.expression != nil && p.ahead().kind != endToken {
		p.expected(lang.Of("运算符", "an operator"))
	}
	if err := p.faults.Err(); err != nil {
		return nil, err
	}
	if err := (&definer{Set: s}).defineBare(i); err != nil {
		return nil, err
	}
	return i, nil
}
