package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// checkPoints judges 由52.23%提高到58.08%，提高5.85个百分点, and finds the per cent sign where percentage points are meant.
func checkPoints(s *sentence) {
	for _, m := range s.mentions {
		if m.kind != level && m.kind != named || m.from == nil || !m.percent() || m.place+1 >= len(s.mentions) {
			continue
		}
		change := s.mentions[m.place+1]
		form := difference
		if m.way < 0 {
			form = fallen
		}
		switch {
		case change.kind == amount && change.Unit() == figure.Points && normal(change.core) == "":
			in := *change
			in.Figure = change.WithUnit(m.Unit())
			s.paper.settle(claim{rule: "points", what: lang.Of(lang.Zh(name(m)+"的变化"), lang.En("the change of "+name(m))), form: form, stated: &in, operands: []*mention{m, m.from}})
		case change.kind == rate && change.Unit() == m.Unit() && normal(change.core) == "":
			s.percentForPoints(m, change, form)
		}
	}
	for k, m := range s.mentions {
		if m.kind == amount && m.Unit() == figure.Points && m.way != 0 && len(s.mentions) > 2 {
			s.pointsBeside(k)
		}
	}
}

// besides are the places, against that of a change in points, where the percentage now and the one before stand: 5.0%，回落1.2个百分点（上年6.2%）;
// 5.0%，较上年的6.2%回落1.2个百分点; 回落1.2个百分点，2023年5.0%，2022年6.2%.
var besides = [][2]int{{-1, 1}, {-2, -1}, {1, 2}}

// pointsBeside judges a change in points whose two percentages stand beside it, the one of the year before named as such.
func (s *sentence) pointsBeside(k int) {
	change := s.mentions[k]
	if change.ground != "" && !lastYear.MatchString(change.ground) && change.ground != "同比" {
		return
	}
	for _, at := range besides {
		if k+at[0] < 0 || k+at[1] >= len(s.mentions) {
			continue
		}
		now, old := s.mentions[k+at[0]], s.mentions[k+at[1]]
		if s.comparesWithOther(change, now.period.year-1) || !now.plainPercent() || !old.plainPercent() || now.from != nil || !s.isYearBefore(old, now) || at[0] > 0 && !now.period.explicit || !s.oneClauseApart(k, k+at[0], k+at[1]) {
			continue
		}
		if subject, _ := speedWords.cutTail(normal(strings.TrimLeft(change.core, "的"))); at[0] < 0 && subject != "" && like(subject, now.core) == unlike {
			continue
		}
		form := difference
		if change.way < 0 {
			form = fallen
		}
		in := *change
		in.Figure = change.WithUnit(now.Unit())
		s.paper.settle(claim{rule: "points", what: lang.Of(lang.Zh(name(now)+"的变化"), lang.En("the change of "+name(now))), form: form, stated: &in, operands: []*mention{now, old}})
		return
	}
}

var (
	speedWords = wordsOf("增速", "增幅", "增长率", "降幅")
	// lastYear names the year before in words.
	lastYear = regexp.MustCompile(`(?:上年|去年|上一年)`)
	// toldBefore is what stands right before a value of another year.
	toldBefore = regexp.MustCompile(`(?:上年|去年|上一年|((?:19|20)[0-9]{2})年)(?:度|同期)?(?:的|为|是|达|到|同比|增长|增速|增幅|仅)*$`)
)

// plainPercent says whether a figure is a percentage that stands for itself, of something that there is or by which something rose.
func (m *mention) plainPercent() bool {
	return m.percent() && (m.kind == level || m.kind == named || m.kind == rate && m.way > 0) && m.listSize == 1 && !m.Form().Vague()
}

// isYearBefore says whether the words before a figure say that it is of the year before another one.
func (s *sentence) isYearBefore(old, now *mention) bool {
	from := s.from
	if old.place > 0 {
		from = s.mentions[old.place-1].n.End
	}
	told := toldBefore.FindStringSubmatch(s.line.Text[from:old.n.Offset])
	switch {
	case told == nil:
		return false
	case told[1] == "":
		return true
	}
	return now.period.year != 0 && told[1] == strconv.Itoa(int(now.period.year)-1)
}

// comparesWithOther says whether a date right before a change names another year than the one it is to be compared with.
func (s *sentence) comparesWithOther(change *mention, year int16) bool {
	floor := s.from
	if change.place > 0 {
		floor = s.mentions[change.place-1].n.End
	}
	return slices.ContainsFunc(s.dates, func(d *number) bool {
		return d.Offset >= floor && d.End <= change.n.Offset && d.Date.Year != 0 && d.Date.Year != year
	})
}

// oneClauseApart says whether no sentence ends among the figures at three places.
func (s *sentence) oneClauseApart(places ...int) bool {
	low, high := slices.Min(places), slices.Max(places)
	return !strings.ContainsAny(s.line.Text[s.mentions[low].n.End:s.mentions[high].n.Offset], "；;。")
}

// percentForPoints reports a rate that is no rate of the two percentages but their difference.
func (s *sentence) percentForPoints(now, change *mention, points form) {
	operands := []*mention{now, now.from}
	asRate := claim{form: growth, stated: change, operands: operands}
	if change.way < 0 {
		asRate.form = decline
	}
	asPoints := claim{form: points, stated: change, operands: operands}
	if asRate.holds() || !asPoints.holds() {
		return
	}
	s.paper.plainOf("points", Contradiction, s, change, operands, lang.Of(
		lang.Zh(name(now)+"由"+now.from.short()+"变为"+now.short()+"，相差"+change.Number()+"个百分点；写成“"+change.short()+"”是变化率，两者不同，应写“"+change.Number()+"个百分点”。"),
		lang.En(name(now)+" went from "+now.from.short()+" to "+now.short()+", which is "+change.Number()+" percentage points; “"+change.short()+"” would be a rate of change.")))
}
