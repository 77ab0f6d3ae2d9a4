package indicator

import (
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// ErrNotCanonical refuses a text that no indicator has as its Canonical, or that does not stand with the others.
var ErrNotCanonical = fault.Define("indicator.not_canonical", fault.Conflict,
	"“%s”不是指标定义的规范文本：%s", "%q is no canonical definition of an indicator: %s")

// Why a text is not canonical.
var (
	wantedHead   = lang.Of("应以“anlan indicator 1”和“indicator 代码 in 单位 printed 位数”开头", "it must begin with anlan indicator 1 and indicator CODE in UNIT printed DECIMALS")
	wantedBehind = lang.Of("引用的每一行应为constant、indicator或measure", "each line that it refers to is a constant, an indicator or a measure")
	toldTwice    = lang.Of("同一代码有两个不同的定义", "one code has two different definitions")
	unlikeItself = lang.Of("由它得出的定义与它不同，或缺少它所引用的指标", "the definition that follows from it is another, or an indicator that it refers to is not there")
)

// canonicalFirst is the first line of every Canonical.
const canonicalFirst = "anlan indicator 1"

// IsCanonical says whether a text claims to be the Canonical of an indicator.
func IsCanonical(text string) bool { return strings.HasPrefix(text, canonicalFirst+"\n") }

// Recall makes indicators of their canonical texts, all of which must be given, those of the indicators that they refer to too. What
// it gives has these texts as Canonical, to the byte, and is evaluated as they are; labels are the codes. Measures are known
// from the lines that name them. Fault: ErrNotCanonical.
func Recall(texts ...string) (*Set, error) {
	r := recaller{texts: map[string]string{}, constants: map[string]string{}, measures: recalled{}}
	for _, text := range texts {
		if err := r.read(text); err != nil {
			return nil, err
		}
	}
	for _, code := range slices.Sorted(maps.Keys(r.constants)) {
		r.source += "constant " + code + " \"" + code + "\" = " + r.constants[code] + "\n"
	}
	const name = "definitions"
	file, err := Parse(name, []byte(r.source))
	if err != nil {
		return nil, refused(err)
	}
	set, err := Define(r.measures, file)
	if err != nil {
		return nil, refused(err)
	}
	for _, i := range set.indicators {
		if string(i.Canonical()) != r.texts[i.code] {
			return nil, ErrNotCanonical.With(i.code, unlikeItself)
		}
	}
	return set, nil
}

// refused is a fault of the language in a text that was put together here, whose places mean nothing to a reader.
func refused(err error) error {
	var l fault.List
	if internal := l.Add(err); internal != nil {
		return internal
	}
	f := *l[0]
	f.Where = fault.Where{}
	return ErrNotCanonical.Because(err, "definitions", &f)
}

// recaller gathers what canonical texts say.
type recaller struct {
	source    string            // the definitions as a file of the language
	texts     map[string]string // by code
	constants map[string]string
	measures  recalled
}

// recalled is the catalogue of the measures that texts name.
type recalled map[string]Measure

func (r recalled) Lookup(code string) (Measure, bool) { m, ok := r[code]; return m, ok }
func (r recalled) Codes() []string                    { return slices.Sorted(maps.Keys(r)) }

func (r *recaller) read(text string) error {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 3 || lines[0] != canonicalFirst {
		return ErrNotCanonical.With(firstWords(text), wantedHead)
	}
	words := strings.Split(lines[1], " ")
	if len(words) < 6 || words[0] != "indicator" || !codeForm.MatchString(words[1]) || !strings.HasPrefix(lines[2], "= ") {
		return ErrNotCanonical.With(firstWords(lines[1]), wantedHead)
	}
	code := words[1]
	if before, known := r.texts[code]; known && before != text {
		return ErrNotCanonical.With(code, toldTwice)
	} else if known {
		return nil
	}
	r.texts[code] = text
	r.source += "indicator " + code + " \"" + code + "\" " + strings.Join(words[2:], " ") + "\n" + lines[2] + "\n"
	for _, line := range lines[3:] {
		if err := r.behind(code, line); err != nil {
			return err
		}
	}
	return nil
}

// behind reads one line of what a definition refers to.
func (r *recaller) behind(code, line string) error {
	words := strings.SplitN(line, " ", 3)
	if len(words) < 3 {
		return ErrNotCanonical.With(code, wantedBehind)
	}
	switch words[0] {
	case "indicator":
		return nil // its own text says what it is, and Canonical whether it is that one
	case "constant":
		if !codeForm.MatchString(words[1]) {
			return ErrNotCanonical.With(code, wantedBehind)
		}
		if before, known := r.constants[words[1]]; known && before != words[2] {
			return ErrNotCanonical.With(words[1], toldTwice)
		}
		r.constants[words[1]] = words[2]
		return nil
	case "measure":
		m, err := recalledMeasure(words[1], words[2])
		if err != nil {
			return ErrNotCanonical.Because(err, code, wantedBehind)
		}
		if before, known := r.measures[m.Code]; known && before != m {
			return ErrNotCanonical.With(m.Code, toldTwice)
		}
		r.measures[m.Code] = m
		return nil
	}
	return ErrNotCanonical.With(code, wantedBehind)
}

// recalledMeasure reads UNIT SHAPE HASH.
func recalledMeasure(code, text string) (m Measure, err error) {
	words := strings.Split(text, " ")
	if len(words) != 3 {
		return m, errors.New("unit, shape and hash expected")
	}
	m = Measure{Code: code, Label: lang.Text{Zh: code, En: code}, Shape: Shape(words[1])}
	if words[0] != canonicalUnit("") {
		var ok bool
		if m.Unit, ok = figure.UnitOf(words[0]); !ok {
			return m, fmt.Errorf("%q is no unit", words[0])
		}
	}
	if m.Shape != Flow && m.Shape != Stock {
		return m, fmt.Errorf("%q is no shape", words[1])
	}
	hash, err := hex.DecodeString(words[2])
	if err != nil || len(hash) != len(m.Definition) {
		return m, fmt.Errorf("%q is no hash", words[2])
	}
	copy(m.Definition[:], hash)
	return m, nil
}

// firstWords are enough of a text to tell it by.
func firstWords(text string) string {
	r := []rune(strings.SplitN(text, "\n", 2)[0])
	return string(r[:min(len(r), 60)])
}

// Behind lists the indicators that the definition names by their hash, and those behind them, each once, in the order of the text.
func (i *Indicator) Behind() []*Indicator {
	var out []*Indicator
	var walk func(n *node)
	walk = func(n *node) {
		if to, ok := n.ref.(*Indicator); ok && !slices.Contains(out, to) {
			out = append(out, to)
			to.expression.each(walk)
		}
	}
	i.expression.each(walk)
	return out
}

// Named lists the measures that the definition is made of, through other indicators too, each once, in the order of the text.
func (i *Indicator) Named() []Measure {
	var out []Measure
	for _, l := range i.program.leaves {
		if !slices.ContainsFunc(out, func(m Measure) bool { return m.Code == l.measure.Code }) {
			out = append(out, l.measure)
		}
	}
	return out
}

// Plan is the arithmetic of a question without any answer: what it asks for, and the steps that it takes; nil steps where a part
// of it lies outside the calendar.
func (q Question) Plan() ([]Ask, []Step) {
	r := Result{question: q, batch: plan([]Question{q})}
	return r.Asks(), r.Steps()
}

// Outline is what the text of a definition says by itself: as Says, without the numbers of constants, and its label. ok is false where the file has no indicator with the code.
func (f *File) Outline(code string) (says string, label lang.Text, ok bool) {
	for _, i := range f.indicators {
		if i.code != code {
			continue
		}
		own := *i
		if own.declared != canonicalUnit("") {
			own.unit, ok = figure.UnitOf(own.declared)
			if !ok {
				return "", i.label, false
			}
		}
		return own.Says(), i.label, true
	}
	return "", lang.Text{}, false
}

// Says is the definition without what it refers to: in 人/亿元 printed 3 = accident.deaths / statistic.gdp. Only constants are said with
// their numbers: one may bear the code of a measure, and the expression alone would not tell.
func (i *Indicator) Says() string {
	var constants []string
	i.expression.each(func(n *node) {
		if c, ok := n.ref.(*constant); ok {
			constants = append(constants, c.says())
		}
	})
	slices.Sort(constants)
	return i.own() + strings.Join(slices.Compact(constants), "")
}

// own is the definition without anything that it refers to.
func (i *Indicator) own() string {
	s := "in " + canonicalUnit(i.unit.String()) + " printed " + strconv.Itoa(i.decimals)
	if i.grouped {
		s += " grouped"
	}
	return s + "\n= " + codeSpelling.write(i.expression, 0)
}

// says is the constant as Says has it.
func (c *constant) says() string {
	return "\nconstant " + c.code + " " + codeSpelling.write(c.value, 0)
}
