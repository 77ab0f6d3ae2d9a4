package check

import (
	"strconv"
	"strings"

	"anlan/ground/figure"
)

// partWords name parts of a year; a figure of a part is not the year's.
var partWords = wordsOf("上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "前三季度", "季度", "本月", "当月", "上月", "上旬", "中旬", "下旬", "当日", "每年", "年均", "每月", "每天", "近年", "五年", "三年", "两年")

// when tells the time of figure k: the date that stands nearest before it in the sentence, else in the sentences before
// it of the same line, else the document's year.
func (s *sentence) when(m *mention) {
	for at := s; at != nil && m.period.year == 0; at = at.previous {
		for _, d := range at.dates {
			if at == s && d.Offset > m.n.Offset || at.compares(d) {
				continue
			}
			if d.Date.Year != 0 {
				m.period = timing{year: d.Date.Year, explicit: at == s, stated: true}
			}
			if part := partOf(d.Date); part != "" {
				m.period.part = part
			}
		}
	}
	if m.period.year == 0 {
		m.period.year = s.paper.year
	}
	if _, w := partWords.find(s.line.Text[s.from:m.n.Offset]); w != "" {
		m.period.part = w
	}
	if m.kind == level && m.period.year != 0 && (strings.Contains(m.lead, "上年") || strings.Contains(m.lead, "去年")) {
		m.period.year--
	}
	m.period.starts = strings.Contains(m.lead, "年初") || strings.HasPrefix(m.lead, "初")
	m.period.atEnd = strings.Contains(m.lead, "年末") || strings.HasPrefix(m.lead, "末") || strings.HasPrefix(m.lead, "底")
}

// partOf names the part of a year that a date means; empty for a whole year and for its last day.
func partOf(d figure.Date) string {
	switch {
	case d.Month == 0, d.Month == 12 && d.Day == 31, d.Month == 1 && d.ToMonth == 12:
		return ""
	case d.ToMonth != 0:
		return strconv.Itoa(int(d.Month)) + "-" + strconv.Itoa(int(d.ToMonth))
	case d.Day != 0:
		return strconv.Itoa(int(d.Month)) + "." + strconv.Itoa(int(d.Day))
	}
	return strconv.Itoa(int(d.Month))
}

// compares says whether a date is what something is compared with: 与2022年同期相比, 比2016年度减少.
func (s *sentence) compares(d *number) bool {
	head := s.line.Text[max(s.from, d.Offset-6):d.Offset]
	for _, w := range []string{"比", "较", "与", "同"} {
		if strings.HasSuffix(head, w) {
			return true
		}
	}
	tail := s.line.Text[d.End:min(s.to, d.End+24)]
	for _, w := range []string{"同期", "度同期", "相比", "度相比"} {
		if strings.HasPrefix(tail, w) {
			return true
		}
	}
	return false
}

// String is the period as exports write it: "2023", "2023 1-11".
func (p timing) String() string {
	if p.year == 0 {
		return p.part
	}
	s := strconv.Itoa(int(p.year))
	if p.part != "" {
		s += " " + p.part
	}
	return s
}

// sameTime says whether two figures can be of one time: the same year, or one whose year nobody states, and the same part
// of it.
func sameTime(a, b timing) bool {
	return a.part == b.part && (a.year == b.year || a.year == 0 || b.year == 0)
}
