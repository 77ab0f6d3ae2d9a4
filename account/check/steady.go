package check

import (
	"regexp"
	"strings"

	"anlan/ground/lang"
)

var (
	// steadyWords end a clause that says that nothing changed since the year before, and say nothing else.
	steadyWords = regexp.MustCompile(`^[ 　]*(?:(?:与|同|和|较|比)?(?:上年|去年|上一年|(?:19|20)[0-9]{2}年)度?(?:同期)?(?:相比)?|同比)?持平$`)
	// doubled says by how much something grew in doublings: 翻了一番, 实现翻番, 翻两番.
	doubled = regexp.MustCompile(`翻(?:了)?(一|两|二|三)?番`)
	// nearlyDoubled are words with which it did not quite, or not yet.
	nearlyDoubled = wordsOf("近", "将", "力争", "预计", "目标", "有望", "基本", "到", "若", "年均", "规划", "超过", "要", "差点", "不到", "以内")
)

// checkSteady judges 同比持平 and 翻了一番 by the values of two years in their sentence.
func checkSteady(s *sentence) {
	if !s.says(saysSteady) {
		return
	}
	text := s.text()
	if i := strings.Index(text, "持平"); i >= 0 && len(s.mentions) >= 2 {
		s.judgeSteady(s.from + i + len("持平"))
	}
	if at := doubled.FindStringSubmatchIndex(text); at != nil && len(s.mentions) >= 2 {
		times := 2
		if at[2] >= 0 {
			times = map[string]int{"一": 2, "两": 4, "二": 4, "三": 8}[text[at[2]:at[3]]]
		}
		s.judgeDoubled(s.from+at[0], times, text[at[0]:at[1]])
	}
}

// judgeSteady judges what the clause that ends at end says of the two values right before it.
func (s *sentence) judgeSteady(end int) {
	now, old := s.twoYearsBefore(end)
	if now == nil {
		return
	}
	between := s.line.Text[max(now.n.End, old.n.End):end]
	mark := strings.IndexAny(between, "，, 　")
	if mark < 0 || !steadyWords.MatchString(strings.TrimLeft(between[mark:], "，, 　")) || strings.TrimSpace(between[:mark]) != "" {
		return
	}
	a, okA := now.bounds()
	b, okB := old.bounds()
	if !okA || !okB {
		return
	}
	operands := []*mention{old}
	if a.low.cmp(b.high) > 0 || b.low.cmp(a.high) > 0 {
		s.paper.plainOf("direction", Contradiction, s, now, operands, lang.Of(
			lang.Zh(name(now)+"现为"+now.short()+"，上年为"+old.short()+"，却称持平，请核对。"), lang.En(name(now)+" is "+now.short()+" now and was "+old.short()+", but is said to be the same; check the figures.")))
		return
	}
	s.paper.plainOf("direction", Holds, s, now, operands, lang.Of(lang.Zh(name(now)+"与上年持平，成立。"), lang.En(name(now)+" is what it was, as the text says.")))
}

// doublingSlack is how far below a doubling words still speak of one: 翻番 is said of 1.96 times.
var doublingSlack = scaled(95, -2)

// judgeDoubled judges a doubling that is told at an offset, of the two values right before it.
func (s *sentence) judgeDoubled(at, times int, word string) {
	now, old := s.twoYearsBefore(at)
	if now == nil {
		now, old = s.fromToBefore(at)
	}
	if now == nil || nearlyDoubled.in(s.line.Text[max(now.n.End, old.n.End):at]) || strings.Contains(s.line.Text[max(now.n.End, old.n.End):at], "；") {
		return
	}
	a, okA := now.bounds()
	b, okB := old.bounds()
	if !okA || !okB || b.low.sign() <= 0 || a.high.cmp(b.low.mul(whole(int64(times))).mul(doublingSlack)) >= 0 {
		return
	}
	s.paper.plainOf("change", Contradiction, s, now, []*mention{old}, lang.Of(
		lang.Zh(name(now)+"由"+old.short()+"到"+now.short()+"，是"+a.value.quo(b.value).text(0, 2, 0)+"倍，不足“"+word+"”，请核对。"),
		lang.En(name(now)+" went from "+old.short()+" to "+now.short()+", "+a.value.quo(b.value).text(0, 2, 0)+" times, which is less than “"+word+"” says; check the figures.")))
}

// twoYearsBefore are the last two values before an offset, where they are of one thing in a year and the year before.
func (s *sentence) twoYearsBefore(at int) (now, old *mention) {
	k := len(s.mentions)
	for k > 0 && s.mentions[k-1].n.Offset >= at {
		k--
	}
	if k < 2 {
		return nil, nil
	}
	x, y := s.mentions[k-2], s.mentions[k-1]
	if !x.plainValue() || !y.plainValue() || !x.sameDimension(y) || x.depth != y.depth {
		return nil, nil
	}
	switch later := s.laterThan(y); {
	case later == x:
		return x, y
	case y.kind == level && x.period.explicit && y.period.explicit && x.period.year == y.period.year-1 && x.period.part == y.period.part && x.core == y.core:
		return y, x
	}
	return nil, nil
}

// fromToBefore are the values of 由A增加到B that stand right before an offset.
func (s *sentence) fromToBefore(at int) (now, old *mention) {
	for k := len(s.mentions) - 1; k >= 0; k-- {
		if m := s.mentions[k]; m.n.Offset < at {
			if m.from != nil && m.plainValue() && m.sameDimension(m.from) {
				return m, m.from
			}
			return nil, nil
		}
	}
	return nil, nil
}

// plainValue says whether a figure is one value by itself.
func (m *mention) plainValue() bool { return m.kind == level && m.listSize == 1 && !m.Form().Vague() }
