package check

import (
	"regexp"
	"strconv"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// checkPeriods reports years and spans that cannot be meant.
func checkPeriods(s *sentence) {
	for _, d := range s.dates {
		if s.line.Kind == reading.Title && s.paper.titleDay == nil && d.Date.Year == s.paper.year {
			s.paper.titleDay = d
		}
		checkSpan(s, d)
	}
	checkOwnYear(s)
	checkComparedYear(s)
	checkClosingYear(s)
}

// checkSpan reports a span whose end stands before its start; both years must be stated, because 12月至3月 goes on into
// the next one.
func checkSpan(s *sentence, d *number) {
	a := d.Date
	if a.Year == 0 || a.ToYear == 0 {
		return
	}
	start, end := int(a.Year)*10000+int(a.Month)*100+int(a.Day), int(a.ToYear)*10000+int(a.ToMonth)*100+int(a.ToDay)
	if a.Month == 0 || a.ToMonth == 0 {
		start, end = int(a.Year), int(a.ToYear)
	}
	if end < start {
		s.paper.plain("period", Contradiction, s, []*number{d}, d.text(), lang.Of(
			lang.Zh("“"+d.text()+"”的截止时间早于起始时间，请核对。"), lang.En("“"+d.text()+"” ends before it starts; check the dates.")))
	}
}

var (
	doingWords = wordsOf("开展", "进行", "组织", "评价了", "自评了")
	lastYears  = wordsOf("上年", "去年", "上一年", "往年", "评价结果", "自评结果", "结果应用", "整改", "根据", "按照", "依据", "同比", "相比")
	ownWords   = wordsOf("对", "就", "我局", "我单位", "本单位", "本部门", "本局")
)

// checkOwnYear reports a sentence that says of the report's own work another year than the title: in a report on 2023,
// 对我局2022年整体支出开展了绩效评价. It must speak of what the title speaks of, of doing it, and not of last year's.
func checkOwnYear(s *sentence) {
	p := s.paper
	if p.titleDay == nil || len(s.dates) != 1 || !s.says(saysEvaluation) || s.line.Kind == reading.Title {
		return
	}
	d := s.dates[0]
	text := s.text()
	if d.Date.Year == 0 || d.Date.Year == p.year || d.Date.Year < p.year-3 || d.Date.Year > p.year+1 || d.Date.Month != 0 || d.Date.Spans() ||
		!doingWords.in(text) || lastYears.in(text) {
		return
	}
	after := strings.TrimPrefix(s.line.Text[d.End:s.to], "度")
	head := s.line.Text[s.from:d.Offset]
	if !ownWords.in(tailRunes(head, 12)) {
		return
	}
	for _, topic := range p.topics {
		if i := strings.Index(after, topic); i >= 0 && runes(after[:i]) <= 12 {
			own, other := strconv.Itoa(int(p.year)), strconv.Itoa(int(d.Date.Year))
			p.plain("period", Contradiction, s, []*number{d, p.titleDay}, d.text(), lang.Of(
				lang.Zh("本报告标题为"+own+"年，此处却称对"+other+"年的"+topic+"开展评价；如指本次评价，应为"+own+"年。"),
				lang.En("the title says "+own+", but this sentence says that "+topic+" of "+other+" was evaluated; if this evaluation is meant, it must be "+own+".")))
			return
		}
	}
}

var (
	// comparedTo is what follows the year that something is compared with: 与2022年相比, 比2022年度减少, 较2022年同期下降.
	comparedTo = regexp.MustCompile(`^度?(?:同期)?(?:相比|增|减|上升|下降|提高|降低|上涨|下跌|多|少)`)
	// ownEditions are what one year can be compared with itself by, and parts of a year: 2024年预算与2024年相比.
	ownEditions = wordsOf("预算", "计划", "目标", "年初", "年末", "年底", "调整", "批复", "核定", "初步", "申报", "下达", "安排", "概算", "上半", "下半", "季", "月", "初", "底", "末")
)

// checkComparedYear reports a year that is compared with itself: 2022年发生事故12起，与2022年相比减少3起. Both must be whole years, and nothing
// between may say that another edition or part of the year is meant.
func checkComparedYear(s *sentence) {
	for k := 1; k < len(s.dates); k++ {
		own, other := s.dates[k-1], s.dates[k]
		if own.Date.Year == 0 || own.Date.Year != other.Date.Year || own.Date.Month != 0 || other.Date.Month != 0 || own.Date.Spans() || other.Date.Spans() || !s.compares(other) {
			continue
		}
		head := s.line.Text[own.End:other.Offset]
		if !beforeCompared.MatchString(head) || !comparedTo.MatchString(s.line.Text[other.End:s.to]) || ownEditions.in(head) || s.compares(own) || len(head) > comparisonReach {
			continue
		}
		year := strconv.Itoa(int(own.Date.Year))
		s.paper.plain("period", Contradiction, s, []*number{other, own}, other.text(), lang.Of(
			lang.Zh("文中说的是"+year+"年，却又与"+year+"年相比；一个年份不能与自己相比，请核对年份。"),
			lang.En("the text speaks of "+year+" and compares it with "+year+"; a year cannot be compared with itself, check the years.")))
	}
}

// beforeCompared is what stands before the year that something is compared with.
var beforeCompared = regexp.MustCompile(`(?:比|较|与|同|和)[ 　]*$`)

// comparisonReach bounds, in bytes, the text between a year and the one that it is compared with.
const comparisonReach = 240

func tailRunes(s string, n int) string { return s[back(s, 0, len(s), n):] }

// checkClosingYear reports two balances of one year-end in one sentence: 2022年结转结余10.62万元 … 2022年末结转结余16.61万元.
// A carry-over and a year-end balance of one year are the same amount, so two values cannot both be; when income or
// expenditure stands between them the second closes the following year.
func checkClosingYear(s *sentence) {
	if !s.says(saysCarried) {
		return
	}
	var opening *mention
	flows := false
	for _, m := range s.mentions {
		if m.kind != level || m.depth > 0 {
			continue
		}
		carried := strings.Contains(m.lead, "结转") || strings.Contains(m.lead, "结余")
		switch {
		case !carried:
			flows = flows || opening != nil && (strings.Contains(m.lead, "支出") || strings.Contains(m.lead, "收入"))
		case opening == nil:
			opening = m
		case flows && m.sameDimension(opening) && opening.period.explicit && m.period.explicit && m.period.year == opening.period.year &&
			opening.period.part == m.period.part && m.period.atEnd && !m.Value().Equal(opening.Value()):
			closeYear(s, opening, m)
		}
	}
}

func closeYear(s *sentence, opening, closing *mention) {
	a, okA := opening.bounds()
	b, okB := closing.bounds()
	if !okA || !okB || a.low.cmp(b.high) <= 0 && b.low.cmp(a.high) <= 0 {
		return
	}
	year := strconv.Itoa(int(closing.period.year))
	next := strconv.Itoa(int(closing.period.year) + 1)
	p := s.paper
	numbers := []*number{closing.n, opening.n}
	for _, d := range s.dates { // the year that is wrong, and that of the flows
		if d.Offset > opening.n.Offset && (d.Date.Year == closing.period.year || d.Date.Year == closing.period.year+1) && len(numbers) < 4 {
			numbers = append(numbers, d)
		}
	}
	if !p.first(numbers) {
		return
	}
	p.report(Relation{Rule: "period", Verdict: Contradiction, Line: numbers[0].lineNumber(), Quote: quote(s, numbers), Stated: closing.Number(), Unit: closing.Unit().String(),
		Message: lang.Of(
			lang.Zh(year+"年末的结转结余，前面是"+opening.short()+"，后面又是"+closing.short()+"；后者在收支之后，应为"+next+"年末。"),
			lang.En("the balance at the end of "+year+" is first "+opening.short()+" and then "+closing.short()+"; the second follows income and expenditure and must be that of the end of "+next+"."))},
		nil, numbers, []*mention{closing, opening})
}
