package check

import (
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// headLines is within how many lines a document without a title must name its year.
const headLines = 12

// topicWords are nouns by which titles say what a report is about.
var topicWords = []string{"整体支出", "项目支出", "专项资金", "财政支出", "部门预算", "单位预算", "部门决算", "单位决算", "生产安全事故", "预算执行"}

// organisationTails end the names of offices.
var organisationTails = []string{"局", "厅", "委员会", "办公室", "中心", "委", "办", "政府", "支队", "学校", "医院", "协会"}

// head takes year, topics and organisation from the title; without one, the year from the first lines.
func (p *paper) head() {
	title := p.doc.Title
	if title == "" {
		seen := 0
		for i := range p.doc.Lines {
			l := &p.doc.Lines[i]
			if l.Kind == reading.Blank || l.Kind == reading.Markup {
				continue
			}
			if y, _ := yearIn(l.Text); y != 0 {
				p.year = y
				break
			}
			if seen++; seen == headLines {
				break
			}
		}
	}
	y, end := yearIn(title)
	if y != 0 {
		p.year = y
	}
	for _, w := range topicWords {
		if strings.Contains(title, w) {
			p.topics = append(p.topics, w)
		}
	}
	p.file.Year = int(p.year)
	p.file.Organisation = organisationIn(title, end)
}

// yearIn is the first year of a text and the offset behind it.
func yearIn(text string) (year int16, end int) {
	for s := figure.NewScanner(text); ; {
		t, ok := s.Next()
		if !ok {
			return 0, 0
		}
		if t.Class == figure.ClassDate && t.Date.Year != 0 {
			return t.Date.Year, t.End
		}
	}
}

// organisationIn is the name of an office that stands in a title, before or behind its year.
func organisationIn(title string, afterYear int) string {
	for _, text := range []string{strings.TrimPrefix(title[afterYear:], "度"), title} {
		best := ""
		for _, w := range organisationTails {
			if i := strings.Index(text, w); i > 0 && i+len(w) > len(best) && runes(text[:i]) >= 2 && runes(text[:i]) <= 24 {
				best = text[:i+len(w)]
			}
		}
		best = strings.TrimPrefix(best, "关于")
		if y, _ := yearIn(best); best != "" && y == 0 {
			return best
		}
	}
	return ""
}
