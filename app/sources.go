package app

import (
	"context"
	"math/big"
	"strings"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/measure"
)

// declared are the measures of kinds, as sources beside records see them.
func declared(kinds []record.Of) map[string]source.Measure {
	out := map[string]source.Measure{}
	for _, k := range kinds {
		for _, s := range k.MeasureSpecs() {
			unit, _ := figure.UnitOf(s.Unit) // unitsKnown has looked
			out[s.Code] = source.Measure{Unit: unit, Shape: source.Shape(s.Shape)}
		}
	}
	return out
}

// Sources are the sources of figures of a view: records, and what the book holds beside them.
func (f Figures) Sources() (*source.Combined, error) {
	return source.Read(f.View, postings(f), declared(f.View.Kinds()))
}

// postings answer from records alone.
type postings Figures

// Values gives each ask its balance, all of them in a few queries.
func (f postings) Values(_ context.Context, asks []source.Ask) ([]source.Number, error) {
	questions := make([]book.Ask, len(asks))
	for i, a := range asks {
		questions[i] = book.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit}
	}
	answers, err := f.View.Balances(questions)
	if err != nil {
		return nil, err
	}
	out := make([]source.Number, len(asks))
	for i, x := range answers {
		if !x.Recorded {
			continue // none recorded
		}
		out[i] = source.Number{Value: inUnit(x, x.Measure), Records: indicator.NotCounted}
		if f.Counted {
			n, err := f.View.Behind(questions[i])
			if err != nil {
				return nil, err
			}
			out[i].Records = int(n)
		}
	}
	return out, nil
}

// inUnit is a balance in the measure's own unit.
func inUnit(b book.Answer, s *measure.Spec) *big.Rat {
	if s.Valued {
		return big.NewRat(b.Value, s.Scale)
	}
	return big.NewRat(b.Count, s.Scale)
}

// FinalSource is the final accounts as figures.json and the command line name them.
const FinalSource = "final_accounts"

// sourceCodes are the sorts of sources as figures.json and the command line name them.
var sourceCodes = map[source.Sort]string{source.Records: indicator.OnlyRecords, source.Returns: "returns", source.Final: FinalSource,
	source.Published: "published", source.CitedSort: "cited"}

// quantity is an answer for the indicator language. Of records alone nothing more is said, unless the final accounts should state it.
func quantity(a source.Answer, unit figure.Unit, ofAccounts bool) indicator.Quantity {
	q := indicator.Quantity{}
	switch {
	case a.Value != nil:
		q = indicator.Exact(a.Value, max(a.Records, indicator.NotCounted))
	case !isRecordsOnly(a):
		q = indicator.Unrecorded(missing(a.Missing))
	}
	if isRecordsOnly(a) && len(a.Others) == 0 && !(ofAccounts && a.Value != nil) {
		return q
	}
	var o indicator.Origin
	for _, s := range a.Sources() {
		o.Sources = append(o.Sources, sourceCodes[s])
	}
	if e := a.Edition(); e != "" {
		o.Editions = []string{string(e)}
	}
	for _, p := range a.Parts {
		o.Parts = append(o.Parts, partWords(p, unit))
	}
	for _, other := range a.Others {
		o.Others = append(o.Others, otherWords(other, unit))
	}
	return q.From(o)
}

func isRecordsOnly(a source.Answer) bool {
	s := a.Sources()
	return len(s) == 0 || len(s) == 1 && s[0] == source.Records
}

// sayAll fills a sentence in both languages; parts of it that are texts speak the same language.
func sayAll(sentence lang.Text, values map[string]lang.Text) lang.Text {
	for name, v := range values {
		sentence.Zh = strings.ReplaceAll(sentence.Zh, "{"+name+"}", v.Zh)
		sentence.En = strings.ReplaceAll(sentence.En, "{"+name+"}", v.En)
	}
	return sentence
}

func same(s string) lang.Text { return lang.Text{Zh: s, En: s} }

// partWords says what a source contributes: 430602　报表enforcement.cases（2023年，年报）：105起.
func partWords(p source.Part, unit figure.Unit) lang.Text {
	sentence := lang.Of("{unit} {source}{code}（{period}{edition}{where}）：{sign}{value}", "{unit} {source}{code} ({period}{edition}{where}): {sign}{value}")
	values := map[string]lang.Text{"unit": same(string(p.Unit)), "source": p.Source.Label(), "code": {}, "period": p.Period.Label(), "edition": {}, "where": {}, "sign": {},
		"value": lang.Of("无记录", "none recorded")}
	if p.Source == source.Returns || p.Source == source.Final {
		values["code"] = same(" " + p.Code)
	}
	if e, ok := source.Editions.Find(p.Edition); ok {
		values["edition"] = lang.Text{Zh: "，" + e.Label.Zh, En: ", " + e.Label.En}
	}
	if b, ok := source.Bases.Find(p.Basis); ok {
		values["edition"] = lang.Text{Zh: "，" + b.Label.Zh, En: ", " + b.Label.En}
	}
	if p.Where != "" {
		values["where"] = lang.Text{Zh: "，" + p.Where, En: ", " + p.Where}
	}
	if p.Less {
		values["sign"] = lang.Of("减", "less ")
	}
	if p.Value != nil {
		values["value"] = same(figure.DecimalText(p.Value) + unit.String())
	}
	return sayAll(sentence, values)
}

// otherWords says what another source has, and by how much the figure is above it.
func otherWords(o source.Other, unit figure.Unit) lang.Text {
	out := partWords(o.Part, unit)
	if o.Difference == nil {
		return out
	}
	return sayAll(lang.Of("{part}，相差{difference}", "{part}, a difference of {difference}"),
		map[string]lang.Text{"part": out, "difference": same(figure.DecimalText(o.Difference) + unit.String())})
}

// missing says what is lacking; of many the first few.
func missing(lacks []source.Missing) lang.Text {
	const shown = 5
	var zh, en []string
	for i, m := range lacks {
		if i == shown {
			zh, en = append(zh, "等"), append(en, "…")
			break
		}
		t := sayAll(lang.Of("{unit}的{source}{code}（{period}）", "{source} {code} of {unit} ({period})"),
			map[string]lang.Text{"unit": same(string(m.Unit)), "source": m.Source.Label(), "code": same(m.Code), "period": m.Period.Label()})
		zh, en = append(zh, t.Zh), append(en, t.En)
	}
	return lang.Text{Zh: "缺" + strings.Join(zh, "、"), En: "missing " + strings.Join(en, ", ")}
}

// Withheld says why a figure is not printed; false where it may be. A figure that is nothing but one measure is withheld
// with it.
func Withheld(c *source.Combined, q indicator.Question) (source.Withheld, bool) {
	if w, ok := c.Withheld(q.Indicator.Code(), q.Unit, q.Period); ok {
		return w, true
	}
	if m, ok := q.Indicator.Measure(); ok {
		return c.Withheld(m, q.Unit, q.Period)
	}
	return source.Withheld{}, false
}
