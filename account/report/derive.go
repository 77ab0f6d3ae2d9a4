package report

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/census"
)

// What a folder says otherwise than its definitions do.
var (
	ErrTwice = fault.Define("verify.twice", fault.Broken,
		"“%s”中%s“%s”出现了两次", "in %q the %s %q stands twice")
	ErrNoDefinition = fault.Define("verify.no_definition", fault.Broken,
		"“%s”所用的定义%s没有列在sets.json里", "the definition of %q, %s, is not in sets.json")
	ErrNotRecalled = fault.Define("verify.not_recalled", fault.Broken,
		"sets.json里的定义不成立：%s", "the definitions in sets.json do not hold: %s")
	ErrNotAsDefined = fault.Define("verify.not_as_defined", fault.Broken,
		"“%s”的%s与定义不符：按定义应为“%s”，文件写的是“%s”", "of %q the %s is not that of the definition: it should be %q, and is %q")
	ErrNotDerived = fault.Define("verify.not_derived", fault.Broken,
		"“%s”（%s）的算式不是由定义得出的：第%d步按定义应为“%s”，文件写的是“%s”", "the arithmetic of %q (%s) does not follow from its definition: step %d should be %q, and is %q")
	ErrOtherFigure = fault.Define("verify.other_figure", fault.Broken,
		"数据“%s”（%s）的%s在figures.json写作“%s”，算式是“%s”的", "of the figure %q (%s) figures.json gives the %s as %q; what is computed is that of %q")
	ErrUncomputed = fault.Define("verify.uncomputed", fault.Broken,
		"数据“%s”（%s）出自指标%s，sets.json却没有它的算式", "the figure %q (%s) is of the indicator %s, and sets.json does not say how it is computed")
	ErrOtherForm = fault.Define("verify.other_form", fault.Broken,
		"数据“%s”（%s）印为“%s”，按它的数值“%s”和计量单位“%s”不能这样印", "the figure %q (%s) is printed as %q, which its value %q in %q does not allow")
)

// What can be other than the definition says.
var (
	whatCode     = lang.Of("指标代码", "code of the indicator")
	whatPeriod   = lang.Of("期间", "period")
	whatUnit     = lang.Of("计量单位", "unit of measure")
	whatUnitCode = lang.Of("报告单位", "unit")
	whatName     = lang.Of("名称", "name")
	whatCommand  = lang.Of("重算命令", "command that computes it again")
	whatMeasure  = lang.Of("统计项", "measure")
	whatKind     = lang.Of("记录种类", "kind of record")
	whatShape    = lang.Of("性质", "shape")
)

// UsedDefinition is a definition that figures of a folder go by.
type UsedDefinition struct {
	Code   string `json:"code"` // of the indicator or measure
	SHA256 string `json:"sha256"`
	Label  string `json:"label,omitempty"` // under which the folder speaks of it, which is no part of the definition
	Kind   string `json:"kind,omitempty"`  // of the records that a measure counts
	// Measure says that it is a measure or the item of a form, and no indicator.
	Measure bool   `json:"measure,omitempty"`
	Says    string `json:"says"` // of an indicator how it is printed and computed, of a measure the whole
}

// Renamed is a figure that is printed under another name than that of its indicator.
type Renamed struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Indicator string `json:"indicator"` // by its name
}

// derivation holds sets.json against the definitions that it brings.
type derivation struct {
	*Verified
	file       *SetsFile
	indicators map[string]*indicator.Indicator // by hash
	measures   map[string]defined              // by hash
	behind     []*indicator.Indicator          // of each computation; nil where it has none that holds
	reported   map[string]bool
}

// defined is the head of the definition of a measure; records says that it counts those of a kind, and is no item of a form.
type defined struct {
	code, shape, unit string
	records           bool
}

// derive sees that the arithmetic of each computation is that of its definition, step by step, and that it asks for what the definition
// names. It gives the indicator of each computation, nil where there is none that holds.
func (v *Verified) derive(f *SetsFile) []*indicator.Indicator {
	d := &derivation{Verified: v, file: f, indicators: map[string]*indicator.Indicator{}, measures: map[string]defined{}, behind: make([]*indicator.Indicator, len(f.Computations)), reported: map[string]bool{}}
	d.once()
	if !d.recall() {
		return d.behind
	}
	for i, s := range f.Sets {
		d.set(i, s)
	}
	for i, c := range f.Computations {
		d.computation(i, c)
	}
	d.list()
	return d.behind
}

// once sees that nothing is said twice.
func (d *derivation) once() {
	twice := func(what lang.Text, names []string) {
		slices.Sort(names)
		for i := 1; i < len(names); i++ {
			if names[i] == names[i-1] {
				d.find("", ErrTwice.With(SetsName, what, names[i]))
			}
		}
	}
	var kinds, definitions, sets, figures []string
	for _, k := range d.file.Kinds {
		kinds = append(kinds, k.Kind)
	}
	for _, x := range d.file.Definitions {
		definitions = append(definitions, x.SHA256)
	}
	for _, s := range d.file.Sets {
		sets = append(sets, s.Measure+" "+s.Period+" "+s.UnitCode)
	}
	for _, x := range d.file.Figures {
		figures = append(figures, x.ID)
	}
	twice(lang.Of("记录种类", "kind"), kinds)
	twice(lang.Of("定义", "definition"), definitions)
	twice(lang.Of("记录集", "set"), sets)
	twice(lang.Of("数据", "figure"), figures)
}

// recall reads the definitions.
func (d *derivation) recall() bool {
	var texts []string
	for _, x := range d.file.Definitions {
		if indicator.IsCanonical(x.Text) {
			texts = append(texts, x.Text)
			continue
		}
		m := headOf(x.Text)
		if m.code == "" {
			d.find("", ErrNotRecalled.With(x.SHA256))
			continue
		}
		d.measures[x.SHA256] = m
	}
	set, err := indicator.Recall(texts...)
	if err != nil {
		d.find("", ErrNotRecalled.Because(err, said(err)))
		return false
	}
	for _, i := range set.Indicators() {
		d.indicators[i.Hash()] = i
	}
	return true
}

// headOf reads the first lines of the definition of a measure, or of the item of a form.
func headOf(text string) (m defined) {
	for n, line := range strings.Split(text, "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case n == 0 && word != "measure" && word != "item":
			return defined{}
		case n == 0:
			m.code, m.records = rest, word == "measure"
		case word == "shape":
			m.shape = rest
		case word == "unit":
			m.unit = rest
		}
	}
	return m
}

// set sees that a set is of the measure whose definition it names.
func (d *derivation) set(i int, s CountedSet) {
	m, known := d.measures[s.Definition]
	switch {
	case !known:
		d.find("", ErrNoDefinition.With(s.Label, cmp.Or(s.Definition, "—")))
	case m.code != s.Measure:
		d.find("", ErrNotAsDefined.With(s.Label, whatMeasure, m.code, s.Measure))
	case !sameUnit(m.unit, s.Unit):
		d.find("", ErrNotAsDefined.With(s.Label, whatUnit, m.unit, s.Unit))
	case m.records != (s.Kind != ""):
		d.find("", ErrNotAsDefined.With(s.Label, whatKind, "—", cmp.Or(s.Kind, "—")))
	}
	if s.Set != nil && s.Left == nil && s.Closed == "" && s.Kind != "" {
		d.Unsaid = append(d.Unsaid, d.file.name(i))
	}
}

// name is a set for people.
func (f *SetsFile) name(i int) string {
	s := f.Sets[i]
	return fmt.Sprintf("%s（%s，%s）", s.Label, s.Measure, s.Period)
}

func sameUnit(a, b string) bool {
	x, ok := unitNamed(a)
	y, also := unitNamed(b)
	return ok && also && x == y
}

// unitNamed reads a unit; a bare number is written 1 or not at all.
func unitNamed(s string) (figure.Unit, bool) {
	if s == "1" {
		return figure.One, true
	}
	return figure.UnitOf(s)
}

// computation derives the steps of a computation from its definition.
func (d *derivation) computation(i int, c Computation) {
	ind := d.indicators[c.Definition]
	p, err := period.Parse(c.Period)
	switch {
	case ind == nil:
		d.find("", ErrNoDefinition.With(c.Label, c.Definition))
		return
	case ind.Code() != c.Code:
		d.find("", ErrNotAsDefined.With(c.Label, whatCode, ind.Code(), c.Code))
		return
	case err != nil || p.IsZero() || p.String() != c.Period:
		d.find("", ErrNotAsDefined.Because(err, c.Label, whatPeriod, p.String(), c.Period))
		return
	case !strings.HasSuffix(c.Label, spanEnding(p)) || nameIn(c) == "":
		d.find("", ErrNotAsDefined.With(c.Label, whatName, "…"+spanEnding(p), c.Label))
	}
	asks, steps := indicator.Question{Indicator: ind, Period: p, Unit: place.Unit(c.UnitCode)}.Plan()
	d.behind[i] = ind
	for k := range max(len(steps), len(c.Steps)) {
		want, got := "—", "—"
		if k < len(steps) {
			want = wanted(steps[k], asks)
		}
		if k < len(c.Steps) {
			got = d.written(c.Steps[k])
		}
		if want != got {
			d.find("", ErrNotDerived.With(c.Label, c.Code, k+1, want, got))
			d.behind[i] = nil
			return
		}
	}
	for _, m := range ind.Named() {
		d.asked(c, m)
	}
}

// asked sees that the sets of a measure are counted in the unit and by the definition that an indicator names. A book that counts by an
// earlier definition until the new one is filled says so.
func (d *derivation) asked(c Computation, m indicator.Measure) {
	hash := fmt.Sprintf("%x", m.Definition)
	for _, s := range c.Steps {
		if s.Set == nil || d.file.Sets[*s.Set].Measure != m.Code {
			continue
		}
		x := d.file.Sets[*s.Set]
		if !sameUnit(x.Unit, m.Unit.String()) {
			d.find("", ErrNotAsDefined.With(x.Label, whatUnit, m.Unit.String(), x.Unit))
		}
		if is := d.measures[x.Definition]; is.shape != string(m.Shape) {
			d.find("", ErrNotAsDefined.With(x.Label, whatShape, string(m.Shape), is.shape))
		}
		if x.Definition != hash && !d.reported[m.Code] {
			d.reported[m.Code] = true
			d.Earlier = append(d.Earlier, m.Code)
		}
	}
}

// wanted writes a step that a definition gives, and written one that a file has: equal steps have equal texts.
func wanted(s indicator.Step, asks []indicator.Ask) string {
	x := Step{Op: s.Op, Of: s.Of}
	switch s.Op {
	case indicator.OpAsk:
		a := asks[s.Ask]
		return askText(a.Measure, a.Period.String(), string(a.Unit), s.Scale)
	case indicator.OpNumber:
		x.Value = figure.DecimalText(s.Number)
	}
	for _, e := range s.Edges {
		x.Edges = append(x.Edges, Edge{e.Order, figure.DecimalText(e.Bound)})
	}
	return x.text()
}

func (d *derivation) written(s Step) string {
	if s.Op != indicator.OpAsk {
		return s.text()
	}
	scale, err := census.ParseAmount(s.Scale)
	if err != nil || s.Set == nil || *s.Set < 0 || *s.Set >= len(d.file.Sets) || len(s.Of) > 0 || s.Value != "" || len(s.Edges) > 0 {
		return "ask ?"
	}
	x := d.file.Sets[*s.Set]
	return askText(x.Measure, x.Period, x.UnitCode, scale)
}

func askText(measure, period, unit string, scale *big.Rat) string {
	s := strings.Join([]string{measure, period, unit}, " ")
	if scale.Cmp(big.NewRat(1, 1)) != 0 {
		s += " × " + figure.DecimalText(scale)
	}
	return s
}

// text writes a step that is no ask: - 0 1, number 12.5.
func (s Step) text() string {
	words := []string{s.Op}
	for _, k := range s.Of {
		words = append(words, fmt.Sprint(k+1))
	}
	if s.Value != "" {
		words = append(words, s.Value)
	}
	for _, e := range s.Edges {
		words = append(words, e.Order, e.Bound)
	}
	if s.Set != nil || s.Scale != "" {
		words = append(words, "?")
	}
	return strings.Join(words, " ")
}

// list names the definitions that figures go by, and how the folder speaks of them.
func (d *derivation) list() {
	labels := map[string]UsedDefinition{}
	for _, c := range d.file.Computations {
		labels[c.Definition] = UsedDefinition{Label: nameIn(c)}
	}
	for _, s := range d.file.Sets {
		if before, told := labels[s.Definition]; told && (before.Label != s.Label || before.Kind != s.Kind) {
			d.find("", ErrNotAsDefined.With(s.Measure, whatName, before.Label+" "+before.Kind, s.Label+" "+s.Kind))
		}
		labels[s.Definition] = UsedDefinition{Label: s.Label, Kind: s.Kind}
	}
	for _, x := range d.file.Definitions {
		u := labels[x.SHA256]
		u.SHA256 = x.SHA256
		if i := d.indicators[x.SHA256]; i != nil {
			u.Code, u.Says = i.Code(), i.Says()
		} else {
			u.Code, u.Measure, u.Says = d.measures[x.SHA256].code, true, x.Text
		}
		d.Definitions = append(d.Definitions, u)
	}
}

// spanEnding ends the label of a computation.
func spanEnding(p period.Period) string { return "（" + p.Label().Zh + "）" }

// nameIn is the label of a computation without its period.
func nameIn(c Computation) string {
	p, err := period.Parse(c.Period)
	if err != nil {
		return c.Label
	}
	return strings.TrimSuffix(c.Label, spanEnding(p))
}

// figure sees that a figure of figures.json says of itself what its computation is of. The template decides in which unit of measure,
// how finely and by which words it is printed; where that is not how the definition has it, it is told.
func (v *Verified) figure(x document.Placed, c Computation, ind *indicator.Indicator, scale *big.Rat, at int64) {
	other := func(what lang.Text, is, want string) {
		if is != want {
			v.find("", ErrOtherFigure.With(x.Name, x.ID, what, is, want))
		}
	}
	other(whatCode, x.Code, c.Code)
	other(whatPeriod, x.Period, c.Period)
	other(whatUnitCode, x.UnitCode, c.UnitCode)
	other(whatCommand, x.Recompute, fmt.Sprintf("anlan indicator %s --period %s --unit %s --as-of %d", c.Code, c.Period, c.UnitCode, at))
	unit, ok := unitNamed(x.Unit)
	if !ok || unit.Dimension() != ind.Unit().Dimension() || unit.Scale().Cmp(scale) != 0 {
		v.find("", ErrOtherFigure.With(x.Name, x.ID, whatUnit, x.Unit, ind.Unit().String()))
	}
	if name := nameIn(c); x.Name != figureName(name) {
		v.Renamed = append(v.Renamed, Renamed{x.ID, x.Name, name})
	}
	stated, err := figure.Parse(x.Text)
	if err != nil {
		return // which printedAs has told
	}
	if unit != ind.Unit() || stated.Decimals() != ind.Decimals() || stated.Form() != figure.Plain {
		v.Reshaped = append(v.Reshaped, x.ID)
	}
}

// uncomputed finds the figures of indicators of which sets.json does not say how they are computed.
func (v *Verified) uncomputed(f *SetsFile, printed FiguresFile) {
	known := map[string]bool{}
	for _, c := range f.Figures {
		known[c.ID] = true
	}
	for _, x := range printed.Figures {
		if !known[x.ID] && x.Code != "" && x.Value != "" && x.Withheld == "" && x.Source != evaluationSource {
			v.find("", ErrUncomputed.With(x.Name, x.ID, x.Code))
		}
	}
}
