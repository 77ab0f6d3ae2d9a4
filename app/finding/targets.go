package finding

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"anlan/account/source"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/measure"
	"anlan/resource/project"
	"anlan/resource/unit"
)

// ErrTargetAgainstRegister says that a target was achieved otherwise than the register says which it names as its source.
var ErrTargetAgainstRegister = fault.Define("finding.target_against_register", fault.Conflict,
	"项目%s的绩效指标“%s”填报实际完成%s%s，数据来源“%s”；%s里%s年“%s”为%s%s，其中%s自己的%s%s：与台账不符", "project %s: the target %q is said to have achieved %s %s by %q; in the register %s of %s %q is %s %s, of which %s itself has %s %s")

// targets holds what was achieved of measurable targets against the registers that they name as their source (数据来源). Either all
// of the register may be meant, or what the bureau itself has in it.
func (s *search) targets() error {
	for _, year := range s.years() {
		projects, err := all[project.Project](s, project.Workflow, book.Filter{Field: "year", Op: field.OpIs, Value: year.First().String()[:4]})
		if err != nil {
			return err
		}
		for _, p := range projects {
			for i := range p.Targets {
				if err := s.target(year, p, &p.Targets[i]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (s *search) target(year period.Period, p *project.Project, t *project.Target) error {
	k, i := s.register(t)
	if k == nil || !t.Achieved.OK {
		return nil
	}
	all, own, err := s.counted(k, i, year)
	if err != nil || all == nil {
		return err // nobody keeps the register here
	}
	achieved := big.NewRat(int64(t.Achieved.V), 10_000)
	if achieved.Cmp(all) == 0 || achieved.Cmp(own) == 0 {
		return nil
	}
	bureau, err := s.unitNamed(s.view.Head.Place)
	if err != nil {
		return err
	}
	s.add(ErrTargetAgainstRegister.With(p.Named(), t.Third, figure.DecimalText(achieved), t.Unit, t.Source, k.Label(), year.First().String()[:4], k.MeasureSpecs()[i].Label,
		figure.DecimalText(all), t.Unit, bureau, figure.DecimalText(own), t.Unit), project.Workflow, p)
	return nil
}

// unitNamed is a unit as a sentence names it: by its code alone where its record is not there, or not for the actor to see.
func (s *search) unitNamed(code string) (lang.Text, error) {
	r, err := s.view.Find(unit.Kind.Code(), code)
	if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
		return lang.Named(lang.Text{}, code), nil
	}
	if err != nil {
		return lang.Text{}, err
	}
	name := r.(*unit.Unit).Name
	return lang.Named(lang.Text{Zh: name, En: name}, code), nil
}

// register finds the measure that counts what a target promises, in the kind that the target names as its source: 开展应急演练, in 次,
// by 演练台账 is 演练次数 of the kind 演练. Of several the one that says most; nil where none does.
func (s *search) register(t *project.Target) (kind record.Of, index int) {
	from, most := stem(t.Source, "台账", "登记簿", "登记表", "登记", "名册", "记录"), 0
	if utf8.RuneCountInString(from) < 2 {
		return nil, 0
	}
	for _, k := range s.kinds {
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
func (s *search) counted(k record.Of, i int, year period.Period) (all, own *big.Rat, err error) {
	m, bureau := k.MeasureSpecs()[i], place.Unit(s.view.Head.Place)
	sources, err := app.Figures{View: s.view}.Sources()
	if err != nil {
		return nil, nil, err
	}
	answers, err := sources.Values(s.ctx, []source.Ask{{Measure: m.Code, Period: year, Unit: bureau}})
	if err != nil {
		return nil, nil, err
	}
	var sum int64
	var buf []measure.Posting
	err = s.view.Each(book.Query{Kind: k.Code(), Filters: []book.Filter{{Field: "unit", Op: field.OpIs, Value: string(bureau)}}}, func(r any) error {
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
