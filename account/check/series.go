package check

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/lang"
)

// Bounds on what is kept of several years.
const (
	seriesMax = 4_000 // values
	boastsMax = 400
)

// series are the values of whole years that documents give, and what they claim of several years (各年数列).
type series struct {
	of     map[string][]*mention // by what they are of
	kept   int
	boasts []boast
}

// boast is a claim about several years: the fewest since 1951, third year of decline in a row.
type boast struct {
	of     *mention
	words  string
	fewest bool // or falling
	rank   int  // 1 the fewest; 0 where it is about a run of years
	since  int16
	run    int // years in a row
}

var (
	superlative = regexp.MustCompile(`(?:((?:19|20)[0-9]{2})年?(?:有(?:完整)?记录|有统计|建局|开展统计)?以来|近([一二两三四五六七八九十]+|[0-9]+)年来?|(历史|历年|有记录以来|有统计以来))(?:[^，。；,;0-9]{0,8})(?:(最少|最低|最小|新低)|(最多|最高|最大|新高)|第([二三四五])(少|低|多|高))`)
	inARow      = regexp.MustCompile(`连续([一二两三四五六七八九十]+|[0-9]+)年(?:实现|保持|呈现?|均)?(下降|减少|回落|降低|增长|上升|增加|提高)`)
)

// keepSeries keeps the values of whole years, and the claims about several of them.
func keepSeries(s *sentence) {
	q := &s.paper.series
	for _, m := range s.mentions {
		if key := m.seriesKey(); key != "" && q.kept < seriesMax {
			if q.of == nil {
				q.of = map[string][]*mention{}
			}
			q.of[key] = append(q.of[key], m)
			q.kept++
		}
	}
	text := s.text()
	if len(s.mentions) == 0 || !strings.Contains(text, "最") && !strings.Contains(text, "新") && !strings.Contains(text, "第") && !strings.Contains(text, "连续") {
		return
	}
	for _, at := range superlative.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return text[at[2*i]:at[2*i+1]]
		}
		m := s.valueBefore(s.from+at[0], s.from+at[1])
		if m == nil {
			continue
		}
		b := boast{of: m, words: group(0), rank: 1, fewest: group(4) != "" || group(7) == "少" || group(7) == "低"}
		if group(6) != "" {
			b.rank = smallNumeral(group(6))
		}
		switch {
		case group(1) != "":
			year, _ := strconv.Atoi(group(1))
			b.since = int16(year)
		case group(2) != "":
			b.since = m.period.year - int16(countOf(group(2))) + 1
		}
		q.boast(b)
	}
	for _, at := range inARow.FindAllStringSubmatchIndex(text, -1) {
		m := s.valueBefore(s.from+at[0], s.from+at[1])
		if n := countOf(text[at[2]:at[3]]); m != nil && n >= 2 {
			word := text[at[4]:at[5]]
			q.boast(boast{of: m, words: text[at[0]:at[1]], run: n, fewest: strings.ContainsAny(word, "降减") || word == "回落"})
		}
	}
}

func (q *series) boast(b boast) {
	if len(q.boasts) < boastsMax {
		q.boasts = append(q.boasts, b)
	}
}

// countOf is a number of years in digits or 汉字; 0 of anything else.
func countOf(s string) int {
	if s == "两" {
		return 2
	}
	if n, err := strconv.Atoi(s); err == nil && n < outlineMax {
		return n
	}
	return smallNumeral(s)
}

// seriesKey is what a value of a whole year is of; empty of what is no such value, or whose name is too common to find it again.
func (m *mention) seriesKey() string {
	if m.kind != level || m.depth > 0 || m.listSize > 1 || m.way != 0 || m.period.year == 0 || m.period.part != "" || m.Form().Vague() || m.percent() || m.partOf != nil || m.budgeted() || m.edition == "目标" {
		return ""
	}
	name := m.core
	if m.casualty() != "" {
		if name = m.of; name != "" {
			name += m.casualty()
		}
	}
	if runes(name) < 4 || generic(name) || m.inherited && m.casualty() == "" {
		return ""
	}
	return name + " " + m.Unit().Dimension().String()
}

// valueBefore is the value of a whole year of which a claim in the same sentence speaks: the only one before it, with no other figure between, that
// is of a whole year.
func (s *sentence) valueBefore(from, to int) *mention {
	for k := len(s.mentions) - 1; k >= 0; k-- {
		m := s.mentions[k]
		switch {
		case m.n.Offset >= from && m.n.Offset < to || m.n.Offset >= to:
			continue
		case m.kind == amount || m.kind == rate || m.kind == before: // 减少4起，为…以来最少
			continue
		case m.seriesKey() == "":
			return nil
		}
		return m
	}
	return nil
}

// at is the value of a year in the series of m, where the documents give one; the report of that year counts before others.
func (q *series) at(m *mention, year int16) (value *mention) {
	for _, o := range q.of[m.seriesKey()] {
		if o.period.year != year || o.scope != m.scope && o.scope != "" && m.scope != "" {
			continue
		}
		if value == nil || yearOf(o.n.doc) == year && yearOf(value.n.doc) != year {
			value = o
		}
	}
	return value
}

// years are those of which the series of m has a value, in order.
func (q *series) years(m *mention) (all []int16) {
	for _, o := range q.of[m.seriesKey()] {
		if !slices.Contains(all, o.period.year) {
			all = append(all, o.period.year)
		}
	}
	slices.Sort(all)
	return all
}

// less says whether one value is surely less than another.
func less(a, b *mention) bool {
	x, okX := a.bounds()
	y, okY := b.bounds()
	return okX && okY && x.high.cmp(y.low) < 0
}

// judgeSeries holds the claims about several years against the values of these years, when all was read. Reports count differently from year to
// year, so that it is asked.
func (p *paper) judgeSeries() {
	for i, b := range p.series.boasts {
		if p.between != nil && p.between.earlier[b.of.n.doc] {
			continue
		}
		if b.run > 0 {
			p.judgeRun(b)
			continue
		}
		p.judgeRank(b)
		for _, o := range p.series.boasts[:i] {
			p.judgeStart(b, o)
		}
	}
	if p.between != nil {
		p.judgeCumulative()
	}
}

var seriesReading = Note{OtherReading, lang.Of("不算错的可能：各年的统计口径、范围或修订不同；请列出各年的数", "readings under which it is right: the years are counted differently, or were revised. Give the values of the years")}

// judgeRank: of the fewest since a year, no known year since then has less.
func (p *paper) judgeRank(b boast) {
	var better []*mention
	for _, y := range p.series.years(b.of) {
		if y >= b.of.period.year || b.since != 0 && y < b.since {
			continue
		}
		if v := p.series.at(b.of, y); v != nil && (b.fewest && less(v, b.of) || !b.fewest && less(b.of, v)) {
			better = append(better, v)
		}
	}
	if len(better) < b.rank {
		return
	}
	var zh, en []string
	for _, v := range better {
		zh, en = append(zh, fmt.Sprintf("%d年为%s", v.period.year, v.short())), append(en, fmt.Sprintf("%s in %d", v.short(), v.period.year))
	}
	than, thanEn := "还多", "more"
	if b.fewest {
		than, thanEn = "还少", "less"
	}
	p.askSeries(b, better, lang.Of(
		lang.Zh(fmt.Sprintf("“%s”：%s%d年为%s，而%s，比它%s，与“%s”不符。", b.words, title(b.of), b.of.period.year, b.of.short(), strings.Join(zh, "、"), than, b.words)),
		lang.En(fmt.Sprintf("“%s”: %s is %s in %d, but %s, which is %s.", b.words, title(b.of), b.of.short(), b.of.period.year, strings.Join(en, ", "), thanEn))))
}

// title is what a value is of, for a message.
func title(m *mention) string {
	if m.casualty() != "" {
		return m.of + m.casualty()
	}
	return m.subject
}

// judgeRun: in a run of years of decline each known pair of years declines.
func (p *paper) judgeRun(b boast) {
	for i := range b.run {
		y := b.of.period.year - int16(i)
		now, then := p.series.at(b.of, y), p.series.at(b.of, y-1)
		if i == 0 {
			now = b.of
		}
		if now == nil || then == nil || b.fewest && less(now, then) || !b.fewest && less(then, now) || !less(now, then) && !less(then, now) && !(now.Exact() && then.Exact()) {
			continue
		}
		p.askSeries(b, slices.DeleteFunc([]*mention{now, then}, func(m *mention) bool { return m == b.of }), lang.Of(
			lang.Zh(fmt.Sprintf("“%s”：%s%d年为%s，%d年为%s，这一年并没有这样变化。", b.words, title(b.of), y-1, then.short(), y, now.short())),
			lang.En(fmt.Sprintf("“%s”: %s is %s in %d and %s in %d, which is no such change.", b.words, title(b.of), then.short(), y-1, now.short(), y))))
		return
	}
}

// judgeStart: the records of one thing begin in one year.
func (p *paper) judgeStart(b, o boast) {
	if b.since == 0 || o.since == 0 || b.since == o.since || o.run > 0 || b.of.seriesKey() != o.of.seriesKey() || b.of.n.doc == o.of.n.doc || !strings.Contains(b.words, "以来") || !strings.Contains(o.words, "以来") || b.of.scope != o.of.scope {
		return
	}
	p.askSeries(b, []*mention{o.of}, lang.Of(
		lang.Zh(fmt.Sprintf("“%s”的起始年份：%s这里从%d年算起，“%s”第%s行却写“%s”，从%d年算起，请统一。", b.words, title(b.of), b.since, o.of.n.doc.Name, lineOf(o.of), o.words, o.since)),
		lang.En(fmt.Sprintf("the first year of “%s”: %s is counted since %d here, but “%s” in %s line %s counts since %d; make them one.", b.words, title(b.of), b.since, o.words, o.of.n.doc.Name, lineOf(o.of), o.since))))
}

func (p *paper) askSeries(b boast, others []*mention, message lang.Text) {
	numbers := append([]*number{b.of.n}, numbersOf(others)...)
	if p.between != nil && !p.between.apart(numbers) || !p.first(numbers) {
		return
	}
	p.reportPlain("series", Noted, b.of, numbers, others, nil, message, []Note{seriesReading})
}

// sinceBegun are words of a total since a beginning, which no later year lowers.
var sinceBegun = wordsOf("截至", "截止", "至今", "以来", "目前")

// judgeCumulative: what is told as a total since its beginning (累计) is not less than a year before.
func (p *paper) judgeCumulative() {
	for _, key := range slices.Sorted(maps.Keys(p.series.of)) {
		values := p.series.of[key]
		for _, m := range values {
			if p.between.earlier[m.n.doc] || !m.cumulative() {
				continue
			}
			for _, o := range values {
				if p.between.earlier[o.n.doc] && o.cumulative() && o.scope == m.scope && yearOf(o.n.doc) < yearOf(m.n.doc) && yearOf(o.n.doc) != 0 && less(m, o) {
					p.askSeries(boast{of: m}, []*mention{o}, lang.Of(
						lang.Zh(fmt.Sprintf("“%s”的累计数：这里为%s，“%s”第%s行已为%s；累计数不会减少，请核对。", title(m), m.short(), o.n.doc.Name, lineOf(o), o.short())),
						lang.En(fmt.Sprintf("the total of %s since its beginning is %s here, but was %s in %s line %s already; such a total does not fall.", title(m), m.short(), o.short(), o.n.doc.Name, lineOf(o)))))
				}
			}
		}
	}
}

func (m *mention) cumulative() bool {
	return strings.Contains(m.lead, "累计") && sinceBegun.in(m.sentence.line.Text[m.sentence.from:m.n.Offset])
}
