package source

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// Doubt is a statement that looks wrong and is kept as it was sent (存疑): a total that is not the sum of its parts, an item that
// two tables of the final accounts state otherwise, accounts whose end is not their beginning and what came and went.
type Doubt struct {
	Source   Sort
	Unit     place.Unit
	Period   string
	Edition  Edition
	Table    Table  // of final accounts; empty: more than one
	Total    string // FORM.ITEM
	Label    lang.Text
	Value    *big.Rat    // of the total, in the unit of its item
	Parts    *big.Rat    // what the parts add up to
	PartsOf  []string    // FORM.ITEM of each; one that is taken away begins with −
	Labels   []lang.Text // of the parts
	Beside   Table       // where the item is stated otherwise
	Measured figure.Unit
}

// Difference is by how much the total is above its parts.
func (d Doubt) Difference() *big.Rat { return new(big.Rat).Sub(d.Value, d.Parts) }

// Items are the items of the statement that the doubt is about, the total first.
func (d Doubt) Items() []string {
	out := []string{d.Total}
	for _, code := range d.PartsOf {
		out = append(out, strings.TrimPrefix(code, minus))
	}
	return out
}

const minus = "−"

// Words is the doubt in a sentence, for people who know units and items by their names; name is how a unit is called.
func (d Doubt) Words(name func(place.Unit) lang.Text) lang.Text {
	edition, _ := Editions.Find(d.Edition)
	table, _ := Tables.Find(d.Table)
	beside, _ := Tables.Find(d.Beside)
	in := func(l lang.Lang, sentence string) string {
		where := name(d.Unit).In(l) + " " + periodLabel(d.Period).In(l) + " " + edition.Label.In(l)
		parts := ""
		for i, label := range d.Labels {
			switch {
			case strings.HasPrefix(d.PartsOf[i], minus):
				parts += " " + minus + " "
			case i > 0:
				parts += " + "
			}
			parts += strings.TrimPrefix(label.In(l), "其中：")
		}
		if d.Table != "" {
			where += " " + table.Label.In(l)
		}
		of := parts
		if d.Beside != "" {
			of = beside.Label.In(l)
		}
		number := func(v *big.Rat) string { return figure.DecimalText(v) + d.Measured.String() }
		return strings.NewReplacer("{where}", where, "{total}", d.Label.In(l), "{code}", d.Total, "{value}", number(d.Value), "{parts}", of,
			"{sum}", number(d.Parts), "{difference}", number(d.Difference())).Replace(sentence)
	}
	sentence := lang.Of("{where}：“{total}”（{code}）为{value}，{parts} = {sum}，相差{difference}",
		"{where}: {total} ({code}) is {value}, {parts} = {sum}; they differ by {difference}")
	return lang.Text{Zh: in(lang.Chinese, sentence.Zh), En: in(lang.English, sentence.En)}
}

// periodLabel is a period as people write it: 2023年.
func periodLabel(code string) lang.Text {
	p, err := period.Parse(code)
	if err != nil {
		return lang.Text{Zh: code, En: code}
	}
	return p.Label()
}

// Doubts looks through the returns and final accounts of the unit and those under it whose period lies in the span for totals
// that are not the sum of their parts. An item is only compared when the same statement states all of its parts; the tables of
// final accounts are also compared with each other.
func (c *Combined) Doubts(span Ask) ([]Doubt, error) {
	statements, err := c.within(span)
	if err != nil {
		return nil, err
	}
	parts := map[string][]string{}
	for _, code := range Codes(c.items) {
		if whole := c.items[code].PartOf; whole != "" {
			parts[whole] = append(parts[whole], code)
		}
	}
	totals := slices.Sorted(maps.Keys(parts))
	var out []Doubt
	for _, s := range statements {
		for _, whole := range totals {
			if d, wrong := c.doubt(s, whole, parts[whole]); wrong {
				out = append(out, d)
			}
		}
	}
	for _, s := range accounts(statements) {
		out = append(out, c.otherwise(s)...)
		for _, whole := range totals {
			known := slices.ContainsFunc(out, func(d Doubt) bool {
				return d.Total == whole && d.Unit == s.reporter && d.Period == s.period.String() && d.Edition == s.edition
			})
			if d, wrong := c.doubt(s.statement, whole, parts[whole]); wrong && !known {
				out = append(out, d)
			}
		}
		if d, wrong := c.balance(s.statement); wrong {
			out = append(out, d)
		}
	}
	return out, nil
}

// within reads the statements of a unit and those under it, of whole periods inside a span.
func (c *Combined) within(span Ask) ([]*statement, error) {
	forms := map[string]bool{}
	for code := range c.items {
		if form, _, _ := strings.Cut(code, "."); form != Cited {
			forms[form] = true
		}
	}
	all, err := c.statements(need{forms: slices.Sorted(maps.Keys(forms)), span: wholeYears(span.Period)})
	return slices.DeleteFunc(all, func(s *statement) bool {
		inside := span.Period.Contains(s.period.First()) && span.Period.Contains(s.period.Last())
		return !inside || s.reporter != span.Unit && len(c.family.spans(s.reporter, span.Unit)) == 0
	}), err
}

// account is the final accounts of a year and edition, of all tables: an item is that of the first table that states it.
type account struct {
	*statement
	tables []*statement // in order
}

func accounts(statements []*statement) (out []account) {
	for _, s := range statements {
		if s.form != FinalForm {
			continue
		}
		last := len(out) - 1
		if last < 0 || out[last].reporter != s.reporter || out[last].period != s.period || out[last].edition != s.edition {
			whole := *s
			whole.table, whole.values = "", map[string]*big.Rat{}
			out, last = append(out, account{statement: &whole}), last+1
		}
		out[last].tables = append(out[last].tables, s)
		for item, v := range s.values {
			if out[last].values[item] == nil {
				out[last].values[item] = v
			}
		}
	}
	return out
}

// otherwise are the items that a later table states otherwise than the first.
func (c *Combined) otherwise(a account) (out []Doubt) {
	for i, later := range a.tables {
		for _, item := range slices.Sorted(maps.Keys(later.values)) {
			x := c.items[FinalForm+"."+item]
			first := a.tables[slices.IndexFunc(a.tables, func(s *statement) bool { return s.values[item] != nil })]
			if first == a.tables[i] || first.values[item].Cmp(later.values[item]) == 0 {
				continue
			}
			out = append(out, Doubt{Source: Final, Unit: a.reporter, Period: a.period.String(), Edition: a.edition, Table: first.table, Total: x.Code, Label: x.Label,
				Value: first.values[item], Parts: later.values[item], Beside: later.table, Measured: x.Unit})
		}
	}
	return out
}

// balance holds what was left at the end of a year against what was there, came and went.
func (c *Combined) balance(s *statement) (Doubt, bool) {
	left, there, came, went := s.values["carry_out"], s.values["carry_in"], s.values["income"], s.values["expenditure"]
	if left == nil || there == nil || came == nil || went == nil {
		return Doubt{}, false
	}
	sum := new(big.Rat).Add(there, came)
	sum.Sub(sum, went)
	x := c.items[FinalForm+".carry_out"]
	return Doubt{Source: Final, Unit: s.reporter, Period: s.period.String(), Edition: s.edition, Total: x.Code, Label: x.Label, Value: left, Parts: sum,
		PartsOf: []string{FinalForm + ".carry_in", FinalForm + ".income", minus + FinalForm + ".expenditure"},
		Labels:  []lang.Text{c.items[FinalForm+".carry_in"].Label, c.items[FinalForm+".income"].Label, c.items[FinalForm+".expenditure"].Label}, Measured: x.Unit}, sum.Cmp(left) != 0
}

// doubt compares one total of a statement with its parts.
func (c *Combined) doubt(s *statement, whole string, parts []string) (Doubt, bool) {
	form, item, _ := strings.Cut(whole, ".")
	total := s.values[item]
	if form != s.form || total == nil {
		return Doubt{}, false
	}
	x := c.items[whole]
	sum := new(big.Rat)
	var labels []lang.Text
	for _, code := range parts {
		labels = append(labels, c.items[code].Label)
		v := s.values[strings.TrimPrefix(code, form+".")]
		if v == nil {
			return Doubt{}, false
		}
		v, err := c.items[code].Unit.Convert(v, x.Unit)
		if err != nil {
			return Doubt{}, false // the rule of the form has seen that it can be
		}
		sum.Add(sum, v)
	}
	if sum.Cmp(total) == 0 {
		return Doubt{}, false
	}
	return Doubt{Source: sourceOf(whole), Unit: s.reporter, Period: s.period.String(), Edition: s.edition, Table: s.table, Total: whole, Label: x.Label,
		Value: total, Parts: sum, PartsOf: parts, Labels: labels, Measured: x.Unit}, true
}

// Gap is a return that leaves out items of its form, which no other edition of it states.
type Gap struct {
	Form    string
	Unit    place.Unit
	Period  string
	Edition Edition
	Items   []string // in order of the codes
	Labels  []lang.Text
}

// Err is the gap as a fault; name is how a unit is called.
func (g Gap) Err(name func(place.Unit) lang.Text) error {
	edition, _ := Editions.Find(g.Edition)
	var items lang.Text
	for i, code := range g.Items {
		if i > 0 {
			items.Zh, items.En = items.Zh+"、", items.En+", "
		}
		x := lang.Named(g.Labels[i], code)
		items.Zh, items.En = items.Zh+x.Zh, items.En+x.En
	}
	return ErrIncomplete.With(name(g.Unit), g.Form, periodLabel(g.Period), edition.Label, len(g.Items), items)
}

// Gaps looks through the returns of the unit and those under it whose period lies in the span for items that were left out.
func (c *Combined) Gaps(span Ask) ([]Gap, error) {
	statements, err := c.within(span)
	if err != nil {
		return nil, err
	}
	var out []Gap
	for _, s := range statements {
		if s.form == FinalForm || s.isNil {
			continue
		}
		g := Gap{Form: s.form, Unit: s.reporter, Period: s.period.String(), Edition: s.edition}
		for _, code := range Codes(c.items) {
			item, ours := strings.CutPrefix(code, s.form+".")
			stated := slices.ContainsFunc(statements, func(o *statement) bool {
				return o.form == s.form && o.reporter == s.reporter && o.period == s.period && (o.isNil || o.values[item] != nil)
			})
			if ours && !stated {
				g.Items, g.Labels = append(g.Items, item), append(g.Labels, c.items[code].Label)
			}
		}
		if len(g.Items) > 0 {
			out = append(out, g)
		}
	}
	return out, nil
}
