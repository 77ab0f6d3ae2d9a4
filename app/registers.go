package app

import (
	"context"
	"math/big"
	"strings"
	"unicode/utf8"

	"anlan/account/evaluation"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/ground/width"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/measure"
	"anlan/resource/project"
	"anlan/resource/unit"
)

// AgainstRegister holds what was achieved of a measurable target against the register that it names as its source (数据来源). Either
// all of the register may be meant, or what the bureau itself has in it. It is nil where the two agree, where nobody keeps the
// register here, and where the deviation of the target (偏差原因及改进措施) gives the number of the register, so that whoever reads
// the form sees both and why they differ.
func AgainstRegister(ctx context.Context, v *book.View, p *project.Project, t *project.Target) (*fault.Fault, error) {
	k, i := registerOf(v, t)
	if k == nil || !t.Achieved.OK {
		return nil, nil
	}
	year := period.Year(int(p.Year))
	all, own, err := counted(ctx, v, k, i, year)
	if err != nil || all == nil {
		return nil, err
	}
	achieved := targetNumber(t.Achieved.V)
	for _, n := range []*big.Rat{all, own} {
		if achieved.Cmp(n) == 0 || states(t.Deviation, figure.DecimalText(n)) {
			return nil, nil
		}
	}
	bureau, err := UnitNamed(v, v.Head.Place)
	if err != nil {
		return nil, err
	}
	return evaluation.ErrAgainstRegister.With(p.Named(), t.Third, figure.DecimalText(achieved), t.Unit, t.Source, k.Label(), year.String(), k.MeasureSpecs()[i].Label,
		figure.DecimalText(all), t.Unit, bureau, figure.DecimalText(own), t.Unit, k.Code()), nil
}

// states says whether a number stands in a text by itself: 8 in 台账登记8次, not in 18次 nor in 8.5次.
func states(text, number string) bool {
	isPart := func(r rune) bool { return '0' <= r && r <= '9' || r == '.' }
	for _, n := range strings.FieldsFunc(width.Narrow(text), func(r rune) bool { return !isPart(r) }) {
		if strings.Trim(n, ".") == number {
			return true
		}
	}
	return false
}

// UnitNamed is a unit as a sentence names it: by its code alone where its record is not there, or not for the actor to see.
func UnitNamed(v *book.View, code string) (lang.Text, error) {
	r, err := v.Find(unit.Kind.Code(), code)
	if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
		return lang.Named(lang.Text{}, code), nil
	}
	if err != nil {
		return lang.Text{}, err
	}
	name := r.(*unit.Unit).Name
	return lang.Named(lang.Text{Zh: name, En: name}, code), nil
}

// registerOf finds the measure that counts what a target promises, in the kind that the target names as its source: 开展应急演练, in 次,
// by 演练台账 is 演练次数 of the kind 演练. Of several the one that says most; nil where none does.
func registerOf(v *book.View, t *project.Target) (kind record.Of, index int) {
	from, most := stem(t.Source, "台账", "登记簿", "登记表", "登记", "名册", "记录"), 0
	if utf8.RuneCountInString(from) < 2 {
		return nil, 0
	}
	for _, k := range v.Kinds() {
		if label := k.Label().Zh; !strings.Contains(label, from) && !strings.Contains(from, label) {
			continue
		}
		for i, m := range k.MeasureSpecs() {
			what := stem(m.Label.Zh, "次数", "起数", "场次", "件数", "期数", "轮数", "人数", "人次", "数")
			if n := utf8.RuneCountInString(what); n > max(most, 1) && m.Unit == t.Unit && m.Shape == measure.Flow && strings.Contains(t.Third, what) {
				kind, index, most = k, i, n
			}
		}
	}
	return kind, index
}

// stem is a text without the first of some endings that it has.
func stem(text string, endings ...string) string {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(text, e); ok {
			return rest
		}
	}
	return text
}

// counted is what a measure comes to in a year: in all units, nil where nobody has recorded anything, and in records that are the
// bureau's own.
func counted(ctx context.Context, v *book.View, k record.Of, i int, year period.Period) (all, own *big.Rat, err error) {
	m, bureau := k.MeasureSpecs()[i], place.Unit(v.Head.Place)
	sources, err := Figures{View: v}.Sources()
	if err != nil {
		return nil, nil, err
	}
	answers, err := sources.Values(ctx, []source.Ask{{Measure: m.Code, Period: year, Unit: bureau}})
	if err != nil {
		return nil, nil, err
	}
	var sum int64
	var buf []measure.Posting
	err = v.Each(book.Query{Kind: k.Code(), Filters: []book.Filter{{Field: "unit", Op: field.OpIs, Value: string(bureau)}}}, func(r any) error {
		buf = k.Post(r, i, buf[:0])
		for _, x := range buf {
			switch {
			case !year.Contains(x.Day):
			case m.Valued:
				sum += x.Value
			default:
				sum += x.Count
			}
		}
		return nil
	})
	return answers[0].Value, big.NewRat(sum, m.Scale), err
}
